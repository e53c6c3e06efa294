/* closing_line: the line that publishing systems add below every entry of a feed ("The post X appeared first
 * on Y."), which is no part of the article. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_HTML_CLOSING_LINE_H
#define NEWSD_PROCESSORS_HTML_CLOSING_LINE_H

#include "processors/text/text_blocks.h"

/* Cuts it off finished blocks. Only a line that names the article's title or the feed's (either may be
 * absent) is one; other text of the same words stays. */
void closing_line_cut(struct text_blocks *blocks, struct str title, struct str feed);

#endif

/* jsonfeed: JSON Feed 1.0 and 1.1 into a feed_document. Private to the parser. */
#ifndef NEWSD_FEEDS_PARSE_JSONFEED_H
#define NEWSD_FEEDS_PARSE_JSONFEED_H

#include "feeds/parse/build.h"

/* 0, -ENOMEM, or ERR_NOT_A_FEED with build->words filled. */
int jsonfeed_read(struct feed_builder *build, struct str text);

#endif

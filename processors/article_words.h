/* article_words: the words of a span. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_ARTICLE_WORDS_H
#define NEWSD_PROCESSORS_ARTICLE_WORDS_H

#include "processors/article.h"

/* Of a span that begins and ends with a token, as those of names, statements and events do; absent for a span
 * of nothing. By halves: no walk through the text. */
struct str article_words(const struct article *article, struct span span);

#endif

/* discards: what is told in the words of politics and is none: sport. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_DISCARDS_H
#define NEWSD_PROCESSORS_MEANING_DISCARDS_H

#include "processors/article.h"
#include "processors/language/tree.h"

/* Two of the sentence's words and more are of sport. */
bool discards_sport(const struct tree *tree);
/* A quarter of the article's sentences and more are. */
bool discards_article(const struct article *article);

#endif

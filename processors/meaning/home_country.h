/* home_country: the country that an article is at home in: whose police "police" are. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_HOME_COUNTRY_H
#define NEWSD_PROCESSORS_MEANING_HOME_COUNTRY_H

#include "processors/article.h"
#include "processors/language/tree.h"

/* ISO 3166-1 alpha-2: the country that most names and references of the article mean, in which they lie or to
 * which they belong, the dateline's counted like three names; "" where no country has a quarter of them. */
void home_country(const struct article *article, char ret_country[3]);

/* Where the sentence says at its beginning where it is told: "In Tehran, a spokesman for the foreign ministry
 * warned ...": that place's country; false where it does not. */
bool home_country_of_sentence(const struct article *article, const struct tree *tree, char ret_country[3]);

#endif

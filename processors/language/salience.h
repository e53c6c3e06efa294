/* salience: which of its entities an article is about. For keywords.
 *
 * An entity weighs by how often it is mentioned (names, and pronouns and descriptions half), how early and
 * whether the title names it. Countries count the mentions of their people too ("Israel", "the Israelis"): a
 * people stands alone where the article does not name the country. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SALIENCE_H
#define NEWSD_PROCESSORS_LANGUAGE_SALIENCE_H

#include "processors/article.h"

enum { SALIENT_MAX = 8 }; /* leaves room for words among the keywords */

struct salience {
    struct salient_entity {
        struct str name;
        float weight;
    } items[SALIENT_MAX]; /* the most salient first */
    size_t count;
    const bool *holds_words; /* of each entity: its words are spoken for: it is among the items, means the
                              * same as one of them, or is the publisher, the agency or the dateline's */
};

/* People, places, organisations and peoples with a country. Left out: the publisher and the agency, what the
 * dateline alone names, and what is mentioned once and neither in the title nor in the first sentence. The
 * article's lists are in the arena. 0 or -ENOMEM. */
int salience_find(const struct article *article, struct salience *ret_salience);

/* The words of a name as they stand in the text. */
struct str salience_words(const struct article *article, const struct article_name *name);

#endif

/* actors: who a noun phrase is in politics: CAMEO's actor code from names, roles, countries and the nouns of
 * the actor lexicon. Pure; any thread.
 *
 * Who acts and is of no country that is said ("police", "the interior minister") is of the country that the
 * article is at home in (home_country.h). */
#ifndef NEWSD_PROCESSORS_MEANING_ACTORS_H
#define NEWSD_PROCESSORS_MEANING_ACTORS_H

#include "processors/article.h"
#include "processors/language/tree.h"
#include "processors/meaning/actor_lexicon.h"

/* Whom a phrase names, as found before. */
struct known_actors {
    bool known;
    uint8_t count;
    struct event_actor *items;
};

struct actor_finder {
    const struct actor_lexicon *lexicon;
    const struct article *article;
    char home[3];                 /* ISO 3166-1 alpha-2, "" = none */
    struct known_actors *phrases; /* of each token as a head */
};

/* For one article, whose entities are found; both must stay. `phrases` stays NULL without memory. */
void actor_finder_begin(struct actor_finder *finder, const struct actor_lexicon *lexicon,
                        const struct article *article);

/* The actors that the phrase below the head names, with those joined to it by "and": at most `max`; none when
 * it names nothing that acts. `owner`: a phrase about a thing stands for the actor whose it is ("Moscow's
 * demands"). Codes in the article's arena; without memory they are absent. */
size_t actors_of_phrase(const struct actor_finder *finder, const struct tree *tree, uint32_t head, bool owner,
                        struct event_actor *ret_actors, size_t max);

/* The same without owners, at most EVENT_ACTORS_MAX, found once and remembered in the finder: for who asks of
 * every phrase again and again. NULL and 0: none. */
const struct event_actor *actors_known(const struct actor_finder *finder, const struct tree *tree,
                                       uint32_t head, size_t *ret_count);

/* Somebody whom no list has, where the verb leaves no doubt that it is people ("shot the gatekeeper"); false
 * when the head is no common noun. */
bool actor_somebody(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                    struct event_actor *ret_actor);

/* The actor that the article's entity of this number (from 1) is; its span is the caller's to set. False:
 * none that is known. */
bool actor_of_entity(const struct actor_finder *finder, uint32_t number, struct event_actor *ret_actor);

/* The government of a country; its name is its code. The span is the caller's to set. */
void actor_government(const struct actor_finder *finder, const char country[3],
                      struct event_actor *ret_actor);

#endif

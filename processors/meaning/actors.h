/* actors: who a noun phrase is in politics, by whom it names and by the nouns of the actor lexicon. Pure; any
 * thread.
 *
 * Who acts and is of no country that is said ("police", "the interior minister") is of the country that the
 * article is at home in (home_country.h). */
#ifndef NEWSD_PROCESSORS_MEANING_ACTORS_H
#define NEWSD_PROCESSORS_MEANING_ACTORS_H

#include "processors/language/tree.h"
#include "processors/meaning/actor_entities.h"

/* The actors that the phrase below the head names, with those joined to it by "and": at most `max`; none when
 * it names nothing that acts. `owner`: a phrase about a thing stands for the actor whose it is ("Moscow's
 * demands"). Codes in the article's arena; without memory they are absent. */
size_t actors_of_phrase(const struct actor_finder *finder, const struct tree *tree, uint32_t head, bool owner,
                        struct event_actor *ret_actors, size_t max);

/* Those that a later word means together: "they", "the two countries"; NULL = none. */
const struct article_unnamed *actors_together(const struct article *article, uint32_t token);

/* The same as actors_of_phrase() without owners, at most EVENT_ACTORS_MAX, found once and remembered in the
 * finder: for who asks of every phrase again and again. NULL and 0: none. */
const struct event_actor *actors_known(const struct actor_finder *finder, const struct tree *tree,
                                       uint32_t head, size_t *ret_count);

/* Somebody whom no list has, where the verb leaves no doubt that it is people ("shot the gatekeeper"); false
 * when the head is no common noun. */
bool actor_somebody(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                    struct event_actor *ret_actor);

#endif

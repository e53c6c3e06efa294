/* actors: who a noun phrase is in politics: CAMEO's actor code from names, roles, countries and the nouns of
 * actor_lexicon.txt. Read-only after actors_create(); then any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_ACTORS_H
#define NEWSD_PROCESSORS_MEANING_ACTORS_H

#include "base/error.h"
#include "processors/article.h"
#include "processors/language/tree.h"

struct actors;

/* From a text in the lexicon's format, whose bytes must outlive it; the name is for messages. 0, -ENOMEM,
 * ERR_MALFORMED with "NAME:LINE: what is wrong". */
int actors_create(struct actors **ret_actors, const char *name, struct str text, struct error *error);
void actors_destroy(struct actors **actors);

/* The text that is compiled in. */
struct str actors_text(void);

/* The actors that the phrase below the head names, with those joined to it by "and": at most `max`; none when
 * it names nothing that acts. `owner`: a phrase about a thing stands for the actor whose it is ("Moscow's
 * demands"). Codes in the article's arena; without memory they are absent. */
size_t actors_of_phrase(const struct actors *actors, const struct article *article, const struct tree *tree,
                        uint32_t head, bool owner, struct event_actor *ret_actors, size_t max);

#endif

/* event_parties: who may do an act to whom: how much must be known of both sides, and what the act becomes by
 * who they are. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_PARTIES_H
#define NEWSD_PROCESSORS_MEANING_EVENT_PARTIES_H

#include "processors/article.h"
#include "processors/meaning/stances.h"

/* Leaves out those without a code, who are not known to act in politics; how many stay. */
size_t parties_keep_known(struct event_actor *list, size_t count);

/* "The United States and its allies met": others than who is named, whatever their code. */
bool parties_companion(const struct event_actor *actor);

/* One and the same on both sides. */
bool parties_are_one(const struct coded_event *event, const struct stand *stand);

/* Enough actors, of whom something is known. `passive`: it is told as done to somebody; `at_home`: the
 * country of the article is known. */
bool parties_suffice(const struct coded_event *event, const struct stand *stand, bool passive, bool at_home);

/* People without an office promise, refuse and ask for much that is no politics. */
bool parties_private(const struct article *article, const struct coded_event *event);

/* Politicians attack each other with words. */
bool parties_with_words(const struct article *article, const struct stand *stand,
                        const struct coded_event *event);

/* The act by who does it to whom: who is seized is abducted, or arrested by the state; towns and regions that
 * are seized are occupied. */
const struct act *parties_act(const struct article *article, const struct act *act,
                              const struct coded_event *event);

/* Acts of words about something, not to someone. */
bool parties_no_target(const struct act *act);
/* Acts, and verbs ("kill"), that are done to people alone. */
bool parties_people(const struct act *act, struct str verb);
/* Whose a thing is stands for it where words are at stake ("rejected Moscow's demands"), not blows or visits.
 */
bool parties_owner_counts(const struct act *act);

/* Do the words leave no doubt that those who do it do it to one another ("clashed", "accused each other")? */
bool parties_said_mutual(const struct clause *clause, const struct clause_match *match,
                         const struct coded_event *event);
/* The same, and what is done together: "X and Y agreed to talk". */
bool parties_mutual(const struct clause *clause, const struct clause_match *match, const struct stand *stand,
                    const struct coded_event *event);
/* Of such an event: the first does it, with or to the others. */
void parties_split(struct coded_event *event);

#endif

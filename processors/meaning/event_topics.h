/* event_topics: the finer act that an act is by what it is about: aid with weapons is military aid, a refused
 * request for a loan is refused economic aid. By the lines "topic" of the event lexicon. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_TOPICS_H
#define NEWSD_PROCESSORS_MEANING_EVENT_TOPICS_H

#include "processors/meaning/clauses.h"
#include "processors/meaning/stances.h"

/* Sets the act, and where a line says so the stance, of the stand whose clause it is; a finer act may have
 * finer ones again. Words of the clause count, of its object, and of what the stances above it say. */
void event_topics_read(const struct event_lexicon *lexicon, const struct clause *clause, struct stand *stand);

#endif

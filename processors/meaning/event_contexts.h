/* event_contexts: what an event is about, as PLOVER's contexts (Halterman et al., PLOVER and POLECAT, manual
 * of 2024): by the words of its sentence, its act and its actors' roles, from context_lexicon.txt, which is
 * compiled in. Read-only after context_lexicon_create(); then any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_CONTEXTS_H
#define NEWSD_PROCESSORS_MEANING_EVENT_CONTEXTS_H

#include "base/error.h"
#include "processors/event.h"
#include "processors/language/tree.h"
#include "processors/meaning/acts.h"

struct context_lexicon;

/* From a text in the lexicon's format, whose bytes must outlive it; the name is for messages. 0, -ENOMEM,
 * ERR_MALFORMED with "NAME:LINE: what is wrong". */
int context_lexicon_create(struct context_lexicon **ret_lexicon, const char *name, struct str text,
                           struct error *error);
void context_lexicon_destroy(struct context_lexicon **lexicon);

/* The text that is compiled in. */
struct str context_lexicon_text(void);

/* Sets the event's contexts; its actors stand already. The names live as long as the lexicon. */
void event_contexts_read(const struct context_lexicon *lexicon, const struct tree *tree,
                         const struct act *act, struct coded_event *event);

#endif

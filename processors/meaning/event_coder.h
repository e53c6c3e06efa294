/* event_coder: what coding events needs besides the article: the lexicons and the model of acts, as a stage's
 * context (pipeline.h). Read-only between the two calls; then any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_CODER_H
#define NEWSD_PROCESSORS_MEANING_EVENT_CODER_H

#include "base/error.h"
#include "processors/meaning/act_model.h"
#include "processors/meaning/actor_lexicon.h"
#include "processors/meaning/event_contexts.h"
#include "processors/meaning/event_lexicon.h"

struct event_coder {
    struct event_lexicon *lexicon;
    struct actor_lexicon *actors;
    struct context_lexicon *contexts;
    struct act_model *acts;
};

/* A struct event_coder in *ret_context, to be destroyed also on failure; the model "acts" comes from the
 * directory. 0, -ENOMEM, ERR_MALFORMED, or what model_open() says. */
int event_coder_create(void **ret_context, const char *data_directory, struct error *error);
void event_coder_destroy(void *context);

#endif

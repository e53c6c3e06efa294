/* event_coder: see the header. */
#include "processors/meaning/event_coder.h"

#include <errno.h>
#include <stdlib.h>

void event_coder_destroy(void *context)
{
    struct event_coder *coder = context;
    if (!coder)
        return;
    event_lexicon_destroy(&coder->lexicon);
    actor_lexicon_destroy(&coder->actors);
    context_lexicon_destroy(&coder->contexts);
    act_model_destroy(&coder->acts);
    free(coder);
}

int event_coder_create(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *acts = NULL;
    struct event_coder *coder = calloc(1, sizeof(*coder));
    int failure = coder ? 0 : error_set(error, -ENOMEM, "no memory for the coder of events");
    if (!failure)
        failure = event_lexicon_create(&coder->lexicon, "event_lexicon.txt", event_lexicon_text(), error);
    if (!failure)
        failure = actor_lexicon_create(&coder->actors, "actor_lexicon.txt", actor_lexicon_text(), error);
    if (!failure)
        failure =
            context_lexicon_create(&coder->contexts, "context_lexicon.txt", context_lexicon_text(), error);
    if (!failure)
        failure = model_open(&acts, data_directory, "acts", error);
    if (!failure)
        failure = act_model_create(&coder->acts, acts, error);
    *ret_context = coder;
    return failure;
}

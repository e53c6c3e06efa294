/* Lexicons of events, actors and contexts: they are read whole or refused with the line. */
#include "fuzz/fuzz_check.h"

#include "processors/meaning/actor_lexicon.h"
#include "processors/meaning/event_contexts.h"
#include "processors/meaning/event_lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = str_make((const char *)data, size);
    struct event_lexicon *lexicon;
    struct actor_lexicon *actors;
    struct error error = {0};
    int code = event_lexicon_create(&lexicon, "events", text, &error);
    CHECK((code == 0) == (lexicon != NULL));
    CHECK(code == 0 || strstr(error.text, "events:"));
    event_lexicon_destroy(&lexicon);
    error = (struct error){0};
    code = actor_lexicon_create(&actors, "actors", text, &error);
    CHECK((code == 0) == (actors != NULL));
    CHECK(code == 0 || strstr(error.text, "actors:"));
    actor_lexicon_destroy(&actors);
    struct context_lexicon *contexts;
    error = (struct error){0};
    code = context_lexicon_create(&contexts, "contexts", text, &error);
    CHECK((code == 0) == (contexts != NULL));
    CHECK(code == 0 || strstr(error.text, "contexts:"));
    context_lexicon_destroy(&contexts);
    return 0;
}

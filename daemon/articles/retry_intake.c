/* retry_intake: reads reject records. Owns its jobs only. */
#include "daemon/articles/retry_intake.h"
#include "daemon/store/store_intake.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "base/clock.h"

struct retry {
    struct store_retry store;
    void (*stored)(void *context);
    void *context;
    void (*answer)(void *token, int error, const char *text);
    void *token;
    struct str payload, article_id;
    uint32_t revision;
    enum article_kind kind;
};

static void on_stored(struct store_job *base, int error)
{
    struct retry *retry = container_of(base, struct retry, store.base);
    if (!error)
        retry->stored(retry->context);
    retry->answer(retry->token, error, error ? error_text(error) : "taken");
    arena_destroy(&retry->store.base.arena);
    free(retry);
}

static enum article_kind kind_from(const char *word)
{
    if (word && !strcmp(word, "revised"))
        return ARTICLE_REVISED;
    return word && !strcmp(word, "withdrawn") ? ARTICLE_WITHDRAWN : ARTICLE_PUBLISHED;
}

static int read_reject(struct retry *retry, struct arena *arena, struct str body)
{
    json_error_t problem;
    json_t *root = json_loadb(body.ptr, body.len, 0, &problem);
    const json_t *payload = json_object_get(root, "payload");
    const char *id = json_string_value(json_object_get(root, "article")),
               *stage = json_string_value(json_object_get(root, "stage"));
    /* What Kafka refused is a record, not an item, but for one that was too large. */
    bool finished = stage && !strcmp(stage, "publish") && !json_is_object(json_object_get(payload, "entry"));
    int error = ERR_RECORD;
    if (!finished && json_is_object(payload) && id && strlen(id) == ARTICLE_ID_BYTES - 1) {
        char *text = json_dumps(payload, JSON_COMPACT);
        retry->payload = arena_str(arena, str_from(text));
        retry->article_id = arena_str(arena, str_from(id));
        retry->revision = (uint32_t)json_integer_value(json_object_get(root, "revision"));
        retry->kind = kind_from(json_string_value(json_object_get(root, "kind")));
        error = text && retry->payload.ptr && retry->article_id.ptr ? 0 : -ENOMEM;
        free(text);
    }
    json_decref(root);
    return error;
}

int retry_intake(struct store *store, struct str body, void (*stored)(void *context), void *context,
                 void (*answer)(void *token, int error, const char *text), void *token)
{
    struct retry *retry = calloc(1, sizeof(*retry));
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    int error = retry && arena ? read_reject(retry, arena, body) : -ENOMEM;
    if (error) {
        arena_destroy(&arena);
        free(retry);
        return error;
    }
    assert(retry->payload.ptr && retry->article_id.len == ARTICLE_ID_BYTES - 1);
    retry->stored = stored;
    retry->context = context;
    retry->answer = answer;
    retry->token = token;
    retry->store = (struct store_retry){
        .base = {.done = on_stored, .arena = arena},
        .payloads = &retry->payload,
        .article_ids = &retry->article_id,
        .revisions = &retry->revision,
        .kinds = &retry->kind,
        .count = 1,
        .now_ms = clock_wall_ms(),
    };
    store_submit_retry(store, &retry->store);
    return 0;
}

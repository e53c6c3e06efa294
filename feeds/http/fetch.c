/* fetch: one transfer from its request to its answer. Owns a pool of easy handles; the multi handle is
 * curl_loop's. Loop thread only. Never retries a failure, never decides what an answer means. */
#include "feeds/http/fetch.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/url.h"
#include "feeds/http/fetch_transfer.h"

enum {
    CONNECTIONS_KEPT_MIN =
        64, /* else as many as transfers: fewer would close connections in use again and again */
    POOL_MAX = 256,
    SCRATCH_BYTES = 16 << 20, /* for one URL at a time */
};

void fetch_options_default(struct fetch_options *options)
{
    *options = (struct fetch_options){
        .transfers_max = 256,
        .connect_timeout_ms = 10000,
        .total_timeout_ms = 30000,
        .body_bytes_max = 16 << 20,
        .redirects_max = 5,
        .user_agent = "newsd",
    };
}

/* ---- A transfer ---- */

/* From the pool, with its options set and all else cleared, or new. */
static struct fetch *fetch_get(struct fetcher *fetcher)
{
    struct fetch *fetch = fetcher->pool;
    if (fetch) {
        fetcher->pool = fetch->next;
        fetcher->pooled--;
        *fetch = (struct fetch){
            .fetcher = fetcher, .easy = fetch->easy, .line_bytes = fetch->line_bytes, .head = fetch->head};
        return fetch;
    }
    fetch = calloc(1, sizeof(*fetch));
    if (!fetch)
        return NULL;
    fetch->fetcher = fetcher;
    fetch->easy = curl_easy_init();
    if (!fetch->easy) {
        free(fetch);
        return NULL;
    }
    fetch_equip(fetch);
    return fetch;
}

static void fetch_free(struct fetch *fetch)
{
    free(fetch->first_url);
    free(fetch->url);
    curl_easy_cleanup(fetch->easy);
    buffer_done(&fetch->line_bytes);
    buffer_done(&fetch->body);
    http_head_done(&fetch->head);
    free(fetch);
}

/* Into the pool, with its options and its small buffers. */
static void fetch_recycle(struct fetch *fetch)
{
    struct fetcher *fetcher = fetch->fetcher;
    if (fetch->spoiled || fetcher->pooled >= POOL_MAX) {
        fetch_free(fetch);
        return;
    }
    buffer_done(&fetch->body);
    free(fetch->first_url);
    free(fetch->url);
    fetch->first_url = fetch->url = NULL;
    curl_easy_setopt(fetch->easy, CURLOPT_COOKIELIST, "ALL"); /* N10: none outlives its request */
    fetch->next = fetcher->pool;
    fetcher->pool = fetch;
    fetcher->pooled++;
}

static void fetch_unlink(struct fetch *fetch)
{
    struct fetcher *fetcher = fetch->fetcher;
    if (fetch->previous)
        fetch->previous->next = fetch->next;
    else if (fetcher->running == fetch)
        fetcher->running = fetch->next;
    if (fetch->next)
        fetch->next->previous = fetch->previous;
    fetch->next = fetch->previous = NULL;
    fetcher->in_flight--;
}

/* Reports a transfer that is no longer in the multi handle, and takes its memory back. */
static void fetch_end(struct fetch *fetch, CURLcode code, bool cancelled)
{
    struct http_header headers[HTTP_HEADERS_MAX];
    struct fetch_result result = {.cancelled = cancelled};
    fetch_tell(fetch, code, headers, &result);
    fetch_unlink(fetch);
    fetch->done(fetch->context, &result);
    /* The callback may have taken the body out of the result. */
    if (!result.answer.body.ptr)
        fetch->body = (struct buffer){0};
    fetch_recycle(fetch);
}

char *fetch_result_take_body(struct fetch_result *result, size_t *ret_len)
{
    *ret_len = result->answer.body.len;
    if (*ret_len == 0) /* no buffer was made for it */
        return NULL;
    char *body = (char *)(uintptr_t)result->answer.body.ptr; /* the buffer's own memory */
    result->answer.body = STR_NONE;
    return body;
}

/* ---- The fetcher ---- */

static void fetcher_free(struct fetcher *fetcher)
{
    while (fetcher->pool) {
        struct fetch *fetch = fetcher->pool;
        fetcher->pool = fetch->next;
        fetch_free(fetch);
    }
    curl_loop_destroy(&fetcher->loop);
    free(fetcher->user_agent);
    free(fetcher->ca_file);
    arena_destroy(&fetcher->scratch);
    fetcher->magic = 0;
    free(fetcher);
}

/* Around everything that calls back: the fetcher may be destroyed meanwhile. */
static void enter(struct fetcher *fetcher)
{
    fetcher->entered++;
}

static void leave(struct fetcher *fetcher)
{
    if (--fetcher->entered == 0 && fetcher->doomed)
        fetcher_free(fetcher);
}

static void on_ended(void *context, CURL *easy, CURLcode code)
{
    struct fetcher *fetcher = context;
    assert(fetcher->magic == FETCHER_MAGIC);
    struct fetch *fetch = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&fetch);
    if (fetch_goes_on(fetch, code))
        return;
    enter(fetcher);
    fetch_end(fetch, code, false);
    leave(fetcher);
}

static void on_broken(void *context)
{
    struct fetcher *fetcher = context;
    assert(fetcher->magic == FETCHER_MAGIC);
    struct fetch *lost = fetcher->running;
    fetcher->running = NULL; /* what the callbacks start now is none of these */
    enter(fetcher);
    while (lost) {
        struct fetch *fetch = lost;
        lost = fetch->next;
        if (lost)
            lost->previous = NULL;
        fetch->next = NULL;
        fetch->spoiled = true;
        (void)fetch_stop(fetch, FETCH_ERROR_INTERNAL, "libcurl's multi handle broke and was made anew");
        fetch_end(fetch, CURLE_FAILED_INIT, false);
    }
    leave(fetcher);
}

struct fetcher *fetcher_create(struct event_base *base, const struct fetch_options *options,
                               struct error *error)
{
    static const struct curl_loop_calls calls = {.ended = on_ended, .broken = on_broken};
    struct fetcher *fetcher = calloc(1, sizeof(*fetcher));
    if (!fetcher)
        goto fail;
    fetcher->magic = FETCHER_MAGIC;
    fetcher->options = *options;
    fetcher->user_agent = strdup(options->user_agent ? options->user_agent : "newsd");
    fetcher->ca_file = options->ca_file ? strdup(options->ca_file) : NULL;
    fetcher->scratch = arena_create(SCRATCH_BYTES);
    long kept = options->transfers_max > CONNECTIONS_KEPT_MIN ? options->transfers_max : CONNECTIONS_KEPT_MIN;
    fetcher->loop = curl_loop_create(base, kept, &calls, fetcher);
    if (!fetcher->user_agent || (options->ca_file && !fetcher->ca_file) || !fetcher->scratch ||
        !fetcher->loop)
        goto fail;
    return fetcher;
fail:
    (void)error_set(error, -ENOMEM, "no memory for the HTTP fetcher");
    fetcher_destroy(&fetcher);
    return NULL;
}

void fetcher_destroy(struct fetcher **ret_fetcher)
{
    struct fetcher *fetcher = *ret_fetcher;
    if (!fetcher)
        return;
    assert(fetcher->magic == FETCHER_MAGIC);
    *ret_fetcher = NULL; /* a callback that asks finds no fetcher any more */
    fetcher->doomed = true;
    enter(fetcher);
    while (fetcher->running) {
        struct fetch *fetch = fetcher->running;
        curl_loop_remove(fetcher->loop, fetch->easy);
        fetch_end(fetch, CURLE_ABORTED_BY_CALLBACK, true);
    }
    leave(fetcher);
}

int fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done, void *context)
{
    if (!fetcher || fetcher->doomed || fetcher->in_flight >= (size_t)fetcher->options.transfers_max)
        return -EAGAIN;
    if (!url_is_http(str_from(request->url)))
        return -EINVAL;
    struct fetch *fetch = fetch_get(fetcher);
    if (!fetch)
        return -ENOMEM;
    fetch->done = done;
    fetch->context = context;
    int error = fetch_prepare(fetch, request);
    if (!error)
        error = curl_loop_add(fetcher->loop, fetch->easy);
    if (error) {
        fetch_recycle(fetch);
        return error;
    }
    fetch->next = fetcher->running;
    if (fetch->next)
        fetch->next->previous = fetch;
    fetcher->running = fetch;
    fetcher->in_flight++;
    return 0;
}

size_t fetcher_in_flight(const struct fetcher *fetcher)
{
    return fetcher->in_flight;
}

size_t fetcher_transfers_max(const struct fetcher *fetcher)
{
    return (size_t)fetcher->options.transfers_max;
}

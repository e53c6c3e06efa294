/* fake_transfers: daemon/fetching/transfers.h without a network: what is asked for stays under way until the
 * test answers it. For tests only.
 *
 *     struct transfers transfers = {.slots = 4};
 *     ... something calls transfers_fetch() ...
 *     fake_answer(&transfers, "https://post.example/rss", &(struct served){.status = 200, .body = text});
 *
 * The functions stand in place of the library's, so one file of a program includes this. */
#ifndef NEWSD_TESTS_DAEMON_FAKE_TRANSFERS_H
#define NEWSD_TESTS_DAEMON_FAKE_TRANSFERS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "daemon/fetching/transfers.h"

enum { FAKE_URL_BYTES = 256, FAKE_POST_BYTES = 1024, FAKE_HEADERS = 8 };

/* What a server answers. */
struct served {
    int status;
    const char *body;
    struct {
        const char *name, *value;
    } headers[FAKE_HEADERS];
    const char *final_url; /* a redirect led there */
    bool permanent;        /* ... for good */
    enum fetch_error error;
    bool cancelled;
};

/* The last request that started; strings are empty where nothing was sent. */
struct fake_request {
    char url[FAKE_URL_BYTES], etag[FAKE_URL_BYTES], last_modified[FAKE_URL_BYTES], accept[FAKE_URL_BYTES];
    char post[FAKE_POST_BYTES], post_type[FAKE_URL_BYTES];
    int64_t body_bytes_max;
};

struct transfers {
    size_t slots;
    bool hosts_busy; /* what is asked for waits for its host, until fake_turns_come() */
    bool hosts_full; /* too much waits already */
    size_t running, waiting, started, refused;
    struct fake_request last;
    struct transfer *under_way; /* waiting and running, newest first */
    transfers_idle *idle;
    void *idle_context;
};

static inline void fake_copy(char to[FAKE_URL_BYTES], const char *from)
{
    (void)snprintf(to, FAKE_URL_BYTES, "%s", from ? from : "");
}

static inline void fake_forget(struct transfers *transfers, struct transfer *transfer)
{
    struct transfer **at = &transfers->under_way;
    while (*at != transfer)
        at = &(*at)->next;
    *at = transfer->next;
    if (transfer->running)
        transfers->running--;
    else
        transfers->waiting--;
    transfer->running = false;
    free(transfer->url);
    transfer->url = NULL;
}

/* As transfers does: slot and host are free, who waits for a slot gets it, and then the owner hears of it. */
static inline void fake_end(struct transfers *transfers, struct transfer *transfer,
                            struct fetch_result *result)
{
    fake_forget(transfers, transfer);
    if (transfers_room(transfers) && transfers->idle)
        transfers->idle(transfers->idle_context);
    transfer->done(transfer, result);
}

static inline void fake_start(struct transfers *transfers, struct transfer *transfer)
{
    struct fetch_request request = {.url = transfer->url};
    transfers->waiting--;
    transfers->running++;
    transfer->running = true;
    if (!transfer->prepare(transfer, &request)) {
        struct fetch_result result = {.cancelled = true};
        transfers->refused++;
        fake_end(transfers, transfer, &result);
        return;
    }
    transfers->started++;
    transfers->last = (struct fake_request){.body_bytes_max = request.body_bytes_max};
    fake_copy(transfers->last.url, request.url);
    fake_copy(transfers->last.etag, request.etag);
    fake_copy(transfers->last.last_modified, request.last_modified);
    fake_copy(transfers->last.accept, request.accept);
    fake_copy(transfers->last.post_type, request.post_type);
    assert_true(request.post.len < FAKE_POST_BYTES);
    if (request.post.len)
        memcpy(transfers->last.post, request.post.ptr, request.post.len);
    transfer->work.queued =
        request.etag || request.last_modified; /* the field is free here: was conditional */
}

void transfers_fetch(struct transfers *transfers, struct transfer *transfer, const char *url)
{
    assert_null(transfer->url);
    if (transfers->hosts_full) {
        transfer->done(transfer, NULL);
        return;
    }
    transfer->transfers = transfers;
    transfer->url = strdup(url);
    transfer->next = transfers->under_way;
    transfers->under_way = transfer;
    transfers->waiting++;
    if (!transfers->hosts_busy)
        fake_start(transfers, transfer);
}

void transfers_cancel(struct transfers *transfers, struct transfer *transfer)
{
    if (transfer->url && !transfer->running)
        fake_forget(transfers, transfer);
}

static inline struct transfer *fake_find(const struct transfers *transfers, const char *url, bool running)
{
    struct transfer *transfer = transfers->under_way;
    while (transfer && (transfer->running != running || (url && strcmp(transfer->url, url))))
        transfer = transfer->next;
    return transfer;
}

void transfers_cancel_all(struct transfers *transfers)
{
    struct transfer *transfer;
    transfers->slots = 0;
    while ((transfer = fake_find(transfers, NULL, true))) {
        struct fetch_result result = {.cancelled = true};
        fake_end(transfers, transfer, &result);
    }
}

void transfers_on_idle(struct transfers *transfers, transfers_idle *idle, void *context)
{
    transfers->idle = idle;
    transfers->idle_context = context;
}

bool transfers_room(const struct transfers *transfers)
{
    return transfers->running < transfers->slots;
}

/* The hosts are free: what waited starts. */
static inline void fake_turns_come(struct transfers *transfers)
{
    struct transfer *transfer;
    transfers->hosts_busy = false;
    while ((transfer = fake_find(transfers, NULL, false)))
        fake_start(transfers, transfer);
}

/* The oldest running request is answered (`url` NULL = whichever). */
static inline void fake_answer(struct transfers *transfers, const char *url, const struct served *served)
{
    struct transfer *transfer = fake_find(transfers, url, true);
    struct http_header headers[FAKE_HEADERS];
    struct fetch_result result = {.cancelled = served->cancelled};
    struct http_answer *answer = &result.answer;
    if (!transfer)
        fail_msg("nobody asks for %s", url ? url : "anything");
    *answer = (struct http_answer){.error = served->error,
                                   .status = served->status,
                                   .headers = headers,
                                   .final_url = served->final_url ? served->final_url : transfer->url,
                                   .redirected = served->final_url != NULL,
                                   .redirect_permanent = served->permanent,
                                   .was_conditional = transfer->work.queued,
                                   .received_ms = clock_wall_ms()};
    for (; answer->header_count < FAKE_HEADERS && served->headers[answer->header_count].name;
         answer->header_count++)
        headers[answer->header_count] =
            (struct http_header){str_from(served->headers[answer->header_count].name),
                                 str_from(served->headers[answer->header_count].value)};
    char *final_url = strdup(answer->final_url); /* outlives the transfer's */
    answer->final_url = final_url;
    if (served->body && *served->body)
        answer->body = str_from(strdup(served->body));
    result.body_bytes = result.wire_bytes = (int64_t)answer->body.len;
    fake_end(transfers, transfer, &result);
    free((char *)(uintptr_t)result.answer.body.ptr); /* NULL when it was taken */
    free(final_url);
}

#endif

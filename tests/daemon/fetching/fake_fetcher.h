/* fake_fetcher: feeds/http/fetch.h without a network: a request stays in flight until the test answers it.
 * For tests only; the functions stand in place of the library's, so one file of a program includes this. */
#ifndef NEWSD_TESTS_DAEMON_FAKE_FETCHER_H
#define NEWSD_TESTS_DAEMON_FAKE_FETCHER_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "feeds/http/fetch.h"

enum { FAKE_IN_FLIGHT_MAX = 64, FAKE_URL_BYTES = 128 };

struct fake_fetch {
    char url[FAKE_URL_BYTES];
    fetch_done *done;
    void *context;
};

struct fetcher {
    size_t max, in_flight;
    struct fake_fetch fetches[FAKE_IN_FLIGHT_MAX]; /* oldest first */
};

/* There is one at a time. */
static struct {
    struct fetcher *fetcher;
    size_t started;
    int refuse; /* what fetch_start() says */
} fake;

int fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done, void *context)
{
    assert_true(fetcher->in_flight < fetcher->max);
    if (fake.refuse)
        return fake.refuse;
    struct fake_fetch *fetch = &fetcher->fetches[fetcher->in_flight++];
    *fetch = (struct fake_fetch){.done = done, .context = context};
    (void)snprintf(fetch->url, sizeof(fetch->url), "%s", request->url);
    fake.started++;
    return 0;
}

static inline void fake_end(struct fetcher *fetcher, size_t place, struct fetch_result *result)
{
    struct fake_fetch fetch = fetcher->fetches[place];
    fetcher->in_flight--;
    memmove(&fetcher->fetches[place], &fetcher->fetches[place + 1],
            (fetcher->in_flight - place) * sizeof(fetch));
    fetch.done(fetch.context, result);
}

struct fetcher *fetcher_create(struct event_base *base, const struct fetch_options *options,
                               struct error *error)
{
    (void)base, (void)error; /* needs no loop, and does not fail but for memory */
    fake.fetcher = calloc(1, sizeof(*fake.fetcher));
    if (fake.fetcher)
        fake.fetcher->max = (size_t)options->transfers_max;
    return fake.fetcher;
}

void fetcher_destroy(struct fetcher **fetcher)
{
    struct fetcher *old = *fetcher;
    if (!old)
        return;
    *fetcher = NULL;
    while (old->in_flight > 0) {
        struct fetch_result result = {.cancelled = true};
        fake_end(old, 0, &result);
    }
    fake.fetcher = NULL;
    free(old);
}

size_t fetcher_transfers_max(const struct fetcher *fetcher)
{
    return fetcher->max;
}

static inline bool fake_is_in_flight(const char *url)
{
    for (size_t i = 0; i < fake.fetcher->in_flight; i++)
        if (!strcmp(fake.fetcher->fetches[i].url, url))
            return true;
    return false;
}

/* Answers the oldest request for the URL; `retry_after` may be NULL. */
static inline void fake_answer(const char *url, int status, const char *retry_after)
{
    struct http_header header = {STR("Retry-After"), str_from(retry_after)};
    struct fetch_result result = {.answer = {.status = status,
                                             .headers = &header,
                                             .header_count = retry_after != NULL,
                                             .received_ms = clock_wall_ms()}};
    size_t place = 0;
    while (place < fake.fetcher->in_flight && strcmp(fake.fetcher->fetches[place].url, url))
        place++;
    if (place == fake.fetcher->in_flight)
        fail_msg("nobody asks for %s", url);
    fake_end(fake.fetcher, place, &result);
}

#endif

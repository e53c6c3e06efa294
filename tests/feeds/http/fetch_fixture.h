/* fetch_fixture: a fetcher against the scripted server, one transfer or several, and what came of each.
 * Included once by each program.
 *
 *     struct outcome outcome = fetch("/path");        one transfer of the server's path, to its end
 *     start("/path", &outcome); ... run();            several at once */
#ifndef NEWSD_TESTS_FEEDS_FETCH_FIXTURE_H
#define NEWSD_TESTS_FEEDS_FETCH_FIXTURE_H

#include <curl/curl.h>
#include <event2/event.h>

#include "feeds/http/fetch.h"
#include "feeds/http/scripted_server.h"

/* The filter itself has its own test; here 127.0.0.1 stands for the public network, all else is closed. */
bool address_is_public(const struct sockaddr *address);
bool address_is_public(const struct sockaddr *address)
{
    struct sockaddr_in in;
    memcpy(&in, address, sizeof(in));
    return in.sin_family == AF_INET && in.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

static struct event_base *base;
static struct fetcher *fetcher;
static struct fetch_options options;

struct outcome {
    unsigned calls;
    bool cancelled, redirected, permanent, conditional;
    enum fetch_error error;
    int status;
    size_t fields;
    int64_t body_bytes, wire_bytes;
    char etag[64], url[256], words[256], address[64], body[128];
    const char *then; /* path to fetch next, from the callback */
    bool destroys;    /* the fetcher, from the callback */
};

static inline void start(const char *path, struct outcome *outcome);

static inline void copy_str(char *to, size_t size, struct str from)
{
    (void)snprintf(to, size, "%.*s", STR_ARG(from)); /* cut off is fine for a test */
}

static inline void on_done(void *context, struct fetch_result *result)
{
    struct outcome *outcome = context;
    const struct http_answer *answer_got = &result->answer;
    outcome->calls++;
    outcome->cancelled = result->cancelled;
    outcome->error = answer_got->error;
    outcome->status = answer_got->status;
    outcome->redirected = answer_got->redirected;
    outcome->permanent = answer_got->redirect_permanent;
    outcome->conditional = answer_got->was_conditional;
    outcome->fields = answer_got->header_count;
    outcome->body_bytes = result->body_bytes;
    outcome->wire_bytes = result->wire_bytes;
    copy_str(outcome->etag, sizeof(outcome->etag), http_answer_header(answer_got, STR("etag")));
    copy_str(outcome->url, sizeof(outcome->url), str_from(answer_got->final_url));
    copy_str(outcome->words, sizeof(outcome->words), str_from(result->error_text));
    copy_str(outcome->address, sizeof(outcome->address), str_from(result->address));
    copy_str(outcome->body, sizeof(outcome->body), answer_got->body);
    if (outcome->then) {
        const char *path = outcome->then;
        outcome->then = NULL;
        start(path, outcome);
    }
    if (outcome->destroys)
        fetcher_destroy(&fetcher);
    if (!fetcher || fetcher_in_flight(fetcher) == 0)
        event_base_loopbreak(base);
}

static inline void start_request(const char *path, struct fetch_request *request, struct outcome *outcome)
{
    char url[512];
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", server_port, path);
    request->url = url;
    assert_int_equal(fetch_start(fetcher, request, on_done, outcome), 0);
}

static inline void start(const char *path, struct outcome *outcome)
{
    struct fetch_request request = {.accept = "application/xml"};
    start_request(path, &request, outcome);
}

static inline void run(void)
{
    struct timeval most = {.tv_sec = 20};
    event_base_loopexit(base, &most);
    event_base_dispatch(base);
    if (fetcher)
        assert_int_equal(fetcher_in_flight(fetcher), 0);
}

static inline struct outcome fetch(const char *path)
{
    struct outcome outcome = {0};
    start(path, &outcome);
    run();
    assert_int_equal(outcome.calls, 1);
    return outcome;
}

static inline int setup(void **state)
{
    (void)state;
    base = event_base_new();
    fetch_options_default(&options);
    options.user_agent = "newsd-test/1 (+https://news.example/about)";
    fetcher = fetcher_create(base, &options, NULL);
    server_reset();
    return base && fetcher ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    fetcher_destroy(&fetcher);
    event_base_free(base);
    return 0;
}

static inline void with_options(void)
{
    fetcher_destroy(&fetcher);
    fetcher = fetcher_create(base, &options, NULL);
    assert_non_null(fetcher);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif

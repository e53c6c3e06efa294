/* websub_fixture: a subscriber on a real poller and store, on the virtual clock. The test is the hub: it
 * answers the requests and sends its own to the callback, over the loopback. For tests only.
 *
 *     hubs_offer(hubs, HUB_LINK);                      the feed's document names a hub, which is asked
 *     fake_answer(&hubs->asked, HUB, &(struct served){.status = 202});
 *     hubs_verify(hubs, "subscribe", 86400) == 200     the challenge came back, too
 *     hubs_push(hubs, "sha256", rss(4, 1)) == 202
 *     hubs_until_asked(hubs);                          time passes until the next request to a hub */
#ifndef NEWSD_TESTS_DAEMON_WEBSUB_FIXTURE_H
#define NEWSD_TESTS_DAEMON_WEBSUB_FIXTURE_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/socket.h>

#include "daemon/polling/poller_fixture.h"
#include "daemon/store/store_websub.h"
#include "daemon/websub/websub.h"

#define HUB "https://hub.example/"
#define SECOND_HUB "https://other.example/hub"
#define TOPIC "https://post.example/topic"
#define TOPIC_ESCAPED "https%3A%2F%2Fpost.example%2Ftopic"
#define SELF_LINK "<atom:link rel='self' href='" TOPIC "'/>"
#define HUB_LINK SELF_LINK "<atom:link rel='hub' href='" HUB "'/>"
#define TWO_HUB_LINKS HUB_LINK "<atom:link rel='hub' href='" SECOND_HUB "'/>"

struct hubs {
    struct polling polling; /* first: opened() gets it back */
    struct transfers asked; /* requests to hubs; polls have their own */
    struct websub *websub;
    uint16_t port;
    char answer[4096]; /* the last one of the callback, with its head */
    char token[WEBSUB_TOKEN_BYTES], secret[WEBSUB_SECRET_BYTES]; /* of hubs_note() */
};

/* ---- Life ---- */

static inline void hubs_settle(struct hubs *hubs)
{
    for (int turns = 0; turns < 100000 && websub_busy(hubs->websub) > hubs->asked.running; turns++)
        event_base_loop(hubs->polling.store.base, EVLOOP_ONCE);
    assert_int_equal(websub_busy(hubs->websub), hubs->asked.running);
}

static inline void hubs_opened(struct polling *polling)
{
    struct hubs *hubs = (struct hubs *)polling;
    struct fixture *store = &polling->store;
    struct websub_context context = {
        .base = store->base, .store = store->store, .transfers = &hubs->asked, .poller = polling->poller};
    hubs->asked = (struct transfers){.slots = 8};
    if (websub_create(&hubs->websub, &context, polling->config, &store->error))
        fail_msg("%s", store->error.text);
    poller_set_watch(polling->poller, websub_watch(hubs->websub));
    assert_int_equal(store_load_subscriptions(store->store, websub_restore, hubs->websub, &store->error), 0);
}

/* A port of the loopback that nobody listens on. */
static inline uint16_t hubs_free_port(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof(address);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    close(fd);
    return ntohs(address.sin_port);
}

static inline int hubs_set_up(void **state)
{
    struct hubs *hubs = calloc(1, sizeof(*hubs));
    struct polling *polling = &hubs->polling;
    polling_make(polling);
    hubs->port = hubs_free_port();
    free(polling->config->websub_listen);
    free(polling->config->websub_callback);
    polling->config->websub_callback = strdup("https://news.example/push");
    assert_true(asprintf(&polling->config->websub_listen, "127.0.0.1:%u", hubs->port) > 0);
    polling->opened = hubs_opened;
    polling_open(polling);
    websub_start(hubs->websub);
    *state = hubs;
    return 0;
}

/* As the daemon ends. */
static inline void hubs_close(struct hubs *hubs)
{
    websub_stop(hubs->websub);
    poller_stop(hubs->polling.poller);
    transfers_cancel_all(&hubs->asked);
    transfers_cancel_all(&hubs->polling.transfers);
    polling_settle(&hubs->polling);
    hubs_settle(hubs);
    poller_set_watch(hubs->polling.poller, NULL);
    assert_int_equal(hubs->asked.running + hubs->asked.waiting, 0);
    websub_destroy(&hubs->websub);
    polling_close(&hubs->polling);
}

/* The next run, after `ms` without one; its feeds are those of before. */
static inline void hubs_restart(struct hubs *hubs, int64_t ms)
{
    hubs_close(hubs);
    clock_virtual_advance(ms);
    metrics_reset();
    polling_open(&hubs->polling);
    websub_start(hubs->websub);
    poller_start(hubs->polling.poller);
    hubs_settle(hubs);
}

static inline int hubs_tear_down(void **state)
{
    struct hubs *hubs = *state;
    hubs_close(hubs);
    config_free(&hubs->polling.config);
    fixture_done(&hubs->polling.store);
    free(hubs);
    clock_virtual_stop();
    return 0;
}

/* ---- Time and polls ---- */

static inline void hubs_pass(struct hubs *hubs, int64_t ms)
{
    polling_pass(&hubs->polling, ms);
    websub_clock_stepped(hubs->websub); /* its timer knows nothing of the virtual clock */
    hubs_settle(hubs);
}

/* Lets time pass, ten minutes at a time, until a hub is asked; how long it took. */
static inline int64_t hubs_until_asked(struct hubs *hubs)
{
    size_t before = hubs->asked.started;
    int64_t passed = 0;
    for (; hubs->asked.started == before && passed < 40LL * DAY; passed += 10 * MINUTE)
        hubs_pass(hubs, 10 * MINUTE);
    assert_true(hubs->asked.started > before);
    return passed;
}

/* The poll under way finds entries first, first - 1, ..., and `links` in the channel. */
static inline void hubs_polled(struct hubs *hubs, const char *links, unsigned first, unsigned count)
{
    struct served served = {
        .status = 200, .body = rss_with(links, first, count), .headers = {{"ETag", "\"one\""}}};
    polling_answer(&hubs->polling, feed_url(0), &served);
    hubs_pass(hubs, SECOND);
}

/* The token and secret of the last request, for what the hub sends from now on. */
static inline void hubs_note(struct hubs *hubs)
{
    const char *token = strstr(hubs->asked.last.post, "%2Fpush%2F");
    const char *secret = strstr(hubs->asked.last.post, "&hub.secret=");
    assert_non_null(token);
    (void)snprintf(hubs->token, sizeof(hubs->token), "%s", token + strlen("%2Fpush%2F"));
    assert_int_equal(strspn(hubs->token, "0123456789abcdef"), WEBSUB_TOKEN_BYTES - 1);
    if (secret)
        (void)snprintf(hubs->secret, sizeof(hubs->secret), "%s", secret + strlen("&hub.secret="));
}

/* The first poll, of entries 1 to 3; the hub it names is asked. */
static inline void hubs_offer(struct hubs *hubs, const char *links)
{
    polling_run(&hubs->polling, 1);
    hubs_polled(hubs, links, 3, 3);
    assert_int_equal(hubs->asked.started, 1);
    hubs_note(hubs);
}

/* ---- What hubs send ---- */

/* Sends a request to the callback; the answer's status. */
static inline int hubs_send(struct hubs *hubs, const char *text, size_t len)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(hubs->port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), status = 0;
    size_t got = 0;
    ssize_t more = -1;
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(send(fd, text, len, MSG_NOSIGNAL), len);
    while (more != 0 && got < sizeof(hubs->answer) - 1) {
        event_base_loop(hubs->polling.store.base, EVLOOP_NONBLOCK);
        more = recv(fd, hubs->answer + got, sizeof(hubs->answer) - 1 - got, MSG_DONTWAIT);
        got += more > 0 ? (size_t)more : 0;
        assert_true(more >= 0 || errno == EAGAIN);
    }
    close(fd);
    hubs->answer[got] = '\0';
    assert_int_equal(sscanf(hubs->answer, "HTTP/1.1 %d", &status), 1);
    polling_settle(&hubs->polling);
    hubs_settle(hubs);
    return status;
}

/* A GET with these parameters. */
static inline int hubs_get(struct hubs *hubs, const char *parameters)
{
    char text[8192];
    int len = snprintf(text, sizeof(text),
                       "GET /push/%s?%s HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n",
                       hubs->token, parameters);
    assert_in_range(len, 1, sizeof(text) - 1);
    return hubs_send(hubs, text, (size_t)len);
}

/* Verification of intent; `lease_s` 0 = not told. A challenge that is taken must come back. */
static inline int hubs_verify(struct hubs *hubs, const char *mode, int lease_s)
{
    char parameters[512], lease[64] = "";
    if (lease_s)
        (void)snprintf(lease, sizeof(lease), "&hub.lease_seconds=%d", lease_s);
    (void)snprintf(parameters, sizeof(parameters), "hub.mode=%s&hub.topic=%s&hub.challenge=a%%2Bb%%20c%s",
                   mode, TOPIC_ESCAPED, lease);
    int status = hubs_get(hubs, parameters);
    const char *body = strstr(hubs->answer, "\r\n\r\n");
    assert_non_null(body);
    assert_int_equal(strcmp(body + 4, "a+b c") == 0, status == 200);
    return status;
}

/* A POST with this signature line ("" = none). */
static inline int hubs_post(struct hubs *hubs, const char *signature, const char *body)
{
    char *text;
    int len = asprintf(&text,
                       "POST /push/%s HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n"
                       "Content-Type: application/rss+xml\r\n%sContent-Length: %zu\r\n\r\n%s",
                       hubs->token, signature, strlen(body), body);
    assert_true(len > 0);
    int status = hubs_send(hubs, text, (size_t)len);
    free(text);
    return status;
}

/* "X-Hub-Signature: METHOD=..." with the subscription's own secret. */
static inline const char *hubs_sign(const struct hubs *hubs, const char *method, const char *body)
{
    static char line[256];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    assert_non_null(HMAC(EVP_get_digestbyname(method), hubs->secret, (int)strlen(hubs->secret),
                         (const unsigned char *)body, strlen(body), digest, &size));
    int len = snprintf(line, sizeof(line), "X-Hub-Signature: %s=", method);
    for (unsigned i = 0; i < size; i++)
        len += snprintf(line + len, sizeof(line) - (size_t)len, "%02x", digest[i]);
    (void)snprintf(line + len, sizeof(line) - (size_t)len, "\r\n");
    return line;
}

static inline int hubs_push(struct hubs *hubs, const char *method, const char *body)
{
    return hubs_post(hubs, hubs_sign(hubs, method, body), body);
}

/* The hub has taken the request and verified it. */
static inline void hubs_subscribe(struct hubs *hubs, int lease_s)
{
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 202});
    assert_int_equal(hubs_verify(hubs, "subscribe", lease_s), 200);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
}

static inline bool hubs_asked_to(const struct hubs *hubs, const char *mode)
{
    char field[64];
    (void)snprintf(field, sizeof(field), "hub.mode=%s&", mode);
    return !strncmp(hubs->asked.last.post, field, strlen(field));
}

#define HUBS_TEST(name) cmocka_unit_test_setup_teardown(name, hubs_set_up, hubs_tear_down)

#endif

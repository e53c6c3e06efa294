/* fuzz_websub: what a hub sends. A line of settings ("a" active, "l" leaving, "t" the topic is what the query
 * names), one with an X-Hub-Signature, one with the query of a verification, then the body of a delivery.
 * What was not asked for is not confirmed, what is confirmed has a lease that ends, only the right signature
 * is one, and a body that is signed goes the way of a polled document. */
#include "fuzz/fuzz_polled.h"

#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <openssl/hmac.h>

#include "feeds/poll/subscription.h"

enum { ARENA_BYTES = 64 << 20 };

static const struct websub_policy policy = {.lease_ms = 864000000, .retry_min_ms = 60000};

static struct str line_of(struct str *rest)
{
    struct str line = STR_NONE;
    (void)str_split(rest, '\n', &line);
    return line;
}

/* As the daemon reads them: with libevent. */
static bool parameters_of(struct arena *arena, struct str query, struct evkeyvalq *ret_parameters)
{
    struct str copy = arena_str(arena, query.ptr ? query : STR(""));
    return evhttp_parse_query_str(copy.ptr, ret_parameters) == 0;
}

static void begin(struct websub_subscription *subscription, struct str topic, struct str letters)
{
    CHECK(websub_subscription_init(subscription, 1, STR("http://a.example/dir/feed"),
                                   STR("http://h.example/"), topic, fuzz_now_ms) == 0);
    memset(subscription->secret, 's', WEBSUB_SECRET_BYTES - 1); /* every run the same */
    memset(subscription->token, 't', WEBSUB_TOKEN_BYTES - 1);
    if (str_find_byte(letters, 'a', 0) >= 0 || str_find_byte(letters, 'l', 0) >= 0) {
        subscription->state = WEBSUB_ACTIVE;
        subscription->lease_end_ms = fuzz_now_ms + policy.lease_ms;
    }
    if (str_find_byte(letters, 'l', 0) >= 0)
        websub_leave(subscription, fuzz_now_ms);
    websub_asked(subscription, fuzz_now_ms);
}

static void check_request(struct arena *arena, const struct websub_subscription *subscription)
{
    struct buffer body = {0};
    struct evkeyvalq fields;
    CHECK(websub_request(subscription, &policy, STR("http://me.example/hook"), &body) == 0);
    CHECK(parameters_of(arena, buffer_str(&body), &fields));
    const char *topic = evhttp_find_header(&fields, "hub.topic");
    CHECK(topic && strcmp(topic, subscription->topic) == 0);
    CHECK(str_ends(str_from(evhttp_find_header(&fields, "hub.callback")), str_from(subscription->token)));
    evhttp_clear_headers(&fields);
    buffer_done(&body);
}

static void check_intent(struct websub_subscription *subscription, const struct evkeyvalq *parameters)
{
    struct websub_intent intent = {
        .mode = str_from(evhttp_find_header(parameters, "hub.mode")),
        .topic = str_from(evhttp_find_header(parameters, "hub.topic")),
        .challenge = str_from(evhttp_find_header(parameters, "hub.challenge")),
        .lease_seconds = str_from(evhttp_find_header(parameters, "hub.lease_seconds")),
    };
    bool leaving = subscription->state == WEBSUB_LEAVING;
    bool mine = intent.topic.ptr && str_equal(intent.topic, str_from(subscription->topic));
    bool asked = str_equal(intent.mode, leaving ? STR("unsubscribe") : STR("subscribe"));
    bool challenged = intent.challenge.len > 0 && intent.challenge.len <= WEBSUB_CHALLENGE_BYTES_MAX;
    bool denied = mine && !leaving && str_equal(intent.mode, STR("denied"));
    enum websub_answer answer = websub_check_intent(subscription, &intent, fuzz_now_ms);
    CHECK((answer == WEBSUB_CONFIRM) == (mine && asked && challenged));
    CHECK((answer == WEBSUB_TAKE_DENIAL) == denied);
    if (answer == WEBSUB_TAKE_DENIAL) {
        websub_denied(subscription, fuzz_now_ms);
        CHECK(websub_check_intent(subscription, &intent, fuzz_now_ms) != WEBSUB_CONFIRM);
    } else if (answer == WEBSUB_CONFIRM && !leaving) {
        websub_confirmed(subscription, &policy, &intent, fuzz_now_ms);
        CHECK(subscription->state == WEBSUB_ACTIVE);
        CHECK(subscription->lease_end_ms > fuzz_now_ms);
        CHECK(subscription->lease_end_ms <= fuzz_now_ms + 90LL * FUZZ_NOW_MS_DAY);
        CHECK(subscription->next_ms > fuzz_now_ms && subscription->next_ms <= subscription->lease_end_ms);
    }
}

/* By each method, signed as a hub does: right, then spoilt at the header and at the body. */
static void check_signed(const struct websub_subscription *subscription, struct str body)
{
    static const char *const names[] = {"sha1", "sha256", "sha384", "SHA512"};
    const EVP_MD *const methods[] = {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512()};
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    size_t which = body.len % (sizeof(names) / sizeof(names[0]));
    CHECK(HMAC(methods[which], subscription->secret, WEBSUB_SECRET_BYTES - 1, (const unsigned char *)body.ptr,
               body.len, digest, &len));
    struct buffer header = {0};
    CHECK(buffer_printf(&header, " %s=", names[which]) == 0);
    for (unsigned i = 0; i < len; i++)
        CHECK(buffer_printf(&header, which & 1 ? "%02x" : "%02X", digest[i]) == 0);
    struct str right = buffer_str(&header);
    CHECK(websub_signature(subscription, right, body) == WEBSUB_SIGNED);
    CHECK(websub_signature(subscription, str_slice(right, 0, right.len - 1), body) == WEBSUB_FORGED);
    struct buffer other = {0};
    CHECK(buffer_append_str(&other, body) == 0 && buffer_append_byte(&other, '!') == 0);
    CHECK(websub_signature(subscription, right, buffer_str(&other)) == WEBSUB_FORGED);
    buffer_done(&other);
    buffer_done(&header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct str rest = str_make((const char *)data, size);
    struct str letters = line_of(&rest), seal = line_of(&rest), query = line_of(&rest);
    struct str body = rest.ptr ? rest : STR("");
    struct evkeyvalq parameters;
    bool read = parameters_of(arena, query, &parameters);
    const char *named = read ? evhttp_find_header(&parameters, "hub.topic") : NULL;
    bool own = str_find_byte(letters, 't', 0) >= 0 && named && *named;
    struct websub_subscription subscription;
    begin(&subscription, own ? str_from(named) : STR("http://a.example/feed"), letters);
    check_request(arena, &subscription);
    enum websub_seal given = websub_signature(&subscription, seal, body);
    CHECK((given == WEBSUB_UNSIGNED) == (str_trim_ascii(seal).len == 0));
    CHECK(given != WEBSUB_SIGNED); /* nobody guesses it */
    check_signed(&subscription, body);
    if (read)
        check_intent(&subscription, &parameters);
    if (read)
        evhttp_clear_headers(&parameters);
    struct http_header type = {STR("Content-Type"), letters};
    (void)fuzz_polled(arena, body, &type, 1, 0);
    websub_subscription_done(&subscription);
    arena_destroy(&arena);
    return 0;
}

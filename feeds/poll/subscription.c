/* subscription: the subscriber's rules. Pure; any thread. */
#include "feeds/poll/subscription.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/url.h"
#include "feeds/http/link_header.h"

enum {
    PENDING_MS = 3600000, /* for a hub to verify a request; most do within seconds */
    REPEAT_MS = 60000,    /* a verification may come again when our answer was lost */
    DAY_MS = 86400000,
    DENIED_MS = 7 * DAY_MS, /* until a hub that has denied is asked once more */
    RENEW_SHARE = 5,        /* a renewal has the last fifth of the lease to succeed */
    ATTEMPTS_DOUBLING = 10, /* of the wait; the wait itself ends at a day */
    HUB_FAILS_AFTER = 3,    /* requests in vain */
    LEAVE_ATTEMPTS = 5,     /* then the callback answers 410, which ends it too */
    TRUST_STEP_BITS = 2,    /* four times as many pushes after each demotion ... */
    TRUST_STEPS_MAX = 4,    /* ... up to 256 */
};

static const int64_t lease_max_ms = 90LL * DAY_MS; /* a hub's word is not good for longer */

/* ---- Discovery ---- */

static struct str usable(struct arena *arena, struct str base, struct str target)
{
    struct str url = url_without_credentials(arena, url_resolve(arena, base, target)); /* no hub's business */
    return url_is_http(url) && url.len <= WEBSUB_URL_BYTES_MAX ? url : STR_NONE;
}

static void add_hub(struct websub_links *links, struct str hub)
{
    for (size_t i = 0; i < links->hub_count; i++)
        if (str_equal(links->hubs[i], hub))
            return;
    if (hub.ptr && links->hub_count < WEBSUB_HUBS_MAX)
        links->hubs[links->hub_count++] = hub;
}

static void links_of_headers(struct arena *arena, const struct feed_parse_options *options,
                             struct websub_links *links)
{
    for (size_t i = 0; i < options->header_count; i++) {
        struct str rest = options->headers[i].value;
        struct link_header link;
        if (!str_equal_nocase(options->headers[i].name, STR("link")))
            continue;
        while (link_header_next(&rest, &link)) {
            if (link_header_is(&link, STR("hub")))
                add_hub(links, usable(arena, options->url, link.target));
            if (!links->topic.ptr && link_header_is(&link, STR("self")))
                links->topic = usable(arena, options->url, link.target);
        }
    }
}

int websub_discover(struct arena *arena, const struct feed_parse_options *options,
                    const struct feed_document *document, struct websub_links *ret_links)
{
    struct websub_links links = {0};
    links_of_headers(arena, options, &links);
    bool by_header = links.hub_count > 0;
    for (size_t i = 0; document && !by_header && i < document->feed.hubs.count; i++)
        add_hub(&links, usable(arena, options->url, document->feed.hubs.items[i]));
    if (!links.topic.ptr && document && document->feed.self.len)
        links.topic = usable(arena, options->url, document->feed.self);
    if (!links.topic.ptr)
        links.topic = url_without_credentials(arena, options->url);
    if (arena_exhausted(arena))
        return -ENOMEM;
    *ret_links = links;
    return 0;
}

/* ---- One subscription ---- */

static void to_hex(const unsigned char *bytes, size_t count, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * count] = '\0';
}

static int new_names(struct websub_subscription *subscription)
{
    unsigned char bytes[(WEBSUB_TOKEN_BYTES - 1) / 2 + (WEBSUB_SECRET_BYTES - 1) / 2];
    const size_t token = (WEBSUB_TOKEN_BYTES - 1) / 2;
    if (RAND_bytes(bytes, sizeof(bytes)) != 1)
        return -EIO;
    to_hex(bytes, token, subscription->token);
    to_hex(bytes + token, sizeof(bytes) - token, subscription->secret);
    OPENSSL_cleanse(bytes, sizeof(bytes));
    return 0;
}

int websub_subscription_init(struct websub_subscription *subscription, int64_t feed, struct str feed_url,
                             struct str hub, struct str topic, int64_t now_ms)
{
    *subscription = (struct websub_subscription){.feed = feed, .state = WEBSUB_WANTED, .next_ms = now_ms};
    subscription->feed_url = strndup(feed_url.ptr, feed_url.len);
    subscription->hub = strndup(hub.ptr, hub.len);
    subscription->topic = strndup(topic.ptr, topic.len);
    int error = subscription->feed_url && subscription->hub && subscription->topic ? 0 : -ENOMEM;
    if (!error)
        error = new_names(subscription);
    if (error)
        websub_subscription_done(subscription);
    return error;
}

void websub_subscription_done(struct websub_subscription *subscription)
{
    free(subscription->feed_url);
    free(subscription->hub);
    free(subscription->topic);
    OPENSSL_cleanse(subscription->secret, sizeof(subscription->secret));
    *subscription = (struct websub_subscription){0};
}

enum websub_mode websub_wants(const struct websub_subscription *subscription)
{
    return subscription->state == WEBSUB_LEAVING ? WEBSUB_UNSUBSCRIBE : WEBSUB_SUBSCRIBE;
}

bool websub_hub_fails(const struct websub_subscription *subscription)
{
    return subscription->state != WEBSUB_ACTIVE && subscription->attempts >= HUB_FAILS_AFTER;
}

enum websub_step websub_next(struct websub_subscription *subscription, int64_t now_ms)
{
    switch ((enum websub_state)subscription->state) {
    case WEBSUB_LEAVING:
        if (subscription->attempts >= LEAVE_ATTEMPTS || subscription->lease_end_ms <= now_ms)
            return WEBSUB_STEP_FORGET;
        break;
    case WEBSUB_ACTIVE:
        if (subscription->lease_end_ms > now_ms)
            break;
        subscription->state = WEBSUB_WANTED;
        subscription->next_ms = now_ms;
        return WEBSUB_STEP_LAPSED;
    case WEBSUB_DENIED:
        subscription->state = WEBSUB_WANTED;
        break;
    case WEBSUB_WANTED:
        break;
    }
    return WEBSUB_STEP_ASK;
}

/* The end of a running lease is never slept through. */
static void look_again(struct websub_subscription *subscription, int64_t when_ms)
{
    bool lease = subscription->state == WEBSUB_ACTIVE || subscription->state == WEBSUB_LEAVING;
    subscription->next_ms =
        lease && when_ms > subscription->lease_end_ms ? subscription->lease_end_ms : when_ms;
}

void websub_asked(struct websub_subscription *subscription, int64_t now_ms)
{
    if (subscription->attempts < UINT16_MAX)
        subscription->attempts++;
    subscription->pending = (uint8_t)websub_wants(subscription);
    subscription->pending_until_ms = now_ms + PENDING_MS;
    look_again(subscription, subscription->pending_until_ms);
}

static void append_field(struct buffer *body, const char *name, struct str value)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    buffer_printf(body, "%s%s=", body->len ? "&" : "", name);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.ptr[i];
        if (byte && strchr(plain, byte))
            buffer_append_byte(body, (char)byte);
        else
            buffer_printf(body, "%%%02X", byte);
    }
}

int websub_request(const struct websub_subscription *subscription, const struct websub_policy *policy,
                   struct str callback, struct buffer *body)
{
    _cleanup_buffer_ struct buffer address = {0};
    bool subscribe = websub_wants(subscription) == WEBSUB_SUBSCRIBE;
    buffer_append_str(&address, callback);
    if (callback.len == 0 || callback.ptr[callback.len - 1] != '/')
        buffer_append_byte(&address, '/');
    buffer_append_str(&address, str_from(subscription->token));
    buffer_clear(body);
    append_field(body, "hub.mode", subscribe ? STR("subscribe") : STR("unsubscribe"));
    append_field(body, "hub.topic", str_from(subscription->topic));
    append_field(body, "hub.callback", buffer_str(&address));
    if (subscribe) {
        append_field(body, "hub.secret", str_from(subscription->secret));
        buffer_printf(body, "&hub.lease_seconds=%lld", (long long)(policy->lease_ms / 1000));
    }
    return body->failed || address.failed ? -ENOMEM : 0;
}

void websub_refused(struct websub_subscription *subscription, const struct websub_policy *policy,
                    int64_t retry_after_ms, int64_t now_ms)
{
    unsigned doublings = subscription->attempts > 0 ? subscription->attempts - 1u : 0;
    int64_t wait = policy->retry_min_ms << (doublings < ATTEMPTS_DOUBLING ? doublings : ATTEMPTS_DOUBLING);
    if (wait < retry_after_ms)
        wait = retry_after_ms;
    if (wait > DAY_MS)
        wait = DAY_MS;
    look_again(subscription, now_ms + wait);
}

/* ---- Verification of intent, denial ---- */

enum websub_answer websub_check_intent(const struct websub_subscription *subscription,
                                       const struct websub_intent *intent, int64_t now_ms)
{
    bool subscribe = str_equal(intent->mode, STR("subscribe"));
    bool unsubscribe = str_equal(intent->mode, STR("unsubscribe"));
    if (!intent->topic.ptr || !str_equal(intent->topic, str_from(subscription->topic)))
        return WEBSUB_REFUSE;
    if (str_equal(intent->mode, STR("denied")))
        return subscription->state == WEBSUB_LEAVING ? WEBSUB_REFUSE : WEBSUB_TAKE_DENIAL;
    enum websub_mode asked = subscribe ? WEBSUB_SUBSCRIBE : unsubscribe ? WEBSUB_UNSUBSCRIBE : WEBSUB_NOTHING;
    if (asked == WEBSUB_NOTHING || asked != subscription->pending || now_ms >= subscription->pending_until_ms)
        return WEBSUB_REFUSE;
    if (asked != websub_wants(subscription)) /* asked to subscribe, and unwanted since */
        return WEBSUB_REFUSE;
    return intent->challenge.len > 0 && intent->challenge.len <= WEBSUB_CHALLENGE_BYTES_MAX ? WEBSUB_CONFIRM
                                                                                            : WEBSUB_REFUSE;
}

void websub_confirmed(struct websub_subscription *subscription, const struct websub_policy *policy,
                      const struct websub_intent *intent, int64_t now_ms)
{
    int64_t seconds = 0, lease = policy->lease_ms;
    if (str_to_int64(str_trim_ascii(intent->lease_seconds), &seconds) && seconds > 0)
        lease = seconds < lease_max_ms / 1000 ? seconds * 1000 : lease_max_ms;
    int64_t margin = lease / RENEW_SHARE, wait = lease - margin;
    wait -= (int64_t)clock_random((uint64_t)(margin / 4) + 1); /* not all of an import at once */
    if (wait < policy->retry_min_ms)
        wait = policy->retry_min_ms;
    subscription->state = WEBSUB_ACTIVE;
    subscription->attempts = 0;
    subscription->lease_end_ms = now_ms + lease;
    subscription->pending_until_ms = now_ms + REPEAT_MS;
    look_again(subscription, now_ms + wait);
}

void websub_denied(struct websub_subscription *subscription, int64_t now_ms)
{
    subscription->state = WEBSUB_DENIED;
    subscription->pending = WEBSUB_NOTHING;
    subscription->lease_end_ms = 0;
    subscription->attempts = 0;
    subscription->next_ms = now_ms + DENIED_MS;
}

void websub_leave(struct websub_subscription *subscription, int64_t now_ms)
{
    bool maybe_there = subscription->pending == WEBSUB_SUBSCRIBE && now_ms < subscription->pending_until_ms;
    if (maybe_there && subscription->lease_end_ms <= now_ms) /* confirmed or not: the hub may think it is */
        subscription->lease_end_ms = subscription->pending_until_ms;
    subscription->state = WEBSUB_LEAVING;
    subscription->attempts = 0;
    subscription->next_ms = now_ms;
}

/* ---- Distribution ---- */

static const EVP_MD *method_of(struct str name)
{
    static const struct {
        struct str name;
        const EVP_MD *(*method)(void);
    } methods[] = {{{"sha1", 4}, EVP_sha1},
                   {{"sha256", 6}, EVP_sha256},
                   {{"sha384", 6}, EVP_sha384},
                   {{"sha512", 6}, EVP_sha512}};
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
        if (str_equal_nocase(name, methods[i].name))
            return methods[i].method();
    return NULL;
}

enum websub_seal websub_signature(const struct websub_subscription *subscription, struct str header,
                                  struct str body)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    char expected[2 * EVP_MAX_MD_SIZE + 1], given[2 * EVP_MAX_MD_SIZE + 1];
    unsigned len = 0;
    header = str_trim_ascii(header);
    if (!header.len)
        return WEBSUB_UNSIGNED;
    ptrdiff_t equals = str_find_byte(header, '=', 0);
    const EVP_MD *method = equals > 0 ? method_of(str_slice(header, 0, (size_t)equals)) : NULL;
    struct str hex = method ? str_slice(header, (size_t)equals + 1, header.len) : STR_NONE;
    if (!method || hex.len != 2 * (size_t)EVP_MD_get_size(method))
        return WEBSUB_FORGED;
    if (!HMAC(method, subscription->secret, (int)strlen(subscription->secret),
              (const unsigned char *)(body.ptr ? body.ptr : ""), body.len, digest, &len))
        return WEBSUB_FORGED;
    to_hex(digest, len, expected);
    for (size_t i = 0; i < hex.len; i++) /* some hubs write it in upper case */
        given[i] = (char)(hex.ptr[i] >= 'A' && hex.ptr[i] <= 'F' ? hex.ptr[i] + 32 : hex.ptr[i]);
    return CRYPTO_memcmp(expected, given, hex.len) == 0 ? WEBSUB_SIGNED : WEBSUB_FORGED;
}

static uint32_t pushes_needed(const struct websub_subscription *subscription)
{
    unsigned steps =
        subscription->demotions < TRUST_STEPS_MAX ? subscription->demotions : (unsigned)TRUST_STEPS_MAX;
    return 1u << (TRUST_STEP_BITS * steps);
}

bool websub_pushed(struct websub_subscription *subscription)
{
    if (subscription->pushes < UINT32_MAX)
        subscription->pushes++;
    return subscription->pushes == pushes_needed(subscription);
}

bool websub_trusted(const struct websub_subscription *subscription)
{
    return subscription->state == WEBSUB_ACTIVE && subscription->pushes >= pushes_needed(subscription);
}

void websub_demoted(struct websub_subscription *subscription)
{
    if (subscription->demotions < UINT16_MAX)
        subscription->demotions++;
    subscription->pushes = 0;
}

int64_t websub_audit_ms(int64_t next_poll_ms, int64_t last_success_ms, int64_t audit_ms)
{
    int64_t audit = last_success_ms + (audit_ms < DAY_MS ? audit_ms : DAY_MS);
    return audit > next_poll_ms ? audit : next_poll_ms;
}

/* The rules of a WebSub subscriber. Numbers are those of the W3C's subscriber report where it has one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "feeds/poll/subscription.h"

#define NOW 1641897180000LL
#define MINUTE 60000LL
#define HOUR 3600000LL
#define DAY (24 * HOUR)
#define TOPIC "https://news.example/feed"

static const struct websub_policy policy = {.lease_ms = 10 * DAY, .retry_min_ms = 10 * MINUTE};
static struct websub_subscription sub;
static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    clock_virtual_start(NOW, 1);
    arena = arena_create(ARENA_CAP_DEFAULT);
    return websub_subscription_init(&sub, 7, STR(TOPIC), STR("https://hub.example/"), STR(TOPIC), NOW);
}

static int teardown(void **state)
{
    (void)state;
    websub_subscription_done(&sub);
    arena_destroy(&arena);
    clock_virtual_stop();
    return 0;
}

/* ---- Discovery ---- */

static struct websub_links links;

static void discover(const char *link_1, const char *link_2, const char *body)
{
    struct feed_header headers[] = {{STR("Content-Type"), STR("application/rss+xml")},
                                    {STR("link"), str_from(link_1)},
                                    {STR("LINK"), str_from(link_2)}};
    struct feed_parse_options options = {.url = STR(TOPIC),
                                         .headers = headers,
                                         .header_count = link_2   ? 3
                                                         : link_1 ? 2
                                                                  : 1};
    struct feed_document *document = NULL;
    struct error error;
    if (body)
        assert_int_equal(feed_parse(arena, str_from(body), &options, &document, &error), 0);
    assert_int_equal(websub_discover(arena, &options, document, &links), 0);
}

static void finds(const char *topic, const char *hub)
{
    assert_true(str_equal(links.topic, str_from(topic)));
    assert_int_equal(links.hub_count, hub ? 1 : 0);
    if (hub)
        assert_true(str_equal(links.hubs[0], str_from(hub)));
}

#define RSS(links)                                                                                           \
    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>t</title>" links        \
    "</channel></rss>"
#define ATOM_LINK(rel, href) "<atom:link rel=\"" rel "\" href=\"" href "\"/>"
#define RSS_LINKS RSS(ATOM_LINK("hub", "https://b.example/") ATOM_LINK("self", "https://b.example/self"))

static void test_100_links_of_the_header(void **state)
{
    (void)state;
    discover("<https://h.example/>; rel=\"hub\", <https://h.example/self>; rel=\"self\"", NULL, NULL);
    finds("https://h.example/self", "https://h.example/");
    discover("<https://h.example/>; rel=\"hub\"", "</self>; rel=\"self\"", NULL);
    finds("https://news.example/self", "https://h.example/");
}

static void test_102_links_of_an_atom_feed(void **state)
{
    (void)state;
    discover(NULL, NULL,
             "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>t</title><id>urn:x</id>"
             "<link rel=\"hub\" href=\"/hub\"/><link rel=\"self\" href=\"/self\"/></feed>");
    finds("https://news.example/self", "https://news.example/hub");
}

static void test_103_links_of_an_rss_feed(void **state)
{
    (void)state;
    discover(NULL, NULL, RSS_LINKS);
    finds("https://b.example/self", "https://b.example/");
}

static void test_104_the_header_goes_before_the_body(void **state)
{
    (void)state;
    discover("<https://h.example/>; rel=hub, <https://h.example/self>; rel=self", NULL, RSS_LINKS);
    finds("https://h.example/self", "https://h.example/");
    discover("<https://h.example/>; rel=hub", NULL, RSS_LINKS);
    finds("https://b.example/self", "https://h.example/");
}

static void test_several_hubs_each_once_and_a_topic_without_self(void **state)
{
    (void)state;
    discover("<https://a.example/>; rel=hub, <https://b.example/>; rel=hub, <https://a.example/>; rel=hub",
             NULL, NULL);
    assert_int_equal(links.hub_count, 2);
    assert_true(str_equal(links.topic, STR(TOPIC)));
    char many[4096] = "";
    for (int i = 0; i < 40; i++)
        (void)snprintf(many + strlen(many), sizeof(many) - strlen(many), "<https://h%d.example/>;rel=hub,",
                       i);
    discover(many, NULL, NULL);
    assert_int_equal(links.hub_count, WEBSUB_HUBS_MAX);
}

static void test_addresses_that_nobody_can_post_to_are_no_hubs(void **state)
{
    (void)state;
    discover("<mailto:hub@x.example>; rel=hub, <file:///etc/passwd>; rel=hub, <javascript:x>; rel=hub", NULL,
             RSS(""));
    finds(TOPIC, NULL);
    char field[WEBSUB_URL_BYTES_MAX + 100];
    (void)snprintf(field, sizeof(field), "<https://x.example/%0*d>; rel=hub", WEBSUB_URL_BYTES_MAX, 0);
    discover(field, NULL, NULL);
    finds(TOPIC, NULL);
}

/* ---- Subscription ---- */

static const char *request_of(struct websub_subscription *s)
{
    static struct buffer body;
    buffer_done(&body);
    assert_int_equal(websub_request(s, &policy, STR("https://me.example/push"), &body), 0);
    char *copy = arena_copy(arena, body.ptr, body.len);
    buffer_done(&body);
    return copy;
}

static void test_a_request_names_topic_callback_secret_and_lease(void **state)
{
    (void)state;
    char expected[512];
    (void)snprintf(expected, sizeof(expected),
                   "hub.mode=subscribe&hub.topic=https%%3A%%2F%%2Fnews.example%%2Ffeed&"
                   "hub.callback=https%%3A%%2F%%2Fme.example%%2Fpush%%2F%s&hub.secret=%s&"
                   "hub.lease_seconds=864000",
                   sub.token, sub.secret);
    assert_string_equal(request_of(&sub), expected);
    websub_leave(&sub, NOW);
    assert_non_null(strstr(request_of(&sub), "hub.mode=unsubscribe&"));
    assert_null(strstr(request_of(&sub), "hub.secret"));
}

static void test_callbacks_are_unique_and_unguessable(void **state)
{
    (void)state;
    struct websub_subscription other;
    assert_int_equal(
        websub_subscription_init(&other, 7, STR(TOPIC), STR("https://hub.example/"), STR(TOPIC), NOW), 0);
    assert_int_equal(strlen(other.token), 32);
    assert_int_equal(strlen(other.secret), 64);
    assert_string_not_equal(other.token, sub.token);
    assert_string_not_equal(other.secret, sub.secret);
    websub_subscription_done(&other);
}

/* ---- Verification ---- */

static enum websub_answer intent(const char *mode, const char *topic, const char *challenge)
{
    struct websub_intent asked = {
        .mode = str_from(mode), .topic = str_from(topic), .challenge = str_from(challenge)};
    return websub_check_intent(&sub, &asked, clock_wall_ms());
}

static void confirm(const char *lease)
{
    struct websub_intent asked = {.lease_seconds = str_from(lease)};
    websub_asked(&sub, clock_wall_ms());
    websub_confirmed(&sub, &policy, &asked, clock_wall_ms());
}

static void test_only_what_was_asked_is_confirmed(void **state)
{
    (void)state;
    assert_int_equal(intent("subscribe", TOPIC, "c"), WEBSUB_REFUSE); /* not asked yet */
    websub_asked(&sub, NOW);
    assert_int_equal(intent("subscribe", TOPIC, "c"), WEBSUB_CONFIRM);
    assert_int_equal(intent("unsubscribe", TOPIC, "c"), WEBSUB_REFUSE);
    assert_int_equal(intent("publish", TOPIC, "c"), WEBSUB_REFUSE);
    assert_int_equal(intent(NULL, TOPIC, "c"), WEBSUB_REFUSE);
    assert_int_equal(intent("subscribe", TOPIC, ""), WEBSUB_REFUSE);
    assert_int_equal(intent("subscribe", TOPIC, NULL), WEBSUB_REFUSE);
    clock_virtual_advance(2 * HOUR);
    assert_int_equal(intent("subscribe", TOPIC, "c"), WEBSUB_REFUSE);
}

static void test_205_a_wrong_topic_is_refused(void **state)
{
    (void)state;
    websub_asked(&sub, NOW);
    assert_int_equal(intent("subscribe", TOPIC "/other", "c"), WEBSUB_REFUSE);
    assert_int_equal(intent("subscribe", NULL, "c"), WEBSUB_REFUSE);
    assert_int_equal(intent("denied", TOPIC "/other", NULL), WEBSUB_REFUSE);
}

static void test_a_verification_may_be_repeated_for_a_while(void **state)
{
    (void)state;
    confirm("86400");
    assert_int_equal(intent("subscribe", TOPIC, "c"), WEBSUB_CONFIRM);
    clock_virtual_advance(2 * MINUTE);
    assert_int_equal(intent("subscribe", TOPIC, "c"), WEBSUB_REFUSE);
}

static void test_a_denial_is_taken_and_the_hub_asked_again_in_a_week(void **state)
{
    (void)state;
    confirm("86400");
    assert_int_equal(intent("denied", TOPIC, NULL), WEBSUB_TAKE_DENIAL);
    websub_denied(&sub, NOW);
    assert_false(websub_trusted(&sub));
    assert_int_equal(sub.next_ms, NOW + 7 * DAY);
    assert_int_equal(websub_next(&sub, NOW + 7 * DAY), WEBSUB_STEP_ASK);
    assert_int_equal(sub.state, WEBSUB_WANTED);
}

/* ---- Lease ---- */

static void test_the_hubs_lease_counts_and_is_renewed_before_it_ends(void **state)
{
    (void)state;
    confirm("86400");
    assert_int_equal(sub.state, WEBSUB_ACTIVE);
    assert_int_equal(sub.lease_end_ms, NOW + DAY);
    assert_in_range(sub.next_ms, NOW + 17 * HOUR, NOW + 20 * HOUR);
    confirm("300");
    assert_int_equal(sub.lease_end_ms, NOW + 5 * MINUTE);
    assert_true(sub.next_ms <= sub.lease_end_ms);
    static const char *const unsaid[] = {"", "0", "-5", "soon", "1e9", "99999999999999999999"};
    for (size_t i = 0; i < sizeof(unsaid) / sizeof(unsaid[0]); i++) {
        confirm(unsaid[i]);
        assert_int_equal(sub.lease_end_ms, NOW + policy.lease_ms);
    }
    confirm("9999999999");
    assert_int_equal(sub.lease_end_ms, NOW + 90 * DAY);
}

static void test_a_renewal_keeps_token_and_secret_and_the_subscription_active(void **state)
{
    (void)state;
    confirm("86400");
    const char *before = request_of(&sub);
    clock_virtual_advance(20 * HOUR);
    assert_int_equal(websub_next(&sub, clock_wall_ms()), WEBSUB_STEP_ASK);
    websub_asked(&sub, clock_wall_ms());
    assert_int_equal(sub.state, WEBSUB_ACTIVE);
    assert_string_equal(request_of(&sub), before);
    websub_refused(&sub, &policy, 0, clock_wall_ms());
    assert_int_equal(sub.next_ms, clock_wall_ms() + policy.retry_min_ms);
    assert_int_equal(sub.state, WEBSUB_ACTIVE);
    confirm("86400");
    assert_int_equal(sub.lease_end_ms, NOW + 44 * HOUR);
}

static void test_a_lease_that_ran_out_is_wanted_anew(void **state)
{
    (void)state;
    confirm("3600");
    assert_true(websub_pushed(&sub) && websub_trusted(&sub));
    for (int i = 0; i < 5; i++) {
        websub_asked(&sub, NOW + 50 * MINUTE);
        websub_refused(&sub, &policy, 0, NOW + 50 * MINUTE);
    }
    assert_int_equal(sub.next_ms, NOW + HOUR); /* not slept through, whatever the wait */
    assert_int_equal(websub_next(&sub, NOW + HOUR), WEBSUB_STEP_LAPSED);
    assert_false(websub_trusted(&sub));
    assert_int_equal(websub_next(&sub, NOW + HOUR), WEBSUB_STEP_ASK);
}

static void test_failures_wait_longer_each_time_and_a_day_at_most(void **state)
{
    (void)state;
    int64_t before = 0;
    for (int i = 0; i < 70000; i++) {
        websub_asked(&sub, NOW);
        websub_refused(&sub, &policy, 0, NOW);
        assert_true(sub.next_ms >= before && sub.next_ms <= NOW + DAY);
        before = sub.next_ms;
        assert_int_equal(websub_hub_fails(&sub), i >= 2);
    }
    assert_int_equal(before, NOW + DAY);
    sub.attempts = 1;
    websub_refused(&sub, &policy, 3 * HOUR, NOW);
    assert_int_equal(sub.next_ms, NOW + 3 * HOUR);
}

static void test_leaving_ends_by_confirmation_by_the_lease_or_after_some_attempts(void **state)
{
    (void)state;
    confirm("86400");
    websub_leave(&sub, NOW);
    assert_int_equal(intent("subscribe", TOPIC, "c"), WEBSUB_REFUSE); /* its repeat is unwanted now */
    assert_int_equal(websub_next(&sub, NOW), WEBSUB_STEP_ASK);
    websub_asked(&sub, NOW);
    assert_int_equal(intent("unsubscribe", TOPIC, "c"), WEBSUB_CONFIRM);
    assert_int_equal(intent("denied", TOPIC, NULL), WEBSUB_REFUSE);
    for (int i = 0; i < 4; i++)
        websub_asked(&sub, NOW);
    assert_int_equal(websub_next(&sub, NOW), WEBSUB_STEP_FORGET);
    sub.attempts = 0;
    assert_int_equal(websub_next(&sub, NOW + DAY), WEBSUB_STEP_FORGET);
}

static void test_leaving_before_the_hub_has_verified_still_unsubscribes(void **state)
{
    (void)state;
    websub_asked(&sub, NOW);
    websub_leave(&sub, NOW);
    assert_int_equal(websub_next(&sub, NOW), WEBSUB_STEP_ASK);
    assert_int_equal(websub_wants(&sub), WEBSUB_UNSUBSCRIBE);
    teardown(NULL);
    assert_int_equal(setup(NULL), 0);
    websub_leave(&sub, NOW);
    assert_int_equal(websub_next(&sub, NOW), WEBSUB_STEP_FORGET); /* the hub never heard of it */
}

/* ---- Distribution ---- */

/* HMACs of "body" with key "key", from the openssl command line. */
static const char *const signatures[] = {
    "sha1=70bbf6819d1037aa94ca7e7f537cbea25fe49283",
    "sha256=515aae133b435d4000956731f68ae5cf5eb85d4f0dc6a546d2bfcd3595ec1ae1",
    "sha384="
    "9af5e5a8f0a932a9f2d4d4f20b9465aa742b5ad36b921661b00d7ce1dea803702c214535e7ed29f5fcbc495b363c999c",
    "sha512="
    "b71e82b42ece244182aae00f5c418d84b5b0ac844874765e658e91b26261b32df39e9fcbf44424d0e3b53bab192e78a4936224e"
    "c940cf953164b70aacdd4c845",
};

static void use_key(const char *key)
{
    (void)snprintf(sub.secret, sizeof(sub.secret), "%s", key);
}

static void test_signatures_of_each_algorithm(void **state)
{
    (void)state;
    use_key("key");
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        struct str header = str_from(signatures[i]);
        assert_int_equal(websub_signature(&sub, header, STR("body")), WEBSUB_SIGNED);
        assert_int_equal(websub_signature(&sub, header, STR("bodY")), WEBSUB_FORGED);
        assert_int_equal(websub_signature(&sub, str_slice(header, 0, header.len - 1), STR("body")),
                         WEBSUB_FORGED);
    }
    use_key("other key");
    assert_int_equal(websub_signature(&sub, str_from(signatures[1]), STR("body")), WEBSUB_FORGED);
}

static void test_the_case_of_a_signature_does_not_matter(void **state)
{
    (void)state;
    char upper[256];
    use_key("key");
    (void)snprintf(upper, sizeof(upper), " SHA256=%s ", signatures[1] + 7);
    for (char *c = upper; *c; c++)
        *c = (char)(*c >= 'a' && *c <= 'f' ? *c - 32 : *c);
    assert_int_equal(websub_signature(&sub, str_from(upper), STR("body")), WEBSUB_SIGNED);
}

static void test_302_no_signature_is_none_and_301_nonsense_is_forged(void **state)
{
    (void)state;
    assert_int_equal(websub_signature(&sub, STR_NONE, STR("body")), WEBSUB_UNSIGNED);
    assert_int_equal(websub_signature(&sub, STR("  "), STR("body")), WEBSUB_UNSIGNED);
    static const char *const forged[] = {
        "=",
        "sha256",
        "sha256=",
        "md5=00",
        "=00",
        "sha256=zz",
        "sha256=0000000000000000000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++)
        assert_int_equal(websub_signature(&sub, str_from(forged[i]), STR("body")), WEBSUB_FORGED);
}

static void test_trust_comes_with_the_first_push_and_later_after_each_demotion(void **state)
{
    (void)state;
    confirm("864000");
    assert_false(websub_trusted(&sub));
    assert_true(websub_pushed(&sub));
    assert_false(websub_pushed(&sub));
    assert_true(websub_trusted(&sub));
    int needed[] = {4, 16, 64, 256, 256};
    for (int step = 0; step < 5; step++) {
        websub_demoted(&sub);
        for (int i = 1; i < needed[step]; i++)
            assert_false(websub_pushed(&sub) || websub_trusted(&sub));
        assert_true(websub_pushed(&sub) && websub_trusted(&sub));
    }
}

static void test_an_audit_lengthens_never_shortens_and_is_daily_at_least(void **state)
{
    (void)state;
    assert_int_equal(websub_audit_ms(NOW + HOUR, NOW, 6 * HOUR), NOW + 6 * HOUR);
    assert_int_equal(websub_audit_ms(NOW + 9 * HOUR, NOW, 6 * HOUR), NOW + 9 * HOUR);
    assert_int_equal(websub_audit_ms(NOW + HOUR, NOW, 30 * DAY), NOW + DAY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_100_links_of_the_header),
        TEST(test_102_links_of_an_atom_feed),
        TEST(test_103_links_of_an_rss_feed),
        TEST(test_104_the_header_goes_before_the_body),
        TEST(test_several_hubs_each_once_and_a_topic_without_self),
        TEST(test_addresses_that_nobody_can_post_to_are_no_hubs),
        TEST(test_a_request_names_topic_callback_secret_and_lease),
        TEST(test_callbacks_are_unique_and_unguessable),
        TEST(test_only_what_was_asked_is_confirmed),
        TEST(test_205_a_wrong_topic_is_refused),
        TEST(test_a_verification_may_be_repeated_for_a_while),
        TEST(test_a_denial_is_taken_and_the_hub_asked_again_in_a_week),
        TEST(test_the_hubs_lease_counts_and_is_renewed_before_it_ends),
        TEST(test_a_renewal_keeps_token_and_secret_and_the_subscription_active),
        TEST(test_a_lease_that_ran_out_is_wanted_anew),
        TEST(test_failures_wait_longer_each_time_and_a_day_at_most),
        TEST(test_leaving_ends_by_confirmation_by_the_lease_or_after_some_attempts),
        TEST(test_leaving_before_the_hub_has_verified_still_unsubscribes),
        TEST(test_signatures_of_each_algorithm),
        TEST(test_the_case_of_a_signature_does_not_matter),
        TEST(test_302_no_signature_is_none_and_301_nonsense_is_forged),
        TEST(test_trust_comes_with_the_first_push_and_later_after_each_demotion),
        TEST(test_an_audit_lengthens_never_shortens_and_is_daily_at_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

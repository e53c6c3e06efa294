/* websub: how a subscription begins, is verified, renewed and ended, and what hubs can do to it meanwhile
 * (W3C WebSub, sections 4 and 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/websub/websub_fixture.h"

static void test_a_hub_that_a_document_names_is_asked(void **state)
{
    struct hubs *hubs = *state;
    char field[256];
    hubs_offer(hubs, HUB_LINK);
    const struct fake_request *last = &hubs->asked.last;
    assert_string_equal(last->url, HUB);
    assert_string_equal(last->post_type, "application/x-www-form-urlencoded");
    assert_true(hubs_asked_to(hubs, "subscribe"));
    assert_non_null(strstr(last->post, "&hub.topic=" TOPIC_ESCAPED "&"));
    (void)snprintf(field, sizeof(field), "&hub.callback=https%%3A%%2F%%2Fnews.example%%2Fpush%%2F%s&",
                   hubs->token);
    assert_non_null(strstr(last->post, field));
    assert_int_equal(strspn(hubs->secret, "0123456789abcdef"), WEBSUB_SECRET_BYTES - 1);
    (void)snprintf(field, sizeof(field), "&hub.lease_seconds=%lld",
                   (long long)(hubs->polling.config->websub_lease_ms / 1000));
    assert_non_null(strstr(last->post, field));
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0); /* nothing is believed before it is verified */
}

static void test_a_document_without_a_hub_asks_nobody(void **state)
{
    struct hubs *hubs = *state;
    polling_run(&hubs->polling, 1);
    hubs_polled(hubs, SELF_LINK, 3, 3);
    hubs_pass(hubs, DAY);
    assert_int_equal(hubs->asked.started, 0);
}

static void test_what_was_asked_for_is_confirmed(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 86400);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200); /* our answer may have been lost */
    hubs_pass(hubs, 2 * MINUTE);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
}

static void test_a_hub_may_verify_before_it_answers(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200);
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 500}); /* of no interest any more */
    hubs_pass(hubs, HOUR);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
    assert_int_equal(hubs->asked.started, 1);
}

static void test_what_was_not_asked_for_is_refused(void **state)
{
    struct hubs *hubs = *state;
    static const char *const wrong[] = {
        "hub.mode=subscribe&hub.topic=https%3A%2F%2Fpost.example%2Fother&hub.challenge=x",
        "hub.mode=subscribe&hub.challenge=x",
        "hub.mode=subscribe&hub.topic=" TOPIC_ESCAPED,
        "hub.mode=subscribe&hub.topic=" TOPIC_ESCAPED "&hub.challenge=",
        "hub.mode=unsubscribe&hub.topic=" TOPIC_ESCAPED "&hub.challenge=x",
        "hub.mode=publish&hub.topic=" TOPIC_ESCAPED "&hub.challenge=x",
        "hub.topic=" TOPIC_ESCAPED "&hub.challenge=x",
        "%",
        "",
    };
    const size_t count = sizeof(wrong) / sizeof(wrong[0]);
    hubs_offer(hubs, HUB_LINK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(hubs_get(hubs, wrong[i]), 404);
    hubs->token[0] = hubs->token[0] == 'f' ? '0' : 'f';
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404);
    hubs->token[5] = '\0';
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404);
    assert_int_equal(metrics_get(METRIC_WEBSUB_REFUSED), count + 2);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
}

static void test_a_challenge_that_is_too_long_is_refused(void **state)
{
    struct hubs *hubs = *state;
    char parameters[WEBSUB_CHALLENGE_BYTES_MAX + 256];
    hubs_offer(hubs, HUB_LINK);
    int len = snprintf(parameters, sizeof(parameters),
                       "hub.mode=subscribe&hub.topic=%s&hub.challenge=", TOPIC_ESCAPED);
    memset(parameters + len, 'x', WEBSUB_CHALLENGE_BYTES_MAX + 1);
    parameters[len + WEBSUB_CHALLENGE_BYTES_MAX + 1] = '\0';
    assert_int_equal(hubs_get(hubs, parameters), 404);
}

static void test_a_verification_that_comes_too_late_is_refused(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 202});
    hubs_pass(hubs, HOUR - SECOND); /* the same request goes out again at its end */
    assert_int_equal(hubs->asked.started, 1);
    clock_virtual_advance(SECOND);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404);
    hubs_pass(hubs, MINUTE);
    assert_int_equal(hubs->asked.started, 2);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200);
}

/* The hub's word of the lease goes before what was asked for; what it says of none is no word. */
static void test_a_lease_is_renewed_before_it_ends(void **state)
{
    struct hubs *hubs = *state;
    static const struct {
        int lease_s;
        int64_t lease_ms;
    } leases[] = {{86400, DAY}, {0, 10LL * DAY}, {-5, 10LL * DAY}};
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 3600);
    hubs_until_asked(hubs);
    for (size_t i = 0; i < 3; i++) {
        char token[WEBSUB_TOKEN_BYTES], secret[WEBSUB_SECRET_BYTES];
        memcpy(token, hubs->token, sizeof(token));
        memcpy(secret, hubs->secret, sizeof(secret));
        hubs_subscribe(hubs, leases[i].lease_s);
        assert_in_range(hubs_until_asked(hubs), leases[i].lease_ms * 7 / 10, leases[i].lease_ms * 9 / 10);
        hubs_note(hubs);
        assert_true(hubs_asked_to(hubs, "subscribe"));
        assert_string_equal(token, hubs->token); /* or what is signed with the old one is lost */
        assert_string_equal(secret, hubs->secret);
        assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
    }
}

static void test_a_hub_that_is_gone_loses_the_subscription_with_its_lease(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 86400);
    int64_t passed = hubs_until_asked(hubs);
    while (passed < DAY) {
        assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
        fake_answer(&hubs->asked, HUB, &(struct served){.error = FETCH_ERROR_CONNECT});
        passed += hubs_until_asked(hubs);
    }
    assert_in_range(passed, DAY, DAY + HOUR); /* its end is not slept through */
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
    assert_true(hubs_asked_to(hubs, "subscribe"));
}

static void test_a_hub_that_refuses_is_asked_ever_later(void **state)
{
    struct hubs *hubs = *state;
    int64_t first = hubs->polling.config->interval_min_ms;
    hubs_offer(hubs, HUB_LINK);
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 500});
    assert_in_range(hubs_until_asked(hubs), first, first + 10 * MINUTE);
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 404});
    assert_in_range(hubs_until_asked(hubs), 2 * first, 2 * first + 10 * MINUTE);
    fake_answer(&hubs->asked, HUB, &(struct served){.error = FETCH_ERROR_DNS});
    assert_in_range(hubs_until_asked(hubs), DAY, DAY + HOUR); /* three in vain, and no other hub */
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 429, .headers = {{"Retry-After", "36000"}}});
    assert_in_range(hubs_until_asked(hubs), 10 * HOUR, 10 * HOUR + 10 * MINUTE);
}

static void test_after_a_hub_that_fails_the_next_is_asked(void **state)
{
    struct hubs *hubs = *state;
    char token[WEBSUB_TOKEN_BYTES];
    hubs_offer(hubs, TWO_HUB_LINKS);
    memcpy(token, hubs->token, sizeof(token));
    for (int i = 0; i < 3; i++) {
        assert_string_equal(hubs->asked.last.url, HUB);
        fake_answer(&hubs->asked, HUB, &(struct served){.status = 503});
        hubs_until_asked(hubs);
    }
    hubs_pass(hubs, MINUTE); /* the first hub may think of us as a subscriber: it hears that we leave */
    assert_non_null(fake_find(&hubs->asked, SECOND_HUB, true));
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404); /* late, with the old name */
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
    assert_string_equal(hubs->asked.last.url, SECOND_HUB);
    hubs_note(hubs);
    assert_string_not_equal(token, hubs->token);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200);
}

static void test_a_request_waits_for_its_host_and_a_full_one_is_a_refusal(void **state)
{
    struct hubs *hubs = *state;
    hubs->asked.hosts_full = true;
    polling_run(&hubs->polling, 1);
    hubs_polled(hubs, HUB_LINK, 3, 3);
    assert_int_equal(hubs->asked.started + hubs->asked.waiting, 0);
    hubs->asked.hosts_full = false;
    hubs->asked.hosts_busy = true;
    hubs_pass(hubs, HOUR);
    assert_int_equal(hubs->asked.waiting, 1);
    fake_turns_come(&hubs->asked);
    hubs_note(hubs);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200);
}

static void test_a_denial_ends_it_and_the_hub_is_asked_again_a_week_later(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 0);
    assert_int_equal(hubs_get(hubs, "hub.mode=denied&hub.topic=https%3A%2F%2Fpost.example%2Fother"), 404);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
    assert_int_equal(hubs_get(hubs, "hub.mode=denied&hub.topic=" TOPIC_ESCAPED "&hub.reason=pay%20first"),
                     200);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
    assert_int_equal(metrics_get(METRIC_WEBSUB_DENIED), 1);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404); /* nothing is pending now */
    assert_in_range(hubs_until_asked(hubs), 7LL * DAY, 7LL * DAY + HOUR);
    assert_true(hubs_asked_to(hubs, "subscribe"));
}

static void test_after_a_denial_the_next_hub_is_asked(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, TWO_HUB_LINKS);
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 202});
    assert_int_equal(hubs_get(hubs, "hub.mode=denied&hub.topic=" TOPIC_ESCAPED), 200);
    hubs_pass(hubs, MINUTE);
    assert_string_equal(hubs->asked.last.url, SECOND_HUB);
}

/* ---- The end of a subscription ---- */

static void test_a_feed_that_is_removed_is_unsubscribed(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 86400);
    polling_list(&hubs->polling, 0, 0);
    hubs_pass(hubs, SECOND);
    assert_int_equal(hubs->asked.started, 2);
    assert_true(hubs_asked_to(hubs, "unsubscribe"));
    assert_null(strstr(hubs->asked.last.post, "hub.secret"));
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 410);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 404);
    assert_int_equal(hubs_verify(hubs, "unsubscribe", 0), 200); /* while its request is under way */
    assert_int_equal(hubs_verify(hubs, "unsubscribe", 0), 404);
    fake_answer(&hubs->asked, HUB, &(struct served){.status = 202});
    hubs_restart(hubs, MINUTE);
    hubs_pass(hubs, 2LL * DAY);
    assert_int_equal(hubs->asked.started, 0); /* nothing is left in the store */
}

static void test_a_hub_that_does_not_let_go_is_forgotten(void **state)
{
    struct hubs *hubs = *state;
    size_t asked = 1;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 0);
    polling_list(&hubs->polling, 0, 0);
    for (hubs_pass(hubs, SECOND); hubs->asked.started > asked; hubs_pass(hubs, 10LL * HOUR)) {
        asked = hubs->asked.started;
        fake_answer(&hubs->asked, HUB, &(struct served){.status = 500});
    }
    assert_int_equal(asked, 1 + 5);
    hubs_restart(hubs, MINUTE);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 410);
    hubs_pass(hubs, 2LL * DAY);
    assert_int_equal(hubs->asked.started, 0);
}

static void test_a_feed_that_is_removed_while_its_hub_has_no_turn_is_not_subscribed(void **state)
{
    struct hubs *hubs = *state;
    hubs->asked.hosts_full = true;
    polling_run(&hubs->polling, 1);
    hubs_polled(hubs, HUB_LINK, 3, 3);
    hubs_pass(hubs, DAY);
    polling_list(&hubs->polling, 0, 0);
    hubs->asked.hosts_full = false;
    (void)hubs_until_asked(hubs);
    assert_int_equal(hubs->asked.started, 1); /* to be on the safe side: it may have been asked before */
    assert_true(hubs_asked_to(hubs, "unsubscribe"));
}

static void test_a_document_that_names_no_hub_any_more_ends_it(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 0);
    polling_until_asked(&hubs->polling);
    hubs_polled(hubs, SELF_LINK, 4, 4);
    assert_int_equal(hubs->asked.started, 2);
    assert_true(hubs_asked_to(hubs, "unsubscribe"));
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
}

static void test_a_document_that_names_another_hub_changes_to_it(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 0);
    polling_until_asked(&hubs->polling);
    hubs_polled(hubs, SELF_LINK "<atom:link rel='hub' href='" SECOND_HUB "'/>", 4, 4);
    assert_int_equal(hubs->asked.started, 3);
    assert_non_null(fake_find(&hubs->asked, HUB, true));
    assert_non_null(fake_find(&hubs->asked, SECOND_HUB, true));
}

/* ---- The next run ---- */

static void test_a_subscription_goes_on_in_the_next_run(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 86400);
    hubs_restart(hubs, HOUR);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
    assert_int_equal(hubs->asked.started, 0);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 202);
    assert_in_range(hubs_until_asked(hubs), 15 * HOUR, 20 * HOUR);
}

static void test_a_lease_that_ended_meanwhile_is_asked_for_again(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 86400);
    hubs_restart(hubs, 2LL * DAY);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
    assert_int_equal(hubs->asked.started, 1);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200);
}

static void test_a_request_that_was_broken_off_is_made_again_soon(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_restart(hubs, SECOND);
    assert_int_equal(hubs_verify(hubs, "subscribe", 86400), 200); /* the hub had heard it after all */
    hubs_restart(hubs, SECOND);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1);
}

static void test_a_request_that_nobody_heard_is_made_again(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_restart(hubs, SECOND);
    hubs_pass(hubs, 6 * SECOND);
    assert_int_equal(hubs->asked.started, 1);
    assert_true(hubs_asked_to(hubs, "subscribe"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HUBS_TEST(test_a_hub_that_a_document_names_is_asked),
        HUBS_TEST(test_a_document_without_a_hub_asks_nobody),
        HUBS_TEST(test_what_was_asked_for_is_confirmed),
        HUBS_TEST(test_a_hub_may_verify_before_it_answers),
        HUBS_TEST(test_what_was_not_asked_for_is_refused),
        HUBS_TEST(test_a_challenge_that_is_too_long_is_refused),
        HUBS_TEST(test_a_verification_that_comes_too_late_is_refused),
        HUBS_TEST(test_a_lease_is_renewed_before_it_ends),
        HUBS_TEST(test_a_hub_that_is_gone_loses_the_subscription_with_its_lease),
        HUBS_TEST(test_a_hub_that_refuses_is_asked_ever_later),
        HUBS_TEST(test_after_a_hub_that_fails_the_next_is_asked),
        HUBS_TEST(test_a_request_waits_for_its_host_and_a_full_one_is_a_refusal),
        HUBS_TEST(test_a_denial_ends_it_and_the_hub_is_asked_again_a_week_later),
        HUBS_TEST(test_after_a_denial_the_next_hub_is_asked),
        HUBS_TEST(test_a_feed_that_is_removed_is_unsubscribed),
        HUBS_TEST(test_a_hub_that_does_not_let_go_is_forgotten),
        HUBS_TEST(test_a_feed_that_is_removed_while_its_hub_has_no_turn_is_not_subscribed),
        HUBS_TEST(test_a_document_that_names_no_hub_any_more_ends_it),
        HUBS_TEST(test_a_document_that_names_another_hub_changes_to_it),
        HUBS_TEST(test_a_subscription_goes_on_in_the_next_run),
        HUBS_TEST(test_a_lease_that_ended_meanwhile_is_asked_for_again),
        HUBS_TEST(test_a_request_that_was_broken_off_is_made_again_soon),
        HUBS_TEST(test_a_request_that_nobody_heard_is_made_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

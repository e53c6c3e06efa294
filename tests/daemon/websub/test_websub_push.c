/* websub: what hubs deliver: whom to believe, what a delivery does to the feed's polls, and what happens to a
 * hub that does not deliver (W3C WebSub, section 7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/websub/websub_fixture.h"

static int64_t intake(const struct hubs *hubs)
{
    return fixture_counts(&hubs->polling.store).intake;
}

static void subscribed(struct hubs *hubs)
{
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 0);
    assert_int_equal(intake(hubs), 3);
}

/* The next poll finds nothing new. */
static int64_t poll_in_vain_of(struct hubs *hubs, const char *links)
{
    int64_t passed = polling_until_asked(&hubs->polling);
    hubs_polled(hubs, links, 3, 3);
    return passed;
}

static int64_t poll_in_vain(struct hubs *hubs)
{
    return poll_in_vain_of(hubs, HUB_LINK);
}

/* One push and one poll: from here on polls are an audit. */
static void trusted(struct hubs *hubs)
{
    subscribed(hubs);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 202);
    poll_in_vain(hubs);
}

static void test_a_signed_document_is_stored(void **state)
{
    struct hubs *hubs = *state;
    static const char *const methods[] = {"sha1", "sha256", "sha384", "sha512"};
    subscribed(hubs);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(hubs_push(hubs, methods[i], rss(4 + i, 1)), 202);
        assert_int_equal(intake(hubs), 4 + i);
    }
    assert_int_equal(metrics_get(METRIC_WEBSUB_PUSHES), 4);
    assert_int_equal(hubs->polling.transfers.started, 1); /* no poll for any of it */
}

static void test_an_unsigned_document_is_thrown_away(void **state)
{
    struct hubs *hubs = *state;
    subscribed(hubs);
    assert_int_equal(hubs_post(hubs, "", rss(4, 1)), 202); /* the sender need not know */
    assert_int_equal(metrics_get(METRIC_WEBSUB_UNSIGNED), 1);
    assert_int_equal(intake(hubs), 3);
}

static void test_a_document_with_a_wrong_signature_is_thrown_away(void **state)
{
    struct hubs *hubs = *state;
    char line[256];
    subscribed(hubs);
    const char *const wrong[] = {
        "X-Hub-Signature: sha256=\r\n",
        "X-Hub-Signature: sha256\r\n",
        "X-Hub-Signature: md5=d41d8cd98f00b204e9800998ecf8427e\r\n",
        "X-Hub-Signature: sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709\r\n",
        line,
    };
    const char *right = hubs_sign(hubs, "sha256", rss(4, 1));
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        (void)snprintf(line, sizeof(line), "%s", right); /* one digit is another */
        line[strlen(line) - 3] = line[strlen(line) - 3] == '0' ? '1' : '0';
        assert_int_equal(hubs_post(hubs, wrong[i], rss(4, 1)), 202);
    }
    assert_int_equal(hubs_post(hubs, right, rss(5, 1)), 202); /* another document's */
    assert_int_equal(metrics_get(METRIC_WEBSUB_FORGED), 6);
    assert_int_equal(metrics_get(METRIC_WEBSUB_PUSHES), 0);
    assert_int_equal(intake(hubs), 3);
    assert_int_equal(hubs_post(hubs, hubs_sign(hubs, "sha256", rss(4, 1)), rss(4, 1)), 202);
    assert_int_equal(intake(hubs), 4);
}

static void test_a_delivery_to_an_unknown_address_ends_it(void **state)
{
    struct hubs *hubs = *state;
    subscribed(hubs);
    hubs->token[0] = hubs->token[0] == 'f' ? '0' : 'f';
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 410);
    assert_int_equal(intake(hubs), 3);
}

static void test_a_delivery_without_a_document_brings_the_poll_forward(void **state)
{
    struct hubs *hubs = *state;
    subscribed(hubs);
    hubs_pass(hubs, 3 * MINUTE);
    assert_int_equal(hubs_push(hubs, "sha256", ""), 202);
    assert_in_range(polling_until_asked(&hubs->polling), 0, hubs->polling.config->interval_min_ms);
}

static void test_a_document_before_the_hub_has_verified_is_taken_when_it_is_signed(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 202);
    assert_int_equal(intake(hubs), 4);
}

static void test_a_hub_that_delivers_makes_polls_an_audit(void **state)
{
    struct hubs *hubs = *state;
    subscribed(hubs);
    assert_true(poll_in_vain(hubs) < DAY / 2); /* it has proved nothing yet */
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 202);
    assert_true(poll_in_vain(hubs) < DAY / 2); /* one more, for what came before */
    assert_in_range(poll_in_vain(hubs), DAY, DAY + MINUTE);
}

static void test_a_hub_that_misses_entries_is_demoted_after_its_grace(void **state)
{
    struct hubs *hubs = *state;
    trusted(hubs);
    polling_until_asked(&hubs->polling);
    hubs_polled(hubs, HUB_LINK, 6, 2);
    hubs_pass(hubs, hubs->polling.config->websub_grace_ms - 2 * SECOND);
    assert_int_equal(metrics_get(METRIC_WEBSUB_DEMOTED), 0);
    hubs_pass(hubs, 2 * SECOND);
    assert_int_equal(metrics_get(METRIC_WEBSUB_DEMOTED), 1);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 1); /* what it brings is welcome */
    assert_true(poll_in_vain(hubs) < DAY / 2);
    for (unsigned i = 7; i < 11; i++) { /* it takes four to be believed again */
        assert_true(poll_in_vain(hubs) < DAY / 2);
        assert_int_equal(hubs_push(hubs, "sha256", rss(i, 1)), 202);
    }
    poll_in_vain(hubs);
    assert_in_range(poll_in_vain(hubs), DAY, DAY + MINUTE);
}

static void test_a_hub_that_delivers_within_its_grace_is_not_demoted(void **state)
{
    struct hubs *hubs = *state;
    trusted(hubs);
    polling_until_asked(&hubs->polling);
    hubs_polled(hubs, HUB_LINK, 6, 2);
    assert_int_equal(hubs_push(hubs, "sha256", rss(6, 2)), 202);
    hubs_pass(hubs, DAY / 2);
    assert_int_equal(metrics_get(METRIC_WEBSUB_DEMOTED), 0);
}

static void test_a_demoted_hub_makes_room_for_the_next(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, TWO_HUB_LINKS);
    hubs_subscribe(hubs, 0);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 202);
    poll_in_vain_of(hubs, TWO_HUB_LINKS);
    polling_until_asked(&hubs->polling);
    hubs_polled(hubs, TWO_HUB_LINKS, 6, 2);
    hubs_pass(hubs, hubs->polling.config->websub_grace_ms);
    hubs_pass(hubs, MINUTE);
    assert_int_equal(hubs->asked.started, 3);
    assert_non_null(fake_find(&hubs->asked, HUB, true)); /* to leave it */
    assert_non_null(fake_find(&hubs->asked, SECOND_HUB, true));
}

static void test_polls_are_no_audit_any_more_when_the_lease_has_ended(void **state)
{
    struct hubs *hubs = *state;
    hubs_offer(hubs, HUB_LINK);
    hubs_subscribe(hubs, 3600);
    assert_int_equal(hubs_push(hubs, "sha256", rss(4, 1)), 202);
    poll_in_vain(hubs);
    hubs_pass(hubs, HOUR);
    hubs_pass(hubs, MINUTE);
    assert_int_equal(metrics_get(METRIC_WEBSUB_ACTIVE), 0);
    assert_int_equal(hubs->polling.transfers.running, 1); /* what an audit had put off is due at once */
    hubs_polled(hubs, HUB_LINK, 3, 3);
    assert_true(poll_in_vain(hubs) < DAY / 2);
    assert_true(poll_in_vain(hubs) < DAY / 2);
}

static void test_trust_is_kept_for_the_next_run(void **state)
{
    struct hubs *hubs = *state;
    trusted(hubs);
    hubs_restart(hubs, DAY);
    assert_int_equal(hubs->polling.transfers.running, 1); /* for what came meanwhile */
    hubs_polled(hubs, HUB_LINK, 3, 3);
    assert_in_range(poll_in_vain(hubs), DAY - MINUTE, DAY + MINUTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HUBS_TEST(test_a_signed_document_is_stored),
        HUBS_TEST(test_an_unsigned_document_is_thrown_away),
        HUBS_TEST(test_a_document_with_a_wrong_signature_is_thrown_away),
        HUBS_TEST(test_a_delivery_to_an_unknown_address_ends_it),
        HUBS_TEST(test_a_delivery_without_a_document_brings_the_poll_forward),
        HUBS_TEST(test_a_document_before_the_hub_has_verified_is_taken_when_it_is_signed),
        HUBS_TEST(test_a_hub_that_delivers_makes_polls_an_audit),
        HUBS_TEST(test_a_hub_that_misses_entries_is_demoted_after_its_grace),
        HUBS_TEST(test_a_hub_that_delivers_within_its_grace_is_not_demoted),
        HUBS_TEST(test_a_demoted_hub_makes_room_for_the_next),
        HUBS_TEST(test_polls_are_no_audit_any_more_when_the_lease_has_ended),
        HUBS_TEST(test_trust_is_kept_for_the_next_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

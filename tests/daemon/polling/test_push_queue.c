/* push_queue: documents that come by push go through the same machinery as polls, one at a time with them,
 * and change when the feed is polled. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/polling/poller_fixture.h"

/* What the push subscriber was told. */
static struct {
    size_t discovered, polled, good, bad, removed, hubs;
    uint32_t fresh, known;
} told;

static void on_discovered(void *context, const struct feed_state *feed, const struct websub_links *links)
{
    (void)context, (void)feed; /* one feed is all there is */
    told.discovered++;
    told.hubs = links->hub_count;
}

static void on_polled(void *context, const struct feed_state *feed, uint32_t fresh)
{
    (void)context, (void)feed;
    told.polled++;
    told.fresh = fresh;
}

static void on_pushed(void *context, const struct feed_state *feed, bool good, uint32_t known)
{
    (void)context, (void)feed;
    told.good += good;
    told.bad += !good;
    told.known = known;
}

static void on_removed(void *context, const struct feed_state *feed)
{
    (void)context, (void)feed;
    told.removed++;
}

static const struct poller_watch watch = {on_discovered, on_polled, on_pushed, on_removed, NULL};

/* Entries 1 to 3 are known. */
static void first_poll(struct polling *polling)
{
    struct served served = {.status = 200,
                            .body = rss_with("<atom:link rel='hub' href='https://hub.example/'/>", 3, 3),
                            .headers = {{"ETag", "\"one\""}}};
    memset(&told, 0, sizeof(told));
    poller_set_watch(polling->poller, &watch);
    polling_run(polling, 1);
    polling_answer(polling, feed_url(0), &served);
}

static int push(struct polling *polling, const char *text)
{
    char *body = strdup(text);
    int error = poller_push(polling->poller, feed_url(0), &body, strlen(text), STR("application/rss+xml"));
    free(body);
    return error;
}

static int64_t intake(const struct polling *polling)
{
    return fixture_counts(&polling->store).intake;
}

static void test_the_subscriber_hears_of_hubs_and_polls(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    assert_int_equal(told.discovered, 1);
    assert_int_equal(told.hubs, 1);
    assert_int_equal(told.fresh, 3);
    polling_until_asked(polling);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    assert_int_equal(told.polled, 2);
    assert_int_equal(told.fresh, 0);
    polling_until_asked(polling);
    polling_answer(polling, feed_url(0), &(struct served){.status = 500});
    assert_int_equal(told.polled, 2);
    polling_list(polling, 0, 0);
    assert_int_equal(told.removed, 1);
}

static void test_a_push_is_stored_and_is_no_poll(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    assert_int_equal(push(polling, rss(4, 2)), 0);
    polling_settle(polling);
    assert_int_equal(told.good, 1);
    assert_int_equal(told.known, 1);
    assert_int_equal(intake(polling), 4);
    assert_int_equal(polling->transfers.started, 1);
    polling_until_asked(polling);
    assert_string_equal(polling->transfers.last.etag, "\"one\""); /* its validators are the address's own */
}

static void test_a_push_that_is_no_feed_changes_nothing(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    assert_int_equal(push(polling, "ping"), 0);
    polling_settle(polling);
    assert_int_equal(told.bad, 1);
    assert_int_equal(intake(polling), 3);
    struct feed_state stored = polling_stored(polling, feed_url(0));
    assert_int_equal(stored.status, FEED_STATUS_OK);
    assert_int_equal(stored.failures_in_row, 0);
    feed_state_done(&stored);
}

static void test_pushes_during_a_poll_come_after_it_and_in_order(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    assert_int_equal(push(polling, rss(6, 2)), 0);
    assert_int_equal(push(polling, rss(7, 4)), 0);
    polling_settle(polling);
    assert_int_equal(told.good, 0);
    assert_int_equal(polling->transfers.running, 1);
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(4, 4)});
    assert_int_equal(told.good, 2);
    assert_int_equal(told.known, 3); /* what the poll and the first had brought, was known to the second */
    assert_int_equal(intake(polling), 7);
}

static void test_a_push_goes_before_a_poll_that_waits_for_its_host(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling->transfers.hosts_busy = true;
    polling_pass(polling, 2LL * DAY);
    assert_int_equal(polling->transfers.waiting, 1);
    assert_int_equal(push(polling, rss(4, 1)), 0);
    polling_settle(polling);
    assert_int_equal(told.good, 1);
    assert_int_equal(polling->transfers.waiting, 1); /* it was due, and waits again */
    fake_turns_come(&polling->transfers);
    assert_int_equal(polling->transfers.running, 1);
}

static void test_only_so_many_pushes_wait(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    for (unsigned i = 0; i < 16; i++)
        assert_int_equal(push(polling, rss(4 + i, 1)), 0);
    assert_int_equal(push(polling, rss(99, 1)), -EAGAIN);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    assert_int_equal(told.good, 16);
    assert_int_equal(intake(polling), 19);
    assert_int_equal(push(polling, rss(99, 1)), 0);
    polling_settle(polling);
    assert_int_equal(intake(polling), 20);
}

static void test_pushes_are_refused_where_they_cannot_be_kept(void **state)
{
    struct polling *polling = *state;
    char *body = NULL;
    first_poll(polling);
    assert_int_equal(poller_push(polling->poller, feed_url(7), &body, 0, STR_NONE), ERR_NOT_FOUND);
    polling->held = true;
    assert_int_equal(push(polling, rss(4, 1)), -EAGAIN);
    polling->held = false;
    poller_stop(polling->poller);
    assert_int_equal(push(polling, rss(4, 1)), -EAGAIN);
    assert_int_equal(intake(polling), 3);
}

static void test_a_push_before_the_first_document_is_a_reason_to_poll(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    polling_answer(polling, feed_url(0), &(struct served){.status = 500});
    assert_int_equal(push(polling, rss(4, 1)), 0);
    polling_settle(polling);
    assert_int_equal(intake(polling), 0);
    assert_int_equal(polling_until_asked(polling), 10 * MINUTE); /* not the hour and more after a failure */
}

static void test_what_waits_goes_with_a_feed_that_is_removed(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    assert_int_equal(push(polling, rss(4, 1)), 0);
    polling_list(polling, 0, 0);
    assert_int_equal(push(polling, rss(5, 1)), ERR_NOT_FOUND);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    assert_int_equal(told.good, 0);
    assert_int_equal(polling_counts(polling).feeds, 0);
}

static void test_at_the_end_what_waits_is_left_to_the_next_run(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    assert_int_equal(push(polling, rss(4, 1)), 0);
    struct feed_state stored = polling_stored(polling, feed_url(0));
    assert_int_equal(told.good, 0);
    assert_true(stored.next_poll_ms <= clock_wall_ms());
    feed_state_done(&stored);
}

static void test_news_elsewhere_bring_the_poll_forward_to_the_floor(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_pass(polling, 3 * MINUTE);
    poller_poll_soon(polling->poller, feed_url(0));
    poller_poll_soon(polling->poller, feed_url(7)); /* nobody knows it */
    assert_int_equal(polling->transfers.running, 0);
    assert_int_equal(polling_until_asked(polling), 7 * MINUTE);
}

static void test_an_audit_puts_polls_off_until_it_ends(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    poller_set_audit(polling->poller, feed_url(0), true);
    assert_in_range(polling_until_asked(polling), polling->config->websub_audit_ms,
                    polling->config->websub_audit_ms + MINUTE);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    poller_set_audit(polling->poller, feed_url(0), false);
    assert_true(polling_until_asked(polling) < polling->config->websub_audit_ms);
}

static void test_a_feed_that_fails_is_polled_as_if_there_were_no_hub(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling); /* long before an audit is due */
    polling_answer(polling, feed_url(0), &(struct served){.status = 500});
    poller_set_audit(polling->poller, feed_url(0), true);
    assert_true(polling_until_asked(polling) < polling->config->websub_audit_ms / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POLLING_TEST(test_the_subscriber_hears_of_hubs_and_polls),
        POLLING_TEST(test_a_push_is_stored_and_is_no_poll),
        POLLING_TEST(test_a_push_that_is_no_feed_changes_nothing),
        POLLING_TEST(test_pushes_during_a_poll_come_after_it_and_in_order),
        POLLING_TEST(test_a_push_goes_before_a_poll_that_waits_for_its_host),
        POLLING_TEST(test_only_so_many_pushes_wait),
        POLLING_TEST(test_pushes_are_refused_where_they_cannot_be_kept),
        POLLING_TEST(test_a_push_before_the_first_document_is_a_reason_to_poll),
        POLLING_TEST(test_what_waits_goes_with_a_feed_that_is_removed),
        POLLING_TEST(test_at_the_end_what_waits_is_left_to_the_next_run),
        POLLING_TEST(test_news_elsewhere_bring_the_poll_forward_to_the_floor),
        POLLING_TEST(test_an_audit_puts_polls_off_until_it_ends),
        POLLING_TEST(test_a_feed_that_fails_is_polled_as_if_there_were_no_hub),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

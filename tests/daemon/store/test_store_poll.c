/* What a document's entries become in the store: taken, known, sighted, withdrawn; who speaks for an article
 * that several feeds show; and what is forgotten when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/daemon/store/store_polls.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_poll.h"

static struct feed_state one, two;

static void test_counts_add_up(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    struct store_poll poll =
        fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, "1"}, {"b", NULL, "1"}));
    assert_int_equal(poll.counts.fresh, 2);
    assert_int_equal(poll.counts.taken, 2);
    poll =
        fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, "1"}, {"b", NULL, "2"}, {"c", NULL, "1"}));
    assert_int_equal(poll.counts.known, 1);
    assert_int_equal(poll.counts.revised, 1);
    assert_int_equal(poll.counts.fresh, poll.counts.taken + poll.counts.skipped + poll.counts.sighted);
    assert_int_equal(fixture_counts().intake, 4);
    assert_int_equal(fixture_counts().seen, 3);
}

static void test_an_article_of_two_feeds_is_one_article_with_a_sighting(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_feed(&two, "https://two.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", "https://x.example/a", "1"}));
    struct store_poll poll =
        fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "1"}));
    assert_int_equal(poll.counts.sighted, 1);
    assert_int_equal(poll.counts.taken, 0);
    assert_int_equal(fixture_counts().articles, 1);
}

static void test_an_edit_is_found_when_a_feed_is_back_on_the_list(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_poll(&one, first_day_ms, false,
                 SHOWS({"a", "https://x.example/a", "1"}, {"b", "https://x.example/b", "1"}));
    struct store_feeds removal = {.remove = &one.rowid, .remove_count = 1};
    store_submit_feeds(store, &removal);
    assert_int_equal(store_run_now(store, &removal.base), 0);
    fixture_feed(&one, "https://one.example/feed");
    struct store_poll poll =
        fixture_poll(&one, first_day_ms, false,
                     SHOWS({"a", "https://x.example/a", "2"}, {"b", "https://x.example/b", "1"}));
    assert_int_equal(poll.counts.taken, 1);
    assert_int_equal(poll.counts.revised, 1);
    assert_int_equal(poll.counts.sighted, 1);
    assert_int_equal(fixture_last_taken().revision, 2);
    assert_int_equal(fixture_last_taken().kind, ARTICLE_REVISED);
    poll = fixture_poll(&one, first_day_ms, false,
                        SHOWS({"a", "https://x.example/a", "2"}, {"b", "https://x.example/b", "1"}));
    assert_int_equal(poll.counts.known, 2);
}

static void test_a_text_that_swings_is_published_once_a_day(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, "1"}));
    uint32_t taken = 0, braked = 0;
    for (int i = 1; i <= 20; i++) {
        struct store_poll poll =
            fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, i % 2 ? "2" : "1"}));
        taken += poll.counts.taken;
        braked += poll.counts.braked;
        assert_int_equal(poll.counts.fresh, poll.counts.taken + poll.counts.skipped + poll.counts.sighted);
    }
    assert_int_equal(taken, 2); /* the edit, and its taking back */
    assert_in_range(braked, 8, 18);
    struct store_poll poll = fixture_poll(&one, first_day_ms + day_ms, false, SHOWS({"a", NULL, "2"}));
    assert_int_equal(poll.counts.taken, 1); /* what it shows now is known to all within a day */
}

static void test_only_the_feed_that_brought_an_article_revises_it_while_it_shows_it(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_feed(&two, "https://two.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", "https://x.example/a", "1"}));
    fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "1"}));
    struct store_poll poll =
        fixture_poll(&two, first_day_ms + day_ms, false, SHOWS({"z", "https://x.example/a", "2"}));
    assert_int_equal(poll.counts.taken, 0);
    assert_int_equal(poll.counts.sighted, 1);
    /* A week later the first feed has long moved on: the second one's word counts now. */
    fixture_poll(&one, first_day_ms + 7 * day_ms, false, SHOWS({"b", "https://x.example/b", "1"}));
    poll = fixture_poll(&two, first_day_ms + 7 * day_ms, false, SHOWS({"z", "https://x.example/a", "3"}));
    assert_int_equal(poll.counts.taken, 1);
    assert_int_equal(fixture_last_taken().revision, 2);
    assert_int_equal(fixture_last_taken().kind, ARTICLE_REVISED);
}

static void test_a_quiet_feed_still_speaks_for_what_its_last_document_held(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_feed(&two, "https://two.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", "https://x.example/a", "1"}));
    fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "1"}));
    struct store_poll poll =
        fixture_poll(&two, first_day_ms + 7 * day_ms, false, SHOWS({"z", "https://x.example/a", "2"}));
    assert_int_equal(poll.counts.taken, 0);
}

static void test_a_withdrawal_counts_from_the_feed_that_speaks_for_the_article(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_feed(&two, "https://two.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", "https://x.example/a", "1"}));
    fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "1"}));
    struct store_poll poll =
        fixture_poll(&two, first_day_ms + day_ms, false, SHOWS({"z", "https://x.example/a", NULL}));
    assert_int_equal(poll.counts.withdrawn, 1);
    assert_int_equal(poll.counts.taken, 0);

    fixture_feed(&two, "https://three.example/feed");
    fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "1"}));
    fixture_poll(&one, first_day_ms + 9 * day_ms, false, SHOWS({"b", "https://x.example/b", "1"}));
    poll = fixture_poll(&two, first_day_ms + 9 * day_ms, false, SHOWS({"z", "https://x.example/a", NULL}));
    assert_int_equal(poll.counts.taken, 1);
    assert_int_equal(fixture_last_taken().kind, ARTICLE_WITHDRAWN);
}

static void test_absence_from_a_complete_document_withdraws(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_poll(&one, first_day_ms, true, SHOWS({"a", NULL, "1"}, {"b", NULL, "1"}));
    struct store_poll poll = fixture_poll(&one, first_day_ms + 1000, true, SHOWS({"b", NULL, "1"}));
    assert_int_equal(poll.counts.withdrawn, 1);
    assert_int_equal(poll.counts.taken, 1);
    poll = fixture_poll(&one, first_day_ms + 2000, true, SHOWS({"b", NULL, "1"}));
    assert_int_equal(poll.counts.withdrawn, 0);
}

static void test_an_entry_that_left_its_feed_is_forgotten_in_time(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, "1"}, {"b", NULL, "1"}));
    fixture_poll(&one, first_day_ms + day_ms, false, SHOWS({"b", NULL, "1"}));
    fixture_expire(first_day_ms + 30 * day_ms);
    assert_int_equal(fixture_counts().seen, 2);
    fixture_expire(first_day_ms + 200 * day_ms);
    assert_int_equal(fixture_counts().seen, 1); /* b is in the last document, however old that is */
}

static void test_a_feed_that_was_quiet_for_a_year_brings_nothing_twice(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, "1"}, {"b", NULL, "1"}));
    for (int day = 1; day < 365; day += 20)
        fixture_expire(first_day_ms + day * day_ms);
    struct store_poll poll = fixture_poll(&one, first_day_ms + 365 * day_ms, false,
                                          SHOWS({"a", NULL, "2"}, {"b", NULL, "1"}, {"c", NULL, "1"}));
    assert_int_equal(poll.counts.known, 1);
    assert_int_equal(poll.counts.taken, 2);
    assert_int_equal(poll.counts.revised, 1);
    assert_int_equal(fixture_last_taken().revision, 2); /* the article's row is still there */
}

static void test_articles_that_no_feed_shows_are_forgotten(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", NULL, "1"}, {"b", NULL, "1"}));
    fixture_poll(&one, first_day_ms + day_ms, false, SHOWS({"b", NULL, "1"}));
    for (int day = 1; day < 400; day += 10)
        fixture_expire(first_day_ms + day * day_ms);
    assert_int_equal(fixture_counts().articles, 1);
}

static void test_a_removed_feed_takes_its_marks_along_and_its_articles_stay(void **state)
{
    (void)state;
    fixture_feed(&one, "https://one.example/feed");
    fixture_feed(&two, "https://two.example/feed");
    fixture_poll(&one, first_day_ms, false, SHOWS({"a", "https://x.example/a", "1"}));
    fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "1"}));
    struct store_feeds job = {.remove = &one.rowid, .remove_count = 1};
    store_submit_feeds(store, &job);
    assert_int_equal(store_run_now(store, &job.base), 0);
    assert_int_equal(fixture_counts().seen, 1);
    struct store_poll poll =
        fixture_poll(&two, first_day_ms, false, SHOWS({"z", "https://x.example/a", "2"}));
    assert_int_equal(poll.counts.taken, 1);
    assert_int_equal(fixture_last_taken().revision, 2);
}

int main(void)
{
#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_counts_add_up),
        STORE_TEST(test_an_article_of_two_feeds_is_one_article_with_a_sighting),
        STORE_TEST(test_an_edit_is_found_when_a_feed_is_back_on_the_list),
        STORE_TEST(test_a_text_that_swings_is_published_once_a_day),
        STORE_TEST(test_only_the_feed_that_brought_an_article_revises_it_while_it_shows_it),
        STORE_TEST(test_a_quiet_feed_still_speaks_for_what_its_last_document_held),
        STORE_TEST(test_a_withdrawal_counts_from_the_feed_that_speaks_for_the_article),
        STORE_TEST(test_absence_from_a_complete_document_withdraws),
        STORE_TEST(test_an_entry_that_left_its_feed_is_forgotten_in_time),
        STORE_TEST(test_a_feed_that_was_quiet_for_a_year_brings_nothing_twice),
        STORE_TEST(test_articles_that_no_feed_shows_are_forgotten),
        STORE_TEST(test_a_removed_feed_takes_its_marks_along_and_its_articles_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

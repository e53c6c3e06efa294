/* store: feeds and polls on the calling thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/store_jobs.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_poll.h"
#include "daemon/store/store_intake.h"

/* ---- Feeds ------------------------------------------------------------------------------------------------
 */

static void compare_feed(void *context, const struct feed_state *state)
{
    const struct feed_state *wanted = context;
    assert_string_equal(state->url, wanted->url);
    assert_string_equal(state->etag, wanted->etag);
    assert_null(state->moved_to);
    assert_int_equal(state->body_hash, wanted->body_hash);
    assert_int_equal(state->skip_days, wanted->skip_days);
    assert_int_equal(state->last_error, wanted->last_error);
    assert_true(state->backfilled);
    assert_float_equal(state->entries_per_day, wanted->entries_per_day, 1e-6);
    assert_memory_equal(state->habits, wanted->habits, sizeof(wanted->habits));
    assert_int_equal(state->entries_lost, wanted->entries_lost);
    assert_int_equal(state->document_entries, wanted->document_entries);
}

static void test_a_feeds_state_comes_back_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    struct feed_state feed = {.url = (char *)(uintptr_t) "https://feed.example/1",
                              .etag = (char *)(uintptr_t) "W/\"odd, \\ and \"quoted\"\"",
                              .body_hash = UINT64_MAX - 5,
                              .skip_days = 0x41,
                              .last_error = -3,
                              .backfilled = true,
                              .entries_per_day = 12.25f,
                              .habits = {-0.5f, 0.25f, 0, 0, 0, 0, 0, 1e-7f},
                              .entries_lost = UINT32_MAX,
                              .document_entries = 50};
    feed.rowid = add_feed(fixture, feed.url);
    struct store_states job = {.states = &feed, .count = 1};
    store_submit_states(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).feeds, 1);
    assert_int_equal(store_load_feeds(fixture->store, compare_feed, &feed, &fixture->error), 0);
}

static void test_a_feed_added_twice_is_one_feed(void **state)
{
    struct fixture *fixture = *state;
    int64_t first = add_feed(fixture, "https://feed.example/1");
    assert_int_equal(add_feed(fixture, "https://feed.example/1"), first);
    assert_int_equal(fixture_counts(fixture).feeds, 1);
}

static void test_a_removed_feed_takes_its_marks_with_it(void **state)
{
    struct fixture *fixture = *state;
    int64_t feed = take_one_in(fixture, 1);
    struct store_feeds job = {.remove = &feed, .remove_count = 1};
    store_submit_feeds(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    struct store_counts counts = fixture_counts(fixture);
    assert_int_equal(counts.feeds, 0);
    assert_int_equal(counts.seen, 0);
    assert_int_equal(counts.intake, 1); /* what was taken in is still published */
    struct store_item item = make_item(1, 2, 1);
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", &item, 1);
    assert_int_equal(run_poll(fixture, &poll), ERR_NOT_FOUND);
    assert_int_equal(fixture_counts(fixture).seen, 0);
}

/* ---- A poll -----------------------------------------------------------------------------------------------
 */

static void expect_validators(void *context, const struct feed_state *state)
{
    const char *etag = context;
    if (etag)
        assert_string_equal(state->etag, etag);
    else
        assert_null(state->etag);
}

static void test_a_poll_is_stored_whole(void **state)
{
    struct fixture *fixture = *state;
    struct record status = fixture_record(TOPIC_FEEDS, "status", STR("{}"));
    struct store_item items[3] = {make_item(1, 1, 1), make_item(2, 2, 2), make_item(3, 3, 3)};
    int64_t feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, 3);
    poll.records = &status;
    poll.record_count = 1;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.fresh, 3);
    assert_int_equal(poll.counts.taken, 3);
    assert_int_equal(poll.counts.known, 0);
    store_close(&fixture->store);
    fixture_open(fixture);
    struct store_counts counts = fixture_counts(fixture);
    assert_int_equal(counts.seen, 3);
    assert_int_equal(counts.intake, 3);
    assert_int_equal(counts.articles, 3);
    assert_int_equal(counts.outbox, 1);
    assert_int_equal(
        store_load_feeds(fixture->store, expect_validators, (void *)(uintptr_t) "\"v2\"", &fixture->error),
        0);
    /* The oldest, at the document's end, is to be published first. */
    struct store_list_waiting waiting = list(fixture);
    assert_int_equal(waiting.row_count, 3);
    assert_string_equal(waiting.rows[0].article_id, items[2].candidate.article_id);
}

static void test_a_poll_that_cannot_be_settled_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct store_item items[2] = {make_item(1, 1, 1), make_item(2, 2, 2)};
    int64_t feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, 2);
    poll.settle = settle_in_vain;
    assert_int_equal(run_poll(fixture, &poll), ERR_RECORD);
    struct store_counts counts = fixture_counts(fixture);
    assert_int_equal(counts.seen + counts.intake + counts.articles + counts.outbox, 0);
    assert_int_equal(store_load_feeds(fixture->store, expect_validators, NULL, &fixture->error), 0);
    assert_int_equal(list(fixture).row_count, 0);
    poll.settle = settle; /* the same document at the next poll is as new as before */
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.taken, 2);
}

static void test_known_revised_and_new_entries_are_told_apart(void **state)
{
    struct fixture *fixture = *state;
    int64_t feed = take_one_in(fixture, 1);
    struct store_item items[2] = {make_item(1, 2, 1), make_item(5, 6, 1)};
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, 2);
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.known, 1);
    assert_int_equal(poll.counts.fresh, 1);
    items[0].candidate.content_hash = 99;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.known, 1);
    assert_int_equal(poll.counts.fresh, 1);
    assert_int_equal(poll.counts.revised, 1);
    struct store_list_waiting waiting = list(fixture);
    assert_int_equal(waiting.row_count, 3);
    struct store_take revision = take(fixture, waiting.rows[2].rowid);
    assert_int_equal(revision.kind, ARTICLE_REVISED);
    assert_int_equal(revision.revision, 2);
    assert_int_equal(fixture_counts(fixture).seen, 2);
}

static void test_an_article_of_another_feed_is_sighted_not_taken_again(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    struct store_item item = make_item(9, 2, 1); /* the same link, another key */
    int64_t second = add_feed(fixture, "https://feed.example/2");
    struct store_poll poll = make_poll(fixture, second, "https://feed.example/2", &item, 1);
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.sighted, 1);
    assert_int_equal(poll.counts.taken, 0);
    struct store_list_waiting waiting = list(fixture);
    assert_int_equal(waiting.row_count, 1);
    struct store_take taken = take(fixture, waiting.rows[0].rowid);
    assert_int_equal(taken.seen_in_count, 1);
    assert_true(str_equal(taken.seen_in[0].feed_url, STR("https://feed.example/2")));
}

static void test_backfill_takes_the_newest_and_marks_the_rest(void **state)
{
    struct fixture *fixture = *state;
    struct store_item items[4] = {make_item(1, 1, 1), make_item(2, 2, 2), make_item(3, 3, 3),
                                  make_item(4, 4, 4)};
    for (int i = 0; i < 4; i++)
        items[i].candidate.published_ms = now_ms + i; /* the newest is last in the document */
    int64_t feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, 4);
    poll.backfill = true;
    poll.backfill_policy = BACKFILL_NEWEST;
    poll.backfill_value = 1;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.fresh, 4);
    assert_int_equal(poll.counts.skipped, 3);
    assert_int_equal(poll.counts.taken, 1);
    assert_true(items[3].taken);
    assert_true(take(fixture, list(fixture).rows[0].rowid).backfill);
    poll.backfill = false;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.known, 4);
}

static void test_absence_from_a_complete_document_is_a_withdrawal(void **state)
{
    struct fixture *fixture = *state;
    struct store_item items[2] = {make_item(1, 1, 1), make_item(2, 2, 2)};
    int64_t feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, 2);
    poll.complete = true;
    assert_int_equal(run_poll(fixture, &poll), 0);
    poll.item_count = 1;
    poll.now_ms += 1000;
    poll.truncated = true;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.withdrawn, 0); /* in half a document absence means nothing */
    poll.truncated = false;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.withdrawn, 1);
    assert_int_equal(poll.counts.known + poll.counts.fresh, 2);
    struct store_list_waiting waiting = list(fixture);
    struct store_take withdrawal = take(fixture, waiting.rows[waiting.row_count - 1].rowid);
    assert_int_equal(withdrawal.kind, ARTICLE_WITHDRAWN);
    assert_string_equal(withdrawal.article_id, items[1].candidate.article_id);
    poll.now_ms += 1000;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.withdrawn, 0); /* once */
}

enum { MANY = 3456 }; /* more than three parts of a document */

static void test_a_long_document_is_stored_in_parts_and_counted_once(void **state)
{
    struct fixture *fixture = *state;
    static struct store_item items[MANY];
    for (unsigned i = 0; i < MANY; i++)
        items[i] = make_item(i + 1, i + 1, 1);
    int64_t feed = add_feed(fixture, "https://feed.example/1"), commits = fixture_counts(fixture).commits;
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, MANY);
    poll.complete = true;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(fixture_counts(fixture).commits - commits, 4);
    assert_int_equal(poll.counts.fresh, MANY);
    assert_int_equal(fixture_counts(fixture).seen, MANY);
    assert_int_equal(fixture_counts(fixture).intake, MANY);
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.known, MANY);
    poll.item_count = 1; /* all but one are gone, more than fit one part */
    poll.now_ms += 1000;
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.withdrawn, MANY - 1);
    assert_int_equal(poll.counts.known, 1);
    assert_int_equal(fixture_counts(fixture).intake, 2 * MANY - 1);
}

static void test_what_a_part_has_stored_stays_when_the_rest_fails(void **state)
{
    struct fixture *fixture = *state;
    static struct store_item items[MANY];
    for (unsigned i = 0; i < MANY; i++)
        items[i] = make_item(i + 1, i + 1, 1);
    int64_t feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, MANY);
    poll.settle = settle_in_vain;
    assert_int_equal(run_poll(fixture, &poll), ERR_RECORD);
    assert_int_equal(fixture_counts(fixture).seen, 3000);
    assert_int_equal(store_load_feeds(fixture->store, expect_validators, NULL, &fixture->error), 0);
    poll.settle = settle; /* the next poll, with the old validators, takes the rest */
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.known, 3000);
    assert_int_equal(poll.counts.taken, MANY - 3000);
    assert_int_equal(fixture_counts(fixture).intake, MANY);
}

static void test_entries_that_all_have_new_keys_are_found_by_their_links(void **state)
{
    struct fixture *fixture = *state;
    static struct store_item items[MANY];
    for (unsigned i = 0; i < MANY; i++)
        items[i] = make_item(i + 1, i + 1, 1);
    int64_t feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", items, MANY);
    assert_int_equal(run_poll(fixture, &poll), 0);
    for (unsigned i = 0; i < MANY; i++)
        items[i] = make_item(MANY + i + 1, i + 1, 1);
    assert_int_equal(run_poll(fixture, &poll), 0);
    assert_int_equal(poll.counts.renamed, MANY);
    assert_int_equal(poll.counts.known, MANY);
    assert_int_equal(fixture_counts(fixture).seen, MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_feeds_state_comes_back_as_it_was, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_a_feed_added_twice_is_one_feed, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_a_removed_feed_takes_its_marks_with_it, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_a_poll_is_stored_whole, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_a_poll_that_cannot_be_settled_leaves_nothing, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_known_revised_and_new_entries_are_told_apart, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_an_article_of_another_feed_is_sighted_not_taken_again,
                                        set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_backfill_takes_the_newest_and_marks_the_rest, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_long_document_is_stored_in_parts_and_counted_once, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_a_part_has_stored_stays_when_the_rest_fails, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_entries_that_all_have_new_keys_are_found_by_their_links,
                                        set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_absence_from_a_complete_document_is_a_withdrawal, set_up_open,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* store: what one transaction holds together, the way from intake to outbox and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store_fixture.h"

static const int64_t now_ms = 1641897180000;

/* ---- Short forms ------------------------------------------------------------------------------------------
 */

static int64_t add_feed(struct fixture *fixture, const char *url)
{
    struct feed_state state = {.url = strdup(url), .interval_s = 3600}, *added = &state;
    struct store_feeds job = {.add = &added, .add_count = 1};
    store_submit_feeds(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    int64_t rowid = state.rowid;
    assert_true(rowid > 0);
    feed_state_done(&state);
    return rowid;
}

/* An item whose key, link and content are told by small numbers; link 0 = none. */
static struct store_item make_item(unsigned key, unsigned link, unsigned content)
{
    struct store_item item = {.candidate = {.key_hash = key,
                                            .link_hash = link,
                                            .title_hash = 7,
                                            .content_hash = content,
                                            .key = STR("entry"),
                                            .link = link ? STR("https://news.example/a") : STR_NONE,
                                            .title = STR("A title")},
                              .payload = STR("{\"entry\":{}}")};
    (void)snprintf(item.candidate.article_id, ARTICLE_ID_BYTES, "%032x", link ? 1000 + link : key);
    (void)snprintf(item.candidate.article_id_by_key, ARTICLE_ID_BYTES, "%032x", key);
    return item;
}

static int settle(struct store_poll *job)
{
    if (feed_state_copy(&job->state, &job->state_before))
        return -ENOMEM;
    job->state.etag = strdup("\"v2\"");
    job->state.entries_total += job->counts.fresh;
    return 0;
}

static int settle_in_vain(struct store_poll *job)
{
    (void)job;
    return ERR_RECORD;
}

static struct store_poll make_poll(struct fixture *fixture, int64_t feed, const char *url,
                                   struct store_item *items, size_t count)
{
    return (struct store_poll){
        .base.arena = fixture->arena,
        .state_before = {.rowid = feed, .url = (char *)(uintptr_t)url, .interval_s = 3600},
        .items = items,
        .item_count = count,
        .backfill_policy = BACKFILL_ALL,
        .now_ms = now_ms,
        .settle = settle,
    };
}

static int run_poll(struct fixture *fixture, struct store_poll *job)
{
    store_submit_poll(fixture->store, job);
    int error = fixture_run(fixture, &job->base);
    feed_state_done(&job->state);
    return error;
}

static struct store_list_waiting list(struct fixture *fixture)
{
    struct store_list_waiting job = {.limit = 1000};
    store_submit_list_waiting(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static struct store_take take(struct fixture *fixture, int64_t rowid)
{
    struct store_take job = {.rowid = rowid};
    store_submit_take(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static struct store_read_outbox read_outbox(struct fixture *fixture, size_t rows_max, size_t bytes_max)
{
    struct store_read_outbox job = {.rows_max = rows_max, .bytes_max = bytes_max};
    store_submit_read_outbox(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static int finish(struct fixture *fixture, int64_t rowid, const struct record *record, const char *article_id)
{
    struct store_finish job = {.rowid = rowid,
                               .records = record,
                               .record_count = 1,
                               .article_id = str_from(article_id),
                               .title = STR("A title"),
                               .text = STR("The text of the article."),
                               .revision = 1,
                               .now_ms = now_ms};
    store_submit_finish(fixture->store, &job);
    return fixture_run(fixture, &job.base);
}

/* One item of one feed in the intake; returns the feed. */
static int64_t take_one_in(struct fixture *fixture, unsigned content)
{
    struct store_item item = make_item(1, 2, content);
    int64_t feed = 1;
    if (fixture_counts(fixture).feeds == 0)
        feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", &item, 1);
    assert_int_equal(run_poll(fixture, &poll), 0);
    return feed;
}

static int set_up(void **state)
{
    struct fixture *fixture = malloc(sizeof(*fixture));
    fixture_make(fixture);
    *state = fixture;
    return 0;
}

static int set_up_open(void **state)
{
    set_up(state);
    fixture_open(*state);
    return 0;
}

static int tear_down(void **state)
{
    fixture_done(*state);
    free(*state);
    return 0;
}

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

/* ---- Intake to outbox and out -----------------------------------------------------------------------------
 */

static void test_an_attempt_is_durable_before_the_item_is_handed_over(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    int64_t rowid = list(fixture).rows[0].rowid;
    assert_int_equal(take(fixture, rowid).attempts, 1);
    store_close(&fixture->store);
    fixture_open(fixture);
    struct store_take again = take(fixture, rowid);
    assert_int_equal(again.attempts, 2);
    assert_true(again.found);
    assert_true(str_equal(again.payload, STR("{\"entry\":{}}")));
    assert_int_equal(list(fixture).rows[0].attempts, 2);
    assert_false(take(fixture, rowid + 1000).found);
}

static void test_a_finished_item_moves_from_intake_to_outbox_once(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    struct store_take taken = take(fixture, list(fixture).rows[0].rowid);
    struct record record = fixture_record(TOPIC_ARTICLES, "first", STR("{\"a\":1}"));
    assert_int_equal(finish(fixture, taken.rowid, &record, taken.article_id), 0);
    assert_int_equal(finish(fixture, taken.rowid, &record, taken.article_id), 0);
    struct store_counts counts = fixture_counts(fixture);
    assert_int_equal(counts.intake, 0);
    assert_int_equal(counts.outbox, 1);
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_int_equal(outbox.row_count, 1);
    assert_string_equal(outbox.rows[0].id, "first");
    assert_true(str_equal(outbox.rows[0].value, STR("{\"a\":1}")));
    struct record_header headers[RECORD_HEADERS_MAX];
    size_t count;
    assert_int_equal(record_headers_decode(fixture->arena, outbox.rows[0].headers, headers, &count), 0);
    assert_int_equal(count, 2);
    assert_string_equal(headers[0].name, "ce_id");
}

static void test_a_revision_brings_the_text_before_it(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    struct store_take first = take(fixture, list(fixture).rows[0].rowid);
    assert_null(first.previous_text.ptr);
    struct record record = fixture_record(TOPIC_ARTICLES, "first", STR("{}"));
    assert_int_equal(finish(fixture, first.rowid, &record, first.article_id), 0);
    take_one_in(fixture, 2);
    struct store_take second = take(fixture, list(fixture).rows[0].rowid);
    assert_int_equal(second.kind, ARTICLE_REVISED);
    assert_true(str_equal(second.previous_text, STR("The text of the article.")));
    assert_true(str_equal(second.previous_title, STR("A title")));
    assert_int_equal(second.first_created_ms, now_ms);
}

static void test_large_values_are_packed_and_come_back_whole(void **state)
{
    struct fixture *fixture = *state;
    enum { LARGE = 300 * 1024 };
    char *value = malloc(LARGE + 1);
    for (size_t i = 0; i < LARGE; i++)
        value[i] = (char)('a' + i % 17);
    value[LARGE] = '\0';
    fixture_append(fixture, TOPIC_ARTICLES, "large", value);
    assert_true(fixture_counts(fixture).outbox_bytes < LARGE / 10);
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_true(str_equal(outbox.rows[0].value, str_from(value)));
    free(value);
}

static void test_the_outbox_is_read_in_order_up_to_both_limits(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 5; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "id-%d", i);
        fixture_append(fixture, TOPIC_ARTICLES, id, "0123456789");
    }
    assert_int_equal(read_outbox(fixture, 3, 1 << 20).row_count, 3);
    assert_int_equal(read_outbox(fixture, 10, 15).row_count, 2);
    assert_int_equal(read_outbox(fixture, 10, 0).row_count, 1); /* at least one */
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_int_equal(outbox.row_count, 5);
    for (size_t i = 1; i < 5; i++)
        assert_true(outbox.rows[i].rowid > outbox.rows[i - 1].rowid);
}

static void keep_offset(void *context, const char *topic, int32_t partition, int64_t offset)
{
    assert_string_equal(topic, "news.articles");
    assert_int_equal(partition, 3);
    *(int64_t *)context = offset;
}

static void test_delivered_rows_leave_and_the_highest_offset_stays(void **state)
{
    struct fixture *fixture = *state;
    fixture_append(fixture, TOPIC_ARTICLES, "a", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "b", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "c", "{}");
    struct record reject = fixture_record(TOPIC_REJECTS, "r", STR("{}"));
    int64_t rowids[] = {1, 2, 2, 77}; /* twice, and one that is not there */
    struct store_offset offset = {"news.articles", 3, 41};
    struct store_delivered job = {.rowids = rowids,
                                  .count = 4,
                                  .offsets = &offset,
                                  .offset_count = 1,
                                  .rejects = &reject,
                                  .reject_count = 1,
                                  .now_ms = now_ms};
    store_submit_delivered(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    offset.offset = 12; /* a late report never takes an offset back */
    job.count = job.reject_count = 0;
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_int_equal(outbox.row_count, 2);
    assert_string_equal(outbox.rows[0].id, "c");
    assert_string_equal(outbox.rows[1].id, "r");
    int64_t kept = -1, bytes = fixture_counts(fixture).outbox_bytes;
    assert_int_equal(store_load_offsets(fixture->store, keep_offset, &kept, &fixture->error), 0);
    assert_int_equal(kept, 41);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).outbox, 2);
    assert_int_equal(fixture_counts(fixture).outbox_bytes, bytes);
}

static void test_reconciling_removes_what_is_on_kafka_already(void **state)
{
    struct fixture *fixture = *state;
    fixture_append(fixture, TOPIC_ARTICLES, "a", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "b", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "b", "{}");
    static const char ids[][RECORD_ID_BYTES] = {"b", "never-heard-of"};
    struct store_reconcile job = {.ids = ids, .count = 2};
    store_submit_reconcile(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    assert_int_equal(job.removed, 2);
    assert_int_equal(fixture_counts(fixture).outbox, 1);
}

static void test_a_retried_item_is_in_the_intake_again(void **state)
{
    struct fixture *fixture = *state;
    struct str payload = STR("{\"entry\":{}}"), id = STR("0123456789abcdef0123456789abcdef");
    uint32_t revision = 4;
    enum article_kind kind = ARTICLE_REVISED;
    struct store_retry job = {.payloads = &payload,
                              .article_ids = &id,
                              .revisions = &revision,
                              .kinds = &kind,
                              .count = 1,
                              .now_ms = now_ms};
    store_submit_retry(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    assert_int_equal(fixture_counts(fixture).intake, 1);
    struct store_take taken = take(fixture, list(fixture).rows[0].rowid);
    assert_string_equal(taken.article_id, id.ptr);
    assert_int_equal(taken.revision, 4);
    assert_int_equal(taken.kind, ARTICLE_REVISED);
    assert_int_equal(taken.attempts, 1);
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
        cmocka_unit_test_setup_teardown(test_an_attempt_is_durable_before_the_item_is_handed_over,
                                        set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_a_finished_item_moves_from_intake_to_outbox_once, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_revision_brings_the_text_before_it, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_large_values_are_packed_and_come_back_whole, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_the_outbox_is_read_in_order_up_to_both_limits, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_delivered_rows_leave_and_the_highest_offset_stays, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_reconciling_removes_what_is_on_kafka_already, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_retried_item_is_in_the_intake_again, set_up_open, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

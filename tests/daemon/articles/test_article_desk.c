/* article_desk: what lies in the intake reaches the outbox, in order, within its bounds, and never by way of
 * a crash of somebody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "daemon/articles/article_desk.h"
#include "daemon/store/store_intake.h"
#include "daemon/store/store_outbox.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/store/store_fixture.h"

struct desk {
    struct fixture store;
    struct config *config;
    struct workers *workers;
    struct pipeline *pipeline;
    struct transfers *transfers;
    struct article_desk *desk;
    bool held; /* by back-pressure */
    size_t stored;
};

static void on_stored(void *context)
{
    ((struct desk *)context)->stored++;
}

static bool may_fetch_pages(void *context)
{
    (void)context;
    return false; /* what wants a page waits for ever */
}

static bool may_process(void *context)
{
    return !((struct desk *)context)->held;
}

static int set_up(void **state)
{
    struct desk *desk = calloc(1, sizeof(*desk));
    struct pipeline_options options;
    log_setup(LOG_TARGET_LOGFMT, 2);
    metrics_reset();
    fixture_make(&desk->store);
    fixture_open(&desk->store);
    desk->config = config_default();
    /* What the texts say is not asked here: most models stay closed. */
    struct stage_setting settings[STAGES_MAX] = {0};
    for (int at = pipeline_stage_find("tokens"); pipeline_stages[at]; at++)
        settings[at].off = true;
    pipeline_options_default(&options);
    options.settings = settings;
    *state = desk;
    return pipeline_create(&desk->pipeline, &options, &desk->store.error);
}

/* Puts an item into the intake, as newsd retry does, before the store runs. */
static void put(struct desk *desk, unsigned article, uint32_t revision, const char *payload)
{
    char id[ARTICLE_ID_BYTES];
    (void)snprintf(id, sizeof(id), "%032x", article);
    struct str text = str_from(payload), article_id = str_from(id);
    enum article_kind kind = revision > 1 ? ARTICLE_REVISED : ARTICLE_PUBLISHED;
    struct store_retry job = {.payloads = &text,
                              .article_ids = &article_id,
                              .revisions = &revision,
                              .kinds = &kind,
                              .count = 1,
                              .now_ms = clock_wall_ms()};
    store_submit_retry(desk->store.store, &job);
    assert_int_equal(fixture_run(&desk->store, &job.base), 0);
}

static const char good[] = "{\"feed\":{\"id\":\"f1\",\"url\":\"https://post.example/"
                           "rss\"},\"entry\":{\"id\":\"e1\",\"title\":{\"value\":\"Dam\","
                           "\"type\":\"text/plain\"},\"summary\":{\"value\":\"The dam held on Tuesday, the "
                           "mayor said.\",\"type\":\"text/plain\"}},"
                           "\"entry_id\":\"e1\",\"fetched\":\"2022-01-11T10:33:00Z\"}";

/* An attempt that never ended: what a crash leaves. */
static void attempt(struct desk *desk, int64_t rowid, int times)
{
    while (times-- > 0) {
        struct store_take job = {.rowid = rowid};
        store_submit_take(desk->store.store, &job);
        assert_int_equal(fixture_run(&desk->store, &job.base), 0);
        assert_true(job.found);
    }
}

static void start(struct desk *desk)
{
    struct fetch_options fetch;
    struct host_policy policy = {.transfers_max = 2, .queue_max = 10};
    fetch_options_default(&fetch);
    fixture_start(&desk->store);
    assert_int_equal(workers_create(&desk->workers, 2, desk->store.mailbox, &desk->store.error), 0);
    assert_int_equal(
        transfers_create(&desk->transfers, desk->store.base, &fetch, &policy, &desk->store.error), 0);
    struct article_desk_context context = {.store = desk->store.store,
                                           .transfers = desk->transfers,
                                           .workers = desk->workers,
                                           .pipeline = desk->pipeline,
                                           .records_stored = on_stored,
                                           .may_fetch_pages = may_fetch_pages,
                                           .may_process = may_process,
                                           .context = desk};
    assert_int_equal(article_desk_create(&desk->desk, &context, desk->config, &desk->store.error), 0);
    article_desk_kick(desk->desk);
}

static void turn(struct desk *desk)
{
    struct timeval step = {.tv_usec = 10000};
    event_base_loopexit(desk->store.base, &step);
    event_base_dispatch(desk->store.base);
}

/* Turns the loop until nothing is under way and the intake holds `rows`. */
static void settle(struct desk *desk, int64_t rows)
{
    int64_t end = clock_monotonic_ms() + 200000; /* valgrind is slow */
    while ((article_desk_busy(desk->desk) || fixture_counts(&desk->store).intake != rows) &&
           clock_monotonic_ms() < end)
        turn(desk);
    assert_int_equal(article_desk_busy(desk->desk), 0);
    assert_int_equal(fixture_counts(&desk->store).intake, rows);
}

static void end(struct desk *desk)
{
    workers_destroy(&desk->workers);
    if (desk->store.mailbox)
        mailbox_drain(desk->store.mailbox);
    store_close(&desk->store.store);
    if (desk->store.mailbox)
        mailbox_drain(desk->store.mailbox);
    article_desk_destroy(&desk->desk);
    transfers_destroy(&desk->transfers);
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    end(desk);
    pipeline_destroy(&desk->pipeline);
    config_free(&desk->config);
    fixture_done(&desk->store);
    free(desk);
    return 0;
}

/* What is in the outbox, after the end of the desk. */
static struct store_read_outbox outbox(struct desk *desk)
{
    end(desk);
    fixture_open(&desk->store);
    struct store_read_outbox job = {.rows_max = 10000, .bytes_max = 64 << 20};
    store_submit_read_outbox(desk->store.store, &job);
    assert_int_equal(fixture_run(&desk->store, &job.base), 0);
    return job;
}

static void assert_reason(const struct store_outgoing *row, const char *reason)
{
    assert_int_equal(row->topic, TOPIC_REJECTS);
    json_t *value = json_loadb(row->value.ptr, row->value.len, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(value, "reason")), reason);
    json_decref(value);
}

static void test_the_intake_is_worked_through(void **state)
{
    struct desk *desk = *state;
    for (unsigned i = 0; i < 1200; i++) /* more than one listing */
        put(desk, i + 1, 1, good);
    start(desk);
    settle(desk, 0);
    assert_int_equal(desk->stored, 1200);
    assert_int_equal(metrics_get(METRIC_PUBLISHED), 1200);
    assert_int_equal(metrics_get(METRIC_REJECTED), 0);
    assert_int_equal(article_desk_waiting(desk->desk), 0);
    assert_int_equal(outbox(desk).row_count, 1200);
}

static void test_back_pressure_holds_and_a_kick_goes_on(void **state)
{
    struct desk *desk = *state;
    for (unsigned i = 0; i < 20; i++)
        put(desk, i + 1, 1, good);
    desk->held = true;
    start(desk);
    settle(desk, 20);
    for (int i = 0; i < 5; i++)
        turn(desk);
    assert_int_equal(desk->stored, 0);
    assert_int_equal(article_desk_waiting(desk->desk), 20);
    desk->held = false;
    article_desk_kick(desk->desk);
    settle(desk, 0);
    assert_int_equal(desk->stored, 20);
}

static void test_revisions_of_an_article_leave_in_order(void **state)
{
    struct desk *desk = *state;
    for (uint32_t revision = 1; revision <= 30; revision++)
        for (unsigned article = 1; article <= 3; article++)
            put(desk, article, revision, good);
    start(desk);
    settle(desk, 0);
    struct store_read_outbox rows = outbox(desk);
    int64_t last[4] = {0};
    assert_int_equal(rows.row_count, 90);
    for (size_t i = 0; i < rows.row_count; i++) {
        json_t *value = json_loadb(rows.rows[i].value.ptr, rows.rows[i].value.len, 0, NULL);
        json_t *newsd = json_object_get(value, "newsd");
        int64_t revision = json_integer_value(json_object_get(newsd, "revision"));
        size_t article = (size_t)strtoul(json_string_value(json_object_get(newsd, "id")) + 24, NULL, 16);
        assert_in_range(article, 1, 3);
        assert_int_equal(revision, last[article] + 1);
        last[article] = revision;
        json_decref(value);
    }
}

#define REPORT(headline, last_word)                                                                          \
    "{\"feed\":{\"id\":\"f1\",\"url\":\"https://post.example/rss\"},\"entry\":{\"id\":\"e1\",\"title\":"     \
    "{\"value\":\"" headline                                                                                 \
    "\",\"type\":\"text/plain\"},\"summary\":{\"value\":\"The dam above the town held on "                   \
    "Tuesday, the mayor said, after a night in which four hundred people carried sand and stones to its "    \
    "northern "                                                                                              \
    "end while the river rose by a metre and a half. Schools stay closed until the engineers have looked "   \
    "at the "                                                                                                \
    "wall, and the bridge is open to buses only. The " last_word ".\",\"type\":\"text/plain\"}},"            \
    "\"entry_id\":\"e1\",\"fetched\":\"2022-01-11T10:33:00Z\"}"

static const char *story_in(const json_t *value, const char *what)
{
    return json_string_value(
        json_object_get(json_object_get(json_object_get(value, "newsd"), "story"), what));
}

/* One agency's report in two feeds, and another article. */
static void test_a_copy_names_the_article_that_it_is_of(void **state)
{
    struct desk *desk = *state;
    size_t copies = 0;
    put(desk, 1, 1, REPORT("Dam holds", "rain has stopped"));
    put(desk, 2, 1, good);
    put(desk, 3, 1, REPORT("Night of fear at the dam", "rain has stopped"));
    start(desk);
    settle(desk, 0);
    assert_int_equal(metrics_get(METRIC_COPIES), 1);
    struct store_read_outbox rows = outbox(desk);
    assert_int_equal(rows.row_count, 3);
    for (size_t i = 0; i < rows.row_count; i++) {
        json_t *value = json_loadb(rows.rows[i].value.ptr, rows.rows[i].value.len, 0, NULL);
        const char *of = story_in(value, "duplicate_of");
        if (of) { /* either: the two workers may end in any order */
            const char *own = json_string_value(json_object_get(json_object_get(value, "newsd"), "id"));
            assert_int_equal(own[31] + of[31], '1' + '3');
            assert_string_equal(of, story_in(value, "id"));
            copies++;
        }
        json_decref(value);
    }
    assert_int_equal(copies, 1);
}

static void test_what_was_begun_before_is_under_way_alone(void **state)
{
    struct desk *desk = *state;
    for (unsigned i = 0; i < 12; i++)
        put(desk, i + 1, 1, good);
    for (int64_t rowid = 3; rowid <= 8; rowid++)
        attempt(desk, rowid, 1);
    desk->held = true;
    start(desk);
    settle(desk, 12); /* listed */
    desk->held = false;
    article_desk_kick(desk->desk);
    size_t suspects_seen = 0;
    while (fixture_counts(&desk->store).intake > 0) {
        /* Rows 1 and 2 may go together; from row 3 on one at a time until row 8 is through. */
        if (desk->stored >= 2 && desk->stored < 8) {
            assert_int_equal(article_desk_busy(desk->desk), 1);
            suspects_seen++;
        }
        event_base_loop(desk->store.base, EVLOOP_ONCE);
    }
    settle(desk, 0);
    assert_true(suspects_seen > 0);
    assert_int_equal(metrics_get(METRIC_PUBLISHED), 12);
}

static void test_poison_and_unreadable_items_are_rejected_and_counted(void **state)
{
    struct desk *desk = *state;
    put(desk, 1, 1, good);
    put(desk, 2, 1, good);
    put(desk, 3, 1, "{\"entry\":{}}");
    attempt(desk, 1, 3);
    start(desk);
    settle(desk, 0);
    assert_int_equal(metrics_get(METRIC_PUBLISHED), 1);
    assert_int_equal(metrics_get(METRIC_REJECTED), 2);
    struct store_read_outbox rows = outbox(desk);
    assert_int_equal(rows.row_count, 3);
    assert_reason(&rows.rows[0], "poison");
}

static void test_an_article_that_does_not_fit_into_its_memory_is_rejected(void **state)
{
    struct desk *desk = *state;
    _cleanup_buffer_ struct buffer large = {0};
    assert_int_equal(config_set(desk->config, "process", "article-memory", "1M", NULL), 0);
    buffer_printf(
        &large,
        "{\"feed\":{\"id\":\"f\",\"url\":\"https://post.example/rss\"},\"entry\":{\"id\":\"e\",\"content\":"
        "[{\"type\":\"text/"
        "plain\",\"value\":\"%0*d\"}]},\"entry_id\":\"e\",\"fetched\":\"2022-01-11T10:33:00Z\"}",
        14 << 20, 0);
    put(desk, 1, 1, large.ptr);
    put(desk, 2, 1, good);
    start(desk);
    settle(desk, 0);
    assert_int_equal(metrics_get(METRIC_PUBLISHED), 1);
    assert_int_equal(metrics_get(METRIC_REJECTED), 1);
    struct store_read_outbox rows = outbox(desk);
    assert_int_equal(rows.row_count, 2);
    assert_reason(&rows.rows[rows.rows[0].topic == TOPIC_REJECTS ? 0 : 1], "too-large");
}

static void test_a_stop_finishes_what_is_under_way_and_keeps_the_rest(void **state)
{
    struct desk *desk = *state;
    for (unsigned i = 0; i < 300; i++)
        put(desk, i + 1, 1, good);
    start(desk);
    while (desk->stored < 5)
        turn(desk);
    article_desk_stop(desk->desk);
    int64_t until = clock_monotonic_ms() + 200000; /* valgrind is slow */
    while (article_desk_busy(desk->desk) && clock_monotonic_ms() < until)
        turn(desk);
    assert_int_equal(article_desk_busy(desk->desk), 0);
    struct store_counts counts = fixture_counts(&desk->store);
    assert_int_equal(counts.intake + counts.outbox, 300);
    assert_int_equal(counts.outbox, (int64_t)desk->stored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_intake_is_worked_through, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_back_pressure_holds_and_a_kick_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_revisions_of_an_article_leave_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_copy_names_the_article_that_it_is_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_begun_before_is_under_way_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_poison_and_unreadable_items_are_rejected_and_counted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_an_article_that_does_not_fit_into_its_memory_is_rejected, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_stop_finishes_what_is_under_way_and_keeps_the_rest, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

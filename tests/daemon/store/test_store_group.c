/* store: its thread and group commit: one fault, one rollback; a full database waits and goes on by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>

#include "daemon/store/store_private.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_poll.h"
#include "daemon/store/store_outbox.h"
#include "daemon/store/store_fixture.h"

enum { VALUE_BYTES = 20000, ROWS_MAX = 200 };

struct append {
    struct store_append job;
    struct record record;
    struct arena *arena;
    int error;
    bool done;
    pthread_t done_on;
};

static void on_append(struct store_job *base, int error)
{
    struct append *append = (struct append *)base;
    append->error = error;
    append->done = true;
    append->done_on = pthread_self();
}

static void append_submit(struct fixture *fixture, struct append *append, int number, struct str value)
{
    char id[RECORD_ID_BYTES];
    (void)snprintf(id, sizeof(id), "row-%d", number);
    append->arena = arena_create(ARENA_CAP_DEFAULT);
    append->record = fixture_record(TOPIC_ARTICLES, id, value);
    append->record.key = STR_NONE; /* id does not live on */
    append->record.header_count = 0;
    append->job = (struct store_append){.base = {.done = on_append, .arena = append->arena},
                                        .records = &append->record,
                                        .record_count = 1,
                                        .now_ms = 1000};
    store_submit_append(fixture->store, &append->job);
}

static void append_free(struct append *append)
{
    arena_destroy(&append->arena);
}

/* A poll of a feed without entries whose settle waits for `go`: it holds the store's thread, so that all that
 * is submitted meanwhile makes one group. */
struct holding {
    struct store_poll job;
    sem_t held, go;
    int answer;
    bool done;
    int error;
};

static int hold(struct store_poll *job)
{
    struct holding *holding = (struct holding *)job;
    sem_post(&holding->held);
    sem_wait(&holding->go);
    return holding->answer ? holding->answer : feed_state_copy(&job->state, &job->state_before);
}

static void on_held(struct store_job *base, int error)
{
    struct holding *holding = (struct holding *)base;
    holding->error = error;
    holding->done = true;
}

static void hold_submit(struct fixture *fixture, struct holding *holding, int64_t feed, int answer)
{
    *holding = (struct holding){.answer = answer};
    sem_init(&holding->held, 0, 0);
    sem_init(&holding->go, 0, 0);
    holding->job = (struct store_poll){
        .base = {.done = on_held, .arena = fixture->arena},
        .state_before = {.rowid = feed, .url = (char *)(uintptr_t) "https://feed.example/1"},
        .settle = hold};
    store_submit_poll(fixture->store, &holding->job);
}

static void hold_free(struct holding *holding)
{
    feed_state_done(&holding->job.state);
    sem_destroy(&holding->held);
    sem_destroy(&holding->go);
}

static int64_t add_feed(struct fixture *fixture)
{
    struct feed_state state = {.url = strdup("https://feed.example/1")}, *added = &state;
    struct store_feeds job = {.add = &added, .add_count = 1};
    store_submit_feeds(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    int64_t rowid = state.rowid;
    feed_state_done(&state);
    return rowid;
}

static int set_up(void **state)
{
    struct fixture *fixture = malloc(sizeof(*fixture));
    fixture_make(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    fixture_done(*state);
    free(*state);
    return 0;
}

static void test_a_group_is_one_commit_and_done_runs_on_the_loop(void **state)
{
    struct fixture *fixture = *state;
    struct holding holding;
    struct append appends[10] = {0};
    fixture_open(fixture);
    int64_t feed = add_feed(fixture);
    fixture_start(fixture);
    int64_t before = fixture_counts(fixture).commits;
    hold_submit(fixture, &holding, feed, 0);
    sem_wait(&holding.held);
    for (int i = 0; i < 10; i++)
        append_submit(fixture, &appends[i], i, STR("{}"));
    assert_int_equal(fixture_counts(fixture).jobs_queued, 11);
    sem_post(&holding.go);
    fixture_wait(fixture, &appends[9].done);
    assert_int_equal(fixture_counts(fixture).commits, before + 2);
    assert_int_equal(fixture_counts(fixture).jobs_queued, 0);
    for (int i = 0; i < 10; i++) {
        assert_true(appends[i].done);
        assert_int_equal(appends[i].error, 0);
        assert_true(pthread_equal(appends[i].done_on, pthread_self()));
        append_free(&appends[i]);
    }
    hold_free(&holding);
}

static void test_a_fault_of_one_job_undoes_that_job_alone(void **state)
{
    struct fixture *fixture = *state;
    struct holding first, faulty;
    struct append before = {0}, after = {0};
    struct record status = fixture_record(TOPIC_FEEDS, "never", STR("{}"));
    struct store_item item = {.candidate = {.key_hash = 1, .key = STR("k")}, .payload = STR("{}")};
    (void)snprintf(item.candidate.article_id, ARTICLE_ID_BYTES, "%032d", 1);
    fixture_open(fixture);
    int64_t feed = add_feed(fixture);
    fixture_start(fixture);
    hold_submit(fixture, &first, feed, 0);
    sem_wait(&first.held);
    append_submit(fixture, &before, 1, STR("{}"));
    hold_submit(fixture, &faulty, feed, ERR_RECORD);
    faulty.job.items = &item;
    faulty.job.item_count = faulty.job.durable.items_left = 1;
    faulty.job.records = &status;
    faulty.job.record_count = 1;
    append_submit(fixture, &after, 2, STR("{}"));
    sem_post(&faulty.go);
    sem_post(&first.go);
    fixture_wait(fixture, &after.done);
    assert_int_equal(first.error, 0);
    assert_int_equal(before.error, 0);
    assert_int_equal(faulty.error, ERR_RECORD);
    assert_int_equal(after.error, 0);
    struct store_counts counts = fixture_counts(fixture);
    assert_int_equal(counts.outbox, 2);
    assert_int_equal(counts.seen + counts.intake + counts.articles, 0);
    append_free(&before);
    append_free(&after);
    hold_free(&first);
    hold_free(&faulty);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).outbox, 2);
    assert_int_equal(fixture_counts(fixture).seen, 0);
}

static void test_closing_runs_what_is_queued(void **state)
{
    struct fixture *fixture = *state;
    struct append appends[50] = {0};
    fixture_open(fixture);
    fixture_start(fixture);
    for (int i = 0; i < 50; i++)
        append_submit(fixture, &appends[i], i, STR("{}"));
    store_close(&fixture->store);
    mailbox_drain(fixture->mailbox);
    for (int i = 0; i < 50; i++) {
        assert_true(appends[i].done);
        assert_int_equal(appends[i].error, 0);
        append_free(&appends[i]);
    }
    fixture_open(fixture);
    assert_false(fixture->unclean);
    assert_int_equal(fixture_counts(fixture).outbox, 50);
}

/* ---- Full -------------------------------------------------------------------------------------------------
 */

struct filled {
    struct append rows[ROWS_MAX];
    int count; /* the last of them waits for space */
    char value[VALUE_BYTES];
};

/* Appends rows until the database is full and one of them waits. */
static struct filled *fill(struct fixture *fixture)
{
    struct filled *filled = calloc(1, sizeof(*filled));
    memset(filled->value, 'x', VALUE_BYTES);
    fixture->options.bytes_max = 1 << 20;
    fixture_open(fixture);
    fixture_start(fixture);
    int64_t end = clock_monotonic_ms() + 30000;
    while (!fixture_counts(fixture).full) {
        assert_true(filled->count < ROWS_MAX && clock_monotonic_ms() < end);
        struct append *row = &filled->rows[filled->count];
        append_submit(fixture, row, filled->count++, str_make(filled->value, VALUE_BYTES));
        while (!row->done && !fixture_counts(fixture).full) {
            struct timeval step = {.tv_usec = 1000};
            event_base_loopexit(fixture->base, &step);
            event_base_dispatch(fixture->base);
        }
    }
    assert_false(filled->rows[filled->count - 1].done);
    return filled;
}

static void filled_free(struct filled *filled)
{
    for (int i = 0; i < filled->count; i++)
        append_free(&filled->rows[i]);
    free(filled);
}

struct reading {
    struct store_read_outbox job;
    int error;
    bool done;
};

static void on_read(struct store_job *base, int error)
{
    struct reading *reading = (struct reading *)base;
    reading->error = error;
    reading->done = true;
}

struct delivery {
    struct store_delivered job;
    int error;
    bool done;
};

static void on_delivered(struct store_job *base, int error)
{
    struct delivery *delivery = (struct delivery *)base;
    delivery->error = error;
    delivery->done = true;
}

static void test_a_full_database_waits_and_goes_on_when_rows_have_left(void **state)
{
    struct fixture *fixture = *state;
    struct filled *filled = fill(fixture);
    int64_t rows = fixture_counts(fixture).outbox;
    assert_int_equal(rows, filled->count - 1);
    assert_true(fixture_counts(fixture).database_bytes <= 1 << 20);

    /* Kafka's way out must stay open: the outbox can be read although a job that needs space waits. */
    struct reading reading = {
        .job = {.base = {.done = on_read, .arena = fixture->arena}, .rows_max = 5, .bytes_max = 1 << 20}};
    store_submit_read_outbox(fixture->store, &reading.job);
    fixture_wait(fixture, &reading.done);
    assert_int_equal(reading.error, 0);
    assert_int_equal(reading.job.row_count, 5);
    assert_true(fixture_counts(fixture).full);
    assert_false(filled->rows[filled->count - 1].done);

    int64_t rowids[5];
    for (size_t i = 0; i < 5; i++)
        rowids[i] = reading.job.rows[i].rowid;
    struct delivery delivery = {
        .job = {.base = {.done = on_delivered, .arena = fixture->arena}, .rowids = rowids, .count = 5}};
    store_submit_delivered(fixture->store, &delivery.job);
    fixture_wait(fixture, &delivery.done);
    assert_int_equal(delivery.error, 0);
    fixture_wait(fixture, &filled->rows[filled->count - 1].done);
    assert_int_equal(filled->rows[filled->count - 1].error, 0);
    assert_false(fixture_counts(fixture).full);
    assert_int_equal(fixture_counts(fixture).outbox, rows - 5 + 1);
    filled_free(filled);
}

static void test_closing_a_full_store_tells_the_waiting_jobs(void **state)
{
    struct fixture *fixture = *state;
    struct filled *filled = fill(fixture);
    int64_t rows = fixture_counts(fixture).outbox;
    store_close(&fixture->store);
    mailbox_drain(fixture->mailbox);
    assert_int_equal(filled->rows[filled->count - 1].error, ERR_SHUTDOWN);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).outbox, rows);
    filled_free(filled);
}

static void test_a_full_store_makes_no_hot_loop(void **state)
{
    struct fixture *fixture = *state;
    struct filled *filled = fill(fixture);
    struct timespec before, after;
    struct timeval half = {.tv_usec = 500000};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    event_base_loopexit(fixture->base, &half);
    event_base_dispatch(fixture->base);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    int64_t ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
    assert_true(ms < 100);
    store_close(&fixture->store);
    mailbox_drain(fixture->mailbox);
    filled_free(filled);
}

enum { LONG_ITEMS = 2500 };

struct long_poll {
    struct store_poll job;
    struct store_item items[LONG_ITEMS];
    const struct append *between;
    bool done, between_done;
    int error;
};

static int settle_long(struct store_poll *job)
{
    return feed_state_copy(&job->state, &job->state_before);
}

static void on_long(struct store_job *base, int error)
{
    struct long_poll *poll = (struct long_poll *)base;
    poll->error = error;
    poll->done = true;
    poll->between_done = poll->between && poll->between->done;
}

static void long_submit(struct fixture *fixture, struct long_poll *poll, int64_t feed)
{
    for (unsigned i = 0; i < LONG_ITEMS; i++) {
        struct entry_candidate *candidate = &poll->items[i].candidate;
        *candidate =
            (struct entry_candidate){.key_hash = i + 1, .key = STR("entry"), .title = STR("A title")};
        (void)snprintf(candidate->article_id, ARTICLE_ID_BYTES, "%032x", i + 1);
        memcpy(candidate->article_id_by_key, candidate->article_id, ARTICLE_ID_BYTES);
        poll->items[i].payload = STR("{}");
    }
    poll->job = (struct store_poll){
        .base = {.done = on_long, .arena = fixture->arena},
        .state_before = {.rowid = feed, .url = (char *)(uintptr_t) "https://feed.example/1"},
        .items = poll->items,
        .item_count = LONG_ITEMS,
        .settle = settle_long};
    store_submit_poll(fixture->store, &poll->job);
}

static void test_other_jobs_run_between_the_parts_of_a_long_one(void **state)
{
    struct fixture *fixture = *state;
    struct long_poll *poll = calloc(1, sizeof(*poll));
    struct holding holding;
    struct append append = {0};
    fixture_open(fixture);
    int64_t feed = add_feed(fixture);
    fixture_start(fixture);
    hold_submit(fixture, &holding, feed, 0);
    sem_wait(&holding.held);
    long_submit(fixture, poll, feed);
    append_submit(fixture, &append, 1, STR("{}"));
    poll->between = &append;
    sem_post(&holding.go);
    fixture_wait(fixture, &poll->done);
    assert_int_equal(poll->error, 0);
    assert_true(poll->between_done);
    assert_int_equal(poll->job.counts.fresh, LONG_ITEMS);
    assert_int_equal(fixture_counts(fixture).jobs_queued, 0);
    feed_state_done(&poll->job.state);
    hold_free(&holding);
    append_free(&append);
    free(poll);
}

static void *close_store(void *context)
{
    store_close(context);
    return NULL;
}

static bool is_ending(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    bool ending = store->ending;
    pthread_mutex_unlock(&store->lock);
    return ending;
}

static void test_a_stop_does_not_wait_for_the_rest_of_a_long_job(void **state)
{
    struct fixture *fixture = *state;
    struct long_poll *poll = calloc(1, sizeof(*poll));
    struct holding holding;
    fixture_open(fixture);
    int64_t feed = add_feed(fixture);
    fixture_start(fixture);
    hold_submit(fixture, &holding, feed, 0);
    sem_wait(&holding.held);
    long_submit(fixture, poll, feed);
    pthread_t closer;
    assert_int_equal(pthread_create(&closer, NULL, close_store, &fixture->store), 0);
    while (!is_ending(fixture->store)) /* its thread is held: it is still there */
        sched_yield();
    sem_post(&holding.go);
    pthread_join(closer, NULL);
    fixture_wait(fixture, &poll->done);
    assert_int_equal(poll->error, ERR_SHUTDOWN);
    fixture_open(fixture);
    assert_false(fixture->unclean);
    assert_in_range(fixture_counts(fixture).seen, 1, LONG_ITEMS - 1);
    feed_state_done(&poll->job.state);
    hold_free(&holding);
    free(poll);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_group_is_one_commit_and_done_runs_on_the_loop, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_fault_of_one_job_undoes_that_job_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_closing_runs_what_is_queued, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_jobs_run_between_the_parts_of_a_long_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_stop_does_not_wait_for_the_rest_of_a_long_job, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_full_database_waits_and_goes_on_when_rows_have_left, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_closing_a_full_store_tells_the_waiting_jobs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_full_store_makes_no_hot_loop, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

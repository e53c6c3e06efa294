/* revisit: the plan of visits along a clock, the verdict on each answer, and the rows behind them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "daemon/articles/revisit.h"
#include "daemon/store/store_expire.h"
#include "daemon/store/store_visits.h"
#include "daemon/store/store_jobs.h"

enum { HOUR_MS = 3600000 };

static struct option_delays delays_of(const char *text)
{
    struct option_delays delays;
    struct error error;
    assert_int_equal(option_delays(text, &delays, &error), 0);
    return delays;
}

/* ---- The plan ---- */

static void test_visits_follow_the_publication(void **state)
{
    (void)state;
    struct option_delays delays = delays_of("1h, 24h 7d");
    clock_virtual_start(now_ms, 1);
    int64_t first = clock_wall_ms();
    assert_int_equal(revisit_next(&delays, first, clock_wall_ms()), first + HOUR_MS);
    clock_virtual_advance(HOUR_MS - 1);
    assert_int_equal(revisit_next(&delays, first, clock_wall_ms()), first + HOUR_MS);
    clock_virtual_advance(1); /* it is made now: the next one */
    assert_int_equal(revisit_next(&delays, first, clock_wall_ms()), first + 24 * HOUR_MS);
    clock_virtual_advance(50 * HOUR_MS); /* slept through one: made up for by none */
    assert_int_equal(revisit_next(&delays, first, clock_wall_ms()), first + 168 * HOUR_MS);
    clock_virtual_advance(200 * HOUR_MS);
    assert_int_equal(revisit_next(&delays, first, clock_wall_ms()), 0);
    clock_virtual_stop();
}

static void test_without_times_nothing_is_visited(void **state)
{
    (void)state;
    struct option_delays delays = delays_of(NULL);
    assert_int_equal(delays.count, 0);
    assert_int_equal(revisit_next(&delays, now_ms, now_ms), 0);
}

static void test_each_answer_has_its_verdict(void **state)
{
    (void)state;
    static const struct {
        const char *error;
        int status;
        uint64_t shown;
        uint16_t missed;
        enum revisit_finding finding;
    } cases[] = {
        {NULL, 200, 7, 0, REVISIT_READ},
        {"not-modified", 304, 7, 1, REVISIT_UNCHANGED},
        {"http-status", 404, 7, 0, REVISIT_MISSING},
        {"http-status", 404, 7, 1, REVISIT_GONE},
        {"http-status", 410, 7, 0, REVISIT_GONE},
        {"http-status", 410, 0, 3, REVISIT_MISSING}, /* it was never there */
        {"http-status", 404, 0, 3, REVISIT_MISSING},
        {"http-status", 503, 7, 1, REVISIT_FAILED},
        {"robots", 0, 7, 1, REVISIT_FAILED},
        {"timeout", 404, 7, 1, REVISIT_FAILED},
        {"host-busy", 0, 7, 0, REVISIT_FAILED},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page_fetch page = {.error = cases[i].error, .status = cases[i].status};
        assert_int_equal(revisit_judge(&page, cases[i].shown, cases[i].missed), cases[i].finding);
    }
}

/* ---- The store ---- */

static const char payload[] = "{\"entry\":{}}";
static char article[ARTICLE_ID_BYTES];

static struct store_visit visit_of(enum visit_word word, int64_t due_ms)
{
    return (struct store_visit){.word = word,
                                .first_ms = now_ms,
                                .due_ms = due_ms,
                                .shown = 77,
                                .url = STR("https://news.example/a"),
                                .etag = STR("\"v1\""),
                                .payload = str_from(payload)};
}

/* Finishes an item of the intake, or with rowid 0 a visit. True when a feed was faster. */
static bool finish_with(struct fixture *fixture, int64_t rowid, uint32_t revision, struct store_visit visit)
{
    struct record record = fixture_record(TOPIC_ARTICLES, "record", STR("{}"));
    struct store_finish job = {.rowid = rowid,
                               .records = &record,
                               .record_count = 1,
                               .article_id = str_from(article),
                               .title = STR("A title"),
                               .text = STR("A text."),
                               .revision = revision,
                               .now_ms = now_ms,
                               .visit = visit};
    store_submit_finish(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job.overtaken;
}

static void begin(struct fixture *fixture)
{
    take_one_in(fixture, 1);
    struct store_take taken = take(fixture, list(fixture).rows[0].rowid);
    memcpy(article, taken.article_id, sizeof(article));
    assert_false(finish_with(fixture, taken.rowid, 1, visit_of(VISIT_BEGIN, now_ms + HOUR_MS)));
    assert_int_equal(fixture_counts(fixture).visits, 1);
}

static struct store_due_visits due(struct fixture *fixture, int64_t at_ms)
{
    struct store_due_visits job = {.now_ms = at_ms, .limit = 10};
    store_submit_due_visits(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static void plan(struct fixture *fixture, struct store_visit visit)
{
    struct store_plan_visit job = {.article_id = article, .visit = visit};
    store_submit_plan_visit(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
}

static struct store_take take_visit(struct fixture *fixture)
{
    struct store_take job = {.kind = ARTICLE_REVISED, .created_ms = now_ms + HOUR_MS};
    memcpy(job.article_id, article, sizeof(article));
    store_submit_take(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static void test_a_visit_is_due_in_its_time_and_over_a_restart(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_int_equal(due(fixture, now_ms + HOUR_MS - 1).row_count, 0);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).visits, 1);
    struct store_due_visits found = due(fixture, now_ms + HOUR_MS);
    assert_int_equal(found.row_count, 1);
    assert_string_equal(found.rows[0].article_id, article);
    assert_true(str_equal(found.rows[0].url, STR("https://news.example/a")));
    assert_true(str_equal(found.rows[0].etag, STR("\"v1\"")));
    assert_null(found.rows[0].changed.ptr);
    assert_true(found.rows[0].shown == 77 && found.rows[0].first_ms == now_ms);
    assert_int_equal(found.rows[0].attempts + found.rows[0].missed, 0);
    plan(fixture,
         (struct store_visit){
             .word = VISIT_PLAN, .due_ms = now_ms + 2 * HOUR_MS, .missed = 1, .changed = STR("today")});
    assert_int_equal(due(fixture, now_ms + HOUR_MS).row_count, 0);
    found = due(fixture, now_ms + 2 * HOUR_MS);
    assert_int_equal(found.rows[0].missed, 1);
    assert_true(str_equal(found.rows[0].changed, STR("today")));
    plan(fixture, (struct store_visit){.word = VISIT_END});
    assert_int_equal(fixture_counts(fixture).visits, 0);
}

static void test_what_a_visit_finds_is_the_next_revision(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    struct store_take taken = take_visit(fixture);
    assert_true(taken.found);
    assert_int_equal(taken.revision, 2);
    assert_int_equal(taken.attempts, 1);
    assert_true(str_equal(taken.payload, str_from(payload)));
    assert_true(str_equal(taken.previous_text, STR("A text.")));
    assert_int_equal(take_visit(fixture).attempts, 2); /* the process died of the first */
    assert_false(finish_with(fixture, 0, 2, visit_of(VISIT_READ, now_ms + 2 * HOUR_MS)));
    assert_int_equal(fixture_counts(fixture).outbox, 2);
    assert_int_equal(due(fixture, now_ms + HOUR_MS).row_count, 0);
    assert_int_equal(due(fixture, now_ms + 2 * HOUR_MS).rows[0].attempts, 0);
    taken = take_visit(fixture);
    assert_int_equal(taken.revision, 3);
    assert_false(finish_with(fixture, 0, 3, visit_of(VISIT_END, 0)));
    assert_int_equal(fixture_counts(fixture).visits, 0);
}

static void test_a_feed_that_is_faster_goes_first(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    assert_true(take_visit(fixture).found);
    take_one_in(fixture, 2); /* the feed's revision 2 */
    assert_true(finish_with(fixture, 0, 2, visit_of(VISIT_READ, now_ms + 2 * HOUR_MS)));
    assert_int_equal(fixture_counts(fixture).outbox, 1);
    assert_int_equal(due(fixture, now_ms + 2 * HOUR_MS).row_count, 1);
    assert_false(take_visit(fixture).found); /* as long as it waits */
    struct store_take revision = take(fixture, list(fixture).rows[0].rowid);
    assert_false(finish_with(fixture, revision.rowid, revision.revision, visit_of(VISIT_READ, 0)));
    assert_int_equal(due(fixture, now_ms + 2 * HOUR_MS - 1).row_count, 0); /* as planned before */
    assert_int_equal(take_visit(fixture).revision, 3);
}

static void test_articles_of_removed_feeds_are_not_visited(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    int64_t feed = 1;
    struct store_feeds job = {.remove = &feed, .remove_count = 1};
    store_submit_feeds(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    assert_int_equal(due(fixture, now_ms + HOUR_MS).row_count, 0);
    assert_int_equal(fixture_counts(fixture).visits, 0);
}

static void test_visits_that_nobody_makes_are_forgotten(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture);
    for (int days = 6; days <= 9; days += 3) {
        struct store_expire job = {
            .now_ms = now_ms + (int64_t)days * 24 * HOUR_MS, .feeds_max = 100, .rows_max = 100};
        store_submit_expire(fixture->store, &job);
        assert_int_equal(fixture_run(fixture, &job.base), 0);
        assert_int_equal(fixture_counts(fixture).visits, days < 7);
    }
}

#define STORED(test) cmocka_unit_test_setup_teardown(test, set_up_open, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visits_follow_the_publication),
        cmocka_unit_test(test_without_times_nothing_is_visited),
        cmocka_unit_test(test_each_answer_has_its_verdict),
        STORED(test_a_visit_is_due_in_its_time_and_over_a_restart),
        STORED(test_what_a_visit_finds_is_the_next_revision),
        STORED(test_a_feed_that_is_faster_goes_first),
        STORED(test_articles_of_removed_feeds_are_not_visited),
        STORED(test_visits_that_nobody_makes_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* metrics: counters, quantiles, and a page that a Prometheus scraper can read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/process/metrics.h"
#include "feeds/http/http_answer.h"

static int reset(void **state)
{
    (void)state;
    metrics_reset();
    return 0;
}

static void test_counters_add_and_gauges_are_set(void **state)
{
    (void)state;
    metrics_add(METRIC_POLLS, 2);
    metrics_add(METRIC_POLLS, 3);
    metrics_set(METRIC_OUTBOX_ROWS, 9);
    metrics_set(METRIC_OUTBOX_ROWS, 4);
    assert_int_equal(metrics_get(METRIC_POLLS), 5);
    assert_int_equal(metrics_get(METRIC_OUTBOX_ROWS), 4);
    metrics_reset();
    assert_int_equal(metrics_get(METRIC_POLLS), 0);
}

static void test_poll_errors_are_counted_by_class_and_in_sum(void **state)
{
    (void)state;
    metrics_add_poll_error(1);
    metrics_add_poll_error(1);
    metrics_add_poll_error(FETCH_ERROR_COUNT - 1);
    metrics_add_poll_error(FETCH_ERROR_NONE); /* no failure */
    metrics_add_poll_error(FETCH_ERROR_COUNT);
    metrics_add_poll_error(-1);
    assert_int_equal(metrics_get_poll_error(1), 2);
    assert_int_equal(metrics_get_poll_error(FETCH_ERROR_COUNT - 1), 1);
    assert_int_equal(metrics_get_poll_error(FETCH_ERROR_COUNT), 0);
    assert_int_equal(metrics_get(METRIC_POLLS_FAILED), 3);
}

static void test_quantiles_lie_in_the_right_bucket(void **state)
{
    (void)state;
    assert_float_equal(metrics_quantile(METRIC_DELAY_DELIVERED, 0.5), 0, 0);
    for (int i = 0; i < 90; i++)
        metrics_observe(METRIC_DELAY_DELIVERED, 40); /* in (32, 56] */
    for (int i = 0; i < 10; i++)
        metrics_observe(METRIC_DELAY_DELIVERED, 4000); /* in (3162, 5623] */
    double median = metrics_quantile(METRIC_DELAY_DELIVERED, 0.5),
           high = metrics_quantile(METRIC_DELAY_DELIVERED, 0.95);
    assert_true(median > 32 && median <= 56);
    assert_true(high > 3162 && high <= 5623);
    assert_true(metrics_quantile(METRIC_DELAY_DELIVERED, 1.0) <= 5623);
    metrics_window_start();
    assert_float_equal(metrics_quantile(METRIC_DELAY_DELIVERED, 0.5), 0, 0);
}

static void test_delays_out_of_all_bounds_are_kept_at_the_ends(void **state)
{
    (void)state;
    metrics_observe(METRIC_DELAY_FETCHED, -5000); /* a feed from the future */
    assert_true(metrics_quantile(METRIC_DELAY_FETCHED, 0.5) <= 1);
    metrics_window_start();
    metrics_observe(METRIC_DELAY_FETCHED, INT64_MAX / 4);
    assert_float_equal(metrics_quantile(METRIC_DELAY_FETCHED, 0.5), 10000000, 0);
}

/* ---- The page ---------------------------------------------------------------------------------------------
 */

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

static bool is_name(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", text[i]))
            return false;
    return len > 6 && !strncmp(text, "newsd_", 6);
}

/* The text exposition format 0.0.4: comments that announce, samples of what was announced. */
static void check_page(char *page)
{
    char announced[128] = "", *rest = page;
    for (char *line = strsep(&rest, "\n"); rest; line = strsep(&rest, "\n")) {
        if (!strncmp(line, "# HELP ", 7))
            continue;
        if (!strncmp(line, "# TYPE ", 7)) {
            size_t len = strcspn(line + 7, " ");
            assert_true(is_name(line + 7, len));
            (void)snprintf(announced, sizeof(announced), "%.*s", (int)len, line + 7);
            const char *type = line + 7 + len + 1;
            assert_true(!strcmp(type, "counter") || !strcmp(type, "gauge") || !strcmp(type, "histogram"));
            if (!strcmp(type, "counter"))
                assert_string_equal(announced + strlen(announced) - 6, "_total");
            continue;
        }
        size_t len = strcspn(line, "{ ");
        assert_true(is_name(line, len));
        assert_int_equal(strncmp(line, announced, strlen(announced)), 0);
        char *value = strrchr(line, ' '), *end;
        assert_non_null(value);
        (void)strtoll(value + 1, &end, 10);
        assert_true(end > value + 1 && *end == '\0');
        if (line[len] == '{')
            assert_true(value[-1] == '}' && value[-2] == '"');
    }
}

static void test_the_page_is_well_formed(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer page = {0};
    metrics_observe(METRIC_DELAY_DELIVERED, 3);
    assert_int_equal(metrics_render(&page), 0);
    assert_int_equal(page.ptr[page.len - 1], '\n');
    /* Every metric is announced once, however many labels it has. */
    assert_int_equal(count_of(page.ptr, "# TYPE newsd_feeds_by_status "), 1);
    assert_int_equal(count_of(page.ptr, "\nnewsd_feeds_by_status{status=\""), 5);
    assert_int_equal(count_of(page.ptr, "# TYPE "), count_of(page.ptr, "# HELP "));
    check_page(page.ptr);
}

static void test_histograms_are_cumulative_with_sum_and_count(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer page = {0};
    metrics_observe(METRIC_STAGE_TIME, 1);
    metrics_observe(METRIC_STAGE_TIME, 50);
    metrics_observe(METRIC_STAGE_TIME, INT64_C(20000000));
    assert_int_equal(metrics_render(&page), 0);
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_bucket{le=\"1\"} 1\n"));
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_bucket{le=\"32\"} 1\n"));
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_bucket{le=\"56\"} 2\n"));
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_bucket{le=\"10000000\"} 2\n"));
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_bucket{le=\"+Inf\"} 3\n"));
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_sum 20000051\n"));
    assert_non_null(strstr(page.ptr, "newsd_article_time_ms_count 3\n"));
}

static void test_a_new_window_leaves_the_page_alone(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer before = {0}, after = {0};
    metrics_observe(METRIC_STAGE_TIME, 50);
    assert_int_equal(metrics_render(&before), 0);
    metrics_window_start();
    assert_int_equal(metrics_render(&after), 0);
    assert_string_equal(before.ptr, after.ptr);
}

enum { THREADS = 4, STEPS = 20000 };

static void *count(void *context)
{
    (void)context;
    for (int i = 0; i < STEPS; i++) {
        metrics_add(METRIC_POLLS, 1);
        metrics_observe(METRIC_STAGE_TIME, i % 100);
    }
    return NULL;
}

static void test_threads_lose_no_count(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer page = {0};
    pthread_t threads[THREADS];
    char line[64];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(metrics_get(METRIC_POLLS), THREADS * STEPS);
    assert_int_equal(metrics_render(&page), 0);
    (void)snprintf(line, sizeof(line), "newsd_article_time_ms_count %d\n", THREADS * STEPS);
    assert_non_null(strstr(page.ptr, line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_counters_add_and_gauges_are_set, reset),
        cmocka_unit_test_setup(test_poll_errors_are_counted_by_class_and_in_sum, reset),
        cmocka_unit_test_setup(test_quantiles_lie_in_the_right_bucket, reset),
        cmocka_unit_test_setup(test_delays_out_of_all_bounds_are_kept_at_the_ends, reset),
        cmocka_unit_test_setup(test_the_page_is_well_formed, reset),
        cmocka_unit_test_setup(test_histograms_are_cumulative_with_sum_and_count, reset),
        cmocka_unit_test_setup(test_a_new_window_leaves_the_page_alone, reset),
        cmocka_unit_test_setup(test_threads_lose_no_count, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

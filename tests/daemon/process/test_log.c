/* log: one line per message whatever is in it, fields, levels, and repeats counted instead of written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <jansson.h>
#include <pthread.h>

#include "base/clock.h"
#include "daemon/process/event_log.h"
#include "daemon/process/log.h"
#include "daemon/capture.h"

static size_t lines_in(const char *text)
{
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void test_logfmt_quotes_what_needs_it(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 6);
    capture_begin();
    log_write(LOG_KIND_FEED_FAILING, 4, NULL,
              LOG_FIELDS({"FEED", "https://feed.example/a?b=c"}, {"ERROR", "http-status"}, {"HOST", NULL},
                         {"STAGE", ""}, {"TOPIC", "a \"b\" \\c"}),
              "feed %s is failing: \"%s\"", "one", "503");
    const char *said = capture_end();
    assert_int_equal(lines_in(said), 1);
    assert_int_equal(strncmp(said, "ts=20", 5), 0);
    assert_says(
        said,
        " level=warning msg=\"feed one is failing: \\\"503\\\"\" kind=feed-failing "
        "feed=\"https://feed.example/a?b=c\" error=http-status stage=\"\" topic=\"a \\\"b\\\" \\\\c\"\n");
    assert_null(strstr(said, "host="));
}

static void test_json_is_json_whatever_stands_in_it(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_JSON, 6);
    capture_begin();
    log_write(LOG_KIND_REJECT, 3, NULL, LOG_FIELDS({"ARTICLE", "\"\\\x01\xff\xc3\xa9"}, {"ERROR", NULL}),
              "a \"quoted\" \\ line\nbreak \x1b[31m and \xff\xfe");
    const char *said = capture_end();
    assert_int_equal(lines_in(said), 1);
    json_t *line = json_loads(said, 0, NULL);
    assert_non_null(line);
    assert_string_equal(json_string_value(json_object_get(line, "level")), "error");
    assert_string_equal(json_string_value(json_object_get(line, "kind")), "reject");
    assert_int_equal(strlen(json_string_value(json_object_get(line, "message_id"))), 32);
    assert_string_equal(json_string_value(json_object_get(line, "msg")),
                        "a \"quoted\" \\ line break  [31m and ??");
    assert_non_null(json_object_get(line, "article"));
    assert_non_null(json_object_get(line, "ts"));
    json_decref(line);
}

static void test_a_line_break_in_a_field_makes_no_second_line(void **state)
{
    (void)state;
    static const char forged[] = "x\nts=2022-01-11T10:33:00Z level=error msg=forged";
    log_setup(LOG_TARGET_LOGFMT, 6);
    capture_begin();
    log_write(LOG_KIND_OTHER, 6, NULL, LOG_FIELDS({"URL", forged}), "title: %s", forged);
    const char *said = capture_end();
    assert_int_equal(lines_in(said), 1);
}

static void test_bytes_that_are_no_utf8_do_not_reach_a_logfmt_line(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 6);
    capture_begin();
    log_write(LOG_KIND_OTHER, 6, NULL, LOG_FIELDS({"URL", "a\xff\x7f z\xc3\xa9"}), "b\xfe c\x7f");
    const char *said = capture_end();
    for (const char *c = said; *c; c++)
        assert_true((unsigned char)*c < 0x7f || (unsigned char)*c == 0xc3 || (unsigned char)*c == 0xa9);
}

static void test_the_level_decides_and_can_be_changed(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 5);
    capture_begin();
    log_info("too quiet");
    log_notice("heard");
    log_set_level(7);
    log_debug("now heard");
    log_set_level(3);
    log_warning("not any more");
    log_error("but this");
    const char *said = capture_end();
    assert_int_equal(lines_in(said), 3);
    assert_says(said, "level=notice msg=heard\n");
    assert_says(said, "level=debug msg=\"now heard\"\n");
    assert_says(said, "level=error msg=\"but this\"\n");
}

static void test_repeats_about_one_subject_are_counted_not_written(void **state)
{
    (void)state;
    size_t written, suppressed, written_before, suppressed_before;
    log_setup(LOG_TARGET_LOGFMT, 6);
    log_counts(&written_before, &suppressed_before);
    clock_virtual_start(1641897180000, 1);
    capture_begin();
    for (int i = 0; i < 50; i++)
        log_write(LOG_KIND_FEED_FAILING, 4, "https://feed.example/1", NULL, "feed one fails");
    log_write(LOG_KIND_FEED_FAILING, 4, "https://feed.example/2", NULL, "feed two fails");
    log_write(LOG_KIND_FEED_RECOVERED, 5, "https://feed.example/1", NULL, "feed one recovers");
    clock_virtual_advance(59999);
    log_write(LOG_KIND_FEED_FAILING, 4, "https://feed.example/1", NULL, "feed one fails");
    clock_virtual_advance(1);
    log_write(LOG_KIND_FEED_FAILING, 4, "https://feed.example/1", NULL, "feed one fails again");
    clock_virtual_advance(60000);
    log_write(LOG_KIND_FEED_FAILING, 4, "https://feed.example/1", NULL, "feed one fails still");
    const char *said = capture_end();
    clock_virtual_stop();
    assert_int_equal(lines_in(said), 5);
    assert_says(said, "feed two fails");
    assert_says(said, "feed one recovers");
    assert_says(said, "feed one fails again (50 more like this were left out)");
    assert_says(said, "msg=\"feed one fails still\"");
    log_counts(&written, &suppressed);
    assert_int_equal(written - written_before, 5);
    assert_int_equal(suppressed - suppressed_before, 50);
}

static void test_messages_without_a_subject_are_never_left_out(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 6);
    capture_begin();
    for (int i = 0; i < 10; i++)
        log_write(LOG_KIND_SUMMARY, 6, NULL, NULL, "summary");
    assert_int_equal(lines_in(capture_end()), 10);
}

static void test_a_long_message_is_cut_and_stays_one_line(void **state)
{
    (void)state;
    char *text = malloc(20001);
    memset(text, 'x', 20000);
    text[20000] = '\0';
    log_setup(LOG_TARGET_JSON, 6);
    capture_begin();
    log_info("%s", text);
    const char *said = capture_end();
    free(text);
    assert_int_equal(lines_in(said), 1);
    json_t *line = json_loads(said, 0, NULL);
    assert_non_null(line);
    assert_in_range(json_string_length(json_object_get(line, "msg")), 1000, 5000);
    json_decref(line);
}

enum { THREADS = 4, LINES = 200 };

static void *write_lines(void *context)
{
    for (int i = 0; i < LINES; i++)
        log_info("thread %d writes line %d with some words to make it longer", *(int *)context, i);
    return NULL;
}

static void test_lines_of_threads_do_not_mix(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    int numbers[THREADS];
    log_setup(LOG_TARGET_LOGFMT, 6);
    capture_begin();
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, write_lines, &numbers[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    const char *said = capture_end();
    size_t whole = 0;
    for (const char *line = said; *line; line = strchr(line, '\n') + 1)
        whole += !strncmp(line, "ts=", 3) && strcspn(line, "\n") < 150;
    assert_true(whole > 100);
    assert_int_equal(whole, lines_in(said));
}

/* An event of a descriptor that is closed, which epoll refuses. */
static void provoke(struct event_base *base)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[1]);
    close(ends[0]);
    struct event *event = event_new(base, ends[0], EV_READ, NULL, NULL);
    assert_int_equal(event_add(event, NULL), -1);
    event_free(event);
}

static void test_what_libevent_says_is_a_line_of_the_log(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 6);
    event_log_setup();
    struct event_base *base = event_base_new();
    capture_begin();
    provoke(base);
    const char *said = capture_end();
    event_base_free(base);
    event_set_log_callback(NULL);
    assert_int_equal(lines_in(said), 1);
    assert_int_equal(strncmp(said, "ts=20", 5), 0);
    assert_says(said, " level=warning msg=\"libevent: Epoll ADD(1) on fd ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_logfmt_quotes_what_needs_it),
        cmocka_unit_test(test_json_is_json_whatever_stands_in_it),
        cmocka_unit_test(test_a_line_break_in_a_field_makes_no_second_line),
        cmocka_unit_test(test_bytes_that_are_no_utf8_do_not_reach_a_logfmt_line),
        cmocka_unit_test(test_the_level_decides_and_can_be_changed),
        cmocka_unit_test(test_repeats_about_one_subject_are_counted_not_written),
        cmocka_unit_test(test_messages_without_a_subject_are_never_left_out),
        cmocka_unit_test(test_a_long_message_is_cut_and_stays_one_line),
        cmocka_unit_test(test_lines_of_threads_do_not_mix),
        cmocka_unit_test(test_what_libevent_says_is_a_line_of_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* poll_fixture: one feed, its policy and the next answer, for the tests of the polling rules. Included once
 * by each such program. */
#ifndef NEWSD_TESTS_FEEDS_POLL_FIXTURE_H
#define NEWSD_TESTS_FEEDS_POLL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "feeds/poll/poll_rules.h"

#define NOW 1641897180000LL /* Tue, 11 Jan 2022 10:33:00 GMT */
#define MINUTE 60000LL
#define HOUR 3600000LL
#define DAY (24 * HOUR)

static struct feed_state state;
static struct poll_policy policy;
static struct poll_change change;
static struct poll_findings found;
static struct poll_verdict verdict;
static struct http_answer answer;
static struct http_header headers[8];
static int64_t now;

static inline int setup(void **unused)
{
    (void)unused;
    state = (struct feed_state){.url = strdup("http://news.example/feed"), .status_since_ms = NOW};
    poll_policy_default(&policy);
    policy.jitter = false;
    now = NOW;
    clock_virtual_start(NOW, 1);
    return 0;
}

static inline int teardown(void **unused)
{
    (void)unused;
    feed_state_done(&state);
    clock_virtual_stop();
    return 0;
}

/* The next answer; headers are added behind it. */
static inline void answers(int status, const char *body)
{
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    memset(headers, 0, sizeof(headers));
    answer = (struct http_answer){.status = status,
                                  .headers = headers,
                                  .body = str_from(body),
                                  .was_conditional = request.conditional,
                                  .received_ms = now};
    found = (struct poll_findings){0};
}

static inline void header(const char *name, const char *value)
{
    headers[answer.header_count++] = (struct http_header){str_from(name), str_from(value)};
}

static inline void finds(uint32_t known, uint32_t fresh)
{
    found.known = known;
    found.fresh = fresh;
    found.entries = known + fresh;
}

static inline void redirects(const char *target, bool permanent)
{
    answer.redirected = true;
    answer.redirect_permanent = permanent;
    answer.final_url = target;
}

static inline enum fetch_error judged(void)
{
    poll_judge(&state, &policy, &answer, now, &verdict);
    return verdict.error;
}

static inline void settled(void)
{
    judged();
    assert_int_equal(poll_settle(&state, &policy, &answer, &verdict, &found, now, &change), 0);
    if (verdict.kind == POLL_BODY && found.parse_error == FETCH_ERROR_NONE)
        state.backfilled = true; /* as the poller does */
}

/* A poll that works and brings the given document. */
static inline void document(const char *body, uint32_t known, uint32_t fresh)
{
    answers(200, body);
    finds(known, fresh);
    settled();
    assert_int_equal(verdict.kind, POLL_BODY);
}

static inline void fails(enum fetch_error error)
{
    answers(0, "");
    answer.error = error;
    settled();
}

static inline void fails_status(int status)
{
    answers(status, "sorry");
    settled();
}

static inline double hours_to_next(void)
{
    return (double)(state.next_poll_ms - now) / HOUR;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif

/* poll_rules: from an HTTP answer to what a feed's state becomes. Pure rules, no I/O: each rule of the
 * polling contract (P, S, T numbers) is one testable step here.
 *
 *     poll_prepare(&state, &policy, now, &request);          what to send
 *     ... fetch ...
 *     poll_judge(&state, &policy, &answer, now, &verdict);   what the answer means
 *     if (verdict.kind == POLL_BODY) ... parse, identify ...
 *     poll_settle(&state, &policy, &answer, &verdict, &found, now);   new state, next_poll_ms
 *
 * judge changes nothing; settle writes the new validators, schedule and status into *state in one go,
 * so that the store can commit it together with the entries. A verdict of POLL_BODY whose document
 * turns out to be no feed is settled with found.parse_error set. */
#ifndef NEWSD_FEEDS_POLL_POLL_RULES_H
#define NEWSD_FEEDS_POLL_POLL_RULES_H

#include "base/arena.h"
#include "base/str.h"
#include "feeds/poll/feed_state.h"
#include "feeds/poll/poll_facts.h"

struct poll_request {
    const char *url;  /* borrowed from the state */
    const char *etag; /* NULL when not to be sent */
    const char *last_modified;
    bool conditional;
    bool http1_only;
    bool unchecked_certificate;
};

struct poll_change {
    bool status_changed; /* a line in the log and a record on news.feeds are due */
    enum feed_status before;
    bool moved;     /* moved_to was adopted just now */
    bool set_aside; /* by poll_set_aside() */
    bool gap;       /* T6: entries were probably lost between two polls ... */
    uint32_t lost;  /* ... and about how many */
};

void poll_policy_default(struct poll_policy *policy);

/* When a feed read back from the store is to be polled. next_poll_ms, unless the clock has made nonsense of
 * it: one written while the clock was ahead counts from now; what is long overdue after a standstill is
 * spread over the shortest interval; and two polls keep that interval between them (T9). */
int64_t poll_resume_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* A feed at whose documents newsd has died several times in a row is left alone for a day, and then tried
 * once: one feed must not keep all others from being read. True when that is so now: a line and a record are
 * due. */
bool poll_set_aside(struct feed_state *state, int64_t now_ms, struct poll_change *ret_change);

void poll_prepare(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms,
                  struct poll_request *ret_request);

void poll_judge(const struct feed_state *state, const struct poll_policy *policy,
                const struct http_answer *answer, int64_t now_ms, struct poll_verdict *ret_verdict);

/* 0 or -ENOMEM (the state is then unchanged). `found` may be NULL for verdicts other than POLL_BODY.
 * A body that the connection cut short is judged POLL_BODY too, so that its whole entries are taken; when the
 * parser also finds it cut (found.truncated), it settles as a failed poll. */
int poll_settle(struct feed_state *state, const struct poll_policy *policy, const struct http_answer *answer,
                const struct poll_verdict *verdict, const struct poll_findings *found, int64_t now_ms,
                struct poll_change *ret_change);

/* A document that came by push (WebSub): it may hold only what is new, and its body is not what the feed's
 * address answers. So it changes neither validators nor schedule nor hints, and a bad one changes nothing. */
void poll_settle_push(struct feed_state *state, const struct poll_findings *found, int64_t now_ms,
                      struct poll_change *ret_change);

/* An older page of the feed, read after a gap: what it brought is not lost. */
void poll_settle_older(struct feed_state *state, const struct poll_findings *found);

#endif

/* poll_rules: requests, verdicts and settlements. Pure; the order of a poll stands in the header. */
#include "feeds/poll/poll_rules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/url.h"
#include "base/utf8.h"
#include "feeds/http/cache_hints.h"
#include "feeds/poll/interval.h"
#include "feeds/poll/validators.h"

enum {
    REDIRECT_SIGHTINGS = 3,            /* S1: beside the time, so that one odd week adopts nothing */
    URL_BYTES_MAX = 2048,              /* N2: no longer address is adopted */
    TITLE_BYTES_MAX = 512,             /* a state is held for each of 100 000 feeds */
    OTHER_ADDRESS_AFTER = 6,           /* failures in a row, and again after so many more */
    UNREACHABLE_MS = 7 * 24 * 3600000, /* a host that is only unreachable gets a week before that */
    THROTTLED_MS = 24 * 3600000,       /* so long without success is a failure, however politely it is said */
    WAIT_MAX_MS =
        8 * 24 * 3600000LL, /* the longest wait of a feed that works: a week of closed days, a day of hint */
    UNWATCHED_MS =
        31 * 24 * 3600000LL, /* no feed waits longer for its poll: newsd was down, or a clock set */
    STOPPED_MAX = 3,
    SET_ASIDE_MS = 24 * 3600000,
    FAILED_WAIT_MAX_MS = 31 * 24 * 3600000LL, /* S6 with its jitter */
};

void poll_policy_default(struct poll_policy *policy)
{
    *policy = (struct poll_policy){
        .interval_min_s = 600,
        .interval_max_s = 86400,
        .interval_default_s = 3600,
        .hint_max_s = 86400,
        .failing_after = 3,
        .endless_304_s = 8 * 86400,
        .redirect_adopt_s = 7 * 86400,
        .jitter = true,
    };
}

void poll_prepare(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms,
                  struct poll_request *ret_request)
{
    bool conditional = !state->distrust_validators && (state->etag || state->last_modified) &&
                       !validators_proof_due(state, policy, now_ms);
    *ret_request = (struct poll_request){
        .url = feed_state_poll_url(state),
        .etag = conditional ? state->etag : NULL,
        .last_modified = conditional ? state->last_modified : NULL,
        .conditional = conditional,
        .http1_only = state->http1_only,
        .unchecked_certificate = state->unchecked_certificate,
    };
}

/* ---- Verdict ---- */

static enum fetch_error status_error(const struct http_answer *answer)
{
    int status = answer->status;
    if (http_answer_is_challenge(answer))
        return FETCH_ERROR_CHALLENGE;
    if (http_answer_is_throttled(answer))
        return FETCH_ERROR_THROTTLED;
    switch (status) {
    case 204:
    case 205:
        return FETCH_ERROR_EMPTY;
    case 206:
        return FETCH_ERROR_PARTIAL;
    case 304: /* nobody had asked */
        return FETCH_ERROR_HTTP_PROTOCOL;
    case 401:
    case 403:
        return FETCH_ERROR_FORBIDDEN;
    case 404:
        return FETCH_ERROR_NOT_FOUND;
    case 410:
        return FETCH_ERROR_GONE;
    default:
        break;
    }
    if (status >= 500)
        return FETCH_ERROR_STATUS_SERVER;
    if (status >= 400)
        return FETCH_ERROR_STATUS_CLIENT;
    return status >= 300 ? FETCH_ERROR_REDIRECT : FETCH_ERROR_HTTP_PROTOCOL;
}

void poll_judge(const struct feed_state *state, const struct poll_policy *policy,
                const struct http_answer *answer, int64_t now_ms, struct poll_verdict *ret_verdict)
{
    (void)policy; /* no rule of judging can be set so far */
    struct poll_verdict verdict = {.kind = POLL_FAILED, .error = answer->error};
    bool good = answer->status == 200 || answer->status == 203;
    bool cut_short = answer->error == FETCH_ERROR_TRUNCATED;
    bool empty = good && str_trim(answer->body).len == 0;
    if (answer->error != FETCH_ERROR_NONE && !(cut_short && good && !empty)) {
        /* the transport's own word */
    } else if (answer->status == 304 && answer->was_conditional) {
        verdict.kind = POLL_UNCHANGED;
    } else if (empty) {
        verdict.error = FETCH_ERROR_EMPTY; /* S10 */
    } else if (good) {
        verdict.error = FETCH_ERROR_NONE;
        verdict.body_hash = hash_64(answer->body);
        verdict.kind = verdict.body_hash == state->body_hash ? POLL_UNCHANGED : POLL_BODY; /* P8 */
    } else {
        verdict.error = status_error(answer);
    }
    if (verdict.error == FETCH_ERROR_THROTTLED)
        verdict.retry_after_ms = cache_pause_ms(answer, now_ms);
    *ret_verdict = verdict;
}

/* ---- Settlement ---- */

/* Strings that a settlement may replace: made first, so that running out of memory changes nothing. */
struct replacements {
    char *etag, *last_modified, *title, *redirect_target, *moved_to;
    bool set_validators, set_title, set_redirect, set_moved;
    bool lied; /* the validators did */
};

static char *copy(struct str s, bool *failed)
{
    if (!s.ptr)
        return NULL;
    char *text = strndup(s.ptr, s.len);
    if (!text)
        *failed = true;
    return text;
}

static bool same_text(const char *a, struct str b)
{
    return a && b.ptr && str_equal(str_from(a), b);
}

static void plan_validators(const struct feed_state *state, const struct http_answer *answer,
                            const struct poll_verdict *verdict, const struct poll_findings *found,
                            struct replacements *plan, bool *failed)
{
    struct validators validators;
    validators_judge(state, answer, verdict, found, &validators);
    plan->lied = validators.lied;
    plan->set_validators = validators.replace;
    plan->etag = copy(validators.etag, failed);
    plan->last_modified = copy(validators.last_modified, failed);
}

/* Host and port as written, without what stands before an "@". */
static struct str host_of(struct str url)
{
    size_t start = url_scheme(url).len + 3, end = start;
    while (end < url.len && url.ptr[end] != '/' && url.ptr[end] != '?' && url.ptr[end] != '#')
        end++;
    struct str host = str_slice(url, start, end);
    ptrdiff_t at = str_find_byte(host, '@', 0);
    return at < 0 ? host : str_slice(host, (size_t)at + 1, host.len);
}

static bool is_https_upgrade(struct str from, struct str to)
{
    return str_equal_nocase(url_scheme(from), STR("http")) &&
           str_equal_nocase(url_scheme(to), STR("https")) && str_equal_nocase(host_of(from), host_of(to));
}

/* S1: a permanent redirect is adopted when it has stood for a week, at once when it only adds TLS on the same
 * host; what the feed itself says of its new address counts at once too, unless that address has failed
 * before. */
static void plan_redirect(const struct feed_state *state, const struct poll_policy *policy,
                          const struct http_answer *answer, const struct poll_findings *found, int64_t now_ms,
                          struct replacements *plan, bool *failed)
{
    struct str polled = str_from(feed_state_poll_url(state)), target = STR_NONE;
    bool declared = found && url_is_http(found->moved_to) && !str_equal(found->moved_to, polled) &&
                    !same_text(state->url, found->moved_to);
    if (declared)
        target = found->moved_to;
    else if (answer->redirected && answer->redirect_permanent)
        target = str_from(answer->final_url);
    if (!target.len || target.len > URL_BYTES_MAX || str_equal(target, polled)) {
        plan->set_redirect = state->redirect_target != NULL;
        return;
    }
    bool known = same_text(state->redirect_target, target);
    bool stood = known && state->redirect_count + 1 >= REDIRECT_SIGHTINGS &&
                 now_ms - state->redirect_since_ms >= (int64_t)policy->redirect_adopt_s * 1000;
    if (stood || (!known && (declared || is_https_upgrade(polled, target)))) {
        plan->set_moved = true;
        plan->moved_to = copy(target, failed);
    } else if (!known) {
        plan->set_redirect = true;
        plan->redirect_target = copy(target, failed);
    }
}

static void replace(char **field, char *fresh)
{
    free(*field);
    *field = fresh;
}

static void replacements_free(struct replacements *plan)
{
    free(plan->etag);
    free(plan->last_modified);
    free(plan->title);
    free(plan->redirect_target);
    free(plan->moved_to);
}

/* P9: what one address said of its document means nothing at another. */
static void forget_address(struct feed_state *state)
{
    replace(&state->etag, NULL);
    replace(&state->last_modified, NULL);
    state->body_hash = 0;
    state->last_full_ms = 0;
    state->distrust_validators = false;
    state->http1_only = false;
}

static void set_redirect(struct feed_state *state, char *target, uint16_t count, int64_t now_ms)
{
    replace(&state->redirect_target, target);
    state->redirect_since_ms = target ? now_ms : 0;
    state->redirect_count = target ? count : 0;
}

/* Takes over the string. An address that is the feed's own is no move. */
static void move_to(struct feed_state *state, char *address, int64_t now_ms, struct poll_change *change)
{
    if (address && !strcmp(address, state->url)) {
        free(address);
        address = NULL;
    }
    replace(&state->moved_to, address);
    set_redirect(state, NULL, 0, now_ms);
    change->moved = address != NULL;
}

static void apply_replacements(struct feed_state *state, struct replacements *plan,
                               const struct http_answer *answer, int64_t now_ms, struct poll_change *change)
{
    if (plan->set_validators) {
        replace(&state->etag, plan->etag);
        replace(&state->last_modified, plan->last_modified);
    }
    if (plan->lied)
        state->distrust_validators = true;
    if (plan->set_title)
        replace(&state->title, plan->title);
    if (plan->set_redirect)
        set_redirect(state, plan->redirect_target, 1, now_ms);
    else if (state->redirect_target && state->redirect_count < UINT16_MAX)
        state->redirect_count++;
    if (!plan->set_moved)
        return;
    if (!same_text(plan->moved_to, str_from(answer->final_url))) /* else this answer came from there */
        forget_address(state);
    move_to(state, plan->moved_to, now_ms, change);
}

static void set_status(struct feed_state *state, enum feed_status status, int64_t now_ms,
                       struct poll_change *change)
{
    if (state->status == status)
        return;
    change->status_changed = true;
    change->before = (enum feed_status)state->status;
    state->status = (uint8_t)status;
    state->status_since_ms = now_ms;
}

/* Errors that may lie on this side of the network, or pass by themselves. */
static bool is_unreachable(enum fetch_error error)
{
    return error == FETCH_ERROR_DNS || error == FETCH_ERROR_CONNECT || error == FETCH_ERROR_TIMEOUT ||
           error == FETCH_ERROR_TLS || error == FETCH_ERROR_STATUS_SERVER || error == FETCH_ERROR_THROTTLED ||
           error == FETCH_ERROR_INTERNAL;
}

/* A feed with two addresses, one adopted and one before it, is tried at the other when the one fails on and
 * on; and at once where the old address has died and pointed elsewhere for good (S1). True when it has
 * changed over. */
static bool try_other_address(struct feed_state *state, enum fetch_error error, int64_t now_ms,
                              struct poll_change *change)
{
    bool died = error == FETCH_ERROR_GONE || error == FETCH_ERROR_NOT_FOUND;
    bool long_enough = state->failures_in_row % OTHER_ADDRESS_AFTER == 0 &&
                       (!is_unreachable(error) || now_ms - state->last_success_ms > UNREACHABLE_MS);
    if (state->redirect_target && (long_enough || (died && state->redirect_count > 0))) {
        char *target = state->redirect_target;
        state->redirect_target = NULL;
        move_to(state, target, now_ms, change);
    } else if (state->moved_to && long_enough) {
        char *left = state->moved_to;
        state->moved_to = NULL;
        set_redirect(state, left, 0, now_ms); /* never seen to work again since */
    } else {
        return false;
    }
    forget_address(state);
    return true;
}

static bool is_failing(const struct feed_state *state, const struct poll_policy *policy,
                       enum fetch_error error, int64_t now_ms)
{
    if (error == FETCH_ERROR_THROTTLED) {
        int64_t since = state->last_success_ms ? state->last_success_ms : state->status_since_ms;
        return state->failures_in_row >= policy->failing_after && now_ms - since > THROTTLED_MS;
    }
    return state->last_success_ms == 0 || state->failures_in_row >= policy->failing_after;
}

static void settle_failure(struct feed_state *state, const struct poll_policy *policy,
                           const struct http_answer *answer, enum fetch_error error, int64_t retry_after,
                           int64_t now_ms, struct poll_change *change)
{
    if (state->failures_in_row < UINT16_MAX)
        state->failures_in_row++;
    if (state->failure_quarters < UINT16_MAX - 4)
        state->failure_quarters = (uint16_t)(state->failure_quarters + fetch_error_quarters(error));
    state->last_error = (int16_t)error;
    if (error == FETCH_ERROR_HTTP_PROTOCOL && answer->http2) /* N5 */
        state->http1_only = true;
    bool died = error == FETCH_ERROR_GONE || error == FETCH_ERROR_NOT_FOUND;
    if (try_other_address(state, error, now_ms, change) && died) {
        state->next_poll_ms = now_ms + (int64_t)policy->interval_min_s * 1000;
        return;
    }
    if (error == FETCH_ERROR_GONE)
        set_status(state, FEED_STATUS_GONE, now_ms, change);
    else if (state->status != FEED_STATUS_GONE && is_failing(state, policy, error, now_ms))
        set_status(state, FEED_STATUS_FAILING, now_ms, change);
    state->next_poll_ms = interval_retry_ms(state, policy, error, retry_after, now_ms);
}

static void note_hints(struct feed_state *state, const struct poll_policy *policy,
                       const struct http_answer *answer, const struct poll_findings *found)
{
    int32_t hint = cache_hint_s(answer);
    if (found) {
        if (found->ttl_s > hint)
            hint = found->ttl_s;
        state->skip_hours = found->skip_hours;
        state->skip_days = found->skip_days;
    } else if (state->hint_s > hint) {
        hint = state->hint_s; /* P12: an answer without a document takes nothing back */
    }
    state->hint_s = hint < policy->hint_max_s ? hint : policy->hint_max_s; /* P11 */
}

static void settle_success(struct feed_state *state, const struct poll_policy *policy,
                           const struct http_answer *answer, const struct poll_verdict *verdict,
                           const struct poll_findings *found, int64_t now_ms, struct poll_change *change)
{
    int64_t unwatched_ms = state->last_success_ms > 0 ? now_ms - state->last_success_ms : 0;
    if (unwatched_ms > UNWATCHED_MS && state->last_new_ms > 0) /* nobody looked: that is no silence */
        state->last_new_ms += unwatched_ms;
    state->failures_in_row = 0;
    state->failure_quarters = 0;
    state->last_error = FETCH_ERROR_NONE;
    if (verdict->kind == POLL_UNCHANGED) {
        state->polls_unchanged++;
        interval_after_unchanged(state, policy, now_ms);
        note_hints(state, policy, answer, NULL);
    } else {
        change->gap = interval_after_document(state, policy, found, now_ms, &change->lost);
        note_hints(state, policy, answer, found);
        state->body_hash = found->truncated ? 0 : verdict->body_hash;
    }
    if (answer->status != 304)
        state->last_full_ms = now_ms;
    state->last_success_ms = now_ms;
    set_status(state, interval_is_silent(state, now_ms) ? FEED_STATUS_SILENT : FEED_STATUS_OK, now_ms,
               change);
    state->next_poll_ms = interval_next_ms(state, policy, now_ms);
}

static enum fetch_error outcome(const struct http_answer *answer, const struct poll_verdict *verdict,
                                const struct poll_findings *found)
{
    if (verdict->kind != POLL_BODY)
        return verdict->error;
    if (answer->error == FETCH_ERROR_TRUNCATED &&
        (found->truncated || found->parse_error != FETCH_ERROR_NONE))
        return FETCH_ERROR_TRUNCATED;
    return found->parse_error;
}

int poll_settle(struct feed_state *state, const struct poll_policy *policy, const struct http_answer *answer,
                const struct poll_verdict *verdict, const struct poll_findings *found, int64_t now_ms,
                struct poll_change *ret_change)
{
    *ret_change = (struct poll_change){0};
    if (verdict->kind != POLL_BODY)
        found = NULL;
    enum fetch_error error = outcome(answer, verdict, found);
    bool failed = false;
    struct replacements plan = {0};
    if (error == FETCH_ERROR_NONE) {
        plan_validators(state, answer, verdict, found, &plan, &failed);
        plan_redirect(state, policy, answer, found, now_ms, &plan, &failed);
        struct str title = found ? utf8_cut(found->title, TITLE_BYTES_MAX) : STR_NONE;
        if (title.len && !same_text(state->title, title)) {
            plan.set_title = true;
            plan.title = copy(title, &failed);
        }
    }
    if (failed) {
        replacements_free(&plan);
        return -ENOMEM;
    }
    state->polls++;
    state->last_http_status = (int16_t)answer->status;
    if (error == FETCH_ERROR_NONE) {
        settle_success(state, policy, answer, verdict, found, now_ms, ret_change);
        apply_replacements(state, &plan, answer, now_ms, ret_change);
    } else {
        settle_failure(state, policy, answer, error, verdict->retry_after_ms, now_ms, ret_change);
    }
    state->last_poll_ms = now_ms;
    return 0;
}

void poll_settle_push(struct feed_state *state, const struct poll_findings *found, int64_t now_ms,
                      struct poll_change *ret_change)
{
    *ret_change = (struct poll_change){0};
    if (found->parse_error != FETCH_ERROR_NONE)
        return;
    interval_after_push(state, found->fresh, now_ms);
    if (state->status == FEED_STATUS_SILENT && !interval_is_silent(state, now_ms))
        set_status(state, FEED_STATUS_OK, now_ms, ret_change);
}

void poll_settle_older(struct feed_state *state, const struct poll_findings *found)
{
    state->entries_total += found->fresh;
    state->entries_lost -= found->fresh < state->entries_lost ? found->fresh : state->entries_lost;
}

bool poll_set_aside(struct feed_state *state, int64_t now_ms, struct poll_change *ret_change)
{
    *ret_change = (struct poll_change){0};
    if (state->stopped < STOPPED_MAX)
        return false;
    state->stopped = STOPPED_MAX - 1; /* one more is enough */
    if (state->failures_in_row < UINT16_MAX)
        state->failures_in_row++;
    state->last_error = FETCH_ERROR_SET_ASIDE;
    state->next_poll_ms = now_ms + SET_ASIDE_MS;
    set_status(state, FEED_STATUS_FAILING, now_ms, ret_change);
    ret_change->set_aside = true;
    return true;
}

int64_t poll_resume_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    bool works = state->status == FEED_STATUS_OK || state->status == FEED_STATUS_SILENT;
    int64_t floor_ms = (int64_t)policy->interval_min_s * 1000, due = state->next_poll_ms;
    int64_t wait_max = works ? WAIT_MAX_MS : FAILED_WAIT_MAX_MS;
    if (state->last_poll_ms > now_ms || due > now_ms + wait_max) { /* the clock was ahead */
        int64_t wait = due - state->last_poll_ms;
        if (wait < 0 || wait > wait_max)
            wait = (int64_t)policy->interval_default_s * 1000;
        return now_ms + wait;
    }
    if (state->last_poll_ms > 0 && due < state->last_poll_ms + floor_ms)
        due = state->last_poll_ms + floor_ms;
    if (due < now_ms - floor_ms && policy->jitter)
        due = now_ms + (int64_t)clock_random((uint64_t)floor_ms);
    return due;
}

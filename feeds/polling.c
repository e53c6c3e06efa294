/* polling: requests, verdicts and settlements. Pure; the order of a poll stands in the header. */
#include "feeds/polling.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/url.h"
#include "feeds/cache_hints.h"
#include "feeds/interval.h"

enum {
    RETRY_AFTER_DEFAULT_MS = 600000,      /* S7 */
    DATE_AHEAD_MS = 24 * 3600000,         /* P6: a Last-Modified further ahead is bogus */
    REDIRECT_SIGHTINGS = 3,               /* S1: beside the time, so that one odd week adopts nothing */
};

static const struct {
    const char *name, *text;
    uint8_t quarters; /* S6: failure points in quarters */
} errors[POLL_ERROR_COUNT] = {
    [POLL_ERROR_NONE] = {"none", "no error", 0},
    [POLL_ERROR_DNS] = {"dns", "the host's name cannot be resolved", 1},
    [POLL_ERROR_CONNECT] = {"connect", "the host does not accept connections", 2},
    [POLL_ERROR_TIMEOUT] = {"timeout", "the host answers too slowly", 2},
    [POLL_ERROR_TLS] = {"tls", "the TLS connection failed or its certificate is not valid", 2},
    [POLL_ERROR_HTTP_PROTOCOL] = {"http-protocol", "the answer breaks the HTTP protocol", 2},
    [POLL_ERROR_TRUNCATED] = {"truncated", "the connection ended before the document did", 2},
    [POLL_ERROR_TOO_LARGE] = {"too-large", "the document is over the size limit", 4},
    [POLL_ERROR_ADDRESS_REFUSED] = {"address-refused", "the host's address is private or reserved", 4},
    [POLL_ERROR_REDIRECT] = {"redirect", "the redirect goes in circles, too far, or to a forbidden address", 2},
    [POLL_ERROR_STATUS_CLIENT] = {"status-client", "the server rejects the request", 4},
    [POLL_ERROR_NOT_FOUND] = {"not-found", "the server has no such document", 2},
    [POLL_ERROR_GONE] = {"gone", "the server says that the feed is gone for good", 4},
    [POLL_ERROR_FORBIDDEN] = {"forbidden", "the server forbids the access", 2},
    [POLL_ERROR_CHALLENGE] = {"challenge", "the server asks for proof of being human", 2},
    [POLL_ERROR_THROTTLED] = {"throttled", "the server asks to be polled later", 1},
    [POLL_ERROR_STATUS_SERVER] = {"status-server", "the server has a fault", 2},
    [POLL_ERROR_EMPTY] = {"empty", "the answer has no content", 2},
    [POLL_ERROR_NOT_A_FEED] = {"not-a-feed", "the document is no feed of a known format", 2},
    [POLL_ERROR_HTML] = {"html", "the document is an HTML page, not a feed", 2},
    [POLL_ERROR_MALFORMED] = {"malformed", "the document is damaged beyond repair", 2},
    [POLL_ERROR_BOMB] = {"bomb", "the document tries to exhaust its reader", 4},
    [POLL_ERROR_INTERNAL] = {"internal", "newsd could not do it, for want of memory or by a fault of its own", 1},
};

const char *poll_error_name(enum poll_error error)
{
    return (unsigned)error < POLL_ERROR_COUNT ? errors[error].name : "unknown";
}

const char *poll_error_text(enum poll_error error)
{
    return (unsigned)error < POLL_ERROR_COUNT ? errors[error].text : "unknown error";
}

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

struct str poll_header(const struct poll_answer *answer, struct str name)
{
    for (size_t i = 0; i < answer->header_count; i++)
        if (str_equal_nocase(answer->headers[i].name, name))
            return answer->headers[i].value;
    return STR_NONE;
}

void poll_prepare(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms,
                  struct poll_request *ret_request)
{
    /* P5: after a long time of 304 only, one request without conditions finds a frozen validator out. */
    bool proof_due = state->last_full_ms > 0 && now_ms - state->last_full_ms > (int64_t)policy->endless_304_s * 1000;
    bool conditional = !state->distrust_validators && !proof_due && (state->etag || state->last_modified);
    *ret_request = (struct poll_request){
        .url = feed_state_poll_url(state),
        .etag = conditional ? state->etag : NULL,
        .last_modified = conditional ? state->last_modified : NULL,
        .conditional = conditional,
        .http1_only = state->http1_only,
    };
}

/* ---- Verdict ------------------------------------------------------------------------------------------------------ */

static enum poll_error status_error(const struct poll_answer *answer)
{
    int status = answer->status;
    if ((status == 403 || status == 429 || status == 503) &&
        str_starts_nocase(str_trim_ascii(poll_header(answer, STR("cf-mitigated"))), STR("challenge")))
        return POLL_ERROR_CHALLENGE;
    if (status == 429 || (status == 503 && poll_header(answer, STR("retry-after")).ptr))
        return POLL_ERROR_THROTTLED;
    if (status == 401 || status == 403)
        return POLL_ERROR_FORBIDDEN;
    if (status == 404)
        return POLL_ERROR_NOT_FOUND;
    if (status == 410)
        return POLL_ERROR_GONE;
    if (status >= 500)
        return POLL_ERROR_STATUS_SERVER;
    if (status >= 400)
        return POLL_ERROR_STATUS_CLIENT;
    return status >= 300 ? POLL_ERROR_REDIRECT : POLL_ERROR_HTTP_PROTOCOL;
}

void poll_judge(const struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                int64_t now_ms, struct poll_verdict *ret_verdict)
{
    (void)policy; /* no rule of judging can be set so far */
    struct poll_verdict verdict = {.kind = POLL_FAILED, .error = answer->error};
    bool good = answer->status == 200 || answer->status == 203;
    if (answer->error != POLL_ERROR_NONE) {
        /* the transport's own word */
    } else if (answer->status == 304 && answer->was_conditional) {
        verdict.kind = POLL_UNCHANGED;
    } else if (good && str_trim(answer->body).len == 0) {
        verdict.error = POLL_ERROR_EMPTY; /* S10 */
    } else if (good) {
        verdict.body_hash = hash_64(answer->body);
        verdict.kind = verdict.body_hash == state->body_hash ? POLL_UNCHANGED : POLL_BODY; /* P8 */
    } else {
        verdict.error = status_error(answer);
    }
    if (verdict.error == POLL_ERROR_THROTTLED) {
        verdict.retry_after_ms = cache_retry_after_ms(answer, now_ms);
        if (!verdict.retry_after_ms)
            verdict.retry_after_ms = RETRY_AFTER_DEFAULT_MS;
    }
    *ret_verdict = verdict;
}

/* ---- Settlement ------------------------------------------------------------------------------------------------------ */

/* Strings that a settlement may replace: made first, so that running out of memory changes nothing. */
struct replacements {
    char *etag, *last_modified, *title, *redirect_target, *moved_to;
    bool set_validators, set_title, set_redirect, set_moved;
};

static char *copy(struct str s, bool *failed)
{
    char *text = strndup(s.ptr, s.len);
    if (!text)
        *failed = true;
    return text;
}

static bool same_text(const char *a, struct str b)
{
    return a && b.ptr && str_equal(str_from(a), b);
}

/* P6: a server that sends another body under the validator it gave before does not mean what it says. */
static bool etag_is_trusted(const struct feed_state *state, const struct poll_answer *answer,
                            const struct poll_verdict *verdict, struct str etag)
{
    if (verdict->kind == POLL_BODY && state->body_hash && same_text(state->etag, etag))
        return false;
    /* P7: Apache marks the tag of a compressed body and then does not know it again. */
    return !(verdict->kind == POLL_UNCHANGED && answer->status != 304 && answer->was_conditional &&
             str_find(etag, STR("-gzip"), 0) >= 0 && poll_header(answer, STR("last-modified")).ptr);
}

static void plan_validators(const struct feed_state *state, const struct poll_answer *answer,
                            const struct poll_verdict *verdict, const struct poll_findings *found,
                            struct replacements *plan, bool *failed)
{
    bool whole = verdict->kind == POLL_UNCHANGED || (found && found->parse_error == POLL_ERROR_NONE && !found->truncated);
    if (!whole)
        return;
    struct str etag = poll_header(answer, STR("etag")), modified = poll_header(answer, STR("last-modified"));
    plan->set_validators = true;
    if (etag.len && etag_is_trusted(state, answer, verdict, etag))
        plan->etag = copy(etag, failed);
    if (answer->status == 304 && !modified.ptr) /* P4 */
        modified = str_from(state->last_modified);
    if (modified.len && cache_http_date_ms(modified) <= answer->received_ms + DATE_AHEAD_MS)
        plan->last_modified = copy(modified, failed);
}

static bool is_https_upgrade(const char *from, const char *to)
{
    return !strncmp(from, "http://", 7) && !strncmp(to, "https://", 8) && !strcmp(from + 7, to + 8);
}

/* S1: a permanent redirect is adopted when it has stood for a week, at once when it only adds TLS; what the feed itself says of
 * its new address counts at once too. */
static void plan_redirect(const struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                          const struct poll_findings *found, int64_t now_ms, struct replacements *plan, bool *failed)
{
    const char *polled = feed_state_poll_url(state);
    if (found && found->parse_error == POLL_ERROR_NONE && url_is_http(found->moved_to) && !same_text(polled, found->moved_to)) {
        plan->set_moved = true;
        plan->moved_to = copy(found->moved_to, failed);
        return;
    }
    const char *target = answer->redirected && answer->redirect_permanent ? answer->final_url : NULL;
    if (!target || !strcmp(target, polled)) {
        plan->set_redirect = state->redirect_target != NULL;
        return;
    }
    bool known = same_text(state->redirect_target, str_from(target));
    bool stood = known && state->redirect_count + 1 >= REDIRECT_SIGHTINGS &&
                 now_ms - state->redirect_since_ms >= (int64_t)policy->redirect_adopt_s * 1000;
    if (stood || is_https_upgrade(polled, target)) {
        plan->set_moved = true;
        plan->moved_to = copy(str_from(target), failed);
    } else if (!known) {
        plan->set_redirect = true;
        plan->redirect_target = copy(str_from(target), failed);
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

static void apply_replacements(struct feed_state *state, struct replacements *plan, const struct poll_answer *answer,
                               int64_t now_ms, struct poll_change *change)
{
    if (plan->set_validators) {
        replace(&state->etag, plan->etag);
        replace(&state->last_modified, plan->last_modified);
    }
    if (plan->set_title)
        replace(&state->title, plan->title);
    if (plan->set_redirect) {
        replace(&state->redirect_target, plan->redirect_target);
        state->redirect_since_ms = plan->redirect_target ? now_ms : 0;
        state->redirect_count = plan->redirect_target ? 1 : 0;
    } else if (state->redirect_target && state->redirect_count < UINT16_MAX) {
        state->redirect_count++;
    }
    if (!plan->set_moved)
        return;
    bool validators_fit = answer->final_url && !strcmp(answer->final_url, plan->moved_to);
    replace(&state->moved_to, plan->moved_to);
    replace(&state->redirect_target, NULL);
    state->redirect_since_ms = 0;
    state->redirect_count = 0;
    if (!validators_fit) { /* P9 */
        replace(&state->etag, NULL);
        replace(&state->last_modified, NULL);
        state->body_hash = 0;
    }
    change->moved = true;
}

static void set_status(struct feed_state *state, enum feed_status status, int64_t now_ms, struct poll_change *change)
{
    if (state->status == status)
        return;
    change->status_changed = true;
    change->before = (enum feed_status)state->status;
    state->status = (uint8_t)status;
    state->status_since_ms = now_ms;
}

static void settle_failure(struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                           enum poll_error error, int64_t retry_after_ms, int64_t now_ms, struct poll_change *change)
{
    if (state->failures_in_row < UINT16_MAX)
        state->failures_in_row++;
    if (state->failure_quarters < UINT16_MAX - 4)
        state->failure_quarters = (uint16_t)(state->failure_quarters + errors[error].quarters);
    state->last_error = (int16_t)error;
    /* S1: the old address has died; where it last pointed to for good is taken. */
    if ((error == POLL_ERROR_GONE || error == POLL_ERROR_NOT_FOUND) && state->redirect_target) {
        struct replacements plan = {.set_moved = true, .moved_to = state->redirect_target};
        state->redirect_target = NULL;
        apply_replacements(state, &plan, answer, now_ms, change);
        state->next_poll_ms = now_ms + (int64_t)policy->interval_min_s * 1000;
        return;
    }
    bool never_worked = state->last_success_ms == 0;
    if (error == POLL_ERROR_GONE)
        set_status(state, FEED_STATUS_GONE, now_ms, change);
    else if (state->status != FEED_STATUS_GONE && error != POLL_ERROR_THROTTLED &&
             (never_worked || state->failures_in_row >= policy->failing_after))
        set_status(state, FEED_STATUS_FAILING, now_ms, change);
    state->next_poll_ms = interval_retry_ms(state, policy, error, retry_after_ms, now_ms);
}

static void note_hints(struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                       const struct poll_findings *found)
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

static void settle_success(struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                           const struct poll_verdict *verdict, const struct poll_findings *found, int64_t now_ms,
                           struct poll_change *change)
{
    state->failures_in_row = 0;
    state->failure_quarters = 0;
    state->last_error = POLL_ERROR_NONE;
    state->last_success_ms = now_ms;
    if (verdict->kind == POLL_UNCHANGED) {
        state->polls_unchanged++;
        interval_after_unchanged(state, policy, now_ms);
        note_hints(state, policy, answer, NULL);
    } else {
        change->gap = interval_after_document(state, policy, found, now_ms);
        note_hints(state, policy, answer, found);
        /* P5: what came without conditions differs from what 304 kept saying had not changed. */
        bool proof = !answer->was_conditional && state->last_full_ms > 0 && state->body_hash && !state->distrust_validators &&
                     now_ms - state->last_full_ms > (int64_t)policy->endless_304_s * 1000;
        if (proof)
            state->distrust_validators = true;
        state->body_hash = found->truncated ? 0 : verdict->body_hash;
    }
    if (answer->status != 304)
        state->last_full_ms = now_ms;
    set_status(state, interval_is_silent(state, now_ms) ? FEED_STATUS_SILENT : FEED_STATUS_OK, now_ms, change);
    state->next_poll_ms = interval_next_ms(state, policy, now_ms);
}

int poll_settle(struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                const struct poll_verdict *verdict, const struct poll_findings *found, int64_t now_ms,
                struct poll_change *ret_change)
{
    *ret_change = (struct poll_change){0};
    enum poll_error error = verdict->error;
    if (verdict->kind == POLL_BODY)
        error = found->parse_error;
    bool failed = false, success = error == POLL_ERROR_NONE;
    struct replacements plan = {0};
    if (success) {
        plan_validators(state, answer, verdict, found, &plan, &failed);
        plan_redirect(state, policy, answer, found, now_ms, &plan, &failed);
        if (found && found->title.len && !same_text(state->title, found->title)) {
            plan.set_title = true;
            plan.title = copy(found->title, &failed);
        }
    }
    if (failed) {
        replacements_free(&plan);
        return -ENOMEM;
    }
    state->polls++;
    state->last_poll_ms = now_ms;
    state->last_http_status = (int16_t)answer->status;
    if (success) {
        settle_success(state, policy, answer, verdict, found, now_ms, ret_change);
        apply_replacements(state, &plan, answer, now_ms, ret_change);
    } else {
        settle_failure(state, policy, answer, error, verdict->retry_after_ms, now_ms, ret_change);
    }
    return 0;
}

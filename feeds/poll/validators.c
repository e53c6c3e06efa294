/* validators: the P rules. Reads a state and an answer, changes neither. */
#include "feeds/poll/validators.h"

#include "feeds/http/cache_hints.h"

enum {
    VALIDATOR_BYTES_MAX = 1024,    /* real ones have under 100; a state is held for each of 100 000 feeds */
    DATE_AHEAD_MS = 24 * 3600000,  /* P6: a Last-Modified further ahead is bogus */
    SAME_DATE_AGE_MS = 60000,      /* dates count whole seconds, and caches copy late */
    DOCUMENT_SLACK_MS = 3600000,   /* P5: for clocks that differ and caches that are late */
    ENTRY_SLACK_MS = 24 * 3600000, /* P5: entries are often dated before they appear */
};

bool validators_proof_due(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    return state->last_full_ms > 0 && now_ms - state->last_full_ms > (int64_t)policy->endless_304_s * 1000;
}

static bool same_text(const char *a, struct str b)
{
    return a && b.ptr && str_equal(str_from(a), b);
}

/* P7: Apache marks the tag of a compressed body and then does not know it again. */
static bool is_compression_tag(struct str etag)
{
    return str_ends(etag, STR("-gzip\"")) || str_ends(etag, STR("-br\""));
}

/* What the state can hold as it is: a C string. */
static bool is_storable(struct str value)
{
    return value.len > 0 && value.len <= VALIDATOR_BYTES_MAX && str_find_byte(value, '\0', 0) < 0;
}

static bool keeps_etag(const struct feed_state *state, const struct http_answer *answer,
                       const struct poll_verdict *verdict, struct str etag, struct str modified)
{
    if (!is_storable(etag))
        return false;
    if (!is_compression_tag(etag) || !modified.len)
        return true;
    bool unmatched = verdict->kind == POLL_UNCHANGED && answer->status != 304 && answer->was_conditional;
    bool given_up = !state->etag && state->last_modified; /* once unmatched it stays out */
    return !unmatched && !given_up;
}

static bool keeps_date(const struct http_answer *answer, struct str etag, struct str modified)
{
    if (!is_storable(modified))
        return false;
    if (cache_http_date_ms(modified) > answer->received_ms + DATE_AHEAD_MS)
        return false;
    /* P6: who says "Expires: 0" makes up dates as well; a tag is the better word then. */
    return !etag.len || !str_equal(str_trim_ascii(http_answer_header(answer, STR("expires"))), STR("0"));
}

/* P6: other entries under the validator that was given for those before. */
static bool is_same_over_change(const struct feed_state *state, const struct poll_findings *found,
                                struct str etag, struct str modified)
{
    if (!state->body_hash || found->fresh + found->revised == 0)
        return false;
    if (etag.len || state->etag)
        return same_text(state->etag, etag);
    int64_t date = cache_http_date_ms(modified);
    return same_text(state->last_modified, modified) && date >= 0 &&
           date < state->last_success_ms - SAME_DATE_AGE_MS;
}

/* P5: what came without conditions is older than the last 304, which had called it unchanged. */
static bool is_older_than_304(const struct feed_state *state, const struct http_answer *answer,
                              const struct poll_findings *found, struct str modified)
{
    bool had_304 = state->last_full_ms > 0 && state->last_success_ms > state->last_full_ms;
    if (!had_304 || answer->was_conditional || state->distrust_validators ||
        found->fresh + found->revised == 0)
        return false;
    int64_t date = cache_http_date_ms(modified);
    if (date >= 0 && !same_text(state->last_modified, modified) &&
        date < state->last_success_ms - DOCUMENT_SLACK_MS)
        return true;
    return found->fresh > 0 && found->newest_ms > 0 &&
           found->newest_ms < state->last_success_ms - ENTRY_SLACK_MS;
}

void validators_judge(const struct feed_state *state, const struct http_answer *answer,
                      const struct poll_verdict *verdict, const struct poll_findings *found,
                      struct validators *ret_validators)
{
    *ret_validators = (struct validators){0};
    struct str etag = http_answer_header(answer, STR("etag")),
               modified = http_answer_header(answer, STR("last-modified"));
    if (verdict->kind == POLL_BODY)
        ret_validators->lied = is_same_over_change(state, found, etag, modified) ||
                               is_older_than_304(state, answer, found, modified);
    bool whole = verdict->kind == POLL_UNCHANGED || !found->truncated;
    if (!whole || answer->error != FETCH_ERROR_NONE)
        return;                                 /* the rest of the document must come with the next poll */
    if (answer->status == 304 && !modified.ptr) /* P4 */
        modified = str_from(state->last_modified);
    bool date = keeps_date(answer, etag, modified);
    ret_validators->replace = true;
    ret_validators->etag =
        keeps_etag(state, answer, verdict, etag, date ? modified : STR_NONE) ? etag : STR_NONE;
    ret_validators->last_modified = date ? modified : STR_NONE;
}

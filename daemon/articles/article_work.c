/* article_work: runs the stages over one item and makes its records, or its reject. Owns nothing. */
#include "daemon/articles/article_work.h"
#include "daemon/store/store_intake.h"

#include <assert.h>
#include <errno.h>

#include "base/clock.h"
#include "base/hash.h"
#include "processors/html/page_charset.h"
#include "processors/intake.h"
#include "processors/record/derived.h"
#include "processors/record/record.h"

static int reject(struct arena *arena, struct article_work *work, const char *stage, const char *reason,
                  struct str text)
{
    const struct store_take *take = work->take;
    struct reject_report report = {
        .article_id = str_from(take->article_id),
        .revision = take->revision,
        .kind = take->kind,
        .backfill = take->backfill,
        .payload = take->payload,
        .stage = stage,
        .reason = reason,
        .error_text = text,
        .attempts = take->attempts,
        .now_ms = clock_wall_ms(),
        .first_seen_ms = take->created_ms,
    };
    work->records = arena_new(arena, struct record);
    if (!work->records)
        return -ENOMEM;
    work->rejected = true;
    work->reject_reason = reason;
    work->reject_text = text;
    work->record_count = 1;
    struct error error = {0};
    int failure = record_reject(arena, &report, work->records, &error);
    if (failure == ERR_RECORD) { /* a payload that is not even JSON cannot stand in the record */
        report.payload = STR_NONE;
        failure = record_reject(arena, &report, work->records, &error);
    }
    return failure;
}

/* A page that cannot be read is no failed article: it goes on with the feed's text. */
static void take_page(struct arena *arena, const struct article_work *work, struct intake_item *item)
{
    item->page_url = work->page_url;
    item->page_status = work->page_status;
    item->site_rules = work->site_rules;
    item->page_error = work->page_error;
    item->page_headers = work->page_headers;
    if (!work->page.ptr)
        return;
    struct charset_result result;
    if (page_to_utf8(arena, work->page, work->page_content_type, &result) < 0)
        item->page_error = STR("unreadable");
    else
        item->page = result.text;
}

static const char *failure_reason(int failure, const char *other)
{
    return failure == -ENOMEM ? "too-large" : other;
}

/* What a reader would call another page: neither counters nor a newer date of change are that. */
static uint64_t shown_by_page(const struct article *article)
{
    if (article->source != SOURCE_PAGE)
        return 0;
    uint64_t hash = hash_64_seeded(hash_64(article->title), article->text);
    hash =
        hash_64_seeded(hash, str_make((const char *)&article->published_ms, sizeof(article->published_ms)));
    for (size_t i = 0; i < article->authors.count; i++)
        hash = hash_64_seeded(hash, article->authors.items[i].name);
    return hash;
}

/* Payload and page through the stages; work->article stays NULL when it was rejected. */
static int read_article(struct arena *arena, struct article_work *work)
{
    const struct store_take *take = work->take;
    struct intake_item item = {
        .article_id = str_from(take->article_id),
        .revision = take->revision,
        .kind = take->kind,
        .backfill = take->backfill,
        .first_created_ms = take->first_created_ms,
        .payload = take->payload,
        .seen_in = take->seen_in,
        .seen_in_count = take->seen_in_count,
        .previous_title = take->previous_title,
        .previous_text = take->previous_text,
        .fetched_ms = work->fetched_ms,
    };
    struct error error = {0};
    struct article *article;
    take_page(arena, work, &item);
    int failure = intake_to_article(arena, &item, &article, &error);
    if (failure)
        return reject(arena, work, "intake", failure_reason(failure, "unreadable"),
                      arena_str(arena, str_from(error.text[0] ? error.text : error_text(failure))));
    int64_t start = clock_monotonic_us();
    pipeline_run(work->pipeline, article);
    work->time_us = clock_monotonic_us() - start;
    for (size_t i = 0; i < article->processing.count; i++) {
        enum outcome outcome = article->processing.items[i].outcome;
        work->stage_failures += outcome == OUTCOME_FAILED || outcome == OUTCOME_BUDGET;
    }
    work->site_rule_missed = article->site_rule_missed;
    work->article = article;
    work->fingerprint = article->fingerprint;
    work->shown = shown_by_page(article);
    return 0;
}

/* The finished article's records, and tombstones for what the revision before brought and this one does not.
 */
int article_work_write(struct arena *arena, struct article_work *work)
{
    const struct article *article = work->article;
    assert(article);
    struct record_list records = {0};
    struct error error = {0};
    int64_t now_ms = clock_wall_ms();
    int failure = record_article(arena, article, now_ms, &records, &error);
    if (!failure) {
        work->derived = derived_list(arena, &records);
        failure = derived_withdraw(arena, article, work->take->derived, now_ms, &records);
    }
    if (failure)
        return reject(arena, work, "records", failure_reason(failure, "invalid-record"),
                      arena_str(arena, str_from(error.text[0] ? error.text : error_text(failure))));
    work->records = records.items;
    work->record_count = records.count;
    work->title = article->title;
    work->text = article->text;
    return 0;
}

int article_work_read(struct arena *arena, struct article_work *work)
{
    const struct store_take *take = work->take;
    assert(take->found && take->attempts > 0); /* this one is counted */
    work->article = NULL;
    if (take->attempts > work->attempts_max)
        return reject(
            arena, work, "stages", "poison",
            arena_printf(arena, "processing was begun %d times and never ended", take->attempts - 1));
    int error = read_article(arena, work);
    assert(error || work->article || work->rejected); /* nothing goes without a word */
    return error;
}

int article_work_give_up(struct arena *spare, struct article_work *work)
{
    int error = reject(spare, work, "stages", "too-large", STR("the article does not fit into its memory"));
    if (error)
        work->record_count = 0;
    return error;
}

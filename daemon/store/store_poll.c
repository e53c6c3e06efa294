/* store_poll: one document's entries against what is known: seen-marks, articles, sightings, intake; then the
 * feed's state. The store's thread; a long document is taken in parts, each in a group's transaction. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "base/container_of.h"
#include "daemon/store/store_marks.h"
#include "daemon/store/store_poll.h"
#include "processors/intake_payload.h"
#include "processors/article.h"
#include "processors/record/record.h"

enum {
    PART_ITEMS = 1000, /* of a document, in one transaction: some 50 ms */
};

/* Of the whole document, made with its first part. */
struct store_poll_plan {
    size_t *ranks;  /* of each item, 0 = the newest */
    uint64_t *keys; /* of all items, ascending */
};

static int intake_add(struct store *store, const struct store_poll *job, const char *id, uint32_t revision,
                      enum article_kind kind, int64_t published_ms, struct str page_url, struct str payload)
{
    assert(revision > 0 && payload.ptr);
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_INTAKE_ADD);
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, id, bytes);
    sqlite3_bind_int64(statement, 2, job->state_before.rowid);
    sqlite3_bind_int64(statement, 3, revision);
    sqlite3_bind_int(statement, 4, (int)kind);
    sqlite3_bind_int(statement, 5, job->backfill);
    sqlite3_bind_int64(statement, 6, job->now_ms);
    sqlite3_bind_int64(statement, 7, published_ms);
    store_bind_str(statement, 8, page_url);
    store_bind_str(statement, 9, payload);
    int error = store_step(store, statement);
    if (!error)
        store->pending.intake++;
    return error;
}

static struct str page_wanted(const struct store_poll *job, const struct entry_candidate *candidate)
{
    bool wanted =
        job->page_policy == PAGES_ALWAYS || (job->page_policy == PAGES_AUTO && !candidate->has_full_text);
    return wanted ? candidate->link : STR_NONE;
}

/* A withdrawal has no text of its own: what is known of the article stands in for the entry. */
static struct str withdrawal_payload(struct store_poll *job, const struct article_row *article,
                                     struct str key)
{
    struct arena *arena = job->base.arena;
    char id[17];
    feed_state_id(job->state_before.url, id);
    struct intake_feed feed = {.id = str_from(id),
                               .url = url_without_credentials(arena, str_from(job->state_before.url)),
                               .title = str_from(job->state_before.title)};
    struct intake_entry entry = {.id = key, .title = article->title, .link = article->url};
    struct intake_payload payload = {.entry_id = key, .fetched_ms = job->now_ms};
    struct str written = STR_NONE;
    return intake_payload_plain(arena, &feed, &entry, &payload, &written) == 0 ? written : STR_NONE;
}

static int withdraw(struct store *store, struct store_poll *job, const char *article_id, uint64_t key_hash,
                    struct str key)
{
    struct article_row article;
    uint32_t revision = 1;
    int error = article_find(store, job->base.arena, article_id, &article);
    if (error)
        return error;
    error = seen_step(store, STATEMENT_SEEN_WITHDRAW, 0, false, job->state_before.rowid, key_hash);
    if (!error)
        error = owner_settle(store, job, article_id, key_hash, &article);
    job->counts.fresh++;
    job->counts.withdrawn++;
    if (error)
        return error;
    if (!article.found || article.owner != job->state_before.rowid) { /* another feed still stands for it */
        job->counts.sighted++;
        return 0;
    }
    error = article_revise(store, article_id, job->now_ms, 0, &revision);
    if (error)
        return error;
    struct str payload = withdrawal_payload(job, &article, key);
    if (!payload.ptr)
        return -ENOMEM;
    error = intake_add(store, job, article_id, revision, ARTICLE_WITHDRAWN, 0, STR_NONE, payload);
    job->counts.taken += !error;
    return error;
}

/* The backfill policy's word on a new entry of the first document; `rank` counts from the newest. */
static bool backfill_skips(const struct store_poll *job, const struct entry_candidate *candidate, size_t rank)
{
    if (!job->backfill)
        return false;
    switch (job->backfill_policy) {
    case BACKFILL_SKIP:
        return true;
    case BACKFILL_ALL:
        return false;
    case BACKFILL_NEWEST:
        return (int64_t)rank >= job->backfill_value;
    case BACKFILL_SINCE:
        break;
    }
    return candidate->published_ms && candidate->published_ms < job->backfill_value;
}

/* The entry's article has changed: a new revision of it goes into the intake. */
static int intake_revision(struct store *store, struct store_poll *job, struct store_item *item,
                           const char *id, bool known)
{
    const struct entry_candidate *candidate = &item->candidate;
    uint32_t revision = 1;
    int error = known ? article_revise(store, id, job->now_ms, candidate->content_hash, &revision)
                      : article_add(store, job, candidate, id); /* forgotten meanwhile: it begins anew */
    if (!error)
        error = intake_add(store, job, id, revision, revision > 1 ? ARTICLE_REVISED : ARTICLE_PUBLISHED,
                           candidate->published_ms, page_wanted(job, candidate), item->payload);
    item->taken = !error;
    job->counts.taken += item->taken;
    return error;
}

/* An entry new to this feed whose article is known. Where nobody speaks for it any more, this feed does: it
 * was taken off the list and is back, perhaps with another text. */
static int take_sighting(struct store *store, struct store_poll *job, struct store_item *item, const char *id,
                         struct article_row *article)
{
    assert(article->found && !item->taken);
    const struct entry_candidate *candidate = &item->candidate;
    if (article->owner == 0) {
        int error = owner_settle(store, job, id, candidate->key_hash, article);
        if (error)
            return error;
        if (article->content && article->content != candidate->content_hash) {
            job->counts.revised++;
            return intake_revision(store, job, item, id, true);
        }
    }
    job->counts.sighted++;
    item->sighted = true;
    return sighting_add(store, job, candidate, id);
}

static int take_new(struct store *store, struct store_poll *job, struct store_item *item, size_t rank)
{
    struct entry_candidate *candidate = &item->candidate;
    struct seen_entry mark;
    struct article_row article;
    int64_t feed = job->state_before.rowid;
    identity_seen(candidate, &mark);
    int error = article_find(store, job->base.arena, candidate->article_id, &article);
    if (!error && article.found && article.owner == feed) {
        /* This very feed used the link for another article: this one goes by its key. */
        memcpy(mark.article_id, candidate->article_id_by_key, ARTICLE_ID_BYTES);
        error = article_find(store, job->base.arena, mark.article_id, &article);
    }
    if (!error)
        error = seen_write(store, feed, &mark, job->now_ms);
    if (error)
        return error;
    store->pending.seen++;
    job->counts.fresh++;
    if (article.found)
        return take_sighting(store, job, item, mark.article_id, &article);
    error = article_add(store, job, candidate, mark.article_id);
    if (error)
        return error;
    if (backfill_skips(job, candidate, rank)) {
        job->counts.skipped++;
        return 0;
    }
    error = intake_add(store, job, mark.article_id, 1, ARTICLE_PUBLISHED, candidate->published_ms,
                       page_wanted(job, candidate), item->payload);
    item->taken = !error;
    job->counts.taken += item->taken;
    return error;
}

static int take_revision(struct store *store, struct store_poll *job, struct store_item *item,
                         const struct seen_entry *before)
{
    struct entry_candidate *candidate = &item->candidate;
    struct seen_entry mark;
    struct article_row article;
    int64_t feed = job->state_before.rowid;
    identity_revised(candidate, before, (int32_t)(job->now_ms / DAY_MS), &mark);
    int error = article_find(store, job->base.arena, mark.article_id, &article);
    if (!error)
        error = seen_write(store, feed, &mark, job->now_ms);
    if (error)
        return error;
    job->counts.fresh++;
    job->counts.revised++;
    error = owner_settle(store, job, mark.article_id, mark.key_hash, &article);
    if (error)
        return error;
    if (article.found && article.owner != feed) {
        job->counts.sighted++;
        item->sighted = true;
        return 0;
    }
    return intake_revision(store, job, item, mark.article_id, article.found);
}

static int touch(struct store *store, const struct store_poll *job, uint64_t key, int64_t day)
{
    /* Once a day is enough to know when an entry was last there. */
    if (day == job->now_ms / DAY_MS)
        return 0;
    return seen_step(store, STATEMENT_SEEN_TOUCH, job->now_ms / DAY_MS, true, job->state_before.rowid, key);
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static bool key_present(const struct store_poll *job, uint64_t key)
{
    assert(job->plan); /* its keys are in order */
    return bsearch(&key, job->plan->keys, job->item_count, sizeof(key), by_value) != NULL;
}

/* What the store knows that may be the entry. */
struct known_marks {
    struct seen_entry by_key, by_link, by_twin;
    int64_t day; /* by_key's */
    struct identity_known known;
};

static int marks_read(struct store *store, const struct store_poll *job,
                      const struct entry_candidate *candidate, struct known_marks *marks)
{
    int64_t feed = job->state_before.rowid, unused;
    bool found = false;
    *marks = (struct known_marks){.known.today = (int32_t)(job->now_ms / DAY_MS)};
    struct identity_known *known = &marks->known;
    int error = seen_read(store, STATEMENT_SEEN_BY_KEY, feed, candidate->key_hash, &marks->by_key,
                          &marks->day, &found);
    known->by_key = found ? &marks->by_key : NULL;
    if (error || found)
        return error;
    if (candidate->link_hash)
        error = seen_read(store, STATEMENT_SEEN_BY_LINK, feed, candidate->link_hash, &marks->by_link, &unused,
                          &found);
    known->by_link = found ? &marks->by_link : NULL;
    known->link_key_present = found && key_present(job, marks->by_link.key_hash);
    found = false;
    if (!error && candidate->twin_hash)
        error = seen_read(store, STATEMENT_SEEN_BY_TWIN, feed, candidate->twin_hash, &marks->by_twin, &unused,
                          &found);
    known->by_twin = found ? &marks->by_twin : NULL;
    known->twin_key_present = found && key_present(job, marks->by_twin.key_hash);
    return error;
}

/* An entry that is known under its key, and unchanged. */
static int take_known(struct store *store, struct store_poll *job, const struct entry_candidate *candidate,
                      const struct seen_entry *before, int64_t day)
{
    struct seen_entry mark;
    job->counts.known++;
    if (!before)
        return 0;
    if (before->content_hash)
        return touch(store, job, candidate->key_hash, day);
    identity_seen(candidate, &mark); /* marked by an older version: now it is known what it holds */
    memcpy(mark.article_id, before->article_id, ARTICLE_ID_BYTES);
    return seen_write(store, job->state_before.rowid, &mark, job->now_ms);
}

/* The mark of an entry that has a new key goes; the article stays. */
static int rename_mark(struct store *store, struct store_poll *job, const struct entry_candidate *candidate,
                       const struct seen_entry *before)
{
    assert(before->key_hash != candidate->key_hash);
    int64_t feed = job->state_before.rowid;
    job->counts.renamed++;
    int error = seen_step(store, STATEMENT_SEEN_REMOVE, 0, false, feed, before->key_hash);
    return error ? error
                 : article_own(store, STATEMENT_ARTICLE_MARK, before->article_id, feed, candidate->key_hash);
}

static int take_renamed(struct store *store, struct store_poll *job, const struct entry_candidate *candidate,
                        const struct seen_entry *before)
{
    struct seen_entry mark;
    int error = rename_mark(store, job, candidate, before);
    if (error)
        return error;
    identity_seen(candidate, &mark);
    memcpy(mark.article_id, before->article_id, ARTICLE_ID_BYTES);
    mark.previous_hash = before->previous_hash;
    mark.swings = before->swings;
    mark.revised_day = before->revised_day;
    job->counts.known++;
    return seen_write(store, job->state_before.rowid, &mark, job->now_ms);
}

/* Its mark stays as it is, so that the next day publishes what it then shows. */
static int take_braked(struct store *store, struct store_poll *job, const struct entry_candidate *candidate,
                       int64_t day)
{
    job->counts.fresh++;
    job->counts.revised++;
    job->counts.skipped++;
    job->counts.braked++;
    return touch(store, job, candidate->key_hash, day);
}

static int take_item(struct store *store, struct store_poll *job, struct store_item *item, size_t rank)
{
    const struct entry_candidate *candidate = &item->candidate;
    const struct seen_entry *before;
    struct known_marks marks;
    item->taken = item->sighted = false;
    int error = marks_read(store, job, candidate, &marks);
    if (error)
        return error;
    item->verdict = identity_decide(candidate, &marks.known, &before);
    /* Only these two need no mark that was there before. */
    assert(before || item->verdict == ENTRY_NEW || item->verdict == ENTRY_KNOWN ||
           item->verdict == ENTRY_BRAKED);
    switch (item->verdict) {
    case ENTRY_KNOWN:
        return take_known(store, job, candidate, before, marks.day);
    case ENTRY_NEW:
        store->pending.seen -= marks.known.by_key != NULL; /* its mark is overwritten */
        return take_new(store, job, item, rank);
    case ENTRY_REVISED:
        return take_revision(store, job, item, before);
    case ENTRY_BRAKED:
        return take_braked(store, job, candidate, marks.day);
    case ENTRY_WITHDRAWN:
        return withdraw(store, job, before->article_id, candidate->key_hash, candidate->key);
    case ENTRY_RENAMED:
        return take_renamed(store, job, candidate, before);
    case ENTRY_RENAMED_REVISED:
        break;
    }
    error = rename_mark(store, job, candidate, before);
    return error ? error : take_revision(store, job, item, before);
}

/* RFC 5005: in a complete document absence means removal, for entries that stood in a complete document
 * before. Up to a part's worth; *ret_more: there are others. */
static int take_absences(struct store *store, struct store_poll *job, bool *ret_more)
{
    struct absence {
        uint64_t key;
        char article[ARTICLE_ID_BYTES];
    } *absences = arena_new_array(job->base.arena, struct absence, PART_ITEMS);
    size_t count = 0;
    int row;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SEEN_ABSENT);
    if (!statement || !absences)
        return absences ? ERR_STORE : -ENOMEM;
    sqlite3_bind_int64(statement, 1, job->state_before.rowid);
    sqlite3_bind_int64(statement, 2, job->now_ms);
    sqlite3_bind_int(statement, 3, PART_ITEMS);
    while ((row = store_row(store, statement)) == 1) {
        assert(count < PART_ITEMS);
        absences[count].key = (uint64_t)sqlite3_column_int64(statement, 0);
        store_column_article(statement, 1, absences[count].article);
        count++;
    }
    sqlite3_reset(statement);
    int error = row < 0 ? row : 0;
    for (size_t i = 0; i < count && !error; i++)
        error = withdraw(store, job, absences[i].article, absences[i].key, str_from(absences[i].article));
    *ret_more = count == PART_ITEMS;
    return error;
}

struct ranked {
    int64_t published;
    size_t index;
};

static int by_newest(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->published != y->published)
        return x->published > y->published ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

/* The newest entry has rank 0; entries without a date keep the document's order behind those with one. */
static int rank_items(const struct store_poll *job, size_t *ranks)
{
    struct ranked *sorted = arena_new_array(job->base.arena, struct ranked, job->item_count + 1);
    if (!sorted)
        return -ENOMEM;
    for (size_t i = 0; i < job->item_count; i++)
        sorted[i] = (struct ranked){.published = job->items[i].candidate.published_ms, .index = i};
    qsort(sorted, job->item_count, sizeof(*sorted), by_newest);
    for (size_t i = 0; i < job->item_count; i++)
        ranks[sorted[i].index] = i;
    return 0;
}

static int plan_make(struct store_poll *job)
{
    struct store_poll_plan *plan = arena_new(job->base.arena, struct store_poll_plan);
    if (!plan)
        return -ENOMEM;
    plan->ranks = arena_new_array(job->base.arena, size_t, job->item_count + 1);
    plan->keys = arena_new_array(job->base.arena, uint64_t, job->item_count + 1);
    if (!plan->ranks || !plan->keys || rank_items(job, plan->ranks))
        return -ENOMEM;
    for (size_t i = 0; i < job->item_count; i++)
        plan->keys[i] = job->items[i].candidate.key_hash;
    qsort(plan->keys, job->item_count, sizeof(*plan->keys), by_value);
    job->plan = plan;
    return 0;
}

/* Last first: feeds put the newest on top, and the oldest is to be published first. */
static int take_part(struct store *store, struct store_poll *job, bool whole)
{
    int error = 0;
    for (size_t n = 0; n < PART_ITEMS && job->reached.items_left > 0 && !error; n++) {
        size_t at = --job->reached.items_left;
        assert(at < job->item_count && job->plan->ranks[at] < job->item_count);
        struct store_item *item = &job->items[at];
        error = take_item(store, job, item, job->plan->ranks[at]);
        if (!error && whole)
            error = seen_step(store, STATEMENT_SEEN_DOCUMENT, job->now_ms, true, job->state_before.rowid,
                              item->candidate.key_hash);
    }
    return error;
}

static int feed_marked(struct store *store, const struct store_poll *job)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FEED_MARKED);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, job->state_before.rowid);
    sqlite3_bind_int64(statement, 2, job->now_ms / DAY_MS);
    return store_step(store, statement);
}

/* Every entry is counted once, and what is fresh went one of three ways (store_poll.h). Only what is absent
 * from a complete document is counted without being an item. */
static void check_counts(const struct store_poll *job, bool whole)
{
    const struct store_poll_counts *counts = &job->counts;
    size_t seen = (size_t)counts->known + counts->fresh;
    assert(whole ? seen >= job->item_count : seen == job->item_count);
    assert(counts->fresh == counts->taken + counts->skipped + counts->sighted);
    assert(counts->revised + counts->withdrawn <= counts->fresh);
    assert(counts->braked <= counts->revised && counts->braked <= counts->skipped);
    assert(counts->renamed <= job->item_count);
}

/* All items are through. */
static int finish(struct store *store, struct store_poll *job)
{
    assert(job->reached.items_left == 0);
    int error = job->item_count ? feed_marked(store, job) : 0;
    if (!error)
        error = job->settle(job);
    /* The feed is the same, whatever became of its state. */
    assert(error || job->state.rowid == job->state_before.rowid);
    if (!error)
        error = store_feed_write(store, &job->state);
    for (size_t i = 0; i < job->record_count && !error; i++)
        error = store_outbox_add(store, job->base.arena, &job->records[i], job->now_ms);
    return error;
}

static int feed_exists(struct store *store, int64_t rowid)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FEED_EXISTS);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, rowid);
    int row = store_row(store, statement);
    return row == 1 ? 0 : row < 0 ? row : ERR_NOT_FOUND; /* it was removed while it was polled */
}

static int run_poll(struct store_job *base, struct store *store)
{
    struct store_poll *job = container_of(base, struct store_poll, base);
    assert(base->arena && job->settle && job->state_before.url);
    bool whole = job->complete && !job->truncated, more = false;
    job->reached = job->durable;
    job->counts = job->durable.counts;
    int place = working_begin(store->working, job->state_before.rowid);
    int error = feed_exists(store, job->state_before.rowid);
    if (!error && !job->plan)
        error = plan_make(job);
    if (!error)
        error = take_part(store, job, whole);
    if (!error && whole && job->reached.items_left == 0)
        error = take_absences(store, job, &more);
    base->unfinished = job->reached.items_left > 0 || more;
    if (!error && !base->unfinished) {
        check_counts(job, whole);
        error = finish(store, job);
    }
    job->reached.counts = job->counts;
    working_end(store->working, place);
    return error;
}

static void keep_part(struct store_job *base)
{
    struct store_poll *job = container_of(base, struct store_poll, base);
    assert(job->reached.items_left <= job->durable.items_left);
    job->durable = job->reached;
}

void store_submit_poll(struct store *store, struct store_poll *job)
{
    assert(job->item_count == 0 || job->items);
    job->plan = NULL;
    job->durable = (struct store_poll_part){.items_left = job->item_count};
    job->base.kept = keep_part;
    store_submit(store, &job->base, run_poll, STORE_NORMAL);
}

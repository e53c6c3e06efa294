/* store_intake: items between feed and article, and what is remembered of finished articles. The store's
 * thread. */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/container_of.h"
#include "daemon/store/store_intake.h"
#include "daemon/store/store_private.h"
#include "processors/record/record.h"
#include "feeds/poll/feed_state.h"

enum { DAY_MS = 86400000 };

static int run_list_waiting(struct store_job *base, struct store *store)
{
    struct store_list_waiting *job = container_of(base, struct store_list_waiting, base);
    assert(base->arena);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_INTAKE_LIST);
    size_t capacity = 0;
    int row;
    job->rows = NULL;
    job->row_count = 0;
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, job->after);
    sqlite3_bind_int64(statement, 2, (int64_t)job->limit);
    while ((row = store_row(store, statement)) == 1) {
        if (arena_grow(base->arena, (void **)&job->rows, job->row_count, &capacity, sizeof(*job->rows)))
            return -ENOMEM;
        struct store_waiting *waiting = &job->rows[job->row_count++];
        waiting->rowid = sqlite3_column_int64(statement, 0);
        store_column_article(statement, 1, waiting->article_id);
        waiting->feed_rowid = sqlite3_column_int64(statement, 2);
        waiting->created_ms = sqlite3_column_int64(statement, 3);
        waiting->url = store_column_str(base->arena, statement, 4);
        waiting->attempts = (uint16_t)sqlite3_column_int(statement, 5);
    }
    return row < 0 ? row : 0;
}

void store_submit_list_waiting(struct store *store, struct store_list_waiting *job)
{
    assert(job->limit > 0);
    store_submit(store, &job->base, run_list_waiting, STORE_NORMAL);
}

static int read_sightings(struct store *store, struct store_take *job)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SIGHTINGS);
    unsigned char bytes[16];
    size_t capacity = 0;
    int row;
    job->seen_in = NULL;
    job->seen_in_count = 0;
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, job->article_id, bytes);
    while ((row = store_row(store, statement)) == 1) {
        if (arena_grow(job->base.arena, (void **)&job->seen_in, job->seen_in_count, &capacity,
                       sizeof(*job->seen_in)))
            return -ENOMEM;
        struct article_sighting *sighting = &job->seen_in[job->seen_in_count++];
        char id[17];
        sighting->feed_url = store_column_str(job->base.arena, statement, 0);
        feed_state_id(sighting->feed_url.ptr ? sighting->feed_url.ptr : "", id);
        sighting->feed_id = arena_str(job->base.arena, str_from(id));
        sighting->entry_id = store_column_str(job->base.arena, statement, 1);
        sighting->first_seen_ms = sqlite3_column_int64(statement, 2);
    }
    return row < 0 ? row : 0;
}

static int read_memory(struct store *store, struct store_take *job)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ARTICLE_TEXT);
    unsigned char bytes[16];
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, job->article_id, bytes);
    int row = store_row(store, statement);
    job->first_created_ms = job->created_ms;
    if (row != 1)
        return row < 0 ? row : 0;
    job->first_created_ms = sqlite3_column_int64(statement, 2);
    job->derived = store_column_str(job->base.arena, statement, 3);
    if (job->kind == ARTICLE_PUBLISHED)
        return 0;
    struct str packed = store_column_str(job->base.arena, statement, 1);
    job->previous_text = packed.ptr ? store_unpack(job->base.arena, packed) : STR_NONE;
    if (job->previous_text.ptr)
        job->previous_title = store_column_str(job->base.arena, statement, 0);
    return 0;
}

static int read_context(struct store *store, struct store_take *job)
{
    int error = read_sightings(store, job);
    return error ? error : read_memory(store, job);
}

static int run_take(struct store_job *base, struct store *store)
{
    struct store_take *job = container_of(base, struct store_take, base);
    assert(base->arena);
    if (job->rowid == 0) {
        int failure = store_visit_take(store, job);
        return failure || !job->found ? failure : read_context(store, job);
    }
    sqlite3_stmt *attempt = store_statement(store, STATEMENT_INTAKE_ATTEMPT);
    job->found = false;
    if (!attempt)
        return ERR_STORE;
    sqlite3_bind_int64(attempt, 1, job->rowid);
    int error = store_step(store, attempt);
    sqlite3_stmt *statement = error ? NULL : store_statement(store, STATEMENT_INTAKE_TAKE);
    if (!statement)
        return error ? error : ERR_STORE;
    sqlite3_bind_int64(statement, 1, job->rowid);
    int row = store_row(store, statement);
    if (row != 1)
        return row < 0 ? row : 0;
    job->found = true;
    store_column_article(statement, 0, job->article_id);
    job->revision = (uint32_t)sqlite3_column_int64(statement, 1);
    job->kind = (enum article_kind)sqlite3_column_int(statement, 2);
    job->backfill = sqlite3_column_int(statement, 3) != 0;
    job->attempts = (uint16_t)sqlite3_column_int(statement, 4);
    job->created_ms = sqlite3_column_int64(statement, 5);
    job->published_ms = sqlite3_column_int64(statement, 6);
    job->payload = store_column_str(base->arena, statement, 7);
    if (!job->payload.ptr)
        return -ENOMEM;
    return read_context(store, job);
}

void store_submit_take(struct store *store, struct store_take *job)
{
    assert(job->rowid > 0 || job->article_id[0]);
    store_submit(store, &job->base, run_take, STORE_NORMAL);
}

static int remember(struct store *store, const struct store_finish *job)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ARTICLE_REMEMBER);
    unsigned char bytes[16], story[16];
    if (!statement)
        return ERR_STORE;
    struct str packed = store_pack(job->base.arena, job->text);
    store_bind_article(statement, 1, job->article_id.ptr, bytes);
    store_bind_str(statement, 2, job->title);
    store_bind_str(statement, 3, packed);
    sqlite3_bind_int64(statement, 4, (int64_t)job->fingerprint);
    sqlite3_bind_int64(statement, 5, job->now_ms / DAY_MS);
    store_bind_str(statement, 6, job->derived);
    if (job->story.len)
        store_bind_article(statement, 7, job->story.ptr, story);
    else
        sqlite3_bind_null(statement, 7);
    return store_step(store, statement);
}

/* *ret_gone: it was finished before, and is never finished twice. */
static int leave_intake(struct store *store, const struct store_finish *job, bool *ret_gone)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_INTAKE_REMOVE);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, job->rowid);
    int error = store_step(store, statement);
    *ret_gone = !error && sqlite3_changes(store->db) == 0;
    store->pending.intake -= !error && !*ret_gone;
    return error;
}

static int revise_by_visit(struct store *store, struct store_finish *job, bool *ret_gone)
{
    bool revised;
    int error = store_visit_revise(store, job->article_id.ptr, job->revision, job->now_ms, &revised);
    *ret_gone = job->overtaken = !error && !revised;
    if (!job->overtaken)
        return error;
    struct store_visit plan = job->visit;
    plan.word = plan.due_ms ? VISIT_PLAN : VISIT_END;
    return store_visit_note(store, job->base.arena, job->article_id.ptr, 0, &plan);
}

static int run_finish(struct store_job *base, struct store *store)
{
    struct store_finish *job = container_of(base, struct store_finish, base);
    bool gone = false;
    int error = job->rowid ? leave_intake(store, job, &gone) : revise_by_visit(store, job, &gone);
    if (error || gone)
        return error;
    for (size_t i = 0; i < job->record_count && !error; i++)
        error = store_outbox_add(store, base->arena, &job->records[i],
                                 job->created_ms ? job->created_ms : job->now_ms);
    if (!error && !job->rejected)
        error = remember(store, job);
    return error ? error
                 : store_visit_note(store, base->arena, job->article_id.ptr, job->revision, &job->visit);
}

void store_submit_finish(struct store *store, struct store_finish *job)
{
    /* An item never leaves the intake without a word on what became of it. */
    assert((job->rowid > 0 || job->visit.word != VISIT_NONE) && job->record_count > 0);
    store_submit(store, &job->base, run_finish, STORE_NORMAL);
}

static int run_retry(struct store_job *base, struct store *store)
{
    struct store_retry *job = container_of(base, struct store_retry, base);
    int error = 0;
    for (size_t i = 0; i < job->count && !error; i++) {
        sqlite3_stmt *statement = store_statement(store, STATEMENT_INTAKE_ADD);
        unsigned char bytes[16];
        if (!statement)
            return ERR_STORE;
        store_bind_article(statement, 1, job->article_ids[i].ptr, bytes);
        sqlite3_bind_int64(statement, 2, 0);
        sqlite3_bind_int64(statement, 3, job->revisions[i]);
        sqlite3_bind_int(statement, 4, (int)job->kinds[i]);
        sqlite3_bind_int(statement, 5, 0);
        sqlite3_bind_int64(statement, 6, job->now_ms);
        sqlite3_bind_int64(statement, 7, 0);
        store_bind_str(statement, 9, job->payloads[i]);
        error = store_step(store, statement);
        store->pending.intake += !error;
    }
    return error;
}

void store_submit_retry(struct store *store, struct store_retry *job)
{
    store_submit(store, &job->base, run_retry, STORE_NORMAL);
}

int store_load_fingerprints(struct store *store, size_t most,
                            void (*visit)(void *context, const char *article, const char *story,
                                          uint64_t fingerprint),
                            void *context, struct error *error)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FINGERPRINTS);
    int row = statement ? 0 : ERR_STORE;
    if (statement)
        sqlite3_bind_int64(statement, 1, (int64_t)most);
    while (statement && (row = store_row(store, statement)) == 1) {
        char article[ARTICLE_ID_BYTES], story[ARTICLE_ID_BYTES] = "";
        store_column_article(statement, 0, article);
        if (sqlite3_column_type(statement, 1) != SQLITE_NULL)
            store_column_article(statement, 1, story);
        visit(context, article, story, (uint64_t)sqlite3_column_int64(statement, 2));
    }
    if (row < 0)
        return error_set(error, row, "the articles' fingerprints cannot be read: %s",
                         sqlite3_errmsg(store->db));
    sqlite3_reset(statement);
    return 0;
}

/* store_visits: rows of pages to be visited again. The store's thread. */
#include "daemon/store/store_visits.h"

#include <assert.h>
#include <errno.h>

#include "base/container_of.h"
#include "daemon/store/store_intake.h"
#include "daemon/store/store_private.h"

enum { DAY_MS = 86400000 };

static int remove_visit(struct store *store, const char *article_id)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_VISIT_REMOVE);
    unsigned char bytes[16];
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, article_id, bytes);
    int error = store_step(store, statement);
    if (!error)
        store->pending.visits -= sqlite3_changes(store->db);
    return error;
}

static int begin_visits(struct store *store, struct arena *arena, const char *article_id, uint32_t revision,
                        const struct store_visit *visit)
{
    assert(visit->first_ms > 0 && visit->due_ms > visit->first_ms && visit->url.len);
    int error = remove_visit(store, article_id); /* an article that begins anew */
    sqlite3_stmt *statement = error ? NULL : store_statement(store, STATEMENT_VISIT_BEGIN);
    unsigned char bytes[16];
    if (!statement)
        return error ? error : ERR_STORE;
    store_bind_article(statement, 1, article_id, bytes);
    sqlite3_bind_int64(statement, 2, visit->due_ms);
    sqlite3_bind_int64(statement, 3, visit->first_ms);
    sqlite3_bind_int64(statement, 4, revision);
    sqlite3_bind_int64(statement, 5, (int64_t)visit->shown);
    store_bind_str(statement, 6, visit->url);
    store_bind_str(statement, 7, visit->etag);
    store_bind_str(statement, 8, visit->changed);
    struct str packed = store_pack(arena, visit->payload);
    if (!packed.ptr)
        return -ENOMEM;
    store_bind_str(statement, 9, packed);
    error = store_step(store, statement);
    if (!error)
        store->pending.visits++;
    return error;
}

static int note_reading(struct store *store, struct arena *arena, const char *article_id, uint32_t revision,
                        const struct store_visit *visit)
{
    assert(visit->url.len);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_VISIT_READ);
    unsigned char bytes[16];
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, article_id, bytes);
    sqlite3_bind_int64(statement, 2, visit->due_ms);
    sqlite3_bind_int64(statement, 3, revision);
    sqlite3_bind_int64(statement, 4, (int64_t)visit->shown);
    store_bind_str(statement, 5, visit->url);
    store_bind_str(statement, 6, visit->etag);
    store_bind_str(statement, 7, visit->changed);
    struct str packed = store_pack(arena, visit->payload);
    if (!packed.ptr)
        return -ENOMEM;
    store_bind_str(statement, 8, packed);
    return store_step(store, statement);
}

static int plan_visit(struct store *store, const char *article_id, const struct store_visit *visit)
{
    assert(visit->due_ms > 0);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_VISIT_PLAN);
    unsigned char bytes[16];
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, article_id, bytes);
    sqlite3_bind_int64(statement, 2, visit->due_ms);
    sqlite3_bind_int(statement, 3, visit->missed);
    store_bind_str(statement, 4, visit->etag);
    store_bind_str(statement, 5, visit->changed);
    return store_step(store, statement);
}

int store_visit_note(struct store *store, struct arena *arena, const char *article_id, uint32_t revision,
                     const struct store_visit *visit)
{
    switch (visit->word) {
    case VISIT_NONE:
        return 0;
    case VISIT_BEGIN:
        return begin_visits(store, arena, article_id, revision, visit);
    case VISIT_READ:
        return note_reading(store, arena, article_id, revision, visit);
    case VISIT_PLAN:
        return plan_visit(store, article_id, visit);
    case VISIT_END:
        break;
    }
    return remove_visit(store, article_id);
}

static int run_due_visits(struct store_job *base, struct store *store)
{
    struct store_due_visits *job = container_of(base, struct store_due_visits, base);
    assert(base->arena);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_VISITS_DUE);
    struct store_due_visit *rows = arena_new_array(base->arena, struct store_due_visit, job->limit);
    size_t count = 0, kept = 0;
    int row, error = 0;
    job->rows = rows;
    job->row_count = 0;
    if (!statement || !rows)
        return rows ? ERR_STORE : -ENOMEM;
    int64_t *owners = arena_new_array(base->arena, int64_t, job->limit);
    if (!owners)
        return -ENOMEM;
    sqlite3_bind_int64(statement, 1, job->now_ms);
    sqlite3_bind_int64(statement, 2, (int64_t)job->limit);
    while ((row = store_row(store, statement)) == 1) {
        assert(count < job->limit);
        store_column_article(statement, 0, rows[count].article_id);
        rows[count].first_ms = sqlite3_column_int64(statement, 1);
        rows[count].url = store_column_str(base->arena, statement, 2);
        rows[count].etag = store_column_str(base->arena, statement, 3);
        rows[count].changed = store_column_str(base->arena, statement, 4);
        rows[count].shown = (uint64_t)sqlite3_column_int64(statement, 5);
        rows[count].attempts = (uint16_t)sqlite3_column_int(statement, 6);
        rows[count].missed = (uint16_t)sqlite3_column_int(statement, 7);
        owners[count++] = sqlite3_column_int64(statement, 8); /* no article reads as none */
    }
    sqlite3_reset(statement);
    if (row < 0)
        return row;
    for (size_t i = 0; i < count && !error; i++) {
        if (owners[i])
            rows[kept++] = rows[i];
        else
            error = remove_visit(store, rows[i].article_id);
    }
    job->row_count = kept;
    return error;
}

void store_submit_due_visits(struct store *store, struct store_due_visits *job)
{
    assert(job->limit > 0);
    store_submit(store, &job->base, run_due_visits, STORE_NORMAL);
}

static int run_plan_visit(struct store_job *base, struct store *store)
{
    struct store_plan_visit *job = container_of(base, struct store_plan_visit, base);
    return store_visit_note(store, base->arena, job->article_id, 0, &job->visit);
}

void store_submit_plan_visit(struct store *store, struct store_plan_visit *job)
{
    assert(job->visit.word == VISIT_PLAN || job->visit.word == VISIT_END);
    store_submit(store, &job->base, run_plan_visit, STORE_NORMAL);
}

int store_visit_take(struct store *store, struct store_take *job)
{
    unsigned char bytes[16];
    sqlite3_stmt *attempt = store_statement(store, STATEMENT_VISIT_ATTEMPT);
    assert(job->kind != ARTICLE_PUBLISHED);
    job->found = false;
    if (!attempt)
        return ERR_STORE;
    store_bind_article(attempt, 1, job->article_id, bytes);
    int error = store_step(store, attempt);
    sqlite3_stmt *statement = error ? NULL : store_statement(store, STATEMENT_VISIT_TAKE);
    if (!statement)
        return error ? error : ERR_STORE;
    store_bind_article(statement, 1, job->article_id, bytes);
    int row = store_row(store, statement);
    if (row != 1)
        return row < 0 ? row : 0;
    uint32_t read = (uint32_t)sqlite3_column_int64(statement, 0);
    uint32_t newest = (uint32_t)sqlite3_column_int64(statement, 1);
    job->attempts = (uint16_t)sqlite3_column_int(statement, 2);
    struct str packed = store_column_str(job->base.arena, statement, 3);
    sqlite3_reset(statement);
    if (read != newest) /* a revision of the feed is on its way, and reads the page itself */
        return 0;
    job->revision = newest + 1;
    job->payload = packed.ptr ? store_unpack(job->base.arena, packed) : STR_NONE;
    job->found = job->payload.ptr != NULL;
    return job->found ? 0 : -ENOMEM;
}

int store_visit_revise(struct store *store, const char *article_id, uint32_t revision, int64_t now_ms,
                       bool *ret_revised)
{
    assert(revision > 1);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_VISIT_REVISE);
    unsigned char bytes[16];
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, article_id, bytes);
    sqlite3_bind_int64(statement, 2, revision);
    sqlite3_bind_int64(statement, 3, now_ms / DAY_MS);
    int error = store_step(store, statement);
    *ret_revised = !error && sqlite3_changes(store->db) > 0;
    return error;
}

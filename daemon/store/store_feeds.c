/* store_feeds: the feeds table. The store's thread, but for loading at the start. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/store/store_columns.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_private.h"
#include "processors/record/record.h"

static void bind_state(sqlite3_stmt *statement, const struct feed_state *state)
{
    int index = 1;
    if (state->rowid)
        sqlite3_bind_int64(statement, index, state->rowid);
    index++;
    store_bind_text(statement, index++, state->url);
#define BIND_TEXT(field) store_bind_text(statement, index++, state->field);
#define BIND_INTEGER(field, type) sqlite3_bind_int64(statement, index++, (int64_t)state->field);
#define BIND_REAL(field) sqlite3_bind_double(statement, index++, (double)state->field);
#define BIND_BYTES(field)                                                                                    \
    sqlite3_bind_blob(statement, index++, state->field, sizeof(state->field), SQLITE_TRANSIENT);
    FEED_COLUMNS(BIND_TEXT, BIND_INTEGER, BIND_REAL, BIND_BYTES)
}

static char *column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? strdup(text) : NULL;
}

/* All zero when the column holds anything else. */
static void column_bytes(sqlite3_stmt *statement, int column, void *to, size_t size)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    if (bytes && (size_t)sqlite3_column_bytes(statement, column) == size)
        memcpy(to, bytes, size);
    else
        memset(to, 0, size);
}

static void read_state(sqlite3_stmt *statement, struct feed_state *state)
{
    int column = 0;
    state->rowid = sqlite3_column_int64(statement, column++);
    state->url = column_text(statement, column++);
#define READ_TEXT(field) state->field = column_text(statement, column++);
#define READ_INTEGER(field, type) state->field = (type)sqlite3_column_int64(statement, column++);
#define READ_REAL(field) state->field = (float)sqlite3_column_double(statement, column++);
#define READ_BYTES(field) column_bytes(statement, column++, state->field, sizeof(state->field));
    FEED_COLUMNS(READ_TEXT, READ_INTEGER, READ_REAL, READ_BYTES)
    /* Both index tables; a damaged row must not reach beyond them. */
    if (state->status > FEED_STATUS_GONE)
        state->status = FEED_STATUS_NEW;
    if (state->page_policy > PAGES_ALWAYS)
        state->page_policy = PAGES_AUTO;
}

int store_feed_write(struct store *store, const struct feed_state *state)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FEED_WRITE);
    if (!statement)
        return ERR_STORE;
    bind_state(statement, state);
    return store_step(store, statement);
}

int store_load_feeds(struct store *store, void (*visit)(void *context, const struct feed_state *state),
                     void *context, struct error *error)
{
    assert(!store->started && store_is_here(store));
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, "SELECT " FEED_COLUMNS_NAMED " FROM feeds ORDER BY rowid", -1,
                           &statement, NULL))
        return error_set(error, ERR_STORE, "the feeds cannot be read: %s", sqlite3_errmsg(store->db));
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct feed_state state = {0};
        read_state(statement, &state);
        if (state.url)
            visit(context, &state);
        feed_state_done(&state);
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE)
        return error_set(error, ERR_STORE, "the feeds cannot be read: %s", sqlite3_errmsg(store->db));
    return 0;
}

static int feed_add(struct store *store, struct feed_state *state)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FEED_ADD);
    if (!statement)
        return ERR_STORE;
    assert(state->url);
    state->rowid = 0; /* a group may run twice */
    bind_state(statement, state);
    sqlite3_set_last_insert_rowid(store->db, 0); /* stays so when the URL had a row already */
    int row = store_row(store, statement);
    if (row != 1)
        return row < 0 ? row : ERR_STORE;
    state->rowid = sqlite3_column_int64(statement, 0);
    store->pending.feeds += sqlite3_last_insert_rowid(store->db) != 0;
    return store_row(store, statement) < 0 ? ERR_STORE : 0;
}

static int feed_remove(struct store *store, int64_t rowid)
{
    static const enum statement_id steps[] = {STATEMENT_FEED_SEEN_REMOVE, STATEMENT_FEED_SIGHTINGS_REMOVE,
                                              STATEMENT_FEED_DISOWN, STATEMENT_SUBSCRIPTION_DISOWN,
                                              STATEMENT_FEED_REMOVE};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        sqlite3_stmt *statement = store_statement(store, steps[i]);
        if (!statement)
            return ERR_STORE;
        sqlite3_bind_int64(statement, 1, rowid);
        int error = store_step(store, statement);
        if (error)
            return error;
        if (steps[i] == STATEMENT_FEED_SEEN_REMOVE)
            store->pending.seen -= sqlite3_changes(store->db);
        if (steps[i] == STATEMENT_FEED_REMOVE)
            store->pending.feeds -= sqlite3_changes(store->db);
    }
    return 0;
}

static int run_feeds(struct store_job *base, struct store *store)
{
    struct store_feeds *job = container_of(base, struct store_feeds, base);
    int error = 0;
    for (size_t i = 0; i < job->remove_count && !error; i++) {
        assert(job->remove[i] > 0); /* 0 would take along what belongs to no feed */
        error = feed_remove(store, job->remove[i]);
    }
    for (size_t i = 0; i < job->add_count && !error; i++)
        error = feed_add(store, job->add[i]);
    for (size_t i = 0; i < job->record_count && !error; i++)
        error = store_outbox_add(store, base->arena, &job->records[i], clock_wall_ms());
    return error;
}

void store_submit_feeds(struct store *store, struct store_feeds *job)
{
    store_submit(store, &job->base, run_feeds, STORE_NORMAL);
}

static int run_states(struct store_job *base, struct store *store)
{
    struct store_states *job = container_of(base, struct store_states, base);
    int error = 0;
    for (size_t i = 0; i < job->count && !error; i++)
        error = store_feed_write(store, &job->states[i]);
    for (size_t i = 0; i < job->record_count && !error; i++)
        error = store_outbox_add(store, base->arena, &job->records[i], clock_wall_ms());
    return error;
}

void store_submit_states(struct store *store, struct store_states *job)
{
    store_submit(store, &job->base, run_states, STORE_NORMAL);
}

/* store_outbox: finished records until Kafka has acknowledged them. The store's thread. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/container_of.h"
#include "daemon/store/store_outbox.h"
#include "daemon/store/store_private.h"

int store_outbox_add(struct store *store, struct arena *arena, const struct record *record,
                     int64_t created_ms)
{
    assert(record->topic < TOPIC_COUNT);
    struct str headers, value = record->value;
    bool packed = value.len > PACK_FROM_BYTES;
    int error = record_headers_encode(arena, record, &headers);
    if (error)
        return error;
    if (packed) {
        value = store_pack(arena, value);
        if (!value.ptr)
            return -ENOMEM;
    }
    int64_t bytes = (int64_t)(record->key.len + headers.len + value.len);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_OUTBOX_ADD);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int(statement, 1, (int)record->topic);
    store_bind_text(statement, 2, record->id);
    sqlite3_bind_int64(statement, 3, created_ms);
    store_bind_str(statement, 4, record->key);
    store_bind_str(statement, 5, headers);
    store_bind_str(statement, 6, value.ptr ? value : STR(""));
    sqlite3_bind_int(statement, 7, packed);
    sqlite3_bind_int64(statement, 8, bytes);
    error = store_step(store, statement);
    if (!error) {
        store->pending.outbox++;
        store->pending.outbox_bytes += bytes;
    }
    return error;
}

static int run_append(struct store_job *base, struct store *store)
{
    struct store_append *job = container_of(base, struct store_append, base);
    int error = 0;
    for (size_t i = 0; i < job->record_count && !error; i++)
        error = store_outbox_add(store, base->arena, &job->records[i], job->now_ms);
    return error;
}

void store_submit_append(struct store *store, struct store_append *job)
{
    store_submit(store, &job->base, run_append, STORE_NORMAL);
}

static int read_outgoing(struct arena *arena, sqlite3_stmt *statement, struct store_outgoing *row)
{
    *row = (struct store_outgoing){
        .rowid = sqlite3_column_int64(statement, 0),
        .topic = (enum record_topic)sqlite3_column_int(statement, 1),
        .created_ms = sqlite3_column_int64(statement, 3),
        .key = store_column_str(arena, statement, 4),
        .headers = store_column_str(arena, statement, 5),
        .value = store_column_str(arena, statement, 6),
    };
    const char *id = (const char *)sqlite3_column_text(statement, 2);
    (void)snprintf(row->id, sizeof(row->id), "%s", id ? id : ""); /* written by us: it fits */
    if (sqlite3_column_int(statement, 7))
        row->value = store_unpack(arena, row->value);
    return row->value.ptr && row->headers.ptr ? 0 : -ENOMEM;
}

static int run_read_outbox(struct store_job *base, struct store *store)
{
    struct store_read_outbox *job = container_of(base, struct store_read_outbox, base);
    assert(base->arena);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_OUTBOX_READ);
    size_t capacity = 0, bytes = 0;
    int row = 0;
    job->rows = NULL;
    job->row_count = 0;
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, job->after);
    sqlite3_bind_int64(statement, 2, (int64_t)job->rows_max);
    while ((job->row_count == 0 || bytes < job->bytes_max) && (row = store_row(store, statement)) == 1) {
        if (arena_grow(base->arena, (void **)&job->rows, job->row_count, &capacity, sizeof(*job->rows)))
            return job->row_count ? 0 : -ENOMEM;
        if (read_outgoing(base->arena, statement, &job->rows[job->row_count]))
            return job->row_count ? 0 : -ENOMEM;
        bytes += job->rows[job->row_count].value.len;
        job->row_count++;
    }
    return row < 0 ? row : 0;
}

void store_submit_read_outbox(struct store *store, struct store_read_outbox *job)
{
    assert(job->rows_max > 0);
    /* What is not read is not delivered, and so never leaves a full disk. */
    store_submit(store, &job->base, run_read_outbox, STORE_FREES_SPACE);
}

static int outbox_remove(struct store *store, int64_t rowid)
{
    sqlite3_stmt *size = store_statement(store, STATEMENT_OUTBOX_SIZE);
    if (!size)
        return ERR_STORE;
    sqlite3_bind_int64(size, 1, rowid);
    int row = store_row(store, size);
    if (row != 1)
        return row < 0 ? row : 0; /* gone before */
    int64_t bytes = sqlite3_column_int64(size, 0);
    sqlite3_reset(size);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_OUTBOX_REMOVE);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, rowid);
    int error = store_step(store, statement);
    if (!error) {
        store->pending.outbox--;
        store->pending.outbox_bytes -= bytes;
    }
    return error;
}

static int offsets_write(struct store *store, const struct store_offset *offsets, size_t count)
{
    int error = 0;
    for (size_t i = 0; i < count && !error; i++) {
        sqlite3_stmt *statement = store_statement(store, STATEMENT_OFFSET_WRITE);
        if (!statement)
            return ERR_STORE;
        store_bind_text(statement, 1, offsets[i].topic);
        sqlite3_bind_int(statement, 2, offsets[i].partition);
        sqlite3_bind_int64(statement, 3, offsets[i].offset);
        error = store_step(store, statement);
    }
    return error;
}

static int run_delivered(struct store_job *base, struct store *store)
{
    struct store_delivered *job = container_of(base, struct store_delivered, base);
    int error = 0;
    for (size_t i = 0; i < job->count && !error; i++)
        error = outbox_remove(store, job->rowids[i]);
    if (!error)
        error = offsets_write(store, job->offsets, job->offset_count);
    for (size_t i = 0; i < job->reject_count && !error; i++)
        error = store_outbox_add(store, base->arena, &job->rejects[i], job->now_ms);
    return error;
}

void store_submit_delivered(struct store *store, struct store_delivered *job)
{
    assert(job->reject_count <= job->count); /* each stands for a row that leaves */
    store_submit(store, &job->base, run_delivered, STORE_FREES_SPACE);
}

static int remove_by_id(struct store *store, const char *id, size_t *removed)
{
    for (;;) {
        sqlite3_stmt *statement = store_statement(store, STATEMENT_OUTBOX_FIND_ID);
        if (!statement)
            return ERR_STORE;
        store_bind_text(statement, 1, id);
        int row = store_row(store, statement);
        if (row != 1)
            return row < 0 ? row : 0;
        int64_t rowid = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
        int error = outbox_remove(store, rowid);
        if (error)
            return error;
        (*removed)++;
    }
}

static int run_reconcile(struct store_job *base, struct store *store)
{
    struct store_reconcile *job = container_of(base, struct store_reconcile, base);
    int error = 0;
    job->removed = 0;
    for (size_t i = 0; i < job->count && !error; i++)
        error = remove_by_id(store, job->ids[i], &job->removed);
    return error ? error : offsets_write(store, job->offsets, job->offset_count);
}

void store_submit_reconcile(struct store *store, struct store_reconcile *job)
{
    store_submit(store, &job->base, run_reconcile, STORE_FREES_SPACE);
}

int store_load_offsets(struct store *store,
                       void (*visit)(void *context, const char *topic, int32_t partition, int64_t offset),
                       void *context, struct error *error)
{
    assert(!store->started);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_OFFSETS);
    int row = statement ? 0 : ERR_STORE;
    while (statement && (row = store_row(store, statement)) == 1)
        visit(context, (const char *)sqlite3_column_text(statement, 0), sqlite3_column_int(statement, 1),
              sqlite3_column_int64(statement, 2));
    if (row < 0)
        return error_set(error, row, "the offsets cannot be read: %s", sqlite3_errmsg(store->db));
    sqlite3_reset(statement);
    return 0;
}

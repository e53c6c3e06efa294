/* connection: SQL on the store's one connection, its cached statements, and what a failure of SQLite means.
 * On the thread whose the connection is. */
#include <assert.h>
#include <errno.h>

#include "daemon/store/store_private.h"

bool store_is_here(const struct store *store)
{
    return pthread_equal(store->user, pthread_self()) != 0;
}

int store_error(sqlite3 *db, int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ERR_STORE_FULL;
    case SQLITE_IOERR:
        return sqlite3_system_errno(db) == ENOSPC || sqlite3_system_errno(db) == EDQUOT ? ERR_STORE_FULL
                                                                                        : ERR_STORE;
    case SQLITE_NOMEM:
        return -ENOMEM;
    default:
        return ERR_STORE;
    }
}

sqlite3_stmt *store_statement(struct store *store, enum statement_id which)
{
    assert(which < STATEMENT_COUNT && store_is_here(store));
    sqlite3_stmt **statement = &store->statements[which];
    if (!*statement && sqlite3_prepare_v3(store->db, store_statements[which], -1, SQLITE_PREPARE_PERSISTENT,
                                          statement, NULL))
        return NULL;
    sqlite3_reset(*statement);
    sqlite3_clear_bindings(*statement);
    return *statement;
}

int store_row(struct store *store, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return 1;
    return code == SQLITE_DONE ? 0 : store_error(store->db, code);
}

int store_step(struct store *store, sqlite3_stmt *statement)
{
    int row = store_row(store, statement);
    sqlite3_reset(statement);
    return row < 0 ? row : 0;
}

int store_execute(struct store *store, const char *sql)
{
    assert(store_is_here(store));
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : store_error(store->db, code);
}

int64_t store_number(struct store *store, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t value = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

int store_damage(struct store *store)
{
    int code = sqlite3_errcode(store->db) & 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? ERR_STORE_DAMAGED : ERR_STORE;
}

void store_disconnect(struct store *store)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(store->statements[i]);
        store->statements[i] = NULL;
    }
    sqlite3_close(store->db);
    store->db = NULL;
}

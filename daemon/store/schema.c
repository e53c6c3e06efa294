/* schema: whose database it is, of which version, and bringing it to today's. At the opening, before the
 * store's thread runs. Versions only ever add: tables and indexes by the schema itself, columns of feeds by
 * their list. */
#include <stdio.h>

#include "daemon/store/store_columns.h"
#include "daemon/store/store_private.h"

int schema_check(struct store *store, const char *path, int64_t *ret_version, struct error *error)
{
    static const char *const questions[] = {"PRAGMA user_version", "PRAGMA application_id",
                                            "SELECT count(*) FROM sqlite_schema"};
    int64_t answers[3];
    for (size_t i = 0; i < 3; i++) {
        answers[i] = store_number(store, questions[i]);
        if (answers[i] >= 0 || sqlite3_errcode(store->db) == SQLITE_OK)
            continue;                         /* another program's numbers may be negative */
        if (store_damage(store) == ERR_STORE) /* no memory, no file: nothing is known of the database */
            return error_set(error, ERR_STORE, "%s cannot be read: %s", path, sqlite3_errmsg(store->db));
        return error_set(error, ERR_STORE_DAMAGED,
                         "%s is no usable database: %s; move it aside and start anew, or restore a copy",
                         path, sqlite3_errmsg(store->db));
    }
    int64_t version = answers[0], application = answers[1], tables = answers[2];
    *ret_version = version;
    if (version == 0 && application == 0 && tables == 0)
        return 0;
    if (application != STORE_APPLICATION_ID || version <= 0)
        return error_set(error, ERR_STORE, "%s is a database, but not newsd's", path);
    if (version > STORE_SCHEMA_VERSION)
        return error_set(error, ERR_STORE_VERSION,
                         "%s has schema version %lld, this newsd knows up to %d; install the newer newsd "
                         "again, or start with another state directory",
                         path, (long long)version, STORE_SCHEMA_VERSION);
    return 0;
}

struct column {
    const char *name, *declared;
};

static const struct column feed_columns[] = {
#define TEXT_COLUMN(field) {#field, FEED_TEXT_DECLARED(field)},
#define INTEGER_COLUMN(field, type) {#field, FEED_INTEGER_DECLARED(field, type)},
#define REAL_COLUMN(field) {#field, FEED_REAL_DECLARED(field)},
    FEED_COLUMNS(TEXT_COLUMN, INTEGER_COLUMN, REAL_COLUMN, TEXT_COLUMN)};

/* 1, 0, or -1 when that could not be found out. */
static int has_column(struct store *store, const char *table, const char *column)
{
    char sql[256];
    (void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'", table,
                   column);
    return (int)store_number(store, sql);
}

static int add_missing_columns(struct store *store)
{
    char sql[256];
    int error = 0;
    for (size_t i = 0; !error && i < sizeof(feed_columns) / sizeof(feed_columns[0]); i++) {
        int there = has_column(store, "feeds", feed_columns[i].name);
        if (there < 0)
            return ERR_STORE;
        if (there)
            continue;
        /* The declaration begins with the comma of a list of columns. */
        (void)snprintf(sql, sizeof(sql), "ALTER TABLE feeds ADD COLUMN %s", feed_columns[i].declared + 1);
        error = store_execute(store, sql);
    }
    return error;
}

/* Version 4 finds by an index what older ones looked for among all marks of a feed, and knows more of each
 * entry. */
static int add_marks(struct store *store)
{
    static const char marks[] =
        "ALTER TABLE feeds ADD COLUMN marked_day INTEGER NOT NULL DEFAULT 0;"
        "UPDATE feeds SET marked_day = ifnull((SELECT max(day) FROM seen WHERE feed = feeds.rowid), 0);"
        "ALTER TABLE articles ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE articles ADD COLUMN content INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE seen ADD COLUMN previous INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE seen ADD COLUMN twin INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE seen ADD COLUMN swings INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE seen ADD COLUMN revised INTEGER NOT NULL DEFAULT 0;"
        /* The content is hashed by other rules: unknown, so that nothing counts as edited for that. */
        "UPDATE seen SET content = 0;"
        "CREATE INDEX seen_by_article ON seen(feed, article);"
        "UPDATE articles SET mark = ifnull((SELECT key FROM seen WHERE feed = owner AND article = id), 0);"
        "DROP INDEX seen_by_article;";
    int there = has_column(store, "feeds", "marked_day");
    return there < 0 ? ERR_STORE : there ? 0 : store_execute(store, marks);
}

/* Version 5 remembers which derived records an article had. */
static int add_derived(struct store *store)
{
    int there = has_column(store, "articles", "derived");
    return there < 0 ? ERR_STORE
           : there   ? 0
                     : store_execute(store, "ALTER TABLE articles ADD COLUMN derived TEXT");
}

/* Version 6 remembers of which story an article is. */
static int add_stories(struct store *store)
{
    int there = has_column(store, "articles", "story");
    return there < 0 ? ERR_STORE
           : there   ? 0
                     : store_execute(store, "ALTER TABLE articles ADD COLUMN story BLOB");
}

int schema_bring_up(struct store *store, const char *path, int64_t version, struct error *error)
{
    char marks[128];
    (void)snprintf(marks, sizeof(marks), "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                   STORE_APPLICATION_ID, STORE_SCHEMA_VERSION);
    if (store_execute(store, "BEGIN IMMEDIATE") ||
        (version > 0 && (add_marks(store) || add_derived(store) || add_stories(store))) ||
        store_execute(store, store_schema) || (version > 0 && add_missing_columns(store)) ||
        store_execute(store, marks) || store_execute(store, "COMMIT"))
        return error_set(error, ERR_STORE, "%s cannot be %s: %s", path,
                         version > 0 ? "brought to this version's schema" : "set up",
                         sqlite3_errmsg(store->db));
    return 0;
}

/* store_expire: forgetting, feed by feed and then article by article, in bounded slices. The store's thread.
 *
 * A mark is forgotten when its entry has long left the feed, never because the feed is quiet: what the feed's
 * last document held is kept however old that document is, or a feed that answers 304 for months would come
 * back with all its entries as new ones. Every entry of a document is marked with the document's day, so the
 * newest day among a feed's marks tells which entries stood in the last document. */
#include "base/container_of.h"
#include "daemon/store/store_expire.h"
#include "daemon/store/store_private.h"

#include <assert.h>

enum {
    DAY_MS = 86400000,
    ARTICLE_REFRESH_DAYS = 30, /* an article that a feed still shows is stamped this often */
};

static int step(struct store *store, enum statement_id which, int64_t first, int64_t second,
                int64_t *ret_changed)
{
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, first);
    sqlite3_bind_int64(statement, 2, second);
    int error = store_step(store, statement);
    *ret_changed = error ? 0 : sqlite3_changes(store->db);
    return error;
}

static int number(struct store *store, enum statement_id which, int64_t parameter, int64_t *ret_value,
                  bool *ret_found)
{
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, parameter);
    int row = store_row(store, statement);
    *ret_found = row == 1 && sqlite3_column_type(statement, 0) != SQLITE_NULL;
    *ret_value = *ret_found ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return row < 0 ? row : 0;
}

static int expire_feed(struct store *store, int64_t feed, int64_t today, struct store_expire *job)
{
    int64_t last, changed = 0, forget = today - store->seen_keep_days;
    bool found;
    int error = number(store, STATEMENT_FEED_MARKED_DAY, feed, &last, &found);
    if (error || !found)
        return error;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ARTICLE_REFRESH);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, feed);
    sqlite3_bind_int64(statement, 2, last);
    sqlite3_bind_int64(statement, 3, today);
    sqlite3_bind_int64(statement, 4, today - ARTICLE_REFRESH_DAYS);
    error = store_step(store, statement);
    if (error)
        return error;
    error = step(store, STATEMENT_SEEN_EXPIRE, feed, forget < last ? forget : last, &changed);
    store->pending.seen -= changed;
    job->removed += (size_t)changed;
    return error;
}

/* One statement over articles, `limit` rows at a time. */
static int expire_articles(struct store *store, enum statement_id which, int64_t day, int64_t *counter,
                           struct store_expire *job)
{
    int64_t changed = 0, limit = (int64_t)job->rows_max;
    int error = step(store, which, day, limit, &changed);
    if (counter)
        *counter -= changed;
    job->removed += (size_t)changed;
    job->more = job->more || changed == limit;
    return error;
}

static int run_expire(struct store_job *base, struct store *store)
{
    struct store_expire *job = container_of(base, struct store_expire, base);
    assert(job->feeds_max > 0 && job->rows_max > 0); /* or it would say `more` for ever */
    int64_t today = job->now_ms / DAY_MS;
    int error = 0;
    job->removed = 0;
    job->more = false;
    job->next_feed = job->after_feed;
    for (size_t i = 0; i < job->feeds_max; i++) {
        int64_t feed;
        bool found;
        error = number(store, STATEMENT_FEED_NEXT, job->next_feed, &feed, &found);
        if (error || !found)
            break;
        job->next_feed = feed;
        error = expire_feed(store, feed, today, job);
        if (error)
            return error;
        job->more = i + 1 == job->feeds_max;
    }
    if (error || job->more)
        return error;
    /* All feeds are through: then articles that none of them shows any more. */
    int64_t longest =
        store->seen_keep_days > store->article_keep_days ? store->seen_keep_days : store->article_keep_days;
    error =
        expire_articles(store, STATEMENT_ARTICLE_FORGET_TEXT, today - store->article_keep_days, NULL, job);
    /* Visits that nobody made for so long: they were switched off. */
    if (!error)
        error = expire_articles(store, STATEMENT_VISITS_EXPIRE, (today - store->article_keep_days) * DAY_MS,
                                &store->pending.visits, job);
    if (!error)
        error = expire_articles(store, STATEMENT_ARTICLE_EXPIRE, today - longest - 2 * ARTICLE_REFRESH_DAYS,
                                &store->pending.articles, job);
    return error;
}

void store_submit_expire(struct store *store, struct store_expire *job)
{
    store_submit(store, &job->base, run_expire, STORE_FREES_SPACE);
}

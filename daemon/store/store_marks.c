/* store_marks: see the header. */
#include "daemon/store/store_marks.h"
#include "daemon/store/store_poll.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

enum {
    SIGHTING_BYTES_MAX = 2048, /* of an entry's id */
    OWNER_DAYS = 3, /* without having shown an article, its feed is no longer the one that speaks for it */
};

int seen_read(struct store *store, enum statement_id which, int64_t feed, uint64_t hash,
              struct seen_entry *ret_seen, int64_t *ret_day, bool *ret_found)
{
    assert(which == STATEMENT_SEEN_BY_KEY || which == STATEMENT_SEEN_BY_LINK ||
           which == STATEMENT_SEEN_BY_TWIN);
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, feed);
    sqlite3_bind_int64(statement, 2, (int64_t)hash);
    int row = store_row(store, statement);
    *ret_found = row == 1;
    if (row == 1) {
        *ret_seen = (struct seen_entry){
            .key_hash = (uint64_t)sqlite3_column_int64(statement, 0),
            .link_hash = (uint64_t)sqlite3_column_int64(statement, 1),
            .title_hash = (uint64_t)sqlite3_column_int64(statement, 2),
            .content_hash = (uint64_t)sqlite3_column_int64(statement, 3),
            .withdrawn = sqlite3_column_int(statement, 5) != 0,
            .previous_hash = (uint64_t)sqlite3_column_int64(statement, 7),
            .twin_hash = (uint64_t)sqlite3_column_int64(statement, 8),
            .swings = (uint16_t)sqlite3_column_int(statement, 9),
            .revised_day = sqlite3_column_int(statement, 10),
        };
        store_column_article(statement, 4, ret_seen->article_id);
        *ret_day = sqlite3_column_int64(statement, 6);
    }
    sqlite3_reset(statement);
    return row < 0 ? row : 0;
}

int seen_write(struct store *store, int64_t feed, const struct seen_entry *seen, int64_t now_ms)
{
    unsigned char id[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SEEN_WRITE);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, feed);
    sqlite3_bind_int64(statement, 2, (int64_t)seen->key_hash);
    sqlite3_bind_int64(statement, 3, (int64_t)seen->link_hash);
    sqlite3_bind_int64(statement, 4, (int64_t)seen->title_hash);
    sqlite3_bind_int64(statement, 5, (int64_t)seen->content_hash);
    store_bind_article(statement, 6, seen->article_id, id);
    sqlite3_bind_int(statement, 7, seen->withdrawn);
    sqlite3_bind_int64(statement, 8, now_ms / DAY_MS);
    sqlite3_bind_int64(statement, 9, (int64_t)seen->previous_hash);
    sqlite3_bind_int64(statement, 10, (int64_t)seen->twin_hash);
    sqlite3_bind_int(statement, 11, seen->swings);
    sqlite3_bind_int(statement, 12, seen->revised_day);
    return store_step(store, statement);
}

int seen_step(struct store *store, enum statement_id which, int64_t value, bool has_value, int64_t feed,
              uint64_t key)
{
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement)
        return ERR_STORE;
    int index = 1;
    if (has_value)
        sqlite3_bind_int64(statement, index++, value);
    sqlite3_bind_int64(statement, index++, feed);
    sqlite3_bind_int64(statement, index, (int64_t)key);
    assert(index == sqlite3_bind_parameter_count(statement));
    return store_step(store, statement);
}

int article_find(struct store *store, struct arena *arena, const char *id, struct article_row *ret_row)
{
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ARTICLE_FIND);
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, id, bytes);
    int row = store_row(store, statement);
    *ret_row = (struct article_row){.found = row == 1};
    if (row == 1) {
        ret_row->owner = sqlite3_column_int64(statement, 0);
        ret_row->revision = (uint32_t)sqlite3_column_int64(statement, 1);
        ret_row->created = sqlite3_column_int64(statement, 2);
        ret_row->url = store_column_str(arena, statement, 3);
        ret_row->title = store_column_str(arena, statement, 4);
        ret_row->mark = (uint64_t)sqlite3_column_int64(statement, 5);
        ret_row->content = (uint64_t)sqlite3_column_int64(statement, 6);
    }
    sqlite3_reset(statement);
    return row < 0 ? row : 0;
}

int article_add(struct store *store, const struct store_poll *job, const struct entry_candidate *candidate,
                const char *id)
{
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ARTICLE_ADD);
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, id, bytes);
    sqlite3_bind_int64(statement, 2, job->state_before.rowid);
    sqlite3_bind_int64(statement, 3, job->now_ms);
    sqlite3_bind_int64(statement, 4, job->now_ms / DAY_MS);
    store_bind_str(statement, 5, candidate->link);
    store_bind_str(statement, 6, candidate->title);
    sqlite3_bind_int64(statement, 7, (int64_t)candidate->key_hash);
    sqlite3_bind_int64(statement, 8, (int64_t)candidate->content_hash);
    int error = store_step(store, statement);
    if (!error)
        store->pending.articles++;
    return error;
}

int article_revise(struct store *store, const char *id, int64_t now_ms, uint64_t content,
                   uint32_t *ret_revision)
{
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ARTICLE_REVISE);
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, id, bytes);
    sqlite3_bind_int64(statement, 2, now_ms / DAY_MS);
    sqlite3_bind_int64(statement, 3, (int64_t)content);
    int row = store_row(store, statement);
    if (row == 1)
        *ret_revision = (uint32_t)sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return row == 1 ? 0 : row < 0 ? row : ERR_STORE;
}

int article_own(struct store *store, enum statement_id which, const char *id, int64_t feed, uint64_t key)
{
    assert(which == STATEMENT_ARTICLE_OWN || which == STATEMENT_ARTICLE_MARK);
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, id, bytes);
    sqlite3_bind_int64(statement, 2, feed);
    sqlite3_bind_int64(statement, 3, (int64_t)key);
    return store_step(store, statement);
}

/* Whether the article stands in the last document of its feed, however old that is, or has only just gone. */
static int owner_shows(struct store *store, const struct store_poll *job, const char *id,
                       const struct article_row *article, bool *ret_shows)
{
    assert(article->found && article->owner != job->state_before.rowid);
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SEEN_ARTICLE_DAY);
    if (!statement)
        return ERR_STORE;
    sqlite3_bind_int64(statement, 1, article->owner);
    sqlite3_bind_int64(statement, 2, (int64_t)article->mark);
    store_bind_article(statement, 3, id, bytes);
    int row = store_row(store, statement);
    int64_t day = sqlite3_column_int64(statement, 0); /* no mark reads as day 0 */
    *ret_shows =
        day > 0 && (day >= sqlite3_column_int64(statement, 1) || job->now_ms / DAY_MS - day < OWNER_DAYS);
    sqlite3_reset(statement);
    return row < 0 ? row : 0;
}

int owner_settle(struct store *store, const struct store_poll *job, const char *id, uint64_t key,
                 struct article_row *article)
{
    int64_t feed = job->state_before.rowid;
    bool shows = false;
    if (!article->found || article->owner == feed)
        return 0;
    int error = article->owner ? owner_shows(store, job, id, article, &shows) : 0;
    if (error || shows)
        return error;
    article->owner = feed;
    return article_own(store, STATEMENT_ARTICLE_OWN, id, feed, key);
}

int sighting_add(struct store *store, const struct store_poll *job, const struct entry_candidate *candidate,
                 const char *id)
{
    unsigned char bytes[16];
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SIGHTING_ADD);
    if (!statement)
        return ERR_STORE;
    store_bind_article(statement, 1, id, bytes);
    sqlite3_bind_int64(statement, 2, job->state_before.rowid);
    store_bind_str(statement, 3, utf8_cut(candidate->key, SIGHTING_BYTES_MAX));
    sqlite3_bind_int64(statement, 4, job->now_ms);
    return store_step(store, statement);
}

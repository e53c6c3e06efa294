/* statements: the schema and every SQL text. Times are wall-clock milliseconds, days are days since 1970.
 *
 * What is asked for every entry finds its row by an index, however many marks a feed has; a test holds each
 * statement to its plan. Only removing a feed and forgetting read all marks of a feed. */
#include "daemon/store/store_columns.h"
#include "daemon/store/store_private.h"

const char store_schema[] =
    /* marked_day: the newest day among a feed's marks. */
    "CREATE TABLE IF NOT EXISTS feeds(" FEED_COLUMNS_DECLARED ", marked_day INTEGER NOT NULL DEFAULT 0);"
    /* doc: time of the last complete document (RFC 5005) the entry stood in; only such entries can be
       withdrawn by absence. */
    "CREATE TABLE IF NOT EXISTS seen(feed INTEGER NOT NULL, key INTEGER NOT NULL, link INTEGER NOT NULL, "
    "title INTEGER NOT "
    "NULL,"
    " content INTEGER NOT NULL, article BLOB NOT NULL, withdrawn INTEGER NOT NULL, day INTEGER NOT NULL, doc "
    "INTEGER NOT NULL,"
    " previous INTEGER NOT NULL DEFAULT 0, twin INTEGER NOT NULL DEFAULT 0, swings INTEGER NOT NULL DEFAULT "
    "0,"
    " revised INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(feed, key)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS seen_by_link ON seen(feed, link) WHERE link <> 0;"
    "CREATE INDEX IF NOT EXISTS seen_by_twin ON seen(feed, twin) WHERE twin <> 0;"
    "CREATE INDEX IF NOT EXISTS seen_complete ON seen(feed, doc) WHERE doc > 0;"
    /* mark: the key of its mark in the owner's feed, 0 when that is not known. */
    "CREATE TABLE IF NOT EXISTS articles(rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner INTEGER "
    "NOT NULL, "
    "revision INTEGER NOT NULL,"
    " created INTEGER NOT NULL, day INTEGER NOT NULL, url TEXT, title TEXT, text BLOB, fingerprint INTEGER "
    "NOT NULL, mark INTEGER NOT NULL DEFAULT 0, content INTEGER NOT NULL DEFAULT 0, derived TEXT, story "
    "BLOB);"
    "CREATE INDEX IF NOT EXISTS articles_by_day ON articles(day);"
    "CREATE INDEX IF NOT EXISTS articles_with_text ON articles(day) WHERE text IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS articles_by_owner ON articles(owner);"
    "CREATE TABLE IF NOT EXISTS sightings(article BLOB NOT NULL, feed INTEGER NOT NULL, entry TEXT, first "
    "INTEGER NOT NULL,"
    " PRIMARY KEY(article, feed)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS sightings_by_feed ON sightings(feed);"
    "CREATE TABLE IF NOT EXISTS intake(rowid INTEGER PRIMARY KEY AUTOINCREMENT, article BLOB NOT NULL, feed "
    "INTEGER NOT "
    "NULL,"
    " revision INTEGER NOT NULL, kind INTEGER NOT NULL, backfill INTEGER NOT NULL, attempts INTEGER NOT NULL,"
    " created INTEGER NOT NULL, published INTEGER NOT NULL, url TEXT, payload BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS outbox(rowid INTEGER PRIMARY KEY AUTOINCREMENT, topic INTEGER NOT NULL, id "
    "TEXT NOT NULL, "
    "created INTEGER NOT NULL,"
    " key BLOB, headers BLOB NOT NULL, value BLOB NOT NULL, packed INTEGER NOT NULL, bytes INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS outbox_by_id ON outbox(id);"
    "CREATE TABLE IF NOT EXISTS offsets(topic TEXT NOT NULL, part INTEGER NOT NULL, offset INTEGER NOT NULL, "
    "PRIMARY "
    "KEY(topic, part)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS subscriptions(token TEXT PRIMARY KEY, feed INTEGER NOT NULL, hub TEXT NOT "
    "NULL, topic TEXT "
    "NOT NULL,"
    " secret TEXT NOT NULL, state INTEGER NOT NULL, pending INTEGER NOT NULL, pending_until INTEGER NOT NULL,"
    " lease_end INTEGER NOT NULL, next INTEGER NOT NULL, attempts INTEGER NOT NULL, demotions INTEGER NOT "
    "NULL,"
    " pushes INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS subscriptions_by_feed ON subscriptions(feed);"
    /* revision: the last one that read the page; shown: hash of what it said; changed: its Last-Modified. */
    "CREATE TABLE IF NOT EXISTS visits(rowid INTEGER PRIMARY KEY, article BLOB NOT NULL UNIQUE, due INTEGER "
    "NOT NULL, first INTEGER NOT NULL, revision INTEGER NOT NULL, attempts INTEGER NOT NULL, missed INTEGER "
    "NOT NULL, shown INTEGER NOT NULL, url TEXT NOT NULL, etag BLOB, changed BLOB, payload BLOB NOT NULL);"
    "CREATE INDEX IF NOT EXISTS visits_by_due ON visits(due);"
    "CREATE TABLE IF NOT EXISTS run(clean INTEGER NOT NULL);"
    "INSERT INTO run SELECT 1 WHERE NOT EXISTS (SELECT * FROM run);";

#define SEEN_READ                                                                                            \
    "SELECT key, link, title, content, article, withdrawn, day, previous, twin, swings, revised FROM "

const char *const store_statements[STATEMENT_COUNT] = {
    [STATEMENT_FEED_ADD] =
        "INSERT INTO feeds(" FEED_COLUMNS_NAMED ") VALUES(" FEED_COLUMNS_MARKS ")"
        " ON CONFLICT(url) DO UPDATE SET page_policy = excluded.page_policy RETURNING rowid",
    [STATEMENT_FEED_WRITE] =
        "UPDATE feeds SET (" FEED_COLUMNS_NAMED ") = (" FEED_COLUMNS_MARKS ") WHERE rowid = ?1",
    [STATEMENT_FEED_REMOVE] = "DELETE FROM feeds WHERE rowid = ?",
    [STATEMENT_FEED_EXISTS] = "SELECT 1 FROM feeds WHERE rowid = ?",
    [STATEMENT_FEED_NEXT] = "SELECT rowid FROM feeds WHERE rowid > ? ORDER BY rowid LIMIT 1",
    [STATEMENT_FEED_SEEN_REMOVE] = "DELETE FROM seen WHERE feed = ?",
    [STATEMENT_FEED_SIGHTINGS_REMOVE] = "DELETE FROM sightings WHERE feed = ?",
    [STATEMENT_FEED_DISOWN] = "UPDATE articles SET owner = 0 WHERE owner = ?",
    [STATEMENT_SEEN_BY_KEY] = SEEN_READ "seen WHERE feed = ? AND key = ?",
    /* Left alone, SQLite takes the primary key for these two and reads every mark of the feed. */
    [STATEMENT_SEEN_BY_LINK] =
        SEEN_READ "seen INDEXED BY seen_by_link WHERE feed = ? AND link = ? AND link <> 0 LIMIT 1",
    [STATEMENT_SEEN_BY_TWIN] =
        SEEN_READ "seen INDEXED BY seen_by_twin WHERE feed = ? AND twin = ? AND twin <> 0 LIMIT 1",
    [STATEMENT_SEEN_WRITE] = "INSERT OR REPLACE INTO seen(feed, key, link, title, content, article, "
                             "withdrawn, day, doc, previous, twin,"
                             " swings, revised) VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
    [STATEMENT_SEEN_TOUCH] = "UPDATE seen SET day = ? WHERE feed = ? AND key = ?",
    [STATEMENT_SEEN_REMOVE] = "DELETE FROM seen WHERE feed = ? AND key = ?",
    [STATEMENT_SEEN_ABSENT] =
        "SELECT key, article FROM seen WHERE feed = ? AND doc > 0 AND doc < ? AND withdrawn = 0 LIMIT ?",
    [STATEMENT_SEEN_DOCUMENT] = "UPDATE seen SET doc = ? WHERE feed = ? AND key = ?",
    [STATEMENT_SEEN_WITHDRAW] = "UPDATE seen SET withdrawn = 1, doc = 0 WHERE feed = ? AND key = ?",
    [STATEMENT_FEED_MARKED] = "UPDATE feeds SET marked_day = ?2 WHERE rowid = ?1 AND marked_day < ?2",
    [STATEMENT_FEED_MARKED_DAY] = "SELECT nullif(marked_day, 0) FROM feeds WHERE rowid = ?",
    [STATEMENT_FEED_STOPPED] = "UPDATE feeds SET stopped = min(stopped + 1, 255) WHERE rowid = ?",
    [STATEMENT_SEEN_ARTICLE_DAY] =
        "SELECT (SELECT day FROM seen WHERE feed = ?1 AND key = ?2 AND article = ?3),"
        " (SELECT marked_day FROM feeds WHERE rowid = ?1)",
    [STATEMENT_SEEN_EXPIRE] = "DELETE FROM seen WHERE feed = ? AND day < ?",
    [STATEMENT_ARTICLE_FIND] =
        "SELECT owner, revision, created, url, title, mark, content FROM articles WHERE id = ?",
    [STATEMENT_ARTICLE_ADD] = "INSERT INTO articles(id, owner, revision, created, day, url, title, "
                              "fingerprint, mark, content) VALUES(?, ?, 1, ?, ?, ?, ?, 0, ?, ?)",
    [STATEMENT_ARTICLE_REVISE] = "UPDATE articles SET revision = revision + 1, day = ?2, content = ?3 WHERE "
                                 "id = ?1 RETURNING revision",
    [STATEMENT_ARTICLE_OWN] = "UPDATE articles SET owner = ?2, mark = ?3 WHERE id = ?1",
    [STATEMENT_ARTICLE_MARK] = "UPDATE articles SET mark = ?3 WHERE id = ?1 AND owner = ?2",
    [STATEMENT_ARTICLE_REMEMBER] = "UPDATE articles SET title = ?2, text = ?3, fingerprint = ?4, day = ?5, "
                                   "derived = ?6, story = ?7 WHERE id = ?1",
    [STATEMENT_FINGERPRINTS] =
        "SELECT id, story, fingerprint FROM (SELECT rowid AS number, id, story, fingerprint FROM articles"
        " WHERE fingerprint <> 0 ORDER BY rowid DESC LIMIT ?) ORDER BY number",
    [STATEMENT_ARTICLE_TEXT] = "SELECT title, text, created, derived FROM articles WHERE id = ?",
    [STATEMENT_ARTICLE_REFRESH] = "UPDATE articles SET day = ?3 WHERE day < ?4 AND id IN"
                                  " (SELECT article FROM seen WHERE feed = ?1 AND day >= ?2)",
    [STATEMENT_ARTICLE_FORGET_TEXT] =
        "UPDATE articles SET text = NULL WHERE rowid IN"
        " (SELECT rowid FROM articles WHERE day < ? AND text IS NOT NULL LIMIT ?)",
    [STATEMENT_ARTICLE_EXPIRE] =
        "DELETE FROM articles WHERE rowid IN (SELECT rowid FROM articles WHERE day < ? LIMIT ?)",
    [STATEMENT_SIGHTING_ADD] =
        "INSERT OR IGNORE INTO sightings(article, feed, entry, first) VALUES(?, ?, ?, ?)",
    [STATEMENT_SIGHTINGS] = "SELECT feeds.url, sightings.entry, sightings.first FROM sightings JOIN feeds ON "
                            "feeds.rowid = sightings.feed"
                            " WHERE sightings.article = ? ORDER BY sightings.first LIMIT 100",
    [STATEMENT_INTAKE_ADD] = "INSERT INTO intake(article, feed, revision, kind, backfill, attempts, created, "
                             "published, url, payload)"
                             " VALUES(?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
    [STATEMENT_INTAKE_LIST] = "SELECT rowid, article, feed, created, url, attempts FROM intake WHERE rowid > "
                              "? ORDER BY rowid LIMIT ?",
    [STATEMENT_INTAKE_ATTEMPT] = "UPDATE intake SET attempts = attempts + 1 WHERE rowid = ?",
    [STATEMENT_INTAKE_TAKE] = "SELECT article, revision, kind, backfill, attempts, created, published, "
                              "payload FROM intake WHERE rowid = ?",
    [STATEMENT_INTAKE_REMOVE] = "DELETE FROM intake WHERE rowid = ?",
    [STATEMENT_OUTBOX_ADD] = "INSERT INTO outbox(topic, id, created, key, headers, value, packed, bytes) "
                             "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [STATEMENT_OUTBOX_READ] = "SELECT rowid, topic, id, created, key, headers, value, packed FROM outbox "
                              "WHERE rowid > ? ORDER BY rowid LIMIT ?",
    [STATEMENT_OUTBOX_SIZE] = "SELECT bytes FROM outbox WHERE rowid = ?",
    [STATEMENT_OUTBOX_REMOVE] = "DELETE FROM outbox WHERE rowid = ?",
    [STATEMENT_OUTBOX_FIND_ID] = "SELECT rowid, bytes FROM outbox WHERE id = ?",
    [STATEMENT_OFFSET_WRITE] =
        "INSERT INTO offsets(topic, part, offset) VALUES(?, ?, ?)"
        " ON CONFLICT(topic, part) DO UPDATE SET offset = max(offset, excluded.offset)",
    [STATEMENT_OFFSETS] = "SELECT topic, part, offset FROM offsets",
    [STATEMENT_SUBSCRIPTION_WRITE] =
        "INSERT OR REPLACE INTO subscriptions(token, feed, hub, topic, secret, state, pending, pending_until,"
        " lease_end, next, attempts, demotions, pushes) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STATEMENT_SUBSCRIPTION_REMOVE] = "DELETE FROM subscriptions WHERE token = ?",
    [STATEMENT_SUBSCRIPTION_DISOWN] = "UPDATE subscriptions SET feed = 0 WHERE feed = ?",
    [STATEMENT_VISIT_BEGIN] = "INSERT INTO visits(article, due, first, revision, attempts, missed, shown, "
                              "url, etag, changed, payload) VALUES(?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)",
    [STATEMENT_VISIT_READ] = "UPDATE visits SET due = CASE WHEN ?2 > 0 THEN ?2 ELSE due END, revision = ?3, "
                             "attempts = 0, missed = 0, shown = ?4, url = ?5, etag = ?6, changed = ?7, "
                             "payload = ?8 WHERE article = ?1",
    [STATEMENT_VISIT_PLAN] = "UPDATE visits SET due = ?2, attempts = 0, missed = ?3, etag = ?4, changed = ?5 "
                             "WHERE article = ?1",
    [STATEMENT_VISIT_REMOVE] = "DELETE FROM visits WHERE article = ?",
    [STATEMENT_VISIT_ATTEMPT] = "UPDATE visits SET attempts = attempts + 1 WHERE article = ?",
    [STATEMENT_VISIT_TAKE] = "SELECT visits.revision, articles.revision, attempts, payload FROM visits JOIN "
                             "articles ON articles.id = visits.article WHERE visits.article = ?",
    [STATEMENT_VISIT_REVISE] =
        "UPDATE articles SET revision = ?2, day = ?3 WHERE id = ?1 AND revision = ?2 - 1",
    [STATEMENT_VISITS_DUE] =
        "SELECT article, first, url, etag, changed, shown, attempts, missed,"
        " (SELECT owner FROM articles WHERE id = article) FROM visits WHERE due <= ? ORDER BY due LIMIT ?",
    [STATEMENT_VISITS_EXPIRE] =
        "DELETE FROM visits WHERE rowid IN (SELECT rowid FROM visits WHERE due < ? LIMIT ?)",
};

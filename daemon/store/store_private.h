/* store_private: the connection, its cached statements, and the seams between the store's files. Included by
 * them only. */
#ifndef NEWSD_DAEMON_STORE_STORE_PRIVATE_H
#define NEWSD_DAEMON_STORE_STORE_PRIVATE_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "base/must_use.h"
#include "base/str.h"
#include "daemon/store/store.h"
#include "daemon/store/working.h"
#include "feeds/poll/identity.h"

struct feed_state;
struct record;
struct store_take;
struct store_visit;

enum {
    STORE_APPLICATION_ID = 0x6e777364, /* "nwsd" */
    STORE_PAGE_BYTES = 4096,
    STORE_BALLAST_BYTES = 4 << 20,
    PACK_FROM_BYTES = 100 * 1024, /* larger values are compressed (reliability: B7) */
};

/* Every statement is prepared once; the texts are in statements.c in the same order. */
enum statement_id {
    STATEMENT_FEED_ADD,
    STATEMENT_FEED_WRITE,
    STATEMENT_FEED_REMOVE,
    STATEMENT_FEED_EXISTS,
    STATEMENT_FEED_NEXT,
    STATEMENT_FEED_SEEN_REMOVE,
    STATEMENT_FEED_SIGHTINGS_REMOVE,
    STATEMENT_FEED_DISOWN,
    STATEMENT_SEEN_BY_KEY,
    STATEMENT_SEEN_BY_LINK,
    STATEMENT_SEEN_BY_TWIN,
    STATEMENT_SEEN_WRITE,
    STATEMENT_SEEN_TOUCH,
    STATEMENT_SEEN_REMOVE,
    STATEMENT_SEEN_ABSENT,
    STATEMENT_SEEN_DOCUMENT,
    STATEMENT_SEEN_WITHDRAW,
    STATEMENT_FEED_MARKED,
    STATEMENT_FEED_MARKED_DAY,
    STATEMENT_FEED_STOPPED,
    STATEMENT_SEEN_ARTICLE_DAY,
    STATEMENT_SEEN_EXPIRE,
    STATEMENT_ARTICLE_FIND,
    STATEMENT_ARTICLE_ADD,
    STATEMENT_ARTICLE_REVISE,
    STATEMENT_ARTICLE_OWN,
    STATEMENT_ARTICLE_MARK,
    STATEMENT_ARTICLE_REMEMBER,
    STATEMENT_FINGERPRINTS,
    STATEMENT_ARTICLE_TEXT,
    STATEMENT_ARTICLE_REFRESH,
    STATEMENT_ARTICLE_FORGET_TEXT,
    STATEMENT_ARTICLE_EXPIRE,
    STATEMENT_SIGHTING_ADD,
    STATEMENT_SIGHTINGS,
    STATEMENT_INTAKE_ADD,
    STATEMENT_INTAKE_LIST,
    STATEMENT_INTAKE_ATTEMPT,
    STATEMENT_INTAKE_TAKE,
    STATEMENT_INTAKE_REMOVE,
    STATEMENT_OUTBOX_ADD,
    STATEMENT_OUTBOX_READ,
    STATEMENT_OUTBOX_SIZE,
    STATEMENT_OUTBOX_REMOVE,
    STATEMENT_OUTBOX_FIND_ID,
    STATEMENT_OFFSET_WRITE,
    STATEMENT_OFFSETS,
    STATEMENT_SUBSCRIPTION_WRITE,
    STATEMENT_SUBSCRIPTION_REMOVE,
    STATEMENT_SUBSCRIPTION_DISOWN,
    STATEMENT_VISIT_BEGIN,
    STATEMENT_VISIT_READ,
    STATEMENT_VISIT_PLAN,
    STATEMENT_VISIT_REMOVE,
    STATEMENT_VISIT_ATTEMPT,
    STATEMENT_VISIT_TAKE,
    STATEMENT_VISIT_REVISE,
    STATEMENT_VISITS_DUE,
    STATEMENT_VISITS_EXPIRE,
    STATEMENT_COUNT
};
extern const char *const store_statements[STATEMENT_COUNT];
extern const char store_schema[];

enum { STORE_MAGIC = 0x73746f72 };

struct store {
    uint32_t magic;
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    char *directory;
    int lock_fd;
    struct working *working;
    int64_t seen_keep_days, article_keep_days;

    pthread_t thread;
    pthread_t
        user; /* who may use the connection: the thread that opened it, from store_start() the store's */
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct store_job *first, **last; /* under lock */
    bool ending;                     /* under lock */
    struct mailbox *mailbox;

    /* Sums of committed transactions; `pending` belongs to the running one and is added at its commit. */
    struct {
        int64_t feeds, seen, intake, outbox, outbox_bytes, articles, visits;
    } pending;
    _Atomic int64_t feeds, seen, intake, outbox, outbox_bytes, articles, visits, bytes, commits, queued,
        progress_ms;
    atomic_bool full;
    bool ballast_given_up; /* the store's thread */
};

/* connection.c */
/* On the thread whose the connection is now. */
bool store_is_here(const struct store *store);
/* The cached statement, reset and without bindings; NULL after a failure that is noted in the connection. */
sqlite3_stmt *store_statement(struct store *store, enum statement_id which);
/* Steps a statement that returns no row. 0, ERR_STORE_FULL or ERR_STORE. */
_must_use_ int store_step(struct store *store, sqlite3_stmt *statement);
/* 1 = a row is there, 0 = none, else an error as store_step(). */
_must_use_ int store_row(struct store *store, sqlite3_stmt *statement);
/* The error of a failed SQLite call: full disk or anything else. */
int store_error(sqlite3 *db, int code);

/* Runs SQL without results; errors as store_step(). */
_must_use_ int store_execute(struct store *store, const char *sql);
/* The first column of the first row; -1 when there is none, or on an error. */
int64_t store_number(struct store *store, const char *sql);
/* What the last failure says of the file: ERR_STORE_DAMAGED when no repetition mends it, else ERR_STORE. */
int store_damage(struct store *store);
/* Lets go of the connection and its statements; nothing is marked. */
void store_disconnect(struct store *store);

/* store.c */
void store_submit(struct store *store, struct store_job *job,
                  int (*run)(struct store_job *job, struct store *store), enum store_urgency urgency);

/* store_values.c */
void store_bind_str(sqlite3_stmt *statement, int index, struct str s); /* NULL when absent; not copied */
void store_bind_text(sqlite3_stmt *statement, int index, const char *text);
/* Article ids are 32 hexadecimal digits outside and 16 bytes inside. */
void store_bind_article(sqlite3_stmt *statement, int index, const char *id, unsigned char bytes[16]);
void store_column_article(sqlite3_stmt *statement, int column, char id[ARTICLE_ID_BYTES]);
struct str store_column_str(struct arena *arena, sqlite3_stmt *statement,
                            int column); /* copy, STR_NONE for NULL */

/* Compressed bytes (zstd) in the arena, and back. STR_NONE without memory or when the bytes are no zstd
 * frame. */
struct str store_pack(struct arena *arena, struct str plain);
struct str store_unpack(struct arena *arena, struct str packed);

/* ballast.c */
/* Lays the ballast down (again). False when there is no space for it. */
bool store_ballast_keep(struct store *store);
/* False when there was none. */
bool store_ballast_give_up(struct store *store);

/* schema.c */
/* Nothing is written to a database that is not newsd's, or is a newer one's. *ret_version 0: there is none
 * yet. */
_must_use_ int schema_check(struct store *store, const char *path, int64_t *ret_version, struct error *error);
/* Makes the tables, or adds to those of an older version what they lack, in one transaction. */
_must_use_ int schema_bring_up(struct store *store, const char *path, int64_t version, struct error *error);

/* store_feeds.c */
_must_use_ int store_feed_write(struct store *store, const struct feed_state *state);
/* store_outbox.c */
_must_use_ int store_outbox_add(struct store *store, struct arena *arena, const struct record *record,
                                int64_t created_ms);
/* store_visits.c */
/* Does what visit->word says to the article's row; `revision` is the one that was published. */
_must_use_ int store_visit_note(struct store *store, struct arena *arena, const char *article_id,
                                uint32_t revision, const struct store_visit *visit);
/* store_take's part for a visit: job->found is false, too, while a revision of the feed is on its way. */
_must_use_ int store_visit_take(struct store *store, struct store_take *job);
/* The article's revision becomes `revision`, if it is the one before: else a feed was faster. */
_must_use_ int store_visit_revise(struct store *store, const char *article_id, uint32_t revision,
                                  int64_t now_ms, bool *ret_revised);

#endif

/* open: the lock, the database file, its soundness, what the last run left; looking without changing. On the
 * calling thread, before the store's own runs. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "daemon/store/store_private.h"

enum {
    PROGRESS_STEPS = 100000, /* of SQLite's machine, some milliseconds */
    JOURNAL_BYTES_MAX = 64 << 20,
    CACHE_KIB = 16384,
};

/* What root makes in the folder of the service's user, that user cannot write afterwards. */
static int check_owner(const char *directory, struct error *error)
{
    struct stat status;
    if (geteuid() != 0 || stat(directory, &status) || status.st_uid == 0)
        return 0;
    return error_set(
        error, -EPERM,
        "%s belongs to user %u, not to root; run newsd as that user, or with a state directory of its "
        "own",
        directory, (unsigned)status.st_uid);
}

static int take_lock(struct store *store, const char *directory, struct error *error)
{
    char path[4096], pid[32] = "";
    (void)snprintf(path, sizeof(path), "%s/lock", directory);
    store->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (store->lock_fd < 0)
        return error_set(
            error, -errno,
            "%s cannot be written: %s; the state directory must exist and belong to newsd's user", path,
            strerror(errno));
    if (flock(store->lock_fd, LOCK_EX | LOCK_NB)) {
        ssize_t len = read(store->lock_fd, pid, sizeof(pid) - 1);
        pid[len > 0 ? (size_t)len : 0] = '\0';
        pid[strcspn(pid, "\n")] = '\0';
        return error_set(
            error, ERR_STORE_LOCKED,
            "the state in %s is in use by process %s; stop it, or give this one a state directory of its own",
            directory, *pid ? pid : "(unknown)");
    }
    int len = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
    /* Written over what is there: on a full disk there may be no space to begin anew. */
    if (pwrite(store->lock_fd, pid, (size_t)len, 0) != len || ftruncate(store->lock_fd, len))
        return error_set(error, -errno, "%s cannot be written: %s", path, strerror(errno));
    return 0;
}

/* Opens the file and looks whose it is. */
static int connect_database(struct store *store, const char *path, int flags, int64_t *ret_version,
                            struct error *error)
{
    if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | flags, NULL))
        return error_set(error, ERR_STORE, "%s cannot be opened: %s", path, sqlite3_errmsg(store->db));
    sqlite3_extended_result_codes(store->db, 1);
    /* Exclusive before WAL: one connection and no shared memory file, which also keeps clear of the WAL-reset
     * fault. */
    if (store_execute(store, "PRAGMA page_size = 4096; PRAGMA locking_mode = EXCLUSIVE"))
        return error_set(error, store_damage(store), "%s cannot be used: %s", path,
                         sqlite3_errmsg(store->db));
    return schema_check(store, path, ret_version, error);
}

static int open_database(struct store *store, const struct store_options *options, struct error *error)
{
    char path[4096], limit[128];
    int64_t version;
    (void)snprintf(path, sizeof(path), "%s/newsd.db", options->directory);
    (void)snprintf(limit, sizeof(limit),
                   "PRAGMA max_page_count = %lld; PRAGMA journal_size_limit = %d; PRAGMA cache_size = -%d",
                   (long long)(options->bytes_max / STORE_PAGE_BYTES), JOURNAL_BYTES_MAX, CACHE_KIB);
    int failure = connect_database(store, path, SQLITE_OPEN_CREATE, &version, error);
    if (failure)
        return failure;
    if (store_execute(store, "PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY") ||
        store_execute(store,
                      options->synchronous ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF") ||
        store_execute(store, limit))
        return error_set(error, store_damage(store), "%s cannot be used: %s", path,
                         sqlite3_errmsg(store->db));
    return version < STORE_SCHEMA_VERSION ? schema_bring_up(store, path, version, error) : 0;
}

static int check_soundness(struct store *store, struct error *error)
{
    sqlite3_stmt *statement;
    bool told = sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    const char *verdict = told ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    bool sound = verdict && !strcmp(verdict, "ok");
    /* SQLite tells of a page for which it had no memory as of one that it cannot read. */
    bool no_memory = verdict && (strstr(verdict, "error code=7") || strstr(verdict, "error code=3082"));
    int failure = no_memory ? ERR_STORE : verdict ? ERR_STORE_DAMAGED : store_damage(store);
    if (!sound && failure == ERR_STORE) /* no memory, no file: nothing is known of the database */
        error_set(error, failure, "the database in %s cannot be checked: %s", store->directory,
                  no_memory ? "out of memory" : sqlite3_errmsg(store->db));
    sqlite3_finalize(statement);
    if (sound || failure == ERR_STORE)
        return sound ? 0 : failure;
    return error_set(error, ERR_STORE_DAMAGED,
                     "the database in %s is damaged; move newsd.db aside and start anew, or restore a copy",
                     store->directory);
}

/* A check after an unclean stop; then the flag stands at unclean until store_close(). */
static int note_run(struct store *store, bool *ret_unclean, struct error *error)
{
    static const char mark[] = "UPDATE run SET clean = 0";
    *ret_unclean = store_number(store, "SELECT clean FROM run") != 1;
    int failure = *ret_unclean ? check_soundness(store, error) : 0;
    if (failure)
        return failure;
    /* It stands at unclean already after an unclean stop, which may have left a full disk. */
    if (!*ret_unclean && store_execute(store, mark) &&
        (!store_ballast_give_up(store) || store_execute(store, mark)))
        return error_set(error, ERR_STORE, "the database in %s cannot be written: %s", store->directory,
                         sqlite3_errmsg(store->db));
    return 0;
}

/* The feed whose document was at work when the last run died. A feed that is gone since has no row. */
static void note_stopped(void *context, int64_t feed)
{
    struct store *store = context;
    assert(store->magic == STORE_MAGIC);
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FEED_STOPPED);
    if (!statement)
        return;
    sqlite3_bind_int64(statement, 1, feed);
    may_fail(store_step(store, statement)); /* on a full disk it is counted at another time */
}

static int count_rows(struct store *store, struct error *error)
{
    const struct {
        const char *sql;
        _Atomic int64_t *count;
        int64_t unit;
    } counts[] = {
        {"SELECT count(*) FROM feeds", &store->feeds, 1},
        {"SELECT count(*) FROM seen", &store->seen, 1},
        {"SELECT count(*) FROM intake", &store->intake, 1},
        {"SELECT count(*) FROM outbox", &store->outbox, 1},
        {"SELECT ifnull(sum(bytes), 0) FROM outbox", &store->outbox_bytes, 1},
        {"SELECT count(*) FROM articles", &store->articles, 1},
        {"PRAGMA page_count", &store->bytes, STORE_PAGE_BYTES},
    };
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        int64_t number = store_number(store, counts[i].sql);
        if (number < 0)
            return error_set(error, store_damage(store), "the database in %s cannot be read: %s",
                             store->directory, sqlite3_errmsg(store->db));
        atomic_store(counts[i].count, number * counts[i].unit);
    }
    return 0;
}

/* Apart from the others: an older version's database, which is only looked at, has no such table. */
static int count_visits(struct store *store, struct error *error)
{
    int64_t number = store_number(store, "SELECT count(*) FROM visits");
    if (number < 0)
        return error_set(error, store_damage(store), "the database in %s cannot be read: %s",
                         store->directory, sqlite3_errmsg(store->db));
    atomic_store(&store->visits, number);
    return 0;
}

/* A statement over many rows is work, and no hang. */
static int on_progress(void *context)
{
    struct store *store = context;
    assert(store->magic == STORE_MAGIC);
    atomic_store(&store->progress_ms, clock_monotonic_ms());
    return 0;
}

/* An empty store, not open yet. NULL without memory. */
static struct store *store_create(const char *directory)
{
    struct store *store = calloc(1, sizeof(*store));
    if (!store)
        return NULL;
    store->magic = STORE_MAGIC;
    store->user = pthread_self();
    store->lock_fd = -1;
    store->last = &store->first;
    pthread_mutex_init(&store->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&store->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    store->directory = strdup(directory);
    if (!store->directory)
        store_close(&store);
    return store;
}

int store_inspect(const char *directory, struct store_counts *ret_counts, bool *ret_unclean,
                  struct error *error)
{
    char path[4096];
    int64_t version;
    (void)snprintf(path, sizeof(path), "%s/newsd.db", directory);
    if (access(path, F_OK))
        return error_set(error, -errno, "%s: %s", path, strerror(errno));
    struct store *store = store_create(directory);
    int failure = store ? take_lock(store, directory, error) : -ENOMEM;
    if (!failure)
        failure = connect_database(store, path, 0, &version, error);
    if (!failure)
        failure = check_soundness(store, error);
    if (!failure) {
        *ret_unclean = store_number(store, "SELECT clean FROM run") != 1;
        failure = count_rows(store, error);
    }
    if (!failure)
        store_get_counts(store, ret_counts);
    if (store)
        store_disconnect(store); /* before store_close(), which would mark the last stop as a clean one */
    store_close(&store);
    return failure;
}

int store_open(struct store **ret_store, const struct store_options *options, bool *ret_unclean,
               struct error *error)
{
    struct store *store = store_create(options->directory);
    if (!store)
        return error_set(error, -ENOMEM, "no memory for the store");
    store->seen_keep_days = options->seen_keep_days;
    store->article_keep_days = options->article_keep_days;
    if (mkdir(options->directory, 0750) && errno != EEXIST)
        errno = 0; /* the lock file's own error says it better */
    int failure = check_owner(options->directory, error);
    if (!failure)
        failure = take_lock(store, options->directory, error);
    if (!failure)
        failure = open_database(store, options, error);
    if (!failure)
        failure = note_run(store, ret_unclean, error);
    if (!failure)
        failure = working_open(&store->working, options->directory, note_stopped, store, error);
    if (!failure)
        failure = count_rows(store, error);
    if (!failure)
        failure = count_visits(store, error);
    if (!failure)
        sqlite3_progress_handler(store->db, PROGRESS_STEPS, on_progress, store);
    if (failure) {
        store_disconnect(store);
        store_close(&store);
        return failure;
    }
    (void)store_ballast_keep(
        store); /* a state directory without room for it works, only worse on a full disk */
    atomic_store(&store->progress_ms, clock_monotonic_ms());
    *ret_store = store;
    return 0;
}

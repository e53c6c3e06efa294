/* store: opening and refusing, unclean stops, damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <sys/wait.h>

#include "daemon/store/store_fixture.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_intake.h"

static void sql(struct fixture *fixture, const char *text)
{
    char path[256];
    sqlite3 *db;
    assert_int_equal(sqlite3_open(temp_path(&fixture->folder, "newsd.db", path), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int64_t number(struct fixture *fixture, const char *text)
{
    char path[256];
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(temp_path(&fixture->folder, "newsd.db", path), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static int set_up(void **state)
{
    struct fixture *fixture = malloc(sizeof(*fixture));
    fixture_make(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    fixture_done(*state);
    free(*state);
    return 0;
}

/* ---- Opening ----------------------------------------------------------------------------------------------
 */

static void test_a_new_store_is_clean_and_empty(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    struct store_counts counts = fixture_counts(fixture);
    assert_false(fixture->unclean);
    assert_int_equal(counts.feeds + counts.seen + counts.intake + counts.outbox + counts.articles, 0);
    assert_false(counts.full);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_false(fixture->unclean);
}

static void test_a_held_lock_names_the_holder(void **state)
{
    struct fixture *fixture = *state;
    char pid[32];
    struct store *first;
    fixture_open(fixture);
    first = fixture->store;
    assert_int_equal(fixture_try_open(fixture), ERR_STORE_LOCKED);
    (void)snprintf(pid, sizeof(pid), "process %d;", (int)getpid());
    assert_non_null(strstr(fixture->error.text, pid));
    store_close(&first);
    fixture_open(fixture);
}

static void test_a_newer_schema_is_refused_and_left_alone(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture, "PRAGMA user_version = 77");
    assert_int_equal(fixture_try_open(fixture), ERR_STORE_VERSION);
    assert_non_null(strstr(fixture->error.text, "schema version 77"));
    assert_non_null(strstr(fixture->error.text, "newsd.db"));
    char back[64];
    (void)snprintf(back, sizeof(back), "PRAGMA user_version = %d", STORE_SCHEMA_VERSION);
    sql(fixture, back);
    fixture_open(fixture);
    assert_false(fixture->unclean);
}

/* What version 4 added. */
#define BACK_TO_3                                                                                            \
    "DROP INDEX seen_complete; DROP INDEX seen_by_twin; DROP INDEX articles_with_text;"                      \
    "ALTER TABLE feeds DROP COLUMN marked_day; ALTER TABLE feeds DROP COLUMN stopped;"                       \
    "ALTER TABLE articles DROP COLUMN mark; ALTER TABLE articles DROP COLUMN content;"                       \
    "ALTER TABLE seen DROP COLUMN previous; ALTER TABLE seen DROP COLUMN twin;"                              \
    "ALTER TABLE seen DROP COLUMN swings; ALTER TABLE seen DROP COLUMN revised;"

static void find_feed(void *interval_s, const struct feed_state *feed)
{
    assert_string_equal(feed->url, "https://a.example/rss");
    assert_int_equal(feed->habits[0], 0);
    *(int32_t *)interval_s = feed->interval_s;
}

static void test_an_older_schema_is_brought_up_and_keeps_its_rows(void **state)
{
    struct fixture *fixture = *state;
    int32_t interval_s = 0;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture, "INSERT INTO feeds(url, interval_s) VALUES('https://a.example/rss', 77);"
                 "ALTER TABLE feeds DROP COLUMN haste; ALTER TABLE feeds DROP COLUMN habits;" BACK_TO_3
                 "DROP INDEX sightings_by_feed; PRAGMA user_version = 1");
    fixture_open(fixture);
    assert_false(fixture->unclean);
    assert_int_equal(store_load_feeds(fixture->store, find_feed, &interval_s, &fixture->error), 0);
    assert_int_equal(interval_s, 77);
}

static void expect_known_words(void *seen, const struct feed_state *feed)
{
    (*(size_t *)seen)++;
    assert_int_equal(feed->status, FEED_STATUS_NEW);
    assert_int_equal(feed->page_policy, PAGES_AUTO);
}

static void test_a_status_that_nobody_wrote_is_read_as_new(void **state)
{
    struct fixture *fixture = *state;
    size_t seen = 0;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture, "INSERT INTO feeds (url, status, page_policy) VALUES ('https://a.example/', 5, 3), "
                 "('https://b.example/', 255, 255), ('https://c.example/', -1, -1)");
    fixture_open(fixture);
    assert_int_equal(store_load_feeds(fixture->store, expect_known_words, &seen, &fixture->error), 0);
    assert_int_equal(seen, 3);
}

static void count_article(void *context, const char *article, const char *story, uint64_t fingerprint)
{
    assert_string_equal(article, "000102030405060708090a0b0c0d0e0f");
    assert_string_equal(story, "");
    assert_true(fingerprint == 77);
    ++*(int *)context;
}

static void test_version_5_gets_its_stories(void **state)
{
    struct fixture *fixture = *state;
    int count = 0;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture, "INSERT INTO articles(id, owner, revision, created, day, fingerprint) VALUES"
                 "(x'000102030405060708090a0b0c0d0e0f', 1, 1, 1, 1, 77),"
                 "(x'ff0102030405060708090a0b0c0d0e0f', 1, 1, 1, 1, 0);"
                 "ALTER TABLE articles DROP COLUMN story; PRAGMA user_version = 5");
    fixture_open(fixture);
    assert_int_equal(store_load_fingerprints(fixture->store, 10, count_article, &count, &fixture->error), 0);
    assert_int_equal(count, 1);
}

static void test_version_6_gets_its_visits(void **state)
{
    struct fixture *fixture = *state;
    struct store_counts counts;
    bool unclean;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture, "DROP TABLE visits; PRAGMA user_version = 6");
    assert_int_equal(store_inspect(fixture->folder.path, &counts, &unclean, &fixture->error), 0);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).visits, 0);
    store_close(&fixture->store);
    assert_int_equal(number(fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'visits_by_due'"), 1);
    sql(fixture,
        "INSERT INTO visits(article, due, first, revision, attempts, missed, shown, url, payload) VALUES"
        " (x'000102030405060708090a0b0c0d0e0f', 1, 1, 1, 0, 0, 0, 'https://a.example/', x'00')");
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).visits, 1);
}

static void test_version_3_gets_its_marks(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture,
        "INSERT INTO feeds(rowid, url) VALUES(1, 'https://a.example/rss'), (2, 'https://b.example/rss');"
        "INSERT INTO seen(feed, key, link, title, content, article, withdrawn, day, doc) VALUES"
        " (1, 11, 5, 0, 9, x'00000000000000000000000000000001', 0, 20000, 0),"
        " (1, 12, 0, 0, 0, x'00000000000000000000000000000002', 0, 20007, 0),"
        " (2, 13, 5, 0, 0, x'00000000000000000000000000000001', 0, 20009, 0);"
        "INSERT INTO articles(id, owner, revision, created, day, fingerprint) VALUES"
        " (x'00000000000000000000000000000001', 1, 1, 0, 20000, 0);" BACK_TO_3 "PRAGMA user_version = 3");
    fixture_open(fixture);
    store_close(&fixture->store);
    assert_int_equal(number(fixture, "SELECT marked_day FROM feeds WHERE rowid = 1"), 20007);
    assert_int_equal(number(fixture, "SELECT marked_day FROM feeds WHERE rowid = 2"), 20009);
    assert_int_equal(number(fixture, "SELECT mark FROM articles"), 11);
    assert_int_equal(number(fixture, "SELECT max(content) FROM seen"), 0); /* by other rules: unknown */
    assert_int_equal(number(fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'seen_by_article'"), 0);
    assert_int_equal(number(fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'seen_complete'"), 1);
}

/* A process that dies at work on a document of the feed. */
static void die_at_work(struct fixture *fixture, int64_t feed)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        fixture_open(fixture);
        int done = working_begin(store_working(fixture->store), feed + 1);
        /* The places are never given back; parsed and stored at once, it dies once. */
        may_fail(working_begin(store_working(fixture->store), feed));
        may_fail(working_begin(store_working(fixture->store), feed));
        working_end(store_working(fixture->store), done);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_who_was_at_work_when_newsd_died_is_counted(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    store_close(&fixture->store);
    sql(fixture,
        "INSERT INTO feeds(rowid, url) VALUES(7, 'https://a.example/rss'), (8, 'https://b.example/rss')");
    for (int i = 1; i <= 3; i++) {
        die_at_work(fixture, 7);
        fixture_open(fixture);
        assert_true(fixture->unclean);
        store_close(&fixture->store);
        assert_int_equal(number(fixture, "SELECT stopped FROM feeds WHERE rowid = 7"), i);
    }
    fixture_open(fixture); /* a clean stop leaves nobody at work */
    store_close(&fixture->store);
    assert_int_equal(number(fixture, "SELECT stopped FROM feeds WHERE rowid = 7"), 3);
    assert_int_equal(number(fixture, "SELECT stopped FROM feeds WHERE rowid = 8"), 0);
}

static void test_a_database_of_another_program_is_refused(void **state)
{
    struct fixture *fixture = *state;
    sql(fixture, "PRAGMA application_id = 4711; PRAGMA user_version = 1; CREATE TABLE theirs(a)");
    assert_int_equal(fixture_try_open(fixture), ERR_STORE);
    assert_non_null(strstr(fixture->error.text, "not newsd's"));
}

static void test_a_database_without_marks_but_with_tables_is_refused(void **state)
{
    struct fixture *fixture = *state;
    sql(fixture, "CREATE TABLE theirs(a); INSERT INTO theirs VALUES(1)");
    assert_int_equal(fixture_try_open(fixture), ERR_STORE);
    assert_non_null(strstr(fixture->error.text, "not newsd's"));
}

static void test_a_file_that_is_no_database_is_refused(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "newsd.db",
               "This is a letter to the editor, and no database at all. Yours, R.");
    assert_int_equal(fixture_try_open(fixture), ERR_STORE_DAMAGED);
    assert_non_null(strstr(fixture->error.text, "newsd.db"));
}

/* A process that writes a row and is gone without closing. */
static void die_with_a_row(struct fixture *fixture)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        fixture_open(fixture);
        fixture_append(fixture, TOPIC_ARTICLES, "survivor", "{}");
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_looking_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct store_counts counts;
    bool unclean;
    struct error error = {0};
    assert_int_equal(store_inspect(fixture->folder.path, &counts, &unclean, &error), -ENOENT);
    die_with_a_row(fixture);
    for (int i = 0; i < 2; i++) { /* the stop stays an unclean one, for the daemon to find */
        assert_int_equal(store_inspect(fixture->folder.path, &counts, &unclean, &error), 0);
        assert_true(unclean);
        assert_int_equal(counts.outbox, 1);
    }
    fixture_open(fixture);
    assert_true(fixture->unclean);
    assert_int_equal(store_inspect(fixture->folder.path, &counts, &unclean, &error), ERR_STORE_LOCKED);
    store_close(&fixture->store);
    temp_write(&fixture->folder, "newsd.db",
               "This is no database, however one looks at it, and it is long enough.");
    assert_int_equal(store_inspect(fixture->folder.path, &counts, &unclean, &error), ERR_STORE_DAMAGED);
}

static void test_links_in_the_state_directory_are_not_followed(void **state)
{
    struct fixture *fixture = *state;
    char path[256], target[256];
    temp_write(&fixture->folder, "precious", "precious");
    assert_int_equal(symlink(temp_path(&fixture->folder, "precious", target),
                             temp_path(&fixture->folder, "ballast", path)),
                     0);
    fixture_open(fixture);
    struct stat status;
    assert_int_equal(stat(target, &status), 0);
    assert_int_equal(status.st_size, 8);
    store_close(&fixture->store);
    assert_int_equal(unlink(temp_path(&fixture->folder, "lock", path)), 0);
    assert_int_equal(symlink(target, path), 0);
    assert_true(fixture_try_open(fixture) < 0);
}

static void test_a_folder_that_cannot_be_made_is_named(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = NULL;
    char path[256];
    bool unclean;
    temp_write(&fixture->folder, "file", "");
    struct store_options options = fixture->options;
    options.directory = temp_path(&fixture->folder, "file/below", path);
    assert_int_equal(store_open(&store, &options, &unclean, &fixture->error), -ENOTDIR);
    assert_non_null(strstr(fixture->error.text, "file/below"));
    assert_null(store);
}

static void test_an_unclean_stop_is_reported_once_and_loses_nothing(void **state)
{
    struct fixture *fixture = *state;
    die_with_a_row(fixture);
    fixture_open(fixture);
    assert_true(fixture->unclean);
    assert_int_equal(fixture_counts(fixture).outbox, 1);
    assert_int_equal(fixture_counts(fixture).outbox_bytes > 0, 1);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_false(fixture->unclean);
}

static void test_a_damaged_database_is_refused_with_advice(void **state)
{
    struct fixture *fixture = *state;
    char path[256], noise[4096];
    fixture_open(fixture);
    for (int i = 0; i < 200; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "%032d", i);
        fixture_append(fixture, TOPIC_ARTICLES, id, "{\"value\":\"filling pages with something to damage\"}");
    }
    store_close(&fixture->store);
    sql(fixture, "UPDATE run SET clean = 0; PRAGMA wal_checkpoint(TRUNCATE)");
    memset(noise, 0xa5, sizeof(noise));
    FILE *file = fopen(temp_path(&fixture->folder, "newsd.db", path), "r+e");
    assert_non_null(file);
    fseek(file, -3 * (long)sizeof(noise), SEEK_END);
    assert_int_equal(fwrite(noise, 1, sizeof(noise), file), sizeof(noise));
    fclose(file);
    assert_int_equal(fixture_try_open(fixture), ERR_STORE_DAMAGED);
    assert_non_null(strstr(fixture->error.text, "damaged"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_new_store_is_clean_and_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_held_lock_names_the_holder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_newer_schema_is_refused_and_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_older_schema_is_brought_up_and_keeps_its_rows, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_status_that_nobody_wrote_is_read_as_new, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_version_3_gets_its_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_version_5_gets_its_stories, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_version_6_gets_its_visits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_who_was_at_work_when_newsd_died_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_database_of_another_program_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_database_without_marks_but_with_tables_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_is_no_database_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_looking_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links_in_the_state_directory_are_not_followed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_folder_that_cannot_be_made_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_unclean_stop_is_reported_once_and_loses_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_damaged_database_is_refused_with_advice, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Each statement of the store finds its rows by the index that it is meant to use: a plan that reads all
 * marks of a feed for every entry is found here, not by a feed with 50 000 of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "daemon/store/store_private.h"
#include "tests/daemon/store/store_polls.h"

static const char *const plans[STATEMENT_COUNT] = {
    /* What reads more than a few rows, on purpose: a feed's removal, a feed's turn in forgetting, the start.
     */
    [STATEMENT_FEED_ADD] = "",
    [STATEMENT_FEED_WRITE] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_FEED_REMOVE] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_FEED_EXISTS] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_FEED_NEXT] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid>?)",
    [STATEMENT_FEED_SEEN_REMOVE] = "SEARCH seen USING PRIMARY KEY (feed=?)",
    [STATEMENT_FEED_SIGHTINGS_REMOVE] = "SEARCH sightings USING COVERING INDEX sightings_by_feed (feed=?)",
    [STATEMENT_FEED_DISOWN] = "SEARCH articles USING INDEX articles_by_owner (owner=?)",
    [STATEMENT_SEEN_BY_KEY] = "SEARCH seen USING PRIMARY KEY (feed=? AND key=?)",
    [STATEMENT_SEEN_BY_LINK] = "SEARCH seen USING INDEX seen_by_link (feed=? AND link=?)",
    [STATEMENT_SEEN_BY_TWIN] = "SEARCH seen USING INDEX seen_by_twin (feed=? AND twin=?)",
    [STATEMENT_SEEN_WRITE] = "",
    [STATEMENT_SEEN_TOUCH] = "SEARCH seen USING PRIMARY KEY (feed=? AND key=?)",
    [STATEMENT_SEEN_REMOVE] = "SEARCH seen USING PRIMARY KEY (feed=? AND key=?)",
    [STATEMENT_SEEN_ABSENT] = "SEARCH seen USING INDEX seen_complete (feed=? AND doc>? AND doc<?)",
    [STATEMENT_SEEN_DOCUMENT] = "SEARCH seen USING PRIMARY KEY (feed=? AND key=?)",
    [STATEMENT_SEEN_WITHDRAW] = "SEARCH seen USING PRIMARY KEY (feed=? AND key=?)",
    [STATEMENT_FEED_MARKED] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_FEED_MARKED_DAY] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_FEED_STOPPED] = "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_SEEN_ARTICLE_DAY] = "SCAN CONSTANT ROW; SEARCH seen USING PRIMARY KEY (feed=? AND key=?); "
                                   "SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_SEEN_EXPIRE] = "SEARCH seen USING PRIMARY KEY (feed=?)",
    [STATEMENT_ARTICLE_FIND] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_ARTICLE_ADD] = "",
    [STATEMENT_ARTICLE_REVISE] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_ARTICLE_OWN] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_ARTICLE_MARK] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_ARTICLE_REMEMBER] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_ARTICLE_TEXT] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_ARTICLE_REFRESH] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?); SEARCH "
                                  "seen USING PRIMARY KEY (feed=?)",
    [STATEMENT_ARTICLE_FORGET_TEXT] = "SEARCH articles USING INTEGER PRIMARY KEY (rowid=?); SEARCH articles "
                                      "USING INDEX articles_with_text (day<?)",
    [STATEMENT_ARTICLE_EXPIRE] = "SEARCH articles USING INTEGER PRIMARY KEY (rowid=?); SEARCH articles USING "
                                 "COVERING INDEX articles_by_day (day<?)",
    [STATEMENT_SIGHTING_ADD] = "",
    [STATEMENT_SIGHTINGS] = "SEARCH sightings USING PRIMARY KEY (article=?); SEARCH feeds USING INTEGER "
                            "PRIMARY KEY (rowid=?); USE TEMP B-TREE FOR ORDER BY",
    [STATEMENT_INTAKE_ADD] = "",
    [STATEMENT_INTAKE_LIST] = "SEARCH intake USING INTEGER PRIMARY KEY (rowid>?)",
    [STATEMENT_INTAKE_ATTEMPT] = "SEARCH intake USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_INTAKE_TAKE] = "SEARCH intake USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_INTAKE_REMOVE] = "SEARCH intake USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_OUTBOX_ADD] = "",
    [STATEMENT_OUTBOX_READ] = "SEARCH outbox USING INTEGER PRIMARY KEY (rowid>?)",
    [STATEMENT_OUTBOX_SIZE] = "SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_OUTBOX_REMOVE] = "SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)",
    [STATEMENT_OUTBOX_FIND_ID] = "SEARCH outbox USING INDEX outbox_by_id (id=?)",
    [STATEMENT_FINGERPRINTS] =
        "SCAN articles; SCAN (subquery-1); USE TEMP B-TREE FOR ORDER BY", /* at the start */
    [STATEMENT_OFFSET_WRITE] = "",
    [STATEMENT_OFFSETS] = "SCAN offsets",
    [STATEMENT_SUBSCRIPTION_WRITE] = "",
    [STATEMENT_SUBSCRIPTION_REMOVE] = "SEARCH subscriptions USING PRIMARY KEY (token=?)",
    [STATEMENT_SUBSCRIPTION_DISOWN] =
        "SEARCH subscriptions USING COVERING INDEX subscriptions_by_feed (feed=?)",
    [STATEMENT_VISIT_BEGIN] = "",
    [STATEMENT_VISIT_READ] = "SEARCH visits USING INDEX sqlite_autoindex_visits_1 (article=?)",
    [STATEMENT_VISIT_PLAN] = "SEARCH visits USING INDEX sqlite_autoindex_visits_1 (article=?)",
    [STATEMENT_VISIT_REMOVE] = "SEARCH visits USING INDEX sqlite_autoindex_visits_1 (article=?)",
    [STATEMENT_VISIT_ATTEMPT] = "SEARCH visits USING INDEX sqlite_autoindex_visits_1 (article=?)",
    [STATEMENT_VISIT_TAKE] = "SEARCH visits USING INDEX sqlite_autoindex_visits_1 (article=?); SEARCH "
                             "articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_VISIT_REVISE] = "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_VISITS_DUE] = "SEARCH visits USING INDEX visits_by_due (due<?); SEARCH articles USING INDEX "
                             "sqlite_autoindex_articles_1 (id=?)",
    [STATEMENT_VISITS_EXPIRE] = "SEARCH visits USING INTEGER PRIMARY KEY (rowid=?); SEARCH visits USING "
                                "COVERING INDEX visits_by_due (due<?)",
};

/* The steps that read rows, each on a line of its own. */
static void plan_of(enum statement_id which, char *ret_plan, size_t size)
{
    char sql[2048];
    sqlite3_stmt *statement;
    ret_plan[0] = '\0';
    (void)snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s", store_statements[which]);
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(statement, 3);
        if (strncmp(step, "SEARCH", 6) && strncmp(step, "SCAN", 4) && strncmp(step, "USE", 3))
            continue;
        size_t len = strlen(ret_plan);
        (void)snprintf(ret_plan + len, size - len, "%s%s", len ? "; " : "", step);
    }
    sqlite3_finalize(statement);
}

static void test_every_statement_has_its_plan(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        char plan[1024];
        plan_of((enum statement_id)i, plan, sizeof(plan));
        assert_non_null(plans[i]);
        if (strcmp(plan, plans[i]))
            fail_msg("%s\nhas the plan  %s\nand should be %s", store_statements[i], plan, plans[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_statement_has_its_plan, store_fixture_setup,
                                        store_fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

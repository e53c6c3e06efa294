/* Every single allocation fails in turn, where the daemon begins and where documents go through it: an error
 * or a whole result each time, nothing broken and nothing left behind (which the sanitizers tell). What an
 * arena that is too small does is tests/processors/test_small_memory.c's. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "daemon/config/feed_list.h"
#include "daemon/store/store_fixture.h"
#include "feeds/parse/document.h"
#include "feeds/parse/opml.h"
#include "feeds/poll/host.h"
#include "feeds/poll/poll_rules.h"
#include "feeds/poll/schedule.h"
#include "processors/intake.h"
#include "processors/record/record.h"
#include "support/failing_memory.h"

/* ---- Feeds ---- */

struct format {
    const char *name, *text;
    size_t entries;
};

static const struct format formats[] = {
    {"RSS 2.0",
     "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>A &amp; B</title>"
     "<link>https://a.example/</link><item><guid>1</guid><title>Storm</title><link>n/1</link><category>t"
     "</category><description><![CDATA[<p>x</p>]]></description><media:content url='i.jpg'/><pubDate>Tue, 11 "
     "Jan 2022 10:33:00 GMT</pubDate></item><item><guid>2</guid><title>Wind</title></item></channel></rss>",
     2},
    {"RSS 1.0",
     "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
     "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='https://a.example/'><title>A</title>"
     "</channel><item rdf:about='n/1'><title>Storm</title><link>n/1</link><dc:creator>Ann Lee</dc:creator>"
     "</item></rdf:RDF>",
     1},
    {"Atom",
     "<feed xmlns='http://www.w3.org/2005/Atom'><id>f</id><title>A</title><entry><id>e</id><title "
     "type='html'>&lt;b&gt;Storm&lt;/b&gt;</title><link href='n/1'/><author><name>Ann Lee</name></author>"
     "<updated>2026-03-01T10:00:00Z</updated><content type='xhtml'><div "
     "xmlns='http://www.w3.org/1999/xhtml'><p>x<br/></p></div></content></entry></feed>",
     1},
    {"JSON Feed",
     "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":1,\"url\":\"n/1\","
     "\"content_html\":\"<p>a</p>\",\"authors\":[{\"name\":\"A\"}],\"tags\":[\"x\"]}]}",
     1},
    {"sitemap",
     "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
     "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://a.example/n/1</loc><n:news>"
     "<n:publication><n:name>A</n:name><n:language>en</n:language></n:publication><n:publication_date>"
     "2026-03-01</n:publication_date><n:title>Storm</n:title></n:news></url></urlset>",
     1},
    {"damaged RSS",
     "<rss version='2.0'><channel><title>A & B</title><item><title>X</title></item><item><title>cut", 1},
    {"Latin-1 RSS",
     "<?xml version='1.0' encoding='ISO-8859-1'?><rss version='2.0'><channel><title>A</title><item><title>"
     "caf\xe9</title></item></channel></rss>",
     1},
};

static int parse(void *context)
{
    const struct format *format = context;
    const struct feed_parse_options options = {.url = STR("https://a.example/feed")};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct feed_document *document = NULL;
    struct error error = {0};
    if (!arena)
        return -ENOMEM;
    int code = feed_parse(arena, str_from(format->text), &options, &document, &error);
    if (code == 0) /* what is there is whole */
        assert_int_equal(document->entries.count, format->entries);
    else if (code != -ENOMEM)
        fail_msg("%s: allocation %lu: %d, %s", format->name, failing.at, code, error.text);
    arena_destroy(&arena);
    return code;
}

static void a_feed_is_read_whole_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        failing_run(formats[i].name, parse, (void *)(uintptr_t)&formats[i]);
}

/* ---- Configuration ---- */

static void count_problem(void *context, const struct config_problem *problem)
{
    (void)problem;
    ++*(size_t *)context;
}

static int read_config(void *context)
{
    struct config *config = NULL;
    struct buffer text = {0};
    size_t problems = 0;
    int code = config_load(context, count_problem, &problems, &config);
    assert_int_equal(config != NULL, code == 0);
    if (code == 0) {
        assert_string_equal(config->contact, "mailto:desk@a.example");
        assert_int_equal(config->kafka_count, 2);
        assert_int_equal(problems, 0);
        code = config_dump(config, &text);
    } else if (code != -ENOMEM) {
        assert_true(problems > 0); /* silence would leave the operator without a word */
    }
    buffer_done(&text);
    config_free(&config);
    return code;
}

static void a_config_is_read_whole_or_refused(void **state)
{
    struct temp_folder folder;
    char path[256];
    (void)state;
    temp_folder_make(&folder);
    temp_write(
        &folder, "newsd.conf",
        "[newsd]\ncontact = https://a.example/\n[poll]\nhost-gaps = a.example=5s b.example=1min\n"
        "[kafka]\nbootstrap.servers = localhost:9092\nsasl.password = x\n[topics]\narticles = news.a\n");
    (void)mkdir(temp_path(&folder, "newsd.conf.d", path), 0700);
    temp_write(&folder, "newsd.conf.d/a.conf", "[newsd]\ncontact = mailto:desk@a.example\n");
    failing_run("config", read_config, (void *)(uintptr_t)temp_path(&folder, "newsd.conf", path));
    temp_folder_remove(&folder);
}

static int read_list(void *context)
{
    struct feed_list *list = NULL;
    size_t problems = 0, told = 0;
    int code = feed_list_load(context, count_problem, &told, &list, &problems);
    assert_int_equal(list != NULL, code == 0);
    if (code == 0 && problems == 0)
        assert_int_equal(list->count, 4);
    else
        assert_true(told > 0 || code == -ENOMEM);
    feed_list_free(&list);
    return code;
}

static void a_feed_list_is_read_whole_or_with_a_word(void **state)
{
    struct temp_folder folder;
    (void)state;
    temp_folder_make(&folder);
    temp_write(&folder, "a.txt",
               "https://a.example/rss title=A category=x\nhttps://b.example/rss interval=1h\n");
    temp_write(
        &folder, "b.opml",
        "<opml version='2.0'><body><outline text='N'><outline text='C' xmlUrl='https://c.example/rss'/>"
        "<outline text='D' xmlUrl='https://d.example/rss'/></outline></body></opml>");
    failing_run("feed list", read_list, folder.path);
    temp_folder_remove(&folder);
}

/* ---- Polling rules and their tables ---- */

enum { HOSTS = 300 }; /* more than the first size of every table */

static int settle_polls(void *context)
{
    struct feed_state state = {.url = (char *)(uintptr_t) "https://a.example/rss"}, copy;
    struct poll_policy policy;
    struct poll_change change = {0};
    int code = feed_state_copy(&copy, &state);
    (void)context;
    poll_policy_default(&policy);
    for (int64_t now = 1700000000000, polls = 0; code == 0 && polls < 3; polls++, now += 3600000) {
        const struct http_header headers[] = {{STR("ETag"), STR("\"v\"")},
                                              {STR("Last-Modified"), STR("Tue, 11 Jan 2022 10:33:00 GMT")}};
        struct http_answer answer = {.status = 200,
                                     .headers = headers,
                                     .header_count = 2,
                                     .body = polls ? STR("<rss>2</rss>") : STR("<rss>1</rss>"),
                                     .redirected = true,
                                     .redirect_permanent = true,
                                     .final_url = "https://new.example/rss",
                                     .received_ms = now};
        const struct poll_findings found = {.entries = 3, .known = 2, .fresh = 1, .title = STR("A")};
        struct poll_verdict verdict;
        poll_judge(&copy, &policy, &answer, now, &verdict);
        code = poll_settle(&copy, &policy, &answer, &verdict, &found, now, &change);
    }
    if (code == 0)
        assert_string_equal(copy.etag, "\"v\"");
    assert_true(code == 0 || code == -ENOMEM);
    feed_state_done(&copy);
    return code;
}

static void a_poll_settles_or_does_not(void **state)
{
    (void)state;
    failing_run("polling rules", settle_polls, NULL);
}

static int plan_feeds(void *context)
{
    struct schedule *schedule = schedule_create();
    struct schedule_item items[HOSTS];
    int code = schedule ? 0 : -ENOMEM;
    (void)context;
    for (size_t i = 0; i < HOSTS && code == 0; i++) {
        items[i] = (struct schedule_item){.position = SCHEDULE_OUT};
        code = schedule_put(schedule, &items[i], (int64_t)(HOSTS - i));
    }
    schedule_destroy(&schedule);
    return code;
}

/* Work that the table has taken starts or comes out of it; what it has no memory for is refused. */
static int visit_hosts(void *context)
{
    static struct host_work work[HOSTS];
    const struct host_policy policy = {.transfers_max = 1, .gap_ms = 5000, .queue_max = 10};
    struct host_table *table = host_table_create(&policy);
    size_t full = 0, waiting = 0;
    (void)context;
    if (!table)
        return -ENOMEM;
    for (size_t i = 0; i < HOSTS; i++) {
        struct host_work first = {0};
        char host[32];
        (void)snprintf(host, sizeof(host), "h%zu.example", i);
        if (host_acquire(table, str_from(host), &first, 1000) != HOST_START) {
            full++;
            continue;
        }
        work[i] = (struct host_work){0};
        enum host_answer got = host_acquire(table, str_from(host), &work[i], 1000);
        assert_int_equal(work[i].queued, got == HOST_WAIT);
        full += got == HOST_FULL;
        waiting += got == HOST_WAIT;
        host_release(table, str_from(host), 1500);
    }
    while (host_table_next(table, 100000))
        waiting--;
    assert_int_equal(waiting, 0);
    host_table_destroy(&table);
    return full ? -ENOMEM : 0;
}

static void tables_of_feeds_and_hosts_grow_or_refuse(void **state)
{
    (void)state;
    failing_run("schedule", plan_feeds, NULL);
    failing_run("hosts", visit_hosts, NULL);
}

/* ---- Articles ---- */

static const char payload[] =
    "{\"feed\":{\"id\":\"f\",\"url\":\"https://a.example/feed\",\"title\":\"A\",\"publisher\":\"House\"},"
    "\"entry_id\":\"e\",\"fetched\":\"2026-03-01T10:00:00Z\",\"entry\":{\"title\":\"Storm\","
    "\"link\":\"https://a.example/n/1\",\"content\":[{\"type\":\"text/html\",\"value\":\"<p>BERGEN (AP) - "
    "The "
    "harbour stayed closed.</p>\"}],\"authors\":[{\"name\":\"Ann Lee\"}],\"categories\":[{\"term\":\"t\"}],"
    "\"published\":\"2026-03-01T09:00:00Z\"}}";

static int record(void *context)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article *article = NULL;
    struct record_list records = {0};
    struct error error = {0};
    struct intake_item item = {.article_id = STR("0123456789abcdef0123456789abcdef"),
                               .revision = 1,
                               .kind = ARTICLE_PUBLISHED,
                               .payload = STR(payload)};
    (void)context;
    if (!arena)
        return -ENOMEM;
    int code = intake_to_article(arena, &item, &article, &error);
    if (code == 0)
        code = record_article(arena, article, 1800000000000, &records, &error);
    if (code == 0)
        assert_true(records.count > 0 && records.items[0].value.len > 0);
    else if (code != -ENOMEM)
        fail_msg("allocation %lu: %d, %s", failing.at, code, error.text);
    arena_destroy(&arena);
    return code;
}

static void an_article_is_recorded_or_refused(void **state)
{
    (void)state;
    failing_run("intake and record", record, NULL);
}

/* ---- The store ---- */

static int open_store(void *context)
{
    struct fixture *fixture = context;
    int code = fixture_try_open(fixture);
    assert_int_equal(fixture->store != NULL, code == 0);
    if (code && (!fixture->error.text[0] || code == ERR_STORE_DAMAGED || code == ERR_STORE_VERSION))
        fail_msg("allocation %lu: %d, %s", failing.at, code, fixture->error.text);
    bool armed = failing_pause(); /* what a close cannot do, the next open does */
    store_close(&fixture->store);
    failing_resume(armed);
    return code;
}

/* As the first run of all does: from nothing. */
static int make_store(void *context)
{
    struct fixture *fixture = context;
    bool armed = failing_pause();
    static const char *const files[] = {"newsd.db", "newsd.db-wal", "newsd.db-journal"};
    for (size_t i = 0; i < 3; i++) {
        char path[256];
        (void)unlink(temp_path(&fixture->folder, files[i], path)); /* may not be there */
    }
    failing_resume(armed);
    return open_store(context);
}

static void a_store_opens_or_says_why_not(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_make(&fixture);
    failing_run("store", open_store, &fixture);
    fixture_done(&fixture);
    fixture_make(&fixture);
    failing_run_every(5, "new store", make_store, &fixture);
    fixture_done(&fixture);
}

static int set_up_all(void **state)
{
    (void)state;
    failing_hook();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_is_read_whole_or_refused),
        cmocka_unit_test(a_config_is_read_whole_or_refused),
        cmocka_unit_test(a_feed_list_is_read_whole_or_with_a_word),
        cmocka_unit_test(a_poll_settles_or_does_not),
        cmocka_unit_test(tables_of_feeds_and_hosts_grow_or_refuse),
        cmocka_unit_test(an_article_is_recorded_or_refused),
        cmocka_unit_test(a_store_opens_or_says_why_not),
    };
    return cmocka_run_group_tests(tests, set_up_all, NULL);
}

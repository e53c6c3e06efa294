/* poll_follow: after a gap a feed's older pages are read until something of them is known, and an index's
 * sitemaps one after another; what goes wrong there ends the reading and harms nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/polling/poller_fixture.h"

/* The feed's channel names its older page, number `page`. */
static const char *next_page(unsigned page)
{
    static char link[128];
    (void)snprintf(link, sizeof(link), "<atom:link rel='next' href='https://host0.example/rss?page=%u'/>",
                   page);
    return link;
}

static const char *page_url(unsigned page)
{
    static char url[64];
    (void)snprintf(url, sizeof(url), "https://host0.example/rss?page=%u", page);
    return url;
}

static void answer(struct polling *polling, const char *url, const char *body)
{
    polling_answer(polling, url, &(struct served){.status = 200, .body = body});
}

/* Entries 1 to 3 are known; then the feed shows 18 to 20, and says where those before are. */
static void gap(struct polling *polling)
{
    polling_run(polling, 1);
    answer(polling, feed_url(0), rss(3, 3));
    polling_until_asked(polling);
    answer(polling, feed_url(0), rss_with(next_page(2), 20, 3));
    assert_int_equal(metrics_get(METRIC_FEED_GAPS), 1);
}

/* Nothing of the feed is under way, and it has its place in the schedule. */
static void assert_idle(struct polling *polling, size_t started)
{
    assert_int_equal(polling->transfers.running + polling->transfers.waiting, 0);
    assert_int_equal(polling->transfers.started, started);
    polling_until_asked(polling);
    assert_string_equal(polling->transfers.last.url, feed_url(0));
}

static void test_T6_older_pages_are_read_until_one_is_known(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    assert_string_equal(polling->transfers.last.url, page_url(2));
    assert_string_equal(polling->transfers.last.etag, "");
    answer(polling, page_url(2), rss_with(next_page(3), 17, 8));
    assert_string_equal(polling->transfers.last.url, page_url(3));
    answer(polling, page_url(3), rss_with(next_page(4), 9, 8)); /* 3 and 2 are known */
    assert_int_equal(fixture_counts(&polling->store).intake, 20);
    assert_int_equal(metrics_get(METRIC_DOCUMENTS_FOLLOWED), 2);
    assert_idle(polling, 4);
}

static void test_no_gap_no_older_pages(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    answer(polling, feed_url(0), rss_with(next_page(2), 3, 3)); /* the first look is no gap */
    assert_int_equal(polling->transfers.running, 0);
    polling_until_asked(polling);
    answer(polling, feed_url(0), rss_with(next_page(2), 5, 3)); /* 3 is known */
    assert_idle(polling, 2);
}

static void test_a_backfill_of_all_reads_the_whole_archive(void **state)
{
    struct polling *polling = *state;
    polling->config->backfill = BACKFILL_ALL;
    polling_run(polling, 1);
    answer(polling, feed_url(0), rss_with(next_page(2), 30, 10));
    answer(polling, page_url(2), rss_with(next_page(3), 20, 10));
    answer(polling, page_url(3), rss(10, 10));
    assert_int_equal(fixture_counts(&polling->store).intake, 30);
    assert_idle(polling, 3);
}

static void test_an_archive_ends_after_ten_pages(void **state)
{
    struct polling *polling = *state;
    unsigned page = 2;
    gap(polling);
    for (; polling->transfers.running; page++)
        answer(polling, page_url(page), rss_with(next_page(page + 1), 1000 - page, 1));
    assert_int_equal(page, 12);
    assert_idle(polling, 12);
}

static void test_an_archive_that_goes_in_circles_ends(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    answer(polling, page_url(2), rss_with(next_page(3), 17, 2));
    answer(polling, page_url(3), rss_with(next_page(2), 15, 2));
    assert_idle(polling, 4);
}

static void test_a_page_that_is_missing_ends_the_reading_and_harms_nothing(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    polling_answer(polling, page_url(2), &(struct served){.status = 404});
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
    assert_int_equal(metrics_get_poll_error(FETCH_ERROR_NOT_FOUND), 0);
    assert_idle(polling, 3);
}

static void test_a_page_that_is_no_feed_ends_the_reading_and_harms_nothing(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    answer(polling, page_url(2), "<!DOCTYPE html><html><body>Sign in</body></html>");
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
    assert_idle(polling, 3);
}

static void test_a_host_with_too_long_a_queue_ends_the_reading(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    answer(polling, feed_url(0), rss(3, 3));
    polling_until_asked(polling);
    polling->transfers.hosts_full = true;
    answer(polling, feed_url(0), rss_with(next_page(2), 20, 3));
    polling->transfers.hosts_full = false;
    assert_idle(polling, 2);
}

static void test_a_feed_removed_while_its_page_is_under_way_leaves_with_it(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    polling_list(polling, 0, 0);
    assert_int_equal(polling_counts(polling).feeds, 1);
    answer(polling, page_url(2), rss_with(next_page(3), 17, 8));
    assert_int_equal(polling_counts(polling).feeds, 0);
    assert_int_equal(metrics_get(METRIC_DOCUMENTS_FOLLOWED), 0);
    assert_int_equal(polling->transfers.running, 0);
}

static void test_a_feed_removed_while_its_page_waits_for_the_host_leaves_at_once(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    answer(polling, feed_url(0), rss(3, 3));
    polling_until_asked(polling);
    polling->transfers.hosts_busy = true;
    answer(polling, feed_url(0), rss_with(next_page(2), 20, 3));
    assert_int_equal(polling->transfers.waiting, 1);
    polling_list(polling, 0, 0);
    assert_int_equal(polling->transfers.waiting, 0);
    assert_int_equal(polling_counts(polling).feeds, 0);
}

static void test_an_end_breaks_off_the_reading(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    struct feed_state stored = polling_stored(polling, feed_url(0));
    assert_int_equal(stored.gaps_total, 1);
    assert_int_equal(stored.entries_total, 6);
    feed_state_done(&stored);
}

static void push(struct polling *polling, const char *text)
{
    char *body = strdup(text);
    assert_int_equal(poller_push(polling->poller, feed_url(0), &body, strlen(text), STR_NONE), 0);
    assert_null(body);
    polling_settle(polling);
}

static void test_a_push_waits_for_the_pages_that_are_read(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    push(polling, rss(21, 1));
    assert_int_equal(polling->transfers.running, 1);
    assert_int_equal(fixture_counts(&polling->store).intake, 6);
    answer(polling, page_url(2), rss(17, 1));
    assert_int_equal(fixture_counts(&polling->store).intake, 8);
    assert_idle(polling, 3);
}

static void test_a_push_takes_no_page_back_that_waits_for_its_host(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    answer(polling, feed_url(0), rss(3, 3));
    polling_until_asked(polling);
    polling->transfers.hosts_busy = true;
    answer(polling, feed_url(0), rss_with(next_page(2), 20, 3));
    push(polling, rss(21, 1));
    assert_int_equal(polling->transfers.waiting, 1);
    assert_int_equal(fixture_counts(&polling->store).intake, 6);
    fake_turns_come(&polling->transfers);
    answer(polling, page_url(2), rss(17, 1));
    assert_int_equal(fixture_counts(&polling->store).intake, 8);
    assert_idle(polling, 3);
}

static void test_after_a_page_that_is_no_feed_a_push_goes_before_a_poll_that_waits(void **state)
{
    struct polling *polling = *state;
    gap(polling);
    answer(polling, page_url(2), "<!DOCTYPE html><html><body>Sign in</body></html>");
    polling->transfers.hosts_busy = true;
    polling_pass(polling, 2LL * DAY);
    assert_int_equal(polling->transfers.waiting, 1);
    push(polling, rss(21, 1));
    assert_int_equal(fixture_counts(&polling->store).intake, 7);
}

/* ---- Sitemaps ---- */

static const char index_of_three[] =
    "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    "<sitemap><loc>https://host0.example/a.xml</loc><lastmod>2023-11-14T20:00:00Z</lastmod></sitemap>"
    "<sitemap><loc>https://host0.example/b.xml</loc><lastmod>2023-11-14T21:00:00Z</lastmod></sitemap>"
    "<sitemap><loc>https://host0.example/old.xml</loc><lastmod>2022-01-01T00:00:00Z</lastmod></sitemap>"
    "<sitemap><loc>https://elsewhere.example/c.xml</loc></sitemap></sitemapindex>";

/* A news sitemap with one article. */
static const char *sitemap(unsigned number)
{
    static char text[1024];
    (void)snprintf(
        text, sizeof(text),
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url>"
        "<loc>https://host0.example/%u</loc><news:news><news:publication><news:name>Post</news:name>"
        "<news:language>en</news:language></news:publication>"
        "<news:publication_date>2023-11-14T20:00:00Z</news:publication_date>"
        "<news:title>Article %u</news:title></news:news></url></urlset>",
        number, number);
    return text;
}

static void test_sitemaps_of_an_index_are_read_newest_first(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    answer(polling, feed_url(0), index_of_three);
    assert_string_equal(polling->transfers.last.url, "https://host0.example/b.xml");
    answer(polling, NULL, sitemap(1));
    assert_string_equal(polling->transfers.last.url, "https://host0.example/a.xml");
    answer(polling, NULL, sitemap(2));
    assert_int_equal(fixture_counts(&polling->store).intake, 2);
    assert_idle(polling, 3);
}

static void test_a_sitemap_that_fails_is_passed_over(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    answer(polling, feed_url(0), index_of_three);
    polling_answer(polling, NULL, &(struct served){.error = FETCH_ERROR_TIMEOUT});
    answer(polling, NULL, sitemap(2));
    assert_int_equal(fixture_counts(&polling->store).intake, 1);
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
    assert_idle(polling, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POLLING_TEST(test_T6_older_pages_are_read_until_one_is_known),
        POLLING_TEST(test_no_gap_no_older_pages),
        POLLING_TEST(test_a_backfill_of_all_reads_the_whole_archive),
        POLLING_TEST(test_an_archive_ends_after_ten_pages),
        POLLING_TEST(test_an_archive_that_goes_in_circles_ends),
        POLLING_TEST(test_a_page_that_is_missing_ends_the_reading_and_harms_nothing),
        POLLING_TEST(test_a_page_that_is_no_feed_ends_the_reading_and_harms_nothing),
        POLLING_TEST(test_after_a_page_that_is_no_feed_a_push_goes_before_a_poll_that_waits),
        POLLING_TEST(test_a_host_with_too_long_a_queue_ends_the_reading),
        POLLING_TEST(test_a_feed_removed_while_its_page_is_under_way_leaves_with_it),
        POLLING_TEST(test_a_feed_removed_while_its_page_waits_for_the_host_leaves_at_once),
        POLLING_TEST(test_an_end_breaks_off_the_reading),
        POLLING_TEST(test_a_push_waits_for_the_pages_that_are_read),
        POLLING_TEST(test_a_push_takes_no_page_back_that_waits_for_its_host),
        POLLING_TEST(test_sitemaps_of_an_index_are_read_newest_first),
        POLLING_TEST(test_a_sitemap_that_fails_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

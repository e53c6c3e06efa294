/* Identity: rule numbers are those of the rules in feeds/identity.h's source, 3.7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feeds/poll/identity.h"

static struct arena *arena;
static struct feed_document document;

static struct feed_entry *entry(const char *id, const char *link, const char *title, const char *summary)
{
    struct feed_entry *fresh = arena_new(arena, struct feed_entry);
    fresh->id = str_from(id);
    fresh->link = str_from(link);
    fresh->title = (struct feed_text){.value = str_from(title), .type = STR("text/plain")};
    fresh->summary = (struct feed_text){.value = str_from(summary), .type = STR("text/html")};
    assert_int_equal(arena_grow(arena, (void **)&document.entries.items, document.entries.count,
                                &document.entries.capacity, sizeof(struct feed_entry *)),
                     0);
    document.entries.items[document.entries.count++] = fresh;
    return fresh;
}

static struct entry_candidate *candidates(size_t wanted)
{
    struct entry_candidate *all;
    size_t count;
    assert_int_equal(
        identity_candidates(arena, &document, STR("https://news.example/feed"), 1641897180000, &all, &count),
        0);
    assert_int_equal(count, wanted);
    document.entries.count = 0;
    return all;
}

static struct seen_entry seen(const struct entry_candidate *candidate)
{
    struct seen_entry mark;
    identity_seen(candidate, &mark);
    return mark;
}

enum { TODAY = 19000 };

static enum entry_verdict decide(const struct entry_candidate *candidate, const struct seen_entry *by_key,
                                 const struct seen_entry *by_link, bool present)
{
    const struct seen_entry *before;
    struct identity_known known = {
        .by_key = by_key, .by_link = by_link, .link_key_present = present, .today = TODAY};
    return identity_decide(candidate, &known, &before);
}

static enum entry_verdict decide_twin(const struct entry_candidate *candidate,
                                      const struct seen_entry *by_twin, bool present)
{
    const struct seen_entry *before;
    struct identity_known known = {.by_twin = by_twin, .twin_key_present = present, .today = TODAY};
    enum entry_verdict verdict = identity_decide(candidate, &known, &before);
    assert_true(before == (verdict == ENTRY_NEW ? NULL : by_twin));
    return verdict;
}

static void test_rule_1_the_key_is_the_id_byte_for_byte(void **state)
{
    (void)state;
    entry("A", "https://news.example/1", "one", "x");
    entry("a", "https://news.example/2", "two", "y");
    struct entry_candidate *all = candidates(2);
    assert_int_not_equal(all[0].key_hash, all[1].key_hash);
    entry("A", "https://news.example/other", "different", "z");
    assert_int_equal(candidates(1)[0].key_hash, all[0].key_hash);
}

static void test_rule_1_without_id_the_link_then_more(void **state)
{
    (void)state;
    entry("", "https://news.example/", "one", "x");
    entry("", "https://news.example/", "two", "x");
    entry("", "", "three", "x");
    entry("", "", "four", "x");
    struct entry_candidate *all = candidates(4);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < i; k++)
            assert_int_not_equal(all[i].key_hash, all[k].key_hash);
}

static void test_rule_2_an_id_used_twice_loses_no_entry_and_order_does_not_matter(void **state)
{
    (void)state;
    entry("same", "https://news.example/1", "one", "x");
    entry("same", "https://news.example/2", "two", "x");
    struct entry_candidate *forward = candidates(2);
    uint64_t one = forward[0].key_hash, two = forward[1].key_hash;
    assert_int_not_equal(one, two);
    entry("same", "https://news.example/2", "two", "x");
    entry("same", "https://news.example/1", "one", "x");
    struct entry_candidate *back = candidates(2);
    assert_int_equal(back[0].key_hash, two);
    assert_int_equal(back[1].key_hash, one);
}

static void test_the_same_entry_printed_twice_counts_once(void **state)
{
    (void)state;
    entry("x", "https://news.example/1", "one", "same words");
    entry("x", "https://news.example/1", "one", "same words");
    candidates(1);
}

static void test_rule_3_a_new_id_under_the_same_link_and_title_is_the_same_entry(void **state)
{
    (void)state;
    entry("http://news.example/?p=1", "https://news.example/1", "one", "x");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("https://news.example/?p=1", "https://news.example/1", "one", "x");
    struct entry_candidate *now = candidates(1);
    assert_int_equal(now->link_hash, before.link_hash);
    assert_int_equal(decide(now, NULL, &before, false), ENTRY_RENAMED);
    assert_int_equal(decide(now, NULL, &before, true), ENTRY_NEW); /* the old id is still there */
    entry("https://news.example/?p=1", "https://news.example/1", "something else", "y");
    assert_int_equal(decide(candidates(1), NULL, &before, false), ENTRY_NEW);
}

static void test_rule_4_noise_is_no_revision(void **state)
{
    (void)state;
    entry("1", "https://news.example/1", "one", "<p class='a'>Some  text</p> 12 comments");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("1", "https://news.example/1?utm_source=rss", "one", "<p class=\"b\">Some text</p> 3,481 comments");
    struct entry_candidate *now = candidates(1);
    assert_int_equal(decide(now, &before, NULL, false), ENTRY_KNOWN);
    entry("1", "https://news.example/1", "one", "<p>Some other text</p>");
    assert_int_equal(decide(candidates(1), &before, NULL, false), ENTRY_REVISED);
}

static struct feed_entry *media(const char *url)
{
    struct feed_entry *item = entry("1", "https://news.example/1", "one", "Some text");
    assert_int_equal(arena_grow(arena, (void **)&item->enclosures.items, 0, &item->enclosures.capacity,
                                sizeof(*item->enclosures.items)),
                     0);
    item->enclosures.items[item->enclosures.count++] = (struct feed_enclosure){.url = str_from(url)};
    return item;
}

static bool media_differ(const char *one, const char *other)
{
    media(one);
    struct seen_entry before = seen(&candidates(1)[0]);
    media(other);
    return decide(candidates(1), &before, NULL, false) == ENTRY_REVISED;
}

static void test_rule_4_a_media_address_signed_anew_is_no_revision(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"https://s3.example/a/1.mp3?X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=0af31c",
         "https://s3.example/a/1.mp3?X-Amz-Date=20260101T010000Z&X-Amz-Expires=3600&X-Amz-Signature=bb7c90"},
        {"https://cdn.example/1.jpg?Expires=1767225600&Signature=a~b&Key-Pair-Id=K1",
         "https://cdn.example/1.jpg?Expires=1767229200&Signature=c~d&Key-Pair-Id=K1"},
        {"https://a.blob.example/1.jpg?sv=2024-11-04&se=2026-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=abc%3D",
         "https://a.blob.example/1.jpg?sv=2024-11-04&se=2026-01-01T01%3A00%3A00Z&sr=b&sp=r&sig=xyz%3D"},
        {"https://akamai.example/1.mp4?hdnea=st=1767225600~exp=1767229200~acl=/*~hmac=12ab",
         "https://akamai.example/1.mp4?hdnea=st=1767225700~exp=1767229300~acl=/*~hmac=34cd"},
        {"https://nginx.example/1767225600/q8wXrDsmBvP0z3HqkY1gRw/video/1.mp4",
         "https://nginx.example/1767229200/Zm9vYmFyQmF6UXV4MTIzNA/video/1.mp4"},
        {"https://cdn.example/exp=1767225600~hmac=aa11/1.jpg",
         "https://cdn.example/exp=1767229200~hmac=bb22/1.jpg"},
        {"https://x.example/1.jpg?w=600&v=9f86d081884c7d659a2feaa0c55ad015",
         "https://x.example/1.jpg?w=600&v=60303ae22b998861bce3b28f33eec1be"},
    };
    static const char *const other[][2] = {
        {"https://x.example/1.mp3", "https://x.example/2.mp3"},
        {"https://x.example/play?id=17", "https://x.example/play?id=18"},
        {"https://x.example/1.jpg?w=600", "https://x.example/1.jpg?w=1200"},
        {"https://x.example/1767225600/a.mp4", "https://x.example/1767225600/b.mp4"},
        {"https://x.example/9f86d081884c7d659a2feaa0c55ad015.jpg",
         "https://x.example/60303ae22b998861bce3b28f33eec1be.jpg"},
    };
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
        if (media_differ(same[i][0], same[i][1]))
            fail_msg("%s and\n%s are the same file", same[i][0], same[i][1]);
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
        if (!media_differ(other[i][0], other[i][1]))
            fail_msg("%s and\n%s are two files", other[i][0], other[i][1]);
}

static void test_a_text_that_swings_is_braked_until_the_next_day(void **state)
{
    (void)state;
    static const char *const texts[] = {"now this", "now that"};
    struct seen_entry mark;
    entry("1", "https://news.example/1", "one", texts[0]);
    mark = seen(&candidates(1)[0]);
    for (int i = 1; i <= 2; i++) { /* an edit, and its taking back */
        struct seen_entry before = mark;
        entry("1", "https://news.example/1", "one", texts[i % 2]);
        struct entry_candidate *now = candidates(1);
        assert_int_equal(decide(now, &before, NULL, false), ENTRY_REVISED);
        identity_revised(now, &before, TODAY, &mark);
    }
    assert_int_equal(mark.swings, 1);
    entry("1", "https://news.example/1", "one", texts[1]);
    struct entry_candidate *again = candidates(1);
    assert_int_equal(decide(again, &mark, NULL, false), ENTRY_BRAKED);
    mark.revised_day = TODAY - 1;
    assert_int_equal(decide(again, &mark, NULL, false), ENTRY_REVISED);
    mark.revised_day = TODAY;
    entry("1", "https://news.example/1", "one", "something new"); /* news are never held back */
    struct entry_candidate *third = candidates(1);
    assert_int_equal(decide(third, &mark, NULL, false), ENTRY_REVISED);
    struct seen_entry after;
    identity_revised(third, &mark, TODAY, &after);
    assert_int_equal(after.swings, 0);
}

static struct feed_entry *dated(const char *id, const char *link, const char *title, const char *summary)
{
    struct feed_entry *item = entry(id, link, title, summary);
    item->dates.published = (struct feed_time){.ms = 1641890000000, .precision = TIME_SECOND};
    return item;
}

static void test_id_link_and_headline_may_change_together(void **state)
{
    (void)state;
    static const char text[] = "The harbour office opened its new quay on Friday.";
    dated("/1234567-quay-opens", "https://news.example/1234567-quay-opens", "Quay opens", text);
    struct seen_entry before = seen(&candidates(1)[0]);
    dated("/1234567-quay-open-at-last", "https://news.example/1234567-quay-open-at-last", "Quay open at last",
          text);
    struct entry_candidate *now = candidates(1);
    assert_int_not_equal(now->key_hash, before.key_hash);
    assert_int_equal(decide_twin(now, &before, false), ENTRY_RENAMED_REVISED);
    assert_int_equal(decide_twin(now, &before, true), ENTRY_NEW); /* the old one is still there */
    dated("/7654321-x", "https://news.example/7654321-x", "Quay opens", text); /* another number */
    assert_int_equal(candidates(1)->twin_hash == before.twin_hash, 0);
    dated("/1234567-x", "https://news.example/1234567-x", "Quay opens",
          "Another text of the same length, or thereabouts.");
    assert_int_equal(candidates(1)->twin_hash == before.twin_hash, 0);
    entry("/1234567-x", "https://news.example/1234567-x", "Quay opens", text); /* no date */
    assert_int_equal(candidates(1)->twin_hash, 0);
    dated("/2026/01/quay", "https://news.example/2026/01/quay", "Quay opens", text); /* a date is no number */
    assert_int_equal(candidates(1)->twin_hash, 0);
    dated("/1234567-a", "https://news.example/1234567-a", "A",
          text); /* what two entries share proves nothing */
    dated("/1234567-b", "https://news.example/1234567-b", "B", text);
    assert_int_equal(candidates(2)->twin_hash, 0);
}

static void test_an_id_that_keeps_its_number_date_and_text_is_not_reused(void **state)
{
    (void)state;
    static const char text[] = "The harbour office opened its new quay on Friday.";
    dated("1234567", "https://news.example/1234567-quay-opens", "Quay opens", text);
    struct seen_entry before = seen(&candidates(1)[0]);
    dated("1234567", "https://news.example/1234567-quay-open-at-last", "Quay open at last", text);
    assert_int_equal(decide(candidates(1), &before, NULL, false), ENTRY_REVISED);
}

static void test_what_an_older_version_marked_is_known(void **state)
{
    (void)state;
    entry("1", "https://news.example/1", "one", "x");
    struct seen_entry before = seen(&candidates(1)[0]);
    before.content_hash = 0;
    entry("1", "https://news.example/1", "one", "y");
    assert_int_equal(decide(candidates(1), &before, NULL, false), ENTRY_KNOWN);
    entry("2", "https://news.example/2", "", "");
    assert_int_not_equal(candidates(1)->content_hash, 0);
}

static void test_the_publishers_own_address_goes_before_a_proxys(void **state)
{
    (void)state;
    struct feed_entry *item = entry("1", "https://proxy.example/~r/news/~3/xyz/", "one", "x");
    struct feed_link links[] = {
        {.rel = STR("alternate"), .href = STR("https://proxy.example/~r/news/~3/xyz/")},
        {.rel = STR("canonical"), .href = STR("https://news.example/2026/one")}};
    item->links.items = links;
    item->links.count = 2;
    struct entry_candidate *all = candidates(1);
    assert_true(str_equal(all->link, STR("https://news.example/2026/one")));
    char by_proxy[ARTICLE_ID_BYTES];
    memcpy(by_proxy, all->article_id, sizeof(by_proxy));
    entry("other", "https://news.example/2026/one", "one", "x");
    assert_string_equal(candidates(1)->article_id, by_proxy);
    links[1].href = STR("https://news.example/"); /* the front page is nobody's own */
    item = entry("1", "https://proxy.example/~r/news/~3/xyz/", "one", "x");
    item->links.items = links;
    item->links.count = 2;
    assert_true(str_equal(candidates(1)->link, STR("https://proxy.example/~r/news/~3/xyz/")));
}

static void test_a_reused_id_is_a_new_entry(void **state)
{
    (void)state;
    entry("top", "https://news.example/1", "one", "x");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("top", "https://news.example/2", "two", "y");
    assert_int_equal(decide(candidates(1), &before, NULL, false), ENTRY_NEW);
}

static void test_withdrawal_and_return(void **state)
{
    (void)state;
    entry("1", "https://news.example/1", "one", "x");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("1", "", "", "")->deleted = true;
    struct entry_candidate *gone = candidates(1);
    assert_int_equal(gone->key_hash, before.key_hash);
    assert_int_equal(decide(gone, &before, NULL, false), ENTRY_WITHDRAWN);
    before.withdrawn = true;
    assert_int_equal(decide(gone, &before, NULL, false), ENTRY_KNOWN);
    entry("1", "https://news.example/1", "one", "x");
    assert_int_equal(decide(candidates(1), &before, NULL, false), ENTRY_REVISED);
}

static void test_the_article_id_follows_the_link_and_is_the_same_in_every_feed(void **state)
{
    (void)state;
    entry("1", "http://news.example/1?utm_medium=feed", "one", "x");
    char first[ARTICLE_ID_BYTES];
    memcpy(first, candidates(1)[0].article_id, sizeof(first));
    entry("other-id", "https://news.example/1", "ONE", "other words");
    assert_string_equal(candidates(1)[0].article_id, first);
    entry("1", "https://news.example/", "a front page names no article", "x");
    struct entry_candidate *front = candidates(1);
    assert_string_equal(front->article_id, front->article_id_by_key);
}

static void test_rule_8_future_dates_are_clamped(void **state)
{
    (void)state;
    struct feed_entry *future = entry("1", "https://news.example/1", "one", "x");
    future->dates.published =
        (struct feed_time){.ms = 1641897180000 + 10LL * 86400000, .precision = TIME_SECOND};
    assert_int_equal(candidates(1)[0].published_ms, 1641897180000);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule_1_the_key_is_the_id_byte_for_byte),
        cmocka_unit_test(test_rule_1_without_id_the_link_then_more),
        cmocka_unit_test(test_rule_2_an_id_used_twice_loses_no_entry_and_order_does_not_matter),
        cmocka_unit_test(test_the_same_entry_printed_twice_counts_once),
        cmocka_unit_test(test_rule_3_a_new_id_under_the_same_link_and_title_is_the_same_entry),
        cmocka_unit_test(test_rule_4_noise_is_no_revision),
        cmocka_unit_test(test_rule_4_a_media_address_signed_anew_is_no_revision),
        cmocka_unit_test(test_a_text_that_swings_is_braked_until_the_next_day),
        cmocka_unit_test(test_id_link_and_headline_may_change_together),
        cmocka_unit_test(test_an_id_that_keeps_its_number_date_and_text_is_not_reused),
        cmocka_unit_test(test_what_an_older_version_marked_is_known),
        cmocka_unit_test(test_the_publishers_own_address_goes_before_a_proxys),
        cmocka_unit_test(test_a_reused_id_is_a_new_entry),
        cmocka_unit_test(test_withdrawal_and_return),
        cmocka_unit_test(test_the_article_id_follows_the_link_and_is_the_same_in_every_feed),
        cmocka_unit_test(test_rule_8_future_dates_are_clamped),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

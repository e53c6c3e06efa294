/* Identity: rule numbers are those of the rules in feeds/identity.h's source, 3.7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feeds/identity.h"

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
    assert_int_equal(identity_decide(now, NULL, &before, false), ENTRY_RENAMED);
    assert_int_equal(identity_decide(now, NULL, &before, true), ENTRY_NEW); /* the old id is still there */
    entry("https://news.example/?p=1", "https://news.example/1", "something else", "y");
    assert_int_equal(identity_decide(candidates(1), NULL, &before, false), ENTRY_NEW);
}

static void test_rule_4_noise_is_no_revision(void **state)
{
    (void)state;
    entry("1", "https://news.example/1", "one", "<p class='a'>Some  text</p> 12 comments");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("1", "https://news.example/1?utm_source=rss", "one", "<p class=\"b\">Some text</p> 3,481 comments");
    struct entry_candidate *now = candidates(1);
    assert_int_equal(identity_decide(now, &before, NULL, false), ENTRY_KNOWN);
    entry("1", "https://news.example/1", "one", "<p>Some other text</p>");
    assert_int_equal(identity_decide(candidates(1), &before, NULL, false), ENTRY_REVISED);
}

static void test_a_reused_id_is_a_new_entry(void **state)
{
    (void)state;
    entry("top", "https://news.example/1", "one", "x");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("top", "https://news.example/2", "two", "y");
    assert_int_equal(identity_decide(candidates(1), &before, NULL, false), ENTRY_NEW);
}

static void test_withdrawal_and_return(void **state)
{
    (void)state;
    entry("1", "https://news.example/1", "one", "x");
    struct seen_entry before = seen(&candidates(1)[0]);
    entry("1", "", "", "")->deleted = true;
    struct entry_candidate *gone = candidates(1);
    assert_int_equal(gone->key_hash, before.key_hash);
    assert_int_equal(identity_decide(gone, &before, NULL, false), ENTRY_WITHDRAWN);
    before.withdrawn = true;
    assert_int_equal(identity_decide(gone, &before, NULL, false), ENTRY_KNOWN);
    entry("1", "https://news.example/1", "one", "x");
    assert_int_equal(identity_decide(candidates(1), &before, NULL, false), ENTRY_REVISED);
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
        cmocka_unit_test(test_a_reused_id_is_a_new_entry),
        cmocka_unit_test(test_withdrawal_and_return),
        cmocka_unit_test(test_the_article_id_follows_the_link_and_is_the_same_in_every_feed),
        cmocka_unit_test(test_rule_8_future_dates_are_clamped),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

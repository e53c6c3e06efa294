/* Derived records: one for each statement and event, keys that stay, tombstones for what is no longer said.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "processors/article_words.h"
#include "processors/record/derived.h"
#include "tests/support/read_article.h"

static const char text[] = "India accused Pakistan of lying. Maria Santos said the port was closed.";

static struct article *read_as(const char *words, uint32_t revision)
{
    struct article *article = read_article(words);
    article->id = STR("00112233445566778899aabbccddeeff");
    article->revision = revision;
    article->kind = revision > 1 ? ARTICLE_REVISED : ARTICLE_PUBLISHED;
    article->url = STR("https://news.example/1");
    article->feed.url = STR("https://news.example/rss");
    return article;
}

static struct record_list records_of(const struct article *article)
{
    struct record_list records = {0};
    struct error error = {0};
    if (record_article(article->arena, article, 1, &records, &error))
        fail_msg("%s", error.text);
    return records;
}

static struct str header(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->header_count; i++)
        if (!strcmp(record->headers[i].name, name))
            return record->headers[i].value;
    return STR_NONE;
}

static size_t count_of(const struct record_list *records, enum record_topic topic)
{
    size_t count = 0;
    for (size_t i = 0; i < records->count; i++)
        count += records->items[i].topic == topic;
    return count;
}

static void test_each_statement_and_event_has_a_record(void **unused)
{
    (void)unused;
    const struct article *article = read_as(text, 1);
    struct record_list records = records_of(article);
    assert_int_equal(records.items[0].topic, TOPIC_ARTICLES);
    assert_int_equal(count_of(&records, TOPIC_STATEMENTS), article->statements.count);
    assert_int_equal(count_of(&records, TOPIC_EVENTS), 1);
    assert_int_equal(article->statements.count, 2);
    for (size_t i = 1; i < records.count; i++) {
        const struct record *record = &records.items[i];
        json_t *value = json_loadb(record->value.ptr, record->value.len, 0, NULL);
        assert_non_null(value);
        assert_string_equal(json_string_value(json_object_get(value, "article")), article->id.ptr);
        const char *id = json_string_value(json_object_get(value, "id"));
        assert_true(
            str_equal(record->key, arena_printf(article->arena, "%.*s/%s", STR_ARG(article->id), id)));
        assert_true(str_equal(header(record, "ce_partitionkey"), record->key));
        json_decref(value);
    }
}

static void test_what_is_still_said_keeps_its_key(void **unused)
{
    (void)unused;
    struct arena *arena = arena_create(1 << 20);
    const struct article *article = read_as(text, 1);
    struct record_list records = records_of(article);
    struct str before = arena_str(arena, derived_list(article->arena, &records));
    assert_true(before.len > 0);

    article =
        read_as("It rained. India accused Pakistan of lying. Maria Santos said the port was closed.", 2);
    records = records_of(article);
    size_t count = records.count;
    assert_true(str_equal(derived_list(article->arena, &records), before));
    assert_int_equal(derived_withdraw(article->arena, article, before, 1, &records), 0);
    assert_int_equal(records.count, count);
    assert_true(str_equal(header(&records.items[1], "ce_type"), STR("org.newsd.statement.revised")));

    article = read_as("India accused Pakistan of lying.", 3);
    records = records_of(article);
    count = records.count;
    assert_int_equal(derived_withdraw(article->arena, article, before, 1, &records), 0);
    assert_int_equal(records.count, count + 1);
    const struct record *tombstone = &records.items[count];
    assert_int_equal(tombstone->topic, TOPIC_STATEMENTS);
    assert_int_equal(tombstone->value.len, 0);
    assert_true(str_equal(header(tombstone, "ce_type"), STR("org.newsd.statement.withdrawn")));
    assert_true(str_ends(before, str_slice(tombstone->key, 33, tombstone->key.len)) ||
                str_find(before, str_slice(tombstone->key, 33, tombstone->key.len), 0) >= 0);
    arena_destroy(&arena);
}

static void test_a_withdrawal_takes_all_back(void **unused)
{
    (void)unused;
    struct article *article = read_as(text, 2);
    struct record_list records = records_of(article);
    struct str before = derived_list(article->arena, &records);
    size_t derived = records.count - 1;
    article->kind = ARTICLE_WITHDRAWN;
    records = records_of(article);
    assert_int_equal(records.count, 1);
    assert_int_equal(derived_withdraw(article->arena, article, before, 1, &records), 0);
    assert_int_equal(records.count, 1 + derived);
    assert_int_equal(derived_list(article->arena, &records).len, 0);
}

/* A list that was damaged, or written by another version, takes nothing down. */
static void test_strange_lists(void **unused)
{
    (void)unused;
    static const char *const lists[] = {"",           " ",         "x",           "/",
                                        "statements", "stories/1", "statements/", "  events/ab  "};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        const struct article *article = read_as("It rained.", 2);
        struct record_list records = records_of(article);
        assert_int_equal(derived_withdraw(article->arena, article, str_from(lists[i]), 1, &records), 0);
    }
}

static void test_words_of_spans(void **unused)
{
    (void)unused;
    const struct article *article = read_article("Zoë met Zoë’s aunt.");
    for (size_t i = 0; i < article->tokens.count; i++) {
        const struct token *token = &article->tokens.items[i];
        assert_true(str_equal(article_words(article, article->token_spans[i]),
                              str_slice(article->text, token->start, token->end)));
    }
    assert_true(str_equal(article_words(article, article->sentences.items[0]), article->text));
    assert_int_equal(article_words(article, (struct span){0, 0}).len, 0);
    assert_int_equal(article_words(article, (struct span){100, 200}).len, 0);
}

/* The value of the topic's `which`-th record. */
static json_t *value_of(const struct record_list *records, enum record_topic topic, size_t which)
{
    for (size_t i = 0; i < records->count; i++)
        if (records->items[i].topic == topic && which-- == 0)
            return json_loadb(records->items[i].value.ptr, records->items[i].value.len, 0, NULL);
    fail_msg("no such record");
    return NULL;
}

static void test_who_has_no_name_is_called_by_the_first_words_and_has_a_class(void **unused)
{
    (void)unused;
    const struct article *article =
        read_as("An Ethiopian diplomat left the room. He said the talks had failed.", 1);
    struct record_list records = records_of(article);
    json_t *value = value_of(&records, TOPIC_STATEMENTS, 0), *speaker = json_object_get(value, "speaker");
    assert_string_equal(json_string_value(json_object_get(speaker, "name")), "An Ethiopian diplomat");
    assert_string_equal(json_string_value(json_object_get(speaker, "role_class")), "diplomat");
    json_decref(value);
}

static void test_all_that_somebody_is_called_stands_in_the_record(void **unused)
{
    (void)unused;
    const struct article *article =
        read_as("Finance Minister Maria Santos was in Lima. Maria Santos, the chief negotiator, spoke.", 1);
    struct record_list records = records_of(article);
    json_t *value = value_of(&records, TOPIC_ARTICLES, 0), *entity, *other = NULL;
    size_t i;
    json_array_foreach(
        json_object_get(json_object_get(value, "newsd"), "entities"), i,
        entity) if (!strcmp(json_string_value(json_object_get(entity, "name")), "Maria Santos")) other =
        json_array_get(json_object_get(entity, "other_roles"), 0);
    assert_non_null(other);
    assert_string_equal(json_string_value(json_object_get(other, "role")), "chief negotiator");
    json_decref(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_statement_and_event_has_a_record),
        cmocka_unit_test(test_what_is_still_said_keeps_its_key),
        cmocka_unit_test(test_a_withdrawal_takes_all_back),
        cmocka_unit_test(test_strange_lists),
        cmocka_unit_test(test_who_has_no_name_is_called_by_the_first_words_and_has_a_class),
        cmocka_unit_test(test_all_that_somebody_is_called_stands_in_the_record),
        cmocka_unit_test(test_words_of_spans),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}

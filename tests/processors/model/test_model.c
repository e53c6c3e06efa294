/* Model files: what is whole is read, what is not is refused; and the committed tagger. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "processors/language/tagger.h"
#include "processors/model/linear.h"
#include "processors/model/lookup.h"
#include "processors/model/model.h"

static void write_small(struct buffer *file)
{
    static const struct model_part parts[] = {{"one", STR("first")}, {"two", STR("the second, longer one")}};
    assert_int_equal(model_write(file, "small", 7, parts, 2), 0);
}

static void test_a_model_comes_back_as_it_was_written(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer file = {0};
    struct model *model;
    struct error error = {0};
    write_small(&file);
    assert_int_equal(model_from_bytes(&model, buffer_str(&file), "small", &error), 0);
    assert_int_equal(model_check_version(model, 7, &error), 0);
    assert_int_equal(model_check_version(model, 8, &error), ERR_MALFORMED);
    assert_non_null(strstr(error.text, "version 7, this newsd needs 8"));
    assert_true(str_equal(model_section(model, "one"), STR("first")));
    assert_true(str_equal(model_section(model, "two"), STR("the second, longer one")));
    assert_null(model_section(model, "three").ptr);
    model_close(&model);
}

static void test_what_is_cut_changed_or_of_another_kind_is_refused(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer file = {0};
    struct model *model;
    struct error error = {0};
    write_small(&file);
    assert_int_equal(model_from_bytes(&model, buffer_str(&file), "large", &error), ERR_MALFORMED);
    assert_non_null(strstr(error.text, "for something else"));
    for (size_t len = 0; len < file.len; len++)
        assert_int_equal(model_from_bytes(&model, str_make(file.ptr, len), "small", &error), ERR_MALFORMED);
    for (size_t at = 0; at < file.len; at++) {
        file.ptr[at] ^= 0x10;
        assert_int_equal(model_from_bytes(&model, buffer_str(&file), "small", &error), ERR_MALFORMED);
        file.ptr[at] ^= 0x10;
    }
    assert_int_equal(model_open(&model, "/nowhere", "small", &error), -ENOENT);
    assert_non_null(strstr(error.text, "/nowhere/small.model"));
}

static void test_weights_that_lead_outside_are_refused(void **state)
{
    (void)state;
    enum { BUCKETS = 1 << LINEAR_BUCKET_BITS };
    static uint32_t section[2 + BUCKETS + 1 + 2];
    struct linear linear;
    section[0] = 3;
    section[1] = BUCKETS;
    for (size_t i = 1; i <= BUCKETS; i++)
        section[2 + i] = 5;
    unsigned char *entries = (unsigned char *)&section[2 + BUCKETS + 1];
    memcpy(entries, (const unsigned char[]){0x34, 0x12, 1, 2, 0xff}, 5); /* feature 0x00001234: label 2, -1 */
    size_t len = (2 + BUCKETS + 1) * 4 + 5;
    assert_true(linear_open(&linear, str_make((char *)section, len)));
    int32_t scores[3] = {0};
    linear_add_all(&linear, (const uint32_t[]){0x1234, 0x1235, 0xffff1234}, 3, scores);
    assert_int_equal(scores[0], 0);
    assert_int_equal(scores[1], 0);
    assert_int_equal(scores[2], -1);
    assert_int_equal(linear_best(&linear, scores), 0);
    entries[3] = 3; /* no such label */
    assert_false(linear_open(&linear, str_make((char *)section, len)));
    entries[3] = 2, entries[2] = 2; /* more pairs than there are */
    assert_false(linear_open(&linear, str_make((char *)section, len)));
    entries[2] = 1, section[2 + 9] = 6; /* a bucket that ends behind the next */
    assert_false(linear_open(&linear, str_make((char *)section, len)));
    section[2 + 9] = 5;
    assert_false(linear_open(&linear, str_make((char *)section, len - 1)));
    assert_false(linear_open(&linear, STR_NONE));
}

static void test_dense_weights(void **state)
{
    (void)state;
    enum { BUCKETS = 1 << LINEAR_BUCKET_BITS_MIN, LABELS = 19, BYTES = 3 + LABELS + 5, TIMES = 600 };
    static uint32_t section[2 + BUCKETS + 1 + (BYTES + LINEAR_PADDING) / 4 + 1];
    struct linear linear;
    section[0] = LABELS;
    section[1] = BUCKETS;
    for (size_t i = 1; i <= BUCKETS; i++)
        section[2 + i] = BYTES;
    uint8_t *entries = (uint8_t *)&section[2 + BUCKETS + 1];
    memcpy(entries, (const uint8_t[]){0x34, 0x12, LINEAR_DENSE}, 3);
    for (int label = 0; label < LABELS; label++)
        entries[3 + label] = (uint8_t)(label == 18 ? -128 : label - 9);
    memcpy(entries + 3 + LABELS, (const uint8_t[]){0x35, 0x12, 1, 18, 0x7f}, 5);
    size_t len = (2 + BUCKETS + 1) * 4 + BYTES;
    assert_false(linear_open(&linear, str_make((char *)section, len))); /* nothing behind to read into */
    assert_true(linear_open(&linear, str_make((char *)section, len + LINEAR_PADDING)));
    int32_t scores[LABELS] = {100};
    uint32_t features[TIMES];
    for (size_t i = 0; i < TIMES; i++)
        features[i] = 0x1234;
    linear_add_all(&linear, features, TIMES, scores);
    assert_int_equal(scores[0], 100 - 9 * TIMES);
    assert_int_equal(scores[17], 8 * TIMES);
    assert_int_equal(scores[18], -128 * TIMES);
    linear_add_all(&linear, (const uint32_t[]){0x1235}, 1, scores);
    assert_int_equal(scores[18], 127 - 128 * TIMES);
    entries[3 + LABELS + 2] = LINEAR_DENSE; /* more weights than there are bytes */
    assert_false(linear_open(&linear, str_make((char *)section, len + LINEAR_PADDING)));
}

struct tables {
    struct model *model;
    struct word_tables *words;
};

static void open_tables(struct tables *tables)
{
    struct error error = {0};
    if (model_open(&tables->model, "processors/models", "words", &error) ||
        word_tables_create(&tables->words, tables->model, &error))
        fail_msg("%s", error.text);
}

static void close_tables(struct tables *tables)
{
    word_tables_destroy(&tables->words);
}

static void test_the_tagger_knows_a_plain_sentence(void **state)
{
    (void)state;
    static const char *const words[] = {"The",      "ministers", "will",   "meet", "in",
                                        "Brussels", "on",        "Friday", "."};
    static const char *const wanted[] = {"DET",   "NOUN", "AUX",   "VERB", "ADP",
                                         "PROPN", "ADP",  "PROPN", "PUNCT"};
    enum { COUNT = 9 };
    struct word_form forms[COUNT];
    struct tables tables;
    struct model *model;
    struct tagger *tagger;
    struct error error = {0};
    uint8_t labels[COUNT];
    open_tables(&tables);
    if (model_open(&model, "processors/models", "tagger", &error) || tagger_create(&tagger, model, &error))
        fail_msg("%s", error.text);
    for (size_t i = 0; i < COUNT; i++)
        word_form_fill(&forms[i], str_from(words[i]), tables.words);
    tagger_tag(tagger, forms, COUNT, labels);
    for (size_t i = 0; i < COUNT; i++)
        if (!str_equal(tagger_upos(tagger, labels[i]), str_from(wanted[i])))
            fail_msg("%s is tagged %.*s", words[i], STR_ARG(tagger_upos(tagger, labels[i])));
    assert_true(str_equal(tagger_xpos(tagger, labels[1]), STR("NNS")));
    assert_null(tagger_upos(tagger, 255).ptr);
    tagger_destroy(&tagger);
    close_tables(&tables);
}

static void test_a_lookup_finds_what_was_put_in(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer section = {0};
    struct lookup_entry entries[1000];
    struct lookup lookup;
    char word[16];
    for (uint32_t i = 0; i < 1000; i++)
        entries[i] = (struct lookup_entry){
            lookup_hash(str_make(word, (size_t)snprintf(word, sizeof(word), "word%u", i))), i + 1};
    assert_int_equal(lookup_write(&section, entries, 1000), 0);
    assert_true(lookup_open(&lookup, buffer_str(&section)));
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(lookup_find(&lookup, entries[i].hash), i + 1);
    assert_int_equal(lookup_find(&lookup, lookup_hash(STR("another"))), 0);
    assert_true(lookup_join(lookup_join(0, 1), 2) != lookup_join(lookup_join(0, 2), 1));
}

static void test_a_lookup_that_would_not_end_is_refused(void **state)
{
    (void)state;
    struct lookup lookup;
    uint32_t section[1 + 4 + 2] = {4, 1, 1, 1, 1}; /* no free place */
    assert_false(lookup_open(&lookup, str_make((char *)section, sizeof(section))));
    section[4] = 0;
    assert_true(lookup_open(&lookup, str_make((char *)section, sizeof(section))));
    assert_false(lookup_open(&lookup, str_make((char *)section, sizeof(section) - 1)));
    section[0] = 3; /* no power of two */
    assert_false(lookup_open(&lookup, str_make((char *)section, 4 + 3 * 6)));
    section[0] = 0;
    assert_false(lookup_open(&lookup, str_make((char *)section, 4)));
    assert_false(lookup_open(&lookup, STR_NONE));
}

static void test_the_tables_know_words_and_phrases(void **state)
{
    (void)state;
    struct tables tables;
    struct word_entry monday, tuesday, unknown;
    uint64_t hash = 0;
    bool goes_on;
    open_tables(&tables);
    const struct word_tables *words = tables.words;
    word_tables_find(words, STR("Monday"), STR("monday"), &monday);
    word_tables_find(words, STR("Tuesday"), STR("tuesday"), &tuesday);
    assert_memory_equal(monday.classes, tuesday.classes, sizeof(monday.classes));
    word_tables_find(words, STR("Qqxzzqa"), STR("qqxzzqa"), &unknown);
    assert_int_equal(unknown.classes[0], 0);
    assert_int_equal(word_tables_step(words, &hash, STR("New"), &goes_on), 0);
    assert_true(goes_on);
    assert_true(word_tables_step(words, &hash, STR("Zealand"), &goes_on) & 1u << WORD_LIST_COUNTRY);
    close_tables(&tables);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_model_comes_back_as_it_was_written),
        cmocka_unit_test(test_what_is_cut_changed_or_of_another_kind_is_refused),
        cmocka_unit_test(test_weights_that_lead_outside_are_refused),
        cmocka_unit_test(test_dense_weights),
        cmocka_unit_test(test_a_lookup_finds_what_was_put_in),
        cmocka_unit_test(test_a_lookup_that_would_not_end_is_refused),
        cmocka_unit_test(test_the_tables_know_words_and_phrases),
        cmocka_unit_test(test_the_tagger_knows_a_plain_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

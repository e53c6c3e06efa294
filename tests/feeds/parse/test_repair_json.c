/* Damaged JSON: what is mended and how it is called, and that what was mended stays as it is. */
#include "feeds/text_check.h"

#include "feeds/parse/repair_json.h"

#define KIND(name) (1u << REPAIR_##name)

/* Text in memory of exactly its size: a byte read behind it is found by the sanitizer. */
static struct repair_result mend(struct str text)
{
    struct repair_result result = {0};
    char *exact = malloc(text.len ? text.len : 1);
    assert_non_null(exact);
    memcpy(exact, text.ptr, text.len);
    assert_int_equal(repair_json(arena, str_make(text.len ? exact : exact + 1, text.len), &result), 0);
    free(exact);
    return result;
}

static void test_mending_twice_changes_nothing(void **unused)
{
    (void)unused;
    static const struct {
        const char *damaged, *mended;
        uint32_t kinds;
    } cases[] = {
        {"", "", 0},
        {"{}", "{}", 0},
        {"{\"a\":[1,\"b\",null]}", "{\"a\":[1,\"b\",null]}", 0},
        {"{\"a\":[1,,2,]}", "{\"a\":[1,2]}", KIND(COMMAS)},
        {"{\"a\":1 \"b\":2}", "{\"a\":1 ,\"b\":2}", KIND(COMMAS)},
        {"{\"a\":/* x */NaN}", "{\"a\":null}", KIND(COMMAS) | KIND(NUMBERS)},
        {"{\"a\":\"x\ny\\'z\"}", "{\"a\":\"x\\ny'z\"}", KIND(CONTROL_CHARACTERS) | KIND(ESCAPES)},
        {"{\"a\":\"\\udc00\"}", "{\"a\":\"\\uFFFD\"}", KIND(SURROGATES)},
        {"{\"a\":[\"b", "{\"a\":[\"b", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct repair_result first = mend(str_from(cases[i].damaged)), second = mend(first.text);
        assert_text_of(cases[i].damaged, first.text, cases[i].mended);
        assert_int_equal(first.kinds, cases[i].kinds);
        assert_text_of(cases[i].damaged, second.text, cases[i].mended);
        assert_int_equal(second.kinds, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_mending_twice_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The model of acts: what a guess is made of, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/meaning/act_model.h"

enum { LABELS = 4 };
#define LOW 5U
#define HIGH 0xf0000007U
static const uint32_t features[] = {LOW, LOW + 1, HIGH};
enum { FEATURES = sizeof(features) / sizeof(features[0]) };
static const char codes[LABELS][ACT_CODE_BYTES] = {"-", "111", "190", "195"};

struct bytes {
    struct str codes, scale, features, weights;
};

static int8_t weights[FEATURES][ACT_LABELS];
static const float scale = 0.1F;

static struct bytes sound(void)
{
    memset(weights, 0, sizeof(weights));
    return (struct bytes){str_make(codes[0], sizeof(codes)), str_make((const char *)&scale, sizeof(scale)),
                          str_make((const char *)features, sizeof(features)),
                          str_make((const char *)weights, sizeof(weights))};
}

static int open(struct bytes bytes, uint32_t version, struct buffer *file, struct act_model **ret_model)
{
    struct error error = {0};
    struct model *model = NULL;
    struct model_part parts[] = {{"codes", bytes.codes},
                                 {"scale", bytes.scale},
                                 {"features", bytes.features},
                                 {"weights", bytes.weights}};
    assert_int_equal(model_write(file, "acts", version, parts, sizeof(parts) / sizeof(parts[0])), 0);
    assert_int_equal(model_from_bytes(&model, buffer_str(file), "acts", &error), 0);
    int failure = act_model_create(ret_model, model, &error);
    assert_true(!failure || error.text[0]);
    return failure;
}

static void test_the_likeliest_root_is_guessed_and_of_it_the_likeliest_act(void **state)
{
    (void)state;
    struct buffer file = {0};
    struct act_model *acts = NULL;
    struct bytes bytes = sound();
    weights[0][1] = 30;                     /* 111 alone is likelier than either of root 19 */
    weights[0][2] = 28, weights[0][3] = 29; /* and both of these together are likelier */
    weights[2][0] = 127;
    assert_int_equal(open(bytes, ACT_MODEL_VERSION, &file, &acts), 0);
    struct act_guess guess = act_model_guess(acts, (uint32_t[]){HIGH - 1, LOW}, 2);
    assert_string_equal(act_code(guess.act, guess.stance), "195");
    assert_true(guess.likely > 0.97F && guess.likely < 1);
    guess = act_model_guess(acts, features, FEATURES);
    assert_true(guess.likely < 0.01F);
    guess = act_model_guess(acts, features, 0);
    assert_true(guess.likely > 0.74F && guess.likely < 0.76F);
    act_model_destroy(&acts);
    assert_null(acts);
    buffer_done(&file);
}

static void test_what_does_not_fit_together_is_refused(void **state)
{
    (void)state;
    static const uint32_t unordered[] = {LOW + 1, LOW, HIGH}, twice[] = {LOW, LOW, HIGH};
    static const char no_code[2][ACT_CODE_BYTES] = {"-", "999"}, no_none[2][ACT_CODE_BYTES] = {"111", "190"},
                      unended[2][ACT_CODE_BYTES] = {"-", {'1', '1', '1', '1', '1'}};
    struct bytes wrong[10];
    size_t count = sizeof(wrong) / sizeof(wrong[0]);
    for (size_t i = 0; i < count; i++)
        wrong[i] = sound();
    wrong[0].codes = str_make(no_code[0], sizeof(no_code));
    wrong[1].codes = str_make(no_none[0], sizeof(no_none));
    wrong[2].codes = str_make(unended[0], sizeof(unended));
    wrong[3].codes.len--;
    wrong[4].codes.len = ACT_CODE_BYTES;
    wrong[5].scale.len--;
    wrong[6].features = str_make((const char *)unordered, sizeof(unordered));
    wrong[7].features = str_make((const char *)twice, sizeof(twice));
    wrong[8].weights.len--;
    wrong[9].codes = STR_NONE;
    for (size_t i = 0; i < count; i++) {
        struct buffer file = {0};
        struct act_model *acts = NULL;
        assert_int_equal(open(wrong[i], ACT_MODEL_VERSION, &file, &acts), ERR_MALFORMED);
        assert_null(acts);
        buffer_done(&file);
    }
    struct buffer file = {0};
    struct act_model *acts = NULL;
    assert_int_equal(open(sound(), ACT_MODEL_VERSION + 1, &file, &acts), ERR_MALFORMED);
    buffer_done(&file);
}

static void test_every_code_of_an_act_leads_back_to_one_that_makes_it(void **state)
{
    (void)state;
    static const char *const known[] = {"015", "020",  "0233", "036", "057",
                                        "111", "1241", "138",  "190", "204"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        enum stance stance;
        const struct act *act = act_of_code(known[i], &stance);
        assert_non_null(act);
        assert_string_equal(act_code(act, stance), known[i]);
    }
    enum stance stance;
    assert_null(act_of_code("210", &stance));
    assert_null(act_of_code("", &stance));
    assert_string_equal(act_of_code("010", &stance)->name, "STATE"); /* not the one that drops what is said */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_likeliest_root_is_guessed_and_of_it_the_likeliest_act),
        cmocka_unit_test(test_what_does_not_fit_together_is_refused),
        cmocka_unit_test(test_every_code_of_an_act_leads_back_to_one_that_makes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

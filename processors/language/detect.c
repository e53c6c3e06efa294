/* detect: see the header. */
#include "processors/language/detect.h"

#include <stdio.h>

#include "processors/language/cld2.h"

/* The second is at most one in twenty as likely. */
static const float MARGIN_RELIABLE = 3.0f;
enum { OTHER_PERCENT_MIN = 60 /* CLD2's word counts when so much of the text is of its language */ };

static const char *const renamed[][2] = {
    {"iw", "he"}, {"in", "id"},  {"ji", "yi"},    {"jw", "jv"},
    {"mo", "ro"}, {"bh", "bho"}, {"sr-ME", "sr"}, {"tl", "fil"},
};

struct str detect_rename(struct str code)
{
    for (size_t i = 0; i < sizeof(renamed) / sizeof(renamed[0]); i++)
        if (str_equal(code, str_from(renamed[i][0])))
            return str_from(renamed[i][1]);
    return code;
}

/* Languages for which the model had too little to learn from (measured: processors/models/README.md). */
static bool tells_better(struct str code)
{
    static const char *const codes[] = {"af", "az", "bs", "mr", "ms"};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (str_equal(code, str_from(codes[i])))
            return true;
    return false;
}

static struct str primary_of(struct str code)
{
    ptrdiff_t dash = str_find_byte(code, '-', 0);
    return dash < 0 ? code : str_slice(code, 0, (size_t)dash);
}

static void fill(struct detection *detection, struct str code, int percent, int letters, bool reliable)
{
    detection->percent = percent;
    detection->letters = letters;
    detection->reliable = reliable;
    (void)snprintf(detection->code, sizeof(detection->code), "%.*s", STR_ARG(code)); /* codes are shorter */
}

void detect_language(const struct language_model *model, struct str text, struct detection *ret_detection)
{
    struct language_guess guess;
    struct cld2_answer other;
    language_model_guess(model, text, &guess);
    cld2_identify(text.ptr ? text.ptr : "", text.len, &other);
    struct str code = detect_rename(str_from(other.code)), primary = primary_of(code);
    bool known = !str_equal(code, STR("un")) && !str_starts(code, STR("xx")) && other.percent > 0;
    if (known && other.reliable && other.percent >= OTHER_PERCENT_MIN &&
        (tells_better(primary) || !language_model_knows(model, primary)))
        fill(ret_detection, code, other.percent, other.letters, true);
    else if (known && str_equal(primary, str_from(guess.code))) /* may say more: "zh-Hant" */
        fill(ret_detection, code, guess.percent, guess.letters, true);
    else
        fill(ret_detection, str_from(guess.code), guess.percent, guess.letters,
             guess.margin >= MARGIN_RELIABLE);
}

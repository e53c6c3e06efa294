/* time_numbers: numbers in digits and words. */
#include "processors/meaning/time_grammar.h"

enum { DIGITS_MAX = 9, COUNT_MAX = 9999 };

int64_t time_digits(struct str text)
{
    int64_t value = 0;
    if (!text.len || text.len > DIGITS_MAX)
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

static uint32_t half_read(const struct time_reader *reader, uint32_t at, int64_t *tenths)
{
    if (!time_is(reader, at, "and") || !time_is(reader, at + 1, "a") || !time_is(reader, at + 2, "half"))
        return at;
    *tenths += 5;
    return at + 3;
}

/* "1.5", "10". */
static bool written_in_digits(struct str text, int64_t *ret_tenths)
{
    ptrdiff_t point = str_find_byte(text, '.', 0);
    int64_t whole = time_digits(point < 0 ? text : str_slice(text, 0, (size_t)point));
    int64_t tenth = point < 0 ? 0 : time_digits(str_slice(text, (size_t)point + 1, (size_t)point + 2));
    if (whole >= 0 && tenth >= 0)
        *ret_tenths = whole * 10 + tenth;
    return whole >= 0 && whole <= COUNT_MAX && tenth >= 0;
}

uint32_t time_number_read(const struct time_reader *reader, uint32_t at, int64_t *ret_tenths)
{
    const struct time_word *word = time_word(reader, at, WORD_NUMBER), *unit;
    if (at >= reader->tree->count)
        return at;
    if (!word)
        return written_in_digits(time_node(reader, at)->lower, ret_tenths)
                   ? half_read(reader, at + 1, ret_tenths)
                   : at;
    *ret_tenths = word->value < 0 ? -1 : word->value * 10;
    if (word->value == 1 && time_word(reader, at + 1, WORD_NUMBER) &&
        time_word(reader, at + 1, WORD_NUMBER)->value != 1) { /* "a few", "a dozen" */
        word = time_word(reader, at + 1, WORD_NUMBER);
        if (word->value >= 0 && word->value != 12)
            return at; /* "a nine-month sentence": the number is the next one */
        *ret_tenths = word->value == 12 ? 120 : -1;
        return at + 2;
    }
    if (word->value == 1 && time_is(reader, at + 1, "couple")) {
        *ret_tenths = -1;
        return at + 2 + time_is(reader, at + 2, "of");
    }
    unit = time_is(reader, at + 1, "-") ? time_word(reader, at + 2, WORD_NUMBER) : NULL;
    if (word->value >= 20 && unit && unit->value > 0 && unit->value < 10) {
        *ret_tenths += unit->value * 10;
        return half_read(reader, at + 3, ret_tenths);
    }
    return word->value < 0 ? at + 1 : half_read(reader, at + 1, ret_tenths);
}

uint32_t time_ordinal_read(const struct time_reader *reader, uint32_t at, int *ret_number)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    const struct time_word *word = time_word(reader, at, WORD_ORDINAL);
    if (word) {
        *ret_number = word->value;
        return at + 1;
    }
    word = time_word(reader, at, WORD_NUMBER);
    if (word && word->value == 20 && time_is(reader, at + 1, "-") &&
        time_word(reader, at + 2, WORD_ORDINAL) && time_word(reader, at + 2, WORD_ORDINAL)->value < 10) {
        *ret_number = 20 + time_word(reader, at + 2, WORD_ORDINAL)->value;
        return at + 3;
    }
    struct str lower = at < reader->tree->count ? time_node(reader, at)->lower : STR_NONE;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]) && lower.len > 2 && lower.len <= 4; i++) {
        *ret_number = (int)time_digits(str_slice(lower, 0, lower.len - 2));
        if (*ret_number > 0 && str_ends(lower, str_from(endings[i])))
            return at + 1;
    }
    return at;
}

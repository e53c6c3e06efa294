/* numbers: see the header. */
#include "processors/meaning/numbers.h"

#include <string.h>

enum { WORDS_MAX = 10 };

static const struct {
    const char *word;
    double value;
} cardinals[] = {{"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
                 {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
                 {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
                 {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
                 {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
                 {"seventy", 70}, {"eighty", 80},  {"ninety", 90}};

static const struct {
    const char *word;
    double scale;
} scales[] = {{"dozen", 12},    {"hundred", 100},   {"thousand", 1e3}, {"million", 1e6},
              {"billion", 1e9}, {"trillion", 1e12}, {"m", 1e6},        {"mn", 1e6},
              {"bn", 1e9},      {"tn", 1e12},       {"k", 1e3}};

static struct str lower(const struct tree *tree, uint32_t at)
{
    return at < tree->count ? tree->nodes[at].lower : STR_NONE;
}

static bool is(const struct tree *tree, uint32_t at, const char *word)
{
    return str_equal(lower(tree, at), str_from(word));
}

/* -1 = none. */
static double cardinal_of(struct str word)
{
    for (size_t i = 0; i < sizeof(cardinals) / sizeof(cardinals[0]); i++)
        if (str_equal(word, str_from(cardinals[i].word)))
            return cardinals[i].value;
    return -1;
}

/* 0 = none. Plurals count nothing: "dozens of". */
static double scale_of(struct str word)
{
    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
        if (str_equal(word, str_from(scales[i].word)))
            return scales[i].scale;
    return 0;
}

/* "13,000", "2.5", "5bn"; false for "1-2", "11:30", "3rd", "B2". */
static bool read_digits(struct str word, double *ret_value, double *ret_scale)
{
    double value = 0, part = 0;
    size_t at = 0;
    for (; at < word.len; at++) {
        char c = word.ptr[at];
        if (c >= '0' && c <= '9') {
            value = part > 0 ? value : value * 10 + (c - '0');
            if (part > 0) {
                value += (c - '0') * part;
                part /= 10;
            }
        } else if (c == '.' && part <= 0 && at + 1 < word.len) {
            part = 0.1;
        } else if (c != ',' || part > 0 || at == 0) {
            break;
        }
    }
    *ret_value = value;
    *ret_scale = at == word.len ? 1 : scale_of(str_slice(word, at, word.len));
    return at > 0 && word.ptr[0] >= '0' && word.ptr[0] <= '9' && *ret_scale > 0;
}

/* "twenty-five", "two hundred and fifty": up to the first word that is no number. */
static bool read_words(const struct tree *tree, uint32_t at, struct number *number)
{
    double total = 0, group = 0;
    uint32_t end = at;
    for (uint32_t i = at; i < tree->count && i - at < WORDS_MAX; i++) {
        struct str word = lower(tree, i);
        double cardinal = cardinal_of(word), scale = scale_of(word);
        bool joins = end > at && (str_equal(word, STR("-")) || str_equal(word, STR("and"))) &&
                     cardinal_of(lower(tree, i + 1)) >= 0 &&
                     (word.ptr[0] == '-' || group >= 100 || total > 0);
        if (joins)
            continue;
        if (cardinal >= 0) {
            group += cardinal;
        } else if (scale >= 1e3 && end > at && word.len > 2) {
            total += (group > 0 ? group : 1) * scale;
            group = 0;
        } else if (scale > 0 && scale < 1e3 && end > at) {
            group = (group > 0 ? group : 1) * scale;
        } else {
            break;
        }
        number->scale = scale > 0 ? scale : 1;
        end = i + 1;
    }
    number->value = total + group;
    number->end = end;
    number->in_words = true;
    return end > at;
}

/* "a dozen", "half a million", "a hundred". */
static bool read_article(const struct tree *tree, uint32_t at, struct number *number)
{
    double part = is(tree, at, "half") ? 0.5 : 1;
    uint32_t scale_at = part < 1 ? at + 1 : at;
    if (is(tree, scale_at, "a") || is(tree, scale_at, "an"))
        scale_at++;
    double scale = scale_at > at && scale_at < tree->count && lower(tree, scale_at).len > 2
                       ? scale_of(lower(tree, scale_at))
                       : 0;
    if (scale <= 0)
        return false;
    *number = (struct number){part * scale, scale, scale_at + 1, true, false};
    return true;
}

bool number_read(const struct tree *tree, uint32_t at, struct number *ret_number)
{
    double scale;
    if (at >= tree->count)
        return false;
    *ret_number = (struct number){.scale = 1, .end = at + 1};
    if (!read_digits(lower(tree, at), &ret_number->value, &scale))
        return read_article(tree, at, ret_number) || read_words(tree, at, ret_number);
    ret_number->scale = scale;
    while (ret_number->end < tree->count && scale_of(lower(tree, ret_number->end)) > 0) {
        ret_number->scale *= scale_of(lower(tree, ret_number->end));
        ret_number->end++;
    }
    ret_number->value *= ret_number->scale;
    return true;
}

/* Of "hundreds", "dozens"; 0 = none. */
static double plural_scale_of(struct str word)
{
    if (str_equal(word, STR("scores")))
        return 20;
    if (str_equal(word, STR("tens")))
        return 10;
    return word.len > 4 && word.ptr[word.len - 1] == 's' ? scale_of(str_slice(word, 0, word.len - 1)) : 0;
}

bool number_read_vague(const struct tree *tree, uint32_t at, struct number *ret_number)
{
    bool several = is(tree, at, "several");
    uint32_t first = several                                        ? at + 1
                     : is(tree, at, "a") && is(tree, at + 1, "few") ? at + 2
                                                                    : at,
             end = first;
    double scale = 0;
    for (double next; first > at && lower(tree, end).len > 2 && (next = scale_of(lower(tree, end))) > 0;
         end++)
        scale = scale > 0 ? scale * next : next;
    if (first == at) {
        scale = plural_scale_of(lower(tree, at));
        end = at + 1;
        bool tens = is(tree, at, "tens");
        double next = is(tree, end, "of") ? plural_scale_of(lower(tree, end + 1)) : 0;
        if (tens && next <= 0)
            return false;
        if (next > 0) {
            scale *= next;
            end += 2;
        }
    }
    *ret_number = (struct number){2 * scale, scale, end, true, true};
    return scale > 0;
}

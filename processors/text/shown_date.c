/* shown_date: windows of words about a year, the narrowest that is a day. Linear: five windows a year. */
#include "processors/text/shown_date.h"

#include <ctype.h>

enum { WORDS_MAX = 80, YEAR_FIRST = 1995, YEAR_LAST = 2100, YEAR_DIGITS = 4, DAY_MS = 86400000 };

struct words {
    struct str items[WORDS_MAX];
    size_t count;
};

static bool is_digit(struct str text, size_t at)
{
    return at < text.len && isdigit((unsigned char)text.ptr[at]);
}

/* Blanks divide, the no-break space (U+00A0) too. */
static size_t blank_at(struct str text, size_t at)
{
    if (isspace((unsigned char)text.ptr[at]))
        return 1;
    return str_starts(str_slice(text, at, text.len), STR("\xC2\xA0")) ? 2 : 0;
}

static void split(struct str text, struct words *words)
{
    size_t start = 0, blank;
    words->count = 0;
    for (size_t at = 0; at <= text.len && words->count < WORDS_MAX;) {
        blank = at < text.len ? blank_at(text, at) : 1;
        if (!blank) {
            at++;
            continue;
        }
        if (at > start)
            words->items[words->count++] = str_slice(text, start, at);
        at += blank;
        start = at;
    }
}

/* A number of four digits that is a year of the web. */
static bool has_year(struct str word)
{
    int value = 0, digits = 0;
    for (size_t at = 0; at <= word.len; at++) {
        if (is_digit(word, at)) {
            value = digits < YEAR_DIGITS ? value * 10 + (word.ptr[at] - '0') : 0;
            digits++;
            continue;
        }
        if (digits == YEAR_DIGITS && value >= YEAR_FIRST && value <= YEAR_LAST)
            return true;
        value = digits = 0;
    }
    return false;
}

static bool is_ascii_sign(char c)
{
    return c && strchr("()[]|,;:.!?*-", c);
}

/* Without the signs at both ends. */
static struct str bare(struct str text)
{
    while (text.len && is_ascii_sign(text.ptr[0]))
        text = str_slice(text, 1, text.len);
    while (text.len && is_ascii_sign(text.ptr[text.len - 1]))
        text = str_slice(text, 0, text.len - 1);
    return text;
}

/* "11 de enero de 2022", "the 11th of January 2022": beside the month only words that belong to a date;
 * moment_parse() itself would pass over any. */
static bool only_date_words(const struct words *words, size_t first, size_t last)
{
    static const char *const particles[] = {"de", "del", "of", "the", "den", "di", "du", "dne", "ta"};
    size_t others = 0;
    for (size_t i = first; i <= last; i++) {
        struct str word = bare(words->items[i]);
        bool known = word.len == 0;
        for (size_t k = 0; k < word.len && !known; k++)
            known = is_digit(word, k);
        for (size_t k = 0; k < sizeof(particles) / sizeof(particles[0]) && !known; k++)
            known = str_equal_nocase(word, str_from(particles[k]));
        others += !known;
    }
    return others <= 1;
}

static bool read_day(struct arena *arena, struct str text, struct article_date *ret_date)
{
    struct article_date date = *ret_date;
    if (moment_parse(arena, text, &date) < 0 || date.precision < DATE_DAY)
        return false;
    date.ms -= ((date.ms % DAY_MS) + DAY_MS) % DAY_MS;
    date.precision = DATE_DAY;
    date.value = moment_format(arena, date.ms, DATE_DAY);
    *ret_date = date;
    return date.value.ptr != NULL;
}

/* 03/05/2025, whose order the page's language tells. */
static bool read_numbers(struct arena *arena, struct str word, enum shown_order order,
                         struct article_date *ret_date)
{
    int part[3] = {0};
    size_t which = 0;
    word = bare(word);
    for (size_t i = 0; i < word.len; i++) {
        if (is_digit(word, i) && part[which] < 1000)
            part[which] = part[which] * 10 + (word.ptr[i] - '0');
        else if ((word.ptr[i] == '/' || word.ptr[i] == '-' || word.ptr[i] == '.') && i && which < 2)
            which++;
        else
            return false;
    }
    int day = order == SHOWN_MONTH_FIRST ? part[1] : part[0];
    int month = order == SHOWN_MONTH_FIRST ? part[0] : part[1];
    if (which != 2 || order == SHOWN_OPEN || part[2] < YEAR_FIRST || day > 31 || month > 12)
        return false;
    struct str iso = arena_printf(arena, "%04d-%02d-%02d", part[2], month, day);
    return iso.ptr && read_day(arena, iso, ret_date);
}

/* The day of which the word at `year` holds the year. */
static bool read_around(struct arena *arena, const struct words *words, size_t year, enum shown_order order,
                        struct article_date *ret_date)
{
    static const struct {
        size_t before, after;
    } windows[] = {{0, 0}, {2, 0}, {4, 0}, {3, 0}, {0, 2}};
    for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
        if (windows[i].before > year || year + windows[i].after >= words->count)
            continue;
        size_t first = year - windows[i].before, last = year + windows[i].after;
        const char *start = words->items[first].ptr, *end = words->items[last].ptr + words->items[last].len;
        if (only_date_words(words, first, last) &&
            read_day(arena, bare(str_make(start, (size_t)(end - start))), ret_date))
            return true;
        if (i == 0 && read_numbers(arena, words->items[year], order, ret_date))
            return true;
    }
    return false;
}

bool shown_date_find(struct arena *arena, struct str text, enum shown_order order,
                     struct article_date *ret_date)
{
    struct words words;
    if (text.len == 0 || text.len > SHOWN_TEXT_MAX)
        return false;
    split(text, &words);
    for (size_t i = 0; i < words.count; i++)
        if (has_year(words.items[i]) && read_around(arena, &words, i, order, ret_date))
            return true;
    return false;
}

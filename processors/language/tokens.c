/* tokens: a sentence is cut at white space into chunks, and each chunk from both ends and then inside. Pure;
 * any thread. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/utf8.h"
#include "processors/language/tokens.h"
#include "processors/language/token_lists.h"
#include "processors/language/words.h"

enum { CLITICS_MAX = 4, DATE_BYTES_MAX = 10 };

struct cutter {
    struct arena *arena;
    struct str text;
    size_t sentence_end;
    struct token_list *list;
    int error;
};

static void put(struct cutter *cutter, size_t start, size_t end)
{
    struct token_list *list = cutter->list;
    if (start >= end || cutter->error)
        return;
    if (arena_grow(cutter->arena, (void **)&list->items, list->count, &list->capacity,
                   sizeof(*list->items))) {
        cutter->error = -ENOMEM;
        return;
    }
    list->items[list->count++] = (struct token){(uint32_t)start, (uint32_t)end};
}

static uint32_t point_at(const struct cutter *cutter, size_t at, size_t *ret_len)
{
    uint32_t point;
    *ret_len = utf8_decode(cutter->text, at, &point);
    return point;
}

/* The character that ends at `end`. */
static uint32_t point_before(const struct cutter *cutter, size_t end, size_t *ret_start)
{
    size_t start = end - 1, len;
    while (start > 0 && end - start < 4 && ((unsigned char)cutter->text.ptr[start] & 0xc0) == 0x80)
        start--;
    *ret_start = start;
    return point_at(cutter, start, &len);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == '`' || c == 0x2018 || c == 0xb4;
}

static bool is_dash(uint32_t c)
{
    return c >= 0x2010 && c <= 0x2015;
}

static bool is_word(uint32_t c)
{
    return words_is_letter(c) || words_is_digit(c);
}

static bool is_currency(uint32_t c)
{
    return c == '$' || (c >= 0xa2 && c <= 0xa5) || (c >= 0x20a0 && c <= 0x20cf);
}

/* The run of the same character from `at`: "...", "--", "!!!" are one token, and so are mixed marks of
 * surprise. */
static size_t run_end(const struct cutter *cutter, size_t at, size_t end)
{
    size_t len;
    uint32_t first = point_at(cutter, at, &len);
    bool marks = first == '!' || first == '?';
    size_t to = at + len;
    if (first != '.' && first != '-' && first != '*' && first != '=' && first != '_' && first != '~' &&
        first != '`' && first != '\'' && first != '>' && first != '<' && !marks)
        return to;
    while (to < end) {
        uint32_t next = point_at(cutter, to, &len);
        if (next != first && !(marks && (next == '!' || next == '?')))
            break;
        to += len;
    }
    return to;
}

static struct str slice(const struct cutter *cutter, size_t start, size_t end)
{
    return str_slice(cutter->text, start, end);
}

/* ---- Addresses ---- */

static bool is_address(struct str s)
{
    ptrdiff_t at = str_find_byte(s, '@', 0), dot = at > 0 ? str_find_byte(s, '.', (size_t)at) : -1;
    if (str_find(s, STR("://"), 0) > 0 || str_starts_nocase(s, STR("www.")) ||
        str_starts_nocase(s, STR("mailto:")))
        return true;
    if (at > 0 && dot > at + 1 && (size_t)dot + 1 < s.len)
        return true;
    dot = str_find_byte(s, '.', 0);
    return dot > 1 && token_is_domain(s);
}

/* Where an address ends: what follows it in a sentence is none of it. */
static size_t address_end(const struct cutter *cutter, size_t start, size_t end)
{
    bool opened = str_find_byte(slice(cutter, start, end), '(', 0) >= 0;
    while (end > start + 1) {
        size_t before;
        uint32_t c = point_before(cutter, end, &before);
        if (!(c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '"' || c == '>' ||
              c == ']' || c == '\'' || c == 0x201d || c == 0x2019 || (c == ')' && !opened)))
            break;
        end = before;
    }
    return end;
}

/* ---- Inside a chunk ---- */

/* The length of the clitic that ends [start, end), 0 = none: "'s", "n't" ... */
static size_t clitic(const struct cutter *cutter, size_t start, size_t end)
{
    static const char *const after[] = {"s", "m", "d", "ll", "ve", "re", "em"};
    size_t at = end, before = end;
    while (at > start && isalpha((unsigned char)cutter->text.ptr[at - 1]) && end - at < 3)
        at--;
    if (at == start)
        return 0;
    uint32_t c = point_before(cutter, at, &before);
    if (!is_apostrophe(c) || before == start)
        return 0;
    struct str letters = slice(cutter, at, end);
    if (str_equal_nocase(letters, STR("t")) && before > start + 1 &&
        (cutter->text.ptr[before - 1] == 'n' || cutter->text.ptr[before - 1] == 'N'))
        return end - before + 1;
    for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++)
        if (str_equal_nocase(letters, str_from(after[i])))
            return end - before;
    return 0;
}

/* Words that the treebanks cut without any sign: "cannot", "gonna". */
static size_t silent_cut(struct str word)
{
    static const struct {
        struct str word;
        size_t at;
    } words[] = {{STR("cannot"), 3}, {STR("gonna"), 3}, {STR("wanna"), 3},  {STR("gotta"), 3},
                 {STR("dont"), 2},   {STR("didnt"), 3}, {STR("doesnt"), 4}, {STR("isnt"), 2},
                 {STR("wasnt"), 3},  {STR("lemme"), 3}, {STR("gimme"), 3}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_nocase(word, words[i].word))
            return words[i].at;
    return 0;
}

static void put_plain(struct cutter *cutter, size_t start, size_t end)
{
    size_t cut = silent_cut(slice(cutter, start, end));
    put(cutter, start, start + cut);
    put(cutter, start + cut, end);
}

/* A word and the clitics behind it: "should|n't|'ve". */
static void put_word(struct cutter *cutter, size_t start, size_t end)
{
    size_t ends[CLITICS_MAX + 1] = {end}, count = 0, len;
    while (count < CLITICS_MAX && (len = clitic(cutter, start, ends[count]))) {
        ends[count + 1] = ends[count] - len;
        count++;
    }
    put_plain(cutter, start, ends[count]);
    for (; count > 0; count--)
        put(cutter, ends[count], ends[count - 1]);
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!isdigit((unsigned char)s.ptr[i]) && s.ptr[i] != '.' && s.ptr[i] != ',')
            return false;
    return s.len > 0;
}

/* "10pm", "5km": the unit stands alone. "1990s", "2nd", "3D" are whole. */
static size_t unit_cut(struct str word)
{
    size_t digits = 0;
    while (digits < word.len && (isdigit((unsigned char)word.ptr[digits]) || word.ptr[digits] == '.' ||
                                 word.ptr[digits] == ',' || word.ptr[digits] == ':'))
        digits++;
    if (digits == 0 || digits == word.len || !isdigit((unsigned char)word.ptr[0]))
        return 0;
    return token_is_unit(str_slice(word, digits, word.len)) ? digits : 0;
}

static void put_part(struct cutter *cutter, size_t start, size_t end)
{
    size_t cut = unit_cut(slice(cutter, start, end));
    if (cut) {
        put(cutter, start, start + cut);
        put_word(cutter, start + cut, end);
        return;
    }
    put_word(cutter, start, end);
}

/* A hyphen that stands alone: between two words, not behind a prefix, not in a number. */
static bool hyphen_cuts(const struct cutter *cutter, size_t start, size_t at, size_t end)
{
    size_t left = at, right = at + 1;
    while (left > start && cutter->text.ptr[left - 1] != '-')
        left--;
    while (right < end && cutter->text.ptr[right] != '-')
        right++;
    struct str before = slice(cutter, left, at), after = slice(cutter, at + 1, right);
    if (!before.len || !after.len)
        return false;
    if (all_digits(before) && all_digits(after))
        return left == start && right == end && before.len < 5 &&
               after.len < 5; /* "2-3", no telephone number */
    return !token_is_prefix(before);
}

static bool slash_cuts(const struct cutter *cutter, size_t start, size_t at, size_t end)
{
    struct str before = slice(cutter, start, at), after = slice(cutter, at + 1, end);
    if (!before.len || !after.len || before.len == 1)
        return false;
    if (before.len > DATE_BYTES_MAX)
        return true;
    for (size_t i = 0; i < before.len; i++) /* "11/28/2000" */
        if (!isdigit((unsigned char)before.ptr[i]) && before.ptr[i] != '/' && before.ptr[i] != '.')
            return true;
    return !isdigit((unsigned char)after.ptr[0]);
}

/* Whether the character at `at`, inside a chunk, is a token of its own. */
static bool cuts_inside(const struct cutter *cutter, size_t start, size_t at, size_t len, uint32_t c,
                        size_t end)
{
    size_t unused;
    bool ends = at + len >= end;
    uint32_t before = at > start ? point_before(cutter, at, &unused) : 0,
             after = ends ? 0 : point_at(cutter, at + len, &unused);
    switch (c) {
    case '-':
        return hyphen_cuts(cutter, start, at, end);
    case '/':
        return slash_cuts(cutter, start, at, end);
    case ',':
    case ':':
        return !(words_is_digit(before) && words_is_digit(after));
    case ';':
    case '!':
    case '?':
    case '(':
    case ')':
    case '[':
    case ']':
    case '"':
    case '%':
    case '=':
    case '<':
    case '>':
    case 0x2026: /* ... */
    case 0x201c:
    case 0x201d:
        return true;
    case '+':
        return words_is_digit(before) && words_is_digit(after);
    case '*':
        return true;
    default:
        return is_dash(c) || (is_currency(c) && !ends);
    }
}

static void put_inside(struct cutter *cutter, size_t start, size_t end)
{
    size_t begin = start, len;
    for (size_t at = start; at < end; at += len) {
        uint32_t c = point_at(cutter, at, &len);
        if (words_is_unspaced(c)) {
            put_part(cutter, begin, at);
            put(cutter, at, at + len);
            begin = at + len;
            continue;
        }
        bool dots = c == '.' && at + 2 < end && cutter->text.ptr[at + 1] == '.';
        if (is_word(c) || (!dots && (at == begin || !cuts_inside(cutter, begin, at, len, c, end))))
            continue;
        size_t to = run_end(cutter, at, end);
        put_part(cutter, begin, at);
        put(cutter, at, to);
        begin = to;
        len = to - at;
    }
    put_part(cutter, begin, end);
}

/* ---- The ends of a chunk ---- */

static bool opens_chunk(const struct cutter *cutter, uint32_t c, size_t at, size_t len, size_t end)
{
    size_t unused;
    uint32_t next = at + len < end ? point_at(cutter, at + len, &unused) : 0;
    if (is_word(c))
        return false;
    if (is_apostrophe(c)) /* "'90s", "'em" */
        return !(words_is_digit(next) || token_is_elided(slice(cutter, at + len, end)));
    if (c == '.' || c == '-' || c == '+') /* ".5", "-3": of the number */
        return !words_is_digit(next);
    if (c == '@' || c == '#' || c == '&')
        return c == '#' && words_is_digit(next);
    return c != '_' && c != '\\';
}

static bool is_closer(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' || c == '}' ||
           c == '"' || c == '%' || c == 0x2026 || c == 0xbb || c == 0xab || c == 0x201d || c == 0x201c ||
           c == 0x203a || c == '*' || c == '>' || c == '/' || c == '=' || is_dash(c) || is_apostrophe(c);
}

/* A stop at the end of a chunk belongs to an abbreviation, or ends something. */
static bool stop_belongs(const struct cutter *cutter, size_t start, size_t end, bool last)
{
    struct str word = slice(cutter, start, end - 1);
    bool dotted = str_find_byte(word, '.', 0) > 0 && isalpha((unsigned char)word.ptr[word.len - 1]);
    if (word.len == 0 || word.ptr[word.len - 1] == '.')
        return false;
    if (dotted && word.len <= 8 && isalpha((unsigned char)word.ptr[0])) { /* "U.S.", "e.g.", "Ph.D." */
        for (size_t i = 1; i + 1 < word.len; i++)
            if (word.ptr[i] == '.' && i + 3 < word.len && str_find_byte(word, '.', i + 1) < 0)
                return false; /* "end.Then" */
        return true;
    }
    if (word.len == 1 && isalpha((unsigned char)word.ptr[0]))
        return !last && isupper((unsigned char)word.ptr[0]);
    return token_is_abbreviation(word, last);
}

/* Where the closing marks at the end of a chunk begin: the last run of marks that belongs to nothing before
 * it, and all runs before that. */
static size_t closers_begin(const struct cutter *cutter, size_t start, size_t end, bool last)
{
    while (end > start + 1) {
        size_t run;
        uint32_t c = point_before(cutter, end, &run);
        bool mark = c == '!' || c == '?', line = c == '.' || c == '-';
        if (!mark && !line && !is_closer(c))
            break;
        while (line && run > start && cutter->text.ptr[run - 1] == (char)c)
            run--;
        while (mark && run > start && (cutter->text.ptr[run - 1] == '!' || cutter->text.ptr[run - 1] == '?'))
            run--;
        if ((c == '.' && end - run == 1 && stop_belongs(cutter, start, end, last)) || run <= start)
            break;
        end = run;
    }
    return end;
}

static void put_chunk(struct cutter *cutter, size_t start, size_t end, bool last)
{
    size_t len;
    if (token_is_face(slice(cutter, start, end))) {
        put(cutter, start, end);
        return;
    }
    while (start < end) {
        uint32_t c = point_at(cutter, start, &len);
        if (!opens_chunk(cutter, c, start, len, end))
            break;
        size_t to = run_end(cutter, start, end);
        put(cutter, start, to);
        start = to;
    }
    if (start >= end)
        return;
    if (is_address(slice(cutter, start, end))) {
        size_t stop = address_end(cutter, start, end);
        put(cutter, start, stop);
        if (stop < end)
            put_chunk(cutter, stop, end, last);
        return;
    }
    size_t core = closers_begin(cutter, start, end, last);
    put_inside(cutter, start, core);
    for (size_t at = core, to; at < end; at = to) {
        to = run_end(cutter, at, end);
        put(cutter, at, to);
    }
}

/* "1.", "2.1.", "b.": at the beginning of a line of a list. */
static bool is_list_mark(struct str chunk)
{
    if (chunk.len < 2 || chunk.len > 6 || chunk.ptr[chunk.len - 1] != '.')
        return false;
    struct str mark = str_slice(chunk, 0, chunk.len - 1);
    return all_digits(mark) || (mark.len == 1 && islower((unsigned char)mark.ptr[0]));
}

int tokens_find(struct arena *arena, struct str text, size_t start, size_t end, struct token_list *list)
{
    struct cutter cutter = {.arena = arena, .text = text, .sentence_end = end, .list = list};
    size_t at = start, len;
    while (at < end && !cutter.error) {
        if (is_space(point_at(&cutter, at, &len))) {
            at += len;
            continue;
        }
        size_t begin = at;
        while (at < end && !is_space(point_at(&cutter, at, &len)))
            at += len;
        size_t rest = at;
        while (rest < end && is_space(point_at(&cutter, rest, &len)))
            rest += len;
        if (begin == start && rest < end && is_list_mark(slice(&cutter, begin, at)))
            put(&cutter, begin, at);
        else
            put_chunk(&cutter, begin, at, rest >= end);
    }
    return cutter.error;
}

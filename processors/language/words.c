/* words: hand-made for the ASCII path; Unicode's own tables (utf8proc) for the rest. */
#include "processors/language/words.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum letter_case words_case(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? CASE_LOWER : c >= 'A' && c <= 'Z' ? CASE_UPPER : CASE_NONE;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return CASE_UPPER;
    case UTF8PROC_CATEGORY_LL:
        return CASE_LOWER;
    default:
        return CASE_NONE;
    }
}

bool words_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) || c == 0x200C ||
           c == 0x200D;
}

bool words_is_digit(uint32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ND;
}

bool words_is_unspaced(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static uint32_t fold(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

/* FNV-1a over code points with a last mix: words are short. */
static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

/* A character that stays inside a word when word characters stand on both sides. */
static bool joins(struct str text, size_t at, bool after_digit)
{
    char c = text.ptr[at];
    if ((c != '-' && c != '.' && c != ',') || at + 1 >= text.len)
        return false;
    uint32_t next;
    (void)utf8_decode(text, at + 1, &next); /* its length does not matter here */
    if (c == '-')
        return words_is_letter(next) || words_is_digit(next);
    return (c == '.' || c == ',') && after_digit && words_is_digit(next);
}

/* Skips to the next word character, noting in *word what was met. False at the end. */
static bool skip(struct word_cursor *cursor, struct word *word)
{
    word->begins = cursor->at == 0;
    while (cursor->at < cursor->text.len) {
        uint32_t c = (unsigned char)cursor->text.ptr[cursor->at];
        size_t n = c < 0x80 ? 1 : utf8_decode(cursor->text, cursor->at, &c);
        if (words_is_letter(c) || words_is_digit(c))
            return true;
        word->broken_off |= c != ' ' && c != '\n';
        word->begins |= c == '.' || c == '!' || c == '?' || c == 0x2026;
        if (c == '\n' && cursor->at + 1 < cursor->text.len && cursor->text.ptr[cursor->at + 1] == '\n')
            word->broken_off = word->begins = true; /* between blocks */
        cursor->at += n;
    }
    return false;
}

/* What the letters of a word were so far. */
struct letters {
    unsigned upper;
    bool any_lower;
    uint64_t hash;
};

static void take_character(struct word *word, struct letters *letters, uint32_t c,
                           enum letter_case letter_case, bool digit)
{
    word->capital |= word->points == 0 && letter_case == CASE_UPPER;
    letters->upper += letter_case == CASE_UPPER;
    letters->any_lower |= letter_case == CASE_LOWER;
    word->number |= digit;
    letters->hash = (letters->hash ^ (letter_case == CASE_UPPER ? fold(c) : c)) * 0x100000001B3u;
    word->points++;
}

/* One character outside ASCII. False when it is no part of the word. */
static bool take_other(struct word_cursor *cursor, struct word *word, struct letters *letters)
{
    uint32_t c;
    size_t n = utf8_decode(cursor->text, cursor->at, &c);
    bool digit = words_is_digit(c);
    if (!digit && !words_is_letter(c))
        return false;
    if (words_is_unspaced(c)) {
        if (word->points > 0)
            return false;
        word->single = true;
    }
    take_character(word, letters, c, digit ? CASE_NONE : words_case(c), digit);
    cursor->at += n;
    return true;
}

bool words_next(struct word_cursor *cursor, struct word *ret_word)
{
    struct word word = {0};
    struct letters letters = {.hash = 0xCBF29CE484222325u};
    if (!skip(cursor, &word))
        return false;
    struct str text = cursor->text;
    size_t begin = cursor->at;
    while (cursor->at < text.len && !word.single) {
        unsigned char c = (unsigned char)text.ptr[cursor->at];
        if (c >= 0x80) {
            if (!take_other(cursor, &word, &letters))
                break;
            continue;
        }
        enum letter_case letter_case = c >= 'a' && c <= 'z'   ? CASE_LOWER
                                       : c >= 'A' && c <= 'Z' ? CASE_UPPER
                                                              : CASE_NONE;
        bool digit = c >= '0' && c <= '9';
        if (letter_case == CASE_NONE && !digit &&
            !joins(text, cursor->at, word.number && words_is_digit((unsigned char)text.ptr[cursor->at - 1])))
            break;
        take_character(&word, &letters, c, letter_case, digit);
        cursor->at++;
    }
    word.text = str_slice(text, begin, cursor->at);
    word.hash = mix(letters.hash);
    word.all_capital = !letters.any_lower && letters.upper >= 2;
    *ret_word = word;
    return true;
}

struct str words_fold(struct str word, char *buffer, size_t buffer_bytes)
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len + 4 <= buffer_bytes;) {
        uint32_t c;
        at += utf8_decode(word, at, &c);
        len += utf8_encode(fold(c), buffer + len);
    }
    return str_make(buffer, len);
}

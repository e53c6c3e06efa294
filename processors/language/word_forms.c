/* word_forms: see the header. */
#include "processors/language/word_forms.h"

#include "base/utf8.h"
#include "processors/language/feature_hash.h"
#include "processors/language/words.h"

const struct word_form word_form_outside = {.word = 0x51ed270bu, .lower = 0x51ed270bu, .shape = 0x51ed270bu};

/* Letters become A, a, digits 9; runs of one kind are written twice at most. */
static char shape_of(uint32_t c)
{
    if (words_is_digit(c))
        return '9';
    switch (words_case(c)) {
    case CASE_UPPER:
        return 'A';
    case CASE_LOWER:
        return 'a';
    case CASE_NONE:
        break;
    }
    return words_is_letter(c) ? 'x' : c < 0x80 ? (char)c : '.';
}

struct letters {
    size_t count, capitals, small, digits;
};

static void count_letter(struct letters *letters, char kind)
{
    letters->count += kind == 'A' || kind == 'a' || kind == 'x';
    letters->capitals += kind == 'A';
    letters->small += kind == 'a';
    letters->digits += kind == '9';
}

static enum word_print print_of(const struct letters *letters, struct str form, bool capital)
{
    if (!letters->count)
        return letters->digits ? WORD_PRINT_NUMBER : WORD_PRINT_OTHER;
    if (letters->digits)
        return WORD_PRINT_CODE;
    if (letters->capitals == 1 && capital && form.ptr[form.len - 1] == '.')
        return WORD_PRINT_INITIAL;
    if (letters->capitals > 1 && !letters->small)
        return letters->count <= 5 && str_find_byte(form, '.', 0) < 0 ? WORD_PRINT_ACRONYM
                                                                      : WORD_PRINT_CAPITALS;
    if (!letters->capitals)
        return letters->small ? WORD_PRINT_SMALL : WORD_PRINT_OTHER;
    return letters->capitals == 1 && capital ? WORD_PRINT_CAPITAL : WORD_PRINT_MIXED;
}

static void fill_shape(struct str form, struct word_form *word)
{
    char shape[32], full[12];
    size_t len = 0, full_len = 0;
    struct letters letters = {0};
    uint32_t c;
    for (size_t at = 0; at < form.len;) {
        at += utf8_decode(form, at, &c);
        char kind = shape_of(c);
        word->hyphen |= c == '-';
        count_letter(&letters, kind);
        bool third = len >= 2 && shape[len - 1] == kind && shape[len - 2] == kind;
        if (!third && len < sizeof(shape))
            shape[len++] = kind;
        if (full_len < sizeof(full))
            full[full_len++] = kind;
    }
    word->shape = feature_hash_bytes(str_make(shape, len), 7);
    word->full_shape = feature_hash_bytes(str_make(full, full_len), 8);
    word->capital = len && shape[0] == 'A';
    word->all_capital = letters.capitals > 1 && !letters.small;
    word->long_word = letters.count > 3;
    word->letter = letters.count > 0;
    word->digit = letters.digits > 0;
    word->print = (uint8_t)print_of(&letters, form, word->capital);
}

/* Byte offsets where the first characters end, and where the last ones begin. */
static void fill_affixes(struct word_form *word, struct str lower)
{
    size_t front = 0, back = lower.len;
    uint32_t c;
    for (int i = 0; i < WORD_AFFIXES; i++) {
        if (front < lower.len)
            front += utf8_decode(lower, front, &c);
        while (back > 0 && ((unsigned char)lower.ptr[--back] & 0xc0) == 0x80)
            ;
        word->prefixes[i] = feature_hash_bytes(str_slice(lower, 0, front), 20 + (uint32_t)i);
        word->suffixes[i] = feature_hash_bytes(str_slice(lower, back, lower.len), 30 + (uint32_t)i);
    }
}

uint32_t word_form_lower(struct str lower)
{
    return feature_hash_bytes(lower, 2);
}

void word_form_fill(struct word_form *ret_word, struct str form, const struct word_tables *tables)
{
    char folded[256];
    struct str lower = words_fold(form, folded, sizeof(folded));
    *ret_word = (struct word_form){.word = feature_hash_bytes(form, 1), .lower = word_form_lower(lower)};
    fill_shape(form, ret_word);
    fill_affixes(ret_word, lower);
    if (tables)
        word_tables_find(tables, form, lower, &ret_word->entry);
}

enum word_line word_line_of(const struct word_form *words, size_t count)
{
    size_t letters = 0, capital = 0, all_capital = 0;
    for (size_t i = 0; i < count; i++) {
        letters += words[i].long_word;
        capital += words[i].long_word && words[i].capital;
        all_capital += words[i].long_word && words[i].all_capital;
    }
    if (letters < 3)
        return WORD_LINE_PLAIN;
    return all_capital * 5 >= letters * 4 ? WORD_LINE_CAPITALS
           : capital * 5 >= letters * 4   ? WORD_LINE_TITLE
                                          : WORD_LINE_PLAIN;
}

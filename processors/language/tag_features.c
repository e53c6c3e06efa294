/* tag_features: see the header. */
#include "processors/language/tag_features.h"

#include <assert.h>

#include "base/utf8.h"
#include "processors/language/words.h"

static uint32_t mix(uint32_t hash, uint32_t value)
{
    hash = (hash ^ value) * 0x9e3779b1u;
    return hash ^ hash >> 15;
}

static uint32_t hash_bytes(struct str s, uint32_t seed)
{
    uint32_t hash = seed ^ 0x811c9dc5u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x01000193u;
    return hash ^ hash >> 13;
}

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

static uint32_t hash_shape(struct str form, struct tag_word *word)
{
    char shape[32];
    size_t len = 0, capitals = 0, letters = 0;
    bool small = false;
    uint32_t c;
    for (size_t at = 0; at < form.len;) {
        at += utf8_decode(form, at, &c);
        char kind = shape_of(c);
        word->digit |= kind == '9';
        word->hyphen |= c == '-';
        capitals += kind == 'A';
        letters += kind == 'A' || kind == 'a';
        small |= kind == 'a';
        bool third = len >= 2 && shape[len - 1] == kind && shape[len - 2] == kind;
        if (!third && len < sizeof(shape))
            shape[len++] = kind;
    }
    word->capital = len && shape[0] == 'A';
    word->all_capital = capitals > 1 && !small;
    word->long_word = letters > 3;
    return hash_bytes(str_make(shape, len), 7);
}

/* Byte offsets where the first characters end, and where the last ones begin. */
static void fill_affixes(struct tag_word *word, struct str lower)
{
    size_t front = 0, back = lower.len;
    uint32_t c;
    for (int i = 0; i < TAG_AFFIXES; i++) {
        if (front < lower.len)
            front += utf8_decode(lower, front, &c);
        while (back > 0 && ((unsigned char)lower.ptr[--back] & 0xc0) == 0x80)
            ;
        word->prefixes[i] = hash_bytes(str_slice(lower, 0, front), 20 + (uint32_t)i);
        word->suffixes[i] = hash_bytes(str_slice(lower, back, lower.len), 30 + (uint32_t)i);
    }
}

void tag_word_fill(struct tag_word *ret_word, struct str form, const struct word_tables *tables)
{
    char folded[256];
    struct str lower = words_fold(form, folded, sizeof(folded));
    *ret_word = (struct tag_word){.word = hash_bytes(form, 1), .lower = hash_bytes(lower, 2)};
    ret_word->shape = hash_shape(form, ret_word);
    fill_affixes(ret_word, lower);
    if (tables)
        word_tables_find(tables, form, lower, &ret_word->entry);
}

enum tag_line tag_line_of(const struct tag_word *words, size_t count)
{
    size_t letters = 0, capital = 0, all_capital = 0;
    for (size_t i = 0; i < count; i++) {
        letters += words[i].long_word;
        capital += words[i].long_word && words[i].capital;
        all_capital += words[i].long_word && words[i].all_capital;
    }
    if (letters < 3)
        return TAG_LINE_PLAIN;
    return all_capital * 5 >= letters * 4 ? TAG_LINE_CAPITALS
           : capital * 5 >= letters * 4   ? TAG_LINE_TITLE
                                          : TAG_LINE_PLAIN;
}

size_t tag_features(const struct tag_word *words, size_t count, size_t at, enum tag_line line,
                    uint32_t before, uint32_t before2, uint32_t features[TAG_FEATURES_MAX])
{
    static const struct tag_word outside = {.word = 0x51ed270bu, .lower = 0x51ed270bu, .shape = 0x51ed270bu};
    const struct tag_word *w = &words[at], *l1 = at > 0 ? w - 1 : &outside, *l2 = at > 1 ? w - 2 : &outside,
                          *r1 = at + 1 < count ? w + 1 : &outside, *r2 = at + 2 < count ? w + 2 : &outside;
    uint32_t t1 = before + 1, t2 = before2 + 1;
    size_t n = 0;
#define ADD(number, value) features[n++] = mix(mix(0x85ebca6bu, number), value)
#define ADD2(number, a, b) features[n++] = mix(mix(mix(0x85ebca6bu, number), a), b)
    ADD(1, 0);
    ADD(2, w->word);
    ADD(3, w->lower);
    for (uint32_t i = 0; i < TAG_AFFIXES; i++) {
        ADD(4 + i, w->prefixes[i]);
        ADD(8 + i, w->suffixes[i]);
    }
    ADD(12, w->shape);
    ADD2(13, w->shape, at == 0);
    ADD(14, l1->lower);
    ADD(15, l2->lower);
    ADD(16, r1->lower);
    ADD(17, r2->lower);
    ADD(18, l1->suffixes[2]);
    ADD(19, r1->suffixes[2]);
    ADD(20, r1->suffixes[1]);
    ADD(21, l1->shape);
    ADD(22, r1->shape);
    ADD2(23, l1->lower, w->lower);
    ADD2(24, w->lower, r1->lower);
    ADD2(25, l1->lower, r1->lower);
    ADD(26, t1);
    ADD(27, t2);
    ADD2(28, t1, t2);
    ADD2(29, t1, w->lower);
    ADD2(30, t1, w->suffixes[2]);
    ADD2(31, t1, r1->lower);
    ADD2(32, mix(t1, t2), w->lower);
    ADD2(33, t1, w->shape);
    ADD2(34, (uint32_t)(w->capital | w->digit << 1 | w->hyphen << 2 | (at == 0) << 3), w->suffixes[1]);
    ADD2(35, t1, r1->suffixes[2]);
    ADD2(36, w->suffixes[3], r1->suffixes[1]);
    const uint16_t *c0 = w->entry.classes, *cl = l1->entry.classes, *cr = r1->entry.classes,
                   *cll = l2->entry.classes, *crr = r2->entry.classes;
    ADD(40, c0[0]);
    ADD(41, c0[1]);
    ADD(42, c0[2]);
    ADD(43, cl[1]);
    ADD(44, cr[1]);
    ADD(45, cl[2]);
    ADD(46, cr[2]);
    ADD2(47, cl[1], c0[1]);
    ADD2(48, c0[1], cr[1]);
    ADD2(49, cl[0], cr[0]);
    ADD2(50, t1, c0[1]);
    ADD2(51, mix(t1, t2), c0[0]);
    ADD2(52, t1, cr[1]);
    ADD(53, cll[1]);
    ADD(54, crr[1]);
    ADD2(55, mix(w->entry.frequency, w->capital), (uint32_t)line << 1 | (at == 0));
    ADD2(56, w->suffixes[2], c0[0]);
    ADD(57, w->entry.names);
    ADD2(58, c0[1], w->suffixes[1]);
#undef ADD
#undef ADD2
    assert(n <= TAG_FEATURES_MAX);
    return n;
}

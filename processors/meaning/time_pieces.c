/* time_pieces: see the header. */
#include "processors/meaning/time_pieces.h"

#include <errno.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "processors/language/words.h"

enum { GROWTH = 2, DIGITS_MAX = 9 }; /* a letter in lower case takes at most twice its bytes */

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x3000;
}

/* Soft hyphens, signs of direction and joining, and what Arabic may leave out. */
static bool is_unseen(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0x640 || (c >= 0x64B && c <= 0x652);
}

static uint32_t plain(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    if (c == 0x2019 || c == 0x2BC)
        return '\'';
    if (c == 0x622 || c == 0x623 || c == 0x625)
        return 0x627;
    if (c == 0x301C)
        return '~';
    if (c >= 0xFF01 && c <= 0xFF5E)
        return plain(c - 0xFF01 + '!');
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

/* The value of a decimal digit in any script: ten of them stand together, from zero on. */
static int digit_of(uint32_t c)
{
    int value = 0;
    if (c < 0x80)
        return (int)c - '0';
    while (value < 9 && words_is_digit(c - (uint32_t)value - 1))
        value++;
    return value;
}

static int make_room(struct time_pieces *pieces, size_t bytes)
{
    if (bytes <= pieces->capacity)
        return 0;
    size_t capacity = bytes * 2;
    pieces->items = arena_new_array(pieces->arena, struct time_piece, capacity);
    pieces->buffer = arena_alloc(pieces->arena, capacity * GROWTH);
    pieces->capacity = pieces->items && pieces->buffer ? (uint32_t)capacity : 0;
    return pieces->capacity ? 0 : -ENOMEM;
}

/* Does the character go on with the piece? */
static bool joins(const struct time_piece *piece, uint32_t c, bool letter, bool digit)
{
    return piece && !words_is_unspaced(c) && ((letter && piece->letters) || (digit && piece->digits));
}

static void take_digit(struct time_piece *piece, uint32_t c)
{
    piece->digits++;
    if (piece->digits > DIGITS_MAX)
        piece->value = -1;
    else
        piece->value = (piece->digits > 1 ? piece->value * 10 : 0) + digit_of(c);
}

int time_pieces_cut(struct time_pieces *pieces, struct str sentence, uint32_t start)
{
    struct time_piece *open = NULL;
    uint32_t used = 0, c;
    bool spaced = false;
    int error = make_room(pieces, sentence.len + 1);
    pieces->count = 0;
    for (size_t at = 0; at < sentence.len && !error; start++) {
        at += utf8_decode(sentence, at, &c);
        if (is_unseen(c))
            continue;
        if (is_blank(c)) {
            spaced = true;
            open = NULL;
            continue;
        }
        uint32_t lower = plain(c);
        bool digit = words_is_digit(lower), letter = !digit && words_is_letter(lower);
        if (!joins(open, lower, letter, digit)) {
            if (spaced && used)
                pieces->buffer[used++] = ' ';
            open = &pieces->items[pieces->count++];
            *open = (struct time_piece){.begin = used, .span.start = start, .value = -1, .letters = letter};
            open->spaced = spaced;
            open->capital = words_case(c) == CASE_UPPER;
            spaced = false;
        }
        if (digit)
            take_digit(open, lower);
        used += (uint32_t)utf8_encode(lower, pieces->buffer + used);
        open->end = used;
        open->span.end = start + 1;
        if (words_is_unspaced(lower))
            open = NULL;
    }
    pieces->spelling = str_make(pieces->buffer, used);
    return error;
}

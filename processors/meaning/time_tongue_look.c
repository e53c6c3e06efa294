/* time_tongue_look: what stands at a piece, for the rules of time_tongues.h. */
#include "processors/language/words.h"
#include "processors/meaning/time_tongues.h"

enum { BEFORE_MAX = 3, BYTES_OF_TIGHT_SCRIPTS = 0xD8 /* from Arabic on in UTF-8 */ };

static struct str spelled(const struct tongue_reader *reader, uint32_t at)
{
    return str_slice(reader->pieces->spelling, tongue_piece(reader, at)->begin,
                     tongue_piece(reader, at)->end);
}

/* The piece behind so many bytes from that one's beginning; `at` when they end inside one. */
static uint32_t piece_behind(const struct time_pieces *pieces, uint32_t at, size_t bytes)
{
    size_t end = pieces->items[at].begin + bytes;
    uint32_t next = at;
    while (next < pieces->count && pieces->items[next].end < end)
        next++;
    return next < pieces->count && pieces->items[next].end == end ? next + 1 : at;
}

static void look_up(const struct time_tongue *tongue, const struct time_pieces *pieces, uint32_t at)
{
    struct time_piece *item = &pieces->items[at];
    struct str piece = str_slice(pieces->spelling, item->begin, item->end);
    struct str text = str_slice(pieces->spelling, item->begin, pieces->spelling.len);
    for (size_t i = time_tongue_from(tongue, piece); i < tongue->count; i++) {
        struct str letters = str_from(tongue->words[i].word);
        if (!str_starts(letters, piece))
            break;
        uint32_t end = str_starts(text, letters) ? piece_behind(pieces, at, letters.len) : at;
        if (end > at) {
            item->word = &tongue->words[i];
            item->word_end = end;
        }
    }
}

void time_tongue_look_up(const struct time_tongue *tongue, struct time_pieces *pieces)
{
    for (uint32_t at = 0; at < pieces->count; at++)
        if (!pieces->items[at].digits)
            look_up(tongue, pieces, at);
}

static const struct tongue_word *word_at(const struct tongue_reader *reader, uint32_t at, uint32_t *ret_end)
{
    if (at >= reader->pieces->count || !tongue_piece(reader, at)->word)
        return NULL;
    *ret_end = tongue_piece(reader, at)->word_end;
    return tongue_piece(reader, at)->word;
}

bool tongue_is(const struct tongue_reader *reader, uint32_t at, char mark)
{
    return at < reader->pieces->count && str_equal(spelled(reader, at), str_make(&mark, 1));
}

const struct tongue_word *tongue_use(const struct tongue_reader *reader, uint32_t at, uint32_t uses,
                                     uint32_t *ret_end)
{
    uint32_t end;
    const struct tongue_word *word = word_at(reader, at, &end);
    if (!word || !(word->uses & uses))
        return NULL;
    *ret_end = end;
    return word;
}

const struct tongue_word *tongue_before(const struct tongue_reader *reader, uint32_t at, uint32_t uses)
{
    for (uint32_t back = at < BEFORE_MAX ? at : BEFORE_MAX; back > 0; back--) {
        uint32_t end;
        const struct tongue_word *word = word_at(reader, at - back, &end);
        if (word && end == at)
            return word->uses & uses ? word : NULL;
    }
    return NULL;
}

const struct tongue_word *tongue_led(const struct tongue_reader *reader, uint32_t at, uint32_t uses)
{
    const struct tongue_word *word = tongue_before(reader, at, uses);
    for (int skipped = 0; skipped < BEFORE_MAX && !word && at > 0; skipped++) {
        at -= tongue_is(reader, at - 1, '\'');
        if (at > 0 && tongue_before(reader, at, TONGUE_ARTICLE | TONGUE_LEAD_YEAR))
            at--;
        word = tongue_before(reader, at, uses);
    }
    return word;
}

static bool is_digit(const struct tongue_reader *reader, uint32_t at)
{
    return at < reader->pieces->count && tongue_piece(reader, at)->digits > 0;
}

static bool is_one_of(const struct tongue_reader *reader, uint32_t at, const char *marks)
{
    struct str text = spelled(reader, at);
    return text.len == 1 && str_find_byte(str_from(marks), text.ptr[0], 0) >= 0;
}

/* Letters of scripts that write words and numbers apart. */
static bool is_apart(const struct tongue_reader *reader, uint32_t at)
{
    return tongue_piece(reader, at)->letters &&
           (unsigned char)spelled(reader, at).ptr[0] < BYTES_OF_TIGHT_SCRIPTS;
}

/* What is stuck to the number before it: of a decimal, a clock, an address, an amount. */
static bool is_stuck(const struct tongue_reader *reader, uint32_t at)
{
    if (at == 0)
        return false;
    if (is_one_of(reader, at - 1, "$#+&@_=") || str_equal(spelled(reader, at - 1), STR("€")) ||
        str_equal(spelled(reader, at - 1), STR("£")) || str_equal(spelled(reader, at - 1), STR("¥")))
        return true;
    if (tongue_piece(reader, at)->spaced)
        return false;
    return is_apart(reader, at - 1) || (at > 1 && is_one_of(reader, at - 1, ".,:/") &&
                                        is_digit(reader, at - 2) && !tongue_piece(reader, at - 1)->spaced);
}

bool tongue_goes_on(const struct tongue_reader *reader, uint32_t end)
{
    if (end >= reader->pieces->count)
        return false;
    if (is_one_of(reader, end, "%$") || str_equal(spelled(reader, end), STR("€")))
        return true;
    if (tongue_piece(reader, end)->spaced)
        return false;
    return is_apart(reader, end) || is_digit(reader, end) ||
           (is_one_of(reader, end, ".,:/-") && is_digit(reader, end + 1) &&
            !tongue_piece(reader, end + 1)->spaced);
}

int tongue_number(const struct tongue_reader *reader, uint32_t at, uint32_t digits_max)
{
    bool number = is_digit(reader, at) && tongue_piece(reader, at)->digits <= digits_max;
    return number && !is_stuck(reader, at) ? tongue_piece(reader, at)->value : -1;
}

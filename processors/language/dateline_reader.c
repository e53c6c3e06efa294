/* dateline_reader: small steps over a block's beginning; each leaves the reader where it was when what it
 * looks for is not there. Worker threads. */
#include "processors/language/dateline_reader.h"

#include "base/utf8.h"
#include "processors/language/dateline_lists.h"
#include "processors/language/words.h"

enum {
    PLACE_WORDS_MAX = 6,
    AGENCY_BYTES_MAX = 48,
};

uint32_t dateline_peek(const struct dateline_reader *reader, size_t *ret_bytes)
{
    uint32_t c = 0;
    *ret_bytes = reader->at < reader->text.len ? utf8_decode(reader->text, reader->at, &c) : 0;
    return c;
}

bool dateline_take(struct dateline_reader *reader, char c)
{
    if (reader->at >= reader->text.len || reader->text.ptr[reader->at] != c)
        return false;
    reader->at++;
    return true;
}

bool dateline_skip_spaces(struct dateline_reader *reader)
{
    size_t begin = reader->at;
    while (dateline_take(reader, ' ') || dateline_take(reader, '\n'))
        continue;
    return reader->at > begin;
}

/* Letters, with inner apostrophes and hyphens. Empty when there is none here. */
struct str dateline_read_word(struct dateline_reader *reader)
{
    size_t begin = reader->at, n;
    for (uint32_t c = dateline_peek(reader, &n); n; c = dateline_peek(reader, &n)) {
        bool inner = reader->at > begin && (c == '\'' || c == 0x2019 || c == '-');
        if (inner) {
            struct dateline_reader ahead = {reader->text, reader->at + n};
            size_t m;
            inner = words_is_letter(dateline_peek(&ahead, &m)) && m;
        }
        if (!words_is_letter(c) && !inner)
            break;
        reader->at += n;
    }
    return str_slice(reader->text, begin, reader->at);
}

static bool all_upper(struct str word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c;
        at += utf8_decode(word, at, &c);
        if (words_case(c) == CASE_LOWER)
            return false;
    }
    return true;
}

static bool begins_upper(struct str word)
{
    uint32_t c = 0;
    if (word.len)
        (void)utf8_decode(word, 0, &c); /* valid text */
    return word.len && words_case(c) == CASE_UPPER;
}

/* Words of a name: "RIO DE JANEIRO", "St. Petersburg", "LONDON/PARIS", "Washington, D.C." is a name and a
 * region. */
bool dateline_read_place(struct dateline_reader *reader, struct dateline_place *ret_place)
{
    struct dateline_place place = {.capitals = true};
    size_t begin = reader->at, end = begin;
    for (;;) {
        struct str word = dateline_read_word(reader);
        bool particle = place.words > 0 && dateline_listed(word, DATELINE_PARTICLES);
        if (word.len == 0 || (!begins_upper(word) && !particle) || ++place.words > PLACE_WORDS_MAX)
            break;
        place.capitals &= particle || all_upper(word);
        place.letters += utf8_length(word);
        size_t points = utf8_length(word);
        place.abbreviated = false;
        if (points <= 4 && reader->at + 1 < reader->text.len && reader->text.ptr[reader->at] == '.') {
            struct dateline_reader ahead = {reader->text, reader->at + 1};
            bool spaced = dateline_skip_spaces(&ahead);
            struct str next = dateline_read_word(&ahead);
            size_t m;
            uint32_t c = dateline_peek(&ahead, &m);
            bool dash = c == '-' || (c >= 0x2012 && c <= 0x2015);
            if ((spaced && begins_upper(next) && points < 4) || c == '(' || c == ',' || (spaced && dash) ||
                (!spaced && begins_upper(next))) {
                reader->at++; /* "ST. PETERSBURG", "Va. (AP)", "D.C." */
                place.abbreviated = true;
            }
        }
        end = reader->at;
        if (!particle)
            ret_place->words = place.words;
        bool slash = reader->at + 1 < reader->text.len && reader->text.ptr[reader->at] == '/';
        if (slash) {
            reader->at++;
            continue;
        }
        if (!dateline_take(reader, ' ') && !place.abbreviated)
            break;
    }
    reader->at = end;
    place.text = str_slice(reader->text, begin, end);
    if (place.words == 0 || place.text.len > DATELINE_PLACE_BYTES_MAX)
        return false;
    *ret_place = place;
    return place.letters >= 2;
}

bool dateline_read_digits(struct dateline_reader *reader, size_t max)
{
    size_t begin = reader->at;
    while (reader->at < reader->text.len && reader->text.ptr[reader->at] >= '0' &&
           reader->text.ptr[reader->at] <= '9')
        reader->at++;
    return reader->at > begin && reader->at - begin <= max;
}

static bool read_month(struct dateline_reader *reader)
{
    char buffer[32];
    struct str folded = words_fold(dateline_read_word(reader), buffer, sizeof(buffer));
    if (!dateline_is_month(folded))
        return false;
    if (utf8_length(folded) <= 4)
        (void)dateline_take(reader, '.'); /* of a short form */
    return true;
}

/* Past `word` and the space behind it. */
static bool skip_word(struct dateline_reader *reader, const char *word)
{
    struct dateline_reader try = *reader;
    if (!str_equal(dateline_read_word(&try), str_from(word)) || !dateline_skip_spaces(&try))
        return false;
    *reader = try;
    return true;
}

/* "Jan 11", "Jan. 11", "March 3, 2021", "11 Ene.", "11. Januar 2022", "11 января". */
bool dateline_read_date(struct dateline_reader *reader, struct str *ret_date)
{
    struct dateline_reader try = *reader;
    (void)skip_word(&try, "le"); /* "Paris, le 5 mars" */
    size_t begin = try.at;
    bool day_first = dateline_read_digits(&try, 2);
    if (day_first) {
        (void)dateline_take(&try, '.'); /* German days have one */
        if (!dateline_skip_spaces(&try))
            return false;
        (void)skip_word(&try, "de"); /* "5 de marzo" */
        if (!read_month(&try))
            return false;
    } else {
        try.at = begin;
        if (!read_month(&try) || !dateline_skip_spaces(&try) || !dateline_read_digits(&try, 2))
            return false;
    }
    struct dateline_reader year = try;
    (void)dateline_take(&year, ','); /* "March 3, 2021" */
    if (dateline_skip_spaces(&year)) {
        size_t from = year.at;
        if (dateline_read_digits(&year, 4) && year.at - from == 4)
            try = year;
    }
    size_t end = try.at;
    *ret_date = str_slice(try.text, begin, end);
    *reader = try;
    return true;
}

bool dateline_is_agency(struct str name)
{
    if (dateline_listed(name, DATELINE_AGENCIES))
        return true;
    ptrdiff_t slash = str_find_byte(name, '/', 0); /* "dpa/lsw", "AFP/AP" */
    return slash > 0 && dateline_listed(str_slice(name, 0, (size_t)slash), DATELINE_AGENCIES);
}

/* "(AP)", "/PRNewswire/". False when nothing of the kind is here. */
bool dateline_read_agency(struct dateline_reader *reader, struct str *ret_agency, bool *ret_slashes)
{
    struct dateline_reader try = *reader;
    char close = dateline_take(&try, '(') ? ')' : dateline_take(&try, '/') ? '/' : '\0';
    ptrdiff_t end = close ? str_find_byte(try.text, close, try.at) : -1;
    if (end < 0 || (size_t)end - try.at > AGENCY_BYTES_MAX || (size_t)end == try.at)
        return false;
    *ret_agency = str_trim(str_slice(try.text, try.at, (size_t)end));
    *ret_slashes = close == '/';
    reader->at = (size_t)end + 1;
    return true;
}

/* A dash between dateline and text. A plain hyphen needs a space or a bracket before it. */
bool dateline_read_dash(struct dateline_reader *reader)
{
    struct dateline_reader try = *reader;
    bool spaced = dateline_skip_spaces(&try);
    char before = reader->at ? reader->text.ptr[reader->at - 1] : ' ';
    bool bracket = before == ')' || before == '/';
    size_t m;
    if (dateline_take(&try, '.') && !bracket && dateline_peek(&try, &m) < 0x2012)
        return false; /* ".-" only behind an agency (EFE), ".–" behind a date too */
    spaced |= dateline_skip_spaces(&try);
    size_t n;
    uint32_t c = dateline_peek(&try, &n);
    if (c == '-') {
        bool twice = try.at + 1 < try.text.len && try.text.ptr[try.at + 1] == '-'; /* "LONDON--" */
        if (!spaced && !bracket && before != '.' && !twice)
            return false;
        while (dateline_take(&try, '-'))
            continue;
    } else if (c >= 0x2012 && c <= 0x2015) {
        try.at += n;
    } else {
        return false;
    }
    *reader = try;
    return true;
}

/* What a dateline's text begins with: no lower-case letter, no punctuation but quotes and brackets. */
bool dateline_text_follows(const struct dateline_reader *reader)
{
    struct dateline_reader ahead = *reader;
    (void)dateline_skip_spaces(&ahead);
    size_t n;
    for (uint32_t c = dateline_peek(&ahead, &n); n; c = dateline_peek(&ahead, &n)) {
        if (words_is_letter(c) || words_is_digit(c))
            return words_case(c) != CASE_LOWER;
        if (c != '"' && c != '\'' && c != '(' && c != '[' && c != 0xAB && c != 0xBB &&
            !(c >= 0x2018 && c <= 0x201F) && c != 0xBF && c != 0xA1 && c != '$' && c != 0x20AC)
            return false;
        ahead.at += n;
    }
    return false;
}

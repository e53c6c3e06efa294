/* dateline: a small hand-written reader of the forms that agencies use. Worker threads. Knows no gazetteer.
 */
#include "processors/language/dateline.h"

#include <errno.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "processors/language/dateline_lists.h"
#include "processors/language/words.h"

enum {
    DATELINE_BYTES_MAX = 200, /* all of it, with region, date and agency */
    PLACE_BYTES_MAX = 80,
    PLACE_WORDS_MAX = 5,
    PLACE_LETTERS_MIN = 3,
    BARE_LETTERS_MIN = 5, /* of a place in capitals alone: shorter ones are mostly acronyms (NATO) */
    AGENCY_BYTES_MAX = 48,
    BLOCKS_MAX = 3, /* a dateline stands in the first paragraph, at times below a note or two */
};

struct reader {
    struct str text; /* the block's beginning */
    size_t at;
};

static uint32_t peek(const struct reader *reader, size_t *ret_bytes)
{
    uint32_t c = 0;
    *ret_bytes = reader->at < reader->text.len ? utf8_decode(reader->text, reader->at, &c) : 0;
    return c;
}

static bool take(struct reader *reader, char c)
{
    if (reader->at >= reader->text.len || reader->text.ptr[reader->at] != c)
        return false;
    reader->at++;
    return true;
}

static bool skip_spaces(struct reader *reader)
{
    size_t begin = reader->at;
    while (take(reader, ' ') || take(reader, '\n'))
        continue;
    return reader->at > begin;
}

/* Letters, with inner apostrophes and hyphens. Empty when there is none here. */
static struct str read_word(struct reader *reader)
{
    size_t begin = reader->at, n;
    for (uint32_t c = peek(reader, &n); n; c = peek(reader, &n)) {
        bool inner = reader->at > begin && (c == '\'' || c == 0x2019 || c == '-');
        if (inner) {
            struct reader ahead = {reader->text, reader->at + n};
            size_t m;
            inner = words_is_letter(peek(&ahead, &m)) && m;
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

struct place {
    struct str text;
    bool capitals;    /* all of it in upper case */
    bool abbreviated; /* ends in an abbreviation's stop */
    size_t words, letters;
};

/* Words of a name: "RIO DE JANEIRO", "St. Petersburg", "LONDON/PARIS", "Washington, D.C." is a name and a
 * region. */
static bool read_place(struct reader *reader, struct place *ret_place)
{
    struct place place = {.capitals = true};
    size_t begin = reader->at, end = begin;
    for (;;) {
        struct str word = read_word(reader);
        bool particle = place.words > 0 && dateline_listed(word, DATELINE_PARTICLES);
        if (word.len == 0 || (!begins_upper(word) && !particle) || ++place.words > PLACE_WORDS_MAX)
            break;
        place.capitals &= particle || all_upper(word);
        place.letters += utf8_length(word);
        size_t points = utf8_length(word);
        place.abbreviated = false;
        if (points <= 4 && reader->at + 1 < reader->text.len && reader->text.ptr[reader->at] == '.') {
            struct reader ahead = {reader->text, reader->at + 1};
            bool spaced = skip_spaces(&ahead);
            struct str next = read_word(&ahead);
            size_t m;
            uint32_t c = peek(&ahead, &m);
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
        if (!take(reader, ' ') && !place.abbreviated)
            break;
    }
    reader->at = end;
    place.text = str_slice(reader->text, begin, end);
    if (place.words == 0 || place.text.len > PLACE_BYTES_MAX)
        return false;
    *ret_place = place;
    return place.letters >= 2;
}

static bool read_digits(struct reader *reader, size_t max)
{
    size_t begin = reader->at;
    while (reader->at < reader->text.len && reader->text.ptr[reader->at] >= '0' &&
           reader->text.ptr[reader->at] <= '9')
        reader->at++;
    return reader->at > begin && reader->at - begin <= max;
}

static bool read_month(struct reader *reader)
{
    char buffer[32];
    struct str folded = words_fold(read_word(reader), buffer, sizeof(buffer));
    if (!dateline_is_month(folded))
        return false;
    if (utf8_length(folded) <= 4)
        (void)take(reader, '.'); /* of a short form */
    return true;
}

/* "Jan 11", "Jan. 11", "March 3, 2021", "11 Ene.", "11. Januar 2022", "11 января". */
static bool read_date(struct reader *reader, struct str *ret_date)
{
    struct reader try = *reader;
    size_t begin = try.at;
    bool day_first = read_digits(&try, 2);
    if (day_first) {
        (void)take(&try, '.'); /* German days have one */
        if (!skip_spaces(&try) || !read_month(&try))
            return false;
    } else {
        try.at = begin;
        if (!read_month(&try) || !skip_spaces(&try) || !read_digits(&try, 2))
            return false;
    }
    struct reader year = try;
    (void)take(&year, ','); /* "March 3, 2021" */
    if (skip_spaces(&year)) {
        size_t from = year.at;
        if (read_digits(&year, 4) && year.at - from == 4)
            try = year;
    }
    size_t end = try.at;
    *ret_date = str_slice(reader->text, begin, end);
    *reader = try;
    return true;
}

static bool is_agency(struct str name)
{
    if (dateline_listed(name, DATELINE_AGENCIES))
        return true;
    ptrdiff_t slash = str_find_byte(name, '/', 0); /* "dpa/lsw", "AFP/AP" */
    return slash > 0 && dateline_listed(str_slice(name, 0, (size_t)slash), DATELINE_AGENCIES);
}

/* "(AP)", "/PRNewswire/". False when nothing of the kind is here. */
static bool read_agency(struct reader *reader, struct str *ret_agency, bool *ret_slashes)
{
    struct reader try = *reader;
    char close = take(&try, '(') ? ')' : take(&try, '/') ? '/' : '\0';
    ptrdiff_t end = close ? str_find_byte(try.text, close, try.at) : -1;
    if (end < 0 || (size_t)end - try.at > AGENCY_BYTES_MAX || (size_t)end == try.at)
        return false;
    *ret_agency = str_trim(str_slice(try.text, try.at, (size_t)end));
    *ret_slashes = close == '/';
    reader->at = (size_t)end + 1;
    return true;
}

/* A dash between dateline and text. A plain hyphen needs a space or a bracket before it. */
static bool read_dash(struct reader *reader)
{
    struct reader try = *reader;
    bool spaced = skip_spaces(&try);
    char before = reader->at ? reader->text.ptr[reader->at - 1] : ' ';
    bool bracket = before == ')' || before == '/';
    if (take(&try, '.') && !bracket)
        return false; /* ".-" only behind an agency (EFE) */
    spaced |= skip_spaces(&try);
    size_t n;
    uint32_t c = peek(&try, &n);
    if (c == '-') {
        if (!spaced && !bracket && before != '.')
            return false;
        while (take(&try, '-'))
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
static bool text_follows(const struct reader *reader)
{
    struct reader ahead = *reader;
    (void)skip_spaces(&ahead);
    size_t n;
    for (uint32_t c = peek(&ahead, &n); n; c = peek(&ahead, &n)) {
        if (words_is_letter(c) || words_is_digit(c))
            return words_case(c) != CASE_LOWER;
        if (c != '"' && c != '\'' && c != '(' && c != '[' && c != 0xAB && c != 0xBB &&
            !(c >= 0x2018 && c <= 0x201F) && c != 0xBF && c != 0xA1 && c != '$' && c != 0x20AC)
            return false;
        ahead.at += n;
    }
    return false;
}

struct found {
    struct place place, region;
    struct str agency, date;
    bool slashes, dash;
    size_t begin, end;
};

static bool place_allowed(const struct place *place)
{
    struct reader words = {.text = place->text};
    struct str first = read_word(&words);
    return place->letters >= PLACE_LETTERS_MIN && !dateline_listed(first, DATELINE_NO_PLACES) &&
           !is_agency(place->text);
}

/* "(Brussels) The ..." */
static bool read_bracketed(struct reader *reader, struct found *found)
{
    if (!take(reader, '(') || !read_place(reader, &found->place))
        return false;
    if (take(reader, ',')) {
        (void)skip_spaces(reader);
        if (!read_place(reader, &found->region) && !read_date(reader, &found->date))
            return false;
    }
    if (!take(reader, ')') || !place_allowed(&found->place))
        return false;
    if (found->place.capitals && found->place.letters < BARE_LETTERS_MIN &&
        !dateline_listed(found->place.text, DATELINE_SHORT_PLACES))
        return false; /* an acronym in brackets is an agency or a broadcaster */
    if (found->place.words > 3)
        return false;
    found->end = reader->at;
    struct reader dash = *reader;
    if (read_dash(&dash)) {
        *reader = dash;
        found->end = reader->at;
    } else if (reader->at >= reader->text.len || reader->text.ptr[reader->at] != ' ') {
        return false;
    }
    struct reader words = {.text = found->place.text};
    char upper[PLACE_BYTES_MAX * 2];
    struct str first = read_word(&words);
    size_t len = 0; /* "(Video)" is no more a place than "VIDEO" */
    for (size_t at = 0; at < first.len && len + 4 < sizeof(upper);) {
        uint32_t c;
        at += utf8_decode(first, at, &c);
        len += utf8_encode((uint32_t)utf8proc_toupper((utf8proc_int32_t)c), upper + len);
    }
    return !dateline_listed(str_make(upper, len), DATELINE_NO_PLACES) && text_follows(reader);
}

/* Region, date and agency behind the place, in any order in which agencies write them. */
static bool read_details(struct reader *reader, struct found *found)
{
    for (int part = 0; part < 5; part++) {
        struct reader try = *reader;
        if (take(&try, ',')) {
            (void)skip_spaces(&try);
            if (!found->date.ptr && read_date(&try, &found->date)) {
                *reader = try;
                continue;
            }
            if (found->region.text.ptr || found->date.ptr || !read_place(&try, &found->region))
                return false;
            *reader = try;
            continue;
        }
        bool spaced = skip_spaces(&try);
        if (!found->agency.ptr && read_agency(&try, &found->agency, &found->slashes)) {
            *reader = try;
            continue;
        }
        try = *reader;
        bool stopped = found->date.ptr && try.text.ptr[try.at - 1] == '.'; /* taken with a month: "11 мая." */
        if (stopped || take(&try, '.')) { /* "Москва. 11 января. ИНТЕРФАКС -", "January 11. /TASS/." */
            spaced = skip_spaces(&try);
            struct reader word = try;
            if (spaced && !found->date.ptr && read_date(&try, &found->date)) {
                *reader = try;
                continue;
            }
            if (spaced && found->date.ptr && read_agency(&word, &found->agency, &found->slashes)) {
                *reader = word;
                continue;
            }
            struct place name = {0};
            if (spaced && found->date.ptr && read_place(&try, &name) && is_agency(name.text)) {
                found->agency = name.text;
                *reader = try;
                continue;
            }
        }
        break;
    }
    return true;
}

/* "- РИА Новости. " behind place and date. */
static void read_agency_behind_dash(struct reader *reader, struct found *found)
{
    struct reader try = *reader;
    struct place name = {0};
    (void)skip_spaces(&try);
    if (!found->agency.ptr && found->date.ptr && read_place(&try, &name) && is_agency(name.text) &&
        take(&try, '.')) {
        found->agency = name.text;
        *reader = try;
    }
}

static bool agency_allowed(const struct found *found)
{
    if (!found->agency.ptr || is_agency(found->agency))
        return true;
    return found->place.capitals && found->dash && !words_is_digit((unsigned char)found->agency.ptr[0]);
}

static bool read_open(struct reader *reader, struct found *found)
{
    struct reader prefix = *reader;
    struct str first_agency = STR_NONE;
    bool slashes;
    if (read_agency(&prefix, &first_agency, &slashes) &&
        is_agency(first_agency)) { /* "(ANSA) - ROMA, 11 GEN - " */
        (void)read_dash(&prefix);
        (void)skip_spaces(&prefix);
        *reader = prefix;
    } else {
        first_agency = STR_NONE;
    }
    if (!read_place(reader, &found->place) || !read_details(reader, found) || !place_allowed(&found->place))
        return false;
    found->end = reader->at;
    found->dash = read_dash(reader);
    if (found->dash) {
        read_agency_behind_dash(reader, found);
        found->end = reader->at;
    }
    if (!agency_allowed(found))
        return false;
    bool known = found->agency.ptr && is_agency(found->agency);
    if (!found->dash) { /* "/TASS/. Text", "BRUSSELS (AFP) Text", "Berlin (dpa): Text" */
        if (!known || !(take(reader, '.') || take(reader, ':') || (found->place.capitals && !found->slashes)))
            return false;
        found->end = reader->at;
    }
    bool bare = !known && !found->date.ptr;
    if (bare && !found->place.capitals)
        return false;
    if (bare && !found->region.text.ptr && !found->agency.ptr && found->place.letters < BARE_LETTERS_MIN &&
        !dateline_listed(found->place.text, DATELINE_SHORT_PLACES))
        return false;
    if (bare && found->place.words > 3)
        return false;
    if (!found->agency.ptr)
        found->agency = first_agency;
    return text_follows(reader);
}

/* "RIO DE JANEIRO" as "Rio de Janeiro"; names in mixed case stay. */
static struct str title_case(struct arena *arena, struct str name, bool capitals)
{
    if (!capitals)
        return arena_str(arena, name);
    char *out = arena_alloc(arena, name.len * 2 + 1);
    if (!out)
        return STR_NONE;
    size_t len = 0;
    struct reader reader = {.text = name};
    while (reader.at < name.len) {
        size_t begin = reader.at, n;
        struct str word = read_word(&reader);
        if (word.len == 0) {
            (void)peek(&reader, &n); /* only its length */
            memcpy(out + len, name.ptr + reader.at, n);
            len += n;
            reader.at += n;
            continue;
        }
        char folded[PLACE_BYTES_MAX * 2];
        struct str lower = words_fold(word, folded, sizeof(folded));
        if (begin > 0 && dateline_listed(lower, DATELINE_PARTICLES)) {
            memcpy(out + len, lower.ptr, lower.len);
            len += lower.len;
            continue;
        }
        bool first = true;
        for (size_t at = 0; at < word.len;) {
            uint32_t c;
            at += utf8_decode(word, at, &c);
            len += utf8_encode(
                first || (begin == 0 && name.len <= 2) ? c : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c),
                out + len);
            first = c == '-';
        }
    }
    out[len] = '\0';
    return str_make(out, len);
}

static struct span span_of(struct str text, size_t begin, size_t end)
{
    uint32_t start = (uint32_t)utf8_length(str_slice(text, 0, begin));
    return (struct span){start, start + (uint32_t)utf8_length(str_slice(text, begin, end))};
}

bool dateline_read(struct arena *arena, struct str block, struct dateline *ret_dateline)
{
    struct str text = utf8_cut(block, DATELINE_BYTES_MAX);
    struct reader reader = {.text = text};
    struct found found = {0};
    if (!read_bracketed(&reader, &found)) {
        reader.at = 0;
        found = (struct found){0};
        if (!read_open(&reader, &found))
            return false;
    }
    size_t place_at = (size_t)(found.place.text.ptr - text.ptr);
    *ret_dateline = (struct dateline){
        .place = title_case(arena, found.place.text, found.place.capitals),
        .region = arena_str(arena, found.region.text),
        .agency = arena_str(arena, found.agency),
        .date = arena_str(arena, found.date),
        .span = span_of(text, 0, found.end),
        .place_span = span_of(text, place_at, place_at + found.place.text.len),
    };
    return true;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    size_t at = 0, tried = 0;
    uint32_t points = 0;
    for (size_t i = 0; i < article->blocks.count && tried < BLOCKS_MAX; i++) {
        struct span span = article->blocks.items[i].span;
        size_t begin = 0;
        for (; points < span.end; points++) {
            if (points == span.start)
                begin = at;
            do
                at++;
            while (at < article->text.len && ((unsigned char)article->text.ptr[at] & 0xC0) == 0x80);
        }
        if (article->blocks.items[i].kind == BLOCK_HEADING)
            continue;
        tried++;
        if (!dateline_read(article->arena, str_slice(article->text, begin, at), &article->dateline))
            continue;
        article->dateline.span.start += span.start;
        article->dateline.span.end += span.start;
        article->dateline.place_span.start += span.start;
        article->dateline.place_span.end += span.start;
        return article->dateline.place.ptr ? 0 : -ENOMEM;
    }
    return 0;
}

const struct stage stage_dateline = {
    .name = "dateline",
    .description = "place, agency and date at the head of a newswire text",
    .version = 1,
    .needs_text = true,
    .process = process,
};

/* dateline: a small hand-written reader of the forms that agencies use. Worker threads. Knows no gazetteer.
 */
#include "processors/language/dateline.h"

#include <errno.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "processors/language/dateline_east.h"
#include "processors/language/dateline_lists.h"
#include "processors/language/dateline_reader.h"
#include "processors/language/words.h"

enum {
    DATELINE_BYTES_MAX = 200, /* all of it, with region, date and agency */
    PLACE_LETTERS_MIN = 3,
    BARE_LETTERS_MIN = 5, /* of a place in capitals alone: shorter ones are mostly acronyms (NATO) */
    BLOCKS_MAX = 3,       /* a dateline stands in the first paragraph, at times below a note or two */
};

struct found {
    struct dateline_place place, region;
    struct str agency, date;
    bool slashes, dash;
    size_t begin, end;
};

static bool place_allowed(const struct dateline_place *place)
{
    struct dateline_reader words = {.text = place->text};
    struct str first = dateline_read_word(&words);
    (void)dateline_skip_spaces(&words);
    bool new_place =
        str_equal(first, STR("NEW")) && dateline_listed(dateline_read_word(&words), DATELINE_NEW_PLACES);
    return place->letters >= PLACE_LETTERS_MIN &&
           (new_place || !dateline_listed(first, DATELINE_NO_PLACES)) && !dateline_is_agency(place->text);
}

/* "(Brussels) The ..." */
static bool read_bracketed(struct dateline_reader *reader, struct found *found)
{
    if (!dateline_take(reader, '(') || !dateline_read_place(reader, &found->place))
        return false;
    if (dateline_take(reader, ',')) {
        (void)dateline_skip_spaces(reader);
        if (!dateline_read_place(reader, &found->region) && !dateline_read_date(reader, &found->date))
            return false;
    }
    if (!dateline_take(reader, ')') || !place_allowed(&found->place))
        return false;
    if (found->place.capitals && found->place.letters < BARE_LETTERS_MIN &&
        !dateline_listed(found->place.text, DATELINE_SHORT_PLACES))
        return false; /* an acronym in brackets is an agency or a broadcaster */
    if (found->place.words > 3)
        return false;
    found->end = reader->at;
    struct dateline_reader dash = *reader;
    if (dateline_read_dash(&dash)) {
        *reader = dash;
        found->end = reader->at;
    } else if (reader->at >= reader->text.len || reader->text.ptr[reader->at] != ' ') {
        return false;
    }
    struct dateline_reader words = {.text = found->place.text};
    char upper[DATELINE_PLACE_BYTES_MAX * 2];
    struct str first = dateline_read_word(&words);
    size_t len = 0; /* "(Video)" is no more a place than "VIDEO" */
    for (size_t at = 0; at < first.len && len + 4 < sizeof(upper);) {
        uint32_t c;
        at += utf8_decode(first, at, &c);
        len += utf8_encode((uint32_t)utf8proc_toupper((utf8proc_int32_t)c), upper + len);
    }
    return !dateline_listed(str_make(upper, len), DATELINE_NO_PLACES) && dateline_text_follows(reader);
}

/* "(December 22, 2013)"; "December 22, 2013 /" behind an agency between strokes. */
static bool read_bracketed_date(struct dateline_reader *reader, struct str *ret_date)
{
    struct dateline_reader try = *reader;
    bool bracket = dateline_take(&try, '(');
    struct str date;
    char before = reader->at > 1 ? reader->text.ptr[reader->at - 2] : ' ';
    if ((!bracket && before != '/') || !dateline_read_date(&try, &date))
        return false;
    (void)(!bracket && dateline_skip_spaces(&try));
    if (!dateline_take(&try, bracket ? ')' : '/'))
        return false;
    *ret_date = date;
    *reader = try;
    return true;
}

/* Region, date and agency behind the place, in any order in which agencies write them. */
static bool read_details(struct dateline_reader *reader, struct found *found)
{
    for (int part = 0; part < 5; part++) {
        struct dateline_reader try = *reader;
        if (dateline_take(&try, ',')) {
            (void)dateline_skip_spaces(&try);
            if (!found->date.ptr && dateline_read_date(&try, &found->date)) {
                *reader = try;
                continue;
            }
            if (found->region.text.ptr || found->date.ptr || !dateline_read_place(&try, &found->region))
                return false;
            *reader = try;
            continue;
        }
        bool spaced = dateline_skip_spaces(&try);
        struct dateline_reader bracket = try;
        if (!found->date.ptr && read_bracketed_date(&bracket, &found->date)) {
            *reader = bracket;
            continue;
        }
        if (!found->agency.ptr && dateline_read_agency(&try, &found->agency, &found->slashes)) {
            *reader = try;
            continue;
        }
        try = *reader;
        bool stopped = found->date.ptr && try.text.ptr[try.at - 1] == '.'; /* taken with a month: "11 мая." */
        if (stopped ||
            dateline_take(&try, '.')) { /* "Москва. 11 января. ИНТЕРФАКС -", "January 11. /TASS/." */
            spaced = dateline_skip_spaces(&try);
            struct dateline_reader word = try;
            if (spaced && !found->date.ptr && dateline_read_date(&try, &found->date)) {
                *reader = try;
                continue;
            }
            if (spaced && found->date.ptr && dateline_read_agency(&word, &found->agency, &found->slashes)) {
                *reader = word;
                continue;
            }
            struct dateline_place name = {0};
            if (spaced && found->date.ptr && dateline_read_place(&try, &name) &&
                dateline_is_agency(name.text)) {
                found->agency = name.text;
                *reader = try;
                continue;
            }
        }
        break;
    }
    return true;
}

/* "РИА Новости, Иван Петров. " behind the dash: the agency, at times with the reporter. */
static bool read_agency_name(struct dateline_reader *reader, struct found *found)
{
    struct dateline_reader try = *reader;
    struct dateline_place name = {0}, reporter = {0};
    if (!dateline_read_place(&try, &name) || !dateline_is_agency(name.text))
        return false;
    if (dateline_take(&try, ',') &&
        (!dateline_skip_spaces(&try) || !dateline_read_place(&try, &reporter) || reporter.words > 3))
        return false;
    if (!dateline_take(&try, '.') && !dateline_read_dash(&try))
        return false;
    found->agency = name.text;
    *reader = try;
    return true;
}

/* "- РИА Новости. " behind place and date; "--(BUSINESS WIRE)--" behind the place. */
static void read_agency_behind_dash(struct dateline_reader *reader, struct found *found)
{
    struct dateline_reader try = *reader;
    struct str agency;
    (void)dateline_skip_spaces(&try);
    if (found->agency.ptr)
        return;
    if (found->date.ptr && read_agency_name(&try, found)) {
        *reader = try;
    } else if (dateline_read_agency(&try, &agency, &found->slashes) && dateline_is_agency(agency) &&
               dateline_read_dash(&try)) {
        found->agency = agency;
        *reader = try;
    }
}

static bool agency_allowed(const struct found *found)
{
    if (!found->agency.ptr || dateline_is_agency(found->agency))
        return true;
    return found->place.capitals && found->dash && !words_is_digit((unsigned char)found->agency.ptr[0]);
}

static bool read_open(struct dateline_reader *reader, struct found *found)
{
    struct dateline_reader prefix = *reader;
    struct str first_agency = STR_NONE;
    bool slashes;
    if (dateline_read_agency(&prefix, &first_agency, &slashes) &&
        dateline_is_agency(first_agency)) { /* "(ANSA) - ROMA, 11 GEN - " */
        (void)dateline_read_dash(&prefix);
        (void)dateline_skip_spaces(&prefix);
        *reader = prefix;
    } else {
        first_agency = STR_NONE;
    }
    if (!dateline_read_place(reader, &found->place) || !read_details(reader, found) ||
        !place_allowed(&found->place))
        return false;
    found->end = reader->at;
    found->dash = dateline_read_dash(reader);
    if (found->dash) {
        read_agency_behind_dash(reader, found);
        found->end = reader->at;
    }
    if (!agency_allowed(found))
        return false;
    bool known = found->agency.ptr && dateline_is_agency(found->agency);
    if (!found->dash) { /* "/TASS/. Text", "BRUSSELS (AFP) Text", "Berlin (dpa): Text" */
        bool dated = found->slashes && found->date.ptr &&
                     found->date.ptr > found->agency.ptr; /* "/ ACCESSWIRE / May 5, 2021 /" */
        bool capitals = found->place.capitals && (!found->slashes || dated);
        if (!known || !(dateline_take(reader, '.') || dateline_take(reader, ':') || capitals))
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
    return dateline_text_follows(reader);
}

/* "(Reuters) - ", "March 5 (Reuters) - ", "(AP) — ": the agency is told, no place. */
static bool read_agency_alone(struct dateline_reader *reader, struct found *found)
{
    if (dateline_read_date(reader, &found->date) && !dateline_skip_spaces(reader))
        return false;
    if (!dateline_read_agency(reader, &found->agency, &found->slashes) ||
        !dateline_is_agency(found->agency) || !dateline_read_dash(reader))
        return false;
    found->end = reader->at;
    return dateline_text_follows(reader);
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
    struct dateline_reader reader = {.text = name};
    while (reader.at < name.len) {
        size_t begin = reader.at, n;
        struct str word = dateline_read_word(&reader);
        if (word.len == 0) {
            (void)dateline_peek(&reader, &n); /* only its length */
            memcpy(out + len, name.ptr + reader.at, n);
            len += n;
            reader.at += n;
            continue;
        }
        char folded[DATELINE_PLACE_BYTES_MAX * 2];
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

/* Tries the forms of scripts with upper case one after the other. */
static bool read_forms(struct str text, struct found *ret_found)
{
    static bool (*const forms[])(struct dateline_reader *, struct found *) = {read_bracketed, read_open,
                                                                              read_agency_alone};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct dateline_reader reader = {.text = text};
        *ret_found = (struct found){0};
        if (forms[i](&reader, ret_found))
            return true;
    }
    return false;
}

bool dateline_read(struct arena *arena, struct str block, struct dateline *ret_dateline)
{
    struct str text = utf8_cut(block, DATELINE_BYTES_MAX);
    struct found found = {0};
    if (!read_forms(text, &found)) {
        struct dateline_east east;
        if (!dateline_read_east(text, &east))
            return false;
        found = (struct found){
            .place.text = east.place, .agency = east.agency, .date = east.date, .end = east.end};
    }
    struct str place = found.place.text;
    size_t place_at = place.len ? (size_t)(place.ptr - text.ptr) : 0;
    *ret_dateline = (struct dateline){
        .place = place.len ? title_case(arena, place, found.place.capitals) : STR_NONE,
        .region = arena_str(arena, found.region.text),
        .agency = arena_str(arena, found.agency),
        .date = arena_str(arena, found.date),
        .span = span_of(text, 0, found.end),
        .place_span = span_of(text, place_at, place_at + place.len),
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
        return arena_exhausted(article->arena) ? -ENOMEM : 0;
    }
    return 0;
}

const struct stage stage_dateline = {
    .name = "dateline",
    .description = "place, agency and date at the head of a newswire text",
    .version = 1,
    .needs = GIFT_TEXT,
    .process = process,
};

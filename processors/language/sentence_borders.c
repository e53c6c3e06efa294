/* sentence_borders: rules over what stands around a stop; nothing past a word or two is read. Worker threads.
 */
#include "processors/language/sentence_borders.h"

#include "base/utf8.h"
#include "processors/language/sentence_marks.h"
#include "processors/language/sentence_small.h"
#include "processors/language/sentence_tails.h"
#include "processors/language/words.h"

enum {
    ORDINAL_DIGITS_MAX = 2, /* "11. Januar"; "2019. Danach" ends a sentence */
    SECTION_BYTES_MAX = 8,  /* "10.12.3" */
    LIST_MARKS_MAX = 4,     /* " *(" before a list item's number */
};

static bool all_digits(struct str token)
{
    for (size_t i = 0; i < token.len; i++)
        if (token.ptr[i] < '0' || token.ptr[i] > '9')
            return false;
    return token.len > 0;
}

static bool is_roman(struct str token)
{
    for (size_t i = 0; i < token.len; i++)
        if (!strchr("IVX", token.ptr[i]))
            return false;
    return token.len > 0;
}

/* "2.1": the number of a section. */
static bool is_section(struct str token)
{
    for (size_t i = 0; i < token.len; i++)
        if (token.ptr[i] != '.' && (token.ptr[i] < '0' || token.ptr[i] > '9'))
            return false;
    return token.len > 0 && token.len <= SECTION_BYTES_MAX;
}

/* Do only blanks and the marks of a list stand between the sentence's beginning and `at`? */
static bool begins_sentence(const struct splitter *splitter, size_t at)
{
    for (int i = 0; i < LIST_MARKS_MAX && at > splitter->begin; i++) {
        uint32_t c = sentence_peek_back(splitter, at);
        if (!sentence_is_space(c) && !sentence_is_quote(c) && c != '*' && c != '(' && c != '#' && c != '-')
            return false;
        at -= c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return at <= splitter->begin;
}

static bool is_number_ordinal(const struct splitter *splitter, struct str token, unsigned next_classes)
{
    size_t token_at = (size_t)(token.ptr - splitter->text.ptr);
    if (all_digits(token) && token.len <= 3 && begins_sentence(splitter, token_at))
        return true; /* "1. First things": the number of a list item */
    if (!splitter->ordinals)
        return false;
    if (next_classes & LEXICON_MONTH)
        return true;
    return ((all_digits(token) && token.len <= ORDINAL_DIGITS_MAX) || is_roman(token)) &&
           !(next_classes & LEXICON_STARTER);
}

/* "my wife and I." "older than I."; not "I. M. Pei". */
static bool is_pronoun(const struct splitter *splitter, struct str token)
{
    static const char *const before[] = {" and ", " than ", " or ", " as "};
    struct str text = str_slice(splitter->text, splitter->begin, (size_t)(token.ptr - splitter->text.ptr));
    if (!str_equal(token, STR("I")) || !str_equal(splitter->language, STR("en")))
        return false;
    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
        if (str_ends(text, str_from(before[i])))
            return true;
    return false;
}

/* "J." "U.S." "a.m." before a word in upper case. */
static bool ends_after_letters(const struct splitter *splitter, struct str token,
                               const struct following *next, unsigned next_classes)
{
    size_t points = utf8_length(token);
    bool dotted = memchr(token.ptr, '.', token.len) != NULL;
    if (str_equal_nocase(token, STR("a.m")) || str_equal_nocase(token, STR("p.m")))
        return !(next_classes & LEXICON_MONTH) && (!next->bracket || (next_classes & LEXICON_STARTER)) &&
               !(next->word.len <= 4 && next->word.len >= 2 &&
                 words_case((unsigned char)next->word.ptr[1]) == CASE_UPPER); /* "p.m. EST" */
    if (is_pronoun(splitter, token) && !next->stop_behind)
        return true;
    if (points == 1 || dotted)
        return (next_classes & LEXICON_STARTER) && !next->stop_behind;
    return true;
}

/* "ed. (2009)", "approx. $5", "vol. II": what is counted or dated stands behind an abbreviation. */
static bool counts_behind(const struct following *next)
{
    bool roman = is_roman(next->word) && !str_equal(next->word, STR("I")); /* "no. I said" */
    return words_is_digit(next->first) || next->first == '$' || next->first == '#' || next->first == 0xA3 ||
           next->first == 0xA5 || next->first == 0xA7 || next->first == 0x20AC || roman;
}

/* Does the abbreviation of these classes end the sentence? */
static bool abbreviation_ends(unsigned classes, const struct following *next, bool starter)
{
    if (classes & LEXICON_TITLE) /* "St. Mary"; "Main St. The" */
        return (classes & LEXICON_ENDING) && starter && !next->opened;
    if ((classes & LEXICON_NUMBER) && counts_behind(next))
        return false;
    if (next->bracket)
        return starter; /* "Inc. (NYSE: X)", "ed. (New York, 2009)" */
    if ((classes & LEXICON_ENDING) || ((classes & LEXICON_MONTH) && (classes & LEXICON_NUMBER)))
        return starter || (next->opened && !counts_behind(next));
    return true;
}

/* Does the point at `stop` end the sentence, when `next` follows it? */
static bool point_ends(const struct splitter *splitter, size_t stop, const struct following *next)
{
    struct str token = sentence_token_before(splitter, stop);
    unsigned next_classes = sentence_classes(splitter, next->word);
    if (token.len == 0 || sentence_contracted(splitter, stop))
        return true;
    if (all_digits(token) || is_roman(token)) {
        if (is_number_ordinal(splitter, token, next_classes))
            return false;
        if (all_digits(token))
            return true;
    } else if (is_section(token) && begins_sentence(splitter, (size_t)(token.ptr - splitter->text.ptr))) {
        return false;
    }
    unsigned classes = sentence_classes(splitter, token);
    uint32_t first;
    (void)utf8_decode(token, 0, &first); /* valid text */
    if ((classes & LEXICON_CAPITAL) && words_case(first) != CASE_UPPER)
        classes &= LEXICON_NUMBER;
    const unsigned abbreviations = LEXICON_TITLE | LEXICON_ENDING | LEXICON_NUMBER;
    if ((classes & abbreviations) && !abbreviation_ends(classes, next, next_classes & LEXICON_STARTER))
        return false;
    if (classes & LEXICON_ENDING)
        return true;
    if (!words_is_letter(first))
        return true;
    return ends_after_letters(splitter, token, next, next_classes);
}

/* A single mark or point at `stop`, with what closes it, before `next`. */
static bool stop_ends(const struct splitter *splitter, size_t stop, const struct following *next, bool closed)
{
    size_t n;
    bool point = sentence_peek(splitter, stop, &n) == '.';
    if (closed)
        return point || !sentence_speaker_follows(splitter, next);
    return point ? point_ends(splitter, stop, next) : !sentence_is_shout(splitter, stop, next);
}

/* A sentence ends at the stop run [stop, after) with closers up to `end`, behind which a space stands. */
static bool ends_here(const struct splitter *splitter, size_t stop, size_t after, size_t end, bool closed)
{
    size_t n;
    (void)sentence_peek(splitter, stop, &n); /* its length */
    bool run = after - stop > n;
    struct following next = sentence_look_ahead(splitter, end);
    if (next.first == 0 || next.at >= splitter->text.len)
        return false; /* only quotes and dashes follow: they belong here */
    if (words_case(next.first) == CASE_LOWER)
        return sentence_address_begins(splitter, stop, &next) ||
               (!closed && sentence_small_begins(splitter, stop, after, &next) &&
                !sentence_is_shout(splitter, stop, &next));
    if (next.first == ',' || next.first == ';' || next.first == ':')
        return false;
    if (run)
        return !closed || !sentence_speaker_follows(splitter, &next);
    return stop_ends(splitter, stop, &next, closed);
}

/* Endings of file names and addresses that are written with a capital at times ("Booking.Com"). */
static bool is_address_ending(struct str word)
{
    static const char *const endings[] = {"com",  "net", "org", "edu", "gov",  "info", "biz",  "js",   "ts",
                                          "py",   "php", "asp", "htm", "html", "pdf",  "doc",  "docx", "xls",
                                          "xlsx", "txt", "csv", "xml", "json", "jpg",  "jpeg", "png",  "gif",
                                          "zip",  "exe", "dll", "mp3", "mp4",  "avi",  "app",  "dev",  "tv"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (str_equal_nocase(word, str_from(endings[i])))
            return true;
    return false;
}

/* The word before a lost space: lower case but for its first letter, and no part of an address or a name. */
static bool joins_behind(const struct splitter *splitter, size_t stop, size_t letters_min)
{
    struct str token = sentence_token_before(splitter, stop);
    size_t begin = (size_t)(token.ptr - splitter->text.ptr);
    uint32_t before = sentence_peek_back(splitter, begin);
    if (token.len < 2 || token.len > SENTENCE_TOKEN_MAX || str_equal_nocase(token, STR("www")))
        return false;
    if (before == '/' || before == '@' || before == '_' || before == '\\' || before == '#' || before == '&')
        return false;
    size_t letters = 0;
    for (size_t at = 0; at < token.len; letters++) {
        uint32_t c;
        at += utf8_decode(token, at, &c);
        if (words_case(c) != CASE_LOWER && (letters > 0 || words_case(c) != CASE_UPPER))
            return false; /* points, digits, capitals inside */
    }
    return letters >= letters_min;
}

/* The word behind a lost space: a capital and lower case, or a whole word of capitals, not an address'. */
static bool joins_ahead(const struct splitter *splitter, const struct following *next)
{
    size_t n, n2;
    size_t end = next->at + next->word.len;
    uint32_t c = sentence_peek(splitter, end, &n);
    if (words_case(next->first) != CASE_UPPER || is_address_ending(next->word))
        return false;
    if (c == '(' || c == '/' || c == '@' || c == '_' || c == '=' || c == '\\' || c == '&')
        return false;
    uint32_t behind = sentence_peek(splitter, end + n, &n2);
    if (c == '.' && n2 && (words_is_letter(behind) || words_is_digit(behind)))
        return false; /* "news.Example.com" */
    return utf8_length(next->word) > 1 || c == ' ' || c == '\'' || c == 0x2019;
}

/* "through the night.Nobody was hurt": the space between two paragraphs was lost. An opening quotation mark
 * behind the stop belongs to what follows. */
static bool ends_joined(struct splitter *splitter, size_t stop, size_t after, size_t *end, bool closed)
{
    size_t n;
    bool opens = closed && !sentence_quoted(splitter, after) && sentence_peek(splitter, after, &n) != ')' &&
                 after + n == *end;
    size_t border = opens ? after : *end;
    struct following next = sentence_look_ahead(splitter, border);
    if (next.at > border && !next.opened)
        return false;
    size_t letters_min = utf8_length(next.word) > 1 ? 2 : 3; /* "Ph.D" */
    (void)sentence_peek(splitter, stop, &n);                 /* its length */
    bool run = after - stop > n;
    if (!joins_behind(splitter, stop, letters_min) || !joins_ahead(splitter, &next) ||
        (!run && !stop_ends(splitter, stop, &next, closed && !opens)))
        return false;
    *end = border;
    return true;
}

/* A full stop of a script without spaces; a quotation that goes on with a particle does not end here. */
static bool full_stop_ends(const struct splitter *splitter, size_t end, bool closed)
{
    size_t n;
    uint32_t c = sentence_peek(splitter, end, &n);
    return !(closed && ((c >= 0x3041 && c <= 0x3096) || c == 0x3001 || c == 0xFF0C));
}

static bool is_wide_latin(uint32_t c)
{
    return (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

/* The full-width point (U+FF0E) in "３．１４", in "ｗｗｗ．ｅｘａｍｐｌｅ", and behind a list item's number.
 */
static bool is_inner_point(const struct splitter *splitter, size_t at, uint32_t c, size_t after)
{
    size_t n;
    uint32_t before = sentence_peek_back(splitter, at), behind = sentence_peek(splitter, after, &n);
    if (c != 0xFF0E)
        return false;
    if (words_is_digit(before)) {
        size_t digits = at - (before < 0x80 ? 1 : 3);
        return words_is_digit(behind) || digits <= splitter->begin;
    }
    return is_wide_latin(before) && (is_wide_latin(behind) || words_is_digit(behind));
}

/* What belongs to the sentence behind its stop and closers. */
static size_t skip_tail(const struct splitter *splitter, size_t stop, size_t end)
{
    end = sentence_skip_note(splitter, stop, end);
    end = sentence_skip_references(splitter, end);
    return sentence_skip_face(splitter, end);
}

size_t sentence_border(struct splitter *splitter, size_t at, bool *ret_ends)
{
    size_t n, m;
    uint32_t c = sentence_peek(splitter, at, &n);
    size_t after = at + n;
    bool full = sentence_is_full_stop(c), closed = false;
    *ret_ends = false;
    if (is_inner_point(splitter, at, c, after))
        return after;
    after = sentence_skip_stops(splitter, after);
    size_t end = sentence_skip_closers(splitter, after, &closed);
    if (!full)
        end = skip_tail(splitter, at, end);
    uint32_t behind = sentence_peek(splitter, end, &m);
    if (full)
        *ret_ends = full_stop_ends(splitter, end, closed);
    else if (m == 0)
        *ret_ends = true;
    else if (sentence_is_space(behind))
        *ret_ends = ends_here(splitter, at, after, end, closed);
    else
        *ret_ends = ends_joined(splitter, at, after, &end, closed);
    return end;
}

size_t sentence_face_border(const struct splitter *splitter, size_t at)
{
    if (at <= splitter->begin || splitter->text.ptr[at - 1] != ' ')
        return at;
    size_t end = sentence_skip_face(splitter, at);
    if (end == at)
        return at;
    struct following next = sentence_look_ahead(splitter, end);
    return words_case(next.first) == CASE_UPPER ? end : at;
}

size_t sentence_credit_border(const struct splitter *splitter, size_t at)
{
    static const char *const credits[] = {" Image", " Photo", " Photograph", " Picture"};
    size_t n;
    struct str text = str_slice(splitter->text, splitter->begin, at);
    uint32_t behind = sentence_peek(splitter, at + 1, &n);
    if (splitter->text.ptr[at] != ':' || (n && !sentence_is_space(behind)))
        return at;
    for (size_t i = 0; i < sizeof(credits) / sizeof(credits[0]); i++) {
        struct str credit = str_from(credits[i]);
        if (text.len > credit.len && str_ends(text, credit) &&
            !sentence_is_space((unsigned char)text.ptr[text.len - credit.len - 1]))
            return at - credit.len + 1;
    }
    return at;
}

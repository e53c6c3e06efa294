/* page_title: metadata_choose_title(): the first heading that says what the page's title for machines says;
 * metadata_without_site(): a title without the site's name. Any thread; bounded: so many headings, so many
 * words of each. */
#include "processors/html/metadata.h"

enum {
    HEADINGS_MAX = 30,
    TITLES_MAX = 4,
    TEXT_MAX = 1000,
    WORDS_MAX = 60,
    AGREE_MIN = 35, /* per cent */
    BESIDE_COST = 10,
    LINE_COST = 2,   /* for each line of the heading up to this one */
    LESSER_MIN = 80, /* per cent that an h2 or h3 must agree to be the title ... */
    ALONE_MIN = 70,  /* ... and on a page without any h1 */
    LESSER_COST = 3,
};

struct word_set {
    struct str items[WORDS_MAX];
    size_t count;
};

/* Letters and digits of ASCII, and all else but the signs of general punctuation (U+2000 to U+203F). */
static bool is_of_word(struct str text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    if (c == 0xE2 && at + 2 < text.len && (unsigned char)text.ptr[at + 1] == 0x80)
        return false;
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool holds(const struct word_set *set, struct str word)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_equal_nocase(set->items[i], word))
            return true;
    return false;
}

static void split(struct str text, struct word_set *set)
{
    set->count = 0;
    for (size_t at = 0; at < text.len && set->count < WORDS_MAX;) {
        size_t start = at;
        while (at < text.len && is_of_word(text, at))
            at++;
        struct str word = str_slice(text, start, at);
        if (word.len && !holds(set, word))
            set->items[set->count++] = word;
        if (at < text.len)
            at += (unsigned char)text.ptr[at] == 0xE2 ? 3 : 1; /* the sign */
    }
}

/* Half the share of the heading's words that the reference has, and half the share of all words that both
 * have, in per cent. */
static int agreement(const struct word_set *heading, const struct word_set *reference)
{
    size_t common = 0;
    for (size_t i = 0; i < heading->count; i++)
        common += holds(reference, heading->items[i]);
    if (common == 0)
        return 0;
    return (int)(50 * common / heading->count + 50 * common / (heading->count + reference->count - common));
}

/* ---- The site's own name ---- */

enum { NAME_BYTES_MAX = 120, SHORT_NAME = 4 /* bytes, up to which a name is only compared as a whole */ };

/* Its letters and digits in lower case, without what stands between; how many. */
static size_t squeeze(struct str text, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < NAME_BYTES_MAX; i++)
        if (is_of_word(text, i))
            out[len++] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] | 0x20) : text.ptr[i];
    return len;
}

static bool holds_text(const char *text, size_t len, const char *part, size_t part_len)
{
    return part_len && str_find(str_make(text, len), str_make(part, part_len), 0) >= 0;
}

/* The part of a title says no more than the site is called, or little more: "Post", "Valley Post Online". */
static bool is_name_of(struct str part, struct str name)
{
    char a[NAME_BYTES_MAX], b[NAME_BYTES_MAX];
    size_t a_len = squeeze(part, a), b_len = squeeze(name, b);
    if (a_len == b_len && a_len && memcmp(a, b, a_len) == 0)
        return true;
    return a_len >= SHORT_NAME && b_len >= SHORT_NAME &&
           ((a_len <= 2 * b_len && holds_text(a, a_len, b, b_len)) || holds_text(b, b_len, a, a_len));
}

bool metadata_is_site(struct str part, const struct title_site *site)
{
    struct str host = site->host;
    if (str_starts(host, STR("www.")))
        host = str_slice(host, 4, host.len);
    ptrdiff_t dot = str_find_byte(host, '.', 0);
    struct str label = str_slice(host, 0, dot < 0 ? host.len : (size_t)dot);
    return part.len && (is_name_of(part, site->name) || is_name_of(part, label) || is_name_of(part, host));
}

/* A sign that divides a title from the site's name: spaced on both sides, or "|"; its bytes, 0 = none. */
static size_t sign_at(struct str title, size_t at)
{
    static const char *const signs[] = {
        " | ",        " - ",        " : ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xE2\x80\xA2 ",
        " \xC2\xB7 ", " \xC2\xBB ", "|"};
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (str_starts(str_slice(title, at, title.len), str_from(signs[i])))
            return strlen(signs[i]);
    return 0;
}

struct str metadata_without_site(struct str title, const struct title_site *site)
{
    for (size_t at = title.len; at-- > 1;) { /* the last parts, as long as they are the site's */
        size_t sign = sign_at(title, at);
        if (sign == 0)
            continue;
        if (!metadata_is_site(str_trim(str_slice(title, at + sign, title.len)), site))
            break;
        title = str_trim(str_slice(title, 0, at));
    }
    for (size_t at = 1; at < title.len; at++) {
        size_t sign = sign_at(title, at);
        if (sign == 0)
            continue;
        if (metadata_is_site(str_trim(str_slice(title, 0, at)), site) && at + sign < title.len)
            title = str_trim(str_slice(title, at + sign, title.len));
        break;
    }
    return title;
}

/* ---- Headings ---- */

struct choice {
    const struct word_set *references;
    size_t count;
    struct str best;
    int most;
    uint32_t heading; /* that has the best text */
};

static void try_text(struct choice *choice, uint32_t heading, struct str text, int cost, int least)
{
    struct word_set words;
    split(text, &words);
    for (size_t k = 0; k < choice->count; k++) {
        int agrees = agreement(&words, &choice->references[k]), points = agrees - cost;
        if (agrees >= least && points > choice->most) {
            choice->most = points;
            choice->best = text;
            choice->heading = heading;
        }
    }
}

static size_t words_in(struct str text)
{
    struct word_set words;
    split(text, &words);
    return words.count;
}

/* The lines of a heading, as blocks or breaks divide them: one of them may be the title, the others a kicker
 * or a subtitle. */
static void try_lines(struct choice *choice, struct arena *arena, const struct dom *dom, uint32_t heading,
                      int cost)
{
    uint32_t first = heading + 1;
    int number = 0;
    for (uint32_t i = heading + 1; i <= dom->nodes[heading].end; i++) {
        bool end = i == dom->nodes[heading].end;
        if (!end && dom->nodes[i].tag != TAG_BR && !(html_tag_flags(dom->nodes[i].tag) & TAG_IS_BLOCK))
            continue;
        struct layout_line line = {.first = first, .end = i, .owner = heading};
        struct str text = layout_line_text(arena, dom, &line, TEXT_MAX);
        first = i;
        if (text.len && ++number && !(end && number == 1) && words_in(text) >= 2)
            try_text(choice, heading, text, cost + LINE_COST * number, 0);
    }
}

/* "Water | Dam talks resume": a kicker on the same line. */
static void try_parts(struct choice *choice, uint32_t heading, struct str text, int cost)
{
    struct str sign = STR(" | ");
    ptrdiff_t at = str_find(text, sign, 0);
    for (size_t from = 0, number = 1; at >= 0 || number > 1; number++) {
        size_t end = at < 0 ? text.len : (size_t)at;
        struct str part = str_trim(str_slice(text, from, end));
        if (words_in(part) >= 3)
            try_text(choice, heading, part, cost + LINE_COST * (int)number, 0);
        if (at < 0)
            return;
        from = end + sign.len;
        at = str_find(text, sign, from);
    }
}

static void try_main_headings(struct choice *choice, struct arena *arena, const struct dom *dom,
                              const struct page_layout *layout)
{
    size_t headings = 0;
    for (uint32_t i = dom_find(dom, 0, TAG_H1); i < dom->count && headings < HEADINGS_MAX;
         i = dom_find(dom, i + 1, TAG_H1)) {
        int cost = layout->places[i] & (PLACE_BESIDE | PLACE_RELATED) ? BESIDE_COST : 0;
        headings++;
        struct str text = layout_element_text(arena, dom, i, TEXT_MAX);
        try_text(choice, i, text, cost, 0);
        try_parts(choice, i, text, cost);
        try_lines(choice, arena, dom, i, cost);
    }
}

/* Pages whose first heading is the site's name, or that have none, put the article's under it. */
static void try_lesser_headings(struct choice *choice, struct arena *arena, const struct dom *dom,
                                const struct page_layout *layout, int least)
{
    static const enum html_tag tags[] = {TAG_H2, TAG_H3};
    for (size_t k = 0; k < sizeof(tags) / sizeof(tags[0]); k++) {
        size_t headings = 0;
        for (uint32_t i = dom_find(dom, 0, tags[k]); i < dom->count && headings < HEADINGS_MAX;
             i = dom_find(dom, i + 1, tags[k]), headings++) {
            struct str text = layout_element_text(arena, dom, i, TEXT_MAX);
            if (!(layout->places[i] & (PLACE_BESIDE | PLACE_RELATED)) && words_in(text) >= 2)
                try_text(choice, i, text, LESSER_COST * (int)(k + 1), least);
        }
    }
}

struct str metadata_choose_title(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                                 const struct str *references, size_t count, uint32_t *ret_heading)
{
    struct word_set sets[TITLES_MAX];
    struct choice choice = {.references = sets, .most = AGREE_MIN - 1, .heading = dom->count};
    for (size_t k = 0; k < count && choice.count < TITLES_MAX; k++)
        split(references[k], &sets[choice.count++]);
    try_main_headings(&choice, arena, dom, layout);
    if (choice.most < LESSER_MIN)
        try_lesser_headings(&choice, arena, dom, layout,
                            dom_find(dom, 0, TAG_H1) < dom->count ? LESSER_MIN : ALONE_MIN);
    *ret_heading = choice.heading;
    return choice.best;
}

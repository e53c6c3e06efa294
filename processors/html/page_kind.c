/* page_kind: signs of each kind, asked for only where little text was found: so a story about cookies stays
 * one. */
#include "processors/html/page_kind.h"

#include "base/utf8.h"
#include "processors/html/page_layout.h"

enum {
    PROSE_WORDS = 30, /* of a paragraph that shows an article; three of them */
    PROSE_BLOCKS = 3,
    HTML_BYTES = 4096,    /* in which a tag must stand */
    TEASER_POINTS = 1500, /* code points; a longer text is no teaser */
    NOTICE_POINTS = 1500, /* and no notice */
    TITLE_BYTES = 300,
    HEADLINE_WORDS = 5, /* of a link that leads to an article */
    HEADLINES_MIN = 20, /* on a list page */
    BETWEEN_BYTES = 2,  /* the blank line between two blocks of text */
};

/* ---- Not HTML ---- */

bool page_is_html(struct str bytes)
{
    static const char *const others[] = {"%PDF-",        "{",  "[", "PK\x03\x04", "\x89PNG", "GIF8",
                                         "\xFF\xD8\xFF", "ID3"};
    struct str head = str_trim(str_slice(bytes, 0, bytes.len < HTML_BYTES ? bytes.len : HTML_BYTES));
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (str_starts(head, str_from(others[i])))
            return false;
    for (ptrdiff_t at = str_find_byte(head, '<', 0); at >= 0; at = str_find_byte(head, '<', (size_t)at + 1)) {
        char next = (size_t)at + 1 < head.len ? head.ptr[at + 1] : '\0';
        if (next == '!' || ((next | 0x20) >= 'a' && (next | 0x20) <= 'z'))
            return true;
    }
    return false;
}

/* ---- What was found ---- */

/* Paragraphs of prose; blocks are joined by blank lines. */
static size_t prose_blocks(struct str text)
{
    size_t found = 0;
    while (text.len) {
        ptrdiff_t end = str_find(text, STR("\n\n"), 0);
        struct str block = str_slice(text, 0, end < 0 ? text.len : (size_t)end);
        /* Scripts without spaces: a character is about half a word. */
        found += layout_words(block) >= PROSE_WORDS ||
                 (layout_words(block) < PROSE_WORDS / 4 && block.len > PROSE_WORDS * 9);
        text = str_slice(text, end < 0 ? text.len : (size_t)end + 2, text.len);
    }
    return found;
}

/* ---- Signs ---- */

struct signs {
    bool article;   /* it tells machines that it is one */
    bool locked;    /* and that it is not free */
    bool wall;      /* an element named for a paywall */
    bool challenge; /* an element or address of a bot challenge */
    bool consent;   /* of a consent platform that takes the page's place */
    struct str title;
    size_t headlines, headline_bytes; /* links long enough to be those of articles */
};

static void read_meta(const struct dom *dom, uint32_t node, struct signs *signs)
{
    struct str name = dom_attribute(dom, node, "property");
    struct str content = dom_attribute(dom, node, "content");
    name = name.len ? name : dom_attribute(dom, node, "name");
    signs->article |= str_starts_nocase(name, STR("article:")) ||
                      (str_equal_nocase(name, STR("og:type")) && str_equal_nocase(content, STR("article")));
    signs->locked |=
        str_equal_nocase(name, STR("article:content_tier")) && !str_equal_nocase(content, STR("free"));
}

/* "isAccessibleForFree": false, with or without quotes, in any case. */
static bool says_locked(struct str json)
{
    ptrdiff_t at = str_find(json, STR("\"isAccessibleForFree\""), 0);
    if (at < 0)
        return false;
    struct str rest =
        str_trim_ascii(str_slice(json, (size_t)at + strlen("\"isAccessibleForFree\""), json.len));
    if (rest.len == 0 || rest.ptr[0] != ':')
        return false;
    rest = str_trim_ascii(str_slice(rest, 1, rest.len));
    return str_starts_nocase(rest, STR("false")) || str_starts_nocase(rest, STR("\"false"));
}

static void read_json_ld(const struct dom *dom, uint32_t node, struct signs *signs)
{
    static const char *const types[] = {"Article\"", "BlogPosting\"", "LiveBlog", "Reportage", NULL};
    if (str_find_nocase(dom_attribute(dom, node, "type"), STR("ld+json"), 0) < 0 ||
        node + 1 >= dom->nodes[node].end)
        return;
    struct str json = dom->nodes[node + 1].text;
    signs->article |= layout_has_any(json, types);
    signs->locked |= says_locked(json);
}

/* What the page's builders call the element, and what it fetches or sends to. */
static void read_names(const struct dom *dom, uint32_t node, struct signs *signs)
{
    static const char *const walls[] = {"paywall",           "pay-wall",        "regwall",
                                        "registration-wall", "subscriber-only", "premium-wall",
                                        "paid-content",      "bezahlschranke",  NULL};
    static const char *const challenges[] = {"cf-challenge",
                                             "cf_chl",
                                             "challenge-form",
                                             "challenge-running",
                                             "px-captcha",
                                             "h-captcha",
                                             "g-recaptcha",
                                             "captcha-container",
                                             NULL};
    static const char *const gates[] = {"challenge-platform", "captcha-delivery",   "_incapsula_",
                                        "ddos-guard",         "perimeterx",         "awswaf",
                                        "/sec/captcha",       "validate.perfdrive", NULL};
    static const char *const consents[] = {"consent.",     "/consent",     "cookiewall",      "cookie-wall",
                                           "privacy-gate", "privacy-mgmt", "/collectconsent", NULL};
    static const char *const fetched[] = {"src", "action", "data-src"};
    signs->wall |= layout_is_named(dom, node, walls);
    signs->challenge |= layout_is_named(dom, node, challenges);
    for (size_t i = 0; i < sizeof(fetched) / sizeof(fetched[0]); i++) {
        struct str value = dom_attribute(dom, node, fetched[i]);
        signs->challenge |= value.len && layout_has_any(value, gates);
        /* A script alone stands on every page; a form or frame is what one looks at. */
        signs->consent |= value.len && dom->nodes[node].tag != TAG_SCRIPT && layout_has_any(value, consents);
    }
}

static void read_link(const struct dom *dom, uint32_t node, struct signs *signs)
{
    size_t words = 0, bytes = 0;
    for (uint32_t i = node + 1; i < dom->nodes[node].end; i++) {
        words += layout_words(dom->nodes[i].text);
        bytes += dom->nodes[i].text.len;
    }
    if (words < HEADLINE_WORDS)
        return;
    signs->headlines++;
    signs->headline_bytes += bytes;
}

static struct signs read_signs(const struct dom *dom)
{
    struct signs signs = {0};
    for (uint32_t i = 0; i < dom->count; i++) {
        enum html_tag tag = dom->nodes[i].tag;
        if (tag == TAG_TEXT)
            continue;
        if (tag == TAG_META)
            read_meta(dom, i, &signs);
        else if (tag == TAG_SCRIPT)
            read_json_ld(dom, i, &signs);
        else if (tag == TAG_TITLE && !signs.title.ptr && i + 1 < dom->nodes[i].end)
            signs.title = utf8_cut(str_trim(dom->nodes[i + 1].text), TITLE_BYTES);
        else if (tag == TAG_A)
            read_link(dom, i, &signs);
        if (dom->nodes[i].attribute_count)
            read_names(dom, i, &signs);
    }
    return signs;
}

/* ---- The kinds ---- */

static bool is_challenge(const struct signs *signs, const struct text_blocks *text)
{
    static const char *const titles[] = {"just a moment",
                                         "attention required",
                                         "access denied",
                                         "are you a robot",
                                         "verify you are human",
                                         "human verification",
                                         "checking your browser",
                                         "security check",
                                         "bot verification",
                                         "request unsuccessful",
                                         "pardon our interruption",
                                         "ddos-guard",
                                         "captcha",
                                         "nur einen moment",
                                         "un instant",
                                         "un momento",
                                         "blocked",
                                         NULL};
    if (signs->article)
        return false;
    return signs->title.len && layout_has_any(signs->title, titles) ? true
                                                                    : signs->challenge && text->length < 300;
}

/* Of the notice's words one in twenty speaks of cookies and consent. */
static bool speaks_of_consent(struct str text)
{
    static const char *const words[] = {
        "cookie",      "consent",     "zustimm",  "einwillig",
        "datenschutz", "privacy",     "tracking", "partner",
        "consenso",    "toestemming", "samtycke", "samtykke",
        "zgod",        "gizlilik",    "soglasi",  "\xD1\x81\xD0\xBE\xD0\xB3\xD0\xBB\xD0\xB0\xD1\x81",
        NULL};
    size_t found = 0, words_all = 0;
    struct str rest = text, word;
    while (rest.ptr && str_split(&rest, ' ', &word)) {
        words_all += word.len > 0;
        found += word.len && layout_has_any(word, words);
    }
    return found >= 3 && found * 20 >= words_all;
}

enum page_kind page_kind_of(const struct dom *dom, const struct text_blocks *text)
{
    size_t prose = prose_blocks(text->text);
    if (text->length > NOTICE_POINTS && prose >= PROSE_BLOCKS)
        return PAGE_ARTICLE;
    struct signs signs = read_signs(dom);
    if (text->length <= NOTICE_POINTS && is_challenge(&signs, text))
        return PAGE_CHALLENGE;
    if (!signs.article && text->length <= NOTICE_POINTS &&
        (speaks_of_consent(text->text) || (signs.consent && text->length < 300)))
        return PAGE_CONSENT;
    if (text->length <= TEASER_POINTS && (signs.locked || (signs.wall && prose < PROSE_BLOCKS)))
        return PAGE_PAYWALL;
    if (text->length == 0)
        return signs.headlines >= HEADLINES_MIN && !signs.article ? PAGE_LIST : PAGE_SHELL;
    if (!signs.article && prose == 0 && signs.headlines >= HEADLINES_MIN &&
        signs.headline_bytes + signs.headlines * BETWEEN_BYTES > text->text.len)
        return PAGE_LIST;
    return PAGE_ARTICLE;
}

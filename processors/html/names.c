/* names: word lists, and how they are looked for: in id and class apart, in lower case, at word borders. */
#include "processors/html/names.h"

enum { NAME_BYTES_MAX = 200 /* of an id or class list that is looked at */ };

/* Whole names, with '-' for every separator. */
static const char *const body_names[] = {
    "article-body",
    "articlebody",
    "article-content",
    "articlecontent",
    "article-text",
    "articletext",
    "article-body-content",
    "entry-content",
    "post-content",
    "postcontent",
    "post-body",
    "post-text",
    "story-body",
    "storybody",
    "story-content",
    "story-text",
    "storytext",
    "content-body",
    "body-text",
    "bodytext",
    "news-text",
    "newstext",
    "news-body",
    "news-content",
    "rich-text",
    "richtext",
    "artikeltext",
    "article-main",
    "main-text",
    "text-body",
    "single-content",
    "td-post-content",
    "body-copy",
    "bodycopy",
    "story-main",
    "c-entry-content",
    "field-name-body",
    "article-paragraph",
    "article-detail",
};

static const char *const content_words[] = {
    "article", "body", "content", "entry",   "main",    "page", "post",
    "text",    "blog", "story",   "artikel", "noticia", "news",
};

/* Words anywhere between separators. */
static const char *const boilerplate_words[] = {
    "share",
    "sharing",
    "social",
    "related",
    "recommended",
    "recommend",
    "newsletter",
    "subscribe",
    "subscription",
    "comment",
    "comments",
    "disqus",
    "footer",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "nav",
    "navigation",
    "menu",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "sponsor",
    "sponsored",
    "promo",
    "promotion",
    "promoted",
    "banner",
    "popup",
    "modal",
    "overlay",
    "cookie",
    "consent",
    "gdpr",
    "tags",
    "taglist",
    "byline",
    "authorbox",
    "popular",
    "trending",
    "mostread",
    "teaser",
    "teasers",
    "outbrain",
    "taboola",
    "paywall",
    "login",
    "signup",
    "rating",
    "print",
    "toolbar",
    "widget",
    "copyright",
    "follow",
    "pagination",
    "pager",
    "skip",
    "masthead",
    "timestamp",
    "dateline-published",
    "verwandt",
    "weitere",
    "publicite",
    "publicidad",
    "relacionadas",
    "relacionados",
    "correlati",
};

static const char *const hidden_words[] = {"hidden", "visually-hidden", "sr-only", "screen-reader-text",
                                           "visuallyhidden"};

static bool separator(char c)
{
    return c == ' ' || c == '-' || c == '_' || c == '\t' || c == '\n' || c == ':' || c == '/';
}

/* Lower case, one kind of separator inside a name ('-'), a space between names. */
static struct str normal(struct str value, char *buffer)
{
    size_t len = 0;
    for (size_t i = 0; i < value.len && len < NAME_BYTES_MAX; i++) {
        char c = value.ptr[i];
        bool camel = c >= 'A' && c <= 'Z' && i > 0 && value.ptr[i - 1] >= 'a' && value.ptr[i - 1] <= 'z';
        if (camel && len + 1 < NAME_BYTES_MAX)
            buffer[len++] = '-';
        buffer[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '_' ? '-' : c;
    }
    return str_make(buffer, len);
}

static bool has_word(struct str names, const char *word, bool whole)
{
    size_t len = strlen(word);
    for (ptrdiff_t at = str_find(names, str_from(word), 0); at >= 0;
         at = str_find(names, str_from(word), (size_t)at + 1)) {
        size_t begin = (size_t)at, end = begin + len;
        char before = begin ? names.ptr[begin - 1] : ' ', behind = end < names.len ? names.ptr[end] : ' ';
        if (whole ? (before == ' ' && behind == ' ') : (separator(before) && separator(behind)))
            return true;
    }
    return false;
}

static bool has_any(struct str names, const char *const *words, size_t count, bool whole)
{
    for (size_t i = 0; i < count; i++)
        if (has_word(names, words[i], whole))
            return true;
    return false;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static unsigned meanings(struct str value)
{
    char buffer[NAME_BYTES_MAX + 1];
    if (value.len == 0)
        return 0;
    struct str names = normal(value, buffer);
    unsigned found = 0;
    if (has_any(names, body_names, COUNT(body_names), true))
        return NAME_BODY | NAME_CONTENT;
    if (has_any(names, content_words, COUNT(content_words), false))
        found |= NAME_CONTENT;
    if (has_any(names, boilerplate_words, COUNT(boilerplate_words), false))
        found |= NAME_BOILERPLATE;
    if (has_any(names, hidden_words, COUNT(hidden_words), true))
        found |= NAME_HIDDEN;
    return found;
}

unsigned names_of(const struct dom *dom, uint32_t node)
{
    const struct dom_node *at = &dom->nodes[node];
    unsigned found = 0;
    for (uint32_t i = 0; i < at->attribute_count; i++) {
        struct str name = at->attributes[i].name, value = at->attributes[i].value;
        if (str_equal(name, STR("class")) || str_equal(name, STR("id")))
            found |= meanings(value);
        else if (str_equal(name, STR("itemprop")) && str_equal_nocase(value, STR("articleBody")))
            found |= NAME_BODY | NAME_CONTENT;
        else if (str_equal(name, STR("hidden")) ||
                 (str_equal(name, STR("aria-hidden")) && str_equal(value, STR("true"))))
            found |= NAME_HIDDEN;
        else if (str_equal(name, STR("style")) && (str_find_nocase(value, STR("display:none"), 0) >= 0 ||
                                                   str_find_nocase(value, STR("display: none"), 0) >= 0))
            found |= NAME_HIDDEN;
        else if (str_equal(name, STR("role")) &&
                 (str_equal(value, STR("navigation")) || str_equal(value, STR("complementary")) ||
                  str_equal(value, STR("contentinfo")) || str_equal(value, STR("banner")) ||
                  str_equal(value, STR("dialog"))))
            found |= NAME_BOILERPLATE;
    }
    return found & NAME_BODY ? found & ~(unsigned)NAME_BOILERPLATE : found;
}

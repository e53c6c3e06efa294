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
    "share",      "sharing",      "social",    "related",    "recommended",  "recommend",    "newsletter",
    "subscribe",  "subscription", "comment",   "comments",   "disqus",       "footer",       "sidebar",
    "breadcrumb", "breadcrumbs",  "nav",       "navigation", "menu",         "advert",       "advertisement",
    "ad",         "ads",          "sponsor",   "sponsored",  "promo",        "promotion",    "promoted",
    "banner",     "popup",        "modal",     "overlay",    "cookie",       "consent",      "gdpr",
    "tags",       "taglist",      "byline",    "authorbox",  "popular",      "trending",     "mostread",
    "teaser",     "teasers",      "outbrain",  "taboola",    "paywall",      "login",        "signup",
    "rating",     "print",        "toolbar",   "widget",     "copyright",    "follow",       "pagination",
    "pager",      "skip",         "masthead",  "timestamp",

    "verwandt",   "weitere",      "publicite", "publicidad", "relacionadas", "relacionados", "correlati",
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
        buffer[len++] = c >= 'A' && c <= 'Z'     ? (char)(c + 32)
                        : c == '_'               ? '-'
                        : (unsigned char)c < ' ' ? ' '
                                                 : c;
    }
    return str_make(buffer, len);
}

static bool in_list(struct str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i][0] == word.ptr[0] && strlen(list[i]) == word.len &&
            memcmp(list[i], word.ptr, word.len) == 0)
            return true;
    return false;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* One name of the list: looked for as a whole, then by its words. */
static unsigned meanings_of_name(struct str name)
{
    if (in_list(name, body_names, COUNT(body_names)))
        return NAME_BODY | NAME_CONTENT;
    unsigned found = in_list(name, hidden_words, COUNT(hidden_words)) ? NAME_HIDDEN : 0;
    for (size_t at = 0, end; at < name.len; at = end + 1) {
        for (end = at; end < name.len && !separator(name.ptr[end]); end++)
            continue;
        struct str word = str_slice(name, at, end);
        if (word.len == 0)
            continue;
        found |= in_list(word, content_words, COUNT(content_words)) ? NAME_CONTENT : 0;
        found |= in_list(word, boilerplate_words, COUNT(boilerplate_words)) ? NAME_BOILERPLATE : 0;
    }
    return found;
}

static unsigned meanings(struct str value)
{
    char buffer[NAME_BYTES_MAX + 1];
    struct str names = normal(value, buffer), name;
    unsigned found = 0;
    while (names.ptr && str_split(&names, ' ', &name))
        if (name.len)
            found |= meanings_of_name(name);
    return found & NAME_BODY ? NAME_BODY | NAME_CONTENT : found;
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

/* discover: reads the page with libxml2's HTML parser by events, without a tree. */
#include "feeds/html/discover.h"

#include <errno.h>
#include <libxml/HTMLparser.h>

#include "base/url.h"

enum { CHUNK_BYTES = 32768 };

const char *const discover_usual_paths[] = {"/feed",     "/rss",       "/rss.xml",   "/feed.xml",
                                            "/atom.xml", "/index.xml", "/feed.json", NULL};

struct page {
    struct arena *arena;
    struct str base;
    struct discovered_feed *named, *guessed;
    size_t named_count, guessed_count;
    bool failed;
};

static struct str attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (attributes[1] && !xmlStrcasecmp(attributes[0], (const xmlChar *)name))
            return str_trim(str_from((const char *)attributes[1]));
    return STR_NONE;
}

static bool has_token(struct str list, struct str wanted)
{
    struct str token;
    while (str_split(&list, ' ', &token))
        if (str_equal_nocase(str_trim(token), wanted))
            return true;
    return false;
}

static bool is_feed_type(struct str type)
{
    static const char *const types[] = {"application/rss+xml", "application/atom+xml",
                                        "application/feed+json", "application/rdf+xml", "application/json"};
    ptrdiff_t parameters = str_find_byte(type, ';', 0);
    struct str plain = str_trim(parameters < 0 ? type : str_slice(type, 0, (size_t)parameters));
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_equal_nocase(plain, str_from(types[i])))
            return true;
    return false;
}

static bool looks_like_feed(struct str url)
{
    static const char *const ends[] = {".rss",      ".rdf",       "/rss",       "/rss/",
                                       "/feed",     "/feed/",     "/rss.xml",   "/atom.xml",
                                       "/feed.xml", "/index.xml", "/feed.json", "/rss.php"};
    ptrdiff_t query = str_find_byte(url, '?', 0);
    struct str path = query < 0 ? url : str_slice(url, 0, (size_t)query);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (str_ends(path, str_from(ends[i])))
            return true;
    return false;
}

static void add(struct page *page, struct discovered_feed **list, size_t *count, struct str href,
                struct str title, struct str type)
{
    struct str url = href.len ? url_resolve(page->arena, page->base, href) : STR_NONE;
    if (*count == DISCOVERED_MAX || !url.ptr || !url_is_http(url))
        return;
    for (size_t i = 0; i < *count; i++)
        if (str_equal((*list)[i].url, url))
            return;
    if (!*list)
        *list = arena_new_array(page->arena, struct discovered_feed, DISCOVERED_MAX);
    if (!*list) {
        page->failed = true;
        return;
    }
    (*list)[(*count)++] =
        (struct discovered_feed){url, arena_str(page->arena, title), arena_str(page->arena, type)};
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct page *page = context;
    struct str href = attribute(attributes, "href");
    if (!xmlStrcasecmp(name, (const xmlChar *)"base") && href.len) {
        page->base = url_resolve(page->arena, page->base, href);
    } else if (!xmlStrcasecmp(name, (const xmlChar *)"link")) {
        struct str rel = attribute(attributes, "rel"), type = attribute(attributes, "type");
        if (has_token(rel, STR("feed")) || (has_token(rel, STR("alternate")) && is_feed_type(type)))
            add(page, &page->named, &page->named_count, href, attribute(attributes, "title"), type);
    } else if (!xmlStrcasecmp(name, (const xmlChar *)"a") && looks_like_feed(href)) {
        add(page, &page->guessed, &page->guessed_count, href, attribute(attributes, "title"), STR_NONE);
    }
}

static void on_error(void *context, const char *format, ...)
{
    (void)context, (void)format; /* pages are never well formed */
}

int discover_feeds(struct arena *arena, struct str html, struct str url, struct discovered_feed **ret_feeds,
                   size_t *ret_count)
{
    struct page page = {.arena = arena, .base = url};
    htmlSAXHandler events = {.startElement = on_start, .error = on_error, .warning = on_error};
    htmlParserCtxtPtr parser =
        htmlCreatePushParserCtxt(&events, &page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!parser)
        return -ENOMEM;
    htmlCtxtUseOptions(parser,
                       HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER);
    for (size_t at = 0; at < html.len && !page.failed; at += CHUNK_BYTES)
        (void)htmlParseChunk(parser, html.ptr + at,
                             (int)(html.len - at < CHUNK_BYTES ? html.len - at : CHUNK_BYTES), 0);
    (void)htmlParseChunk(parser, NULL, 0, 1);
    htmlFreeParserCtxt(parser);
    *ret_feeds = page.named_count ? page.named : page.guessed;
    *ret_count = page.named_count ? page.named_count : page.guessed_count;
    return page.failed ? -ENOMEM : 0;
}

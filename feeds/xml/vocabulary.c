/* vocabulary: tables of namespaces and names, searched by halving. Called once for each new name of a
 * document (xml.c remembers the answers), so plain search is fast enough. Pure; any thread. */
#include "feeds/xml/vocabulary.h"

#include <stddef.h>

enum { URI_BYTES_MAX = 96, NAME_BYTES_MAX = 24 };

struct known_uri {
    const char *text; /* lower case, without scheme and final '/' or '#' */
    enum feed_namespace namespace;
};

/* Sorted by text. */
static const struct known_uri uris[] = {
    {"backend.userland.com/creativecommonsrssmodule", NS_CC},
    {"backend.userland.com/rss", NS_RSS},
    {"backend.userland.com/rss091", NS_RSS},
    {"backend.userland.com/rss2", NS_RSS},
    {"backend.userland.com/rss2.0", NS_RSS},
    {"blogs.law.harvard.edu/tech/rss", NS_RSS},
    {"channel.netscape.com/rdf/simple/0.9", NS_RSS090},
    {"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", NS_CC},
    {"cyber.law.harvard.edu/rss/rss.html", NS_RSS},
    {"example.com/dtds/podcast-1.0.dtd", NS_ITUNES},
    {"example.com/necho", NS_ATOM03},
    {"example.com/newformat", NS_ATOM03},
    {"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", NS_PODCAST},
    {"my.netscape.com/publish/formats/rss-0.9", NS_RSS090},
    {"my.netscape.com/publish/formats/rss-0.91", NS_RSS},
    {"my.netscape.com/rdf/simple/0.9", NS_RSS090},
    {"podcastindex.org/namespace/1.0", NS_PODCAST},
    {"purl.org/atom-blog/ns", NS_ATOM03},
    {"purl.org/atom/ns", NS_ATOM03},
    {"purl.org/atompub/tombstones/1.0", NS_TOMBSTONES},
    {"purl.org/dc/elements/1.0", NS_DC},
    {"purl.org/dc/elements/1.1", NS_DC},
    {"purl.org/dc/terms", NS_DCTERMS},
    {"purl.org/net/rss1.1", NS_RSS},
    {"purl.org/pie", NS_ATOM03},
    {"purl.org/rss/1.0", NS_RSS10},
    {"purl.org/rss/1.0/modules/content", NS_CONTENT},
    {"purl.org/rss/1.0/modules/slash", NS_SLASH},
    {"purl.org/rss/1.0/modules/syndication", NS_SYNDICATION},
    {"purl.org/syndication/history/1.0", NS_HISTORY},
    {"purl.org/syndication/thread/1.0", NS_THREAD},
    {"rssnamespace.org/feedburner/ext/1.0", NS_FEEDBURNER},
    {"search.yahoo.com/mrss", NS_MEDIA},
    {"video.search.yahoo.com/mrss", NS_MEDIA},
    {"web.resource.org/cc", NS_CC},
    {"webns.net/mvcb", NS_ADMIN},
    {"wellformedweb.org/commentapi", NS_WFW},
    {"www.georss.org/georss", NS_GEORSS},
    {"www.google.com/schemas/sitemap-image/1.1", NS_SITEMAP_IMAGE},
    {"www.google.com/schemas/sitemap-news/0.9", NS_NEWS},
    {"www.google.com/schemas/sitemap-video/1.1", NS_SITEMAP_VIDEO},
    {"www.google.com/schemas/sitemap/0.84", NS_SITEMAP},
    {"www.google.com/schemas/sitemap/0.9", NS_SITEMAP},
    {"www.itunes.com/dtds/podcast-1.0.dtd", NS_ITUNES},
    {"www.opengis.net/gml", NS_GML},
    {"www.opengis.net/gml/3.2", NS_GML},
    {"www.sitemaps.org/schemas/sitemap/0.9", NS_SITEMAP},
    {"www.w3.org/1998/math/mathml", NS_MATHML},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", NS_RDF},
    {"www.w3.org/1999/xhtml", NS_XHTML},
    {"www.w3.org/1999/xlink", NS_XLINK},
    {"www.w3.org/2000/svg", NS_SVG},
    {"www.w3.org/2003/01/geo/wgs84_pos", NS_GEO},
    {"www.w3.org/2005/atom", NS_ATOM10},
    {"www.w3.org/xml/1998/namespace", NS_XML},
};

static const struct known_uri prefixes[] = {
    {"admin", NS_ADMIN},
    {"at", NS_TOMBSTONES},
    {"atom", NS_ATOM10},
    {"atom10", NS_ATOM10},
    {"cc", NS_CC},
    {"content", NS_CONTENT},
    {"creativecommons", NS_CC},
    {"dc", NS_DC},
    {"dcterms", NS_DCTERMS},
    {"feedburner", NS_FEEDBURNER},
    {"fh", NS_HISTORY},
    {"geo", NS_GEO},
    {"georss", NS_GEORSS},
    {"gml", NS_GML},
    {"itunes", NS_ITUNES},
    {"media", NS_MEDIA},
    {"news", NS_NEWS},
    {"podcast", NS_PODCAST},
    {"rdf", NS_RDF},
    {"slash", NS_SLASH},
    {"svg", NS_SVG},
    {"sy", NS_SYNDICATION},
    {"thr", NS_THREAD},
    {"wfw", NS_WFW},
    {"xhtml", NS_XHTML},
    {"xlink", NS_XLINK},
    {"xml", NS_XML},
};

static const char *const names[] = {
#define FEED_NAME_TEXT(symbol, text) text,
    FEED_NAMES(FEED_NAME_TEXT)
#undef FEED_NAME_TEXT
};

static size_t lower_copy(struct str s, char *out, size_t size)
{
    if (s.len > size)
        return 0;
    for (size_t i = 0; i < s.len; i++)
        out[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] | 0x20) : s.ptr[i];
    return s.len;
}

static int compare(struct str key, const char *text)
{
    size_t len = strlen(text);
    int order = memcmp(key.ptr, text, key.len < len ? key.len : len);
    return order ? order : (key.len > len) - (key.len < len);
}

static enum feed_namespace find(const struct known_uri *table, size_t count, struct str key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(key, table[middle].text);
        if (order == 0)
            return table[middle].namespace;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NS_UNKNOWN;
}

enum feed_namespace vocabulary_namespace(struct str uri)
{
    char text[URI_BYTES_MAX];
    uri = str_trim(uri);
    if (str_empty(uri))
        return NS_NONE;
    if (str_starts_nocase(uri, STR("http://")))
        uri = str_slice(uri, 7, uri.len);
    else if (str_starts_nocase(uri, STR("https://")))
        uri = str_slice(uri, 8, uri.len);
    while (uri.len && (uri.ptr[uri.len - 1] == '/' || uri.ptr[uri.len - 1] == '#'))
        uri.len--;
    size_t len = lower_copy(uri, text, sizeof(text));
    return len ? find(uris, sizeof(uris) / sizeof(*uris), str_make(text, len)) : NS_UNKNOWN;
}

enum feed_namespace vocabulary_usual_prefix(struct str prefix)
{
    char text[NAME_BYTES_MAX];
    size_t len = lower_copy(prefix, text, sizeof(text));
    return len ? find(prefixes, sizeof(prefixes) / sizeof(*prefixes), str_make(text, len)) : NS_UNKNOWN;
}

enum feed_name vocabulary_name(struct str local)
{
    char text[NAME_BYTES_MAX];
    size_t len = lower_copy(local, text, sizeof(text));
    size_t low = 0, high = sizeof(names) / sizeof(*names);
    while (len && low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(str_make(text, len), names[middle]);
        if (order == 0)
            return (enum feed_name)(middle + 1);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NAME_UNKNOWN;
}

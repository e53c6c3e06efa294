/* bench_parse: feeds to JSON on one core, beside a bare libxml2 SAX pass over the same bytes in the same run.
 *
 * The feeds are made here from a fixed seed, in the proportions and sizes that news feeds have: most are
 * RSS 2.0 with escaped or CDATA HTML, some Atom, RDF, JSON and news sitemaps; 20 KB to 2 MB. Our time is
 * parse, normalise (dates, URLs, people, safe HTML) and JSON out; the bare pass is libxml2's SAX2 interface
 * with handlers that do nothing. */
#include <libxml/parser.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "feeds/parse/feed_json.h"

enum { DOCUMENTS = 60, ARENA_BYTES = 256 << 20 };

static uint64_t seed = 20220111;

static unsigned pick(unsigned bound)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % bound;
}

static const char *const words[] = {
    "the",
    "council",
    "of",
    "river",
    "said",
    "on",
    "Tuesday",
    "that",
    "water",
    "levels",
    "had",
    "risen",
    "by",
    "metres",
    "after",
    "heavy",
    "rain",
    "in",
    "northern",
    "districts",
    "Ministry",
    "bridge",
    "near",
    "Marlow",
    "was",
    "closed",
    "to",
    "lorries",
    "and",
    "buses",
    "engineers",
    "checked",
    "its",
    "pillars",
    "Anna",
    "Keller",
    "who",
    "leads",
    "team",
    "told",
    "reporters",
    "repairs",
    "could",
    "take",
    "three",
    "weeks",
    "caf\xC3\xA9",
    "Z\xC3\xBCrich",
    "\xE2\x80\x9Cno\xE2\x80\x9D",
    "\xE2\x80\x94",
};

static void add(struct buffer *out, const char *text)
{
    (void)buffer_append(out, text, strlen(text));
}

static void add_words(struct buffer *out, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        add(out, words[pick(sizeof(words) / sizeof(words[0]))]);
        add(out, i + 1 == count ? "." : pick(12) == 0 ? ", " : " ");
    }
}

/* Paragraphs with the links and images that articles carry, escaped once when `escaped`. */
static void add_html(struct buffer *out, size_t bytes, bool escaped)
{
    const char *open = escaped ? "&lt;" : "<", *close = escaped ? "&gt;" : ">",
               *quote = escaped ? "&quot;" : "\"";
    size_t end = out->len + bytes;
    while (out->len < end) {
        (void)buffer_printf(out, "%sp%s", open, close);
        add_words(out, 20 + pick(40));
        if (pick(3) == 0)
            (void)buffer_printf(out, " %sa href=%shttps://news.example/2022/01/%u/%s%sread on%s/a%s", open,
                                quote, pick(9999), quote, close, open, close);
        if (pick(5) == 0)
            (void)buffer_printf(out, "%simg src=%s/images/%u.jpg%s alt=%sA bridge%s width=%s800%s /%s", open,
                                quote, pick(9999), quote, quote, quote, quote, quote, close);
        add(out, escaped ? " Q&amp;amp;A" : " Q&amp;A");
        (void)buffer_printf(out, "%s/p%s\n", open, close);
    }
}

static void rss_item(struct buffer *out, unsigned number, size_t bytes)
{
    add(out, "<item>\n<title>");
    add_words(out, 8 + pick(6));
    (void)buffer_printf(out,
                        "</title>\n<link>https://news.example/2022/01/11/story-%u?utm_source=rss</link>\n"
                        "<guid isPermaLink=\"false\">https://news.example/?p=%u</guid>\n"
                        "<pubDate>Tue, 11 Jan 2022 %02u:%02u:00 +0000</pubDate>\n<dc:creator><![CDATA[Anna "
                        "Keller]]></dc:creator>\n",
                        number, number, pick(24), pick(60));
    for (unsigned i = 1 + pick(4); i > 0; i--) {
        add(out, "<category><![CDATA[");
        add(out, words[pick(20)]);
        add(out, "]]></category>\n");
    }
    if (pick(2))
        (void)buffer_printf(out,
                            "<media:content url=\"https://cdn.example/%u.jpg\" medium=\"image\" "
                            "width=\"1200\" height=\"675\">"
                            "<media:credit role=\"photographer\">Bo Lind</media:credit></media:content>\n",
                            number);
    bool cdata = pick(3) != 0;
    add(out, cdata ? "<description><![CDATA[" : "<description>");
    add_html(out, 200 + pick(200), !cdata);
    add(out, cdata ? "]]></description>\n" : "</description>\n");
    if (bytes > 1000) {
        add(out, "<content:encoded><![CDATA[");
        add_html(out, bytes - 800, false);
        add(out, "]]></content:encoded>\n");
    }
    add(out, "</item>\n");
}

static void make_rss(struct buffer *out, size_t bytes)
{
    add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
             "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\""
             " xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n<title>The Marlow Post</title>\n"
             "<atom:link href=\"https://news.example/feed\" rel=\"self\" type=\"application/rss+xml\" />\n"
             "<link>https://news.example</link>\n<description>News</description>\n<language>en-GB</"
             "language>\n<ttl>30</ttl>\n");
    size_t item = pick(3) ? 900 : 3000 + pick(5000);
    for (unsigned i = 0; out->len < bytes; i++)
        rss_item(out, i, item);
    add(out, "</channel>\n</rss>\n");
}

static void make_atom(struct buffer *out, size_t bytes)
{
    add(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
             "xml:lang=\"en\">\n<title>The Marlow Post</title>\n"
             "<id>tag:news.example,2022:feed</id>\n<link rel=\"self\" "
             "href=\"https://news.example/atom\"/>\n<updated>2022-01-11T11:33:00Z</updated>\n");
    for (unsigned i = 0; out->len < bytes; i++) {
        (void)buffer_printf(out, "<entry>\n<id>tag:news.example,2022:%u</id>\n<title type=\"html\">", i);
        add_words(out, 8 + pick(6));
        (void)buffer_printf(out,
                            "</title>\n<link rel=\"alternate\" type=\"text/html\" "
                            "href=\"/2022/%u\"/>\n<published>2022-01-11T11:33:00Z</published>\n"
                            "<updated>2022-01-11T12:00:00+01:00</updated>\n<author><name>Anna "
                            "Keller</name><uri>/anna</uri></author>\n"
                            "<category term=\"city\"/>\n<content type=\"html\">",
                            i);
        add_html(out, 2000 + pick(3000), true);
        add(out, "</content>\n</entry>\n");
    }
    add(out, "</feed>\n");
}

static void make_rdf(struct buffer *out, size_t bytes)
{
    add(out, "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
             "xmlns=\"http://purl.org/rss/1.0/\""
             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel "
             "rdf:about=\"https://news.example/\"><title>Post</title></channel>\n");
    for (unsigned i = 0; out->len < bytes; i++) {
        (void)buffer_printf(out, "<item rdf:about=\"https://news.example/%u\">\n<title>", i);
        add_words(out, 8 + pick(6));
        (void)buffer_printf(out,
                            "</title>\n<link>https://news.example/%u</link>\n<dc:date>2022-01-11T11:33:00Z</"
                            "dc:date>\n<description>",
                            i);
        add_html(out, 300, true);
        add(out, "</description>\n</item>\n");
    }
    add(out, "</rdf:RDF>\n");
}

static void make_json(struct buffer *out, size_t bytes)
{
    add(out, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Post\",\"items\":[");
    for (unsigned i = 0; out->len < bytes; i++) {
        (void)buffer_printf(out, "%s{\"id\":\"%u\",\"url\":\"https://news.example/%u\",\"title\":\"",
                            i ? "," : "", i, i);
        add_words(out, 8 + pick(6));
        add(out, "\",\"date_published\":\"2022-01-11T11:33:00Z\",\"content_text\":\"");
        add_words(out, 200);
        add(out, "\"}");
    }
    add(out, "]}");
}

static void make_sitemap(struct buffer *out, size_t bytes)
{
    add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
             "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
             " xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n");
    for (unsigned i = 0; out->len < bytes; i++) {
        (void)buffer_printf(
            out,
            "<url>\n<loc>https://news.example/2022/01/11/story-%u</"
            "loc>\n<news:news>\n<news:publication><news:name>Post</news:name>"
            "<news:language>en</news:language></"
            "news:publication>\n<news:publication_date>2022-01-11T11:33:00Z</news:publication_date>\n"
            "<news:title>",
            i);
        add_words(out, 8 + pick(6));
        add(out, "</news:title>\n</news:news>\n</url>\n");
    }
    add(out, "</urlset>\n");
}

/* Out of a hundred: RSS, Atom, RDF, JSON, sitemap. Sizes: many small ones, few large ones. */
static void make_document(struct buffer *out)
{
    unsigned which = pick(100), size = pick(100);
    size_t bytes = size < 55   ? 20000 + pick(80000)
                   : size < 90 ? 100000 + pick(300000)
                               : 400000 + pick(1600000);
    if (which < 68)
        make_rss(out, bytes);
    else if (which < 84)
        make_atom(out, bytes);
    else if (which < 89)
        make_rdf(out, bytes);
    else if (which < 91)
        make_json(out, bytes);
    else
        make_sitemap(out, bytes);
}

static void parse_ours(struct arena *arena, struct str text, struct buffer *out)
{
    struct feed_document *document;
    struct feed_parse_options options = {.url = STR("https://news.example/feed")};
    struct error error;
    arena_reset(arena);
    buffer_clear(out);
    if (feed_parse(arena, text, &options, &document, &error)) {
        (void)fprintf(stderr, "bench_parse: %s\n", error.text);
        exit(1);
    }
    struct json_writer *json = json_writer_create(out, false);
    feed_json_document(json, document);
    if (json_writer_finish(&json))
        exit(1);
}

static void start_nothing(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int namespaces, const xmlChar **declared, int attributes, int defaulted,
                          const xmlChar **values)
{
    (void)context, (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)attributes,
        (void)defaulted, (void)values;
}

static void end_nothing(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)context, (void)name, (void)prefix, (void)uri;
}

static void text_nothing(void *context, const xmlChar *text, int len)
{
    (void)context, (void)text, (void)len;
}

static void parse_bare(struct str text)
{
    static xmlSAXHandler handlers = {.initialized = XML_SAX2_MAGIC,
                                     .startElementNs = start_nothing,
                                     .endElementNs = end_nothing,
                                     .characters = text_nothing,
                                     .cdataBlock = text_nothing};
    xmlParserCtxt *context = xmlCreatePushParserCtxt(&handlers, NULL, NULL, 0, NULL);
    enum { CHUNK = 16384 };
    for (size_t at = 0; at < text.len; at += CHUNK)
        xmlParseChunk(context, text.ptr + at, (int)(text.len - at < CHUNK ? text.len - at : CHUNK), 0);
    xmlParseChunk(context, NULL, 0, 1);
    xmlFreeParserCtxt(context);
}

int main(int argc, char **argv)
{
    mallopt(M_TRIM_THRESHOLD, 16 << 20); /* as the daemon has it */
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 3;
    static struct buffer documents[DOCUMENTS];
    size_t bytes = 0, xml_bytes = 0, rounds_ours = 0, rounds_bare = 0;
    int64_t ours_us = 0, bare_us = 0, limit = (int64_t)(seconds * 1e6);
    struct buffer out = {0};
    struct arena *arena = arena_create(ARENA_BYTES);
    for (int i = 0; i < DOCUMENTS; i++) {
        make_document(&documents[i]);
        bytes += documents[i].len;
        if (documents[i].ptr[0] == '<')
            xml_bytes += documents[i].len;
    }
    /* Turn about, so that both meet the same machine. */
    while (ours_us < limit) {
        int64_t began = clock_thread_cpu_us();
        for (int i = 0; i < DOCUMENTS; i++)
            parse_ours(arena, buffer_str(&documents[i]), &out);
        ours_us += clock_thread_cpu_us() - began;
        rounds_ours++;
        began = clock_thread_cpu_us();
        for (int i = 0; i < DOCUMENTS; i++)
            if (documents[i].ptr[0] == '<')
                parse_bare(buffer_str(&documents[i]));
        bare_us += clock_thread_cpu_us() - began;
        rounds_bare++;
    }
    double ours = (double)(bytes * rounds_ours) / (double)ours_us,
           bare = (double)(xml_bytes * rounds_bare) / (double)bare_us;
    printf("%.1f %.1f %.3f %d %.1f\n", ours, bare, ours / bare, DOCUMENTS, (double)bytes / 1e6);
    for (int i = 0; i < DOCUMENTS; i++)
        buffer_done(&documents[i]);
    buffer_done(&out);
    arena_destroy(&arena);
    return 0;
}

/* parse: one document of any format: its encoding, its base, what it is, and the way to its reader. Pure; any
 * thread. */
#include <errno.h>

#include "base/url.h"
#include "base/utf8.h"
#include "feeds/charset.h"
#include "feeds/jsonfeed.h"
#include "feeds/repair.h"
#include "feeds/xml_feed.h"

enum { SNIFF_BYTES = 2048 };

const char *feed_format_name(enum feed_format format)
{
    static const char *const names[] = {"unknown",  "rss-0.90",     "rss-0.91n", "rss-0.91u",    "rss-0.92",
                                        "rss-0.93", "rss-0.94",     "rss-1.0",   "rss-2.0",      "rss",
                                        "atom-0.3", "atom-1.0",     "atom",      "json-1.0",     "json-1.1",
                                        "json",     "sitemap-news", "sitemap",   "sitemap-index"};
    return (size_t)format < sizeof(names) / sizeof(names[0]) ? names[format] : "unknown";
}

static struct str header_of(const struct feed_parse_options *options, const char *name)
{
    for (size_t i = 0; i < options->header_count; i++)
        if (str_equal_nocase(options->headers[i].name, str_from(name)))
            return options->headers[i].value;
    return STR_NONE;
}

static bool looks_like_html(struct str text)
{
    static const char *const marks[] = {"<!doctype html", "<html", "<head", "<body"};
    struct str head = str_slice(text, 0, SNIFF_BYTES);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_find_nocase(head, str_from(marks[i]), 0) >= 0)
            return true;
    return false;
}

static bool has_feed_root(struct str text)
{
    static const char *const roots[] = {"<rss",          "<feed",    "<rdf:rdf", "<urlset",
                                        "<sitemapindex", "<channel", ":feed",    "<rdf"};
    struct str head = str_slice(text, 0, SNIFF_BYTES);
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
        if (str_find_nocase(head, str_from(roots[i]), 0) >= 0)
            return true;
    return false;
}

static void note_repairs(struct feed_builder *build, const struct repair_result *repair,
                         const struct charset_result *charset, const struct xml_outcome *outcome)
{
    struct feed_document *document = build->document;
    if (charset->overridden)
        build_repair(build, STR("encoding-override"));
    if (charset->replaced)
        build_repair(build, STR("invalid-bytes"));
    if (repair->leading_junk)
        build_repair(build, STR("leading-junk"));
    if (repair->control_characters)
        build_repair(build, STR("control-characters"));
    if (repair->bare_ampersand)
        build_repair(build, STR("bare-ampersand"));
    if (repair->html_entity)
        build_repair(build, STR("html-entity"));
    if (outcome->undeclared_prefix)
        build_repair(build, STR("undeclared-prefix"));
    if (outcome->fault.len)
        document->malformed = outcome->fault;
    else if (document->repairs.count)
        document->malformed = document->repairs.items[0];
    document->truncated = !outcome->root_closed;
    document->limit_hit = document->limit_hit || outcome->limit_hit;
}

static int read_xml(struct feed_builder *build, struct str text, const struct charset_result *charset)
{
    struct repair_result repair;
    struct xml_outcome outcome = {0};
    int error = repair_xml(build->arena, text, &repair);
    if (error)
        return error;
    struct xml_feed_request request = {
        .text = repair.text,
        .recover = true,
        .netscape = str_find_nocase(str_slice(repair.text, 0, SNIFF_BYTES), STR("netscape"), 0) >= 0,
    };
    error = xml_feed_read(build, &request, &outcome);
    if (outcome.declares_entities)
        return error_set(build->words, ERR_LIMIT,
                         "the document declares entities, which can exhaust their reader");
    if (error == ERR_NOT_A_FEED && looks_like_html(repair.text))
        return error_set(build->words, ERR_NOT_A_FEED, "HTML page");
    if (error)
        return error;
    note_repairs(build, &repair, charset, &outcome);
    return build->error;
}

static int read_document(struct feed_builder *build, const struct charset_result *charset)
{
    struct str text = str_trim(charset->text);
    if (text.len == 0)
        return error_set(build->words, ERR_EMPTY, "the document is empty");
    build->document->encoding = charset->name;
    if (text.ptr[0] == '{' || text.ptr[0] == '[')
        return jsonfeed_read(build, text);
    if (looks_like_html(text) && !has_feed_root(text))
        return error_set(build->words, ERR_NOT_A_FEED, "HTML page");
    if (str_find_byte(text, '<', 0) < 0)
        return error_set(build->words, ERR_NOT_A_FEED, "text that is neither XML nor JSON");
    return read_xml(build, text, charset);
}

int feed_parse(struct arena *arena, struct str bytes, const struct feed_parse_options *options,
               struct feed_document **ret_document, struct error *error)
{
    struct error unused;
    struct charset_result charset;
    struct feed_document *document = arena_new(arena, struct feed_document);
    struct feed_builder *build = arena_new(arena, struct feed_builder);
    if (!document || !build)
        return error_set(error, -ENOMEM, "no memory for the document");
    struct str location = str_trim(header_of(options, "content-location"));
    int failure = charset_to_utf8(arena, bytes, header_of(options, "content-type"), &charset);
    if (failure)
        return error_set(error, failure, "no memory for the document's text");
    *build = (struct feed_builder){
        .arena = arena,
        .document = document,
        .options = options,
        .base = location.len ? url_resolve(arena, options->url, location) : options->url,
        .language = str_trim(header_of(options, "content-language")),
        .meta = &document->feed,
        .ranks = &build->feed_ranks,
        .period_s = -1,
        .entries_max = options->entries_max ? options->entries_max : FEED_ENTRIES_MAX,
        .words = error ? error : &unused,
    };
    build_meta_init(&document->feed);
    failure = read_document(build, &charset);
    if (failure == -ENOMEM)
        (void)error_set(error, -ENOMEM, "no memory for the document's content");
    if (!failure)
        *ret_document = document;
    return failure;
}

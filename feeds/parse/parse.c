/* parse: one document of any format: its encoding, its base, what it is, and the way to its reader. Pure; any
 * thread. */
#include <errno.h>

#include "base/url.h"
#include "base/utf8.h"
#include "base/charset.h"
#include "feeds/parse/gunzip.h"
#include "feeds/parse/jsonfeed.h"
#include "feeds/xml/repair.h"
#include "feeds/parse/repair_json.h"
#include "feeds/parse/xml_feed.h"
#include "feeds/xml/xml_scan.h"

enum { SNIFF_BYTES = 2048, JUNK_BYTES_MAX = 64 * 1024 };

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

/* Its head and body are named as a page's are. */
static bool looks_like_opml(struct str text)
{
    struct str head = str_slice(text, 0, SNIFF_BYTES);
    ptrdiff_t opml = str_find_nocase(head, STR("<opml"), 0), html = str_find_nocase(head, STR("<html"), 0);
    return opml >= 0 && (html < 0 || opml < html);
}

/* The label that the encoding was found under, to tell windows-1252 from the smaller sets that it stands for.
 */
static struct str stated_label(const struct feed_builder *build, struct str bytes, enum charset_origin origin)
{
    struct str text =
        origin == CHARSET_HTTP ? header_of(build->options, "content-type") : str_slice(bytes, 0, SNIFF_BYTES);
    ptrdiff_t at = str_find_nocase(text, origin == CHARSET_HTTP ? STR("charset") : STR("encoding"), 0);
    if (at < 0 || (origin != CHARSET_HTTP && origin != CHARSET_DECLARATION))
        return STR_NONE;
    ptrdiff_t equals = str_find_byte(text, '=', (size_t)at);
    if (equals < 0)
        return STR_NONE;
    size_t start = (size_t)equals + 1, end;
    while (start < text.len && strchr(" \"'", text.ptr[start]))
        start++;
    for (end = start; end < text.len && !strchr(" \"';?>", text.ptr[end]); end++)
        ;
    return str_slice(text, start, end);
}

/* windows-1252 is what ISO 8859-1 and ASCII are read as; where no byte tells them apart, the stated name
 * stands. */
static struct str encoding_name(const struct feed_builder *build, struct str bytes,
                                const struct charset_result *charset)
{
    if (!str_equal(charset->name, STR("windows-1252")))
        return charset->name;
    bool ascii = true, latin = true;
    for (size_t i = 0; i < bytes.len && latin; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        ascii = ascii && byte < 0x80;
        latin = latin && (byte < 0x80 || byte >= 0xA0);
    }
    struct str label = stated_label(build, bytes, charset->origin);
    bool says_ascii = str_find_nocase(label, STR("ascii"), 0) >= 0;
    bool says_latin =
        str_find_nocase(label, STR("8859-1"), 0) >= 0 || str_find_nocase(label, STR("latin1"), 0) >= 0;
    if (says_ascii && ascii)
        return STR("us-ascii");
    return says_latin && latin ? STR("iso-8859-1") : charset->name;
}

static void start_over(struct feed_builder *build)
{
    struct feed_builder fresh = {
        .arena = build->arena,
        .document = build->document,
        .options = build->options,
        .base = build->base,
        .language = build->language,
        .meta = &build->document->feed,
        .ranks = &build->feed_ranks,
        .period_s = -1,
        .entries_max = build->entries_max,
        .words = build->words,
    };
    *build->document = (struct feed_document){.encoding = build->document->encoding};
    *build = fresh;
    build_meta_init(&build->document->feed);
}

static bool is_sound(const struct feed_builder *build, const struct xml_outcome *outcome)
{
    bool ended = outcome->root_closed || build->stop;
    bool faulty = outcome->fault.ptr && !outcome->undeclared_prefix;
    return ended && !faulty && !outcome->too_deep && !outcome->unknown_entity && !outcome->declares_entities;
}

static void note_outcome(struct feed_builder *build, const struct xml_outcome *outcome)
{
    struct feed_document *document = build->document;
    if (outcome->undeclared_prefix)
        build_repair(build, STR("undeclared-prefix"));
    if (outcome->deep)
        build_repair(build, repair_name(REPAIR_DEEP_NESTING));
    if (!document->malformed.ptr && outcome->fault.ptr)
        document->malformed = outcome->fault;
    if (!document->malformed.ptr && outcome->deep)
        document->malformed = STR("elements that lie too deep");
    document->truncated = document->truncated || (!outcome->root_closed && !build->stop);
    document->limit_hit = document->limit_hit || outcome->limit_hit;
}

/* The second reading, of what repair_xml() makes of the text. `fault` is what was wrong with it. */
static int read_repaired(struct feed_builder *build, struct xml_feed_request *request, struct str fault)
{
    struct repair_result repair;
    struct xml_outcome outcome;
    start_over(build);
    int error = repair_xml(build->arena, request->text, &repair, build->words);
    if (error)
        return error;
    request->text = repair.text;
    request->recover = true;
    error = xml_feed_read(build, request, &outcome);
    if (error)
        return error;
    for (unsigned kind = 0; kind < REPAIR_COUNT; kind++)
        if (repair.kinds & 1u << kind)
            build_repair(build, repair_name((enum repair_kind)kind));
    if (fault.ptr)
        build->document->malformed = fault;
    else if (repair.kinds)
        build->document->malformed = repair_name((enum repair_kind)__builtin_ctz(repair.kinds));
    note_outcome(build, &outcome);
    return build->error;
}

/* Where a feed begins behind what a server printed before it; 0 when there is none, or a page stands first.
 */
static size_t feed_start(struct str text)
{
    ptrdiff_t start = repair_find_start(text);
    return start > 0 && !looks_like_html(str_slice(text, 0, (size_t)start)) ? (size_t)start : 0;
}

static int read_xml(struct feed_builder *build, struct str text)
{
    struct xml_outcome outcome;
    struct xml_feed_request request = {
        .text = text,
        .netscape = str_find_nocase(str_slice(text, 0, SNIFF_BYTES), STR("//netscape"), 0) >= 0,
    };
    if (xml_attributes_exceed(text, XML_ATTRIBUTES_MAX))
        return read_repaired(build, &request, STR_NONE);
    int error = xml_feed_read(build, &request, &outcome);
    if (!error && is_sound(build, &outcome)) {
        note_outcome(build, &outcome);
        return build->error;
    }
    if (error == ERR_NOT_A_FEED && build->root_refused && feed_start(text) > 0)
        return read_repaired(build, &request, STR("markup before the document"));
    if (error == -ENOMEM || error == ERR_LIMIT || (error == ERR_NOT_A_FEED && build->root_refused))
        return error;
    struct str fault = outcome.fault;
    if (outcome.too_deep && !fault.ptr)
        fault = STR("elements that lie too deep");
    if (outcome.unknown_entity && !outcome.external_subset && !fault.ptr)
        fault = STR("a reference to an entity that is not declared");
    if (outcome.unknown_entity && outcome.external_subset)
        fault = STR_NONE; /* its DTD, which is not loaded, may well declare it */
    return read_repaired(build, &request, fault);
}

/* JSON Feed behind a server's words; they may be HTML, so that the feed's own name is asked for. */
static bool holds_json(struct str text)
{
    ptrdiff_t start = repair_json_start(str_slice(text, 0, JUNK_BYTES_MAX));
    if (start < 0 || looks_like_html(str_slice(text, 0, (size_t)start)))
        return false;
    struct str head = str_slice(text, (size_t)start, (size_t)start + SNIFF_BYTES);
    return str_find(head, STR("jsonfeed.org/version"), 0) >= 0;
}

static int read_document(struct feed_builder *build, struct str bytes, const struct charset_result *charset)
{
    struct str text = str_trim(charset->text);
    if (text.len == 0)
        return error_set(build->words, ERR_EMPTY, "the document is empty");
    build->document->encoding = encoding_name(build, bytes, charset);
    if (text.ptr[0] == '{' || text.ptr[0] == '[') {
        int error = jsonfeed_read(build, text);
        if (error != ERR_NOT_A_FEED || !feed_start(text))
            return error;
        start_over(build); /* a server's words in brackets, before a feed */
    }
    bool markup = str_find_byte(text, '<', 0) >= 0;
    int error = markup ? read_xml(build, text)
                       : error_set(build->words, ERR_NOT_A_FEED, "text that is neither XML nor JSON");
    if (error == ERR_NOT_A_FEED && holds_json(text)) {
        start_over(build);
        return jsonfeed_read(build, text);
    }
    if (!error && text.ptr != charset->text.ptr && str_starts(text, STR("<?xml"))) {
        build_repair(build, repair_name(REPAIR_LEADING_JUNK));
        if (!build->document->malformed.ptr)
            build->document->malformed = STR("white space before the XML declaration");
    }
    if (error == ERR_NOT_A_FEED && looks_like_opml(text))
        return error_set(build->words, ERR_NOT_A_FEED, "OPML list of feeds, not a feed");
    if (error == ERR_NOT_A_FEED && looks_like_html(text))
        return error_set(build->words, ERR_NOT_A_FEED, "HTML page, not a feed");
    return error;
}

static void note_charset(struct feed_builder *build, const struct charset_result *charset)
{
    struct feed_document *document = build->document;
    if (charset->overridden)
        build_repair(build, STR("encoding-override"));
    if (charset->replaced)
        build_repair(build, STR("invalid-bytes"));
    if (!document->malformed.ptr && charset->replaced)
        document->malformed = STR("bytes that are invalid in the encoding");
    else if (!document->malformed.ptr && charset->overridden)
        document->malformed = STR("the encoding is not the one that is declared");
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
    if (xml_scheme_unsafe(location))
        location = STR_NONE;
    int failure = gunzip_is_packed(bytes) ? gunzip(arena, bytes, &bytes) : 0;
    if (failure)
        return error_set(error, failure, "%s",
                         failure == ERR_LIMIT ? "a gzip file that unpacks to too much"
                                              : "a gzip file that cannot be read");
    failure = charset_to_utf8(arena, bytes, header_of(options, "content-type"), &charset);
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
    failure = read_document(build, bytes, &charset);
    if (!failure)
        note_charset(build, &charset);
    if (arena_exhausted(arena))
        failure = -ENOMEM; /* somewhere, something may be missing */
    if (failure == -ENOMEM)
        (void)error_set(error, -ENOMEM, "no memory for the document's content");
    if (failure)
        return failure;
    *ret_document = document;
    return 0;
}

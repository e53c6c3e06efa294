/* opml: outlines in through libxml2's SAX2 parser (no tree, no network, entity declarations stop it), out by
 * hand. Any thread. */
#include "feeds/opml.h"

#include <errno.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdio.h>

#include "base/url.h"
#include "feeds/charset.h"

enum { DEPTH_MAX = 64, FEEDS_MAX = 1000000 };

struct reading {
    struct arena *arena;
    struct opml *opml;
    size_t feed_capacity, problem_capacity;
    xmlParserCtxtPtr parser;
    struct str path[DEPTH_MAX]; /* category path at each depth of outlines */
    int depth;
    bool saw_opml, in_title, failed, entities;
    char title[512];
    size_t title_len;
};

/* libxml2 gives "&#38;" for every ampersand of an attribute value when it does not substitute entities. */
static struct str decoded(struct reading *reading, struct str value)
{
    char *out = arena_copy(reading->arena, value.ptr, value.len);
    size_t len = 0;
    for (size_t i = 0; out && i < value.len; i++) {
        out[len++] = value.ptr[i];
        if (str_starts(str_slice(value, i, value.len), STR("&#38;")))
            i += sizeof("&#38;") - 2;
    }
    if (out)
        out[len] = '\0';
    return str_make(out, len);
}

static struct str attribute(struct reading *reading, int count, const xmlChar **attributes, const char *name)
{
    for (int i = 0; i < count; i++) {
        const xmlChar **one = attributes + 5 * i; /* localname, prefix, URI, value, end */
        if (xmlStrcasecmp(one[0], (const xmlChar *)name) == 0)
            return decoded(reading, str_trim(str_make((const char *)one[3], (size_t)(one[4] - one[3]))));
    }
    return STR_NONE;
}

static void problem(struct reading *reading, const char *text)
{
    struct opml *opml = reading->opml;
    if (arena_grow(reading->arena, (void **)&opml->problems, opml->problem_count, &reading->problem_capacity,
                   sizeof(*opml->problems)))
        return;
    opml->problems[opml->problem_count++] = (struct opml_problem){
        (unsigned)xmlSAX2GetLineNumber(reading->parser), arena_str(reading->arena, str_from(text))};
}

static void add_feed(struct reading *reading, const struct opml_feed *feed)
{
    struct opml *opml = reading->opml;
    if (opml->feed_count >= FEEDS_MAX || arena_grow(reading->arena, (void **)&opml->feeds, opml->feed_count,
                                                    &reading->feed_capacity, sizeof(*opml->feeds))) {
        reading->failed = true;
        return;
    }
    opml->feeds[opml->feed_count++] = *feed;
}

static void outline(struct reading *reading, int count, const xmlChar **attributes)
{
    struct str parent =
        reading->depth > 0 && reading->depth <= DEPTH_MAX ? reading->path[reading->depth - 1] : STR_NONE;
    struct str text = attribute(reading, count, attributes, "text"),
               title = attribute(reading, count, attributes, "title");
    struct str type = attribute(reading, count, attributes, "type");
    struct opml_feed feed = {
        .url = attribute(reading, count, attributes, "xmlUrl"),
        .title = title.len ? title : text,
        .html_url = attribute(reading, count, attributes, "htmlUrl"),
        .category = parent,
        .line = (unsigned)xmlSAX2GetLineNumber(reading->parser),
    };
    if (str_equal_nocase(type, STR("include"))) {
        feed.include = attribute(reading, count, attributes, "url");
        feed.url = STR_NONE;
        add_feed(reading, &feed);
    } else if (feed.url.len) {
        if (url_is_http(feed.url))
            add_feed(reading, &feed);
        else
            problem(reading, "xmlUrl is no http or https URL");
    } else if (str_equal_nocase(type, STR("rss"))) {
        problem(reading, "an outline of type rss without xmlUrl");
    }
    if (reading->depth < DEPTH_MAX) {
        struct str name = text.len ? text : title;
        reading->path[reading->depth] =
            feed.url.len ? parent
            : parent.len && name.len
                ? arena_printf(reading->arena, "%.*s/%.*s", STR_ARG(parent), STR_ARG(name))
            : name.len ? name
                       : parent;
    }
    reading->depth++;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **namespace_list, int count, int defaulted,
                     const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespaces, (void)namespace_list,
        (void)defaulted; /* OPML has no namespaces */
    struct reading *reading = context;
    if (!xmlStrcasecmp(name, (const xmlChar *)"opml"))
        reading->saw_opml = true;
    else if (!xmlStrcasecmp(name, (const xmlChar *)"outline"))
        outline(reading, count, attributes);
    reading->in_title = !xmlStrcasecmp(name, (const xmlChar *)"title") && reading->depth == 0;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    struct reading *reading = context;
    if (!xmlStrcasecmp(name, (const xmlChar *)"outline") && reading->depth > 0)
        reading->depth--;
    reading->in_title = false;
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct reading *reading = context;
    for (int i = 0; reading->in_title && i < len && reading->title_len + 1 < sizeof(reading->title); i++)
        reading->title[reading->title_len++] = (char)text[i];
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    struct reading *reading = context;
    reading->entities = true;
    xmlStopParser(reading->parser);
}

static void on_error(void *context, const char *format, ...)
{
    (void)context, (void)format; /* libxml2 keeps the last error itself */
}

int opml_parse(struct arena *arena, struct str bytes, struct opml *ret_opml, struct error *error)
{
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .entityDecl = on_entity,
        .error = on_error,
        .warning = on_error,
    };
    struct reading reading = {.arena = arena, .opml = ret_opml};
    *ret_opml = (struct opml){0};
    if (str_empty(str_trim(bytes)))
        return error_set(error, ERR_MALFORMED, "line 1: the file is empty");
    struct charset_result charset;
    if (charset_to_utf8(arena, bytes, STR_NONE, &charset))
        return error_set(error, -ENOMEM, "no memory for the file's text");
    reading.parser = xmlCreatePushParserCtxt(&handler, &reading, NULL, 0, NULL);
    if (!reading.parser)
        return error_set(error, -ENOMEM, "no memory for an XML parser");
    xmlCtxtUseOptions(reading.parser, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC);
    reading.parser->charset = XML_CHAR_ENCODING_UTF8; /* known by now */
    (void)xmlParseChunk(reading.parser, charset.text.ptr, (int)charset.text.len, 1);
    const xmlError *last = xmlCtxtGetLastError(reading.parser);
    int failure = 0;
    char words[256] = "";
    if (last && last->message)
        (void)snprintf(words, sizeof(words), "%s", last->message);
    for (size_t i = strlen(words); i > 0 && (words[i - 1] == '\n' || words[i - 1] == ' '); i--)
        words[i - 1] = '\0';
    if (reading.entities)
        failure = error_set(error, ERR_MALFORMED, "the file declares entities, which are not read");
    else if (!reading.saw_opml)
        failure = error_set(error, ERR_MALFORMED, "line %d: this is no OPML: %s", last ? last->line : 1,
                            *words ? words : "there is no <opml>");
    else if (last && last->level == XML_ERR_FATAL)
        failure = error_set(error, ERR_MALFORMED, "line %d: %s; the outlines before it were read", last->line,
                            words);
    xmlFreeParserCtxt(reading.parser);
    if (!failure && (reading.failed || arena_exhausted(arena)))
        failure = error_set(error, -ENOMEM, "the list is too long");
    ret_opml->title = arena_str(arena, str_trim(str_make(reading.title, reading.title_len)));
    return failure;
}

/* ---- Writing ---- */

static void write_escaped(struct buffer *buffer, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '&')
            buffer_append_str(buffer, STR("&amp;"));
        else if (c == '<')
            buffer_append_str(buffer, STR("&lt;"));
        else if (c == '>')
            buffer_append_str(buffer, STR("&gt;"));
        else if (c == '"')
            buffer_append_str(buffer, STR("&quot;"));
        else if ((unsigned char)c >= ' ' || c == '\t')
            buffer_append_byte(buffer, c);
    }
}

static void write_attribute(struct buffer *buffer, const char *name, struct str value)
{
    buffer_printf(buffer, " %s=\"", name);
    write_escaped(buffer, value);
    buffer_append_byte(buffer, '"');
}

/* Opens and closes category outlines so that the path becomes `wanted`. */
static void move_to_category(struct buffer *buffer, struct str *path, struct str wanted)
{
    while (path->len &&
           !(str_starts(wanted, *path) && (wanted.len == path->len || wanted.ptr[path->len] == '/'))) {
        buffer_append_str(buffer, STR("</outline>\n"));
        size_t end = path->len;
        while (end > 0 && path->ptr[end - 1] != '/')
            end--;
        path->len = end > 0 ? end - 1 : 0;
    }
    while (path->len < wanted.len) {
        size_t start = path->len ? path->len + 1 : 0;
        ptrdiff_t slash = str_find_byte(wanted, '/', start);
        size_t end = slash < 0 ? wanted.len : (size_t)slash;
        buffer_append_str(buffer, STR("<outline"));
        write_attribute(buffer, "text", str_slice(wanted, start, end));
        buffer_append_str(buffer, STR(">\n"));
        *path = str_slice(wanted, 0, end);
    }
}

int opml_write(struct buffer *buffer, const struct opml *opml)
{
    struct str path = STR("");
    buffer_append_str(
        buffer, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>"));
    write_escaped(buffer, opml->title);
    buffer_append_str(buffer, STR("</title></head>\n<body>\n"));
    for (size_t i = 0; i < opml->feed_count; i++) {
        const struct opml_feed *feed = &opml->feeds[i];
        move_to_category(buffer, &path, feed->category.ptr ? feed->category : STR(""));
        buffer_append_str(buffer, STR("<outline"));
        write_attribute(buffer, "type", feed->include.len ? STR("include") : STR("rss"));
        write_attribute(buffer, "text",
                        feed->title.len     ? feed->title
                        : feed->include.len ? feed->include
                                            : feed->url);
        if (feed->include.len)
            write_attribute(buffer, "url", feed->include);
        else
            write_attribute(buffer, "xmlUrl", feed->url);
        if (feed->html_url.len)
            write_attribute(buffer, "htmlUrl", feed->html_url);
        buffer_append_str(buffer, STR("/>\n"));
    }
    move_to_category(buffer, &path, STR(""));
    buffer_append_str(buffer, STR("</body>\n</opml>\n"));
    return buffer->failed ? -ENOMEM : 0;
}

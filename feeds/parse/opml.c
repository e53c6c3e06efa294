/* opml: outlines in through libxml2's SAX2 parser (no tree, no network, entity declarations stop it), out by
 * hand. Any thread. */
#include "feeds/parse/opml.h"

#include <errno.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdio.h>

#include "base/url.h"
#include "base/utf8.h"
#include "base/charset.h"
#include "feeds/xml/repair.h"
#include "feeds/xml/xml.h"
#include "feeds/xml/xml_scan.h"

enum { DEPTH_MAX = 64, FEEDS_MAX = 1000000 };

struct reading {
    struct arena *arena;
    struct opml *opml;
    size_t feed_capacity, problem_capacity;
    xmlParserCtxtPtr parser;
    struct str path[DEPTH_MAX]; /* category path at each depth of outlines */
    int depth;
    bool saw_opml, in_title, failed, entities;
    bool unknown_entity; /* a reference that means nothing here: libxml2 would leave it out */
    bool mended;         /* this is the second reading, of what repair_xml() made */
    char title[512];
    size_t title_len;
};

static struct str attribute(struct reading *reading, int count, const xmlChar **attributes, const char *name)
{
    for (int i = 0; i < count; i++) {
        const xmlChar **one = attributes + 5 * i; /* localname, prefix, URI, value, end */
        if (xmlStrcasecmp(one[0], (const xmlChar *)name) == 0) {
            struct str value = str_make((const char *)one[3], (size_t)(one[4] - one[3]));
            return arena_str(reading->arena, str_trim(xml_decode_attribute(reading->arena, value)));
        }
    }
    return STR_NONE;
}

static struct str settings(struct reading *reading, int count, const xmlChar **attributes)
{
    for (int i = 0; i < count; i++)
        if (xmlStrEqual(attributes[5 * i + 2], (const xmlChar *)OPML_SETTINGS_SPACE))
            return attribute(reading, 1, attributes + 5 * i, "settings");
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

static int path_depth(struct str path)
{
    int depth = path.len > 0;
    for (size_t i = 0; i < path.len; i++)
        depth += path.ptr[i] == '/';
    return depth;
}

/* The path of what stands in an outline of that name: "World" and "Europe / North" are "World/Europe/North".
 * Parts of nothing are left out, and what lies deeper than outlines may. */
static struct str path_below(struct reading *reading, struct str parent, struct str name)
{
    struct str path = parent, part;
    int depth = path_depth(parent);
    while (depth < DEPTH_MAX && str_split(&name, '/', &part)) {
        part = str_trim(part);
        depth += part.len > 0;
        if (part.len)
            path = path.len ? arena_printf(reading->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(part)) : part;
    }
    return path;
}

/* Of a damaged list: what may be the end of one address and the beginning of something else. Nobody's address
 * is made up of that. */
static bool is_doubtful(struct str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || strchr("\"<>", url.ptr[i]))
            return true;
    return str_find(url, STR("\xEF\xBF\xBD"), 0) >= 0;
}

static struct str address(struct reading *reading, int count, const xmlChar **attributes, const char *name)
{
    return url_clean(reading->arena, attribute(reading, count, attributes, name));
}

static void outline(struct reading *reading, int count, const xmlChar **attributes)
{
    struct str parent = reading->depth > 0
                            ? reading->path[(reading->depth < DEPTH_MAX ? reading->depth : DEPTH_MAX) - 1]
                            : STR_NONE; /* outlines that are deeper add nothing to it */
    struct str text = attribute(reading, count, attributes, "text"),
               title = attribute(reading, count, attributes, "title");
    struct str type = attribute(reading, count, attributes, "type");
    struct opml_feed feed = {
        .url = address(reading, count, attributes, "xmlUrl"),
        .title = title.len ? title : text,
        .html_url = address(reading, count, attributes, "htmlUrl"),
        .category = parent,
        .settings = settings(reading, count, attributes),
        .line = (unsigned)xmlSAX2GetLineNumber(reading->parser),
    };
    if (str_equal_nocase(type, STR("include"))) {
        feed.include = address(reading, count, attributes, "url");
        feed.url = STR_NONE;
        if (feed.include.len)
            add_feed(reading, &feed);
        else
            problem(reading, "an outline of type include without url");
    } else if (feed.url.len) {
        if (reading->mended && is_doubtful(feed.url))
            problem(reading, "xmlUrl is damaged");
        else if (url_is_http(feed.url))
            add_feed(reading, &feed);
        else
            problem(reading, "xmlUrl is no http or https URL");
    } else if (str_equal_nocase(type, STR("rss"))) {
        problem(reading, "an outline of type rss without xmlUrl");
    }
    if (reading->depth < DEPTH_MAX)
        reading->path[reading->depth] =
            feed.url.len ? parent : path_below(reading, parent, text.len ? text : title);
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

/* &format; in an address that nobody escaped. */
static xmlEntityPtr on_reference(void *context, const xmlChar *name)
{
    (void)name;
    struct reading *reading = context;
    reading->unknown_entity = true;
    return NULL;
}

static void on_error(void *context, const char *format, ...)
{
    (void)context, (void)format; /* libxml2 keeps the last error itself */
}

static const xmlSAXHandler events = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .getEntity = on_reference,
    .entityDecl = on_entity,
    .error = on_error,
    .warning = on_error,
};

/* What is wrong with the text, once it has been read. */
static int judge(const struct reading *reading, struct error *error)
{
    const xmlError *last = xmlCtxtGetLastError(reading->parser);
    char words[256] = "";
    if (last && last->message)
        (void)snprintf(words, sizeof(words), "%s", last->message);
    for (size_t i = strlen(words); i > 0 && (words[i - 1] == '\n' || words[i - 1] == ' '); i--)
        words[i - 1] = '\0';
    if (reading->entities)
        return error_set(error, ERR_MALFORMED, "the file declares entities, which are not read");
    if (!reading->saw_opml)
        return error_set(error, ERR_MALFORMED, "line %d: this is no OPML: %s", last ? last->line : 1,
                         *words ? words : "there is no <opml>");
    if (last && last->level == XML_ERR_FATAL)
        return error_set(error, ERR_MALFORMED, "line %d: %s; the outlines before it were read", last->line,
                         words);
    return 0;
}

static void set_title(struct reading *reading)
{
    struct str title = str_make(reading->title, reading->title_len);
    title.len = utf8_valid_prefix(title); /* a long one is cut */
    reading->opml->title = arena_str(reading->arena, str_trim(title));
}

static int read_once(struct reading *reading, struct str text, struct error *error)
{
    xmlSAXHandler handler = events;
    *reading->opml = (struct opml){0};
    reading->parser = xmlCreatePushParserCtxt(&handler, reading, NULL, 0, NULL);
    if (!reading->parser)
        return error_set(error, -ENOMEM, "no memory for an XML parser");
    int recover = reading->mended ? XML_PARSE_RECOVER : 0;
    xmlCtxtUseOptions(reading->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | recover);
    reading->parser->charset =
        XML_CHAR_ENCODING_UTF8; /* known; libxml2 must not guess from the first bytes */
    (void)xmlParseChunk(reading->parser, text.ptr, (int)text.len, 1);
    int failure = judge(reading, error);
    if (reading->parser->myDoc) /* libxml2 keeps declared entities in one, even for SAX */
        xmlFreeDoc(reading->parser->myDoc);
    reading->parser->myDoc = NULL;
    xmlFreeParserCtxt(reading->parser);
    if (!failure && (reading->failed || arena_exhausted(reading->arena)))
        failure = error_set(error, -ENOMEM, "the list is too long");
    set_title(reading);
    return failure;
}

int opml_parse(struct arena *arena, struct str bytes, struct opml *ret_opml, struct error *error)
{
    struct reading reading = {.arena = arena, .opml = ret_opml};
    struct charset_result charset;
    struct repair_result repair;
    *ret_opml = (struct opml){0};
    if (str_empty(str_trim(bytes)))
        return error_set(error, ERR_MALFORMED, "line 1: the file is empty");
    int failure = charset_to_utf8(arena, bytes, STR_NONE, &charset);
    if (failure)
        return error_set(error, failure, "the list is too long");
    bool many = xml_attributes_exceed(charset.text, XML_ATTRIBUTES_MAX);
    failure = many ? ERR_MALFORMED : read_once(&reading, charset.text, error);
    bool damaged = failure == ERR_MALFORMED && !reading.entities;
    if (!damaged && (failure || !reading.unknown_entity))
        return failure;
    failure = repair_xml(arena, charset.text, &repair, error);
    if (failure)
        return failure == -ENOMEM
                   ? error_set(error, -ENOMEM, "the list is too long")
                   : error_set(error, ERR_MALFORMED, "the file declares entities, which are not read");
    reading = (struct reading){.arena = arena, .opml = ret_opml, .mended = true};
    return read_once(&reading, repair.text, error);
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
        else if (c == '\t' || c == '\n' || c == '\r') /* in an attribute, these would become spaces */
            buffer_printf(buffer, "&#%d;", c);
        else if ((unsigned char)c >= ' ')
            buffer_append_byte(buffer, c);
    }
}

static void write_attribute(struct buffer *buffer, const char *name, struct str value)
{
    buffer_printf(buffer, " %s=\"", name);
    write_escaped(buffer, value);
    buffer_append_byte(buffer, '"');
}

/* Length of what two paths have in common, in whole parts. */
static size_t common_length(struct str one, struct str other)
{
    size_t common = 0, at = 0;
    for (; at < one.len && at < other.len && one.ptr[at] == other.ptr[at]; at++)
        if (one.ptr[at] == '/')
            common = at;
    bool whole = (at == one.len || one.ptr[at] == '/') && (at == other.len || other.ptr[at] == '/');
    return whole ? at : common;
}

/* Closes and opens category outlines to get from one path to the other; parts of nothing have none. */
static void move_to_category(struct buffer *buffer, struct str from, struct str to)
{
    size_t common = common_length(from, to);
    struct str closing = str_slice(from, common, from.len), opening = str_slice(to, common, to.len), part;
    while (str_split(&closing, '/', &part))
        if (part.len)
            buffer_append_str(buffer, STR("</outline>\n"));
    while (str_split(&opening, '/', &part)) {
        if (!part.len)
            continue;
        buffer_append_str(buffer, STR("<outline"));
        write_attribute(buffer, "text", part);
        buffer_append_str(buffer, STR(">\n"));
    }
}

int opml_write(struct buffer *buffer, const struct opml *opml)
{
    struct str path = STR("");
    bool own = false;
    for (size_t i = 0; i < opml->feed_count; i++)
        own |= opml->feeds[i].settings.len > 0;
    buffer_printf(buffer,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"%s>\n<head><title>",
                  own ? " xmlns:newsd=\"" OPML_SETTINGS_SPACE "\"" : "");
    write_escaped(buffer, opml->title);
    buffer_append_str(buffer, STR("</title></head>\n<body>\n"));
    for (size_t i = 0; i < opml->feed_count; i++) {
        const struct opml_feed *feed = &opml->feeds[i];
        move_to_category(buffer, path, feed->category);
        path = feed->category;
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
        if (feed->settings.len)
            write_attribute(buffer, "newsd:settings", feed->settings);
        buffer_append_str(buffer, STR("/>\n"));
    }
    move_to_category(buffer, path, STR(""));
    buffer_append_str(buffer, STR("</body>\n</opml>\n"));
    return buffer->failed ? -ENOMEM : 0;
}

/* xml: the only file that talks to libxml2. One reader per document and thread; the process-wide part (no
 * external entity is ever loaded) is set once. Never builds a tree, never substitutes entities, never lifts
 * libxml2's limits. */
#include "feeds/xml/xml.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/url.h"
#include "base/utf8.h"
#include "feeds/xml/xml_text.h"

enum {
    CHUNK_BYTES = 32 * 1024, /* fits the second-level cache; libxml2 copies what it is given */
    NAMES_CACHED = 512,      /* a document uses some dozens of names; a power of two */
    DEPTH_HELD_MAX = 1024,   /* libxml2 keeps a frame for each open element, wanted or not */
    SCOPES_MAX = 1024,       /* namespace declarations in force: libxml2 looks through all for each name */
    WRAPPER_CLOSED = FEED_MARKUP_DEPTH_MAX + 1,
};

struct cached_name {
    const xmlChar *local,
        *uri; /* libxml2 keeps one copy of each, so pointers are enough to know them again */
    enum feed_namespace namespace;
    enum feed_name name;
    size_t local_len;
};

struct xml_reader {
    xmlParserCtxt *parser;
    struct arena *arena;
    const struct xml_setting *setting;
    const struct xml_handler *handler;
    struct xml_outcome *outcome;
    int error;
    bool stopped;
    const xmlChar *root_uri; /* an unknown namespace on the root is the format's own */
    size_t depth;            /* frames in use */
    size_t skipped;          /* open elements below the last frame that nobody wants */
    size_t flattened;        /* open elements below the last frame whose text alone is kept */
    size_t capture;          /* depth of the element whose text is collected; 0 = none */
    size_t wrapper;          /* depth of the div that is no part of the value; 0 = none yet */
    struct xml_text text;
    struct xml_element frames[FEED_MARKUP_DEPTH_MAX];
    struct xml_attribute attributes[XML_ATTRIBUTES_MAX];
    struct cached_name cache[NAMES_CACHED];
};

static struct str str_of(const xmlChar *text)
{
    return str_from((const char *)text);
}

/* Asks for the end. */
static void stop(struct xml_reader *reader, int error)
{
    if (error && !reader->error)
        reader->error = error;
    reader->stopped = true;
}

/* The last act of a callback: libxml2 frees its input here, and with it what the callback was given. */
static void halt(struct xml_reader *reader)
{
    if (reader->stopped)
        xmlStopParser(reader->parser);
}

static void note_fault(struct xml_reader *reader, const char *message, int line)
{
    if (reader->outcome->fault.ptr)
        return;
    struct str words = str_trim_ascii(str_from(message));
    struct str fault = arena_printf(reader->arena, "line %d: %.*s", line, STR_ARG(words));
    reader->outcome->fault = utf8_repair(reader->arena, fault); /* libxml2 may quote half a character */
}

static struct cached_name *name_of(struct xml_reader *reader, const xmlChar *local, const xmlChar *uri)
{
    uintptr_t mixed = ((uintptr_t)local ^ ((uintptr_t)uri >> 3)) * (uintptr_t)0x9E3779B97F4A7C15u;
    struct cached_name *slot = &reader->cache[mixed >> 55];
    if (slot->local == local && slot->uri == uri && local)
        return slot;
    slot->local = local;
    slot->uri = uri;
    slot->local_len = strlen((const char *)local);
    slot->name = vocabulary_name(str_of(local));
    slot->namespace = uri && uri == reader->root_uri ? NS_NONE : vocabulary_namespace(str_of(uri));
    return slot;
}

static enum feed_namespace undeclared(struct xml_reader *reader, const xmlChar *prefix)
{
    reader->outcome->undeclared_prefix = true;
    enum feed_namespace namespace = vocabulary_usual_prefix(str_of(prefix));
    return namespace;
}

static struct str decode_value(struct xml_reader *reader, const xmlChar *ptr, const xmlChar *end)
{
    struct str value = xml_decode_attribute(reader->arena, str_make((const char *)ptr, (size_t)(end - ptr)));
    if (!value.ptr)
        stop(reader, -ENOMEM);
    return value;
}

static void take_attributes(struct xml_reader *reader, struct xml_element *element, int count,
                            const xmlChar **raw)
{
    size_t taken = 0;
    for (int i = 0; i < count && taken < XML_ATTRIBUTES_MAX; i++, raw += 5) {
        struct xml_attribute *attribute = &reader->attributes[taken++];
        struct cached_name *name = name_of(reader, raw[0], raw[2]);
        attribute->namespace = raw[1] && !raw[2] ? undeclared(reader, raw[1])
                               : raw[1]          ? name->namespace
                                                 : NS_NONE;
        attribute->local = str_make((const char *)raw[0], name->local_len);
        attribute->value = decode_value(reader, raw[3], raw[4]);
    }
    element->attributes = reader->attributes;
    element->attribute_count = taken;
}

static void take_base(struct xml_reader *reader, struct xml_element *element, struct str stated)
{
    stated = str_trim(stated);
    if (str_empty(stated) || xml_scheme_unsafe(stated))
        return;
    struct str base = url_resolve(reader->arena, element->base, stated);
    if (!base.ptr) {
        stop(reader, -ENOMEM);
        return;
    }
    /* A base that is itself relative, with nothing to resolve it against, can resolve nothing. */
    if (url_scheme(base).ptr)
        element->base = arena_str(reader->arena, base);
}

static struct str language_tag(struct xml_reader *reader, struct str stated)
{
    struct str tag = arena_str(reader->arena, str_trim(stated));
    for (size_t i = 0; i < tag.len; i++)
        if (tag.ptr[i] == '_')
            ((char *)tag.ptr)[i] = '-'; /* its own copy */
    return tag;
}

static void take_inherited(struct xml_reader *reader, struct xml_element *element)
{
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *attribute = &element->attributes[i];
        if (attribute->namespace != NS_XML)
            continue;
        if (str_equal(attribute->local, STR("base"))) {
            take_base(reader, element, attribute->value);
        } else if (str_equal(attribute->local, STR("lang"))) {
            element->language = language_tag(reader, attribute->value);
            element->states_language = true;
            if (str_empty(element->language))
                element->language = STR_NONE; /* a blank one resets */
        }
    }
}

static void take_declarations(struct xml_element *element, int count, const xmlChar **namespaces)
{
    for (int i = 0; i < count; i++)
        element->declares |= (uint64_t)1 << vocabulary_namespace(str_of(namespaces[2 * i + 1]));
}

static struct xml_element *frame_push(struct xml_reader *reader, const xmlChar *local, const xmlChar *prefix,
                                      const xmlChar *uri)
{
    struct xml_element *element = &reader->frames[reader->depth];
    if (reader->depth) {
        const struct xml_element *parent = element - 1;
        *element = (struct xml_element){.base = parent->base,
                                        .language = parent->language,
                                        .scope = parent->scope,
                                        .thing = parent->thing};
    } else {
        *element = (struct xml_element){.base = reader->setting->base, .language = reader->setting->language};
        if (uri && vocabulary_namespace(str_of(uri)) == NS_UNKNOWN)
            reader->root_uri = uri;
    }
    struct cached_name *name = name_of(reader, local, uri);
    element->namespace = prefix && !uri ? undeclared(reader, prefix) : name->namespace;
    element->name = name->name;
    element->local = str_make((const char *)local, name->local_len);
    reader->depth++;
    return element;
}

/* An element within collected text: written out again, or left out when it is the wrapper div. */
static void start_within(struct xml_reader *reader, struct xml_element *element, const xmlChar *prefix,
                         const xmlChar *uri)
{
    const struct xml_element *captured = &reader->frames[reader->capture - 1];
    element->reading = XML_MARKUP;
    if (captured->reading == XML_UNWRAPPED && reader->depth == reader->capture + 1 && !reader->wrapper &&
        reader->text.markup && str_empty(str_trim(str_make(reader->text.ptr, reader->text.len))) &&
        str_equal(element->local, STR("div"))) {
        reader->wrapper = reader->depth;
        return;
    }
    struct str base = str_equal(element->base, captured->base) ? STR_NONE : element->base;
    xml_text_start_tag(&reader->text, element, str_of(prefix), (element - 1)->namespace, str_of(uri), base);
}

/* True when the element that begins is not looked at: it lies in one that is skipped, or too deep. Text that
 * is collected goes on through tags that lie too deep; the space keeps words apart. */
static bool passed_over(struct xml_reader *reader)
{
    size_t most = reader->capture ? FEED_MARKUP_DEPTH_MAX : FEED_DEPTH_MAX;
    bool deep = reader->depth + reader->skipped + reader->flattened >= most;
    if (!reader->skipped && !reader->flattened && !deep)
        return false;
    if (deep)
        reader->outcome->deep = reader->outcome->limit_hit = true;
    if (reader->capture && !reader->skipped) {
        reader->flattened++;
        xml_text_add(&reader->text, " ", 1);
    } else {
        reader->skipped++;
    }
    if (reader->depth + reader->skipped + reader->flattened > DEPTH_HELD_MAX) {
        reader->outcome->too_deep = true;
        stop(reader, 0);
    }
    return true;
}

static void begin(struct xml_reader *reader, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                  int namespace_count, const xmlChar **namespaces, int attribute_count,
                  const xmlChar **attributes)
{
    if (passed_over(reader))
        return;
    if (reader->parser->nsNr / 2 > SCOPES_MAX) { /* a pair for each */
        note_fault(reader, "more namespaces are in force than any feed has",
                   xmlSAX2GetLineNumber(reader->parser));
        reader->outcome->limit_hit = true;
        stop(reader, 0);
        return;
    }
    struct xml_element *element = frame_push(reader, local, prefix, uri);
    take_attributes(reader, element, attribute_count, attributes);
    if (reader->depth == 1)
        take_declarations(element, namespace_count, namespaces);
    if (attribute_count)
        take_inherited(reader, element);
    if (reader->stopped)
        return;
    if (reader->capture) {
        start_within(reader, element, prefix, uri);
    } else {
        element->reading = reader->handler->start(reader->handler->context, element);
        if (element->reading == XML_SKIP) {
            reader->depth--;
            reader->skipped = 1;
        } else if (element->reading != XML_CHILDREN) {
            reader->capture = reader->depth;
            reader->wrapper = 0;
            xml_text_begin(&reader->text, element->reading);
        }
    }
    element->attributes = NULL;
    element->attribute_count = 0;
    if (reader->setting->stop && *reader->setting->stop)
        stop(reader, 0);
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted,
                     const xmlChar **attributes)
{
    struct xml_reader *reader = context;
    (void)defaulted;
    if (!reader->stopped)
        begin(reader, local, prefix, uri, namespace_count, namespaces, attribute_count, attributes);
    halt(reader);
}

static void end_captured(struct xml_reader *reader, struct xml_element *element)
{
    reader->capture = 0;
    reader->outcome->limit_hit |= reader->text.truncated;
    if (reader->text.failed) {
        stop(reader, -ENOMEM);
        return;
    }
    struct str text = str_make(reader->text.ptr ? reader->text.ptr : "", reader->text.len);
    reader->handler->end(reader->handler->context, element, text, reader->text.markup);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_reader *reader = context;
    (void)local, (void)uri;
    if (reader->stopped)
        return;
    size_t *passed = reader->skipped ? &reader->skipped : &reader->flattened;
    if (*passed) {
        (*passed)--;
        if (reader->capture && !reader->skipped)
            xml_text_add(&reader->text, " ", 1);
        return;
    }
    if (!reader->depth)
        return;
    struct xml_element *element = &reader->frames[reader->depth - 1];
    if (reader->capture && reader->depth > reader->capture) {
        if (reader->wrapper == reader->depth)
            reader->wrapper = WRAPPER_CLOSED;
        else
            xml_text_end_tag(&reader->text, element, str_of(prefix));
    } else if (reader->capture) {
        end_captured(reader, element);
    } else {
        reader->handler->end(reader->handler->context, element, STR(""), false);
    }
    reader->depth--;
    if (!reader->depth)
        reader->outcome->root_closed = true;
    if (reader->setting->stop && *reader->setting->stop)
        stop(reader, 0);
    halt(reader);
}

static void on_characters(void *context, const xmlChar *ptr, int len)
{
    struct xml_reader *reader = context;
    if (reader->capture && !reader->skipped && !reader->stopped)
        xml_text_add(&reader->text, (const char *)ptr, (size_t)len);
}

static xmlEntity *on_entity(void *context, const xmlChar *name)
{
    struct xml_reader *reader = context;
    (void)name;
    reader->outcome->unknown_entity = true;
    if (!reader->setting->recover)
        stop(reader, 0);
    halt(reader);
    return NULL;
}

static void on_entity_declaration(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                                  const xmlChar *system_id, xmlChar *content)
{
    struct xml_reader *reader = context;
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    reader->outcome->declares_entities = true;
    stop(reader, 0);
    halt(reader);
}

/* Defaults of attributes come to each element anew, however many they are: as bad as entities. */
static void on_attribute_declaration(void *context, const xmlChar *element, const xmlChar *name, int type,
                                     int use, const xmlChar *value, xmlEnumeration *values)
{
    (void)element, (void)name, (void)type, (void)use, (void)value;
    xmlFreeEnumeration(values);
    on_entity_declaration(context, NULL, 0, NULL, NULL, NULL);
}

static void on_subset(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct xml_reader *reader = context;
    (void)name;
    reader->outcome->external_subset = public_id || system_id;
}

static void on_error(void *context, xmlError *error)
{
    struct xml_reader *reader = context;
    if (error->level == XML_ERR_WARNING || (reader->stopped && reader->outcome->declares_entities))
        return;
    if (error->domain == XML_FROM_NAMESPACE && error->code != XML_NS_ERR_UNDEFINED_NAMESPACE)
        return; /* a namespace name that is no URI, or a relative one: nobody is hurt */
    if (error->code == XML_ERR_NO_MEMORY) {
        reader->error = -ENOMEM;
        return;
    }
    note_fault(reader, error->message, error->line);
}

/* The process-wide loader: whatever a document asks for, it gets nothing. */
static xmlParserInput *load_nothing(const char *url, const char *id, xmlParserCtxt *parser)
{
    (void)url, (void)id, (void)parser;
    return NULL;
}

static void prepare_process(void)
{
    xmlInitParser();
    xmlSetExternalEntityLoader(load_nothing);
}

static const xmlSAXHandler events = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_characters,
    .ignorableWhitespace = on_characters,
    .cdataBlock = on_characters,
    .getEntity = on_entity,
    .entityDecl = on_entity_declaration,
    .attributeDecl = on_attribute_declaration,
    .internalSubset = on_subset,
    .serror = (xmlStructuredErrorFunc)on_error,
};

/* The declaration has done its work once the text is UTF-8. */
static struct str without_declaration(struct str text)
{
    if (!str_starts(text, STR("<?xml")) || text.len < 6 || !strchr(" \t\r\n", text.ptr[5]))
        return text;
    ptrdiff_t end = str_find(text, STR("?>"), 5);
    return end < 0 ? text : str_slice(text, (size_t)end + 2, text.len);
}

static void feed_chunks(struct xml_reader *reader, struct str text)
{
    for (size_t at = 0; at < text.len && !reader->stopped;) {
        size_t end = text.len - at > CHUNK_BYTES ? at + CHUNK_BYTES : text.len;
        while (end < text.len && end > at + 1 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
            end--;
        (void)xmlParseChunk(reader->parser, text.ptr + at, (int)(end - at), 0); /* faults come by on_error */
        if (!reader->setting->recover && reader->parser->wellFormed == 0)
            break;
        at = end;
    }
    if (!reader->stopped)
        (void)xmlParseChunk(reader->parser, NULL, 0, 1);
}

int xml_read(struct arena *arena, struct str text, const struct xml_setting *setting,
             const struct xml_handler *handler, struct xml_outcome *ret_outcome)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_process);
    struct xml_reader *reader = arena_new(arena, struct xml_reader);
    if (!reader)
        return -ENOMEM;
    *ret_outcome = (struct xml_outcome){0};
    reader->arena = arena;
    reader->setting = setting;
    reader->handler = handler;
    reader->outcome = ret_outcome;
    reader->text.arena = arena;
    xmlSAXHandler sax = events;
    reader->parser = xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    if (!reader->parser)
        return -ENOMEM;
    (void)xmlCtxtUseOptions(reader->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                                                XML_PARSE_NOWARNING |
                                                (setting->recover ? XML_PARSE_RECOVER : 0));
    reader->parser->charset = XML_CHAR_ENCODING_UTF8; /* known; libxml2 must not guess from the first bytes */
    /* The options clear handlers that they know; these are wanted. */
    reader->parser->sax->serror = sax.serror;
    feed_chunks(reader, without_declaration(text));
    if (reader->parser->myDoc) /* libxml2 keeps declared entities in one, even for SAX */
        xmlFreeDoc(reader->parser->myDoc);
    reader->parser->myDoc = NULL;
    xmlFreeParserCtxt(reader->parser);
    if (ret_outcome->undeclared_prefix && !ret_outcome->fault.ptr)
        ret_outcome->fault = STR("a namespace prefix is not declared");
    return reader->error;
}

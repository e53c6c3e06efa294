/* xml_sax: the only file of the room that talks to libxml2. One parser per document and thread; the
 * process-wide part (no external entity is ever loaded) is set once. Never builds a tree, never substitutes
 * entities, never lifts libxml2's limits. */
#include "feeds/xml/xml_sax.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/utf8.h"
#include "feeds/xml/xml_reader.h"

enum {
    CHUNK_BYTES = 32 * 1024, /* fits the second-level cache; libxml2 copies what it is given */
    NAMES_CACHED = 512,      /* a document uses some dozens of names; a power of two */
    SCOPES_MAX = 1024,       /* namespace declarations in force: libxml2 looks through all for each name */
};

struct cached_name {
    const xmlChar *local,
        *uri; /* libxml2 keeps one copy of each, so pointers are enough to know them again */
    enum feed_namespace namespace;
    enum feed_name name;
    size_t local_len;
};

struct sax {
    xmlParserCtxt *parser;
    struct xml_reader *reader;
    const xmlChar *root_uri; /* an unknown namespace on the root is the format's own */
    struct cached_name cache[NAMES_CACHED];
};

static struct str str_of(const xmlChar *text)
{
    return str_from((const char *)text);
}

/* The last act of a callback: libxml2 frees its input here, and with it what the callback was given. */
static void halt(struct sax *sax)
{
    if (sax->reader->stopped)
        xmlStopParser(sax->parser);
}

static void note_fault(struct xml_reader *reader, const char *message, int line)
{
    if (reader->outcome->fault.ptr)
        return;
    struct str words = str_trim_ascii(str_from(message));
    struct str fault = arena_printf(reader->arena, "line %d: %.*s", line, STR_ARG(words));
    reader->outcome->fault = utf8_repair(reader->arena, fault); /* libxml2 may quote half a character */
}

static struct cached_name *name_of(struct sax *sax, const xmlChar *local, const xmlChar *uri)
{
    uintptr_t mixed = ((uintptr_t)local ^ ((uintptr_t)uri >> 3)) * (uintptr_t)0x9E3779B97F4A7C15u;
    struct cached_name *slot = &sax->cache[mixed >> 55];
    if (slot->local == local && slot->uri == uri && local)
        return slot;
    slot->local = local;
    slot->uri = uri;
    slot->local_len = strlen((const char *)local);
    slot->name = vocabulary_name(str_of(local));
    slot->namespace = uri && uri == sax->root_uri ? NS_NONE : vocabulary_namespace(str_of(uri));
    return slot;
}

static enum feed_namespace undeclared(struct sax *sax, const xmlChar *prefix)
{
    sax->reader->outcome->undeclared_prefix = true;
    return vocabulary_usual_prefix(str_of(prefix));
}

static void take_attributes(struct sax *sax, struct xml_element *element, int count, const xmlChar **raw)
{
    struct xml_reader *reader = sax->reader;
    size_t taken = 0;
    for (int i = 0; i < count && taken < XML_ATTRIBUTES_MAX; i++, raw += 5) {
        struct xml_attribute *attribute = &reader->attributes[taken++];
        struct cached_name *name = name_of(sax, raw[0], raw[2]);
        attribute->namespace = raw[1] && !raw[2] ? undeclared(sax, raw[1])
                               : raw[1]          ? name->namespace
                                                 : NS_NONE;
        attribute->local = str_make((const char *)raw[0], name->local_len);
        struct str value = str_make((const char *)raw[3], (size_t)(raw[4] - raw[3]));
        attribute->value = xml_decode_attribute(reader->arena, value);
        if (!attribute->value.ptr)
            xml_reader_stop(reader, -ENOMEM);
    }
    element->attribute_count = taken;
}

static void take_declarations(struct xml_element *element, int count, const xmlChar **namespaces)
{
    for (int i = 0; i < count; i++)
        element->declares |= (uint64_t)1 << vocabulary_namespace(str_of(namespaces[2 * i + 1]));
}

static void begin(struct sax *sax, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                  int namespace_count, const xmlChar **namespaces, int attribute_count,
                  const xmlChar **attributes)
{
    struct xml_reader *reader = sax->reader;
    if (xml_reader_passes_over(reader))
        return;
    if (sax->parser->nsNr / 2 > SCOPES_MAX) { /* a pair for each */
        note_fault(reader, "more namespaces are in force than any feed has",
                   xmlSAX2GetLineNumber(sax->parser));
        reader->outcome->limit_hit = true;
        xml_reader_stop(reader, 0);
        return;
    }
    if (!reader->depth && uri && vocabulary_namespace(str_of(uri)) == NS_UNKNOWN)
        sax->root_uri = uri;
    struct xml_element *element = xml_reader_open(reader);
    struct cached_name *name = name_of(sax, local, uri);
    element->namespace = prefix && !uri ? undeclared(sax, prefix) : name->namespace;
    element->name = name->name;
    element->local = str_make((const char *)local, name->local_len);
    take_attributes(sax, element, attribute_count, attributes);
    if (reader->depth == 1)
        take_declarations(element, namespace_count, namespaces);
    xml_reader_start(reader, element, str_of(prefix), str_of(uri));
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted,
                     const xmlChar **attributes)
{
    struct sax *sax = context;
    (void)defaulted;
    if (!sax->reader->stopped)
        begin(sax, local, prefix, uri, namespace_count, namespaces, attribute_count, attributes);
    halt(sax);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct sax *sax = context;
    (void)local, (void)uri;
    if (sax->reader->stopped)
        return;
    xml_reader_end(sax->reader, str_of(prefix));
    halt(sax);
}

static void on_characters(void *context, const xmlChar *ptr, int len)
{
    struct sax *sax = context;
    xml_reader_text(sax->reader, (const char *)ptr, (size_t)len);
}

static xmlEntity *on_entity(void *context, const xmlChar *name)
{
    struct sax *sax = context;
    (void)name;
    sax->reader->outcome->unknown_entity = true;
    if (!sax->reader->setting->recover)
        xml_reader_stop(sax->reader, 0);
    halt(sax);
    return NULL;
}

static void on_entity_declaration(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                                  const xmlChar *system_id, xmlChar *content)
{
    struct sax *sax = context;
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    sax->reader->outcome->declares_entities = true;
    xml_reader_stop(sax->reader, 0);
    halt(sax);
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
    struct sax *sax = context;
    (void)name;
    sax->reader->outcome->external_subset = public_id || system_id;
}

static void on_error(void *context, xmlError *error)
{
    struct xml_reader *reader = ((struct sax *)context)->reader;
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

static void feed_chunks(struct sax *sax, struct str text)
{
    for (size_t at = 0; at < text.len && !sax->reader->stopped;) {
        size_t end = text.len - at > CHUNK_BYTES ? at + CHUNK_BYTES : text.len;
        while (end < text.len && end > at + 1 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
            end--;
        (void)xmlParseChunk(sax->parser, text.ptr + at, (int)(end - at), 0); /* faults come by on_error */
        if (!sax->reader->setting->recover && sax->parser->wellFormed == 0)
            break;
        at = end;
    }
    if (!sax->reader->stopped)
        (void)xmlParseChunk(sax->parser, NULL, 0, 1);
}

int xml_sax_read(struct xml_reader *reader, struct str text)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_process);
    struct sax *sax = arena_new(reader->arena, struct sax);
    if (!sax)
        return -ENOMEM;
    sax->reader = reader;
    xmlSAXHandler handlers = events;
    sax->parser = xmlCreatePushParserCtxt(&handlers, sax, NULL, 0, NULL);
    if (!sax->parser)
        return -ENOMEM;
    (void)xmlCtxtUseOptions(sax->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                                             XML_PARSE_NOWARNING |
                                             (reader->setting->recover ? XML_PARSE_RECOVER : 0));
    sax->parser->charset = XML_CHAR_ENCODING_UTF8; /* known; libxml2 must not guess from the first bytes */
    /* The options clear handlers that they know; these are wanted. */
    sax->parser->sax->serror = handlers.serror;
    feed_chunks(sax, text);
    if (sax->parser->myDoc) /* libxml2 keeps declared entities in one, even for SAX */
        xmlFreeDoc(sax->parser->myDoc);
    sax->parser->myDoc = NULL;
    xmlFreeParserCtxt(sax->parser);
    struct xml_outcome *outcome = reader->outcome;
    if (outcome->undeclared_prefix && !outcome->fault.ptr)
        outcome->fault = STR("a namespace prefix is not declared");
    return reader->error;
}

/* xml_names: the names of one document, each kept once and known by its number, and the namespaces that are
 * in force while its elements open and close.
 *
 *     name = xml_names_find(names, text);
 *     xml_names_declare(names, prefix, uri); ...      of an element's xmlns attributes, then
 *     uri = xml_names_resolve(names, name);           of the element, and of its attributes with a prefix
 *     xml_names_leave(names, before);                 when it ends
 *
 * For documents of the ordinary kind: names of ASCII letters, some hundred of them. XML_NAMES_NONE says that
 * the document is of another kind, not that it is wrong. Text is pointed into, never copied. */
#ifndef NEWSD_FEEDS_XML_XML_NAMES_H
#define NEWSD_FEEDS_XML_XML_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "feeds/xml/vocabulary.h"

enum {
    XML_NAMES_MAX = 512,      /* a document uses some dozens */
    XML_NAME_BYTES_MAX = 128, /* prefix and all */
    XML_URIS_MAX = 128,       /* different ones in one document */
    XML_BINDINGS_MAX = 256,   /* in force at a time */
    XML_NAME_SLOTS = 2048,    /* a power of two, four for each name */
    XML_NAMES_NONE = UINT16_MAX,
    XML_URI_NONE = 0, /* the number of no namespace */
};

struct xml_name {
    struct str whole, prefix, local; /* prefix may be absent */
    uint32_t hash;
    uint32_t resolved_at; /* names->changes when `uri` was found */
    uint16_t uri;
    enum feed_name name;
};

struct xml_uri {
    struct str text;
    enum feed_namespace namespace;
};

struct xml_binding {
    struct str prefix; /* absent: the default namespace */
    uint16_t uri;
};

struct xml_names {
    struct xml_name names[XML_NAMES_MAX];
    struct xml_uri uris[XML_URIS_MAX];
    struct xml_binding bindings[XML_BINDINGS_MAX];
    uint16_t slots[XML_NAME_SLOTS]; /* number + 1 of a name, 0 = free */
    uint16_t name_count, uri_count, binding_count;
    uint32_t changes; /* of the namespaces in force */
};

void xml_names_init(struct xml_names *names);

/* The number of a qualified name, whose hash the caller has made with xml_name_hash() from its bytes. */
uint16_t xml_names_find(struct xml_names *names, struct str whole, uint32_t hash);

static inline uint32_t xml_name_hash(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 0x01000193u;
}

/* False when there are too many, or the declaration is not one that may be made. */
bool xml_names_declare(struct xml_names *names, struct str prefix, struct str uri);
/* Takes back all declarations but the first `count`. */
void xml_names_leave(struct xml_names *names, uint16_t count);

/* The namespace in force of an element's name, or of an attribute's that has a prefix. XML_NAMES_NONE when
 * the prefix is not declared. */
uint16_t xml_names_resolve(struct xml_names *names, uint16_t name);

#endif

/* xml: events of one XML document in UTF-8, with what feeds need on top of SAX: namespaces and names as
 * numbers, xml:base and xml:lang inherited, the text of an element collected whole, inline markup collected
 * as markup. An ordinary document is read by newsd itself (xml_plain.h), all others by libxml2's push parser
 * (xml_sax.h); the events are the same.
 *
 *     struct xml_handler handler = {.context = x, .start = started, .end = ended};
 *     struct xml_outcome outcome;
 *     error = xml_read(arena, text, &setting, &handler, &outcome);
 *
 * start() says how an element is to be read. XML_CHILDREN: its children are reported. XML_TEXT: its text is
 * collected for end(); when it holds elements after all, they become markup within that text. XML_HTML: the
 * text is HTML that was escaped; elements that were not stand beside it. XML_MARKUP: the same, but markup
 * from the beginning; XML_UNWRAPPED leaves out a div around it. XML_SKIP: nothing below it is reported, end()
 * neither.
 *
 * Entity declarations stop the reading (outcome.declares_entities): repair.h resolves the harmless ones. */
#ifndef NEWSD_FEEDS_XML_XML_H
#define NEWSD_FEEDS_XML_XML_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "feeds/xml/vocabulary.h"

enum {
    XML_ATTRIBUTES_MAX = 256, /* of one element, xmlns included: libxml2 compares each with all (rule N9) */
    FEED_TEXT_BYTES_MAX = 4 << 20, /* of one text field */
    FEED_DEPTH_MAX = 64,           /* of elements (reliability B5) */
    FEED_MARKUP_DEPTH_MAX = 256,   /* of elements within inline markup, counted from the root */
};

enum xml_reading { XML_CHILDREN, XML_TEXT, XML_HTML, XML_MARKUP, XML_UNWRAPPED, XML_SKIP };

struct xml_attribute {
    enum feed_namespace namespace;
    struct str local; /* as written */
    struct str value; /* decoded; valid during start() only */
};

/* The parent of an element that is not the root is `element - 1`. */
struct xml_element {
    enum feed_namespace namespace;
    enum feed_name name;
    struct str local;
    const struct xml_attribute *attributes; /* during start() only */
    size_t attribute_count;
    struct str base, language; /* in force here, inherited ones included; may be absent */
    bool states_language;      /* it has an xml:lang of its own */
    uint64_t declares;         /* of the root: bit per namespace that it declares */
    enum xml_reading reading;
    int scope; /* the handler's own, as the next two: children begin with their parent's scope and thing */
    void *thing;
    int owner;
};

struct xml_handler {
    void *context;
    enum xml_reading (*start)(void *context, struct xml_element *element);
    /* `text` is the collected text, in a buffer that the next element reuses; `markup` when it is markup. */
    void (*end)(void *context, struct xml_element *element, struct str text, bool markup);
};

struct xml_setting {
    struct str base, language; /* of the document, from its address and headers; may be absent */
    bool recover;              /* go on after faults */
    const bool *stop;          /* the handler wants no more events when it becomes true; may be NULL */
};

struct xml_outcome {
    struct str fault;       /* the first fault, in words; absent when well formed */
    bool undeclared_prefix; /* an element or attribute prefix was never declared */
    bool declares_entities; /* or defaults of attributes */
    bool unknown_entity;    /* a reference to an entity that is not declared */
    bool external_subset;   /* the DOCTYPE names an external subset, where entities might be declared */
    bool root_closed;
    bool limit_hit; /* too deep, or a text longer than FEED_TEXT_BYTES_MAX was cut */
    bool deep;      /* elements deeper than FEED_DEPTH_MAX were passed over, or their tags were */
    bool too_deep;  /* so deep that the reading was given up: repair.h makes such a document flat */
};

/* 0, -ENOMEM or ERR_LIMIT. Faults of the document are told in *ret_outcome, not as errors. */
int xml_read(struct arena *arena, struct str text, const struct xml_setting *setting,
             const struct xml_handler *handler, struct xml_outcome *ret_outcome);

/* An attribute without namespace, or STR_NONE. Only within start(). */
struct str xml_value(const struct xml_element *element, const char *local);
/* An attribute of a namespace; RDF's are found without their prefix as well. */
struct str xml_value_ns(const struct xml_element *element, enum feed_namespace namespace, const char *local);

/* An attribute value as libxml2's SAX2 gives it: with "&#38;" for every ampersand when entities are not
 * substituted. Points into `value` when there is none; STR_NONE when the arena is full. */
struct str xml_decode_attribute(struct arena *arena, struct str value);

/* True when a Uniform Resource Identifier's scheme could run or carry code or local data (javascript:, data:
 * ...). */
bool xml_scheme_unsafe(struct str url);

#endif

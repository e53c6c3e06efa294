/* xml_reader: what feeds need on top of the bare events of a document: elements passed over, xml:base and
 * xml:lang inherited, the text of an element collected whole. Whoever tells the events stands before it:
 * libxml2 (xml_sax.h) or the list of tokens (xml_plain.h); the handler cannot tell which.
 *
 *     if (!xml_reader_passes_over(reader)) {
 *         element = xml_reader_open(reader);
 *         ... its name and namespace, reader->attributes and element->attribute_count ...
 *         xml_reader_start(reader, element, prefix, uri);
 *     }
 *     xml_reader_text(reader, ptr, len); ...
 *     xml_reader_end(reader, prefix);           also of an element that was passed over
 *
 * Once `stopped` is set nothing more is wanted; calls do nothing then. */
#ifndef NEWSD_FEEDS_XML_XML_READER_H
#define NEWSD_FEEDS_XML_XML_READER_H

#include "feeds/xml/xml_text.h"

struct xml_reader {
    struct arena *arena;
    const struct xml_setting *setting;
    const struct xml_handler *handler;
    struct xml_outcome *outcome;
    int error;
    bool stopped;
    size_t depth;     /* frames in use */
    size_t skipped;   /* open elements below the last frame that nobody wants */
    size_t flattened; /* open elements below the last frame whose text alone is kept */
    size_t capture;   /* depth of the element whose text is collected; 0 = none */
    size_t wrapper;   /* depth of the div that is no part of the value; 0 = none yet */
    struct xml_text text;
    struct xml_element frames[FEED_MARKUP_DEPTH_MAX];
    struct xml_attribute attributes[XML_ATTRIBUTES_MAX];
};

/* NULL when the arena is full. Empties *outcome, which must live as long. */
struct xml_reader *xml_reader_create(struct arena *arena, const struct xml_setting *setting,
                                     const struct xml_handler *handler, struct xml_outcome *outcome);

/* Asks for the end; `error` is 0 or what xml_read() shall return. */
void xml_reader_stop(struct xml_reader *reader, int error);

/* True when the element that begins is not looked at: it lies in one that is skipped, or too deep. */
bool xml_reader_passes_over(struct xml_reader *reader);
/* The frame of the element that begins, with what it has from its parent. */
struct xml_element *xml_reader_open(struct xml_reader *reader);
void xml_reader_start(struct xml_reader *reader, struct xml_element *element, struct str prefix,
                      struct str uri);
void xml_reader_end(struct xml_reader *reader, struct str prefix);

/* True when text is collected here. */
static inline bool xml_reader_wants_text(const struct xml_reader *reader)
{
    return reader->capture && !reader->skipped && !reader->stopped;
}
void xml_reader_text(struct xml_reader *reader, const char *ptr, size_t len);

#endif

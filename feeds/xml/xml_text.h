/* xml_text: the text of one element while it is being read: characters as they come, or markup written out
 * again. One per document, reused. */
#ifndef NEWSD_FEEDS_XML_XML_TEXT_H
#define NEWSD_FEEDS_XML_XML_TEXT_H

#include "feeds/xml/xml.h"

struct xml_text {
    struct arena *arena;
    char *ptr;
    size_t len, capacity;
    bool markup;    /* elements are in it, text is escaped */
    bool html;      /* text is HTML already: never escaped */
    bool truncated; /* longer than FEED_TEXT_BYTES_MAX: the rest is left out */
    bool failed;    /* arena full */
};

void xml_text_begin(struct xml_text *text, enum xml_reading reading);
void xml_text_add(struct xml_text *text, const char *ptr, size_t len);
/* Where `len` bytes of text can be written, to be counted by text->len += ...; NULL when it takes
 * xml_text_add(): they must be escaped or cut. */
char *xml_text_room(struct xml_text *text, size_t len);
/* A start tag. `parent` is the namespace around it; relative URLs among the attributes are resolved when
 * `base` is given (xml:base inside of content). */
void xml_text_start_tag(struct xml_text *text, const struct xml_element *element, struct str prefix,
                        enum feed_namespace parent, struct str namespace_uri, struct str base);
void xml_text_end_tag(struct xml_text *text, const struct xml_element *element, struct str prefix);

#endif

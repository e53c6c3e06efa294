/* elements: the vocabularies of feeds, one pair of functions each; private to the parser.
 *
 * X_start() is asked about an element in the feed, an entry or the vocabulary's own scope and answers how to
 * read it, or NOT_MINE. X_end() gets those that X_start() took. */
#ifndef NEWSD_FEEDS_PARSE_ELEMENTS_H
#define NEWSD_FEEDS_PARSE_ELEMENTS_H

#include "feeds/parse/build.h"

enum { NOT_MINE = XML_SKIP + 1 };

#define ELEMENTS(vocabulary)                                                                                 \
    int vocabulary##_start(struct feed_builder *build, struct xml_element *element);                         \
    void vocabulary##_end(struct feed_builder *build, struct xml_element *element, struct str text,          \
                          bool markup);

ELEMENTS(rss)
ELEMENTS(atom)
ELEMENTS(dublin_core)
ELEMENTS(media)
ELEMENTS(podcast)
ELEMENTS(geo)
ELEMENTS(modules)
ELEMENTS(sitemap)

#endif

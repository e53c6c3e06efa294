/* xml_feed: from the events of an XML document to a feed_document: which format it is, and which vocabulary
 * is asked about which element. Private to the parser. */
#ifndef NEWSD_FEEDS_PARSE_XML_FEED_H
#define NEWSD_FEEDS_PARSE_XML_FEED_H

#include "feeds/parse/build.h"

struct xml_feed_request {
    struct str text; /* UTF-8 */
    bool recover;
    bool netscape; /* the DOCTYPE is Netscape's: tells two versions of RSS 0.91 apart */
};

/* Reads into build->document. 0, -ENOMEM, ERR_LIMIT, or ERR_NOT_A_FEED with build->words filled. */
int xml_feed_read(struct feed_builder *build, const struct xml_feed_request *request,
                  struct xml_outcome *ret_outcome);

#endif

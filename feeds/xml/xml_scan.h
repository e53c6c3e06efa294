/* xml_scan: a look at a text before libxml2 reads it, for what libxml2 does not read in linear time. */
#ifndef NEWSD_FEEDS_XML_XML_SCAN_H
#define NEWSD_FEEDS_XML_XML_SCAN_H

#include <stdbool.h>

#include "base/str.h"

/* True when a tag of the text has more than `max` attributes, xmlns included. Meant for sound XML, where a
 * tag holds no '<'; in other texts a tag may be missed that libxml2 gives up at as well. CDATA that looks
 * like such a tag counts too. Linear; costs next to nothing where tags are short. */
bool xml_attributes_exceed(struct str text, size_t max);

#endif

/* xml_plain: a whole document of the ordinary kind (xml_tokens.h) into a reader, several times as fast as
 * libxml2 and with the same events. */
#ifndef NEWSD_FEEDS_XML_XML_PLAIN_H
#define NEWSD_FEEDS_XML_XML_PLAIN_H

#include "feeds/xml/xml_reader.h"
#include "feeds/xml/xml_tokens.h"

/* `tokens` of the text without its XML declaration. 0 or an error, as xml_read(). */
int xml_plain_read(struct xml_reader *reader, const struct xml_tokens *tokens);

#endif

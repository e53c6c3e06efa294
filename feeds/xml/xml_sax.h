/* xml_sax: a whole document through libxml2's push parser into a reader: knows all of XML, tells the faults
 * of the document in the reader's outcome, and goes on behind them when the setting says so. */
#ifndef NEWSD_FEEDS_XML_XML_SAX_H
#define NEWSD_FEEDS_XML_XML_SAX_H

#include "base/str.h"

struct xml_reader;

/* `text` without its XML declaration. 0 or an error, as xml_read(). */
int xml_sax_read(struct xml_reader *reader, struct str text);

#endif

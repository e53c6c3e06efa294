/* ninjs: an article as an IPTC ninjs 3.1 item (https://iptc.org/standards/ninjs/), with newsd's own object as
 * the one property beyond the standard. */
#ifndef NEWSD_PROCESSORS_RECORD_NINJS_H
#define NEWSD_PROCESSORS_RECORD_NINJS_H

#include "base/json_writer.h"
#include "processors/article.h"

/* Writes the whole item; errors stick in the writer. */
void ninjs_write(struct json_writer *json, const struct article *article);

/* Writes the `newsd` object (newsd_property.c). */
void newsd_property_write(struct json_writer *json, const struct article *article);

#endif

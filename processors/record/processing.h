/* processing: what each stage did with an article, as "processing" of its record. */
#ifndef NEWSD_PROCESSORS_RECORD_PROCESSING_H
#define NEWSD_PROCESSORS_RECORD_PROCESSING_H

#include "base/json_writer.h"
#include "processors/article.h"

/* Writes the key and its list; stages that were skipped are left out unless `skipped_too`. */
void processing_write(struct json_writer *json, const struct article *article, bool skipped_too);

#endif

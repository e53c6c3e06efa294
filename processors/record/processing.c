/* processing: see the header. Pure. */
#include "processors/record/processing.h"

void processing_write(struct json_writer *json, const struct article *article, bool skipped_too)
{
    json_key(json, "processing");
    json_begin_array(json);
    for (size_t i = 0; i < article->processing.count; i++) {
        const struct stage_outcome *stage = &article->processing.items[i];
        if (stage->outcome == OUTCOME_SKIPPED && !skipped_too)
            continue;
        json_begin_object(json);
        json_field_cstr(json, "stage", stage->stage);
        json_field_int(json, "version", stage->version);
        json_field_double(json, "ms", stage->us / 1000.0, 4);
        json_field_cstr(json, "outcome", outcome_name(stage->outcome));
        json_field_str(json, "note", stage->note);
        json_end_object(json);
    }
    json_end_array(json);
}

/* identify: the stage "language": which language the text is in, as a BCP 47 tag with a confidence.
 *
 * What the feed or page states is believed when the text is too short to tell, when the detector is unsure,
 * and when both are the same language (then the stated tag is the finer one: "en-GB"). Else the text decides.
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_IDENTIFY_H
#define NEWSD_PROCESSORS_LANGUAGE_IDENTIFY_H

#include "processors/language/language_model.h"
#include "processors/pipeline.h"

struct language_answer {
    struct str code; /* BCP 47, absent = not known */
    float confidence;
};

/* `stated` may be absent. STR_NONE as code when neither knows. */
struct language_answer language_identify(const struct language_model *model, struct arena *arena,
                                         struct str title, struct str text, struct str stated);

/* "en" of "en-GB"; lower case of at most 8 letters, absent when the tag is none. Points into `buffer`. */
struct str language_primary(struct str tag, char buffer[9]);

/* A language tag as BCP 47 writes it ("EN_gb" gives "en-GB", "iw" "he"); STR_NONE when it is none. */
struct str language_tag(struct arena *arena, struct str stated);

extern const struct stage stage_language;

#endif

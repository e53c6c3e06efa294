/* detect: which language a text is in, from its letters alone: newsd's own model, and CLD2 for the languages
 * that the model does not have or that CLD2 tells better. Worker threads. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_DETECT_H
#define NEWSD_PROCESSORS_LANGUAGE_DETECT_H

#include "processors/language/language_model.h"

enum { DETECTION_CODE_BYTES = 16 };

struct detection {
    char code[DETECTION_CODE_BYTES]; /* BCP 47; "" = unknown */
    int percent;                     /* share of the letters that are of this language */
    int letters;                     /* that were read */
    bool reliable;                   /* the runner-up is far behind */
};

/* `text` is valid UTF-8. */
void detect_language(const struct language_model *model, struct str text, struct detection *ret_detection);

/* A code of CLD2, or a retired one of ISO 639, as BCP 47 has it. */
struct str detect_rename(struct str code);

#endif

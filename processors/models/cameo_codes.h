/* cameo_codes: which codes of events CAMEO has (manual 1.1b3, chapter 2), and which PLOVER type they are. For
 * the programs that look. Pure. */
#ifndef NEWSD_PROCESSORS_MODELS_CAMEO_CODES_H
#define NEWSD_PROCESSORS_MODELS_CAMEO_CODES_H

#include <stdbool.h>

#include "base/str.h"

/* "0231" and "046" are; roots of two digits are not. */
bool cameo_code_known(struct str code);

/* PLOVER's type of a code, by its root and the exceptions in the table that comes with PLOVER's manual of
 * 2024: "REQUEST"; NULL for statements, which PLOVER does not code. */
const char *cameo_plover_type(const char *code);

#endif

/* near_languages: tells languages apart that a detector by letter groups confuses on short text and on text
 * full of names (da/no/sv, hr/bs/sr/sl, cs/sk, id/ms, es/pt/gl, the Cyrillic ones). Worker threads.
 *
 * Counts function words, endings and letters that only some languages of the group have, and letters that one
 * never has. Linear in the text, no memory. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_NEAR_LANGUAGES_H
#define NEWSD_PROCESSORS_LANGUAGE_NEAR_LANGUAGES_H

#include <stdbool.h>

#include "base/str.h"

enum near_verdict {
    NEAR_NO_GROUP, /* the language has no such neighbours */
    NEAR_AGREES,   /* the marks speak for the language given */
    NEAR_OTHER,    /* they speak for another, clearly */
    NEAR_OPEN,     /* they do not decide */
    NEAR_SILENT,   /* there are none */
};

/* What a language's text has and its neighbours' mostly has not; each list is separated by spaces. */
struct near_language {
    const char *group, *code;
    const char *words, *endings; /* of words in lower case */
    const char *letters, *never;
};
/* Ended by an entry without a code. */
extern const struct near_language near_language_lists[];

/* Weighs `text` for `code` (primary subtag, "nb" and "nn" count as "no") against its neighbours, where the
 * stated language (primary subtag, may be absent) is one mark more. *ret_best is static. */
enum near_verdict near_language_weigh(struct str text, struct str code, struct str stated,
                                      const char **ret_best);

#endif

/* cld2: Compact Language Detector 2 behind a small C face. Thread-safe, allocates nothing that lasts. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_CLD2_H
#define NEWSD_PROCESSORS_LANGUAGE_CLD2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cld2_answer {
    const char *code; /* CLD2's own, "un" = unknown; static */
    int percent;      /* share of the letters that are of this language */
    int letters;      /* bytes of letters seen */
    bool reliable;
};

/* `text` is valid UTF-8. */
void cld2_identify(const char *text, size_t len, struct cld2_answer *ret_answer);

#ifdef __cplusplus
}
#endif

#endif

/* fuzz_check: what the fuzz targets share. A broken promise ends the run with the input kept. */
#ifndef NEWSD_TESTS_FUZZ_FUZZ_CHECK_H
#define NEWSD_TESTS_FUZZ_FUZZ_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(promise)                                                                                       \
    do {                                                                                                     \
        if (!(promise)) {                                                                                    \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise);                    \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

/* The input as text; its first line apart, for settings, when `ret_line` is wanted. */
static inline struct str fuzz_text(const uint8_t *data, size_t size, struct str *ret_line)
{
    struct str text = str_make((const char *)data, size);
    if (ret_line) {
        ptrdiff_t end = str_find_byte(text, '\n', 0);
        *ret_line = str_slice(text, 0, end < 0 ? 0 : (size_t)end);
        text = str_slice(text, (size_t)(end + 1), size);
    }
    return text;
}

#endif

/* fuzz: what the fuzz targets share: a check that stops the run, and an arena that cannot eat the machine. */
#ifndef NEWSD_TESTS_FUZZ_FUZZ_H
#define NEWSD_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

enum { FUZZ_ARENA_BYTES = 32 << 20 };

#define FUZZ_CHECK(condition)                                                                                \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            __builtin_trap();                                                                                \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif

/* built_in_text: puts a file of the sources into the program, by the assembler. Paths are as the build sees
 * them. */
#ifndef NEWSD_PROCESSORS_MEANING_BUILT_IN_TEXT_H
#define NEWSD_PROCESSORS_MEANING_BUILT_IN_TEXT_H

#include <stdint.h>

/* Defines NAME, the file's bytes, and NAME_bytes, their number. */
#define BUILT_IN_TEXT(name, path)                                                                            \
    __asm__(".pushsection .rodata\n"                                                                         \
            ".global " #name "\n" #name ":\n"                                                                \
            ".incbin \"" path "\"\n"                                                                         \
            ".L" #name "_end:\n"                                                                             \
            ".byte 0\n"                                                                                      \
            ".balign 8\n"                                                                                    \
            ".global " #name "_bytes\n" #name "_bytes:\n"                                                    \
            ".quad .L" #name "_end - " #name "\n"                                                            \
            ".popsection\n");                                                                                \
    extern const char name[];                                                                                \
    extern const uint64_t name##_bytes

#endif

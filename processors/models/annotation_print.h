/* annotation_print: two annotations of an article side by side, for people who look for faults. */
#ifndef NEWSD_PROCESSORS_MODELS_ANNOTATION_PRINT_H
#define NEWSD_PROCESSORS_MODELS_ANNOTATION_PRINT_H

#include "processors/models/annotation_align.h"

/* Each sentence that differs on standard output, below it the lines of the corpus's form that only the wanted
 * side has ("-") and only the other ("+"), and those of both (" "). `marks` are the kinds of lines to look
 * at, of "NMRTCQV". Scratch in the arena. Exits with words without memory. */
void annotation_print_differences(struct arena *arena, const struct annotation *wanted,
                                  const struct annotation *found, const char *marks);

#endif

/* corpus_file: reads a file of newsd's own corpus; its form stands in corpus/GUIDELINE.md. For the programs
 * that train and look. */
#ifndef NEWSD_PROCESSORS_MODELS_CORPUS_FILE_H
#define NEWSD_PROCESSORS_MODELS_CORPUS_FILE_H

#include "processors/models/annotation.h"

/* Reads one article; all of it is in the arena, the path must outlive it. What is wrong is printed on
 * standard error, "FILE:LINE: what", and the line left out; returns how many faults there were. Exits with
 * words when the file cannot be read or memory ends. */
size_t corpus_file_read(struct annotation *ret_annotation, struct arena *arena, const char *path);

/* Reads the files that a pattern names ("corpus/dev/" followed by "*.txt"), in the order of their names, into
 * a list in the arena. Exits with words when one has a fault. */
const struct annotation *corpus_files_read(struct arena *arena, const char *pattern, size_t *ret_count);

#endif

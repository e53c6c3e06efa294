/* files: reading and writing whole files, for the programs that train: a fault ends the program with words.
 */
#ifndef NEWSD_PROCESSORS_MODELS_FILES_H
#define NEWSD_PROCESSORS_MODELS_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "processors/model/model.h"

__attribute__((noreturn)) void files_fail(const char *path, const char *words);
/* The bytes of a file, in the arena. */
struct str files_read(struct arena *arena, const char *path);
/* "folder/name", in the arena. */
const char *files_path(struct arena *arena, const char *folder, const char *name);
void files_write(const char *path, struct str bytes);
void files_write_model(const char *path, const char *kind, uint32_t version, const struct model_part *parts,
                       size_t count);

#endif

/* model: a model file, mapped read-only and shared by all workers.
 *
 * The file: a header of 64 bytes, a table of sections, the sections, each at a multiple of 8. All numbers are
 * little-endian. The header has a magic word, the format's version, what the model is for, the version of
 * what it was trained with, the number of sections, the file's size, and a checksum over all of it (XXH3, 64
 * bits). A file that is cut, changed or of another kind is refused with words; nothing in it is trusted
 * before that. */
#ifndef NEWSD_PROCESSORS_MODEL_MODEL_H
#define NEWSD_PROCESSORS_MODEL_MODEL_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

enum { MODEL_FORMAT = 1, MODEL_NAME_BYTES = 16, MODEL_SECTIONS_MAX = 32 };

struct model;

/* Opens `directory`/`kind`.model; without a directory, the program's own: beside the installed program
 * (share/newsd/models), or in the source tree that it was built in. 0, -errno, ERR_MALFORMED with the words
 * in *error. */
int model_open(struct model **ret_model, const char *directory, const char *kind, struct error *error);
/* The same over bytes that the caller keeps (tests, fuzzing); they must stay until model_close(). */
int model_from_bytes(struct model **ret_model, struct str bytes, const char *kind, struct error *error);
void model_close(struct model **model);

/* A section's bytes, aligned to 8; absent when there is none of that name. */
struct str model_section(const struct model *model, const char *name);
/* Of what trained it: stands in records beside what the model found. */
uint32_t model_version(const struct model *model);

struct model_part {
    const char *name;
    struct str bytes;
};

/* The bytes of a model file, for the programs that train. 0 or -ENOMEM. */
int model_write(struct buffer *out, const char *kind, uint32_t version, const struct model_part *parts,
                size_t count);

#endif

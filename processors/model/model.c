/* model: see the header. */
#include "processors/model/model.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

static const char magic[8] = {'n', 'e', 'w', 's', 'd', 'm', 'd', 'l'};

struct header {
    char magic[8];
    uint32_t format, version;
    char kind[MODEL_NAME_BYTES];
    uint64_t size, checksum;
    uint32_t sections, reserved[3];
};
_Static_assert(sizeof(struct header) == 64, "the header of the file");

struct section {
    char name[MODEL_NAME_BYTES];
    uint64_t offset, size;
};

struct model {
    const char *bytes;
    size_t size, mapped; /* mapped 0 = the caller's */
    const struct header *header;
    const struct section *sections;
};

/* Over all but the checksum itself. */
static uint64_t checksum_of(const char *bytes, size_t size)
{
    enum { BEFORE = offsetof(struct header, checksum), BEHIND = BEFORE + sizeof(uint64_t) };
    return hash_64_seeded(hash_64(str_make(bytes, BEFORE)), str_make(bytes + BEHIND, size - BEHIND));
}

static int refuse(struct error *error, const char *kind, const char *words)
{
    return error_set(error, ERR_MALFORMED, "the model %s %s; install it again", kind, words);
}

static int check_sections(const struct model *model, const char *kind, struct error *error)
{
    uint32_t count = model->header->sections;
    if (count > MODEL_SECTIONS_MAX || sizeof(struct header) + count * sizeof(struct section) > model->size)
        return refuse(error, kind, "has no sound table of sections");
    for (uint32_t i = 0; i < count; i++) {
        const struct section *section = &model->sections[i];
        if (section->offset % 8 || section->offset > model->size ||
            section->size > model->size - section->offset || section->name[MODEL_NAME_BYTES - 1])
            return refuse(error, kind, "has a section outside the file");
    }
    return 0;
}

static int check(const struct model *model, const char *kind, struct error *error)
{
    const struct header *header = model->header;
    if (model->size < sizeof(*header) || memcmp(header->magic, magic, sizeof(magic)) != 0)
        return refuse(error, kind, "is no model file");
    if (header->format != MODEL_FORMAT)
        return refuse(error, kind, "has a format that this newsd does not know");
    if (header->kind[MODEL_NAME_BYTES - 1] || strcmp(header->kind, kind))
        return refuse(error, kind, "is a model for something else");
    if (header->size != model->size)
        return refuse(error, kind, "is cut off");
    if (checksum_of(model->bytes, model->size) != header->checksum)
        return refuse(error, kind, "is damaged");
    return check_sections(model, kind, error);
}

static int open_bytes(struct model **ret_model, const char *bytes, size_t size, size_t mapped,
                      const char *kind, struct error *error)
{
    struct model *model = calloc(1, sizeof(*model));
    if (!model)
        return error_set(error, -ENOMEM, "no memory for the model %s", kind);
    *model = (struct model){.bytes = bytes,
                            .size = size,
                            .mapped = mapped,
                            .header = (const void *)bytes,
                            .sections = (const void *)(bytes + sizeof(struct header))};
    int failure = check(model, kind, error);
    if (failure) {
        model->mapped = 0; /* the caller's again */
        model_close(&model);
        return failure;
    }
    *ret_model = model;
    return 0;
}

int model_from_bytes(struct model **ret_model, struct str bytes, const char *kind, struct error *error)
{
    return open_bytes(ret_model, bytes.ptr, bytes.len, 0, kind, error);
}

enum { SOURCE_LEVELS = 5 };

/* Without /proc, as in some containers, the name that the program was started by tells where it is. */
static void own_folder(char folder[PATH_MAX])
{
    const char *started = (const char *)(uintptr_t)getauxval(AT_EXECFN);
    if (!realpath("/proc/self/exe", folder) && (!started || !realpath(started, folder)))
        folder[0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
}

/* Finds the program's own models: beside the installed program, or some folders above the one it was built
 * in. */
static void own_path(char *path, size_t size, const char *kind)
{
    char folder[PATH_MAX];
    own_folder(folder);
    const char *up = "/../../../../..";
    for (size_t level = 1; level <= SOURCE_LEVELS; level++) {
        int length =
            snprintf(path, size, "%s%.*s/processors/models/%s.model", folder, (int)(3 * level), up, kind);
        if (length > 0 && (size_t)length < size && access(path, R_OK) == 0)
            return;
    }
    int length = snprintf(path, size, "%s/../share/newsd/models/%s.model", folder, kind);
    if (length < 0 || (size_t)length >= size)
        path[0] = '\0'; /* so long a way leads nowhere */
}

int model_open(struct model **ret_model, const char *directory, const char *kind, struct error *error)
{
    char path[4096];
    struct stat status;
    if (directory && *directory)
        (void)snprintf(path, sizeof(path), "%s/%s.model", directory, kind);
    else
        own_path(path, sizeof(path), kind);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status)) {
        int failure = -errno;
        if (fd >= 0)
            close(fd);
        return error_set(error, failure, "%s cannot be read: %s", path, strerror(-failure));
    }
    size_t size = (size_t)status.st_size;
    void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    close(fd);
    if (bytes == MAP_FAILED)
        return error_set(error, ERR_MALFORMED, "%s cannot be mapped; install it again", path);
    int failure = open_bytes(ret_model, bytes, size, size, kind, error);
    if (failure)
        munmap(bytes, size);
    return failure;
}

void model_close(struct model **model)
{
    if (!*model)
        return;
    if ((*model)->mapped)
        munmap((void *)(uintptr_t)(*model)->bytes, (*model)->mapped);
    free(*model);
    *model = NULL;
}

struct str model_section(const struct model *model, const char *name)
{
    for (uint32_t i = 0; i < model->header->sections; i++)
        if (!strcmp(model->sections[i].name, name))
            return str_make(model->bytes + model->sections[i].offset, (size_t)model->sections[i].size);
    return STR_NONE;
}

int model_check_version(const struct model *model, uint32_t wanted, struct error *error)
{
    if (model->header->version == wanted)
        return 0;
    return error_set(error, ERR_MALFORMED,
                     "the model %.*s is of version %u, this newsd needs %u; install it again",
                     MODEL_NAME_BYTES, model->header->kind, model->header->version, wanted);
}

static void pad(struct buffer *out)
{
    while (out->len % 8)
        buffer_append_byte(out, '\0');
}

int model_write(struct buffer *out, const char *kind, uint32_t version, const struct model_part *parts,
                size_t count)
{
    struct header header = {.format = MODEL_FORMAT, .version = version, .sections = (uint32_t)count};
    struct section sections[MODEL_SECTIONS_MAX] = {0};
    assert(count <= MODEL_SECTIONS_MAX && strlen(kind) < MODEL_NAME_BYTES);
    memcpy(header.magic, magic, sizeof(magic));
    memcpy(header.kind, kind, strlen(kind));
    buffer_clear(out);
    buffer_append(out, (const char *)&header, sizeof(header));
    buffer_append(out, (const char *)sections, count * sizeof(*sections));
    for (size_t i = 0; i < count; i++) {
        assert(strlen(parts[i].name) < MODEL_NAME_BYTES);
        pad(out);
        memcpy(sections[i].name, parts[i].name, strlen(parts[i].name));
        sections[i].offset = out->len;
        sections[i].size = parts[i].bytes.len;
        buffer_append_str(out, parts[i].bytes);
    }
    if (out->failed)
        return -ENOMEM;
    memcpy(out->ptr + sizeof(header), sections, count * sizeof(*sections));
    header.size = out->len;
    memcpy(out->ptr, &header, sizeof(header));
    header.checksum = checksum_of(out->ptr, out->len);
    memcpy(out->ptr, &header, sizeof(header));
    return 0;
}

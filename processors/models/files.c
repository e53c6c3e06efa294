/* files: see the header. */
#include "processors/models/files.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

void files_fail(const char *path, const char *words)
{
    fprintf(stderr, "%s: %s\n", path, words);
    exit(1);
}

struct str files_read(struct arena *arena, const char *path)
{
    _cleanup_buffer_ struct buffer bytes = {0};
    char chunk[65536];
    size_t count;
    FILE *file = fopen(path, "re");
    if (!file)
        files_fail(path, "cannot be read");
    while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0)
        buffer_append(&bytes, chunk, count);
    fclose(file);
    struct str copy = arena_str(arena, buffer_str(&bytes));
    if (bytes.failed || (bytes.len && !copy.len))
        files_fail(path, "does not fit in memory");
    return copy;
}

const char *files_path(struct arena *arena, const char *folder, const char *name)
{
    return arena_printf(arena, "%s/%s", folder, name).ptr;
}

void files_write(const char *path, struct str bytes)
{
    FILE *out = fopen(path, "we");
    if (!out || fwrite(bytes.ptr, 1, bytes.len, out) != bytes.len || fclose(out))
        files_fail(path, "cannot be written");
    printf("%s: %zu bytes\n", path, bytes.len);
}

void files_write_model(const char *path, const char *kind, uint32_t version, const struct model_part *parts,
                       size_t count)
{
    _cleanup_buffer_ struct buffer file = {0};
    if (model_write(&file, kind, version, parts, count))
        files_fail("memory", "too little");
    files_write(path, buffer_str(&file));
}

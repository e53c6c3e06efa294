/* input: see the header. */
#include "daemon/commands/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int input_read(const char *path, struct buffer *out)
{
    FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
    char chunk[65536];
    size_t count;
    if (!file)
        return -errno;
    while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0)
        buffer_append(out, chunk, count);
    int error = ferror(file) ? -EIO : out->failed ? -ENOMEM : 0;
    if (file != stdin)
        fclose(file);
    return error;
}

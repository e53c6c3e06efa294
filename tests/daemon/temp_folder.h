/* temp_folder: a folder of its own for each test, and files in it. For tests only. */
#ifndef NEWSD_TESTS_DAEMON_TEMP_FOLDER_H
#define NEWSD_TESTS_DAEMON_TEMP_FOLDER_H

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct temp_folder {
    char path[64];
};

static inline void temp_folder_make(struct temp_folder *folder)
{
    (void)snprintf(folder->path, sizeof(folder->path), "/tmp/newsd-unit-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

static inline int temp_folder_unlink(const char *path, const struct stat *status, int flag, struct FTW *place)
{
    (void)status, (void)flag, (void)place; /* the signature is nftw's */
    return remove(path);
}

static inline void temp_folder_remove(struct temp_folder *folder)
{
    (void)nftw(folder->path, temp_folder_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

/* PATH/NAME in a buffer of the caller. */
static inline const char *temp_path(const struct temp_folder *folder, const char *name, char path[256])
{
    assert_in_range(snprintf(path, 256, "%s/%s", folder->path, name), 1, 255);
    return path;
}

static inline void temp_write(const struct temp_folder *folder, const char *name, const char *text)
{
    char path[256];
    FILE *file = fopen(temp_path(folder, name, path), "we");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

#endif

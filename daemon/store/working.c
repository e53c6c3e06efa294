/* working: one place of eight bytes in the file for each piece of work under way; 0 is a free place. */
#include "daemon/store/working.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct working {
    int fd;
    atomic_bool taken[WORKING_PLACES];
};

static void write_place(const struct working *working, int place, int64_t feed)
{
    /* The file has its full length from the start, so this needs no space; a mark less does no harm. */
    ssize_t written = pwrite(working->fd, &feed, sizeof(feed), (off_t)place * (off_t)sizeof(feed));
    (void)written;
}

static bool first_of_its_kind(const int64_t *feeds, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (feeds[i] == feeds[at])
            return false;
    return true;
}

static int read_and_clear(struct working *working, void (*left)(void *context, int64_t feed), void *context)
{
    int64_t feeds[WORKING_PLACES] = {0};
    static const int64_t none[WORKING_PLACES];
    if (pread(working->fd, feeds, sizeof(feeds), 0) < 0)
        return -errno;
    for (size_t i = 0; i < WORKING_PLACES; i++)
        if (feeds[i] > 0 && first_of_its_kind(feeds, i))
            left(context, feeds[i]);
    ssize_t written = pwrite(working->fd, none, sizeof(none), 0);
    return written == (ssize_t)sizeof(none) ? 0 : written < 0 ? -errno : -ENOSPC;
}

int working_open(struct working **ret_working, const char *directory,
                 void (*left)(void *context, int64_t feed), void *context, struct error *error)
{
    char path[4096];
    struct working *working = calloc(1, sizeof(*working));
    if (!working)
        return error_set(error, -ENOMEM, "no memory for the store");
    (void)snprintf(path, sizeof(path), "%s/working", directory);
    working->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    int failure = working->fd < 0 ? -errno : read_and_clear(working, left, context);
    if (failure == -ENOSPC || failure == -EDQUOT) { /* newsd works on a full disk, only without these marks */
        close(working->fd);
        working->fd = -1;
        failure = 0;
    }
    if (failure) {
        working_close(&working);
        return error_set(error, failure, "%s cannot be written: %s", path, strerror(-failure));
    }
    *ret_working = working;
    return 0;
}

int working_begin(struct working *working, int64_t feed)
{
    for (int place = 0; working && working->fd >= 0 && place < WORKING_PLACES; place++) {
        bool taken = false;
        if (!atomic_compare_exchange_strong(&working->taken[place], &taken, true))
            continue;
        write_place(working, place, feed);
        return place;
    }
    return -1;
}

void working_end(struct working *working, int place)
{
    if (place < 0)
        return;
    assert(place < WORKING_PLACES && atomic_load(&working->taken[place]));
    write_place(working, place, 0);
    atomic_store(&working->taken[place], false);
}

void working_close(struct working **ret_working)
{
    struct working *working = *ret_working;
    if (!working)
        return;
    if (working->fd >= 0)
        close(working->fd);
    free(working);
    *ret_working = NULL;
}

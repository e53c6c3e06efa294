/* ballast: a file of a few megabytes beside the database. It is given up when the disk is too full for rows
 * to leave: deleting needs space too. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "daemon/store/store_private.h"

bool store_ballast_keep(struct store *store)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/ballast", store->directory);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    bool kept = fd >= 0 && posix_fallocate(fd, 0, STORE_BALLAST_BYTES) == 0;
    if (fd >= 0)
        close(fd);
    if (!kept)
        (void)unlink(path); /* half of it would only take space from others */
    store->ballast_given_up = store->ballast_given_up && !kept;
    return kept;
}

bool store_ballast_give_up(struct store *store)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/ballast", store->directory);
    bool had = unlink(path) == 0;
    store->ballast_given_up = store->ballast_given_up || had;
    return had;
}

/* tzif: the offset that a place of the tz database had, from the system's zone files (RFC 9636). Reads a file
 * at each call; any thread. */
#ifndef NEWSD_FEEDS_BASE_TZIF_H
#define NEWSD_FEEDS_BASE_TZIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True for a name that may be looked up: "Europe/Paris", of letters, digits, '_', '-', '+' and '/'; never a
 * path that leads elsewhere. */
bool tzif_is_name(const char *name);

/* Seconds east of UTC at a local time (seconds since 1970-01-01T00:00:00 as if the place had UTC). The first
 * of the two when the clock is put back; when it is put forward, what was valid before. 0, -EINVAL (no name),
 * -ENOENT (no such zone, or no zone files), -EBADMSG (a damaged file, or a rule that is not understood). */
int tzif_offset(const char *name, int64_t local_s, int *ret_offset_s);

/* The same over the file's bytes. */
int tzif_offset_in(const unsigned char *data, size_t len, int64_t local_s, int *ret_offset_s);

#endif

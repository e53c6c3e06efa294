/* error: one table of codes and a small rich error.
 *
 * Fallible functions return 0 or a negative code: an errno negated, or one of newsd's own below
 * -1000. Where the cause is known, `struct error` is filled once with words for a person; the
 * layers above pass it on. Only daemon/ logs. */
#ifndef NEWSD_FEEDS_BASE_ERROR_H
#define NEWSD_FEEDS_BASE_ERROR_H

#include <stdarg.h>

enum {
    ERR_NOT_A_FEED = -1001,    /* the bytes are no feed of any known format */
    ERR_EMPTY = -1002,         /* no bytes where a document was expected */
    ERR_MALFORMED = -1003,     /* damaged beyond repair */
    ERR_LIMIT = -1004,         /* a size, depth or count limit was reached */
    ERR_DEADLINE = -1005,      /* the time budget ran out */
    ERR_NETWORK = -1007,       /* could not reach the other side */
    ERR_HTTP = -1008,          /* the other side answered with an error status */
    ERR_CONFIG = -1009,        /* a wrong option or value */
    ERR_STORE = -1010,         /* the database failed */
    ERR_STORE_VERSION = -1011, /* the database is from a newer newsd */
    ERR_STORE_LOCKED = -1012,  /* another process holds the state */
    ERR_STORE_FULL = -1013,    /* no space for the database */
    ERR_STORE_DAMAGED = -1018, /* the file is no sound database */
    ERR_KAFKA = -1014,         /* librdkafka refused or failed */
    ERR_SHUTDOWN = -1015,      /* not done because the process ends */
    ERR_NOT_FOUND = -1016,     /* no such thing */
    ERR_RECORD = -1017,        /* a record could not be made or read */
};

enum { ERROR_TEXT_BYTES = 512 };

struct error {
    int code;
    char text[ERROR_TEXT_BYTES];
};

/* Fills *error (when not NULL) with code and printf text; returns code, for `return error_set(...)`. */
int error_set(struct error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* One short English text for a code, errno's own for errno values. Static or thread-local storage. */
const char *error_text(int code);

#endif

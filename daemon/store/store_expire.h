/* store_expire: the job that forgets what is past its time. */
#ifndef NEWSD_DAEMON_STORE_STORE_EXPIRE_H
#define NEWSD_DAEMON_STORE_STORE_EXPIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/store/store.h"

/* Forgets seen entries and article memory that are past their time, in bounded slices: up to feeds_max feeds,
 * and up to rows_max articles once all feeds are through. `more`: call again with after_feed = next_feed. */
struct store_expire {
    struct store_job base;
    int64_t now_ms;
    int64_t after_feed; /* 0 begins */
    size_t feeds_max, rows_max;
    int64_t next_feed; /* out */
    size_t removed;    /* out */
    bool more;         /* out */
};
void store_submit_expire(struct store *store, struct store_expire *job);

#endif

/* watch: what an operator sees of the running daemon: gauges, the minute's summary line, the status document,
 * health. Reads the parts, changes none. Loop thread only. */
#ifndef NEWSD_DAEMON_WATCH_WATCH_H
#define NEWSD_DAEMON_WATCH_WATCH_H

#include "base/buffer.h"
#include "daemon/articles/article_desk.h"
#include "daemon/config/config.h"
#include "daemon/polling/poller.h"
#include "daemon/watch/pressure.h"
#include "daemon/kafka/publisher.h"
#include "daemon/store/store.h"
#include "daemon/fetching/transfers.h"
#include "daemon/process/workers.h"

struct watch_parts {
    struct poller *poller;
    struct article_desk *desk;
    struct publisher *publisher;
    struct store *store;
    struct transfers *transfers;
    struct workers *workers;
    const struct pressure *pressure;
    const char *state;  /* "starting", "running", "stopping" */
    int64_t started_ms; /* monotonic */
};

/* Rates over the last window, kept between two summaries. */
struct watch_window {
    int64_t since_ms, polls, not_modified, fresh, revised, published, rejected, delivered, failed;
    double polls_per_s, new_per_s, delivered_per_s, not_modified_share;
};

/* Sets every gauge from the parts. */
void watch_gauges(const struct watch_parts *parts);
/* One summary line in the log; begins a new window. */
void watch_summary(const struct watch_parts *parts, struct watch_window *window);
/* The status line for systemd, e.g. "1 203 feeds, 12.1 polls/s, outbox 0, Kafka up". */
void watch_status_line(const struct watch_parts *parts, const struct watch_window *window, char *line,
                       size_t size);
/* The document behind `newsd status`. 0 or -ENOMEM. */
int watch_status(const struct watch_parts *parts, const struct watch_window *window, struct buffer *json);
/* NULL when loop, store, publisher and workers make progress, else what does not: feeds the watchdog and
 * /healthz. */
const char *watch_stuck(const struct watch_parts *parts);

#endif

/* metrics: every counter and gauge, declared once with its help text (metrics_table.h); /metrics, `newsd
 * status`, the summary line and the manual's section all come from that table. Counters may be raised on any
 * thread.
 *
 *     metrics_add(METRIC_POLLS, 1);          metrics_set(METRIC_OUTBOX_ROWS, n);
 *     metrics_observe(METRIC_DELAY_DELIVERED, ms);         histogram, for percentiles
 */
#ifndef NEWSD_DAEMON_PROCESS_METRICS_H
#define NEWSD_DAEMON_PROCESS_METRICS_H

#include <stdint.h>

#include "base/buffer.h"

enum metric_type { METRIC_TYPE_COUNTER, METRIC_TYPE_GAUGE, METRIC_TYPE_HISTOGRAM };

#define METRIC(id, type, name, labels, help) METRIC_##id,
enum metric {
#include "daemon/process/metrics_table.h"
    METRIC_COUNT
};
#undef METRIC

void metrics_add(enum metric metric, int64_t amount);
void metrics_set(enum metric metric, int64_t value);
int64_t metrics_get(enum metric metric);
/* One observation of a histogram, in milliseconds. */
void metrics_observe(enum metric metric, int64_t ms);
/* Value below which `share` (0..1) of a histogram's observations since metrics_window_start() lie; 0 when
 * none. */
double metrics_quantile(enum metric metric, double share);
/* Starts a new window for metrics_quantile (once a minute, by the summary). */
void metrics_window_start(void);
/* A poll failed: counted by its class (enum fetch_error). */
void metrics_add_poll_error(int fetch_error);
int64_t metrics_get_poll_error(int fetch_error);
/* All, in the Prometheus text exposition format 0.0.4. 0 or -ENOMEM. */
int metrics_render(struct buffer *buffer);
/* For tests. */
void metrics_reset(void);

#endif

/* metrics: atomic counters, gauges and log-spaced histograms behind the one table. Any thread. */
#include "daemon/process/metrics.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "feeds/http/http_answer.h"

/* Upper bounds in milliseconds: four to a decade from 1 ms to about 3 hours, then everything else. */
static const int64_t bounds[] = {1,      2,      3,      6,       10,      18,      32,
                                 56,     100,    178,    316,     562,     1000,    1778,
                                 3162,   5623,   10000,  17783,   31623,   56234,   100000,
                                 177828, 316228, 562341, 1000000, 1778279, 3162278, 10000000};
enum { BUCKETS = sizeof(bounds) / sizeof(bounds[0]) + 1 };

struct histogram {
    _Atomic int64_t buckets[BUCKETS], window[BUCKETS];
    _Atomic int64_t sum;
};

#define METRIC(id, type, name, labels, help) {METRIC_TYPE_##type, name, labels, help},
static const struct {
    enum metric_type type;
    const char *name, *labels, *help;
} table[METRIC_COUNT] = {
#include "daemon/process/metrics_table.h"
};
#undef METRIC

static _Atomic int64_t values[METRIC_COUNT];
static struct histogram histograms[METRIC_COUNT];
static _Atomic int64_t poll_errors[FETCH_ERROR_COUNT];

void metrics_add(enum metric metric, int64_t amount)
{
    assert(metric < METRIC_COUNT && table[metric].type == METRIC_TYPE_COUNTER);
    assert(amount >= 0); /* a counter that falls reads as a restart */
    atomic_fetch_add_explicit(&values[metric], amount, memory_order_relaxed);
}

void metrics_set(enum metric metric, int64_t value)
{
    assert(metric < METRIC_COUNT && table[metric].type != METRIC_TYPE_HISTOGRAM);
    atomic_store_explicit(&values[metric], value, memory_order_relaxed);
}

int64_t metrics_get(enum metric metric)
{
    assert(metric < METRIC_COUNT && table[metric].type != METRIC_TYPE_HISTOGRAM);
    return atomic_load_explicit(&values[metric], memory_order_relaxed);
}

void metrics_observe(enum metric metric, int64_t ms)
{
    assert(metric < METRIC_COUNT && table[metric].type == METRIC_TYPE_HISTOGRAM);
    size_t bucket = 0;
    if (ms < 0)
        ms = 0;
    while (bucket < BUCKETS - 1 && ms > bounds[bucket])
        bucket++;
    atomic_fetch_add_explicit(&histograms[metric].buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&histograms[metric].window[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&histograms[metric].sum, ms, memory_order_relaxed);
}

double metrics_quantile(enum metric metric, double share)
{
    assert(table[metric].type == METRIC_TYPE_HISTOGRAM && share >= 0 && share <= 1);
    int64_t counts[BUCKETS], total = 0, below = 0;
    for (size_t i = 0; i < BUCKETS; i++)
        total += counts[i] = atomic_load_explicit(&histograms[metric].window[i], memory_order_relaxed);
    if (total == 0)
        return 0;
    double wanted = share * (double)total;
    for (size_t i = 0; i < BUCKETS; i++) {
        if (counts[i] > 0 && (double)(below + counts[i]) >= wanted) {
            double low = i ? (double)bounds[i - 1] : 0,
                   high = (double)bounds[i < BUCKETS - 1 ? i : BUCKETS - 2];
            return low + (high - low) * (wanted - (double)below) / (double)counts[i];
        }
        below += counts[i];
    }
    return (double)bounds[BUCKETS - 2];
}

void metrics_window_start(void)
{
    for (size_t metric = 0; metric < METRIC_COUNT; metric++)
        for (size_t i = 0; i < BUCKETS; i++)
            atomic_store_explicit(&histograms[metric].window[i], 0, memory_order_relaxed);
}

void metrics_add_poll_error(int fetch_error)
{
    if (fetch_error <= FETCH_ERROR_NONE || fetch_error >= FETCH_ERROR_COUNT)
        return;
    atomic_fetch_add_explicit(&poll_errors[fetch_error], 1, memory_order_relaxed);
    metrics_add(METRIC_POLLS_FAILED, 1);
}

int64_t metrics_get_poll_error(int fetch_error)
{
    return fetch_error >= 0 && fetch_error < FETCH_ERROR_COUNT
               ? atomic_load_explicit(&poll_errors[fetch_error], memory_order_relaxed)
               : 0;
}

static const char *type_name(enum metric_type type)
{
    static const char *const names[] = {"counter", "gauge", "histogram"};
    return names[type];
}

static void render_histogram(struct buffer *buffer, size_t metric)
{
    int64_t total = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        total += atomic_load_explicit(&histograms[metric].buckets[i], memory_order_relaxed);
        if (i < BUCKETS - 1)
            buffer_printf(buffer, "newsd_%s_bucket{le=\"%lld\"} %lld\n", table[metric].name,
                          (long long)bounds[i], (long long)total);
        else
            buffer_printf(buffer, "newsd_%s_bucket{le=\"+Inf\"} %lld\n", table[metric].name,
                          (long long)total);
    }
    buffer_printf(buffer, "newsd_%s_sum %lld\nnewsd_%s_count %lld\n", table[metric].name,
                  (long long)atomic_load_explicit(&histograms[metric].sum, memory_order_relaxed),
                  table[metric].name, (long long)total);
}

int metrics_render(struct buffer *buffer)
{
    const char *before = "";
    for (size_t metric = 0; metric < METRIC_COUNT; metric++) {
        if (strcmp(before, table[metric].name))
            buffer_printf(buffer, "# HELP newsd_%s %s\n# TYPE newsd_%s %s\n", table[metric].name,
                          table[metric].help, table[metric].name, type_name(table[metric].type));
        before = table[metric].name;
        if (table[metric].type == METRIC_TYPE_HISTOGRAM)
            render_histogram(buffer, metric);
        else
            buffer_printf(buffer, table[metric].labels[0] ? "newsd_%s{%s} %lld\n" : "newsd_%s%s %lld\n",
                          table[metric].name, table[metric].labels,
                          (long long)metrics_get((enum metric)metric));
    }
    buffer_printf(
        buffer,
        "# HELP newsd_poll_errors_total Failed polls by class\n# TYPE newsd_poll_errors_total counter\n");
    for (int error = 1; error < FETCH_ERROR_COUNT; error++)
        buffer_printf(buffer, "newsd_poll_errors_total{class=\"%s\"} %lld\n",
                      fetch_error_name((enum fetch_error)error), (long long)metrics_get_poll_error(error));
    return buffer->failed ? -ENOMEM : 0;
}

void metrics_reset(void)
{
    for (size_t metric = 0; metric < METRIC_COUNT; metric++) {
        atomic_store(&values[metric], 0);
        memset(&histograms[metric], 0, sizeof(histograms[metric]));
    }
    memset(poll_errors, 0, sizeof(poll_errors));
}

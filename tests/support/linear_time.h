/* linear_time: shows that work grows with its input and not with the square of it, on any machine and under
 * any checker: an eighth of the input and the whole are timed in one run, in processor time. Linear work
 * takes 8 times as long, quadratic work 64 times. */
#ifndef NEWSD_TESTS_LINEAR_TIME_H
#define NEWSD_TESTS_LINEAR_TIME_H

#include <stddef.h>
#include <time.h>

enum { LINEAR_STEP = 8, LINEAR_LIMIT = 3 * LINEAR_STEP, LINEAR_TRIES = 3 };

#ifdef __SANITIZE_ADDRESS__
/* Its own memmem() looks at the whole of what is searched at each call, which is quadratic in itself. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "intercept_memmem=0";
}
#endif

/* Does the work for an input of `size` pieces, each as `input` says. */
typedef void (*sized_work)(const void *input, size_t size);

static inline double processor_seconds(sized_work work, const void *input, size_t size)
{
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    work(input, size);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    return (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
}

/* A try that a noisy machine has spoiled is made again: noise makes work slower now and then, quadratic work
 * is slow always. A millisecond is allowed on top, for pages that are touched the first time. */
static inline void assert_linear(sized_work work, const void *input, size_t size)
{
    double part = 0, whole = 0;
    for (int try = 0; try < LINEAR_TRIES; try++) {
        part = processor_seconds(work, input, size / LINEAR_STEP);
        whole = processor_seconds(work, input, size);
        if (whole <= LINEAR_LIMIT * part + 0.001)
            return;
    }
    fail_msg("%g s, %g s: %zu pieces take more than %d times as long as an eighth of them", part, whole, size,
             LINEAR_LIMIT);
}

#endif

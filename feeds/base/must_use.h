/* must_use: for functions whose failure nobody may pass over: the compiler names each place that does.
 *
 *     may_fail(store_execute(store, "..."));      where it is of no account, and a comment says why */
#ifndef NEWSD_FEEDS_BASE_MUST_USE_H
#define NEWSD_FEEDS_BASE_MUST_USE_H

#define _must_use_ __attribute__((warn_unused_result))

static inline void may_fail(int error)
{
    (void)error; /* that is the purpose */
}

#endif

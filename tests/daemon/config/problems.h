/* problems: collects what a config_report is told, as "file:line: text" lines. For tests only. */
#ifndef NEWSD_TESTS_DAEMON_PROBLEMS_H
#define NEWSD_TESTS_DAEMON_PROBLEMS_H

#include "base/buffer.h"
#include "daemon/config/config.h"

struct problems {
    struct buffer text;
    size_t count;
};

static inline void problems_add(void *context, const struct config_problem *problem)
{
    struct problems *problems = context;
    const char *slash = problem->file ? strrchr(problem->file, '/') : NULL;
    buffer_printf(&problems->text, "%s:%u: %s%s\n", slash ? slash + 1 : "-", problem->line,
                  problem->warning ? "warning: " : "", problem->text);
    problems->count++;
}

/* True when one of the lines contains `text`. */
static inline bool problems_say(const struct problems *problems, const char *text)
{
    return problems->text.ptr && strstr(problems->text.ptr, text);
}

static inline void problems_done(struct problems *problems)
{
    buffer_done(&problems->text);
    problems->count = 0;
}

#endif

/* budget: see the header. */
#include "processors/budget.h"

#include "base/clock.h"

enum { CHECK_INTERVAL = 16 }; /* budget_over() reads the clock this rarely: 20 ns a read */

static _Thread_local int64_t article_deadline_us, deadline_us;
static _Thread_local unsigned checks;
static _Thread_local bool over;

static int64_t after_ms(int32_t ms)
{
    return ms > 0 ? clock_monotonic_us() + (int64_t)ms * 1000 : 0;
}

void budget_begin(int32_t article_ms)
{
    article_deadline_us = deadline_us = after_ms(article_ms);
    over = false;
}

void budget_end(void)
{
    budget_begin(0);
}

void budget_stage_begin(int32_t stage_ms)
{
    int64_t stage_us = after_ms(stage_ms);
    bool sooner = stage_us && (!article_deadline_us || stage_us < article_deadline_us);
    deadline_us = sooner ? stage_us : article_deadline_us;
    over = false;
}

void budget_stage_end(void)
{
    deadline_us = article_deadline_us;
    over = false;
}

bool budget_over(void)
{
    if (!deadline_us || over)
        return over;
    if (++checks % CHECK_INTERVAL == 0)
        over = clock_monotonic_us() >= deadline_us;
    return over;
}

bool budget_article_over(void)
{
    return article_deadline_us && clock_monotonic_us() >= article_deadline_us;
}

int64_t budget_deadline_us(void)
{
    return deadline_us;
}

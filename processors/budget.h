/* budget: how much time the article at hand, and the stage at hand, may still take. One of each a thread.
 *
 *     budget_begin(2000);              the article
 *     budget_stage_begin(200);         a stage of it
 *     ... if (budget_over()) return ERR_DEADLINE; ...
 *     budget_stage_end();
 *     budget_end();
 *
 * Long loops in stages, and what the stages call, ask budget_over() every few thousand steps. */
#ifndef NEWSD_PROCESSORS_BUDGET_H
#define NEWSD_PROCESSORS_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

/* Wall time in milliseconds from now; 0 = no limit. */
void budget_begin(int32_t article_ms);
void budget_end(void);
/* Within the article's: the shorter of both counts. 0 = only the article's. */
void budget_stage_begin(int32_t stage_ms);
void budget_stage_end(void);

/* The stage at hand, or between two stages the article, has used its time up. */
bool budget_over(void);
/* The article has, whatever the stage may. */
bool budget_article_over(void);

/* Deadline of what is at hand in monotonic microseconds, 0 = none: for guards inside third-party parsers. */
int64_t budget_deadline_us(void);

#endif

/* revisit: the plan of visits and the verdict on one. Owns nothing. */
#include "daemon/articles/revisit.h"

#include <assert.h>
#include <string.h>

int64_t revisit_next(const struct option_delays *delays, int64_t first_ms, int64_t now_ms)
{
    assert(delays->count <= OPTION_DELAYS_MAX);
    for (size_t i = 0; i < delays->count; i++)
        if (first_ms + delays->ms[i] > now_ms)
            return first_ms + delays->ms[i];
    return 0;
}

enum revisit_finding revisit_judge(const struct page_fetch *page, uint64_t shown, uint16_t missed)
{
    if (!page->error)
        return REVISIT_READ;
    if (!strcmp(page->error, "not-modified"))
        return REVISIT_UNCHANGED;
    if (strcmp(page->error, "http-status") || (page->status != 404 && page->status != 410))
        return REVISIT_FAILED;
    return shown && (page->status == 410 || missed > 0) ? REVISIT_GONE : REVISIT_MISSING;
}

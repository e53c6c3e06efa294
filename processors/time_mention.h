/* time_mention: a time that an article names, with what it means. Values are those of TIMEX3. */
#ifndef NEWSD_PROCESSORS_TIME_MENTION_H
#define NEWSD_PROCESSORS_TIME_MENTION_H

#include <stdint.h>

#include "base/str.h"
#include "processors/span.h"

enum time_kind { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET, TIME_KINDS };

struct article_time {
    enum time_kind kind;
    struct span span;
    uint32_t sentence;
    uint32_t first, end; /* tokens of the article, [first, end) */
    /* "2022-01-11", "2022-01", "2022-W02", "2021-Q4", "199" (a decade), "2022-03-02T11:30", "2022-03-02TMO",
     * "2021-WI", "P3D", "2010/2014" (both included), "PAST_REF"; absent = not known */
    struct str value;
    const char *mod; /* "APPROX", "START", "MID", "END", "BEFORE", "AFTER", "LESS_THAN", "MORE_THAN"; NULL */
    int64_t begin_ms, end_ms; /* UTC, half-open; 0 = open or not anchored */
    uint32_t frequency;       /* of a set: so many times in each; 0 = not said */
    const char *origin;       /* "stated", "anchored" (to another date), "tense" (a verb's tense chose) */
    float confidence;         /* 0..1 */
};

/* "date", "time", "duration", "set": stable, they stand in records. */
static inline const char *time_kind_text(enum time_kind kind)
{
    static const char *const texts[TIME_KINDS] = {"date", "time", "duration", "set"};
    return texts[kind];
}

#endif

/* moment: the one date reader of feeds and pages, with an article's kinds of precision. Never reads a clock.
 */
#include "processors/text/moment.h"

#include <errno.h>

#include "base/clock.h"
#include "base/date.h"

int moment_parse(struct arena *arena, struct str text, struct article_date *ret_date)
{
    static const enum date_precision precisions[] = {
        [TIME_NONE] = DATE_NONE,         [TIME_YEAR] = DATE_YEAR,     [TIME_MONTH] = DATE_MONTH,
        [TIME_DAY] = DATE_DAY,           [TIME_MINUTE] = DATE_MINUTE, [TIME_SECOND] = DATE_SECOND,
        [TIME_FRACTION] = DATE_FRACTION,
    };
    struct feed_time time;
    int code = date_parse(text, &time);
    if (code < 0)
        return code;
    struct str value = moment_format(arena, time.ms, precisions[time.precision]);
    if (!value.ptr)
        return -ENOMEM;
    ret_date->local = STR_NONE;
    if (time.offset_min && time.precision >= TIME_MINUTE)
        ret_date->local = moment_format_local(arena, time.ms, precisions[time.precision], time.offset_min);
    ret_date->zoned = time.zoned;
    ret_date->ms = time.ms;
    ret_date->precision = precisions[time.precision];
    ret_date->value = value;
    return 0;
}

struct str moment_format(struct arena *arena, int64_t ms, enum date_precision precision)
{
    static const size_t lengths[] = {
        [DATE_YEAR] = 4,    [DATE_MONTH] = 7,   [DATE_DAY] = 10,
        [DATE_MINUTE] = 16, [DATE_SECOND] = 19, [DATE_FRACTION] = 23,
    };
    char text[CLOCK_RFC3339_BYTES];
    if (precision == DATE_NONE)
        return STR_NONE;
    (void)clock_rfc3339(ms, 1, text); /* returns `text` */
    return arena_printf(arena, "%.*s%s", (int)lengths[precision], text, precision >= DATE_MINUTE ? "Z" : "");
}

struct str moment_format_local(struct arena *arena, int64_t ms, enum date_precision precision, int offset_min)
{
    struct str text = moment_format(arena, ms + offset_min * (int64_t)60000, precision);
    if (!str_ends(text, STR("Z")))
        return text;
    int minutes = offset_min < 0 ? -offset_min : offset_min;
    return arena_printf(arena, "%.*s%c%02d:%02d", (int)text.len - 1, text.ptr, offset_min < 0 ? '-' : '+',
                        minutes / 60, minutes % 60);
}

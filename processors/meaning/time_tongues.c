/* time_tongues: the rules in their order, the longest date wins. */
#include "processors/meaning/time_tongues.h"

/* "próximo marzo", "vergangenen März". */
static uint32_t which_month(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t end = at, behind;
    const struct tongue_word *which = tongue_use(reader, at, TONGUE_BEFORE | TONGUE_BEFORE_DAY, &end);
    const struct tongue_word *month = which ? tongue_use(reader, end, TONGUE_MONTH, &behind) : NULL;
    struct time_found whole = {0};
    if (!month || tongue_month(reader, end, &whole) > behind)
        return at;
    tongue_which_month(reader, month->value, which->value, found);
    return behind;
}

uint32_t time_tongue_read(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    static uint32_t (*const rules[])(const struct tongue_reader *, uint32_t, struct time_found *) = {
        tongue_figures,     tongue_east, tongue_day_month, tongue_year, tongue_weekday,
        tongue_day_of_week, tongue_day,  tongue_unit,      which_month, tongue_month};
    uint32_t best = at;
    if (!tongue_piece(reader, at)->word && !tongue_piece(reader, at)->digits)
        return at;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        struct time_found candidate = {0};
        uint32_t end = rules[i](reader, at, &candidate);
        if (end > best) {
            best = end;
            *found = candidate;
        }
    }
    const struct tongue_word *lead = best > at ? tongue_led(reader, at, TONGUE_LEAD) : NULL;
    found->open = lead ? (enum time_open)lead->value : OPEN_NOT;
    return best;
}

uint32_t time_tongue_skip(const struct tongue_reader *reader, uint32_t at)
{
    uint32_t end;
    return tongue_use(reader, at, TONGUE_OTHER, &end) ? end : at + 1;
}

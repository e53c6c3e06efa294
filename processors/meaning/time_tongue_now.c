/* time_tongue_now: what nine languages count from now: today, last week, next March. */
#include "processors/meaning/time_tongues.h"

void tongue_anchored(const struct tongue_reader *reader, struct time_found *found, float confidence)
{
    *found = (struct time_found){.kind = TIME_DATE, .origin = "anchored"};
    found->confidence = reader->reader->anchor.grain ? confidence : 0.3F;
}

void tongue_set_piece(const struct tongue_reader *reader, enum time_grain grain, int which,
                      struct time_found *found)
{
    tongue_anchored(reader, found, 0.9F);
    if (reader->reader->anchor.grain)
        found->point = time_point_shift(time_point_of(grain, reader->reader->anchor.day), which);
}

void tongue_which_month(const struct tongue_reader *reader, int month, int which, struct time_found *found)
{
    struct time_point now = time_point_of(GRAIN_MONTH, reader->reader->anchor.day);
    tongue_anchored(reader, found, 0.85F);
    if (!reader->reader->anchor.grain)
        return;
    found->point =
        time_point_shift(time_point_of(GRAIN_MONTH, time_point_of(GRAIN_YEAR, now.day).day), month - 1);
    if (which < 0 && found->point.day >= now.day)
        found->point = time_point_shift(found->point, -12);
    if (which > 0 && found->point.day <= now.day)
        found->point = time_point_shift(found->point, 12);
}

/* "semana pasada", "scorso anno", "去年". */
uint32_t tongue_unit(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t end = at, behind;
    const struct tongue_word *piece = tongue_use(reader, at, TONGUE_PIECE, &end);
    if (piece) {
        tongue_set_piece(reader, (enum time_grain)piece->grain, piece->value, found);
        return end;
    }
    const struct tongue_word *which = tongue_use(reader, at, TONGUE_BEFORE, &end);
    end += which && tongue_is(reader, end, '\'');
    const struct tongue_word *unit = tongue_use(reader, end, TONGUE_UNIT, &behind);
    if (unit && !which)
        which = tongue_use(reader, behind, TONGUE_BEHIND, &behind);
    if (!unit || !which)
        return at;
    tongue_set_piece(reader, (enum time_grain)unit->grain, which->value, found);
    return behind;
}

uint32_t tongue_day(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t end;
    const struct tongue_word *word = tongue_use(reader, at, TONGUE_DAY, &end);
    if (!word || tongue_before(reader, at, TONGUE_VETO))
        return at;
    bool noun = tongue_piece(reader, at)->capital || tongue_before(reader, at, TONGUE_WEEKDAY);
    if ((word->uses & TONGUE_SMALL) && noun) /* "am Montag morgen" */
        return at;
    tongue_set_piece(reader, GRAIN_DAY, word->value, found);
    return end;
}

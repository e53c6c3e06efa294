/* time_offsets: "two days ago", "three weeks later", "in five years", "the past two years". */
#include "processors/meaning/time_grammar.h"

/* Units for a count: "days", "year"; part of "two-week". */
static const struct time_word *unit_at(const struct time_reader *reader, uint32_t at)
{
    const struct time_word *unit = time_word(reader, at, WORD_UNITS);
    return unit ? unit : time_word(reader, at, WORD_UNIT);
}

static struct time_point moved(struct time_point from, enum time_grain grain, int64_t count)
{
    if (!from.grain || grain == GRAIN_SECOND)
        return (struct time_point){0};
    if (grain == GRAIN_DECADE || grain == GRAIN_CENTURY) /* "a decade ago": the year, not the decade */
        return time_point_shift(time_point_of(GRAIN_YEAR, from.day),
                                count * (grain == GRAIN_DECADE ? 10 : 100));
    if (grain > GRAIN_DAY) {
        from.grain = grain;
        return time_point_shift(from, count);
    }
    return time_point_shift(time_point_of(grain, from.day), count);
}

/* What stands behind "two days": the direction, and whether it is counted from now. */
static uint32_t direction(const struct time_reader *reader, uint32_t at, int *ret_way, bool *ret_now)
{
    bool ends = at + 1 >= reader->tree->count || time_node(reader, at + 1)->upos == UPOS_PUNCT;
    *ret_now = time_is(reader, at, "ago") || (time_is(reader, at, "from") && time_is(reader, at + 1, "now"));
    bool back = time_is(reader, at, "ago") || time_is(reader, at, "earlier") ||
                time_is(reader, at, "previously") || (time_is(reader, at, "before") && ends);
    bool on = time_is(reader, at, "later") || (time_is(reader, at, "after") && ends) ||
              time_is(reader, at, "hence");
    *ret_way = back ? -1 : on || *ret_now ? 1 : 0;
    return *ret_way ? at + (time_is(reader, at, "from") ? 2 : 1) : at;
}

/* "two days ago", "a year earlier", "years later", "three weeks from now". */
static uint32_t counted(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int64_t tenths = -1;
    uint32_t next = time_number_read(reader, at, &tenths), end;
    int way = 0;
    bool now = false,
         half = time_is(reader, at, "half") && time_number_read(reader, at + 1, &tenths) > at + 1;
    next = half ? at + 2 : next;
    const struct time_word *unit = unit_at(reader, next);
    if (!unit || (next == at && unit->class == WORD_UNIT))
        return at;
    end = direction(reader, next + 1, &way, &now);
    if (!way)
        return at;
    enum time_grain grain = (enum time_grain)unit->value;
    struct time_point from = now || !reader->told.grain ? reader->anchor : reader->told;
    *found = (struct time_found){.kind = grain > GRAIN_DAY ? TIME_TIME : TIME_DATE, .origin = "anchored"};
    found->confidence = now && from.grain ? 0.9F : 0.6F;
    bool day = grain == GRAIN_WEEK && from.grain >= GRAIN_DAY && (!now || tenths == 10);
    if (tenths >= 0 && !half && day) /* "a week earlier": the day; "three weeks ago": the week */
        found->point = time_point_of(GRAIN_DAY, from.day + way * (tenths / 10) * 7);
    else if (tenths >= 0 && !half)
        found->point = moved(from, grain, way * (tenths / 10));
    else if (now)
        found->value = way < 0 ? STR("PAST_REF") : STR("FUTURE_REF");
    return end;
}

/* Of the anchor, by so much before or behind it. */
static void reach(const struct time_reader *reader, struct time_found *found, enum time_grain grain,
                  int64_t tenths, int way)
{
    struct time_point now = {
        .grain = GRAIN_MINUTE, .day = reader->anchor.day, .minute = reader->anchor.minute};
    found->kind = TIME_DURATION;
    found->value = time_duration_value(reader->article->arena, grain, tenths);
    found->whole = true;
    found->origin = "anchored";
    found->confidence = reader->anchor.grain ? 0.8F : 0.4F;
    if (!reader->anchor.grain || tenths < 0 || tenths % 10 || grain == GRAIN_SECOND)
        return;
    struct time_point other = now;
    if (grain > GRAIN_DAY) {
        other = moved(now, grain, way * (tenths / 10));
    } else if (grain < GRAIN_WEEK) { /* months are not all as long: the same day of another one */
        struct time_point month = time_point_of(GRAIN_MONTH, now.day), there = month;
        there.grain = grain;
        there = time_point_shift(there, way * (tenths / 10));
        int64_t end = time_point_shift(time_point_of(GRAIN_MONTH, there.day), 1).day;
        other.day = there.day + (now.day - month.day);
        other.day = other.day < end ? other.day : end - 1;
    } else {
        other.day += (grain == GRAIN_DAY ? 1 : 7) * way * (tenths / 10);
    }
    found->begin_ms = time_point_begin_ms(way < 0 ? other : now);
    found->end_ms = time_point_begin_ms(way < 0 ? now : other);
}

/* "the past two years", "the next five days", "the coming weeks", "recent months", "the last decade". */
static uint32_t stretch(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t first =
        at + (time_is(reader, at, "the") || time_is(reader, at, "these") || time_is(reader, at, "this"));
    const struct time_word *which = time_word(reader, first, WORD_WHICH);
    int64_t tenths = 0;
    bool recent = time_is(reader, first, "recent");
    if (time_is(reader, first, "days") && time_is(reader, at, "these")) {
        *found = (struct time_found){.value = STR("PRESENT_REF"), .origin = "anchored", .confidence = 0.6F};
        return first + 1;
    }
    if (!recent && (!which || !which->value))
        return at;
    int way = recent ? -1 : which->value;
    uint32_t next = time_number_read(reader, first + 1, &tenths);
    const struct time_word *unit = unit_at(reader, next);
    if (!unit)
        return at;
    *found = (struct time_found){.origin = "anchored", .confidence = 0.6F};
    if (next > first + 1) {
        reach(reader, found, (enum time_grain)unit->value, tenths, way);
        return next + 1;
    }
    if (unit->class == WORD_UNITS) {
        found->value = way < 0 ? STR("PAST_REF") : STR("FUTURE_REF");
        found->mod =
            recent || time_is(reader, first, "coming") || time_is(reader, first, "last") ? "APPROX" : NULL;
        return next + 1;
    }
    bool one =
        time_is(reader, first, "past") || time_is(reader, first, "coming") || time_is(reader, first, "last");
    if (!one || first == at ||
        (unit->value >= GRAIN_WEEKEND && unit->value != GRAIN_DAY && unit->value < GRAIN_HOUR))
        return at;
    if (time_is(reader, next + 1, "of"))
        return at;
    reach(reader, found, (enum time_grain)unit->value, 10, way);
    return next + 1;
}

/* "in five years" of a verb of the future; "within a week". */
static uint32_t ahead(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    bool in = time_is(reader, at, "in"), within = time_is(reader, at, "within");
    int64_t tenths = -1;
    if (!in && !within)
        return at;
    uint32_t next = time_number_read(reader, at + 1, &tenths);
    const struct time_word *unit = unit_at(reader, next);
    if (!unit || next == at + 1 || (in && time_tense_at(reader, next) == TENSE_PAST) ||
        time_is(reader, next + 1, "of") || time_is(reader, next + 1, "'"))
        return at;
    enum time_grain grain = (enum time_grain)unit->value;
    uint32_t end = next + 1 + (time_is(reader, next + 1, "'") && time_is(reader, next + 2, "time") ? 2 : 0);
    *found = (struct time_found){.kind = grain > GRAIN_DAY ? TIME_TIME : TIME_DATE, .origin = "anchored"};
    found->confidence = reader->anchor.grain ? 0.7F : 0.3F;
    if (within)
        reach(reader, found, grain, tenths, 1);
    else if (tenths < 0)
        found->value = STR("FUTURE_REF");
    else
        found->point = moved(reader->anchor, grain, tenths / 10);
    return end;
}

uint32_t time_offset_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static uint32_t (*const rules[])(const struct time_reader *, uint32_t,
                                     struct time_found *) = {counted, stretch, ahead};
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        uint32_t end = rules[i](reader, at, found);
        if (end > at)
            return end;
        *found = (struct time_found){0};
    }
    return at;
}

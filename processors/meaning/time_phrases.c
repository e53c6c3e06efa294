/* time_phrases: puts together what the rules find: a day and its hour, "early" and its year, "nearly" and its
 * length, the two ends of a range. */
#include "base/clock.h"
#include "processors/meaning/time_grammar.h"

typedef uint32_t rule(const struct time_reader *reader, uint32_t at, struct time_found *found);

static uint32_t longest(const struct time_reader *reader, uint32_t at, rule *const *rules,
                        struct time_found *found)
{
    uint32_t best = at;
    for (; *rules; rules++) {
        struct time_found candidate = {0};
        uint32_t end = (*rules)(reader, at, &candidate);
        if (end > best) {
            best = end;
            *found = candidate;
        }
    }
    return best;
}

static uint32_t day_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static rule *const rules[] = {time_date_read, time_relative_read, NULL};
    return longest(reader, at, rules, found);
}

/* The day of the hour that was read first: said behind it, or the one told of last in the sentence, or today.
 */
static uint32_t clock_and_day(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct time_found day = {0};
    uint32_t clock = time_clock_read(reader, at, found), end;
    if (clock == at)
        return at;
    uint32_t next =
        clock + (time_is(reader, clock, "on") || time_is(reader, clock, ",") || time_is(reader, clock, "of"));
    next += time_is(reader, next, "the");
    end = day_read(reader, next, &day);
    if (end == next || (day.point.grain && day.point.grain != GRAIN_DAY && day.point.grain != GRAIN_PART)) {
        bool told = reader->told.grain >= GRAIN_DAY && reader->told_sentence == reader->sentence;
        struct time_point from = told ? reader->told : reader->anchor;
        found->point.day = from.day;
        if (!from.grain)
            found->point.grain = GRAIN_NONE;
        return clock;
    }
    found->point.day = day.point.day;
    found->origin = day.origin;
    if (!day.point.grain)
        found->point.grain = GRAIN_NONE;
    return end;
}

/* "Tuesday at 11:33 a.m.", and days alone. */
static uint32_t day_and_clock(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct time_found clock = {0};
    uint32_t end = day_read(reader, at, found);
    if (end == at || (found->point.grain && found->point.grain < GRAIN_DAY))
        return end;
    uint32_t next = end + (time_is(reader, end, "at") || time_is(reader, end, ","));
    uint32_t behind = next < reader->tree->count ? time_clock_read(reader, next, &clock) : next;
    if (behind == next)
        return end;
    found->kind = TIME_TIME;
    if (found->point.grain) {
        clock.point.day = found->point.day;
        found->point = clock.point;
    }
    return behind;
}

static uint32_t core_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static rule *const rules[] = {day_and_clock,    clock_and_day, time_year_read,  time_offset_read,
                                  time_length_read, time_set_read, time_vague_read, NULL};
    return at < reader->tree->count ? longest(reader, at, rules, found) : at;
}

/* "early 2020", "the end of March", "late last year", "mid-March" of one token is not English UD's. */
static uint32_t edged(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *edge = time_word(reader, at, WORD_EDGE);
    bool noun = time_is(reader, at, "end") || time_is(reader, at, "start") ||
                time_is(reader, at, "beginning") || time_is(reader, at, "middle");
    if (!edge)
        return at;
    uint32_t next = at + 1;
    if (noun) {
        if (!time_is(reader, next, "of"))
            return at;
        next += 1;
        next += time_is(reader, next, "the");
    } else {
        next += time_is(reader, next, "-") || time_is(reader, next, "in");
        next += next > at + 1 && time_is(reader, next, "the");
        next += time_is(reader, next, "on") && edge->value;
    }
    bool now = time_word(reader, next, WORD_WHICH) || time_word(reader, next, WORD_WHICH_THEN) ||
               time_word(reader, next, WORD_DAY) || time_word(reader, next, WORD_WEEKDAY) ||
               time_word(reader, next, WORD_PART);
    if (edge->value && !now)
        return at;
    uint32_t end = core_read(reader, next, found);
    if (end == next || found->kind == TIME_DURATION || found->kind == TIME_SET)
        return at;
    found->mod = edge->text;
    if (!noun && found->point.grain == GRAIN_DAY && time_word(reader, next, WORD_WEEKDAY)) {
        bool early = time_is(reader, at, "early"), late = time_is(reader, at, "late");
        if (early || late) { /* "early Wednesday": of the day, its beginning */
            found->kind = TIME_TIME;
            found->point.grain = GRAIN_PART;
            found->point.part = early ? PART_MORNING : PART_EVENING;
            found->mod = NULL;
        }
    }
    return end;
}

/* "nearly eight hours", "more than a year", "around 2010". */
static uint32_t approximate(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_APPROX);
    bool least =
        time_is(reader, at, "at") && (time_is(reader, at + 1, "least") || time_is(reader, at + 1, "most"));
    bool up_to = time_is(reader, at, "up") && time_is(reader, at + 1, "to");
    uint32_t next = at + 1 + (least || up_to || (word && word->value));
    if (!word && !least && !up_to)
        return at;
    if (word && word->value && !time_is(reader, at + 1, "than"))
        return at;
    uint32_t end = core_read(reader, next, found);
    bool about = word && str_equal(str_from(word->text), STR("APPROX"));
    bool length = found->kind == TIME_DURATION && !found->whole;
    if (end == next || (!about && !length && !time_is(reader, end - 1, "ago")) ||
        time_is(reader, next, "the"))
        return at;
    if (time_is(reader, at, "over") && time_word(reader, next, WORD_UNITS))
        return at;
    found->mod = word ? word->text : up_to || time_is(reader, at + 1, "most") ? "LESS_THAN" : "MORE_THAN";
    return end;
}

/* The first end of a range takes the year that only the second has. */
static void share_year(struct time_found *first, const struct time_found *second)
{
    int64_t year;
    int month, day;
    if (!first->yearless || second->yearless || !first->point.grain)
        return;
    clock_civil_from_days(first->point.day, &year, &month, &day);
    year = time_point_year(second->point);
    first->point = time_point_of(first->point.grain, clock_days_from_civil(year, month, day));
    if (first->point.day > second->point.day)
        first->point = time_point_of(first->point.grain, clock_days_from_civil(year - 1, month, day));
}

/* What joins the ends: a dash, "to", "until", and "and" behind "between". */
static uint32_t joint(const struct time_reader *reader, uint32_t first, uint32_t at,
                      const struct time_found *found)
{
    bool from = time_is(reader, first - 1, "from") ||
                (time_is(reader, first - 1, "the") && time_is(reader, first - 2, "from"));
    bool dash = time_is(reader, at, "-") || time_is(reader, at, "–") || time_is(reader, at, "—");
    bool through = time_is(reader, at, "through") || time_is(reader, at, "thru");
    bool to = time_is(reader, at, "to") || time_is(reader, at, "until") || time_is(reader, at, "till");
    bool between = time_is(reader, at, "and") && time_is(reader, first - 1, "between");
    bool loose =
        found->point.grain == GRAIN_YEAR ? !time_is(reader, first - 1, "in") : time_is(reader, at, "to");
    if (!dash && !through && !between && !(to && (from || loose)))
        return at;
    return at + 1 + time_is(reader, at + 1, "the");
}

/* Two digits behind a year and a dash: "2014-18". */
static uint32_t short_year(const struct time_reader *reader, uint32_t at, const struct time_found *first,
                           struct time_found *second)
{
    int64_t digits = at < reader->tree->count && time_node(reader, at)->word.len == 2
                         ? time_digits(time_node(reader, at)->word)
                         : -1;
    int64_t year = first->point.grain == GRAIN_YEAR ? time_point_year(first->point) : -1;
    if (digits < 0 || year < 0 || year % 100 >= digits)
        return at;
    second->point = time_point_of(GRAIN_YEAR, clock_days_from_civil(year - year % 100 + digits, 1, 1));
    return at + 1;
}

static uint32_t second_end(const struct time_reader *reader, uint32_t at, const struct time_found *first,
                           struct time_found *second)
{
    bool plain = first->point.grain == GRAIN_YEAR && time_year_digits(reader, at) > 0;
    uint32_t end;
    if (plain) {
        second->point = time_point_of(GRAIN_YEAR, clock_days_from_civil(time_year_digits(reader, at), 1, 1));
        return at + 1;
    }
    end = short_year(reader, at, first, second);
    return end > at ? end : core_read(reader, at, second);
}

/* Behind the first end: the joint and the second, of one size with it. */
static uint32_t range_read(const struct time_reader *reader, uint32_t at, uint32_t end,
                           struct time_found *found)
{
    struct time_found second = {0};
    if (!found->point.grain || found->last.grain || found->value.ptr)
        return end;
    uint32_t next = joint(reader, at, end, found);
    uint32_t last =
        next > end && next < reader->tree->count ? second_end(reader, next, found, &second) : next;
    if (last == next || second.point.grain != found->point.grain || second.last.grain)
        return end;
    share_year(found, &second);
    if (second.yearless && second.point.day < found->point.day && second.point.grain == GRAIN_MONTH)
        second.point = time_point_shift(second.point, 12);
    if (second.point.day < found->point.day && second.point.grain == GRAIN_DAY &&
        found->point.day - second.point.day < 7)
        second.point.day += 7; /* weekdays */
    if (time_point_begin_ms(second.point) <= time_point_begin_ms(found->point))
        return end;
    found->last = second.point;
    return last;
}

uint32_t time_phrase_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static rule *const rules[] = {core_read, edged, approximate, NULL};
    uint32_t end = longest(reader, at, rules, found);
    return end > at ? range_read(reader, at, end, found) : at;
}

/* time_tongue_weekdays: weekdays in nine languages, with their date behind them or alone. */
#include "base/clock.h"
#include "processors/meaning/time_tongues.h"

enum { DAYS_OF_WEEK = 7, THURSDAY_1970 = 3, DAYS_OF_YEAR = 366, AWAY_MAX = 31, NOT_SAID = 2 };

static int weekday_of(int64_t day)
{
    return (int)(((day + THURSDAY_1970) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK) + 1;
}

/* Away from today: before it, behind it, or with `which` 0 where it lies nearest. */
static void set_weekday(const struct tongue_reader *reader, int weekday, int which, struct time_found *found)
{
    tongue_anchored(reader, found, which == NOT_SAID ? 0.7F : 0.85F);
    if (!reader->reader->anchor.grain)
        return;
    int64_t today = reader->reader->anchor.day;
    int ahead = (weekday - weekday_of(today) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    if (which == NOT_SAID)
        ahead -= ahead ? DAYS_OF_WEEK : 0;
    else if (which < 0)
        ahead -= DAYS_OF_WEEK;
    else if (which > 0)
        ahead += ahead ? 0 : DAYS_OF_WEEK;
    else
        ahead -= ahead > DAYS_OF_WEEK / 2 ? DAYS_OF_WEEK : 0;
    found->point = time_point_of(GRAIN_DAY, today + ahead);
}

/* The nearest day of that number and weekday; false when none is near. */
static bool set_numbered(const struct tongue_reader *reader, int weekday, int number,
                         struct time_found *found)
{
    int64_t today = reader->reader->anchor.day;
    tongue_anchored(reader, found, 0.95F);
    for (int away = 0; away <= 2 * AWAY_MAX && reader->reader->anchor.grain; away++) {
        int64_t day = today + (away % 2 ? -(away + 1) / 2 : away / 2);
        if (weekday_of(day) == weekday && day - time_point_of(GRAIN_MONTH, day).day + 1 == number) {
            found->point = time_point_of(GRAIN_DAY, day);
            return true;
        }
    }
    return false;
}

/* The year that was not said is the one in which the day is that weekday, when the next or the one before
 * is. */
static void set_year(const struct tongue_reader *reader, int weekday, struct time_found *found)
{
    if (!found->yearless || found->point.grain != GRAIN_DAY || weekday_of(found->point.day) == weekday)
        return;
    int64_t year;
    int month, day;
    clock_civil_from_days(found->point.day, &year, &month, &day);
    for (int shift = -1; shift <= 1; shift += 2) {
        if (day > time_days_in(year + shift, month))
            continue; /* 29 February */
        int64_t other = clock_days_from_civil(year + shift, month, day);
        if (weekday_of(other) == weekday && other - reader->reader->anchor.day < DAYS_OF_YEAR) {
            int64_t days = found->last.grain ? found->last.day - found->point.day : 0;
            found->point.day = other;
            found->last.day = found->last.grain ? other + days : 0;
            found->confidence = 0.9F;
            return;
        }
    }
}

/* Its date behind a weekday: "Montag, 12. März", "lunes 11", "segunda-feira (11)". */
static uint32_t date_behind(const struct tongue_reader *reader, uint32_t at, int weekday,
                            struct time_found *found)
{
    uint32_t next = at + tongue_is(reader, at, ','), end;
    bool bracket = tongue_is(reader, at, '(');
    next += bracket;
    (void)tongue_use(reader, next, TONGUE_ARTICLE, &next);
    end = tongue_day_month(reader, next, found);
    if (end == next)
        end = tongue_figures(reader, next, found);
    if (end > next) {
        set_year(reader, weekday, found);
        return bracket && !tongue_is(reader, end, ')') ? at : end + bracket;
    }
    next = at + bracket;
    (void)tongue_use(reader, next, TONGUE_ARTICLE, &next);
    int number = tongue_number(reader, next, 2);
    if (number < 1 || tongue_goes_on(reader, next + 1) || (bracket && !tongue_is(reader, next + 1, ')')))
        return at;
    return set_numbered(reader, weekday, number, found) ? next + 1 + bracket : at;
}

/* Is the word written as this language writes its weekdays? A name's first letter is large. */
static bool is_written(const struct tongue_reader *reader, uint32_t at)
{
    bool capital = tongue_piece(reader, at)->capital;
    bool opens = at == 0 || !tongue_piece(reader, at - 1)->letters;
    return capital ? !reader->tongue->small || opens : !reader->tongue->large;
}

static uint32_t weekday_alone(const struct tongue_reader *reader, uint32_t at, uint32_t end,
                              const struct tongue_word *word, struct time_found *found)
{
    bool vetoed = tongue_before(reader, at, TONGUE_VETO) != NULL;
    const struct tongue_word *which = tongue_use(reader, end, TONGUE_BEHIND, &end);
    bool ahead = tongue_led(reader, at, TONGUE_AHEAD) != NULL;
    bool led = !(word->uses & TONGUE_LED) || tongue_before(reader, at, TONGUE_LEAD | TONGUE_AHEAD);
    if (!which && (vetoed || !led || (word->uses & TONGUE_NUMBERED)))
        return at;
    set_weekday(reader, word->value, which ? which->value : ahead ? 1 : NOT_SAID, found);
    return end;
}

/* "下周一", "来週の月曜日": of that week. */
static uint32_t of_week(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t end;
    const struct tongue_word *week = tongue_use(reader, at, TONGUE_PIECE, &end);
    if (!week || week->grain != GRAIN_WEEK)
        return at;
    (void)tongue_use(reader, end, TONGUE_OF, &end);
    const struct tongue_word *day = tongue_use(reader, end, TONGUE_HAN_DAY | TONGUE_WEEKDAY, &end);
    if (!day)
        return at;
    tongue_set_piece(reader, GRAIN_WEEK, week->value, found);
    if (found->point.grain)
        found->point = time_point_of(GRAIN_DAY, found->point.day + day->value - 1);
    return end;
}

uint32_t tongue_weekday(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t next = at, end = of_week(reader, at, found);
    if (end > at)
        return end;
    const struct tongue_word *which = tongue_use(reader, at, TONGUE_BEFORE | TONGUE_BEFORE_DAY, &next);
    const struct tongue_word *word = tongue_use(reader, next, TONGUE_WEEKDAY, &end);
    if (!word || !is_written(reader, next))
        return at;
    uint32_t date = date_behind(reader, end, word->value, found);
    if (date > end)
        return date;
    if (!which)
        return weekday_alone(reader, at, end, word, found);
    if (word->uses & TONGUE_NUMBERED)
        return at;
    set_weekday(reader, word->value, which->value, found);
    return end;
}

uint32_t tongue_day_of_week(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t day = tongue_day(reader, at, found), end;
    if (day == at || !found->point.grain)
        return at;
    uint32_t next = day + tongue_is(reader, day, ',');
    const struct tongue_word *word = tongue_use(reader, next, TONGUE_WEEKDAY, &end);
    return word && weekday_of(found->point.day) == word->value ? end : at;
}

/* time_lengths: durations, sets ("every Monday"), and words as "now". */
#include "processors/meaning/time_grammar.h"

static const struct time_word *unit_at(const struct time_reader *reader, uint32_t at)
{
    const struct time_word *unit = time_word(reader, at, WORD_UNITS);
    return unit ? unit : time_word(reader, at, WORD_UNIT);
}

static uint32_t take(const struct time_reader *reader, struct time_found *found, enum time_kind kind,
                     enum time_grain grain, int64_t tenths, uint32_t end)
{
    *found = (struct time_found){.kind = kind, .origin = "stated", .confidence = 0.85F};
    found->value = time_duration_value(reader->article->arena, grain, tenths);
    return end;
}

/* Ages are no times: "6 years old", "a six-year-old". */
static bool is_age(const struct time_reader *reader, uint32_t at)
{
    uint32_t next = at + time_is(reader, at, "-");
    return time_is(reader, next, "old") || time_is(reader, next, "olds") ||
           (time_is(reader, at, "of") && time_is(reader, at + 1, "age"));
}

/* "years" after "for", "hours" after "took": so many that nobody counts. */
static uint32_t uncounted(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *unit = time_word(reader, at, WORD_UNITS);
    bool lead = time_is(reader, at - 1, "for") || time_is(reader, at - 1, "took") ||
                time_is(reader, at - 1, "after") || time_is(reader, at - 1, "in") ||
                time_is(reader, at - 1, "within") || time_is(reader, at - 1, "over");
    return unit && lead && !is_age(reader, at + 1)
               ? take(reader, found, TIME_DURATION, (enum time_grain)unit->value, -1, at + 1)
               : at;
}

/* "half an hour", "half a century", "all day", "the whole week". */
static uint32_t whole_or_half(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    bool half = time_is(reader, at, "half"),
         all = time_is(reader, at, "all") || time_is(reader, at, "whole") || time_is(reader, at, "entire");
    uint32_t next = at + 1 +
                    (half && (time_is(reader, at + 1, "a") || time_is(reader, at + 1, "an") ||
                              time_is(reader, at + 1, "-")));
    const struct time_word *unit = time_word(reader, next, WORD_UNIT);
    if ((!half && !all) || !unit || (half && next == at + 1))
        return at;
    if (half && (unit->value == GRAIN_DECADE || unit->value == GRAIN_CENTURY))
        return take(reader, found, TIME_DURATION, GRAIN_YEAR, unit->value == GRAIN_DECADE ? 50 : 500,
                    next + 1);
    return take(reader, found, TIME_DURATION, (enum time_grain)unit->value, half ? 5 : 10, next + 1);
}

/* "a day" behind what is counted: "100 people a day". */
static bool is_rate(const struct time_reader *reader, uint32_t at)
{
    bool one = time_is(reader, at, "a") || time_is(reader, at, "an");
    if (!one || at == 0)
        return false;
    const struct tree_node *before = time_node(reader, at - 1);
    return str_equal(before->xpos, STR("NNS")) || str_equal(before->xpos, STR("CD")) ||
           str_equal(before->lower, STR("percent")) || str_equal(before->lower, STR("%"));
}

/* "two hours and 31 minutes", "2 hours, 24 minutes": the minutes behind hours. */
static uint32_t minutes_behind(const struct time_reader *reader, uint32_t end, int64_t hours,
                               struct time_found *found)
{
    int64_t minutes = 0;
    uint32_t at = end + (time_is(reader, end, ",") || time_is(reader, end, "and"));
    uint32_t next = time_number_read(reader, at, &minutes);
    const struct time_word *unit = next > at ? unit_at(reader, next) : NULL;
    if (!unit || unit->value != GRAIN_MINUTE || hours % 10 || minutes <= 0 || minutes % 10)
        return end;
    found->value = arena_printf(reader->article->arena, "PT%dH%dM", (int)(hours / 10), (int)(minutes / 10));
    return next + 1;
}

uint32_t time_length_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int64_t tenths = 0;
    uint32_t next = time_number_read(reader, at, &tenths);
    if (next == at) {
        uint32_t end = whole_or_half(reader, at, found);
        return end > at ? end : uncounted(reader, at, found);
    }
    bool hyphen = time_is(reader, next, "-");
    next += hyphen;
    next += time_is(reader, next, "more") || time_is(reader, next, "consecutive") ||
            time_is(reader, next, "straight") || time_is(reader, next, "full") ||
            time_is(reader, next, "whole") || time_is(reader, next, "long");
    const struct time_word *unit = unit_at(reader, next);
    bool many = tenths != 10;
    if (unit && unit->value == GRAIN_QUARTER && !time_is(reader, next - 1, "straight") &&
        !time_is(reader, next - 1, "consecutive"))
        return at; /* "a quarter of the men" */
    if (!unit || is_age(reader, next + 1) || (unit->class == WORD_UNITS && !many) ||
        (unit->class == WORD_UNIT && many && !hyphen && !time_is(reader, next + 1, "-")) ||
        (time_is(reader, at, "many") && unit->class != WORD_UNITS))
        return at;
    if (is_rate(reader, at))
        return take(reader, found, TIME_SET, (enum time_grain)unit->value, 10, next + 1);
    if (!many && (time_is(reader, next + 1, "and") || time_is(reader, next + 1, "-")) &&
        time_is(reader, next + 2, "a") && time_is(reader, next + 3, "half"))
        return take(reader, found, TIME_DURATION, (enum time_grain)unit->value, 15, next + 4);
    bool full = time_is(reader, next + 1, "-") && (time_is(reader, next + 2, "long"));
    uint32_t end =
        take(reader, found, TIME_DURATION, (enum time_grain)unit->value, tenths, next + (full ? 3 : 1));
    return unit->value == GRAIN_HOUR && !hyphen && !full ? minutes_behind(reader, end, tenths, found) : end;
}

/* How often: "once", "twice", "three times". */
static uint32_t times_read(const struct time_reader *reader, uint32_t at, uint32_t *ret_times)
{
    int64_t tenths = 0;
    *ret_times = time_is(reader, at, "once") ? 1 : time_is(reader, at, "twice") ? 2 : 0;
    if (*ret_times)
        return at + 1;
    uint32_t next = time_number_read(reader, at, &tenths);
    if (next == at || tenths < 10 || !time_is(reader, next, "times"))
        return at;
    *ret_times = (uint32_t)(tenths / 10);
    return next + 1;
}

/* "every Monday", "each year", "every two weeks", "every morning". */
static uint32_t each(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    uint32_t next = at + 1 + time_is(reader, at + 1, "single");
    int64_t tenths = 10;
    const struct time_word *day = time_word(reader, next, WORD_WEEKDAY),
                           *part = time_word(reader, next, WORD_PART);
    const struct time_word *month = time_word(reader, next, WORD_MONTH),
                           *season = time_word(reader, next, WORD_SEASON);
    static const char *const parts[] = {"MO", "AF", "EV", "NI"};
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    if (time_is(reader, next, "other")) {
        tenths = 20;
        next++;
    } else {
        next = time_number_read(reader, next, &tenths);
    }
    const struct time_word *unit = unit_at(reader, next);
    if (unit && tenths > 0)
        return take(reader, found, TIME_SET, (enum time_grain)unit->value, tenths, next + 1);
    (void)take(reader, found, TIME_SET, GRAIN_NONE, 0, at);
    struct arena *arena = reader->article->arena;
    if (day)
        found->value = arena_printf(arena, "XXXX-WXX-%d", day->value);
    else if (month)
        found->value = arena_printf(arena, "XXXX-%02d", month->value);
    else if (part)
        found->value = arena_printf(arena, "XXXX-XX-XXT%s", parts[part->value]);
    else if (season)
        found->value = arena_printf(arena, "XXXX-%s", seasons[season->value]);
    return found->value.ptr ? next + 1 : at;
}

uint32_t time_set_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *adverb = time_word(reader, at, WORD_SET),
                           *days = time_word(reader, at, WORD_WEEKDAYS);
    uint32_t times = 0, next = times_read(reader, at, &times);
    bool rate = time_is(reader, next, "a") || time_is(reader, next, "per") || time_is(reader, next, "each") ||
                time_is(reader, next, "every");
    if (next > at && rate && time_word(reader, next + 1, WORD_UNIT)) {
        enum time_grain grain = (enum time_grain)time_word(reader, next + 1, WORD_UNIT)->value;
        uint32_t end = take(reader, found, TIME_SET, grain, 10, next + 2);
        found->frequency = times;
        return end;
    }
    if (time_is(reader, at, "per") && time_word(reader, at + 1, WORD_UNIT) &&
        time_word(reader, at + 1, WORD_UNIT)->value < GRAIN_HOUR)
        return take(reader, found, TIME_SET, (enum time_grain)time_word(reader, at + 1, WORD_UNIT)->value, 10,
                    at + 2);
    if (adverb && time_node(reader, at)->word.ptr[0] >= 'a') {
        (void)take(reader, found, TIME_SET, GRAIN_NONE, 0, at);
        found->value = str_from(adverb->text);
        return at + 1;
    }
    if (days && time_is(reader, at - 1, "on")) {
        (void)take(reader, found, TIME_SET, GRAIN_NONE, 0, at);
        found->value = arena_printf(reader->article->arena, "XXXX-WXX-%d", days->value);
        return at + 1;
    }
    return time_word(reader, at, WORD_EACH) ? each(reader, at, found) : at;
}

/* "now", "recently", "at present", "in the past", "the near future". */
uint32_t time_vague_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_VAGUE);
    uint32_t end = at + 1;
    *found = (struct time_found){.kind = TIME_DATE, .origin = "anchored", .confidence = 0.6F};
    if (word && !time_is(reader, end, "after") && !time_is(reader, end, "before") &&
        !time_is(reader, at - 1, "as")) {
        found->value = str_from(word->text);
        return end;
    }
    if (!time_is(reader, at, "the") && !time_is(reader, at, "at"))
        return at;
    end += time_is(reader, at, "at") && time_is(reader, end, "the");
    if (time_is(reader, at, "at") && (time_is(reader, end, "present") || time_is(reader, end, "moment"))) {
        found->value = STR("PRESENT_REF");
        return end + 1;
    }
    end += time_is(reader, end, "near") || time_is(reader, end, "recent") || time_is(reader, end, "distant");
    bool led = time_is(reader, at - 1, "in") || time_is(reader, at - 1, "for");
    if (!led || time_is(reader, end + 1, "of") || !time_is(reader, at, "the"))
        return at;
    found->value = time_is(reader, end, "past") ? STR("PAST_REF") : STR("FUTURE_REF");
    bool noun = end < reader->tree->count && time_node(reader, end)->upos == UPOS_NOUN;
    return noun && (time_is(reader, end, "past") || time_is(reader, end, "future")) ? end + 1 : at;
}

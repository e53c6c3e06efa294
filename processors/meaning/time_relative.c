/* time_relative: times counted from now, or from the day that the text tells of, in one step. */
#include "base/word_list.h"
#include "processors/meaning/time_grammar.h"

enum { DAYS_OF_WEEK = 7, THURSDAY_1970 = 3 };

typedef uint32_t rule(const struct time_reader *reader, uint32_t at, struct time_found *found);

static int weekday_of(int64_t day)
{
    return (int)(((day + THURSDAY_1970) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK) + 1;
}

/* What "then" is: the day told of, or else now. */
static struct time_point then(const struct time_reader *reader)
{
    return reader->told.grain ? reader->told : reader->anchor;
}

static void anchored(struct time_found *found, const struct time_point *from, float confidence)
{
    *found = (struct time_found){.kind = TIME_DATE, .origin = "anchored"};
    found->confidence = from->grain ? confidence : 0.3F;
}

/* "Monday morning", "tomorrow night": the part of the day behind it. */
static uint32_t part_behind(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *part = time_word(reader, at, WORD_PART);
    if (!part)
        return at;
    found->kind = TIME_TIME;
    if (found->point.grain) {
        found->point.grain = GRAIN_PART;
        found->point.part = (enum time_part)part->value;
    }
    return at + 1;
}

/* "yesterday", "tonight", "the day before yesterday". */
static uint32_t day_word(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_DAY);
    uint32_t start = at;
    int more = 0;
    if (!word && time_is(reader, at, "day")) {
        more = time_is(reader, at + 1, "before") ? -1 : time_is(reader, at + 1, "after") ? 1 : 0;
        start = at + 2;
        word = more ? time_word(reader, start, WORD_DAY) : NULL;
    }
    if (!word || (more && word->value != more))
        return at;
    anchored(found, &reader->anchor, 0.95F);
    if (reader->anchor.grain)
        found->point = time_point_of(GRAIN_DAY, reader->anchor.day + word->value + more);
    if (!time_is(reader, start, "tonight"))
        return part_behind(reader, start + 1, found);
    found->kind = TIME_TIME;
    found->point.part = PART_NIGHT;
    found->point.grain = found->point.grain ? GRAIN_PART : GRAIN_NONE;
    return start + 1;
}

/* "had been shot dead by Friday": the verb right above the day tells what was. */
static bool is_told(const struct time_reader *reader, uint32_t at)
{
    uint32_t head = time_node(reader, at)->head;
    if (head == TREE_NONE)
        return false;
    struct str tag = time_node(reader, head)->xpos;
    return (str_equal(tag, STR("VBD")) || str_equal(tag, STR("VBN"))) &&
           time_tense_at(reader, at) == TENSE_PAST;
}

static bool has_case(const struct time_reader *reader, uint32_t at, const char *preposition)
{
    uint32_t child = time_node(reader, at)->first_child;
    for (; child != TREE_NONE && child < at; child = time_node(reader, child)->next_child)
        if (time_node(reader, child)->relation == REL_CASE)
            return time_is(reader, child, preposition);
    return false;
}

/* "is due in Cairo on Thursday", whatever the tree makes of it. */
static bool is_due(const struct time_reader *reader, uint32_t at)
{
    enum { BACK = 5 };
    for (uint32_t i = 1; i <= BACK && i <= at; i++)
        if (time_is(reader, at - i, "due"))
            return !time_is(reader, at - i + 1, "to");
    return false;
}

/* "invited them to a meeting on Thursday", "promised a first flight on Thursday": the day is that of what was
 * asked for. */
static bool is_day_of_plan(const struct time_reader *reader, uint32_t at)
{
    static const char *const to[] = {"call", "convoke", "invite", "summon"}, *const plain[] = {"convene",
                                                                                               "promise",
                                                                                               "propose"};
    if (at < 2 || !time_is(reader, at - 1, "on") || time_node(reader, at - 2)->upos != UPOS_NOUN)
        return false;
    uint32_t verb = time_node(reader, at - 2)->head;
    if (verb == TREE_NONE)
        return false;
    struct str lemma = time_node(reader, verb)->lemma;
    uint8_t relation = time_node(reader, at - 2)->relation;
    return (relation == REL_OBL && WORD_LISTED(to, lemma) && has_case(reader, at - 2, "to")) ||
           (relation == REL_OBJ && WORD_LISTED(plain, lemma));
}

/* "summoned them for Monday", "until Friday", "a strike from Thursday": days to come, whatever the verb's
 * tense; "since Monday": gone. */
static enum time_tense weekday_tense(const struct time_reader *reader, uint32_t at)
{
    static const char *const ahead[] = {"for", "from", "until"};
    if (at > 0 && WORD_LISTED(ahead, time_node(reader, at - 1)->lower))
        return TENSE_FUTURE;
    if (time_is(reader, at - 1, "by"))
        return is_told(reader, at) ? TENSE_PAST : TENSE_FUTURE;
    if (time_is(reader, at - 1, "since"))
        return TENSE_PAST;
    return is_due(reader, at) || is_day_of_plan(reader, at) ? TENSE_FUTURE : time_tense_at(reader, at);
}

/* The weekday's day: the tense says whether before or behind now; today is it either way. */
static uint32_t weekday(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_WEEKDAY);
    bool capital = word && time_node(reader, at)->word.ptr[0] < 'a';
    if (!word)
        word = time_word(reader, at, WORD_WEEKDAY_SHORT);
    if (!word || (!capital && !str_ends(time_node(reader, at)->word, STR("."))))
        return at;
    anchored(found, &reader->anchor, 0.85F);
    found->origin = "tense";
    if (reader->anchor.grain) {
        int ahead = (word->value - weekday_of(reader->anchor.day) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
        bool past = weekday_tense(reader, at) == TENSE_PAST;
        found->point =
            time_point_of(GRAIN_DAY, reader->anchor.day + (past && ahead ? ahead - DAYS_OF_WEEK : ahead));
    }
    return part_behind(reader, at + 1, found);
}

/* "last Tuesday", "next Friday", "this Sunday". */
static uint32_t which_weekday(const struct time_reader *reader, uint32_t at, int which,
                              struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_WEEKDAY);
    if (!word)
        return at;
    if (reader->anchor.grain) {
        int64_t today = reader->anchor.day;
        int ahead = (word->value - weekday_of(today) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
        int64_t day = which < 0   ? today + (ahead ? ahead : DAYS_OF_WEEK) - DAYS_OF_WEEK
                      : which > 0 ? today + (ahead ? ahead : DAYS_OF_WEEK)
                                  : today - weekday_of(today) + word->value;
        if (which < 0 && !ahead)
            day = today - DAYS_OF_WEEK;
        found->point = time_point_of(GRAIN_DAY, day);
    }
    return part_behind(reader, at + 1, found);
}

/* A month's name with its capital letter: "that may help" has none. */
static const struct time_word *month_at(const struct time_reader *reader, uint32_t at)
{
    const struct time_word *month = time_word(reader, at, WORD_MONTH);
    return month && time_node(reader, at)->word.ptr[0] < 'a' ? month : NULL;
}

/* "last May", "next summer": the one that lies nearest. */
static uint32_t which_of_year(const struct time_reader *reader, uint32_t at, int which,
                              struct time_found *found)
{
    const struct time_word *month = month_at(reader, at);
    const struct time_word *season = time_word(reader, at, WORD_SEASON);
    enum time_grain grain = month ? GRAIN_MONTH : GRAIN_SEASON;
    if (!month && (!season || !str_starts(time_node(reader, at)->xpos, STR("NN"))))
        return at;
    if (!reader->anchor.grain)
        return at + 1;
    struct time_point point = time_point_of(grain, time_point_of(GRAIN_YEAR, reader->anchor.day).day + 1);
    int steps = month ? month->value - 1 : season->value + 1;
    point = time_point_shift(point, steps);
    struct time_point now = time_point_of(grain, reader->anchor.day), year = point;
    for (int i = -1; i <= 1; i++) {
        year = time_point_shift(point, (int64_t)i * (month ? 12 : 4));
        if (which < 0 && year.day < now.day)
            found->point = year;
        if (which > 0 && year.day > now.day && !found->point.grain)
            found->point = year;
    }
    if (which == 0)
        found->point = point;
    return at + 1;
}

/* "last night", "this morning". */
static uint32_t which_part(const struct time_reader *reader, uint32_t at, int64_t day,
                           struct time_found *found)
{
    const struct time_word *part = time_word(reader, at, WORD_PART);
    if (!part)
        return at;
    found->kind = TIME_TIME;
    found->point = (struct time_point){.grain = GRAIN_PART, .day = day, .part = (enum time_part)part->value};
    return at + 1;
}

/* "last week", "this year's", "next decade". */
static uint32_t which_unit(const struct time_reader *reader, uint32_t at, int which,
                           const struct time_point *from, struct time_found *found)
{
    const struct time_word *unit = time_word(reader, at, WORD_UNIT);
    if (!unit || unit->value > GRAIN_DAY)
        return at;
    if (from->grain)
        found->point = time_point_shift(time_point_of((enum time_grain)unit->value, from->day), which);
    return at + 1;
}

/* "earlier", "late" before "this week", "last year" are the phrases' (time_phrases.c). */
static uint32_t which_now(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_WHICH);
    if (!word || time_is(reader, at, "past") ||
        (time_is(reader, at, "coming") && !time_is(reader, at - 1, "the")))
        return at;
    if (at > 0 && str_equal(time_node(reader, at - 1)->xpos, STR("PRP$")) && word->value)
        return at;                                            /* "our last day" */
    bool the = time_is(reader, at - 1, "the") && word->value; /* "the next day": of what is told */
    struct time_point from = the && word->value > 0 ? then(reader) : reader->anchor;
    uint32_t next = at + 1, end = next;
    next += time_is(reader, at, "this") && (time_is(reader, next, "past") || time_is(reader, next, "coming"));
    int which = next > end ? time_word(reader, end, WORD_WHICH)->value : word->value;
    end = next;
    anchored(found, &from, the ? 0.6F : 0.95F);
    end = which_weekday(reader, next, which, found);
    if (end == next)
        end = which_of_year(reader, next, which, found);
    if (end == next && reader->anchor.grain)
        end = which_part(reader, next, from.day + which, found);
    bool of_other = the && time_is(reader, next + 1, "of"); /* "the last day of the feast" */
    if (end == next && !of_other)
        end = which_unit(reader, next, which, &from, found);
    if (end == next + 1 && time_is(reader, next, "day") && found->point.grain)
        end = part_behind(reader, end, found);
    return end > next ? end : at;
}

/* "the following day", "the previous year", "that night", "the same day". */
static uint32_t which_then(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *word = time_word(reader, at, WORD_WHICH_THEN);
    struct time_point from = then(reader);
    if (!word || (!time_is(reader, at, "that") && !time_is(reader, at - 1, "the")))
        return at;
    anchored(found, &from, 0.6F);
    uint32_t end = which_part(reader, at + 1, from.day + word->value, found);
    if (!from.grain)
        found->point.grain = GRAIN_NONE;
    if (end == at + 1)
        end = which_unit(reader, at + 1, word->value, &from, found);
    const struct time_word *month = month_at(reader, at + 1);
    if (end == at + 1 && month && from.grain) {
        int64_t year = time_point_of(GRAIN_YEAR, from.day).day;
        found->point = time_point_shift(time_point_of(GRAIN_MONTH, year), month->value - 1);
        if (word->value > 0 && found->point.day <= from.day)
            found->point = time_point_shift(found->point, 12);
        end = at + 2;
    }
    return end > at + 1 ? end : at;
}

/* "the day before", "the week after", "the night before": of what is told. */
static uint32_t beside(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *unit = time_word(reader, at, WORD_UNIT), *part = time_word(reader, at, WORD_PART);
    int which = time_is(reader, at + 1, "before") ? -1 : time_is(reader, at + 1, "after") ? 1 : 0;
    bool ends = at + 2 >= reader->tree->count || time_node(reader, at + 2)->upos == UPOS_PUNCT ||
                time_node(reader, at + 2)->upos == UPOS_CCONJ;
    struct time_point from = then(reader);
    if (!which || !ends || !time_is(reader, at - 1, "the") || (!unit && !part))
        return at;
    anchored(found, &from, 0.6F);
    uint32_t end = part && from.grain ? which_part(reader, at, from.day + which, found)
                                      : which_unit(reader, at, which, &from, found);
    return end > at ? at + 2 : at;
}

/* Of which day a part of it is: the one told of, unless only its month or year is known. */
static struct time_point day_told(const struct time_reader *reader)
{
    return reader->told.grain >= GRAIN_DAY ? reader->told : reader->anchor;
}

/* "before dawn", "dawn on Thursday", "by nightfall", "after dark". */
static uint32_t light(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static const char *const mornings[] = {"dawn", "daybreak", "sunrise"};
    static const char *const evenings[] = {"dusk", "nightfall", "sunset"};
    bool morning = WORD_LISTED(mornings, time_node(reader, at)->lower);
    bool evening = WORD_LISTED(evenings, time_node(reader, at)->lower) ||
                   (time_is(reader, at, "dark") &&
                    (time_is(reader, at - 1, "after") || time_is(reader, at - 1, "before")));
    if ((!morning && !evening) || time_is(reader, at + 1, "of"))
        return at;
    struct time_point from = day_told(reader);
    struct time_found day = {0};
    uint32_t next = at + 1 + time_is(reader, at + 1, "on");
    uint32_t end = next < reader->tree->count ? weekday(reader, next, &day) : next;
    anchored(found, &from, 0.5F);
    if (end > next && day.point.grain == GRAIN_DAY)
        *found = day;
    else
        end = at + 1;
    found->kind = TIME_TIME;
    found->point = (struct time_point){.grain = from.grain ? GRAIN_PART : GRAIN_NONE,
                                       .day = end > at + 1 ? day.point.day : from.day,
                                       .part = morning ? PART_MORNING : PART_EVENING};
    return end;
}

/* "in the morning", "by evening", "the weekend", "overnight": of the day or week told of. */
static uint32_t lone_part(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    bool the = time_is(reader, at - 1, "the");
    bool lead =
        time_is(reader, at - 2, "in") || time_is(reader, at - 2, "during") || time_is(reader, at - 2, "of");
    bool bare = time_is(reader, at - 1, "by") || time_is(reader, at - 1, "towards") ||
                time_is(reader, at - 1, "toward") || time_is(reader, at - 1, "until");
    bool night =
        time_is(reader, at, "overnight") || (time_is(reader, at, "night") && time_is(reader, at - 1, "at"));
    struct time_point from = day_told(reader);
    anchored(found, &from, 0.5F);
    if (time_is(reader, at, "weekend") && the) {
        bool past = time_tense_at(reader, at) == TENSE_PAST;
        found->point = time_point_of(reader->anchor.grain ? GRAIN_WEEKEND : GRAIN_NONE, reader->anchor.day);
        if (past && reader->anchor.grain && found->point.day > reader->anchor.day)
            found->point = time_point_shift(found->point, -1);
        return at + 1;
    }
    bool told_here = reader->told.grain >= GRAIN_DAY && reader->told_sentence == reader->sentence;
    if (time_is(reader, at, "overnight") && !told_here && reader->anchor.grain &&
        time_tense_at(reader, at) == TENSE_PAST)
        from = time_point_of(GRAIN_DAY, reader->anchor.day - 1); /* a night has its evening's date */
    if (!night && !(((the && lead) || bare) && time_word(reader, at, WORD_PART)))
        return at;
    found->kind = TIME_TIME;
    found->point = (struct time_point){.grain = from.grain ? GRAIN_PART : GRAIN_NONE, .day = from.day};
    found->point.part = night ? PART_NIGHT : (enum time_part)time_word(reader, at, WORD_PART)->value;
    return at + 1;
}

uint32_t time_relative_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static rule *const rules[] = {day_word, weekday, which_now, which_then, beside, light, lone_part};
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        uint32_t end = rules[i](reader, at, found);
        if (end > at)
            return end;
        *found = (struct time_found){0};
    }
    return at;
}

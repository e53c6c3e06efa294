/* score_times: see the header. */
#include "processors/models/score_times.h"

#include <stdio.h>

#include "base/clock.h"
#include "processors/models/files.h"

enum { OPEN_MAX = 8, DAY_MS = 86400000 };

struct date {
    uint32_t first, end;      /* words of the document */
    int64_t begin_ms, end_ms; /* half-open; the same = no value */
    bool digit, found, touched;
};

struct reading {
    struct arena *arena;
    const char *path;
    struct date *dates;
    size_t count, capacity, open[OPEN_MAX], open_count;
    uint32_t word;
};

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    return false;
}

/* ---- What the corpus says ---- */

/* The value of an attribute of a tag; absent = it has none. */
static struct str attribute(struct str tag, struct str begin)
{
    ptrdiff_t at = str_find(tag, begin, 0);
    if (at < 0)
        return STR_NONE;
    ptrdiff_t end = str_find_byte(tag, '"', (size_t)at + begin.len);
    return end < 0 ? STR_NONE : str_slice(tag, (size_t)at + begin.len, (size_t)end);
}

/* "2006", "2006-02", "2006-02-23": when it begins and when it is over; false when it is none of these. */
static bool read_value(struct str text, int64_t *ret_begin_ms, int64_t *ret_end_ms)
{
    int64_t parts[3] = {0, 1, 1};
    struct str part;
    int count = 0;
    if (text.len != 4 && text.len != 7 && text.len != 10)
        return false;
    for (; count < 3 && str_split(&text, '-', &part); count++)
        if (!str_to_int64(part, &parts[count]))
            return false;
    int month = (int)parts[1], day = (int)parts[2];
    *ret_begin_ms = clock_days_from_civil(parts[0], month, day) * DAY_MS;
    *ret_end_ms = count == 1   ? clock_days_from_civil(parts[0] + 1, 1, 1) * DAY_MS
                  : count == 2 ? clock_days_from_civil(parts[0] + month / 12, month % 12 + 1, 1) * DAY_MS
                               : *ret_begin_ms + DAY_MS;
    return true;
}

static void begin_date(struct reading *reading, struct str tag)
{
    int64_t begin, end, unused;
    if (reading->open_count == OPEN_MAX ||
        arena_grow(reading->arena, (void **)&reading->dates, reading->count, &reading->capacity,
                   sizeof(*reading->dates)))
        files_fail(reading->path, "too many dates");
    struct date *date = &reading->dates[reading->count];
    *date = (struct date){.first = reading->word};
    if (read_value(attribute(tag, STR(" when=\"")), &begin, &end) ||
        (read_value(attribute(tag, STR(" from=\"")), &begin, &unused) &&
         read_value(attribute(tag, STR(" to=\"")), &unused, &end))) {
        date->begin_ms = begin;
        date->end_ms = end;
    }
    reading->open[reading->open_count++] = reading->count++;
}

static void read_dates(struct reading *reading)
{
    struct str rest = files_read(reading->arena, reading->path), line, word;
    while (rest.len && str_split(&rest, '\n', &line)) {
        if (str_starts(line, STR("<date")))
            begin_date(reading, line);
        else if (str_starts(line, STR("</date>")) && reading->open_count)
            reading->dates[reading->open[--reading->open_count]].end = reading->word;
        else if (!str_starts(line, STR("<")) && str_find_byte(line, '\t', 0) > 0) {
            (void)str_split(&line, '\t', &word); /* there is a tab */
            for (size_t i = 0; i < reading->open_count; i++)
                reading->dates[reading->open[i]].digit |= has_digit(word);
            reading->word++;
        }
    }
}

/* ---- What newsd found ---- */

static struct date *find_date(const struct reading *reading, const struct document *document,
                              struct places places)
{
    for (size_t i = 0; i < reading->count && places.start != PLACE_NONE; i++) {
        struct date *date = &reading->dates[i];
        if (date->end > date->first && document->words[date->first].start == places.start &&
            document->words[date->end - 1].end == places.end)
            return date;
    }
    return NULL;
}

static void touch_dates(const struct reading *reading, const struct document *document, struct places places)
{
    for (size_t i = 0; i < reading->count && places.start != PLACE_NONE; i++) {
        struct date *date = &reading->dates[i];
        date->touched |= date->end > date->first && document->words[date->first].start < places.end &&
                         places.start < document->words[date->end - 1].end;
    }
}

static void add_found(const struct reading *reading, const struct document *document,
                      const struct article_time *time, struct time_score *score)
{
    const struct article *article = document->article;
    bool digit = false;
    for (uint32_t at = time->first; at < time->end; at++)
        digit |= has_digit(
            str_slice(article->text, article->tokens.items[at].start, article->tokens.items[at].end));
    struct date *date = find_date(reading, document, document_places(document, time->span));
    bool right = date && !date->found;
    score->all.found++;
    score->digits.found += digit;
    if (!right)
        return;
    date->found = true;
    score->all.right++;
    score->digits.right += digit;
    if (date->begin_ms == date->end_ms)
        return;
    score->values++;
    score->values_right += time->begin_ms == date->begin_ms && time->end_ms == date->end_ms;
}

void score_times(struct arena *arena, const char *path, const struct document *document,
                 struct time_score *score)
{
    struct reading reading = {.arena = arena, .path = path};
    const struct article *article = document->article;
    read_dates(&reading);
    if (reading.word != document->word_count)
        files_fail(path, "has other words than the treebank");
    for (size_t i = 0; i < article->times.count; i++)
        touch_dates(&reading, document, document_places(document, article->times.items[i].span));
    for (size_t i = 0; i < reading.count; i++) {
        score->touched += reading.dates[i].touched;
        score->all.wanted += reading.dates[i].end > reading.dates[i].first;
        score->digits.wanted += reading.dates[i].digit;
    }
    for (size_t i = 0; i < article->times.count; i++)
        if (article->times.items[i].kind == TIME_DATE)
            add_found(&reading, document, &article->times.items[i], score);
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

void score_times_print(const char *title, const struct time_score *score)
{
    printf(
        "%-18s %3zu dates  F1 %.2f (P %.1f R %.1f)  touched %.1f  with digits %zu, F1 %.2f (P %.1f R %.1f)  "
        "value %.2f of %zu\n",
        title, score->all.wanted, span_count_f1(&score->all), percent(score->all.right, score->all.found),
        percent(score->all.right, score->all.wanted), percent(score->touched, score->all.wanted),
        score->digits.wanted, span_count_f1(&score->digits),
        percent(score->digits.right, score->digits.found), percent(score->digits.right, score->digits.wanted),
        percent(score->values_right, score->values), score->values);
}

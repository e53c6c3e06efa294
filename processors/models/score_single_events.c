/* score_single_events: see the header. */
#include "processors/models/score_single_events.h"

#include <stdio.h>
#include <string.h>

#include "processors/models/cameo_codes.h"
#include "processors/models/files.h"

struct line {
    struct str code, source, target, sentence; /* "---" where there is none */
};

struct tally {
    size_t sentences, code, root, type, pair, events, events_root; /* of sentences with an event */
    size_t plain, alarms;
};

static bool none(struct str field)
{
    return str_equal(field, STR("---"));
}

static bool read_line(struct str text, struct line *line)
{
    return str_split(&text, '\t', &line->code) && str_split(&text, '\t', &line->source) &&
           str_split(&text, '\t', &line->target) && !str_empty(line->sentence = str_trim_ascii(text)) &&
           (none(line->code) || cameo_code_known(line->code));
}

/* One of the wanted actors ("KEN,IGOUNO") is among those found; nobody wanted: whoever is found. */
static bool same_side(struct str wanted, const struct event_actor *found, size_t count)
{
    struct str one;
    if (none(wanted))
        return true;
    while (str_split(&wanted, ',', &one))
        for (size_t i = 0; i < count; i++)
            if (str_starts(found[i].cameo, one))
                return true;
    return false;
}

/* Agreements and what is done together are told from either side. */
static bool same_pair(const struct line *line, const struct coded_event *event)
{
    bool mutual = str_starts(line->code, STR("04")) || str_starts(line->code, STR("057")) ||
                  str_starts(line->code, STR("06")) || str_starts(line->code, STR("190"));
    bool straight = same_side(line->source, event->sources, event->source_count) &&
                    same_side(line->target, event->targets, event->target_count);
    return straight || (mutual && same_side(line->source, event->targets, event->target_count) &&
                        same_side(line->target, event->sources, event->source_count));
}

static bool count(struct tally *tally, const struct line *line, const struct article *article)
{
    bool code = false, root = false, type = false, pair = false;
    char wanted_code[8];
    (void)snprintf(wanted_code, sizeof(wanted_code), "%.*s", STR_ARG(line->code));
    const char *wanted = cameo_plover_type(wanted_code);
    for (size_t i = 0; i < article->events.count; i++) {
        const struct coded_event *event = &article->events.items[i];
        const char *found = cameo_plover_type(event->cameo);
        bool same = !strncmp(event->cameo, wanted_code, 2);
        code |= !strcmp(event->cameo, wanted_code);
        type |= wanted ? found && !strcmp(found, wanted) : !found;
        pair |= same && same_pair(line, event);
        root |= same;
        tally->events++;
        tally->events_root += same;
    }
    tally->sentences++;
    tally->code += code;
    tally->root += root;
    tally->type += type;
    tally->pair += pair;
    return code && pair;
}

static void print_difference(const struct line *line, const struct article *article)
{
    printf("%.*s %.*s > %.*s | %.*s\n", STR_ARG(line->code), STR_ARG(line->source), STR_ARG(line->target),
           STR_ARG(line->sentence));
    for (size_t i = 0; i < article->events.count; i++) {
        const struct coded_event *event = &article->events.items[i];
        printf("    %s %.*s > %.*s (%s, %.2f)\n", event->cameo,
               STR_ARG(event->source_count ? event->sources[0].cameo : STR("---")),
               STR_ARG(event->target_count ? event->targets[0].cameo : STR("---")), event->rule,
               (double)event->confidence);
    }
}

static void read_sentence(struct article *article, struct arena *arena, const struct pipeline *pipeline,
                          struct str sentence)
{
    *article = (struct article){.arena = arena,
                                .content_html = arena_printf(arena, "<p>%.*s</p>", STR_ARG(sentence)),
                                .content_is_html = true,
                                .language_stated = STR("en"),
                                .published_ms = 1650000000000};
    if (!article->content_html.ptr)
        files_fail("memory", "too little");
    pipeline_run(pipeline, article);
}

static double share(size_t part, size_t of)
{
    return of ? 100.0 * (double)part / (double)of : 0;
}

static void print_tally(const char *half, const struct tally *tally)
{
    printf("%-12s %zu sentences: code %.1f  root %.1f  PLOVER type %.1f  root and both countries %.1f  of "
           "%zu events the root right "
           "%.1f  false alarms %.1f of %zu\n",
           half, tally->sentences, share(tally->code, tally->sentences), share(tally->root, tally->sentences),
           share(tally->type, tally->sentences), share(tally->pair, tally->sentences), tally->events,
           share(tally->events_root, tally->events), share(tally->alarms, tally->plain), tally->plain);
}

void score_single_events(const struct pipeline *pipeline, const char *path, bool differences)
{
    static const char *const names[HALVES] = {"seen", "unseen"};
    struct tally tallies[HALVES] = {0};
    struct arena *text_arena = arena_create((size_t)1 << 24), *arena = arena_create((size_t)1 << 28);
    struct str text = files_read(text_arena, path), row, last = STR_NONE;
    size_t codes = 0, within = 0;
    while (text.len && str_split(&text, '\n', &row)) {
        struct line line = {0};
        if (str_empty(row) || row.ptr[0] == '#')
            continue;
        if (!read_line(row, &line))
            files_fail(path, "a line is not CODE TAB SOURCE TAB TARGET TAB SENTENCE");
        within = str_equal(line.code, last) ? within + 1 : 0;
        codes += within == 0;
        last = line.code;
        enum half half = (codes + within) % HALVES ? HALF_UNSEEN : HALF_SEEN;
        struct article *article = arena_new(arena, struct article);
        read_sentence(article, arena, pipeline, line.sentence);
        bool right = none(line.code) ? !article->events.count : count(&tallies[half], &line, article);
        tallies[half].plain += none(line.code);
        tallies[half].alarms += none(line.code) && !right;
        if (differences && half == HALF_SEEN && !right)
            print_difference(&line, article);
        arena_reset(arena);
    }
    for (int half = 0; half < HALVES; half++)
        print_tally(names[half], &tallies[half]);
    arena_destroy(&arena);
    arena_destroy(&text_arena);
}

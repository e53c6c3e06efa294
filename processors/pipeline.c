/* pipeline: owns the contexts of the stages. pipeline_run() may be called by any number of threads at once;
 * the contexts are read-only by then. Never logs, never loses an article. */
#include "processors/pipeline.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "processors/budget.h"

enum {
    PIPELINE_MAGIC = 0x50495045,
    EVENT_CONFIDENCE_MIN = 10,
    ARTICLE_BUDGET_MS = 2000, /* a normal article needs about 1 ms */
};

struct pipeline {
    uint32_t magic;
    struct pipeline_options options;
    struct stage_setting settings[STAGES_MAX];
    size_t count;
    void *contexts[STAGES_MAX];
};

void pipeline_options_default(struct pipeline_options *options)
{
    *options = (struct pipeline_options){
        .article_budget_ms = ARTICLE_BUDGET_MS,
        .event_confidence_min = EVENT_CONFIDENCE_MIN,
        .article_bytes_max = (int64_t)ARENA_CAP_DEFAULT,
    };
}

/* A stage stands behind those whose gifts it needs: a fault of the list, not of an article. */
static void check_order(void)
{
    unsigned given = 0;
    for (size_t i = 0; pipeline_stages[i]; i++) {
        assert(i < STAGES_MAX &&
               ((pipeline_stages[i]->needs | pipeline_stages[i]->needs_more) & ~given) == 0);
        given |= pipeline_stages[i]->gives;
    }
}

int pipeline_stage_find(const char *name)
{
    for (int i = 0; pipeline_stages[i]; i++)
        if (!strcmp(pipeline_stages[i]->name, name))
            return i;
    return -1;
}

bool pipeline_stage_works(size_t at, const struct stage_setting *setting)
{
    return !setting->off && (setting->on || !pipeline_stages[at]->on_request);
}

int pipeline_create(struct pipeline **ret_pipeline, const struct pipeline_options *options,
                    struct error *error)
{
    struct pipeline *pipeline = calloc(1, sizeof(*pipeline));
    if (!pipeline)
        return error_set(error, -ENOMEM, "no memory for the stages");
    pipeline->magic = PIPELINE_MAGIC;
    pipeline->options = *options;
    if (options->settings)
        memcpy(pipeline->settings, options->settings, sizeof(pipeline->settings));
    pipeline->options.settings = NULL;
    check_order();
    for (size_t i = 0; pipeline_stages[i]; i++) {
        assert(i < STAGES_MAX);
        const struct stage *stage = pipeline_stages[i];
        bool on = pipeline_stage_works(i, &pipeline->settings[i]);
        int code =
            on && stage->init ? stage->init(&pipeline->contexts[i], options->data_directory, error) : 0;
        if (code < 0) {
            pipeline_destroy(&pipeline);
            return code;
        }
        pipeline->count = i + 1;
    }
    *ret_pipeline = pipeline;
    return 0;
}

void pipeline_destroy(struct pipeline **pipeline)
{
    if (!*pipeline)
        return;
    assert((*pipeline)->magic == PIPELINE_MAGIC);
    for (size_t i = (*pipeline)->count; i-- > 0;)
        if (pipeline_stages[i]->destroy && pipeline_stage_works(i, &(*pipeline)->settings[i]))
            pipeline_stages[i]->destroy((*pipeline)->contexts[i]);
    (*pipeline)->magic = 0;
    free(*pipeline);
    *pipeline = NULL;
}

static enum outcome outcome_of(int code, bool has_note)
{
    switch (code) {
    case 0:
        return has_note ? OUTCOME_PARTIAL : OUTCOME_OK;
    case ERR_DEADLINE:
    case ERR_LIMIT:
    case -ENOMEM:
        return OUTCOME_BUDGET;
    default:
        return OUTCOME_FAILED;
    }
}

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[] = {"ok", "skipped", "partial", "failed", "budget"};
    assert((size_t)outcome < sizeof(names) / sizeof(names[0]));
    return names[outcome];
}

static struct str reason_of(int code)
{
    switch (code) {
    case ERR_DEADLINE:
        return STR("time budget used up");
    case ERR_LIMIT:
        return STR("size or depth limit");
    case -ENOMEM:
        return STR("memory budget used up");
    default:
        return str_from(error_text(code));
    }
}

/* Is the language one of the list? */
static bool is_listed(const char *const *languages, struct str language)
{
    ptrdiff_t dash = str_find_byte(language, '-', 0);
    struct str primary = dash < 0 ? language : str_slice(language, 0, (size_t)dash);
    for (const char *const *tag = languages; tag && *tag; tag++)
        if (str_equal_nocase(primary, str_from(*tag)))
            return true;
    return false;
}

/* What of its needs is missing, or absent. */
static struct str missing(const struct stage *stage, const struct article *article)
{
    static const struct {
        enum gift gift;
        struct str words;
    } gifts[] = {{GIFT_TEXT, STR("no text")},
                 {GIFT_LANGUAGE, STR("the language is not known")},
                 {GIFT_TOKENS, STR("no tokens")},
                 {GIFT_WORDS, STR("its words were not looked up")},
                 {GIFT_TAGS, STR("no parts of speech")},
                 {GIFT_NAMES, STR("no names")},
                 {GIFT_TREES, STR("no trees")},
                 {GIFT_PLACES, STR("no places")},
                 {GIFT_ROLES, STR("no roles")},
                 {GIFT_REFERENCES, STR("no references")},
                 {GIFT_STATEMENTS, STR("no statements")},
                 {GIFT_EVENTS, STR("no events")},
                 {GIFT_QUANTITIES, STR("no quantities")},
                 {GIFT_TIMES, STR("no times")}};
    unsigned needs = stage->needs;
    if (is_listed(stage->languages_more, article->language))
        needs |= stage->needs_more;
    for (size_t i = 0; i < sizeof(gifts) / sizeof(gifts[0]); i++)
        if (needs & ~article->given & gifts[i].gift)
            return gifts[i].words;
    assert(!(needs & ~article->given)); /* each gift has its words above */
    return STR_NONE;
}

static bool speaks(const struct stage *stage, struct str language)
{
    return !stage->languages || is_listed(stage->languages, language);
}

/* Why the stage is passed over, or absent. */
static struct str reason_to_skip(const struct pipeline *pipeline, size_t at, struct article *article)
{
    const struct stage *stage = pipeline_stages[at];
    if (!pipeline_stage_works(at, &pipeline->settings[at]))
        return pipeline->settings[at].off ? STR("switched off") : STR("not asked for");
    struct str words = missing(stage, article);
    if (words.ptr || speaks(stage, article->language))
        return words;
    words = arena_printf(article->arena, "does not speak %.*s",
                         STR_ARG(article->language.len ? article->language : STR("an unknown language")));
    return words.ptr ? words : STR("language");
}

static void stage_work(const struct pipeline *pipeline, size_t at, struct article *article,
                       struct stage_outcome *outcome)
{
    const struct stage *stage = pipeline_stages[at];
    int32_t budget_ms = pipeline->settings[at].budget_ms;
    int64_t begin = clock_monotonic_us();
    struct str note = STR_NONE;
    unsigned given = article->given;
    budget_stage_begin(budget_ms ? budget_ms : stage->budget_ms);
    int code = stage->process(pipeline->contexts[at], article, &note);
    budget_stage_end();
    assert((article->given & ~given & ~stage->gives) == 0);
    outcome->us = (int32_t)(clock_monotonic_us() - begin);
    outcome->outcome = outcome_of(code, note.ptr != NULL);
    outcome->note = code < 0 && !note.ptr ? arena_str(article->arena, reason_of(code)) : note;
}

static void stage_run(const struct pipeline *pipeline, size_t at, struct article *article)
{
    const struct stage *stage = pipeline_stages[at];
    struct stage_outcome outcome = {.stage = stage->name, .version = stage->version};
    struct str skip = reason_to_skip(pipeline, at, article);
    if (skip.ptr) {
        outcome.outcome = OUTCOME_SKIPPED;
        outcome.note = skip;
    } else if (budget_article_over()) {
        outcome.outcome = OUTCOME_BUDGET;
        outcome.note = STR("time budget used up before this stage");
    } else {
        stage_work(pipeline, at, article, &outcome);
    }
    struct stage_outcome *slot = article_list_add(article->arena, &article->processing);
    if (slot) /* without memory even for the note the article still goes on */
        *slot = outcome;
}

void pipeline_run(const struct pipeline *pipeline, struct article *article)
{
    assert(pipeline->magic == PIPELINE_MAGIC && article->arena);
    article->parse_beam = (size_t)pipeline->options.parse_beam;
    article->event_confidence_min = (float)pipeline->options.event_confidence_min / 100;
    budget_begin(pipeline->options.article_budget_ms);
    for (size_t i = 0; i < pipeline->count; i++)
        stage_run(pipeline, i, article);
    budget_end();
}

/* pipeline: owns the contexts of the stages and the running article's deadline (one per thread).
 * pipeline_run() may be called by any number of threads at once; the contexts are read-only by then.
 * Never logs, never loses an article. */
#include "processors/pipeline.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"

enum {
    PIPELINE_MAGIC = 0x50495045,
    STAGES_MAX = 64,              /* of the static list; the record shows each one */
    ARTICLE_BUDGET_MS = 2000,     /* a normal article needs about 1 ms */
    DEADLINE_CHECK_INTERVAL = 16, /* pipeline_over_budget() reads the clock this rarely (20 ns a read) */
};

struct pipeline {
    uint32_t magic;
    struct pipeline_options options;
    size_t count;
    void *contexts[STAGES_MAX];
};

static _Thread_local int64_t deadline_us;
static _Thread_local unsigned checks;
static _Thread_local bool over_budget;

void pipeline_options_default(struct pipeline_options *options)
{
    *options = (struct pipeline_options){
        .article_budget_ms = ARTICLE_BUDGET_MS,
        .article_bytes_max = (int64_t)ARENA_CAP_DEFAULT,
    };
}

int pipeline_create(struct pipeline **ret_pipeline, const struct pipeline_options *options,
                    struct error *error)
{
    struct pipeline *pipeline = calloc(1, sizeof(*pipeline));
    if (!pipeline)
        return error_set(error, -ENOMEM, "no memory for the stages");
    pipeline->magic = PIPELINE_MAGIC;
    pipeline->options = *options;
    for (size_t i = 0; pipeline_stages[i]; i++) {
        assert(i < STAGES_MAX);
        const struct stage *stage = pipeline_stages[i];
        int code = stage->init ? stage->init(&pipeline->contexts[i], options->data_directory, error) : 0;
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
        if (pipeline_stages[i]->destroy)
            pipeline_stages[i]->destroy((*pipeline)->contexts[i]);
    (*pipeline)->magic = 0;
    free(*pipeline);
    *pipeline = NULL;
}

/* What a code of a stage is called in the record. */
static const char *outcome_of(int code)
{
    switch (code) {
    case 0:
        return "ok";
    case ERR_DEADLINE:
    case ERR_LIMIT:
    case -ENOMEM:
        return "budget";
    default:
        return "failed";
    }
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

static void stage_run(const struct stage *stage, const void *context, struct article *article)
{
    struct stage_outcome outcome = {.stage = stage->name, .version = stage->version};
    if (stage->needs_text && article->text.len == 0) {
        outcome.outcome = "skipped";
        outcome.note = STR("no text");
    } else if (deadline_us && clock_monotonic_us() >= deadline_us) {
        outcome.outcome = "budget";
        outcome.note = STR("time budget used up before this stage");
    } else {
        int64_t begin = clock_monotonic_us();
        struct str note = STR_NONE;
        int code = stage->process(context, article, &note);
        outcome.us = (int32_t)(clock_monotonic_us() - begin);
        outcome.outcome = outcome_of(code);
        if (code == 0 && note.ptr)
            outcome.outcome = "partial";
        outcome.note = code < 0 && !note.ptr ? arena_str(article->arena, reason_of(code)) : note;
    }
    struct stage_outcome *slot = article_list_add(article->arena, &article->processing);
    if (slot) /* without memory even for the note the article still goes on */
        *slot = outcome;
}

void pipeline_run(const struct pipeline *pipeline, struct article *article)
{
    assert(pipeline->magic == PIPELINE_MAGIC && article->arena);
    int64_t budget_us = (int64_t)pipeline->options.article_budget_ms * 1000;
    deadline_us = budget_us > 0 ? clock_monotonic_us() + budget_us : 0;
    over_budget = false;
    for (size_t i = 0; i < pipeline->count; i++)
        stage_run(pipeline_stages[i], pipeline->contexts[i], article);
    deadline_us = 0;
    over_budget = false;
}

bool pipeline_over_budget(void)
{
    if (!deadline_us || over_budget)
        return over_budget;
    if (++checks % DEADLINE_CHECK_INTERVAL == 0)
        over_budget = clock_monotonic_us() >= deadline_us;
    return over_budget;
}

int64_t pipeline_deadline_us(void)
{
    return deadline_us;
}

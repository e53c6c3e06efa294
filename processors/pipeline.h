/* pipeline: the list of stages and how an article goes through them.
 *
 *     struct pipeline *pipeline = pipeline_create(&options, &error);       once; shared by all workers
 *     struct article *article = ...                                        (intake.h fills the input)
 *     pipeline_run(pipeline, article);                                     on any worker thread
 *
 * A stage is one const struct at the end of its own file; stages.c lists them in order. A stage never does
 * I/O, never logs, keeps nothing between articles but what its init made (read-only afterwards, shared by all
 * workers). It allocates only from article->arena. A stage that fails, or is over its budget, is noted in
 * article->processing and the article goes on; nothing a stage returns can lose an article. */
#ifndef NEWSD_PROCESSORS_PIPELINE_H
#define NEWSD_PROCESSORS_PIPELINE_H

#include <stdint.h>

#include "processors/article.h"
#include "base/error.h"
#include "base/must_use.h"
#include "processors/stage_setting.h"

struct stage {
    const char *name;        /* "text", "language", ... stable: it stands in records and metrics */
    const char *description; /* one line for `newsd --help` and the manual */
    unsigned version;        /* raised whenever its output may change */
    unsigned needs;          /* enum gift: skipped, and said so, when the article has not all of them */
    unsigned gives;          /* enum gift: what it may add; it sets article->given for what it did add */
    int32_t budget_ms;       /* wall time for one article, 0 = no more than the article's own */
    /* Primary language tags ("en", ...) that it speaks, ended by NULL; NULL = every language. A stage that
     * does not speak the article's language, or needs to know it and does not, is skipped. */
    const char *const *languages;
    /* In these of its languages it reads by more than in the others, and needs this as well; NULL = in none.
     */
    const char *const *languages_more;
    unsigned needs_more;
    bool on_request; /* works only where it is asked for: costly, or of no use to the record yet */
    /* Loads models and lexicons; *ret_context may stay NULL. 0 or an error code with *error filled. */
    int (*init)(void **ret_context, const char *data_directory, struct error *error);
    /* 0 = done; -ENOMEM, ERR_LIMIT, ERR_DEADLINE, ERR_* = failed, noted, the article goes on.
     * `*ret_note` may be set to a static or arena string saying why or what was skipped. */
    int (*process)(const void *context, struct article *article, struct str *ret_note);
    void (*destroy)(void *context);
};

/* Does the stage at this place of the list work under the setting? */
bool pipeline_stage_works(size_t at, const struct stage_setting *setting);

/* The list, in order, ended by NULL. */
extern const struct stage *const pipeline_stages[];

struct pipeline_options {
    const char *data_directory;           /* models and lexicons; NULL = built-in only */
    const struct stage_setting *settings; /* STAGES_MAX of them, or NULL = none; not kept */
    int32_t article_budget_ms;            /* wall time for all stages of one article, default 2000 */
    int64_t article_bytes_max;            /* arena cap, default 64 MiB */
    int32_t parse_beam;                   /* ways that the parser keeps, 1 to 16; 0 = PARSER_BEAM */
    int32_t event_confidence_min;         /* in 100; less sure events are left out, default 10 */
};

struct pipeline;

void pipeline_options_default(struct pipeline_options *options);
_must_use_ int pipeline_create(struct pipeline **ret_pipeline, const struct pipeline_options *options,
                               struct error *error);
void pipeline_destroy(struct pipeline **pipeline);

/* Runs every stage. Never fails: what went wrong stands in article->processing. Thread-safe. */
void pipeline_run(const struct pipeline *pipeline, struct article *article);

/* The place of the stage with this name in the list, or -1. */
int pipeline_stage_find(const char *name);

#endif

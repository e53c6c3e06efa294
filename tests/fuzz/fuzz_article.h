/* fuzz_article: an item through intake, stages and record, and what must hold of any article. For the fuzz
 * targets whose inputs become articles. */
#ifndef NEWSD_TESTS_FUZZ_ARTICLE_H
#define NEWSD_TESTS_FUZZ_ARTICLE_H

#include "fuzz/fuzz_check.h"

#include <errno.h>
#include <jansson.h>

#include "base/utf8.h"
#include "processors/article_words.h"
#include "processors/intake.h"
#include "processors/pipeline.h"
#include "processors/record/record.h"

/* Made once; the budget is far beyond what a slow build needs, so that libFuzzer's own limit tells of
 * slowness. */
static inline const struct pipeline *fuzz_pipeline(void)
{
    static struct pipeline *pipeline;
    if (!pipeline) {
        struct pipeline_options options;
        struct error error = {0};
        pipeline_options_default(&options);
        options.article_budget_ms = 60 * 1000;
        CHECK(pipeline_create(&pipeline, &options, &error) == 0);
    }
    return pipeline;
}

static inline void fuzz_check_span(const struct article *article, struct span span)
{
    CHECK(span.start < span.end && span.end <= article->text_length);
    CHECK(article_words(article, span).len > 0);
}

/* What was said, done and counted lies in the text, and entities that are named exist. */
static inline void fuzz_check_meaning(const struct article *article)
{
    for (size_t i = 0; i < article->statements.count; i++) {
        const struct statement *statement = &article->statements.items[i];
        fuzz_check_span(article, statement->content);
        CHECK(!statement->speaker.end || statement->speaker.start < statement->speaker.end);
        CHECK(statement->speaker_entity <= article->entities.count);
        CHECK(statement->confidence > 0 && statement->confidence <= 1);
    }
    for (size_t i = 0; i < article->events.count; i++) {
        const struct coded_event *event = &article->events.items[i];
        fuzz_check_span(article, event->trigger);
        CHECK(event->source_count + event->target_count > 0);
        CHECK(event->source_count <= EVENT_ACTORS_MAX && event->target_count <= EVENT_ACTORS_MAX);
        CHECK(event->place <= article->entities.count && event->time <= article->times.count);
    }
    for (size_t i = 0; i < article->quantities.count; i++)
        fuzz_check_span(article, article->quantities.items[i].span);
    for (size_t i = 0; i < article->references.count; i++)
        CHECK(article->references.items[i].entity < article->entities.count);
}

static inline void fuzz_check_article(const struct article *article)
{
    CHECK(utf8_valid(article->text) && utf8_valid(article->title) && utf8_valid(article->summary));
    CHECK(utf8_length(article->text) == article->text_length);
    uint32_t before = 0;
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct span span = article->blocks.items[i].span;
        CHECK(before <= span.start && span.start <= span.end && span.end <= article->text_length);
        before = span.end;
    }
    before = 0;
    for (size_t i = 0; i < article->sentences.count; i++) {
        struct span span = article->sentences.items[i];
        CHECK(before <= span.start && span.start < span.end && span.end <= article->text_length);
        before = span.end;
    }
    before = 0;
    for (size_t i = 0; i < article->times.count; i++) {
        const struct article_time *time = &article->times.items[i];
        CHECK(before <= time->span.start && time->span.start < time->span.end);
        CHECK(time->span.end <= article->text_length && time->first < time->end);
        CHECK(!time->begin_ms || !time->end_ms || time->begin_ms <= time->end_ms);
        before = time->span.end;
    }
    fuzz_check_meaning(article);
    CHECK(article->dateline.span.start <= article->dateline.span.end);
    CHECK(article->dateline.span.end <= article->text_length);
    CHECK(article->source_confidence >= 0 && article->source_confidence <= 1);
    CHECK(article->language_confidence >= 0 && article->language_confidence <= 1);
}

static inline void fuzz_check_records(const struct record_list *records)
{
    CHECK(records->count > 0);
    for (size_t i = 0; i < records->count; i++) {
        struct str value = records->items[i].value;
        json_t *root = json_loadb(value.ptr, value.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
        CHECK(utf8_valid(value) && json_is_object(root));
        json_decref(root);
        for (size_t header = 0; header < records->items[i].header_count; header++)
            CHECK(utf8_valid(records->items[i].headers[header].value));
    }
}

/* False when the payload was refused or the arena is too small. */
static inline bool fuzz_article(struct arena *arena, const struct intake_item *item)
{
    struct article *article = NULL;
    struct record_list records = {0};
    struct error error = {0};
    int code = intake_to_article(arena, item, &article, &error);
    CHECK(code == 0 || code == -ENOMEM || code == ERR_RECORD);
    CHECK(code == 0 || error.text[0]);
    if (code)
        return false;
    pipeline_run(fuzz_pipeline(), article);
    if (!arena_exhausted(arena))
        fuzz_check_article(article);
    code = record_article(arena, article, 1800000000000, &records, &error);
    CHECK(code == 0 || (code == -ENOMEM && arena_exhausted(arena)));
    if (code == 0)
        fuzz_check_records(&records);
    return code == 0;
}

#endif

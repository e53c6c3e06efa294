/* statements: see the header. Pure. */
#include "processors/record/statements.h"

#include <stdlib.h>

#include "processors/article_words.h"
#include "processors/record/record_private.h"

static void write_phrase(struct json_writer *json, const char *key, const struct article *article,
                         struct span span)
{
    if (span.end == 0)
        return;
    json_key(json, key);
    json_begin_object(json);
    json_field_str(json, "text", article_words(article, span));
    record_field_span(json, "span", span);
    json_end_object(json);
}

static int by_start(const void *wanted, const void *reference)
{
    const struct span *span = wanted, *other = &((const struct article_reference *)reference)->span;
    return (span->start > other->start) - (span->start < other->start);
}

/* Who has no name and is spoken of by these words; NULL = nobody that is known. */
static const struct article_unnamed *unnamed_of(const struct article *article, struct span words)
{
    size_t first = 0, end = article->unnamed.count;
    const struct article_reference *found =
        article->unnamed_references.count
            ? bsearch(&words, article->unnamed_references.items, article->unnamed_references.count,
                      sizeof(*found), by_start)
            : NULL;
    if (found)
        return &article->unnamed.items[found->entity];
    while (first <
           end) { /* the first that is spoken of not before the words: those are in the text's order */
        size_t middle = first + (end - first) / 2;
        bool before = article->token_spans[article->unnamed.items[middle].head].start < words.start;
        first = before ? middle + 1 : first;
        end = before ? end : middle;
    }
    bool within = first < article->unnamed.count &&
                  article->token_spans[article->unnamed.items[first].head].end <= words.end;
    return within ? &article->unnamed.items[first] : NULL;
}

/* Who says it, in an object. */
static void write_speaker(struct json_writer *json, const struct article *article, struct span words,
                          uint32_t number)
{
    const struct article_entity *entity = number ? &article->entities.items[number - 1] : NULL;
    json_begin_object(json);
    if (entity) {
        record_field_entity(json, "entity", number);
        json_field_str(json, "name", entity->name);
        if (entity->role.class) {
            json_field_str(json, "role", entity->role.text);
            json_field_cstr(json, "role_class", role_class_text(entity->role.class));
        }
    } else if (words.end) {
        const struct article_unnamed *unnamed = unnamed_of(article, words);
        json_field_str(json, "name", article_words(article, unnamed ? unnamed->span : words));
        if (unnamed && unnamed->class)
            json_field_cstr(json, "role_class", role_class_text(unnamed->class));
    }
    if (words.end)
        record_field_span(json, "span", words);
    json_end_object(json);
}

static void write_speakers(struct json_writer *json, const struct article *article,
                           const struct statement *statement)
{
    json_key(json, "speaker");
    write_speaker(json, article, statement->speaker, statement->speaker_entity);
    if (!statement->with_count)
        return;
    json_key(json, "with");
    json_begin_array(json);
    for (size_t i = 0; i < statement->with_count; i++)
        write_speaker(json, article, statement->with[i].words, statement->with[i].entity);
    json_end_array(json);
}

static void write_addressee(struct json_writer *json, const struct article *article,
                            const struct statement *statement)
{
    if (!statement->addressee.end)
        return;
    json_key(json, "addressee");
    json_begin_object(json);
    json_field_str(json, "text", article_words(article, statement->addressee));
    record_field_span(json, "span", statement->addressee);
    if (statement->addressee_entity) {
        json_field_str(json, "name", article->entities.items[statement->addressee_entity - 1].name);
        record_field_entity(json, "entity", statement->addressee_entity);
    }
    json_end_object(json);
}

void statement_write(struct json_writer *json, const struct article *article, size_t at)
{
    static const char *const kinds[] = {"direct", "mixed", "indirect"};
    const struct statement *statement = &article->statements.items[at];
    json_field_cstr(json, "id", statement->id);
    json_field_cstr(json, "kind", kinds[statement->kind]);
    write_speakers(json, article, statement);
    write_phrase(json, "cue", article, statement->cue);
    write_phrase(json, "content", article, statement->content);
    write_addressee(json, article, statement);
    record_field_span(json, "sentence", statement->sentence);
    json_field_cstr(json, "rule", statement->rule);
    json_field_double(json, "confidence", (double)statement->confidence, 3);
}

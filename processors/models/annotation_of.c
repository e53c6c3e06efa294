/* annotation_of: see the header. */
#include "processors/models/annotation_of.h"

#include "base/buffer.h"
#include "processors/language/tree.h"
#include "processors/models/files.h"

struct making {
    struct annotation *annotation;
    struct arena *arena;
    const struct article *article;
};

/* An element at the end of one of the annotation's lists. */
#define add(making, list)                                                                                    \
    ({                                                                                                       \
        typeof((making)->annotation->list.items) added =                                                     \
            article_list_add((making)->arena, &(making)->annotation->list);                                  \
        if (!added)                                                                                          \
            files_fail("memory", "too little");                                                              \
        added;                                                                                               \
    })

/* ---- Reading ---- */

static struct str html_of(struct arena *arena, struct str text)
{
    _cleanup_buffer_ struct buffer html = {0};
    buffer_append_str(&html, STR("<p>"));
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            buffer_append_str(&html, STR("</p><p>"));
        else if (text.ptr[i] == '&')
            buffer_append_str(&html, STR("&amp;"));
        else if (text.ptr[i] == '<')
            buffer_append_str(&html, STR("&lt;"));
        else
            buffer_append_byte(&html, text.ptr[i]);
    if (html.failed)
        files_fail("memory", "too little");
    return arena_str(arena, buffer_str(&html));
}

static const struct article *read_article(struct arena *arena, const struct pipeline *pipeline,
                                          const struct annotation *from)
{
    struct article *article = arena_new(arena, struct article);
    if (!article)
        files_fail("memory", "too little");
    article->arena = arena;
    article->title = from->title;
    article->content_html = html_of(arena, from->text);
    article->content_is_html = true;
    article->language_stated = STR("en");
    article->published_ms = from->published_ms;
    article->trials_wanted = true;
    pipeline_run(pipeline, article);
    if (!str_equal(article->text, from->text))
        files_fail(from->path, "newsd reads other text: signs that are not composed, or blanks in a row?");
    return article;
}

/* ---- What it found ---- */

static uint32_t sentence_at(const struct article *article, struct span span)
{
    uint32_t sentence = 0;
    while (sentence + 1 < article->sentences.count &&
           article->sentences.items[sentence + 1].start <= span.start)
        sentence++;
    return sentence;
}

static void add_entities(struct making *making)
{
    const struct article *article = making->article;
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *from = &article->entities.items[i];
        struct annotated_entity *entity = add(making, entities);
        *entity = (struct annotated_entity){.type = (int)from->type, .name = from->name};
        memcpy(entity->country, from->country, sizeof(entity->country));
    }
}

static void add_roles(struct making *making)
{
    const struct article *article = making->article;
    for (size_t i = 0; i < article->roles.count; i++) {
        const struct article_role *from = &article->roles.items[i];
        *add(making, roles) = (struct annotated_role){from->role.span, sentence_at(article, from->role.span),
                                                      from->person, from->role.class};
    }
}

/* Who acts without a name and is spoken of again: behind the entities, in their order. */
static void add_unnamed(struct making *making)
{
    const struct article *article = making->article;
    uint32_t first = (uint32_t)making->annotation->entities.count;
    for (size_t i = 0; i < article->unnamed.count; i++) {
        const struct article_unnamed *from = &article->unnamed.items[i];
        const struct tree *tree = &article->trees[from->sentence];
        *add(making, entities) = (struct annotated_entity){
            .type = NAME_NOMINAL, .name = tree->nodes[from->head - tree->first].word};
        if (!from->together)
            *add(making, mentions) =
                (struct annotated_mention){from->span, from->sentence, {{first + (uint32_t)i}, 1}};
    }
    for (size_t i = 0; i < article->unnamed_references.count; i++) {
        const struct article_reference *from = &article->unnamed_references.items[i];
        if (article->unnamed.items[from->entity].together)
            continue;
        *add(making, mentions) =
            (struct annotated_mention){from->span, from->sentence, {{first + from->entity}, 1}};
    }
}

static void add_names(struct making *making)
{
    const struct article *article = making->article;
    for (size_t i = 0; i < article->names.count; i++) {
        const struct article_name *from = &article->names.items[i];
        if (from->span.start < article->dateline.span.end)
            continue; /* no sentence's, as the guideline has it */
        *add(making, names) = (struct annotated_name){from->type, from->span, from->sentence, from->entity};
    }
    for (size_t i = 0; i < article->references.count; i++) {
        const struct article_reference *from = &article->references.items[i];
        *add(making, mentions) = (struct annotated_mention){from->span, from->sentence, {{from->entity}, 1}};
    }
}

static bool is_duration(struct str unit)
{
    static const char *const units[] = {"s", "min", "h", "d", "wk", "mo", "a", "10a"};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (str_equal(unit, str_from(units[i])))
            return true;
    return false;
}

static void add_numbers(struct making *making)
{
    const struct article *article = making->article;
    for (size_t i = 0; i < article->times.count; i++) {
        const struct article_time *from = &article->times.items[i];
        if (from->span.start < article->dateline.span.end)
            continue; /* the dateline stands before the first sentence, in the guideline */
        *add(making, times) = (struct annotated_time){from->kind, from->span, from->sentence, from->value};
    }
    for (size_t i = 0; i < article->quantities.count; i++) {
        const struct article_quantity *from = &article->quantities.items[i];
        if (from->kind == QUANTITY_MEASURE && is_duration(from->unit))
            continue; /* times, in the guideline */
        *add(making, quantities) = (struct annotated_quantity){
            from->kind,  from->modifier, from->span, sentence_at(article, from->span),
            from->value, from->high,     from->unit, str_from(from->effect)};
    }
}

static void add_statements(struct making *making)
{
    const struct article *article = making->article;
    for (size_t i = 0; i < article->statements.count; i++) {
        const struct statement *from = &article->statements.items[i];
        *add(making, statements) = (struct annotated_statement){
            .kind = from->kind,
            .content = from->content,
            .cue = from->cue,
            .speaker_span = from->speaker,
            .sentence = sentence_at(article, from->content),
            .speaker = from->speaker_entity ? from->speaker_entity - 1 : NOBODY,
            .addressee = from->addressee_entity ? from->addressee_entity - 1 : NOBODY};
    }
}

/* Who acts without a name gets an entity of the words. */
static uint32_t entity_of(struct making *making, const struct event_actor *actor)
{
    uint32_t entity = actor->entity ? actor->entity - 1 : (uint32_t)making->annotation->entities.count;
    if (!actor->entity) {
        *add(making, entities) = (struct annotated_entity){.type = NAME_NOMINAL, .name = actor->name};
        if (actor->span.end)
            *add(making, mentions) = (struct annotated_mention){
                actor->span, sentence_at(making->article, actor->span), {{entity}, 1}};
    }
    if (actor->cameo.len)
        making->annotation->entities.items[entity].code = actor->cameo;
    return entity;
}

static struct entity_group group_of(struct making *making, const struct event_actor *actors, size_t count)
{
    struct entity_group group = {0};
    for (size_t i = 0; i < count; i++)
        group.items[group.count++] = entity_of(making, &actors[i]);
    return group;
}

static void add_events(struct making *making)
{
    const struct article *article = making->article;
    _Static_assert((int)EVENT_ACTORS_MAX <= (int)TOGETHER_MAX, "all actors of an event fit");
    for (size_t i = 0; i < article->events.count; i++) {
        const struct coded_event *from = &article->events.items[i];
        struct annotated_event event = {.sources = group_of(making, from->sources, from->source_count),
                                        .targets = group_of(making, from->targets, from->target_count),
                                        .modality = from->modality,
                                        .trigger = from->trigger,
                                        .sentence = sentence_at(article, from->trigger),
                                        .place = from->place ? from->place - 1 : NOBODY,
                                        .time = from->time ? article->times.items[from->time - 1].value
                                                           : STR_NONE};
        memcpy(event.code, from->cameo, sizeof(event.code));
        *add(making, events) = event;
    }
}

const struct article *annotation_of(struct annotation *ret_annotation, struct arena *arena,
                                    const struct pipeline *pipeline, const struct annotation *from)
{
    struct making making = {ret_annotation, arena, read_article(arena, pipeline, from)};
    *ret_annotation = (struct annotation){
        .path = from->path, .title = from->title, .published_ms = from->published_ms, .text = from->text};
    for (size_t i = 0; i < making.article->sentences.count; i++)
        *add(&making, sentences) = making.article->sentences.items[i];
    add_entities(&making);
    add_names(&making);
    add_roles(&making);
    add_unnamed(&making);
    add_numbers(&making);
    add_statements(&making);
    add_events(&making);
    return making.article;
}

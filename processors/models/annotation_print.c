/* annotation_print: see the header. */
#include "processors/models/annotation_print.h"

#include <stdio.h>

#include "base/utf8.h"
#include "processors/models/files.h"

struct lines {
    struct str *items;
    uint32_t *sentences; /* of the wanted annotation */
    size_t count, capacity, sentence_capacity;
};

struct side {
    struct arena *arena;
    const struct annotation *annotation, *wanted;
    const uint32_t *aligned; /* NULL: this is the wanted side */
    struct lines lines;
};

static struct str text_of(const struct annotation *annotation, struct span span)
{
    struct str text = annotation->text;
    uint32_t c, point = 0;
    size_t at = 0, start = 0;
    for (; at < text.len && point < span.end; point++) {
        if (point == span.start)
            start = at;
        at += utf8_decode(text, at, &c);
    }
    return span.end ? str_slice(text, start, at) : STR("-");
}

static struct str entity_text(const struct side *side, uint32_t entity)
{
    if (entity == NOBODY)
        return STR("-");
    const struct annotated_entity *own = &side->annotation->entities.items[entity];
    const struct annotated_entity *shown = own;
    if (side->aligned && side->aligned[entity] != NOBODY)
        shown = &side->wanted->entities.items[side->aligned[entity]];
    return arena_printf(side->arena, "%.*s%s%.*s", STR_ARG(shown->name), own->code.len ? "/" : "",
                        STR_ARG(own->code));
}

static struct str group_text(const struct side *side, struct entity_group group)
{
    struct str text = group.count ? entity_text(side, group.items[0]) : STR("-");
    for (size_t i = 1; i < group.count; i++)
        text = arena_printf(side->arena, "%.*s, %.*s", STR_ARG(text),
                            STR_ARG(entity_text(side, group.items[i])));
    return text;
}

static void add_line(struct side *side, uint32_t at, struct str line)
{
    struct lines *lines = &side->lines;
    uint32_t sentence = 0;
    if (arena_grow(side->arena, (void **)&lines->items, lines->count, &lines->capacity,
                   sizeof(*lines->items)) ||
        arena_grow(side->arena, (void **)&lines->sentences, lines->count, &lines->sentence_capacity,
                   sizeof(*lines->sentences)) ||
        !line.ptr)
        files_fail("memory", "too little");
    while (sentence + 1 < side->wanted->sentences.count &&
           side->wanted->sentences.items[sentence + 1].start <= at)
        sentence++;
    lines->items[lines->count] = line;
    lines->sentences[lines->count++] = sentence;
}

#define TEXT(side, span) STR_ARG(text_of((side)->annotation, (span)))

static void list_words(struct side *side, const char *marks)
{
    const struct annotation *from = side->annotation;
    for (size_t i = 0; strchr(marks, 'N') && i < from->names.count; i++) {
        const struct annotated_name *name = &from->names.items[i];
        add_line(
            side, name->span.start,
            arena_printf(side->arena, "N %s | %.*s", name_type_text(name->type), TEXT(side, name->span)));
    }
    for (size_t i = 0; strchr(marks, 'M') && i < from->mentions.count; i++) {
        const struct annotated_mention *mention = &from->mentions.items[i];
        add_line(side, mention->span.start,
                 arena_printf(side->arena, "M %.*s | %.*s", TEXT(side, mention->span),
                              STR_ARG(group_text(side, mention->means))));
    }
    for (size_t i = 0; strchr(marks, 'R') && i < from->roles.count; i++) {
        const struct annotated_role *role = &from->roles.items[i];
        add_line(side, role->span.start,
                 arena_printf(side->arena, "R %.*s | %.*s | %s", TEXT(side, role->span),
                              STR_ARG(entity_text(side, role->person)), role_class_text(role->class)));
    }
    for (size_t i = 0; strchr(marks, 'T') && i < from->times.count; i++) {
        const struct annotated_time *time = &from->times.items[i];
        add_line(side, time->span.start,
                 arena_printf(side->arena, "T %s | %.*s | %.*s", time_kind_text(time->kind),
                              TEXT(side, time->span), STR_ARG(time->value)));
    }
    for (size_t i = 0; strchr(marks, 'C') && i < from->quantities.count; i++) {
        const struct annotated_quantity *quantity = &from->quantities.items[i];
        add_line(side, quantity->span.start,
                 arena_printf(side->arena, "C %s | %.*s | %.12g..%.12g | %.*s | %.*s",
                              quantity_kind_text(quantity->kind), TEXT(side, quantity->span), quantity->low,
                              quantity->high, STR_ARG(quantity->unit), STR_ARG(quantity->effect)));
    }
}

static void list_meaning(struct side *side, const char *marks)
{
    const struct annotation *from = side->annotation;
    for (size_t i = 0; strchr(marks, 'Q') && i < from->statements.count; i++) {
        const struct annotated_statement *statement = &from->statements.items[i];
        struct str speaker = statement->speaker == NOBODY ? text_of(from, statement->speaker_span)
                                                          : entity_text(side, statement->speaker);
        add_line(
            side, statement->content.start,
            arena_printf(side->arena, "Q %.*s | %.*s", TEXT(side, statement->content), STR_ARG(speaker)));
    }
    for (size_t i = 0; strchr(marks, 'V') && i < from->events.count; i++) {
        const struct annotated_event *event = &from->events.items[i];
        add_line(side, event->trigger.start,
                 arena_printf(side->arena, "V %s | %.*s | %.*s | %s | %.*s", event->code,
                              STR_ARG(group_text(side, event->sources)),
                              STR_ARG(group_text(side, event->targets)), event_modality_text(event->modality),
                              TEXT(side, event->trigger)));
    }
}

static void print_lines(const struct lines *own, const struct lines *other, uint32_t sentence, char mark)
{
    for (size_t i = 0; i < own->count; i++) {
        bool both = false;
        if (own->sentences[i] != sentence)
            continue;
        for (size_t k = 0; k < other->count; k++)
            both |= other->sentences[k] == sentence && str_equal(other->items[k], own->items[i]);
        if (!both || mark == '-')
            printf("%c %.*s\n", both ? ' ' : mark, STR_ARG(own->items[i]));
    }
}

void annotation_print_differences(struct arena *arena, const struct annotation *wanted,
                                  const struct annotation *found, const char *marks)
{
    struct pair pair;
    annotation_align(&pair, arena, wanted, found);
    struct side left = {.arena = arena, .annotation = wanted, .wanted = wanted};
    struct side right = {.arena = arena, .annotation = found, .wanted = wanted, .aligned = pair.aligned};
    list_words(&left, marks);
    list_words(&right, marks);
    list_meaning(&left, marks);
    list_meaning(&right, marks);
    printf("\n== %s\n", wanted->path);
    for (uint32_t sentence = 0; sentence < wanted->sentences.count; sentence++) {
        printf("%.*s\n", STR_ARG(text_of(wanted, wanted->sentences.items[sentence])));
        print_lines(&left.lines, &right.lines, sentence, '-');
        print_lines(&right.lines, &left.lines, sentence, '+');
    }
}

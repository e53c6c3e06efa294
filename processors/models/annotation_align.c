/* annotation_align: see the header. */
#include "processors/models/annotation_align.h"

#include "processors/models/files.h"

/* Names weigh more: a description's words may be shared by chance. */
enum { NAME_WEIGHT = 4, MENTION_WEIGHT = 1 };

struct naming {
    struct span span;
    const uint32_t *entities;
    size_t count;
    uint32_t weight;
};

/* The names, then the mentions. */
static bool naming_at(const struct annotation *annotation, size_t at, struct naming *ret_naming)
{
    if (at < annotation->names.count) {
        const struct annotated_name *name = &annotation->names.items[at];
        *ret_naming = (struct naming){name->span, &name->entity, 1, NAME_WEIGHT};
        return true;
    }
    if (at - annotation->names.count >= annotation->mentions.count)
        return false;
    const struct annotated_mention *mention = &annotation->mentions.items[at - annotation->names.count];
    *ret_naming = (struct naming){mention->span, mention->means.items, mention->means.count, MENTION_WEIGHT};
    return true;
}

/* By how much of both spans is the same (Dice), in per cent. */
static void weigh(const struct naming *a, const struct naming *b, uint32_t *weights, size_t wanted_count)
{
    uint32_t start = a->span.start > b->span.start ? a->span.start : b->span.start;
    uint32_t end = a->span.end < b->span.end ? a->span.end : b->span.end;
    uint32_t both = a->span.end - a->span.start + b->span.end - b->span.start;
    for (size_t i = 0; i < b->count; i++)
        for (size_t k = 0; k < a->count; k++)
            weights[b->entities[i] * wanted_count + a->entities[k]] +=
                200 * (end - start) / both * (a->weight < b->weight ? a->weight : b->weight);
}

void annotation_align(struct pair *ret_pair, struct arena *arena, const struct annotation *wanted,
                      const struct annotation *found)
{
    size_t wanted_count = wanted->entities.count, found_count = found->entities.count;
    uint32_t *weights = arena_new_array(arena, uint32_t, wanted_count * found_count + 1);
    uint32_t *aligned = arena_new_array(arena, uint32_t, found_count + 1);
    struct naming a, b;
    if (!weights || !aligned)
        files_fail("memory", "too little");
    for (size_t i = 0; naming_at(wanted, i, &a); i++)
        for (size_t k = 0; naming_at(found, k, &b); k++)
            if (spans_overlap(a.span, b.span))
                weigh(&a, &b, weights, wanted_count);
    for (size_t i = 0; i < found_count; i++) {
        uint32_t most = 0;
        aligned[i] = NOBODY;
        for (size_t k = 0; k < wanted_count; k++)
            if (weights[i * wanted_count + k] > most) {
                most = weights[i * wanted_count + k];
                aligned[i] = (uint32_t)k;
            }
    }
    *ret_pair = (struct pair){wanted, found, aligned};
}

bool annotation_means(const struct annotation *annotation, struct span span, uint32_t entity)
{
    struct naming naming;
    for (size_t i = 0; naming_at(annotation, i, &naming); i++)
        for (size_t k = 0; k < naming.count; k++)
            if (naming.entities[k] == entity && spans_overlap(naming.span, span))
                return true;
    return false;
}

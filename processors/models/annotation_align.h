/* annotation_align: which entities of two annotations of one article are the same. For the programs that
 * look. */
#ifndef NEWSD_PROCESSORS_MODELS_ANNOTATION_ALIGN_H
#define NEWSD_PROCESSORS_MODELS_ANNOTATION_ALIGN_H

#include "processors/models/annotation.h"

struct pair {
    const struct annotation *wanted, *found;
    const uint32_t *aligned; /* of each entity found: the one wanted, or NOBODY */
};

/* The entity wanted with which the most names and mentions overlap. In the arena. Exits with words without
 * memory. */
void annotation_align(struct pair *ret_pair, struct arena *arena, const struct annotation *wanted,
                      const struct annotation *found);

/* Does a name or mention that overlaps with the span mean the entity? */
bool annotation_means(const struct annotation *annotation, struct span span, uint32_t entity);

static inline bool spans_overlap(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

static inline bool spans_equal(struct span a, struct span b)
{
    return a.start == b.start && a.end == b.end;
}

#endif

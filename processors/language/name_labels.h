/* name_labels: the labels of the names' tagger: for each type the first word, a middle one, the last, and the
 * only one of a name (BILOU; Ratinov and Roth 2009), and none. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_NAME_LABELS_H
#define NEWSD_PROCESSORS_LANGUAGE_NAME_LABELS_H

#include <stdbool.h>
#include <stdint.h>

#include "processors/name_types.h"

enum name_part { NAME_FIRST, NAME_MIDDLE, NAME_LAST, NAME_ONLY, NAME_PARTS };

/* The types that are learnt come first in enum name_type. */
enum { NAME_OUTSIDE = 0, NAME_LABELS = 1 + NAME_TYPES_LEARNT * NAME_PARTS };

static inline uint8_t name_label(enum name_type type, enum name_part part)
{
    return (uint8_t)(1 + (unsigned)type * NAME_PARTS + (unsigned)part);
}

static inline enum name_type name_label_type(uint8_t label)
{
    return (enum name_type)((label - 1u) / NAME_PARTS);
}

static inline enum name_part name_label_part(uint8_t label)
{
    return (enum name_part)((label - 1u) % NAME_PARTS);
}

/* A name is open behind the label: it must go on. */
static inline bool name_label_open(uint8_t label)
{
    return label != NAME_OUTSIDE && name_label_part(label) <= NAME_MIDDLE;
}

/* May `next` follow `label`? */
static inline bool name_label_follows(uint8_t label, uint8_t next)
{
    bool goes_on =
        next != NAME_OUTSIDE && (name_label_part(next) == NAME_MIDDLE || name_label_part(next) == NAME_LAST);
    if (!name_label_open(label))
        return !goes_on;
    return goes_on && name_label_type(label) == name_label_type(next);
}

#endif

/* quantity: how many or how much, as an article says it. */
#ifndef NEWSD_PROCESSORS_QUANTITY_H
#define NEWSD_PROCESSORS_QUANTITY_H

#include "base/str.h"
#include "processors/span.h"

enum quantity_kind { QUANTITY_COUNT, QUANTITY_MONEY, QUANTITY_PERCENT, QUANTITY_MEASURE };

enum quantity_modifier {
    QUANTITY_EXACT,
    QUANTITY_ABOUT,
    QUANTITY_MORE,
    QUANTITY_LESS,
    QUANTITY_AT_LEAST,
    QUANTITY_AT_MOST
};

enum { QUANTITIES_MAX = 500 /* of one article */ };

struct article_quantity {
    enum quantity_kind kind;
    enum quantity_modifier modifier;
    double value, high; /* high: the end of a range; equal to value when there is none */
    struct str unit;    /* ISO 4217 currency, "%", "km", or what is counted in its dictionary form: "troop" */
    const char *effect; /* what became of those counted: "killed", "injured" ...; NULL = not said */
    struct span span;   /* number, modifier and unit */
    struct span of;     /* the words for what is counted; end 0 = none */
    uint32_t entity;    /* whose: its place among the article's entities, from 1; 0 = not said */
    struct span sentence;
};

/* "count", "money" ...; stable, they stand in records. */
static inline const char *quantity_kind_text(enum quantity_kind kind)
{
    static const char *const texts[] = {"count", "money", "percent", "measure"};
    return texts[kind];
}

/* NULL for an exact number. */
static inline const char *quantity_modifier_text(enum quantity_modifier modifier)
{
    static const char *const texts[] = {NULL, "about", "more-than", "less-than", "at-least", "at-most"};
    return texts[modifier];
}

#endif

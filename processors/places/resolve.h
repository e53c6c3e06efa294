/* resolve: which place each name of an article means, chosen for all of them together. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_PLACES_RESOLVE_H
#define NEWSD_PROCESSORS_PLACES_RESOLVE_H

#include "base/arena.h"
#include "processors/places/gazetteer.h"

struct place_question {
    struct str name;           /* "Paris", or with what it lies in: "Paris, Texas" */
    struct str inside;         /* the division or country that stands right behind it; absent */
    bool division;             /* "state", "province" stands beside it */
    unsigned weight;           /* how much it says of the others: its mentions; more for the dateline */
    const struct place *place; /* the answer, NULL = not known */
};

/* What the article says of countries without naming their places: 1 for each demonym, at country_number(). */
typedef uint16_t country_hints[COUNTRY_CODES];

/* Does the name mean a division or a country? Then it can stand behind a town's. */
bool resolve_is_container(const struct gazetteer *gazetteer, struct str name);

/* Fills the answers. What decides: a division or country right behind the name; countries and divisions that
 * the article names, or whose people; the size and rank of a place; how far it is from the others. Scratch in
 * the arena. 0 or -ENOMEM. */
int resolve_places(const struct gazetteer *gazetteer, struct arena *arena, struct place_question *questions,
                   size_t count, const country_hints hints);

#endif

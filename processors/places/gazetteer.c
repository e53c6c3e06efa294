/* gazetteer: see the header. */
#include "processors/places/gazetteer.h"

#include <errno.h>
#include <stdlib.h>

#include "processors/model/lookup.h"
#include "processors/places/place_name.h"

struct gazetteer {
    struct model *model;
    struct lookup names; /* 1 + row or number of a list, with the bits of the header */
    const uint32_t *lists;
    const struct place *places;
    size_t list_count, place_count;
    struct countries countries;
};

_Static_assert(sizeof(struct place) == 20, "the row of the model");

static bool open_sections(struct gazetteer *gazetteer)
{
    struct str lists = model_section(gazetteer->model, "lists"),
               places = model_section(gazetteer->model, "places");
    gazetteer->lists = (const void *)lists.ptr;
    gazetteer->list_count = lists.len / sizeof(uint32_t);
    gazetteer->places = (const void *)places.ptr;
    gazetteer->place_count = places.len / sizeof(struct place);
    return gazetteer->place_count &&
           lookup_open(&gazetteer->names, model_section(gazetteer->model, "names")) &&
           countries_open(&gazetteer->countries, model_section(gazetteer->model, "countries"));
}

int gazetteer_create(struct gazetteer **ret_gazetteer, struct model *model, struct error *error)
{
    struct gazetteer *gazetteer = calloc(1, sizeof(*gazetteer));
    if (!gazetteer) {
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the gazetteer");
    }
    gazetteer->model = model;
    int failure = model_check_version(model, PLACES_VERSION, error);
    if (!failure && !open_sections(gazetteer))
        failure = error_set(error, ERR_MALFORMED, "the model places does not hold places and their names");
    if (failure) {
        gazetteer_destroy(&gazetteer);
        return failure;
    }
    *ret_gazetteer = gazetteer;
    return 0;
}

void gazetteer_destroy(struct gazetteer **gazetteer)
{
    if (!*gazetteer)
        return;
    model_close(&(*gazetteer)->model);
    free(*gazetteer);
    *gazetteer = NULL;
}

/* One more candidate; a row that is not there, or is of no kind, adds none. */
static size_t take(const struct gazetteer *gazetteer, uint32_t entry, struct place_candidate *candidate)
{
    uint32_t row = entry & PLACE_ROW;
    if (row >= gazetteer->place_count || gazetteer->places[row].kind >= PLACE_KINDS)
        return 0;
    *candidate = (struct place_candidate){&gazetteer->places[row], entry & PLACE_ALTERNATE};
    return 1;
}

size_t gazetteer_find(const struct gazetteer *gazetteer, struct str name,
                      struct place_candidate ret_candidates[PLACES_OF_A_NAME_MAX])
{
    uint64_t hash = place_name_hash(name);
    uint32_t value = hash ? lookup_find(&gazetteer->names, hash) : 0;
    size_t count = 0;
    if (!value)
        return 0;
    if (!(value & PLACE_LIST))
        return take(gazetteer, value - 1, ret_candidates);
    for (size_t at = (value & PLACE_ROW) - 1; at < gazetteer->list_count && count < PLACES_OF_A_NAME_MAX;
         at++) {
        count += take(gazetteer, gazetteer->lists[at], &ret_candidates[count]);
        if (gazetteer->lists[at] & PLACE_LAST)
            break;
    }
    return count;
}

const struct countries *gazetteer_countries(const struct gazetteer *gazetteer)
{
    return &gazetteer->countries;
}

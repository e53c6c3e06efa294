/* gazetteer: the places of the world by name, from the model "places" (models/train_places.c): countries,
 * their divisions, towns, some regions. Mapped read-only; any thread. */
#ifndef NEWSD_PROCESSORS_PLACES_GAZETTEER_H
#define NEWSD_PROCESSORS_PLACES_GAZETTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "processors/model/model.h"
#include "processors/places/countries.h"

enum { PLACES_VERSION = 1 }; /* raised whenever names are folded or rows are laid out in another way */

enum place_kind {
    PLACE_QUARTER, /* part of a town */
    PLACE_TOWN,
    PLACE_SMALL_SEAT, /* of a division of the second level */
    PLACE_SEAT,       /* of a division of the first level */
    PLACE_CAPITAL,
    PLACE_DISTRICT, /* of the second level: county, department */
    PLACE_DIVISION, /* of the first level: state, province, oblast */
    PLACE_REGION,   /* of no government, or of another level */
    PLACE_COUNTRY,
    PLACE_KINDS
};

/* As it lies in the model. */
struct place {
    int32_t latitude, longitude; /* WGS 84, in ten thousandths of a degree */
    uint32_t geoname;            /* its number in GeoNames, 0 = not known */
    uint16_t division;           /* in which it lies, or that it is; 0 = not known */
    char country[2];             /* ISO 3166-1 alpha-2, zeros = of no country */
    uint8_t kind;                /* enum place_kind */
    uint8_t people;              /* the logarithm to base 2 of their number, times 8 */
    uint16_t twin;               /* of a division: 1 = its largest town has its name */
};

enum { PLACE_DEGREE = 10000, PLACE_PEOPLE = 8, PLACES_OF_A_NAME_MAX = 96 };

/* How a place is put down for a name: its row's number, and whether this is another than its main name. A
 * list of several ends with PLACE_LAST; in the table of names PLACE_LIST says that it is the number of a
 * list. */
#define PLACE_ROW 0x00ffffffu
#define PLACE_ALTERNATE 0x40000000u
#define PLACE_LAST 0x80000000u
#define PLACE_LIST 0x80000000u

struct place_candidate {
    const struct place *place;
    bool alternate; /* it has another main name */
};

struct gazetteer;

/* From a model of kind "places", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. */
int gazetteer_create(struct gazetteer **ret_gazetteer, struct model *model, struct error *error);
void gazetteer_destroy(struct gazetteer **gazetteer);

/* The places of that name, the most likely first; their number, 0 = no place is called so. */
size_t gazetteer_find(const struct gazetteer *gazetteer, struct str name,
                      struct place_candidate ret_candidates[PLACES_OF_A_NAME_MAX]);

const struct countries *gazetteer_countries(const struct gazetteer *gazetteer);

#endif

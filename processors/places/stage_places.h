/* stage_places: the stage "places": where the places that an article names are, and the countries of what is
 * named after one. English, as what finds the names. */
#ifndef NEWSD_PROCESSORS_PLACES_STAGE_PLACES_H
#define NEWSD_PROCESSORS_PLACES_STAGE_PLACES_H

#include "processors/pipeline.h"

extern const struct stage stage_places;

#endif

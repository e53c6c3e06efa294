/* stage_places: the stage "places": where the places that an article names are, the countries of what is
 * named after one, and which mentions of a capital mean its state: these, alone of the names, get another
 * entity than the stage "names" gave them (governments.h). English, as what finds the names. */
#ifndef NEWSD_PROCESSORS_PLACES_STAGE_PLACES_H
#define NEWSD_PROCESSORS_PLACES_STAGE_PLACES_H

#include "processors/pipeline.h"

extern const struct stage stage_places;

#endif

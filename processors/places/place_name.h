/* place_name: how the names of places are looked up. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_PLACES_PLACE_NAME_H
#define NEWSD_PROCESSORS_PLACES_PLACE_NAME_H

#include <stdint.h>

#include "base/str.h"

enum { PLACE_NAME_BYTES = 128 };

/* The name without marks on its letters, points, commas, apostrophes and a "the" in front, hyphens as blanks;
 * in lower case when it has more than three letters ("US" is not "us"). Cut to the buffer. */
struct str place_name_fold(struct str name, char buffer[PLACE_NAME_BYTES]);

/* The folded name's hash for look-ups (model/lookup.h); 0 for a name of nothing. */
uint64_t place_name_hash(struct str name);

#endif

/* name_lists: words that say what stands beside them or what they are part of. In lower case. Pure; any
 * thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_NAME_LISTS_H
#define NEWSD_PROCESSORS_LANGUAGE_NAME_LISTS_H

#include <stdbool.h>

#include "base/str.h"

/* "minister", "spokeswoman", "gen": a person's name may follow. */
bool name_is_role_word(struct str lower);
/* "ministry", "brigade", "inc": the name of an organisation holds it. */
bool name_is_organisation_word(struct str lower);
/* "bridge", "airport": the name of a building or another work ends with it. */
bool name_is_facility_word(struct str lower);
/* "war", "olympics": the name of an event ends with it. */
bool name_is_event_word(struct str lower);
/* "muslim", "kurds": religions, convictions and peoples without a state. */
bool name_is_group_word(struct str lower);

/* "kremlin", "knesset": the name of an organisation by itself, whatever the sentence makes of it. */
bool name_is_institution(struct str lower);

/* "of", "and", "de", as printed: joins the words of a name. */
bool name_is_link_word(struct str word);

#endif

/* reference_kinds: what a noun can be of the things that have names: "the group" may be a party, "the island"
 * a state or a region. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_REFERENCE_KINDS_H
#define NEWSD_PROCESSORS_MEANING_REFERENCE_KINDS_H

#include <stdint.h>

#include "base/str.h"

/* Bits, as a noun may be of several. */
enum {
    KIND_GOVERNMENT = 1 << 0,
    KIND_STATE = 1 << 1,
    KIND_CITY = 1 << 2,
    KIND_REGION = 1 << 3,
    KIND_REBELS = 1 << 4,
    KIND_GROUP = 1 << 5,
    KIND_PARTY = 1 << 6,
    KIND_BLOC = 1 << 7,
    KIND_COURT = 1 << 8,
    KIND_COMPANY = 1 << 9,
    KIND_MEDIA = 1 << 10,
    KIND_ARMY = 1 << 11,
    KIND_POLICE = 1 << 12,
    KIND_PARLIAMENT = 1 << 13,
    KIND_UNION = 1 << 14,
    KIND_MINISTRY = 1 << 15,
    KIND_COMMISSION = 1 << 16,
    KIND_BANK = 1 << 17,
    KIND_SOCIETY = 1 << 18, /* charities, associations, foundations */
    KIND_MISSION = 1 << 19,
    KIND_INSTITUTE = 1 << 20, /* also schools, hospitals, museums */
    KIND_CLUB = 1 << 21,
    KIND_CHURCH = 1 << 22,
    KINDS = 23
};

/* Of a noun as it is printed, in small letters: "authorities" and "authority" are two; 0 = none of them. */
uint32_t reference_kinds_of_noun(struct str word);

#endif

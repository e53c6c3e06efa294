/* dateline_lists: the words by which datelines are told from sentences. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_DATELINE_LISTS_H
#define NEWSD_PROCESSORS_LANGUAGE_DATELINE_LISTS_H

#include <stdbool.h>

#include "base/str.h"

enum dateline_list {
    DATELINE_AGENCIES,     /* as they sign: "AP", "dpa", "EUROPA PRESS" */
    DATELINE_NO_PLACES,    /* words in capitals before a dash that are no places */
    DATELINE_SHORT_PLACES, /* places whose names in capitals look like acronyms */
    DATELINE_NEW_PLACES,   /* words that make a place behind "NEW" */
    DATELINE_PARTICLES,    /* lower-case words inside names of places */
};

bool dateline_listed(struct str word, enum dateline_list which);

/* Bytes of a Chinese agency's name with which `text` begins, 0 = none. */
size_t dateline_agency_prefix(struct str text);
/* Bytes of an agency's name with which `text`, a bracket's inside, ends; 0 = none. */
size_t dateline_agency_suffix(struct str text);

/* True when a word in lower case begins like a month's name in one of many languages. */
bool dateline_is_month(struct str folded);

#endif

/* role: what someone is, as an article says it: "Russian deputy foreign minister". */
#ifndef NEWSD_PROCESSORS_ROLE_H
#define NEWSD_PROCESSORS_ROLE_H

#include <stdint.h>

#include "base/str.h"
#include "processors/span.h"

enum role_class {
    ROLE_NONE,
    ROLE_HEAD_OF_STATE,
    ROLE_HEAD_OF_GOVERNMENT,
    ROLE_MINISTER, /* and who stands below one, or beside: deputies, secretaries of state */
    ROLE_DIPLOMAT,
    ROLE_SPOKESPERSON,
    ROLE_LEGISLATOR,
    ROLE_PARTY,
    ROLE_OPPOSITION,
    ROLE_REGIONAL, /* governors, mayors */
    ROLE_OFFICIAL,
    ROLE_MILITARY,
    ROLE_POLICE,
    ROLE_INTELLIGENCE,
    ROLE_JUDICIAL,
    ROLE_REBEL,
    ROLE_LEADER, /* of an organisation, or it is not said of what */
    ROLE_BUSINESS,
    ROLE_RELIGIOUS,
    ROLE_ROYAL,
    ROLE_ACTIVIST,
    ROLE_EXPERT,
    ROLE_JOURNALIST,
    ROLE_LAWYER,
    ROLE_MEDICAL,
    ROLE_SPORT,
    ROLE_ARTIST,
    ROLE_CRIMINAL,
    ROLE_CITIZEN,
    ROLE_CLASSES
};

enum role_status { ROLE_HOLDS, ROLE_FORMER, ROLE_ACTING, ROLE_ELECT };

struct role {
    enum role_class class; /* ROLE_NONE: there is no role */
    enum role_status status;
    struct str text;
    struct span span;
    uint32_t sentence, first, end; /* tokens of the article, [first, end) */
    uint32_t organisation;         /* whose: its place among the article's entities, from 1; 0 = not said */
};

/* "head-of-state", "minister" ...: stable, they stand in records. */
static inline const char *role_class_text(enum role_class class)
{
    static const char *const texts[ROLE_CLASSES] = {"none",       "head-of-state", "head-of-government",
                                                    "minister",   "diplomat",      "spokesperson",
                                                    "legislator", "party",         "opposition",
                                                    "regional",   "official",      "military",
                                                    "police",     "intelligence",  "judicial",
                                                    "rebel",      "leader",        "business",
                                                    "religious",  "royal",         "activist",
                                                    "expert",     "journalist",    "lawyer",
                                                    "medical",    "sport",         "artist",
                                                    "criminal",   "citizen"};
    return texts[class];
}

static inline const char *role_status_text(enum role_status status)
{
    static const char *const texts[] = {"holds", "former", "acting", "elect"};
    return texts[status];
}

#endif

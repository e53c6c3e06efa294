/* countries: which country a word or phrase speaks of: its names, and what its people and things are called.
 * Read-only; any thread. */
#ifndef NEWSD_PROCESSORS_PLACES_COUNTRIES_H
#define NEWSD_PROCESSORS_PLACES_COUNTRIES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "processors/model/lookup.h"
#include "processors/token.h"

enum { COUNTRY_WORDS_MAX = 6, COUNTRY_CODES = 26 * 26 };

/* What stands in the table: the code's two letters, and one of these. */
enum country_word {
    COUNTRY_NAME = 1 << 16,
    COUNTRY_DEMONYM = 2 << 16, /* "French", "Ukrainians" */
    COUNTRY_NOTHING = 4 << 16  /* holds a country's word and speaks of none: "Latin America" */
};

struct countries {
    struct lookup words;
};

/* Reads the section; false when it is none. */
bool countries_open(struct countries *ret_countries, struct str section);

/* The country of that name or demonym, as alpha-2; false when there is none. Words in small letters are none.
 */
bool countries_find(const struct countries *countries, struct str name, char ret_country[3]);

/* Is it what a country's people and things are called, and not the country's name? */
bool countries_is_demonym(const struct countries *countries, struct str name);

/* The one country that the words of a longer name speak of ("Russian Foreign Ministry"); false for none, and
 * for two. */
bool countries_within(const struct countries *countries, struct str text, const struct token *tokens,
                      size_t count, char ret_country[3]);

/* The place of a code in a table of COUNTRY_CODES; 0 ("AA", no country) for anything else. */
size_t country_number(const char country[2]);

#endif

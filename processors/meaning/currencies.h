/* currencies: which money a sign or a word means. Codes are ISO 4217's. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_CURRENCIES_H
#define NEWSD_PROCESSORS_MEANING_CURRENCIES_H

#include "base/str.h"

/* Of a sign with the letters before it in one word ("$" and "c": CAD), both in small letters;
 * letters absent = none. Absent when it is no sign of money; letters that mean nothing before it are passed
 * over, *ret_letters says so. */
struct str currency_of_sign(struct str sign, struct str letters, bool *ret_letters);

/* Of a word ("peso", "NOK"), in the country (ISO 3166-1 alpha-2, "" = not known): a peso is another one in
 * Chile than in Mexico. `lemma` is its dictionary form. Absent when it is no money, or it is open which. */
struct str currency_of_word(struct str word, struct str lemma, struct str country);

#endif

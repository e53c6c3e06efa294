/* role_words: words that say what someone is. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_ROLE_WORDS_H
#define NEWSD_PROCESSORS_MEANING_ROLE_WORDS_H

#include <stdbool.h>

#include "base/str.h"
#include "processors/role.h"

enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };

/* The class that a word in its dictionary's form says ("minister"), together with the word before it
 * ("prime"; absent = none); ROLE_NONE when it says none. */
enum role_class role_word_class(struct str before, struct str lemma);

/* "spokeswoman" is a woman's; words for offices say nothing. */
enum gender role_word_gender(struct str lemma);

/* What a word within a role's text says of the hold on it: "former", "acting"; ROLE_HOLDS for others. */
enum role_status role_word_status(struct str lower);

/* "Mr", "Mrs", "Sir": no role, but a person follows; and which gender. */
bool role_is_honorific(struct str lower, enum gender *ret_gender);

#endif

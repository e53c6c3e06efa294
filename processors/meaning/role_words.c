/* role_words: see the header. */
#include "processors/meaning/role_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/meaning/role_table.h"

static int compare(const void *wanted, const void *entry)
{
    const struct str *a = wanted;
    struct str b = str_from(((const struct role_word *)entry)->lemma);
    int order = memcmp(a->ptr, b.ptr, a->len < b.len ? a->len : b.len);
    return order ? order : (a->len > b.len) - (a->len < b.len);
}

static const struct role_word *find(struct str word, const struct role_word *words, size_t count)
{
    return word.len ? bsearch(&word, words, count, sizeof(*words), compare) : NULL;
}

#define FIND(word, words) find(word, words, sizeof(words) / sizeof((words)[0]))

enum role_class role_word_class(struct str before, struct str lemma)
{
    char pair[64];
    const struct role_word *found = NULL;
    int length = snprintf(pair, sizeof(pair), "%.*s %.*s", STR_ARG(before), STR_ARG(lemma));
    if (before.len && length > 0 && (size_t)length < sizeof(pair))
        found = FIND(str_make(pair, (size_t)length), role_pairs);
    if (!found)
        found = FIND(lemma, role_words);
    return found ? found->class : ROLE_NONE;
}

enum gender role_word_gender(struct str lemma)
{
    const struct role_word *found = FIND(lemma, role_words);
    return found ? found->gender : GENDER_UNKNOWN;
}

static bool in(struct str word, const char *const *list)
{
    while (*list && !str_equal(word, str_from(*list)))
        list++;
    return *list;
}

enum role_status role_word_status(struct str lower)
{
    static const char *const former[] = {"former",    "ex",           "late",    "deposed",
                                         "ousted",    "then",         "retired", "one-time",
                                         "erstwhile", "ex-president", "onetime", NULL};
    static const char *const acting[] = {"acting",      "interim",      "caretaker",
                                         "provisional", "transitional", NULL};
    static const char *const elect[] = {"elect",           "designate",          "incoming",
                                        "president-elect", "minister-designate", NULL};
    if (in(lower, former))
        return ROLE_FORMER;
    if (in(lower, acting))
        return ROLE_ACTING;
    return in(lower, elect) ? ROLE_ELECT : ROLE_HOLDS;
}

bool role_is_honorific(struct str lower, enum gender *ret_gender)
{
    static const char *const men[] = {"mr",   "mr.",      "sir",   "don",    "lord",
                                      "herr", "monsieur", "señor", "sheikh", NULL};
    static const char *const women[] = {"mrs",  "mrs.",   "ms",   "ms.",    "miss", "dame",
                                        "lady", "madame", "frau", "señora", NULL};
    static const char *const either[] = {"dr", "dr.", "prof", "prof.", "hon", "hon.", "rev", "rev.", NULL};
    *ret_gender = in(lower, men) ? GENDER_MALE : in(lower, women) ? GENDER_FEMALE : GENDER_UNKNOWN;
    return *ret_gender != GENDER_UNKNOWN || in(lower, either);
}

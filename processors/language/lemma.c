/* lemma: see the header. */
#include "processors/language/lemma.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/word_list.h"
#include "processors/language/lemma_table.h"

static int compare(const void *wanted, const void *entry)
{
    struct str a = *(const struct str *)wanted, b = str_from(*(const char *const *)entry);
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

#define IN(word, list) WORD_LISTED(list, word)

static struct str irregular(struct str word, const struct lemma_pair *pairs, size_t count)
{
    const struct lemma_pair *pair = bsearch(&word, pairs, count, sizeof(*pairs), compare);
    return pair ? str_from(pair->lemma) : STR_NONE;
}

static bool ends(struct str word, const char *ending)
{
    return str_ends(word, str_from(ending));
}

/* The word without its last `cut` bytes and with an ending. */
static struct str made(struct str word, size_t cut, const char *ending, char buffer[LEMMA_BYTES_MAX])
{
    size_t kept = word.len - cut, added = strlen(ending);
    memcpy(buffer, word.ptr, kept);
    memcpy(buffer + kept, ending, added);
    return str_make(buffer, kept + added);
}

/* "plann" of "planned"; "call" and "discuss" end so themselves. */
static bool doubled(struct str stem)
{
    char last = stem.ptr[stem.len - 1];
    if (stem.len < 4 || last != stem.ptr[stem.len - 2] || !strchr("bdgmnprtlzvc", last) ||
        IN(stem, lemma_double_stems))
        return false;
    return (last != 'l' && last != 'z') || IN(str_slice(stem, 0, stem.len - 1), lemma_doubling);
}

/* Was an e cut off the stem's end? The longest ending decides. */
static bool lost_e(struct str stem)
{
    if (IN(stem, lemma_whole_stems))
        return false;
    if (IN(stem, lemma_cut_stems))
        return true;
    for (size_t length = stem.len > 3 ? 3 : stem.len - 1; length; length--) {
        struct str ending = str_slice(stem, stem.len - length, stem.len);
        if (IN(ending, lemma_whole_endings))
            return false;
        if (IN(ending, lemma_cut_endings))
            return true;
    }
    return false;
}

/* The verb of a form without its "ed" or "ing". */
static struct str of_stem(struct str form, size_t cut, char buffer[LEMMA_BYTES_MAX])
{
    struct str stem = str_slice(form, 0, form.len - cut);
    if (stem.len < 2)
        return form;
    if (doubled(stem))
        return made(form, cut + 1, "", buffer);
    return made(form, cut, lost_e(stem) ? "e" : "", buffer);
}

/* "tries", "goes", "passes", "says". */
static struct str without_s(struct str form, char buffer[LEMMA_BYTES_MAX])
{
    static const char *const hissing[] = {"ches", "shes", "xes", "sses", "zzes", "oes"};
    if (ends(form, "sis")) /* "crisis", taken for a plural */
        return form;
    if (ends(form, "ies"))
        return form.len > 4 ? made(form, 3, "y", buffer) : made(form, 1, "", buffer);
    for (size_t i = 0; i < sizeof(hissing) / sizeof(hissing[0]); i++)
        if (ends(form, hissing[i]))
            return made(form, 2, "", buffer);
    return ends(form, "s") && !ends(form, "ss") && form.len > 2 ? made(form, 1, "", buffer) : form;
}

static struct str of_verb(struct str form, struct str xpos, char buffer[LEMMA_BYTES_MAX])
{
    struct str lemma = irregular(form, lemma_verbs, sizeof(lemma_verbs) / sizeof(lemma_verbs[0]));
    char kind = xpos.len > 2 ? xpos.ptr[2] : 'B';
    if (lemma.ptr && kind != 'B' && kind != 'P')
        return lemma;
    if (kind == 'Z')
        return without_s(form, buffer);
    if (kind == 'G' && ends(form, "ing"))
        return of_stem(form, 3, buffer);
    if (kind != 'D' && kind != 'N')
        return lemma.ptr && form.len < 4 ? lemma : form; /* "are", "am", "'re" */
    if (ends(form, "ied"))
        return form.len > 4 ? made(form, 3, "y", buffer) : made(form, 1, "", buffer);
    return ends(form, "ed") ? of_stem(form, 2, buffer) : form;
}

struct str lemma_find(struct str lower, struct str xpos, char buffer[LEMMA_BYTES_MAX])
{
    if (lower.len + 2 > LEMMA_BYTES_MAX || str_empty(lower))
        return lower;
    if (str_starts(xpos, STR("VB")) || str_equal(xpos, STR("MD")))
        return of_verb(lower, xpos, buffer);
    if (!str_equal(xpos, STR("NNS")) && !str_equal(xpos, STR("NNPS")))
        return lower;
    struct str lemma = irregular(lower, lemma_nouns, sizeof(lemma_nouns) / sizeof(lemma_nouns[0]));
    if (!lemma.ptr && ends(lower, "men") && lower.len > 4) /* "crewmen" */
        return made(lower, 2, "an", buffer);
    return lemma.ptr ? lemma : without_s(lower, buffer);
}

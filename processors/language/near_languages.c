/* near_languages: one pass over the words of the text, each looked up in the few short lists of its group.
 * Worker threads. */
#include "processors/language/near_languages.h"

#include "base/utf8.h"
#include "processors/language/words.h"

enum {
    GROUP_MAX = 8,
    WORD_BYTES_MAX = 40,
    WORD_WEIGHT = 3,
    STATED_WEIGHT = 4, /* more than one word: on short text the feed knows best */
    WORDS_MAX = 120,   /* more say nothing new of a text that goes on as it began */
    MARGIN_MIN = 3,    /* less is chance: one name may have a letter of the neighbour's */
};

struct group {
    const struct near_language *languages[GROUP_MAX];
    int scores[GROUP_MAX];
    size_t count;
};

static struct str canonical(struct str code)
{
    return str_equal(code, STR("nb")) || str_equal(code, STR("nn")) ? STR("no") : code;
}

static bool is_cyrillic(struct str text)
{
    size_t cyrillic = 0, latin = 0;
    for (size_t at = 0; at < text.len; at++) {
        unsigned char c = (unsigned char)text.ptr[at];
        cyrillic += c == 0xD0 || c == 0xD1; /* lead bytes of U+0400 to U+047F */
        latin += c < 0x80 && words_is_letter(c);
    }
    return cyrillic > latin;
}

/* Serbian stands in two groups, by its script. */
static bool find_group(struct str code, bool cyrillic, struct group *group)
{
    const char *name = NULL;
    *group = (struct group){0};
    for (const struct near_language *at = near_language_lists; at->code; at++)
        if (str_equal(code, str_from(at->code)) && cyrillic == (strcmp(at->group, "cyrillic") == 0))
            name = at->group;
    for (const struct near_language *at = near_language_lists; name && at->code; at++)
        if (strcmp(at->group, name) == 0 && group->count < GROUP_MAX)
            group->languages[group->count++] = at;
    return name != NULL;
}

static bool listed(const char *list, struct str word)
{
    struct str rest = str_from(list), entry;
    while (str_split(&rest, ' ', &entry))
        if (entry.len && str_equal(entry, word))
            return true;
    return false;
}

static bool ends_listed(const char *list, struct str word)
{
    struct str rest = str_from(list), entry;
    while (str_split(&rest, ' ', &entry))
        if (entry.len && word.len > entry.len + 1 && str_ends(word, entry))
            return true;
    return false;
}

/* Words in capitals are looked up too (a sentence's first), but their endings are those of names. */
static void count_word(struct group *group, const struct word *word)
{
    char buffer[WORD_BYTES_MAX + 4];
    if (word->text.len > WORD_BYTES_MAX)
        return;
    struct str folded = words_fold(word->text, buffer, sizeof(buffer));
    for (size_t i = 0; i < group->count; i++) {
        const struct near_language *language = group->languages[i];
        if (listed(language->words, folded))
            group->scores[i] += WORD_WEIGHT;
        else if (!word->capital && ends_listed(language->endings, folded))
            group->scores[i]++;
    }
    for (size_t at = 0, n; at < folded.len; at += n) {
        uint32_t c;
        n = utf8_decode(folded, at, &c);
        struct str letter = str_slice(folded, at, at + n);
        for (size_t i = 0; i < group->count && c >= 0x80; i++)
            group->scores[i] += (int)listed(group->languages[i]->letters, letter) -
                                (int)listed(group->languages[i]->never, letter);
    }
}

static size_t best_of(const struct group *group, size_t except)
{
    size_t best = GROUP_MAX;
    for (size_t i = 0; i < group->count; i++)
        if (i != except && (best == GROUP_MAX || group->scores[i] > group->scores[best]))
            best = i;
    return best;
}

enum near_verdict near_language_weigh(struct str text, struct str code, struct str stated,
                                      const char **ret_best)
{
    struct group group;
    if (!find_group(canonical(code), is_cyrillic(text), &group))
        return NEAR_NO_GROUP;
    struct word_cursor cursor = {.text = text};
    struct word word;
    for (size_t words = 0; words < WORDS_MAX && words_next(&cursor, &word); words++)
        count_word(&group, &word);
    size_t own = 0;
    for (size_t i = 0; i < group.count; i++) {
        struct str name = str_from(group.languages[i]->code);
        own = str_equal(name, canonical(code)) ? i : own;
        if (str_equal(name, canonical(stated)))
            group.scores[i] += STATED_WEIGHT;
    }
    size_t rival = best_of(&group, own), best = group.scores[rival] > group.scores[own] ? rival : own;
    int margin = group.scores[rival] - group.scores[own];
    *ret_best = group.languages[best]->code;
    if (-margin >= MARGIN_MIN)
        return NEAR_AGREES;
    if (margin >= MARGIN_MIN && group.scores[rival] - group.scores[best_of(&group, rival)] >= MARGIN_MIN)
        return NEAR_OTHER;
    return group.scores[best] <= 0 || margin == 0 ? NEAR_SILENT : NEAR_OPEN;
}

/* lexicon: one open-addressing hash set over (language, word). Built at start; the words stay where they are
 * compiled in. */
#include "processors/language/lexicon.h"

#include <errno.h>
#include <stdlib.h>

#include "base/hash.h"

struct slot {
    uint64_t hash; /* 0 = free; two words of one 64-bit hash are not expected in some thousands */
    unsigned classes;
};

struct lexicon {
    struct slot *slots;
    size_t mask;
    const struct lexicon_list *lists;
};

static uint64_t key(struct str language, struct str word)
{
    return hash_64_seeded(hash_64(language), word);
}

static struct slot *find(const struct lexicon *lexicon, uint64_t hash)
{
    size_t at = (size_t)hash & lexicon->mask;
    while (lexicon->slots[at].hash && lexicon->slots[at].hash != hash)
        at = (at + 1) & lexicon->mask;
    return &lexicon->slots[at];
}

static size_t words_in(const struct lexicon_list *lists)
{
    size_t count = 0;
    for (; lists->words; lists++)
        for (const char *c = lists->words; *c; c++)
            count += *c == ' ' || c == lists->words;
    return count;
}

int lexicon_create(struct lexicon **ret_lexicon, const struct lexicon_list *lists, struct error *error)
{
    size_t size = 64;
    while (size < words_in(lists) * 2)
        size *= 2;
    struct lexicon *lexicon = calloc(1, sizeof(*lexicon));
    struct slot *slots = calloc(size, sizeof(*slots));
    if (!lexicon || !slots) {
        free(lexicon);
        free(slots);
        return error_set(error, -ENOMEM, "no memory for the word lists");
    }
    *lexicon = (struct lexicon){.slots = slots, .mask = size - 1, .lists = lists};
    for (; lists->words; lists++) {
        struct str rest = str_from(lists->words), word;
        while (str_split(&rest, ' ', &word)) {
            if (word.len == 0)
                continue;
            uint64_t hash = key(str_from(lists->language), word);
            struct slot *slot = find(lexicon, hash);
            slot->hash = hash;
            slot->classes |= lists->classes;
        }
    }
    *ret_lexicon = lexicon;
    return 0;
}

void lexicon_destroy(struct lexicon **lexicon)
{
    if (!*lexicon)
        return;
    free((*lexicon)->slots);
    free(*lexicon);
    *lexicon = NULL;
}

unsigned lexicon_classes(const struct lexicon *lexicon, struct str language, struct str word)
{
    unsigned classes = find(lexicon, key(STR(""), word))->classes;
    if (language.len)
        classes |= find(lexicon, key(language, word))->classes;
    return classes;
}

bool lexicon_has(const struct lexicon *lexicon, struct str language, enum lexicon_class class)
{
    for (const struct lexicon_list *list = lexicon->lists; list->words; list++)
        if ((list->classes & class) && str_equal(str_from(list->language), language))
            return true;
    return false;
}

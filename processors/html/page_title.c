/* page_title: metadata_choose_title(): the first heading that says what the page's title for machines says.
 * Any thread; bounded: so many headings, so many words of each. */
#include "processors/html/metadata.h"

enum { HEADINGS_MAX = 30, TEXT_MAX = 1000, WORDS_MAX = 60, AGREE_MIN = 35 /* per cent */, BESIDE_COST = 10 };

struct word_set {
    struct str items[WORDS_MAX];
    size_t count;
};

/* Letters and digits of ASCII, and all else but the signs of general punctuation (U+2000 to U+203F). */
static bool is_of_word(struct str text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    if (c == 0xE2 && at + 2 < text.len && (unsigned char)text.ptr[at + 1] == 0x80)
        return false;
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool holds(const struct word_set *set, struct str word)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_equal_nocase(set->items[i], word))
            return true;
    return false;
}

static void split(struct str text, struct word_set *set)
{
    set->count = 0;
    for (size_t at = 0; at < text.len && set->count < WORDS_MAX;) {
        size_t start = at;
        while (at < text.len && is_of_word(text, at))
            at++;
        struct str word = str_slice(text, start, at);
        if (word.len && !holds(set, word))
            set->items[set->count++] = word;
        if (at < text.len)
            at += (unsigned char)text.ptr[at] == 0xE2 ? 3 : 1; /* the sign */
    }
}

/* Half the share of the heading's words that the reference has, and half the share of all words that both
 * have, in per cent. */
static int agreement(const struct word_set *heading, const struct word_set *reference)
{
    size_t common = 0;
    for (size_t i = 0; i < heading->count; i++)
        common += holds(reference, heading->items[i]);
    if (common == 0)
        return 0;
    return (int)(50 * common / heading->count + 50 * common / (heading->count + reference->count - common));
}

static bool is_beside(const struct dom *dom, uint32_t node)
{
    while (node) {
        enum html_tag tag = dom->nodes[node].tag;
        if (tag == TAG_NAV || tag == TAG_ASIDE || tag == TAG_FOOTER)
            return true;
        node = dom->nodes[node].parent;
    }
    return false;
}

struct str metadata_choose_title(struct arena *arena, const struct dom *dom, const struct str *references,
                                 size_t count)
{
    struct str best = STR_NONE;
    struct word_set words, reference;
    int most = AGREE_MIN - 1;
    size_t headings = 0;
    for (uint32_t i = dom_find(dom, 0, TAG_H1); i < dom->count && headings < HEADINGS_MAX;
         i = dom_find(dom, i + 1, TAG_H1)) {
        struct str text = layout_element_text(arena, dom, i, TEXT_MAX);
        headings++;
        split(text, &words);
        for (size_t k = 0; k < count; k++) {
            split(references[k], &reference);
            int points = agreement(&words, &reference) - (is_beside(dom, i) ? BESIDE_COST : 0);
            if (points > most) {
                most = points;
                best = text;
            }
        }
    }
    return best;
}

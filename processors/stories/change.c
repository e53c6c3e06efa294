/* change: a two-level difference by hashes. Worker threads; no state. */
#include "processors/stories/change.h"

#include <errno.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/language/words.h"

enum {
    EDITS_MAX = 400,      /* of words in order; above, words are counted without order */
    MINOR_CHARS_MIN = 24, /* a mended word is minor in the shortest text */
    MINOR_CHARS_MAX = 120,
    MINOR_DIVISOR = 50, /* 2 % */
};

/* A word of the part that differs. */
struct item {
    uint64_t hash;
    uint32_t points;
    bool fact; /* a figure, or a word in upper case inside a sentence */
};

struct items {
    struct item *at;
    size_t count, capacity;
};

/* ---- Paragraphs ---- */

struct paragraphs {
    struct str *text;
    uint64_t *hash;
    bool *matched;
    size_t count;
};

static int split(struct arena *arena, struct str text, struct paragraphs *paragraphs)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    paragraphs->text = arena_new_array(arena, struct str, lines);
    paragraphs->hash = arena_new_array(arena, uint64_t, lines);
    paragraphs->matched = arena_new_array(arena, bool, lines);
    if (!paragraphs->text || !paragraphs->hash || !paragraphs->matched)
        return -ENOMEM;
    struct str rest = text, line;
    paragraphs->count = 0;
    while (str_split(&rest, '\n', &line)) {
        if (line.len == 0)
            continue;
        paragraphs->text[paragraphs->count] = line;
        paragraphs->hash[paragraphs->count++] = hash_64(line);
    }
    return 0;
}

/* Marks paragraphs that both texts have, each counted once. Linear, by a hash table of the old ones. */
static int match(struct arena *arena, struct paragraphs *before, struct paragraphs *after)
{
    size_t mask = 15;
    while (mask < before->count * 2)
        mask = mask * 2 + 1;
    uint32_t *slots = arena_new_array(arena, uint32_t, mask + 1); /* index + 1 */
    if (!slots)
        return -ENOMEM;
    /* A table of chains would be longer; equal paragraphs in one text lie in neighbouring slots. A run of
     * more than 64 of them is not followed further: what is missed counts as changed. */
    enum { PROBES_MAX = 64 };
    for (size_t i = 0; i < before->count; i++) {
        size_t at = before->hash[i] & mask;
        for (int probe = 0; probe < PROBES_MAX; probe++, at = (at + 1) & mask)
            if (!slots[at]) {
                slots[at] = (uint32_t)i + 1;
                break;
            }
    }
    for (size_t i = 0; i < after->count; i++) {
        size_t at = after->hash[i] & mask;
        for (int probe = 0; probe < PROBES_MAX && slots[at]; probe++, at = (at + 1) & mask) {
            size_t old = slots[at] - 1;
            if (before->hash[old] == after->hash[i] && !before->matched[old]) {
                before->matched[old] = after->matched[i] = true;
                break;
            }
        }
    }
    return 0;
}

static int collect(struct arena *arena, const struct paragraphs *paragraphs, struct items *items,
                   uint32_t *ret_kept)
{
    *ret_kept = 0;
    for (size_t i = 0; i < paragraphs->count; i++) {
        struct word_cursor cursor = {.text = paragraphs->text[i]};
        struct word word;
        bool first = true;
        while (words_next(&cursor, &word)) {
            if (paragraphs->matched[i]) {
                *ret_kept += word.points;
                continue;
            }
            if (arena_grow(arena, (void **)&items->at, items->count, &items->capacity, sizeof(*items->at)) <
                0)
                return -ENOMEM;
            items->at[items->count++] =
                (struct item){word.hash, word.points, word.number || (word.capital && !first)};
            first = false;
        }
    }
    return 0;
}

/* ---- Words ---- */

struct tally {
    uint32_t added, removed;
    bool fact_added, fact_removed;
};

static void count_added(struct tally *tally, const struct item *item)
{
    tally->added += item->points;
    tally->fact_added |= item->fact;
}

static void count_removed(struct tally *tally, const struct item *item)
{
    tally->removed += item->points;
    tally->fact_removed |= item->fact;
}

/* Shortest edit by Myers' greedy algorithm, tallies carried along each diagonal. False when it needs more
 * than EDITS_MAX edits. */
struct path {
    int32_t x; /* words of the old text passed */
    struct tally tally;
};

static bool differ(struct arena *arena, struct items a, struct items b, struct tally *ret_tally)
{
    struct path *paths = arena_new_array(arena, struct path, 2 * EDITS_MAX + 3);
    if (!paths)
        return false;
    struct path *middle = paths + EDITS_MAX + 1;
    for (int edits = 0; edits <= EDITS_MAX; edits++) {
        for (int k = -edits; k <= edits; k += 2) {
            struct path path;
            bool down = k == -edits || (k != edits && middle[k - 1].x < middle[k + 1].x);
            path = edits == 0 ? (struct path){0} : down ? middle[k + 1] : middle[k - 1];
            int64_t y_before = (int64_t)path.x - (down ? k + 1 : k - 1);
            if (edits > 0 && down && y_before >= 0 && (size_t)y_before < b.count)
                count_added(&path.tally, &b.at[y_before]);
            else if (edits > 0 && !down && (size_t)path.x < a.count)
                count_removed(&path.tally, &a.at[path.x]);
            path.x += edits > 0 && !down;
            int64_t y = (int64_t)path.x - k;
            while ((size_t)path.x < a.count && y >= 0 && (size_t)y < b.count &&
                   a.at[path.x].hash == b.at[y].hash) {
                path.x++;
                y++;
            }
            middle[k] = path;
            if ((size_t)path.x >= a.count && y >= 0 && (size_t)y >= b.count) {
                *ret_tally = path.tally;
                return true;
            }
        }
        if (edits % 16 == 0 && budget_over())
            return false;
    }
    return false;
}

/* Words without regard to their order. */
static int count_unordered(struct arena *arena, struct items a, struct items b, struct tally *tally)
{
    size_t mask = 63;
    while (mask < a.count * 2)
        mask = mask * 2 + 1;
    struct {
        uint64_t hash;
        uint32_t left;
    } *slots = arena_array(arena, mask + 1, sizeof(*slots));
    if (!slots)
        return -ENOMEM;
    for (size_t i = 0; i < a.count; i++) {
        size_t at = a.at[i].hash & mask;
        while (slots[at].hash && slots[at].hash != a.at[i].hash)
            at = (at + 1) & mask;
        slots[at].hash = a.at[i].hash;
        slots[at].left++;
        count_removed(tally, &a.at[i]);
    }
    for (size_t i = 0; i < b.count; i++) {
        size_t at = b.at[i].hash & mask;
        while (slots[at].hash && slots[at].hash != b.at[i].hash)
            at = (at + 1) & mask;
        if (slots[at].hash && slots[at].left > 0) {
            slots[at].left--;
            tally->removed -= b.at[i].points;
        } else {
            count_added(tally, &b.at[i]);
        }
    }
    return 0;
}

static int compare_words(struct arena *arena, struct items a, struct items b, struct tally *tally)
{
    while (a.count && b.count && a.at[0].hash == b.at[0].hash) {
        a.at++, a.count--;
        b.at++, b.count--;
    }
    while (a.count && b.count && a.at[a.count - 1].hash == b.at[b.count - 1].hash) {
        a.count--;
        b.count--;
    }
    if (differ(arena, a, b, tally))
        return 0;
    *tally = (struct tally){0};
    return count_unordered(arena, a, b, tally);
}

/* ---- Classes ---- */

static bool has_notice(struct str text)
{
    static const char *const notices[] = {
        "correction:",
        "(corrects ",
        "corrects to ",
        "this story has been corrected",
        "this article has been corrected",
        "has been corrected to",
        "an earlier version of this",
        "a previous version of this",
        "clarification:",
        "berichtigung",
        "korrektur:",
        "in einer früheren version",
        "rectificatif",
        "une version précédente",
        "erratum",
        "corrección:",
        "fe de errores",
        "una versión anterior",
        "correzione:",
        "errata corrige",
        "correção:",
        "uma versão anterior",
        "rectificatie",
        "уточнение:",
        "исправление:",
    };
    for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
        if (str_find_nocase(text, str_from(notices[i]), 0) >= 0)
            return true;
    return false;
}

static const char *class_of(const struct article_change *change, const struct tally *tally, bool notice,
                            bool text_changed, uint32_t kept, uint32_t total_before)
{
    uint32_t changed = change->added_chars + change->removed_chars;
    uint32_t small = total_before / MINOR_DIVISOR;
    small = small < MINOR_CHARS_MIN ? MINOR_CHARS_MIN : small > MINOR_CHARS_MAX ? MINOR_CHARS_MAX : small;
    if (!text_changed)
        return change->title_changed ? (notice ? "correction" : "title") : "metadata";
    if (notice)
        return "correction";
    if (changed <= MINOR_CHARS_MAX && tally->fact_added && tally->fact_removed)
        return "correction";
    if (changed <= small || changed == 0)
        return "minor";
    if (kept * 2 < total_before)
        return "rewrite";
    return "update";
}

int change_compare(struct arena *arena, struct str title_before, struct str text_before, struct str title,
                   struct str text, struct article_change *ret_change)
{
    struct article_change change = {.title_changed = !str_equal(title_before, title)};
    struct tally tally = {0};
    bool text_changed = !str_equal(text_before, text);
    uint32_t kept = 0, total_before = 0;
    if (text_changed) {
        struct paragraphs before = {0}, after = {0};
        struct items a = {0}, b = {0};
        uint32_t kept_after;
        if (split(arena, text_before, &before) < 0 || split(arena, text, &after) < 0 ||
            match(arena, &before, &after) < 0 || collect(arena, &before, &a, &kept) < 0 ||
            collect(arena, &after, &b, &kept_after) < 0)
            return -ENOMEM;
        total_before = kept;
        for (size_t i = 0; i < a.count; i++)
            total_before += a.at[i].points;
        if (compare_words(arena, a, b, &tally) < 0)
            return -ENOMEM;
        kept = total_before - tally.removed;
    }
    change.added_chars = tally.added;
    change.removed_chars = tally.removed;
    bool notice =
        (has_notice(text) && !has_notice(text_before)) || (has_notice(title) && !has_notice(title_before));
    change.class = class_of(&change, &tally, notice, text_changed, kept, total_before);
    *ret_change = change;
    return 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    if (article->revision < 2 || (!article->previous_text.ptr && !article->previous_title.ptr))
        return 0;
    return change_compare(article->arena, article->previous_title, article->previous_text, article->title,
                          article->text, &article->change);
}

const struct stage stage_change = {
    .name = "change",
    .description = "what a revision changed against the one before",
    .version = 1,
    .process = process,
};

/* copies: a list of articles, the oldest first, found by id and by each of seven parts of their fingerprints:
 * of two that differ in six bits one part at least is the same. */
#include "processors/stories/copies.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "processors/stories/fingerprint.h"

enum { PARTS = COPY_BITS + 1, PART_BITS = 9, PLACES = 1 << PART_BITS };
static_assert(PARTS * PART_BITS <= 64, "the parts do not overlap");

struct entry {
    UT_hash_handle by_article;
    char article[COPY_ID_BYTES], story[COPY_ID_BYTES];
    uint64_t fingerprint, number; /* in order of arrival */
    struct entry *older, *newer;
    struct entry *before[PARTS], *behind[PARTS]; /* in the chain of each part */
};

struct copies {
    struct entry *by_article, *oldest, *newest;
    struct entry *parts[PARTS][PLACES];
    size_t count, most;
    uint64_t numbers;
};

struct copies *copies_create(size_t most)
{
    struct copies *copies = calloc(1, sizeof(*copies));
    if (copies)
        copies->most = most;
    return copies;
}

static unsigned place_of(uint64_t fingerprint, int part)
{
    return (unsigned)(fingerprint >> part * PART_BITS) & (PLACES - 1);
}

static void chain(struct copies *copies, struct entry *entry)
{
    for (int part = 0; part < PARTS; part++) {
        struct entry **first = &copies->parts[part][place_of(entry->fingerprint, part)];
        entry->before[part] = NULL;
        entry->behind[part] = *first;
        if (*first)
            (*first)->before[part] = entry;
        *first = entry;
    }
}

static void unchain(struct copies *copies, struct entry *entry)
{
    for (int part = 0; part < PARTS; part++) {
        struct entry *before = entry->before[part], *behind = entry->behind[part];
        if (before)
            before->behind[part] = behind;
        else
            copies->parts[part][place_of(entry->fingerprint, part)] = behind;
        if (behind)
            behind->before[part] = before;
    }
}

static void forget(struct copies *copies, struct entry *entry)
{
    assert(copies->count > 0);
    unchain(copies, entry);
    *(entry->older ? &entry->older->newer : &copies->oldest) = entry->newer;
    *(entry->newer ? &entry->newer->older : &copies->newest) = entry->older;
    HASH_DELETE(by_article, copies->by_article, entry);
    copies->count--;
    free(entry);
}

void copies_destroy(struct copies **copies)
{
    if (!*copies)
        return;
    while ((*copies)->oldest)
        forget(*copies, (*copies)->oldest);
    free(*copies);
    *copies = NULL;
}

bool copies_find(const struct copies *copies, const char *article, uint64_t fingerprint,
                 struct copy_of *ret_of)
{
    const struct entry *best = NULL;
    unsigned nearest = COPY_BITS + 1;
    for (int part = 0; part < PARTS && fingerprint; part++)
        for (const struct entry *entry = copies->parts[part][place_of(fingerprint, part)]; entry;
             entry = entry->behind[part]) {
            unsigned distance = fingerprint_distance(entry->fingerprint, fingerprint);
            bool nearer = distance < nearest || (best && distance == nearest && entry->number < best->number);
            if (distance > COPY_BITS || !nearer || !strcmp(entry->article, article))
                continue;
            best = entry;
            nearest = distance;
        }
    if (!best)
        return false;
    *ret_of = (struct copy_of){.similarity = cos(M_PI * nearest / 64)};
    memcpy(ret_of->article, best->article, sizeof(ret_of->article));
    memcpy(ret_of->story, best->story, sizeof(ret_of->story));
    return true;
}

void copies_keep(struct copies *copies, const char *article, const char *story, uint64_t fingerprint)
{
    struct entry *entry;
    assert(strlen(article) == COPY_ID_BYTES - 1 && (!story[0] || strlen(story) == COPY_ID_BYTES - 1));
    HASH_FIND(by_article, copies->by_article, article, COPY_ID_BYTES - 1, entry);
    if (entry)
        forget(copies, entry);
    entry = fingerprint ? calloc(1, sizeof(*entry)) : NULL;
    if (!entry)
        return;
    memcpy(entry->article, article, COPY_ID_BYTES);
    memcpy(entry->story, story[0] ? story : article, COPY_ID_BYTES);
    entry->fingerprint = fingerprint;
    HASH_ADD(by_article, copies->by_article, article, COPY_ID_BYTES - 1, entry);
    if (!TABLE_HAS(by_article, entry)) {
        free(entry);
        return;
    }
    entry->number = copies->numbers++;
    entry->older = copies->newest;
    *(copies->newest ? &copies->newest->newer : &copies->oldest) = entry;
    copies->newest = entry;
    copies->count++;
    chain(copies, entry);
    if (copies->count > copies->most)
        forget(copies, copies->oldest);
}

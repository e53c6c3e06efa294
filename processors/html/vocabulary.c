/* vocabulary: open addressing, doubled when half full. */
#include "processors/html/vocabulary.h"

#include <string.h>

enum { SLOTS_FIRST = 256 };

void vocabulary_init(struct vocabulary *vocabulary, struct arena *arena)
{
    *vocabulary = (struct vocabulary){.arena = arena};
}

/* The slot of the hash, or the free one where it would go. There is always a free one. */
static uint32_t slot_of(const struct vocabulary *vocabulary, uint64_t hash)
{
    uint32_t mask = vocabulary->slot_count - 1, at = (uint32_t)hash & mask;
    while (vocabulary->slots[at] && vocabulary->hashes[vocabulary->slots[at] - 1] != hash)
        at = (at + 1) & mask;
    return at;
}

static bool grow(struct vocabulary *vocabulary)
{
    uint32_t slots = vocabulary->slot_count ? vocabulary->slot_count * 2 : SLOTS_FIRST;
    uint64_t *hashes = arena_new_array(vocabulary->arena, uint64_t, slots / 2);
    uint32_t *places = arena_new_array(vocabulary->arena, uint32_t, slots);
    if (!hashes || !places)
        return false;
    if (vocabulary->count)
        memcpy(hashes, vocabulary->hashes, vocabulary->count * sizeof(*hashes));
    vocabulary->hashes = hashes;
    vocabulary->slots = places;
    vocabulary->slot_count = slots;
    for (uint32_t i = 0; i < vocabulary->count; i++)
        places[slot_of(vocabulary, hashes[i])] = i + 1;
    return true;
}

uint32_t vocabulary_add(struct vocabulary *vocabulary, uint64_t hash)
{
    if (vocabulary->count * 2 >= vocabulary->slot_count && !grow(vocabulary))
        return VOCABULARY_NONE;
    uint32_t at = slot_of(vocabulary, hash);
    if (vocabulary->slots[at])
        return vocabulary->slots[at] - 1;
    vocabulary->hashes[vocabulary->count] = hash;
    vocabulary->slots[at] = ++vocabulary->count;
    return vocabulary->count - 1;
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint64_t hash)
{
    if (vocabulary->slot_count == 0)
        return VOCABULARY_NONE;
    uint32_t at = slot_of(vocabulary, hash);
    return vocabulary->slots[at] ? vocabulary->slots[at] - 1 : VOCABULARY_NONE;
}

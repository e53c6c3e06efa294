/* lookup: see the header. */
#include "processors/model/lookup.h"

#include <errno.h>
#include <stdlib.h>

#include "base/hash.h"

enum { PLACES_MAX = 1 << 26 };

static uint16_t check_of(uint64_t hash)
{
    return (uint16_t)(hash >> 48);
}

/* A free place at least, or a search for an unknown word would not end. */
static bool has_a_free_place(const uint32_t *values, uint64_t places)
{
    for (uint64_t i = 0; i < places; i++)
        if (values[i] == 0)
            return true;
    return false;
}

bool lookup_open(struct lookup *ret_lookup, struct str section)
{
    const uint32_t *numbers = (const void *)section.ptr;
    size_t each = sizeof(uint32_t) + sizeof(uint16_t);
    if (section.len < sizeof(uint32_t))
        return false;
    uint64_t places = numbers[0];
    if (places == 0 || places > PLACES_MAX || (places & (places - 1)) ||
        section.len != sizeof(uint32_t) + places * each || !has_a_free_place(numbers + 1, places))
        return false;
    *ret_lookup = (struct lookup){
        .values = numbers + 1, .checks = (const void *)(numbers + 1 + places), .mask = places - 1};
    return true;
}

uint64_t lookup_hash(struct str word)
{
    return hash_64(word);
}

uint64_t lookup_join(uint64_t phrase, uint64_t word)
{
    uint64_t joined = (phrase ^ word) * 0x9e3779b97f4a7c15u;
    return (joined ^ joined >> 29) * 0xbf58476d1ce4e5b9u + word;
}

uint32_t lookup_find(const struct lookup *lookup, uint64_t hash)
{
    for (uint64_t at = hash & lookup->mask; lookup->values[at]; at = (at + 1) & lookup->mask)
        if (lookup->checks[at] == check_of(hash))
            return lookup->values[at];
    return 0;
}

static void put(uint32_t *values, uint16_t *checks, uint64_t *hashes, uint64_t places,
                const struct lookup_entry *entry)
{
    uint64_t at = entry->hash & (places - 1);
    while (values[at]) {
        if (hashes[at] == entry->hash)
            return;
        at = (at + 1) & (places - 1);
    }
    values[at] = entry->value;
    checks[at] = check_of(entry->hash);
    hashes[at] = entry->hash;
}

int lookup_write(struct buffer *out, const struct lookup_entry *entries, size_t count)
{
    uint32_t places = 1;
    while ((uint64_t)places * 3 < (uint64_t)count * 4 + 3)
        places *= 2;
    uint32_t *values = calloc(places, sizeof(*values));
    uint16_t *checks = calloc(places, sizeof(*checks));
    uint64_t *hashes = calloc(places, sizeof(*hashes));
    int rc = values && checks && hashes ? 0 : -ENOMEM;
    for (size_t i = 0; rc == 0 && i < count; i++)
        put(values, checks, hashes, places, &entries[i]);
    if (rc == 0) {
        buffer_append(out, (const char *)&places, sizeof(places));
        buffer_append(out, (const char *)values, places * sizeof(*values));
        buffer_append(out, (const char *)checks, places * sizeof(*checks));
        rc = out->failed ? -ENOMEM : 0;
    }
    free(values);
    free(checks);
    free(hashes);
    return rc;
}

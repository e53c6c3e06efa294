/* live_times: the time elements that stand in most alike places; what lies about each is its entry. */
#include "processors/html/live_times.h"

#include <errno.h>

#include "processors/text/moment.h"

enum {
    TIMES_MAX = 2000, /* time elements looked at */
    ENTRIES_MIN = 2,
};

struct found {
    struct live_entry entry;
    uint32_t place; /* the same number for alike places */
};

struct finder {
    struct arena *arena;
    const struct dom *dom;
    const struct page_blocks *page;
    struct found *found;
    size_t count;
};

/* A time element that tells a time of day. */
static bool read_time(const struct finder *finder, uint32_t node, struct str *ret_value)
{
    struct article_date date = {.kind = "published"};
    struct str stated = str_trim(dom_attribute(finder->dom, node, "datetime"));
    if (stated.len == 0 || finder->page->owners[node] == PAGE_NO_ELEMENT ||
        moment_parse(finder->arena, stated, &date) < 0 || date.precision < DATE_MINUTE)
        return false;
    *ret_value = date.local.len ? date.local : date.value;
    return true;
}

/* All times, with the places that they stand in; the number of different places. */
static uint32_t find_times(struct finder *finder)
{
    const struct dom *dom = finder->dom;
    struct vocabulary places;
    vocabulary_init(&places, finder->arena);
    for (uint32_t i = dom_find(dom, 0, TAG_TIME); i < dom->count && finder->count < TIMES_MAX;
         i = dom_find(dom, i + 1, TAG_TIME)) {
        struct found *found = &finder->found[finder->count];
        *found = (struct found){.entry = {.time = i, .time_end = dom->nodes[i].end}};
        if (!read_time(finder, i, &found->entry.value))
            continue;
        const struct page_element *owner = &finder->page->elements[finder->page->owners[i]];
        uint64_t place = owner->signature * 31 + finder->page->elements[owner->parent].signature;
        found->place = vocabulary_add(&places, word_hash_end(place));
        finder->count += found->place != VOCABULARY_NONE;
    }
    return places.count;
}

/* Keeps the times in the place that has most. False without memory. */
static bool keep_most(struct finder *finder, uint32_t places)
{
    uint32_t *counts = arena_new_array(finder->arena, uint32_t, places + 1), best = 0;
    size_t kept = 0;
    if (!counts)
        return false;
    for (size_t i = 0; i < finder->count; i++)
        counts[finder->found[i].place]++;
    for (uint32_t i = 1; i < places; i++)
        best = counts[i] > counts[best] ? i : best;
    for (size_t i = 0; i < finder->count; i++)
        if (finder->found[i].place == best)
            finder->found[kept++] = finder->found[i];
    finder->count = kept;
    return true;
}

/* The outermost element about the time that holds no time before or behind it. */
static uint32_t container_of_time(const struct finder *finder, size_t which)
{
    const struct dom *dom = finder->dom;
    uint32_t before = which > 0 ? finder->found[which - 1].entry.time : 0;
    uint32_t behind = which + 1 < finder->count ? finder->found[which + 1].entry.time : dom->count;
    uint32_t at = finder->found[which].entry.time;
    while (dom->nodes[at].parent < at && dom->nodes[at].parent > before &&
           dom->nodes[dom->nodes[at].parent].end <= behind && dom->nodes[at].parent > 0 &&
           dom->nodes[dom->nodes[at].parent].tag != TAG_BODY)
        at = dom->nodes[at].parent;
    return at;
}

/* An entry goes on to the next one; the last to the end of what holds it, or of what holds all of them where
 * times and texts are neighbours. */
static void bound_entries(struct finder *finder, const bool *chosen)
{
    const struct dom *dom = finder->dom;
    for (size_t i = 0; i < finder->count; i++) {
        struct live_entry *entry = &finder->found[i].entry;
        entry->first = container_of_time(finder, i);
        entry->end = dom->nodes[entry->first].end;
        if (i > 0)
            finder->found[i - 1].entry.end = entry->first;
    }
    struct live_entry *last = &finder->found[finder->count - 1].entry;
    bool inside = false;
    for (uint32_t i = 0; i < finder->page->block_count; i++)
        inside |= chosen[i] && finder->page->blocks[i].first >= last->first &&
                  finder->page->blocks[i].end <= last->end;
    if (!inside)
        last->end = dom->nodes[dom->nodes[last->first].parent].end;
}

const struct live_entry *live_times_find(const struct live_times *times, uint32_t node)
{
    size_t low = 0, high = times->count;
    while (low < high) { /* the first entry that ends behind the node */
        size_t middle = (low + high) / 2;
        if (times->entries[middle].end <= node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < times->count && times->entries[low].first <= node ? &times->entries[low] : NULL;
}

/* The text is for the greater part in entries, and not in one alone. */
static bool is_live(const struct live_times *times, const struct page_blocks *page, const bool *chosen)
{
    uint64_t inside = 0, all = 0;
    size_t entries = 0;
    const struct live_entry *last = NULL;
    for (uint32_t i = 0; i < page->block_count; i++) {
        if (!chosen[i])
            continue;
        const struct live_entry *entry = live_times_find(times, page->blocks[i].first);
        all += page->blocks[i].word_count;
        inside += entry ? page->blocks[i].word_count : 0;
        entries += entry && entry != last;
        last = entry;
    }
    return entries >= ENTRIES_MIN && inside * 2 >= all;
}

int live_times_read(struct arena *arena, const struct dom *dom, const struct page_blocks *page,
                    const bool *chosen, struct live_times *ret_times)
{
    struct finder finder = {.arena = arena, .dom = dom, .page = page};
    *ret_times = (struct live_times){0};
    if (dom_find(dom, 0, TAG_TIME) >= dom->count)
        return 0;
    finder.found = arena_new_array(arena, struct found, TIMES_MAX + 1);
    if (!finder.found || !keep_most(&finder, find_times(&finder)))
        return -ENOMEM;
    if (finder.count < ENTRIES_MIN)
        return 0;
    bound_entries(&finder, chosen);
    struct live_times times = {.entries = arena_new_array(arena, struct live_entry, finder.count)};
    if (!times.entries)
        return -ENOMEM;
    for (size_t i = 0; i < finder.count; i++)
        times.entries[times.count++] = finder.found[i].entry;
    if (is_live(&times, page, chosen))
        *ret_times = times;
    return 0;
}

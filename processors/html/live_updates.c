/* live_updates: looks each block up among the updates by how it begins. Any thread. */
#include "processors/html/live_updates.h"

#include "base/utf8.h"

enum {
    BEGINNING_BYTES = 60, /* of a body by which it is known */
    MATCHES_MIN = 2,
    COMPARISONS_MAX = 4000000, /* of blocks and updates: a page with more is no live blog */
};

void live_updates_write(const struct live_updates *updates, struct text_blocks *blocks)
{
    for (size_t i = 0; i < updates->list.count; i++) {
        const struct live_update *update = &updates->list.items[i];
        text_blocks_begin(blocks, BLOCK_HEADING, 2);
        blocks->time = update->time;
        text_blocks_add(blocks, update->headline);
        text_blocks_begin(blocks, BLOCK_PARAGRAPH, 0);
        text_blocks_add(blocks, update->body);
    }
    text_blocks_begin(blocks, BLOCK_PARAGRAPH, 0);
    blocks->time = STR_NONE;
}

/* The update that the block is of; NULL = none. */
static const struct live_update *update_of(const struct live_updates *updates, struct str block)
{
    for (size_t i = 0; i < updates->list.count; i++) {
        const struct live_update *update = &updates->list.items[i];
        if ((update->body.len && str_starts(block, utf8_cut(update->body, BEGINNING_BYTES))) ||
            (update->headline.len && str_equal(block, update->headline)))
            return update;
    }
    return NULL;
}

static struct str next_block(struct str text, const struct block *block, size_t *at, uint32_t *points)
{
    size_t begin = 0;
    uint32_t c;
    for (bool begun = false; *points < block->span.end && *at < text.len; (*points)++) {
        if (!begun && *points >= block->span.start) {
            begin = *at;
            begun = true;
        }
        *at += utf8_decode(text, *at, &c);
    }
    return str_slice(text, begin, *at);
}

void live_updates_time(struct arena *arena, const struct live_updates *updates, struct text_blocks *blocks)
{
    size_t count = blocks->list.count, at = 0, matches = 0, last = 0;
    uint32_t points = 0;
    const struct live_update **begins = arena_new_array(arena, const struct live_update *, count + 1);
    const struct live_update *current = NULL;
    if (!begins || updates->list.count < MATCHES_MIN || count > COMPARISONS_MAX / updates->list.count)
        return;
    for (size_t i = 0; i < count; i++) {
        if (blocks->list.items[i].time.ptr)
            return;
        begins[i] = update_of(updates, next_block(blocks->text, &blocks->list.items[i], &at, &points));
        matches += begins[i] && begins[i] != current;
        current = begins[i] ? begins[i] : current;
        last = begins[i] ? i : last;
    }
    current = NULL;
    for (size_t i = 0; matches >= MATCHES_MIN && i <= last; i++) {
        current = begins[i] ? begins[i] : current;
        blocks->list.items[i].time = current ? current->time : STR_NONE;
    }
}

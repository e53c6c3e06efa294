/* arena: bump allocation in blocks. One thread at a time; never logs, never aborts on a full arena. */
#include "base/arena.h"

#include <assert.h>
#include <errno.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BLOCK_BYTES = 64 * 1024, ARENA_MAGIC = 0x41524e41 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) char bytes[];
};

struct arena {
    uint32_t magic;
    bool exhausted;
    size_t cap;
    size_t held;
    size_t used;
    struct arena_block *blocks; /* newest first */
};

struct arena *arena_create(size_t cap_bytes)
{
    struct arena *arena = calloc(1, sizeof(*arena));
    if (!arena)
        return NULL;
    arena->cap = cap_bytes;
    arena->magic = ARENA_MAGIC;
    return arena;
}

static void blocks_free(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_destroy(struct arena **arena)
{
    if (!*arena)
        return;
    assert((*arena)->magic == ARENA_MAGIC);
    blocks_free((*arena)->blocks);
    (*arena)->magic = 0;
    free(*arena);
    *arena = NULL;
}

void arena_reset(struct arena *arena)
{
    assert(arena->magic == ARENA_MAGIC);
    struct arena_block *first = arena->blocks;
    while (first && first->next) {
        struct arena_block *next = first->next;
        free(first);
        first = next;
    }
    if (first && first->size > 4 * ARENA_BLOCK_BYTES) {
        free(first);
        first = NULL;
    }
    arena->blocks = first;
    arena->held = first ? first->size : 0;
    if (first)
        first->used = 0;
    arena->used = 0;
    arena->exhausted = false;
}

static struct arena_block *block_add(struct arena *arena, size_t size)
{
    size_t bytes = size > ARENA_BLOCK_BYTES ? size : ARENA_BLOCK_BYTES;
    if (bytes > arena->cap - arena->held)
        bytes = size; /* the last piece below the cap may be smaller than a block */
    if (bytes > arena->cap - arena->held)
        return NULL;
    struct arena_block *block = malloc(sizeof(*block) + bytes);
    if (!block)
        return NULL;
    block->size = bytes;
    block->used = 0;
    arena->held += bytes;
    /* A large request gets a block of its own behind the current one, whose rest stays usable. */
    if (arena->blocks && size > ARENA_BLOCK_BYTES) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    assert(arena->magic == ARENA_MAGIC);
    if (size == 0)
        size = 1;
    if (size > SIZE_MAX - alignof(max_align_t))
        goto full;
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_block *block = arena->blocks;
    if (!block || block->size - block->used < size) {
        block = block_add(arena, size);
        if (!block)
            goto full;
    }
    void *ptr = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return ptr;
full:
    arena->exhausted = true;
    return NULL;
}

void *arena_zalloc(struct arena *arena, size_t size)
{
    void *ptr = arena_alloc(arena, size);
    return ptr ? memset(ptr, 0, size) : NULL;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena->exhausted = true;
        return NULL;
    }
    return arena_zalloc(arena, bytes);
}

int arena_grow(struct arena *arena, void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return 0;
    size_t grown = *capacity ? *capacity * 2 : 2;
    void *fresh = arena_array(arena, grown, size);
    if (!fresh)
        return -ENOMEM;
    if (count)
        memcpy(fresh, *items, count * size);
    *items = fresh;
    *capacity = grown;
    return 0;
}

char *arena_copy(struct arena *arena, const char *ptr, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(arena, len + 1);
    if (!copy)
        return NULL;
    if (len)
        memcpy(copy, ptr, len);
    copy[len] = '\0';
    return copy;
}

struct str arena_str(struct arena *arena, struct str s)
{
    if (!s.ptr)
        return STR_NONE;
    char *copy = arena_copy(arena, s.ptr, s.len);
    return copy ? str_make(copy, s.len) : STR_NONE;
}

struct str arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    char *text = len >= 0 ? arena_alloc(arena, (size_t)len + 1) : NULL;
    if (text)
        (void)vsnprintf(text, (size_t)len + 1, format, again); /* sized by the call above */
    va_end(again);
    return text ? str_make(text, (size_t)len) : STR_NONE;
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

size_t arena_held(const struct arena *arena)
{
    return arena->held;
}

bool arena_exhausted(const struct arena *arena)
{
    return arena->exhausted;
}

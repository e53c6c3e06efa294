/* arena: memory of one document or one article, freed all at once.
 *
 *     struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
 *     char *copy = arena_copy(arena, text, len);        // NULL when the cap is reached
 *     ...
 *     arena_destroy(&arena);
 *
 * One arena belongs to one thread at a time. Reaching the cap is a state, not a crash: the
 * allocation returns NULL, arena_exhausted() says true from then on, and the caller returns
 * -ENOMEM. Blocks are 64 KiB (larger for larger requests) and are kept by arena_reset(). */
#ifndef NEWSD_FEEDS_BASE_ARENA_H
#define NEWSD_FEEDS_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/must_use.h"
#include "base/str.h"

#define ARENA_CAP_DEFAULT ((size_t)64 << 20)

struct arena;

/* Creates an arena that will never hold more than `cap_bytes`. NULL when the system has no memory. */
struct arena *arena_create(size_t cap_bytes);

/* Frees all and sets *arena to NULL; accepts a NULL arena. */
void arena_destroy(struct arena **arena);

/* Empties the arena for the next document; keeps its first block. */
void arena_reset(struct arena *arena);

/* `size` bytes aligned for any type, not initialised; NULL at the cap. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc, filled with zero. */
void *arena_zalloc(struct arena *arena, size_t size);

/* Zeroed array; NULL at the cap or when count * size overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Makes `*items` (count in use, *capacity allotted) hold one more item of `size` bytes by doubling.
 * Returns 0 or -ENOMEM; on failure nothing changes. */
_must_use_ int arena_grow(struct arena *arena, void **items, size_t count, size_t *capacity, size_t size);

/* NUL-terminated copy; NULL at the cap. */
char *arena_copy(struct arena *arena, const char *ptr, size_t len);

/* Copy of a string (NUL-terminated behind its length); absent stays absent. At the cap: STR_NONE. */
struct str arena_str(struct arena *arena, struct str s);

/* printf into the arena; STR_NONE at the cap. */
struct str arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Bytes held from the system, and whether the cap was ever hit. */
size_t arena_held(const struct arena *arena);
bool arena_exhausted(const struct arena *arena);

/* Typed short forms. */
#define arena_new(arena, type) ((type *)arena_zalloc((arena), sizeof(type)))
#define arena_new_array(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

#endif

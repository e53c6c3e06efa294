/* wide: sixteen bytes looked at together. The compiler makes one instruction of what the processor has one
 * for (SSE2, NEON) and plain words of it where it has none.
 *
 *     for (; end - at >= WIDE_BYTES; at += WIDE_BYTES) {
 *         wide block = wide_load(at);
 *         unsigned first = wide_first(wide_equal(block, '<') | wide_equal(block, '&'));
 *         if (first < WIDE_BYTES)
 *             return at + first;
 *     }
 *     ... the last bytes one by one ...
 */
#ifndef NEWSD_FEEDS_BASE_WIDE_H
#define NEWSD_FEEDS_BASE_WIDE_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { WIDE_BYTES = 16 };

typedef uint8_t wide __attribute__((vector_size(16)));

static inline wide wide_load(const void *at)
{
    wide block;
    memcpy(&block, at, sizeof(block));
    return block;
}

/* All bits set where it holds. */
static inline wide wide_equal(wide block, char byte)
{
    return (wide)(block == (uint8_t)byte);
}

static inline wide wide_below(wide block, unsigned char byte)
{
    return (wide)(block < byte);
}

static inline wide wide_above(wide block, unsigned char byte)
{
    return (wide)(block > byte);
}

/* Whether any byte of it has its highest bit set: of a mask, whether it holds anywhere. */
static inline bool wide_any(wide mask)
{
    uint64_t half[2];
    memcpy(half, &mask, sizeof(half));
    return (half[0] | half[1]) & 0x8080808080808080u;
}

/* The first byte whose bits are set; WIDE_BYTES when none is. */
static inline unsigned wide_first(wide mask)
{
    uint64_t half[2];
    memcpy(half, &mask, sizeof(half));
    if (half[0])
        return (unsigned)__builtin_ctzll(le64toh(half[0])) / 8;
    return half[1] ? 8 + (unsigned)__builtin_ctzll(le64toh(half[1])) / 8 : WIDE_BYTES;
}

#endif

/* buffer: a growing byte buffer on the heap, for I/O and for building documents.
 *
 *     _cleanup_buffer_ struct buffer buffer = {0};
 *     if (buffer_append(&buffer, bytes, len) < 0) return -ENOMEM;
 *
 * A failed append sets `failed` and leaves the content as it was; later appends fail too, so a
 * writer may check once at its end. Always NUL-terminated behind `len` when it holds anything. */
#ifndef NEWSD_FEEDS_BASE_BUFFER_H
#define NEWSD_FEEDS_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct buffer {
    char *ptr;
    size_t len;
    size_t capacity;
    bool failed;
};

/* Frees the memory; the buffer is empty and usable again. */
void buffer_done(struct buffer *buffer);
/* Empties, keeps the memory. */
void buffer_clear(struct buffer *buffer);
int buffer_grow(struct buffer *buffer, size_t extra); /* for buffer_reserve() only */

/* Room for `extra` more bytes. 0 or -ENOMEM. */
static inline int buffer_reserve(struct buffer *buffer, size_t extra)
{
    if (!buffer->failed && extra < buffer->capacity - buffer->len)
        return 0;
    return buffer_grow(buffer, extra);
}

int buffer_append(struct buffer *buffer, const void *ptr, size_t len);
int buffer_append_str(struct buffer *buffer, struct str s);
int buffer_append_byte(struct buffer *buffer, char byte);
int buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline struct str buffer_str(const struct buffer *buffer)
{
    return (struct str){buffer->ptr ? buffer->ptr : "", buffer->len};
}

#define _cleanup_buffer_ __attribute__((cleanup(buffer_done)))

#endif

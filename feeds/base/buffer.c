/* buffer: heap bytes with doubling growth. One thread at a time. */
#include "base/buffer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void buffer_done(struct buffer *buffer)
{
    free(buffer->ptr);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
    if (buffer->ptr)
        buffer->ptr[0] = '\0';
}

int buffer_grow(struct buffer *buffer, size_t extra)
{
    if (buffer->failed)
        return -ENOMEM;
    if (extra >= SIZE_MAX / 2 - buffer->len)
        goto fail;
    size_t need = buffer->len + extra + 1;
    if (need <= buffer->capacity)
        return 0;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < need)
        capacity *= 2;
    char *ptr = realloc(buffer->ptr, capacity);
    if (!ptr)
        goto fail;
    buffer->ptr = ptr;
    buffer->capacity = capacity;
    return 0;
fail:
    buffer->failed = true;
    return -ENOMEM;
}

int buffer_append(struct buffer *buffer, const void *ptr, size_t len)
{
    int error = buffer_reserve(buffer, len);
    if (error)
        return error;
    if (len)
        memcpy(buffer->ptr + buffer->len, ptr, len);
    buffer->len += len;
    buffer->ptr[buffer->len] = '\0';
    return 0;
}

int buffer_append_str(struct buffer *buffer, struct str s)
{
    return buffer_append(buffer, s.ptr, s.len);
}

int buffer_append_byte(struct buffer *buffer, char byte)
{
    return buffer_append(buffer, &byte, 1);
}

int buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    int error = len < 0 ? -EINVAL : buffer_reserve(buffer, (size_t)len);
    if (!error) {
        (void)vsnprintf(buffer->ptr + buffer->len, (size_t)len + 1, format, again); /* sized above */
        buffer->len += (size_t)len;
    }
    va_end(again);
    va_end(arguments);
    return error;
}

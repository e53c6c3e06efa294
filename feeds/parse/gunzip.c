/* gunzip: inflates a gzip file in memory, within limits. */
#include "feeds/parse/gunzip.h"

#include <errno.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/error.h"

enum { CHUNK_BYTES = 64 * 1024, GZIP_WINDOW = 16 + MAX_WBITS };

bool gunzip_is_packed(struct str bytes)
{
    return str_starts(bytes, STR("\x1F\x8B\x08"));
}

static int inflate_all(z_stream *stream, size_t packed, struct buffer *plain)
{
    static const size_t least = 1 << 20; /* the ratio says nothing of small files */
    for (;;) {
        char chunk[CHUNK_BYTES];
        stream->next_out = (Bytef *)chunk;
        stream->avail_out = sizeof(chunk);
        int code = inflate(stream, Z_NO_FLUSH);
        if (buffer_append(plain, chunk, sizeof(chunk) - stream->avail_out))
            return -ENOMEM;
        if (plain->len > GUNZIP_BYTES_MAX || (plain->len > least && plain->len / GUNZIP_RATIO_MAX > packed))
            return ERR_LIMIT;
        if (code == Z_MEM_ERROR)
            return -ENOMEM;
        if (code == Z_STREAM_END && stream->avail_in > 0)
            code = inflateReset(stream); /* the next member; what is none ends the reading */
        else if (code == Z_STREAM_END)
            return 0;
        if (code != Z_OK || (stream->avail_in == 0 && stream->avail_out > 0))
            return plain->len > 0 ? 0 : ERR_MALFORMED;
    }
}

int gunzip(struct arena *arena, struct str packed, struct str *ret_plain)
{
    _cleanup_buffer_ struct buffer plain = {0};
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)packed.ptr, .avail_in = (uInt)packed.len};
    if (packed.len > UINT32_MAX)
        return ERR_LIMIT;
    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
        return -ENOMEM;
    int error = inflate_all(&stream, packed.len, &plain);
    inflateEnd(&stream);
    if (error)
        return error;
    *ret_plain = arena_str(arena, buffer_str(&plain));
    return ret_plain->ptr || plain.len == 0 ? 0 : -ENOMEM;
}

/* body_coding: by the bytes, with zlib. */
#include "feeds/http/body_coding.h"

#include <zlib.h>

enum {
    CHUNK_BYTES = 64 * 1024,
    ANY_HEAD = 32 + MAX_WBITS, /* gzip's and zlib's */
    RATIO_FROM_BYTES = 1 << 20,
};

bool body_coding_is_unknown(struct str field)
{
    static const char *const known[] = {"gzip",     "x-gzip", "deflate",  "br",
                                        "identity", "zstd",   "compress", "x-compress"};
    struct str name;
    while (str_split(&field, ',', &name)) {
        name = str_trim_ascii(name);
        bool found = str_empty(name);
        for (size_t i = 0; i < sizeof(known) / sizeof(*known) && !found; i++)
            found = str_equal_nocase(name, str_from(known[i]));
        if (!found)
            return true;
    }
    return false;
}

/* RFC 1952 and RFC 1950 2.2. No text in any encoding begins like that. */
static bool is_packed(const struct buffer *body)
{
    const unsigned char *bytes = (const unsigned char *)body->ptr;
    if (body->len < 2)
        return false;
    bool zlib = (bytes[0] & 15) == Z_DEFLATED && bytes[0] >> 4 <= 7 && (bytes[0] << 8 | bytes[1]) % 31 == 0;
    return zlib || (body->len > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == Z_DEFLATED);
}

static enum fetch_error inflate_all(z_stream *stream, size_t packed, struct buffer *plain, int64_t bytes_max,
                                    int64_t ratio_max)
{
    for (;;) {
        char chunk[CHUNK_BYTES];
        stream->next_out = (Bytef *)chunk;
        stream->avail_out = sizeof(chunk);
        int code = inflate(stream, Z_NO_FLUSH);
        int64_t len = (int64_t)(plain->len + sizeof(chunk) - stream->avail_out);
        if (len > bytes_max || (len > RATIO_FROM_BYTES && len / ratio_max > (int64_t)packed))
            return FETCH_ERROR_TOO_LARGE;
        if (code == Z_MEM_ERROR || buffer_append(plain, chunk, sizeof(chunk) - stream->avail_out))
            return FETCH_ERROR_INTERNAL;
        if (code == Z_STREAM_END)
            return FETCH_ERROR_NONE;
        if (code == Z_BUF_ERROR || (code == Z_OK && stream->avail_in == 0 && stream->avail_out > 0))
            return FETCH_ERROR_TRUNCATED;
        if (code != Z_OK)
            return FETCH_ERROR_HTTP_PROTOCOL;
    }
}

enum fetch_error body_coding_undo(struct buffer *body, int64_t bytes_max, int64_t ratio_max)
{
    if (!is_packed(body) || body->len > UINT32_MAX)
        return FETCH_ERROR_NONE;
    z_stream stream = {.next_in = (Bytef *)body->ptr, .avail_in = (uInt)body->len};
    if (inflateInit2(&stream, ANY_HEAD) != Z_OK)
        return FETCH_ERROR_INTERNAL;
    struct buffer plain = {0};
    enum fetch_error error = inflate_all(&stream, body->len, &plain, bytes_max, ratio_max);
    inflateEnd(&stream);
    buffer_done(body);
    *body = plain;
    return error;
}

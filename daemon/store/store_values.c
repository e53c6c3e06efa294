/* store_values: values between C and SQLite, and compression. Pure but for statement and arena. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

#include "daemon/store/store_private.h"

enum { PACK_LEVEL = 1, UNPACK_BYTES_MAX = 256 << 20 };

void store_bind_str(sqlite3_stmt *statement, int index, struct str s)
{
    if (s.ptr)
        sqlite3_bind_blob64(statement, index, s.ptr, s.len, SQLITE_STATIC);
}

void store_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    if (text)
        sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

static unsigned hex_digit(char c)
{
    return c >= '0' && c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10) & 15u;
}

void store_bind_article(sqlite3_stmt *statement, int index, const char *id, unsigned char bytes[16])
{
    assert(strlen(id) == ARTICLE_ID_BYTES - 1);
    for (size_t i = 0; i < 16; i++)
        bytes[i] = (unsigned char)(hex_digit(id[2 * i]) << 4 | hex_digit(id[2 * i + 1]));
    sqlite3_bind_blob(statement, index, bytes, 16, SQLITE_TRANSIENT);
}

void store_column_article(sqlite3_stmt *statement, int column, char id[ARTICLE_ID_BYTES])
{
    static const char hex[] = "0123456789abcdef";
    const unsigned char *bytes = sqlite3_column_blob(statement, column);
    size_t len = bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0;
    for (size_t i = 0; i < 16; i++) {
        unsigned char byte = i < len ? bytes[i] : 0;
        id[2 * i] = hex[byte >> 4];
        id[2 * i + 1] = hex[byte & 15];
    }
    id[32] = '\0';
}

struct str store_column_str(struct arena *arena, sqlite3_stmt *statement, int column)
{
    const char *bytes = sqlite3_column_blob(statement, column);
    size_t len = (size_t)sqlite3_column_bytes(statement, column);
    if (!bytes)
        return sqlite3_column_type(statement, column) == SQLITE_NULL ? STR_NONE : arena_str(arena, STR(""));
    return arena_str(arena, str_make(bytes, len));
}

struct str store_pack(struct arena *arena, struct str plain)
{
    size_t bound = ZSTD_compressBound(plain.len);
    char *out = arena_alloc(arena, bound);
    if (!out)
        return STR_NONE;
    size_t len = ZSTD_compress(out, bound, plain.ptr ? plain.ptr : "", plain.len, PACK_LEVEL);
    return ZSTD_isError(len) ? STR_NONE : str_make(out, len);
}

struct str store_unpack(struct arena *arena, struct str packed)
{
    unsigned long long size =
        packed.ptr ? ZSTD_getFrameContentSize(packed.ptr, packed.len) : ZSTD_CONTENTSIZE_ERROR;
    if (size > UNPACK_BYTES_MAX) /* the two error values are larger */
        return STR_NONE;
    char *out = arena_alloc(arena, (size_t)size + 1);
    if (!out)
        return STR_NONE;
    size_t len = ZSTD_decompress(out, (size_t)size, packed.ptr, packed.len);
    if (ZSTD_isError(len))
        return STR_NONE;
    assert(len <= size);
    out[len] = '\0';
    return str_make(out, len);
}

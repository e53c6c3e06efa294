/* source: see the header. */
#include "daemon/commands/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/url.h"
#include "daemon/commands/fetch.h"
#include "processors/html/page_charset.h"

enum { READ_BYTES = 64 * 1024 };

static int read_stream(FILE *file, const char *name, struct buffer *buffer, struct error *error)
{
    for (;;) {
        if (buffer_reserve(buffer, READ_BYTES) < 0)
            return error_set(error, -ENOMEM, "%s: no memory", name);
        size_t n = fread(buffer->ptr + buffer->len, 1, READ_BYTES - 1, file);
        buffer->len += n;
        buffer->ptr[buffer->len] = '\0';
        if (buffer->len > SOURCE_BYTES_MAX)
            return error_set(error, ERR_LIMIT, "%s: larger than %d MiB", name, SOURCE_BYTES_MAX >> 20);
        if (n == 0)
            return ferror(file) ? error_set(error, -errno, "%s: %s", name, error_text(-errno)) : 0;
    }
}

static int read_file(const char *path, struct buffer *buffer, struct error *error)
{
    if (strcmp(path, "-") == 0)
        return read_stream(stdin, "standard input", buffer, error);
    FILE *file = fopen(path, "re");
    if (!file)
        return error_set(error, -errno, "%s: %s", path, error_text(-errno));
    int code = read_stream(file, path, buffer, error);
    (void)fclose(file); /* read only */
    return code;
}

static struct str header_value(const struct feed_header *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(headers[i].name, str_from(name)))
            return headers[i].value;
    return STR_NONE;
}

static int header_lines(struct arena *arena, const struct feed_header *headers, size_t count,
                        struct str *ret_lines)
{
    _cleanup_buffer_ struct buffer lines = {0};
    for (size_t i = 0; i < count; i++)
        buffer_printf(&lines, "%.*s: %.*s\n", STR_ARG(headers[i].name), STR_ARG(headers[i].value));
    *ret_lines = arena_str(arena, buffer_str(&lines));
    return lines.failed || !ret_lines->ptr ? -ENOMEM : 0;
}

static int read_address(struct arena *arena, const char *source, struct buffer *buffer, struct str *url,
                        struct str *ret_content_type, struct str *ret_headers, struct error *error)
{
    struct feed_header *headers = NULL;
    size_t count = 0;
    char *final_url = NULL;
    int code = command_fetch_url(source, buffer, &headers, &count, &final_url, error);
    if (code == 0) {
        code = header_lines(arena, headers, count, ret_headers);
        *ret_content_type = arena_str(arena, header_value(headers, count, "Content-Type"));
        if (!url->ptr)
            *url = arena_str(arena, str_from(final_url ? final_url : source));
    }
    free(headers);
    free(final_url);
    return code;
}

int source_read(struct arena *arena, const char *source, struct buffer *buffer, struct str *url,
                struct str *ret_text, struct str *ret_headers, struct error *error)
{
    struct str content_type = STR_NONE;
    struct charset_result result;
    *ret_headers = STR_NONE;
    int code = url_is_http(str_from(source))
                   ? read_address(arena, source, buffer, url, &content_type, ret_headers, error)
                   : read_file(source, buffer, error);
    if (code < 0)
        return code;
    if (str_trim_ascii(buffer_str(buffer)).len == 0)
        return error_set(error, ERR_EMPTY, "%s: nothing in it", source);
    if (page_to_utf8(arena, buffer_str(buffer), content_type, &result) < 0)
        return error_set(error, -ENOMEM, "%s: larger than an article's memory", source);
    *ret_text = result.text;
    return 0;
}

int source_exit_status(int code)
{
    switch (code) {
    case ERR_CONFIG:
        return EX_USAGE;
    case -ENOENT:
    case -EACCES:
    case -EISDIR:
        return EX_NOINPUT;
    case ERR_NETWORK:
    case ERR_HTTP:
        return EX_UNAVAILABLE;
    case -EIO:
        return EX_IOERR;
    case -ENOMEM:
        return EX_OSERR;
    default:
        return EX_DATAERR;
    }
}

/* host_name: through libidn2, which libcurl would ask by locale. */
#include "base/host_name.h"

#include <ctype.h>
#include <errno.h>
#include <idn2.h>

#include "base/utf8.h"

enum { HOST_BYTES_MAX = 1024 /* DNS has 253, in ASCII */ };

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static int hex_value(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10
                                        : -1;
}

/* NUL-terminated; hosts may be percent-encoded (RFC 3986 section 3.2.2). */
static char *decode_percent(struct arena *arena, struct str s)
{
    char *out = arena_alloc(arena, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; out && i < s.len; i++) {
        bool coded =
            s.ptr[i] == '%' && i + 2 < s.len && hex_value(s.ptr[i + 1]) >= 0 && hex_value(s.ptr[i + 2]) >= 0;
        out[len++] = coded ? (char)(hex_value(s.ptr[i + 1]) * 16 + hex_value(s.ptr[i + 2])) : s.ptr[i];
        i += coded ? 2 : 0;
    }
    if (out)
        out[len] = '\0';
    return out;
}

/* What mapping may make of one character ("℀" holds a slash) must not divide the URL anew. */
static bool is_name(const char *host)
{
    for (; *host; host++)
        if (!isalnum((unsigned char)*host) && !strchr("-._", *host))
            return false;
    return true;
}

int host_name_ascii(struct arena *arena, struct str host, struct str *ret_host, struct error *error)
{
    *ret_host = host;
    if (str_starts(host, STR("[")) || (is_ascii(host) && str_find_byte(host, '%', 0) < 0))
        return 0;
    if (host.len > HOST_BYTES_MAX)
        return error_set(error, -EINVAL, "the host name is too long");
    char *name = decode_percent(arena, host), *ascii = NULL;
    if (!name)
        return -ENOMEM;
    if (strlen(name) == 0 || !utf8_valid(str_from(name)))
        return error_set(error, -EINVAL, "the host name '%.*s' is no UTF-8", STR_ARG(host));
    /* STD3 rules would drop characters silently; is_name() refuses them. */
    int code = idn2_to_ascii_8z(name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (code == IDN2_MALLOC)
        return -ENOMEM;
    if (code != IDN2_OK)
        return error_set(error, -EINVAL, "the host name '%s' is none: %s", name, idn2_strerror(code));
    bool good = ascii[0] && is_name(ascii); /* what is invisible maps to nothing */
    *ret_host = good ? arena_str(arena, str_from(ascii)) : STR_NONE;
    idn2_free(ascii);
    if (!good)
        return error_set(error, -EINVAL, "the host name '%s' has characters that no host name has", name);
    return ret_host->ptr ? 0 : -ENOMEM;
}

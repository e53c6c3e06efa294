/* url_request: host names through libidn2, which libcurl would ask by locale, and the rest percent-encoded.
 */
#include "base/url_request.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <idn2.h>

#include "base/url.h"
#include "base/utf8.h"

enum { PORT_MAX = 65535, HOST_BYTES_MAX = 1024 /* DNS has 253, in ASCII */ };

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

int url_host_ascii(struct arena *arena, struct str host, struct str *ret_host, struct error *error)
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

struct parts {
    struct str before, host, port, after; /* "http://user@", "host", "8080", "/path?query#fragment" */
};

static struct parts split(struct str url)
{
    size_t start = url_scheme(url).len + 3, end = start;
    while (end < url.len && !strchr("/?#", url.ptr[end]))
        end++;
    size_t host = end;
    while (host > start && url.ptr[host - 1] != '@')
        host--;
    size_t colon = end;
    while (colon > host && url.ptr[colon - 1] != ':' && url.ptr[colon - 1] != ']')
        colon--;
    bool has_port = colon > host && url.ptr[colon - 1] == ':';
    return (struct parts){
        .before = str_slice(url, 0, host),
        .host = str_slice(url, host, has_port ? colon - 1 : end),
        .port = has_port ? str_slice(url, colon, end) : STR_NONE,
        .after = str_slice(url, end, url.len),
    };
}

static struct str encode(struct arena *arena, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, s.len * 3 + 1);
    size_t len = 0;
    for (size_t i = 0; out && i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool coded = c <= ' ' || c >= 0x7f;
        out[len++] = coded ? '%' : (char)c;
        if (!coded)
            continue;
        out[len++] = hex[c >> 4];
        out[len++] = hex[c & 15];
    }
    return out ? str_make(out, len) : STR_NONE;
}

/* libcurl's own opinion, in its words. */
static int ask_libcurl(struct str url, struct error *error)
{
    CURLU *handle = curl_url();
    if (!handle)
        return -ENOMEM;
    CURLUcode code = curl_url_set(handle, CURLUPART_URL, url.ptr, 0);
    curl_url_cleanup(handle);
    return code == CURLUE_OK ? 0
           : code == CURLUE_OUT_OF_MEMORY
               ? -ENOMEM
               : error_set(error, -EINVAL, "the URL is malformed: %s", curl_url_strerror(code));
}

static int check_port(struct str port, struct error *error)
{
    int64_t number = 0;
    bool good = str_to_int64(port, &number) && isdigit((unsigned char)port.ptr[0]) && number > 0 &&
                number <= PORT_MAX;
    return good || str_empty(port) ? 0
                                   : error_set(error, -EINVAL, "the port %.*s is out of range (1 to %d)",
                                               STR_ARG(str_slice(port, 0, 32)), PORT_MAX);
}

int url_for_request(struct arena *arena, struct str url, struct str *ret_url, struct error *error)
{
    url = url_clean(arena, url);
    struct str scheme = url_scheme(url);
    if (!str_equal_nocase(scheme, STR("http")) && !str_equal_nocase(scheme, STR("https")))
        return error_set(error, -EINVAL, "it is no http or https URL");
    if (!url_is_http(url))
        return error_set(error, -EINVAL, "the URL has no host");
    if (url.len > URL_LENGTH_MAX)
        return error_set(error, -EINVAL, "the URL is longer than %d bytes", URL_LENGTH_MAX);
    struct parts parts = split(url);
    if (str_empty(parts.host))
        return error_set(error, -EINVAL, "the URL has no host");
    int failure = check_port(parts.port, error);
    if (!failure)
        failure = url_host_ascii(arena, parts.host, &parts.host, error);
    if (failure)
        return failure;
    struct str before = encode(arena, parts.before), after = encode(arena, parts.after);
    *ret_url = arena_printf(arena, "%.*s%.*s%s%.*s%s%.*s", STR_ARG(before), STR_ARG(parts.host),
                            parts.port.len ? ":" : "", STR_ARG(parts.port),
                            str_starts(after, STR("/")) ? "" : "/", STR_ARG(after));
    if (!before.ptr || !after.ptr || !ret_url->ptr)
        return -ENOMEM;
    return ask_libcurl(*ret_url, error);
}

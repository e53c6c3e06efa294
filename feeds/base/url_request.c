/* url_request: what libcurl would leave to the locale or send as it is written is settled before it is asked.
 */
#include "base/url_request.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>

#include "base/host_name.h"
#include "base/url.h"

enum { PORT_MAX = 65535 };

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
        failure = host_name_ascii(arena, parts.host, &parts.host, error);
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

/* url: a thin layer over libcurl's URL API. Allocates from the caller's arena only. */
#include "base/url.h"

#include <ctype.h>
#include <curl/curl.h>

#include "base/host_name.h"
#include "base/utf8.h"

/* Query parameters that say where a reader came from, never what the document is. A trailing '*'
 * stands for any ending. Collected from the campaign documentation of the services named. */
static const char *const tracking_parameters[] = {
    "utm_*",   "fbclid", "gclid",  "dclid", "msclkid",        "yclid",    "igshid",   "mc_cid",
    "mc_eid",  "ns_*",   "at_*",   "xtor",  "wt_mc",          "wt_zmc",   "CMP",      "cmpid",
    "ocid",    "ito",    "smid",   "smtyp", "partner",        "ref_src",  "_ga",      "_gl",
    "mkt_tok", "oly_*",  "vero_*", "taid",  "traffic_source", "sr_share", "feedtype",
};

struct str url_scheme(struct str url)
{
    if (url.len == 0 || !isalpha((unsigned char)url.ptr[0]))
        return STR_NONE;
    for (size_t i = 1; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c == ':')
            return str_make(url.ptr, i);
        if (!isalnum(c) && c != '+' && c != '-' && c != '.')
            return STR_NONE;
    }
    return STR_NONE;
}

bool url_is_http(struct str url)
{
    struct str scheme = url_scheme(url);
    if (!str_equal_nocase(scheme, STR("http")) && !str_equal_nocase(scheme, STR("https")))
        return false;
    struct str rest = str_slice(url, scheme.len, url.len);
    return str_starts(rest, STR("://")) && rest.len > 3 && rest.ptr[3] != '/' && rest.ptr[3] != '?' &&
           rest.ptr[3] != '#';
}

static bool is_removed(char c)
{
    return c == '\t' || c == '\n' || c == '\r';
}

/* One kind of padding may stand around the other. */
static struct str without_padding(struct str url)
{
    size_t before;
    do {
        before = url.len;
        url = str_trim(url);
        while (url.len && (unsigned char)url.ptr[0] <= ' ')
            url = str_slice(url, 1, url.len);
        while (url.len && (unsigned char)url.ptr[url.len - 1] <= ' ')
            url.len--;
    } while (url.len < before);
    return url;
}

struct str url_clean(struct arena *arena, struct str url)
{
    url = without_padding(url);
    size_t first = 0;
    while (first < url.len && !is_removed(url.ptr[first]))
        first++;
    if (first == url.len)
        return url;
    char *out = arena_alloc(arena, url.len + 1);
    if (!out)
        return STR_NONE;
    size_t len = 0;
    for (size_t i = 0; i < url.len; i++)
        if (!is_removed(url.ptr[i]))
            out[len++] = url.ptr[i];
    out[len] = '\0';
    return without_padding(str_make(out, len));
}

/* NUL-terminated copy with inner spaces, control characters and what would end a quoted URL percent-encoded.
 */
static char *url_for_curl(struct arena *arena, struct str url)
{
    url = str_trim(url);
    if (!url.ptr || url.len > URL_LENGTH_MAX)
        return NULL;
    char *out = arena_alloc(arena, url.len * 3 + 1);
    if (!out)
        return NULL;
    size_t len = 0;
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c == '\n' || c == '\r' || c == '\t')
            continue;
        if (c <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '`') {
            static const char hex[] = "0123456789ABCDEF";
            out[len++] = '%';
            out[len++] = hex[c >> 4];
            out[len++] = hex[c & 15];
        } else {
            out[len++] = (char)c;
        }
    }
    out[len] = '\0';
    return out;
}

static CURLU *url_parse(struct arena *arena, struct str url)
{
    char *text = url_for_curl(arena, url);
    CURLU *handle = text ? curl_url() : NULL;
    if (handle && curl_url_set(handle, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
        curl_url_cleanup(handle);
        handle = NULL;
    }
    return handle;
}

/* Absent also when it is no text: libcurl takes the escapes out of hosts, and "%cc" may stand there. */
static struct str part_take(struct arena *arena, CURLU *handle, CURLUPart part, unsigned flags)
{
    char *text = NULL;
    if (curl_url_get(handle, part, &text, flags) != CURLUE_OK)
        return STR_NONE;
    struct str copy = utf8_valid(str_from(text)) ? arena_str(arena, str_from(text)) : STR_NONE;
    curl_free(text);
    return copy;
}

/* Nothing to escape and no dot segments: such a reference is put behind its base as it is. */
static bool is_clean(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool odd = c == '\\' || c == '"' || c == '<' || c == '>' || c == '`';
        if (c <= ' ' || c >= 0x7f || odd || (c == '.' && (i == 0 || s.ptr[i - 1] == '/')))
            return false;
    }
    return true;
}

/* RFC 3986 5.2 for the references that nearly all feeds write: a path, absolute or relative, under a base
 * that is itself clean. STR_NONE for everything else: libcurl knows the rest. */
static struct str resolve_plain(struct arena *arena, struct str base, struct str reference)
{
    bool absolute = str_starts(reference, STR("/"));
    if (reference.len == 0 || strchr("?#", reference.ptr[0]) || str_starts(reference, STR("//")) ||
        !is_clean(reference) || !(str_starts(base, STR("https://")) || str_starts(base, STR("http://"))) ||
        !is_clean(base))
        return STR_NONE;
    size_t authority = base.ptr[4] == 's' ? 8 : 7, end = authority;
    while (end < base.len && !strchr("/?#@", base.ptr[end]))
        end++;
    if (end == authority || (end < base.len && base.ptr[end] == '@'))
        return STR_NONE;
    size_t folder = end, path_end = end;
    while (path_end < base.len && base.ptr[path_end] != '?' && base.ptr[path_end] != '#')
        path_end++;
    for (size_t i = end; i < path_end && !absolute; i++)
        if (base.ptr[i] == '/')
            folder = i + 1;
    bool slash = !absolute && folder == end; /* a base without any path */
    char *out = arena_alloc(arena, folder + slash + reference.len + 1);
    if (!out)
        return STR_NONE;
    memcpy(out, base.ptr, folder);
    out[folder] = '/';
    memcpy(out + folder + slash, reference.ptr, reference.len);
    out[folder + slash + reference.len] = '\0';
    return str_make(out, folder + slash + reference.len);
}

struct str url_resolve(struct arena *arena, struct str base, struct str reference)
{
    reference = url_clean(arena, reference);
    struct str scheme = url_scheme(reference);
    bool foreign =
        scheme.ptr && !str_equal_nocase(scheme, STR("http")) && !str_equal_nocase(scheme, STR("https"));
    struct str plain = scheme.ptr ? STR_NONE : resolve_plain(arena, base, reference);
    if (plain.ptr)
        return plain;
    struct str as_written = arena_str(arena, reference.ptr ? reference : STR(""));
    if (foreign || (scheme.ptr && is_clean(reference)))
        return as_written;
    char *relative = url_for_curl(arena, reference);
    if (scheme.ptr)
        return relative ? str_from(relative) : as_written;
    if (!relative || str_empty(base) || !str_find(base, STR("://"), 0))
        return as_written;
    CURLU *handle = url_parse(arena, base);
    if (!handle)
        return as_written;
    struct str resolved = STR_NONE;
    if (*relative == '\0') {
        (void)curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0); /* an empty reference names the base */
        resolved = part_take(arena, handle, CURLUPART_URL, 0);
    } else if (curl_url_set(handle, CURLUPART_URL, relative, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
        resolved = part_take(arena, handle, CURLUPART_URL, 0);
    }
    curl_url_cleanup(handle);
    return resolved.ptr ? resolved : as_written;
}

static void lower_in_place(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        ((char *)(uintptr_t)s.ptr)[i] = (char)tolower((unsigned char)s.ptr[i]);
}

static bool default_port(struct str port)
{
    return !port.ptr || str_equal(port, STR("80")) || str_equal(port, STR("443"));
}

struct str url_host(struct arena *arena, struct str url)
{
    if (!url_is_http(str_trim(url)))
        return STR_NONE;
    CURLU *handle = url_parse(arena, url);
    if (!handle)
        return STR_NONE;
    struct str host = part_take(arena, handle, CURLUPART_HOST, 0);
    struct str port = part_take(arena, handle, CURLUPART_PORT, 0);
    curl_url_cleanup(handle);
    if (str_empty(host))
        return STR_NONE;
    struct str ascii;
    if (!host_name_ascii(arena, host, &ascii, NULL)) /* what is none is asked for by nobody */
        host = ascii;
    lower_in_place(host);
    if (host.ptr[host.len - 1] == '.')
        host.len--;
    return default_port(port) ? host : arena_printf(arena, "%.*s:%.*s", STR_ARG(host), STR_ARG(port));
}

static bool is_tracking(struct str parameter)
{
    ptrdiff_t equals = str_find_byte(parameter, '=', 0);
    struct str name = equals < 0 ? parameter : str_slice(parameter, 0, (size_t)equals);
    for (size_t i = 0; i < sizeof(tracking_parameters) / sizeof(tracking_parameters[0]); i++) {
        struct str entry = str_from(tracking_parameters[i]);
        if (entry.ptr[entry.len - 1] == '*' ? str_starts_nocase(name, str_slice(entry, 0, entry.len - 1))
                                            : str_equal_nocase(name, entry))
            return true;
    }
    return false;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 3986 6.2.2: upper-case escapes, unreserved characters not escaped. Bytes over 127 are escaped. */
static struct str escapes_normalise(struct arena *arena, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, s.len * 3 + 1);
    if (!out)
        return STR_NONE;
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '%' && i + 2 < s.len && hex_value(s.ptr[i + 1]) >= 0 && hex_value(s.ptr[i + 2]) >= 0) {
            c = (unsigned char)(hex_value(s.ptr[i + 1]) * 16 + hex_value(s.ptr[i + 2]));
            i += 2;
            if (isalnum(c) || (c && strchr("-._~", c))) {
                out[len++] = (char)c;
                continue;
            }
        } else if (c > ' ' && c < 0x7f) {
            out[len++] = (char)c;
            continue;
        }
        out[len++] = '%';
        out[len++] = hex[c >> 4];
        out[len++] = hex[c & 15];
    }
    out[len] = '\0';
    return str_make(out, len);
}

static struct str query_normalise(struct arena *arena, struct str query)
{
    char *out = arena_alloc(arena, query.len + 2);
    if (!out)
        return STR_NONE;
    size_t len = 0;
    struct str part;
    while (str_split(&query, '&', &part)) {
        if (str_empty(part) || is_tracking(part))
            continue;
        out[len] = len ? '&' : '?';
        len++;
        memcpy(out + len, part.ptr, part.len);
        len += part.len;
    }
    return escapes_normalise(arena, str_make(out, len));
}

struct str url_identity(struct arena *arena, struct str url)
{
    struct str host = url_host(arena, url);
    CURLU *handle = host.ptr ? url_parse(arena, url) : NULL;
    if (!handle)
        return STR_NONE;
    struct str path = part_take(arena, handle, CURLUPART_PATH, 0);
    struct str query = part_take(arena, handle, CURLUPART_QUERY, 0);
    curl_url_cleanup(handle);
    path = escapes_normalise(arena, path.ptr ? path : STR("/"));
    query = query_normalise(arena, query.ptr ? query : STR(""));
    if (!path.ptr || !query.ptr)
        return STR_NONE;
    return arena_printf(arena, "https://%.*s%.*s%.*s", STR_ARG(host), STR_ARG(path), STR_ARG(query));
}

static bool ends_authority(char c)
{
    return c == '/' || c == '?' || c == '#' || c == '\\' || c == '\0';
}

/* Where "user:password@" stands; empty, at the beginning of the host, when it does not. False without
 * authority.
 */
static bool find_credentials(struct str url, size_t *ret_start, struct str *ret_credentials)
{
    struct str scheme = url_scheme(url);
    size_t start = scheme.ptr ? scheme.len + 1 : 0;
    if (!str_starts(str_slice(url, start, url.len), STR("//")))
        return false;
    start += 2;
    size_t end = start;
    while (end < url.len && !ends_authority(url.ptr[end]))
        end++;
    while (end > start && url.ptr[end - 1] != '@')
        end--;
    *ret_start = start;
    *ret_credentials = str_slice(url, start, end);
    return true;
}

struct str url_without_credentials(struct arena *arena, struct str url)
{
    size_t start;
    struct str credentials;
    if (!find_credentials(url, &start, &credentials) || str_empty(credentials))
        return url;
    size_t rest = start + credentials.len;
    return arena_printf(arena, "%.*s%.*s", (int)start, url.ptr, (int)(url.len - rest), url.ptr + rest);
}

struct str url_with_credentials_of(struct arena *arena, struct str url, struct str from)
{
    size_t start, from_start;
    struct str own, credentials;
    if (!find_credentials(from, &from_start, &credentials) || str_empty(credentials) ||
        !find_credentials(url, &start, &own) || own.len > 0 ||
        !str_equal_nocase(url_scheme(url), url_scheme(from)) ||
        !str_equal(url_host(arena, url), url_host(arena, from)))
        return url;
    return arena_printf(arena, "%.*s%.*s%.*s", (int)start, url.ptr, STR_ARG(credentials),
                        (int)(url.len - start), url.ptr + start);
}

/* build_url: the addresses of a feed, as their authors meant them. */
#include <ctype.h>
#include <libpsl.h>

#include "base/url.h"
#include "feeds/parse/build.h"

enum { LABELS_OF_WWW = 3 /* "www.news.example": "www.html" is a file */, PORT_DIGITS_MAX = 5 };

static bool is_http(struct str url)
{
    return str_starts_nocase(url, STR("http://")) || str_starts_nocase(url, STR("https://"));
}

/* Nothing that resolving could change: absolute, http, no space inside, nobody named before the host. */
static bool is_plain_absolute(struct str url)
{
    if (!str_starts(url, STR("http://")) && !str_starts(url, STR("https://")))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || url.ptr[i] == '@')
            return false;
    return true;
}

/* ---- Markup where an address belongs ---- */

/* A tag begins somewhere; "<" alone may stand in a careless query, but not before the scheme. */
static bool has_markup(struct str url)
{
    for (size_t i = 0; i + 1 < url.len; i++)
        if (url.ptr[i] == '<' && (isalpha((unsigned char)url.ptr[i + 1]) || url.ptr[i + 1] == '/'))
            return true;
    return false;
}

/* Up to what ends an address that stands in quotes, in brackets or bare. */
static struct str until_end(struct str text, char quote)
{
    size_t end = 0;
    while (end < text.len && (quote ? text.ptr[end] != quote
                                    : (unsigned char)text.ptr[end] > ' ' && !strchr("<>\"'", text.ptr[end])))
        end++;
    return str_slice(text, 0, end);
}

/* "<a href='URL'>", "<URL>"; absent when it holds no absolute address of the web. */
static struct str address_in_markup(struct arena *arena, struct str text)
{
    ptrdiff_t href = str_find_nocase(text, STR("href"), 0);
    struct str url = STR_NONE;
    if (href >= 0) {
        struct str rest = str_trim(str_slice(text, (size_t)href + 4, text.len));
        if (!str_starts(rest, STR("=")))
            return STR_NONE;
        rest = str_trim(str_slice(rest, 1, rest.len));
        char quote = rest.len && strchr("\"'", rest.ptr[0]) ? rest.ptr[0] : '\0';
        url = until_end(quote ? str_slice(rest, 1, rest.len) : rest, quote);
    } else if (str_starts(text, STR("<"))) {
        url = until_end(str_slice(text, 1, text.len), '\0');
    }
    url = url_clean(arena, url);
    return is_http(url) ? url : STR_NONE;
}

/* ---- Addresses without their scheme ---- */

/* "html" of "www.page.html" is no domain of the top. */
static bool is_file_ending(struct str label)
{
    static const char *const endings[] = {"html", "htm",  "xhtml", "shtml", "php", "asp",  "aspx", "jsp",
                                          "cgi",  "xml",  "rss",   "atom",  "rdf", "json", "pdf",  "txt",
                                          "jpg",  "jpeg", "png",   "gif",   "mp3", "mp4"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (str_equal_nocase(label, str_from(endings[i])))
            return true;
    return false;
}

/* Labels of a host name with a domain of the top that is one; 0 when it is no such name. */
static size_t count_labels(struct str host)
{
    size_t count = 0;
    struct str label = STR_NONE;
    while (str_split(&host, '.', &label)) {
        if (label.len == 0 || label.len > 63 || label.ptr[0] == '-')
            return 0;
        for (size_t i = 0; i < label.len; i++) {
            unsigned char c = (unsigned char)label.ptr[i];
            if (!isalnum(c) && c != '-' && c < 0x80)
                return 0;
        }
        count++;
    }
    bool top = label.len >= 2 && !isdigit((unsigned char)label.ptr[0]) && !is_file_ending(label);
    return top ? count : 0;
}

/* The host that a reference would begin with if only its scheme were missing; absent when the port behind it
 * is none, which would make the host a scheme. */
static struct str leading_host(struct str reference)
{
    size_t end = 0;
    while (end < reference.len && !strchr("/?#", reference.ptr[end]))
        end++;
    struct str host = str_slice(reference, 0, end);
    ptrdiff_t colon = str_find_byte(host, ':', 0);
    if (colon < 0)
        return host;
    size_t digits = host.len - (size_t)colon - 1;
    if (digits == 0 || digits > PORT_DIGITS_MAX || end == reference.len)
        return STR_NONE;
    for (size_t i = (size_t)colon + 1; i < host.len; i++)
        if (!isdigit((unsigned char)host.ptr[i]))
            return STR_NONE;
    return str_slice(host, 0, (size_t)colon);
}

/* `host` is the base's own or one of its registrable domain. */
static bool is_of_site(struct arena *arena, struct str base, struct str host)
{
    struct str own = url_host(arena, base);
    ptrdiff_t colon = own.ptr ? str_find_byte(own, ':', 0) : -1;
    if (colon >= 0)
        own.len = (size_t)colon;
    if (str_empty(own))
        return false;
    const char *name = arena_copy(arena, own.ptr, own.len);
    const char *domain = name ? psl_registrable_domain(psl_builtin(), name) : NULL;
    struct str site = domain ? str_from(domain) : own;
    if (host.len < site.len || !str_equal_nocase(str_slice(host, host.len - site.len, host.len), site))
        return false;
    return host.len == site.len || host.ptr[host.len - site.len - 1] == '.';
}

/* "www.host/path" is an address whatever the base; "host/path" only where the host is the feed's own, for it
 * may be a path. */
static bool lacks_scheme(struct arena *arena, struct str base, struct str reference)
{
    struct str host = leading_host(reference);
    size_t labels = host.len ? count_labels(host) : 0;
    if (labels >= LABELS_OF_WWW && str_starts_nocase(host, STR("www.")))
        return true;
    return labels >= 2 && is_of_site(arena, base, host);
}

struct str build_url(struct feed_builder *build, struct str base, struct str url)
{
    struct arena *arena = build->arena;
    url = url_clean(arena, url);
    if (!is_http(url) && has_markup(url))
        url = address_in_markup(arena, url);
    if (str_empty(url) || url.len > URL_LENGTH_MAX)
        return STR_NONE;
    if (is_plain_absolute(url))
        return build_copy(build, url);
    if (xml_scheme_unsafe(url))
        return STR_NONE;
    if (!is_http(url) && lacks_scheme(arena, base, url))
        url = arena_printf(arena, "%s://%.*s", str_starts_nocase(base, STR("http:")) ? "http" : "https",
                           STR_ARG(url));
    struct str resolved = url_resolve(arena, base, url);
    if (resolved.len > URL_LENGTH_MAX || xml_scheme_unsafe(resolved))
        return STR_NONE;
    return build_copy(build, url_without_credentials(arena, resolved.ptr ? resolved : url));
}

struct str build_url_to_ask(struct feed_builder *build, struct str url)
{
    return build_copy(build, url_with_credentials_of(build->arena, url, build->options->url));
}

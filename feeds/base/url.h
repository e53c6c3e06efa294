/* url: parsing, resolving and comparing URLs, with libcurl's own parser so that the address
 * filter, the scheduler and the fetcher can never read one URL differently. Thread-safe. */
#ifndef NEWSD_FEEDS_BASE_URL_H
#define NEWSD_FEEDS_BASE_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* The longest URL that is read. RFC 9110 section 4.1 asks for 8000 octets at least; what is longer is a
 * picture or a program in disguise, and no server takes it. */
enum { URL_LENGTH_MAX = 8192 };

/* What a browser reads where `url` is written (WHATWG URL, basic parser, steps 1 to 3): without C0 controls
 * and space (and str_trim's padding) at its ends, and without tab, CR and LF anywhere. To be done before a
 * scheme is judged. Points into `url`, or into the arena when something had to go; STR_NONE when that is
 * full. */
struct str url_clean(struct arena *arena, struct str url);

/* `reference` resolved against `base` (RFC 3986 section 5; the WHATWG reading of backslashes is
 * not followed). The reference is cleaned as by url_clean(), inner spaces become %20.
 * Any scheme is accepted in an absolute reference (mailto:, urn:, tag: come back as they are).
 * With an empty base, or one that cannot be parsed, the trimmed reference comes back as written.
 * STR_NONE only when the arena is full. */
struct str url_resolve(struct arena *arena, struct str base, struct str reference);

/* True for an absolute URL of scheme http or https with a host. */
bool url_is_http(struct str url);

/* Scheme of an absolute URL, as written, or STR_NONE. Points into `url`. */
struct str url_scheme(struct str url);

/* Host of an http(s) URL in lower case, in ASCII (host_name_ascii), and its port (default filled in): the
 * unit of politeness. "https://News.Example:8443/x" gives "news.example:8443", default ports are left out.
 * STR_NONE when it is no http(s) URL. */
struct str url_host(struct arena *arena, struct str url);

/* The form in which two URLs of one document are equal: scheme and host in lower case, http read as
 * https, default port, fragment and credentials dropped, "www." kept, dot segments removed, an empty
 * path made "/", tracking parameters (utm_*, fbclid, gclid, and the like: url.c has the list) removed,
 * the other parameters kept in their order, percent-encoding in upper case with unreserved characters
 * decoded (RFC 3986 section 6). Used for identity only, never for fetching. STR_NONE when it is no
 * http(s) URL or the arena is full. */
struct str url_identity(struct arena *arena, struct str url);

/* The URL without what stands before an "@" in its authority, for logs and records. Of any scheme; what has
 * no authority (mailto:) or nobody in it comes back as it is. */
struct str url_without_credentials(struct arena *arena, struct str url);

/* `url` with the user and password of `from` when both have the same scheme, host and port and it names
 * nobody itself: what a document says of its neighbours is asked for as the document was. For requests only.
 */
struct str url_with_credentials_of(struct arena *arena, struct str url, struct str from);

#endif

/* redirect: resolves, judges schemes, and keeps passwords where they belong. */
#include "feeds/http/redirect.h"

#include <errno.h>

#include "base/url.h"
#include "base/url_request.h"

enum { SHOWN_BYTES = 120 }; /* of a target, in words for people */

enum fetch_error redirect_target(struct arena *arena, struct str first, struct str current,
                                 struct str location, struct str *ret_url, struct error *error)
{
    struct error reason = {0};
    struct str target = url_resolve(arena, current, location);
    struct str host = url_host(arena, target), from = url_host(arena, current);
    struct str shown = str_slice(url_without_credentials(arena, target), 0, SHOWN_BYTES);
    struct str scheme = url_scheme(target);
    if (!target.ptr)
        return FETCH_ERROR_INTERNAL;
    if (scheme.ptr && !str_equal_nocase(scheme, STR("http")) && !str_equal_nocase(scheme, STR("https"))) {
        (void)error_set(error, -EINVAL, "the redirect leads to %.*s, which is neither http nor https",
                        STR_ARG(shown));
        return FETCH_ERROR_REDIRECT_SCHEME;
    }
    if (!host.ptr || !str_equal(host, from))
        target = url_without_credentials(arena, target);
    target = url_with_credentials_of(arena, target, first);
    int failure = url_for_request(arena, target, ret_url, &reason);
    if (failure == -ENOMEM || arena_exhausted(arena))
        return FETCH_ERROR_INTERNAL;
    if (!failure)
        return FETCH_ERROR_NONE;
    (void)error_set(error, -EINVAL, "the redirect leads to %.*s: %s", STR_ARG(shown), reason.text);
    return FETCH_ERROR_REDIRECT_URL;
}

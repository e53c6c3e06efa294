/* redirect: where a Location leads, and whether newsd goes there. Pure. */
#ifndef NEWSD_FEEDS_HTTP_REDIRECT_H
#define NEWSD_FEEDS_HTTP_REDIRECT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "feeds/http/http_answer.h"

/* The URL to ask for next, in the form of url_for_request(). `location` is resolved against `current` (RFC
 * 9110 section 10.2.2). User and password: those of `first`, the request's own, go back to its host and
 * nowhere else; what another host's Location names is not sent. FETCH_ERROR_NONE, or why it is not followed,
 * with words that name the target: REDIRECT_SCHEME, REDIRECT_URL, INTERNAL. */
enum fetch_error redirect_target(struct arena *arena, struct str first, struct str current,
                                 struct str location, struct str *ret_url, struct error *error);

#endif

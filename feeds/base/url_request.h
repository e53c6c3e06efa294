/* url_request: a URL as people and servers write it, made into one that can be asked for. Thread-safe. */
#ifndef NEWSD_FEEDS_BASE_URL_REQUEST_H
#define NEWSD_FEEDS_BASE_URL_REQUEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* What goes over the wire for `url`: cleaned (url_clean), its host in ASCII, other bytes outside ASCII and
 * spaces percent-encoded as UTF-8 is (RFC 3987 section 3.1), an empty path as "/"; what is encoded already
 * stays, and so do user and password. 0, -ENOMEM, or -EINVAL with words that name the reason: no http or
 * https URL, too long, a host that is none, a port out of range. */
int url_for_request(struct arena *arena, struct str url, struct str *ret_url, struct error *error);

#endif

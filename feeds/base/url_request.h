/* url_request: a URL as people and servers write it, made into one that can be asked for. Thread-safe. */
#ifndef NEWSD_FEEDS_BASE_URL_REQUEST_H
#define NEWSD_FEEDS_BASE_URL_REQUEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* The ASCII form of a host name with letters outside ASCII: UTS 46 with non-transitional processing, as
 * browsers do it, whatever the locale ("bücher.example" is "xn--bcher-kva.example"). What is ASCII comes back
 * as it is, an address in brackets too. 0, -EINVAL with words for a name that is none, -ENOMEM. */
int url_host_ascii(struct arena *arena, struct str host, struct str *ret_host, struct error *error);

/* What goes over the wire for `url`: cleaned (url_clean), its host in ASCII, other bytes outside ASCII and
 * spaces percent-encoded as UTF-8 is (RFC 3987 section 3.1), an empty path as "/"; what is encoded already
 * stays, and so do user and password. 0, -ENOMEM, or -EINVAL with words that name the reason: no http or
 * https URL, too long, a host that is none, a port out of range. */
int url_for_request(struct arena *arena, struct str url, struct str *ret_url, struct error *error);

#endif

/* host_name: the host of a URL as the network names it. Thread-safe. */
#ifndef NEWSD_FEEDS_BASE_HOST_NAME_H
#define NEWSD_FEEDS_BASE_HOST_NAME_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* The ASCII form of a host name with letters outside ASCII: UTS 46 with non-transitional processing, as
 * browsers do it, whatever the locale ("bücher.example" is "xn--bcher-kva.example"). What is ASCII comes back
 * as it is, an address in brackets too. 0, -EINVAL with words for a name that is none, -ENOMEM. */
int host_name_ascii(struct arena *arena, struct str host, struct str *ret_host, struct error *error);

#endif

/* media_identity: what of an enclosure's address names the file, and what only lets it be fetched for a
 * while. */
#ifndef NEWSD_FEEDS_POLL_MEDIA_IDENTITY_H
#define NEWSD_FEEDS_POLL_MEDIA_IDENTITY_H

#include "base/arena.h"
#include "base/str.h"

/* The identity form of a media address (url_identity) without signatures, tokens and expiry times, in the
 * query or in the path: content networks sign such addresses anew with every request, and that is no edit.
 * The address as it is when it is no http(s) URL; STR_NONE only when the arena is full. */
struct str media_identity(struct arena *arena, struct str url);

#endif

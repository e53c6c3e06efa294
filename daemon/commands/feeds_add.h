/* feeds_add: what `newsd feeds add URL` adds: the URL itself when a feed is there, else the feed that
 * the page names. */
#ifndef NEWSD_DAEMON_COMMANDS_FEEDS_ADD_H
#define NEWSD_DAEMON_COMMANDS_FEEDS_ADD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* Fetches `url` once, and when a page is there that names no feed, up to seven usual places. *ret_url (in the
 * arena) is the feed's address; other feeds of the page are printed. 0, or an error with words that name the
 * remedy. */
int command_feeds_find(struct arena *arena, const char *url, struct str *ret_url, struct error *error);

#endif

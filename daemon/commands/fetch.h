/* fetch: one document over HTTP for the command-line tools, with the daemon's own fetcher and guards.
 */
#ifndef NEWSD_DAEMON_COMMANDS_FETCH_H
#define NEWSD_DAEMON_COMMANDS_FETCH_H

#include "base/buffer.h"
#include "base/error.h"
#include "feeds/parse/document.h"

/* Fetches `url` (private addresses are allowed: the person at the keyboard chose it). On success *body holds
 * the decoded bytes, *headers and *final_url are heap-owned: headers are one block with their strings, freed
 * with free(). 0, ERR_HTTP for a status other than 200, ERR_NETWORK, -EINVAL for a URL that is not http(s).
 */
int command_fetch_url(const char *url, struct buffer *body, struct feed_header **headers, size_t *count,
                      char **final_url, struct error *error);

#endif

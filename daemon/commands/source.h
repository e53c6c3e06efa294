/* source: the document that a command is asked about: a file, standard input or an address. */
#ifndef NEWSD_DAEMON_COMMANDS_SOURCE_H
#define NEWSD_DAEMON_COMMANDS_SOURCE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

enum { SOURCE_BYTES_MAX = 16 << 20 }; /* of a file or a line: far above any article */

/* Reads `source` ("-" = standard input) into the buffer; *ret_text is its text as UTF-8, in the arena or the
 * buffer. *ret_headers are the lines "NAME: VALUE" of an address's answer, in the arena; absent of a file.
 * Of an address *url becomes the last one after redirects, unless it is already set. 0, -errno,
 * ERR_EMPTY, ERR_LIMIT, ERR_NETWORK, ERR_HTTP, with *error filled. */
int source_read(struct arena *arena, const char *source, struct buffer *buffer, struct str *url,
                struct str *ret_text, struct str *ret_headers, struct error *error);

/* The exit status of <sysexits.h> for such an error. */
int source_exit_status(int code);

#endif

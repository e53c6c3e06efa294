/* admin_client: one request to the running daemon's admin socket, for the command line. Blocking. */
#ifndef NEWSD_DAEMON_COMMANDS_ADMIN_CLIENT_H
#define NEWSD_DAEMON_COMMANDS_ADMIN_CLIENT_H

#include "base/buffer.h"
#include "base/error.h"

/* The HTTP status with the answer's body appended to *ret_body, or a negative code with words in *error:
 * nobody listens, the socket is off in the configuration (`listen_on` NULL). */
int admin_client_request(const char *listen_on, const char *method, const char *path, struct str body,
                         struct buffer *ret_body, struct error *error);

#endif

/* listen: ADDRESS:PORT as the configuration writes it, IPv6 in brackets. Pure. */
#ifndef NEWSD_DAEMON_PROCESS_LISTEN_H
#define NEWSD_DAEMON_PROCESS_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

enum { LISTEN_HOST_BYTES = 64 };

/* The address without brackets and the port; false when the text is neither an IPv4 nor an IPv6 address with
 * a port. */
bool listen_parse(const char *text, char ret_host[LISTEN_HOST_BYTES], uint16_t *ret_port);
/* True for an address that listen_parse() gave and that only this machine reaches. */
bool listen_is_loopback(const char *host);

#endif

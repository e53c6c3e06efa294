/* address: which addresses newsd may connect to. Decided on the resolved address at socket creation, so that
 * no name, no redirect and no second look-up can get around it (feeds.md N6). Pure; any thread. */
#ifndef NEWSD_FEEDS_HTTP_ADDRESS_H
#define NEWSD_FEEDS_HTTP_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* True for globally reachable unicast addresses: not loopback, private, link-local, unique-local, shared
 * (carrier-grade NAT), multicast, unspecified, documentation, benchmarking or reserved, nor an IPv6 form that
 * embeds such an IPv4 address (mapped, NAT64, 6to4, Teredo). From the IANA special-purpose address registries
 * (RFC 6890). */
bool address_is_public(const struct sockaddr *address);

#endif

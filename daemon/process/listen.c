/* listen: reads addresses to listen on. Pure; any thread. */
#include "daemon/process/listen.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool listen_parse(const char *text, char ret_host[LISTEN_HOST_BYTES], uint16_t *ret_port)
{
    struct in6_addr address;
    const char *colon = strrchr(text, ':');
    size_t len = colon ? (size_t)(colon - text) : 0;
    char *end = NULL;
    long port = colon ? strtol(colon + 1, &end, 10) : 0;
    if (len < 2 || len >= LISTEN_HOST_BYTES || !end || *end || port < 1 || port > 65535)
        return false;
    bool bracketed = text[0] == '[' && text[len - 1] == ']';
    (void)snprintf(ret_host, LISTEN_HOST_BYTES, "%.*s", (int)(bracketed ? len - 2 : len),
                   bracketed ? text + 1 : text); /* fits: see above */
    *ret_port = (uint16_t)port;
    return inet_pton(bracketed ? AF_INET6 : AF_INET, ret_host, &address) == 1;
}

bool listen_is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    return (inet_pton(AF_INET, host, &v4) == 1 && (ntohl(v4.s_addr) >> 24) == 127) ||
           (inet_pton(AF_INET6, host, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6));
}

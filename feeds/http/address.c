/* address: the special-purpose ranges as two tables. Pure. */
#include "feeds/http/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

struct range4 {
    uint32_t first;
    unsigned bits;
};

static const struct range4 closed4[] = {
    {0x00000000, 8},  /* this network */
    {0x0A000000, 8},  /* private */
    {0x64400000, 10}, /* shared address space, RFC 6598 */
    {0x7F000000, 8},  /* loopback */
    {0xA9FE0000, 16}, /* link-local, cloud metadata */
    {0xAC100000, 12}, /* private */
    {0xC0000000, 24}, /* IETF protocol assignments */
    {0xC0000200, 24}, /* documentation */
    {0xC0586300, 24}, /* 6to4 relay anycast */
    {0xC0A80000, 16}, /* private */
    {0xC6120000, 15}, /* benchmarking */
    {0xC6336400, 24}, /* documentation */
    {0xCB007100, 24}, /* documentation */
    {0xE0000000, 4},  /* multicast */
    {0xF0000000, 4},  /* reserved, broadcast */
};

static bool public4(uint32_t address)
{
    for (size_t i = 0; i < sizeof(closed4) / sizeof(closed4[0]); i++) {
        uint32_t mask = ~(uint32_t)0 << (32 - closed4[i].bits);
        if ((address & mask) == closed4[i].first)
            return false;
    }
    return true;
}

static uint32_t read4(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool prefix(const uint8_t *bytes, const uint8_t *wanted, size_t length)
{
    return memcmp(bytes, wanted, length) == 0;
}

static bool public6(const uint8_t *bytes)
{
    static const uint8_t zeros[12];
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    static const uint8_t nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    static const uint8_t nat64_local[6] = {0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01};
    if (prefix(bytes, mapped, 12) || prefix(bytes, nat64, 12))
        return public4(read4(bytes + 12));
    if (prefix(bytes, zeros, 12) ||
        prefix(bytes, nat64_local, 6)) /* unspecified, loopback, IPv4-compatible */
        return false;
    if ((bytes[0] & 0xE0) != 0x20) /* only 2000::/3 is global unicast: not ULA, link-local, multicast */
        return false;
    if (bytes[0] == 0x20 && bytes[1] == 0x02) /* 6to4 */
        return public4(read4(bytes + 2));
    if (prefix(bytes, (const uint8_t[]){0x20, 0x01, 0x00, 0x00},
               4)) { /* Teredo: the client's address is inverted */
        return public4(read4(bytes + 4)) && public4(~read4(bytes + 12));
    }
    if (prefix(bytes, (const uint8_t[]){0x20, 0x01}, 2) && bytes[2] < 2) /* 2001::/23 protocol assignments */
        return false;
    if (prefix(bytes, (const uint8_t[]){0x20, 0x01, 0x0D, 0xB8}, 4)) /* documentation */
        return false;
    return !(bytes[0] == 0x3F && bytes[1] == 0xFF && bytes[2] < 0x10); /* 3fff::/20 documentation, RFC 9637 */
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof(in));
        return public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof(in6));
        return public6(in6.sin6_addr.s6_addr);
    }
    return false;
}

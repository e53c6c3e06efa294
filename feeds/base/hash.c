/* hash: thin faces of OpenSSL and xxHash. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>
#include <openssl/sha.h>

void hash_sha256(struct str data, unsigned char out[SHA256_BYTES])
{
    SHA256((const unsigned char *)(data.ptr ? data.ptr : ""), data.len, out);
}

char *hash_sha256_hex(struct str data, size_t digits, char out[SHA256_HEX_BYTES])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char digest[SHA256_BYTES];
    hash_sha256(data, digest);
    if (digits > 64)
        digits = 64;
    for (size_t i = 0; i < digits; i++)
        out[i] = hex[digest[i / 2] >> (i % 2 ? 0 : 4) & 15];
    out[digits] = '\0';
    return out;
}

uint64_t hash_64_seeded(uint64_t seed, struct str data)
{
    uint64_t value = XXH3_64bits_withSeed(data.ptr ? data.ptr : "", data.len, seed);
    return value ? value : 1;
}

uint64_t hash_64(struct str data)
{
    return hash_64_seeded(0, data);
}

/* hash: SHA-256 (FIPS 180-4, OpenSSL) for identities, XXH3 for "has it changed". Thread-safe. */
#ifndef NEWSD_FEEDS_BASE_HASH_H
#define NEWSD_FEEDS_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { SHA256_BYTES = 32, SHA256_HEX_BYTES = 65 };

void hash_sha256(struct str data, unsigned char out[SHA256_BYTES]);
/* First `digits` (at most 64) hexadecimal digits of the SHA-256, NUL-terminated. */
char *hash_sha256_hex(struct str data, size_t digits, char out[SHA256_HEX_BYTES]);
/* XXH3 64 bit; 0 is never returned (0 means "no hash" in newsd's records), 1 stands for it. */
uint64_t hash_64(struct str data);
/* As hash_64, chained: hash of `data` after what `seed` stands for. */
uint64_t hash_64_seeded(uint64_t seed, struct str data);

#endif

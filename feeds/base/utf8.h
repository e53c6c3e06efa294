/* utf8: checking and walking UTF-8 (RFC 3629). Pure; any thread. */
#ifndef NEWSD_FEEDS_BASE_UTF8_H
#define NEWSD_FEEDS_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* True when the bytes are well-formed UTF-8: no overlong form, no surrogate, nothing over U+10FFFF. */
bool utf8_valid(struct str s);

/* Length of the longest well-formed prefix. */
size_t utf8_valid_prefix(struct str s);

/* Decodes the character at `at` (which must be < s.len) and advances; an ill-formed byte gives
 * U+FFFD and advances by the length of its maximal ill-formed part (Unicode 15, 3.9, U+FFFD
 * substitution of maximal subparts). Returns the number of bytes read, at least 1. */
size_t utf8_decode(struct str s, size_t at, uint32_t *ret_code_point);

/* Writes 1 to 4 bytes; surrogates and values over U+10FFFF are written as U+FFFD. Returns the count. */
size_t utf8_encode(uint32_t code_point, char out[4]);

/* Number of code points of well-formed UTF-8. */
size_t utf8_length(struct str s);

/* The string itself when valid, else a copy in the arena with U+FFFD for what is ill-formed;
 * STR_NONE when the arena is full. */
struct str utf8_repair(struct arena *arena, struct str s);

/* Longest prefix of at most max_bytes that does not cut a character. */
struct str utf8_cut(struct str s, size_t max_bytes);

#endif

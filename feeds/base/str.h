/* str: a string as pointer and length, never assumed to end in NUL.
 *
 * Everything that comes from outside (feeds, pages, headers) travels as struct str; its bytes
 * belong to somebody else (usually an arena). `ptr == NULL` means absent, `len == 0` with a
 * pointer means present and empty. */
#ifndef NEWSD_FEEDS_BASE_STR_H
#define NEWSD_FEEDS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
/* For printf: printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) ((int)(s).len), ((s).ptr ? (s).ptr : "")

static inline struct str str_from(const char *cstr)
{
    return (struct str){cstr, cstr ? strlen(cstr) : 0};
}

static inline struct str str_make(const char *ptr, size_t len)
{
    return (struct str){ptr, len};
}

static inline bool str_empty(struct str s)
{
    return s.len == 0;
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* ASCII case folded comparison; bytes over 127 compare as they are. */
bool str_equal_nocase(struct str a, struct str b);

bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Position of the first occurrence at or after `from`, or -1. */
ptrdiff_t str_find(struct str s, struct str needle, size_t from);
ptrdiff_t str_find_nocase(struct str s, struct str needle, size_t from);
ptrdiff_t str_find_byte(struct str s, char byte, size_t from);

/* The part [start, end), both clamped to the string. */
struct str str_slice(struct str s, size_t start, size_t end);

/* Without leading and trailing white space: ASCII space, tab, LF, CR, FF, VT, and the UTF-8
 * forms of U+00A0, U+FEFF, U+200B and U+3000, which real feeds use as padding. */
struct str str_trim(struct str s);

/* Without leading and trailing XML/HTTP white space only (space, tab, LF, CR). */
struct str str_trim_ascii(struct str s);

/* Cuts the next part up to `separator` off *rest and returns it; false when *rest is used up. */
bool str_split(struct str *rest, char separator, struct str *ret_part);

/* Whole string as a decimal integer with optional sign; false when it is anything else or overflows. */
bool str_to_int64(struct str s, int64_t *ret_value);
/* Whole string as a decimal number; locale never matters. */
bool str_to_double(struct str s, double *ret_value);

#endif

/* charset_utf8: is a text UTF-8 with some damage, or in another encoding; and the damaged text read piece by
 * piece. Pure; any thread. */
#ifndef NEWSD_FEEDS_BASE_CHARSET_UTF8_H
#define NEWSD_FEEDS_BASE_CHARSET_UTF8_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct utf8_census {
    size_t sequences; /* well-formed characters of two bytes and more */
    size_t faults;    /* bytes and beginnings of characters that are no UTF-8 */
    bool cut;         /* the text ends within a character; not counted as a fault */
};

struct utf8_census utf8_count(struct str bytes);

/* The text with well-formed characters as they are. A byte that stands alone becomes what it is in
 * windows-1252 (pasted quotes and dashes are the most common damage), the beginning of a character that
 * breaks off U+FFFD. STR_NONE when the arena is full. */
struct str utf8_read_damaged(struct arena *arena, struct str bytes);

/* What windows-1252 has at this byte, as the WHATWG Encoding Standard has it: holes are C1 controls. */
uint32_t windows_1252_character(unsigned char byte);

#endif

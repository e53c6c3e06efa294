/* repair_json: JSON that jansson refuses made JSON again, in one pass over the bytes, where what is meant is
 * plain: raw line breaks and control characters in strings, halves of characters and escapes that JSON does
 * not have, numbers out of range, commas too many or too few, comments, words that are no values, and junk
 * around it.
 *
 *     error = repair_json(arena, text, &result);      kinds are named by repair_name()
 *
 * A whole number of more than 18 digits becomes a string of those digits (an id keeps them); one that no
 * double holds becomes null. Text that ends early stays open. Linear; any thread. */
#ifndef NEWSD_FEEDS_PARSE_REPAIR_JSON_H
#define NEWSD_FEEDS_PARSE_REPAIR_JSON_H

#include "feeds/xml/repair.h"

/* Where the outermost object begins: the first '{' that a quoted name or '}' follows; -1 when there is none.
 */
ptrdiff_t repair_json_start(struct str text);

/* 0 or -ENOMEM. */
int repair_json(struct arena *arena, struct str text, struct repair_result *ret_result);

#endif

/* css_safe: the declarations of a style attribute that only change how text looks: an allow-list of
 * properties, and values that are words, numbers, colours and font names. No url(), no other functions, no
 * escapes, no positions: nothing that loads, runs or leaves its place. Pure; any thread. */
#ifndef NEWSD_FEEDS_HTML_CSS_SAFE_H
#define NEWSD_FEEDS_HTML_CSS_SAFE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/str.h"

/* Appends the safe declarations of `style` as "name: value; name: value;", possibly nothing. */
void css_safe(struct buffer *out, struct str style);

/* True when one value is safe for any property ("#f00", "1px solid", "rgb(1, 2, 3)"). */
bool css_value_is_safe(struct str value);

#endif

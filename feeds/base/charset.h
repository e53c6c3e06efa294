/* charset: which encoding a document is in, and its bytes as UTF-8.
 * Precedence of RFC 7303: byte order mark, charset parameter, XML declaration, UTF-8 if valid or if its
 * characters outweigh the faults (charset_utf8.h), else windows-1252; labels and their meanings follow the
 * WHATWG Encoding Standard (iso-8859-1 is read as windows-1252, gb2312 as gb18030 ...). Conversion by iconv.
 * Thread-safe. */
#ifndef NEWSD_FEEDS_BASE_CHARSET_H
#define NEWSD_FEEDS_BASE_CHARSET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

enum charset_origin { CHARSET_BOM, CHARSET_HTTP, CHARSET_DECLARATION, CHARSET_VALID_UTF8, CHARSET_GUESS };

struct charset_result {
    struct str text; /* valid UTF-8, without byte order mark; points into the input when nothing changed */
    struct str name; /* encoding finally used, lower case: "utf-8", "windows-1252", ... */
    enum charset_origin origin;
    bool overridden; /* the declared or stated encoding was wrong or unknown */
    bool replaced;   /* invalid bytes became windows-1252's characters or U+FFFD */
};

/* `content_type` is the HTTP header's value or absent. 0 or -ENOMEM. */
int charset_to_utf8(struct arena *arena, struct str bytes, struct str content_type,
                    struct charset_result *ret_result);

/* iconv's name for a label ("latin1" -> "WINDOWS-1252"), or NULL when the label is unknown. */
const char *charset_find(struct str label);

#endif

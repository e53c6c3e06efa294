/* text_construct: from the characters of an element to a text with its type: decoding of base64, guessing
 * whether a plain title is HTML, safe HTML with absolute links, C1 characters read as windows-1252. Works in
 * the arena; pure. */
#ifndef NEWSD_FEEDS_PARSE_TEXT_CONSTRUCT_H
#define NEWSD_FEEDS_PARSE_TEXT_CONSTRUCT_H

#include "feeds/parse/document.h"

struct text_source {
    struct str text;           /* as collected, not yet trimmed; copied when kept */
    bool markup;               /* inline elements are in it */
    struct str type, mode;     /* attributes as written; absent when not stated */
    struct str type_default;   /* of a text that states none: "text/plain", "text/html", ... */
    struct str language, base; /* in force */
    bool guess;                /* plain text that looks like HTML is HTML (RSS never says) */
    bool raw;                  /* leave HTML unsafe */
};

/* The text; value is absent when nothing is left after trimming or when the arena is full. */
struct feed_text text_construct(struct arena *arena, const struct text_source *source);

/* The media type that a type attribute of Atom means: "html" is text/html, and so on; in lower case. */
struct str text_media_type(struct arena *arena, struct str type);

/* Characters U+0080 to U+009F, which nobody means, become those of windows-1252; text that is UTF-8 read as
 * ISO 8859-1 is put right. Points into `text` when there is nothing to do; STR_NONE when the arena is full.
 */
struct str text_without_c1(struct arena *arena, struct str text);

/* Has end tags, line breaks or character references, and no element that HTML does not know. */
bool text_looks_like_html(struct str text);

#endif

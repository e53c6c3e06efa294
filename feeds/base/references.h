/* references: character references of HTML ("&amp;" "&#8217;" "&eacute;"). Pure; any thread. */
#ifndef NEWSD_FEEDS_BASE_REFERENCES_H
#define NEWSD_FEEDS_BASE_REFERENCES_H

#include "base/arena.h"
#include "base/str.h"

enum { REFERENCE_BYTES_MAX = 8 };

/* Decodes the reference at the start of `text` ('&'): numeric ones (C1 numbers read as windows-1252) and the
 * named ones of HTML 4, with or without ';'. Returns the number of bytes written to `out` and sets *ret_used
 * to those read; 0 when it is no reference that is known. */
size_t html_reference(struct str text, size_t *ret_used, char out[REFERENCE_BYTES_MAX]);

/* The text with references to the halves of a character ("&#55357;&#56832;", UTF-16 written out) joined to
 * that character, a half alone as U+FFFD; other references stay. Points into `text` when there are none;
 * STR_NONE when the arena is full. */
struct str references_join_halves(struct arena *arena, struct str text);

#endif

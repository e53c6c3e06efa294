/* html_safe: HTML from a feed made safe and self-contained, in one linear pass: an allow-list of elements and
 * attributes, no script, style, event handlers, unsafe URL schemes or CSS; relative URLs resolved.
 * Pure; any thread. */
#ifndef NEWSD_FEEDS_HTML_HTML_SAFE_H
#define NEWSD_FEEDS_HTML_HTML_SAFE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* The same HTML, safe, with href, src, cite and the like resolved against `base` (may be absent). Points into
 * `html` when nothing had to change. STR_NONE only when the arena is full. */
struct str html_safe(struct arena *arena, struct str html, struct str base);

/* Only resolves the relative URLs (what --raw needs). */
struct str html_resolve_urls(struct arena *arena, struct str html, struct str base);

/* Character references decoded ("&amp;" "&#8217;" "&eacute;"): all HTML named ones, C1 numbers mapped to
 * windows-1252, unknown ones left as they are. Points into `text` when there is none. */
struct str html_decode_references(struct arena *arena, struct str text);

#endif

/* repair: damaged XML made well formed again, in memory, in one pass: what readers of feeds meet every day.
 * Called when a first strict reading has failed, so a sound document never pays for it.
 *
 *     error = repair_xml(arena, text, &result, words);
 *     for (kind = 0; kind < REPAIR_COUNT; kind++) if (result.kinds & 1u << kind) ... repair_name(kind) ...
 *
 * The DOCTYPE is left out; references to small internal entities that it declares are replaced. Elements that
 * the end of the text leaves open stay open: the reader tells that the document is truncated. Pure; any
 * thread. */
#ifndef NEWSD_FEEDS_XML_REPAIR_H
#define NEWSD_FEEDS_XML_REPAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum repair_kind {
    REPAIR_LEADING_JUNK,
    REPAIR_TRAILING_JUNK,
    REPAIR_CONTROL_CHARACTERS,
    REPAIR_BARE_AMPERSAND,
    REPAIR_HTML_ENTITIES,
    REPAIR_UNKNOWN_ENTITIES,
    REPAIR_BARE_LESS_THAN,
    REPAIR_MISMATCHED_TAGS,
    REPAIR_ATTRIBUTES, /* without quotes, without value, twice, '<' inside, too many or too long */
    REPAIR_UNCLOSED_CDATA,
    REPAIR_CDATA_END, /* "]]>" in text */
    REPAIR_COMMENTS,
    REPAIR_DEEP_NESTING, /* tags too deep for any reader: left out, their text stays */
    REPAIR_LONG_TEXT,    /* one text longer than libxml2 takes: cut */
    REPAIR_SURROGATES,   /* halves of a character as references or escapes of their own */
    REPAIR_ESCAPES,      /* JSON: escapes that it does not have */
    REPAIR_NUMBERS,      /* JSON: out of range, or words that are no values */
    REPAIR_COMMAS,       /* JSON: too many or too few, and comments */
    REPAIR_COUNT
};

struct repair_result {
    struct str text;
    uint32_t kinds; /* bit per repair_kind */
};

/* 0, -ENOMEM, or ERR_LIMIT for entity declarations that no feed needs: nested, external, long or many. */
int repair_xml(struct arena *arena, struct str text, struct repair_result *ret_result, struct error *error);

/* Where the document begins: its XML declaration or, when markup that is no feed's stands first, the root (or
 * the DOCTYPE) of a feed or list within the first 64 KiB; else the first '<'. -1 when there is none. */
ptrdiff_t repair_find_start(struct str text);

/* "bare-ampersand" and so on, as the contract has them. */
struct str repair_name(enum repair_kind kind);

#endif

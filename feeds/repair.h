/* repair: mends XML text before the parser sees it, in one linear pass: control characters, bare ampersands
 * and HTML's named character references outside CDATA sections. Pure. */
#ifndef NEWSD_FEEDS_REPAIR_H
#define NEWSD_FEEDS_REPAIR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct repair_result {
    struct str text; /* points into the input when nothing had to be mended */
    bool control_characters, bare_ampersand, html_entity, leading_junk;
};

/* 0 or -ENOMEM. */
int repair_xml(struct arena *arena, struct str text, struct repair_result *ret_result);

#endif

/* extract_line: one line of `newsd extract --jsonl`. */
#ifndef NEWSD_DAEMON_COMMANDS_EXTRACT_LINE_H
#define NEWSD_DAEMON_COMMANDS_EXTRACT_LINE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct extract_line {
    struct str id, url, title, date; /* absent when the line has none */
    struct str text, html;           /* at least one is there */
};

/* Reads {"id","url","date","title","text"|"html"}; strings are copied into the arena. 0, -ENOMEM, or
 * ERR_RECORD. */
int extract_line_read(struct arena *arena, struct str line, struct extract_line *ret_line,
                      struct error *error);

#endif

/* lexicon_lines: reads the line-based lexicons of this room: '#' begins a comment, a word ends at a blank. */
#ifndef NEWSD_PROCESSORS_MEANING_LEXICON_LINES_H
#define NEWSD_PROCESSORS_MEANING_LEXICON_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct lexicon_lines {
    const char *name; /* of the lexicon, for messages */
    struct str rest;
    uint32_t line;
    struct error *error;
};

/* The next line that says something, without blanks around it; false at the end. */
bool lexicon_line(struct lexicon_lines *lines, struct str *ret_line);

/* Takes the first word off; false when nothing is left. */
bool lexicon_word(struct str *rest, struct str *ret_word);

/* ERR_MALFORMED with "NAME:LINE: what: 'where'". */
int lexicon_wrong(const struct lexicon_lines *lines, const char *what, struct str where);
/* -ENOMEM */
int lexicon_no_memory(const struct lexicon_lines *lines);

#endif

/* token: one token of a text, as the Universal Dependencies' English treebanks cut them: clitics, brackets,
 * currency signs and the parts of hyphenated words stand alone; abbreviations, numbers and addresses are
 * whole. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TOKEN_H
#define NEWSD_PROCESSORS_LANGUAGE_TOKEN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct token {
    uint32_t start, end; /* bytes of the text */
};

struct token_list {
    struct token *items;
    size_t count, capacity;
};

/* Appends the tokens of one sentence, the bytes [start, end) of the text. Linear time. Other scripts than
 * those that divide words by spaces give a token for each character. 0 or -ENOMEM. */
int tokens_find(struct arena *arena, struct str text, size_t start, size_t end, struct token_list *list);

#endif

/* token: one token of a text, as the Universal Dependencies' English treebanks cut them: clitics, brackets,
 * currency signs and the parts of hyphenated words stand alone; abbreviations, numbers and addresses are
 * whole. */
#ifndef NEWSD_PROCESSORS_TOKEN_H
#define NEWSD_PROCESSORS_TOKEN_H

#include <stddef.h>
#include <stdint.h>

struct token {
    uint32_t start, end; /* bytes of the text */
};

struct token_list {
    struct token *items;
    size_t count, capacity;
};

#endif

/* tokens: cuts a sentence into tokens (token.h). */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TOKENS_H
#define NEWSD_PROCESSORS_LANGUAGE_TOKENS_H

#include "base/arena.h"
#include "base/str.h"
#include "processors/token.h"

/* Appends the tokens of one sentence, the bytes [start, end) of the text. Linear time. Other scripts than
 * those that divide words by spaces give a token for each character. 0 or -ENOMEM. */
int tokens_find(struct arena *arena, struct str text, size_t start, size_t end, struct token_list *list);

#endif

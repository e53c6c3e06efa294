/* time_pieces: a sentence cut into what dates are made of: words, numbers, single marks; in scripts without
 * spaces each character is one. Any thread.
 *
 *     struct time_pieces pieces = {.arena = arena};
 *     if (!time_pieces_cut(&pieces, sentence, start)) ...
 *
 * Beside the pieces stands the sentence in one spelling: in lower case, with plain blanks, dashes and
 * apostrophes, and without marks that are not seen. */
#ifndef NEWSD_PROCESSORS_MEANING_TIME_PIECES_H
#define NEWSD_PROCESSORS_MEANING_TIME_PIECES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "processors/span.h"

struct tongue_word;

struct time_piece {
    uint32_t begin, end;            /* bytes of the one spelling */
    struct span span;               /* of the article's text */
    int32_t value;                  /* of up to nine digits; -1 = not a number, or a longer one */
    uint32_t digits;                /* how many */
    bool letters;                   /* it is a word, or a character of a script without spaces */
    bool spaced;                    /* a blank stands before it */
    bool capital;                   /* begins with an upper-case letter */
    const struct tongue_word *word; /* the longest that begins here (time_tongues.h), NULL = none */
    uint32_t word_end;              /* the piece behind it */
};

struct time_pieces {
    struct arena *arena;
    struct time_piece *items;
    uint32_t count, capacity;
    struct str spelling; /* of all; lives in the arena as the pieces do */
    char *buffer;
};

/* Cuts the sentence, which begins at that code point of the article; what was cut before is lost. 0 or
 * -ENOMEM. */
int time_pieces_cut(struct time_pieces *pieces, struct str sentence, uint32_t start);

#endif

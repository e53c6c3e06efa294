/* conllu: articles as CoNLL-U (universaldependencies.org/format.html), and articles made of it. For `newsd
 * language`. */
#ifndef NEWSD_DAEMON_COMMANDS_CONLLU_H
#define NEWSD_DAEMON_COMMANDS_CONLLU_H

#include "processors/article.h"

/* Prints the article's sentences: tokens, tags and trees as far as there are, names as Entity=B-PER,
 * Entity=I-PER, and SpaceAfter=No. */
int conllu_print(const struct article *article);

/* A part of a CoNLL-U text whose words are an article's tokens: its sentences up to the next "# newdoc". */
struct conllu_story {
    struct arena *arena;
    struct str *lines; /* of the part, without their ends; words and what stands between them */
    bool *is_word;     /* and no range ("4-5"), no empty node ("8.1") */
    size_t count, capacity, words_capacity;
};

/* Takes the next story off the text, and makes it the article's text, sentences and tokens; false when
 * nothing is left. Words are joined by blanks. *ret_error: 0, -ENOMEM, ERR_MALFORMED with the line's number
 * in *ret_line. */
bool conllu_next(struct conllu_story *story, struct str *rest, size_t *line_number, struct article *article,
                 int *ret_error);

/* Prints the story's lines with the article's tags in columns 4 and 5, its trees in 7 and 8 and its names in
 * column 10. 0 or -ENOMEM. */
int conllu_print_story(const struct conllu_story *story, const struct article *article);

#endif

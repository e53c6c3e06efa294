/* statement_finder: what the files that find statements share. Not for others. */
#ifndef NEWSD_PROCESSORS_MEANING_STATEMENT_FINDER_H
#define NEWSD_PROCESSORS_MEANING_STATEMENT_FINDER_H

#include "processors/language/tree.h"
#include "processors/meaning/quotes.h"

struct statement_finder {
    struct article *article;
    struct quote_list quotes;
    uint32_t *token_quotes; /* of each token: 1 + the quotation it is in, 0 = none */
    bool *used;             /* of each quotation */
    uint32_t *blocks;       /* of each sentence: the block that it is of */
    uint32_t sentence;
    const struct tree *tree;
    uint32_t next_quote; /* the first that ends behind the sentence's begin */
    uint32_t asides;     /* looked at in the sentence */
};

/* A piece of the article, in tokens. */
struct token_piece {
    uint32_t first, end;
};

struct statement_rule {
    const char *name;
    float confidence;
};

/* statement_cues.c: what the verbs of speech of the sentence at work claim. 0 or -ENOMEM. */
int statement_cues_find(struct statement_finder *finder);

/* statement_asides.c: what is so "according to" somebody, where the word at `at` begins that; what the clause
 * says in whose middle the cue stands. 0, also when there is none, or -ENOMEM. */
int statement_according(struct statement_finder *finder, uint32_t at);
int statement_aside(struct statement_finder *finder, uint32_t cue);

/* statement_complements.c: what a cue has beside clauses: "promised to leave", "accused them of lying", the
 * quoted words of "called it 'absurd'", the thing of "demanded a vote". 0 or -ENOMEM. */
int statement_complement(struct statement_finder *finder, uint32_t cue, unsigned frames);
int statement_label(struct statement_finder *finder, uint32_t cue);
int statement_thing(struct statement_finder *finder, uint32_t cue, unsigned frames);

/* The rest is in statement_content.c. The quotation that the article's token is in; NULL = none. */
const struct quote *statement_quote_at(const struct statement_finder *finder, uint32_t token);
/* The first quotation behind the cue in its sentence; NULL = none. */
const struct quote *statement_quote_behind(const struct statement_finder *finder, uint32_t cue);
/* What is said, with the quotations in it, direct when it is nearly all quoted; nothing when the sentence has
 * these words already, or nobody says them. 0 or -ENOMEM. */
int statement_take(struct statement_finder *finder, struct token_piece content, uint32_t cue,
                   uint32_t speaker, const struct statement_rule *rule);
/* The first word of the cue's clause: the cue or its subject's first. */
uint32_t statement_clause_start(const struct statement_finder *finder, uint32_t cue);
/* Is it a verb whose object is whom it is said to? */
bool statement_is_telling(const struct statement_finder *finder, uint32_t cue);
/* A statement with this content; NULL without memory. */
struct statement *statement_add(struct statement_finder *finder, struct token_piece content,
                                const struct statement_rule *rule);
/* Says who speaks: the phrase below the head; TREE_NONE makes the statement less sure. */
void statement_name_speaker(struct statement_finder *finder, struct statement *statement, uint32_t head);
/* Without the marks at both ends that belong to no quotation inside. */
struct token_piece statement_trimmed(const struct statement_finder *finder, struct token_piece piece);
/* Tokens that are no marks. */
uint32_t statement_words(const struct article *article, uint32_t first, uint32_t end);

#endif

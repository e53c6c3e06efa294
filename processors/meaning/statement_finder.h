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

/* parser: which word depends on which, and how: a tree of Universal Dependencies' basic relations, without
 * subtypes ("nsubj", "obl"). English.
 *
 * Greedy arc-hybrid moves (parse_state.h), chosen by one linear model, named by a second one: linear time. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSER_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSER_H

#include "base/arena.h"
#include "processors/language/tagger.h"
#include "processors/language/token.h"
#include "processors/language/word_tables.h"
#include "processors/model/model.h"

/* A longer "sentence" is a table or a list that was run together: it gets a flat tree, the first word above
 * all the others, without a look at the words. */
enum { PARSER_TOKENS_MAX = 4000 };

struct parser;

/* From a model of kind "parser", the tables and the tagger it was trained with, which must stay. 0, -ENOMEM,
 * ERR_MALFORMED. Read-only afterwards: shared by all workers. */
int parser_create(struct parser **ret_parser, const struct model *model, const struct word_tables *tables,
                  const struct tagger *tagger, struct error *error);
void parser_destroy(struct parser **parser);

/* Parses one sentence. `tags` are the tagger's labels. For each token: its head, 0 = it is the root's,
 * otherwise the head's place counted from 1; and the relation to it. Always a tree, with exactly one word
 * below the root. A flat tree's heads are 0 and 1 only, whatever the count. 0 or -ENOMEM (scratch in the
 * arena). */
int parser_parse(const struct parser *parser, struct arena *arena, struct str text,
                 const struct token *tokens, const uint8_t *tags, size_t count, uint16_t *ret_heads,
                 uint8_t *ret_relations);

/* "nsubj" of a relation's number. */
struct str parser_relation(const struct parser *parser, uint8_t relation);

#endif

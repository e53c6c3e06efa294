/* parser: which word depends on which, and how: a tree of Universal Dependencies' basic relations, without
 * subtypes ("nsubj", "obl"). English.
 *
 * Arc-hybrid moves (parse_state.h), chosen by one linear model, named by a second one: linear time. The
 * sentence is read twice: first from its end, greedily, then from its beginning with the first tree as a
 * guess (stacking, after Nivre and McDonald 2008), where a few ways may be kept side by side (parse_beam.h).
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSER_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSER_H

#include "base/arena.h"
#include "processors/article.h"
#include "processors/language/word_forms.h"
#include "processors/model/model.h"

/* A longer "sentence" is a table or a list that was run together: it gets a flat tree, the first word above
 * all the others, without a look at the words. */
enum { PARSER_TOKENS_MAX = 4000 };
/* What newsd takes where nobody says otherwise. */
enum { PARSER_BEAM = 2 };

struct parser;

enum { PARSER_VERSION = 2 }; /* raised whenever the features change, and with those of words and tags */

/* From a model of kind "parser", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. Read-only
 * afterwards: shared by all workers. */
int parser_create(struct parser **ret_parser, struct model *model, struct error *error);
void parser_destroy(struct parser **parser);

/* Parses one sentence, whose words were filled with the tables that the model was trained with. For each: its
 * head, 0 = it is the root's, otherwise the head's place counted from 1; and the relation to it. Always a
 * tree, with exactly one word below the root. A flat tree's heads are 0 and 1 only, whatever the count. 0 or
 * -ENOMEM (scratch in the arena). `beam`: how many ways the second reading keeps, 1 to PARSE_BEAM_MAX. */
int parser_parse(const struct parser *parser, struct arena *arena, const struct word_form *forms,
                 const struct token_tag *tags, size_t count, size_t beam, uint16_t *ret_heads,
                 uint8_t *ret_relations);

/* "nsubj" of a relation's number. */
struct str parser_relation(const struct parser *parser, uint8_t relation);

#endif

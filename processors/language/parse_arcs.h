/* parse_arcs: the arcs that a parser has given a sentence, as the repairs look at them and change them. Pure;
 * any thread. Heads count from 1, places from 0. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_ARCS_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_ARCS_H

#include "processors/article.h"
#include "processors/language/word_forms.h"

struct parse_repair {
    const struct str *names; /* of the relations */
    size_t name_count;
    const struct word_form *forms;
    const struct token_tag *tags;
    size_t count;
    uint16_t *heads; /* from 1; 0 = the root */
    uint8_t *relations;
};

/* The relation's name; absent for a number that is none. */
struct str arc_relation(const struct parse_repair *repair, size_t at);
/* Hangs the word on another, unless that hangs below it; a relation that the parser does not have leaves the
 * old one. */
void arc_set(const struct parse_repair *repair, size_t at, size_t head, struct str relation);

bool arc_is_verb(const struct token_tag *tag);
bool arc_is_noun(const struct token_tag *tag); /* or a name */
bool arc_is_comma(const struct parse_repair *repair, size_t at);
/* "said", "told": a verb of speech in a form that newswire uses. */
bool arc_reports(const struct word_form *form);
/* "demanded", "urged": what stands in its clause is asked for. */
bool arc_demands(const struct word_form *form);
/* Says when or how long, and is no object without a preposition. */
bool arc_is_time(const struct parse_repair *repair, size_t at);

/* Is the word, or what it hangs on, below `top`? */
bool arc_hangs_below(const uint16_t *heads, size_t word, size_t top);
/* Is there a word below it by the relation, or by a subtype of it? */
bool arc_has_child(const struct parse_repair *repair, size_t above, struct str relation);
/* A preposition; "'s" is none. */
bool arc_has_case(const struct parse_repair *repair, size_t noun);

#endif

/* parse_repairs: what a greedy parser gets wrong in newswire time and again, set right by rule. Pure; any
 * thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_REPAIRS_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_REPAIRS_H

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

/* Changes heads and relations; the tree stays a tree. */
void parse_repair(const struct parse_repair *repair);

#endif

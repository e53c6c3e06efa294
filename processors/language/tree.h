/* tree: a sentence's tree of dependencies to walk in: children, lemmas, what a word is to another. Made once
 * for each sentence by the stage "trees"; read-only afterwards.
 *
 *     const struct tree *tree = &article->trees[sentence];
 *     for (uint32_t c = tree->nodes[at].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) ...
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TREE_H
#define NEWSD_PROCESSORS_LANGUAGE_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "processors/article.h"

enum { TREE_NONE = UINT32_MAX };

/* Universal Dependencies' basic relations, in the order of their names. */
enum relation {
    REL_ACL,
    REL_ADVCL,
    REL_ADVMOD,
    REL_AMOD,
    REL_APPOS,
    REL_AUX,
    REL_CASE,
    REL_CC,
    REL_CCOMP,
    REL_COMPOUND,
    REL_CONJ,
    REL_COP,
    REL_CSUBJ,
    REL_DEP,
    REL_DET,
    REL_DISCOURSE,
    REL_DISLOCATED,
    REL_EXPL,
    REL_FIXED,
    REL_FLAT,
    REL_GOESWITH,
    REL_IOBJ,
    REL_LIST,
    REL_MARK,
    REL_NMOD,
    REL_NSUBJ,
    REL_NUMMOD,
    REL_OBJ,
    REL_OBL,
    REL_ORPHAN,
    REL_PARATAXIS,
    REL_PUNCT,
    REL_REPARANDUM,
    REL_ROOT,
    REL_VOCATIVE,
    REL_XCOMP,
    REL_OTHER
};

/* Universal parts of speech, in the order of their names. */
enum upos {
    UPOS_ADJ,
    UPOS_ADP,
    UPOS_ADV,
    UPOS_AUX,
    UPOS_CCONJ,
    UPOS_DET,
    UPOS_INTJ,
    UPOS_NOUN,
    UPOS_NUM,
    UPOS_PART,
    UPOS_PRON,
    UPOS_PROPN,
    UPOS_PUNCT,
    UPOS_SCONJ,
    UPOS_SYM,
    UPOS_VERB,
    UPOS_X
};

struct tree_node {
    uint32_t head;                    /* TREE_NONE = the root's */
    uint32_t first_child, next_child; /* in the order of the text */
    uint8_t relation, upos;
    struct str word, lower, lemma; /* as printed, in lower case, lemma.h */
    struct str xpos;
};

struct tree {
    struct tree_node *nodes;
    uint32_t count;
    uint32_t root;  /* TREE_NONE in an empty sentence */
    uint32_t first; /* its first node's place among the article's tokens */
};

/* From the article's tokens, tags and arcs. Everything in the article's arena. 0 or -ENOMEM. */
int tree_make(struct tree *ret_tree, const struct article *article, uint32_t sentence);

/* The first child with this relation, or TREE_NONE. */
uint32_t tree_child(const struct tree *tree, uint32_t at, enum relation relation);
/* The verb's object; without one whom it is said to, which treebanks call so too in "urged him to go" (iobj).
 * Or TREE_NONE. */
uint32_t tree_object(const struct tree *tree, uint32_t at);

/* The word of [first, end) that hangs on none of the others; a span has one at least. */
uint32_t tree_head_of(const struct tree *tree, uint32_t first, uint32_t end);

/* The first and the last word of what hangs together below the node: [*ret_first, *ret_end). */
void tree_reach(const struct tree *tree, uint32_t at, uint32_t *ret_first, uint32_t *ret_end);

static inline bool tree_is(const struct tree *tree, uint32_t at, const char *lemma)
{
    return str_equal(tree->nodes[at].lemma, str_from(lemma));
}

/* The words [first, end) of the tree as a piece of the text. */
struct span tree_span(const struct article *article, const struct tree *tree, uint32_t first, uint32_t end);

#endif

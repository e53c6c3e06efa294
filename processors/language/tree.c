/* tree: see the header. */
#include "processors/language/tree.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/word_list.h"
#include "processors/language/lemma.h"
#include "processors/language/words.h"

static const char *const relations[REL_OTHER] = {
    "acl",      "advcl", "advmod",   "amod",      "appos", "aux",        "case",      "cc",         "ccomp",
    "compound", "conj",  "cop",      "csubj",     "dep",   "det",        "discourse", "dislocated", "expl",
    "fixed",    "flat",  "goeswith", "iobj",      "list",  "mark",       "nmod",      "nsubj",      "nummod",
    "obj",      "obl",   "orphan",   "parataxis", "punct", "reparandum", "root",      "vocative",   "xcomp"};

static const char *const parts[UPOS_X] = {"ADJ", "ADP",  "ADV",  "AUX",   "CCONJ", "DET",   "INTJ", "NOUN",
                                          "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",  "VERB"};

/* The word's place in an ordered list, or `missing`. */
static uint8_t place(struct str word, const char *const *list, uint8_t missing)
{
    return (uint8_t)word_list_find(list, missing, word);
}

static int fill(struct tree_node *node, const struct article *article, uint32_t token)
{
    const struct token *bytes = &article->tokens.items[token];
    char lower[LEMMA_BYTES_MAX * 2], lemma[LEMMA_BYTES_MAX];
    node->word = str_slice(article->text, bytes->start, bytes->end);
    node->xpos = article->tags[token].xpos;
    node->upos = place(article->tags[token].upos, parts, UPOS_X);
    node->relation = place(article->arcs[token].relation, relations, REL_OTHER);
    node->first_child = node->next_child = TREE_NONE;
    struct str folded = words_fold(node->word, lower, sizeof(lower));
    node->lower = str_equal(folded, node->word) ? node->word : arena_str(article->arena, folded);
    struct str base = lemma_find(node->lower, node->xpos, lemma);
    node->lemma = base.ptr == lemma ? arena_str(article->arena, base) : base;
    return node->lower.ptr && node->lemma.ptr ? 0 : -ENOMEM;
}

/* Children are put before those that follow them: from the last to the first. */
static void link_children(struct tree *tree, const struct token_arc *arcs)
{
    for (uint32_t i = tree->count; i-- > 0;) {
        struct tree_node *node = &tree->nodes[i];
        node->head = arcs[i].head ? arcs[i].head - 1 : TREE_NONE;
        assert(node->head == TREE_NONE || node->head < tree->count);
        if (node->head == TREE_NONE) {
            tree->root = i;
        } else {
            node->next_child = tree->nodes[node->head].first_child;
            tree->nodes[node->head].first_child = i;
        }
    }
}

int tree_make(struct tree *ret_tree, const struct article *article, uint32_t sentence)
{
    assert(article->arcs && article->tags);
    uint32_t first = article->sentence_tokens[sentence];
    uint32_t count = article->sentence_tokens[sentence + 1] - first;
    *ret_tree = (struct tree){
        .nodes = arena_new_array(article->arena, struct tree_node, count + 1),
        .count = count,
        .root = TREE_NONE,
        .first = first,
    };
    int error = ret_tree->nodes ? 0 : -ENOMEM;
    for (uint32_t i = 0; i < count && !error; i++)
        error = fill(&ret_tree->nodes[i], article, first + i);
    if (!error)
        link_children(ret_tree, article->arcs + first);
    return error;
}

uint32_t tree_child(const struct tree *tree, uint32_t at, enum relation relation)
{
    uint32_t child = tree->nodes[at].first_child;
    while (child != TREE_NONE && tree->nodes[child].relation != relation)
        child = tree->nodes[child].next_child;
    return child;
}

uint32_t tree_object(const struct tree *tree, uint32_t at)
{
    uint32_t object = tree_child(tree, at, REL_OBJ);
    return object == TREE_NONE ? tree_child(tree, at, REL_IOBJ) : object;
}

void tree_reach(const struct tree *tree, uint32_t at, uint32_t *ret_first, uint32_t *ret_end)
{
    *ret_first = at;
    *ret_end = at + 1;
    /* The leftmost is found by first children alone; the rightmost by last ones. A crossing arc could hide
     * one: the greedy parser makes none. */
    for (uint32_t left = at; (left = tree->nodes[left].first_child) < *ret_first;)
        *ret_first = left;
    for (uint32_t last = at; last != TREE_NONE;) {
        uint32_t child = tree->nodes[last].first_child, next = TREE_NONE;
        for (; child != TREE_NONE; child = tree->nodes[child].next_child)
            next = child;
        last = next != TREE_NONE && next > last ? next : TREE_NONE;
        if (last != TREE_NONE)
            *ret_end = last + 1;
    }
}

uint32_t tree_head_of(const struct tree *tree, uint32_t first, uint32_t end)
{
    assert(first < end && end <= tree->count);
    for (uint32_t at = first; at < end; at++)
        if (tree->nodes[at].head == TREE_NONE || tree->nodes[at].head < first || tree->nodes[at].head >= end)
            return at;
    return first;
}

struct span tree_span(const struct article *article, const struct tree *tree, uint32_t first, uint32_t end)
{
    assert(first < end && end <= tree->count);
    return (struct span){article->token_spans[tree->first + first].start,
                         article->token_spans[tree->first + end - 1].end};
}

/* statement_asides: see statement_finder.h. Who says so stands beside the sentence or in its middle. */
#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"
#include "processors/meaning/statement_finder.h"

static const struct statement_rule rule_according = {"statements-1:according", 0.9F},
                                   rule_aside = {"statements-1:aside", 0.85F};

/* A sentence with more asides is none; each reads its clause, which would take square time. */
enum { CLIMB_MOST = 6, ASIDE_WORDS_MAX = 24, ASIDES_MAX = 32 };

static const struct tree_node *node(const struct statement_finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

static struct token_piece piece_of(const struct statement_finder *finder, uint32_t first, uint32_t end)
{
    struct token_piece piece = {finder->tree->first + first,
                                finder->tree->first + (end > first ? end : first)};
    return statement_trimmed(finder, piece);
}

/* Without what stands on the other side of a semicolon than the word. */
static void cut_at_semicolons(const struct statement_finder *finder, uint32_t at, uint32_t *first,
                              uint32_t *end)
{
    for (uint32_t i = *first; i < at; i++)
        if (tree_is(finder->tree, i, ";"))
            *first = i + 1;
    for (uint32_t i = at; i < *end; i++)
        if (tree_is(finder->tree, i, ";"))
            *end = i;
}

/* ---- "according to" ---- */

/* Hangs on a noun behind it, with no comma between: "the", "Qatar" in "Qatar's foreign ministry". */
static bool is_of_noun_behind(const struct statement_finder *finder, uint32_t at)
{
    uint32_t head = node(finder, at)->head;
    if (head == TREE_NONE || head <= at)
        return false;
    for (uint32_t between = at + 1; between < head; between++)
        if (tree_is(finder->tree, between, ","))
            return false;
    enum upos upos = node(finder, head)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_NUM;
}

/* The verb of the clause that the phrase hangs in, or what is in its place ("the weather was calm"). */
static uint32_t clause_above(const struct statement_finder *finder, uint32_t head)
{
    for (int step = 0; step < CLIMB_MOST && node(finder, head)->head != TREE_NONE; step++) {
        head = node(finder, head)->head;
        if (node(finder, head)->upos == UPOS_VERB || tree_child(finder->tree, head, REL_NSUBJ) != TREE_NONE)
            return head;
    }
    return TREE_NONE;
}

/* What is so according to somebody: the clause that the phrase hangs in, before the phrase or, where its verb
 * is yet to come, behind it; without such a clause the longer side of the sentence. */
static struct token_piece according_content(const struct statement_finder *finder, uint32_t at, uint32_t head,
                                            uint32_t end)
{
    uint32_t verb = clause_above(finder, head), from = 0, to = finder->tree->count;
    if (verb != TREE_NONE && (verb < at || verb >= end)) {
        tree_reach(finder->tree, verb, &from, &to);
        cut_at_semicolons(finder, at, &from, &to);
        struct token_piece told = verb < at ? piece_of(finder, from, at) : piece_of(finder, end, to);
        if (statement_words(finder->article, told.first, told.end) > 2)
            return told;
        from = 0;
        to = finder->tree->count;
    }
    struct token_piece before = piece_of(finder, from, at), behind = piece_of(finder, end, to);
    bool take_before = before.end - before.first >= behind.end - behind.first && before.first < before.end;
    return take_before ? before : behind;
}

int statement_according(struct statement_finder *finder, uint32_t at)
{
    uint32_t head = at + 2, end, first;
    if (!str_equal(node(finder, at)->lower, STR("according")) || head >= finder->tree->count ||
        !tree_is(finder->tree, at + 1, "to") || finder->token_quotes[finder->tree->first + at])
        return 0;
    if (node(finder, head)->upos == UPOS_PUNCT)
        return 0;
    while (is_of_noun_behind(finder, head))
        head = node(finder, head)->head;
    if (node(finder, head)->upos == UPOS_DET || node(finder, head)->upos == UPOS_ADP ||
        finder->asides++ >= ASIDES_MAX)
        return 0; /* the tree has lost its noun */
    tree_reach(finder->tree, head, &first, &end);
    struct token_piece content = according_content(finder, at, head, end);
    return content.first < content.end ? statement_take(finder, content, at, head, &rule_according) : 0;
}

/* ---- "Her visa, sources said, was extended" ---- */

/* The end of the cue's clause, at the comma behind it; 0 when there is none. */
static uint32_t aside_end(const struct statement_finder *finder, uint32_t cue)
{
    for (uint32_t at = cue + 1; at < finder->tree->count && at <= cue + ASIDE_WORDS_MAX; at++) {
        if (tree_is(finder->tree, at, ","))
            return at;
        if (node(finder, at)->upos == UPOS_PUNCT || finder->token_quotes[finder->tree->first + at])
            return 0;
    }
    return 0;
}

static bool has_quote(const struct statement_finder *finder, struct token_piece piece)
{
    for (uint32_t token = piece.first; token < piece.end; token++)
        if (finder->token_quotes[token])
            return true;
    return false;
}

int statement_aside(struct statement_finder *finder, uint32_t cue)
{
    const struct tree *tree = finder->tree;
    uint32_t main = node(finder, cue)->head, start = statement_clause_start(finder, cue), end, from, to;
    enum relation relation = node(finder, cue)->relation;
    if (main == TREE_NONE || start == 0 || !tree_is(tree, start - 1, ",") ||
        (relation != REL_PARATAXIS && relation != REL_ADVCL && relation != REL_CCOMP) ||
        tree_child(tree, cue, REL_CCOMP) != TREE_NONE || tree_child(tree, cue, REL_MARK) != TREE_NONE ||
        tree_child(tree, cue, REL_NSUBJ) == TREE_NONE)
        return 0;
    end = aside_end(finder, cue);
    if (!end || end + 1 >= tree->count || node(finder, end + 1)->upos == UPOS_CCONJ ||
        finder->asides++ >= ASIDES_MAX)
        return 0;
    tree_reach(tree, main, &from, &to);
    cut_at_semicolons(finder, cue, &from, &to);
    struct token_piece content = piece_of(finder, from, to), cued = piece_of(finder, start, end);
    if (from >= start || to <= end + 1 || (main >= start && main < end) || has_quote(finder, content) ||
        statement_words(finder->article, content.first, content.end) <
            statement_words(finder->article, cued.first, cued.end) + 3)
        return 0;
    uint32_t speaker = speaker_head(tree, cue, false);
    return speaker == TREE_NONE ? 0 : statement_take(finder, content, cue, speaker, &rule_aside);
}

/* governments: see the header. A capital is taken for a place unless its grammar says that it acts: better a
 * mention too few than one too many. */
#include "processors/places/governments.h"

#include <errno.h>

#include "base/word_list.h"
#include "processors/language/entities.h"
#include "processors/language/tree.h"
#include "processors/places/countries.h"

enum { CONJUNCTS_MAX = 8 };

static const struct tree_node *node(const struct tree *tree, uint32_t at)
{
    return &tree->nodes[at];
}

/* ---- What acts ---- */

/* What is done to governments and not to towns, and what is said to them. */
static bool is_done_to_governments(struct str lemma)
{
    static const char *const verbs[] = {
        "accuse",    "anger",     "ask",      "assure",   "blame",  "charge", "commend",  "condemn",
        "criticise", "criticize", "denounce", "exhort",   "inform", "lead",   "persuade", "praise",
        "press",     "pressure",  "prompt",   "provoke",  "rebuke", "remind", "reproach", "summon",
        "support",   "tell",      "thank",    "threaten", "urge",   "warn"};
    return WORD_LISTED(verbs, lemma);
}

/* "appealed to Vilnius". */
static bool is_said_to(struct str lemma)
{
    static const char *const verbs[] = {"appeal", "complain", "deny", "speak"};
    return WORD_LISTED(verbs, lemma);
}

/* Whose they are, who takes part in them, whom they are aimed at: governments. */
static bool is_of_governments(struct str lemma)
{
    static const char *const nouns[] = {
        "absence",       "accord",      "accusation",   "agreement",   "ally",        "apology",  "claim",
        "complaint",     "concern",     "condemnation", "consent",     "contact",     "deal",     "decision",
        "delegation",    "demand",      "denial",       "dialogue",    "displeasure", "dispute",  "exercise",
        "explanation",   "involvement", "message",      "negotiation", "negotiator",  "offer",    "pact",
        "participation", "position",    "pressure",     "promise",     "proposal",    "protest",  "reaction",
        "refusal",       "rejection",   "relation",     "request",     "response",    "sanction", "stance",
        "talk",          "threat",      "tie",          "treaty",      "unhappiness", "warning"};
    return WORD_LISTED(nouns, lemma);
}

/* "Beijing's envoy"; "the envoy to Beijing" is in a town. */
static bool is_servant(struct str lemma)
{
    static const char *const nouns[] = {"adviser", "ambassador", "diplomat", "envoy"};
    return WORD_LISTED(nouns, lemma);
}

static bool is_owner_mark(struct str word)
{
    return str_equal(word, STR("'s")) || str_equal(word, STR("’s")) || str_equal(word, STR("'")) ||
           str_equal(word, STR("’"));
}

/* Of a capital with the mark of an owner, or behind a preposition, that hangs on the word `head`. */
static bool acts_beside(const struct tree *tree, struct str mark, enum relation relation, uint32_t head)
{
    static const char *const sides[] = {"between", "with"};
    struct str lemma = node(tree, head)->lemma;
    bool noun = node(tree, head)->upos == UPOS_NOUN;
    if (relation != REL_NMOD && relation != REL_OBL)
        return false;
    if (str_equal(mark, STR("by")))
        return noun || str_equal(node(tree, head)->xpos, STR("VBN"));
    if (relation == REL_OBL)
        return str_equal(mark, STR("to")) && is_said_to(lemma);
    if (is_owner_mark(mark))
        return is_of_governments(lemma) || is_servant(lemma);
    return WORD_LISTED(sides, mark) && is_of_governments(lemma);
}

/* ---- A mention ---- */

/* "Paris and Baku": what the first is, the second is. */
static uint32_t first_of(const struct tree *tree, uint32_t at)
{
    for (int i = 0;
         i < CONJUNCTS_MAX && node(tree, at)->relation == REL_CONJ && node(tree, at)->head != TREE_NONE; i++)
        at = node(tree, at)->head;
    return at;
}

static bool acts(const struct article *article, const struct article_name *name)
{
    const struct tree *tree = &article->trees[name->sentence];
    uint32_t at = tree_head_of(tree, name->first - tree->first, name->end - tree->first),
             first = first_of(tree, at), mark = tree_child(tree, at, REL_CASE);
    uint32_t head = node(tree, first)->head;
    enum relation relation = node(tree, first)->relation;
    mark = mark == TREE_NONE ? tree_child(tree, first, REL_CASE) : mark;
    if (head == TREE_NONE)
        return false;
    if (mark != TREE_NONE)
        return acts_beside(tree, node(tree, mark)->lower, relation, head);
    if (relation == REL_NSUBJ) /* a capital that is named again may be spoken of as a town that does things */
        return article->entities.items[name->entity].name_count == 1;
    return (relation == REL_OBJ || relation == REL_IOBJ) && is_done_to_governments(node(tree, head)->lemma);
}

/* ---- The article ---- */

/* 1 + the entity that stands for each country, 0 = none: the state that is named most. */
static void find_states(const struct article *article, uint32_t states[COUNTRY_CODES])
{
    for (uint32_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        uint32_t *state = &states[country_number(entity->country)];
        if (entity->state && (!*state || entity->name_count > article->entities.items[*state - 1].name_count))
            *state = i + 1;
    }
}

int governments_join(struct article *article)
{
    uint32_t states[COUNTRY_CODES] = {0};
    uint32_t *entity_of = arena_new_array(article->arena, uint32_t, article->names.count + 1);
    bool any = false;
    if (!entity_of)
        return -ENOMEM;
    if (!article->trees)
        return 0;
    find_states(article, states);
    for (uint32_t i = 0; i < article->names.count; i++) {
        struct article_name *name = &article->names.items[i];
        const struct article_entity *entity = &article->entities.items[name->entity];
        uint32_t state = entity->capital ? states[country_number(entity->country)] : 0;
        name->acts = state && acts(article, name);
        entity_of[i] = name->acts ? state - 1 : name->entity;
        any |= name->acts;
    }
    int error = any ? entities_regroup(article, entity_of) : 0;
    for (uint32_t i = 0; error && i < article->names.count; i++)
        article->names.items[i].acts = false;
    return error;
}

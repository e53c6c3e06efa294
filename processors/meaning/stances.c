/* stances: see the header. One step for each word above, until a clause ends. */
#include "processors/meaning/stances.h"

#include <string.h>

#include "base/word_list.h"
#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"

enum { JOINED_MAX = 4 };

static const struct tree_node *node(const struct tree *tree, uint32_t at)
{
    return &tree->nodes[at];
}

static bool has_child(const struct tree *tree, uint32_t at, enum relation relation, const char *const *lowers)
{
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        for (const char *const *lower = lowers; node(tree, c)->relation == relation && *lower; lower++)
            if (str_equal(node(tree, c)->lower, str_from(*lower)))
                return true;
    return false;
}

/* Conflict that is material, and threats: "will attack" is no promise. */
static bool is_hostile(const struct act *act)
{
    return act_quad_class(act_code(act, STANCE_DONE)) == 4 && !act_announced(act);
}

static void intend(struct stand *stand, enum event_modality modality)
{
    bool hostile = is_hostile(stand->act);
    if (stand->stance == STANCE_DONE) /* "promised to demand" stays a demand */
        stand->stance = hostile ? STANCE_THREAT : STANCE_INTENT;
    stand->modality = hostile ? MODALITY_THREATENED : modality;
}

/* Auxiliaries and negation of the word at which the act stands. */
static void read_auxiliaries(struct stand *stand, const struct tree *tree, uint32_t at)
{
    static const char *const future[] = {"will", "shall", "'ll", "wo", NULL};
    static const char *const supposed[] = {"would",  "could", "may", "might", "can",
                                           "should", "must",  "ca",  "ought", NULL};
    static const char *const past[] = {"had", "'d", NULL};
    static const char *const reported[] = {"would", NULL};
    bool negated = clause_negated(tree, at);
    uint32_t above = node(tree, at)->head;
    bool said = node(tree, at)->relation == REL_CCOMP && above != TREE_NONE &&
                speech_frames(node(tree, above)->lemma) & SPEECH_CLAUSE; /* "said it would": it will */
    if (stand->negation_told) /* "will not accept" is said and done */
        return;
    if (has_child(tree, at, REL_AUX, future) || (said && has_child(tree, at, REL_AUX, reported))) {
        if (negated && stand->stance <= STANCE_INTENT)
            stand->stance = STANCE_REFUSAL;
        else if (negated)
            stand->dropped = "it will not be";
        else
            intend(stand, MODALITY_PLANNED);
        return;
    }
    if (negated || has_child(tree, at, REL_AUX, supposed))
        stand->dropped = negated ? "it is denied by the writer" : "it only may or should be";
    if (!said && has_child(tree, at, REL_AUX, past)) /* "said it had": it did */
        stand->modality = stand->modality == MODALITY_ASSERTED ? MODALITY_HISTORICAL : stand->modality;
}

/* "if", "unless": supposed. "after", "when", "who": told beside. */
static void read_marks(struct stand *stand, const struct tree *tree, uint32_t at)
{
    static const char *const supposed[] = {"if", "unless", "whether", "until", "in", "lest", NULL};
    static const char *const without[] = {"without", NULL};
    static const char *const open[] = {"what", "whoever", "whatever", NULL};
    enum relation relation = node(tree, at)->relation;
    if (has_child(tree, at, REL_MARK, supposed))
        stand->dropped = "it is a condition";
    if (has_child(tree, at, REL_MARK, without))
        stand->dropped = "it is denied by the writer";
    if (has_child(tree, at, REL_NSUBJ, open)) /* "to say what had been demanded" */
        stand->dropped = "it is asked or supposed";
    if (relation == REL_ADVCL || relation == REL_ACL)
        stand->background = true;
}

static void turn_end(struct stand *stand)
{
    const struct act *end = stand->act->end ? act_find(str_from(stand->act->end)) : NULL;
    if (end)
        stand->act = end;
    else
        stand->dropped = "its end is no act";
}

static void become(struct stand *stand, const char *act, enum event_modality modality)
{
    stand->act = act_find(str_from(act));
    stand->stance = STANCE_DONE;
    stand->modality = modality;
}

/* The phrase in the rule's slot for the target. */
static uint32_t target_of(const struct clause_match *match)
{
    for (size_t i = 0; i < match->rule->slot_count; i++)
        if (match->rule->slots[i].target)
            return match->slots[i];
    return TREE_NONE;
}

/* Who wants it is the source now; of whom: whom the verb names, or who was to do it. */
static void ask(struct stand *stand, const struct clause *above, const struct clause_match *match,
                enum stance stance, enum event_modality modality)
{
    uint32_t asked = target_of(match);
    if (asked == TREE_NONE)
        asked = stand->source != above->subject ? stand->source : TREE_NONE;
    stand->target = asked != TREE_NONE ? asked : stand->target;
    stand->source = above->subject;
    stand->stance = stance;
    stand->modality = modality;
}

/* "Announced the expulsion of three", "approved sanctions": with that it is done. */
static bool is_deed_announced(const struct stand *stand, const struct clause *above)
{
    static const char *const words[] = {"announce", "approve", "authorise", "authorize", NULL};
    bool said = false;
    for (const char *const *word = words; *word; word++)
        said |= tree_is(above->tree, above->at, *word);
    return said && is_hostile(stand->act) && node(above->tree, stand->top)->upos == UPOS_NOUN;
}

/* "Is expected to": nobody asks for it. */
static bool is_forecast(const struct clause *above)
{
    return above->passive && str_equal(node(above->tree, above->at)->lemma, STR("expect"));
}

static void apply(struct stand *stand, const struct clause *above, const struct clause_match *match)
{
    enum event_stance stance = match->rule->stance;
    switch (is_forecast(above) ? EVENT_INTENT : stance) {
    case EVENT_APPEAL:
        ask(stand, above, match, STANCE_APPEAL, MODALITY_DEMANDED);
        break;
    case EVENT_DEMAND:
        ask(stand, above, match, STANCE_DEMAND, MODALITY_DEMANDED);
        break;
    case EVENT_INTENT: /* "is expected to": whoever is expected */
        stand->source = above->subject != TREE_NONE ? above->subject : stand->source;
        if (is_deed_announced(stand, above))
            break;
        intend(stand, above->passive ? MODALITY_PLANNED : MODALITY_PROMISED);
        break;
    case EVENT_REFUSAL:
        stand->source = above->subject;
        stand->stance = STANCE_REFUSAL;
        break;
    case EVENT_THREAT:
        stand->source = above->subject;
        stand->stance = STANCE_THREAT;
        stand->modality = MODALITY_THREATENED;
        break;
    case EVENT_STOP:
        turn_end(stand);
        stand->source = above->subject != TREE_NONE ? above->subject : stand->source;
        break;
    case EVENT_THROUGH:
        stand->source = above->subject != TREE_NONE ? above->subject : stand->source;
        break;
    case EVENT_FAIL:
        stand->dropped = "it failed, or was kept from being";
        break;
    case EVENT_TRY:
        if (!strcmp(stand->act->name, "ASSASSINATE") || !strcmp(stand->act->name, "KILL"))
            stand->act = act_find(STR("ATTEMPT_KILL")); /* "tried to poison him" is an act */
        else
            stand->dropped = "it is wanted, tried or allowed";
        break;
    case EVENT_CONSIDER:
        stand->source = above->subject;
        become(stand, "CONSIDER", MODALITY_POSSIBLE);
        break;
    case EVENT_DENY:
        stand->source = above->subject;
        stand->target = TREE_NONE;
        become(stand, "DENY", MODALITY_DENIED);
        break;
    case EVENT_ACCUSE: {
        uint32_t accused = target_of(match);
        if (accused == TREE_NONE) /* "alleged that they had fired": they */
            accused = stand->source;
        stand->source = above->subject;
        stand->target = accused;
        become(stand, "ACCUSE", MODALITY_ASSERTED);
        break;
    }
    }
}

/* May the act hang on the word above by this relation? */
static bool hangs(enum relation relation)
{
    return relation == REL_XCOMP || relation == REL_CCOMP || relation == REL_ADVCL || relation == REL_ACL ||
           relation == REL_OBJ || relation == REL_OBL || relation == REL_NMOD || relation == REL_NSUBJ ||
           relation == REL_CSUBJ;
}

/* "when", "after": tells another time, or why; no stance is about it. */
static bool stands_beside(const struct tree *tree, uint32_t at)
{
    static const char *const words[] = {"when",    "while",   "after",    "before", "as",
                                        "because", "since",   "although", "though", "until",
                                        "once",    "whereas", NULL};
    return node(tree, at)->relation == REL_ADVCL &&
           (has_child(tree, at, REL_MARK, words) || has_child(tree, at, REL_ADVMOD, words));
}

/* One word up; false where what the act is of ends. */
static bool step(struct stand *stand, const struct tree *tree, const struct event_lexicon *lexicon)
{
    uint32_t below = stand->top, at = node(tree, below)->head;
    enum relation relation = node(tree, below)->relation;
    for (int joined = 0; joined < JOINED_MAX && relation == REL_CONJ && at != TREE_NONE;
         joined++) { /* what holds of the first holds of those joined to it */
        below = at;
        relation = node(tree, below)->relation;
        at = node(tree, below)->head;
    }
    if (at != TREE_NONE && relation == REL_ACL && str_equal(clause_preposition(tree, below), STR("of")) &&
        node(tree, at)->upos != UPOS_VERB)
        at = node(tree, at)->head; /* "accused the marchers of looting": it hangs on them */
    if (at == TREE_NONE || !hangs(relation) || stands_beside(tree, below))
        return false;
    struct clause above;
    clause_read(&above, tree, at);
    struct clause_match match = clause_match(&above, lexicon, EVENT_STANCE, below, CLAUSE_ANY);
    bool speech = above.verb && relation == REL_CCOMP && speech_frames(node(tree, at)->lemma) & SPEECH_CLAUSE;
    if (match.rule) {
        apply(stand, &above, &match);
        stand->stances[stand->stance_count++] = at;
    } else if (speech) {
        stand->speaker = above.subject;
        stand->top = at;
        if (clause_negated(tree, at))
            stand->dropped = "nobody said so";
        return false;
    } else if (relation != REL_XCOMP || !above.verb) {
        return false;
    }
    stand->top = at;
    return true;
}

/* "to protect them": what for, not what was done. A stance above would have taken it up. */
static bool is_purpose(const struct tree *tree, uint32_t at)
{
    static const char *const infinitive[] = {"to", NULL};
    enum relation relation = node(tree, at)->relation;
    return (relation == REL_ADVCL || relation == REL_ACL || relation == REL_OBL || relation == REL_NMOD) &&
           has_child(tree, at, REL_MARK, infinitive);
}

/* "will go on strike", "had held talks": a verb that only says that the noun's act is done. */
static bool is_support(const struct tree *tree, uint32_t verb, enum relation relation)
{
    static const char *const verbs[] = {"begin",    "carry",    "conduct", "continue", "hold", "launch",
                                        "organise", "organize", "resume",  "stage",    "start"};
    return (relation == REL_OBL && str_equal(node(tree, verb)->lemma, STR("go"))) ||
           (relation == REL_OBJ && WORD_LISTED(verbs, node(tree, verb)->lemma));
}

/* "would forbid the arrest of a deputy", "will not support an easing": a noun's act is no surer than its
 * verb. */
static void read_verb_above(struct stand *stand, const struct tree *tree, uint32_t at)
{
    static const char *const supposed[] = {"would", "could", "may", "might", "can", "ca", NULL};
    uint32_t above = node(tree, at)->head;
    enum relation relation = node(tree, at)->relation;
    if (above == TREE_NONE || node(tree, above)->upos != UPOS_VERB)
        return;
    if (is_support(tree, above, relation)) {
        read_auxiliaries(stand, tree, above);
        return;
    }
    if ((relation != REL_OBJ && relation != REL_NSUBJ))
        return;
    if (has_child(tree, above, REL_AUX, supposed) || clause_negated(tree, above))
        stand->dropped = "it only may or should be";
}

/* "failed to agree on a package of sanctions": the noun's act was kept from being with its verb's. */
static void read_failure_above(struct stand *stand, const struct tree *tree, uint32_t at,
                               const struct event_lexicon *lexicon)
{
    for (int steps = 0; steps < STAND_STEPS_MAX && node(tree, at)->upos != UPOS_VERB; steps++) {
        enum relation relation = node(tree, at)->relation;
        if (node(tree, at)->head == TREE_NONE ||
            (relation != REL_OBJ && relation != REL_OBL && relation != REL_NMOD))
            return;
        at = node(tree, at)->head;
    }
    uint32_t above = node(tree, at)->head;
    if (above == TREE_NONE || node(tree, at)->upos != UPOS_VERB || node(tree, at)->relation != REL_XCOMP)
        return;
    struct clause clause;
    clause_read(&clause, tree, above);
    struct clause_match match = clause_match(&clause, lexicon, EVENT_STANCE, at, CLAUSE_ANY);
    if (match.rule && match.rule->stance == EVENT_FAIL)
        stand->dropped = "it failed, or was kept from being";
}

void stand_read(struct stand *stand, const struct clause *clause, const struct event_lexicon *lexicon)
{
    const struct tree *tree = clause->tree;
    stand->top = clause->at;
    read_auxiliaries(stand, tree, clause->at);
    stand->negation_told = false; /* what stands above may be denied yet */
    read_marks(stand, tree, clause->at);
    while (stand->steps < STAND_STEPS_MAX && !stand->dropped && step(stand, tree, lexicon)) {
        stand->steps++;
        if (node(tree, stand->top)->upos == UPOS_VERB || node(tree, stand->top)->upos == UPOS_ADJ)
            read_auxiliaries(stand, tree, stand->top);
        read_marks(stand, tree, stand->top);
    }
    if (is_purpose(tree, stand->top))
        stand->dropped = "it is what something is for";
    if (!clause->verb && stand->steps == 0 && !stand->dropped)
        read_verb_above(stand, tree, clause->at);
    if (!clause->verb && stand->steps == 0 && !stand->dropped)
        read_failure_above(stand, tree, clause->at, lexicon);
}

const struct act *stance_alone(enum event_stance stance)
{
    switch (stance) {
    case EVENT_APPEAL:
        return act_find(STR("APPEAL"));
    case EVENT_DEMAND:
        return act_find(STR("DEMAND"));
    case EVENT_INTENT:
        return act_find(STR("INTEND"));
    case EVENT_REFUSAL:
        return act_find(STR("REJECT"));
    default:
        return act_find(STR("THREATEN"));
    }
}

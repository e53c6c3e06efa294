/* clauses: see the header. */
#include "processors/meaning/clauses.h"

#include "base/word_list.h"
#include "processors/meaning/time_words.h"

#include <stdio.h>

#include "processors/meaning/speakers.h"

enum { HAS_TOKENS_MAX = 16, BESIDE_MAX = 24, EACH_OTHER_WORDS_MAX = 10 };

static const struct tree_node *node(const struct tree *tree, uint32_t at)
{
    return &tree->nodes[at];
}

static bool is_particle(const struct tree *tree, uint32_t at)
{
    static const char *const words[] = {"off", "out", "up",   "down",    "back", "over",
                                        "on",  "in",  "away", "through", NULL};
    const struct tree_node *word = node(tree, at);
    const char *const *particle = words;
    if ((word->relation != REL_COMPOUND && word->relation != REL_ADVMOD) || word->first_child != TREE_NONE)
        return false;
    while (*particle && !str_equal(word->lower, str_from(*particle)))
        particle++;
    return *particle;
}

static void add_particle(struct clause *clause, struct str particle)
{
    int length = snprintf(clause->lemma_bytes, sizeof(clause->lemma_bytes), "%.*s_%.*s",
                          STR_ARG(clause->lemma), STR_ARG(particle));
    if (length > 0 && (size_t)length < sizeof(clause->lemma_bytes))
        clause->lemma = str_make(clause->lemma_bytes, (size_t)length);
}

static void name_lemma(struct clause *clause)
{
    const struct tree *tree = clause->tree;
    clause->lemma = node(tree, clause->at)->lemma;
    for (uint32_t c = node(tree, clause->at)->first_child; c != TREE_NONE && clause->verb;
         c = node(tree, c)->next_child)
        if (c > clause->at && c < clause->at + 4 && is_particle(tree, c)) {
            add_particle(clause, node(tree, c)->lower);
            return;
        }
}

static bool has_passive_auxiliary(const struct tree *tree, uint32_t at)
{
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_AUX && (tree_is(tree, c, "be") || tree_is(tree, c, "get")))
            return true;
    return false;
}

/* "Three were arrested and charged", "three were killed and ten wounded": passive as the one before. */
static bool goes_on_passive(const struct tree *tree, uint32_t at)
{
    static const char *const done[] = {"arrest", "detain", "displace", "hurt", "injure", "kill", "wound"};
    uint32_t above = node(tree, at)->head;
    bool plain = node(tree, at)->relation == REL_CONJ && above != TREE_NONE && above < at &&
                 tree_child(tree, at, REL_AUX) == TREE_NONE && tree_object(tree, at) == TREE_NONE;
    bool own_subject = tree_child(tree, at, REL_NSUBJ) != TREE_NONE;
    return plain && has_passive_auxiliary(tree, above) &&
           (own_subject ? WORD_LISTED(done, node(tree, at)->lemma)
                        : str_equal(node(tree, at)->xpos, STR("VBN")));
}

static bool is_passive(const struct tree *tree, uint32_t at)
{
    if (!str_equal(node(tree, at)->xpos, STR("VBN")) && !str_equal(node(tree, at)->xpos, STR("VBD")))
        return false;
    if (has_passive_auxiliary(tree, at) || goes_on_passive(tree, at))
        return true;
    return node(tree, at)->relation == REL_ACL && str_equal(node(tree, at)->xpos, STR("VBN")) &&
           tree_child(tree, at, REL_NSUBJ) == TREE_NONE && tree_object(tree, at) == TREE_NONE;
}

struct str clause_preposition(const struct tree *tree, uint32_t at)
{
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_CASE ||
            (node(tree, c)->relation == REL_MARK && node(tree, c)->upos != UPOS_PART))
            return node(tree, c)->lower;
    return STR_NONE;
}

static uint32_t agent_of(const struct tree *tree, uint32_t at)
{
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if ((node(tree, c)->relation == REL_OBL || node(tree, c)->relation == REL_NMOD) &&
            str_equal(clause_preposition(tree, c), STR("by")))
            return c;
    return TREE_NONE;
}

/* Of a passive: what its subject would be the object of. */
static uint32_t patient_of(const struct tree *tree, uint32_t at)
{
    uint32_t subject = tree_child(tree, at, REL_NSUBJ);
    for (int step = 0; subject == TREE_NONE && step < 3 && node(tree, at)->relation == REL_CONJ; step++) {
        at = node(tree, at)->head;
        subject = tree_child(tree, at, REL_NSUBJ);
    }
    if (subject == TREE_NONE && node(tree, at)->relation == REL_ACL)
        subject = node(tree, at)->head;
    return subject;
}

/* Who has the noun: "Russia's attack", "the Russian attack", "the attack by Russia". */
static uint32_t owner_of(const struct tree *tree, uint32_t at)
{
    uint32_t agent = agent_of(tree, at);
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE && agent == TREE_NONE;
         c = node(tree, c)->next_child) {
        enum relation relation = node(tree, c)->relation;
        bool owns = relation == REL_NMOD && str_equal(clause_preposition(tree, c), STR("'s"));
        bool beside = (relation == REL_AMOD || relation == REL_COMPOUND) && c < at;
        if (owns || (beside && node(tree, c)->word.ptr[0] >= 'A' && node(tree, c)->word.ptr[0] <= 'Z'))
            agent = c;
    }
    return agent;
}

static bool is_relative(const struct tree *tree, uint32_t at)
{
    struct str xpos = node(tree, at)->xpos;
    return str_equal(xpos, STR("WDT")) || str_equal(xpos, STR("WP")) ||
           str_equal(node(tree, at)->lower, STR("that"));
}

/* "the attack that they launched", "the deal China signed": the noun that the clause is about, where it has
 * no object but a word for it. */
static uint32_t relative_object(const struct tree *tree, uint32_t at, uint32_t object)
{
    uint32_t above = node(tree, at)->head, subject = tree_child(tree, at, REL_NSUBJ);
    bool of_noun = node(tree, at)->relation == REL_ACL && above != TREE_NONE && above < at &&
                   (node(tree, above)->upos == UPOS_NOUN || node(tree, above)->upos == UPOS_PROPN);
    if (!of_noun || subject == TREE_NONE || is_relative(tree, subject) ||
        (object != TREE_NONE && !is_relative(tree, object)))
        return object;
    const struct time_word *when = time_word_find(node(tree, above)->lower);
    return object == TREE_NONE && when ? object : above;
}

void clause_read(struct clause *ret_clause, const struct tree *tree, uint32_t at)
{
    enum upos upos = node(tree, at)->upos;
    *ret_clause = (struct clause){.tree = tree, .at = at, .verb = upos == UPOS_VERB || upos == UPOS_ADJ};
    struct clause *clause = ret_clause;
    name_lemma(clause);
    clause->passive = clause->verb && is_passive(tree, at);
    clause->own_object = clause->passive ? patient_of(tree, at) : tree_object(tree, at);
    clause->object =
        clause->verb && !clause->passive ? relative_object(tree, at, clause->own_object) : clause->own_object;
    clause->subject = !clause->verb     ? owner_of(tree, at)
                      : clause->passive ? agent_of(tree, at)
                                        : speaker_head(tree, at, false);
}

void clause_take_as_adjective(struct clause *clause)
{
    clause->lemma = node(clause->tree, clause->at)->lower;
    clause->passive = false;
    clause->subject = clause->own_object;
    clause->object = clause->own_object = TREE_NONE;
}

bool clause_take_particle(struct clause *clause)
{
    static const char *const particles[] = {"away", "back", "down", "off", "out", "up"};
    const struct tree *tree = clause->tree;
    uint32_t at = clause->at + 1;
    if (at >= tree->count || !WORD_LISTED(particles, node(tree, at)->lower) ||
        node(tree, at)->relation != REL_CASE || node(tree, node(tree, at)->head)->head != clause->at)
        return false;
    add_particle(clause, node(tree, at)->lower);
    clause->object = clause->own_object = node(tree, at)->head;
    return true;
}

static bool in(struct str lemma, const struct event_slot *slot)
{
    if (slot->any)
        return true;
    for (size_t i = 0; i < slot->count; i++)
        if (str_equal(lemma, slot->words[i]))
            return true;
    return !slot->words;
}

static bool is_quantity(const struct tree *tree, uint32_t at)
{
    static const char *const words[] = {
        "all",   "batch",     "both",    "bulk",     "couple",  "dozen",  "each",     "few",     "flurry",
        "half",  "handful",   "hundred", "kind",     "list",    "lot",    "majority", "many",    "million",
        "most",  "much",      "number",  "one",      "package", "pair",   "part",     "portion", "quarter",
        "raft",  "remainder", "rest",    "round",    "score",   "series", "set",      "several", "some",
        "spate", "string",    "third",   "thousand", "tranche", "two",    "type",     "wave"};
    return node(tree, at)->upos == UPOS_NUM || WORD_LISTED(words, node(tree, at)->lemma);
}

uint32_t clause_counted(const struct tree *tree, uint32_t head)
{
    for (uint32_t c = is_quantity(tree, head) ? node(tree, head)->first_child : TREE_NONE; c != TREE_NONE;
         c = node(tree, c)->next_child)
        if (c > head && node(tree, c)->relation == REL_NMOD &&
            str_equal(clause_preposition(tree, c), STR("of")))
            return c;
    return head;
}

/* "Ambassador" of "Ambassador Huang Xilian". */
static bool is_title(const struct tree *tree, uint32_t at)
{
    enum relation relation = node(tree, at)->relation;
    return (relation == REL_NMOD || relation == REL_COMPOUND) && str_empty(clause_preposition(tree, at)) &&
           str_starts(node(tree, at)->xpos, STR("NN"));
}

/* The head, its title, what it counts or what is joined to it, is one of the slot's words: the head then;
 * else TREE_NONE. */
static uint32_t holds(const struct tree *tree, uint32_t head, const struct event_slot *slot)
{
    if (head == TREE_NONE || in(node(tree, head)->lemma, slot) || in(node(tree, head)->lower, slot))
        return head;
    for (uint32_t c = node(tree, head)->first_child; c != TREE_NONE && c < head;
         c = node(tree, c)->next_child)
        if (node(tree, head)->upos == UPOS_PROPN && is_title(tree, c) && in(node(tree, c)->lemma, slot))
            return head;
    uint32_t counted = clause_counted(tree, head);
    if (counted != head && in(node(tree, counted)->lemma, slot))
        return head;
    for (uint32_t c = node(tree, head)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_CONJ && in(node(tree, c)->lemma, slot))
            return head;
    return TREE_NONE;
}

/* "on Monday", "in June", "for two days", "in 2014": says when, not with whom. */
static bool says_when(const struct tree *tree, uint32_t at)
{
    struct str word = node(tree, at)->lower;
    bool year = word.len == 4;
    for (size_t i = 0; i < word.len; i++)
        year &= word.ptr[i] >= '0' && word.ptr[i] <= '9';
    const struct time_word *found = time_word_find(word);
    return year || (found && found->class <= WORD_UNITS);
}

/* "refused to comment", where the rule names the verb. */
static bool is_infinitive(const struct tree *tree, uint32_t at, const struct event_slot *slot)
{
    if (!slot->words || !str_equal(slot->preposition, STR("to")))
        return false;
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_MARK && node(tree, c)->upos == UPOS_PART &&
            str_equal(node(tree, c)->lower, STR("to")))
            return true;
    return false;
}

/* "imposed sanctions Thursday on two of them": the parser may hang the phrase on the day. */
static uint32_t phrase_behind_time(const struct tree *tree, uint32_t time, const struct event_slot *slot)
{
    for (uint32_t c = node(tree, time)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (c > time && !says_when(tree, c) && str_equal(clause_preposition(tree, c), slot->preposition) &&
            holds(tree, c, slot) != TREE_NONE)
            return c;
    return TREE_NONE;
}

static uint32_t phrase_with(const struct tree *tree, uint32_t above, const struct event_slot *slot)
{
    uint32_t c = above == TREE_NONE ? TREE_NONE : node(tree, above)->first_child;
    for (; c != TREE_NONE; c = node(tree, c)->next_child) {
        enum relation relation = node(tree, c)->relation;
        if (relation == REL_ADVCL && str_equal(slot->preposition, STR("with")))
            continue; /* "with Kyiv calling for a truce" is nobody that one meets */
        bool phrase = relation == REL_OBL || relation == REL_NMOD || relation == REL_ADVCL ||
                      relation == REL_ACL || relation == REL_XCOMP || relation == REL_CCOMP ||
                      relation == REL_OBJ;
        if (says_when(tree, c) && !str_equal(clause_preposition(tree, c), slot->preposition)) {
            uint32_t behind = phrase_behind_time(tree, c, slot);
            if (behind != TREE_NONE)
                return behind;
        }
        if (!slot->words && says_when(tree, c))
            continue;
        if (phrase &&
            (str_equal(clause_preposition(tree, c), slot->preposition) || is_infinitive(tree, c, slot)) &&
            holds(tree, c, slot) != TREE_NONE)
            return c;
    }
    return TREE_NONE;
}

/* What is said, also without "that": "said the vote was unfair", "'It is a farce,' he said". */
static uint32_t content_with(const struct tree *tree, uint32_t at, const struct event_slot *slot)
{
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_CCOMP && tree_child(tree, c, REL_NSUBJ) != TREE_NONE &&
            holds(tree, c, slot) != TREE_NONE)
            return c;
    uint32_t above = node(tree, at)->head;
    bool behind = node(tree, at)->relation == REL_PARATAXIS && above != TREE_NONE && above < at &&
                  tree_child(tree, above, REL_NSUBJ) != TREE_NONE;
    return behind ? holds(tree, above, slot) : TREE_NONE;
}

/* The first of the slot's words behind the verb, below it; "called it 'shameful'". */
static uint32_t word_behind(const struct clause *clause, const struct event_slot *slot)
{
    uint32_t first, end, next, behind;
    tree_reach(clause->tree, clause->at, &first, &end);
    for (uint32_t c = node(clause->tree, clause->at)->first_child; c != TREE_NONE;
         c = node(clause->tree, c)->next_child)
        if (c > clause->at && node(clause->tree, c)->relation == REL_CONJ &&
            node(clause->tree, c)->upos ==
                UPOS_VERB) { /* "warned them and ordered the army out": another's words */
            tree_reach(clause->tree, c, &next, &behind);
            end = next < end ? next : end;
        }
    for (uint32_t at = clause->at + 1; at < end && at <= clause->at + HAS_TOKENS_MAX; at++)
        if (in(node(clause->tree, at)->lemma, slot) || in(node(clause->tree, at)->lower, slot))
            return at;
    return TREE_NONE;
}

/* One of the slot's words that hangs on the word itself, on its object or its subject: "set them free", "a
 * car bomb exploded". */
static uint32_t word_beside(const struct clause *clause, const struct event_slot *slot)
{
    const struct tree *tree = clause->tree;
    uint32_t above[] = {clause->at, clause->verb ? clause->object : TREE_NONE,
                        clause->verb ? clause->subject : TREE_NONE};
    for (size_t i = 0; i < sizeof(above) / sizeof(above[0]); i++)
        for (uint32_t c = above[i] == TREE_NONE ? TREE_NONE : node(tree, above[i])->first_child;
             c != TREE_NONE; c = node(tree, c)->next_child)
            if (in(node(tree, c)->lemma, slot) || in(node(tree, c)->lower, slot))
                return c;
    return TREE_NONE;
}

/* The first word of the quotation that begins behind the verb and below it. */
static uint32_t quotation_behind(const struct clause *clause)
{
    uint32_t first, end;
    tree_reach(clause->tree, clause->at, &first, &end);
    for (uint32_t at = clause->at + 1; at + 1 < end && at <= clause->at + HAS_TOKENS_MAX; at++)
        if (str_equal(node(clause->tree, at)->xpos, STR("``")) ||
            str_equal(node(clause->tree, at)->xpos, STR("''")))
            return at + 1; /* a straight mark may be tagged as either */
    return TREE_NONE;
}

/* `before`: where the rule's earlier slots stand. */
static uint32_t find_slot(const struct clause *clause, const struct event_slot *slot, const uint32_t *before,
                          size_t count)
{
    if (slot->has)
        return word_behind(clause, slot);
    if (slot->quoted)
        return quotation_behind(clause);
    if (slot->beside)
        return word_beside(clause, slot);
    if (slot->subject)
        return clause->verb ? holds(clause->tree, clause->subject, slot) : TREE_NONE;
    if (!slot->preposition.len) {
        uint32_t given =
            slot->target && !clause->passive ? tree_child(clause->tree, clause->at, REL_IOBJ) : TREE_NONE;
        return holds(clause->tree, given == TREE_NONE ? clause->object : given, slot); /* "gave them money" */
    }
    bool agent = clause->passive && str_equal(slot->preposition, STR("by")); /* who does it, and no more */
    uint32_t found = agent ? TREE_NONE : phrase_with(clause->tree, clause->at, slot);
    if (found == TREE_NONE && clause->verb && slot->words && str_equal(slot->preposition, STR("that")))
        found = content_with(clause->tree, clause->at, slot);
    if (found == TREE_NONE)
        found = phrase_with(clause->tree, clause->object, slot);
    for (size_t i = 0; i < count && found == TREE_NONE; i++) /* "called for an end to the war" */
        found = phrase_with(clause->tree, before[i], slot);
    uint32_t part =
        clause->object == TREE_NONE ? TREE_NONE : tree_child(clause->tree, clause->object, REL_NMOD);
    return found != TREE_NONE ? found : phrase_with(clause->tree, part, slot); /* "$5 million in aid to" */
}

/* A clause that the word governs without a preposition: "refused to go", "said they go"; not "refused,
 * accusing them". */
static bool is_complement(const struct tree *tree, uint32_t at)
{
    enum relation relation = node(tree, at)->relation;
    if (node(tree, at)->upos != UPOS_VERB)
        return false;
    if (relation == REL_XCOMP || relation == REL_CCOMP || relation == REL_CONJ)
        return true;
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_MARK && str_equal(node(tree, c)->lower, STR("to")))
            return true;
    return relation == REL_OBJ;
}

/* "Has not yet commented": that may come. */
static bool is_yet_to_be(const struct clause *clause)
{
    const struct tree *tree = clause->tree;
    for (uint32_t c = node(tree, clause->at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (str_equal(node(tree, c)->lower, STR("yet")))
            return true;
    return false;
}

/* How much the rule says that holds here; 0 = it does not hold. */
static int match_rule(const struct clause *clause, const struct event_rule *rule, uint32_t below,
                      uint32_t slots[EVENT_SLOTS_MAX])
{
    int points = 1;
    bool filled = false;
    if ((rule->no_object && clause->own_object != TREE_NONE) ||
        (rule->negated && (!clause_negated(clause->tree, clause->at) || is_yet_to_be(clause))))
        return 0;
    points += rule->negated ? 4 : 0;
    for (size_t i = 0; i < rule->slot_count; i++) {
        slots[i] = find_slot(clause, &rule->slots[i], slots, i);
        if (slots[i] == TREE_NONE)
            return 0;
        filled |= !rule->slots[i].target && slots[i] == below;
        points += rule->slots[i].words ? 4 : 2;
    }
    if (below == TREE_NONE || filled)
        return points;
    bool wants = false;
    for (size_t i = 0; i < rule->slot_count; i++)
        wants |= !rule->slots[i].target;
    return wants || !is_complement(clause->tree, below) ? 0 : points;
}

struct clause_match clause_match(const struct clause *clause, const struct event_lexicon *lexicon,
                                 enum event_word kind, uint32_t below, int limit)
{
    const struct event_rule *const *rules;
    size_t count = event_lexicon_find(lexicon, kind, clause->lemma, &rules);
    struct clause_match best = {0};
    for (size_t i = 0; i < count; i++) {
        struct clause_match match = {.rule = rules[i]};
        if (kind == EVENT_STANCE && below == TREE_NONE && !rules[i]->alone)
            continue;
        match.points = match_rule(clause, rules[i], below, match.slots);
        if (match.points > best.points && match.points < limit)
            best = match;
    }
    return best;
}

/* "No group claimed it", "nobody was hurt". */
static bool is_nobody(const struct tree *tree, uint32_t at)
{
    static const char *const words[] = {"neither", "no-one", "nobody", "none", "nothing"};
    uint32_t determiner = tree_child(tree, at, REL_DET);
    return WORD_LISTED(words, node(tree, at)->lower) ||
           (determiner != TREE_NONE && str_equal(node(tree, determiner)->lower, STR("no")));
}

bool clause_negated(const struct tree *tree, uint32_t at)
{
    uint32_t subject = node(tree, at)->upos == UPOS_VERB ? tree_child(tree, at, REL_NSUBJ) : TREE_NONE;
    if (subject != TREE_NONE && is_nobody(tree, subject))
        return true;
    for (uint32_t c = node(tree, at)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (str_equal(node(tree, c)->lower, STR("not")) || str_equal(node(tree, c)->lower, STR("n't")) ||
            str_equal(node(tree, c)->lower, STR("never")) || str_equal(node(tree, c)->lower, STR("no")) ||
            str_equal(node(tree, c)->lower, STR("neither")) || str_equal(node(tree, c)->lower, STR("nor")))
            return true;
    return false;
}

bool clause_passive_subject(const struct tree *tree, uint32_t at)
{
    uint32_t verb = node(tree, at)->head;
    if (verb == TREE_NONE || node(tree, at)->relation != REL_NSUBJ ||
        !str_equal(node(tree, verb)->xpos, STR("VBN")))
        return false;
    for (uint32_t c = node(tree, verb)->first_child; c != TREE_NONE; c = node(tree, c)->next_child)
        if (node(tree, c)->relation == REL_AUX && tree_is(tree, c, "be"))
            return true;
    return false;
}

bool clause_each_other(const struct tree *tree, uint32_t at)
{
    for (uint32_t i = at + 1; i + 1 < tree->count && i <= at + EACH_OTHER_WORDS_MAX; i++) {
        bool each = str_equal(node(tree, i)->lower, STR("each")) && tree_is(tree, i + 1, "other");
        bool one = str_equal(node(tree, i)->lower, STR("one")) && tree_is(tree, i + 1, "another");
        uint32_t above = i;
        while ((each || one) && above != at && above != TREE_NONE &&
               (above == i || above == i + 1 || node(tree, above)->upos != UPOS_VERB))
            above = node(tree, above)->head;
        if ((each || one) && above == at)
            return true;
    }
    return false;
}

bool clause_occurs(const struct clause *clause)
{
    static const char *const verbs[] = {"begin",  "break",  "continue", "come",   "end",    "enter",
                                        "erupt",  "follow", "happen",   "hit",    "kill",   "last",
                                        "leave",  "occur",  "rage",     "resume", "rock",   "shake",
                                        "spread", "start",  "strike",   "take",   "target", "wound"};
    const struct tree *tree = clause->tree;
    const struct tree_node *noun = &tree->nodes[clause->at];
    if (clause->verb || noun->relation != REL_NSUBJ || noun->head == TREE_NONE)
        return false;
    const struct tree_node *verb = &tree->nodes[noun->head];
    return WORD_LISTED(verbs, verb->lemma) && str_starts(verb->xpos, STR("VB")) &&
           !clause_negated(tree, noun->head) && tree_child(tree, noun->head, REL_AUX) == TREE_NONE;
}

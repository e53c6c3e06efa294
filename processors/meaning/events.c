/* events: see the header. */
#include "processors/meaning/events.h"

#include <errno.h>
#include <string.h>

#include "base/word_list.h"
#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/meaning/actor_pairs.h"
#include "processors/meaning/actors.h"
#include "processors/meaning/discards.h"
#include "processors/meaning/event_coder.h"
#include "processors/meaning/event_confidence.h"
#include "processors/meaning/event_list.h"
#include "processors/meaning/event_parties.h"
#include "processors/meaning/event_setting.h"
#include "processors/meaning/event_targets_before.h"
#include "processors/meaning/event_topics.h"
#include "processors/meaning/home_country.h"
#include "processors/meaning/pair_confidence.h"
#include "processors/meaning/party_choice.h"
#include "processors/meaning/stances.h"

/* An act below a stance, and the word that leads to whom it is done to. */
struct below {
    const struct act *act;
    uint32_t target;
};

struct finder {
    const struct event_coder *coder;
    struct article *article;
    struct actor_finder actors;
    const struct tree *tree;
    uint32_t sentence;
    uint32_t first_time;        /* of the sentence, among the article's times */
    bool past_year;             /* the sentence names one */
    size_t coded;               /* in the sentence */
    char home[3];               /* the article\'s */
    bool *quoted;               /* of each token: within a quotation */
    bool *consumed;             /* of each token: an event's noun that its verb has coded */
    bool *told;                 /* of each token: a verb that is an event by itself */
    const struct act **doubted; /* of each token: what a rule holds for, but too little speaks for */
    struct below *below;        /* of each token: what it takes a stance on, of which too little is known */
};

/* A sentence of more events than that is no sentence; reading its context for each would take square time. */
enum { RULES_TRIED_MAX = 3, SENTENCE_EVENTS_MAX = 48 };

/* What the rules know enough of is an event unless it is that unlikely, less so where the clause tells both
 * sides; what they know too little of if it is that likely, more so what people without an office do. */
static const float CONFIDENCE_TOLD = 0.15F, CONFIDENCE_SUFFICES = 0.3F, CONFIDENCE_MIN = 0.55F,
                   CONFIDENCE_PRIVATE = 0.75F;
/* What no rule holds for is an event if its word tells one that likely. */
static const float GUESS_MIN = 0.75F;
/* What a rule finds behind an article's first sentence with less confidence than that is none if its word
 * tells one that seldom. */
static const float CONFIDENCE_SURE = 0.8F, DOUBT_MAX = 0.02F;

static const struct tree_node *node(const struct finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

/* ---- Actors ---- */

static size_t actors_at(const struct finder *finder, uint32_t head, bool owner,
                        struct event_actor *ret_actors)
{
    if (head == TREE_NONE)
        return 0;
    if (actor_pair(&finder->actors, finder->tree, head, ret_actors))
        return 2;
    return actors_of_phrase(&finder->actors, finder->tree, head, owner, ret_actors, EVENT_ACTORS_MAX);
}

static bool is_object(const struct event_slot *slot)
{
    return !slot->preposition.len && !slot->subject && !slot->has && !slot->beside && !slot->quoted;
}

/* What the rule has as its object; of a rule without one what its preposition leads to. */
static uint32_t default_target(const struct clause *clause, const struct clause_match *match)
{
    for (size_t i = 0; i < match->rule->slot_count; i++)
        if (is_object(&match->rule->slots[i]))
            return match->slots[i];
    for (size_t i = 0; i < match->rule->slot_count; i++)
        if (match->rule->slots[i].preposition.len && !match->rule->slots[i].source &&
            (match->rule->slots[i].words || !str_equal(match->rule->slots[i].preposition, STR("that"))))
            return match->slots[i];
    return match->rule->no_object ? TREE_NONE : clause->object;
}

/* Where the rule's words say that source and target stand; without a word, what it is done to is the target.
 */
static void take_slots(const struct clause *clause, const struct clause_match *match, const struct act *act,
                       struct stand *stand)
{
    for (size_t i = 0; i < match->rule->slot_count; i++) {
        const struct event_slot *slot = &match->rule->slots[i];
        if (slot->target && slot->subject)
            stand->source = TREE_NONE;
        if (slot->target)
            stand->target = match->slots[i];
        if (slot->source)
            stand->source = match->slots[i];
    }
    if (stand->target == TREE_NONE && !match->rule->reciprocal && !parties_no_target(act))
        stand->target = default_target(clause, match);
    if (stand->target != TREE_NONE && (clause->tree->nodes[stand->target].upos == UPOS_VERB ||
                                       tree_child(clause->tree, stand->target, REL_COP) != TREE_NONE)) {
        uint32_t verb = stand->target; /* "demanded that they go", "said that they were liars" */
        stand->target = tree_child(clause->tree, verb, REL_NSUBJ);
        if (stand->target == TREE_NONE)
            stand->target = tree_object(clause->tree, verb);
    }
}

/* What a stance is where no act below it was coded: of an act that was seen there, but of which too little is
 * known ("demanded that he resign": who is he?), the stance's own sides are enough. */
static const struct act *act_of_stance(const struct finder *finder, const struct clause *clause,
                                       enum event_stance word, enum stance *ret_stance)
{
    static const enum stance stances[] = {[EVENT_APPEAL] = STANCE_APPEAL,
                                          [EVENT_DEMAND] = STANCE_DEMAND,
                                          [EVENT_INTENT] = STANCE_INTENT,
                                          [EVENT_REFUSAL] = STANCE_REFUSAL,
                                          [EVENT_THREAT] = STANCE_THREAT};
    const struct act *below = finder->below[finder->tree->first + clause->at].act;
    if (!below || word > EVENT_THREAT || !below->codes[stances[word]])
        return stance_alone(word);
    *ret_stance = stances[word];
    return below;
}

/* The words that have made the event make no other: its verb, the stances above, the objects that the rule
 * names ("signed a treaty"). */
static void consume(struct finder *finder, const struct clause *clause, const struct clause_match *match,
                    const struct stand *stand)
{
    finder->consumed[finder->tree->first + clause->at] = true;
    finder->told[finder->tree->first + clause->at] = true;
    for (size_t i = 0; i < stand->stance_count; i++)
        finder->consumed[finder->tree->first + stand->stances[i]] = true;
    for (size_t i = 0; i < match->rule->slot_count; i++)
        if (match->rule->slots[i].words && !match->rule->slots[i].has &&
            (is_object(&match->rule->slots[i]) || !match->rule->slots[i].target))
            finder->consumed[finder->tree->first + match->slots[i]] = true;
}

/* "accused them of shelling": the accusation is told already. */
static bool is_told_above(const struct finder *finder, const struct stand *stand)
{
    bool told = false;
    for (size_t i = 0; i < stand->stance_count; i++)
        told |= finder->told[finder->tree->first + stand->stances[i]];
    return told && !strncmp(act_code(stand->act, STANCE_DONE), "112", 3);
}

/* "Scrapped the pact": the pact is no agreement, also where too little speaks for the end of one. */
static bool is_told_otherwise(const struct finder *finder, const struct clause *clause, const struct act *act)
{
    uint32_t above = node(finder, clause->at)->head;
    const struct act *doubted = !clause->verb && node(finder, clause->at)->relation == REL_OBJ
                                    ? finder->doubted[finder->tree->first + above]
                                    : NULL;
    return doubted && (act_quad_class(act_code(doubted, STANCE_DONE)) <= 2) !=
                          (act_quad_class(act_code(act, STANCE_DONE)) <= 2);
}

/* What became of the rule, for whoever asked. */
static void note(struct finder *finder, const struct clause *clause, const struct clause_match *match,
                 const struct act *act, const char *outcome)
{
    struct article *article = finder->article;
    struct event_trial *trial =
        article->trials_wanted ? article_list_add(article->arena, &article->trials) : NULL;
    if (trial)
        *trial = (struct event_trial){finder->sentence,
                                      tree_span(article, finder->tree, clause->at, clause->at + 1), act->name,
                                      match->rule->line, outcome};
}

/* Who says so: the first of several. */
static void attribute(const struct finder *finder, uint32_t speaker, struct coded_event *event)
{
    struct event_actor speakers[EVENT_ACTORS_MAX];
    if (actors_at(finder, speaker, true, speakers))
        event->attributed_to = speakers[0];
}

/* "Fired tear gas to disperse them", "used force to stop the march": whom a deed is aimed at. */
static uint32_t purpose_object(const struct finder *finder, const struct clause *clause)
{
    for (uint32_t c = node(finder, clause->at)->first_child; c != TREE_NONE; c = node(finder, c)->next_child)
        if (c > clause->at &&
            (node(finder, c)->relation == REL_ADVCL || node(finder, c)->relation == REL_XCOMP) &&
            str_equal(node(finder, c)->xpos, STR("VB")))
            return tree_object(finder->tree, c);
    return TREE_NONE;
}

/* Whom the act is done to, by the words of its clause. */
static void take_target(struct finder *finder, const struct clause *clause, const struct act *act,
                        const struct stand *stand, struct coded_event *event)
{
    event->target_count = parties_keep_known(
        event->targets, actors_at(finder, stand->target, parties_owner_counts(act), event->targets));
    if (!event->target_count && stand->target != TREE_NONE && parties_people(act, clause->lemma))
        event->target_count = actor_somebody(&finder->actors, finder->tree, stand->target, event->targets);
    if (!event->target_count && act_quad_class(act_code(act, STANCE_DONE)) == 4)
        event->target_count = parties_keep_known(
            event->targets, actors_at(finder, purpose_object(finder, clause), false, event->targets));
}

/* Enough is said of who does it to whom. A noun alone must have both sides, or a verb that says that it is.
 */
static bool rules_suffice(const struct event_find *find)
{
    bool alone = !find->clause->verb && find->stand->steps == 0;
    return find->suffices && !find->private &&
           (!alone || find->occurs || (find->own_source && find->own_target));
}

/* Behind the article's first sentence: does the model of acts think it next to impossible? */
static bool is_doubtful(const struct finder *finder, uint32_t at)
{
    uint32_t features[ACT_FEATURES_MAX];
    if (finder->sentence == 0)
        return false;
    size_t count = act_features_read(finder->article, finder->sentence, at, features);
    return act_model_guess(finder->coder->acts, features, count).likely < DOUBT_MAX;
}

/* Does enough speak for it? What nobody does to nobody is no event. Sets how likely that is. */
static bool is_sure(struct finder *finder, const struct event_find *find, struct coded_event *event)
{
    struct article *article = finder->article;
    if (find->match->likely > 0) {
        event->act_confidence = find->match->likely;
        return event->source_count + event->target_count > 0;
    }
    struct event_candidate candidate = {.trigger = event->trigger};
    candidate.feature_count = event_confidence_read(find, candidate.features);
    event->act_confidence = event_confidence(candidate.features, candidate.feature_count);
    memcpy(candidate.cameo, event->cameo, sizeof(candidate.cameo));
    struct event_candidate *kept = article->trials_wanted && event->modality != MODALITY_HISTORICAL
                                       ? article_list_add(article->arena, &article->event_candidates)
                                       : NULL;
    if (kept)
        *kept = candidate;
    float floor = find->own_source && find->own_target ? CONFIDENCE_TOLD : CONFIDENCE_SUFFICES;
    return event->source_count + event->target_count > 0 && !find->blames_thing &&
           (event->act_confidence >= CONFIDENCE_SURE || !is_doubtful(finder, find->clause->at)) &&
           (((rules_suffice(find) || act_is_blow(event->cameo)) && event->act_confidence >= floor) ||
            event->act_confidence >= (find->private ? CONFIDENCE_PRIVATE : CONFIDENCE_MIN));
}

/* "said that it was unfair": an act only by what is said. */
static bool is_of_words(const struct event_rule *rule)
{
    bool says = false;
    for (size_t i = 0; i < rule->slot_count; i++)
        says |= rule->slots[i].words && str_equal(rule->slots[i].preposition, STR("that"));
    return says;
}

/* "shelled the town, killing six": what a coded blow led to is no event of its own. */
static bool is_outcome(const struct finder *finder, const struct clause *clause, const struct act *act)
{
    uint32_t above = node(finder, clause->at)->head;
    const char *done = act_code(act, STANCE_DONE);
    bool harm = (done[0] == '1' && done[1] >= '8') || !strcmp(act->name, "DESTROY");
    if (!harm || above == TREE_NONE || node(finder, clause->at)->relation != REL_ADVCL ||
        !str_equal(node(finder, clause->at)->xpos, STR("VBG")) || !finder->told[finder->tree->first + above])
        return false;
    uint32_t start = tree_span(finder->article, finder->tree, above, above + 1).start;
    for (size_t i = finder->article->events.count; i-- > 0;)
        if (finder->article->events.items[i].trigger.start == start)
            return finder->article->events.items[i].cameo[0] == '1' &&
                   finder->article->events.items[i].cameo[1] >= '8';
    return false;
}

/* Codes what the rule says; false when too little of it is known. */
static bool code(struct finder *finder, const struct clause *clause, const struct clause_match *match,
                 int tried, int *ret_error)
{
    static const enum event_modality modalities[STANCES] = {
        [STANCE_DONE] = MODALITY_ASSERTED,    [STANCE_APPEAL] = MODALITY_DEMANDED,
        [STANCE_INTENT] = MODALITY_PROMISED,  [STANCE_DEMAND] = MODALITY_DEMANDED,
        [STANCE_REFUSAL] = MODALITY_ASSERTED, [STANCE_THREAT] = MODALITY_THREATENED};
    static const enum event_modality modalities_alone[] = {
        [EVENT_APPEAL] = MODALITY_DEMANDED,   [EVENT_DEMAND] = MODALITY_DEMANDED,
        [EVENT_INTENT] = MODALITY_PROMISED,   [EVENT_REFUSAL] = MODALITY_ASSERTED,
        [EVENT_THREAT] = MODALITY_THREATENED,
    };
    const struct event_rule *rule = match->rule;
    enum stance own = rule->own;
    const struct act *act =
        rule->kind == EVENT_STANCE ? act_of_stance(finder, clause, rule->stance, &own) : rule->act;
    struct stand stand = {.act = act,
                          .stance = own,
                          .modality = rule->kind == EVENT_STANCE ? modalities_alone[rule->stance]
                                                                 : modalities[rule->own],
                          .source = clause->subject,
                          .target = TREE_NONE,
                          .speaker = TREE_NONE,
                          .negation_told = rule->negated};
    struct coded_event event = {.sentence = finder->article->sentences.items[finder->sentence],
                                .trigger =
                                    tree_span(finder->article, finder->tree, clause->at, clause->at + 1)};
    take_slots(clause, match, act, &stand);
    if (rule->kind == EVENT_STANCE && own != STANCE_DONE && stand.target == TREE_NONE)
        stand.target = finder->below[finder->tree->first + clause->at].target;
    stand_read(&stand, clause, finder->coder->lexicon);
    if (match->likely > 0) { /* the guess has the words above in view */
        stand.act = act;
        stand.stance = own;
        stand.modality = modalities[own];
        stand.dropped = NULL;
    }
    if (!stand.dropped && is_told_above(finder, &stand))
        stand.dropped = "it is what the accusation above is";
    if (!stand.dropped && is_outcome(finder, clause, act))
        stand.dropped = "it is what the blow above led to";
    if (!stand.dropped && is_told_otherwise(finder, clause, act))
        stand.dropped = "its verb says the contrary";
    if (stand.dropped || !strcmp(act->name, "NOTHING")) {
        consume(finder, clause, match, &stand);
        note(finder, clause, match, act, stand.dropped ? stand.dropped : "nothing political");
        return true;
    }
    event.source_count =
        parties_keep_known(event.sources, actors_at(finder, stand.source, true, event.sources));
    const struct coded_event both = event;
    if (parties_mutual(clause, match, &stand, &event))
        parties_split(&event);
    else
        take_target(finder, clause, act, &stand, &event);
    if (!event.target_count)
        event_target_before(finder->article, finder->tree, &stand, &event);
    struct event_find find = {.article = finder->article,
                              .event = &event,
                              .clause = clause,
                              .match = match,
                              .stand = &stand,
                              .sentence = finder->sentence,
                              .tried = tried,
                              .own_source = event.source_count,
                              .own_target = event.target_count,
                              .occurs = clause_occurs(clause)};
    find.blames_thing = !strncmp(act_code(act, STANCE_DONE), "112", 3) && !event.target_count &&
                        stand.target != TREE_NONE && node(finder, stand.target)->upos == UPOS_NOUN;
    bool words_only = is_of_words(rule);
    find.private = (rule->kind == EVENT_STANCE || words_only) && parties_private(finder->article, &event);
    find.suffices = parties_suffice(&event, &stand, clause->passive, finder->actors.home[0]) &&
                    (!words_only || event.target_count);
    event_list_name(&event, stand.act, stand.stance, stand.modality);
    struct article *notes = finder->article->trials_wanted ? finder->article : NULL;
    if (parties_said_mutual(clause, match, &both)) { /* no choice is left */
        event.party_shares[PARTY_SOURCE] = event.party_shares[PARTY_TARGET] = 1;
    } else {
        party_choose(&finder->actors, finder->tree, clause->at, PARTY_SOURCE, &event, notes);
        if (!event.target_count || !parties_companion(&event.targets[0]))
            party_choose(&finder->actors, finder->tree, clause->at, PARTY_TARGET, &event, notes);
    }
    stand.act = parties_act(finder->article, stand.act, &event);
    if (parties_with_words(finder->article, &stand, &event))
        stand.act = act_find(STR("CRITICISE"));
    event_topics_read(finder->coder->lexicon, clause, &stand);
    if (parties_are_one(&event, &stand))
        event.target_count = 0;
    event.time = event_time(finder->article, finder->tree, clause, finder->sentence, finder->first_time);
    if (stand.modality == MODALITY_ASSERTED &&
        (finder->past_year || event_is_old(finder->article, event.time)))
        stand.modality = MODALITY_HISTORICAL;
    event_list_name(&event, stand.act, stand.stance, stand.modality);
    if (!is_sure(finder, &find, &event)) {
        note(finder, clause, match, act, "too little speaks for it");
        if (!finder->doubted[finder->tree->first + clause->at])
            finder->doubted[finder->tree->first + clause->at] = act;
        for (size_t i = 0; i < stand.stance_count; i++)
            if (!finder->below[finder->tree->first + stand.stances[i]].act)
                finder->below[finder->tree->first + stand.stances[i]] = (struct below){act, stand.target};
        return false;
    }
    consume(finder, clause, match, &stand);
    attribute(finder, stand.speaker, &event);
    event.place = event_place(finder->article, finder->tree, clause);
    event.rule = match->likely > 0 ? ACT_MODEL_RULE : stand.act->name;
    event_contexts_read(finder->coder->contexts, finder->tree, stand.act, &event);
    uint16_t features[PAIR_FEATURES_MAX];
    event.confidence = pair_confidence(features, pair_confidence_read(&event, features));
    *ret_error = event_list_add(finder->article, &event);
    finder->coded++;
    note(finder, clause, match, act, EVENT_TRIAL_CODED);
    return true;
}

/* The infinitive in one of the rule's slots: "threatened to expel them"; TREE_NONE = none. */
static uint32_t infinitive_of(const struct clause_match *match, const struct tree *tree)
{
    for (size_t i = 0; i < match->rule->slot_count; i++)
        if (str_equal(match->rule->slots[i].preposition, STR("to")) && match->rule->slots[i].words &&
            tree->nodes[match->slots[i]].upos == UPOS_VERB)
            return match->slots[i];
    return TREE_NONE;
}

/* A verb without a rule read otherwise; false where it cannot be. */
static bool read_again(struct clause *clause, enum event_word *kind)
{
    if (!clause->passive)
        return clause_take_particle(clause);
    *kind = EVENT_ADJECTIVE;
    clause_take_as_adjective(clause);
    return true;
}

static int look_at(struct finder *finder, uint32_t at, bool alone)
{
    enum upos upos = node(finder, at)->upos;
    struct clause clause;
    if ((upos != UPOS_VERB && upos != UPOS_NOUN && upos != UPOS_ADJ) ||
        finder->quoted[finder->tree->first + at] || finder->consumed[finder->tree->first + at] ||
        finder->coded == SENTENCE_EVENTS_MAX)
        return 0;
    clause_read(&clause, finder->tree, at);
    enum event_word kind = alone               ? EVENT_STANCE
                           : upos == UPOS_ADJ  ? EVENT_ADJECTIVE
                           : upos == UPOS_VERB ? EVENT_VERB
                                               : EVENT_NOUN;
    int limit = CLAUSE_ANY, error = 0;
    for (int try = 0; try < RULES_TRIED_MAX; try++) {
        struct clause_match match = clause_match(&clause, finder->coder->lexicon, kind, TREE_NONE, limit);
        if (!match.rule && !try && kind == EVENT_VERB && read_again(&clause, &kind))
            match = clause_match(&clause, finder->coder->lexicon, kind, TREE_NONE, limit);
        uint32_t below = match.rule ? infinitive_of(&match, finder->tree) : TREE_NONE;
        if (below != TREE_NONE && below > at && !error) { /* whom it is done to stands below it */
            error = look_at(finder, below, false);
            if (error || finder->consumed[finder->tree->first + at])
                break;
        }
        if (!match.rule || code(finder, &clause, &match, try, &error))
            break;
        limit = match.points;
    }
    return error;
}

static bool same_root(const struct act *a, const struct act *b)
{
    return !strncmp(act_code(a, STANCE_DONE), act_code(b, STANCE_DONE), 2);
}

/* What a word tells that no rule holds for: by the words around it. What a rule made it, it is or it is
 * nothing. */
static int guess_at(struct finder *finder, uint32_t at)
{
    struct article *article = finder->article;
    uint32_t token = finder->tree->first + at, features[ACT_FEATURES_MAX];
    if (!act_features_wanted(node(finder, at)) || (finder->consumed[token] && !article->trials_wanted))
        return 0;
    size_t count = act_features_read(article, finder->sentence, at, features);
    struct act_word *kept =
        article->trials_wanted ? article_list_add(article->arena, &article->act_words) : NULL;
    uint32_t *copy = kept ? arena_new_array(article->arena, uint32_t, count) : NULL;
    if (copy)
        *kept = (struct act_word){tree_span(article, finder->tree, at, at + 1),
                                  memcpy(copy, features, count * sizeof(*copy)), count};
    if (finder->quoted[token] || finder->consumed[token] || finder->coded == SENTENCE_EVENTS_MAX)
        return 0;
    struct act_guess guess = act_model_guess(finder->coder->acts, features, count);
    if (guess.likely < GUESS_MIN || (finder->doubted[token] && !same_root(guess.act, finder->doubted[token])))
        return 0;
    struct clause clause;
    int error = 0;
    clause_read(&clause, finder->tree, at);
    struct event_rule rule = {
        .kind = clause.verb ? EVENT_VERB : EVENT_NOUN, .act = guess.act, .own = guess.stance};
    struct clause_match match = {.rule = &rule, .likely = guess.likely};
    code(finder, &clause, &match, 0, &error);
    return error;
}

/* Verbs first: they take their objects with them. What calls for something that is no act comes last. */
static int look_at_sentence(struct finder *finder)
{
    int error = 0;
    if (discards_sport(finder->tree))
        return 0;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++)
        if (node(finder, at)->upos == UPOS_VERB || node(finder, at)->upos == UPOS_ADJ)
            error = look_at(finder, at, false);
    for (uint32_t at = 0; at < finder->tree->count && !error; at++)
        error = node(finder, at)->upos == UPOS_NOUN ? look_at(finder, at, false) : 0;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++)
        error = node(finder, at)->upos == UPOS_VERB ? look_at(finder, at, true) : 0;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++)
        error = guess_at(finder, at);
    return error;
}

/* ---- The stage ---- */

/* What is quoted directly is a statement, not the article's own telling. */
static void mark_quoted(struct finder *finder)
{
    const struct article *article = finder->article;
    size_t token = 0;
    for (size_t i = 0; i < article->statements.count; i++) {
        const struct statement *statement = &article->statements.items[i];
        if (statement->kind != STATEMENT_DIRECT)
            continue;
        while (token < article->tokens.count && article->token_spans[token].end <= statement->content.start)
            token++;
        for (size_t at = token;
             at < article->tokens.count && article->token_spans[at].start < statement->content.end; at++)
            finder->quoted[at] = true;
    }
}

static int find(struct finder *finder)
{
    struct article *article = finder->article;
    finder->quoted = arena_new_array(article->arena, bool, article->tokens.count + 1);
    finder->consumed = arena_new_array(article->arena, bool, article->tokens.count + 1);
    finder->told = arena_new_array(article->arena, bool, article->tokens.count + 1);
    finder->doubted = arena_new_array(article->arena, const struct act *, article->tokens.count + 1);
    finder->below = arena_new_array(article->arena, struct below, article->tokens.count + 1);
    actor_finder_begin(&finder->actors, finder->coder->actors, article);
    if (!finder->quoted || !finder->consumed || !finder->told || !finder->doubted || !finder->below ||
        !finder->actors.phrases)
        return -ENOMEM;
    memcpy(finder->home, finder->actors.home, sizeof(finder->home));
    mark_quoted(finder);
    int error = 0;
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        finder->sentence = i;
        finder->coded = 0;
        finder->tree = &article->trees[i];
        if (!home_country_of_sentence(article, finder->tree, finder->actors.home))
            memcpy(finder->actors.home, finder->home, sizeof(finder->home));
        finder->past_year = event_names_past_year(article, finder->tree);
        while (finder->first_time < article->times.count &&
               article->times.items[finder->first_time].sentence < i)
            finder->first_time++;
        error = budget_over() ? ERR_DEADLINE : look_at_sentence(finder);
    }
    return error;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    struct finder finder = {.coder = context, .article = article};
    int error = discards_article(article) ? 0 : find(&finder);
    if (error) {
        article->events.count = 0;
        return error;
    }
    event_list_keep_sure(article);
    article->given |= GIFT_EVENTS;
    return 0;
}

const struct stage stage_events = {
    .name = "events",
    .description = "who did what to whom: coded political events",
    .version = 6,
    .needs = GIFT_STATEMENTS,
    .gives = GIFT_EVENTS,
    .languages = language_stages_spoken,
    .init = event_coder_create,
    .process = process,
    .destroy = event_coder_destroy,
};

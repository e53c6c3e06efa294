/* speakers: see the header. */
#include "processors/meaning/speakers.h"

enum { STEPS_UP_MAX = 4, PHRASE_WORDS_MAX = 14, TITLE_WORDS_MAX = 6 };

static bool is_relative(const struct tree *tree, uint32_t at)
{
    const struct str lower = tree->nodes[at].lower;
    return str_equal(lower, STR("who")) || str_equal(lower, STR("which")) || str_equal(lower, STR("that"));
}

static bool is_noun(const struct tree *tree, uint32_t at)
{
    enum upos upos = tree->nodes[at].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON;
}

/* Directly behind the verb, without a preposition: "said the minister". */
static uint32_t behind(const struct tree *tree, uint32_t verb)
{
    for (uint32_t c = tree->nodes[verb].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        if (c > verb && is_noun(tree, c) &&
            (relation == REL_OBJ || relation == REL_NSUBJ || relation == REL_IOBJ) &&
            tree_child(tree, c, REL_CASE) == TREE_NONE)
            return c;
    }
    return TREE_NONE;
}

static uint32_t own_subject(const struct tree *tree, uint32_t verb)
{
    uint32_t subject = tree_child(tree, verb, REL_NSUBJ);
    uint32_t above = tree->nodes[verb].head;
    if (subject == TREE_NONE || !is_relative(tree, subject))
        return subject;
    bool of_noun = tree->nodes[verb].relation == REL_ACL && above != TREE_NONE && is_noun(tree, above);
    return of_noun ? above : TREE_NONE;
}

uint32_t speaker_head(const struct tree *tree, uint32_t verb, bool inverted)
{
    for (int step = 0; step < STEPS_UP_MAX; step++) {
        uint32_t subject = own_subject(tree, verb);
        if (subject == TREE_NONE && inverted)
            subject = behind(tree, verb);
        if (subject != TREE_NONE)
            return subject;
        enum relation relation = tree->nodes[verb].relation;
        uint32_t above = tree->nodes[verb].head;
        if (above == TREE_NONE)
            return TREE_NONE;
        if (relation == REL_ACL && str_equal(tree->nodes[verb].xpos, STR("VBN")))
            return TREE_NONE; /* "officials accused of": it is not they who accuse */
        if (relation == REL_ACL && is_noun(tree, above) && tree->nodes[above].upos != UPOS_PRON)
            return above; /* "a letter saying that": the noun speaks */
        if (relation != REL_CONJ && relation != REL_ADVCL && relation != REL_XCOMP &&
            relation != REL_PARATAXIS)
            return TREE_NONE;
        verb = above;
        inverted = false;
    }
    return TREE_NONE;
}

/* A name whose role holds the word ("the head of the agency, Ana Ruiz"), or that the word is of. */
static uint32_t name_at(const struct article *article, const struct tree *tree, uint32_t head)
{
    uint32_t token = tree->first + head, name = article->token_names[token];
    if (name)
        return name;
    uint32_t end =
        tree->first + (tree->count < head + PHRASE_WORDS_MAX ? tree->count : head + PHRASE_WORDS_MAX);
    for (uint32_t at = token + 1; at < end; at++) {
        name = article->token_names[at];
        if (!name || article->names.items[name - 1].type != NAME_PERSON)
            continue;
        const struct role *role = &article->entities.items[article->names.items[name - 1].entity].role;
        return role->class && role->first <= token && token < role->end ? name : 0;
    }
    return 0;
}

/* What belongs to a noun and is no clause of its own. */
static bool is_of_phrase(enum relation relation)
{
    return relation == REL_DET || relation == REL_AMOD || relation == REL_COMPOUND || relation == REL_NMOD ||
           relation == REL_NUMMOD || relation == REL_FLAT;
}

static void phrase(const struct tree *tree, uint32_t head, uint32_t *ret_first, uint32_t *ret_end)
{
    *ret_first = head;
    *ret_end = head + 1;
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t first, end;
        if (!is_of_phrase(tree->nodes[c].relation))
            continue;
        tree_reach(tree, c, &first, &end);
        if (first > head &&
            (tree_is(tree, first, ",") || tree_is(tree, first - 1, ","))) /* "the guard, for its part" */
            continue;
        if (first < *ret_first && *ret_first - first <= PHRASE_WORDS_MAX)
            *ret_first = first;
        if (end > *ret_end && end - *ret_end <= PHRASE_WORDS_MAX)
            *ret_end = end;
    }
}

/* "The bloc ECOWAS", "rebel group M23": the organisation's name directly behind a noun that only says what it
 * is; TREE_NONE when there is none. */
static uint32_t called_behind(const struct article *article, const struct tree *tree, uint32_t head)
{
    uint32_t name = head + 1 < tree->count ? article->token_names[tree->first + head + 1] : 0;
    bool noun = tree->nodes[head].upos == UPOS_NOUN && !article->token_entities[tree->first + head];
    if (!noun || !name || article->names.items[name - 1].type != NAME_ORGANISATION)
        return TREE_NONE;
    return tree->nodes[head + 1].relation == REL_APPOS && tree->nodes[head + 1].head == head ? head + 1
                                                                                             : TREE_NONE;
}

void speaker_words(const struct article *article, const struct tree *tree, uint32_t head,
                   struct span *ret_span, uint32_t *ret_entity)
{
    uint32_t name = name_at(article, tree, head), first, end;
    if (name && article->names.items[name - 1].type == NAME_PERSON) {
        *ret_span = article->names.items[name - 1].span;
        *ret_entity = article->names.items[name - 1].entity + 1;
        return;
    }
    phrase(tree, head, &first, &end);
    uint32_t called = name ? TREE_NONE : called_behind(article, tree, head);
    if (called != TREE_NONE) {
        name = article->token_names[tree->first + called];
        *ret_span = tree_span(article, tree, first, article->names.items[name - 1].end - tree->first);
        *ret_entity = article->names.items[name - 1].entity + 1;
        return;
    }
    if (name && article->names.items[name - 1].end - tree->first > end) /* "the Committee to Protect ..." */
        end = article->names.items[name - 1].end - tree->first;
    *ret_span = tree_span(article, tree, first, end);
    *ret_entity = article->token_entities[tree->first + head];
    if (name && !*ret_entity)
        *ret_entity = article->names.items[name - 1].entity + 1;
}

uint32_t speaker_named_behind(const struct article *article, const struct tree *tree, uint32_t verb)
{
    for (uint32_t at = verb + 1; at < tree->count && at <= verb + TITLE_WORDS_MAX; at++) {
        uint32_t name = article->token_names[tree->first + at];
        enum upos upos = tree->nodes[at].upos;
        if (name && article->names.items[name - 1].type <= NAME_ORGANISATION &&
            article->names.items[name - 1].type != NAME_PLACE)
            return at;
        if (upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_PUNCT || upos == UPOS_PRON)
            return TREE_NONE;
    }
    return TREE_NONE;
}

/* "together with Ana Ruiz": her; TREE_NONE when it does not begin at the word. */
static uint32_t together_with(const struct tree *tree, uint32_t at)
{
    if (at + 2 >= tree->count || !tree_is(tree, at + 1, "with") ||
        (!tree_is(tree, at, "together") && !tree_is(tree, at, "along")))
        return TREE_NONE;
    uint32_t head = tree->nodes[at + 1].head;
    return head != TREE_NONE && head > at + 1 && is_noun(tree, head) ? head : TREE_NONE;
}

size_t speakers_with(const struct article *article, const struct tree *tree, uint32_t head, uint32_t cue,
                     struct statement_speaker *ret_list, size_t most)
{
    size_t count = 0;
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE && count < most;
         c = tree->nodes[c].next_child)
        if (tree->nodes[c].relation == REL_CONJ && is_noun(tree, c) &&
            tree_child(tree, c, REL_CC) != TREE_NONE) {
            speaker_words(article, tree, c, &ret_list[count].words, &ret_list[count].entity);
            count++;
        }
    for (uint32_t at = 0; at < cue && count < most; at++) {
        uint32_t other = together_with(tree, at);
        if (other != TREE_NONE && other != head) {
            speaker_words(article, tree, other, &ret_list[count].words, &ret_list[count].entity);
            count++;
        }
    }
    return count;
}

/* references: see the header. Goes through the text once, with those who were mentioned in mind. */
#include "processors/meaning/references.h"

#include <errno.h>
#include <string.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/tree.h"
#include "processors/meaning/affiliations.h"
#include "processors/meaning/genders.h"
#include "processors/meaning/home_country.h"
#include "processors/meaning/quotes.h"
#include "processors/meaning/reference_candidates.h"
#include "processors/meaning/reference_kinds.h"

struct finder {
    struct article *article;
    struct reference_scene scene;
    uint32_t *token_entities;
    bool *in_roles; /* the tokens that are of someone's role */
    bool *quoted;
    enum gender *genders;
    uint32_t sentence; /* at work */
    uint32_t plurals_before;
    const struct tree *tree;
};

static const struct tree_node *node(const struct finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

/* ---- Who is in mind ---- */

/* What the words of a name, and a noun beside it, say that it is: "the militia Al-Shabaab". */
static uint32_t kinds_of(const struct finder *finder, uint32_t first, uint32_t end, uint32_t head)
{
    uint32_t kinds = 0, above = node(finder, head)->head;
    uint8_t relation = node(finder, head)->relation;
    for (uint32_t at = first; at < end; at++)
        kinds |= reference_kinds_of_noun(node(finder, at)->lower);
    if (above != TREE_NONE && (relation == REL_APPOS || relation == REL_COMPOUND || relation == REL_FLAT))
        kinds |= reference_kinds_of_noun(node(finder, above)->lower);
    for (uint32_t c = node(finder, head)->first_child; c != TREE_NONE; c = node(finder, c)->next_child)
        if (node(finder, c)->relation == REL_APPOS || node(finder, c)->relation == REL_COMPOUND)
            kinds |= reference_kinds_of_noun(node(finder, c)->lower);
    return kinds;
}

/* The newest stands last; who was longest not mentioned makes room. */
static void remember(struct finder *finder, uint32_t entity, uint32_t first, uint32_t end, bool named)
{
    struct reference_scene *scene = &finder->scene;
    uint32_t head = tree_head_of(finder->tree, first, end);
    struct in_mind mind = {.entity = entity,
                           .sentence = finder->sentence,
                           .token = finder->tree->first + head,
                           .relation = node(finder, head)->relation,
                           .subject = node(finder, head)->relation == REL_NSUBJ,
                           .quoted = finder->quoted[finder->tree->first + head],
                           .kinds = named ? kinds_of(finder, first, end, head) : 0,
                           .times = 1};
    size_t i = 0;
    mind.leading = scene->mind_count == 0 || scene->minds[scene->mind_count - 1].sentence != finder->sentence;
    while (i < scene->mind_count && scene->minds[i].entity != entity)
        i++;
    if (i < scene->mind_count) {
        const struct in_mind *before = &scene->minds[i];
        mind.times += before->times;
        mind.kinds |= before->kinds;
        if (before->sentence == finder->sentence) {
            mind.subject |= before->subject;
            mind.leading |= before->leading;
        }
    } else if (scene->mind_count == IN_MIND_MAX) {
        i = 0;
    }
    if (i < scene->mind_count) {
        scene->mind_count--;
        memmove(&scene->minds[i], &scene->minds[i + 1], (scene->mind_count - i) * sizeof(mind));
    }
    scene->minds[scene->mind_count++] = mind;
}

/* ---- What looks back ---- */

struct pronoun {
    const char *word;
    enum reference_form form;
    enum gender gender;
};

static bool pronoun_of(const struct finder *finder, uint32_t at, struct anaphor *ret_anaphor)
{
    static const struct pronoun pronouns[] = {
        {"he", FORM_PERSON, GENDER_MALE},        {"him", FORM_PERSON, GENDER_MALE},
        {"his", FORM_PERSONS, GENDER_MALE},      {"himself", FORM_PERSONS, GENDER_MALE},
        {"she", FORM_PERSON, GENDER_FEMALE},     {"her", FORM_PERSON, GENDER_FEMALE},
        {"hers", FORM_PERSONS, GENDER_FEMALE},   {"herself", FORM_PERSONS, GENDER_FEMALE},
        {"it", FORM_THING, GENDER_UNKNOWN},      {"its", FORM_THINGS, GENDER_UNKNOWN},
        {"itself", FORM_THINGS, GENDER_UNKNOWN}, {"they", FORM_THEY, GENDER_UNKNOWN},
        {"them", FORM_THEY, GENDER_UNKNOWN},     {"their", FORM_THEIR, GENDER_UNKNOWN},
        {"theirs", FORM_THEIR, GENDER_UNKNOWN},  {"themselves", FORM_THEIR, GENDER_UNKNOWN}};
    for (size_t i = 0; i < sizeof(pronouns) / sizeof(pronouns[0]); i++)
        if (str_equal(node(finder, at)->lower, str_from(pronouns[i].word))) {
            bool hers = pronouns[i].form == FORM_PERSON && str_equal(node(finder, at)->xpos, STR("PRP$"));
            *ret_anaphor = (struct anaphor){.form = hers ? FORM_PERSONS : pronouns[i].form,
                                            .tree = finder->tree,
                                            .sentence = finder->sentence,
                                            .first = at,
                                            .head = at,
                                            .end = at + 1,
                                            .gender = pronouns[i].gender};
            return true;
        }
    return false;
}

static bool is_determiner(const struct finder *finder, uint32_t at)
{
    static const char *const words[] = {"the", "this", "that", "these", "those"};
    if (str_equal(node(finder, at)->xpos, STR("PRP$")))
        return true;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal(node(finder, at)->lower, str_from(words[i])))
            return node(finder, at)->upos == UPOS_DET;
    return false;
}

/* "the 54-year-old ruling party leader" */
static bool is_within_phrase(const struct finder *finder, uint32_t at)
{
    const struct tree_node *word = node(finder, at);
    return word->upos == UPOS_ADJ || word->upos == UPOS_NOUN || word->upos == UPOS_PROPN ||
           word->upos == UPOS_NUM || (word->upos == UPOS_VERB && word->relation == REL_AMOD);
}

/* The head of the noun phrase behind a determiner; TREE_NONE when it goes on ("the minister of finance"), is
 * the role of a name behind it, or is none. */
static uint32_t described_head(const struct finder *finder, uint32_t at)
{
    uint32_t head = at + 1, count = finder->tree->count;
    while (head < count && is_within_phrase(finder, head))
        head++;
    if (head == at + 1 || !str_starts(node(finder, head - 1)->xpos, STR("NN")))
        return TREE_NONE;
    bool goes_on = head < count && (str_equal(node(finder, head)->lower, STR("of")) ||
                                    str_equal(node(finder, head)->lower, STR("for")) ||
                                    (str_equal(node(finder, head)->lower, STR(",")) && head + 1 < count &&
                                     finder->token_entities[finder->tree->first + head + 1]));
    return goes_on || finder->token_entities[finder->tree->first + head - 1] ? TREE_NONE : head - 1;
}

/* What some organisations are called that no word of their name says. */
static bool name_ends(const struct finder *finder, struct str lemma)
{
    const struct reference_scene *scene = &finder->scene;
    for (size_t i = 0; i < scene->mind_count; i++) {
        const struct article_entity *entity = &finder->article->entities.items[scene->minds[i].entity];
        if (entity->type == NAME_ORGANISATION && entity->name.len > lemma.len &&
            str_equal_nocase(str_slice(entity->name, entity->name.len - lemma.len, entity->name.len), lemma))
            return true;
    }
    return false;
}

static enum reference_form form_of_kinds(uint32_t kinds)
{
    return kinds & KIND_GOVERNMENT ? FORM_GOVERNMENT
           : kinds & KIND_STATE    ? FORM_STATE
           : kinds & KIND_CITY     ? FORM_CITY
           : kinds == KIND_REGION  ? FORM_REGION
                                   : FORM_GROUP;
}

static bool description_of(const struct finder *finder, uint32_t at, struct anaphor *ret_anaphor)
{
    uint32_t head = is_determiner(finder, at) ? described_head(finder, at) : TREE_NONE;
    if (head == TREE_NONE)
        return false;
    struct str lemma = node(finder, head)->lemma;
    struct anaphor anaphor = {.tree = finder->tree,
                              .sentence = finder->sentence,
                              .first = at,
                              .head = head,
                              .end = head + 1,
                              .kinds = reference_kinds_of_noun(node(finder, head)->lower)};
    bool plural = str_equal(node(finder, head)->xpos, STR("NNS"));
    if (anaphor.kinds)
        anaphor.form = form_of_kinds(anaphor.kinds);
    else if (!plural && role_word_class(node(finder, head - 1)->lower, lemma) != ROLE_NONE)
        anaphor.form = FORM_ROLE;
    else if (!plural && head == at + 1 && name_ends(finder, lemma))
        anaphor.form = FORM_NAMED;
    else
        return false;
    *ret_anaphor = anaphor;
    return true;
}

/* ---- Whom it means ---- */

/* What nobody must be likelier by (in logarithms of the odds): a guess says more than silence. */
static const float margin_of_nobody = 0.5F;

/* For who trains the choice. */
static void note(struct article *article, struct span span, const struct reference_candidate *candidates,
                 size_t count)
{
    struct reference_choice *choice = article_list_add(article->arena, &article->reference_choices);
    struct reference_candidate *kept = arena_new_array(article->arena, struct reference_candidate, count);
    if (!choice)
        return;
    if (kept)
        memcpy(kept, candidates, count * sizeof(*kept));
    *choice = (struct reference_choice){span, kept, kept ? count : 0};
}

static int add(struct finder *finder, const struct anaphor *anaphor, uint32_t entity)
{
    struct article *article = finder->article;
    struct article_reference *reference = article_list_add(article->arena, &article->references);
    bool pronoun = anaphor->form < FORM_GOVERNMENT;
    if (!reference)
        return -ENOMEM;
    *reference = (struct article_reference){
        .kind = pronoun ? REFERENCE_PRONOUN : REFERENCE_DESCRIPTION,
        .span = tree_span(article, finder->tree, anaphor->first, anaphor->end),
        .sentence = finder->sentence,
        .first = finder->tree->first + anaphor->first,
        .end = finder->tree->first + anaphor->end,
        .entity = entity,
    };
    for (uint32_t at = anaphor->first; at < anaphor->end; at++)
        if (!finder->token_entities[finder->tree->first + at]) /* "its" in "its president" is another's */
            finder->token_entities[finder->tree->first + at] = entity + 1;
    if (anaphor->gender != GENDER_UNKNOWN && finder->genders[entity] == GENDER_UNKNOWN)
        finder->genders[entity] = anaphor->gender;
    remember(finder, entity, anaphor->first, anaphor->end, false);
    return 0;
}

static int resolve(struct finder *finder, const struct anaphor *anaphor)
{
    struct reference_candidate candidates[REFERENCE_CANDIDATES_MAX];
    size_t count = reference_candidates(&finder->scene, anaphor, candidates), best = 0;
    float most = 0;
    for (size_t i = 0; i < count; i++) {
        float score =
            reference_candidate_score(&candidates[i]) - (candidates[i].entity ? 0 : margin_of_nobody);
        if (i == 0 || (score > most && !candidates[i].foreign)) {
            most = score;
            best = i;
        }
    }
    if (finder->article->trials_wanted)
        note(finder->article, tree_span(finder->article, finder->tree, anaphor->first, anaphor->end),
             candidates, count);
    return candidates[best].entity ? add(finder, anaphor, candidates[best].entity - 1) : 0;
}

/* ---- The walk ---- */

/* The end of the name that begins here; the same place when none does. */
static uint32_t name_end(const struct finder *finder, uint32_t at)
{
    uint32_t name = finder->article->token_names[finder->tree->first + at], end = at;
    while (name && end < finder->tree->count &&
           finder->article->token_names[finder->tree->first + end] == name)
        end++;
    return end;
}

static int walk(struct finder *finder)
{
    struct anaphor anaphor;
    uint32_t plurals = 0;
    int error = 0;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++) {
        uint32_t end = name_end(finder, at);
        finder->scene.plurals = plurals + finder->plurals_before;
        if (end > at) {
            remember(finder, finder->token_entities[finder->tree->first + at] - 1, at, end, true);
            at = end - 1;
            continue;
        }
        plurals += str_equal(node(finder, at)->xpos, STR("NNS"));
        if (node(finder, at)->upos == UPOS_PRON && pronoun_of(finder, at, &anaphor))
            error = resolve(finder, &anaphor);
        if (!error && !finder->in_roles[finder->tree->first + at] && description_of(finder, at, &anaphor))
            error = resolve(finder, &anaphor);
    }
    finder->plurals_before = plurals;
    return error;
}

static int mark_quoted(struct finder *finder)
{
    struct quote_list quotes = {0};
    if (quotes_find(finder->article, &quotes))
        return -ENOMEM;
    for (size_t i = 0; i < quotes.count; i++)
        for (uint32_t at = quotes.items[i].first; at < quotes.items[i].end; at++)
            finder->quoted[at] = true;
    return 0;
}

static int prepare(struct finder *finder)
{
    struct article *article = finder->article;
    finder->token_entities = arena_new_array(article->arena, uint32_t, article->tokens.count + 1);
    finder->genders = arena_new_array(article->arena, enum gender, article->entities.count + 1);
    finder->in_roles = arena_new_array(article->arena, bool, article->tokens.count + 1);
    finder->quoted = arena_new_array(article->arena, bool, article->tokens.count + 1);
    if (!finder->token_entities || !finder->genders || !finder->in_roles || !finder->quoted)
        return -ENOMEM;
    for (size_t i = 0; i < article->tokens.count; i++)
        if (article->token_names[i])
            finder->token_entities[i] = article->names.items[article->token_names[i] - 1].entity + 1;
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        for (uint32_t at = entity->role.first; at < entity->role.end; at++)
            finder->in_roles[at] = true;
        if (entity->type == NAME_PERSON)
            finder->genders[i] = gender_of_person(article, entity);
    }
    finder->scene =
        (struct reference_scene){.article = article, .genders = finder->genders, .quoted = finder->quoted};
    home_country(article, finder->scene.home);
    return mark_quoted(finder);
}

int references_list(struct article *article)
{
    for (size_t i = 0; i < article->entities.count; i++)
        article->entities.items[i].reference_count = 0;
    for (size_t i = 0; i < article->references.count; i++)
        article->entities.items[article->references.items[i].entity].reference_count++;
    for (size_t i = 0; i < article->entities.count; i++) {
        struct article_entity *entity = &article->entities.items[i];
        entity->references = arena_new_array(article->arena, uint32_t, entity->reference_count + 1);
        if (!entity->references)
            return -ENOMEM;
        entity->reference_count = 0;
    }
    for (uint32_t i = 0; i < article->references.count; i++) {
        struct article_entity *entity = &article->entities.items[article->references.items[i].entity];
        entity->references[entity->reference_count++] = i;
    }
    return 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    struct finder finder = {.article = article};
    int error = prepare(&finder);
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        finder.sentence = i;
        finder.tree = &article->trees[i];
        error = budget_over() ? ERR_DEADLINE : walk(&finder);
    }
    if (!error)
        error = references_list(article);
    article->token_entities = finder.token_entities;
    if (!error)
        error = affiliations_find(article);
    if (error) {
        article->token_entities = NULL;
        article->references.count = 0;
        for (size_t i = 0; i < article->entities.count; i++)
            article->entities.items[i].reference_count = 0;
        return error;
    }
    article->given |= GIFT_REFERENCES;
    return 0;
}

const struct stage stage_references = {
    .name = "references",
    .description = "whom pronouns and descriptions mean, and of which country people are",
    .version = 3,
    .needs = GIFT_ROLES,
    .gives = GIFT_REFERENCES,
    .languages = language_stages_spoken,
    .process = process,
};

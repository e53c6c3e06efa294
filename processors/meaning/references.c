/* references: see the header. Goes through the text once, with the last places of each entity at hand. */
#include "processors/meaning/references.h"

#include <errno.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/tree.h"
#include "processors/meaning/genders.h"

/* So many persons and organisations are kept in mind, and so many sentences back. */
enum { IN_MIND_MAX = 12, SENTENCES_BACK_MAX = 4, NAME_PARTS_MAX = 8 };

/* An entity that was mentioned, the latest mention. */
struct recent {
    uint32_t entity, sentence, token;
    bool subject;
};

struct finder {
    struct article *article;
    uint32_t *token_entities;
    bool *in_roles;       /* the tokens that are of someone's role */
    enum gender *genders; /* of each entity */
    struct recent recents[IN_MIND_MAX];
    size_t recent_count;
    uint32_t sentence; /* at work */
    const struct tree *tree;
};

static const struct tree_node *node(const struct finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

static bool is_subject(const struct finder *finder, uint32_t at)
{
    return node(finder, at)->relation == REL_NSUBJ;
}

/* The newest stands last. */
static void remember(struct finder *finder, uint32_t entity, uint32_t at)
{
    struct recent recent = {entity, finder->sentence, at, is_subject(finder, at)};
    size_t i = 0;
    while (i < finder->recent_count && finder->recents[i].entity != entity)
        i++;
    if (i < finder->recent_count && finder->recents[i].sentence == finder->sentence)
        recent.subject |= finder->recents[i].subject;
    if (i == finder->recent_count && finder->recent_count == IN_MIND_MAX)
        i = 0;
    if (i < finder->recent_count) {
        finder->recent_count--;
        for (; i < finder->recent_count; i++)
            finder->recents[i] = finder->recents[i + 1];
    }
    finder->recents[finder->recent_count++] = recent;
}

static int add(struct finder *finder, enum reference_kind kind, uint32_t first, uint32_t end, uint32_t entity)
{
    struct article *article = finder->article;
    struct article_reference *reference = article_list_add(article->arena, &article->references);
    if (!reference)
        return -ENOMEM;
    *reference = (struct article_reference){
        .kind = kind,
        .span = tree_span(article, finder->tree, first, end),
        .sentence = finder->sentence,
        .first = finder->tree->first + first,
        .end = finder->tree->first + end,
        .entity = entity,
    };
    for (uint32_t at = first; at < end; at++)
        finder->token_entities[finder->tree->first + at] = entity + 1;
    remember(finder, entity, end - 1);
    return 0;
}

/* ---- Pronouns ---- */

enum pronoun { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT };

static enum pronoun pronoun_of(struct str lower)
{
    static const char *const words[] = {"he",   "him",     "his", "himself", "she",   "her",
                                        "hers", "herself", "it",  "its",     "itself"};
    static const enum pronoun kinds[] = {PRONOUN_HE,  PRONOUN_HE,  PRONOUN_HE,  PRONOUN_HE,
                                         PRONOUN_SHE, PRONOUN_SHE, PRONOUN_SHE, PRONOUN_SHE,
                                         PRONOUN_IT,  PRONOUN_IT,  PRONOUN_IT};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal(lower, str_from(words[i])))
            return kinds[i];
    return PRONOUN_NONE;
}

/* "it" that stands for nothing ("it is clear that"), or for what was said. */
static bool means_nothing(const struct finder *finder, uint32_t at)
{
    uint32_t head = node(finder, at)->head;
    return node(finder, at)->relation == REL_EXPL ||
           (head != TREE_NONE && (tree_child(finder->tree, head, REL_COP) != TREE_NONE ||
                                  tree_child(finder->tree, head, REL_CSUBJ) != TREE_NONE));
}

/* The subject of a verb and its object are two. */
static bool same_clause(const struct finder *finder, const struct recent *recent, uint32_t at)
{
    if (recent->sentence != finder->sentence || str_equal(node(finder, at)->xpos, STR("PRP$")) ||
        str_ends(node(finder, at)->lower, STR("self")))
        return false;
    uint32_t before = recent->token;
    for (int step = 0; step < NAME_PARTS_MAX && node(finder, before)->relation == REL_FLAT; step++)
        before = node(finder, before)->head;
    return node(finder, before)->head == node(finder, at)->head && node(finder, at)->head != TREE_NONE;
}

/* How well the entity fits the pronoun; 0 = not at all. */
static int fit(const struct finder *finder, const struct recent *recent, enum pronoun pronoun, uint32_t at)
{
    const struct article_entity *entity = &finder->article->entities.items[recent->entity];
    enum gender gender = finder->genders[recent->entity];
    bool person = entity->type == NAME_PERSON;
    if (person == (pronoun == PRONOUN_IT) || finder->sentence - recent->sentence > SENTENCES_BACK_MAX ||
        same_clause(finder, recent, at))
        return 0;
    bool acts = entity->type == NAME_ORGANISATION || (entity->type == NAME_PLACE && recent->subject);
    if (!person && !acts)
        return 0;
    if ((pronoun == PRONOUN_HE && gender == GENDER_FEMALE) ||
        (pronoun == PRONOUN_SHE && gender == GENDER_MALE))
        return 0;
    int score = 20 - 4 * (int)(finder->sentence - recent->sentence);
    score += recent->subject ? 5 : 0;
    score += person && gender != GENDER_UNKNOWN ? 3 : 0;
    return score + (entity->name_count > 2);
}

static int take_pronoun(struct finder *finder, uint32_t at)
{
    enum pronoun pronoun = pronoun_of(node(finder, at)->lower);
    int best = 0;
    const struct recent *found = NULL;
    if (pronoun == PRONOUN_NONE || (pronoun == PRONOUN_IT && means_nothing(finder, at)))
        return 0;
    for (size_t i = finder->recent_count; i-- > 0;) {
        int score = fit(finder, &finder->recents[i], pronoun, at);
        if (score > best) {
            best = score;
            found = &finder->recents[i];
        }
    }
    if (!found)
        return 0;
    uint32_t entity = found->entity;
    if (finder->genders[entity] == GENDER_UNKNOWN && pronoun != PRONOUN_IT)
        finder->genders[entity] = pronoun == PRONOUN_HE ? GENDER_MALE : GENDER_FEMALE;
    return add(finder, REFERENCE_PRONOUN, at, at + 1, entity);
}

/* ---- Descriptions ---- */

/* Does the role's text hold the word? "minister" is in "Foreign Minister". */
static bool role_holds(const struct finder *finder, const struct role *role, struct str lemma)
{
    const struct tree *tree = &finder->article->trees[role->sentence];
    for (uint32_t at = role->first; at < role->end; at++)
        if (str_equal(tree->nodes[at - tree->first].lemma, lemma) ||
            str_equal(tree->nodes[at - tree->first].lower, lemma))
            return true;
    return false;
}

/* Words for people that say little of what they are. */
static bool may_be_called(struct str lemma, const struct role *role)
{
    static const enum role_class officials[] = {ROLE_MINISTER, ROLE_DIPLOMAT, ROLE_SPOKESPERSON,
                                                ROLE_OFFICIAL, ROLE_LEADER,   ROLE_REGIONAL};
    static const enum role_class leaders[] = {ROLE_HEAD_OF_STATE, ROLE_HEAD_OF_GOVERNMENT, ROLE_LEADER,
                                              ROLE_PARTY,         ROLE_OPPOSITION,         ROLE_REBEL};
    bool official = str_equal(lemma, STR("official")) || str_equal(lemma, STR("diplomat"));
    for (size_t i = 0; i < sizeof(officials) / sizeof(officials[0]); i++)
        if (official && role->class == officials[i])
            return true;
    for (size_t i = 0; i < sizeof(leaders) / sizeof(leaders[0]); i++)
        if (str_equal(lemma, STR("leader")) && role->class == leaders[i])
            return true;
    return false;
}

/* The modifiers of a description are in the role, or name its country. */
static bool modifiers_fit(const struct finder *finder, const struct article_entity *person, uint32_t first,
                          uint32_t head)
{
    for (uint32_t at = first; at < head; at++) {
        uint32_t name = finder->article->token_names[finder->tree->first + at];
        const struct article_entity *modifier =
            name ? &finder->article->entities.items[finder->article->names.items[name - 1].entity] : NULL;
        bool country = modifier && modifier->country[0] && person->country[0];
        if (country ? modifier->country[0] != person->country[0] || modifier->country[1] != person->country[1]
                    : !role_holds(finder, &person->role, node(finder, at)->lemma))
            return false;
    }
    return true;
}

static int description_fit(const struct finder *finder, const struct recent *recent, uint32_t first,
                           uint32_t head)
{
    const struct article_entity *entity = &finder->article->entities.items[recent->entity];
    struct str lemma = node(finder, head)->lemma;
    if (entity->type != NAME_PERSON || !entity->role.class || !modifiers_fit(finder, entity, first, head))
        return 0;
    int score = role_holds(finder, &entity->role, lemma) ? 30 : may_be_called(lemma, &entity->role) ? 20 : 0;
    return score ? score - (int)(finder->sentence - recent->sentence) : 0;
}

/* What some organisations are called that no word of their name says. */
static bool is_called(struct str name, struct str lemma)
{
    static const char *const pairs[][2] = {
        {"NATO", "alliance"}, {"European Union", "bloc"}, {"EU", "bloc"}, {"OPEC", "cartel"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (str_equal(name, str_from(pairs[i][0])) && str_equal(lemma, str_from(pairs[i][1])))
            return true;
    return false;
}

/* "the ministry" is the last organisation before that ends so. */
static bool organisation_fits(const struct finder *finder, const struct recent *recent, struct str lemma)
{
    const struct article_entity *entity = &finder->article->entities.items[recent->entity];
    if (entity->type != NAME_ORGANISATION)
        return false;
    return is_called(entity->name, lemma) ||
           (entity->name.len > lemma.len &&
            str_equal_nocase(str_slice(entity->name, entity->name.len - lemma.len, entity->name.len), lemma));
}

static bool names_nobody(const struct finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t at = first; at < end; at++)
        if (finder->token_entities[finder->tree->first + at])
            return false;
    return true;
}

/* The head of the noun phrase behind "the"; TREE_NONE when it goes on ("the minister of finance"), is the
 * role of a name behind it, or is none. */
static uint32_t described_head(const struct finder *finder, uint32_t at)
{
    uint32_t head = at + 1, count = finder->tree->count;
    while (head < count && (node(finder, head)->upos == UPOS_ADJ || node(finder, head)->upos == UPOS_NOUN ||
                            node(finder, head)->upos == UPOS_PROPN))
        head++;
    if (head == at + 1 || !str_equal(node(finder, head - 1)->xpos, STR("NN")))
        return TREE_NONE;
    bool goes_on = head < count && (str_equal(node(finder, head)->lower, STR("of")) ||
                                    str_equal(node(finder, head)->lower, STR("for")) ||
                                    (str_equal(node(finder, head)->lower, STR(",")) && head + 1 < count &&
                                     finder->token_entities[finder->tree->first + head + 1]));
    return goes_on || !names_nobody(finder, head - 1, head) ? TREE_NONE : head - 1;
}

static int take_description(struct finder *finder, uint32_t at)
{
    uint32_t head = described_head(finder, at);
    if (head == TREE_NONE)
        return 0;
    struct str lemma = node(finder, head)->lemma;
    bool person = role_word_class(head > 0 ? node(finder, head - 1)->lower : STR_NONE, lemma) != ROLE_NONE;
    const struct recent *found = NULL;
    int best = 0;
    for (size_t i = finder->recent_count; i-- > 0;) {
        const struct recent *recent = &finder->recents[i];
        int score = person ? description_fit(finder, recent, at + 1, head)
                           : head == at + 1 && organisation_fits(finder, recent, lemma);
        if (score > best) {
            best = score;
            found = recent;
        }
    }
    return found ? add(finder, REFERENCE_DESCRIPTION, at, head + 1, found->entity) : 0;
}

/* ---- The walk ---- */

static int walk(struct finder *finder)
{
    int error = 0;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++) {
        uint32_t entity = finder->token_entities[finder->tree->first + at];
        const struct tree_node *word = node(finder, at);
        if (entity)
            remember(finder, entity - 1, at);
        else if (word->upos == UPOS_PRON)
            error = take_pronoun(finder, at);
        else if (str_equal(word->lower, STR("the")) && !finder->in_roles[finder->tree->first + at])
            error = take_description(finder, at);
    }
    return error;
}

static int prepare(struct finder *finder)
{
    struct article *article = finder->article;
    finder->token_entities = arena_new_array(article->arena, uint32_t, article->tokens.count + 1);
    finder->genders = arena_new_array(article->arena, enum gender, article->entities.count + 1);
    finder->in_roles = arena_new_array(article->arena, bool, article->tokens.count + 1);
    if (!finder->token_entities || !finder->genders || !finder->in_roles)
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
    return 0;
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
    if (error) {
        article->references.count = 0;
        for (size_t i = 0; i < article->entities.count; i++)
            article->entities.items[i].reference_count = 0;
        return error;
    }
    article->token_entities = finder.token_entities;
    article->given |= GIFT_REFERENCES;
    return 0;
}

const struct stage stage_references = {
    .name = "references",
    .description = "whom pronouns and descriptions mean",
    .version = 1,
    .needs = GIFT_ROLES,
    .gives = GIFT_REFERENCES,
    .languages = language_stages_spoken,
    .process = process,
};

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
#include "processors/meaning/speakers.h"

struct finder {
    struct article *article;
    struct reference_scene scene;
    const struct actor_lexicon *lexicon;
    uint32_t *token_entities, *token_unnamed;
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
    uint32_t number = finder->token_entities[finder->tree->first + head];
    const struct actor_entry *known =
        number ? actor_lexicon_name(finder->lexicon, finder->article->entities.items[number - 1].name) : NULL;
    if (known && str_starts(known->code, STR("IGO"))) /* ASEAN is a bloc */
        kinds |= KIND_BLOC;
    for (uint32_t at = first; at < end; at++)
        kinds |= reference_kinds_of_noun(node(finder, at)->lower);
    if (above != TREE_NONE && (relation == REL_APPOS || relation == REL_COMPOUND || relation == REL_FLAT))
        kinds |= reference_kinds_of_noun(node(finder, above)->lower);
    for (uint32_t c = node(finder, head)->first_child; c != TREE_NONE; c = node(finder, c)->next_child)
        if (node(finder, c)->relation == REL_APPOS || node(finder, c)->relation == REL_COMPOUND)
            kinds |= reference_kinds_of_noun(node(finder, c)->lower);
    return kinds;
}

static struct in_mind mind_of(const struct finder *finder, uint32_t entity, uint32_t head)
{
    return (struct in_mind){.entity = entity,
                            .sentence = finder->sentence,
                            .token = finder->tree->first + head,
                            .relation = node(finder, head)->relation,
                            .subject = node(finder, head)->relation == REL_NSUBJ,
                            .speaking = reference_speaks(finder->tree, head),
                            .patient = reference_suffers(finder->tree, head),
                            .quoted = finder->quoted[finder->tree->first + head],
                            .times = 1};
}

/* The newest stands last; who was longest not mentioned makes room. */
static void remember(struct in_mind *mind, struct in_mind *minds, size_t *count)
{
    size_t i = 0;
    mind->leading = *count == 0 || minds[*count - 1].sentence != mind->sentence;
    while (i < *count && minds[i].entity != mind->entity)
        i++;
    if (i < *count) {
        const struct in_mind *before = &minds[i];
        mind->times += before->times;
        mind->kinds |= before->kinds;
        if (before->noun || before->lemma.len) { /* by what it was called first */
            mind->sort = before->sort;
            mind->lemma = before->lemma;
            mind->noun = before->noun;
        }
        if (before->sentence == mind->sentence) {
            mind->subject |= before->subject;
            mind->speaking |= before->speaking;
            mind->leading |= before->leading;
        }
    } else if (*count == IN_MIND_MAX) {
        i = 0;
    }
    if (i < *count) {
        --*count;
        memmove(&minds[i], &minds[i + 1], (*count - i) * sizeof(*mind));
    }
    minds[(*count)++] = *mind;
}

static void remember_named(struct finder *finder, uint32_t entity, uint32_t first, uint32_t end, bool named)
{
    uint32_t head = tree_head_of(finder->tree, first, end);
    struct in_mind mind = mind_of(finder, entity, head);
    mind.kinds = named ? kinds_of(finder, first, end, head) : 0;
    remember(&mind, finder->scene.minds, &finder->scene.mind_count);
}

/* ---- Those without a name ---- */

/* The noun's entry, where it is somebody who acts; NULL for what others act with. */
static const struct actor_entry *acting_noun(const struct finder *finder, uint32_t at)
{
    const struct actor_entry *noun = node(finder, at)->upos == UPOS_NOUN
                                         ? actor_lexicon_noun(finder->lexicon, node(finder, at)->lemma)
                                         : NULL;
    return noun && !noun->thing && !str_equal(noun->code, STR("ANY")) ? noun : NULL;
}

/* "police officers", "a spokesman, Colonel X": the word before a noun, and a name's role, are nobody beside
 * it. */
static bool stands_alone(const struct finder *finder, uint32_t at)
{
    const struct tree_node *word = node(finder, at);
    bool beside = word->relation == REL_COMPOUND || word->relation == REL_AMOD ||
                  word->relation == REL_FLAT || word->relation == REL_APPOS;
    return !beside && !finder->in_roles[finder->tree->first + at] &&
           !finder->token_entities[finder->tree->first + at] &&
           !finder->token_unnamed[finder->tree->first + at];
}

static enum unnamed_sort sort_of_noun(const struct finder *finder, uint32_t at)
{
    const struct tree_node *word = node(finder, at);
    if (reference_kinds_of_noun(word->lower) || str_equal(word->lower, STR("police")))
        return UNNAMED_BODY;
    return str_equal(word->xpos, STR("NNS")) ? UNNAMED_SEVERAL : UNNAMED_ONE;
}

static int add_unnamed(struct finder *finder, uint32_t at)
{
    struct article *article = finder->article;
    struct in_mind mind = mind_of(finder, (uint32_t)article->unnamed.count, at);
    struct article_unnamed *unnamed = article_list_add(article->arena, &article->unnamed);
    if (!unnamed)
        return -ENOMEM;
    *unnamed = (struct article_unnamed){
        .sentence = finder->sentence,
        .head = finder->tree->first + at,
        .class = role_word_class(at > 0 ? node(finder, at - 1)->lower : STR_NONE, node(finder, at)->lemma)};
    finder->token_unnamed[finder->tree->first + at] = (uint32_t)article->unnamed.count;
    mind.sort = sort_of_noun(finder, at);
    mind.lemma = node(finder, at)->lemma;
    mind.noun = acting_noun(finder, at);
    remember(&mind, finder->scene.unnamed, &finder->scene.unnamed_count);
    return 0;
}

/* The first word joined to it by "and" that names somebody, or is a noun that acts. */
static bool is_joined(const struct finder *finder, uint32_t at)
{
    for (uint32_t c = node(finder, at)->first_child; c != TREE_NONE; c = node(finder, c)->next_child)
        if (node(finder, c)->relation == REL_CONJ &&
            (finder->token_entities[finder->tree->first + c] || acting_noun(finder, c)))
            return true;
    return false;
}

/* Those that stand joined: "Guyana and Venezuela", from the first on. */
static int add_together(struct finder *finder, uint32_t at)
{
    struct article *article = finder->article;
    struct in_mind mind = mind_of(finder, (uint32_t)article->unnamed.count, at);
    if (node(finder, at)->relation == REL_CONJ || !is_joined(finder, at))
        return 0;
    struct article_unnamed *together = article_list_add(article->arena, &article->unnamed);
    if (!together)
        return -ENOMEM;
    *together = (struct article_unnamed){
        .sentence = finder->sentence, .head = finder->tree->first + at, .together = true};
    mind.sort = UNNAMED_TOGETHER;
    mind.lemma = STR("and");
    remember(&mind, finder->scene.unnamed, &finder->scene.unnamed_count);
    return 0;
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
    static const char *const words[] = {"the", "this", "that", "these", "those", "both"};
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

/* "The two neighbours", "both sides". */
static bool speaks_of_both(const struct finder *finder, uint32_t first, uint32_t head)
{
    for (uint32_t at = first; at < head; at++)
        if (str_equal(node(finder, at)->lower, STR("two")) || str_equal(node(finder, at)->lower, STR("both")))
            return true;
    return false;
}

static bool description_of(const struct finder *finder, uint32_t at, struct anaphor *ret_anaphor)
{
    uint32_t head = is_determiner(finder, at) ? described_head(finder, at) : TREE_NONE;
    if (head == TREE_NONE)
        return false;
    struct str lemma = node(finder, head)->lemma;
    const struct actor_entry *noun = acting_noun(finder, head);
    struct anaphor anaphor = {.tree = finder->tree,
                              .sentence = finder->sentence,
                              .first = at,
                              .head = head,
                              .end = head + 1,
                              .kinds = reference_kinds_of_noun(node(finder, head)->lower),
                              .noun = noun};
    bool plural = str_equal(node(finder, head)->xpos, STR("NNS"));
    if (plural && speaks_of_both(finder, at, head))
        anaphor.form = FORM_BOTH;
    else if (anaphor.kinds)
        anaphor.form = form_of_kinds(anaphor.kinds);
    else if (!plural && role_word_class(node(finder, head - 1)->lower, lemma) != ROLE_NONE)
        anaphor.form = FORM_ROLE;
    else if (!plural && head == at + 1 && name_ends(finder, lemma))
        anaphor.form = FORM_NAMED;
    else if (noun && !str_equal(node(finder, at)->xpos, STR("PRP$")))
        anaphor.form = FORM_SOME;
    else
        return false;
    *ret_anaphor = anaphor;
    return true;
}

/* "Police said": the same noun again, with nothing before it. */
static bool is_again(const struct finder *finder, uint32_t at, struct anaphor *ret_anaphor)
{
    const struct reference_scene *scene = &finder->scene;
    const struct actor_entry *noun = acting_noun(finder, at);
    size_t i = 0;
    if (!noun || !stands_alone(finder, at) || !str_equal(node(finder, at)->xpos, STR("NNS")) ||
        node(finder, at)->first_child < at)
        return false;
    while (i < scene->unnamed_count && !str_equal(scene->unnamed[i].lemma, node(finder, at)->lemma))
        i++;
    *ret_anaphor = (struct anaphor){.form = FORM_SOME,
                                    .tree = finder->tree,
                                    .sentence = finder->sentence,
                                    .first = at,
                                    .head = at,
                                    .end = at + 1,
                                    .noun = noun};
    return i < scene->unnamed_count;
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

static struct article_reference reference_of(const struct finder *finder, const struct anaphor *anaphor,
                                             uint32_t entity)
{
    return (struct article_reference){
        .kind = anaphor->form < FORM_GOVERNMENT ? REFERENCE_PRONOUN : REFERENCE_DESCRIPTION,
        .span = tree_span(finder->article, finder->tree, anaphor->first, anaphor->end),
        .sentence = finder->sentence,
        .first = finder->tree->first + anaphor->first,
        .end = finder->tree->first + anaphor->end,
        .entity = entity,
    };
}

static int add_to_unnamed(struct finder *finder, const struct anaphor *anaphor, uint32_t unnamed)
{
    struct article *article = finder->article;
    struct article_reference *reference = article_list_add(article->arena, &article->unnamed_references);
    struct in_mind mind = mind_of(finder, unnamed, anaphor->head);
    if (!reference)
        return -ENOMEM;
    *reference = reference_of(finder, anaphor, unnamed);
    finder->token_unnamed[finder->tree->first + anaphor->head] = unnamed + 1;
    remember(&mind, finder->scene.unnamed, &finder->scene.unnamed_count);
    return 0;
}

static int add_to_named(struct finder *finder, const struct anaphor *anaphor, uint32_t entity)
{
    struct article *article = finder->article;
    struct article_reference *reference = article_list_add(article->arena, &article->references);
    if (!reference)
        return -ENOMEM;
    *reference = reference_of(finder, anaphor, entity);
    for (uint32_t at = anaphor->first; at < anaphor->end; at++)
        if (!finder->token_entities[finder->tree->first + at]) /* "its" in "its president" is another's */
            finder->token_entities[finder->tree->first + at] = entity + 1;
    if (anaphor->gender != GENDER_UNKNOWN && finder->genders[entity] == GENDER_UNKNOWN)
        finder->genders[entity] = anaphor->gender;
    remember_named(finder, entity, anaphor->first, anaphor->end, false);
    return 0;
}

static int resolve(struct finder *finder, const struct anaphor *anaphor)
{
    struct reference_candidate candidates[REFERENCE_CANDIDATES_MAX];
    size_t count = reference_candidates(&finder->scene, anaphor, candidates), best = 0;
    float most = 0;
    for (size_t i = 0; i < count; i++) {
        float score = reference_candidate_score(&candidates[i]) - (i ? 0 : margin_of_nobody);
        if (i == 0 || (score > most && !candidates[i].foreign)) {
            most = score;
            best = i;
        }
    }
    if (finder->article->trials_wanted)
        note(finder->article, tree_span(finder->article, finder->tree, anaphor->first, anaphor->end),
             candidates, count);
    if (candidates[best].unnamed)
        return add_to_unnamed(finder, anaphor, candidates[best].unnamed - 1);
    return candidates[best].entity ? add_to_named(finder, anaphor, candidates[best].entity - 1) : 0;
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
            remember_named(finder, finder->token_entities[finder->tree->first + at] - 1, at, end, true);
            error = add_together(finder, tree_head_of(finder->tree, at, end));
            at = end - 1;
            continue;
        }
        plurals += str_equal(node(finder, at)->xpos, STR("NNS"));
        if (node(finder, at)->upos == UPOS_PRON && pronoun_of(finder, at, &anaphor))
            error = resolve(finder, &anaphor);
        if (!error && !finder->in_roles[finder->tree->first + at] && description_of(finder, at, &anaphor))
            error = resolve(finder, &anaphor);
        else if (!error && is_again(finder, at, &anaphor))
            error = resolve(finder, &anaphor);
        if (error || !acting_noun(finder, at) || !stands_alone(finder, at))
            continue;
        error = add_unnamed(finder, at);
        error = error ? error : add_together(finder, at);
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
    finder->token_unnamed = arena_new_array(article->arena, uint32_t, article->tokens.count + 1);
    if (!finder->token_entities || !finder->token_unnamed || !finder->genders || !finder->in_roles ||
        !finder->quoted)
        return -ENOMEM;
    for (size_t i = 0; i < article->tokens.count; i++)
        if (article->token_names[i])
            finder->token_entities[i] = article->names.items[article->token_names[i] - 1].entity + 1;
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        if (entity->type == NAME_PERSON)
            finder->genders[i] = gender_of_person(article, entity);
    }
    for (size_t i = 0; i < article->roles.count; i++)
        for (uint32_t at = article->roles.items[i].role.first; at < article->roles.items[i].role.end; at++)
            finder->in_roles[at] = true;
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

/* The words of each first mention, once it is known whom those within them mean. */
static void span_unnamed(struct article *article)
{
    for (size_t i = 0; i < article->unnamed.count; i++) {
        struct article_unnamed *unnamed = &article->unnamed.items[i];
        const struct tree *tree = &article->trees[unnamed->sentence];
        uint32_t entity, head = unnamed->head - tree->first;
        speaker_words(article, tree, head, &unnamed->span, &entity);
        for (uint32_t c = tree->nodes[head].first_child; unnamed->together && c != TREE_NONE;
             c = tree->nodes[c].next_child) {
            struct span span;
            if (tree->nodes[c].relation != REL_CONJ)
                continue;
            speaker_words(article, tree, c, &span, &entity);
            unnamed->span.end = span.end > unnamed->span.end ? span.end : unnamed->span.end;
        }
    }
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    struct finder finder = {.article = article, .lexicon = context};
    int error = prepare(&finder);
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        finder.sentence = i;
        finder.tree = &article->trees[i];
        error = budget_over() ? ERR_DEADLINE : walk(&finder);
    }
    if (!error)
        error = references_list(article);
    article->token_entities = finder.token_entities;
    article->token_unnamed = finder.token_unnamed;
    span_unnamed(article);
    if (!error)
        error = affiliations_find(article);
    if (error) {
        article->token_entities = article->token_unnamed = NULL;
        article->unnamed.count = article->unnamed_references.count = 0;
        article->references.count = 0;
        for (size_t i = 0; i < article->entities.count; i++)
            article->entities.items[i].reference_count = 0;
        return error;
    }
    article->given |= GIFT_REFERENCES;
    return 0;
}

static int create(void **ret_context, const char *data_directory, struct error *error)
{
    struct actor_lexicon *lexicon;
    (void)data_directory;
    int failure = actor_lexicon_create(&lexicon, "actor_lexicon.txt", actor_lexicon_text(), error);
    *ret_context = failure ? NULL : lexicon;
    return failure;
}

static void destroy(void *context)
{
    struct actor_lexicon *lexicon = context;
    actor_lexicon_destroy(&lexicon);
}

const struct stage stage_references = {
    .name = "references",
    .description = "whom pronouns and descriptions mean, and of which country people are",
    .version = 4,
    .needs = GIFT_ROLES,
    .gives = GIFT_REFERENCES,
    .languages = language_stages_spoken,
    .init = create,
    .process = process,
    .destroy = destroy,
};

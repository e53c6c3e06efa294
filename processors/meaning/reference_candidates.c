/* reference_candidates: see the header. */
#include "processors/meaning/reference_candidates.h"

#include <assert.h>
#include <string.h>

#include "processors/meaning/clauses.h"
#include "processors/meaning/reference_kinds.h"
#include "processors/meaning/reference_weight_table.h"
#include "processors/meaning/speech_words.h"

/* ---- The numbers of features ---- */

/* What a candidate is. */
enum sort {
    SORT_PERSON,
    SORT_ORGANISATION,
    SORT_STATE,
    SORT_CITY,
    SORT_REGION,
    SORT_PEOPLE,
    SORT_OTHER,
    SORT_UNNAMED,
    SORTS = SORT_UNNAMED + UNNAMED_SORTS
};
/* What a form looks for: a person, a thing, several, or what it describes. */
enum manner { MANNER_PERSON, MANNER_THING, MANNER_SEVERAL, MANNER_DESCRIPTION, MANNERS };

enum {
    DISTANCES = 5,
    RELATIONS = 6,
    RANKS = 4,
    TIMES = 4,
    NEARNESSES = 3,
    AGREEMENTS = 3,
    MODIFIERS = 3,
    DETERMINERS = 4,
    NOUNS = 4,
    CLAUSAL = 16,
    PLURALS = 3
};

enum first_number {
    F_SORT = 0,
    F_DISTANCE = F_SORT + REFERENCE_FORMS * SORTS,
    F_RELATION = F_DISTANCE + REFERENCE_FORMS * DISTANCES,
    F_RANK = F_RELATION + MANNERS * RELATIONS * 2,
    F_TIMES = F_RANK + REFERENCE_FORMS * 2 * RANKS,
    F_HOME = F_TIMES + REFERENCE_FORMS * TIMES,
    F_GENDER = F_HOME + REFERENCE_FORMS * NEARNESSES,
    F_CLAUSE = F_GENDER + AGREEMENTS,
    F_KIND = F_CLAUSE + MANNERS,
    F_ROLE = F_KIND + REFERENCE_FORMS * AGREEMENTS,
    F_PARALLEL = F_ROLE + AGREEMENTS * 2,
    F_NEAREST_SUBJECT = F_PARALLEL + MANNERS * 2 * 2 * 3,
    F_SPEAKS = F_NEAREST_SUBJECT + REFERENCE_FORMS * 2 * 3,
    F_PATIENT = F_SPEAKS + MANNERS * 2 * 2 * 3,
    F_QUOTED = F_PATIENT + MANNERS * 2 * 2 * 3,
    F_LEADING = F_QUOTED + MANNERS * 8,
    F_COUNTRY = F_LEADING + REFERENCE_FORMS * 2 * 3,
    F_CAPITAL = F_COUNTRY + REFERENCE_FORMS * AGREEMENTS,
    F_ENDS = F_CAPITAL + 4,
    F_NOUN = F_ENDS + 2,
    F_NOBODY = F_NOUN + REFERENCE_FORMS * NOUNS,
    F_NOBODY_SHAPE = F_NOBODY + REFERENCE_FORMS,
    F_NOBODY_CLAUSAL = F_NOBODY_SHAPE + REFERENCE_FORMS * MODIFIERS * DETERMINERS,
    F_NOBODY_KIND = F_NOBODY_CLAUSAL + CLAUSAL,
    F_NOBODY_EARLY = F_NOBODY_KIND + KINDS,
    F_NOBODY_PLURALS = F_NOBODY_EARLY + REFERENCE_FORMS * 3,
    F_NOBODY_PLURAL = F_NOBODY_PLURALS + MANNERS * PLURALS,
    F_END = F_NOBODY_PLURAL + REFERENCE_FORMS
};

static const short weights[F_END] = {REFERENCE_WEIGHTS};

size_t reference_feature_count(void)
{
    return F_END;
}

float reference_candidate_score(const struct reference_candidate *candidate)
{
    float score = 0;
    for (size_t i = 0; i < candidate->feature_count; i++)
        score += (float)weights[candidate->features[i]];
    return score / 1000;
}

static void say(struct reference_candidate *candidate, int number)
{
    assert(number >= 0 && number < F_END);
    assert(candidate->feature_count < REFERENCE_FEATURES_MAX);
    candidate->features[candidate->feature_count++] = (uint16_t)number;
}

/* ---- What is what ---- */

static enum sort sort_of(const struct article_entity *entity)
{
    switch (entity->type) {
    case NAME_PERSON:
        return SORT_PERSON;
    case NAME_ORGANISATION:
        return SORT_ORGANISATION;
    case NAME_PLACE:
        return entity->state ? SORT_STATE : entity->geoname || entity->capital ? SORT_CITY : SORT_REGION;
    case NAME_GROUP:
        return SORT_PEOPLE;
    case NAME_FACILITY:
    case NAME_EVENT:
    case NAME_TYPES:
        break;
    }
    return SORT_OTHER;
}

static enum manner manner_of(enum reference_form form)
{
    return form <= FORM_PERSONS  ? MANNER_PERSON
           : form <= FORM_THINGS ? MANNER_THING
           : form <= FORM_THEIR  ? MANNER_SEVERAL
                                 : MANNER_DESCRIPTION;
}

/* Can the form mean such a one at all? */
static bool may_mean(enum reference_form form, int sort)
{
    enum {
        ONE = 1 << (SORT_UNNAMED + UNNAMED_ONE),
        SEVERAL = 1 << (SORT_UNNAMED + UNNAMED_SEVERAL),
        BODY = 1 << (SORT_UNNAMED + UNNAMED_BODY),
        TOGETHER = 1 << (SORT_UNNAMED + UNNAMED_TOGETHER)
    };
    static const uint16_t able[REFERENCE_FORMS] = {
        [FORM_PERSON] = 1 << SORT_PERSON | ONE,
        [FORM_PERSONS] = 1 << SORT_PERSON | ONE,
        [FORM_THING] = 1 << SORT_ORGANISATION | 1 << SORT_STATE | 1 << SORT_CITY | 1 << SORT_REGION | BODY,
        [FORM_THINGS] = 1 << SORT_ORGANISATION | 1 << SORT_STATE | 1 << SORT_CITY | 1 << SORT_REGION | BODY,
        [FORM_THEY] = 1 << SORT_ORGANISATION | 1 << SORT_STATE | 1 << SORT_PEOPLE | SEVERAL | BODY | TOGETHER,
        [FORM_THEIR] =
            1 << SORT_ORGANISATION | 1 << SORT_STATE | 1 << SORT_PEOPLE | SEVERAL | BODY | TOGETHER,
        [FORM_BOTH] = SEVERAL | TOGETHER,
        [FORM_GOVERNMENT] = 1 << SORT_STATE,
        [FORM_STATE] = 1 << SORT_STATE | 1 << SORT_REGION,
        [FORM_CITY] = 1 << SORT_CITY | 1 << SORT_REGION,
        [FORM_REGION] = 1 << SORT_STATE | 1 << SORT_CITY | 1 << SORT_REGION,
        [FORM_GROUP] = 1 << SORT_ORGANISATION | BODY,
        [FORM_ROLE] = 1 << SORT_PERSON | ONE,
        [FORM_NAMED] = 1 << SORT_ORGANISATION,
        [FORM_SOME] = 1 << SORT_ORGANISATION | 1 << SORT_PEOPLE | ONE | SEVERAL | BODY};
    return able[form] >> sort & 1;
}

static int relation_of(uint8_t relation)
{
    switch (relation) {
    case REL_NSUBJ:
        return 0;
    case REL_OBJ:
    case REL_IOBJ:
        return 1;
    case REL_OBL:
        return 2;
    case REL_NMOD:
    case REL_COMPOUND:
    case REL_AMOD:
        return 3;
    case REL_APPOS:
    case REL_CONJ:
        return 4;
    default:
        return 5;
    }
}

static int distance_of(uint32_t sentences)
{
    return sentences <= 2 ? (int)sentences : sentences <= 4 ? 3 : 4;
}

static const struct tree_node *node(const struct anaphor *anaphor, uint32_t at)
{
    return &anaphor->tree->nodes[at];
}

static bool is_possessive(const struct anaphor *anaphor)
{
    return str_equal(node(anaphor, anaphor->first)->xpos, STR("PRP$"));
}

bool reference_speaks(const struct tree *tree, uint32_t at)
{
    uint32_t verb = tree->nodes[at].head;
    return tree->nodes[at].relation == REL_NSUBJ && verb != TREE_NONE &&
           speech_frames(tree->nodes[verb].lemma);
}

bool reference_suffers(const struct tree *tree, uint32_t at)
{
    bool object = tree->nodes[at].relation == REL_OBJ && tree->nodes[at].head != TREE_NONE;
    return object || clause_passive_subject(tree, at);
}

/* ---- Descriptions of people ---- */

static bool role_holds(const struct article *article, const struct role *role, struct str lemma)
{
    const struct tree *tree = &article->trees[role->sentence];
    for (uint32_t at = role->first; at < role->end; at++)
        if (str_equal(tree->nodes[at - tree->first].lemma, lemma) ||
            str_equal(tree->nodes[at - tree->first].lower, lemma))
            return true;
    return false;
}

/* Words for people that say little of what they are. */
static bool may_be_called(struct str lemma, enum role_class class)
{
    static const enum role_class officials[] = {ROLE_MINISTER, ROLE_DIPLOMAT, ROLE_SPOKESPERSON,
                                                ROLE_OFFICIAL, ROLE_LEADER,   ROLE_REGIONAL};
    static const enum role_class leaders[] = {ROLE_HEAD_OF_STATE, ROLE_HEAD_OF_GOVERNMENT, ROLE_LEADER,
                                              ROLE_PARTY,         ROLE_OPPOSITION,         ROLE_REBEL};
    bool official = str_equal(lemma, STR("official")) || str_equal(lemma, STR("diplomat"));
    for (size_t i = 0; i < sizeof(officials) / sizeof(officials[0]); i++)
        if (official && class == officials[i])
            return true;
    for (size_t i = 0; i < sizeof(leaders) / sizeof(leaders[0]); i++)
        if (str_equal(lemma, STR("leader")) && class == leaders[i])
            return true;
    return false;
}

/* 0 = the person's role holds the word, 1 = it is of the word's kind, 2 = neither. */
static int role_agreement(const struct reference_scene *scene, const struct anaphor *anaphor,
                          const struct article_entity *person)
{
    struct str lemma = node(anaphor, anaphor->head)->lemma;
    if (!person->role.class)
        return 2;
    if (role_holds(scene->article, &person->role, lemma))
        return 0;
    struct str before = anaphor->head > 0 ? node(anaphor, anaphor->head - 1)->lower : STR_NONE;
    return may_be_called(lemma, person->role.class) || role_word_class(before, lemma) == person->role.class
               ? 1
               : 2;
}

/* The entity that a modifier names; NULL = none. */
static const struct article_entity *named_by(const struct reference_scene *scene,
                                             const struct anaphor *anaphor, uint32_t at)
{
    uint32_t name = scene->article->token_names[anaphor->tree->first + at];
    return name ? &scene->article->entities.items[scene->article->names.items[name - 1].entity] : NULL;
}

/* Words between determiner and noun that neither the role holds nor a name is. */
static bool modifiers_fit(const struct reference_scene *scene, const struct anaphor *anaphor,
                          const struct article_entity *person)
{
    for (uint32_t at = anaphor->first + 1; at < anaphor->head; at++)
        if (!named_by(scene, anaphor, at) &&
            !(person->role.class && role_holds(scene->article, &person->role, node(anaphor, at)->lemma)))
            return false;
    return true;
}

/* 0 = a modifier names the candidate's country, 1 = none names a country, 2 = it names another. */
static int country_agreement(const struct reference_scene *scene, const struct anaphor *anaphor,
                             const struct article_entity *entity)
{
    for (uint32_t at = anaphor->first; at < anaphor->head; at++) {
        const struct article_entity *modifier = named_by(scene, anaphor, at);
        if (modifier && modifier->country[0] && entity->country[0])
            return memcmp(modifier->country, entity->country, 2) == 0 ? 0 : 2;
    }
    return 1;
}

/* ---- Candidates ---- */

/* The subject of a verb and its object are two. */
static bool same_clause(const struct anaphor *anaphor, const struct in_mind *mind)
{
    const struct tree *tree = anaphor->tree;
    if (mind->sentence != anaphor->sentence || is_possessive(anaphor) ||
        str_ends(node(anaphor, anaphor->head)->lower, STR("self")))
        return false;
    uint32_t head = tree->nodes[anaphor->head].head;
    return head != TREE_NONE && tree->nodes[mind->token - tree->first].head == head;
}

static int gender_agreement(const struct anaphor *anaphor, enum gender gender)
{
    return gender == GENDER_UNKNOWN ? 1 : gender == anaphor->gender ? 0 : 2;
}

static int kind_agreement(const struct anaphor *anaphor, const struct in_mind *mind)
{
    return !mind->kinds ? 1 : mind->kinds & anaphor->kinds ? 0 : 2;
}

static bool name_ends(const struct anaphor *anaphor, const struct article_entity *entity)
{
    struct str lemma = node(anaphor, anaphor->head)->lemma, name = entity->name;
    return name.len > lemma.len && str_equal_nocase(str_slice(name, name.len - lemma.len, name.len), lemma);
}

static void say_where(const struct reference_scene *scene, const struct anaphor *anaphor,
                      const struct in_mind *mind, int rank, struct reference_candidate *candidate)
{
    int form = (int)anaphor->form, manner = (int)manner_of(anaphor->form);
    uint32_t sentences = anaphor->sentence - mind->sentence;
    int near = sentences == 0 ? 0 : sentences == 1 ? 1 : 2;
    bool subject = node(anaphor, anaphor->head)->relation == REL_NSUBJ,
         quoted = scene->quoted[anaphor->tree->first + anaphor->head];
    say(candidate, F_DISTANCE + form * DISTANCES + distance_of(sentences));
    say(candidate, F_RELATION + (manner * RELATIONS + relation_of(mind->relation)) * 2 + (sentences > 0));
    say(candidate, F_RANK + (form * 2 + mind->subject) * RANKS + (rank < RANKS ? rank : RANKS - 1));
    say(candidate, F_PARALLEL + ((manner * 2 + subject) * 2 + mind->subject) * 3 + near);
    say(candidate,
        F_SPEAKS + ((manner * 2 + reference_speaks(anaphor->tree, anaphor->head)) * 2 + mind->speaking) * 3 +
            near);
    say(candidate,
        F_PATIENT + ((manner * 2 + reference_suffers(anaphor->tree, anaphor->head)) * 2 + mind->patient) * 3 +
            near);
    say(candidate, F_QUOTED + manner * 8 + quoted * 4 + mind->quoted * 2 + (sentences == 0));
    say(candidate, F_LEADING + (form * 2 + mind->leading) * 3 + near);
    if (same_clause(anaphor, mind))
        say(candidate, F_CLAUSE + manner);
}

static void say_nearest_subject(const struct anaphor *anaphor, const struct in_mind *mind,
                                struct reference_candidate *candidate)
{
    uint32_t sentences = anaphor->sentence - mind->sentence;
    bool subject = node(anaphor, anaphor->head)->relation == REL_NSUBJ;
    say(candidate,
        F_NEAREST_SUBJECT + ((int)anaphor->form * 2 + subject) * 3 + (int)(sentences < 2 ? sentences : 2));
}

static void say_who(const struct reference_scene *scene, const struct anaphor *anaphor,
                    const struct in_mind *mind, struct reference_candidate *candidate)
{
    const struct article_entity *entity = &scene->article->entities.items[mind->entity];
    int form = (int)anaphor->form;
    int times = mind->times == 1 ? 0 : mind->times <= 3 ? 1 : mind->times <= 6 ? 2 : 3;
    int home = !entity->country[0] ? 2 : memcmp(entity->country, scene->home, 2) == 0 ? 0 : 1;
    say(candidate, F_SORT + form * SORTS + (int)sort_of(entity));
    say(candidate, F_TIMES + form * TIMES + times);
    say(candidate, F_HOME + form * NEARNESSES + home);
    if (anaphor->form <= FORM_PERSONS)
        say(candidate, F_GENDER + gender_agreement(anaphor, scene->genders[mind->entity]));
    if (anaphor->form < FORM_GOVERNMENT)
        return;
    int agreement = country_agreement(scene, anaphor, entity);
    candidate->foreign = agreement == 2 && entity->type == NAME_PLACE;
    say(candidate, F_COUNTRY + form * AGREEMENTS + agreement);
    if (anaphor->form == FORM_ROLE)
        say(candidate,
            F_ROLE + role_agreement(scene, anaphor, entity) * 2 + modifiers_fit(scene, anaphor, entity));
    else
        say(candidate, F_KIND + form * AGREEMENTS + kind_agreement(anaphor, mind));
    if (anaphor->form == FORM_CITY)
        say(candidate,
            F_CAPITAL + 2 * entity->capital + str_equal(node(anaphor, anaphor->head)->lemma, STR("capital")));
    if (anaphor->form == FORM_GROUP || anaphor->form == FORM_NAMED)
        say(candidate, F_ENDS + name_ends(anaphor, entity));
}

/* 0 = the same noun, 1 = another of the same sector, 2 = of none that is known, 3 = of another sector. */
static int noun_agreement(const struct anaphor *anaphor, const struct in_mind *mind)
{
    if (str_equal(node(anaphor, anaphor->head)->lemma, mind->lemma))
        return 0;
    return !anaphor->noun || !mind->noun ? 2 : str_equal(anaphor->noun->code, mind->noun->code) ? 1 : 3;
}

static void say_what(const struct anaphor *anaphor, const struct in_mind *mind,
                     struct reference_candidate *candidate)
{
    int form = (int)anaphor->form;
    int times = mind->times == 1 ? 0 : mind->times <= 3 ? 1 : mind->times <= 6 ? 2 : 3;
    say(candidate, F_SORT + form * SORTS + SORT_UNNAMED + (int)mind->sort);
    say(candidate, F_TIMES + form * TIMES + times);
    if (anaphor->form <= FORM_PERSONS)
        say(candidate, F_GENDER + gender_agreement(anaphor, role_word_gender(mind->lemma)));
    if (anaphor->form >= FORM_GOVERNMENT)
        say(candidate, F_NOUN + form * NOUNS + noun_agreement(anaphor, mind));
}

/* ---- Nobody ---- */

/* What "it" stands beside when it stands for nothing: "it is clear that". */
static int clausal(const struct anaphor *anaphor)
{
    uint32_t head = node(anaphor, anaphor->head)->head;
    int number = node(anaphor, anaphor->head)->relation == REL_EXPL ? 8 : 0;
    if (head == TREE_NONE)
        return number;
    number += tree_child(anaphor->tree, head, REL_COP) != TREE_NONE ? 4 : 0;
    number += tree_child(anaphor->tree, head, REL_CSUBJ) != TREE_NONE ||
                      tree_child(anaphor->tree, head, REL_CCOMP) != TREE_NONE
                  ? 2
                  : 0;
    return number + (node(anaphor, anaphor->head)->relation == REL_NSUBJ);
}

static void say_nobody(const struct reference_scene *scene, const struct anaphor *anaphor,
                       struct reference_candidate *nobody)
{
    int form = (int)anaphor->form, manner = (int)manner_of(anaphor->form);
    uint32_t modifiers = anaphor->head > anaphor->first ? anaphor->head - anaphor->first - 1 : 0;
    int determiner = is_possessive(anaphor)                                        ? 2
                     : str_equal(node(anaphor, anaphor->first)->lower, STR("the")) ? 0
                     : node(anaphor, anaphor->first)->upos == UPOS_DET             ? 1
                                                                                   : 3;
    *nobody = (struct reference_candidate){0};
    say(nobody, F_NOBODY + form);
    say(nobody, F_NOBODY_EARLY + form * 3 + (anaphor->sentence < 2 ? (int)anaphor->sentence : 2));
    say(nobody, F_NOBODY_PLURALS + manner * PLURALS + (scene->plurals < 2 ? (int)scene->plurals : 2));
    if (anaphor->form == FORM_THING)
        say(nobody, F_NOBODY_CLAUSAL + clausal(anaphor));
    if (manner != MANNER_DESCRIPTION)
        return;
    say(nobody, F_NOBODY_SHAPE + (form * MODIFIERS + (modifiers < 2 ? (int)modifiers : 2)) * DETERMINERS +
                    determiner);
    if (anaphor->kinds)
        say(nobody, F_NOBODY_KIND + __builtin_ctz(anaphor->kinds));
    if (str_equal(node(anaphor, anaphor->head)->xpos, STR("NNS")))
        say(nobody, F_NOBODY_PLURAL + form);
}

size_t reference_candidates(const struct reference_scene *scene, const struct anaphor *anaphor,
                            struct reference_candidate ret_candidates[REFERENCE_CANDIDATES_MAX])
{
    size_t count = 1, named = scene->mind_count, unnamed = scene->unnamed_count;
    int ranks[2] = {0}; /* of those with a name and of those without */
    bool subject_seen = false;
    say_nobody(scene, anaphor, &ret_candidates[0]);
    while (named + unnamed > 0) { /* from the latest mentioned on */
        bool has_name =
            !unnamed || (named && scene->minds[named - 1].token >= scene->unnamed[unnamed - 1].token);
        const struct in_mind *mind = has_name ? &scene->minds[--named] : &scene->unnamed[--unnamed];
        int sort = has_name ? (int)sort_of(&scene->article->entities.items[mind->entity])
                            : SORT_UNNAMED + (int)mind->sort;
        if (!may_mean(anaphor->form, sort))
            continue;
        struct reference_candidate *candidate = &ret_candidates[count];
        *candidate = (struct reference_candidate){.entity = has_name ? mind->entity + 1 : 0,
                                                  .unnamed = has_name ? 0 : mind->entity + 1};
        say_where(scene, anaphor, mind, ranks[has_name]++, candidate);
        if (mind->subject && !subject_seen)
            say_nearest_subject(anaphor, mind, candidate);
        subject_seen |= mind->subject;
        if (has_name)
            say_who(scene, anaphor, mind, candidate);
        else
            say_what(anaphor, mind, candidate);
        count++;
    }
    return count;
}

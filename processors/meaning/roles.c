/* roles: see the header. Tokens are counted within the sentence's tree. */
#include "processors/meaning/roles.h"

#include <errno.h>
#include <string.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/name_lists.h"
#include "processors/language/tree.h"
#include "processors/meaning/role_words.h"

enum { ROLE_TOKENS_MAX = 18 };

struct reader {
    const struct article *article;
    const struct tree *tree;
    const uint32_t *names; /* of the tree's tokens: 1 + the name, 0 = none */
};

/* What a role is made of. */
struct piece {
    uint32_t first, end, head; /* head: the word that says the class */
    enum role_class class;     /* where a verb says it: "who heads the agency"; else ROLE_NONE */
};

static const struct tree_node *node(const struct reader *reader, uint32_t at)
{
    return &reader->tree->nodes[at];
}

static bool is(const struct reader *reader, uint32_t at, const char *lower)
{
    return at < reader->tree->count && str_equal(node(reader, at)->lower, str_from(lower));
}

static bool is_person(const struct reader *reader, uint32_t at)
{
    uint32_t name = reader->names[at];
    return name && reader->article->names.items[name - 1].type == NAME_PERSON;
}

/* The class said by the word, with the word before it ("prime minister", "secretary-general"). */
static enum role_class class_at(const struct reader *reader, uint32_t at)
{
    const struct tree_node *word = node(reader, at);
    struct str before = STR_NONE;
    if (word->upos != UPOS_NOUN && word->upos != UPOS_PROPN && word->upos != UPOS_ADJ)
        return ROLE_NONE;
    if (at > 0 && str_equal(word->word, STR("justice")) && !is(reader, at - 1, "chief"))
        return ROLE_NONE; /* "minister of justice" */
    if (at > 0 && !is(reader, at - 1, "-"))
        before = node(reader, at - 1)->lower;
    else if (at > 1)
        before = node(reader, at - 2)->lower;
    struct str lemma = word->lemma;
    if (lemma.len > 2 && str_ends(lemma, STR("."))) /* "Sen.", "Gov." */
        lemma.len--;
    enum role_class class = role_word_class(before, lemma);
    return class || word->upos != UPOS_PROPN ? class : role_word_class(before, word->lower);
}

/* Nouns and what stands before them: "Ukrainian deputy foreign", "Kremlin", "agency's", "vice-". */
static bool is_modifier(const struct reader *reader, uint32_t at)
{
    const struct tree_node *word = node(reader, at);
    if (is_person(reader, at))
        return at + 1 < reader->tree->count && is(reader, at + 1, "'s");
    return word->upos == UPOS_NOUN || word->upos == UPOS_PROPN || word->upos == UPOS_ADJ ||
           str_equal(word->xpos, STR("POS")) || str_equal(word->word, STR("-")) ||
           str_equal(word->xpos, STR("HYPH")) || role_word_status(word->lower) != ROLE_HOLDS ||
           (word->upos == UPOS_NUM && str_equal(word->xpos, STR("JJ")));
}

static bool is_article_word(const struct reader *reader, uint32_t at)
{
    return is(reader, at, "the") || is(reader, at, "a") || is(reader, at, "an");
}

static bool is_owner(const struct reader *reader, uint32_t at)
{
    return str_equal(node(reader, at)->xpos, STR("PRP$"));
}

/* "of", "for", "at", "in", "to": behind a role's word they say of what. */
static bool leads_on(const struct reader *reader, uint32_t at)
{
    static const char *const words[] = {"of", "for", "at", "in", "to", "on", "with", "from", NULL};
    const char *const *word = words;
    while (*word && !is(reader, at, *word))
        word++;
    return *word;
}

/* "foreign and defence minister": an "and" between two words of one kind. */
static bool joins(const struct reader *reader, uint32_t at)
{
    return is(reader, at, "and") && at > 0 && at + 1 < reader->tree->count && is_modifier(reader, at - 1) &&
           is_modifier(reader, at + 1) && !is_person(reader, at - 1) && !is_person(reader, at + 1);
}

/* The first word of the noun phrase that goes on to the left of `at`. */
static uint32_t phrase_start(const struct reader *reader, uint32_t at)
{
    while (at > 0 &&
           (is_modifier(reader, at - 1) || (joins(reader, at - 1) && class_at(reader, at - 2) == ROLE_NONE)))
        at--;
    while (is(reader, at, "-") || is(reader, at, "'s") || is(reader, at, "and"))
        at++;
    return at;
}

/* The end of the noun phrase that begins at `at`. */
static uint32_t phrase_end(const struct reader *reader, uint32_t at)
{
    while (at < reader->tree->count && (is_modifier(reader, at) || joins(reader, at)))
        at++;
    return at;
}

/* The last word of [first, end) that says a class, with nothing behind it but "-elect" or "general". */
static bool find_head(const struct reader *reader, uint32_t first, uint32_t end, struct piece *piece)
{
    for (uint32_t at = end; at-- > first && end - at <= 3;) {
        if (class_at(reader, at) != ROLE_NONE) {
            piece->head = at;
            return true;
        }
        if (role_word_status(node(reader, at)->lower) != ROLE_ELECT && !is(reader, at, "-"))
            return false;
    }
    return false;
}

/* "head of Ukrainian diplomacy", from the word that says the class on: what it is the head of. */
static uint32_t complement_end(const struct reader *reader, uint32_t end)
{
    uint32_t at = end;
    while (at < reader->tree->count && leads_on(reader, at) && at - end < ROLE_TOKENS_MAX) {
        uint32_t next = at + 1;
        if (next < reader->tree->count && (is_article_word(reader, next) || is_owner(reader, next)))
            next++;
        uint32_t phrase = phrase_end(reader, next);
        if (phrase == next || is_person(reader, phrase - 1))
            break;
        end = at = phrase;
    }
    return end;
}

/* Directly before the name: "Deputy Secretary of State", "Kremlin spokesman". `wide`: back over "in the
 * Pacific" too. */
static bool role_before(const struct reader *reader, uint32_t name_first, bool wide, struct piece *piece)
{
    enum gender gender;
    uint32_t end = name_first, first;
    while (end > 0 && role_is_honorific(node(reader, end - 1)->lower, &gender) &&
           class_at(reader, end - 1) != ROLE_RELIGIOUS) /* "Rev." says what he is */
        end--;
    for (int step = 0; step < 3 && end > 0; step++) {
        first = phrase_start(reader, end);
        if (first < end && find_head(reader, first, end, piece)) {
            *piece = (struct piece){first, name_first, piece->head, ROLE_NONE};
            return true;
        }
        if (first == end || first == 0) /* "Secretary of State": back over the "of" */
            return false;
        if (is_article_word(reader, first - 1) && first > 1)
            first--;
        if (!is(reader, first - 1, "of") && !is(reader, first - 1, "for") && !is(reader, first - 1, "to") &&
            !(wide && leads_on(reader, first - 1)))
            return false;
        end = first - 1;
    }
    return false;
}

/* From `at` on: "the former head of the agency". */
static bool role_from(const struct reader *reader, uint32_t at, struct piece *piece)
{
    if (at < reader->tree->count && (node(reader, at)->upos == UPOS_DET || is_owner(reader, at)))
        at++; /* "another representative" */
    uint32_t end = phrase_end(reader, at);
    if (end == at || !find_head(reader, at, end, piece))
        return false;
    *piece = (struct piece){at, complement_end(reader, end), piece->head, ROLE_NONE};
    return true;
}

/* "Who |heads the agency|", "who |speaks for the rebels|". */
static bool role_of_clause(const struct reader *reader, uint32_t at, struct piece *piece)
{
    static const struct {
        const char *verb, *preposition;
        enum role_class class;
    } verbs[] = {{"head", NULL, ROLE_LEADER},        {"lead", NULL, ROLE_LEADER},
                 {"run", NULL, ROLE_LEADER},         {"direct", NULL, ROLE_LEADER},
                 {"chair", NULL, ROLE_LEADER},       {"co-chair", NULL, ROLE_LEADER},
                 {"command", NULL, ROLE_MILITARY},   {"preside", "over", ROLE_LEADER},
                 {"speak", "for", ROLE_SPOKESPERSON}};
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        uint32_t from = at + 1 + (verbs[i].preposition != NULL);
        if (at + 2 >= reader->tree->count || !tree_is(reader->tree, at, verbs[i].verb) ||
            node(reader, at)->upos != UPOS_VERB ||
            (verbs[i].preposition && !is(reader, at + 1, verbs[i].preposition)))
            continue;
        if (from < reader->tree->count && (is_article_word(reader, from) || is_owner(reader, from)))
            from++;
        uint32_t end = phrase_end(reader, from);
        if (end == from || is_person(reader, end - 1))
            return false;
        *piece = (struct piece){at, complement_end(reader, end), at, verbs[i].class};
        return true;
    }
    return false;
}

/* Behind the name: ", 45, head of ...", "is the head of ...", ", who is the head of ...". */
static bool role_behind(const struct reader *reader, uint32_t name_end, struct piece *piece, bool *ret_was)
{
    uint32_t at = name_end, count = reader->tree->count;
    bool comma = at < count && is(reader, at, ",");
    if (comma)
        at++;
    if (comma && at + 1 < count && node(reader, at)->upos == UPOS_NUM && is(reader, at + 1, ","))
        at += 2;
    if (comma && is(reader, at, "who") && role_of_clause(reader, at + 1, piece))
        return true;
    if (comma && is(reader, at, "who"))
        at++;
    else if (comma)
        return role_from(reader, at, piece);
    if (!is(reader, at, "is") && !is(reader, at, "was"))
        return false;
    *ret_was = is(reader, at, "was");
    at++;
    return at < count && (is_article_word(reader, at) || is_owner(reader, at)) &&
           role_from(reader, at, piece);
}

/* Before the name and a comma: "The agency's head, Ana Ruiz". */
static bool role_before_comma(const struct reader *reader, uint32_t name_first, uint32_t name_end,
                              struct piece *piece)
{
    if (name_first < 2 || !is(reader, name_first - 1, ","))
        return false;
    uint32_t end = name_first - 1;
    bool apart = name_end < reader->tree->count && is(reader, name_end, ","); /* "..., Ana Ruiz, said" */
    if (!role_before(reader, end, apart, piece))
        return false;
    uint32_t before = piece->first;
    bool determined = before > 0 && (is_article_word(reader, before - 1) || is_owner(reader, before - 1));
    if (determined)
        before--;
    for (uint32_t at = piece->first; at < end && !determined; at++)
        determined = is(reader, at, "'s");
    piece->end = end;
    /* "Ruiz, the head of the agency, Mr Smith": it is the one before that the role is of. */
    return determined && (before < 2 || !is(reader, before - 1, ",") || !is_person(reader, before - 2));
}

static enum role_class found(const struct reader *reader, const struct piece *piece, uint32_t *ret_first,
                             uint32_t *ret_end)
{
    *ret_first = reader->tree->first + piece->first;
    *ret_end = reader->tree->first + piece->end;
    enum role_class class = piece->class ? piece->class : class_at(reader, piece->head);
    return piece->end - piece->first <= ROLE_TOKENS_MAX ? class : ROLE_NONE;
}

/* "Brigadier General", "Sheikh": a rank alone, beside which the text may tell an office. */
static bool is_rank(const struct reader *reader, const struct piece *piece)
{
    enum role_class class = class_at(reader, piece->head);
    bool rank = class == ROLE_MILITARY || class == ROLE_RELIGIOUS || class == ROLE_POLICE;
    for (uint32_t at = piece->first; at < piece->end && rank; at++)
        rank = class_at(reader, at) == class && node(reader, at)->word.ptr[0] <= 'Z';
    return rank;
}

static enum role_class find(const struct article *article, const struct article_name *name, bool *ret_was,
                            uint32_t *ret_first, uint32_t *ret_end)
{
    const struct tree *tree = &article->trees[name->sentence];
    struct reader reader = {article, tree, article->token_names + tree->first};
    struct piece rank = {0}, piece = {0};
    uint32_t first = name->first - tree->first, end = name->end - tree->first;
    bool before = role_before(&reader, first, false, &rank);
    if (before && !is_rank(&reader, &rank))
        return found(&reader, &rank, ret_first, ret_end);
    if (role_behind(&reader, end, &piece, ret_was) ||
        role_before_comma(&reader, before ? rank.first : first, end, &piece))
        return found(&reader, &piece, ret_first, ret_end);
    return before ? found(&reader, &rank, ret_first, ret_end) : ROLE_NONE;
}

/* What the role's words say of the hold on it, and whose it is. */
static void describe(const struct article *article, struct role *role)
{
    const struct tree *tree = &article->trees[role->sentence];
    for (uint32_t at = role->first; at < role->end; at++) {
        uint32_t name = article->token_names[at];
        enum role_status status = role_word_status(tree->nodes[at - tree->first].lower);
        if (status != ROLE_HOLDS && role->status == ROLE_HOLDS)
            role->status = status;
        if (name && !role->organisation && article->names.items[name - 1].type == NAME_ORGANISATION)
            role->organisation = article->names.items[name - 1].entity + 1;
    }
}

static bool has_word(const struct article *article, const struct role *role, const char *const *lemmas)
{
    const struct tree *tree = &article->trees[role->sentence];
    for (uint32_t at = role->first; at < role->end; at++)
        for (const char *const *lemma = lemmas; *lemma; lemma++)
            if (str_equal(tree->nodes[at - tree->first].lemma, str_from(*lemma)) ||
                str_equal(tree->nodes[at - tree->first].lower, str_from(*lemma)))
                return true;
    return false;
}

/* "deputy" of "deputy director-general": only says which. */
static bool only_deputises(const struct article *article, const struct role *role)
{
    const struct tree *tree = &article->trees[role->sentence];
    for (uint32_t at = role->first; at + 1 < role->end; at++) {
        const struct tree_node *next = &tree->nodes[at + 1 - tree->first];
        if (tree_is(tree, at - tree->first, "deputy") &&
            (next->upos == UPOS_NOUN || next->upos == UPOS_PROPN))
            return true;
    }
    return false;
}

/* "His deputy". */
static bool is_somebodys(const struct article *article, const struct role *role)
{
    const struct tree *tree = &article->trees[role->sentence];
    return role->first > tree->first &&
           str_equal(tree->nodes[role->first - 1 - tree->first].xpos, STR("PRP$"));
}

/* Members and deputies of what: a parliament, a party, the opposition. */
static enum role_class member_class(const struct article *article, const struct role *role)
{
    static const char *const parliaments[] = {"parliament", "congress",  "senate",      "assembly",
                                              "knesset",    "majlis",    "duma",        "house",
                                              "council",    "bundestag", "legislature", NULL};
    static const char *const others[] = {"to", NULL}, *const deputy[] = {"deputy", "deputies", NULL};
    static const char *const parties[] = {"party", NULL}, *const opposition[] = {"opposition", NULL};
    if (has_word(article, role, parliaments))
        return ROLE_LEGISLATOR;
    if (has_word(article, role, deputy))
        return has_word(article, role, others) || is_somebodys(article, role) ? ROLE_OFFICIAL
                                                                              : ROLE_LEGISLATOR;
    if (has_word(article, role, opposition))
        return ROLE_OPPOSITION;
    return has_word(article, role, parties) ? ROLE_PARTY : role->class;
}

/* "its secretary", "the union's treasurer". */
static bool is_owned(const struct article *article, const struct role *role)
{
    const struct tree *tree = &article->trees[role->sentence];
    uint32_t before = role->first - tree->first;
    bool owned = before > 0 && str_equal(tree->nodes[before - 1].xpos, STR("PRP$"));
    for (uint32_t at = role->first; at < role->end; at++)
        owned |= str_equal(tree->nodes[at - tree->first].xpos, STR("POS"));
    return owned;
}

/* What the words beside a general one say: the head of a delegation is a diplomat, of a hospital a doctor.
 * The first that fits. */
static enum role_class narrowed_class(const struct article *article, const struct role *role)
{
    static const struct {
        enum role_class of, class;
        const char *words[12];
    } narrower[] = {
        {ROLE_LEADER, ROLE_OPPOSITION, {"opposition", NULL}},
        {ROLE_LEADER, ROLE_PARTY, {"party", NULL}},
        {ROLE_LEADER,
         ROLE_REBEL,
         {"rebel", "guerrilla", "guerrillas", "militia", "paramilitaries", "front", "insurgent", "insurgents",
          NULL}},
        {ROLE_LEADER, ROLE_DIPLOMAT, {"delegation", NULL}},
        {ROLE_LEADER, ROLE_MEDICAL, {"hospital", "clinic", NULL}},
        {ROLE_LEADER,
         ROLE_BUSINESS,
         {"company", "board", "corporation", "banks", "industries", "chamber", NULL}},
        {ROLE_LEADER, ROLE_POLICE, {"police", NULL}},
        {ROLE_LEADER, ROLE_REGIONAL, {"district", "provincial", "region", NULL}},
        {ROLE_LEADER,
         ROLE_OFFICIAL,
         {"authority", "agency", "department", "commission", "ministry", "service", "security", "mission",
          "office", NULL}},
        {ROLE_OFFICIAL, ROLE_POLICE, {"police", NULL}},
        {ROLE_OFFICIAL, ROLE_MINISTER, {"trade", "enlargement", "european", NULL}},
        {ROLE_MINISTER, ROLE_REGIONAL, {"chief", NULL}},
        {ROLE_HEAD_OF_STATE, ROLE_REGIONAL, {"regional", "provincial", NULL}},
        {ROLE_HEAD_OF_GOVERNMENT, ROLE_REGIONAL, {"regional", "provincial", NULL}},
        {ROLE_HEAD_OF_GOVERNMENT, ROLE_MINISTER, {"deputy", "vice", NULL}},
    };
    static const char *const commissioner[] = {"commissioner", NULL}, *const minister[] = {"minister", NULL};
    for (size_t i = 0; i < sizeof(narrower) / sizeof(narrower[0]); i++) {
        bool of_all = narrower[i].class != ROLE_MINISTER || role->class != ROLE_OFFICIAL ||
                      has_word(article, role, commissioner);
        if (narrower[i].class == ROLE_REGIONAL && role->class == ROLE_MINISTER)
            of_all = has_word(article, role, minister);
        if (role->class == narrower[i].of && of_all && has_word(article, role, narrower[i].words))
            return narrower[i].class;
    }
    return role->class;
}

/* Who speaks for an army is no soldier first. */
static bool is_spokesperson(const struct article *article, const struct role *role)
{
    static const char *const words[] = {"spokesman", "spokeswoman", "spokesperson", NULL};
    return (role->class == ROLE_MILITARY || role->class == ROLE_POLICE || role->class == ROLE_LEADER) &&
           has_word(article, role, words);
}

/* Presidents, governors and secretaries of organisations are no heads of a state and no ministers. */
static enum role_class class_within(const struct article *article, const struct role *role)
{
    static const char *const members[] = {"member", "deputy", NULL};
    static const char *const keepers[] = {"secretary", "treasurer", NULL};
    static const char *const states[] = {"state",   "foreign",   "defence",  "defense",    "interior", "home",
                                         "cabinet", "permanent", "ministry", "department", "commerce", NULL};
    static const char *const governments[] = {"government", "republic", "state", NULL};
    const struct tree *tree = &article->trees[role->sentence];
    bool organisation = role->organisation != 0 && !has_word(article, role, governments);
    for (uint32_t at = role->first; at < role->end; at++)
        organisation |= name_is_organisation_word(tree->nodes[at - tree->first].lower);
    bool state = role->class == ROLE_HEAD_OF_STATE || role->class == ROLE_HEAD_OF_GOVERNMENT ||
                 role->class == ROLE_REGIONAL;
    if (role->class == ROLE_LEADER && has_word(article, role, members) && !only_deputises(article, role))
        return member_class(article, role);
    if (role->class == ROLE_MINISTER && has_word(article, role, keepers) &&
        !has_word(article, role, states) && (organisation || is_owned(article, role)))
        return ROLE_LEADER;
    return organisation && state ? ROLE_LEADER : role->class;
}

/* "her Russian counterpart" is what she is: the class of the last one before whose role is known. */
static enum role_class counterpart_class(const struct article *article, const struct article_name *name)
{
    for (const struct article_name *before = name; before-- > article->names.items;)
        if (before->type == NAME_PERSON && before->entity != name->entity &&
            article->entities.items[before->entity].role.class)
            return article->entities.items[before->entity].role.class;
    return ROLE_CITIZEN;
}

/* The first role that is told stands, unless a later one says more. */
static bool says_more(const struct role *role, const struct role *known)
{
    bool general =
        known->class == ROLE_LEADER || known->class == ROLE_CITIZEN || known->class == ROLE_OFFICIAL;
    bool rank =
        (known->class == ROLE_MILITARY || known->class == ROLE_RELIGIOUS) && known->end - known->first <= 2;
    return !known->class || (rank && role->class != known->class && role->class != ROLE_CITIZEN) ||
           (general && role->class != ROLE_CITIZEN && role->end - role->first > known->end - known->first);
}

/* Of the country that the role's words name: "Kenyan minister", "president of the Swiss court". */
static void take_country(const struct article *article, struct article_entity *person)
{
    for (uint32_t at = person->role.first; at < person->role.end && !person->country[0]; at++) {
        uint32_t name = article->token_names[at];
        if (name)
            memcpy(person->country, article->entities.items[article->names.items[name - 1].entity].country,
                   sizeof(person->country));
    }
}

/* "President Saïd Mroivili of Comoros", "Mahama Seidu of the Convention Party": the country or the
 * organisation that hangs on the name by "of". */
static void take_origin(struct article *article, const struct article_name *name)
{
    const struct tree *tree = &article->trees[name->sentence];
    struct article_entity *person = &article->entities.items[name->entity];
    uint32_t first = name->first - tree->first, end = name->end - tree->first;
    if (end >= tree->count || !tree_is(tree, end, "of"))
        return;
    for (uint32_t at = end + 1; at < tree->count && at < end + ROLE_TOKENS_MAX; at++) {
        const struct tree_node *word = &tree->nodes[at];
        uint32_t other = article->token_names[tree->first + at];
        if (word->relation != REL_NMOD || word->head < first || word->head >= end)
            continue;
        const struct article_name *of = other ? &article->names.items[other - 1] : NULL;
        if (of && of->type == NAME_ORGANISATION && !person->role.organisation)
            person->role.organisation = of->entity + 1;
        if (of && (of->type == NAME_PLACE || of->type == NAME_ORGANISATION) && !person->country[0])
            memcpy(person->country, article->entities.items[of->entity].country, sizeof(person->country));
        return;
    }
}

static int take(struct article *article, uint32_t number, const struct article_name *name)
{
    struct role role = {.sentence = name->sentence};
    bool was = false;
    role.class = find(article, name, &was, &role.first, &role.end);
    if (role.class == ROLE_NONE)
        return 0;
    const struct tree *tree = &article->trees[role.sentence];
    if (tree_is(tree, role.end - 1 - tree->first, "counterpart"))
        role.class = counterpart_class(article, name);
    role.status = was ? ROLE_FORMER : ROLE_HOLDS;
    role.text = str_slice(article->text, article->tokens.items[role.first].start,
                          article->tokens.items[role.end - 1].end);
    role.span = (struct span){article->token_spans[role.first].start, article->token_spans[role.end - 1].end};
    describe(article, &role);
    struct role *known = &article->entities.items[number].role;
    bool more = says_more(&role, known);
    role.class = class_within(article, &role);
    role.class = is_spokesperson(article, &role) ? ROLE_SPOKESPERSON : narrowed_class(article, &role);
    struct article_role *told = article_list_add(article->arena, &article->roles);
    if (!told)
        return -ENOMEM;
    *told = (struct article_role){number, role, 0};
    struct article_entity *person = &article->entities.items[number];
    uint32_t *link =
        person->last_role ? &article->roles.items[person->last_role - 1].next : &person->first_role;
    *link = person->last_role = (uint32_t)article->roles.count;
    if (more) {
        *known = role;
        take_country(article, &article->entities.items[number]);
    }
    return 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    for (size_t i = 0; i < article->names.count; i++) {
        if (budget_over())
            return ERR_DEADLINE;
        if (article->names.items[i].type != NAME_PERSON)
            continue;
        int error = take(article, article->names.items[i].entity, &article->names.items[i]);
        if (error)
            return error;
        take_origin(article, &article->names.items[i]);
    }
    article->given |= GIFT_ROLES;
    return 0;
}

const struct stage stage_roles = {
    .name = "roles",
    .description = "what the article says that its people are",
    .version = 4,
    .needs = GIFT_PLACES | GIFT_TREES,
    .gives = GIFT_ROLES,
    .languages = language_stages_spoken,
    .process = process,
};

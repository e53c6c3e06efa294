/* affiliations: see the header. */
#include "processors/meaning/affiliations.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "processors/budget.h"
#include "processors/language/tree.h"
#include "processors/meaning/affiliation_candidates.h"

/* "Its spokesman, Ana Ruiz": of the organisation that "its" means. */
static void take_owner(const struct article *article, struct article_entity *person)
{
    struct role *role = &person->role;
    const struct tree *tree = &article->trees[role->sentence];
    if (!role->class || role->organisation || role->first == tree->first ||
        !str_equal(tree->nodes[role->first - 1 - tree->first].xpos, STR("PRP$")))
        return;
    uint32_t owner = article->token_entities[role->first - 1];
    if (owner && article->entities.items[owner - 1].type == NAME_ORGANISATION)
        role->organisation = owner;
}

/* "His deputy, Ana Ruiz": of the country of the one that "his" means; a counterpart is of another. */
static bool take_owner_country(const struct article *article, struct article_entity *person)
{
    const struct role *role = &person->role;
    const struct tree *tree = &article->trees[role->sentence];
    if (!role->class || role->first == tree->first ||
        !str_equal(tree->nodes[role->first - 1 - tree->first].xpos, STR("PRP$")) ||
        tree_is(tree, role->end - 1 - tree->first, "counterpart"))
        return false;
    uint32_t owner = article->token_entities[role->first - 1];
    const struct article_entity *entity = owner ? &article->entities.items[owner - 1] : NULL;
    if (!entity || entity->type != NAME_PERSON || !entity->affiliation[0])
        return false;
    memcpy(person->affiliation, entity->affiliation, sizeof(person->affiliation));
    return true;
}

/* "In Paris, Foreign Minister Aurélie Montsabert said": who holds an office there. Brussels is everybody's.
 */
static bool take_scene(const struct article *article, struct article_entity *person)
{
    static const enum role_class classes[] = {ROLE_HEAD_OF_STATE, ROLE_HEAD_OF_GOVERNMENT, ROLE_MINISTER,
                                              ROLE_SPOKESPERSON,  ROLE_LEGISLATOR,         ROLE_OPPOSITION};
    const struct tree *tree = &article->trees[article->names.items[person->names[0]].sentence];
    uint32_t number = tree->count > 2 ? article->token_entities[tree->first + 1] : 0;
    bool office = false;
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        office |= person->role.class == classes[i];
    if (!office || !number || person->role.organisation || !tree_is(tree, 0, "in"))
        return false;
    const struct article_entity *place = &article->entities.items[number - 1];
    if (place->type != NAME_PLACE || !place->capital || str_equal(place->name, STR("Brussels")))
        return false;
    memcpy(person->affiliation, place->country, sizeof(person->affiliation));
    return true;
}

static int keep_choice(struct article *article, uint32_t number,
                       const struct affiliation_candidate *candidates, size_t count)
{
    struct affiliation_choice *choice = article_list_add(article->arena, &article->affiliation_choices);
    struct affiliation_candidate *kept =
        arena_new_array(article->arena, struct affiliation_candidate, count + 1);
    if (!choice || !kept)
        return -ENOMEM;
    memcpy(kept, candidates, count * sizeof(*kept));
    *choice = (struct affiliation_choice){number, kept, count};
    return 0;
}

static int take_country(const struct affiliation_scene *scene, struct article *article, uint32_t number)
{
    struct affiliation_candidate candidates[AFFILIATION_CANDIDATES_MAX];
    struct article_entity *person = &article->entities.items[number];
    size_t count = affiliation_candidates(scene, number, candidates), best = 0;
    for (size_t i = 1; i < count; i++)
        if (affiliation_candidate_score(&candidates[i]) > affiliation_candidate_score(&candidates[best]))
            best = i;
    if (count)
        memcpy(person->affiliation, candidates[best].country, sizeof(person->affiliation));
    return article->trials_wanted ? keep_choice(article, number, candidates, count) : 0;
}

int affiliations_find(struct article *article)
{
    struct affiliation_scene scene;
    if (affiliation_scene_fill(&scene, article))
        return -ENOMEM;
    for (uint32_t i = 0; i < article->entities.count; i++) {
        struct article_entity *person = &article->entities.items[i];
        if (person->type != NAME_PERSON)
            continue;
        if (budget_over())
            return ERR_DEADLINE;
        take_owner(article, person);
        if (person->country[0])
            memcpy(person->affiliation, person->country, sizeof(person->affiliation));
        else if (!take_scene(article, person) && !take_owner_country(article, person) &&
                 take_country(&scene, article, i))
            return -ENOMEM;
    }
    return 0;
}

/* genders: see the header. */
#include "processors/meaning/genders.h"

#include "base/word_list.h"
#include "processors/language/tree.h"
#include "processors/meaning/given_name_table.h"

enum gender gender_of_given_name(struct str lower)
{
    if (str_empty(lower))
        return GENDER_UNKNOWN;
    if (WORD_LISTED(given_names_of_men, lower))
        return GENDER_MALE;
    return WORD_LISTED(given_names_of_women, lower) ? GENDER_FEMALE : GENDER_UNKNOWN;
}

static struct str lower_of(const struct article *article, const struct article_name *name, uint32_t token)
{
    const struct tree *tree = &article->trees[name->sentence];
    return tree->nodes[token - tree->first].lower;
}

static enum gender by_honorific(const struct article *article, const struct article_name *name)
{
    enum gender gender = GENDER_UNKNOWN;
    if (name->first > article->sentence_tokens[name->sentence])
        role_is_honorific(lower_of(article, name, name->first - 1), &gender);
    if (gender == GENDER_UNKNOWN)
        role_is_honorific(lower_of(article, name, name->first), &gender);
    return gender;
}

static enum gender by_role(const struct article *article, const struct role *role)
{
    enum gender gender = GENDER_UNKNOWN;
    const struct tree *tree = role->class ? &article->trees[role->sentence] : NULL;
    for (uint32_t at = role->first; role->class && at < role->end && gender == GENDER_UNKNOWN; at++)
        gender = role_word_gender(tree->nodes[at - tree->first].lemma);
    return gender;
}

enum gender gender_of_person(const struct article *article, const struct article_entity *person)
{
    enum gender gender = GENDER_UNKNOWN, given = GENDER_UNKNOWN;
    for (size_t i = 0; i < person->name_count && gender == GENDER_UNKNOWN; i++) {
        const struct article_name *name = &article->names.items[person->names[i]];
        gender = by_honorific(article, name);
        if (given == GENDER_UNKNOWN && name->end - name->first > 1)
            given = gender_of_given_name(lower_of(article, name, name->first));
    }
    if (gender == GENDER_UNKNOWN)
        gender = by_role(article, &person->role);
    return gender != GENDER_UNKNOWN ? gender : given;
}

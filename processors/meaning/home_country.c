/* home_country: see the header. */
#include "processors/meaning/home_country.h"

#include <string.h>

enum { COUNTRIES_MAX = 64, DATELINE_NAMES = 3, SHARE_MIN_QUARTERS = 1, PLACE_TOKENS_MAX = 6 };

struct count {
    char country[3];
    size_t names;
};

static void add(struct count *counts, size_t *count, const char *country, size_t names)
{
    size_t at = 0;
    while (at < *count && strcmp(counts[at].country, country) != 0)
        at++;
    if (!country[0] || at == COUNTRIES_MAX)
        return;
    if (at == *count)
        memcpy(counts[(*count)++].country, country, sizeof(counts->country));
    counts[at].names += names;
}

void home_country(const struct article *article, char ret_country[3])
{
    struct count counts[COUNTRIES_MAX] = {0};
    size_t count = 0, sum = 0, best = 0;
    add(counts, &count, article->dateline.country, DATELINE_NAMES);
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        add(counts, &count, entity->country, entity->name_count + entity->reference_count);
    }
    for (size_t i = 0; i < count; i++) {
        sum += counts[i].names;
        if (counts[i].names > counts[best].names)
            best = i;
    }
    bool clear = count && counts[best].names * 4 >= sum * SHARE_MIN_QUARTERS;
    memcpy(ret_country, clear ? counts[best].country : "", clear ? sizeof(counts->country) : 1);
}

bool home_country_of_sentence(const struct article *article, const struct tree *tree, char ret_country[3])
{
    if (tree->count < 3 || !str_equal(tree->nodes[0].lower, STR("in")))
        return false;
    for (uint32_t at = 1; at < tree->count && at < PLACE_TOKENS_MAX && !tree_is(tree, at, ","); at++) {
        uint32_t number = article->token_entities[tree->first + at];
        const struct article_entity *entity = number ? &article->entities.items[number - 1] : NULL;
        if (!entity || entity->type != NAME_PLACE || !entity->country[0] || tree->nodes[0].head != at ||
            at + 1 == tree->count || tree->nodes[at].relation == REL_NMOD)
            continue;
        memcpy(ret_country, entity->country, sizeof(entity->country));
        return true;
    }
    return false;
}

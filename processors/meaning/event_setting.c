/* event_setting: see the header. */
#include "processors/meaning/event_setting.h"

static uint32_t place_below(const struct article *article, const struct tree *tree, uint32_t at)
{
    for (uint32_t c = tree->nodes[at].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        struct str preposition = clause_preposition(tree, c);
        uint32_t entity = article->token_entities[tree->first + c];
        bool where = str_equal(preposition, STR("in")) || str_equal(preposition, STR("at")) ||
                     str_equal(preposition, STR("near")) || str_equal(preposition, STR("outside"));
        if (where && entity && article->entities.items[entity - 1].type == NAME_PLACE)
            return entity;
    }
    return 0;
}

uint32_t event_place(const struct article *article, const struct tree *tree, const struct clause *clause)
{
    uint32_t place = place_below(article, tree, clause->at);
    return place || clause->object == TREE_NONE ? place : place_below(article, tree, clause->object);
}

uint32_t event_time(const struct article *article, const struct tree *tree, const struct clause *clause,
                    uint32_t sentence, uint32_t first)
{
    uint32_t at = tree->first + clause->at, found = 0, nearest = UINT32_MAX;
    for (uint32_t i = first; i < article->times.count; i++) {
        const struct article_time *time = &article->times.items[i];
        if (time->sentence != sentence)
            break;
        uint32_t away = time->first > at ? time->first - at : at - time->first;
        bool whole = (time->kind == TIME_DATE || time->kind == TIME_TIME) && time->value.len >= 4;
        if (whole && away < nearest) {
            nearest = away;
            found = i + 1;
        }
    }
    return found;
}

/* So long ago that it is background, and no news. */
enum { BACKGROUND_DAYS = 180 };

bool event_is_old(const struct article *article, uint32_t time)
{
    int64_t end_ms = time ? article->times.items[time - 1].end_ms : 0;
    return end_ms && article->published_ms &&
           end_ms < article->published_ms - (int64_t)BACKGROUND_DAYS * 86400000;
}

bool event_names_past_year(const struct article *article, const struct tree *tree)
{
    int64_t year, now = article->published_ms / 31556952000LL + 1970;
    for (uint32_t at = 1; at < tree->count; at++) {
        struct str before = tree->nodes[at - 1].lower, word = tree->nodes[at].lower;
        bool when =
            str_equal(before, STR("in")) || str_equal(before, STR("since")) || str_equal(before, STR("of"));
        if (when && word.len == 4 && str_to_int64(word, &year) && year > 1000 && year < now)
            return true;
    }
    return false;
}

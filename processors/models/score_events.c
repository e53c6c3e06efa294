/* score_events: see the header. */
#include "processors/models/score_events.h"

#include <string.h>

#include "processors/models/cameo_codes.h"
#include "processors/models/files.h"

/* An event with every sentence that tells it. */
struct told_event {
    const struct annotated_event *event;
    const uint32_t *next; /* of each event of the annotation: the next of the same, or NOBODY */
    uint32_t first;
};

struct event_list {
    const struct annotation *annotation;
    struct told_event *told;
    size_t count;
};

static bool same_group(struct entity_group a, struct entity_group b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i] != b.items[i])
            return false;
    return true;
}

/* Lists the events that are no history, each once. */
static void list_events(struct event_list *list, struct arena *arena, const struct annotation *annotation)
{
    size_t count = annotation->events.count;
    uint32_t *next = arena_new_array(arena, uint32_t, count + 1),
             *last = arena_new_array(arena, uint32_t, count + 1);
    *list = (struct event_list){annotation, arena_new_array(arena, struct told_event, count + 1), 0};
    if (!next || !last || !list->told)
        files_fail("memory", "too little");
    for (size_t i = 0; i < count; i++) {
        const struct annotated_event *event = &annotation->events.items[i];
        size_t k = 0;
        next[i] = NOBODY;
        if (event->modality == MODALITY_HISTORICAL)
            continue;
        while (k < list->count && !(!strcmp(list->told[k].event->code, event->code) &&
                                    same_group(list->told[k].event->sources, event->sources) &&
                                    same_group(list->told[k].event->targets, event->targets)))
            k++;
        if (k < list->count)
            next[last[k]] = (uint32_t)i;
        else
            list->told[list->count++] = (struct told_event){event, next, (uint32_t)i};
        last[k] = (uint32_t)i;
    }
}

/* newsd's sentences and the corpus's may differ: an event's trigger stands within a sentence of the corpus.
 */
static bool in_sentence(const struct annotation *wanted, const struct annotated_event *event,
                        uint32_t sentence)
{
    struct span span = wanted->sentences.items[sentence];
    return span.start <= event->trigger.start && event->trigger.start < span.end;
}

static bool same_sentence(const struct event_list *wanted, const struct told_event *a,
                          const struct event_list *found, const struct told_event *b)
{
    for (uint32_t i = a->first; i != NOBODY; i = a->next[i])
        for (uint32_t k = b->first; k != NOBODY; k = b->next[k])
            if (in_sentence(wanted->annotation, &found->annotation->events.items[k],
                            wanted->annotation->events.items[i].sentence))
                return true;
    return false;
}

bool score_events_same_code(struct str a, struct str b)
{
    struct str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
    bool state = shorter.len == 3 && longer.len == 6 && str_equal(str_slice(longer, 3, 6), STR("GOV"));
    return str_equal(a, b) || (state && str_starts(longer, shorter));
}

/* Have both groups somebody in common, by entity or by actor's code? */
static bool in_common(const struct pair *pair, struct entity_group wanted, struct entity_group found)
{
    for (size_t i = 0; i < wanted.count; i++)
        for (size_t k = 0; k < found.count; k++) {
            struct str code = pair->wanted->entities.items[wanted.items[i]].code;
            if (pair->aligned[found.items[k]] == wanted.items[i] ||
                (code.len && score_events_same_code(code, pair->found->entities.items[found.items[k]].code)))
                return true;
        }
    return !wanted.count && !found.count;
}

void score_events_intend(struct annotated_event *event)
{
    static const struct {
        const char *done, *intended;
    } codes[] = {{"04", "036"},  {"05", "032"},  {"06", "031"}, {"07", "033"}, {"14", "133"}, {"163", "1312"},
                 {"161", "136"}, {"16", "1313"}, {"17", "132"}, {"18", "138"}, {"19", "138"}, {"20", "138"}};
    for (size_t i = 0; event->modality == MODALITY_PLANNED && i < sizeof(codes) / sizeof(codes[0]); i++)
        if (!strncmp(event->code, codes[i].done, strlen(codes[i].done))) {
            memcpy(event->code, codes[i].intended, strlen(codes[i].intended) + 1);
            return;
        }
}

static bool agree(const struct pair *pair, enum event_level level, const struct annotated_event *wanted_event,
                  const struct annotated_event *found_event)
{
    struct annotated_event intended[2] = {*wanted_event, *found_event};
    const struct annotated_event *wanted = &intended[0], *found = &intended[1];
    score_events_intend(&intended[0]);
    score_events_intend(&intended[1]);
    const char *type = cameo_plover_type(wanted->code), *other = cameo_plover_type(found->code);
    bool same_pair =
        in_common(pair, wanted->sources, found->sources) && in_common(pair, wanted->targets, found->targets);
    switch (level) {
    case EVENTS_ROOT:
        return !memcmp(wanted->code, found->code, 2);
    case EVENTS_CODE:
        return !strcmp(wanted->code, found->code);
    case EVENTS_ROOT_PAIR:
        return !memcmp(wanted->code, found->code, 2) && same_pair;
    case EVENTS_CODE_PAIR:
        return !strcmp(wanted->code, found->code) && same_pair;
    case EVENTS_TYPE:
        return type && other && !strcmp(type, other);
    case EVENTS_TYPE_PAIR:
        return type && other && !strcmp(type, other) && same_pair;
    case EVENT_LEVELS:
        break;
    }
    return false;
}

static void compare_actors(const struct pair *pair, struct entity_group found, struct annotation_score *score)
{
    for (size_t i = 0; i < found.count; i++) {
        uint32_t entity = pair->aligned[found.items[i]];
        if (entity == NOBODY || !pair->wanted->entities.items[entity].code.len)
            continue;
        struct str code = pair->wanted->entities.items[entity].code;
        struct str other = pair->found->entities.items[found.items[i]].code;
        score->actor_codes.of++;
        score->actor_codes.right += score_events_same_code(code, other);
        score->actor_countries.of++;
        score->actor_countries.right += str_equal(str_slice(code, 0, 3), str_slice(other, 0, 3));
    }
}

static void compare_groups(const struct pair *pair, const struct annotated_event *wanted,
                           const struct annotated_event *found, struct annotation_score *score)
{
    score->sources.of++;
    score->sources.right += in_common(pair, wanted->sources, found->sources);
    score->targets.of++;
    score->targets.right += in_common(pair, wanted->targets, found->targets);
    score->targets_missing.of++;
    score->targets_missing.right += wanted->targets.count && !found->targets.count;
}

static void compare_details(const struct annotated_event *wanted, const struct annotated_event *found,
                            struct annotation_score *score)
{
    score->modalities.of++;
    score->modalities.right += wanted->modality == found->modality;
    score->event_times.of++;
    score->event_times.right += str_equal(wanted->time, found->time);
}

/* Gives the found events to the corpus's; ret_match has for each found one its place among these, or the
 * corpus's count. */
static void match(struct arena *arena, const struct pair *pair, enum event_level level,
                  const struct event_list *wanted, const struct event_list *found, size_t *ret_match)
{
    bool *used = arena_new_array(arena, bool, wanted->count + 1);
    if (!used)
        files_fail("memory", "too little");
    for (size_t i = 0; i < found->count; i++) {
        size_t k = 0;
        while (k < wanted->count &&
               (used[k] || !same_sentence(wanted, &wanted->told[k], found, &found->told[i]) ||
                !agree(pair, level, wanted->told[k].event, found->told[i].event)))
            k++;
        ret_match[i] = k;
        if (k < wanted->count)
            used[k] = true;
    }
}

static void score_level(struct arena *arena, const struct pair *pair, enum event_level level,
                        const struct event_list *wanted, const struct event_list *found,
                        struct annotation_score *score)
{
    size_t *matches = arena_new_array(arena, size_t, found->count + 1);
    bool typed = level == EVENTS_TYPE || level == EVENTS_TYPE_PAIR;
    if (!matches)
        files_fail("memory", "too little");
    match(arena, pair, level, wanted, found, matches);
    for (size_t k = 0; k < wanted->count; k++)
        score->events[level].wanted += !typed || cameo_plover_type(wanted->told[k].event->code);
    for (size_t i = 0; i < found->count; i++) {
        const struct annotated_event *event = found->told[i].event;
        score->events[level].found += !typed || cameo_plover_type(event->code);
        if (matches[i] == wanted->count)
            continue;
        score->events[level].right++;
        if (level == EVENTS_ROOT)
            compare_groups(pair, wanted->told[matches[i]].event, event, score);
        if (level == EVENTS_ROOT_PAIR)
            compare_details(wanted->told[matches[i]].event, event, score);
    }
}

const bool *score_events_right(struct arena *arena, const struct pair *pair)
{
    struct event_list wanted, found;
    list_events(&wanted, arena, pair->wanted);
    list_events(&found, arena, pair->found);
    size_t *matches = arena_new_array(arena, size_t, found.count + 1);
    bool *right = arena_new_array(arena, bool, pair->found->events.count + 1);
    if (!matches || !right)
        files_fail("memory", "too little");
    match(arena, pair, EVENTS_ROOT_PAIR, &wanted, &found, matches);
    for (size_t i = 0; i < found.count; i++)
        right[found.told[i].event - pair->found->events.items] = matches[i] < wanted.count;
    return right;
}

/* Sentences without an event that get one. */
static void score_alarms(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    for (uint32_t sentence = 0; sentence < wanted->sentences.count; sentence++) {
        bool history = false, event = false, alarm = false;
        for (size_t i = 0; i < wanted->events.count; i++)
            if (wanted->events.items[i].sentence == sentence)
                *(wanted->events.items[i].modality == MODALITY_HISTORICAL ? &history : &event) = true;
        if (event)
            continue;
        for (size_t i = 0; i < found->events.count; i++)
            alarm |= found->events.items[i].modality != MODALITY_HISTORICAL &&
                     in_sentence(wanted, &found->events.items[i], sentence);
        struct part_count *count = history ? &score->background_alarms : &score->alarms;
        count->of++;
        count->right += alarm;
    }
}

void score_events(struct arena *arena, const struct pair *pair, struct annotation_score *score)
{
    struct event_list wanted, found;
    list_events(&wanted, arena, pair->wanted);
    list_events(&found, arena, pair->found);
    for (int level = 0; level < EVENT_LEVELS; level++)
        score_level(arena, pair, (enum event_level)level, &wanted, &found, score);
    for (size_t i = 0; i < found.count; i++) {
        compare_actors(pair, found.told[i].event->sources, score);
        compare_actors(pair, found.told[i].event->targets, score);
    }
    score_alarms(pair, score);
}

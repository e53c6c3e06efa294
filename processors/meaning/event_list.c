/* event_list: see the header. */
#include "processors/meaning/event_list.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

static bool same_actors(const struct event_actor *a, size_t a_count, const struct event_actor *b,
                        size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!str_equal(a[i].cameo, b[i].cameo))
            return false;
    return true;
}

/* "2026-11-23": the day, month or year of an event; absent = not said. */
static struct str day_of(const struct article *article, const struct coded_event *event)
{
    enum { DAY_BYTES = sizeof("2026-11-23") - 1 };
    struct str value = event->time ? article->times.items[event->time - 1].value : STR_NONE;
    return value.len > DAY_BYTES ? str_slice(value, 0, DAY_BYTES) : value;
}

/* One of two that does not say when may be the other. */
static bool same_day(const struct article *article, const struct coded_event *a, const struct coded_event *b)
{
    struct str day = day_of(article, a), other = day_of(article, b);
    return !day.len || !other.len || str_equal(day, other);
}

static bool same_act(const struct coded_event *a, const struct coded_event *b)
{
    return !strcmp(a->cameo, b->cameo) &&
           same_actors(a->sources, a->source_count, b->sources, b->source_count) &&
           same_actors(a->targets, a->target_count, b->targets, b->target_count);
}

static void add_mention(struct coded_event *event, struct span trigger)
{
    size_t at = event->mention_count;
    if (at == EVENT_MENTIONS_MAX || trigger.start == event->trigger.start)
        return;
    for (; at && event->mentions[at - 1].start > trigger.start; at--)
        event->mentions[at] = event->mentions[at - 1];
    event->mentions[at] = trigger;
    event->mention_count++;
}

/* The same again: the surer one stays, and knows where else it is said. */
static void join(struct coded_event *told, const struct coded_event *event)
{
    struct coded_event other = *event;
    if (event->confidence > told->confidence) {
        other = *told;
        *told = *event;
        memcpy(told->id, other.id, sizeof(told->id));
        memcpy(told->mentions, other.mentions, sizeof(told->mentions));
        told->mention_count = other.mention_count;
    }
    add_mention(told, other.trigger);
}

static uint64_t actors_hash(const struct coded_event *event)
{
    uint64_t hash = hash_64(str_from(event->cameo));
    for (size_t i = 0; i < event->source_count; i++)
        hash = hash_64_seeded(hash, event->sources[i].cameo);
    hash = hash_64_seeded(hash, STR("to"));
    for (size_t i = 0; i < event->target_count; i++)
        hash = hash_64_seeded(hash, event->targets[i].cameo);
    return hash;
}

static void print_id(struct coded_event *event, uint64_t hash)
{
    (void)snprintf(event->id, sizeof(event->id), "%016" PRIx64, hash);
}

int event_list_add(struct article *article, const struct coded_event *event)
{
    bool other_day = false;
    for (size_t i = 0; i < article->events.count; i++) {
        struct coded_event *told = &article->events.items[i];
        if (!same_act(told, event))
            continue;
        if (same_day(article, told, event)) {
            join(told, event);
            return 0;
        }
        other_day = true;
    }
    if (article->events.count == EVENTS_MAX)
        return 0;
    struct coded_event *slot = article_list_add(article->arena, &article->events);
    if (!slot)
        return -ENOMEM;
    *slot = *event;
    if (other_day)
        print_id(slot, hash_64_seeded(actors_hash(slot), day_of(article, slot)));
    return 0;
}

/* For whoever asked what became of it. */
static void note_unsure(struct article *article, const struct coded_event *event)
{
    for (size_t i = 0; i < article->trials.count; i++)
        if (article->trials.items[i].trigger.start == event->trigger.start &&
            !strcmp(article->trials.items[i].outcome, EVENT_TRIAL_CODED))
            article->trials.items[i].outcome = "coded, but too unsure who does it to whom";
}

void event_list_keep_sure(struct article *article)
{
    size_t kept = 0;
    for (size_t i = 0; i < article->events.count; i++) {
        if (article->events.items[i].confidence >= article->event_confidence_min)
            article->events.items[kept++] = article->events.items[i];
        else
            note_unsure(article, &article->events.items[i]);
    }
    article->events.count = kept;
}

void event_list_name(struct coded_event *event, const struct act *act, enum stance stance,
                     enum event_modality modality)
{
    const char *code = act_code(act, stance);
    memcpy(event->cameo, code, strlen(code) + 1);
    event->plover_type = act_type(act, stance, &event->plover_mode);
    event->quad_class = act_quad_class(code);
    event->goldstein = act_goldstein(code);
    event->goldstein_table = ACT_GOLDSTEIN_TABLE;
    event->modality = modality;
    print_id(event, actors_hash(event));
}

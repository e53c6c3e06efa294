/* event_targets: see the header. */
#include "processors/meaning/event_targets.h"

#include <string.h>

enum { EVENTS_BACK = 8 };

static bool begins(const struct coded_event *event, const char *code)
{
    return !strncmp(event->cameo, code, strlen(code));
}

static bool of_one_country(const struct event_actor *a, const struct event_actor *b)
{
    return a->country[0] ? !strcmp(a->country, b->country) : str_equal(a->cameo, b->cameo);
}

/* A denial answers who accused; gas and arrests answer who marched. */
static bool answers(const struct coded_event *event, const struct coded_event *before)
{
    if (!before->source_count)
        return false;
    if (begins(event, "016"))
        return begins(before, "11") && before->target_count &&
               of_one_country(&before->targets[0], &event->sources[0]) &&
               !of_one_country(&before->sources[0], &event->sources[0]);
    return begins(event, "175") && begins(before, "14") &&
           of_one_country(&before->sources[0], &event->sources[0]);
}

static bool take_from_before(const struct article *article, struct coded_event *event)
{
    size_t count = article->events.count, first = count > EVENTS_BACK ? count - EVENTS_BACK : 0;
    for (size_t i = count; i > first; i--) {
        const struct coded_event *before = &article->events.items[i - 1];
        if (!answers(event, before))
            continue;
        memcpy(event->targets, before->sources, sizeof(event->targets));
        event->target_count = before->source_count;
        for (size_t k = 0; k < event->target_count; k++)
            event->targets[k].span = event->trigger;
        return true;
    }
    return false;
}

/* Those whom a government governs: they march against it, and ask things of it. */
static bool is_of_the_people(const struct event_actor *actor)
{
    static const char sectors[] = "CVL OPP LAB EDU REL BUS MED HLH REF PTY ENV";
    return actor->country[0] && actor->sector[0] && strstr(sectors, actor->sector);
}

bool event_target_implied(const struct actor_finder *finder, struct coded_event *event)
{
    if (event->target_count || !event->source_count)
        return false;
    if (take_from_before(finder->article, event))
        return true;
    bool at_government = begins(event, "14") || begins(event, "10") || begins(event, "13");
    if (!at_government || !is_of_the_people(&event->sources[0]))
        return false;
    actor_government(finder, event->sources[0].country, &event->targets[0]);
    event->targets[0].span = event->trigger;
    event->target_count = 1;
    return true;
}

/* event_targets_before: see the header. */
#include "processors/meaning/event_targets_before.h"

#include <string.h>

static bool of_one_country(const struct event_actor *a, const struct event_actor *b)
{
    return a->country[0] ? !strcmp(a->country, b->country) : str_equal(a->cameo, b->cameo);
}

/* Is the act an answer to the earlier one: a denial of an accusation, gas against those who march? */
static bool answers(const struct act *act, const struct coded_event *before, const struct coded_event *event)
{
    bool accused = !strncmp(before->cameo, "11", 2) && before->target_count &&
                   of_one_country(&before->targets[0], &event->sources[0]) &&
                   !of_one_country(&before->sources[0], &event->sources[0]);
    bool marched =
        !strncmp(before->cameo, "14", 2) && of_one_country(&before->sources[0], &event->sources[0]);
    return (!strcmp(act->name, "DENY") && accused) || (!strcmp(act->name, "REPRESS") && marched);
}

enum { EVENTS_BACK = 8 };

void event_target_before(const struct article *article, const struct tree *tree, const struct stand *stand,
                         struct coded_event *event)
{
    bool pronoun = stand->target != TREE_NONE && tree->nodes[stand->target].upos == UPOS_PRON;
    size_t count = article->events.count, first = count > EVENTS_BACK ? count - EVENTS_BACK : 0;
    for (size_t i = count; i > first && event->source_count; i--) {
        const struct coded_event *before = &article->events.items[i - 1];
        bool here = before->sentence.start == event->sentence.start;
        if (!before->source_count || (!(here && pronoun) && !answers(stand->act, before, event)))
            continue;
        bool same = before->sources[0].span.start == event->sources[0].span.start ||
                    (before->sources[0].entity && before->sources[0].entity == event->sources[0].entity);
        if (same && !before->target_count)
            continue;
        memcpy(event->targets, same ? before->targets : before->sources, sizeof(event->targets));
        event->target_count = same ? before->target_count : before->source_count;
        return;
    }
}

/* event_checks: the events of a text, by their codes, for tests of what is coded. */
#ifndef NEWSD_TESTS_SUPPORT_EVENT_CHECKS_H
#define NEWSD_TESTS_SUPPORT_EVENT_CHECKS_H

#include "tests/support/read_article.h"

static struct str codes(const struct article *article, const struct event_actor *actors, size_t count)
{
    struct str all = STR("");
    for (size_t i = 0; i < count; i++)
        all =
            arena_printf(article->arena, "%.*s%s%.*s", STR_ARG(all), i ? " " : "", STR_ARG(actors[i].cameo));
    return all;
}

struct wanted {
    const char *text, *source, *code, *target; /* of one event; code NULL = there is none */
};

static bool says(const struct article *article, const struct coded_event *event, const struct wanted *wanted)
{
    return !strcmp(event->cameo, wanted->code) &&
           str_equal(codes(article, event->sources, event->source_count), str_from(wanted->source)) &&
           str_equal(codes(article, event->targets, event->target_count), str_from(wanted->target));
}

static void check(const struct wanted *wanted)
{
    const struct article *article = read_article(wanted->text);
    const struct coded_event *event = article->events.items;
    if (!wanted->code && article->events.count)
        fail_msg("%s: %s by %s", wanted->text, event->cameo, event->rule);
    if (!wanted->code)
        return;
    if (!article->events.count)
        fail_msg("%s: no event", wanted->text);
    for (size_t i = 0; i < article->events.count; i++)
        if (says(article, &article->events.items[i], wanted))
            return;
    fail_msg("%s: %.*s %s %.*s", wanted->text, STR_ARG(codes(article, event->sources, event->source_count)),
             event->cameo, STR_ARG(codes(article, event->targets, event->target_count)));
}

static void check_all(const struct wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&wanted[i]);
}

#define CHECK_ALL(list) check_all(list, sizeof(list) / sizeof((list)[0]))

#endif

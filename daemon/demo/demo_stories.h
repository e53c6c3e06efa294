/* demo_stories: the invented news of the demo's site. Every person, place name in conflict and event in them
 * is made up. */
#ifndef NEWSD_DAEMON_DEMO_DEMO_STORIES_H
#define NEWSD_DAEMON_DEMO_DEMO_STORIES_H

#include <stddef.h>

struct demo_story {
    const char *slug, *title, *author, *language, *summary;
    const char *paragraphs[16]; /* ended by NULL */
};

extern const struct demo_story demo_stories[];
extern const size_t demo_story_count;

#endif

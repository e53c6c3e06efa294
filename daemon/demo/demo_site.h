/* demo_site: a small news site on loopback for `newsd demo`: three feed formats, full pages, and a timeline:
 * items appear, one is edited, one withdrawn, one feed fails and recovers. On the given event base; loop
 * thread. */
#ifndef NEWSD_DAEMON_DEMO_DEMO_SITE_H
#define NEWSD_DAEMON_DEMO_DEMO_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct event_base;
struct demo_site;

int demo_site_start(struct event_base *base, struct demo_site **ret_site, struct error *error);
void demo_site_stop(struct demo_site **site);

/* URLs of its feeds; they live as long as the site. */
size_t demo_site_feeds(const struct demo_site *site, const char **urls, size_t most);

/* What must arrive on Kafka when the timeline has run: one line each, e.g. "published lake-accord", "revised
 * tram-strike", "withdrawn museum-loan", "feed failing", "feed recovered". */
size_t demo_site_expected(const char *const **ret_lines);

/* The line that a record stands for: its type's last word and the story's slug from the subject, or "feed
 * STATUS". False when it is of no interest. */
bool demo_site_line(struct str ce_type, struct str subject, struct str status, char *line, size_t size);

#endif

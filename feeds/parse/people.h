/* people: the person in one line of text: "mail (Name)", "Name (mail)", "Name <mail>", a name, a mail. Pure.
 */
#ifndef NEWSD_FEEDS_PARSE_PEOPLE_H
#define NEWSD_FEEDS_PARSE_PEOPLE_H

#include "feeds/parse/document.h"

/* Parts point into `line`. All are absent when the line is blank. */
struct feed_person people_parse(struct str line);

/* True when `b` says nothing that contradicts `a`: same name or same mail. */
bool people_same(const struct feed_person *a, const struct feed_person *b);

#endif

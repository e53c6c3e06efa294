/* opml: feed lists as OPML 1.0/2.0, nested, in and out. Any thread. */
#ifndef NEWSD_FEEDS_PARSE_OPML_H
#define NEWSD_FEEDS_PARSE_OPML_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

struct opml_feed {
    struct str url;   /* xmlUrl, byte for byte but for surrounding white space */
    struct str title; /* title or text */
    struct str html_url;
    struct str category; /* path of the enclosing outlines: "World/Europe"; absent at top level */
    struct str include;  /* url of an outline of type include; then url is absent */
    struct str settings; /* attribute of OPML_SETTINGS_SPACE: "pages=never interval=600s", absent elsewhere */
    unsigned line;       /* of the outline in the file */
};

#define OPML_SETTINGS_SPACE "urn:newsd" /* its attribute `settings`; other readers pass it over */

struct opml_problem {
    unsigned line;
    struct str text;
};

struct opml {
    struct str title;
    struct opml_feed *feeds;
    size_t feed_count;
    struct opml_problem *problems; /* outlines that were passed over, and why */
    size_t problem_count;
};

/* 0; ERR_MALFORMED when it is no OPML at all or ends early (error names line and cause; what came before is
 * in *ret_opml); -ENOMEM. Damage is mended as in feeds (repair.h): a bare '&' in an address stays what it is,
 * and an address that may not be whole is a problem and no feed. Lines are then those of the mended text. */
int opml_parse(struct arena *arena, struct str bytes, struct opml *ret_opml, struct error *error);

/* Writes OPML 2.0 that opml_parse() reads back to the same feeds. 0 or -ENOMEM. */
int opml_write(struct buffer *buffer, const struct opml *opml);

#endif

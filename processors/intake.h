/* intake: the stored form of an item between feed and article, and how it becomes an article's input.
 *
 * A payload is one JSON object, made when the feed was parsed:
 *   {"feed": {"id","url","title","link","language","rights","publisher",...}, "entry": {an entry of
 * feed-json}, "entry_id": "...", "fetched": RFC 3339} The rest (article id, revision, kind, backfill,
 * sightings, the revision before) is decided by the store. */
#ifndef NEWSD_PROCESSORS_INTAKE_H
#define NEWSD_PROCESSORS_INTAKE_H

#include "processors/article.h"
#include "base/error.h"
#include "base/must_use.h"

struct intake_item {
    struct str article_id;
    uint32_t revision;
    enum article_kind kind;
    bool backfill;
    int64_t first_created_ms;
    struct str payload;
    const struct article_sighting *seen_in;
    size_t seen_in_count;
    struct str previous_title, previous_text;
    struct str page, page_url, page_error, page_headers; /* of the page fetch, absent = none */
    int page_status;
    int64_t fetched_ms;                  /* of a page that was visited again; 0 = as the payload says */
    const struct site_rules *site_rules; /* outlive the article; NULL = none */
};

/* Makes an article of an item in the arena. 0, -ENOMEM, or ERR_RECORD when the payload is not what is
 * described above (error says where). All strings are copied into the arena. */
_must_use_ int intake_to_article(struct arena *arena, const struct intake_item *item,
                                 struct article **ret_article, struct error *error);

#endif

/* json_ld_articles: which of the article objects in a page's JSON-LD are the page's own, and what "@id"
 * refers to. Any thread.
 *
 * The one counts whose url, @id or mainEntityOfPage is the page's address; else whose headline is the page's
 * title; else the first (several of the same standing are all given), but none that states another address
 * and whose headline has no word of the page's. */
#ifndef NEWSD_PROCESSORS_HTML_JSON_LD_ARTICLES_H
#define NEWSD_PROCESSORS_HTML_JSON_LD_ARTICLES_H

#include "base/json_reader.h"

enum {
    JSON_LD_OBJECTS_MAX = 500, /* looked at per page */
    JSON_LD_ARTICLES_MAX = 100,
};

/* Borrowed from the documents' roots, which must live as long. */
struct json_ld {
    const json_t *articles[JSON_LD_ARTICLES_MAX];
    size_t article_count;
    const json_t *named[JSON_LD_OBJECTS_MAX]; /* objects with an @id and more */
    size_t named_count, objects;
    const json_t *page; /* the first object of the page itself that has a date; NULL = none */
};

/* What the page says of itself otherwise; each may be absent. */
struct json_ld_page {
    struct str address, canonical; /* where it was fetched, its canonical link */
    struct str title, heading;
};

/* Adds the objects of one document: of lists, @graph and mainEntity. */
void json_ld_collect(struct json_ld *found, const json_t *root);
/* Keeps only the page's own articles, in their order. */
void json_ld_choose(struct json_ld *found, const struct json_ld_page *page);
/* The object that `value` refers to by its @id when it says nothing else; `value` itself otherwise. */
const json_t *json_ld_resolve(const struct json_ld *found, const json_t *value);

#endif

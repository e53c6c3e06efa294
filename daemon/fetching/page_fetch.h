/* page_fetch: the page of an article: what robots.txt says, the host's turn, the transfer. Loop thread only.
 *
 *     page->url = strdup(...); page->done = ...;
 *     page_fetch_start(desk, page);       done() runs now or later, exactly once,
 *     page_fetch_cancel(page);            unless it is cancelled before it has begun
 *     page_fetch_done(page);              frees what it holds */
#ifndef NEWSD_DAEMON_FETCHING_PAGE_FETCH_H
#define NEWSD_DAEMON_FETCHING_PAGE_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/fetching/robots_desk.h"
#include "daemon/fetching/transfers.h"

/* What all pages have in common; it outlives them. */
struct page_context {
    struct transfers *transfers;
    struct robots_desk *robots; /* NULL = robots.txt is not asked */
    int64_t bytes_max;
    bool stopped; /* nothing is begun any more */
};

/* Embedded in whatever wants a page. Strings are owned, and absent when there is nothing to say. */
struct page_fetch {
    const struct page_context *context;
    struct transfer transfer;
    struct robots_question question;
    void (*done)(struct page_fetch *page, bool cancelled);
    char *url;
    char *known_etag, *known_changed; /* of a page that is known: sent as conditions */
    /* Out */
    char *final_url;
    char *type;           /* Content-Type */
    char *etag, *changed; /* ETag and Last-Modified: the known ones of a page that has not changed */
    char *headers;        /* those that say what may be done with the page, as lines "NAME: VALUE" */
    const char *error;    /* short stable name ("not-modified": as it is known), NULL = the page is there */
    char *body;
    size_t len;
    int status; /* HTTP, 0 = none */
};

void page_fetch_start(const struct page_context *context, struct page_fetch *page);
/* Takes back what waits for robots.txt or for its host. A transfer that runs ends by its own done(). */
void page_fetch_cancel(struct page_fetch *page);
void page_fetch_done(struct page_fetch *page);

#endif

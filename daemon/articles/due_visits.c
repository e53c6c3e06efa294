/* due_visits: brings to the desk the pages whose visit is due. Owns its jobs only; loop thread. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/articles/article_desk_private.h"

enum {
    VISITS_MAX = 256 /* at the desk at once: the rest waits in the store, and new articles come first */
};

struct visit_listing {
    struct store_due_visits store;
    struct article_desk *desk;
};

static char *copy(struct str s)
{
    return s.len ? strndup(s.ptr, s.len) : NULL;
}

static void visit_add(struct article_desk *desk, const struct store_due_visit *row)
{
    struct item *same, *item;
    HASH_FIND(by_article, desk->articles, row->article_id, ARTICLE_ID_BYTES - 1, same);
    if (same) /* it is being made already, or a revision of the feed is: later */
        return;
    struct visit *visit = calloc(1, sizeof(*visit));
    item = visit ? calloc(1, sizeof(*item)) : NULL;
    if (!item) {
        free(visit);
        return;
    }
    visit->first_ms = row->first_ms;
    visit->shown = row->shown;
    visit->missed = row->missed;
    item->desk = desk;
    item->visit = visit;
    item->suspect = row->attempts > 0;
    memcpy(item->article_id, row->article_id, ARTICLE_ID_BYTES);
    if (row->attempts < desk->config->attempts_max) {
        item->page.url = copy(row->url);
        item->page.known_etag = copy(row->etag);
        item->page.known_changed = copy(row->changed);
    }
    desk->visits++;
    desk_item_enter(item);
}

static void on_due(struct store_job *base, int error)
{
    struct visit_listing *listing = container_of(base, struct visit_listing, store.base);
    struct article_desk *desk = listing->desk;
    assert(desk->listing_visits && listing->store.row_count <= VISITS_MAX);
    desk->listing_visits = false;
    for (size_t i = 0; i < listing->store.row_count && !error && desk->visits < VISITS_MAX; i++)
        visit_add(desk, &listing->store.rows[i]);
    arena_destroy(&listing->store.base.arena);
    free(listing);
    desk_advance(desk);
}

void article_desk_revisit(struct article_desk *desk)
{
    if (desk->revisit.count == 0 || desk->listing_visits || desk->pages.stopped ||
        desk->visits >= VISITS_MAX || !desk->context.may_fetch_pages(desk->context.context))
        return;
    struct visit_listing *listing = calloc(1, sizeof(*listing));
    if (!listing)
        return;
    listing->desk = desk;
    listing->store = (struct store_due_visits){
        .base = {.done = on_due, .arena = arena_create(ARENA_CAP_DEFAULT)},
        .now_ms = clock_wall_ms(),
        .limit = VISITS_MAX,
    };
    if (!listing->store.base.arena) {
        free(listing);
        return;
    }
    desk->listing_visits = true;
    store_submit_due_visits(desk->context.store, &listing->store);
}

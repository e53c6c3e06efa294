/* due_visits: brings to the desk the pages whose visit is due. Owns its jobs only; loop thread. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "base/url.h"
#include "daemon/articles/article_desk_private.h"
#include "daemon/process/log.h"

enum {
    VISITS_MAX = 256,     /* at the desk at once: the rest waits in the store, and new articles come first */
    HOST_VISITS_MAX = 16, /* of these to one host, which may be slow or ask for a pause of a day */
    POSTPONED_MIN_MS = 5000, /* more of them are looked at again when these may be through */
    POSTPONED_MAX_MS = 600000,
    URL_ARENA_BYTES = 64 * 1024,
};

struct visit_listing {
    struct store_due_visits store;
    struct article_desk *desk;
};

static char *copy(struct str s)
{
    return s.len ? strndup(s.ptr, s.len) : NULL;
}

/* ---- No host holds up the others ---- */

/* A due visit that is put off: the store's row is due later, and all else of it stays. */
struct postponement {
    struct store_plan_visit plan;
    struct article_desk *desk;
    char article_id[ARTICLE_ID_BYTES];
    char *etag, *changed;
};

static void on_postponed(struct store_job *base, int error)
{
    struct postponement *put_off = container_of(base, struct postponement, plan.base);
    assert(put_off->desk->settling > 0);
    put_off->desk->settling--;
    if (error && error != ERR_SHUTDOWN)
        log_error("the visit of article %s was not put off: %s", put_off->article_id, error_text(error));
    free(put_off->etag);
    free(put_off->changed);
    free(put_off);
}

/* The time that a host's visits at the desk take at least. */
static int64_t postponed_ms(const struct article_desk *desk)
{
    int64_t wait_ms = desk->config->host_gap_ms * HOST_VISITS_MAX;
    return wait_ms < POSTPONED_MIN_MS   ? POSTPONED_MIN_MS
           : wait_ms > POSTPONED_MAX_MS ? POSTPONED_MAX_MS
                                        : wait_ms;
}

/* Without memory the visit stays due. */
static void postpone(struct article_desk *desk, const struct store_due_visit *row)
{
    struct postponement *put_off = calloc(1, sizeof(*put_off));
    if (!put_off)
        return;
    put_off->desk = desk;
    put_off->etag = copy(row->etag);
    put_off->changed = copy(row->changed);
    memcpy(put_off->article_id, row->article_id, ARTICLE_ID_BYTES);
    put_off->plan = (struct store_plan_visit){
        .base = {.done = on_postponed},
        .article_id = put_off->article_id,
        .visit = {.word = VISIT_PLAN,
                  .due_ms = clock_wall_ms() + postponed_ms(desk),
                  .missed = row->missed,
                  .etag = str_from(put_off->etag),
                  .changed = str_from(put_off->changed)},
    };
    desk->settling++;
    store_submit_plan_visit(desk->context.store, &put_off->plan);
}

/* The host's visits at the desk, of at most VISITS_MAX. */
static size_t visits_of(const struct article_desk *desk, const char *host)
{
    size_t visits = 0;
    for (const struct visit *visit = desk->first_visit; visit; visit = visit->next)
        visits += visit->host && strcmp(visit->host, host) == 0;
    return visits;
}

static char *host_of(struct str url)
{
    struct arena *arena = arena_create(URL_ARENA_BYTES);
    char *host = arena ? copy(url_host(arena, url)) : NULL;
    arena_destroy(&arena);
    return host;
}

/* ---- What is due ---- */

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
    visit->host = host_of(row->url);
    if (visit->host && row->attempts == 0 && visits_of(desk, visit->host) >= HOST_VISITS_MAX) {
        postpone(desk, row);
        free(visit->host);
        free(visit);
        free(item);
        return;
    }
    visit->next = desk->first_visit;
    desk->first_visit = visit;
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

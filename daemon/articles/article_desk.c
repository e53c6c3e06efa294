/* article_desk: the queue of items between intake and outbox. Owns the items in memory; loop thread only. */
#include "daemon/articles/article_desk_private.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "processors/html/site_rules.h"
#include "processors/stories/copies.h"

enum {
    LIST_ROWS = 1000,  /* rows listed at once */
    ITEMS_MAX = 50000, /* items known in memory, a few hundred bytes each; the rest waits in the store */
    UNDER_WAY_PER_WORKER = 16, /* taken and not yet stored: hides the store's group commit from the workers */
    ITEM_ARENA_EXTRA = 32 << 20, /* payload, records and sightings beside the article's own budget */
    COPIES_MAX = 100000,         /* articles whose copies are found, some 300 bytes each */
    COPY_BYTES_MIN = 200, /* shorter texts are often the same without being a story ("Read more at ...") */
};

static void visit_free(struct article_desk *desk, struct visit *visit)
{
    struct visit **at = &desk->first_visit;
    while (*at != visit) {
        assert(*at); /* each visit at the desk is in its list */
        at = &(*at)->next;
    }
    *at = visit->next;
    desk->visits--;
    free(visit->host);
    free(visit);
}

static void item_free(struct item *item)
{
    page_fetch_done(&item->page);
    site_rules_destroy(&item->site_rules);
    arena_destroy(&item->arena);
    arena_destroy(&item->spare);
    if (item->visit)
        visit_free(item->desk, item->visit);
    free(item);
}

static void push(struct item ***last, struct item *item)
{
    assert(**last == NULL);
    item->next = NULL;
    **last = item;
    *last = &item->next;
}

static struct item *pop(struct item **first, struct item ***last)
{
    struct item *item = *first;
    if (!item)
        return NULL;
    *first = item->next;
    if (!*first)
        *last = first;
    item->next = NULL;
    return item;
}

static void item_dispatch(struct item *item)
{
    struct article_desk *desk = item->desk;
    assert(TABLE_HAS(by_article, item)); /* one of each article, in order */
    if (item->page.url)
        push(&desk->held_last, item);
    else
        push(&desk->ready_last, item);
}

/* No memory for an article's place among those under way: its items stay in the intake, for the next run. */
static void items_forget(struct item *item)
{
    while (item) {
        struct item *next = item->followers ? item->followers : item->next;
        assert(item->desk->items > 0);
        item->desk->items--;
        item_free(item);
        item = next;
    }
}

/* The item is through: the next one of its article may go. */
static void item_leave(struct item *item)
{
    struct article_desk *desk = item->desk;
    struct item *next = item->followers;
    assert(desk->items > 0 && TABLE_HAS(by_article, item));
    HASH_DELETE(by_article, desk->articles, item);
    if (next) {
        next->followers = next->next;
        next->next = NULL;
        HASH_ADD(by_article, desk->articles, article_id, ARTICLE_ID_BYTES - 1, next);
        if (TABLE_HAS(by_article, next))
            item_dispatch(next);
        else
            items_forget(next);
    }
    desk->items--;
    item_free(item);
}

/* ---- Finish ---- */

static void count_item(const struct item *item)
{
    if (item->visit)
        desk_visit_count(item);
    else
        metrics_add(item->article.rejected ? METRIC_REJECTED : METRIC_PUBLISHED, 1);
    metrics_add(METRIC_SITE_RULES_MISSED, item->article.site_rule_missed);
    metrics_add(METRIC_STAGE_FAILURES, (int64_t)item->article.stage_failures);
    metrics_observe(METRIC_STAGE_TIME, item->article.time_us / 1000);
    if (!item->article.rejected)
        return;
    log_write(LOG_KIND_REJECT, 4, item->article.reject_reason,
              LOG_FIELDS({"ARTICLE", item->article_id}, {"ERROR", item->article.reject_reason}),
              "article %s went to the rejects topic: %.*s", item->article_id,
              STR_ARG(item->article.reject_text));
}

static void on_finished(struct store_job *base, int error)
{
    struct item *item = base->context;
    struct article_desk *desk = item->desk;
    assert(desk->under_way > 0);
    desk->under_way--;
    if (error) {
        if (error != ERR_SHUTDOWN)
            log_error("article %s was not stored and stays in the intake: %s", item->article_id,
                      error_text(error));
    } else {
        count_item(item);
        desk->context.records_stored(desk->context.context);
    }
    item_leave(item);
    desk_advance(desk);
}

static void on_processed(struct mail *mail)
{
    struct item *item = container_of(mail, struct item, work.mail);
    struct article_desk *desk = item->desk;
    struct article_work *work = &item->article;
    int64_t now_ms = clock_wall_ms();
    assert(item->take.found && item->take.rowid == item->rowid);
    item->finish = (struct store_finish){
        .base = {.done = on_finished, .context = item, .arena = item->spare},
        .rowid = item->rowid,
        .records = work->records,
        .record_count = work->record_count,
        .rejected = work->rejected,
        .article_id = str_from(item->article_id),
        .title = work->title,
        .text = work->text,
        .derived = work->derived,
        .fingerprint = work->fingerprint,
        .story = work->article ? work->article->story_id : STR_NONE,
        .revision = item->take.revision,
        .created_ms = item->take.created_ms,
        .now_ms = now_ms,
        .visit = desk_visit_of(item, now_ms),
    };
    if (work->record_count ==
        0) { /* no memory for anything: the row stays, a restart or the next listing takes it */
        on_finished(&item->finish.base, -ENOMEM);
        return;
    }
    store_submit_finish(desk->context.store, &item->finish);
}

/* No article came out: a reject, if there is memory for one. On a worker. */
static void give_up(struct item *item, int error)
{
    if (!item->spare || (error && article_work_give_up(item->spare, &item->article)))
        item->article.record_count = 0;
}

/* On a worker, as is run_item: what is the desk's may change meanwhile, the configuration above all; the item
 * is its own. */
static void run_records(struct work *work)
{
    struct item *item = container_of(work, struct item, work);
    give_up(item, article_work_write(item->arena, &item->article));
}

/* Is its text a copy of another article's? The first of a story does not know of those that follow. */
static void find_story(struct item *item)
{
    struct article *article = item->article.article;
    uint64_t fingerprint = article->text.len < COPY_BYTES_MIN ? 0 : item->article.fingerprint;
    struct copy_of of = {0};
    if (copies_find(item->desk->copies, item->article_id, fingerprint, &of)) {
        article->story_id = arena_str(item->arena, str_from(of.story));
        article->duplicate_of = arena_str(item->arena, str_from(of.article));
        article->story_similarity = (float)of.similarity;
        metrics_add(METRIC_COPIES, 1);
    }
    copies_keep(item->desk->copies, item->article_id, of.story, fingerprint);
}

/* Between the stages and the records: what is decided by what came before, in the order in which articles
 * come. */
static void on_read(struct mail *mail)
{
    struct item *item = container_of(mail, struct item, work.mail);
    if (!item->article.article) {
        on_processed(mail);
        return;
    }
    struct article_desk *desk = item->desk;
    if (item->visit && !desk_visit_tells(item)) {
        desk_advance(desk);
        return;
    }
    find_story(item);
    item->work.run = run_records;
    item->work.length = WORK_SHORT;
    item->work.mail.deliver = on_processed;
    workers_submit(item->desk->context.workers, &item->work);
}

static void run_item(struct work *work)
{
    struct item *item = container_of(work, struct item, work);
    int error = article_work_read(item->arena, &item->article);
    item->spare = arena_create(item->arena_bytes);
    if (!item->article.article)
        give_up(item, error);
}

/* What the page's fetch brought goes to the stages. */
static void give_page(struct item *item)
{
    struct article_work *work = &item->article;
    work->page = str_make(item->page.body, item->page.len);
    work->page_content_type = str_from(item->page.type);
    work->page_url = str_from(item->page.final_url);
    work->page_error = str_from(item->page.error);
    work->page_headers = str_from(item->page.headers);
    work->page_status = item->page.status;
}

static void on_taken(struct store_job *base, int error)
{
    struct item *item = base->context;
    struct article_desk *desk = item->desk;
    assert(desk->under_way > 0);
    if (error || !item->take.found || desk->pages.stopped) {
        if (error && error != ERR_SHUTDOWN)
            log_error("article %s could not be read and stays in the intake: %s", item->article_id,
                      error_text(error));
        desk->under_way--;
        if (item->visit && !error && !desk->pages.stopped)
            desk_visit_overtaken(item);
        else
            item_leave(item);
        desk_advance(desk);
        return;
    }
    item->site_rules = site_rules_hold(desk->config->site_rules);
    item->article = (struct article_work){
        .site_rules = item->site_rules,
        .pipeline = desk->context.pipeline,
        .take = &item->take,
        .attempts_max = (uint16_t)desk->config->attempts_max,
        .fetched_ms = item->visit ? item->take.created_ms : 0,
    };
    if (!item->visit || !item->visit->gone)
        give_page(item);
    item->work.run = run_item;
    item->work.length = WORK_LONG;
    item->work.mail.deliver = on_read;
    workers_submit(desk->context.workers, &item->work);
}

static void take(struct item *item)
{
    struct article_desk *desk = item->desk;
    assert(TABLE_HAS(by_article, item) && !item->arena); /* taken once, and first of its article */
    item->arena_bytes = (size_t)desk->config->article_bytes_max + ITEM_ARENA_EXTRA;
    item->arena = arena_create(item->arena_bytes);
    if (!item->arena) {
        item_leave(item); /* the row stays in the intake */
        return;
    }
    item->take = (struct store_take){
        .base = {.done = on_taken, .context = item, .arena = item->arena},
        .rowid = item->rowid,
    };
    if (item->visit) {
        memcpy(item->take.article_id, item->article_id, ARTICLE_ID_BYTES);
        item->take.kind = item->visit->gone ? ARTICLE_WITHDRAWN : ARTICLE_REVISED;
        item->take.created_ms = clock_wall_ms();
    }
    desk->under_way++;
    store_submit_take(desk->context.store, &item->take);
}

/* ---- Pages ---- */

static void on_page(struct page_fetch *page, bool cancelled)
{
    struct item *item = container_of(page, struct item, page);
    struct article_desk *desk = item->desk;
    assert(desk->jobs > 0 && !item->arena);
    desk->jobs--;
    if (cancelled) {
        item_leave(item); /* the process ends; the row stays in the intake */
        return;
    }
    if (!item->visit || desk_visit_answered(item))
        push(&desk->ready_last, item);
    desk_advance(desk);
}

static void page_want(struct item *item)
{
    assert(item->page.url);
    item->desk->jobs++;
    item->page.done = on_page;
    page_fetch_start(&item->desk->pages, &item->page);
}

/* ---- Listing ---- */

struct listing {
    struct store_list_waiting store;
    struct article_desk *desk;
};

void desk_item_enter(struct item *item)
{
    struct article_desk *desk = item->desk;
    struct item *first;
    desk->items++;
    HASH_FIND(by_article, desk->articles, item->article_id, ARTICLE_ID_BYTES - 1, first);
    if (!first) {
        HASH_ADD(by_article, desk->articles, article_id, ARTICLE_ID_BYTES - 1, item);
        if (TABLE_HAS(by_article, item))
            item_dispatch(item);
        else
            items_forget(item);
        return;
    }
    struct item **at = &first->followers;
    while (*at)
        at = &(*at)->next;
    *at = item;
}

static void item_add(struct article_desk *desk, const struct store_waiting *row)
{
    struct item *item = calloc(1, sizeof(*item));
    if (!item)
        return;
    item->desk = desk;
    item->rowid = row->rowid;
    item->feed_rowid = row->feed_rowid;
    item->suspect = row->attempts > 0;
    memcpy(item->article_id, row->article_id, ARTICLE_ID_BYTES);
    if (row->url.ptr && row->attempts < desk->config->attempts_max)
        item->page.url = strndup(row->url.ptr, row->url.len);
    desk_item_enter(item);
}

static void on_listed(struct store_job *base, int error)
{
    struct listing *listing = container_of(base, struct listing, store.base);
    struct article_desk *desk = listing->desk;
    assert(desk->listing && desk->jobs > 0);
    assert(listing->store.row_count <= LIST_ROWS);
    for (size_t i = 0; i < listing->store.row_count && !error; i++) {
        item_add(desk, &listing->store.rows[i]);
        desk->listed = listing->store.rows[i].rowid;
    }
    desk->listing = false;
    desk->jobs--;
    if (listing->store.row_count == LIST_ROWS)
        desk->more = true;
    arena_destroy(&listing->store.base.arena);
    free(listing);
    desk_advance(desk);
}

static void list(struct article_desk *desk)
{
    assert(!desk->listing);
    struct listing *listing = calloc(1, sizeof(*listing));
    if (!listing)
        return;
    listing->desk = desk;
    listing->store = (struct store_list_waiting){
        .base = {.done = on_listed, .arena = arena_create(ARENA_CAP_DEFAULT)},
        .after = desk->listed,
        .limit = LIST_ROWS,
    };
    if (!listing->store.base.arena) {
        free(listing);
        return;
    }
    desk->listing = true;
    desk->more = false;
    desk->jobs++;
    store_submit_list_waiting(desk->context.store, &listing->store);
}

/* A suspect is processed alone, so that a crash is counted against the item that caused it and no other. */
static bool may_join(const struct article_desk *desk, const struct item *item)
{
    return desk->under_way == 0 || (!desk->alone && !item->suspect);
}

static void advance_once(struct article_desk *desk)
{
    void *context = desk->context.context;
    if (desk->more && !desk->listing && desk->items < ITEMS_MAX)
        list(desk);
    struct item *item;
    while (desk->held && desk->context.may_fetch_pages(context) &&
           (item = pop(&desk->held, &desk->held_last)))
        page_want(item);
    size_t room = workers_count(desk->context.workers) * UNDER_WAY_PER_WORKER;
    while (desk->under_way < room && desk->ready && may_join(desk, desk->ready) &&
           desk->context.may_process(context) && (item = pop(&desk->ready, &desk->ready_last))) {
        desk->alone = item->suspect;
        take(item);
        assert(!desk->alone || desk->under_way <= 1);
    }
}

/* A page that is answered at once comes back here: it is looked at again then, not within itself. */
void desk_advance(struct article_desk *desk)
{
    desk->again = true;
    if (desk->advancing)
        return;
    desk->advancing = true;
    while (desk->again && !desk->pages.stopped) {
        desk->again = false;
        advance_once(desk);
    }
    desk->advancing = false;
}

void article_desk_kick(struct article_desk *desk)
{
    desk->more = true;
    desk_advance(desk);
}

static void visit_settled(struct item *item)
{
    struct article_desk *desk = item->desk;
    item_leave(item);
    desk_advance(desk);
}

int article_desk_create(struct article_desk **ret_desk, const struct article_desk_context *context,
                        const struct config *config, struct error *error)
{
    struct article_desk *desk = calloc(1, sizeof(*desk));
    if (!desk)
        return error_set(error, -ENOMEM, "no memory for the article desk");
    desk->magic = ARTICLE_DESK_MAGIC;
    desk->visit_settled = visit_settled;
    desk->context = *context;
    desk->robots = robots_desk_create(context->transfers);
    desk->copies = copies_create(COPIES_MAX);
    if (!desk->robots || !desk->copies) {
        robots_desk_destroy(&desk->robots);
        copies_destroy(&desk->copies);
        free(desk);
        return error_set(error, -ENOMEM, "no memory for the article desk");
    }
    desk->pages.transfers = context->transfers;
    article_desk_set_config(desk, config);
    desk->ready_last = &desk->ready;
    desk->held_last = &desk->held;
    *ret_desk = desk;
    return 0;
}

static void remember(void *context, const char *article, const char *story, uint64_t fingerprint)
{
    struct article_desk *desk = context;
    assert(desk->magic == ARTICLE_DESK_MAGIC);
    copies_keep(desk->copies, article, story, fingerprint);
}

int article_desk_remember(struct article_desk *desk, struct error *error)
{
    return store_load_fingerprints(desk->context.store, COPIES_MAX, remember, desk, error);
}

void article_desk_set_config(struct article_desk *desk, const struct config *config)
{
    desk->config = config;
    desk->pages.bytes_max = config->page_bytes_max;
    desk->pages.robots = config->pages_robots ? desk->robots : NULL;
    struct error unused;
    may_fail(option_delays(config->pages_revisit, &desk->revisit, &unused)); /* checked when it was read */
}

void article_desk_stop(struct article_desk *desk)
{
    desk->pages.stopped = true;
}

size_t article_desk_busy(const struct article_desk *desk)
{
    return desk->under_way + desk->settling + (desk->listing ? 1 : 0) + (desk->listing_visits ? 1 : 0);
}

size_t article_desk_waiting(const struct article_desk *desk)
{
    assert(desk->items >= desk->under_way);
    return desk->items - desk->under_way;
}

void article_desk_destroy(struct article_desk **ret_desk)
{
    struct article_desk *desk = *ret_desk;
    if (!desk)
        return;
    assert(desk->magic == ARTICLE_DESK_MAGIC);
    assert(article_desk_busy(desk) == 0);
    struct item *item, *next;
    HASH_ITER(by_article, desk->articles, item, next)
    {
        page_fetch_cancel(&item->page);
        for (struct item *follower = item->followers; follower;) {
            struct item *after = follower->next;
            item_free(follower);
            desk->items--;
            follower = after;
        }
        HASH_DELETE(by_article, desk->articles, item);
        item_free(item);
        desk->items--;
    }
    assert(desk->items == 0); /* what was listed has left or was in the table */
    robots_desk_destroy(&desk->robots);
    copies_destroy(&desk->copies);
    desk->magic = 0;
    free(desk);
    *ret_desk = NULL;
}

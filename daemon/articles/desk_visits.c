/* desk_visits: the desk's part for pages that are visited again: judging what came, and planning the next
 * visit. A visit is an item without an intake row: the same queue, robots.txt, host budget and stages; only
 * what it finds becomes a revision. Owns its jobs only; loop thread. */
#include "daemon/articles/article_desk_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/articles/revisit.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"

/* ---- The way out of a visit that brings nothing ---- */

static void count(enum revisit_finding finding)
{
    static const enum metric metrics[] = {
        [REVISIT_READ] = METRIC_REVISITS_REVISED,    [REVISIT_UNCHANGED] = METRIC_REVISITS_UNCHANGED,
        [REVISIT_MISSING] = METRIC_REVISITS_MISSING, [REVISIT_GONE] = METRIC_REVISITS_WITHDRAWN,
        [REVISIT_FAILED] = METRIC_REVISITS_FAILED,
    };
    metrics_add(metrics[finding], 1);
}

static void on_planned(struct store_job *base, int error)
{
    struct item *item = base->context;
    struct article_desk *desk = item->desk;
    assert(desk->settling > 0 && item->visit);
    desk->settling--;
    if (error && error != ERR_SHUTDOWN)
        log_error("the next visit of article %s was not stored, and this one is made again: %s",
                  item->article_id, error_text(error));
    desk->visit_settled(item);
}

/* The validators of the page as it is known now. */
static void validators(const struct page_fetch *page, struct store_visit *visit)
{
    bool came = !page->error || page->etag || page->changed;
    visit->etag = str_from(came ? page->etag : page->known_etag);
    visit->changed = str_from(came ? page->changed : page->known_changed);
}

static void settle(struct item *item, enum revisit_finding finding)
{
    struct article_desk *desk = item->desk;
    struct visit *visit = item->visit;
    assert(visit && finding != REVISIT_GONE);
    int64_t due_ms = revisit_next(&desk->revisit, visit->first_ms, clock_wall_ms());
    count(finding);
    visit->plan = (struct store_plan_visit){
        .base = {.done = on_planned, .context = item},
        .article_id = item->article_id,
        .visit = {.word = due_ms ? VISIT_PLAN : VISIT_END, .due_ms = due_ms},
    };
    visit->plan.visit.missed = finding == REVISIT_UNCHANGED ? 0
                               : finding == REVISIT_MISSING ? (uint16_t)(visit->missed + 1)
                                                            : visit->missed;
    validators(&item->page, &visit->plan.visit);
    desk->settling++;
    store_submit_plan_visit(desk->context.store, &visit->plan);
}

bool desk_visit_answered(struct item *item)
{
    enum revisit_finding finding = revisit_judge(&item->page, item->visit->shown, item->visit->missed);
    item->visit->gone = finding == REVISIT_GONE;
    if (finding == REVISIT_READ || finding == REVISIT_GONE)
        return true;
    settle(item, finding);
    return false;
}

void desk_visit_overtaken(struct item *item)
{
    settle(item, REVISIT_UNCHANGED);
}

bool desk_visit_tells(struct item *item)
{
    const struct article_work *work = &item->article;
    struct article_desk *desk = item->desk;
    assert(work->article && desk->under_way > 0);
    if (item->visit->gone || (work->shown && work->shown != item->visit->shown))
        return true;
    desk->under_way--;
    /* A page without the article's text (a challenge, a wall) is not what has become of the article. */
    settle(item, work->shown ? REVISIT_UNCHANGED : REVISIT_FAILED);
    return false;
}

/* ---- What a finished item means for the visits to come ---- */

struct store_visit desk_visit_of(const struct item *item, int64_t now_ms)
{
    const struct article_work *work = &item->article;
    const struct option_delays *delays = &item->desk->revisit;
    struct store_visit visit = {.first_ms = now_ms, .shown = work->shown, .payload = item->take.payload};
    visit.url = str_from(item->page.url);
    if (work->shown) /* what came in its place would not be told from the article by them */
        validators(&item->page, &visit);
    if (item->take.kind == ARTICLE_WITHDRAWN || (item->visit && work->rejected)) {
        visit.word = VISIT_END;
    } else if (item->visit) {
        visit.due_ms = revisit_next(delays, item->visit->first_ms, now_ms);
        visit.word = visit.due_ms ? VISIT_READ : VISIT_END;
    } else if (delays->count == 0 || work->rejected) {
        visit.word = VISIT_NONE;
    } else if (item->take.kind == ARTICLE_REVISED) {
        visit.word = item->page.url ? VISIT_READ : VISIT_END;
    } else if (item->page.url) {
        visit.word = VISIT_BEGIN;
        visit.due_ms = revisit_next(delays, now_ms, now_ms);
    }
    return visit;
}

void desk_visit_count(const struct item *item)
{
    assert(item->visit);
    count(item->article.rejected   ? REVISIT_FAILED
          : item->finish.overtaken ? REVISIT_UNCHANGED
          : item->visit->gone      ? REVISIT_GONE
                                   : REVISIT_READ);
    if (item->visit->gone && !item->finish.overtaken)
        log_write(LOG_KIND_PAGE_GONE, 6, item->article_id,
                  LOG_FIELDS({"ARTICLE", item->article_id}, {"URL", item->page.url}),
                  "article %s is withdrawn: its page is gone (HTTP status %d): %s", item->article_id,
                  item->page.status, item->page.url);
}

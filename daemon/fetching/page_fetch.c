/* page_fetch: one article page from wish to bytes. Loop thread only; owns the page's strings. */
#include "daemon/fetching/page_fetch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/url.h"
#include "daemon/process/metrics.h"
#include "feeds/http/cache_hints.h"
#include "feeds/http/http_answer.h"

static const char accept_page[] = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

static void settle(struct page_fetch *page, const char *error)
{
    page->error = error;
    page->done(page, false);
}

static void take_answer(struct page_fetch *page, struct fetch_result *result)
{
    const struct http_answer *answer = &result->answer;
    metrics_add(METRIC_PAGES, 1);
    page->status = answer->status;
    page->final_url = strdup(answer->final_url ? answer->final_url : page->url);
    if (answer->error == FETCH_ERROR_NONE && answer->status == 200) {
        struct str type = http_answer_header(answer, STR("content-type"));
        page->type = type.ptr ? strndup(type.ptr, type.len) : NULL;
        page->body = fetch_result_take_body(result, &page->len);
        return;
    }
    metrics_add(METRIC_PAGES_FAILED, 1);
    page->error = answer->error != FETCH_ERROR_NONE ? fetch_error_name(answer->error) : "http-status";
}

static void on_page(void *context, struct fetch_result *result)
{
    struct page_fetch *page = context;
    struct transfers *transfers = page->context->transfers;
    const struct http_answer *answer = &result->answer;
    if (!result->cancelled) {
        take_answer(page, result);
        int64_t pause_ms = answer->status == 429 || answer->status == 503
                               ? cache_retry_after_ms(answer, clock_wall_ms())
                               : 0;
        if (pause_ms > 0)
            transfers_pause_host(transfers, str_from(page->wish.host), pause_ms);
    }
    bool cancelled = result->cancelled;
    transfers_ended(transfers, &page->wish);
    page->done(page, cancelled);
}

static struct page_fetch *page_of(struct transfer_wish *wish)
{
    return (struct page_fetch *)((char *)wish - offsetof(struct page_fetch, wish));
}

static void wish_start(struct transfer_wish *wish)
{
    struct page_fetch *page = page_of(wish);
    struct transfers *transfers = page->context->transfers;
    struct fetch_request request = {
        .url = page->url, .accept = accept_page, .body_bytes_max = page->context->bytes_max};
    int error = page->context->stopped ? -ECANCELED
                                       : fetch_start(transfers_fetcher(transfers), &request, on_page, page);
    if (!error)
        return;
    transfers_ended(transfers, wish);
    settle(page, error == -EINVAL ? "bad-url" : error_text(error));
}

static void wish_refused(struct transfer_wish *wish)
{
    settle(page_of(wish), "host-busy");
}

static void transfer(struct page_fetch *page)
{
    struct arena *arena = arena_create(64 * 1024);
    struct str host = arena ? url_host(arena, str_from(page->url)) : STR_NONE;
    page->wish.start = wish_start;
    page->wish.refused = wish_refused;
    if (!host.ptr)
        settle(page, "bad-url");
    else if (!transfers_want(page->context->transfers, &page->wish, host))
        wish_refused(&page->wish);
    arena_destroy(&arena);
}

static void on_robots(struct robots_question *question, enum robots_answer answer)
{
    struct page_fetch *page = (struct page_fetch *)((char *)question - offsetof(struct page_fetch, question));
    switch (answer) {
    case ROBOTS_ALLOWED:
        transfer(page);
        break;
    case ROBOTS_FORBIDDEN:
        metrics_add(METRIC_PAGES_FORBIDDEN, 1);
        settle(page, "robots");
        break;
    case ROBOTS_UNREACHABLE:
        metrics_add(METRIC_PAGES_FORBIDDEN, 1);
        settle(page, "robots-unreachable");
        break;
    case ROBOTS_CANCELLED:
        page->done(page, true);
        break;
    }
}

void page_fetch_start(const struct page_context *context, struct page_fetch *page)
{
    page->context = context;
    page->question.answered = on_robots;
    if (!url_is_http(str_from(page->url)))
        settle(page, "bad-url");
    else if (context->robots)
        robots_ask(context->robots, page->url, &page->question);
    else
        transfer(page);
}

void page_fetch_cancel(struct page_fetch *page)
{
    if (!page->context)
        return;
    robots_take_back(&page->question);
    transfers_cancel(page->context->transfers, &page->wish);
}

void page_fetch_done(struct page_fetch *page)
{
    free(page->url);
    free(page->final_url);
    free(page->type);
    free(page->body);
}

/* page_fetch: one article page from wish to bytes. Loop thread only; owns the page's strings. */
#include "daemon/fetching/page_fetch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/container_of.h"
#include "base/url.h"
#include "daemon/process/metrics.h"
#include "feeds/http/http_answer.h"

static const char accept_page[] = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

static void settle(struct page_fetch *page, const char *error)
{
    assert(error && !page->body);
    page->error = error;
    page->done(page, false);
}

static bool is_about_rights(struct str name)
{
    static const char *const names[] = {"x-robots-tag", "tdm-reservation", "tdm-policy"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_equal_nocase(name, str_from(names[i])))
            return true;
    return false;
}

/* NULL = there are none. False without memory: a page whose terms are lost is not taken. */
static bool keep_rights(const struct http_answer *answer, char **ret_lines)
{
    _cleanup_buffer_ struct buffer lines = {0};
    for (size_t i = 0; i < answer->header_count; i++)
        if (is_about_rights(answer->headers[i].name))
            buffer_printf(&lines, "%.*s: %.*s\n", STR_ARG(answer->headers[i].name),
                          STR_ARG(answer->headers[i].value));
    *ret_lines = lines.len ? strndup(lines.ptr, lines.len) : NULL;
    return !lines.failed && (lines.len == 0 || *ret_lines);
}

/* Byte for byte (rule P1). Without memory the next request is one without conditions. */
static char *header_copy(const struct http_answer *answer, struct str name)
{
    struct str value = http_answer_header(answer, name);
    return value.len ? strndup(value.ptr, value.len) : NULL;
}

static void keep_known(struct page_fetch *page)
{
    page->etag = page->known_etag;
    page->changed = page->known_changed;
    page->known_etag = page->known_changed = NULL;
}

static void take_answer(struct page_fetch *page, struct fetch_result *result)
{
    const struct http_answer *answer = &result->answer;
    assert(!page->final_url && !page->body); /* a page is answered once */
    metrics_add(METRIC_PAGES, 1);
    page->status = answer->status;
    page->final_url = strdup(answer->final_url ? answer->final_url : page->url);
    bool good = answer->error == FETCH_ERROR_NONE && answer->status == 200;
    if (good && keep_rights(answer, &page->headers)) {
        page->type = header_copy(answer, STR("content-type"));
        page->etag = header_copy(answer, STR("etag"));
        page->changed = header_copy(answer, STR("last-modified"));
        page->body = fetch_result_take_body(result, &page->len);
        return;
    }
    if (answer->error == FETCH_ERROR_NONE && answer->status == 304 &&
        (page->known_etag || page->known_changed)) {
        keep_known(page);
        page->error = "not-modified";
        return;
    }
    metrics_add(METRIC_PAGES_FAILED, 1);
    page->error = answer->error != FETCH_ERROR_NONE ? fetch_error_name(answer->error)
                  : good                            ? fetch_error_name(FETCH_ERROR_INTERNAL)
                                                    : "http-status";
}

static struct page_fetch *page_of(struct transfer *transfer)
{
    return container_of(transfer, struct page_fetch, transfer);
}

static bool prepare(struct transfer *transfer, struct fetch_request *request)
{
    struct page_fetch *page = page_of(transfer);
    request->accept = accept_page;
    request->body_bytes_max = page->context->bytes_max;
    request->etag = page->known_etag;
    request->last_modified = page->known_changed;
    return !page->context->stopped;
}

static void on_page(struct transfer *transfer, struct fetch_result *result)
{
    struct page_fetch *page = page_of(transfer);
    if (!result) {
        settle(page, "host-busy");
        return;
    }
    if (!result->cancelled)
        take_answer(page, result);
    page->done(page, result->cancelled);
}

static void transfer(struct page_fetch *page)
{
    page->transfer.prepare = prepare;
    page->transfer.done = on_page;
    transfers_fetch(page->context->transfers, &page->transfer, page->url);
}

static void on_robots(struct robots_question *question, enum robots_answer answer)
{
    struct page_fetch *page = container_of(question, struct page_fetch, question);
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
    assert(page->url && page->done && !page->context);
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
    transfers_cancel(page->context->transfers, &page->transfer);
}

void page_fetch_done(struct page_fetch *page)
{
    free(page->url);
    free(page->known_etag);
    free(page->known_changed);
    free(page->etag);
    free(page->changed);
    free(page->final_url);
    free(page->type);
    free(page->headers);
    free(page->body);
}

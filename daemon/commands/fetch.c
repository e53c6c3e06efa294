/* fetch: runs the fetcher on a loop of its own until one answer is there. For command-line tools
 * only. */
#include "daemon/commands/fetch.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "feeds/http/fetch.h"

struct answer {
    struct event_base *base;
    struct buffer *body;
    struct feed_header *headers;
    size_t count;
    char *final_url;
    int failure;
    struct error *error;
};

/* One block: the array, then the strings. */
static struct feed_header *headers_copy(const struct http_answer *answer)
{
    size_t bytes = (answer->header_count + 1) * sizeof(struct feed_header);
    for (size_t i = 0; i < answer->header_count; i++)
        bytes += answer->headers[i].name.len + answer->headers[i].value.len;
    struct feed_header *headers = calloc(1, bytes);
    if (!headers)
        return NULL;
    char *text = (char *)(headers + answer->header_count + 1);
    for (size_t i = 0; i < answer->header_count; i++) {
        struct str name = answer->headers[i].name, value = answer->headers[i].value;
        memcpy(text, name.ptr, name.len);
        headers[i].name = str_make(text, name.len);
        text += name.len;
        if (value.len)
            memcpy(text, value.ptr, value.len);
        headers[i].value = str_make(text, value.len);
        text += value.len;
    }
    return headers;
}

static void on_done(void *context, struct fetch_result *result)
{
    struct answer *answer = context;
    const struct http_answer *got = &result->answer;
    event_base_loopbreak(answer->base);
    if (result->cancelled)
        return;
    if (got->error != FETCH_ERROR_NONE) {
        answer->failure = error_set(answer->error, got->error == FETCH_ERROR_URL ? -EINVAL : ERR_NETWORK,
                                    "%s (%s)", fetch_error_text(got->error), result->error_text);
        return;
    }
    if (got->status != 200) {
        answer->failure =
            error_set(answer->error, ERR_HTTP, "the server answered with HTTP status %d%s", got->status,
                      got->status == 206 ? ", a part of the document that nobody asked for" : "");
        return;
    }
    answer->headers = headers_copy(got);
    answer->count = got->header_count;
    answer->final_url = got->final_url ? strdup(got->final_url) : NULL;
    answer->failure = buffer_append_str(answer->body, got->body);
}

int command_fetch_url(const char *url, struct buffer *body, struct feed_header **headers, size_t *count,
                      char **final_url, struct error *error)
{
    if (!url_is_http(str_from(url)))
        return error_set(error, -EINVAL, "'%s' is no http or https URL", url);
    struct answer answer = {.base = event_base_new(), .body = body, .failure = ERR_NETWORK, .error = error};
    if (!answer.base)
        return error_set(error, -ENOMEM, "cannot create an event loop");
    struct fetch_options options;
    fetch_options_default(&options);
    options.allow_private_addresses = true;
    options.user_agent = "newsd/" NEWSD_VERSION;
    struct fetcher *fetcher = fetcher_create(answer.base, &options, error);
    struct fetch_request request = {.url = url, .accept = "*/*"};
    int failure = fetcher ? fetch_start(fetcher, &request, on_done, &answer) : -ENOMEM;
    if (!failure) {
        event_base_dispatch(answer.base);
        failure = answer.failure;
    } else if (fetcher) {
        (void)error_set(error, failure, "'%s' cannot be fetched: %s", url, error_text(failure));
    }
    fetcher_destroy(&fetcher);
    event_base_free(answer.base);
    if (failure) {
        free(answer.headers);
        free(answer.final_url);
        return failure;
    }
    *headers = answer.headers;
    *count = answer.count;
    *final_url = answer.final_url ? answer.final_url : strdup(url);
    return 0;
}

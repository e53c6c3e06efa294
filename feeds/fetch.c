/* fetch: one transfer from its request to its answer. Owns a pool of easy handles; the multi handle is
 * curl_loop's. Loop thread only. Never retries, never decides what an answer means. */
#include "feeds/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/url.h"
#include "feeds/address.h"
#include "feeds/curl_loop.h"
#include "feeds/http_head.h"

enum {
    RATIO_FROM_BYTES = 1 << 20, /* below this a high compression ratio is ordinary XML */
    RATIO_MAX = 100,            /* of decoded to wire bytes; deflate's own limit is about 1 032 */
    LOW_SPEED_BYTES = 50,       /* a second, for LOW_SPEED_S seconds: a drip feed */
    LOW_SPEED_S = 15,
    CONNECTIONS_KEPT_MIN =
        64, /* else as many as transfers: fewer would close connections in use again and again */
    POOL_MAX = 256,
    REQUEST_LINES = 4,
};

struct fetch {
    struct fetcher *fetcher;
    struct fetch *next, *previous; /* running list, or pool (next only) */
    CURL *easy;
    struct curl_slist lines[REQUEST_LINES]; /* the request's own headers, pointing into line_bytes */
    struct buffer line_bytes;
    fetch_done *done;
    void *context;
    struct buffer body;
    struct http_head head;
    int64_t body_bytes_max;
    int64_t body_bytes;
    enum poll_error stopped; /* why a callback stopped the transfer ... */
    const char *stopped_text;
    bool ended_at_head;                  /* ... or that it did so because all was there */
    bool address_refused, address_tried; /* on the way to the last response */
    bool was_conditional;
    bool spoiled; /* its easy handle is not used again */
    char error_text[CURL_ERROR_SIZE];
};

struct fetcher {
    struct fetch_options options;
    char *user_agent, *ca_file;
    struct curl_loop *loop;
    struct fetch *running;
    struct fetch *pool;
    size_t in_flight, pooled;
    unsigned entered; /* calls that are under way into callbacks */
    bool doomed;      /* destroyed; freed when the last of them is through */
};

void fetch_options_default(struct fetch_options *options)
{
    *options = (struct fetch_options){
        .transfers_max = 256,
        .connect_timeout_ms = 10000,
        .total_timeout_ms = 30000,
        .body_bytes_max = 16 << 20,
        .redirects_max = 5,
        .user_agent = "newsd",
    };
}

/* ---- libcurl's callbacks ---- */

static size_t stop(struct fetch *fetch, enum poll_error error, const char *text)
{
    fetch->stopped = error;
    fetch->stopped_text = text;
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    size_t len = size * count;
    fetch->body_bytes += (int64_t)len;
    if (fetch->body_bytes > fetch->body_bytes_max)
        return stop(fetch, POLL_ERROR_TOO_LARGE, "the decoded body is over its size limit");
    if (fetch->body_bytes > RATIO_FROM_BYTES) {
        curl_off_t wire = 0;
        curl_easy_getinfo(fetch->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
        if (wire > 0 && fetch->body_bytes / wire > RATIO_MAX)
            return stop(fetch, POLL_ERROR_TOO_LARGE, "the body is compressed more than a hundredfold");
    }
    if (buffer_append(&fetch->body, bytes, len))
        return stop(fetch, POLL_ERROR_INTERNAL, "no memory for the body");
    return len;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    struct str line = str_make(bytes, size * count);
    enum http_head_verdict verdict = http_head_line(&fetch->head, line);
    if (str_starts(line, STR("HTTP/")))
        fetch->address_refused = fetch->address_tried = false; /* the next hop has its own */
    switch (verdict) {
    case HEAD_GOES_ON:
        return line.len;
    case HEAD_TOO_LARGE:
        return stop(fetch, POLL_ERROR_HTTP_PROTOCOL, "the head of the answer is over its size limit");
    case HEAD_INSECURE:
        if (fetch->fetcher->options.insecure_redirects)
            return line.len;
        return stop(fetch, POLL_ERROR_REDIRECT, "the redirect leads from https to http");
    case HEAD_IS_ALL:
        fetch->ended_at_head = true;
        return 0;
    case HEAD_NO_MEMORY:
        break;
    }
    return stop(fetch, POLL_ERROR_INTERNAL, "no memory for the head");
}

static curl_socket_t on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetch *fetch = context;
    if (purpose != CURLSOCKTYPE_IPCXN)
        return CURL_SOCKET_BAD;
    if (!fetch->fetcher->options.allow_private_addresses && !address_is_public(&address->addr)) {
        fetch->address_refused = true; /* another address of the host may do */
        return CURL_SOCKET_BAD;
    }
    fetch->address_tried = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- The end of a transfer ---- */

static enum poll_error error_of(const struct fetch *fetch, CURLcode code, bool redirected)
{
    if (fetch->stopped)
        return fetch->stopped;
    if (fetch->ended_at_head)
        return POLL_ERROR_NONE;
    switch (code) {
    case CURLE_OK:
        return POLL_ERROR_NONE;
    case CURLE_COULDNT_RESOLVE_HOST:
        return POLL_ERROR_DNS;
    case CURLE_COULDNT_CONNECT:
        return fetch->address_refused && !fetch->address_tried ? POLL_ERROR_ADDRESS_REFUSED
                                                               : POLL_ERROR_CONNECT;
    case CURLE_OPERATION_TIMEDOUT:
        return POLL_ERROR_TIMEOUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
        return POLL_ERROR_TLS;
    case CURLE_PARTIAL_FILE:
        return POLL_ERROR_TRUNCATED;
    case CURLE_UNSUPPORTED_PROTOCOL: /* said of an answer that is not HTTP at all, too */
        return redirected ? POLL_ERROR_REDIRECT : POLL_ERROR_HTTP_PROTOCOL;
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_URL_MALFORMAT:
        return POLL_ERROR_REDIRECT;
    case CURLE_FILESIZE_EXCEEDED:
        return POLL_ERROR_TOO_LARGE;
    case CURLE_OUT_OF_MEMORY: /* said of a header line over libcurl's own limit, too */
        return fetch->head.bytes.len > 0 ? POLL_ERROR_HTTP_PROTOCOL : POLL_ERROR_INTERNAL;
    case CURLE_FAILED_INIT:
        return POLL_ERROR_INTERNAL;
    case CURLE_RECV_ERROR:
        return fetch->body_bytes > 0 ? POLL_ERROR_TRUNCATED : POLL_ERROR_CONNECT;
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        return POLL_ERROR_CONNECT;
    default:
        return POLL_ERROR_HTTP_PROTOCOL;
    }
}

static void fetch_free(struct fetch *fetch)
{
    curl_easy_cleanup(fetch->easy);
    buffer_done(&fetch->line_bytes);
    buffer_done(&fetch->body);
    http_head_done(&fetch->head);
    free(fetch);
}

/* Into the pool, with its options and its small buffers. */
static void fetch_recycle(struct fetch *fetch)
{
    struct fetcher *fetcher = fetch->fetcher;
    if (fetch->spoiled || fetcher->pooled >= POOL_MAX) {
        fetch_free(fetch);
        return;
    }
    buffer_done(&fetch->body);
    fetch->next = fetcher->pool;
    fetcher->pool = fetch;
    fetcher->pooled++;
}

static void fetch_unlink(struct fetch *fetch)
{
    struct fetcher *fetcher = fetch->fetcher;
    if (fetch->previous)
        fetch->previous->next = fetch->next;
    else if (fetcher->running == fetch)
        fetcher->running = fetch->next;
    if (fetch->next)
        fetch->next->previous = fetch->previous;
    fetch->next = fetch->previous = NULL;
    fetcher->in_flight--;
}

static void fetch_measure(const struct fetch *fetch, struct fetch_result *result)
{
    curl_off_t total = 0, connect = 0, tls = 0, wire = 0;
    char *address = NULL;
    curl_easy_getinfo(fetch->easy, CURLINFO_TOTAL_TIME_T, &total);
    curl_easy_getinfo(fetch->easy, CURLINFO_CONNECT_TIME_T, &connect);
    curl_easy_getinfo(fetch->easy, CURLINFO_APPCONNECT_TIME_T, &tls);
    curl_easy_getinfo(fetch->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
    if (curl_easy_getinfo(fetch->easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address)
        (void)snprintf(result->address, sizeof(result->address), "%s", address); /* an address always fits */
    result->total_us = total;
    result->connect_us = connect;
    result->tls_us = tls;
    result->wire_bytes = wire;
    result->body_bytes = fetch->body_bytes;
}

static const char *words_of(const struct fetch *fetch, enum poll_error error, CURLcode code)
{
    if (fetch->stopped_text)
        return fetch->stopped_text;
    if (error == POLL_ERROR_ADDRESS_REFUSED)
        return "all addresses of the host are private or reserved";
    return fetch->error_text[0] ? fetch->error_text : curl_easy_strerror(code);
}

/* Reports a transfer that is no longer in the multi handle, and takes its memory back. */
static void fetch_end(struct fetch *fetch, CURLcode code, bool cancelled)
{
    struct http_header headers[HTTP_HEADERS_MAX];
    struct fetch_result result = {.cancelled = cancelled};
    struct poll_answer *answer = &result.answer;
    long status = 0, redirects = 0, version = 0;
    char *final_url = NULL;
    curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(fetch->easy, CURLINFO_REDIRECT_COUNT, &redirects);
    curl_easy_getinfo(fetch->easy, CURLINFO_EFFECTIVE_URL, &final_url);
    curl_easy_getinfo(fetch->easy, CURLINFO_HTTP_VERSION, &version);
    fetch_measure(fetch, &result);
    answer->error = error_of(fetch, code, redirects > 0);
    answer->status = (int)status;
    answer->headers = headers;
    answer->header_count = http_head_fields(&fetch->head, headers, HTTP_HEADERS_MAX);
    answer->body = buffer_str(&fetch->body);
    answer->redirected = redirects > 0;
    answer->redirect_permanent = redirects > 0 && !fetch->head.temporary;
    answer->final_url = redirects > 0 ? final_url : NULL;
    answer->was_conditional = fetch->was_conditional;
    answer->http2 = version == CURL_HTTP_VERSION_2_0 || code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM;
    answer->received_ms = clock_wall_ms();
    if (answer->error != POLL_ERROR_NONE)
        (void)snprintf(result.error_text, sizeof(result.error_text), "%.250s",
                       words_of(fetch, answer->error, code)); /* cut off is fine for a log */
    fetch_unlink(fetch);
    fetch->done(fetch->context, &result);
    /* The callback may have taken the body out of the result. */
    if (!answer->body.ptr)
        fetch->body = (struct buffer){0};
    fetch_recycle(fetch);
}

char *fetch_result_take_body(struct fetch_result *result, size_t *ret_len)
{
    *ret_len = result->answer.body.len;
    if (*ret_len == 0) /* no buffer was made for it */
        return NULL;
    char *body = (char *)(uintptr_t)result->answer.body.ptr; /* the buffer's own memory */
    result->answer.body = STR_NONE;
    return body;
}

/* ---- The fetcher ---- */

static void fetcher_free(struct fetcher *fetcher)
{
    while (fetcher->pool) {
        struct fetch *fetch = fetcher->pool;
        fetcher->pool = fetch->next;
        fetch_free(fetch);
    }
    curl_loop_destroy(&fetcher->loop);
    free(fetcher->user_agent);
    free(fetcher->ca_file);
    free(fetcher);
}

/* Around everything that calls back: the fetcher may be destroyed meanwhile. */
static void enter(struct fetcher *fetcher)
{
    fetcher->entered++;
}

static void leave(struct fetcher *fetcher)
{
    if (--fetcher->entered == 0 && fetcher->doomed)
        fetcher_free(fetcher);
}

static void on_ended(void *context, CURL *easy, CURLcode code)
{
    struct fetcher *fetcher = context;
    struct fetch *fetch = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&fetch);
    enter(fetcher);
    fetch_end(fetch, code, false);
    leave(fetcher);
}

static void on_broken(void *context)
{
    struct fetcher *fetcher = context;
    struct fetch *lost = fetcher->running;
    fetcher->running = NULL; /* what the callbacks start now is none of these */
    enter(fetcher);
    while (lost) {
        struct fetch *fetch = lost;
        lost = fetch->next;
        if (lost)
            lost->previous = NULL;
        fetch->next = NULL;
        fetch->spoiled = true;
        (void)stop(fetch, POLL_ERROR_INTERNAL, "libcurl's multi handle broke and was made anew");
        fetch_end(fetch, CURLE_FAILED_INIT, false);
    }
    leave(fetcher);
}

struct fetcher *fetcher_create(struct event_base *base, const struct fetch_options *options,
                               struct error *error)
{
    static const struct curl_loop_calls calls = {.ended = on_ended, .broken = on_broken};
    struct fetcher *fetcher = calloc(1, sizeof(*fetcher));
    if (!fetcher)
        goto fail;
    fetcher->options = *options;
    fetcher->user_agent = strdup(options->user_agent ? options->user_agent : "newsd");
    fetcher->ca_file = options->ca_file ? strdup(options->ca_file) : NULL;
    long kept = options->transfers_max > CONNECTIONS_KEPT_MIN ? options->transfers_max : CONNECTIONS_KEPT_MIN;
    fetcher->loop = curl_loop_create(base, kept, &calls, fetcher);
    if (!fetcher->user_agent || (options->ca_file && !fetcher->ca_file) || !fetcher->loop)
        goto fail;
    return fetcher;
fail:
    (void)error_set(error, -ENOMEM, "no memory for the HTTP fetcher");
    fetcher_destroy(&fetcher);
    return NULL;
}

void fetcher_destroy(struct fetcher **ret_fetcher)
{
    struct fetcher *fetcher = *ret_fetcher;
    if (!fetcher)
        return;
    *ret_fetcher = NULL; /* a callback that asks finds no fetcher any more */
    fetcher->doomed = true;
    enter(fetcher);
    while (fetcher->running) {
        struct fetch *fetch = fetcher->running;
        curl_loop_remove(fetcher->loop, fetch->easy);
        fetch_end(fetch, CURLE_ABORTED_BY_CALLBACK, true);
    }
    leave(fetcher);
}

/* ---- The beginning of a transfer ---- */

/* What is the same for all requests of the fetcher; the guards of fetch.h are here. */
static void fetch_equip(struct fetch *fetch)
{
    const struct fetch_options *options = &fetch->fetcher->options;
    CURL *easy = fetch->easy;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https"); /* https to http: see on_header() */
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)options->total_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)LOW_SPEED_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)LOW_SPEED_S);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)options->redirects_max);
    curl_easy_setopt(easy, CURLOPT_POSTREDIR, (long)(CURL_REDIR_POST_301 | CURL_REDIR_POST_302));
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, fetch->fetcher->user_agent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, fetch->error_text);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, (char *)fetch);
    if (fetch->fetcher->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, fetch->fetcher->ca_file);
}

/* From the pool, with its options set and all else cleared, or new. */
static struct fetch *fetch_get(struct fetcher *fetcher)
{
    struct fetch *fetch = fetcher->pool;
    if (fetch) {
        fetcher->pool = fetch->next;
        fetcher->pooled--;
        *fetch = (struct fetch){
            .fetcher = fetcher, .easy = fetch->easy, .line_bytes = fetch->line_bytes, .head = fetch->head};
        return fetch;
    }
    fetch = calloc(1, sizeof(*fetch));
    if (!fetch)
        return NULL;
    fetch->fetcher = fetcher;
    fetch->easy = curl_easy_init();
    if (!fetch->easy) {
        free(fetch);
        return NULL;
    }
    fetch_equip(fetch);
    return fetch;
}

static int request_lines(struct fetch *fetch, const struct fetch_request *request)
{
    const struct {
        const char *name, *value;
    } wanted[REQUEST_LINES] = {{"Accept", request->accept},
                               {"If-None-Match", request->etag},
                               {"If-Modified-Since", request->last_modified},
                               {"Content-Type", request->post.ptr ? request->post_type : NULL}};
    size_t starts[REQUEST_LINES], count = 0;
    buffer_clear(&fetch->line_bytes);
    for (size_t i = 0; i < REQUEST_LINES; i++) {
        /* A validator with a line break would smuggle a header in; no server means one. */
        if (!wanted[i].value || strpbrk(wanted[i].value, "\r\n"))
            continue;
        starts[count++] = fetch->line_bytes.len;
        if (buffer_printf(&fetch->line_bytes, "%s: %s", wanted[i].name, wanted[i].value) ||
            buffer_append_byte(&fetch->line_bytes, '\0'))
            return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++)
        fetch->lines[i] = (struct curl_slist){.data = fetch->line_bytes.ptr + starts[i],
                                              .next = i + 1 < count ? &fetch->lines[i + 1] : NULL};
    /* libcurl reads the list during the transfer and frees nothing of it. */
    curl_easy_setopt(fetch->easy, CURLOPT_HTTPHEADER, count ? fetch->lines : NULL);
    return 0;
}

/* A handle from the pool may have POSTed before. */
static CURLcode set_method(CURL *easy, const struct fetch_request *request)
{
    if (!request->post.ptr)
        return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->post.len);
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, request->post.ptr);
}

static int fetch_prepare(struct fetch *fetch, const struct fetch_request *request)
{
    const struct fetch_options *options = &fetch->fetcher->options;
    fetch->was_conditional = request->etag || request->last_modified;
    fetch->body_bytes_max = request->body_bytes_max > 0 ? request->body_bytes_max : options->body_bytes_max;
    http_head_begin(&fetch->head, !strncasecmp(request->url, "https:", 6));
    curl_easy_setopt(fetch->easy, CURLOPT_HTTP_VERSION,
                     (long)(request->http1_only ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
    /* Set each time: handles are used again. */
    curl_easy_setopt(fetch->easy, CURLOPT_SSL_VERIFYPEER, request->unchecked_certificate ? 0L : 1L);
    curl_easy_setopt(fetch->easy, CURLOPT_SSL_VERIFYHOST, request->unchecked_certificate ? 0L : 2L);
    curl_easy_setopt(
        fetch->easy, CURLOPT_SSLVERSION,
        (long)(request->unchecked_certificate ? CURL_SSLVERSION_TLSv1_0 : CURL_SSLVERSION_DEFAULT));
    if (request_lines(fetch, request) ||
        curl_easy_setopt(fetch->easy, CURLOPT_URL, request->url) != CURLE_OK ||
        set_method(fetch->easy, request) != CURLE_OK)
        return -ENOMEM;
    return 0;
}

int fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done, void *context)
{
    if (!fetcher || fetcher->doomed || fetcher->in_flight >= (size_t)fetcher->options.transfers_max)
        return -EAGAIN;
    if (!url_is_http(str_from(request->url)))
        return -EINVAL;
    struct fetch *fetch = fetch_get(fetcher);
    if (!fetch)
        return -ENOMEM;
    fetch->done = done;
    fetch->context = context;
    int error = fetch_prepare(fetch, request);
    if (!error)
        error = curl_loop_add(fetcher->loop, fetch->easy);
    if (error) {
        fetch_recycle(fetch);
        return error;
    }
    fetch->next = fetcher->running;
    if (fetch->next)
        fetch->next->previous = fetch;
    fetcher->running = fetch;
    fetcher->in_flight++;
    return 0;
}

size_t fetcher_in_flight(const struct fetcher *fetcher)
{
    return fetcher->in_flight;
}

size_t fetcher_transfers_max(const struct fetcher *fetcher)
{
    return (size_t)fetcher->options.transfers_max;
}

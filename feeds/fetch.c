/* fetch: libcurl's multi-socket interface on libevent. Owns the multi handle, its events and a pool of easy handles. Loop thread
 * only. Call order and traps: libcurl 7.88's manual of curl_multi_socket_action and of the two callbacks, which never
 * fail and never call back into libcurl. */
#include "feeds/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/url.h"
#include "feeds/address.h"

enum {
    HEADERS_MAX = 200,               /* real answers have under 40 */
    HEADER_BYTES_MAX = 256 << 10,    /* N2 */
    RATIO_FROM_BYTES = 1 << 20,      /* below this a high compression ratio is ordinary XML */
    RATIO_MAX = 100,                 /* of decoded to wire bytes; deflate's own limit is about 1 032 */
    LOW_SPEED_BYTES = 50,            /* a second, for LOW_SPEED_S seconds: a drip feed */
    LOW_SPEED_S = 15,
    CONNECTIONS_KEPT = 64,           /* most hosts are polled too rarely to gain from more */
    POOL_MAX = 256,
};

struct fetch {
    struct fetcher *fetcher;
    struct fetch *next, *previous;   /* running list, or pool (next only) */
    CURL *easy;
    struct curl_slist *request_headers;
    fetch_done *done;
    void *context;
    struct buffer body;
    struct buffer head;              /* header block of the last response, as received */
    int64_t body_bytes_max;
    int64_t body_bytes;
    enum poll_error stopped;         /* why a callback stopped the transfer */
    bool https, was_conditional;
    bool redirected, temporary_hop;
    char error_text[CURL_ERROR_SIZE];
};


struct fetcher {
    struct event_base *base;
    struct fetch_options options;
    char *user_agent, *ca_file;
    CURLM *multi;
    struct event *timer;
    struct fetch *running;
    struct fetch *pool;
    size_t in_flight, pooled;
    bool broken;                     /* there is no multi handle: it is made anew before the next start */
    bool rebuilding;                 /* nothing starts while the old transfers are being ended */
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

/* ---- libcurl's callbacks ------------------------------------------------------------------------------------------- */

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    size_t len = size * count;
    fetch->body_bytes += (int64_t)len;
    if (fetch->body_bytes > fetch->body_bytes_max) {
        fetch->stopped = POLL_ERROR_TOO_LARGE;
        return 0;
    }
    if (fetch->body_bytes > RATIO_FROM_BYTES) {
        curl_off_t wire = 0;
        curl_easy_getinfo(fetch->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
        if (wire > 0 && fetch->body_bytes / wire > RATIO_MAX) {
            fetch->stopped = POLL_ERROR_TOO_LARGE;
            return 0;
        }
    }
    if (buffer_append(&fetch->body, bytes, len)) {
        fetch->stopped = POLL_ERROR_INTERNAL;
        return 0;
    }
    return len;
}

/* A status line begins a new response: the headers of redirects and of 100 Continue are dropped. */
static void on_status_line(struct fetch *fetch, struct str line)
{
    ptrdiff_t space = str_find_byte(line, ' ', 0);
    struct str code = space < 0 ? STR_NONE : str_slice(line, (size_t)space + 1, (size_t)space + 4);
    int64_t status = 0;
    (void)str_to_int64(code, &status); /* anything else stays 0 and is no redirect */
    if (status == 302 || status == 303 || status == 307)
        fetch->temporary_hop = true; /* S3 */
    buffer_clear(&fetch->head);
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    size_t len = size * count;
    struct str line = str_make(bytes, len);
    if (str_starts(line, STR("HTTP/")))
        on_status_line(fetch, line);
    if (fetch->head.len + len > HEADER_BYTES_MAX || buffer_append(&fetch->head, bytes, len)) {
        fetch->stopped = POLL_ERROR_HTTP_PROTOCOL;
        return 0;
    }
    return len;
}

static curl_socket_t on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetch *fetch = context;
    if (purpose != CURLSOCKTYPE_IPCXN)
        return CURL_SOCKET_BAD;
    if (!fetch->fetcher->options.allow_private_addresses && !address_is_public(&address->addr)) {
        fetch->stopped = POLL_ERROR_ADDRESS_REFUSED;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void act(struct fetcher *fetcher, curl_socket_t fd, int mask);

static void on_socket_ready(evutil_socket_t fd, short what, void *context)
{
    int mask = (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0);
    act(context, fd, mask);
}

static void on_timeout(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    act(context, CURL_SOCKET_TIMEOUT, 0);
}

static int on_socket_change(CURL *easy, curl_socket_t fd, int what, void *context, void *socket_context)
{
    (void)easy;
    struct fetcher *fetcher = context;
    struct event *event = socket_context;
    if (event)
        event_free(event);
    event = NULL;
    if (what != CURL_POLL_REMOVE) {
        short wanted = (short)(EV_PERSIST | (what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0));
        event = event_new(fetcher->base, fd, wanted, on_socket_ready, fetcher);
        if (event)
            event_add(event, NULL);
    }
    curl_multi_assign(fetcher->multi, fd, event);
    return 0;
}

static int on_timer_change(CURLM *multi, long timeout_ms, void *context)
{
    (void)multi;
    struct fetcher *fetcher = context;
    if (timeout_ms < 0) {
        evtimer_del(fetcher->timer);
        return 0;
    }
    struct timeval delay = {.tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000};
    evtimer_add(fetcher->timer, &delay); /* also for 0: libcurl must not be called from inside its callback */
    return 0;
}

/* ---- The end of a transfer ---------------------------------------------------------------------------------------------- */

static enum poll_error error_of(const struct fetch *fetch, CURLcode code)
{
    if (fetch->stopped)
        return fetch->stopped;
    switch (code) {
    case CURLE_OK:
        return POLL_ERROR_NONE;
    case CURLE_COULDNT_RESOLVE_HOST:
        return POLL_ERROR_DNS;
    case CURLE_COULDNT_CONNECT:
        return POLL_ERROR_CONNECT;
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
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return POLL_ERROR_REDIRECT;
    case CURLE_FILESIZE_EXCEEDED:
        return POLL_ERROR_TOO_LARGE;
    case CURLE_OUT_OF_MEMORY:
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

/* Splits the header block; continuation lines (obsolete, RFC 9112 5.2) are passed over. */
static size_t headers_split(struct str block, struct http_header *headers)
{
    size_t count = 0;
    struct str line;
    while (count < HEADERS_MAX && str_split(&block, '\n', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        if (colon <= 0 || line.ptr[0] == ' ' || line.ptr[0] == '\t' || str_starts(line, STR("HTTP/")))
            continue;
        headers[count].name = str_slice(line, 0, (size_t)colon);
        headers[count].value = str_trim_ascii(str_slice(line, (size_t)colon + 1, line.len));
        count++;
    }
    return count;
}

static void fetch_recycle(struct fetch *fetch)
{
    struct fetcher *fetcher = fetch->fetcher;
    curl_slist_free_all(fetch->request_headers);
    buffer_done(&fetch->body);
    buffer_done(&fetch->head);
    CURL *easy = fetch->easy;
    if (fetcher->pooled >= POOL_MAX) {
        curl_easy_cleanup(easy);
        free(fetch);
        return;
    }
    *fetch = (struct fetch){.fetcher = fetcher, .easy = easy, .next = fetcher->pool};
    fetcher->pool = fetch;
    fetcher->pooled++;
}

static void fetch_unlink(struct fetch *fetch)
{
    struct fetcher *fetcher = fetch->fetcher;
    if (fetch->previous)
        fetch->previous->next = fetch->next;
    else
        fetcher->running = fetch->next;
    if (fetch->next)
        fetch->next->previous = fetch->previous;
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

/* Reports a transfer that is no longer in the multi handle, and takes its memory back. */
static void fetch_end(struct fetch *fetch, CURLcode code, bool cancelled)
{
    struct http_header headers[HEADERS_MAX];
    struct fetch_result result = {.cancelled = cancelled};
    struct poll_answer *answer = &result.answer;
    long status = 0, redirects = 0;
    char *final_url = NULL;
    curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(fetch->easy, CURLINFO_REDIRECT_COUNT, &redirects);
    curl_easy_getinfo(fetch->easy, CURLINFO_EFFECTIVE_URL, &final_url);
    fetch_measure(fetch, &result);
    answer->error = error_of(fetch, code);
    answer->status = (int)status;
    answer->headers = headers;
    answer->header_count = headers_split(buffer_str(&fetch->head), headers);
    answer->body = buffer_str(&fetch->body);
    answer->redirected = redirects > 0;
    answer->redirect_permanent = redirects > 0 && !fetch->temporary_hop;
    answer->final_url = redirects > 0 ? final_url : NULL;
    answer->was_conditional = fetch->was_conditional;
    answer->received_ms = clock_wall_ms();
    if (answer->error != POLL_ERROR_NONE)
        (void)snprintf(result.error_text, sizeof(result.error_text), "%.250s",
                       fetch->error_text[0] ? fetch->error_text : curl_easy_strerror(code));
    fetch_unlink(fetch);
    fetch->done(fetch->context, &result);
    /* The callback may have taken the body out of the result. */
    if (!answer->body.ptr)
        fetch->body = (struct buffer){0};
    fetch_recycle(fetch);
}

char *fetch_result_take_body(struct fetch_result *result, size_t *ret_len)
{
    char *body = result->body_bytes > 0 ? (char *)(uintptr_t)result->answer.body.ptr : NULL;
    *ret_len = body ? result->answer.body.len : 0;
    if (body)
        result->answer.body = STR_NONE;
    return body;
}

static void collect(struct fetcher *fetcher)
{
    CURLMsg *message;
    int left;
    while (fetcher->multi && (message = curl_multi_info_read(fetcher->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        struct fetch *fetch = NULL;
        CURLcode code = message->data.result; /* the message is gone after the handle is removed */
        CURL *easy = message->easy_handle;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&fetch);
        curl_multi_remove_handle(fetcher->multi, easy);
        fetch_end(fetch, code, false);
    }
}

/* ---- The multi handle ------------------------------------------------------------------------------------------------------ */

static int multi_create(struct fetcher *fetcher)
{
    fetcher->multi = curl_multi_init();
    if (!fetcher->multi)
        return -ENOMEM;
    curl_multi_setopt(fetcher->multi, CURLMOPT_SOCKETFUNCTION, on_socket_change);
    curl_multi_setopt(fetcher->multi, CURLMOPT_SOCKETDATA, fetcher);
    curl_multi_setopt(fetcher->multi, CURLMOPT_TIMERFUNCTION, on_timer_change);
    curl_multi_setopt(fetcher->multi, CURLMOPT_TIMERDATA, fetcher);
    curl_multi_setopt(fetcher->multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS_KEPT);
    fetcher->broken = false;
    return 0;
}

/* After an error of the multi handle all transfers are undefined: they end, and a new handle takes its place. */
static void multi_rebuild(struct fetcher *fetcher)
{
    for (struct fetch *fetch = fetcher->running; fetch; fetch = fetch->next)
        curl_multi_remove_handle(fetcher->multi, fetch->easy);
    curl_multi_cleanup(fetcher->multi);
    fetcher->multi = NULL;
    evtimer_del(fetcher->timer);
    int failure = multi_create(fetcher);
    fetcher->rebuilding = true;
    while (fetcher->running) {
        fetcher->running->stopped = POLL_ERROR_INTERNAL;
        fetch_end(fetcher->running, CURLE_FAILED_INIT, false);
    }
    fetcher->rebuilding = false;
    fetcher->broken = failure != 0;
}

static void act(struct fetcher *fetcher, curl_socket_t fd, int mask)
{
    int running;
    CURLMcode code = curl_multi_socket_action(fetcher->multi, fd, mask, &running);
    if (code != CURLM_OK) {
        multi_rebuild(fetcher);
        return;
    }
    collect(fetcher);
}

struct fetcher *fetcher_create(struct event_base *base, const struct fetch_options *options, struct error *error)
{
    struct fetcher *fetcher = calloc(1, sizeof(*fetcher));
    if (!fetcher)
        goto fail;
    fetcher->base = base;
    fetcher->options = *options;
    fetcher->user_agent = strdup(options->user_agent ? options->user_agent : "newsd");
    fetcher->ca_file = options->ca_file ? strdup(options->ca_file) : NULL;
    fetcher->timer = evtimer_new(base, on_timeout, fetcher);
    if (!fetcher->user_agent || (options->ca_file && !fetcher->ca_file) || !fetcher->timer || multi_create(fetcher))
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
    while (fetcher->running) {
        struct fetch *fetch = fetcher->running;
        curl_multi_remove_handle(fetcher->multi, fetch->easy);
        fetch_end(fetch, CURLE_ABORTED_BY_CALLBACK, true);
    }
    while (fetcher->pool) {
        struct fetch *fetch = fetcher->pool;
        fetcher->pool = fetch->next;
        curl_easy_cleanup(fetch->easy);
        free(fetch);
    }
    if (fetcher->multi)
        curl_multi_cleanup(fetcher->multi);
    if (fetcher->timer)
        event_free(fetcher->timer);
    free(fetcher->user_agent);
    free(fetcher->ca_file);
    free(fetcher);
}

/* ---- The beginning of a transfer ---------------------------------------------------------------------------------------------- */

static struct fetch *fetch_get(struct fetcher *fetcher)
{
    struct fetch *fetch = fetcher->pool;
    if (fetch) {
        fetcher->pool = fetch->next;
        fetcher->pooled--;
        fetch->next = NULL;
        curl_easy_reset(fetch->easy);
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
    return fetch;
}

static int header_add(struct fetch *fetch, const char *name, const char *value)
{
    if (!value)
        return 0;
    /* A validator with a line break would smuggle a header; no server means one. */
    if (strpbrk(value, "\r\n"))
        return 0;
    struct buffer line = {0};
    int error = buffer_printf(&line, "%s: %s", name, value);
    struct curl_slist *list = error ? NULL : curl_slist_append(fetch->request_headers, line.ptr);
    buffer_done(&line);
    if (!list)
        return -ENOMEM;
    fetch->request_headers = list;
    return 0;
}

static void set_guards(struct fetch *fetch, const struct fetch_options *options)
{
    CURL *easy = fetch->easy;
    const char *redirect_protocols = fetch->https && !options->insecure_redirects ? "https" : "http,https";
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, redirect_protocols);
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
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, fetch);
    if (fetch->fetcher->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, fetch->fetcher->ca_file);
}

static int fetch_prepare(struct fetch *fetch, const struct fetch_request *request)
{
    const struct fetch_options *options = &fetch->fetcher->options;
    CURL *easy = fetch->easy;
    fetch->https = !strncasecmp(request->url, "https:", 6);
    fetch->was_conditional = request->etag || request->last_modified;
    fetch->body_bytes_max = request->body_bytes_max > 0 ? request->body_bytes_max : options->body_bytes_max;
    set_guards(fetch, options);
    if (header_add(fetch, "Accept", request->accept) || header_add(fetch, "If-None-Match", request->etag) ||
        header_add(fetch, "If-Modified-Since", request->last_modified))
        return -ENOMEM;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fetch->request_headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, fetch->fetcher->user_agent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)(request->http1_only ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, fetch->error_text);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, (char *)fetch);
    return curl_easy_setopt(easy, CURLOPT_URL, request->url) == CURLE_OK ? 0 : -ENOMEM;
}

int fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done, void *context)
{
    if (!fetcher || fetcher->rebuilding || fetcher->in_flight >= (size_t)fetcher->options.transfers_max)
        return -EAGAIN;
    if (!url_is_http(str_from(request->url)))
        return -EINVAL;
    if (fetcher->broken && multi_create(fetcher))
        return -ENOMEM;
    struct fetch *fetch = fetch_get(fetcher);
    if (!fetch)
        return -ENOMEM;
    fetch->done = done;
    fetch->context = context;
    int error = fetch_prepare(fetch, request);
    if (!error && curl_multi_add_handle(fetcher->multi, fetch->easy) != CURLM_OK)
        error = -ENOMEM;
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

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
#include "base/hash.h"
#include "base/url.h"
#include "base/url_request.h"
#include "feeds/address.h"
#include "feeds/body_coding.h"
#include "feeds/curl_loop.h"
#include "feeds/http_head.h"
#include "feeds/redirect.h"

enum {
    RATIO_FROM_BYTES = 1 << 20, /* below this a high compression ratio is ordinary XML */
    RATIO_MAX = 100,            /* of decoded to wire bytes; deflate's own limit is about 1 032 */
    LOW_SPEED_BYTES = 50,       /* a second, for LOW_SPEED_S seconds: a drip feed */
    LOW_SPEED_S = 15,
    CONNECTIONS_KEPT_MIN =
        64, /* else as many as transfers: fewer would close connections in use again and again */
    POOL_MAX = 256,
    REQUEST_LINES = 4,
    HOPS_SEEN = 32,           /* addresses on the way that are remembered, to tell a circle from a long way */
    SCRATCH_BYTES = 16 << 20, /* for one URL at a time */
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
    enum poll_error stopped; /* why the transfer was stopped ... */
    char stopped_text[256];
    char *first_url, *url; /* as they are asked for: the request's, and the one after the redirects so far */
    unsigned hops;
    uint64_t seen[HOPS_SEEN];             /* hashes of the addresses of the hops */
    int64_t deadline_ms;                  /* for the hops together */
    int64_t total_us, connect_us, tls_us; /* of the hops before this one */
    bool undecoded;                       /* asked for again without libcurl's decoders */
    bool ended_at_head;                   /* ... or that it did so because all was there */
    bool address_refused, address_tried;  /* on the way to the last response */
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
    struct arena *scratch;
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
    (void)snprintf(fetch->stopped_text, sizeof(fetch->stopped_text), "%.255s",
                   text); /* cut off is fine for a log */
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
    if (http_head_leads_on(&fetch->head)) /* nobody reads the body of a redirect */
        return len;
    if (buffer_append(&fetch->body, bytes, len))
        return stop(fetch, POLL_ERROR_INTERNAL, "no memory for the body");
    return len;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    struct str line = str_make(bytes, size * count);
    enum http_head_verdict verdict = http_head_line(&fetch->head, line);
    switch (verdict) {
    case HEAD_GOES_ON:
        return line.len;
    case HEAD_TOO_LARGE:
        return stop(fetch, POLL_ERROR_HTTP_PROTOCOL, "the head of the answer is over its size limit");
    case HEAD_INSECURE:
        if (fetch->fetcher->options.insecure_redirects)
            return line.len;
        return stop(fetch, POLL_ERROR_REDIRECT_INSECURE, "the redirect leads from https to http");
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

static enum poll_error connect_error(const struct fetch *fetch)
{
    if (!fetch->address_refused || fetch->address_tried)
        return POLL_ERROR_CONNECT;
    return fetch->hops > 0 ? POLL_ERROR_REDIRECT_PRIVATE : POLL_ERROR_ADDRESS_REFUSED;
}

static enum poll_error error_of(const struct fetch *fetch, CURLcode code)
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
        return connect_error(fetch);
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
    case CURLE_URL_MALFORMAT:
        return fetch->hops > 0 ? POLL_ERROR_REDIRECT_URL : POLL_ERROR_URL;
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
    free(fetch->first_url);
    free(fetch->url);
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
    free(fetch->first_url);
    free(fetch->url);
    fetch->first_url = fetch->url = NULL;
    curl_easy_setopt(fetch->easy, CURLOPT_COOKIELIST, "ALL"); /* N10: none outlives its request */
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
    result->total_us = fetch->total_us + total;
    result->connect_us = fetch->connect_us + connect;
    result->tls_us = fetch->tls_us + tls;
    result->wire_bytes = wire;
    result->body_bytes = fetch->body_bytes;
}

static void put_words(const struct fetch *fetch, enum poll_error error, CURLcode code,
                      char words[FETCH_WORDS_BYTES])
{
    struct str url = url_without_credentials(fetch->fetcher->scratch, str_from(fetch->url));
    if (fetch->stopped)
        (void)snprintf(words, FETCH_WORDS_BYTES, "%s", fetch->stopped_text);
    else if (error == POLL_ERROR_REDIRECT_PRIVATE)
        (void)snprintf(words, FETCH_WORDS_BYTES, "all addresses of the target %.*s are private or reserved",
                       (int)(url.len < 160 ? url.len : 160), url.ptr ? url.ptr : "");
    else if (error == POLL_ERROR_ADDRESS_REFUSED)
        (void)snprintf(words, FETCH_WORDS_BYTES, "all addresses of the host are private or reserved");
    else
        (void)snprintf(words, FETCH_WORDS_BYTES, "%.250s",
                       fetch->error_text[0] ? fetch->error_text : curl_easy_strerror(code));
    arena_reset(fetch->fetcher->scratch);
}

/* Reports a transfer that is no longer in the multi handle, and takes its memory back. */
static void fetch_end(struct fetch *fetch, CURLcode code, bool cancelled)
{
    struct http_header headers[HTTP_HEADERS_MAX];
    struct fetch_result result = {.cancelled = cancelled};
    struct poll_answer *answer = &result.answer;
    long status = 0, version = 0;
    curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(fetch->easy, CURLINFO_HTTP_VERSION, &version);
    fetch_measure(fetch, &result);
    answer->error = error_of(fetch, code);
    answer->status = (int)status;
    answer->headers = headers;
    answer->header_count = http_head_fields(&fetch->head, headers, HTTP_HEADERS_MAX);
    answer->body = buffer_str(&fetch->body);
    answer->redirected = fetch->hops > 0;
    answer->redirect_permanent = fetch->hops > 0 && !fetch->head.temporary;
    answer->final_url = fetch->hops > 0 ? fetch->url : NULL;
    answer->was_conditional = fetch->was_conditional;
    answer->http2 = version == CURL_HTTP_VERSION_2_0 || code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM;
    answer->received_ms = clock_wall_ms();
    if (answer->error != POLL_ERROR_NONE)
        put_words(fetch, answer->error, code, result.error_text);
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
    arena_destroy(&fetcher->scratch);
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

/* ---- From one hop to the next ---- */

/* What was true of one response is not of the next. */
static void forget_response(struct fetch *fetch)
{
    curl_off_t total = 0, connect = 0, tls = 0;
    curl_easy_getinfo(fetch->easy, CURLINFO_TOTAL_TIME_T, &total);
    curl_easy_getinfo(fetch->easy, CURLINFO_CONNECT_TIME_T, &connect);
    curl_easy_getinfo(fetch->easy, CURLINFO_APPCONNECT_TIME_T, &tls);
    fetch->total_us += total;
    fetch->connect_us += connect;
    fetch->tls_us += tls;
    buffer_clear(&fetch->body);
    fetch->body_bytes = 0;
    fetch->address_refused = fetch->address_tried = false;
    fetch->error_text[0] = '\0';
}

/* The same request, to the URL that the fetch now has. False when it was stopped instead. */
static bool ask_again(struct fetch *fetch)
{
    int64_t left_ms = fetch->deadline_ms - clock_monotonic_ms();
    forget_response(fetch);
    if (left_ms <= 0) {
        (void)stop(fetch, POLL_ERROR_TIMEOUT, "the redirects used up the time of the transfer");
        return false;
    }
    curl_easy_setopt(fetch->easy, CURLOPT_TIMEOUT_MS, (long)left_ms);
    if (curl_easy_setopt(fetch->easy, CURLOPT_URL, fetch->url) == CURLE_OK &&
        !curl_loop_add(fetch->fetcher->loop, fetch->easy))
        return true;
    (void)stop(fetch, POLL_ERROR_INTERNAL, "no memory for the redirect");
    return false;
}

static bool was_seen(const struct fetch *fetch, uint64_t hash)
{
    for (unsigned i = 0; i <= fetch->hops && i < HOPS_SEEN; i++)
        if (fetch->seen[i] == hash)
            return true;
    return false;
}

/* Takes the hop that the head names, or says why not. */
static bool take_hop(struct fetch *fetch, struct str url)
{
    uint64_t hash = hash_64(url);
    if (fetch->hops >= (unsigned)fetch->fetcher->options.redirects_max) {
        bool circle = was_seen(fetch, hash); /* a cookie may end one: it is none before the way is too long */
        (void)stop(fetch, circle ? POLL_ERROR_REDIRECT_LOOP : POLL_ERROR_REDIRECT_TOO_MANY,
                   circle ? "the redirects go in circles" : "there are too many redirects in a row");
        return false;
    }
    char *copy = strndup(url.ptr, url.len);
    if (!copy) {
        (void)stop(fetch, POLL_ERROR_INTERNAL, "no memory for the redirect");
        return false;
    }
    free(fetch->url);
    fetch->url = copy;
    if (++fetch->hops < HOPS_SEEN)
        fetch->seen[fetch->hops] = hash;
    if (fetch->head.status == 303)
        curl_easy_setopt(fetch->easy, CURLOPT_HTTPGET, 1L); /* RFC 9110 15.4.4 */
    return ask_again(fetch);
}

/* True when the response was a redirect and the next request is on its way. */
static bool follow(struct fetch *fetch)
{
    struct http_header headers[HTTP_HEADERS_MAX];
    struct poll_answer answer = {.headers = headers};
    struct arena *scratch = fetch->fetcher->scratch;
    struct error words = {.text = "no memory for the redirect"};
    struct str url;
    answer.header_count = http_head_fields(&fetch->head, headers, HTTP_HEADERS_MAX);
    enum poll_error error = redirect_target(scratch, str_from(fetch->first_url), str_from(fetch->url),
                                            poll_header(&answer, STR("location")), &url, &words);
    bool goes_on = false;
    if (error != POLL_ERROR_NONE)
        (void)stop(fetch, error, words.text);
    else
        goes_on = take_hop(fetch, url);
    arena_reset(scratch);
    return goes_on;
}

/* A Content-Encoding that is none stands before plain bytes more often than not: libcurl, which refuses it,
 * is asked once more without its decoders. */
static bool read_undecoded(struct fetch *fetch)
{
    struct http_header headers[HTTP_HEADERS_MAX];
    struct poll_answer answer = {.headers = headers};
    answer.header_count = http_head_fields(&fetch->head, headers, HTTP_HEADERS_MAX);
    if (fetch->undecoded || !body_coding_is_unknown(poll_header(&answer, STR("content-encoding"))))
        return false;
    fetch->undecoded = true;
    curl_easy_setopt(fetch->easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    return ask_again(fetch);
}

/* libcurl has decoded nothing: what the bytes are, they say. */
static void undo_coding(struct fetch *fetch)
{
    enum poll_error error = body_coding_undo(&fetch->body, fetch->body_bytes_max, RATIO_MAX);
    fetch->body_bytes = (int64_t)fetch->body.len;
    if (error != POLL_ERROR_NONE)
        (void)stop(fetch, error, "the body is compressed, under a wrong name, and cannot be unpacked whole");
}

static void on_ended(void *context, CURL *easy, CURLcode code)
{
    struct fetcher *fetcher = context;
    struct fetch *fetch = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&fetch);
    if (!fetch->stopped && code == CURLE_OK && http_head_leads_on(&fetch->head) && follow(fetch))
        return;
    if (!fetch->stopped && code == CURLE_BAD_CONTENT_ENCODING && read_undecoded(fetch))
        return;
    if (!fetch->stopped && code == CURLE_OK && fetch->undecoded)
        undo_coding(fetch);
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
    fetcher->scratch = arena_create(SCRATCH_BYTES);
    long kept = options->transfers_max > CONNECTIONS_KEPT_MIN ? options->transfers_max : CONNECTIONS_KEPT_MIN;
    fetcher->loop = curl_loop_create(base, kept, &calls, fetcher);
    if (!fetcher->user_agent || (options->ca_file && !fetcher->ca_file) || !fetcher->scratch ||
        !fetcher->loop)
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
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)LOW_SPEED_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)LOW_SPEED_S);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L); /* redirects: see follow() */
    curl_easy_setopt(easy, CURLOPT_COOKIEFILE, ""); /* for the redirects of one request; no file is read */
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

/* An address that cannot be asked for ends the transfer as any other fault of the other side does. */
static int fetch_address(struct fetch *fetch, const struct fetch_request *request)
{
    static const char *const nowhere = "http://"; /* libcurl refuses it at once */
    struct error words = {0};
    struct str url = STR_NONE;
    int failure = url_for_request(fetch->fetcher->scratch, str_from(request->url), &url, &words);
    if (failure == -EINVAL)
        (void)stop(fetch, POLL_ERROR_URL, words.text);
    fetch->url = failure ? strdup(request->url) : strndup(url.ptr, url.len);
    arena_reset(fetch->fetcher->scratch);
    fetch->first_url = fetch->url ? strdup(fetch->url) : NULL;
    if (!fetch->first_url || failure == -ENOMEM)
        return -ENOMEM;
    fetch->seen[0] = hash_64(str_from(fetch->url));
    return curl_easy_setopt(fetch->easy, CURLOPT_URL, failure ? nowhere : fetch->url) == CURLE_OK ? 0
                                                                                                  : -ENOMEM;
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
    curl_easy_setopt(fetch->easy, CURLOPT_HTTP_CONTENT_DECODING, 1L);
    curl_easy_setopt(fetch->easy, CURLOPT_TIMEOUT_MS, (long)options->total_timeout_ms);
    fetch->deadline_ms = clock_monotonic_ms() + options->total_timeout_ms;
    curl_easy_setopt(fetch->easy, CURLOPT_SSL_VERIFYPEER, request->unchecked_certificate ? 0L : 1L);
    curl_easy_setopt(fetch->easy, CURLOPT_SSL_VERIFYHOST, request->unchecked_certificate ? 0L : 2L);
    curl_easy_setopt(
        fetch->easy, CURLOPT_SSLVERSION,
        (long)(request->unchecked_certificate ? CURL_SSLVERSION_TLSv1_0 : CURL_SSLVERSION_DEFAULT));
    if (request_lines(fetch, request) || fetch_address(fetch, request) ||
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

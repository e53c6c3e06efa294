/* fetch_hop: redirects are followed here and not by libcurl, so that each address is judged, its name
 * converted and its fault named by newsd's own rules. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/url.h"
#include "feeds/http/body_coding.h"
#include "feeds/http/fetch_transfer.h"
#include "feeds/http/redirect.h"

enum { SHOWN_BYTES = 160 }; /* of a target, in words for people */

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
    if (left_ms <= 0) {
        (void)fetch_stop(fetch, FETCH_ERROR_TIMEOUT, "the redirects used up the time of the transfer");
        return false;
    }
    forget_response(fetch);
    curl_easy_setopt(fetch->easy, CURLOPT_TIMEOUT_MS, (long)left_ms);
    if (curl_easy_setopt(fetch->easy, CURLOPT_URL, fetch->url) == CURLE_OK &&
        !curl_loop_add(fetch->fetcher->loop, fetch->easy))
        return true;
    (void)fetch_stop(fetch, FETCH_ERROR_INTERNAL, "no memory for the redirect");
    return false;
}

static bool was_seen(const struct fetch *fetch, uint64_t hash)
{
    for (unsigned i = 0; i <= fetch->hops && i < FETCH_HOPS_SEEN; i++)
        if (fetch->seen[i] == hash)
            return true;
    return false;
}

/* With words that name the target. */
static void stop_at(struct fetch *fetch, enum fetch_error error, struct str url)
{
    char words[FETCH_WORDS_BYTES];
    struct str shown = url_without_credentials(fetch->fetcher->scratch, url);
    (void)snprintf(words, sizeof(words), "after %u redirects, to %.*s", fetch->hops,
                   (int)(shown.len < SHOWN_BYTES ? shown.len : SHOWN_BYTES), shown.ptr ? shown.ptr : "");
    (void)fetch_stop(fetch, error, words);
}

/* Takes the hop that the head names, or says why not. */
static bool take_hop(struct fetch *fetch, struct str url)
{
    uint64_t hash = hash_64(url);
    if (fetch->hops >= (unsigned)fetch->fetcher->options.redirects_max) {
        /* A cookie may end a circle: it is none before the way is too long. */
        enum fetch_error error =
            was_seen(fetch, hash) ? FETCH_ERROR_REDIRECT_LOOP : FETCH_ERROR_REDIRECT_TOO_MANY;
        stop_at(fetch, error, url);
        return false;
    }
    char *copy = strndup(url.ptr, url.len);
    if (!copy) {
        (void)fetch_stop(fetch, FETCH_ERROR_INTERNAL, "no memory for the redirect");
        return false;
    }
    free(fetch->url);
    fetch->url = copy;
    if (++fetch->hops < FETCH_HOPS_SEEN)
        fetch->seen[fetch->hops] = hash;
    if (fetch->head.status == 303)
        curl_easy_setopt(fetch->easy, CURLOPT_HTTPGET, 1L); /* RFC 9110 15.4.4 */
    return ask_again(fetch);
}

/* From https to http, however the Location is written; http_head sees the plain ones before the body does. */
static bool is_insecure(const struct fetch *fetch, struct str url)
{
    return !fetch->fetcher->options.insecure_redirects &&
           str_starts_nocase(str_from(fetch->url), STR("https:")) && !str_starts_nocase(url, STR("https:"));
}

/* True when the response was a redirect and the next request is on its way. */
static bool follow(struct fetch *fetch)
{
    struct http_header headers[HTTP_HEADERS_MAX];
    struct http_answer answer = {.headers = headers};
    struct arena *scratch = fetch->fetcher->scratch;
    struct error words = {.text = "no memory for the redirect"};
    struct str url;
    answer.header_count = http_head_fields(&fetch->head, headers, HTTP_HEADERS_MAX);
    enum fetch_error error = redirect_target(scratch, str_from(fetch->first_url), str_from(fetch->url),
                                             http_answer_header(&answer, STR("location")), &url, &words);
    bool goes_on = false;
    if (error != FETCH_ERROR_NONE)
        (void)fetch_stop(fetch, error, words.text);
    else if (is_insecure(fetch, url))
        stop_at(fetch, FETCH_ERROR_REDIRECT_INSECURE, url);
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
    struct http_answer answer = {.headers = headers};
    answer.header_count = http_head_fields(&fetch->head, headers, HTTP_HEADERS_MAX);
    if (fetch->undecoded || !body_coding_is_unknown(http_answer_header(&answer, STR("content-encoding"))))
        return false;
    fetch->undecoded = true;
    curl_easy_setopt(fetch->easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    return ask_again(fetch);
}

/* libcurl has decoded nothing: what the bytes are, they say. */
static void undo_coding(struct fetch *fetch)
{
    enum fetch_error error = body_coding_undo(&fetch->body, fetch->body_bytes_max, FETCH_RATIO_MAX);
    fetch->body_bytes = (int64_t)fetch->body.len;
    if (error != FETCH_ERROR_NONE)
        (void)fetch_stop(fetch, error,
                         "the body is compressed, under a wrong name, and cannot be unpacked whole");
}

bool fetch_goes_on(struct fetch *fetch, CURLcode code)
{
    if (fetch->stopped)
        return false;
    if (code == CURLE_BAD_CONTENT_ENCODING)
        return read_undecoded(fetch);
    if (code != CURLE_OK)
        return false;
    if (http_head_leads_on(&fetch->head))
        return follow(fetch);
    if (fetch->undecoded)
        undo_coding(fetch);
    return false;
}

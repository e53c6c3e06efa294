/* fetch_result: what a transfer has come to, in newsd's terms. */
#include <stdio.h>

#include "base/clock.h"
#include "base/url.h"
#include "feeds/http/fetch_transfer.h"

static enum fetch_error connect_error(const struct fetch *fetch)
{
    if (!fetch->address_refused || fetch->address_tried)
        return FETCH_ERROR_CONNECT;
    return fetch->hops > 0 ? FETCH_ERROR_REDIRECT_PRIVATE : FETCH_ERROR_ADDRESS_REFUSED;
}

static enum fetch_error error_of(const struct fetch *fetch, CURLcode code)
{
    if (fetch->stopped)
        return fetch->stopped;
    if (fetch->ended_at_head)
        return FETCH_ERROR_NONE;
    switch (code) {
    case CURLE_OK:
        return FETCH_ERROR_NONE;
    case CURLE_COULDNT_RESOLVE_HOST:
        return FETCH_ERROR_DNS;
    case CURLE_COULDNT_CONNECT:
        return connect_error(fetch);
    case CURLE_OPERATION_TIMEDOUT:
        return FETCH_ERROR_TIMEOUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
        return FETCH_ERROR_TLS;
    case CURLE_PARTIAL_FILE:
        return FETCH_ERROR_TRUNCATED;
    case CURLE_URL_MALFORMAT:
        return fetch->hops > 0 ? FETCH_ERROR_REDIRECT_URL : FETCH_ERROR_URL;
    case CURLE_FILESIZE_EXCEEDED:
        return FETCH_ERROR_TOO_LARGE;
    case CURLE_OUT_OF_MEMORY: /* said of a header line over libcurl's own limit, too */
        return fetch->head.bytes.len > 0 ? FETCH_ERROR_HTTP_PROTOCOL : FETCH_ERROR_INTERNAL;
    case CURLE_FAILED_INIT:
        return FETCH_ERROR_INTERNAL;
    case CURLE_RECV_ERROR:
        return fetch->body_bytes > 0 ? FETCH_ERROR_TRUNCATED : FETCH_ERROR_CONNECT;
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        return FETCH_ERROR_CONNECT;
    default:
        return FETCH_ERROR_HTTP_PROTOCOL;
    }
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

static void put_words(const struct fetch *fetch, enum fetch_error error, CURLcode code,
                      char words[FETCH_WORDS_BYTES])
{
    struct str url = url_without_credentials(fetch->fetcher->scratch, str_from(fetch->url));
    if (fetch->stopped)
        (void)snprintf(words, FETCH_WORDS_BYTES, "%s", fetch->stopped_text);
    else if (error == FETCH_ERROR_REDIRECT_PRIVATE)
        (void)snprintf(words, FETCH_WORDS_BYTES, "all addresses of the target %.*s are private or reserved",
                       (int)(url.len < 160 ? url.len : 160), url.ptr ? url.ptr : "");
    else if (error == FETCH_ERROR_ADDRESS_REFUSED)
        (void)snprintf(words, FETCH_WORDS_BYTES, "all addresses of the host are private or reserved");
    else
        (void)snprintf(words, FETCH_WORDS_BYTES, "%.250s",
                       fetch->error_text[0] ? fetch->error_text : curl_easy_strerror(code));
    arena_reset(fetch->fetcher->scratch);
}

void fetch_tell(struct fetch *fetch, CURLcode code, struct http_header *headers, struct fetch_result *result)
{
    struct http_answer *answer = &result->answer;
    long status = 0, version = 0;
    curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(fetch->easy, CURLINFO_HTTP_VERSION, &version);
    fetch_measure(fetch, result);
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
    if (answer->error != FETCH_ERROR_NONE)
        put_words(fetch, answer->error, code, result->error_text);
}

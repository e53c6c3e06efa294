/* fetch_request: libcurl's options: the guards, and what one request asks for. */
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/url_request.h"
#include "feeds/http/fetch_transfer.h"

enum {
    LOW_SPEED_BYTES = 50, /* a second, for LOW_SPEED_S seconds: a drip feed */
    LOW_SPEED_S = 15,
};

void fetch_equip(struct fetch *fetch)
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
    curl_easy_setopt(easy, CURLOPT_USERAGENT, fetch->fetcher->user_agent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    fetch_receive(fetch);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, fetch->error_text);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, (char *)fetch);
    if (fetch->fetcher->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, fetch->fetcher->ca_file);
}

static int request_lines(struct fetch *fetch, const struct fetch_request *request)
{
    const struct {
        const char *name, *value;
    } wanted[FETCH_REQUEST_LINES] = {{"Accept", request->accept},
                                     {"If-None-Match", request->etag},
                                     {"If-Modified-Since", request->last_modified},
                                     {"Content-Type", request->post.ptr ? request->post_type : NULL}};
    size_t starts[FETCH_REQUEST_LINES], count = 0;
    buffer_clear(&fetch->line_bytes);
    for (size_t i = 0; i < FETCH_REQUEST_LINES; i++) {
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
        (void)fetch_stop(fetch, FETCH_ERROR_URL, words.text);
    fetch->url = failure ? strdup(request->url) : strndup(url.ptr, url.len);
    arena_reset(fetch->fetcher->scratch);
    fetch->first_url = fetch->url ? strdup(fetch->url) : NULL;
    if (!fetch->first_url || failure == -ENOMEM)
        return -ENOMEM;
    fetch->seen[0] = hash_64(str_from(fetch->url));
    return curl_easy_setopt(fetch->easy, CURLOPT_URL, failure ? nowhere : fetch->url) == CURLE_OK ? 0
                                                                                                  : -ENOMEM;
}

int fetch_prepare(struct fetch *fetch, const struct fetch_request *request)
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

/* fetch_receive: libcurl's callbacks. They count, judge and keep; nothing else. */
#include <stdio.h>
#include <sys/socket.h>

#include "feeds/http/address.h"
#include "feeds/http/fetch_transfer.h"

enum { RATIO_FROM_BYTES = 1 << 20 /* below this a high compression ratio is ordinary XML */ };

size_t fetch_stop(struct fetch *fetch, enum fetch_error error, const char *text)
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
        return fetch_stop(fetch, FETCH_ERROR_TOO_LARGE, "the decoded body is over its size limit");
    if (fetch->body_bytes > RATIO_FROM_BYTES) {
        curl_off_t wire = 0;
        curl_easy_getinfo(fetch->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
        if (wire > 0 && fetch->body_bytes / wire > FETCH_RATIO_MAX)
            return fetch_stop(fetch, FETCH_ERROR_TOO_LARGE, "the body is compressed more than a hundredfold");
    }
    if (http_head_leads_on(&fetch->head)) /* nobody reads the body of a redirect */
        return len;
    if (buffer_append(&fetch->body, bytes, len))
        return fetch_stop(fetch, FETCH_ERROR_INTERNAL, "no memory for the body");
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
        return fetch_stop(fetch, FETCH_ERROR_HTTP_PROTOCOL, "the head of the answer is over its size limit");
    case HEAD_INSECURE:
        if (fetch->fetcher->options.insecure_redirects)
            return line.len;
        return fetch_stop(fetch, FETCH_ERROR_REDIRECT_INSECURE, "the redirect leads from https to http");
    case HEAD_IS_ALL:
        fetch->ended_at_head = true;
        return 0;
    case HEAD_NO_MEMORY:
        break;
    }
    return fetch_stop(fetch, FETCH_ERROR_INTERNAL, "no memory for the head");
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

void fetch_receive(struct fetch *fetch)
{
    CURL *easy = fetch->easy;
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, fetch);
}

/* admin_client: a blocking libcurl request over the UNIX socket or loopback address. For command-line tools
 * only. */
#include "daemon/commands/admin_client.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>

enum { TIMEOUT_MS = 10000 };

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    return buffer_append(context, bytes, size * count) ? 0 : size * count;
}

int admin_client_request(const char *listen_on, const char *method, const char *path, struct str body,
                         struct buffer *ret_body, struct error *error)
{
    char url[512];
    if (!listen_on)
        return error_set(error, ERR_CONFIG, "the admin socket is off ([admin] listen)");
    CURL *easy = curl_easy_init();
    if (!easy)
        return error_set(error, -ENOMEM, "no memory");
    bool is_path = listen_on[0] == '/';
    (void)snprintf(url, sizeof(url), "http://%s%s", is_path ? "newsd" : listen_on, path);
    if (is_path)
        curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, listen_on);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, ret_body);
    if (body.ptr) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.ptr);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    CURLcode code = curl_easy_perform(easy);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(easy);
    if (code != CURLE_OK)
        return error_set(
            error, ERR_NETWORK,
            "no newsd answers on %s: %s; is the service running, and may this user use its socket?",
            listen_on, curl_easy_strerror(code));
    return (int)status;
}

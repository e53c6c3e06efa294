/* websub_server: the callbacks' listener: reads what hubs send, answers them. Owns the server. Loop thread.
 */
#include <assert.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/process/guard.h"
#include "daemon/process/listen.h"
#include "daemon/process/metrics.h"
#include "daemon/websub/websub_private.h"

enum {
    HEADER_BYTES_MAX = 16 * 1024, /* a verification's parameters stand in its URL */
    TIMEOUT_S = 30,
    CONNECTIONS_MAX = 256, /* hubs need a handful */
    WAITING_BODIES = 4,    /* so many whole ones may be on their way at once */
};

static void reply(struct evhttp_request *request, int status, struct str body)
{
    struct evbuffer *out = evbuffer_new();
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", "text/plain; charset=utf-8");
    /* The challenge is the hub's own text, whoever the hub is. */
    evhttp_add_header(headers, "X-Content-Type-Options", "nosniff");
    if (status == 503)
        evhttp_add_header(headers, "Retry-After", "60");
    if (out)
        evbuffer_add(out, body.ptr ? body.ptr : "", body.len);
    evhttp_send_reply(request, status, NULL, out);
    if (out)
        evbuffer_free(out);
}

/* The last part of the path, which is all that a reverse proxy must leave as it is. */
static struct str token_in(struct str path)
{
    size_t start = path.len;
    while (start > 0 && path.ptr[start - 1] != '/')
        start--;
    return start ? str_slice(path, start, path.len) : STR_NONE;
}

static struct str token_of(struct evhttp_request *request)
{
    const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
    return token_in(str_from(uri ? evhttp_uri_get_path(uri) : NULL));
}

/* Before a body is read: a document that belongs to no subscription is not even received. */
static bool is_wanted(void *context, struct str method, struct str path)
{
    const struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    return !str_equal(method, STR("POST")) || websub_find_token(websub, token_in(path)) != NULL;
}

static void on_get(struct evhttp_request *request, struct websub_entry *entry)
{
    const char *query = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request));
    struct evkeyvalq parameters;
    if (!entry || !query || evhttp_parse_query_str(query, &parameters)) {
        metrics_add(METRIC_WEBSUB_REFUSED, 1);
        reply(request, 404, STR("nothing of the kind was asked for\n"));
        return;
    }
    struct websub_intent intent = {
        .mode = str_from(evhttp_find_header(&parameters, "hub.mode")),
        .topic = str_from(evhttp_find_header(&parameters, "hub.topic")),
        .challenge = str_from(evhttp_find_header(&parameters, "hub.challenge")),
        .lease_seconds = str_from(evhttp_find_header(&parameters, "hub.lease_seconds")),
    };
    switch (websub_on_intent(entry, &intent, str_from(evhttp_find_header(&parameters, "hub.reason")))) {
    case WEBSUB_CONFIRM:
        reply(request, 200, intent.challenge);
        break;
    case WEBSUB_TAKE_DENIAL:
        reply(request, 200, STR_NONE);
        break;
    case WEBSUB_REFUSE:
        reply(request, 404, STR("nothing of the kind was asked for\n"));
        break;
    }
    evhttp_clear_headers(&parameters);
}

static void on_post(struct evhttp_request *request, struct websub_entry *entry)
{
    struct evkeyvalq *headers = evhttp_request_get_input_headers(request);
    struct evbuffer *in = evhttp_request_get_input_buffer(request);
    size_t len = evbuffer_get_length(in);
    if (!entry) {
        metrics_add(METRIC_WEBSUB_UNKNOWN, 1);
        reply(request, 410, STR("there is no such subscription\n"));
        return;
    }
    char *body = malloc(len + 1);
    if (!body) {
        metrics_add(METRIC_WEBSUB_BUSY, 1);
        reply(request, 503, STR_NONE);
        return;
    }
    evbuffer_remove(in, body, len);
    body[len] = '\0';
    int status = websub_on_push(entry, str_from(evhttp_find_header(headers, "X-Hub-Signature")),
                                str_from(evhttp_find_header(headers, "Content-Type")), &body, len);
    free(body);
    reply(request, status, STR_NONE);
}

static void on_request(struct evhttp_request *request, void *context)
{
    struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    struct websub_entry *entry = websub_find_token(websub, token_of(request));
    if (!websub->running)
        reply(request, 503, STR_NONE);
    else if (evhttp_request_get_command(request) == EVHTTP_REQ_POST)
        on_post(request, entry);
    else
        on_get(request, entry);
}

int websub_listen(struct websub *websub, struct error *error)
{
    char host[LISTEN_HOST_BYTES];
    uint16_t port;
    const struct config *config = websub->config;
    if (!listen_parse(config->websub_listen, host, &port))
        return error_set(error, ERR_CONFIG, "[websub] listen = %s; allowed are IPV4:PORT and [IPV6]:PORT",
                         config->websub_listen);
    websub->http = evhttp_new(websub->context.base);
    if (!websub->http)
        return error_set(error, -ENOMEM, "no memory for the WebSub listener");
    evhttp_set_allowed_methods(websub->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST);
    evhttp_set_max_headers_size(websub->http, HEADER_BYTES_MAX);
    evhttp_set_max_body_size(websub->http, (ev_ssize_t)config->websub_body_bytes_max);
    evhttp_set_timeout(websub->http, TIMEOUT_S);
    evhttp_set_gencb(websub->http, on_request, websub);
    struct guard_limits limits = {.connections_max = CONNECTIONS_MAX,
                                  .bytes_max = WAITING_BODIES * (size_t)config->websub_body_bytes_max,
                                  .request_ms = TIMEOUT_S * 1000,
                                  .wanted = is_wanted,
                                  .context = websub};
    websub->guard = guard_create(websub->context.base, websub->http, &limits);
    if (!websub->guard)
        return error_set(error, -ENOMEM, "no memory for the WebSub listener");
    if (evhttp_bind_socket(websub->http, host, port)) {
        int failure = errno ? -errno : -EADDRINUSE;
        return error_set(error, failure, "cannot listen on [websub] listen = %s: %s", config->websub_listen,
                         strerror(-failure));
    }
    return 0;
}

void websub_listen_stop(struct websub *websub)
{
    if (websub->http)
        evhttp_free(websub->http);
    websub->http = NULL;
    guard_destroy(&websub->guard);
}

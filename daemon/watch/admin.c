/* admin: evhttp behind a UNIX socket or loopback address. Owns server and socket. Loop thread. */
#include "daemon/watch/admin.h"

#include <assert.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/process/listen.h"
#include "daemon/process/metrics.h"

enum { HEADER_BYTES_MAX = 8192, BODY_BYTES_MAX = 8 << 20, TIMEOUT_S = 5, BACKLOG = 16 };

enum { ADMIN_MAGIC = 0x61646d69 };

struct admin {
    uint32_t magic;
    struct evhttp *http;
    struct admin_hooks hooks;
    char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)]; /* of the socket, empty for TCP */
};

static void reply(struct evhttp_request *request, int code, const char *type, struct str body)
{
    struct evbuffer *out = evbuffer_new();
    evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", type);
    if (out)
        evbuffer_add(out, body.ptr ? body.ptr : "", body.len);
    evhttp_send_reply(request, code, NULL, out);
    if (out)
        evbuffer_free(out);
}

static void on_metrics(struct evhttp_request *request, void *context)
{
    struct admin *admin = context;
    assert(admin->magic == ADMIN_MAGIC);
    _cleanup_buffer_ struct buffer text = {0}, unused = {0};
    /* Asking for the status refreshes the gauges. */
    int error = admin->hooks.status(admin->hooks.context, &unused);
    if (!error)
        error = metrics_render(&text);
    reply(request, error ? 500 : 200, "text/plain; version=0.0.4; charset=utf-8",
          error ? STR("no memory\n") : buffer_str(&text));
}

static void on_status(struct evhttp_request *request, void *context)
{
    struct admin *admin = context;
    assert(admin->magic == ADMIN_MAGIC);
    _cleanup_buffer_ struct buffer json = {0};
    int error = admin->hooks.status(admin->hooks.context, &json);
    reply(request, error ? 500 : 200, "application/json", error ? STR("{}") : buffer_str(&json));
}

static void on_health(struct evhttp_request *request, void *context)
{
    struct admin *admin = context;
    assert(admin->magic == ADMIN_MAGIC);
    _cleanup_buffer_ struct buffer text = {0};
    int error = admin->hooks.health(admin->hooks.context, &text);
    buffer_append_str(&text, error ? STR("\n") : STR("ok\n"));
    reply(request, error ? 503 : 200, "text/plain; charset=utf-8", buffer_str(&text));
}

static void on_retry_answer(void *token, int error, const char *text)
{
    reply(token, error ? 503 : 200, "text/plain; charset=utf-8", str_from(text));
}

static void on_retry(struct evhttp_request *request, void *context)
{
    struct admin *admin = context;
    assert(admin->magic == ADMIN_MAGIC);
    if (evhttp_request_get_command(request) != EVHTTP_REQ_POST) {
        reply(request, 405, "text/plain; charset=utf-8", STR("POST a reject record\n"));
        return;
    }
    struct evbuffer *in = evhttp_request_get_input_buffer(request);
    size_t len = evbuffer_get_length(in);
    const char *bytes = len ? (const char *)evbuffer_pullup(in, -1) : "";
    int error = admin->hooks.retry(admin->hooks.context, str_make(bytes, len), on_retry_answer, request);
    if (error)
        reply(request, 400, "text/plain; charset=utf-8",
              STR("this is no reject record that can be run again\n"));
}

static void on_other(struct evhttp_request *request, void *context)
{
    (void)context;
    reply(request, 404, "text/plain; charset=utf-8",
          STR("there are /metrics, /status, /healthz and POST /retry\n"));
}

/* A socket file without a listener is left from a killed process; one with a listener belongs to somebody. */
static int path_is_taken(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return 0;
    int taken = connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0;
    close(fd);
    return taken;
}

static int listen_unix(struct admin *admin, const char *path, struct error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof(address.sun_path))
        return error_set(error, ERR_CONFIG, "[admin] listen = %s is too long for a UNIX socket", path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (path_is_taken(&address))
        return error_set(error, ERR_CONFIG, "[admin] listen = %s is in use by another process", path);
    (void)unlink(path); /* not there is fine */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) || chmod(path, 0660) ||
        listen(fd, BACKLOG) || evhttp_accept_socket(admin->http, fd)) {
        int failure = errno ? -errno : -ENOMEM;
        if (fd >= 0)
            close(fd);
        return error_set(error, failure,
                         "cannot listen on %s: %s; its folder must exist and belong to newsd's user", path,
                         strerror(-failure));
    }
    memcpy(admin->path, path, strlen(path) + 1);
    return 0;
}

static int parse_tcp(const char *listen_on, char host[LISTEN_HOST_BYTES], uint16_t *ret_port,
                     struct error *error)
{
    if (!listen_parse(listen_on, host, ret_port))
        return error_set(error, ERR_CONFIG,
                         "[admin] listen = %s; allowed are an absolute path, 127.0.0.1:PORT or [::1]:PORT",
                         listen_on);
    if (!listen_is_loopback(host))
        return error_set(error, ERR_CONFIG,
                         "[admin] listen = %s is not on loopback; put a reverse proxy in front to expose it",
                         listen_on);
    return 0;
}

static int listen_tcp(struct admin *admin, const char *listen_on, struct error *error)
{
    char host[LISTEN_HOST_BYTES];
    uint16_t port;
    int failure = parse_tcp(listen_on, host, &port, error);
    if (failure)
        return failure;
    if (evhttp_bind_socket(admin->http, host, port))
        return error_set(error, -errno, "cannot listen on %s: %s", listen_on, strerror(errno));
    return 0;
}

int admin_check(const char *listen_on, struct error *error)
{
    char host[LISTEN_HOST_BYTES], folder[4096];
    uint16_t port;
    struct stat status;
    if (listen_on[0] != '/')
        return parse_tcp(listen_on, host, &port, error);
    if (strlen(listen_on) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
        return error_set(error, ERR_CONFIG, "[admin] listen = %s is too long for a UNIX socket", listen_on);
    (void)snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(listen_on, '/') - listen_on), listen_on);
    if (!strcmp(folder, "/run/newsd") || (stat(folder, &status) == 0 && S_ISDIR(status.st_mode)))
        return 0;
    return error_set(error, ERR_CONFIG,
                     "[admin] listen = %s: there is no folder %s; make it, for newsd's user", listen_on,
                     folder);
}

int admin_create(struct admin **ret_admin, struct event_base *base, const char *listen_on,
                 const struct admin_hooks *hooks, struct error *error)
{
    struct admin *admin = calloc(1, sizeof(*admin));
    if (!admin)
        return error_set(error, -ENOMEM, "no memory for the admin socket");
    admin->magic = ADMIN_MAGIC;
    admin->hooks = *hooks;
    admin->http = evhttp_new(base);
    if (!admin->http) {
        admin_destroy(&admin);
        return error_set(error, -ENOMEM, "no memory for the admin socket");
    }
    evhttp_set_max_headers_size(admin->http, HEADER_BYTES_MAX);
    evhttp_set_max_body_size(admin->http, BODY_BYTES_MAX);
    evhttp_set_timeout(admin->http, TIMEOUT_S);
    evhttp_set_allowed_methods(admin->http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST);
    evhttp_set_cb(admin->http, "/metrics", on_metrics, admin);
    evhttp_set_cb(admin->http, "/status", on_status, admin);
    evhttp_set_cb(admin->http, "/healthz", on_health, admin);
    evhttp_set_cb(admin->http, "/retry", on_retry, admin);
    evhttp_set_gencb(admin->http, on_other, admin);
    errno = 0;
    int failure =
        listen_on[0] == '/' ? listen_unix(admin, listen_on, error) : listen_tcp(admin, listen_on, error);
    if (failure) {
        admin_destroy(&admin);
        return failure;
    }
    *ret_admin = admin;
    return 0;
}

void admin_destroy(struct admin **ret_admin)
{
    struct admin *admin = *ret_admin;
    if (!admin)
        return;
    assert(admin->magic == ADMIN_MAGIC);
    if (admin->http)
        evhttp_free(admin->http);
    if (admin->path[0])
        (void)unlink(admin->path); /* gone already is fine */
    admin->magic = 0;
    free(admin);
    *ret_admin = NULL;
}

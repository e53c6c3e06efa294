/* scripted_server: a small HTTP server in threads of the test's own process, with one path for each way to
 * answer or to misbehave. Loopback only. Included once, by fetch_fixture.h.
 *
 *     server_start()      once; it then listens on 127.0.0.1, server_port
 *     server_reset()      before a test: forgets what was counted */
#ifndef NEWSD_TESTS_FEEDS_SCRIPTED_SERVER_H
#define NEWSD_TESTS_FEEDS_SCRIPTED_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    REQUEST_BYTES = 8192,
    SERVER_MESSAGES_MAX = 4000 /* of an endless answer, so that no thread runs for ever */
};

static uint16_t server_port;
static atomic_uint server_requests, server_connections;
static pthread_mutex_t server_lock = PTHREAD_MUTEX_INITIALIZER;
static char server_last[REQUEST_BYTES]; /* the last request; read it when no transfer runs */

static inline void server_reset(void)
{
    server_requests = server_connections = 0;
}

static bool send_bytes(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

static bool send_text(int fd, const char *text)
{
    return send_bytes(fd, text, strlen(text));
}

static bool send_body(int fd, const char *fields, const void *body, size_t len)
{
    char head[1024];
    (void)snprintf(head, sizeof(head), "HTTP/1.1 200 OK\r\n%sContent-Length: %zu\r\n\r\n", fields, len);
    return send_text(fd, head) && send_bytes(fd, body, len);
}

static bool send_chunk(int fd, const void *bytes, size_t len)
{
    char size[24];
    (void)snprintf(size, sizeof(size), "%zx\r\n", len);
    return send_text(fd, size) && send_bytes(fd, bytes, len) && send_text(fd, "\r\n");
}

/* ---- gzip by hand (RFC 1951, 1952): one stored block, and a bomb of fixed-Huffman repeats ---- */

static const uint8_t gzip_head[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

static uint32_t crc32_of(const uint8_t *bytes, size_t len)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < len; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

static size_t put_little(uint8_t *out, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        out[i] = (uint8_t)(value >> 8 * i);
    return bytes;
}

static size_t gzip_stored(const char *text, uint8_t *out)
{
    size_t len = strlen(text), at = sizeof(gzip_head);
    memcpy(out, gzip_head, at);
    out[at++] = 1; /* the last block, stored */
    at += put_little(out + at, (uint32_t)len, 2);
    at += put_little(out + at, ~(uint32_t)len, 2);
    memcpy(out + at, text, len);
    at += len;
    at += put_little(out + at, crc32_of((const uint8_t *)text, len), 4);
    return at + put_little(out + at, (uint32_t)len, 4);
}

struct bits {
    uint8_t *out;
    size_t count;
};

static void put_bits(struct bits *bits, const char *pattern)
{
    for (; *pattern; pattern++, bits->count++)
        if (*pattern == '1')
            bits->out[bits->count / 8] |= (uint8_t)(1 << bits->count % 8);
}

/* About 64 MiB of zeros in 400 KiB: the literal 0, then matches of length 258 at distance 1. */
static size_t gzip_bomb(uint8_t **ret_bytes)
{
    const size_t matches = 250000;
    struct bits bits = {.out = calloc(1, matches * 13 / 8 + 64)};
    memcpy(bits.out, gzip_head, sizeof(gzip_head));
    bits.count = sizeof(gzip_head) * 8;
    put_bits(&bits, "1"
                    "10"
                    "00110000");
    for (size_t i = 0; i < matches; i++)
        put_bits(&bits, "11000101"
                        "00000");
    *ret_bytes = bits.out;
    return bits.count / 8 + 1;
}

/* ---- the paths; each returns whether the connection goes on ---- */

static bool answer_gzip(int fd, bool chunked)
{
    uint8_t body[256];
    size_t len = gzip_stored("<rss>compressed</rss>", body);
    if (!chunked)
        return send_body(fd, "Content-Encoding: gzip\r\n", body, len);
    bool good =
        send_text(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n");
    for (size_t i = 0; i < len && good; i++)
        good = send_chunk(fd, body + i, 1);
    return good && send_text(fd, "0\r\nX-Trailer: yes\r\n\r\n");
}

static bool answer_bomb(int fd, bool chunked)
{
    uint8_t *body;
    size_t len = gzip_bomb(&body);
    bool good;
    if (chunked)
        good = send_text(fd,
                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n") &&
               send_chunk(fd, body, len) && send_chunk(fd, "", 0);
    else
        good = send_body(fd, "Content-Encoding: gzip\r\n", body, len);
    free(body);
    return good;
}

static bool answer_endless(int fd)
{
    static const char zeros[65536];
    bool good = send_text(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < SERVER_MESSAGES_MAX && good; i++)
        good = send_chunk(fd, zeros, sizeof(zeros));
    return false;
}

static bool answer_drip(int fd)
{
    bool good = send_text(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 200 && good; i++) {
        good = send_text(fd, "x");
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    return false;
}

static bool answer_fields(int fd, int count, size_t value_bytes)
{
    char *value = malloc(value_bytes + 1);
    memset(value, 'v', value_bytes);
    value[value_bytes] = '\0';
    bool good = send_text(fd, "HTTP/1.1 200 OK\r\nETag: \"first\"\r\n");
    for (int i = 0; i < count && good; i++)
        good = send_text(fd, "X-Field: ") && send_bytes(fd, value, value_bytes) && send_text(fd, "\r\n");
    free(value);
    return good && send_text(fd, "Content-Length: 6\r\n\r\n<rss/>");
}

static bool answer_redirect(int fd, const char *status, const char *to)
{
    char head[512];
    (void)snprintf(head, sizeof(head),
                   "HTTP/1.1 %s X\r\nLocation: %s\r\nETag: \"hop\"\r\nContent-Length: 3\r\n\r\nhop", status,
                   to);
    return send_text(fd, head);
}

static const struct {
    const char *path, *text; /* the whole answer; ends the connection where no length is said */
    bool goes_on;
} fixed[] = {
    {"/304", "HTTP/1.1 304 Not Modified\r\nETag: \"same\"\r\n\r\n", true},
    {"/304-location", "HTTP/1.1 304 Not Modified\r\nLocation: /304-location\r\nETag: \"same\"\r\n\r\n", true},
    {"/404", "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nsorry", true},
    {"/short", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss><item>", false},
    {"/short-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n<rss><item>", false},
    {"/unbounded", "HTTP/1.1 200 OK\r\n\r\n<rss>until the end</rss>", false},
    {"/silent", "", false},
    {"/nonsense", "SSH-2.0-OpenSSH_9.2\r\n", false},
    {"/bad-encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>", false},
    {"/six-encodings",
     "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\nContent-Length: "
     "6\r\n\r\n<rss/>",
     false},
    {"/empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true},
    {"/hints",
     "HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\n\r\nHTTP/1.1 200 OK\r\nETag: \"real\"\r\nContent-Length: "
     "6\r\n\r\n<rss/>",
     true},
};

static const struct {
    const char *path, *status, *to;
} hops[] = {
    {"/permanent", "301", "/plain"},
    {"/permanent-2", "308", "/permanent"},
    {"/temporary", "302", "/plain"},
    {"/mixed", "301", "/temporary"},
    {"/loop", "302", "/loop"},
    {"/file", "302", "file:///etc/passwd"},
    {"/gopher", "301", "gopher://127.0.0.1/"},
    {"/metadata", "302", "http://169.254.169.254/latest/"},
    {"/mapped", "302", "http://[::ffff:169.254.169.254]/"},
    {"/decimal", "302", "http://2852039166/"},
    {"/nowhere", "302", "http://"},
    {"/port", "302", "http://127.0.0.1:99999/"},
    {"/bad-name", "302", "http://\xC3\xBC\xE2\x80\x8E-.example/"},
    {"/loop-of-two", "302", "/loop-of-two-back"},
    {"/loop-of-two-back", "302", "/loop-of-two"},
    {"/far", "302", "/far-1"},
    {"/far-1", "302", "/far-2"},
    {"/far-2", "302", "/far-3"},
    {"/far-3", "302", "/far-4"},
    {"/far-4", "302", "/far-5"},
    {"/far-5", "302", "/plain"},
};

static const struct {
    const char *path, *host, *fields; /* to this server's /plain, under another name */
} hops_by_name[] = {
    {"/to-localhost", "localhost", ""},
    {"/to-localhost-as-user", "you:pw@localhost", ""},
    {"/to-letters",
     "\xE2\x91\xA0"
     "27.0.0.1",
     ""},
    {"/cookie-elsewhere", "localhost", "Set-Cookie: pass=1; Path=/\r\n"},
};

static bool answer_hop_by_name(int fd, size_t i)
{
    char head[512];
    (void)snprintf(head, sizeof(head),
                   "HTTP/1.1 302 X\r\nLocation: http://%s:%u/plain\r\n%sContent-Length: 0\r\n\r\n",
                   hops_by_name[i].host, server_port, hops_by_name[i].fields);
    return send_text(fd, head);
}

/* The same address twice, with a cookie the second time; 403 for who brings one from before. */
static bool answer_cookie_wall(int fd, const char *request)
{
    if (strstr(request, "pass=1"))
        return send_body(fd, "Set-Cookie: stale=1; Path=/\r\n", "<rss>plain</rss>", 16);
    return send_text(fd, strstr(request, "Cookie:")
                             ? "HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n"
                             : "HTTP/1.1 302 X\r\nLocation: /cookie-wall\r\nSet-Cookie: pass=1; "
                               "Path=/\r\nContent-Length: 0\r\n\r\n");
}

/* A Content-Encoding that is named by the path's last part. */
static bool answer_coded(int fd, const char *coding, const void *body, size_t len)
{
    char fields[320];
    (void)snprintf(fields, sizeof(fields), "Content-Encoding: %s\r\n", coding);
    return send_body(fd, fields, body, len);
}

static bool answer_misnamed(int fd, const char *path)
{
    uint8_t packed[256], *bomb;
    if (!strncmp(path, "/coded/", 7))
        return answer_coded(fd, path + 7, "<rss>plain</rss>", 16);
    if (!strncmp(path, "/packed/", 8))
        return answer_coded(fd, path + 8, packed, gzip_stored("<rss>compressed</rss>", packed));
    size_t len = gzip_bomb(&bomb);
    bool good = answer_coded(fd, "zip", bomb, len);
    free(bomb);
    return good;
}

static bool answer(int fd, const char *path, const char *request)
{
    for (size_t i = 0; i < sizeof(hops_by_name) / sizeof(hops_by_name[0]); i++)
        if (!strcmp(path, hops_by_name[i].path))
            return answer_hop_by_name(fd, i);
    if (!strcmp(path, "/cookie-wall"))
        return answer_cookie_wall(fd, request);
    if (!strncmp(path, "/coded/", 7) || !strncmp(path, "/packed/", 8) || !strcmp(path, "/bomb/zip"))
        return answer_misnamed(fd, path);
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        if (!strcmp(path, fixed[i].path))
            return send_text(fd, fixed[i].text) && fixed[i].goes_on;
    for (size_t i = 0; i < sizeof(hops) / sizeof(hops[0]); i++)
        if (!strcmp(path, hops[i].path))
            return answer_redirect(fd, hops[i].status, hops[i].to);
    if (!strcmp(path, "/plain"))
        return send_body(fd, "ETag: \"tag\"\r\nX-One: 1\r\n", "<rss>plain</rss>", 16);
    if (!strcmp(path, "/gzip"))
        return answer_gzip(fd, false);
    if (!strcmp(path, "/gzip-chunked"))
        return answer_gzip(fd, true);
    if (!strcmp(path, "/bomb"))
        return answer_bomb(fd, false);
    if (!strcmp(path, "/bomb-chunked"))
        return answer_bomb(fd, true);
    if (!strcmp(path, "/endless"))
        return answer_endless(fd);
    if (!strcmp(path, "/drip"))
        return answer_drip(fd);
    if (!strcmp(path, "/many-fields"))
        return answer_fields(fd, 300, 10);
    if (!strcmp(path, "/huge-head"))
        return answer_fields(fd, 400, 1000);
    if (!strcmp(path, "/huge-line"))
        return answer_fields(fd, 1, 150000);
    (void)send_text(fd, "HTTP/1.1 500 No such path\r\nContent-Length: 0\r\n\r\n"); /* closed next anyway */
    return false;
}

static void *serve(void *argument)
{
    int fd = (int)(intptr_t)argument, on = 1;
    char request[REQUEST_BYTES];
    size_t len = 0;
    bool goes_on = true;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* only makes the tests faster */
    while (goes_on) {
        ssize_t got = recv(fd, request + len, sizeof(request) - 1 - len, 0);
        if (got <= 0)
            break;
        len += (size_t)got;
        request[len] = '\0';
        const char *head_end = strstr(request, "\r\n\r\n"), *length = strstr(request, "Content-Length: ");
        if (!head_end || (length && strlen(head_end + 4) < strtoul(length + 16, NULL, 10)))
            continue;
        pthread_mutex_lock(&server_lock);
        memcpy(server_last, request, len + 1);
        pthread_mutex_unlock(&server_lock);
        server_requests++;
        char path[256] = "";
        (void)sscanf(request, "%*[A-Z] %255s", path); /* else no such path */
        len = 0;
        goes_on = answer(fd, path, request);
    }
    close(fd);
    return NULL;
}

static void *serve_all(void *argument)
{
    int listener = (int)(intptr_t)argument;
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        server_connections++;
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd))
            abort();
        pthread_detach(thread);
    }
}

static inline void server_start(void)
{
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof(address);
    pthread_t thread;
    if (bind(listener, (struct sockaddr *)&address, len) || listen(listener, 512) ||
        getsockname(listener, (struct sockaddr *)&address, &len) ||
        pthread_create(&thread, NULL, serve_all, (void *)(intptr_t)listener))
        abort();
    pthread_detach(thread);
    server_port = ntohs(address.sin_port);
}

#endif

/* bench_server: an HTTP server on loopback that is faster than what it measures: one thread, epoll,
 * keep-alive.
 *
 *     bench_server FEEDS RATE ITEMS TEXT_BYTES          prints its port, ends when its standard input does
 *
 *     /still/N    a feed that never changes: 304 to a conditional request
 *     /news/N     ITEMS new entries of TEXT_BYTES of text at every request
 *     /paced/N    RATE entries per second over all FEEDS feeds; each entry's title is "served NANOSECONDS",
 * the wall-clock time of the answer that showed it first
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"

enum { CONNECTIONS_MAX = 4096, REQUEST_MAX = 8192, SHOWN = 20 };

struct connection {
    char in[REQUEST_MAX];
    size_t in_len, out_sent;
    struct buffer out;
};

struct entry {
    uint64_t number, served_ns;
};

struct feed {
    struct entry shown[SHOWN]; /* a ring: entry n is at n % SHOWN */
    uint64_t next;
};

static struct connection *connections[CONNECTIONS_MAX];
static struct feed *feeds;
static unsigned feed_count, items_per_answer;
static double rate;
static char *text;
static uint64_t began_ns, fresh;
static int poll_fd;

static uint64_t wall_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void add_text(struct buffer *out, const char *s)
{
    (void)buffer_append(out, s, strlen(s));
}

static void feed_begin(struct buffer *body)
{
    add_text(body, "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>"
                   "<title>Bench</title><link>http://127.0.0.1/</link>");
}

static void feed_entry(struct buffer *body, unsigned feed, uint64_t number, const char *title)
{
    char head[256];
    (void)snprintf(
        head, sizeof(head),
        "<item><guid>urn:bench:%u:%llu</guid><link>http://127.0.0.1/%u/%llu</link><title>%s</title>", feed,
        (unsigned long long)number, feed, (unsigned long long)number, title);
    add_text(body, head);
    add_text(body, "<content:encoded><![CDATA[");
    add_text(body, text);
    add_text(body, "]]></content:encoded></item>");
}

static void body_still(struct buffer *body)
{
    feed_entry(body, 0, 0, "The only entry");
}

static void body_news(struct buffer *body, unsigned feed)
{
    for (unsigned i = 0; i < items_per_answer; i++) {
        char title[64];
        (void)snprintf(title, sizeof(title), "Bridge number %llu reopened", (unsigned long long)fresh);
        feed_entry(body, feed, fresh++, title);
    }
}

static void body_paced(struct buffer *body, unsigned number)
{
    struct feed *feed = &feeds[number % feed_count];
    uint64_t now = wall_ns();
    /* Each feed begins at its own moment, so that entries come one by one and not in bursts. */
    double age = (double)(now - began_ns) / 1e9 - (double)number / rate;
    uint64_t due = age > 0 ? (uint64_t)(age * rate / feed_count) : 0;
    while (feed->next < due) {
        feed->shown[feed->next % SHOWN] = (struct entry){feed->next, now};
        feed->next++;
    }
    for (uint64_t i = feed->next; i > 0 && i + SHOWN > feed->next; i--) {
        const struct entry *entry = &feed->shown[(i - 1) % SHOWN];
        char title[64];
        (void)snprintf(title, sizeof(title), "served %llu", (unsigned long long)entry->served_ns);
        feed_entry(body, number, entry->number, title);
    }
}

static void answer(struct connection *connection, const char *path, bool conditional)
{
    char head[256];
    struct buffer body = {0};
    unsigned number = 0;
    const char *slash = strrchr(path, '/');
    if (slash)
        number = (unsigned)strtoul(slash + 1, NULL, 10);
    if (!strncmp(path, "/still/", 7) && conditional) {
        add_text(&connection->out, "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
        return;
    }
    feed_begin(&body);
    if (!strncmp(path, "/still/", 7))
        body_still(&body);
    else if (!strncmp(path, "/news/", 6))
        body_news(&body, number);
    else
        body_paced(&body, number);
    add_text(&body, "</channel></rss>");
    (void)snprintf(head, sizeof(head),
                   "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %zu\r\n%s\r\n",
                   body.len, strncmp(path, "/still/", 7) ? "" : "ETag: \"v1\"\r\n");
    add_text(&connection->out, head);
    (void)buffer_append(&connection->out, body.ptr, body.len);
    buffer_done(&body);
}

/* Answers every whole request that has come. */
static void take_requests(struct connection *connection)
{
    char *end;
    connection->in[connection->in_len] = '\0';
    while ((end = strstr(connection->in, "\r\n\r\n"))) {
        char path[256] = "";
        *end = '\0';
        (void)sscanf(connection->in, "GET %255s", path);
        answer(connection, path, strcasestr(connection->in, "\r\nif-none-match:") != NULL);
        size_t used = (size_t)(end + 4 - connection->in);
        memmove(connection->in, end + 4, connection->in_len - used + 1);
        connection->in_len -= used;
    }
}

static void connection_end(int fd)
{
    buffer_done(&connections[fd]->out);
    free(connections[fd]);
    connections[fd] = NULL;
    close(fd);
}

static void accept_all(int listener)
{
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (fd >= CONNECTIONS_MAX || !(connections[fd] = calloc(1, sizeof(struct connection)))) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
    }
}

static void serve(int fd, uint32_t events)
{
    struct connection *connection = connections[fd];
    if (events & EPOLLIN) {
        ssize_t got = read(fd, connection->in + connection->in_len, REQUEST_MAX - 1 - connection->in_len);
        if (got <= 0) {
            connection_end(fd);
            return;
        }
        connection->in_len += (size_t)got;
        take_requests(connection);
    }
    while (connection->out_sent < connection->out.len) {
        ssize_t sent = send(fd, connection->out.ptr + connection->out_sent,
                            connection->out.len - connection->out_sent, MSG_NOSIGNAL);
        if (sent <= 0)
            break;
        connection->out_sent += (size_t)sent;
    }
    bool done = connection->out_sent == connection->out.len;
    if (done)
        connection->out.len = connection->out_sent = 0;
    if (done == !(events & EPOLLOUT))
        return;
    struct epoll_event event = {.events = done ? EPOLLIN : EPOLLIN | EPOLLOUT, .data.fd = fd};
    epoll_ctl(poll_fd, EPOLL_CTL_MOD, fd, &event);
}

static char *make_text(size_t bytes)
{
    static const char sentence[] =
        "<p>The bridge over the river was opened again on Tuesday after engineers had checked "
        "its pillars, said Anna Keller, who leads the team of the Ministry of Transport.</p>\n";
    char *made = calloc(1, bytes + sizeof(sentence));
    for (size_t at = 0; made && at < bytes; at += sizeof(sentence) - 1)
        memcpy(made + at, sentence, sizeof(sentence) - 1);
    return made;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 64;
    feed_count = (unsigned)strtoul(argv[1], NULL, 10);
    rate = strtod(argv[2], NULL);
    items_per_answer = (unsigned)strtoul(argv[3], NULL, 10);
    text = make_text(strtoul(argv[4], NULL, 10));
    feeds = calloc(feed_count + 1, sizeof(*feeds));
    began_ns = wall_ns();
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (!feeds || !text || bind(listener, (struct sockaddr *)&address, len) || listen(listener, 1024) ||
        getsockname(listener, (struct sockaddr *)&address, &len)) {
        perror("bench_server");
        close(listener);
        return 1;
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct epoll_event events[256], event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, listener, &event);
    event.data.fd = STDIN_FILENO;
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    for (;;) {
        int count = epoll_wait(poll_fd, events, 256, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == STDIN_FILENO)
                return 0;
            if (events[i].data.fd == listener)
                accept_all(listener);
            else
                serve(events[i].data.fd, events[i].events);
        }
    }
}

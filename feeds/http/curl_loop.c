/* curl_loop: owns a multi handle, its timer and one event per socket. Loop thread only. Call order and traps:
 * libcurl 7.88's manual of curl_multi_socket_action and of the two callbacks, which never fail and never call
 * back into libcurl. */
#include "feeds/http/curl_loop.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stdlib.h>

/* One socket that libcurl watches. */
struct watch {
    struct watch *next, *previous;
    struct event *event;
};

enum { CURL_LOOP_MAGIC = 0x6375726c };

struct curl_loop {
    uint32_t magic;
    struct event_base *base;
    long connections_kept;
    struct curl_loop_calls calls;
    void *context;
    CURLM *multi; /* NULL: there was no memory for one; made before the next transfer */
    struct event *timer;
    struct watch *watches;
    bool acting; /* calls are being made */
    bool doomed; /* destroyed from one of them: freed when the last is through */
};

static void act(struct curl_loop *loop, curl_socket_t fd, int mask);

static void on_socket_ready(evutil_socket_t fd, short what, void *context)
{
    int mask = (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0);
    act(context, fd, mask);
}

static void on_timeout(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    act(context, CURL_SOCKET_TIMEOUT, 0);
}

static struct watch *watch_create(struct curl_loop *loop)
{
    struct watch *watch = calloc(1, sizeof(*watch));
    if (!watch)
        return NULL;
    watch->event = event_new(loop->base, -1, 0, on_socket_ready, loop);
    if (!watch->event) {
        free(watch);
        return NULL;
    }
    watch->next = loop->watches;
    if (watch->next)
        watch->next->previous = watch;
    loop->watches = watch;
    return watch;
}

static void watch_free(struct curl_loop *loop, struct watch *watch)
{
    if (watch->previous)
        watch->previous->next = watch->next;
    else
        loop->watches = watch->next;
    if (watch->next)
        watch->next->previous = watch->previous;
    event_free(watch->event); /* a descriptor that is closed already does no harm */
    free(watch);
}

static int on_socket_change(CURL *easy, curl_socket_t fd, int what, void *context, void *socket_context)
{
    (void)easy;
    struct curl_loop *loop = context;
    assert(loop->magic == CURL_LOOP_MAGIC);
    struct watch *watch = socket_context;
    if (what == CURL_POLL_REMOVE) {
        if (watch)
            watch_free(loop, watch);
        return 0;
    }
    if (!watch) {
        watch = watch_create(loop);
        if (!watch)
            return 0; /* without memory: the transfer runs into its time-out */
        curl_multi_assign(loop->multi, fd, watch);
    }
    short wanted =
        (short)(EV_PERSIST | (what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0));
    event_del(watch->event);
    event_assign(watch->event, loop->base, fd, wanted, on_socket_ready, loop);
    event_add(watch->event, NULL);
    return 0;
}

static int on_timer_change(CURLM *multi, long timeout_ms, void *context)
{
    (void)multi;
    struct curl_loop *loop = context;
    assert(loop->magic == CURL_LOOP_MAGIC);
    if (timeout_ms < 0) {
        evtimer_del(loop->timer);
        return 0;
    }
    struct timeval delay = {.tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000};
    evtimer_add(loop->timer, &delay); /* also for 0: libcurl must not be called from inside its callback */
    return 0;
}

static int multi_create(struct curl_loop *loop)
{
    loop->multi = curl_multi_init();
    if (!loop->multi)
        return -ENOMEM;
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, on_socket_change);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, on_timer_change);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, loop->connections_kept);
    return 0;
}

static void multi_free(struct curl_loop *loop)
{
    if (loop->multi)
        curl_multi_cleanup(loop->multi);
    loop->multi = NULL;
    while (loop->watches) /* those that a broken handle has not taken back */
        watch_free(loop, loop->watches);
    if (loop->timer)
        evtimer_del(loop->timer);
}

static void loop_free(struct curl_loop *loop)
{
    multi_free(loop);
    if (loop->timer)
        event_free(loop->timer);
    loop->magic = 0;
    free(loop);
}

static void collect(struct curl_loop *loop)
{
    CURLMsg *message;
    int left;
    /* All that is finished, not only what this socket brought. */
    while (!loop->doomed && loop->multi && (message = curl_multi_info_read(loop->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result; /* the message is gone once the handle is removed */
        CURL *easy = message->easy_handle;
        curl_multi_remove_handle(loop->multi, easy);
        loop->calls.ended(loop->context, easy, code);
    }
}

static void act(struct curl_loop *loop, curl_socket_t fd, int mask)
{
    int running;
    assert(loop->magic == CURL_LOOP_MAGIC && !loop->acting);
    loop->acting = true;
    CURLMcode code = curl_multi_socket_action(loop->multi, fd, mask, &running);
    if (code == CURLM_OK) {
        collect(loop);
    } else {
        multi_free(loop);
        (void)multi_create(loop); /* without memory: again before the next transfer */
        loop->calls.broken(loop->context);
    }
    loop->acting = false;
    if (loop->doomed)
        loop_free(loop);
}

struct curl_loop *curl_loop_create(struct event_base *base, long connections_kept,
                                   const struct curl_loop_calls *calls, void *context)
{
    struct curl_loop *loop = calloc(1, sizeof(*loop));
    if (!loop)
        return NULL;
    *loop = (struct curl_loop){.magic = CURL_LOOP_MAGIC,
                               .base = base,
                               .connections_kept = connections_kept,
                               .calls = *calls,
                               .context = context};
    loop->timer = evtimer_new(base, on_timeout, loop);
    if (!loop->timer || multi_create(loop)) {
        loop_free(loop);
        return NULL;
    }
    return loop;
}

void curl_loop_destroy(struct curl_loop **ret_loop)
{
    struct curl_loop *loop = *ret_loop;
    *ret_loop = NULL;
    if (!loop)
        return;
    assert(loop->magic == CURL_LOOP_MAGIC);
    if (loop->acting)
        loop->doomed = true;
    else
        loop_free(loop);
}

int curl_loop_add(struct curl_loop *loop, CURL *easy)
{
    if (!loop->multi && multi_create(loop))
        return -ENOMEM;
    return curl_multi_add_handle(loop->multi, easy) == CURLM_OK ? 0 : -ENOMEM;
}

void curl_loop_remove(struct curl_loop *loop, CURL *easy)
{
    if (loop->multi)
        curl_multi_remove_handle(loop->multi, easy);
}

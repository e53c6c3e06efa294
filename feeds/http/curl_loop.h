/* curl_loop: libcurl's multi-socket interface on a libevent loop. It knows nothing of requests and answers.
 * Loop thread only.
 *
 *     curl_loop_add(loop, easy)        ended() is called later, from the loop, when the transfer is over
 *     curl_loop_remove(loop, easy)     instead of that
 *
 * When libcurl reports an error of the multi handle itself, all its transfers are undefined (reliability B4):
 * it is made anew and broken() called once; no easy handle that was in it may be used again. */
#ifndef NEWSD_FEEDS_HTTP_CURL_LOOP_H
#define NEWSD_FEEDS_HTTP_CURL_LOOP_H

#include <curl/curl.h>

struct curl_loop;
struct event_base;

struct curl_loop_calls {
    void (*ended)(void *context, CURL *easy, CURLcode code); /* the handle is out of the loop already */
    void (*broken)(void *context);
};

/* NULL without memory. `connections_kept` bounds idle connections. */
struct curl_loop *curl_loop_create(struct event_base *base, long connections_kept,
                                   const struct curl_loop_calls *calls, void *context);
/* May be called from the two calls: no further one is then made. Sets *loop NULL; accepts NULL. */
void curl_loop_destroy(struct curl_loop **loop);
/* 0 or -ENOMEM. */
int curl_loop_add(struct curl_loop *loop, CURL *easy);
void curl_loop_remove(struct curl_loop *loop, CURL *easy);

#endif

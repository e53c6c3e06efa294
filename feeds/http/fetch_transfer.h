/* fetch_transfer: what the parts of the fetcher share: one transfer, its fetcher, and the calls between them.
 * Not for others: fetch.h is the interface.
 *
 *     fetch.c          the fetcher, its pool, beginning and end of each transfer
 *     fetch_request.c  what goes out
 *     fetch_receive.c  libcurl's callbacks: what comes in, and from where
 *     fetch_hop.c      from one request of a transfer to the next: redirects, a second try without decoding
 *     fetch_result.c   what the caller is told */
#ifndef NEWSD_FEEDS_HTTP_FETCH_TRANSFER_H
#define NEWSD_FEEDS_HTTP_FETCH_TRANSFER_H

#include <curl/curl.h>

#include "base/buffer.h"
#include "feeds/http/curl_loop.h"
#include "feeds/http/fetch.h"
#include "feeds/http/http_head.h"

enum {
    FETCH_RATIO_MAX = 100, /* of decoded to wire bytes; deflate's own limit is about 1 032 */
    FETCH_REQUEST_LINES = 4,
    FETCH_HOPS_SEEN = 32, /* addresses on the way that are remembered, to tell a circle from a long way */
};

struct fetch {
    struct fetcher *fetcher;
    struct fetch *next, *previous; /* running list, or pool (next only) */
    CURL *easy;
    struct curl_slist lines[FETCH_REQUEST_LINES]; /* the request's own headers, pointing into line_bytes */
    struct buffer line_bytes;
    fetch_done *done;
    void *context;
    struct buffer body;
    struct http_head head;
    int64_t body_bytes_max;
    int64_t body_bytes;
    enum fetch_error stopped; /* why the transfer was stopped, NONE when it was not */
    char stopped_text[FETCH_WORDS_BYTES];
    char *first_url, *url; /* as they are asked for: the request's, and the one after the redirects so far */
    unsigned hops;
    uint64_t seen[FETCH_HOPS_SEEN];       /* hashes of the addresses of the hops */
    int64_t deadline_ms;                  /* for the hops together */
    int64_t total_us, connect_us, tls_us; /* of the hops before this one */
    bool undecoded;                       /* asked for again without libcurl's decoders */
    bool ended_at_head;                   /* a callback stopped the transfer because all was there */
    bool address_refused, address_tried;  /* on the way to the last response */
    bool was_conditional;
    bool spoiled; /* its easy handle is not used again */
    char error_text[CURL_ERROR_SIZE];
};

enum { FETCHER_MAGIC = 0x66636872 };

struct fetcher {
    uint32_t magic;
    struct fetch_options options;
    char *user_agent, *ca_file;
    struct curl_loop *loop;
    struct fetch *running;
    struct fetch *pool;
    size_t in_flight, pooled;
    unsigned entered;      /* calls that are under way into callbacks */
    bool doomed;           /* destroyed; freed when the last of them is through */
    struct arena *scratch; /* for one URL at a time, reset after each use */
};

/* Notes why the transfer is at its end, for the result; 0, which libcurl's callbacks return to stop. */
size_t fetch_stop(struct fetch *fetch, enum fetch_error error, const char *text);

/* Sets what is the same for all requests of the fetcher; the guards of fetch.h are here. */
void fetch_equip(struct fetch *fetch);
/* Sets what this request asks for. 0 or -ENOMEM; an address that cannot be asked for stops the transfer
 * instead. */
int fetch_prepare(struct fetch *fetch, const struct fetch_request *request);

/* Sets libcurl's callbacks, with their limits. */
void fetch_receive(struct fetch *fetch);

/* A response has ended with `code`. True when the transfer goes on with another request; else it is over, its
 * faults noted by fetch_stop(). */
bool fetch_goes_on(struct fetch *fetch, CURLcode code);

/* Fills all of *result but what `cancelled` says. `headers` (HTTP_HEADERS_MAX of them) must outlive it. */
void fetch_tell(struct fetch *fetch, CURLcode code, struct http_header *headers, struct fetch_result *result);

#endif

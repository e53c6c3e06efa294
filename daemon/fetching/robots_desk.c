/* robots_desk: robots.txt by origin: who waits for it, and what it said. Loop thread only; owns the rules. */
#include "daemon/fetching/robots_desk.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "base/table.h"
#include "base/url.h"
#include "feeds/http/robots.h"

enum {
    KEEP_MS = 24 * 3600000,   /* RFC 9309, 2.4 */
    KEEP_FAILED_MS = 3600000, /* a server that fails is asked again after so long */
    ORIGINS_MAX = 20000,      /* rules of so many sites; the one known longest is forgotten first */
    ORIGIN_BYTES = 512,       /* scheme, host name (253) and port */
};

struct robots_origin {
    UT_hash_handle by_key;
    char key[ORIGIN_BYTES]; /* "https://news.example:8443" */
    struct robots_desk *desk;
    struct transfer transfer;
    struct robots *rules; /* NULL = never read */
    int64_t until_ms;     /* on the monotonic clock */
    bool asking;
    struct robots_question *questions;
};

enum { ROBOTS_DESK_MAGIC = 0x726f626f };

struct robots_desk {
    uint32_t magic;
    struct transfers *transfers;
    struct robots_origin *origins; /* hash, oldest first */
};

static const char accept_text[] = "text/plain, */*;q=0.1";

static enum robots_answer judge(const struct robots_origin *origin, const char *target)
{
    if (!origin->rules)
        return ROBOTS_UNREACHABLE;
    return robots_allows(origin->rules, str_from(target)) ? ROBOTS_ALLOWED : ROBOTS_FORBIDDEN;
}

static void question_answer(struct robots_question *question, enum robots_answer answer)
{
    free(question->target);
    question->target = NULL;
    question->origin = NULL;
    question->answered(question, answer);
}

static void origin_answer(struct robots_origin *origin, bool cancelled)
{
    assert(origin->asking);
    struct robots_question *question = origin->questions;
    origin->questions = NULL;
    origin->asking = false;
    while (question) {
        struct robots_question *next = question->next;
        assert(question->origin == origin && question->target);
        question_answer(question, cancelled ? ROBOTS_CANCELLED : judge(origin, question->target));
        question = next;
    }
}

/* ---- Asking the site ---- */

static bool is_unavailable(const struct http_answer *answer)
{
    bool missing = answer->status >= 400 && answer->status < 500 && answer->status != 429;
    return missing || fetch_error_is_redirect(answer->error);
}

static void learn(struct robots_origin *origin, const struct http_answer *answer)
{
    bool whole = answer->error == FETCH_ERROR_NONE || answer->error == FETCH_ERROR_TOO_LARGE;
    struct robots *rules = NULL;
    if (whole && answer->status >= 200 && answer->status < 300)
        rules = robots_parse(answer->body, STR("newsd"));
    else if (is_unavailable(answer))
        rules = robots_parse(STR_NONE, STR("newsd"));
    origin->until_ms = clock_monotonic_ms() + (rules ? KEEP_MS : KEEP_FAILED_MS);
    if (!rules)
        return;
    robots_free(&origin->rules);
    origin->rules = rules;
}

static struct robots_origin *origin_of(struct transfer *transfer)
{
    return container_of(transfer, struct robots_origin, transfer);
}

static bool prepare(struct transfer *transfer, struct fetch_request *request)
{
    (void)transfer;
    request->accept = accept_text;
    request->body_bytes_max = ROBOTS_BYTES_MAX;
    return true;
}

static void on_robots(struct transfer *transfer, struct fetch_result *result)
{
    struct robots_origin *origin = origin_of(transfer);
    if (!result)
        origin->until_ms = clock_monotonic_ms() + KEEP_FAILED_MS;
    else if (!result->cancelled)
        learn(origin, &result->answer);
    origin_answer(origin, result && result->cancelled);
}

static void origin_ask(struct robots_origin *origin)
{
    assert(!origin->asking && origin->questions);
    char url[ORIGIN_BYTES + sizeof("/robots.txt")];
    (void)snprintf(url, sizeof(url), "%s/robots.txt", origin->key);
    origin->asking = true;
    origin->transfer.prepare = prepare;
    origin->transfer.done = on_robots;
    transfers_fetch(origin->desk->transfers, &origin->transfer, url);
}

/* ---- Origins ---- */

static void origin_free(struct robots_origin *origin)
{
    assert(!origin->questions); /* who waits would never hear of it */
    HASH_DELETE(by_key, origin->desk->origins, origin);
    robots_free(&origin->rules);
    free(origin);
}

static void forget_oldest(struct robots_desk *desk)
{
    struct robots_origin *origin, *next;
    HASH_ITER(by_key, desk->origins, origin, next)
    {
        if (!origin->asking) {
            origin_free(origin);
            return;
        }
    }
}

static struct robots_origin *origin_find(struct robots_desk *desk, const char *url, struct str host)
{
    char key[ORIGIN_BYTES];
    struct robots_origin *origin;
    bool secure = str_starts_nocase(str_from(url), STR("https:"));
    int len = snprintf(key, sizeof(key), "%s://%.*s", secure ? "https" : "http", STR_ARG(host));
    if (len < 0 || (size_t)len >= sizeof(key))
        return NULL;
    HASH_FIND(by_key, desk->origins, key, (size_t)len, origin);
    if (origin)
        return origin;
    if (HASH_CNT(by_key, desk->origins) >= ORIGINS_MAX)
        forget_oldest(desk);
    origin = calloc(1, sizeof(*origin));
    if (!origin)
        return NULL;
    origin->desk = desk;
    memcpy(origin->key, key, (size_t)len + 1);
    HASH_ADD(by_key, desk->origins, key, (size_t)len, origin);
    if (TABLE_HAS(by_key, origin))
        return origin;
    free(origin);
    return NULL;
}

/* Path and query of an absolute URL, as they are sent. */
static char *target_of(const char *url)
{
    const char *at = strstr(url, "://");
    at = at ? at + 3 : url;
    at += strcspn(at, "/?#");
    size_t len = strcspn(at, "#");
    char *target = malloc(len + 2);
    if (!target)
        return NULL;
    size_t slash = *at == '/' ? 0 : 1;
    target[0] = '/';
    memcpy(target + slash, at, len);
    target[slash + len] = '\0';
    return target;
}

/* ---- Questions ---- */

void robots_ask(struct robots_desk *desk, const char *url, struct robots_question *question)
{
    assert(question->answered && !question->target);
    struct arena *arena = arena_create(64 * 1024);
    struct str host = arena ? url_host(arena, str_from(url)) : STR_NONE;
    struct robots_origin *origin = host.ptr ? origin_find(desk, url, host) : NULL;
    question->origin = NULL;
    question->target = origin ? target_of(url) : NULL;
    if (!question->target) {
        question_answer(question, ROBOTS_UNREACHABLE);
    } else if (!origin->asking && clock_monotonic_ms() < origin->until_ms) {
        question_answer(question, judge(origin, question->target));
    } else {
        question->origin = origin;
        question->next = origin->questions;
        origin->questions = question;
        if (!origin->asking)
            origin_ask(origin);
    }
    arena_destroy(&arena);
}

void robots_take_back(struct robots_question *question)
{
    if (!question->origin)
        return;
    struct robots_question **at = &question->origin->questions;
    while (*at != question) {
        assert(*at); /* a question with an origin is in its list */
        at = &(*at)->next;
    }
    *at = question->next;
    question->origin = NULL;
    free(question->target);
    question->target = NULL;
}

struct robots_desk *robots_desk_create(struct transfers *transfers)
{
    struct robots_desk *desk = calloc(1, sizeof(*desk));
    if (!desk)
        return NULL;
    desk->magic = ROBOTS_DESK_MAGIC;
    desk->transfers = transfers;
    return desk;
}

void robots_desk_destroy(struct robots_desk **desk)
{
    struct robots_origin *origin, *next;
    if (!*desk)
        return;
    assert((*desk)->magic == ROBOTS_DESK_MAGIC);
    HASH_ITER(by_key, (*desk)->origins, origin, next)
    {
        transfers_cancel((*desk)->transfers, &origin->transfer);
        origin_free(origin);
    }
    (*desk)->magic = 0;
    free(*desk);
    *desk = NULL;
}

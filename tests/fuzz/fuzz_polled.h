/* fuzz_polled: a body on the daemon's way from the answer to a poll, or a hub's delivery, to what the store
 * takes; and what must hold of it. */
#ifndef NEWSD_TESTS_FUZZ_FUZZ_POLLED_H
#define NEWSD_TESTS_FUZZ_FUZZ_POLLED_H

#include "fuzz/fuzz_check.h"

#include <errno.h>
#include <jansson.h>

#include "base/url.h"
#include "base/utf8.h"
#include "daemon/polling/poll_document.h"

enum { FUZZ_NOW_MS_DAY = 86400000 };
static const int64_t fuzz_now_ms = 1700000000000;

static inline void fuzz_check_item(const struct store_item *item)
{
    const struct entry_candidate *candidate = &item->candidate;
    CHECK(utf8_valid(item->payload));
    json_t *root =
        json_loadb(item->payload.ptr, item->payload.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    CHECK(root && json_is_object(json_object_get(root, "entry")) &&
          json_is_object(json_object_get(root, "feed")));
    json_decref(root);
    CHECK(candidate->key.len > 0 && utf8_valid(candidate->key));
    CHECK(!candidate->link.ptr || url_scheme(candidate->link).ptr);
    CHECK(strlen(candidate->article_id) == ARTICLE_ID_BYTES - 1);
    CHECK(candidate->published_ms <= fuzz_now_ms + FUZZ_NOW_MS_DAY);
}

static inline int fuzz_compare_keys(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/* No two items are the same entry to the store: one would be taken for a revision of the other. */
static inline void fuzz_check_keys(const struct poll_document *document)
{
    uint64_t *keys = calloc(document->item_count + 1, sizeof(*keys));
    CHECK(keys);
    for (size_t i = 0; i < document->item_count; i++)
        keys[i] = document->items[i].candidate.key_hash;
    qsort(keys, document->item_count, sizeof(*keys), fuzz_compare_keys);
    for (size_t i = 1; i < document->item_count; i++)
        CHECK(keys[i] != keys[i - 1]);
    free(keys);
}

static inline void fuzz_check_links(const struct websub_links *links)
{
    CHECK(links->hub_count <= WEBSUB_HUBS_MAX && links->topic.len > 0);
    CHECK(url_is_http(links->topic));
    for (size_t i = 0; i < links->hub_count; i++)
        CHECK(url_is_http(links->hubs[i]) && links->hubs[i].len <= WEBSUB_URL_BYTES_MAX);
}

/* Reads `body` with these headers as a poll does; what was read is in the arena. */
static inline struct poll_document fuzz_polled(struct arena *arena, struct str body,
                                               const struct http_header *headers, size_t header_count,
                                               size_t entries_max)
{
    struct http_answer answer = {
        .status = 200, .headers = headers, .header_count = header_count, .body = body};
    struct poll_document document = {.body = body,
                                     .answer = &answer,
                                     .feed_url = "http://a.example/dir/feed",
                                     .poll_url = "http://a.example/dir/feed",
                                     .entries_max = entries_max,
                                     .now_ms = fuzz_now_ms,
                                     .want_links = true};
    int error = poll_document_read(arena, &document);
    CHECK(error == 0 || error == -ENOMEM);
    document.answer = NULL;
    if (error || document.findings.parse_error != FETCH_ERROR_NONE) {
        CHECK(document.item_count == 0);
        return document;
    }
    for (size_t i = 0; i < document.item_count; i++)
        fuzz_check_item(&document.items[i]);
    fuzz_check_keys(&document);
    fuzz_check_links(&document.links);
    CHECK(document.findings.oldest_ms <= document.findings.newest_ms);
    CHECK(document.findings.newest_ms <= fuzz_now_ms + FUZZ_NOW_MS_DAY);
    return document;
}

#endif

/* follow: picks the documents that continue another one. */
#include "feeds/poll/follow.h"

#include <errno.h>
#include <stdlib.h>

#include "base/url.h"

enum {
    NEWS_MS = 2 * 86400000,
    CLOCK_MS = 3600000, /* a sitemap may be stamped before it is served, by another clock */
};

struct str follow_older(const struct feed_document *document, struct str url)
{
    const struct feed_meta *feed = &document->feed;
    struct str older = feed->archive.len ? feed->archive : feed->next;
    return url_is_http(older) && !str_equal(older, url) ? older : STR_NONE;
}

/* "www.news.example" and "news.example" are one site, as are a host and those below it. */
static bool is_same_site(struct str host, struct str other)
{
    static const struct str www = {"www.", 4};
    if (str_starts(host, www))
        host = str_slice(host, www.len, host.len);
    if (str_starts(other, www))
        other = str_slice(other, www.len, other.len);
    if (str_equal(host, other))
        return true;
    return other.len > host.len && str_ends(other, host) && other.ptr[other.len - host.len - 1] == '.';
}

struct sitemap {
    struct str url;
    int64_t modified_ms; /* INT64_MAX = not stated: it may be the newest */
    size_t place;
};

static int newest_first(const void *a, const void *b)
{
    const struct sitemap *one = a, *two = b;
    if (one->modified_ms != two->modified_ms)
        return one->modified_ms < two->modified_ms ? 1 : -1;
    return one->place < two->place ? -1 : 1;
}

/* A lastmod that states the day only may be as late as its end. */
static int64_t latest_ms(const struct feed_time *time)
{
    switch (time->precision) {
    case TIME_NONE:
        return INT64_MAX;
    case TIME_YEAR:
        return time->ms + 366LL * 86400000;
    case TIME_MONTH:
        return time->ms + 31LL * 86400000;
    case TIME_DAY:
        return time->ms + 86400000;
    default:
        return time->ms;
    }
}

int follow_sitemaps(struct arena *arena, const struct feed_document *index, struct str url, int64_t since_ms,
                    int64_t now_ms, struct follow_urls *ret_urls)
{
    struct str site = url_host(arena, url);
    struct sitemap *all = arena_new_array(arena, struct sitemap, index->entries.count + 1);
    size_t count = 0;
    *ret_urls = (struct follow_urls){0};
    if (!all || !site.ptr)
        return -ENOMEM;
    int64_t after_ms = since_ms > 0 ? since_ms - CLOCK_MS : now_ms - NEWS_MS;
    for (size_t i = 0; i < index->entries.count; i++) {
        const struct feed_entry *entry = index->entries.items[i];
        struct str host = url_is_http(entry->link) ? url_host(arena, entry->link) : STR_NONE;
        int64_t modified_ms = latest_ms(&entry->dates.updated);
        if (host.ptr && is_same_site(site, host) && modified_ms >= after_ms && !str_equal(entry->link, url))
            all[count++] = (struct sitemap){entry->link, modified_ms, i};
    }
    if (arena_exhausted(arena))
        return -ENOMEM;
    qsort(all, count, sizeof(*all), newest_first);
    for (size_t i = 0; i < count && i < FOLLOW_SITEMAPS_MAX; i++)
        ret_urls->items[ret_urls->count++] = url_with_credentials_of(arena, all[i].url, url);
    return arena_exhausted(arena) ? -ENOMEM : 0;
}

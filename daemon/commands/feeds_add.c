/* feeds_add: one request for a feed, one more for each usual place when a page names none
 * (feeds.md 3.6, S9). */
#include "daemon/commands/feeds_add.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/url.h"
#include "daemon/commands/fetch.h"
#include "base/charset.h"
#include "feeds/html/discover.h"

struct answer {
    struct buffer body;
    struct feed_header *headers;
    size_t header_count;
    char *final_url;
};

static void answer_done(struct answer *answer)
{
    buffer_done(&answer->body);
    free(answer->headers);
    free(answer->final_url);
    *answer = (struct answer){0};
}

static struct str content_type(const struct answer *answer)
{
    for (size_t i = 0; i < answer->header_count; i++)
        if (str_equal_nocase(answer->headers[i].name, STR("content-type")))
            return answer->headers[i].value;
    return STR_NONE;
}

/* 1 = a feed is there (its title is printed), 0 = something else, negative = not fetched. */
static int look(struct arena *arena, const char *url, struct answer *answer, struct error *error)
{
    struct feed_document *document;
    struct error words = {0};
    int failure = command_fetch_url(url, &answer->body, &answer->headers, &answer->header_count,
                                    &answer->final_url, error);
    if (failure)
        return failure;
    struct feed_parse_options options = {
        .url = str_from(answer->final_url), .headers = answer->headers, .header_count = answer->header_count};
    if (feed_parse(arena, buffer_str(&answer->body), &options, &document, &words))
        return 0;
    printf("%s: %s, %zu entries%s%.*s\n", url, feed_format_name(document->format), document->entries.count,
           document->feed.title.value.len ? ": " : "", STR_ARG(document->feed.title.value));
    return 1;
}

static bool is_feed(struct arena *arena, struct str url)
{
    struct answer answer = {0};
    struct error error = {0};
    char *text = arena_copy(arena, url.ptr, url.len);
    bool found = text && look(arena, text, &answer, &error) == 1;
    answer_done(&answer);
    return found;
}

static struct str at_usual_place(struct arena *arena, struct str page)
{
    for (const char *const *path = discover_usual_paths; *path; path++) {
        struct str url = url_resolve(arena, page, str_from(*path));
        if (is_feed(arena, url))
            return url;
    }
    return STR_NONE;
}

static struct str named_by_page(struct arena *arena, const struct answer *answer)
{
    struct charset_result page;
    struct discovered_feed *feeds;
    size_t count = 0, chosen = 0;
    if (charset_to_utf8(arena, buffer_str(&answer->body), content_type(answer), &page) ||
        discover_feeds(arena, page.text, str_from(answer->final_url), &feeds, &count))
        return STR_NONE;
    while (chosen < count && !is_feed(arena, feeds[chosen].url))
        chosen++;
    for (size_t i = 0; i < count && chosen < count; i++)
        if (i != chosen)
            printf("also named there: %.*s %.*s\n", STR_ARG(feeds[i].url), STR_ARG(feeds[i].title));
    return chosen < count ? feeds[chosen].url : STR_NONE;
}

int command_feeds_find(struct arena *arena, const char *url, struct str *ret_url, struct error *error)
{
    struct answer answer = {0};
    int found = look(arena, url, &answer, error);
    *ret_url = str_from(url);
    if (found == 0) {
        *ret_url = named_by_page(arena, &answer);
        if (!ret_url->ptr)
            *ret_url = at_usual_place(arena, str_from(answer.final_url));
    }
    int failure = found < 0 ? found
                  : ret_url->ptr
                      ? 0
                      : error_set(error, ERR_NOT_A_FEED, "no feed is there, and none is named there");
    answer_done(&answer);
    return failure;
}

/* poll_document: parses one polled body and makes the intake's payloads. Runs on a worker; owns nothing. */
#include "daemon/polling/poll_document.h"
#include "daemon/store/store_poll.h"

#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/url.h"
#include "feeds/parse/feed_json.h"
#include "processors/intake_payload.h"

static enum fetch_error error_of(int error, const char *words)
{
    switch (error) {
    case ERR_EMPTY:
        return FETCH_ERROR_EMPTY;
    case ERR_LIMIT:
        return FETCH_ERROR_BOMB;
    case ERR_MALFORMED:
        return FETCH_ERROR_MALFORMED;
    case ERR_NOT_A_FEED:
        return str_starts(str_from(words), STR("HTML")) ? FETCH_ERROR_HTML : FETCH_ERROR_NOT_A_FEED;
    case -ENOMEM:
        return FETCH_ERROR_TOO_LARGE; /* the document does not fit the arena's cap */
    default:
        return FETCH_ERROR_INTERNAL;
    }
}

/* The feed's side of a payload, the same for every entry of the document: made once. */
static int feed_object(const struct poll_document *document, const struct feed_document *feed,
                       struct arena *arena, struct buffer *out)
{
    char id[17];
    feed_state_id(document->feed_url, id);
    struct intake_feed object = {
        .id = str_from(id),
        .url = url_without_credentials(arena, str_from(document->feed_url)),
        .title = feed->feed.title.value,
        .link = feed->feed.link,
        .language = feed->feed.language,
        .rights = feed->feed.rights.value,
        .publisher = feed->feed.publisher.name,
    };
    return intake_payload_feed(out, &object);
}

static void write_entry(struct json_writer *json, const void *entry)
{
    feed_json_entry(json, entry);
}

static int payload(struct arena *arena, struct buffer *scratch, struct str feed,
                   const struct entry_candidate *candidate, int64_t now_ms, struct str *ret_payload)
{
    struct intake_payload item = {.feed = feed,
                                  .write_entry = write_entry,
                                  .entry = candidate->entry,
                                  .entry_id = candidate->key,
                                  .url = candidate->link, /* identity's choice among the entry's addresses */
                                  .fetched_ms = now_ms};
    buffer_clear(scratch);
    int error = intake_payload_write(scratch, &item);
    if (error)
        return error;
    *ret_payload = arena_str(arena, buffer_str(scratch));
    return ret_payload->ptr ? 0 : -ENOMEM;
}

static void note_dates(const struct entry_candidate *candidates, size_t count, struct poll_findings *findings)
{
    for (size_t i = 0; i < count; i++) {
        int64_t published = candidates[i].published_ms;
        if (!published)
            continue;
        if (!findings->oldest_ms || published < findings->oldest_ms)
            findings->oldest_ms = published;
        if (published > findings->newest_ms)
            findings->newest_ms = published;
    }
}

static void note_feed(const struct feed_document *feed, struct poll_findings *findings)
{
    int64_t hint =
        feed->feed.ttl_s > feed->feed.update_interval_s ? feed->feed.ttl_s : feed->feed.update_interval_s;
    findings->ttl_s = hint > 0 ? (int32_t)(hint > INT32_MAX ? INT32_MAX : hint) : 0;
    findings->skip_hours = feed->feed.skip_hours;
    findings->skip_days = feed->feed.skip_days;
    findings->moved_to = feed->feed.moved_to;
    findings->title = feed->feed.title.value;
    findings->truncated = feed->truncated;
}

static int items_make(struct arena *arena, struct poll_document *document, const struct feed_document *feed)
{
    struct entry_candidate *candidates;
    size_t count;
    int error =
        identity_candidates(arena, feed, str_from(document->feed_url), document->now_ms, &candidates, &count);
    if (error)
        return error;
    note_dates(candidates, count, &document->findings);
    document->items = arena_new_array(arena, struct store_item, count + 1);
    if (!document->items)
        return -ENOMEM;
    _cleanup_buffer_ struct buffer object = {0}, scratch = {0};
    error = feed_object(document, feed, arena, &object);
    for (size_t i = 0; i < count && !error; i++) {
        struct store_item *item = &document->items[document->item_count];
        error =
            payload(arena, &scratch, buffer_str(&object), &candidates[i], document->now_ms, &item->payload);
        item->candidate = candidates[i];
        item->candidate.entry = NULL;
        document->item_count++;
    }
    return error;
}

int poll_document_read(struct arena *arena, struct poll_document *document)
{
    const struct http_answer *answer = document->answer;
    struct feed_header *headers = arena_new_array(arena, struct feed_header, answer->header_count + 1);
    if (!headers)
        return -ENOMEM;
    for (size_t i = 0; i < answer->header_count; i++)
        headers[i] = (struct feed_header){answer->headers[i].name, answer->headers[i].value};
    struct feed_parse_options options = {
        .url = str_from(answer->final_url ? answer->final_url : document->poll_url),
        .headers = headers,
        .header_count = answer->header_count,
        .entries_max = document->entries_max,
    };
    struct feed_document *feed;
    struct error words = {0};
    int error = feed_parse(arena, document->body, &options, &feed, &words);
    if (!error) {
        note_feed(feed, &document->findings);
        document->complete = feed->feed.complete;
        document->limit_hit = feed->limit_hit;
        document->older = follow_older(feed, options.url);
        if (feed->format == FEED_SITEMAP_INDEX)
            error = follow_sitemaps(arena, feed, options.url, document->since_ms, document->now_ms,
                                    &document->sitemaps);
        else
            error = items_make(arena, document, feed);
        if (!error && document->want_links)
            error = websub_discover(arena, &options, feed, &document->links);
    }
    if (error) {
        document->findings.parse_error = error_of(error, words.text);
        document->item_count = 0;
        (void)snprintf(document->words, sizeof(document->words), "%.255s",
                       words.text); /* cut off is fine for a log */
    }
    return 0;
}

/* record: finished records as newsd hands them to Kafka: key, CloudEvents headers, JSON value.
 *
 * Headers follow the CloudEvents 1.0.2 Kafka protocol binding, binary content mode. `ce_id` is
 * deterministic: the same item and revision give the same id, whoever makes it and however often. */
#ifndef NEWSD_PROCESSORS_RECORD_RECORD_H
#define NEWSD_PROCESSORS_RECORD_RECORD_H

#include "processors/article.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/must_use.h"
#include "base/str.h"

enum record_topic {
    TOPIC_ARTICLES,
    TOPIC_EVENTS,
    TOPIC_STATEMENTS,
    TOPIC_STORIES,
    TOPIC_FEEDS,
    TOPIC_REJECTS,
    TOPIC_COUNT
};

/* "articles", "events", ... */
const char *record_topic_name(enum record_topic topic);

struct record_header {
    const char *name;
    struct str value;
};

enum { RECORD_HEADERS_MAX = 12, RECORD_ID_BYTES = 33 };

struct record {
    enum record_topic topic;
    struct str key;
    char id[RECORD_ID_BYTES]; /* ce_id */
    struct record_header headers[RECORD_HEADERS_MAX];
    size_t header_count;
    struct str value; /* JSON */
};

struct record_list {
    struct record *items;
    size_t count, capacity;
};

/* All records of a finished article, in the order in which they are to be sent (the article first).
 * `recorded_ms` is now. 0, -ENOMEM, ERR_RECORD. */
_must_use_ int record_article(struct arena *arena, const struct article *article, int64_t recorded_ms,
                              struct record_list *ret_records, struct error *error);

/* The value of the news.articles record alone (`newsd extract`); pretty for people. 0 or as above. */
_must_use_ int record_article_value(struct arena *arena, const struct article *article, bool pretty,
                                    struct str *ret_value, struct error *error);

/* A status of a feed for news.feeds. */
struct feed_status_report {
    struct str feed_id, feed_url, moved_to, title;
    const char *status;        /* ok, failing, silent, moved, gone, recovered, removed */
    const char *status_before; /* NULL = none */
    const char *error;         /* fetch_error_name, NULL = none */
    struct str error_text;     /* for people, absent = none */
    int http_status;           /* 0 = none */
    int64_t since_ms, last_success_ms, last_new_ms, next_poll_ms; /* 0 = never / none */
    uint32_t failures_in_row;
    int32_t interval_s;
    int64_t now_ms;
};
_must_use_ int record_feed_status(struct arena *arena, const struct feed_status_report *report,
                                  struct record *ret_record, struct error *error);

/* A dead letter for news.rejects: the intake entry with stage and error. */
struct reject_report {
    struct str article_id;
    uint32_t revision; /* 0 = not known, as are then kind and backfill */
    enum article_kind kind;
    bool backfill;
    struct str payload; /* the intake payload (JSON), or absent when it was unreadable */
    const char *stage;  /* "intake", "stages", "records", "publish" */
    const char *reason; /* short stable name: "poison", "too-large", "unreadable", ... */
    struct str error_text;
    uint32_t attempts;
    int64_t now_ms, first_seen_ms;
};
_must_use_ int record_reject(struct arena *arena, const struct reject_report *report,
                             struct record *ret_record, struct error *error);

/* CloudEvents structured content mode: envelope and value as one JSON object, to be sent under the content
 * type RECORD_STRUCTURED_TYPE in place of the record's own. The ce_ headers may stay beside it: the binding
 * allows that, and newsd finds its own records again by them. 0, -ENOMEM, ERR_RECORD for a record without
 * envelope. */
#define RECORD_STRUCTURED_TYPE "application/cloudevents+json; charset=UTF-8"
_must_use_ int record_structured(struct arena *arena, const struct record *record, struct str *ret_value);

/* All of a record's headers as one JSON object of strings: the form in which the outbox keeps them; and back.
 * Names of parsed headers live in the arena. */
_must_use_ int record_headers_encode(struct arena *arena, const struct record *record, struct str *ret_json);
_must_use_ int record_headers_decode(struct arena *arena, struct str json, struct record_header *ret_headers,
                                     size_t *ret_count);

#endif

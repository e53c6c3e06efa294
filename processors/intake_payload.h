/* intake_payload: writes the stored form of an item, which intake.h reads: for an entry of a feed, and for an
 * article of which less is known. Any thread. */
#ifndef NEWSD_PROCESSORS_INTAKE_PAYLOAD_H
#define NEWSD_PROCESSORS_INTAKE_PAYLOAD_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_writer.h"
#include "base/must_use.h"

/* Absent fields are left out. */
struct intake_feed {
    struct str id, url, title, link, language, rights, publisher;
};

/* Of an article that comes from no feed, or is taken back. */
struct intake_entry {
    struct str id, title, link, published;
    struct str content;
    bool content_is_html;
};

struct intake_payload {
    struct str feed; /* made by intake_payload_feed(): the same for all entries of a document */
    void (*write_entry)(struct json_writer *json, const void *entry);
    const void *entry;   /* for write_entry */
    struct str entry_id; /* the key under which the entry is known */
    struct str url;      /* chosen among the entry's addresses; absent = its link */
    struct str fetched;  /* RFC 3339; absent = fetched_ms */
    int64_t fetched_ms;
};

/* Appends the feed's object. 0, -ENOMEM, or what json_writer_finish() says of text that is not UTF-8. */
_must_use_ int intake_payload_feed(struct buffer *out, const struct intake_feed *feed);

/* For write_entry, with a struct intake_entry. */
void intake_payload_entry(struct json_writer *json, const void *entry);

/* Appends the payload. As intake_payload_feed(). */
_must_use_ int intake_payload_write(struct buffer *out, const struct intake_payload *payload);

/* Both, for one entry, into the arena; completes *payload. As intake_payload_feed(). */
_must_use_ int intake_payload_plain(struct arena *arena, const struct intake_feed *feed,
                                    const struct intake_entry *entry, struct intake_payload *payload,
                                    struct str *ret_payload);

#endif

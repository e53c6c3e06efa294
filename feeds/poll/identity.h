/* identity: which entries of a document are new, which are revisions, which are known (feeds.md 3.7).
 *
 *     identity_candidates(arena, document, feed_url, &candidates, &count);         on a worker
 *     for each candidate: look the seen entries up by key_hash, else by link_hash and twin_hash  in the store
 *         identity_decide(candidate, &known, &before);
 *
 * Pure rules, no I/O. */
#ifndef NEWSD_FEEDS_POLL_IDENTITY_H
#define NEWSD_FEEDS_POLL_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "feeds/parse/document.h"

enum { ARTICLE_ID_BYTES = 33 }; /* 32 hexadecimal digits and NUL */

struct entry_candidate {
    uint64_t key_hash;     /* of the entry's identity within its feed */
    uint64_t link_hash;    /* of the link's identity form, 0 = no link, or one shared by several entries */
    uint64_t title_hash;   /* of the folded title, 0 = none */
    uint64_t content_hash; /* of what a reader would call the content; volatile parts left out (rule 4) */
    uint64_t twin_hash;    /* number, date and text (twin.h); 0 = not enough, or shared by several entries */
    char article_id[ARTICLE_ID_BYTES]; /* deterministic; by link where that is unique, else by feed and key */
    char article_id_by_key[ARTICLE_ID_BYTES]; /* by feed and key: for a new entry whose link this very feed
                                                 has used for another article already */
    struct str key;       /* the identity itself, for the record: id, link, or "hash:..." */
    struct str link;      /* absolute, or absent */
    struct str title;     /* plain, for the log */
    int64_t published_ms; /* 0 = unknown; never later than a day from now (rule 8) */
    bool deleted;         /* the feed itself withdraws it */
    bool has_full_text;   /* the feed seems to carry the whole text: no page needed in policy auto */
    const struct feed_entry *entry;
};

/* What the store remembers of an entry of one feed. */
struct seen_entry {
    uint64_t key_hash, link_hash, title_hash;
    uint64_t content_hash;  /* 0 = taken by an older version's rules: unknown */
    uint64_t previous_hash; /* content before the last revision, 0 = none */
    uint64_t twin_hash;
    char article_id[ARTICLE_ID_BYTES];
    bool withdrawn;
    uint16_t swings;     /* revisions in a row that went back to the content before */
    int32_t revised_day; /* of the last revision, days since 1970 */
};

/* What the store knows that may be the candidate: by its key, else under another key by its link or its twin
 * hash. NULL = nothing; present: that other key is in this document as well. */
struct identity_known {
    const struct seen_entry *by_key, *by_link, *by_twin;
    bool link_key_present, twin_key_present;
    int32_t today;
};

enum entry_verdict {
    ENTRY_NEW,     /* never seen in this feed */
    ENTRY_KNOWN,   /* seen, unchanged */
    ENTRY_REVISED, /* seen, content changed */
    ENTRY_BRAKED,  /* seen, back at the content before once more: left for another day */
    ENTRY_RENAMED, /* the same entry under a new id (rule 3), content unchanged */
    ENTRY_RENAMED_REVISED,
    ENTRY_WITHDRAWN, /* the feed takes it back */
};

/* Candidates in document order, one per entry; the ladder of rule 1 and rule 2's handling of ids used twice.
 * 0 or -ENOMEM. */
int identity_candidates(struct arena *arena, const struct feed_document *document, struct str feed_url,
                        int64_t now_ms, struct entry_candidate **ret_candidates, size_t *ret_count);

/* What the store has to remember of a candidate once it is decided: fills *ret_seen with its hashes and the
 * id. */
void identity_seen(const struct entry_candidate *candidate, struct seen_entry *ret_seen);

/* The same for a revision of `before`, whose article it stays. */
void identity_revised(const struct entry_candidate *candidate, const struct seen_entry *before, int32_t today,
                      struct seen_entry *ret_seen);

/* ENTRY_NEW with by_key given means a reused id: the mark of the old entry is overwritten. ENTRY_RENAMED and
 * ENTRY_RENAMED_REVISED: *ret_before is the one of by_link and by_twin that it was; otherwise it is by_key.
 */
enum entry_verdict identity_decide(const struct entry_candidate *candidate,
                                   const struct identity_known *known, const struct seen_entry **ret_before);

#endif

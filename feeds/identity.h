/* identity: which entries of a document are new, which are revisions, which are known (feeds.md 3.7).
 *
 *     identity_candidates(arena, document, feed_url, &candidates, &count);         on a worker
 *     for each candidate: look the seen entries up by key_hash, else by link_hash  in the store
 *         identity_decide(candidate, by_key, by_link, &decision);
 *
 * Pure rules, no I/O. */
#ifndef NEWSD_FEEDS_IDENTITY_H
#define NEWSD_FEEDS_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "document.h"

enum { ARTICLE_ID_BYTES = 33 }; /* 32 hexadecimal digits and NUL */

struct entry_candidate {
    uint64_t key_hash;     /* of the entry's identity within its feed */
    uint64_t link_hash;    /* of the link's identity form, 0 = no link, or one shared by several entries */
    uint64_t title_hash;   /* of the folded title, 0 = none */
    uint64_t content_hash; /* of what a reader would call the content; volatile parts left out (rule 4) */
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
    uint64_t key_hash, link_hash, title_hash, content_hash;
    char article_id[ARTICLE_ID_BYTES];
    bool withdrawn;
    bool in_last_document; /* was in the document before this one */
};

enum entry_verdict {
    ENTRY_NEW,     /* never seen in this feed */
    ENTRY_KNOWN,   /* seen, unchanged */
    ENTRY_REVISED, /* seen, content changed */
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

/* ENTRY_NEW with by_key given means a reused id: the mark of the old entry is overwritten.
 * by_key: the seen entry with the candidate's key_hash or NULL; by_link: one with its link_hash (another key)
 * or NULL; key_of_link_present: that other key is in this document as well. */
enum entry_verdict identity_decide(const struct entry_candidate *candidate, const struct seen_entry *by_key,
                                   const struct seen_entry *by_link, bool key_of_link_present);

#endif

/* store_marks: the rows that a poll reads and writes for each entry: its mark in the feed, its article, and
 * who speaks for it. The store's thread; included by the store's files only. */
#ifndef NEWSD_DAEMON_STORE_STORE_MARKS_H
#define NEWSD_DAEMON_STORE_STORE_MARKS_H

#include "base/must_use.h"
#include "daemon/store/store_private.h"
#include "daemon/store/store_poll.h"

enum { DAY_MS = 86400000 };

/* Looks one mark of the feed up by SEEN_BY_KEY, _LINK or _TWIN. *ret_day: when the entry was last there. */
_must_use_ int seen_read(struct store *store, enum statement_id which, int64_t feed, uint64_t hash,
                         struct seen_entry *ret_seen, int64_t *ret_day, bool *ret_found);
_must_use_ int seen_write(struct store *store, int64_t feed, const struct seen_entry *seen, int64_t now_ms);
/* Statements with (feed, key) as their last parameters, behind `value` if they have one. */
_must_use_ int seen_step(struct store *store, enum statement_id which, int64_t value, bool has_value,
                         int64_t feed, uint64_t key);

struct article_row {
    bool found;
    int64_t owner, created;
    uint64_t mark, content;
    uint32_t revision;
    struct str url, title; /* in the arena */
};

_must_use_ int article_find(struct store *store, struct arena *arena, const char *id,
                            struct article_row *ret_row);
_must_use_ int article_add(struct store *store, const struct store_poll *job,
                           const struct entry_candidate *candidate, const char *id);
_must_use_ int article_revise(struct store *store, const char *id, int64_t now_ms, uint64_t content,
                              uint32_t *ret_revision);
/* ARTICLE_OWN: the feed speaks for the article from now on; ARTICLE_MARK: if it does, its entry has a new
 * key. */
_must_use_ int article_own(struct store *store, enum statement_id which, const char *id, int64_t feed,
                           uint64_t key);
/* The feed that brought an article first speaks for it, until the article has left that feed: then the feed
 * that still shows it, under `key`, does. *article is brought up to date. */
_must_use_ int owner_settle(struct store *store, const struct store_poll *job, const char *id, uint64_t key,
                            struct article_row *article);
_must_use_ int sighting_add(struct store *store, const struct store_poll *job,
                            const struct entry_candidate *candidate, const char *id);

#endif

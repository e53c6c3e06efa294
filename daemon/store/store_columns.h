/* store_columns: the columns of the feeds table, each one field of struct feed_state: the one list behind the
 * schema, the writing and the reading. */
#ifndef NEWSD_DAEMON_STORE_STORE_COLUMNS_H
#define NEWSD_DAEMON_STORE_STORE_COLUMNS_H

/* TEXT(field) INTEGER(field, type) REAL(field), BYTES(field) for an array as it stands in memory; rowid and
 * url come first and are written by hand. A new column raises STORE_SCHEMA_VERSION. */
#define FEED_COLUMNS(TEXT, INTEGER, REAL, BYTES)                                                             \
    TEXT(moved_to)                                                                                           \
    TEXT(title)                                                                                              \
    TEXT(etag)                                                                                               \
    TEXT(last_modified)                                                                                      \
    TEXT(redirect_target) INTEGER(body_hash, uint64_t) INTEGER(next_poll_ms, int64_t)                        \
        INTEGER(last_poll_ms, int64_t) INTEGER(last_success_ms, int64_t) INTEGER(last_new_ms, int64_t)       \
            INTEGER(last_full_ms, int64_t) INTEGER(interval_s, int32_t) INTEGER(hint_s, int32_t) INTEGER(    \
                skip_hours, uint32_t) INTEGER(skip_days, uint8_t) INTEGER(failure_quarters, uint16_t)        \
                INTEGER(failures_in_row, uint16_t) INTEGER(last_http_status, int16_t)                        \
                    INTEGER(last_error, int16_t) INTEGER(redirect_since_ms, int64_t)                         \
                        INTEGER(redirect_count, uint16_t) INTEGER(polls, uint32_t)                           \
                            INTEGER(polls_unchanged, uint32_t) INTEGER(entries_total, uint32_t)              \
                                INTEGER(gaps_total, uint16_t) INTEGER(status, uint8_t)                       \
                                    INTEGER(status_since_ms, int64_t) INTEGER(page_policy, uint8_t)          \
                                        INTEGER(backfilled, bool) INTEGER(distrust_validators, bool)         \
                                            INTEGER(http1_only, bool) REAL(entries_per_day)                  \
                                                REAL(gap_days_mean) REAL(gap_days_deviation) REAL(pace_days) \
                                                    REAL(burst_entries) REAL(burst_expected) REAL(haste)     \
                                                        INTEGER(entries_lost, uint32_t)                      \
                                                            INTEGER(document_entries, uint16_t)              \
                                                                BYTES(habits)                                \
                                                                    INTEGER(pushed_entries, uint32_t)        \
                                                                        INTEGER(stopped, uint8_t)

#define FEED_TEXT_DECLARED(field) ", " #field " BLOB"
#define FEED_INTEGER_DECLARED(field, type) ", " #field " INTEGER NOT NULL DEFAULT 0"
#define FEED_REAL_DECLARED(field) ", " #field " REAL NOT NULL DEFAULT 0"
#define FEED_COLUMNS_DECLARED                                                                                \
    "rowid INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE" FEED_COLUMNS(                                      \
        FEED_TEXT_DECLARED, FEED_INTEGER_DECLARED, FEED_REAL_DECLARED, FEED_TEXT_DECLARED)

#define FEED_TEXT_NAMED(field) ", " #field
#define FEED_INTEGER_NAMED(field, type) ", " #field
#define FEED_COLUMNS_NAMED                                                                                   \
    "rowid, url" FEED_COLUMNS(FEED_TEXT_NAMED, FEED_INTEGER_NAMED, FEED_TEXT_NAMED, FEED_TEXT_NAMED)

#define FEED_TEXT_MARK(field) ", ?"
#define FEED_INTEGER_MARK(field, type) ", ?"
#define FEED_COLUMNS_MARKS                                                                                   \
    "?1, ?2" FEED_COLUMNS(FEED_TEXT_MARK, FEED_INTEGER_MARK, FEED_TEXT_MARK, FEED_TEXT_MARK)

#endif

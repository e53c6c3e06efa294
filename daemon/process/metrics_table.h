/* The table of all metrics: METRIC(id, type, name without the newsd_ prefix, labels or "", help). No guard:
 * included several times. */
METRIC(FEEDS, GAUGE, "feeds", "", "Feeds that are polled")
METRIC(FEEDS_OK, GAUGE, "feeds_by_status", "status=\"ok\"", "Feeds by status")
METRIC(FEEDS_NEW, GAUGE, "feeds_by_status", "status=\"new\"", "Feeds by status")
METRIC(FEEDS_FAILING, GAUGE, "feeds_by_status", "status=\"failing\"", "Feeds by status")
METRIC(FEEDS_SILENT, GAUGE, "feeds_by_status", "status=\"silent\"", "Feeds by status")
METRIC(FEEDS_GONE, GAUGE, "feeds_by_status", "status=\"gone\"", "Feeds by status")
METRIC(FEEDS_DUE, GAUGE, "feeds_due", "",
       "Feeds whose poll time has come and which wait for a transfer or their host")
METRIC(POLLS, COUNTER, "polls_total", "", "Polls that ended, whatever the answer")
METRIC(POLLS_NOT_MODIFIED, COUNTER, "polls_not_modified_total", "", "Polls answered 304")
METRIC(POLLS_SAME_BODY, COUNTER, "polls_same_body_total", "",
       "Polls answered 200 with a body already known by its hash")
METRIC(POLLS_FAILED, COUNTER, "polls_failed_total", "", "Polls that failed, of any class")
METRIC(POLL_BYTES_WIRE, COUNTER, "poll_wire_bytes_total", "", "Bytes received for feeds, compressed as sent")
METRIC(POLL_BYTES, COUNTER, "poll_body_bytes_total", "", "Bytes of feed documents after decompression")
METRIC(PAGES, COUNTER, "pages_total", "", "Article pages fetched")
METRIC(PAGES_FORBIDDEN, COUNTER, "pages_forbidden_total", "",
       "Article pages that robots.txt forbids, or that were not fetched because it could not be read")
METRIC(PAGES_FAILED, COUNTER, "pages_failed_total", "", "Article pages that could not be fetched")
METRIC(REVISITS_UNCHANGED, COUNTER, "revisits_total", "result=\"unchanged\"",
       "Pages of published articles fetched again, by what was found")
METRIC(REVISITS_REVISED, COUNTER, "revisits_total", "result=\"revised\"",
       "Pages of published articles fetched again, by what was found")
METRIC(REVISITS_WITHDRAWN, COUNTER, "revisits_total", "result=\"withdrawn\"",
       "Pages of published articles fetched again, by what was found")
METRIC(REVISITS_MISSING, COUNTER, "revisits_total", "result=\"missing\"",
       "Pages of published articles fetched again, by what was found")
METRIC(REVISITS_FAILED, COUNTER, "revisits_total", "result=\"failed\"",
       "Pages of published articles fetched again, by what was found")
METRIC(REVISITS_PLANNED, GAUGE, "revisits_planned", "", "Published articles whose page will be fetched again")
METRIC(SITE_RULES_MISSED, COUNTER, "site_rules_missed_total", "",
       "Articles whose page has not the container that its site's rule names")
METRIC(COPIES, COUNTER, "copies_total", "", "Articles whose text is a copy of another article's")
METRIC(TRANSFERS, GAUGE, "transfers", "", "HTTP transfers in flight")
METRIC(ENTRIES_SEEN, COUNTER, "entries_seen_total", "", "Entries in parsed documents: seen = known + new")
METRIC(ENTRIES_KNOWN, COUNTER, "entries_known_total", "", "Entries that were known and unchanged")
METRIC(ENTRIES_NEW, COUNTER, "entries_new_total", "",
       "Entries that were new or revised or withdrawn: new = intake + skipped + sighted")
METRIC(ENTRIES_REVISED, COUNTER, "entries_revised_total", "", "Of the new: revisions of a known entry")
METRIC(ENTRIES_WITHDRAWN, COUNTER, "entries_withdrawn_total", "", "Of the new: withdrawals")
METRIC(ENTRIES_SIGHTED, COUNTER, "entries_sighted_total", "",
       "Of the new: articles that another feed had brought already")
METRIC(ENTRIES_SKIPPED, COUNTER, "entries_skipped_total", "reason=\"backfill\"",
       "Of the new: passed over, by reason")
METRIC(ENTRIES_BRAKED, COUNTER, "entries_skipped_total", "reason=\"swing\"", "Of the new: passed over, by reason")
METRIC(FEEDS_SET_ASIDE, COUNTER, "feeds_set_aside_total", "",
       "Feeds left alone for a day because newsd has died several times at work on their documents")
METRIC(FEED_GAPS, COUNTER, "feed_gaps_total", "",
       "Polls without any known entry after the first: entries may have been lost")
METRIC(DOCUMENTS_FOLLOWED, COUNTER, "documents_followed_total", "",
       "Older pages read after a gap, and sitemaps of an index")
METRIC(ENTRIES_LOST, COUNTER, "entries_lost_total", "",
       "Entries that such gaps have cost, estimated from the feed's rhythm")
METRIC(WEBSUB_ACTIVE, GAUGE, "websub_subscriptions", "",
       "WebSub subscriptions that their hub has confirmed and whose lease runs")
METRIC(WEBSUB_REQUESTS, COUNTER, "websub_requests_total", "",
       "Subscriptions, renewals and unsubscriptions sent to hubs")
METRIC(WEBSUB_SUBSCRIBED, COUNTER, "websub_confirmed_total", "",
       "Subscriptions and renewals that hubs have verified")
METRIC(WEBSUB_REFUSED, COUNTER, "websub_verifications_refused_total", "",
       "Verifications of what was not asked for: another topic, an unknown callback")
METRIC(WEBSUB_DENIED, COUNTER, "websub_denied_total", "", "Subscriptions that hubs have denied")
METRIC(WEBSUB_DEMOTED, COUNTER, "websub_demoted_total", "", "Hubs that did not deliver what a poll found")
METRIC(WEBSUB_PUSHES, COUNTER, "websub_pushes_total", "", "Documents delivered with a good signature")
METRIC(WEBSUB_FORGED, COUNTER, "websub_pushes_discarded_total", "reason=\"signature\"",
       "Documents delivered and discarded, by reason")
METRIC(WEBSUB_UNSIGNED, COUNTER, "websub_pushes_discarded_total", "reason=\"unsigned\"",
       "Documents delivered and discarded, by reason")
METRIC(WEBSUB_UNKNOWN, COUNTER, "websub_pushes_discarded_total", "reason=\"unknown\"",
       "Documents delivered and discarded, by reason")
METRIC(WEBSUB_BUSY, COUNTER, "websub_pushes_discarded_total", "reason=\"busy\"",
       "Documents delivered and discarded, by reason")
METRIC(INTAKE_ROWS, GAUGE, "intake_rows", "", "Items that wait for processing or are being processed")
METRIC(INTAKE_ADDED, COUNTER, "intake_total", "", "Items taken in: intake = published + rejected + pending")
METRIC(PUBLISHED, COUNTER, "articles_published_total", "", "Articles processed and put into the outbox")
METRIC(REJECTED, COUNTER, "articles_rejected_total", "", "Items that went to the rejects topic")
METRIC(STAGE_FAILURES, COUNTER, "stage_failures_total", "", "Stages that failed or ran over their budget")
METRIC(OUTBOX_ROWS, GAUGE, "outbox_rows", "", "Records that wait for Kafka's acknowledgement")
METRIC(OUTBOX_BYTES, GAUGE, "outbox_bytes", "", "Size of those records")
METRIC(RECORDS_DELIVERED, COUNTER, "records_delivered_total", "", "Records acknowledged by Kafka")
METRIC(RECORDS_REFUSED, COUNTER, "records_refused_total", "",
       "Records that Kafka refused for good; each became a reject")
METRIC(RECORDS_RECONCILED, COUNTER, "records_reconciled_total", "",
       "Records found on Kafka already after an unclean stop")
METRIC(PRODUCER_REBUILDS, COUNTER, "producer_rebuilds_total", "", "Producers replaced after a fatal error")
METRIC(BROKER_UP, GAUGE, "broker_up", "", "1 while Kafka answers")
METRIC(WORKERS_QUEUED, GAUGE, "workers_queued", "", "Documents and articles that wait for a worker")
METRIC(LOG_LINES, COUNTER, "log_lines_total", "", "Lines written to the log")
METRIC(LOG_SUPPRESSED, COUNTER, "log_lines_suppressed_total", "", "Repeated lines that the log's rate limit left out")
METRIC(STORE_BYTES, GAUGE, "store_bytes", "", "Size of the database")
METRIC(STORE_COMMITS, COUNTER, "store_commits_total", "", "Transactions committed")
METRIC(STORE_FULL, GAUGE, "store_full", "", "1 while the disk or the quota is full")
METRIC(LIMIT_HITS, COUNTER, "limit_hits_total", "", "Documents cut at a size, depth or count limit")
METRIC(RESIDENT_BYTES, GAUGE, "resident_bytes", "", "Resident memory of the process")
METRIC(DELAY_FETCHED, HISTOGRAM, "delay_published_to_fetched_ms", "",
       "From an entry's own publication time to its fetch, backfill left out")
METRIC(DELAY_DELIVERED, HISTOGRAM, "delay_fetched_to_delivered_ms", "",
       "From fetch to Kafka's acknowledgement")
METRIC(STAGE_TIME, HISTOGRAM, "article_time_ms", "", "Time of all stages of one article")

/* options: the table and what is read off it. Pure. */
#include "daemon/config/options.h"

#include "daemon/config/stage_options.h"

#include <stdio.h>
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/nearest.h"

#define FIELD(name) offsetof(struct config, name)

const struct option_entry option_table[] = {
    {"newsd", "instance", OPTION_STRING, FIELD(instance), "newsd", 0, 0, false,
     "Name of this instance in Kafka's client id."},
    {"newsd", "state-directory", OPTION_PATH, FIELD(state_directory), "/var/lib/newsd", 0, 0, false,
     "Where the database is kept: a local file system. Under systemd the unit's StateDirectory= is the "
     "default."},
    {"newsd", "feeds-directory", OPTION_PATH, FIELD(feeds_directory), "feeds.d", 0, 0, true,
     "Folder of the feed lists, *.opml and *.txt; relative to the configuration file."},
    {"newsd", "contact", OPTION_STRING, FIELD(contact), "", 0, 0, false,
     "A URL or mail address of yours; it stands in the User-Agent so that sites can reach you."},
    {"newsd", "workers", OPTION_NUMBER, FIELD(workers), "0", 0, 64, false,
     "Threads that parse feeds and run the stages; 0 means one per processor."},

    {"poll", "interval-min", OPTION_DURATION, FIELD(interval_min_ms), "10min", 1000, 86400000, true,
     "No feed is polled more often than this."},
    {"poll", "interval-max", OPTION_DURATION, FIELD(interval_max_ms), "1d", 1000, 2592000000LL, true,
     "A working feed is polled at least this often, unless its publisher asks for less."},
    {"poll", "interval-default", OPTION_DURATION, FIELD(interval_default_ms), "1h", 1000, 86400000, true,
     "The budget of requests: the interval of a feed with ten new entries a day, and of one not known yet. "
     "Four times the entries halve it, a quarter doubles it; doubling it here makes about half the "
     "requests."},
    {"poll", "hint-max", OPTION_DURATION, FIELD(hint_max_ms), "1d", 0, 2592000000LL, true,
     "The most that a publisher's own hint (ttl, Cache-Control, syndication module) may lengthen the "
     "interval to."},
    {"poll", "transfers", OPTION_NUMBER, FIELD(transfers_max), "256", 1, 4096, false,
     "HTTP transfers at once, feeds and pages together; each may need a resolver thread."},
    {"poll", "host-transfers", OPTION_NUMBER, FIELD(host_transfers_max), "2", 1, 1024, true,
     "HTTP transfers at once to one host."},
    {"poll", "host-gap", OPTION_DURATION, FIELD(host_gap_ms), "5s", 0, 3600000, true,
     "Time between two starts to one host."},
    {"poll", "host-gaps", OPTION_HOST_GAPS, FIELD(host_gaps), "", 0, 0, true,
     "Other gaps for single hosts and all hosts below them: HOST=DURATION, separated by spaces, as in "
     "reddit.com=60s."},
    {"poll", "connect-timeout", OPTION_DURATION, FIELD(connect_timeout_ms), "10s", 100, 300000, false,
     "Time for name resolution, connection and TLS."},
    {"poll", "timeout", OPTION_DURATION, FIELD(timeout_ms), "30s", 500, 600000, false,
     "Time for a whole transfer."},
    {"poll", "body-max", OPTION_SIZE, FIELD(body_bytes_max), "16M", 1024, 1LL << 30, false,
     "Largest feed document, counted after decompression."},
    {"poll", "entries-max", OPTION_COUNT, FIELD(entries_max), "50000", 1, 1000000, true,
     "Entries taken of one document; the rest is passed over, and counted."},
    {"poll", "redirects", OPTION_NUMBER, FIELD(redirects_max), "5", 0, 20, false,
     "Redirects followed in a row."},
    {"poll", "failing-after", OPTION_NUMBER, FIELD(failing_after), "3", 1, 100, true,
     "Failed polls in a row after which a feed that once worked is called failing; one that never did is at "
     "once."},
    {"poll", "allow-private-addresses", OPTION_BOOLEAN, FIELD(allow_private_addresses), "no", 0, 0, false,
     "Fetch from loopback, private and other reserved addresses too. For intranets; leave it off elsewhere."},
    {"poll", "jitter", OPTION_BOOLEAN, FIELD(jitter), "yes", 0, 0, true,
     "Lengthen each interval by up to a tenth, so that feeds do not move in step."},
    {"poll", "ca-file", OPTION_PATH, FIELD(ca_file), "", 0, 0, false,
     "Certificates to trust instead of the system's, as one PEM file."},
    {"poll", "backfill", OPTION_BACKFILL, FIELD(backfill), "newest:10", 0, 0, true,
     "What is taken from a feed's first document: skip, newest:N, all, or since:YYYY-MM-DD. What is taken is "
     "flagged as backfill."},

    {"websub", "listen", OPTION_STRING, FIELD(websub_listen), "", 0, 0, false,
     "ADDRESS:PORT on which hubs deliver what feeds publish (WebSub); off: no WebSub. Plain HTTP: put a "
     "reverse proxy with TLS in front of it."},
    {"websub", "callback", OPTION_STRING, FIELD(websub_callback), "", 0, 0, false,
     "The public http or https URL under which hubs reach that address; each subscription adds a path of its "
     "own to it."},
    {"websub", "lease", OPTION_DURATION, FIELD(websub_lease_ms), "10d", 1000, 7776000000LL, true,
     "For how long to subscribe; the hub may decide otherwise. Renewed before it ends."},
    {"websub", "body-max", OPTION_SIZE, FIELD(websub_body_bytes_max), "3M", 1024, 1LL << 28, false,
     "Largest document that a hub may deliver."},
    {"websub", "audit", OPTION_DURATION, FIELD(websub_audit_ms), "1d", 1000, 86400000, true,
     "How often a feed is still polled when its hub has proved that it delivers."},
    {"websub", "grace", OPTION_DURATION, FIELD(websub_grace_ms), "10min", 0, 86400000, true,
     "How long a hub may take to deliver what a poll has found before it; then it is demoted, and the feed "
     "polled as before."},

    {"pages", "policy", OPTION_PAGES, FIELD(pages), "auto", 0, 0, true,
     "Fetch the page of an article: never, auto (when the feed does not carry the whole text), or always."},
    {"pages", "robots", OPTION_BOOLEAN, FIELD(pages_robots), "yes", 0, 0, true,
     "Ask a site's robots.txt before its pages are fetched; what it forbids is not, and the feed's text "
     "serves."},
    {"pages", "body-max", OPTION_SIZE, FIELD(page_bytes_max), "4M", 1024, 1LL << 28, true,
     "Largest page, counted after decompression."},
    {"pages", "revisit", OPTION_DELAYS, FIELD(pages_revisit), "", 0, 0, true,
     "When the page of a published article is fetched again, as in 1h 24h 7d, counted from its publication: "
     "what has changed is published as a revision, and an article whose page is gone is withdrawn. Empty "
     "means "
     "never. Pages later than article-keep bring revisions that do not say what changed."},
    {"pages", "sites-directory", OPTION_PATH, FIELD(sites_directory), "sites.d", 0, 0, true,
     "Folder of rules for single sites, *.conf; relative to the configuration file."},

    {"process", "article-budget", OPTION_DURATION, FIELD(article_budget_ms), "2s", 50, 60000, false,
     "Time for all stages of one article; a stage that runs over it is cut off and the article goes on."},
    {"process", "article-memory", OPTION_SIZE, FIELD(article_bytes_max), "64M", 1 << 20, 1LL << 32, false,
     "Memory for one article."},
    {"process", "parse-beam", OPTION_NUMBER, FIELD(parse_beam), "2", 1, 16, false,
     "How many readings of an English sentence are followed side by side; 1 is faster, 4 hardly better."},
    {"process", "event-confidence", OPTION_NUMBER, FIELD(event_confidence_min), "10", 0, 100, false,
     "Events are left out that are right in act, source and target with less than so many in 100; 70 leaves "
     "few, of which four in five are right."},
    {"process", "attempts", OPTION_NUMBER, FIELD(attempts_max), "3", 1, 100, true,
     "How often an item may be begun; one that has crashed the process so often goes to the rejects topic."},
    {"process", "data-directory", OPTION_PATH, FIELD(data_directory), "", 0, 0, false,
     "Folder of models and lexicons; empty means those built in."},

    {"store", "size-max", OPTION_SIZE, FIELD(database_bytes_max), "8G", 1 << 20, 1LL << 42, false,
     "Largest size of the database; reaching it is treated like a full disk."},
    {"store", "outbox-high", OPTION_COUNT, FIELD(outbox_high), "50000", 1, 1000000000, true,
     "Records waiting for Kafka at which no more article pages are fetched."},
    {"store", "outbox-hard", OPTION_COUNT, FIELD(outbox_hard), "200000", 1, 1000000000, true,
     "Records waiting for Kafka at which polling stops until it drains."},
    {"store", "intake-high", OPTION_COUNT, FIELD(intake_high), "200000", 1, 1000000000, true,
     "Items waiting for processing at which polling stops until they are through."},
    {"store", "seen-keep", OPTION_DURATION, FIELD(seen_keep_ms), "60d", 86400000, 315360000000LL, false,
     "How long an entry is remembered after it was last in its feed."},
    {"store", "article-keep", OPTION_DURATION, FIELD(article_keep_ms), "7d", 3600000, 315360000000LL, false,
     "How long an article's text is kept to tell what a revision changed."},
    {"store", "synchronous", OPTION_BOOLEAN, FIELD(synchronous), "yes", 0, 0, false,
     "Wait for the disk at every commit. Off is for tests: a power cut then loses the last second."},

    {"topics", "articles", OPTION_TOPIC, FIELD(topics[TOPIC_ARTICLES].name), "news.articles", 0, 0, false,
     "Topic of the articles; off switches it off."},
    {"topics", "articles-partitions", OPTION_NUMBER, FIELD(topics[TOPIC_ARTICLES].partitions), "6", 1, 10000,
     false, "Its partitions when newsd creates it."},
    {"topics", "articles-retention", OPTION_DURATION, FIELD(topics[TOPIC_ARTICLES].retention_ms), "0", 0, 0,
     false, "Its retention when newsd creates it; 0 means the broker's default."},
    {"topics", "statements", OPTION_TOPIC, FIELD(topics[TOPIC_STATEMENTS].name), "news.statements", 0, 0,
     false, "Topic of what is said in the articles, and by whom; off switches it off."},
    {"topics", "statements-partitions", OPTION_NUMBER, FIELD(topics[TOPIC_STATEMENTS].partitions), "6", 1,
     10000, false, "Its partitions when newsd creates it."},
    {"topics", "statements-retention", OPTION_DURATION, FIELD(topics[TOPIC_STATEMENTS].retention_ms), "0", 0,
     0, false, "Its retention when newsd creates it; 0 means the broker's default."},
    {"topics", "events", OPTION_TOPIC, FIELD(topics[TOPIC_EVENTS].name), "news.events", 0, 0, false,
     "Topic of the coded events of the articles; off switches it off."},
    {"topics", "events-partitions", OPTION_NUMBER, FIELD(topics[TOPIC_EVENTS].partitions), "6", 1, 10000,
     false, "Its partitions when newsd creates it."},
    {"topics", "events-retention", OPTION_DURATION, FIELD(topics[TOPIC_EVENTS].retention_ms), "0", 0, 0,
     false, "Its retention when newsd creates it; 0 means the broker's default."},
    {"topics", "feeds", OPTION_TOPIC, FIELD(topics[TOPIC_FEEDS].name), "news.feeds", 0, 0, false,
     "Topic of the feeds' status, compacted; off switches it off."},
    {"topics", "feeds-partitions", OPTION_NUMBER, FIELD(topics[TOPIC_FEEDS].partitions), "1", 1, 10000, false,
     "Its partitions when newsd creates it."},
    {"topics", "rejects", OPTION_TOPIC, FIELD(topics[TOPIC_REJECTS].name), "news.rejects", 0, 0, false,
     "Topic of the dead letters; off switches it off, and what is rejected is then only counted."},
    {"topics", "rejects-partitions", OPTION_NUMBER, FIELD(topics[TOPIC_REJECTS].partitions), "1", 1, 10000,
     false, "Its partitions when newsd creates it."},
    {"topics", "rejects-retention", OPTION_DURATION, FIELD(topics[TOPIC_REJECTS].retention_ms), "0", 0, 0,
     false, "Its retention when newsd creates it; 0 means the broker's default."},
    {"topics", "create", OPTION_BOOLEAN, FIELD(topics_create), "yes", 0, 0, false,
     "Create missing topics at the start."},
    {"topics", "replication", OPTION_NUMBER, FIELD(topics_replication), "-1", -1, 100, false,
     "Replication factor of created topics; -1 means the broker's default."},
    {"topics", "structured", OPTION_BOOLEAN, FIELD(headers_structured), "no", 0, 0, false,
     "Write CloudEvents in structured mode (one JSON envelope) instead of binary mode (Kafka headers)."},

    {"log", "target", OPTION_LOG_TARGET, FIELD(log_target), "auto", 0, 0, false,
     "auto (the journal under systemd, else logfmt), journal, logfmt or json."},
    {"log", "level", OPTION_LOG_LEVEL, FIELD(log_level), "info", 0, 0, true,
     "error, warning, notice, info or debug."},
    {"log", "summary", OPTION_DURATION, FIELD(summary_interval_ms), "1min", 1000, 86400000, true,
     "How often the summary line is written."},

    {"admin", "listen", OPTION_STRING, FIELD(admin_listen), "/run/newsd/newsd.sock", 0, 0, false,
     "Path of a UNIX socket, or ADDRESS:PORT on loopback, for status, metrics and health; off switches it "
     "off."},
};
const size_t option_count = sizeof(option_table) / sizeof(option_table[0]);

const struct option_entry *option_find(const char *section, const char *key)
{
    for (size_t i = 0; i < option_count; i++)
        if (!strcmp(option_table[i].section, section) && !strcmp(option_table[i].key, key))
            return &option_table[i];
    return NULL;
}

const char *option_sections(char *text, size_t size)
{
    const char *last = "";
    size_t len = 0;
    text[0] = '\0';
    for (size_t i = 0; i < option_count && len < size; i++) {
        if (strcmp(option_table[i].section, last))
            len += (size_t)snprintf(text + len, size - len, "%s, ", option_table[i].section);
        last = option_table[i].section;
    }
    assert(len < size);
    (void)snprintf(text + len, size - len, "stages, kafka");
    return text;
}

bool option_section_known(const char *section)
{
    if (!strcmp(section, "kafka") || !strcmp(section, "stages"))
        return true;
    for (size_t i = 0; i < option_count; i++)
        if (!strcmp(option_table[i].section, section))
            return true;
    return false;
}

const struct option_entry *option_nearest(const char *section, const char *key)
{
    const struct option_entry *best = NULL;
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < option_count; i++) {
        const struct option_entry *option = &option_table[i];
        size_t slips = nearest_slips(option->key, key);
        if (slips != SIZE_MAX && strcmp(option->section, section))
            slips++; /* of equals, the one of this section */
        if (slips < fewest) {
            best = option;
            fewest = slips;
        }
    }
    return best;
}

static const char *type_words(enum option_type type)
{
    static const char *const words[] = {
        [OPTION_STRING] = "text",
        [OPTION_PATH] = "path",
        [OPTION_NUMBER] = "number",
        [OPTION_COUNT] = "number",
        [OPTION_SIZE] = "size",
        [OPTION_DURATION] = "duration",
        [OPTION_BOOLEAN] = "yes or no",
        [OPTION_PAGES] = "never, auto or always",
        [OPTION_HOST_GAPS] = "HOST=DURATION ...",
        [OPTION_DELAYS] = "DURATION ...",
        [OPTION_BACKFILL] = "skip, newest:N, all or since:DATE",
        [OPTION_LOG_LEVEL] = "log level",
        [OPTION_LOG_TARGET] = "log target",
        [OPTION_TOPIC] = "topic name or off",
    };
    return words[type];
}

int options_manual(struct buffer *buffer)
{
    const char *section = "";
    for (size_t i = 0; i < option_count; i++) {
        const struct option_entry *option = &option_table[i];
        if (strcmp(section, option->section))
            buffer_printf(buffer, "%s.Ss [%s]\n.Bl -tag -width Ds\n", *section ? ".El\n" : "",
                          option->section);
        section = option->section;
        buffer_printf(buffer, ".It Cm %s No = Ar %s Pq default: %s\n%s%s\n", option->key,
                      type_words(option->type), *option->fallback ? option->fallback : "none", option->help,
                      option->reloadable ? "" : "\nTakes effect after a restart.");
    }
    buffer_printf(buffer, ".El\n");
    stage_options_manual(buffer);
    return buffer->failed ? -1 : 0;
}

int options_sample(struct buffer *buffer)
{
    const char *section = "";
    buffer_printf(buffer, "# newsd.conf(5). Every option with its default; drop-ins in newsd.conf.d/*.conf "
                          "are read after it.\n");
    for (size_t i = 0; i < option_count; i++) {
        const struct option_entry *option = &option_table[i];
        if (strcmp(section, option->section))
            buffer_printf(buffer, "\n[%s]\n", option->section);
        section = option->section;
        buffer_printf(buffer, "# %s\n#%s =%s%s\n", option->help, option->key, *option->fallback ? " " : "",
                      option->fallback);
    }
    stage_options_sample(buffer);
    buffer_printf(
        buffer,
        "\n# Everything here goes to librdkafka as it is (its CONFIGURATION.md has the list). A password may "
        "be\n"
        "# file:/path or credential:NAME (systemd's LoadCredential=).\n[kafka]\n"
        "bootstrap.servers = localhost:9092\n#security.protocol = SASL_SSL\n#sasl.mechanism = SCRAM-SHA-512\n"
        "#sasl.username = newsd\n#sasl.password = credential:kafka\n");
    return buffer->failed ? -1 : 0;
}

int options_help(struct buffer *buffer)
{
    const char *section = "";
    for (size_t i = 0; i < option_count; i++) {
        const struct option_entry *option = &option_table[i];
        if (strcmp(section, option->section))
            buffer_printf(buffer, "\n[%s]\n", option->section);
        section = option->section;
        buffer_printf(buffer, "  %s = %s\n        %s\n", option->key,
                      *option->fallback ? option->fallback : "(none)", option->help);
    }
    stage_options_help(buffer);
    return buffer->failed ? -1 : 0;
}

/* log: to journald with fields, or one line per message to standard error. Any thread; one lock, one write
 * per line. */
#include "daemon/process/log.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/utf8.h"

enum {
    REPEAT_SLOTS = 1024, /* remembered (kind, subject) pairs; a collision only lets a line through */
    REPEAT_MS = 60000,
    MESSAGE_BYTES = 4096,
    FIELDS_MAX = 12,
};

/* The MESSAGE_IDs are part of what operators rely on (journalctl MESSAGE_ID=...): never change one. */
static const struct {
    const char *name, *message_id;
} kinds[LOG_KIND_COUNT] = {
    [LOG_KIND_OTHER] = {"other", ""},
    [LOG_KIND_START] = {"start", "44537db998f941bc3fd40964e4479baf"},
    [LOG_KIND_READY] = {"ready", "43c651f54b894e3c833d1d70a1620a5d"},
    [LOG_KIND_STOPPING] = {"stopping", "3d32429103d651f6717d53edec4bfcb0"},
    [LOG_KIND_STOPPED] = {"stopped", "7650d2e193ebc89a043a3d2871227da1"},
    [LOG_KIND_SUMMARY] = {"summary", "c0361fd5b5cbf8d51d75d226df0d3632"},
    [LOG_KIND_RELOAD] = {"reload", "1ca79d24bb361f1339b03c148da11ed2"},
    [LOG_KIND_RELOAD_FAILED] = {"reload-failed", "0985f5d04836c7f85bcf7833dd49d964"},
    [LOG_KIND_CONFIG_CHANGE] = {"config-change", "b33a2d840ace618c8673c464d14081bc"},
    [LOG_KIND_CONFIG_PROBLEM] = {"config-problem", "fc3a34fd8b609ddbbba2348fd585f265"},
    [LOG_KIND_FEED_ADDED] = {"feed-added", "a0a29ce6b20d4e62594d300179a2f784"},
    [LOG_KIND_FEED_REMOVED] = {"feed-removed", "c4f0e86639529bf513c910299dc973f5"},
    [LOG_KIND_FEED_FAILING] = {"feed-failing", "68beaf46f5ebfa70c0868a2f108d31ff"},
    [LOG_KIND_FEED_RECOVERED] = {"feed-recovered", "b9f9ed069389f82ae9bba5fcdf0ce6ff"},
    [LOG_KIND_FEED_SILENT] = {"feed-silent", "b9b8f57257835e384c7ad2329b1ebfe2"},
    [LOG_KIND_FEED_MOVED] = {"feed-moved", "49195dc89cebd14d7e463a62d95053ea"},
    [LOG_KIND_FEED_GONE] = {"feed-gone", "b194a8cca8bf543374258cbd5721e601"},
    [LOG_KIND_FEED_SET_ASIDE] = {"feed-set-aside", "2377134213c349f090845af2847a78a3"},
    [LOG_KIND_FEED_GAP] = {"feed-gap", "927ca4ae69ecce7c9a217504f3a43ac4"},
    [LOG_KIND_HOST_PAUSED] = {"host-paused", "1a02d0562e40e82ffc52d3a11b1d0ed4"},
    [LOG_KIND_WEBSUB_SUBSCRIBED] = {"websub-subscribed", "c640a8a33449efc40091acdca52390ad"},
    [LOG_KIND_WEBSUB_DENIED] = {"websub-denied", "fa03cc764fb094f70c67ff700b024cb1"},
    [LOG_KIND_WEBSUB_DEMOTED] = {"websub-demoted", "9eeb82617c85cbcab56915a23bdad70c"},
    [LOG_KIND_BROKER_AWAY] = {"broker-away", "7bd765b04205999993e1c4fad08a395a"},
    [LOG_KIND_BROKER_BACK] = {"broker-back", "d886def29251ace6dcdb71087759f531"},
    [LOG_KIND_PRODUCER_REBUILT] = {"producer-rebuilt", "93b45a5ded1c1a0ae938533bdc5e17fd"},
    [LOG_KIND_RECONCILED] = {"reconciled", "cd90cdc4c697d8ca8dfc11cea4ac3203"},
    [LOG_KIND_TOPIC_CREATED] = {"topic-created", "7673213a171b4c85a3a3a5869a421635"},
    [LOG_KIND_TOPIC_PROBLEM] = {"topic-problem", "d341b67dd1d27ec1dc63142a89181995"},
    [LOG_KIND_BACK_PRESSURE] = {"back-pressure", "19b263bb9752a11831863592bb210de2"},
    [LOG_KIND_BACK_PRESSURE_OVER] = {"back-pressure-over", "ed67424fafef39b5a7258ec802b6b95d"},
    [LOG_KIND_STORE_FULL] = {"store-full", "1892de986edb705d5cc727932287fa04"},
    [LOG_KIND_STORE_SPACE] = {"store-space", "8925c6c46f331727c0d60096a5ab5aa6"},
    [LOG_KIND_STORE_CHECK] = {"store-check", "9b68594f04c91a1729144ab6a9c1d39d"},
    [LOG_KIND_REJECT] = {"reject", "6f4d06f216f2dcd8bda2f1b24226c3b6"},
    [LOG_KIND_PAGE_GONE] = {"page-gone", "d21c62a85ea44d1caf3b1f80de6ea7b5"},
};

struct repeat {
    uint64_t key;
    int64_t until_ms;
    unsigned suppressed;
};

static struct {
    pthread_mutex_t lock;
    enum log_target target;
    atomic_int level;
    struct repeat repeats[REPEAT_SLOTS];
    size_t written, suppressed;
} logger = {.lock = PTHREAD_MUTEX_INITIALIZER, .target = LOG_TARGET_LOGFMT, .level = 6};

/* systemd says in JOURNAL_STREAM which device and inode its stream has; only then is standard error the
 * journal. */
static bool stderr_is_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    unsigned long long device, inode;
    struct stat status;
    return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
           fstat(STDERR_FILENO, &status) == 0 && status.st_dev == device && status.st_ino == inode;
}

void log_setup(enum log_target target, int level)
{
    if (target == LOG_TARGET_AUTO)
        target = stderr_is_journal() ? LOG_TARGET_JOURNAL : LOG_TARGET_LOGFMT;
    assert(target != LOG_TARGET_AUTO);
    pthread_mutex_lock(&logger.lock);
    logger.target = target;
    pthread_mutex_unlock(&logger.lock);
    log_set_level(level);
}

void log_set_level(int level)
{
    atomic_store(&logger.level, level);
}

/* How many messages of this kind and subject were left out before this one; -1 = leave this one out too. */
static int repeat_check(enum log_kind kind, const char *subject)
{
    if (!subject)
        return 0;
    uint64_t key = hash_64_seeded((uint64_t)kind + 1, str_from(subject));
    struct repeat *slot = &logger.repeats[key % REPEAT_SLOTS];
    int64_t now = clock_monotonic_ms();
    if (slot->key == key && now < slot->until_ms) {
        slot->suppressed++;
        logger.suppressed++;
        return -1;
    }
    int before = slot->key == key ? (int)slot->suppressed : 0;
    *slot = (struct repeat){.key = key, .until_ms = now + REPEAT_MS};
    return before;
}

/* Text from outside may hold anything: line breaks and control characters become spaces, bad UTF-8 U+FFFD. */
static void clean(char *text)
{
    size_t len = strlen(text), good = utf8_valid_prefix(str_make(text, len));
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            text[i] = ' ';
    for (size_t i = good; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            text[i] = '?';
}

/* A copy of a field's value that may stand in a line; NULL without memory or value. */
static char *cleaned(const char *value)
{
    char *copy = value ? strdup(value) : NULL;
    if (copy)
        clean(copy);
    return copy;
}

static const char *level_name(int severity)
{
    static const char *const names[] = {"emergency", "alert",  "critical", "error",
                                        "warning",   "notice", "info",     "debug"};
    return names[severity & 7];
}

static void append_quoted(struct buffer *line, const char *value)
{
    bool plain = *value != '\0';
    for (const char *c = value; *c && plain; c++)
        plain = *c > ' ' && *c != '"' && *c != '=' && *c != '\\';
    if (plain) {
        buffer_append_str(line, str_from(value));
        return;
    }
    buffer_append_byte(line, '"');
    for (const char *c = value; *c; c++) {
        if (*c == '"' || *c == '\\')
            buffer_append_byte(line, '\\');
        buffer_append_byte(line, *c);
    }
    buffer_append_byte(line, '"');
}

static void lower_name(const char *name, char *out, size_t size)
{
    size_t i = 0;
    for (; name[i] && i + 1 < size; i++)
        out[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    out[i] = '\0';
}

static void write_logfmt(struct buffer *line, enum log_kind kind, int severity,
                         const struct log_field *fields, const char *message)
{
    char time[CLOCK_RFC3339_BYTES], name[64];
    buffer_printf(line, "ts=%s level=%s msg=", clock_rfc3339(clock_wall_ms(), 1, time), level_name(severity));
    append_quoted(line, message);
    if (kind != LOG_KIND_OTHER)
        buffer_printf(line, " kind=%s", kinds[kind].name);
    for (; fields && fields->name; fields++) {
        char *value = cleaned(fields->value);
        if (!value)
            continue;
        lower_name(fields->name, name, sizeof(name));
        buffer_printf(line, " %s=", name);
        append_quoted(line, value);
        free(value);
    }
}

static void write_json(struct buffer *line, enum log_kind kind, int severity, const struct log_field *fields,
                       const char *message)
{
    char name[64];
    struct json_writer *json = json_writer_create(line, false);
    if (!json)
        return;
    json_begin_object(json);
    json_field_time_ms(json, "ts", clock_wall_ms());
    json_field_cstr(json, "level", level_name(severity));
    json_field_cstr(json, "msg", message);
    if (kind != LOG_KIND_OTHER) {
        json_field_cstr(json, "kind", kinds[kind].name);
        json_field_cstr(json, "message_id", kinds[kind].message_id);
    }
    for (; fields && fields->name; fields++) {
        lower_name(fields->name, name, sizeof(name));
        char *value = cleaned(fields->value);
        json_field_cstr(json, name, value);
        free(value);
    }
    json_end_object(json);
    may_fail(json_writer_finish(&json)); /* a line that cannot be made is a line that cannot be logged */
}

static void write_journal(enum log_kind kind, int severity, const struct log_field *fields,
                          const char *message)
{
    struct iovec parts[FIELDS_MAX + 3];
    char *texts[FIELDS_MAX + 3];
    int count = 0;
    if (asprintf(&texts[count], "MESSAGE=%s", message) >= 0)
        count++;
    if (asprintf(&texts[count], "PRIORITY=%d", severity) >= 0)
        count++;
    if (kind != LOG_KIND_OTHER && asprintf(&texts[count], "MESSAGE_ID=%s", kinds[kind].message_id) >= 0)
        count++;
    for (; fields && fields->name && count < FIELDS_MAX + 3; fields++)
        if (fields->value && asprintf(&texts[count], "NEWSD_%s=%s", fields->name, fields->value) >= 0)
            count++;
    assert(count <= FIELDS_MAX + 3);
    for (int i = 0; i < count; i++)
        parts[i] = (struct iovec){texts[i], strlen(texts[i])};
    (void)sd_journal_sendv(parts, count); /* where the log itself fails there is nobody to tell */
    for (int i = 0; i < count; i++)
        free(texts[i]);
}

static void write_line(enum log_kind kind, int severity, const struct log_field *fields, const char *message)
{
    struct buffer line = {0};
    if (logger.target == LOG_TARGET_JSON)
        write_json(&line, kind, severity, fields, message);
    else
        write_logfmt(&line, kind, severity, fields, message);
    buffer_append_byte(&line, '\n');
    if (!line.failed && write(STDERR_FILENO, line.ptr, line.len) < 0)
        logger.suppressed++;
    buffer_done(&line);
}

void log_write(enum log_kind kind, int severity, const char *subject, const struct log_field *fields,
               const char *format, ...)
{
    assert(kind < LOG_KIND_COUNT && kinds[kind].name && severity >= 0 && severity <= 7); /* syslog's */
    if (severity > atomic_load(&logger.level))
        return;
    char message[MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    if (len < 0)
        return;
    pthread_mutex_lock(&logger.lock);
    int left_out = repeat_check(kind, subject);
    if (left_out >= 0) {
        size_t used = strlen(message);
        if (left_out > 0)
            (void)snprintf(message + used, sizeof(message) - used, " (%d more like this were left out)",
                           left_out);
        clean(message);
        if (logger.target == LOG_TARGET_JOURNAL)
            write_journal(kind, severity, fields, message);
        else
            write_line(kind, severity, fields, message);
        logger.written++;
    }
    pthread_mutex_unlock(&logger.lock);
}

void log_counts(size_t *ret_written, size_t *ret_suppressed)
{
    pthread_mutex_lock(&logger.lock);
    *ret_written = logger.written;
    *ret_suppressed = logger.suppressed;
    pthread_mutex_unlock(&logger.lock);
}

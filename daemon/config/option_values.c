/* option_values: from text to an option's field and back. Pure but for the config's own strings. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "daemon/config/options.h"

enum { DELAY_MS_MIN = 1000 };
static const int64_t DELAY_MS_MAX = 365 * 86400000LL;

static const struct {
    const char *unit;
    int64_t ms;
} durations[] = {{"ms", 1},         {"s", 1000},        {"sec", 1000},      {"min", 60000},
                 {"m", 60000},      {"h", 3600000},     {"hour", 3600000},  {"d", 86400000},
                 {"day", 86400000}, {"days", 86400000}, {"w", 604800000LL}, {"week", 604800000LL}};

static void *field_of(const struct config *config, const struct option_entry *option)
{
    return (char *)(uintptr_t)config + option->offset;
}

static bool read_number(const char *text, const char **ret_rest, int64_t *ret_value)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || errno)
        return false;
    while (*end == ' ')
        end++;
    *ret_rest = end;
    *ret_value = value;
    return true;
}

bool option_duration(const char *text, int64_t *ret_ms)
{
    const char *rest;
    int64_t value;
    if (!read_number(text, &rest, &value) || value < 0)
        return false;
    if (*rest == '\0') /* seconds, as in systemd's files */
        return !__builtin_mul_overflow(value, 1000, ret_ms);
    for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++)
        if (!strcmp(rest, durations[i].unit))
            return !__builtin_mul_overflow(value, durations[i].ms, ret_ms);
    return false;
}

/* Cuts the next word off *text. False at the end. */
static bool next_word(const char **text, char *word, size_t size, bool *ret_fits)
{
    static const char separators[] = " ,\t\n";
    *text += strspn(*text, separators);
    size_t len = strcspn(*text, separators);
    *ret_fits = len < size;
    if (len == 0)
        return false;
    (void)snprintf(word, size, "%.*s", (int)len, *text); /* cut off only when it does not fit */
    *text += len;
    return true;
}

int option_host_gaps(const char *text, struct host_policy *policy, struct error *error)
{
    char word[HOST_SUFFIX_BYTES + 32];
    bool fits;
    int64_t ms;
    policy->gap_count = 0;
    while (text && next_word(&text, word, sizeof(word), &fits)) {
        struct host_gap *gap = &policy->gaps[policy->gap_count];
        char *equals = strchr(word, '=');
        if (policy->gap_count == HOST_GAPS_MAX)
            return error_set(error, ERR_CONFIG, "host-gaps names more than %d hosts", HOST_GAPS_MAX);
        if (!fits || !equals || equals == word || !option_duration(equals + 1, &ms) || ms > 86400000 ||
            (size_t)(equals - word) >= sizeof(gap->suffix))
            return error_set(error, ERR_CONFIG, "host-gaps = %s; write HOST=DURATION, as in reddit.com=60s",
                             word);
        *gap = (struct host_gap){.gap_ms = (int32_t)ms};
        for (size_t i = 0; word + i < equals; i++)
            gap->suffix[i] = (char)tolower((unsigned char)word[i]);
        policy->gap_count++;
    }
    return 0;
}

int option_delays(const char *text, struct option_delays *ret_delays, struct error *error)
{
    char word[32];
    bool fits;
    int64_t ms;
    struct option_delays delays = {0};
    while (text && next_word(&text, word, sizeof(word), &fits)) {
        int64_t last = delays.count ? delays.ms[delays.count - 1] : 0;
        if (delays.count == OPTION_DELAYS_MAX)
            return error_set(error, ERR_CONFIG, "more than %d times are named", OPTION_DELAYS_MAX);
        if (!fits || !option_duration(word, &ms) || ms < DELAY_MS_MIN || ms > DELAY_MS_MAX || ms <= last)
            return error_set(error, ERR_CONFIG,
                             "'%s'; write durations from 1s to 365d, each longer than the one before, as in "
                             "1h 24h 7d",
                             word);
        delays.ms[delays.count++] = ms;
    }
    *ret_delays = delays;
    return 0;
}

static bool read_size(const char *text, int64_t *ret_bytes)
{
    const char *rest;
    int64_t value;
    if (!read_number(text, &rest, &value) || value < 0)
        return false;
    int shift = 0;
    if (*rest) {
        static const char units[] = "KMGT";
        const char *unit = strchr(units, *rest);
        if (!unit || (rest[1] && strcmp(rest + 1, "B") && strcmp(rest + 1, "iB")))
            return false;
        shift = 10 * (int)(unit - units + 1);
    }
    return !__builtin_mul_overflow(value, (int64_t)1 << shift, ret_bytes);
}

static bool read_boolean(const char *text, bool *ret_value)
{
    static const char *const yes[] = {"yes", "true", "on", "1"}, *const no[] = {"no", "false", "off", "0"};
    for (size_t i = 0; i < 4; i++) {
        if (!strcasecmp(text, yes[i]) || !strcasecmp(text, no[i])) {
            *ret_value = !strcasecmp(text, yes[i]);
            return true;
        }
    }
    return false;
}

static int set_text(char **field, const char *text)
{
    char *copy = *text ? strdup(text) : NULL;
    if (*text && !copy)
        return -ENOMEM;
    free(*field);
    *field = copy;
    return 0;
}

static int out_of_range(const struct option_entry *option, int64_t value, const char *text,
                        struct error *error)
{
    if (option->min == 0 && option->max == 0)
        return 0;
    if (value >= option->min && value <= option->max)
        return 0;
    const char *unit = option->type == OPTION_DURATION ? " ms" : option->type == OPTION_SIZE ? " bytes" : "";
    return error_set(error, ERR_CONFIG, "%s = %s is out of range; allowed are %lld to %lld%s", option->key,
                     text, option->min, option->max, unit);
}

static int set_number(struct config *config, const struct option_entry *option, const char *text,
                      struct error *error)
{
    int64_t value;
    const char *rest = "";
    bool good = option->type == OPTION_DURATION ? option_duration(text, &value)
                : option->type == OPTION_SIZE   ? read_size(text, &value)
                                                : read_number(text, &rest, &value) && *rest == '\0';
    if (!good) {
        static const char *const examples[] = {[OPTION_NUMBER] = "a whole number",
                                               [OPTION_COUNT] = "a whole number",
                                               [OPTION_SIZE] = "a size such as 512K, 16M or 8G",
                                               [OPTION_DURATION] =
                                                   "a duration such as 500ms, 90s, 5min, 2h or 1d"};
        return error_set(error, ERR_CONFIG, "%s = %s cannot be read; write %s", option->key, text,
                         examples[option->type]);
    }
    int failure = out_of_range(option, value, text, error);
    if (failure)
        return failure;
    if (option->type == OPTION_NUMBER)
        *(int32_t *)field_of(config, option) = (int32_t)value;
    else
        *(int64_t *)field_of(config, option) = value;
    return 0;
}

/* YYYY-MM-DD as the beginning of that day, UTC. */
static bool read_day(const char *text, int64_t *ret_ms)
{
    int year, month, day, used = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || text[used] || month < 1 ||
        month > 12 || day < 1 || day > 31)
        return false;
    *ret_ms = clock_days_from_civil(year, month, day) * 86400000;
    return true;
}

static int set_backfill(struct config *config, const char *text, struct error *error)
{
    int64_t value = 0;
    const char *rest;
    if (!strcmp(text, "skip")) {
        config->backfill = BACKFILL_SKIP;
    } else if (!strcmp(text, "all")) {
        config->backfill = BACKFILL_ALL;
    } else if (!strncmp(text, "newest:", 7) && read_number(text + 7, &rest, &value) && !*rest && value >= 0) {
        config->backfill = BACKFILL_NEWEST;
    } else if (!strncmp(text, "since:", 6) && read_day(text + 6, &value)) {
        config->backfill = BACKFILL_SINCE;
    } else {
        return error_set(error, ERR_CONFIG,
                         "backfill = %s; allowed are skip, newest:NUMBER, all and since:YYYY-MM-DD", text);
    }
    config->backfill_value = value;
    return 0;
}

/* Index of the word in a list of choices, or -1 with the choices named in the error. */
static int choice(const struct option_entry *option, const char *text, const char *const *words, size_t count,
                  struct error *error)
{
    char all[256] = "";
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(text, words[i]))
            return (int)i;
        size_t used = strlen(all);
        (void)snprintf(all + used, sizeof(all) - used, "%s%s", i ? ", " : "",
                       words[i]); /* the lists are short */
    }
    (void)error_set(error, ERR_CONFIG, "%s = %s; allowed are %s", option->key, text, all);
    return -1;
}

static const char *const page_words[] = {"never", "auto", "always"};
static const char *const target_words[] = {"auto", "journal", "logfmt", "json"};
static const char *const level_words[] = {"error", "warning", "notice", "info", "debug"};

static int set_choice(struct config *config, const struct option_entry *option, const char *text,
                      struct error *error)
{
    int index;
    switch (option->type) {
    case OPTION_PAGES:
        index = choice(option, text, page_words, 3, error);
        if (index >= 0)
            *(enum page_policy *)field_of(config, option) = (enum page_policy)index;
        break;
    case OPTION_LOG_LEVEL:
        index = choice(option, text, level_words, 5, error);
        if (index >= 0)
            *(int32_t *)field_of(config, option) = index + 3;
        break;
    default:
        index = choice(option, text, target_words, 4, error);
        if (index >= 0 && set_text(field_of(config, option), text))
            return -ENOMEM;
        break;
    }
    return index >= 0 ? 0 : ERR_CONFIG;
}

static int set_topic(char **field, const char *text, struct error *error)
{
    if (!strcmp(text, "off"))
        return set_text(field, "");
    /* Kafka's own rule for topic names. */
    size_t legal = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    if (!*text || text[legal] || strlen(text) > 249)
        return error_set(error, ERR_CONFIG,
                         "'%s' is no topic name; letters, digits, '.', '_' and '-' are allowed, or off",
                         text);
    return set_text(field, text);
}

int option_set(struct config *config, const struct option_entry *option, const char *value,
               struct error *error)
{
    if (*value == '\0')
        value = option->fallback; /* an empty value resets */
    switch (option->type) {
    case OPTION_STRING:
    case OPTION_PATH:
        return set_text(field_of(config, option), strcmp(value, "off") ? value : "");
    case OPTION_NUMBER:
    case OPTION_COUNT:
    case OPTION_SIZE:
    case OPTION_DURATION:
        return set_number(config, option, value, error);
    case OPTION_BOOLEAN:
        if (!read_boolean(value, field_of(config, option)))
            return error_set(error, ERR_CONFIG, "%s = %s; allowed are yes and no", option->key, value);
        return 0;
    case OPTION_HOST_GAPS: {
        struct host_policy unused;
        int failure = option_host_gaps(value, &unused, error);
        return failure ? failure : set_text(field_of(config, option), value);
    }
    case OPTION_DELAYS: {
        struct option_delays unused;
        int failure = option_delays(value, &unused, error);
        return failure ? failure : set_text(field_of(config, option), value);
    }
    case OPTION_BACKFILL:
        return set_backfill(config, value, error);
    case OPTION_TOPIC:
        return set_topic(field_of(config, option), value, error);
    case OPTION_PAGES:
    case OPTION_LOG_LEVEL:
    case OPTION_LOG_TARGET:
        break;
    }
    return set_choice(config, option, value, error);
}

static int print_duration(struct buffer *buffer, int64_t ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"d", 86400000}, {"h", 3600000}, {"min", 60000}, {"s", 1000}, {"ms", 1}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (ms % units[i].ms == 0 && (ms != 0 || units[i].ms == 1000))
            return buffer_printf(buffer, "%" PRId64 "%s", ms / units[i].ms, units[i].unit);
    return 0;
}

static int print_size(struct buffer *buffer, int64_t bytes)
{
    static const char units[] = "TGMK";
    for (int i = 0; i < 4; i++) {
        int shift = 10 * (4 - i);
        if (bytes && bytes % ((int64_t)1 << shift) == 0)
            return buffer_printf(buffer, "%" PRId64 "%c", bytes >> shift, units[i]);
    }
    return buffer_printf(buffer, "%" PRId64, bytes);
}

static int print_backfill(struct buffer *buffer, const struct config *config)
{
    char day[CLOCK_RFC3339_BYTES];
    switch (config->backfill) {
    case BACKFILL_SKIP:
        return buffer_printf(buffer, "skip");
    case BACKFILL_ALL:
        return buffer_printf(buffer, "all");
    case BACKFILL_NEWEST:
        return buffer_printf(buffer, "newest:%" PRId64, config->backfill_value);
    case BACKFILL_SINCE:
        break;
    }
    return buffer_printf(buffer, "since:%.10s", clock_rfc3339(config->backfill_value, 0, day));
}

int option_print(const struct config *config, const struct option_entry *option, struct buffer *buffer)
{
    const void *field = field_of(config, option);
    const char *text;
    switch (option->type) {
    case OPTION_NUMBER:
        return buffer_printf(buffer, "%d", *(const int32_t *)field);
    case OPTION_COUNT:
        return buffer_printf(buffer, "%" PRId64, *(const int64_t *)field);
    case OPTION_SIZE:
        return print_size(buffer, *(const int64_t *)field);
    case OPTION_DURATION:
        return print_duration(buffer, *(const int64_t *)field);
    case OPTION_BOOLEAN:
        return buffer_printf(buffer, "%s", *(const bool *)field ? "yes" : "no");
    case OPTION_PAGES:
        return buffer_printf(buffer, "%s", page_words[*(const enum page_policy *)field]);
    case OPTION_BACKFILL:
        return print_backfill(buffer, config);
    case OPTION_LOG_LEVEL:
        return buffer_printf(buffer, "%s", level_words[*(const int32_t *)field - 3]);
    case OPTION_STRING:
    case OPTION_PATH:
    case OPTION_HOST_GAPS:
    case OPTION_DELAYS:
    case OPTION_LOG_TARGET:
    case OPTION_TOPIC:
        break;
    }
    text = *(char *const *)field;
    return buffer_printf(buffer, "%s", text ? text : option->type == OPTION_TOPIC ? "off" : "");
}

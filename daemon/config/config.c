/* config: files and drop-ins into one struct. Owns the struct's strings. Loop thread or command line. */
#include "daemon/config/config.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/url.h"
#include "daemon/config/ini.h"
#include "daemon/config/options.h"
#include "daemon/config/site_files.h"
#include "daemon/config/stage_options.h"

enum { SECRET_BYTES_MAX = 65536 };

struct loading {
    struct config *config;
    const char *file;
    config_report *report;
    void *context;
    size_t problems;
};

static void problem(struct loading *loading, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void problem(struct loading *loading, unsigned line, const char *format, ...)
{
    char text[ERROR_TEXT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments); /* cut off is fine for a message */
    va_end(arguments);
    struct config_problem found = {.file = loading->file, .line = line, .text = text};
    loading->problems++;
    loading->report(loading->context, &found);
}

const char *config_problem_text(const struct config_problem *problem, char text[CONFIG_PROBLEM_BYTES])
{
    char line[16] = "";
    if (problem->file && problem->line)
        (void)snprintf(line, sizeof(line), ":%u", problem->line);
    (void)snprintf(text, CONFIG_PROBLEM_BYTES, "%s%s: %s%s", problem->file ? problem->file : "newsd", line,
                   problem->warning ? "warning: " : "", problem->text); /* cut off is fine for a message */
    return text;
}

void config_report_stderr(void *context, const struct config_problem *problem)
{
    char text[CONFIG_PROBLEM_BYTES];
    (void)context;
    fprintf(stderr, "%s\n", config_problem_text(problem, text));
}

/* ---- Kafka properties ---- */

static bool is_secret(const char *name)
{
    return strstr(name, "password") || strstr(name, "secret") || strstr(name, "oauthbearer.config") ||
           strstr(name, "key.pem") || strstr(name, "token");
}

/* The secret behind file:PATH or credential:NAME; NULL with *error filled. */
static char *secret_read(const char *value, struct error *error)
{
    char path[4096];
    if (!strncmp(value, "credential:", 11)) {
        const char *directory = getenv("CREDENTIALS_DIRECTORY");
        if (!directory) {
            (void)error_set(error, ERR_CONFIG,
                            "%s: there is no $CREDENTIALS_DIRECTORY; add LoadCredential= to the unit", value);
            return NULL;
        }
        (void)snprintf(path, sizeof(path), "%s/%s", directory, value + 11);
    } else {
        (void)snprintf(path, sizeof(path), "%s", value + 5);
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        (void)error_set(error, ERR_CONFIG, "the secret %s cannot be read: %s", path, strerror(errno));
        return NULL;
    }
    char *text = calloc(1, SECRET_BYTES_MAX);
    size_t len = text ? fread(text, 1, SECRET_BYTES_MAX - 1, file) : 0;
    fclose(file);
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        text[--len] = '\0';
    return text;
}

static void property_clear(struct config_property *property)
{
    free(property->name);
    free(property->value);
    free(property->file);
}

static int property_set(struct config *config, const char *file, unsigned line, const char *name,
                        const char *value, struct error *error)
{
    bool indirect = !strncmp(value, "file:", 5) || !strncmp(value, "credential:", 11);
    char *text = indirect ? secret_read(value, error) : strdup(value);
    if (!text)
        return indirect ? ERR_CONFIG : -ENOMEM;
    struct config_property fresh = {.name = strdup(name),
                                    .value = text,
                                    .file = file ? strdup(file) : NULL,
                                    .line = line,
                                    .secret = indirect || is_secret(name)};
    size_t i = 0;
    while (i < config->kafka_count && strcmp(config->kafka[i].name, name))
        i++;
    if (i == config->kafka_count) {
        struct config_property *grown = reallocarray(config->kafka, i + 1, sizeof(*grown));
        if (!grown || !fresh.name) {
            property_clear(&fresh);
            config->kafka = grown ? grown : config->kafka;
            return -ENOMEM;
        }
        config->kafka = grown;
        config->kafka_count++;
    } else {
        property_clear(&config->kafka[i]);
    }
    config->kafka[i] = fresh;
    if (*value == '\0') { /* an empty value takes the property back */
        property_clear(&config->kafka[i]);
        memmove(&config->kafka[i], &config->kafka[i + 1], (config->kafka_count - i - 1) * sizeof(fresh));
        config->kafka_count--;
    }
    return 0;
}

/* ---- Options ---- */

/* A relative path counts from the folder of the file that names it. */
static int path_complete(char **field, const char *file)
{
    const char *slash = file ? strrchr(file, '/') : NULL;
    if (!*field || **field == '/' || !slash)
        return 0;
    char *whole;
    if (asprintf(&whole, "%.*s/%s", (int)(slash - file), file, *field) < 0)
        return -ENOMEM;
    free(*field);
    *field = whole;
    return 0;
}

static int assign(struct config *config, const char *file, unsigned line, const char *section,
                  const char *key, const char *value, struct error *error)
{
    if (!strcmp(section, "kafka"))
        return property_set(config, file, line, key, value, error);
    if (!strcmp(section, "stages"))
        return stage_options_set(config->stages, key, value, error);
    const struct option_entry *option = option_find(section, key);
    if (!option) {
        const struct option_entry *near = option_nearest(section, key);
        char known[256];
        if (!option_section_known(section))
            return error_set(error, ERR_CONFIG, "there is no section [%s]; the sections are %s", section,
                             option_sections(known, sizeof(known)));
        return near ? error_set(error, ERR_CONFIG, "[%s] has no option %s; did you mean %s in [%s]?", section,
                                key, near->key, near->section)
                    : error_set(error, ERR_CONFIG, "[%s] has no option %s; newsd.conf(5) lists them all",
                                section, key);
    }
    int failure = option_set(config, option, value, error);
    if (!failure && option->type == OPTION_PATH)
        failure = path_complete((char **)(void *)((char *)config + option->offset), file);
    return failure;
}

static void on_assign(void *context, unsigned line, const char *section, const char *key, const char *value)
{
    struct loading *loading = context;
    struct error error = {0};
    int failure = assign(loading->config, loading->file, line, section, key, value, &error);
    if (failure)
        problem(loading, line, "%s", error.text[0] ? error.text : error_text(failure));
}

static void on_fault(void *context, unsigned line, const char *text)
{
    problem(context, line, "%s", text);
}

struct config *config_default(void)
{
    struct config *config = calloc(1, sizeof(*config));
    if (!config)
        return NULL;
    for (size_t i = 0; i < option_count; i++) {
        if (option_set(config, &option_table[i], option_table[i].fallback, NULL)) {
            config_free(&config);
            return NULL;
        }
    }
    config->topics[TOPIC_FEEDS].compact = true;
    const char *state = getenv("STATE_DIRECTORY");
    if (state && option_set(config, option_find("newsd", "state-directory"), state, NULL))
        config_free(&config);
    return config;
}

int config_set(struct config *config, const char *section, const char *key, const char *value,
               struct error *error)
{
    return assign(config, NULL, 0, section, key, value, error);
}

void config_free(struct config **ret_config)
{
    struct config *config = *ret_config;
    if (!config)
        return;
    for (size_t i = 0; i < option_count; i++) {
        enum option_type type = option_table[i].type;
        if (type == OPTION_STRING || type == OPTION_PATH || type == OPTION_TOPIC ||
            type == OPTION_LOG_TARGET || type == OPTION_HOST_GAPS || type == OPTION_DELAYS)
            free(*(char **)(void *)((char *)config + option_table[i].offset));
    }
    for (size_t i = 0; i < config->kafka_count; i++)
        property_clear(&config->kafka[i]);
    free(config->kafka);
    free(config->file);
    site_rules_destroy(&config->site_rules);
    free(config);
    *ret_config = NULL;
}

/* ---- Files ---- */

static int is_drop_in(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);
    return entry->d_name[0] != '.' && len > 5 && !strcmp(entry->d_name + len - 5, ".conf");
}

static void read_file(struct loading *loading, const char *path)
{
    loading->file = path;
    int error = ini_read(path, on_assign, on_fault, loading);
    if (error)
        problem(loading, 0, "cannot be read: %s", error_text(error));
}

static void read_drop_ins(struct loading *loading, const char *path)
{
    char directory[4096], file[4096 + 300];
    struct dirent **entries;
    (void)snprintf(directory, sizeof(directory), "%s.d", path);
    int count = scandir(directory, &entries, is_drop_in, alphasort);
    for (int i = 0; i < count; i++) {
        (void)snprintf(file, sizeof(file), "%s/%s", directory, entries[i]->d_name);
        read_file(loading, file);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static void check_together(struct loading *loading)
{
    const struct config *config = loading->config;
    loading->file = config->file;
    if (config->interval_min_ms > config->interval_max_ms)
        problem(loading, 0, "poll.interval-min is over poll.interval-max; lower the one or raise the other");
    if (config->websub_listen && !url_is_http(str_from(config->websub_callback)))
        problem(
            loading, 0,
            "websub.listen is set, and websub.callback is no http or https URL; hubs need one to deliver to");
    if (config->ca_file && access(config->ca_file, R_OK))
        problem(loading, 0, "poll.ca-file = %s cannot be read: %s", config->ca_file, strerror(errno));
    for (int topic = 0; topic < TOPIC_COUNT; topic++)
        for (int other = topic + 1; other < TOPIC_COUNT; other++)
            if (config->topics[topic].name && config->topics[other].name &&
                !strcmp(config->topics[topic].name, config->topics[other].name))
                problem(loading, 0, "two kinds of records go to the topic %s; give each a name of its own",
                        config->topics[topic].name);
    if (config->outbox_high > config->outbox_hard)
        problem(loading, 0, "store.outbox-high is over store.outbox-hard; the first must be reached first");
}

int config_load(const char *path, config_report *report, void *context, struct config **ret_config)
{
    static const char standard[] = "/etc/newsd/newsd.conf";
    const char *file = path ? path : standard;
    struct loading loading = {.config = config_default(), .report = report, .context = context};
    *ret_config = NULL;
    if (!loading.config)
        return -ENOMEM;
    loading.config->file = strdup(file);
    if (!loading.config->file)
        problem(&loading, 0, "no memory");
    if (path || access(standard, F_OK) == 0)
        read_file(&loading, file);
    read_drop_ins(&loading, file);
    if (path_complete(&loading.config->feeds_directory, file) ||
        path_complete(&loading.config->sites_directory, file))
        problem(&loading, 0, "no memory");
    check_together(&loading);
    if (loading.problems) {
        config_free(&loading.config);
        return ERR_CONFIG;
    }
    loading.config->site_rules = site_files_load(loading.config->sites_directory, report, context);
    *ret_config = loading.config;
    return 0;
}

/* ---- Differences and dump ---- */

static void say(void (*line)(void *context, const char *text), void *context, const char *name,
                const char *before, const char *after, bool reloadable)
{
    char text[ERROR_TEXT_BYTES];
    (void)snprintf(text, sizeof(text), "%s: %s -> %s%s", name, *before ? before : "(none)",
                   *after ? after : "(none)", reloadable ? "" : " (needs a restart)");
    line(context, text);
}

static const struct config_property *property_find(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->kafka_count; i++)
        if (!strcmp(config->kafka[i].name, name))
            return &config->kafka[i];
    return NULL;
}

static const char *property_shown(const struct config_property *property)
{
    if (!property)
        return "";
    return property->secret ? "(secret)" : property->value;
}

static size_t diff_properties(const struct config *before, const struct config *after,
                              void (*line)(void *context, const char *text), void *context)
{
    size_t count = 0;
    char name[256];
    for (size_t i = 0; i < after->kafka_count; i++) {
        const struct config_property *now = &after->kafka[i], *old = property_find(before, now->name);
        if (old && !strcmp(old->value, now->value))
            continue;
        (void)snprintf(name, sizeof(name), "kafka.%s", now->name);
        say(line, context, name, property_shown(old), property_shown(now), false);
        count++;
    }
    for (size_t i = 0; i < before->kafka_count; i++) {
        if (property_find(after, before->kafka[i].name))
            continue;
        (void)snprintf(name, sizeof(name), "kafka.%s", before->kafka[i].name);
        say(line, context, name, property_shown(&before->kafka[i]), "", false);
        count++;
    }
    return count;
}

size_t config_diff(const struct config *before, const struct config *after,
                   void (*line)(void *context, const char *text), void *context)
{
    size_t count = 0;
    for (size_t i = 0; i < option_count; i++) {
        _cleanup_buffer_ struct buffer old = {0}, now = {0};
        char name[128];
        (void)option_print(before, &option_table[i], &old);
        (void)option_print(after, &option_table[i], &now);
        if (str_equal(buffer_str(&old), buffer_str(&now)))
            continue;
        (void)snprintf(name, sizeof(name), "%s.%s", option_table[i].section, option_table[i].key);
        say(line, context, name, buffer_str(&old).ptr, buffer_str(&now).ptr, option_table[i].reloadable);
        count++;
    }
    count += stage_options_diff(before->stages, after->stages, line, context);
    return count + diff_properties(before, after, line, context);
}

int config_dump(const struct config *config, struct buffer *buffer)
{
    const char *section = "";
    for (size_t i = 0; i < option_count; i++) {
        if (strcmp(section, option_table[i].section))
            buffer_printf(buffer, "%s[%s]\n", *section ? "\n" : "", option_table[i].section);
        section = option_table[i].section;
        buffer_printf(buffer, "%s = ", option_table[i].key);
        (void)option_print(config, &option_table[i], buffer);
        buffer_append_byte(buffer, '\n');
    }
    stage_options_dump(config->stages, buffer);
    buffer_printf(buffer, "\n[kafka]\n");
    for (size_t i = 0; i < config->kafka_count; i++)
        buffer_printf(buffer, "%s = %s\n", config->kafka[i].name, property_shown(&config->kafka[i]));
    return buffer->failed ? -ENOMEM : 0;
}

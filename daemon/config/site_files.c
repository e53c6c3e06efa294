/* site_files: reads the folder of site rules. Owns nothing but what it returns. Loop thread or command line.
 */
#include "daemon/config/site_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/config/ini.h"

enum { PATH_BYTES = 4096 + 300 };

struct loading {
    struct site_rules *rules;
    const char *file;
    config_report *report;
    void *context;
};

static void on_fault(void *context, unsigned line, const char *text)
{
    struct loading *loading = context;
    struct config_problem found = {.file = loading->file, .line = line, .text = text, .warning = true};
    loading->report(loading->context, &found);
}

static void on_assign(void *context, unsigned line, const char *section, const char *key, const char *value)
{
    struct loading *loading = context;
    struct error error = {0};
    int failure = site_rules_set(loading->rules, section, key, value, &error);
    if (failure)
        on_fault(loading, line, error.text[0] ? error.text : error_text(failure));
}

static int is_conf(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && str_ends(str_from(entry->d_name), STR(".conf"));
}

static void read_file(struct loading *loading, const char *path)
{
    loading->file = path;
    int failure = ini_read(path, on_assign, on_fault, loading);
    if (failure)
        on_fault(loading, 0, error_text(failure));
}

struct site_rules *site_files_load(const char *directory, config_report *report, void *context)
{
    struct loading loading = {
        .rules = site_rules_create(), .file = directory, .report = report, .context = context};
    struct dirent **entries;
    int count = loading.rules ? scandir(directory, &entries, is_conf, alphasort) : -1;
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        (void)snprintf(path, sizeof(path), "%s/%s", directory, entries[i]->d_name);
        read_file(&loading, path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (site_rules_count(loading.rules) == 0)
        site_rules_destroy(&loading.rules);
    return loading.rules;
}

/* fuzz_config: a first line that names the file ("newsd.conf", "a.txt" or "a.opml"), then its text. Files are
 * written to a folder of their own in memory. A configuration that was read must be shown in a form that
 * reads the same; a feed list holds no address twice. */
#include "fuzz/fuzz_check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/url.h"
#include "base/utf8.h"
#include "daemon/config/config.h"
#include "daemon/config/feed_list.h"

static char folder[64];

static void remove_folder(void)
{
    char path[128];
    static const char *const names[] = {"newsd.conf", "a.txt", "a.opml"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static const char *write_file(const char *name, struct str text)
{
    static char path[128];
    if (!folder[0]) {
        (void)snprintf(folder, sizeof(folder), "/dev/shm/newsd-fuzz-XXXXXX");
        CHECK(mkdtemp(folder));
        (void)atexit(remove_folder);
    }
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    CHECK(file);
    CHECK(fwrite(text.ptr ? text.ptr : "", 1, text.len, file) == text.len);
    CHECK(fclose(file) == 0);
    return path;
}

static void count(void *context, const struct config_problem *problem)
{
    char text[CONFIG_PROBLEM_BYTES];
    size_t *errors = context;
    CHECK(problem->text[0]);
    CHECK(config_problem_text(problem, text)[0]);
    *errors += !problem->warning;
}

static void ignore_line(void *context, const char *text)
{
    (void)context;
    CHECK(text[0]);
}

static bool has_secret(const struct config *config)
{
    for (size_t i = 0; i < config->kafka_count; i++)
        if (config->kafka[i].secret)
            return true;
    return false;
}

static void check_config(struct str text)
{
    struct config *config = NULL, *again = NULL;
    size_t errors = 0;
    int code = config_load(write_file("newsd.conf", text), count, &errors, &config);
    CHECK(code == 0 || code == ERR_CONFIG);
    CHECK((config != NULL) == (code == 0) && (errors > 0) == (code != 0));
    if (config && !has_secret(config)) {
        struct buffer dump = {0};
        CHECK(config_dump(config, &dump) == 0);
        CHECK(config_load(write_file("newsd.conf", buffer_str(&dump)), count, &errors, &again) == 0);
        CHECK(config_diff(config, again, ignore_line, NULL) == 0);
        buffer_done(&dump);
    }
    config_free(&config);
    config_free(&again);
    (void)write_file("newsd.conf", STR_NONE);
}

static void check_feeds(const char *name, struct str text)
{
    struct feed_list *list = NULL;
    size_t errors = 0, problems = 0;
    (void)write_file(name, text);
    int code = feed_list_load(folder, count, &errors, &list, &problems);
    CHECK(code == 0 || (code == ERR_CONFIG && problems > 0));
    CHECK((list != NULL) == (code == 0));
    for (size_t i = 0; list && i < list->count; i++) {
        const struct feed_list_entry *entry = &list->entries[i];
        CHECK(url_is_http(entry->url) && utf8_valid(entry->url) && entry->interval_s >= 0);
        CHECK(entry->line > 0 && entry->file);
        CHECK(i == 0 || !str_equal(entry->url, list->entries[i - 1].url));
    }
    feed_list_free(&list);
    (void)unlink(write_file(name, STR_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str name, text = fuzz_text(data, size, &name);
    if (str_equal(name, STR("a.txt")))
        check_feeds("a.txt", text);
    else if (str_equal(name, STR("a.opml")))
        check_feeds("a.opml", text);
    else
        check_config(text);
    return 0;
}

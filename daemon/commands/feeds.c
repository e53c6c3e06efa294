/* feeds: `newsd feeds`: the feed lists from the command line. Edits only local.txt of the feeds
 * directory. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/url.h"
#include "base/url_request.h"
#include "daemon/commands/command.h"
#include "daemon/commands/feeds_add.h"
#include "daemon/commands/input.h"
#include "daemon/commands/feeds_check.h"
#include "daemon/config/config.h"
#include "daemon/config/feed_list.h"
#include "feeds/parse/opml.h"

static const struct feed_list_entry *find(const struct feed_list *list, struct str url)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->entries[i].url, url))
            return &list->entries[i];
    return NULL;
}

/* Mode and owner are the old file's; a first file is for whom its folder is for. The service must be able to
 * read what root writes, whatever root's umask. */
static bool keep_rights(int fd, const char *path)
{
    char folder[4096];
    struct stat status;
    const char *slash = strrchr(path, '/');
    (void)snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    bool old = stat(path, &status) == 0;
    if (!old && stat(slash == path ? "/" : folder, &status))
        return false;
    /* Only root can give a file away; who may not keeps it as his own. */
    if (geteuid() == 0 && fchown(fd, status.st_uid, status.st_gid))
        return false;
    return fchmod(fd, old ? status.st_mode & 0777 : (status.st_mode & 0444) | 0200) == 0;
}

/* Whole or not at all: a new file takes the old one's place. */
static int write_file(const char *path, struct str text)
{
    char fresh[4200];
    (void)snprintf(fresh, sizeof(fresh), "%s.new", path);
    FILE *file = fopen(fresh, "we");
    bool good = file && keep_rights(fileno(file), path) && fwrite(text.ptr, 1, text.len, file) == text.len &&
                fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (file)
        good = fclose(file) == 0 && good;
    if (good && rename(fresh, path) == 0)
        return EX_OK;
    fprintf(stderr, "newsd feeds: %s cannot be written: %s\n", path, strerror(errno));
    (void)unlink(fresh); /* not there is fine */
    return EX_CANTCREAT;
}

static void local_path(const struct config *config, char *path, size_t size)
{
    (void)snprintf(path, size, "%s/local.txt", config->feeds_directory);
}

static int list(const struct feed_list *feeds)
{
    for (size_t i = 0; i < feeds->count; i++) {
        const struct feed_list_entry *entry = &feeds->entries[i];
        printf("%.*s\t%.*s\t%s:%u\n", STR_ARG(entry->url), STR_ARG(entry->title), entry->file, entry->line);
    }
    return EX_OK;
}

static int append(const struct config *config, struct str lines)
{
    char path[4096];
    _cleanup_buffer_ struct buffer text = {0};
    local_path(config, path, sizeof(path));
    (void)mkdir(config->feeds_directory, 0755); /* there already: fine; else the file's own error says it */
    int error = input_read(path, &text);
    if (error && error != -ENOENT) {
        fprintf(stderr, "newsd feeds: %s cannot be read: %s\n", path, strerror(-error));
        return EX_NOINPUT;
    }
    if (text.len && text.ptr[text.len - 1] != '\n')
        buffer_append_byte(&text, '\n');
    buffer_append_str(&text, lines);
    return write_file(path, buffer_str(&text));
}

static int add_url(const struct config *config, const struct feed_list *feeds, struct str url, int count,
                   char **pairs)
{
    _cleanup_buffer_ struct buffer line = {0};
    const struct feed_list_entry *known = find(feeds, url);
    if (known) {
        printf("%.*s stands in %s:%u already\n", STR_ARG(url), known->file, known->line);
        return EX_OK;
    }
    buffer_append_str(&line, url);
    for (int i = 0; i < count; i++)
        buffer_printf(&line, " %s", pairs[i]);
    buffer_append_byte(&line, '\n');
    int code = append(config, buffer_str(&line));
    if (code == EX_OK)
        printf("added %.*s; systemctl reload newsd makes the daemon read it\n", STR_ARG(url));
    return code;
}

/* "news.example/rss", "localhost:8080/rss": as people copy it. "mailto:desk@news.example" has a scheme. */
static bool is_without_scheme(const char *text)
{
    size_t host = strcspn(text, ":/?#"), port = text[host] == ':' ? strspn(text + host + 1, "0123456789") : 0;
    const char *behind = text + host + (port ? port + 1 : 0);
    bool named = memchr(text, '.', host) || port;
    return named && text[0] != '.' && !memchr(text, '@', host) && (!*behind || strchr("/?#", *behind));
}

static int add(const struct config *config, const struct feed_list *feeds, bool unchecked, int count,
               char **arguments)
{
    char whole[4096];
    struct str url = str_from(arguments[0]);
    struct error error = {0};
    if (is_without_scheme(arguments[0]) && url.len + sizeof("https://") <= sizeof(whole)) {
        (void)snprintf(whole, sizeof(whole), "https://%s", arguments[0]);
        printf("%s has no scheme; trying %s\n", arguments[0], whole);
        arguments[0] = whole;
        url = str_from(whole);
    }
    if (!url_is_http(url)) {
        fprintf(stderr, "newsd feeds add: '%s' is no http or https URL; write https://news.example/rss\n",
                arguments[0]);
        return EX_USAGE;
    }
    struct arena *arena = arena_create((size_t)256 << 20);
    struct str asked;
    int code = EX_DATAERR;
    if (arena && url_for_request(arena, url, &asked, &error)) { /* no list would take it */
        fprintf(stderr, "newsd feeds add: '%s' cannot be asked for: %s\n", arguments[0], error.text);
        arena_destroy(&arena);
        return EX_USAGE;
    }
    if (unchecked || find(feeds, url)) {
        arena_destroy(&arena);
        return add_url(config, feeds, url, count - 1, arguments + 1);
    }
    if (!arena || command_feeds_find(arena, arguments[0], &url, &error))
        fprintf(stderr, "newsd feeds add: %s: %s; --unchecked adds the address as it is\n", arguments[0],
                error.text[0] ? error.text : "no memory");
    else
        code = add_url(config, feeds, url, count - 1, arguments + 1);
    arena_destroy(&arena);
    return code;
}

static int remove_feed(const struct feed_list *feeds, const char *url)
{
    const struct feed_list_entry *entry = find(feeds, str_from(url));
    _cleanup_buffer_ struct buffer before = {0}, after = {0};
    if (!entry) {
        fprintf(stderr, "newsd feeds remove: no list has %s\n", url);
        return EX_DATAERR;
    }
    if (!str_ends(str_from(entry->file), STR(".txt"))) {
        fprintf(stderr, "newsd feeds remove: %s stands in %s:%u; edit that file\n", url, entry->file,
                entry->line);
        return EX_DATAERR;
    }
    if (input_read(entry->file, &before))
        return EX_NOINPUT;
    struct str rest = buffer_str(&before), line;
    for (unsigned number = 1; str_split(&rest, '\n', &line); number++)
        if (number != entry->line && !(line.len == 0 && !rest.ptr))
            buffer_printf(&after, "%.*s\n", STR_ARG(line));
    int code = write_file(entry->file, buffer_str(&after));
    if (code == EX_OK)
        printf("removed %s from %s\n", url, entry->file);
    return code;
}

static int import(const struct config *config, const struct feed_list *feeds, const char *path)
{
    _cleanup_buffer_ struct buffer bytes = {0}, lines = {0};
    struct arena *arena = arena_create((size_t)1 << 30);
    struct opml opml = {0};
    struct error error = {0};
    size_t added = 0;
    int failure = arena ? input_read(path, &bytes) : -ENOMEM;
    if (failure)
        fprintf(stderr, "newsd feeds import: %s cannot be read: %s\n", path, strerror(-failure));
    else if ((failure = opml_parse(arena, buffer_str(&bytes), &opml, &error)))
        fprintf(stderr, "%s: %s\n", path, error.text);
    bool early =
        failure == ERR_MALFORMED && opml.feed_count; /* ends early: the rest is taken, as by feeds.d */
    failure = early ? 0 : failure;
    for (size_t i = 0; !failure && i < opml.feed_count; i++) {
        const struct opml_feed *feed = &opml.feeds[i];
        if (!feed->url.len || find(feeds, feed->url) || str_find_byte(feed->url, ' ', 0) >= 0)
            continue;
        struct feed_list_entry entry = {.url = feed->url,
                                        .title = feed->title,
                                        .category = feed->category,
                                        .site = feed->html_url,
                                        .page_policy = -1,
                                        .file = path,
                                        .line = feed->line};
        feed_list_read_settings(arena, feed->settings, &entry, config_report_stderr, NULL);
        if (entry.unchecked_certificate) /* somebody else may have written the list */
            fprintf(stderr,
                    "%s:%u: warning: certificate=unchecked: anybody on the way can pass for %.*s; take the "
                    "setting out of the list if its certificate is to be checked\n",
                    path, feed->line, STR_ARG(feed->url));
        feed_list_write_line(&lines, &entry);
        added++;
    }
    for (size_t i = 0; !failure && i < opml.problem_count; i++)
        fprintf(stderr, "%s:%u: %.*s\n", path, opml.problems[i].line, STR_ARG(opml.problems[i].text));
    int code = failure ? EX_DATAERR : added ? append(config, buffer_str(&lines)) : EX_OK;
    if (!failure && code == EX_OK)
        printf("added %zu of %zu feeds\n", added, opml.feed_count);
    arena_destroy(&arena);
    return early && code == EX_OK ? EX_DATAERR : code;
}

/* In one line and trimmed, as a text list holds it: what is imported again is then exported the same. */
static struct str plain(struct arena *arena, struct str text)
{
    text = str_trim(text);
    char *copy = text.len ? arena_copy(arena, text.ptr, text.len) : NULL;
    for (size_t i = 0; copy && i < text.len; i++)
        if ((unsigned char)copy[i] < ' ')
            copy[i] = ' ';
    return copy ? str_make(copy, text.len) : STR_NONE;
}

static struct opml_feed outline(struct arena *arena, const struct feed_list_entry *entry)
{
    _cleanup_buffer_ struct buffer settings = {0};
    feed_list_write_settings(&settings, entry);
    return (struct opml_feed){.url = entry->url,
                              .title = plain(arena, entry->title),
                              .html_url = plain(arena, entry->site),
                              .category = plain(arena, entry->category),
                              .settings = arena_str(arena, buffer_str(&settings))};
}

static int export(const struct feed_list *feeds, const char *path)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct opml opml = {.title = STR("newsd feeds"), .feed_count = feeds->count};
    _cleanup_buffer_ struct buffer out = {0};
    opml.feeds = arena ? arena_new_array(arena, struct opml_feed, feeds->count + 1) : NULL;
    for (size_t i = 0; opml.feeds && i < feeds->count; i++)
        opml.feeds[i] = outline(arena, &feeds->entries[i]);
    int code = opml.feeds && !arena_exhausted(arena) && opml_write(&out, &opml) == 0 ? EX_OK : EX_OSERR;
    if (code == EX_OK && path)
        code = write_file(path, buffer_str(&out));
    else if (code == EX_OK && fwrite(out.ptr, 1, out.len, stdout) != out.len)
        code = EX_IOERR;
    arena_destroy(&arena);
    return code;
}

static int dispatch(const struct config *config, const struct feed_list *feeds, bool unchecked, int count,
                    char **arguments)
{
    const char *verb = count ? arguments[0] : "list";
    if (!strcmp(verb, "list"))
        return list(feeds);
    if (!strcmp(verb, "add") && count > 1)
        return add(config, feeds, unchecked, count - 1, arguments + 1);
    if (!strcmp(verb, "check") && count == 1)
        return command_feeds_check(config, feeds);
    if (!strcmp(verb, "remove") && count == 2)
        return remove_feed(feeds, arguments[1]);
    if (!strcmp(verb, "import") && count == 2)
        return import(config, feeds, arguments[1]);
    if (!strcmp(verb, "export") && count <= 2)
        return export(feeds, count == 2 ? arguments[1] : NULL);
    return EX_USAGE;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"unchecked", no_argument, NULL, 'u'}, {NULL, 0, NULL, 0}};
    const char *path = NULL;
    bool unchecked = false;
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == 'c')
            path = optarg;
        else if (option == 'u')
            unchecked = true;
        else
            return EX_USAGE;
    }
    struct config *config;
    struct feed_list *feeds = NULL;
    size_t problems;
    if (config_load(path, config_report_stderr, NULL, &config))
        return EX_CONFIG;
    int code = EX_CONFIG;
    if (feed_list_load(config->feeds_directory, config_report_stderr, NULL, &feeds, &problems) == 0)
        code = dispatch(config, feeds, unchecked, argc - optind, argv + optind);
    feed_list_free(&feeds);
    config_free(&config);
    return code;
}

const struct command command_feeds = {
    .name = "feeds",
    .arguments = "[-c FILE] list | check | add [--unchecked] URL [key=value...] | remove URL | import FILE | "
                 "export [FILE]",
    .summary = "the feed lists",
    .run = run,
};

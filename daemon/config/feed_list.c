/* feed_list: reads the feeds directory. Owns nothing but the list it returns. */
#include "daemon/config/feed_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/url.h"
#include "base/url_request.h"
#include "base/utf8.h"
#include "daemon/config/options.h"
#include "feeds/parse/opml.h"

enum { LIST_BYTES_MAX = 256 << 20, ARENA_BYTES = 1 << 30, SCRATCH_BYTES = 1 << 20, SHOWN_BYTES = 200 };

struct known_url {
    UT_hash_handle by_url;
    size_t index;
};

struct loading {
    struct feed_list *list;
    struct arena *scratch; /* for one URL at a time */
    size_t capacity;
    struct known_url *known;
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
    struct config_problem found = {.file = loading->file, .line = line, .text = text, .warning = line > 0};
    loading->problems++;
    loading->report(loading->context, &found);
}

/* The list's own spelling stays the feed's name; what goes over the wire is made from it for each request. */
static bool can_be_asked(struct loading *loading, const struct feed_list_entry *entry)
{
    struct error reason = {0};
    struct str asked;
    bool good = false;
    if (!url_is_http(entry->url) || !utf8_valid(entry->url))
        problem(loading, entry->line, "'%.*s' is no http or https URL", STR_ARG(entry->url));
    else if (url_for_request(loading->scratch, entry->url, &asked, &reason))
        problem(loading, entry->line, "'%.*s' cannot be asked for: %s",
                STR_ARG(str_slice(entry->url, 0, SHOWN_BYTES)), reason.text[0] ? reason.text : "no memory");
    else
        good = true;
    arena_reset(loading->scratch);
    return good;
}

static void add(struct loading *loading, const struct feed_list_entry *entry)
{
    struct feed_list *list = loading->list;
    struct known_url *known;
    if (!can_be_asked(loading, entry))
        return;
    HASH_FIND(by_url, loading->known, entry->url.ptr, entry->url.len, known);
    if (known) {
        const struct feed_list_entry *first = &list->entries[known->index];
        problem(loading, entry->line, "%.*s stands in %s:%u already; the first one counts",
                STR_ARG(entry->url), first->file, first->line);
        return;
    }
    if (arena_grow(list->arena, (void **)&list->entries, list->count, &loading->capacity,
                   sizeof(*list->entries)) ||
        !(known = arena_new(list->arena, struct known_url))) {
        problem(loading, entry->line, "no memory for so many feeds");
        return;
    }
    known->index = list->count;
    list->entries[list->count] = *entry;
    HASH_ADD_KEYPTR(by_url, loading->known, list->entries[list->count].url.ptr, entry->url.len, known);
    if (TABLE_HAS(by_url, known))
        list->count++;
    else
        problem(loading, entry->line, "no memory for so many feeds");
}

/* key=value behind the URL; values may be quoted to hold blanks. */
static void read_setting(struct loading *loading, struct feed_list_entry *entry, struct str key,
                         struct str value)
{
    struct config scratch = {0};
    char text[64];
    (void)snprintf(text, sizeof(text), "%.*s", STR_ARG(value));
    struct error error;
    if (str_equal(key, STR("title"))) {
        entry->title = value;
    } else if (str_equal(key, STR("category"))) {
        entry->category = value;
    } else if (str_equal(key, STR("site"))) {
        entry->site = value;
    } else if (str_equal(key, STR("pages"))) {
        if (option_set(&scratch, option_find("pages", "policy"), text, &error))
            problem(loading, entry->line, "pages=%s; allowed are never, auto, always", text);
        else
            entry->page_policy = (int)scratch.pages;
    } else if (str_equal(key, STR("interval"))) {
        if (option_set(&scratch, option_find("poll", "interval-default"), text, &error))
            problem(loading, entry->line, "interval=%s; write a duration from 1s to 1d", text);
        else
            entry->interval_s = (int32_t)(scratch.interval_default_ms / 1000);
    } else if (str_equal(key, STR("certificate"))) {
        entry->unchecked_certificate = str_equal(value, STR("unchecked"));
        if (!entry->unchecked_certificate && !str_equal(value, STR("checked")))
            problem(loading, entry->line, "certificate=%s; allowed are checked and unchecked", text);
    } else {
        problem(
            loading, entry->line,
            "there is no setting '%.*s'; allowed are title, category, site, pages, interval and certificate",
            STR_ARG(key));
    }
}

static struct str next_word(struct str *rest)
{
    *rest = str_trim_ascii(*rest);
    size_t end = 0;
    bool quoted = false;
    while (end < rest->len && (quoted || (rest->ptr[end] != ' ' && rest->ptr[end] != '\t'))) {
        quoted ^= rest->ptr[end] == '"';
        end++;
    }
    struct str word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return word;
}

/* Without its quotes; a doubled one within is one. */
static struct str unquoted(struct arena *arena, struct str value)
{
    if (value.len < 2 || value.ptr[0] != '"' || value.ptr[value.len - 1] != '"')
        return value;
    struct str inner = str_slice(value, 1, value.len - 1);
    char *text = str_find(inner, STR("\"\""), 0) < 0 ? NULL : arena_copy(arena, inner.ptr, inner.len);
    size_t len = 0;
    for (size_t i = 0; text && i < inner.len; i++) {
        text[len++] = inner.ptr[i];
        i += inner.ptr[i] == '"' && i + 1 < inner.len && inner.ptr[i + 1] == '"';
    }
    return text ? str_make(text, len) : inner;
}

static void read_settings(struct loading *loading, struct feed_list_entry *entry, struct str rest)
{
    for (struct str word = next_word(&rest); word.len && word.ptr[0] != '#'; word = next_word(&rest)) {
        ptrdiff_t equals = str_find_byte(word, '=', 0);
        struct str value = equals < 0 ? STR_NONE : str_slice(word, (size_t)equals + 1, word.len);
        if (equals <= 0)
            problem(loading, entry->line, "'%.*s' is no setting; write key=value", STR_ARG(word));
        else
            read_setting(loading, entry, str_slice(word, 0, (size_t)equals),
                         unquoted(loading->list->arena, value));
    }
}

static void read_text(struct loading *loading, struct str text)
{
    struct str line;
    for (unsigned number = 1; str_split(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        struct feed_list_entry entry = {.page_policy = -1, .file = loading->file, .line = number};
        entry.url = next_word(&line);
        read_settings(loading, &entry, line);
        add(loading, &entry);
    }
}

/* A list that is broken as a whole is a fault: the feeds that cannot be read must not be taken for removed.
 */
static int read_opml(struct loading *loading, struct str bytes)
{
    struct opml opml;
    struct error error = {0};
    int failure = opml_parse(loading->list->arena, bytes, &opml, &error);
    if (failure)
        problem(loading, 0, "%s", error.text);
    for (size_t i = 0; i < opml.problem_count; i++)
        problem(loading, opml.problems[i].line, "%.*s", STR_ARG(opml.problems[i].text));
    for (size_t i = 0; i < opml.feed_count; i++) {
        struct feed_list_entry entry = {.url = opml.feeds[i].url,
                                        .title = opml.feeds[i].title,
                                        .category = opml.feeds[i].category,
                                        .site = opml.feeds[i].html_url,
                                        .page_policy = -1,
                                        .file = loading->file,
                                        .line = opml.feeds[i].line};
        if (opml.feeds[i].include.len) {
            problem(loading, entry.line,
                    "outlines of type include are not followed; put the list into this folder");
        } else {
            read_settings(loading, &entry, opml.feeds[i].settings);
            add(loading, &entry);
        }
    }
    return failure ? ERR_CONFIG : 0;
}

static int read_file(struct loading *loading, const char *path)
{
    struct arena *arena = loading->list->arena;
    FILE *file = fopen(path, "re");
    loading->file = arena_copy(arena, path, strlen(path));
    if (!file) {
        problem(loading, 0, "cannot be read: %s", strerror(errno));
        return ERR_CONFIG;
    }
    _cleanup_buffer_ struct buffer bytes = {0};
    char chunk[65536];
    size_t count;
    while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0 && bytes.len < LIST_BYTES_MAX)
        buffer_append(&bytes, chunk, count);
    bool failed = ferror(file) || bytes.failed || bytes.len >= LIST_BYTES_MAX;
    fclose(file);
    if (failed) {
        problem(loading, 0, "cannot be read whole");
        return ERR_CONFIG;
    }
    struct str text = arena_str(arena, buffer_str(&bytes));
    if (str_ends(str_from(path), STR(".opml")))
        return read_opml(loading, text);
    read_text(loading, text);
    return 0;
}

static int is_list(const struct dirent *entry)
{
    struct str name = str_from(entry->d_name);
    return entry->d_name[0] != '.' && (str_ends(name, STR(".opml")) || str_ends(name, STR(".txt")));
}

int feed_list_load(const char *directory, config_report *report, void *context, struct feed_list **ret_list,
                   size_t *ret_problems)
{
    struct feed_list *list = calloc(1, sizeof(*list));
    if (list)
        list->arena = arena_create(ARENA_BYTES);
    struct arena *scratch = arena_create(SCRATCH_BYTES);
    if (!list || !list->arena || !scratch) {
        arena_destroy(&scratch);
        if (list)
            arena_destroy(&list->arena);
        free(list);
        return -ENOMEM;
    }
    struct loading loading = {
        .list = list, .scratch = scratch, .file = directory, .report = report, .context = context};
    struct dirent **entries;
    int count = scandir(directory, &entries, is_list, alphasort), failure = 0;
    if (count < 0 && errno == ENOENT) { /* the first `feeds add` makes it */
        struct config_problem missing = {
            .file = directory, .text = "there is no such folder, so there are no feeds", .warning = true};
        loading.problems++;
        report(context, &missing);
    } else if (count < 0) {
        problem(&loading, 0, "the feed lists cannot be read: %s", strerror(errno));
        failure = ERR_CONFIG;
    }
    for (int i = 0; i < count; i++) {
        char path[8192];
        (void)snprintf(path, sizeof(path), "%s/%s", directory, entries[i]->d_name);
        int error = read_file(&loading, path);
        failure = failure ? failure : error;
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    HASH_CLEAR(by_url, loading.known);
    arena_destroy(&scratch);
    *ret_problems = loading.problems;
    if (failure) {
        feed_list_free(&list);
        return failure;
    }
    *ret_list = list;
    return 0;
}

void feed_list_free(struct feed_list **list)
{
    if (!*list)
        return;
    arena_destroy(&(*list)->arena);
    free(*list);
    *list = NULL;
}

void feed_list_read_settings(struct arena *arena, struct str settings, struct feed_list_entry *entry,
                             config_report *report, void *context)
{
    struct feed_list list = {.arena = arena};
    struct loading loading = {.list = &list, .file = entry->file, .report = report, .context = context};
    read_settings(&loading, entry, settings);
}

/* ---- Writing ---- */

static void write_value(struct buffer *buffer, const char *key, struct str value)
{
    value = str_trim(value);
    if (!value.len)
        return;
    buffer_printf(buffer, " %s=\"", key);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.ptr[i];
        buffer_append_byte(buffer, byte < ' ' ? ' ' : (char)byte);
        if (byte == '"')
            buffer_append_byte(buffer, '"');
    }
    buffer_append_byte(buffer, '"');
}

void feed_list_write_settings(struct buffer *buffer, const struct feed_list_entry *entry)
{
    static const char *const policies[] = {
        [PAGES_NEVER] = "never", [PAGES_AUTO] = "auto", [PAGES_ALWAYS] = "always"};
    size_t before = buffer->len;
    if (entry->page_policy >= 0)
        buffer_printf(buffer, "pages=%s", policies[entry->page_policy]);
    if (entry->interval_s)
        buffer_printf(buffer, "%sinterval=%ds", buffer->len > before ? " " : "", (int)entry->interval_s);
    if (entry->unchecked_certificate)
        buffer_printf(buffer, "%scertificate=unchecked", buffer->len > before ? " " : "");
}

void feed_list_write_line(struct buffer *buffer, const struct feed_list_entry *entry)
{
    _cleanup_buffer_ struct buffer settings = {0};
    feed_list_write_settings(&settings, entry);
    buffer_append_str(buffer, entry->url);
    if (!str_equal(entry->title, entry->url)) /* what an outline without title is written with */
        write_value(buffer, "title", entry->title);
    write_value(buffer, "category", entry->category);
    write_value(buffer, "site", entry->site);
    if (settings.len)
        buffer_printf(buffer, " %.*s", (int)settings.len, settings.ptr);
    buffer_append_byte(buffer, '\n');
}

/* The pages in pages/: one for each trap of the web's news pages. Beside NAME.html stands NAME.expect with a
 * line for each thing that is expected of it (pages/README.md says what may stand there). */
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "processors/html/page_charset.h"
#include "processors/pipeline.h"

#define PAGES "tests/processors/html/pages"

enum { PAGES_MIN = 60, FILE_BYTES_MAX = 1 << 20, SHOWN_BYTES_MAX = 400 };

static struct pipeline *pipeline;

static int start(void **state)
{
    (void)state;
    static const char *const kept[] = {"text", "metadata", "language"};
    struct stage_setting settings[STAGES_MAX] = {{0}};
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.settings = settings;
    options.article_budget_ms = 0;
    for (size_t i = 0; pipeline_stages[i]; i++)
        settings[i].off = true;
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        settings[pipeline_stage_find(kept[i])] = (struct stage_setting){.on = true};
    return pipeline_create(&pipeline, &options, &error);
}

static int stop(void **state)
{
    (void)state;
    pipeline_destroy(&pipeline);
    return 0;
}

/* ---- What is there ---- */

/* The file's bytes in the arena; absent = there is no such file. */
static struct str file_read(struct arena *arena, const char *name, const char *suffix)
{
    char path[512];
    snprintf(path, sizeof(path), PAGES "/%s%s", name, suffix);
    FILE *file = fopen(path, "re");
    if (!file)
        return STR_NONE;
    char *bytes = arena_new_array(arena, char, FILE_BYTES_MAX);
    assert_non_null(bytes);
    size_t len = fread(bytes, 1, FILE_BYTES_MAX, file);
    assert_true(len < FILE_BYTES_MAX);
    assert_int_equal(fclose(file), 0);
    return str_make(bytes, len);
}

static struct str date_of(const struct article *article, const char *kind)
{
    for (size_t i = 0; i < article->dates.count; i++) {
        const struct article_date *date = &article->dates.items[i];
        if (str_equal(str_from(date->kind), str_from(kind)))
            return date->local.len ? date->local : date->value;
    }
    return STR_NONE;
}

static const char *outcome_of(const struct article *article)
{
    static const char *const words[] = {
        [SOURCE_PAGE] = "article",    [SOURCE_FEED] = "feed",       [SOURCE_BLOCKED] = "blocked",
        [SOURCE_PAYWALL] = "paywall", [SOURCE_CONSENT] = "consent", [SOURCE_EMPTY] = "empty",
        [SOURCE_ERROR] = "error",     [SOURCE_LIST] = "list",       [SOURCE_NOT_HTML] = "not-html",
    };
    return words[article->source];
}

static void add_word(struct buffer *buffer, const char *between, struct str word)
{
    if (buffer->len)
        buffer_append_str(buffer, str_from(between));
    buffer_append_str(buffer, word);
}

/* What the article has in the field, as the file would say it; absent = nothing. */
static struct str found(const struct article *article, struct str field, struct buffer *list)
{
    const struct article_image *image = article->images.count ? article->images.items : NULL;
    const struct {
        const char *field;
        struct str value;
    } plain[] = {
        {"outcome", str_from(outcome_of(article))},
        {"title", article->title},
        {"subtitle", article->subtitle},
        {"published", date_of(article, "published")},
        {"modified", date_of(article, "modified")},
        {"image", image ? image->url : STR_NONE},
        {"caption", image ? image->caption : STR_NONE},
        {"credit", image ? image->credit : STR_NONE},
        {"language", article->language},
        {"url", article->url},
        {"amp", article->amp_url},
        {"publisher", article->feed.publisher},
        {"licence", article->license},
        {"policy", article->tdm_policy},
        {"access", article->access == ACCESS_FREE   ? STR("free")
                   : article->access == ACCESS_PAID ? STR("paid")
                                                    : STR_NONE},
    };
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (str_equal(field, str_from(plain[i].field)))
            return plain[i].value;
    if (str_equal(field, STR("authors")))
        for (size_t i = 0; i < article->authors.count; i++)
            add_word(list, "; ", article->authors.items[i].name);
    else if (str_equal(field, STR("keywords")))
        for (size_t i = 0; i < article->subjects.count; i++)
            add_word(list, "; ", article->subjects.items[i].name);
    else if (str_equal(field, STR("opt-outs")))
        for (unsigned i = 0; i < OPT_OUTS; i++) {
            if (article->opt_outs >> i & 1)
                add_word(list, " ", str_from(opt_out_name(i)));
        }
    else if (str_equal(field, STR("blocks")))
        for (size_t i = 0; i < article->blocks.count; i++)
            add_word(list, " ", str_from(block_kind_text(article->blocks.items[i].kind)));
    else if (str_equal(field, STR("times")))
        for (size_t i = 0; i < article->blocks.count; i++)
            add_word(list, " ", article->blocks.items[i].time.ptr ? article->blocks.items[i].time : STR("-"));
    else
        fail_msg("no such field: %.*s", STR_ARG(field));
    return buffer_str(list);
}

/* ---- What is expected ---- */

struct tally {
    int pages, checks, known, faults;
};

/* Does the article hold what the line says? If not, *ret_found is what stands there, in the arena. */
static bool holds(struct article *article, struct str field, struct str value, struct str *ret_found)
{
    _cleanup_buffer_ struct buffer list = {0};
    *ret_found = article->text;
    if (str_equal(field, STR("starts")))
        return str_starts(article->text, value);
    if (str_equal(field, STR("ends")))
        return str_ends(article->text, value);
    if (str_equal(field, STR("has")))
        return str_find(article->text, value, 0) >= 0;
    if (str_equal(field, STR("lacks")))
        return str_find(article->text, value, 0) < 0;
    *ret_found = arena_str(article->arena, found(article, field, &list));
    return str_equal(value, STR("-")) ? ret_found->len == 0 : str_equal(*ret_found, value);
}

static void check(struct article *article, const char *name, struct str line, struct str known,
                  struct tally *tally)
{
    struct str rest = line, field, there;
    assert_true(str_split(&rest, ' ', &field));
    struct str value = str_trim_ascii(rest);
    if (value.len == 0)
        fail_msg("%s: nothing is expected of \"%.*s\"", name, STR_ARG(line));
    bool right = holds(article, field, value, &there);
    tally->checks++;
    tally->known += known.ptr && !right;
    if (known.ptr && right) {
        print_error("%s: this known fault has vanished: %.*s\n", name, STR_ARG(line));
        tally->faults++;
    } else if (known.ptr) {
        print_message("%s: known: %.*s (%.*s)\n", name, STR_ARG(line), STR_ARG(known));
    } else if (!right) {
        bool of_end = str_equal(field, STR("ends")) && there.len > SHOWN_BYTES_MAX;
        struct str shown = of_end ? str_slice(there, there.len - SHOWN_BYTES_MAX, there.len)
                                  : utf8_cut(there, SHOWN_BYTES_MAX);
        print_error("%s: expected: %.*s\n    found: \"%.*s\"\n", name, STR_ARG(line), STR_ARG(shown));
        tally->faults++;
    }
}

/* The lines that say what the page came with, before anything is read: its address, its headers. */
static void set_up(struct article *article, struct str expectations)
{
    struct str line;
    while (expectations.ptr && str_split(&expectations, '\n', &line)) {
        if (str_starts(line, STR("from ")))
            article->page_url = str_slice(line, strlen("from "), line.len);
        else if (str_starts(line, STR("header ")))
            article->page_headers = arena_printf(article->arena, "%.*s%.*s\n", STR_ARG(article->page_headers),
                                                 STR_ARG(str_slice(line, strlen("header "), line.len)));
    }
}

static void check_page(struct arena *arena, const char *name, struct tally *tally)
{
    struct str expectations = file_read(arena, name, ".expect"), page = file_read(arena, name, ".html"), line;
    if (!page.ptr || !expectations.ptr)
        fail_msg("%s: of .html and .expect one is missing", name);
    struct charset_result text;
    assert_int_equal(page_to_utf8(arena, page, STR_NONE, &text), 0);
    struct article *article = arena_new(arena, struct article);
    assert_non_null(article);
    article->arena = arena;
    article->page = text.text;
    article->page_status = 200;
    set_up(article, expectations);
    pipeline_run(pipeline, article);
    struct str known = STR_NONE;
    while (expectations.ptr && str_split(&expectations, '\n', &line)) {
        if (line.len == 0 || line.ptr[0] == '#' || str_starts(line, STR("from ")) ||
            str_starts(line, STR("header ")))
            continue;
        if (str_starts(line, STR("known "))) {
            known = str_slice(line, strlen("known "), line.len);
            continue;
        }
        check(article, name, line, known, tally);
        known = STR_NONE;
    }
    tally->pages++;
}

static int has_suffix(const struct dirent *entry)
{
    return str_ends(str_from(entry->d_name), STR(".html")) ||
           str_ends(str_from(entry->d_name), STR(".expect"));
}

static void every_page_is_read_as_it_should_be(void **state)
{
    (void)state;
    struct tally tally = {0};
    struct dirent **entries = NULL;
    int count = scandir(PAGES, &entries, has_suffix, alphasort);
    char before[256] = "";
    if (count < 0)
        fail_msg("%s: %s (run from the top folder)", PAGES, strerror(errno));
    for (int i = 0; i < count; i++) {
        struct arena *arena = arena_create((size_t)64 << 20);
        char name[256];
        snprintf(name, sizeof(name), "%.*s", (int)(strchr(entries[i]->d_name, '.') - entries[i]->d_name),
                 entries[i]->d_name);
        if (strcmp(name, before)) /* once for the two files */
            check_page(arena, name, &tally);
        snprintf(before, sizeof(before), "%s", name);
        arena_destroy(&arena);
        free(entries[i]);
    }
    free(entries);
    print_message("%d pages, %d checks, %d known faults\n", tally.pages, tally.checks, tally.known);
    assert_true(tally.pages >= PAGES_MIN);
    assert_int_equal(tally.faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_read_as_it_should_be),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

/* bench_stages: articles through the stages on one core: short feed items, articles of 1 to 8 KB, full pages.
 *
 * Prints, for each kind of article, articles per second of processor time and where the time goes. The
 * articles are made here from a fixed seed, so that two runs do the same work. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "processors/intake.h"
#include "processors/pipeline.h"

enum { ARTICLES = 200, STAGES_SHOWN = 32 };

static const char *const words[] = {
    "the",    "council", "of",       "river",     "said",      "on",        "Tuesday",  "that",
    "water",  "levels",  "had",      "risen",     "by",        "metres",    "after",    "heavy",
    "rain",   "in",      "northern", "districts", "officials", "from",      "Ministry", "Transport",
    "a",      "bridge",  "near",     "Marlow",    "was",       "closed",    "to",       "lorries",
    "and",    "buses",   "while",    "engineers", "checked",   "its",       "pillars",  "Anna",
    "Keller", "who",     "leads",    "team",      "told",      "reporters", "repairs",  "could",
    "take",   "three",   "weeks",    "villages",  "were",      "asked",     "store",    "drinking",
    "food",   "for",     "days",     "Governor",  "Ortega",    "promised",  "help",     "farmers",
    "lost",   "crops",   "losses",   "million",
};

static uint64_t seed = 20220111;

static unsigned pick(unsigned bound)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % bound;
}

static void add_sentence(struct buffer *buffer)
{
    unsigned count = 8 + pick(16);
    for (unsigned i = 0; i < count; i++) {
        const char *word = words[pick(sizeof(words) / sizeof(words[0]))];
        char first = i == 0 && word[0] >= 'a' ? (char)(word[0] - 32) : word[0];
        (void)buffer_append_byte(buffer, first);
        (void)buffer_append(buffer, word + 1, strlen(word) - 1);
        const char *behind = i + 1 == count ? ". " : pick(9) == 0 ? ", " : " ";
        (void)buffer_append(buffer, behind, strlen(behind));
        if (pick(60) == 0)
            (void)buffer_append_str(buffer, STR("\xE2\x80\x9Cvery high\xE2\x80\x9D "));
    }
}

static void add_paragraphs(struct buffer *buffer, size_t bytes, bool html)
{
    size_t end = buffer->len + bytes;
    (void)buffer_append_str(buffer, html ? STR("<p>MARLOW (AP) &mdash; ") : STR("MARLOW (AP) - "));
    while (buffer->len < end) {
        for (unsigned i = 1 + pick(4); i > 0; i--)
            add_sentence(buffer);
        if (html)
            (void)buffer_append_str(buffer, STR("</p>\n<p>"));
    }
    if (html)
        (void)buffer_append_str(
            buffer, STR("The <a href=\"https://news.example/more\">council</a> meets &amp; votes.</p>"));
}

static void add_page(struct buffer *buffer, size_t bytes)
{
    (void)buffer_append_str(
        buffer,
        STR("<!DOCTYPE html><html lang=\"en\"><head><title>River rises | Post</title>"
            "<meta property=\"og:title\" content=\"River rises\"><script type=\"application/ld+json\">"
            "{\"@type\":\"NewsArticle\",\"headline\":\"River rises\",\"datePublished\":\"2022-01-11\"}"
            "</script></head><body><nav><ul>"));
    for (int i = 0; i < 60; i++)
        (void)buffer_printf(buffer, "<li class=\"menu-item item-%d\"><a href=\"/s/%d\">Section %d</a></li>",
                            i, i, i);
    (void)buffer_append_str(
        buffer, STR("</ul></nav><main><article><h1>River rises</h1><div class=\"article-body\">"));
    add_paragraphs(buffer, bytes, true);
    (void)buffer_append_str(buffer, STR("</div></article></main><aside class=\"related\"><ul>"));
    for (int i = 0; i < 30; i++)
        (void)buffer_printf(buffer, "<li><a href=\"/a/%d\">Another story about the town, number %d</a></li>",
                            i, i);
    (void)buffer_append_str(buffer, STR("</ul></aside><footer>About us</footer></body></html>"));
}

enum kind { PLAIN, FRAGMENT, PAGE };

struct row {
    const char *name;
    enum kind kind;
    size_t bytes_min, bytes_max;
};

struct sample {
    struct buffer body;
    enum kind kind;
};

static void make_samples(const struct row *row, struct sample samples[ARTICLES])
{
    for (int i = 0; i < ARTICLES; i++) {
        size_t bytes = row->bytes_min + pick((unsigned)(row->bytes_max - row->bytes_min + 1));
        samples[i].kind = row->kind;
        buffer_clear(&samples[i].body);
        if (row->kind == PAGE)
            add_page(&samples[i].body, bytes);
        else
            add_paragraphs(&samples[i].body, bytes, row->kind == FRAGMENT);
    }
}

struct totals {
    int64_t us[STAGES_SHOWN];
    const char *names[STAGES_SHOWN];
    size_t stages, articles;
};

static void run_one(const struct pipeline *pipeline, struct arena *arena, const struct sample *sample,
                    struct totals *totals)
{
    arena_reset(arena);
    struct article *article = arena_new(arena, struct article);
    if (!article)
        exit(1);
    article->arena = arena;
    article->title = STR("River rises near Marlow after heavy rain");
    struct str body = buffer_str(&sample->body);
    if (sample->kind == PAGE) {
        article->page = body;
        article->page_status = 200;
    } else {
        article->content_html = body;
        article->content_is_html = sample->kind == FRAGMENT;
    }
    pipeline_run(pipeline, article);
    totals->stages = article->processing.count;
    totals->articles++;
    for (size_t i = 0; i < article->processing.count && i < STAGES_SHOWN; i++) {
        totals->names[i] = article->processing.items[i].stage;
        totals->us[i] += article->processing.items[i].us;
        if (article->processing.items[i].outcome != OUTCOME_OK && !pipeline_stages[i]->on_request) {
            (void)fprintf(stderr, "stage %s: %s\n", totals->names[i],
                          outcome_name(article->processing.items[i].outcome));
            exit(1);
        }
    }
}

static void run_row(const struct pipeline *pipeline, const struct row *row, struct sample *samples,
                    double seconds)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct totals totals = {0};
    make_samples(row, samples);
    for (int i = 0; i < ARTICLES; i++) /* warm */
        run_one(pipeline, arena, &samples[i], &totals);
    totals = (struct totals){0};
    int64_t begin = clock_thread_cpu_us(), used = 0;
    while (used < (int64_t)(seconds * 1e6)) {
        for (int i = 0; i < ARTICLES; i++)
            run_one(pipeline, arena, &samples[i], &totals);
        used = clock_thread_cpu_us() - begin;
    }
    printf("%-34s %8.0f /s ", row->name, (double)totals.articles * 1e6 / (double)used);
    for (size_t i = 0; i < totals.stages && i < STAGES_SHOWN; i++)
        printf(" %s %.0f", totals.names[i], (double)totals.us[i] / (double)totals.articles);
    printf("\n");
    arena_destroy(&arena);
}

int main(int argc, char **argv)
{
    static const struct row rows[] = {
        {"feed item, text, 300 bytes", PLAIN, 250, 350},
        {"feed item, HTML, 600 bytes", FRAGMENT, 400, 800},
        {"feed article, HTML, 4 KB", FRAGMENT, 3600, 4400},
        {"feed article, HTML, 8 KB", FRAGMENT, 7600, 8400},
        {"full page with 4 KB of text", PAGE, 3600, 4400},
    };
    double seconds = argc > 1 ? atof(argv[1]) : 1.0;
    struct pipeline_options options;
    struct pipeline *pipeline = NULL;
    struct error error;
    pipeline_options_default(&options);
    if (pipeline_create(&pipeline, &options, &error) < 0) {
        (void)fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    static struct sample samples[ARTICLES];
    printf("articles per second of processor time, one core; then microseconds per article by stage\n");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        run_row(pipeline, &rows[i], samples, seconds);
    for (int i = 0; i < ARTICLES; i++)
        buffer_done(&samples[i].body);
    pipeline_destroy(&pipeline);
    return 0;
}

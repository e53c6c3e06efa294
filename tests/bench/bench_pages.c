/* bench_pages: what an article's page costs: the guards before the parser, the tree, the article's text and
 * all metadata, beside a bare gumbo parse of the same bytes, in turns in one run.
 *
 *     bench_pages [SECONDS]
 *
 * Prints milliseconds of processor time per page: all of ours, the tree, text, metadata; bare gumbo; then
 * kilobytes per page. The pages are made here in the proportions of news pages (the mean of four sets of such
 * pages: more than half of the bytes scripts and styles, drawings in every teaser, 300 blocks of text of
 * which 40 are the article's). */
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "processors/html/metadata.h"
#include "processors/html/page_text.h"

enum { PAGES = 40, STORIES = 60, PARAGRAPHS = 40 };

static unsigned state = 7;

static unsigned pick(unsigned below)
{
    state = state * 1103515245u + 12345u;
    return (state >> 16) % below;
}

static void add_words(struct buffer *page, unsigned words)
{
    static const char *const some[] = {"the",    "river", "rises", "council", "said",   "on",
                                       "Monday", "after", "rain",  "town",    "bridge", "nobody",
                                       "closed", "water", "and",   "will"};
    for (unsigned i = 0; i < words; i++)
        buffer_printf(page, "%s%s", some[pick(16)], i % 9 == 8 ? ", " : " ");
}

static void add_code(struct buffer *page)
{
    size_t end = page->len + 40000;
    buffer_append_str(page, STR("<style>"));
    for (unsigned i = 0; page->len < end; i++)
        buffer_printf(page, ".c%u > a:hover { margin: %upx %upx; color: #345 }\n", i, pick(1000), pick(1000));
    buffer_append_str(page, STR("</style><script>"));
    for (unsigned i = 0; page->len < end + 45000; i++)
        buffer_printf(page, "window.q.push({slot: %u, size: [%u, %u], lazy: true});\n", i, pick(1000),
                      pick(1000));
    buffer_append_str(page, STR("</script>"));
}

static void add_teasers(struct buffer *page, const char *class, unsigned count)
{
    buffer_printf(page, "<div class=\"%s-list\"><ul>", class);
    for (unsigned i = 0; i < count; i++) {
        buffer_printf(
            page,
            "<li class=\"%s-item item-%u\" data-track=\"{&quot;slot&quot;:%u}\"><a class=\"%s-link\" "
            "href=\"/news/%u/"
            "story\"><svg class=icon viewBox=\"0 0 9 9\"><path d=\"M%u.2 4.1c-1.3 2.2 4.4 5.1 6.2 "
            "8.8z\"/></svg>"
            "<img src=\"/i/%u.jpg\" alt=\"\" loading=lazy width=320 height=180><h3 class=\"%s-title\">",
            class, i, i, class, pick(9999), i, i, class);
        add_words(page, 8);
        buffer_printf(page, "</h3></a><span class=\"meta\">%u min</span></li>", pick(9));
    }
    buffer_append_str(page, STR("</ul></div>"));
}

static void add_page(struct buffer *page)
{
    buffer_append_str(
        page,
        STR("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>River rises | Post</title>"
            "<meta property='og:title' content='River rises'><meta property='og:site_name' content=Post>"
            "<meta name=description content='The river rises in the town after rain'>"));
    add_code(page);
    buffer_append_str(
        page,
        STR("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"River rises\","
            "\"datePublished\":\"2022-01-11T10:00:00Z\",\"author\":{\"@type\":\"Person\",\"name\":\"Ann "
            "Lee\"}}</script></head><body><header><nav class=main-nav>"));
    add_teasers(page, "nav", 30);
    buffer_append_str(
        page,
        STR("</nav></header><main><article><h1 class=headline>River rises</h1><div class=byline>By Ann Lee"
            "</div><div class='article-body' itemprop=articleBody>"));
    for (unsigned i = 0; i < PARAGRAPHS; i++) {
        buffer_append_str(page, i % 10 == 9 ? STR("<h2>") : STR("<p>"));
        add_words(page, i % 10 == 9 ? 4 : 20 + pick(40));
        buffer_append_str(page, i % 10 == 9 ? STR("</h2>") : STR("<a href=/x>more of it</a>.</p>"));
        if (i == PARAGRAPHS / 2)
            add_teasers(page, "related", 4);
    }
    buffer_append_str(page, STR("</div></article></main><aside>"));
    add_teasers(page, "popular", STORIES);
    buffer_append_str(page, STR("</aside><footer>"));
    add_teasers(page, "footer", 40);
    buffer_append_str(page, STR("</footer></body></html>"));
}

static void check(int code)
{
    if (code == 0)
        return;
    (void)fprintf(stderr, "bench_pages: %s\n", error_text(code));
    exit(1);
}

struct times {
    int64_t tree, text, metadata, gumbo;
};

static void run_ours(const struct block_classifier *classifier, struct arena *arena, struct str html,
                     struct times *times)
{
    struct dom *dom;
    struct text_blocks blocks;
    struct page_metadata metadata;
    float confidence;
    arena_reset(arena);
    int64_t begin = clock_thread_cpu_us();
    check(dom_parse(arena, html, &dom));
    int64_t parsed = clock_thread_cpu_us();
    text_blocks_init(&blocks, arena);
    check(page_text_find(classifier, dom, STR("River rises"), &blocks, &confidence));
    check(text_blocks_finish(&blocks));
    int64_t found = clock_thread_cpu_us();
    check(metadata_read(arena, dom, STR("https://post.example/news/1"), &metadata));
    times->tree += parsed - begin;
    times->text += found - parsed;
    times->metadata += clock_thread_cpu_us() - found;
    if (blocks.list.count < PARAGRAPHS / 2 || blocks.list.count > PARAGRAPHS + 4) {
        (void)fprintf(stderr, "bench_pages: %zu blocks of %d found\n", blocks.list.count, PARAGRAPHS);
        exit(1);
    }
}

static void run_gumbo(struct str html, struct times *times)
{
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    int64_t begin = clock_thread_cpu_us();
    gumbo_destroy_output(&options, gumbo_parse_with_options(&options, html.ptr, html.len));
    times->gumbo += clock_thread_cpu_us() - begin;
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? atof(argv[1]) : 1;
    static struct buffer pages[PAGES];
    struct block_classifier *classifier = NULL;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct model *model = NULL;
    struct error error = {0};
    struct times times = {0};
    size_t bytes = 0, runs = 0;
    if (!arena || model_open(&model, NULL, "pages", &error) ||
        block_classifier_create(&classifier, model, &error)) {
        (void)fprintf(stderr, "bench_pages: %s\n", error.text);
        return 1;
    }
    for (int i = 0; i < PAGES; i++) {
        add_page(&pages[i]);
        bytes += pages[i].len;
    }
    for (int64_t begin = clock_thread_cpu_us(); (double)(clock_thread_cpu_us() - begin) < seconds * 1e6;)
        for (int i = 0; i < PAGES; i++, runs++) {
            run_ours(classifier, arena, buffer_str(&pages[i]), &times);
            run_gumbo(buffer_str(&pages[i]), &times);
        }
    double each = 1e3 * (double)runs;
    printf("%.3f %.3f %.3f %.3f %.3f %.0f\n", (double)(times.tree + times.text + times.metadata) / each,
           (double)times.tree / each, (double)times.text / each, (double)times.metadata / each,
           (double)times.gumbo / each, (double)bytes / PAGES / 1000);
    for (int i = 0; i < PAGES; i++)
        buffer_done(&pages[i]);
    block_classifier_destroy(&classifier);
    arena_destroy(&arena);
    return 0;
}

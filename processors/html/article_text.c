/* article_text: chooses among page, content and summary. Worker threads; one article each. Never fetches. */
#include "processors/html/article_text.h"

#include <errno.h>

#include "processors/html/closing_line.h"
#include "processors/html/metadata.h"
#include "processors/html/page_kind.h"
#include "processors/html/page_text.h"
#include "processors/html/site_rules.h"
#include "base/url.h"
#include "processors/html/text.h"

enum {
    PAGE_POINTS_MIN = 200, /* a page's text shorter than this and than the feed's is not trusted */
};
#define TOLD_CONFIDENCE 0.6f /* of a text that only machines are told */

/* Feed text of any kind as blocks. 0, -ENOMEM, ERR_DEADLINE. */
static int feed_blocks(struct article *article, struct str text, bool is_html, struct text_blocks *blocks)
{
    text_blocks_init(blocks, article->arena);
    int code = 0;
    if (is_html && html_looks_like_markup(text))
        code = html_fragment_to_blocks(text, blocks);
    else
        text_blocks_add_plain(blocks, text);
    int finished = text_blocks_finish(blocks);
    if (finished == 0)
        closing_line_cut(blocks, article->title, article->feed.title);
    return finished < 0 ? finished : code;
}

static void take(struct article *article, const struct text_blocks *blocks, enum source_outcome source,
                 float confidence)
{
    article->text = blocks->text;
    article->text_length = blocks->length;
    article->given = blocks->text.len ? article->given | GIFT_TEXT : article->given & ~(unsigned)GIFT_TEXT;
    article->blocks.items = blocks->list.items;
    article->blocks.count = blocks->list.count;
    article->blocks.capacity = blocks->list.capacity;
    article->source = source;
    article->source_confidence = confidence;
}

/* The text of the feed's entry. */
static int take_feed(struct article *article, struct str *ret_note)
{
    struct text_blocks summary, content;
    int code = feed_blocks(article, article->summary_html, article->summary_is_html, &summary);
    if (code == -ENOMEM)
        return code;
    article->summary = summary.text;
    if (article->content_html.len == 0) {
        if (summary.length)
            take(article, &summary, SOURCE_FEED, 0.5f);
        if (code == ERR_DEADLINE)
            *ret_note = STR("the feed's text is cut: time budget");
        return 0;
    }
    code = feed_blocks(article, article->content_html, article->content_is_html, &content);
    if (code == -ENOMEM)
        return code;
    if (code == ERR_DEADLINE)
        *ret_note = STR("the feed's text is cut: time budget");
    if (content.length >= summary.length && content.length)
        take(article, &content, SOURCE_FEED, 0.9f);
    else if (summary.length)
        take(article, &summary, SOURCE_FEED, 0.5f);
    return 0;
}

static enum source_outcome outcome_of_status(int status)
{
    switch (status) {
    case 401:
    case 402:
        return SOURCE_PAYWALL;
    case 403:
    case 429:
    case 451:
        return SOURCE_BLOCKED;
    default:
        return SOURCE_ERROR;
    }
}

/* What a page that is no article is called, and why the feed's text serves. */
static enum source_outcome outcome_of_kind(enum page_kind kind, struct str *ret_note)
{
    switch (kind) {
    case PAGE_LIST:
        *ret_note = STR("the page is a list of articles");
        return SOURCE_LIST;
    case PAGE_PAYWALL:
        *ret_note = STR("the page shows the beginning of a paid article");
        return SOURCE_PAYWALL;
    case PAGE_CONSENT:
        *ret_note = STR("the page asks for consent");
        return SOURCE_CONSENT;
    case PAGE_CHALLENGE:
        *ret_note = STR("the page is a bot challenge");
        return SOURCE_BLOCKED;
    case PAGE_SHELL:
        *ret_note = STR("the page has no text without scripts");
        return SOURCE_EMPTY;
    case PAGE_NOT_HTML:
        *ret_note = STR("the page is not HTML");
        return SOURCE_NOT_HTML;
    case PAGE_ARTICLE:
        break;
    }
    return SOURCE_PAGE;
}

/* A page that is no article gives nothing but, of a paid one, its beginning where the feed has less. */
static void take_other(struct article *article, enum page_kind kind, const struct text_blocks *blocks,
                       float confidence, struct str *ret_note)
{
    enum source_outcome outcome = outcome_of_kind(kind, ret_note);
    bool of_article =
        kind == PAGE_PAYWALL || kind == PAGE_SHELL || (kind == PAGE_LIST && !article->title.len);
    if (!of_article)
        article->page_tree = NULL; /* what it says of itself is not said of the article */
    if (!of_article && kind != PAGE_NOT_HTML)
        article->page_headers = STR_NONE;
    if (kind == PAGE_PAYWALL && blocks->length > article->text_length)
        take(article, blocks, outcome, confidence);
    else if (article->text.len == 0)
        article->source = outcome;
}

/* By the site's rule where there is one and it finds its container; else by the general finder. */
static int find_text(const struct block_classifier *classifier, struct article *article,
                     const struct dom *page, struct text_blocks *blocks, float *ret_confidence,
                     struct str *ret_note)
{
    struct str address = article->page_url.ptr ? article->page_url : article->url;
    const struct site_rule *rule =
        article->site_rules ? site_rules_find(article->site_rules, url_host(article->arena, address)) : NULL;
    bool found = false;
    int code = rule ? site_text_find(rule, page, blocks, &page, &found) : 0;
    article->site_rule = rule;
    if (found)
        *ret_confidence = 1;
    if (code < 0 || found)
        return code;
    if (rule && rule->lists[SITE_CONTAINER].count) {
        article->site_rule_missed = true;
        *ret_note = STR("the container of the site's rule is not on the page");
    }
    return page_text_find(classifier, page, article->title, blocks, ret_confidence);
}

/* The text is what the site's rule found. */
static bool is_ruled(const struct article *article)
{
    const struct site_rule *rule = article->site_rule;
    return rule && rule->lists[SITE_CONTAINER].count && !article->site_rule_missed;
}

static int told_updates(struct article *article, const struct dom *page, const struct json_ld_page *self,
                        struct text_blocks *blocks)
{
    struct live_updates updates;
    int code = metadata_read_updates(article->arena, page, self, &updates);
    text_blocks_init(blocks, article->arena);
    if (code == 0)
        live_updates_write(&updates, blocks);
    return code < 0 ? code : text_blocks_finish(blocks);
}

/* Of a page that scripts fill: what it tells machines its text is. 0, -ENOMEM, ERR_DEADLINE. */
static int take_told(struct article *article, const struct dom *page)
{
    struct json_ld_page self = {.address = article->page_url};
    struct text_blocks blocks;
    struct str body;
    int code = metadata_read_body(article->arena, page, &self, &body);
    if (code == 0 && body.len)
        code = feed_blocks(article, body, true, &blocks);
    if (code == 0 && !body.len)
        code = told_updates(article, page, &self, &blocks);
    if (code == 0 && blocks.length >= PAGE_POINTS_MIN && blocks.length > article->text_length)
        take(article, &blocks, SOURCE_PAGE, TOLD_CONFIDENCE);
    return code;
}

/* A script names the type: only then is the JSON worth a second reading. */
static bool is_live_blog(const struct dom *page)
{
    for (uint32_t i = dom_find(page, 0, TAG_SCRIPT); i < page->count; i = dom_find(page, i + 1, TAG_SCRIPT))
        if (i + 1 < page->nodes[i].end &&
            str_find(page->nodes[i + 1].text, STR("\"liveBlogUpdate\""), 0) >= 0)
            return true;
    return false;
}

/* A live blog's page may tell machines alone when its entries were written. */
static int time_blocks(struct article *article, const struct dom *page, struct text_blocks *blocks)
{
    struct json_ld_page self = {.address = article->page_url};
    struct live_updates updates;
    int code = metadata_read_updates(article->arena, page, &self, &updates);
    if (code == 0)
        live_updates_time(article->arena, &updates, blocks);
    return code;
}

/* The page's text, when it is better than the feed's or an operator's rule names it. */
static int take_page(const struct block_classifier *classifier, struct article *article, struct str *ret_note)
{
    if (article->page_status >= 400) {
        article->source = article->text.len ? SOURCE_FEED : outcome_of_status(article->page_status);
        *ret_note = arena_printf(article->arena, "the page answered %d", article->page_status);
        return 0;
    }
    struct text_blocks blocks;
    float confidence = 0;
    text_blocks_init(&blocks, article->arena);
    if (!page_is_html(article->page)) {
        take_other(article, PAGE_NOT_HTML, &blocks, 0, ret_note);
        return 0;
    }
    struct dom *page = NULL;
    int code = dom_parse(article->arena, article->page, &page);
    if (code == 0) {
        article->page_tree = page;
        if (page->cut)
            *ret_note = STR("page too long: the rest was not read");
        code = find_text(classifier, article, page, &blocks, &confidence, ret_note);
    }
    int finished = text_blocks_finish(&blocks);
    if (code < 0 || finished < 0) {
        if (article->text.len == 0) {
            article->source = SOURCE_ERROR;
            return code < 0 ? code : finished;
        }
        *ret_note = code == ERR_DEADLINE ? STR("page not read: time budget")
                                         : STR("page not read: size or depth limit");
        return 0;
    }
    enum page_kind kind = page_kind_of(page, &blocks);
    if (kind == PAGE_SHELL && (code = take_told(article, page)) < 0)
        return code;
    if (kind == PAGE_SHELL && article->source == SOURCE_PAGE)
        return 0;
    if (kind != PAGE_ARTICLE && (kind == PAGE_PAYWALL || !is_ruled(article))) {
        take_other(article, kind, &blocks, confidence, ret_note);
        return 0;
    }
    if (is_ruled(article) || blocks.length >= article->text_length || blocks.length >= PAGE_POINTS_MIN * 4) {
        if (blocks.length > 0 && is_live_blog(page) && (code = time_blocks(article, page, &blocks)) < 0)
            return code;
        if (blocks.length > 0)
            take(article, &blocks, SOURCE_PAGE, confidence);
        return 0;
    }
    *ret_note = STR("the page's text is shorter than the feed's");
    return 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    article->source = SOURCE_EMPTY;
    int code = take_feed(article, ret_note);
    if (code < 0)
        return code;
    if (article->page.len)
        return take_page(context, article, ret_note);
    if (article->page_error.len || article->page_status >= 400) {
        if (article->text.len == 0)
            article->source =
                article->page_status >= 400 ? outcome_of_status(article->page_status) : SOURCE_ERROR;
        *ret_note = article->page_error.len
                        ? article->page_error
                        : arena_printf(article->arena, "the page answered %d", article->page_status);
    }
    return 0;
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *model = NULL;
    struct block_classifier *classifier = NULL;
    int failure = model_open(&model, data_directory, "pages", error);
    if (!failure)
        failure = block_classifier_create(&classifier, model, error);
    *ret_context = classifier;
    return failure;
}

static void destroy(void *context)
{
    struct block_classifier *classifier = context;
    block_classifier_destroy(&classifier);
}

const struct stage stage_text = {
    .name = "text",
    .description = "plain text and its blocks from the page, the feed's content or its summary",
    .version = 4,
    .gives = GIFT_TEXT,
    .init = init,
    .process = process,
    .destroy = destroy,
};

/* page_print: see the header. */
#include "daemon/commands/page_print.h"

#include <errno.h>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "processors/record/processing.h"

/* The part of the text that a span of code points covers. */
struct text_cursor {
    struct str text;
    uint32_t points;
    size_t bytes;
};

static size_t byte_at(struct text_cursor *cursor, uint32_t points)
{
    while (cursor->points < points && cursor->bytes < cursor->text.len) {
        uint32_t c;
        cursor->bytes += utf8_decode(cursor->text, cursor->bytes, &c);
        cursor->points++;
    }
    return cursor->bytes;
}

static void print_blocks(struct json_writer *json, const struct article *article)
{
    struct text_cursor cursor = {.text = article->text};
    json_key(json, "blocks");
    json_begin_array(json);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        size_t begin = byte_at(&cursor, block->span.start), end = byte_at(&cursor, block->span.end);
        json_begin_object(json);
        json_field_cstr(json, "kind", block_kind_text(block->kind));
        if (block->level)
            json_field_int(json, "level", block->level);
        json_field_str(json, "text", str_slice(article->text, begin, end));
        json_key(json, "span");
        json_begin_array(json);
        json_int(json, block->span.start);
        json_int(json, block->span.end);
        json_end_array(json);
        json_field_str(json, "live_time", block->time);
        json_end_object(json);
    }
    json_end_array(json);
}

static void print_authors(struct json_writer *json, const struct article *article)
{
    json_key(json, "authors");
    json_begin_array(json);
    for (size_t i = 0; i < article->authors.count; i++)
        json_str(json, article->authors.items[i].name);
    json_end_array(json);
    json_key(json, "author_urls");
    json_begin_array(json);
    for (size_t i = 0; i < article->authors.count; i++) {
        struct str url = article->authors.items[i].url;
        json_str(json, url.len ? url : STR(""));
    }
    json_end_array(json);
}

static struct str shown(const struct article_date *date)
{
    return date->local.len ? date->local : date->value;
}

static void print_first_date(struct json_writer *json, const struct article *article, const char *kind)
{
    for (size_t i = 0; i < article->dates.count; i++)
        if (str_equal(str_from(article->dates.items[i].kind), str_from(kind))) {
            json_field_str(json, kind, shown(&article->dates.items[i]));
            return;
        }
}

static void print_dates(struct json_writer *json, const struct article *article)
{
    print_first_date(json, article, "published");
    print_first_date(json, article, "modified");
    json_key(json, "dates");
    json_begin_array(json);
    for (size_t i = 0; i < article->dates.count; i++) {
        const struct article_date *date = &article->dates.items[i];
        json_begin_object(json);
        json_field_str(json, "value", shown(date));
        json_field_cstr(json, "kind", date->kind);
        json_field_cstr(json, "origin", date->origin);
        json_end_object(json);
    }
    json_end_array(json);
}

static void print_keywords(struct json_writer *json, const struct article *article)
{
    json_key(json, "keywords");
    json_begin_array(json);
    for (size_t i = 0; i < article->subjects.count; i++)
        json_str(json, article->subjects.items[i].name);
    json_end_array(json);
}

static void print_images(struct json_writer *json, const struct article *article)
{
    json_key(json, "images");
    json_begin_array(json);
    for (size_t i = 0; i < article->images.count; i++) {
        const struct article_image *image = &article->images.items[i];
        json_begin_object(json);
        json_field_str(json, "url", image->url);
        if (image->width > 0)
            json_field_int(json, "width", image->width);
        if (image->height > 0)
            json_field_int(json, "height", image->height);
        json_field_str(json, "caption", image->caption);
        json_field_str(json, "credit", image->credit);
        json_end_object(json);
    }
    json_end_array(json);
}

static void print_opt_outs(struct json_writer *json, const struct article *article)
{
    json_key(json, "opt_out");
    json_begin_array(json);
    for (unsigned i = 0; i < OPT_OUTS; i++)
        if (article->opt_outs >> i & 1)
            json_str(json, str_from(opt_out_name(i)));
    json_end_array(json);
    json_field_str(json, "tdm_policy", article->tdm_policy);
}

static const char *outcome_of(enum source_outcome source)
{
    switch (source) {
    case SOURCE_PAGE:
    case SOURCE_FEED:
        return "article";
    case SOURCE_BLOCKED:
        return "blocked";
    case SOURCE_PAYWALL:
        return "paywall";
    case SOURCE_CONSENT:
        return "consent";
    case SOURCE_EMPTY:
        return "empty";
    case SOURCE_LIST:
        return "list";
    case SOURCE_NOT_HTML:
        return "not-html";
    case SOURCE_ERROR:
        break;
    }
    return "error";
}

int page_print(struct buffer *out, const struct article *article, bool pretty)
{
    struct json_writer *json = json_writer_create(out, pretty);
    if (!json)
        return -ENOMEM;
    json_begin_object(json);
    json_field_cstr(json, "outcome", outcome_of(article->source));
    json_field_double(json, "confidence", (double)article->source_confidence, 3);
    json_field_str(json, "title", article->title);
    json_field_str(json, "subtitle", article->subtitle);
    json_field_str(json, "description", article->summary);
    json_field_str(json, "text", article->text);
    print_blocks(json, article);
    print_authors(json, article);
    print_dates(json, article);
    json_field_str(json, "url", article->url);
    json_field_str(json, "amp_url", article->amp_url);
    json_field_str(json, "publisher", article->feed.publisher);
    print_keywords(json, article);
    json_field_str(json, "language", article->language.len ? article->language : article->language_stated);
    print_images(json, article);
    if (article->access != ACCESS_UNKNOWN)
        json_field_bool(json, "free", article->access == ACCESS_FREE);
    json_field_str(json, "licence", article->license);
    print_opt_outs(json, article);
    processing_write(json, article, false); /* the other stages are not asked */
    json_end_object(json);
    return json_writer_finish(&json);
}

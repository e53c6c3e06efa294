/* document: see the header. */
#include "processors/models/document.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "processors/models/files.h"

/* Where both texts differ (composed letters, signs dropped), so many letters are looked ahead, and so many
 * must agree. */
enum { AHEAD_MAX = 300, AGREE = 6 };

/* The letters of a text: all but white space and what cannot be seen. */
struct letter_list {
    uint32_t *items;
    size_t count, capacity;
};

static bool is_letter(uint32_t c)
{
    return !(c <= ' ' || c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 ||
             c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF);
}

static void add_letters(struct arena *arena, struct letter_list *list, struct str text)
{
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += utf8_decode(text, at, &c);
        if (!is_letter(c))
            continue;
        if (arena_grow(arena, (void **)&list->items, list->count, &list->capacity, sizeof(c)))
            files_fail("memory", "too little");
        list->items[list->count++] = c;
    }
}

/* ---- The treebank's side ---- */

static void append_escaped(struct buffer *html, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '&')
            buffer_append_str(html, STR("&amp;"));
        else if (text.ptr[i] == '<')
            buffer_append_str(html, STR("&lt;"));
        else
            buffer_append_byte(html, text.ptr[i]);
}

static struct str html_of(struct arena *arena, const struct treebank_sentence *sentences, size_t count)
{
    _cleanup_buffer_ struct buffer html = {0};
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || sentences[i].begins_paragraph)
            buffer_append_str(&html, STR("\n<p>"));
        else if (!sentences[i - 1].joined)
            buffer_append_byte(&html, ' ');
        append_escaped(&html, sentences[i].raw);
    }
    if (html.failed)
        files_fail("memory", "too little");
    return arena_str(arena, buffer_str(&html));
}

static struct letter_list place_words(struct document *document, struct arena *arena)
{
    struct letter_list letters = {0};
    size_t words = 0;
    for (size_t i = 0; i < document->sentence_count; i++) {
        const struct treebank_sentence *sentence = &document->source[i];
        document->sentence_words[i] = (uint32_t)words;
        document->sentences[i].start = (uint32_t)letters.count;
        for (size_t k = 0; k < sentence->count; k++) {
            struct token token = sentence->raw_tokens[k];
            document->words[words].start = (uint32_t)letters.count;
            add_letters(arena, &letters, str_slice(sentence->raw, token.start, token.end));
            document->words[words++].end = (uint32_t)letters.count;
        }
        document->sentences[i].end = (uint32_t)letters.count;
    }
    document->sentence_words[document->sentence_count] = (uint32_t)words;
    return letters;
}

/* ---- newsd's side ---- */

static int64_t ms_of_day(struct str day)
{
    int64_t year, month, date;
    if (day.len != 10 || !str_to_int64(str_slice(day, 0, 4), &year) ||
        !str_to_int64(str_slice(day, 5, 7), &month) || !str_to_int64(str_slice(day, 8, 10), &date))
        return 0;
    return (clock_days_from_civil(year, (int)month, (int)date) * 24 + 12) * 3600000;
}

static const struct article *read_article(struct arena *arena, const struct pipeline *pipeline,
                                          struct str html, struct str created)
{
    struct article *article = arena_new(arena, struct article);
    if (!article)
        files_fail("memory", "too little");
    article->arena = arena;
    article->content_html = html;
    article->content_is_html = true;
    article->language_stated = STR("en");
    article->published_ms = ms_of_day(created);
    pipeline_run(pipeline, article);
    return article;
}

static bool agree(const struct letter_list *a, size_t i, const struct letter_list *b, size_t k)
{
    for (size_t n = 0; n < AGREE && i + n < a->count && k + n < b->count; n++)
        if (a->items[i + n] != b->items[k + n])
            return false;
    return i < a->count && k < b->count;
}

/* Goes on to the nearest place where both agree again; false when there is none. */
static bool meet(const struct letter_list *a, size_t *i, const struct letter_list *b, size_t *k)
{
    for (size_t sum = 1; sum < AHEAD_MAX; sum++)
        for (size_t ahead = 0; ahead <= sum; ahead++)
            if (agree(a, *i + ahead, b, *k + sum - ahead)) {
                *i += ahead;
                *k += sum - ahead;
                return true;
            }
    return false;
}

static void align(struct document *document, const struct letter_list *own, const struct letter_list *source)
{
    size_t i = 0, k = 0;
    for (size_t n = 0; n < own->count; n++)
        document->letter_places[n] = PLACE_NONE;
    while (i < own->count && k < source->count) {
        if (own->items[i] == source->items[k])
            document->letter_places[i++] = (uint32_t)k++;
        else if (!meet(own, &i, source, &k))
            return;
    }
}

static void count_letters(struct document *document)
{
    struct str text = document->article->text;
    uint32_t c, letters = 0, point = 0;
    for (size_t at = 0; at < text.len && point < document->article->text_length; point++) {
        document->letters[point] = letters;
        at += utf8_decode(text, at, &c);
        letters += is_letter(c);
    }
    document->letters[point] = letters;
}

void document_read(struct document *ret_document, struct arena *arena, const struct pipeline *pipeline,
                   const struct treebank_sentence *sentences, size_t count)
{
    struct document *document = ret_document;
    *document = (struct document){.source = sentences, .sentence_count = count};
    for (size_t i = 0; i < count; i++)
        document->word_count += sentences[i].count;
    document->sentences = arena_new_array(arena, struct places, count);
    document->words = arena_new_array(arena, struct places, document->word_count);
    document->sentence_words = arena_new_array(arena, uint32_t, count + 1);
    if (!document->sentences || !document->words || !document->sentence_words)
        files_fail("memory", "too little");
    struct letter_list source = place_words(document, arena), own = {0};
    document->article = read_article(arena, pipeline, html_of(arena, sentences, count), sentences[0].created);
    add_letters(arena, &own, document->article->text);
    document->letters = arena_new_array(arena, uint32_t, document->article->text_length + 1);
    document->letter_places = arena_new_array(arena, uint32_t, own.count + 1);
    if (!document->letters || !document->letter_places)
        files_fail("memory", "too little");
    count_letters(document);
    align(document, &own, &source);
}

struct places document_places(const struct document *document, struct span span)
{
    uint32_t first = document->letters[span.start], end = document->letters[span.end];
    struct places none = {PLACE_NONE, PLACE_NONE};
    if (first >= end)
        return none;
    struct places places = {document->letter_places[first], document->letter_places[end - 1]};
    if (places.start == PLACE_NONE || places.end == PLACE_NONE)
        return none;
    places.end++;
    return places;
}

size_t document_word_at(const struct document *document, uint32_t place)
{
    size_t low = 0, high = document->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (document->words[middle].end <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < document->word_count && document->words[low].start <= place ? low : document->word_count;
}

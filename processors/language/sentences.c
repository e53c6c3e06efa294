/* sentences: rules over each block, one pass, no backtracking past a word. Worker threads.
 * Never changes the text; never splits inside a word. */
#include "processors/language/sentences.h"

#include <errno.h>

#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/language/identify.h"
#include "processors/language/sentence_borders.h"
#include "processors/language/sentence_marks.h"
#include "processors/language/sentence_tails.h"

static int add_sentence(struct splitter *splitter, struct article *article, size_t end, uint32_t *points,
                        size_t *counted)
{
    struct str text = splitter->text;
    size_t begin = splitter->begin, stop = end;
    while (begin < stop && sentence_is_space((unsigned char)text.ptr[begin]))
        begin++;
    while (stop > begin && sentence_is_space((unsigned char)text.ptr[stop - 1]))
        stop--;
    splitter->begin = end;
    if (begin == stop)
        return 0;
    struct span *span = article_list_add(article->arena, &article->sentences);
    if (!span)
        return -ENOMEM;
    span->start = *points + (uint32_t)utf8_length(str_slice(text, *counted, begin));
    span->end = span->start + (uint32_t)utf8_length(str_slice(text, begin, stop));
    *points = span->end;
    *counted = stop;
    return 0;
}

static int split_block(struct splitter *splitter, struct article *article, uint32_t points)
{
    size_t counted = 0, at = 0;
    struct str text = splitter->text;
    while (at < text.len) {
        unsigned char byte = (unsigned char)text.ptr[at];
        bool face = sentence_is_face_begin(byte);
        if (byte < 0x80 && byte != '.' && byte != '!' && byte != '?' && !face) {
            at++;
            continue;
        }
        size_t n;
        uint32_t c = sentence_peek(splitter, at, &n);
        if (!face && !sentence_is_full_stop(c) && !sentence_is_stop(c)) {
            at += n;
            continue;
        }
        bool ends;
        size_t end;
        if (face) {
            end = sentence_face_border(splitter, at);
            if (end == at)
                end = sentence_credit_border(splitter, at);
            ends = end != at;
            at = ends && end > at ? end : at + 1;
        } else {
            at = end = sentence_border(splitter, at, &ends);
        }
        if (!ends)
            continue;
        if (add_sentence(splitter, article, end, &points, &counted) < 0)
            return -ENOMEM;
        if (budget_over())
            return ERR_DEADLINE;
    }
    return add_sentence(splitter, article, text.len, &points, &counted);
}

static bool ordinals_with_stop(struct str language)
{
    static const char *const languages[] = {"de", "da", "no", "nb", "nn", "fi", "cs", "sk", "pl", "hu",
                                            "hr", "sl", "sr", "bs", "et", "lv", "tr", "is", "fo", "lb"};
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        if (str_equal(language, str_from(languages[i])))
            return true;
    return false;
}

int sentences_find(const struct lexicon *lexicon, struct article *article)
{
    char buffer[9];
    struct splitter splitter = {.lexicon = lexicon, .language = language_primary(article->language, buffer)};
    splitter.ordinals = ordinals_with_stop(splitter.language);
    sentence_find_shouts(&splitter, article->text);
    size_t at = 0;
    uint32_t points = 0;
    article->sentences.count = 0;
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        if (i > 0) {
            at += 2; /* the blank line between blocks */
            points += 2;
        }
        size_t begin = at;
        for (; points < block->span.end; points++)
            do
                at++;
            while (at < article->text.len && ((unsigned char)article->text.ptr[at] & 0xC0) == 0x80);
        splitter.text = str_slice(article->text, begin, at);
        splitter.begin = splitter.quotes_at = 0;
        splitter.quoted = false;
        int code = 0;
        if (block->kind == BLOCK_HEADING || block->kind == BLOCK_TABLE) {
            size_t counted = 0;
            uint32_t start = block->span.start;
            code = add_sentence(&splitter, article, splitter.text.len, &start, &counted);
        } else {
            code = split_block(&splitter, article, block->span.start);
        }
        if (code < 0)
            return code;
    }
    return 0;
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    (void)data_directory;
    struct lexicon *lexicon = NULL;
    int code = lexicon_create(&lexicon, sentence_lists, error);
    *ret_context = lexicon;
    return code;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    return sentences_find(context, article);
}

static void destroy(void *context)
{
    struct lexicon *lexicon = context;
    lexicon_destroy(&lexicon);
}

const struct stage stage_sentences = {
    .name = "sentences",
    .description = "where the sentences of the text begin and end",
    .version = 2,
    .needs = GIFT_TEXT,
    .init = init,
    .process = process,
    .destroy = destroy,
};

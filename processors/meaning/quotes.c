/* quotes: see the header. An automaton over the tokens of each paragraph. */
#include "processors/meaning/quotes.h"

#include <errno.h>
#include <string.h>

/* Which marks close one that is open. */
enum mark { MARK_NONE, MARK_DOUBLE, MARK_SINGLE, MARK_ANGLE, MARK_CORNER };

struct glyph {
    const char *text;
    enum mark mark;
    bool opens, closes;
};

static const struct glyph glyphs[] = {
    {"\"", MARK_DOUBLE, true, true},  {"“", MARK_DOUBLE, true, true},   {"”", MARK_DOUBLE, true, true},
    {"„", MARK_DOUBLE, true, false},  {"‟", MARK_DOUBLE, true, false},  {"``", MARK_DOUBLE, true, false},
    {"''", MARK_DOUBLE, false, true}, {"＂", MARK_DOUBLE, true, true},  {"‘", MARK_SINGLE, true, true},
    {"’", MARK_SINGLE, false, true},  {"'", MARK_SINGLE, true, true},   {"`", MARK_SINGLE, true, false},
    {"‚", MARK_SINGLE, true, false},  {"«", MARK_ANGLE, true, true},    {"»", MARK_ANGLE, true, true},
    {"‹", MARK_ANGLE, true, true},    {"›", MARK_ANGLE, true, true},    {"「", MARK_CORNER, true, false},
    {"」", MARK_CORNER, false, true}, {"『", MARK_CORNER, true, false}, {"』", MARK_CORNER, false, true},
};

struct finder {
    const struct article *article;
    struct quote_list *list;
    enum mark open;    /* the outermost mark that is open */
    uint32_t first;    /* the token behind it */
    uint32_t sentence; /* of that token */
    bool goes_on, was_open;
    uint32_t words; /* since it was opened */
};

/* A quotation that is longer than this without a closing mark was never one. */
enum { OPEN_WORDS_MAX = 400 };

static struct str word(const struct article *article, uint32_t at)
{
    return str_slice(article->text, article->tokens.items[at].start, article->tokens.items[at].end);
}

static const struct glyph *glyph_of(struct str token)
{
    if (token.len > 3)
        return NULL;
    for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++)
        if (str_equal(token, str_from(glyphs[i].text)))
            return &glyphs[i];
    return NULL;
}

/* Does the token stand right behind (before) a word, without a blank? */
static bool touches_before(const struct article *article, uint32_t at)
{
    return at > 0 && article->tokens.items[at - 1].end == article->tokens.items[at].start;
}

static bool touches_behind(const struct article *article, uint32_t at)
{
    return at + 1 < article->tokens.count &&
           article->tokens.items[at + 1].start == article->tokens.items[at].end;
}

/* "workers' union": an apostrophe of the owner. */
static bool is_apostrophe(const struct article *article, uint32_t at)
{
    return article->tags && str_equal(article->tags[at].xpos, STR("POS"));
}

static int close_at(struct finder *finder, uint32_t end, bool open)
{
    struct quote quote = {finder->first, end, finder->sentence, finder->goes_on, open};
    finder->open = MARK_NONE;
    finder->was_open = open;
    if (quote.end <= quote.first || (open && finder->words > OPEN_WORDS_MAX))
        return 0;
    struct quote_list *list = finder->list;
    if (arena_grow(finder->article->arena, (void **)&list->items, list->count, &list->capacity,
                   sizeof(quote)))
        return -ENOMEM;
    list->items[list->count++] = quote;
    return 0;
}

static void open_at(struct finder *finder, enum mark mark, uint32_t at, uint32_t sentence, bool begins)
{
    finder->open = mark;
    finder->first = at + 1;
    finder->sentence = sentence;
    finder->goes_on = begins && finder->was_open;
    finder->words = 0;
}

/* One token; `begins`: it is its paragraph's first. */
static int look_at(struct finder *finder, uint32_t at, uint32_t sentence, bool begins)
{
    const struct article *article = finder->article;
    const struct glyph *glyph = glyph_of(word(article, at));
    finder->words++;
    if (!glyph || is_apostrophe(article, at))
        return 0;
    if (finder->open == glyph->mark && glyph->closes &&
        (!glyph->opens || touches_before(article, at) || !touches_behind(article, at)))
        return close_at(finder, at, false);
    bool may_open = finder->open == MARK_NONE && glyph->opens && touches_behind(article, at) &&
                    (!touches_before(article, at) || glyph->mark == MARK_CORNER || !glyph->closes ||
                     glyph_of(word(article, at - 1)) || memchr("([-", *word(article, at - 1).ptr, 3));
    if (may_open)
        open_at(finder, glyph->mark, at, sentence, begins);
    return 0;
}

/* The place of the sentence's block; they stand in order, so the search goes on from the last. */
static size_t block_of(const struct article *article, size_t sentence, size_t from)
{
    uint32_t start = article->sentences.items[sentence].start;
    while (from + 1 < article->blocks.count && article->blocks.items[from].span.end <= start)
        from++;
    return from;
}

int quotes_find(const struct article *article, struct quote_list *ret_list)
{
    struct finder finder = {.article = article, .list = ret_list};
    size_t block = 0;
    int error = 0;
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        size_t now = block_of(article, i, block);
        bool new_block = i == 0 || now != block;
        uint32_t first = article->sentence_tokens[i], end = article->sentence_tokens[i + 1];
        if (new_block && finder.open)
            error = close_at(&finder, first, true);
        block = now;
        for (uint32_t at = first; at < end && !error; at++)
            error = look_at(&finder, at, i, new_block && at == first);
        if (new_block && !finder.open)
            finder.was_open = false;
    }
    return !error && finder.open ? close_at(&finder, (uint32_t)article->tokens.count, true) : error;
}

/* statements: see the header. The verbs of each sentence first (statement_cues.c), then the quotations that
 * are left. Tokens are the article's unless a tree is named. */
#include "processors/meaning/statements.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "processors/article_words.h"

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"
#include "processors/meaning/statement_finder.h"

/* A quotation of fewer words that no verb governs is a term, a title or irony. */
enum { ALONE_WORDS_MIN = 6, GOES_ON_WORDS_MIN = 3 };

static const struct statement_rule rule_goes_on = {"statements-1:goes-on", 0.75F},
                                   rule_colon = {"statements-1:colon", 0.7F},
                                   rule_governed = {"statements-1:governed", 0.6F},
                                   rule_alone = {"statements-1:alone", 0.4F};

static void use(struct statement_finder *finder, const struct quote *quote)
{
    finder->used[quote - finder->quotes.items] = true;
}

static void place_sentences(struct statement_finder *finder)
{
    const struct article *article = finder->article;
    uint32_t block = 0;
    for (uint32_t i = 0; i < article->sentences.count; i++) {
        while (block + 1 < article->blocks.count &&
               article->blocks.items[block].span.end <= article->sentences.items[i].start)
            block++;
        finder->blocks[i] = block;
    }
}

static bool is_heading(const struct statement_finder *finder, uint32_t sentence)
{
    const struct article *article = finder->article;
    return article->blocks.count && article->blocks.items[finder->blocks[sentence]].kind == BLOCK_HEADING;
}

/* ---- Quotations that no verb claims ---- */

static int by_place(const void *a, const void *b)
{
    const struct statement *x = a, *y = b;
    if (x->content.start != y->content.start)
        return x->content.start < y->content.start ? -1 : 1;
    return x->content.end < y->content.end ? -1 : x->content.end > y->content.end;
}

/* Is there nothing but a blank line, or less, between the statement and the quotation? */
static bool close_behind(const struct article *article, const struct statement *before,
                         const struct quote *quote)
{
    uint32_t from = before->cue.end > before->content.end ? before->cue.end : before->content.end;
    uint32_t begin = article->token_spans[quote->first].start;
    const struct span *sentence = &article->sentences.items[quote->sentence];
    return from <= begin && (from >= sentence->start || begin <= sentence->start + 2) &&
           begin <= (before->sentence.end > from ? before->sentence.end : from) + 8;
}

/* "She was blunt: '...'": the subject of the sentence before the colon. */
static uint32_t before_colon(const struct article *article, const struct quote *quote)
{
    const struct tree *tree = &article->trees[quote->sentence];
    uint32_t begin = quote->first - tree->first;
    bool colon = begin >= 2 && tree_is(tree, begin - 2, ":");
    uint32_t subject = colon && tree->root != TREE_NONE ? tree_child(tree, tree->root, REL_NSUBJ) : TREE_NONE;
    return subject != TREE_NONE && subject < begin ? subject : TREE_NONE;
}

/* "Reproached Paris with having 'campaigned for sanctions'": the subject of the last verb of speech before
 * the quotation, with no finite verb of another kind between. */
static uint32_t governs(const struct article *article, const struct quote *quote)
{
    const struct tree *tree = &article->trees[quote->sentence];
    for (uint32_t at = quote->first - tree->first; at-- > 0;) {
        struct str xpos = tree->nodes[at].xpos;
        if (tree->nodes[at].upos != UPOS_VERB)
            continue;
        if (speech_frames(tree->nodes[at].lemma)) {
            uint32_t subject = speaker_head(tree, at, false);
            return subject != TREE_NONE && subject < at ? subject : TREE_NONE;
        }
        if (str_equal(xpos, STR("VBD")) || str_equal(xpos, STR("VBZ")) || str_equal(xpos, STR("VBP")))
            return TREE_NONE;
    }
    return TREE_NONE;
}

/* "'We lost all.' 'We will build it again,' she said": the sentence behind, of one paragraph, is a quotation
 * and says whose. */
static bool close_before(const struct statement_finder *finder, const struct quote *quote,
                         const struct statement *behind)
{
    const struct article *article = finder->article;
    uint32_t next = quote->sentence + 1;
    if (!behind || behind->kind != STATEMENT_DIRECT || next >= article->sentences.count ||
        finder->blocks[next] != finder->blocks[quote->sentence])
        return false;
    uint32_t start = article->sentences.items[next].start;
    return behind->content.start >= start && behind->content.start <= start + 2;
}

static void say_the_same(struct statement *statement, const struct statement *other)
{
    statement->speaker = other->speaker;
    statement->speaker_entity = other->speaker_entity;
    memcpy(statement->with, other->with, sizeof(statement->with));
    statement->with_count = other->with_count;
}

static int take_left(struct statement_finder *finder, const struct quote *quote,
                     const struct statement *before, const struct statement *behind)
{
    struct article *article = finder->article;
    uint32_t words = statement_words(article, quote->first, quote->end);
    struct token_piece content = statement_trimmed(finder, (struct token_piece){quote->first, quote->end});
    uint32_t colon = before_colon(article, quote);
    bool goes_on =
        before && words >= GOES_ON_WORDS_MIN && (quote->goes_on || close_behind(article, before, quote));
    bool begins =
        quote->sentence == 0 || finder->blocks[quote->sentence - 1] != finder->blocks[quote->sentence];
    if (words >= GOES_ON_WORDS_MIN && (!goes_on || begins) && close_before(finder, quote, behind)) {
        before = behind;
        goes_on = true;
    }
    uint32_t named = colon != TREE_NONE ? colon : goes_on ? TREE_NONE : governs(article, quote);
    const struct statement_rule *rule = colon != TREE_NONE   ? &rule_colon
                                        : goes_on            ? &rule_goes_on
                                        : named != TREE_NONE ? &rule_governed
                                                             : &rule_alone;
    if (content.first >= content.end ||
        (words < ALONE_WORDS_MIN && (rule == &rule_alone || rule == &rule_governed)))
        return 0;
    finder->sentence = quote->sentence;
    finder->tree = &article->trees[quote->sentence];
    struct statement last = goes_on ? *before : (struct statement){0},
                     *statement = statement_add(finder, content, rule);
    if (!statement)
        return -ENOMEM;
    statement->kind = STATEMENT_DIRECT;
    if (named != TREE_NONE) {
        statement_name_speaker(finder, statement, named);
    } else if (goes_on) {
        say_the_same(statement, &last);
    }
    return 0;
}

static int compare_start(const void *wanted, const void *entry)
{
    uint32_t a = *(const uint32_t *)wanted, b = ((const struct statement *)entry)->content.start;
    return a < b ? -1 : a > b;
}

/* A paragraph that ends without a closing mark is of who speaks in the next: from the last one back. */
static int take_paragraphs(struct statement_finder *finder)
{
    struct article *article = finder->article;
    size_t count = article->statements.count;
    struct statement found = {0};
    for (uint32_t i = (uint32_t)finder->quotes.count; i-- > 1;) {
        const struct quote *quote = &finder->quotes.items[i - 1], *next = quote + 1;
        if (!next->goes_on || !quote->open || finder->used[i - 1] || quote->first >= quote->end)
            continue;
        const struct statement *said =
            count == 0 ? NULL
                       : bsearch(&article->token_spans[next->first].start, article->statements.items, count,
                                 sizeof(*said), compare_start);
        if (said)
            found = *said;
        if (!said && !finder->used[i])
            continue;
        use(finder, quote);
        finder->sentence = quote->sentence;
        struct statement *statement = statement_add(
            finder, statement_trimmed(finder, (struct token_piece){quote->first, quote->end}), &rule_goes_on);
        if (!statement)
            return -ENOMEM;
        statement->kind = STATEMENT_DIRECT;
        say_the_same(statement, &found);
    }
    return 0;
}

/* In the order of the text, each with the statement before it at hand. */
static int take_the_left(struct statement_finder *finder)
{
    struct article *article = finder->article;
    size_t found = article->statements.count, next = 0;
    struct statement last = {0};
    bool any = false;
    int error = 0;
    for (uint32_t i = 0; i < finder->quotes.count && article->statements.count < STATEMENTS_MAX && !error;
         i++) {
        const struct quote *quote = &finder->quotes.items[i];
        uint32_t begin = article->token_spans[quote->first].start;
        for (; next < found && article->statements.items[next].content.start < begin; next++, any = true)
            last = article->statements.items[next];
        if (finder->used[i] || is_heading(finder, quote->sentence))
            continue;
        size_t count = article->statements.count;
        struct statement behind = next < found ? article->statements.items[next] : (struct statement){0};
        error = take_left(finder, quote, any ? &last : NULL, next < found ? &behind : NULL);
        if (article->statements.count > count) {
            last = article->statements.items[count];
            any = true;
        }
    }
    return error;
}

/* ---- The stage ---- */

static int prepare(struct statement_finder *finder)
{
    struct article *article = finder->article;
    int error = quotes_find(article, &finder->quotes);
    finder->token_quotes = arena_new_array(article->arena, uint32_t, article->tokens.count + 1);
    finder->used = arena_new_array(article->arena, bool, finder->quotes.count + 1);
    finder->blocks = arena_new_array(article->arena, uint32_t, article->sentences.count + 1);
    if (error || !finder->token_quotes || !finder->used || !finder->blocks)
        return -ENOMEM;
    for (uint32_t i = 0; i < finder->quotes.count; i++)
        for (uint32_t at = finder->quotes.items[i].first; at < finder->quotes.items[i].end; at++)
            finder->token_quotes[at] = i + 1;
    place_sentences(finder);
    return 0;
}

static void sort(struct article *article)
{
    if (article->statements.count)
        qsort(article->statements.items, article->statements.count, sizeof(struct statement), by_place);
}

static int find(struct statement_finder *finder)
{
    struct article *article = finder->article;
    int error = prepare(finder);
    for (uint32_t i = 0; i < article->sentences.count && article->statements.count < STATEMENTS_MAX && !error;
         i++) {
        finder->sentence = i;
        finder->tree = &article->trees[i];
        if (budget_over())
            return ERR_DEADLINE;
        if (!is_heading(finder, i))
            error = statement_cues_find(finder);
    }
    sort(article);
    if (!error)
        error = take_paragraphs(finder);
    sort(article);
    if (!error)
        error = take_the_left(finder);
    sort(article);
    return error;
}

/* An id says what is said and by whom; what is said twice is numbered. */
static void name_statements(struct article *article)
{
    for (size_t i = 0; i < article->statements.count; i++) {
        struct statement *statement = &article->statements.items[i];
        uint64_t hash = hash_64_seeded(hash_64(article_words(article, statement->speaker)),
                                       article_words(article, statement->content));
        (void)snprintf(statement->id, sizeof(statement->id), "%016" PRIx64, hash);
        for (size_t before = 0; before < i; before++)
            if (!strcmp(article->statements.items[before].id, statement->id)) {
                hash = hash_64_seeded(hash, STR("again"));
                (void)snprintf(statement->id, sizeof(statement->id), "%016" PRIx64, hash);
            }
    }
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    struct statement_finder finder = {.article = article};
    int error = find(&finder);
    if (error) {
        article->statements.count = 0;
        return error;
    }
    name_statements(article);
    article->given |= GIFT_STATEMENTS;
    return 0;
}

const struct stage stage_statements = {
    .name = "statements",
    .description = "what is said, and who says it",
    .version = 5,
    .needs = GIFT_REFERENCES,
    .gives = GIFT_STATEMENTS,
    .languages = language_stages_spoken,
    .process = process,
};

/* statement_content: see statement_finder.h. Tokens are the article's unless a tree is named. */
#include <assert.h>
#include <errno.h>

#include "processors/meaning/speakers.h"
#include "processors/meaning/statement_finder.h"

static const struct tree_node *node(const struct statement_finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

static bool is_mark(const struct article *article, uint32_t token)
{
    return str_equal(article->tags[token].upos, STR("PUNCT"));
}

uint32_t statement_words(const struct article *article, uint32_t first, uint32_t end)
{
    uint32_t words = 0;
    for (uint32_t at = first; at < end; at++)
        words += !is_mark(article, at);
    return words;
}

const struct quote *statement_quote_at(const struct statement_finder *finder, uint32_t token)
{
    uint32_t at = finder->token_quotes[token];
    return at ? &finder->quotes.items[at - 1] : NULL;
}

/* Does the mark at the piece's begin (end) stand around a quotation that lies within the piece? */
static bool opens_inside(const struct statement_finder *finder, struct token_piece piece)
{
    const struct quote *quote =
        piece.first + 1 < piece.end ? statement_quote_at(finder, piece.first + 1) : NULL;
    return quote && quote->first == piece.first + 1 && quote->end + 1 < piece.end;
}

static bool closes_inside(const struct statement_finder *finder, struct token_piece piece)
{
    const struct quote *quote =
        piece.end - piece.first > 1 ? statement_quote_at(finder, piece.end - 2) : NULL;
    return quote && quote->end == piece.end - 1 && quote->first > piece.first + 1;
}

/* Without the marks at both ends. */
struct token_piece statement_trimmed(const struct statement_finder *finder, struct token_piece piece)
{
    while (piece.first < piece.end && is_mark(finder->article, piece.first) && !opens_inside(finder, piece))
        piece.first++;
    while (piece.first < piece.end && is_mark(finder->article, piece.end - 1) &&
           !closes_inside(finder, piece))
        piece.end--;
    return piece;
}

struct statement *statement_add(struct statement_finder *finder, struct token_piece content,
                                const struct statement_rule *rule)
{
    struct article *article = finder->article;
    assert(content.first < content.end);
    struct statement *statement = article_list_add(article->arena, &article->statements);
    if (!statement)
        return NULL;
    *statement = (struct statement){
        .kind = STATEMENT_INDIRECT,
        .sentence = article->sentences.items[finder->sentence],
        .content = {article->token_spans[content.first].start, article->token_spans[content.end - 1].end},
        .rule = rule->name,
        .confidence = rule->confidence,
    };
    return statement;
}

/* ---- Who said it, to whom ---- */

void statement_name_speaker(struct statement_finder *finder, struct statement *statement, uint32_t head)
{
    if (head == TREE_NONE) {
        statement->confidence *= 0.6F;
        return;
    }
    speaker_words(finder->article, finder->tree, head, &statement->speaker, &statement->speaker_entity);
    if (!statement->speaker_entity)
        statement->confidence *= 0.9F;
}

bool statement_is_telling(const struct statement_finder *finder, uint32_t cue)
{
    static const char *const verbs[] = {"tell", "assure", "reassure", "inform", "notify",
                                        "warn", "remind", "ask",      "urge",   NULL};
    const char *const *verb = verbs;
    while (*verb && !tree_is(finder->tree, cue, *verb))
        verb++;
    return *verb;
}

/* "told reporters": a noun directly behind the verb that is not what was said. */
static void name_addressee(struct statement_finder *finder, struct statement *statement, uint32_t cue)
{
    uint32_t to = tree_child(finder->tree, cue, REL_IOBJ);
    if (to == TREE_NONE)
        to = tree_child(finder->tree, cue, REL_OBJ);
    if (statement_is_telling(finder, cue) && to != TREE_NONE && to > cue &&
        !finder->token_quotes[finder->tree->first + to])
        speaker_words(finder->article, finder->tree, to, &statement->addressee, &statement->addressee_entity);
}

static void use(struct statement_finder *finder, const struct quote *quote)
{
    finder->used[quote - finder->quotes.items] = true;
}

/* The sentence has it already: two ways to the same words are one statement. */
static bool is_taken(const struct statement_finder *finder, struct token_piece content)
{
    const struct article *article = finder->article;
    uint32_t start = article->token_spans[content.first].start,
             end = article->token_spans[content.end - 1].end;
    for (size_t i = article->statements.count; i-- > 0;) {
        const struct statement *other = &article->statements.items[i];
        if (other->content.start == start && other->content.end == end)
            return true;
        if (other->sentence.start != article->sentences.items[finder->sentence].start)
            break;
    }
    return false;
}

int statement_take(struct statement_finder *finder, struct token_piece content, uint32_t cue,
                   uint32_t speaker, const struct statement_rule *rule)
{
    struct article *article = finder->article;
    uint32_t quoted = 0, words = statement_words(article, content.first, content.end);
    const struct quote *first = NULL;
    for (uint32_t at = content.first; at < content.end; at++) {
        const struct quote *quote = statement_quote_at(finder, at);
        quoted += quote && !is_mark(article, at);
        if (quote && !first)
            first = quote;
        if (quote)
            use(finder, quote);
    }
    if (quoted && quoted * 10 >= words * 9)
        content = (struct token_piece){first->first, first->end};
    while (content.first < content.end &&
           article->token_spans[content.first].start < article->dateline.span.end)
        content.first++; /* nobody says the dateline */
    content = statement_trimmed(finder, content);
    if (content.first >= content.end || (speaker == TREE_NONE && !quoted) || /* "asked whether", by nobody */
        is_taken(finder, content))
        return 0;
    struct statement *statement = statement_add(finder, content, rule);
    if (!statement)
        return -ENOMEM;
    if (quoted)
        statement->kind = quoted * 10 >= words * 9 ? STATEMENT_DIRECT : STATEMENT_MIXED;
    statement->cue = tree_span(article, finder->tree, cue, cue + 1);
    statement_name_speaker(finder, statement, speaker);
    if (speaker != TREE_NONE)
        statement->with_count =
            speakers_with(article, finder->tree, speaker, cue, statement->with, STATEMENT_WITH_MAX);
    name_addressee(finder, statement, cue);
    return 0;
}

const struct quote *statement_quote_behind(const struct statement_finder *finder, uint32_t cue)
{
    uint32_t end = finder->tree->first + finder->tree->count;
    for (uint32_t i = finder->next_quote; i < finder->quotes.count; i++) {
        const struct quote *quote = &finder->quotes.items[i];
        if (quote->first >= end)
            return NULL;
        if (quote->first > finder->tree->first + cue)
            return quote;
    }
    return NULL;
}

uint32_t statement_clause_start(const struct statement_finder *finder, uint32_t cue)
{
    uint32_t subject = tree_child(finder->tree, cue, REL_NSUBJ), first = cue, end;
    if (subject != TREE_NONE && subject < cue)
        tree_reach(finder->tree, subject, &first, &end);
    while (first < cue && node(finder, first)->upos == UPOS_PUNCT) /* the comma may hang on the subject */
        first++;
    return first;
}

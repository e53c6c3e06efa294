/* statements: see the header. Goes through the verbs of each sentence, then through the quotations that are
 * left. Tokens are the article's unless a tree is named. */
#include "processors/meaning/statements.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/meaning/quotes.h"
#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"

/* A quotation of fewer words that no verb governs is a term, a title or irony. */
enum { ALONE_WORDS_MIN = 6, GOES_ON_WORDS_MIN = 3 };

struct finder {
    struct article *article;
    struct quote_list quotes;
    uint32_t *token_quotes; /* of each token: 1 + the quotation it is in, 0 = none */
    bool *used;             /* of each quotation */
    uint32_t *blocks;       /* of each sentence: the block that it is of */
    uint32_t sentence;
    const struct tree *tree;
    uint32_t next_quote; /* the first that ends behind the sentence's begin */
};

/* A piece of the article, in tokens. */
struct piece {
    uint32_t first, end;
};

struct rule {
    const char *name;
    float confidence;
};

static const struct rule rule_quote = {"statements-1:quote", 0.93F},
                         rule_clause = {"statements-1:clause", 0.9F},
                         rule_before = {"statements-1:clause-before", 0.85F},
                         rule_intent = {"statements-1:intent", 0.8F},
                         rule_accusation = {"statements-1:accusation", 0.8F},
                         rule_label = {"statements-1:label", 0.8F},
                         rule_according = {"statements-1:according", 0.9F},
                         rule_goes_on = {"statements-1:goes-on", 0.75F},
                         rule_colon = {"statements-1:colon", 0.7F}, rule_alone = {"statements-1:alone", 0.4F};

static const struct tree_node *node(const struct finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

static bool is_mark(const struct article *article, uint32_t token)
{
    return str_equal(article->tags[token].upos, STR("PUNCT"));
}

static uint32_t words_in(const struct article *article, uint32_t first, uint32_t end)
{
    uint32_t words = 0;
    for (uint32_t at = first; at < end; at++)
        words += !is_mark(article, at);
    return words;
}

static const struct quote *quote_at(const struct finder *finder, uint32_t token)
{
    uint32_t at = finder->token_quotes[token];
    return at ? &finder->quotes.items[at - 1] : NULL;
}

/* Does the mark at the piece's begin (end) stand around a quotation that lies within the piece? */
static bool opens_inside(const struct finder *finder, struct piece piece)
{
    const struct quote *quote = piece.first + 1 < piece.end ? quote_at(finder, piece.first + 1) : NULL;
    return quote && quote->first == piece.first + 1 && quote->end + 1 < piece.end;
}

static bool closes_inside(const struct finder *finder, struct piece piece)
{
    const struct quote *quote = piece.end - piece.first > 1 ? quote_at(finder, piece.end - 2) : NULL;
    return quote && quote->end == piece.end - 1 && quote->first > piece.first + 1;
}

/* Without the marks at both ends. */
static struct piece trimmed(const struct finder *finder, struct piece piece)
{
    while (piece.first < piece.end && is_mark(finder->article, piece.first) && !opens_inside(finder, piece))
        piece.first++;
    while (piece.first < piece.end && is_mark(finder->article, piece.end - 1) &&
           !closes_inside(finder, piece))
        piece.end--;
    return piece;
}

static struct statement *add(struct finder *finder, struct piece content, const struct rule *rule)
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

static void name_speaker(struct finder *finder, struct statement *statement, uint32_t head)
{
    if (head == TREE_NONE) {
        statement->confidence *= 0.6F;
        return;
    }
    speaker_words(finder->article, finder->tree, head, &statement->speaker, &statement->speaker_entity);
    if (!statement->speaker_entity)
        statement->confidence *= 0.9F;
}

/* "told reporters": a noun directly behind the verb that is not what was said. */
static void name_addressee(struct finder *finder, struct statement *statement, uint32_t cue)
{
    static const char *const telling[] = {"tell",   "assure", "reassure", "inform",
                                          "notify", "warn",   "remind",   NULL};
    const char *const *verb = telling;
    while (*verb && !tree_is(finder->tree, cue, *verb))
        verb++;
    uint32_t to = tree_child(finder->tree, cue, REL_IOBJ);
    if (to == TREE_NONE)
        to = tree_child(finder->tree, cue, REL_OBJ);
    if (*verb && to != TREE_NONE && to > cue && !finder->token_quotes[finder->tree->first + to])
        speaker_words(finder->article, finder->tree, to, &statement->addressee, &statement->addressee_entity);
}

/* ---- Where what was said stands ---- */

/* The quotation in front of the cue's clause, which begins at `clause`: `"...," she said`. It may be of the
 * sentence before: `"Really?" she asked`. */
static const struct quote *quote_before(const struct finder *finder, uint32_t clause)
{
    uint32_t at = finder->tree->first + clause;
    if (clause > 0 && (tree_is(finder->tree, clause - 1, ",") || tree_is(finder->tree, clause - 1, "-")))
        at--;
    const struct quote *quote = at > 1 ? quote_at(finder, at - 2) : NULL;
    if (!quote || quote->end != at - 1)
        return NULL;
    return at - 1 >= finder->tree->first || (finder->sentence > 0 && finder->blocks[finder->sentence - 1] ==
                                                                         finder->blocks[finder->sentence])
               ? quote
               : NULL;
}

/* The first quotation behind the cue in its sentence. */
static const struct quote *quote_behind(const struct finder *finder, uint32_t cue)
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

/* Does the quotation follow the cue closely: nothing but "that", marks and what hangs on the cue between? */
static bool follows(const struct finder *finder, const struct quote *quote, uint32_t cue)
{
    uint32_t begin = quote->first - finder->tree->first, before = begin > 0 ? begin - 1 : 0;
    while (before > cue && node(finder, before)->upos == UPOS_PUNCT && !tree_is(finder->tree, before, ",") &&
           !tree_is(finder->tree, before, ":"))
        before--;
    return before == cue || tree_is(finder->tree, before, ",") || tree_is(finder->tree, before, ":") ||
           tree_is(finder->tree, before, "that");
}

static void use(struct finder *finder, const struct quote *quote)
{
    finder->used[quote - finder->quotes.items] = true;
}

/* What is said, with the quotations in it: direct when it is nearly all quoted. */
static int take(struct finder *finder, struct piece content, uint32_t cue, uint32_t speaker,
                const struct rule *rule)
{
    struct article *article = finder->article;
    uint32_t quoted = 0, words = words_in(article, content.first, content.end);
    const struct quote *first = NULL;
    for (uint32_t at = content.first; at < content.end; at++) {
        const struct quote *quote = quote_at(finder, at);
        quoted += quote && !is_mark(article, at);
        if (quote && !first)
            first = quote;
        if (quote)
            use(finder, quote);
    }
    if (quoted && quoted * 10 >= words * 9)
        content = (struct piece){first->first, first->end};
    content = trimmed(finder, content);
    if (content.first >= content.end || (speaker == TREE_NONE && !quoted)) /* "asked whether", by nobody */
        return 0;
    struct statement *statement = add(finder, content, rule);
    if (!statement)
        return -ENOMEM;
    if (quoted)
        statement->kind = quoted * 10 >= words * 9 ? STATEMENT_DIRECT : STATEMENT_MIXED;
    statement->cue = tree_span(article, finder->tree, cue, cue + 1);
    name_speaker(finder, statement, speaker);
    name_addressee(finder, statement, cue);
    return 0;
}

static int take_quote(struct finder *finder, const struct quote *quote, uint32_t cue, uint32_t speaker,
                      const struct rule *rule)
{
    return take(finder, (struct piece){quote->first, quote->end}, cue, speaker, rule);
}

/* ---- Cues ---- */

static bool has_negation(const struct finder *finder, uint32_t verb)
{
    for (uint32_t c = node(finder, verb)->first_child; c != TREE_NONE; c = node(finder, c)->next_child)
        if (str_equal(node(finder, c)->lower, STR("not")) || str_equal(node(finder, c)->lower, STR("n't")) ||
            str_equal(node(finder, c)->lower, STR("never")))
            return true;
    return false;
}

/* Does the verb say that something was said? Not when it was not, may be, or is said in a quotation. */
static bool is_cue(const struct finder *finder, uint32_t at)
{
    uint32_t head = node(finder, at)->head;
    uint32_t modal = tree_child(finder->tree, at, REL_AUX);
    bool wanted = node(finder, at)->relation == REL_XCOMP && head != TREE_NONE &&
                  (tree_is(finder->tree, head, "refuse") || tree_is(finder->tree, head, "decline") ||
                   tree_is(finder->tree, head, "fail") || tree_is(finder->tree, head, "want"));
    bool asked = node(finder, at)->relation == REL_ADVCL && str_equal(node(finder, at)->xpos, STR("VBN"));
    return node(finder, at)->upos == UPOS_VERB && !asked && !finder->token_quotes[finder->tree->first + at] &&
           !wanted && !has_negation(finder, at) &&
           !(modal != TREE_NONE && str_equal(node(finder, modal)->xpos, STR("MD")));
}

/* The clause's first word: of the cue or of its subject. */
static uint32_t clause_start(const struct finder *finder, uint32_t cue)
{
    uint32_t subject = tree_child(finder->tree, cue, REL_NSUBJ), first = cue, end;
    if (subject != TREE_NONE && subject < cue)
        tree_reach(finder->tree, subject, &first, &end);
    return first;
}

/* "Two people died, police said": what stands before the clause, back to the sentence's begin. */
static bool words_before(const struct finder *finder, uint32_t start, struct piece *ret_piece)
{
    uint32_t first = 0;
    while (first < start &&
           (node(finder, first)->relation == REL_PARATAXIS || node(finder, first)->relation == REL_FLAT) &&
           finder->article->dateline.span.end >=
               finder->article->token_spans[finder->tree->first + first].end)
        first++;
    *ret_piece = trimmed(finder, (struct piece){finder->tree->first + first, finder->tree->first + start});
    enum upos begin = first < start ? node(finder, first)->upos : UPOS_X;
    return start > 0 && tree_is(finder->tree, start - 1, ",") && begin != UPOS_SCONJ && begin != UPOS_ADP &&
           begin != UPOS_VERB && words_in(finder->article, ret_piece->first, ret_piece->end) > 2;
}

/* The clause below the cue without its "that"; false when there is none on the right side of the subject. */
static bool clause_below(const struct finder *finder, uint32_t cue, enum relation relation,
                         struct piece *ret_piece)
{
    uint32_t clause = tree_child(finder->tree, cue, relation), first, end;
    if (clause == TREE_NONE)
        return false;
    tree_reach(finder->tree, clause, &first, &end);
    if (clause > cue && first < cue + 1)
        first = cue + 1;
    if (clause < cue && end > cue)
        end = cue;
    if (first < end && tree_is(finder->tree, first, "that"))
        first++;
    *ret_piece = trimmed(finder, (struct piece){finder->tree->first + first, finder->tree->first + end});
    return ret_piece->first < ret_piece->end;
}

static int take_clause(struct finder *finder, uint32_t cue, unsigned frames)
{
    struct piece piece;
    uint32_t start = clause_start(finder, cue), speaker;
    const struct quote *before = quote_before(finder, start), *behind = quote_behind(finder, cue);
    bool has_clause = clause_below(finder, cue, REL_CCOMP, &piece);
    bool first_said = before || (has_clause && piece.first < finder->tree->first + cue) ||
                      (!has_clause && words_before(finder, start, &piece));
    speaker = speaker_head(finder->tree, cue, first_said);
    if (before && !finder->used[before - finder->quotes.items] &&
        words_in(finder->article, before->first, before->end) > 0)
        return take_quote(finder, before, cue, speaker, &rule_quote);
    if (behind && !finder->used[behind - finder->quotes.items] && follows(finder, behind, cue) &&
        !(has_clause && piece.first + 2 < behind->first))
        return take_quote(finder, behind, cue, speaker, &rule_quote);
    if (frames & SPEECH_ATTITUDE && !(has_clause && behind && behind->first < piece.end))
        return 0;
    if (has_clause)
        return take(finder, piece, cue, speaker, &rule_clause);
    uint32_t object = tree_child(finder->tree, cue, REL_OBJ);
    if (first_said && words_before(finder, start, &piece) && speaker != TREE_NONE &&
        (object == TREE_NONE || object == speaker))
        return take(finder, piece, cue, speaker, &rule_before);
    return 0;
}

/* Behind the cue and below it: the first word like this, with what hangs on the word that it marks. */
static bool part_behind(const struct finder *finder, uint32_t cue, const char *mark, struct piece *ret_piece)
{
    uint32_t first, end, at = cue + 1, reach;
    tree_reach(finder->tree, cue, &first, &end);
    while (at < end && !str_equal(node(finder, at)->lower, str_from(mark)))
        at++;
    if (at >= end || node(finder, at)->head == TREE_NONE || node(finder, at)->head < at)
        return false;
    tree_reach(finder->tree, node(finder, at)->head, &first, &reach);
    *ret_piece = (struct piece){finder->tree->first + at, finder->tree->first + reach};
    return true;
}

/* "promised to leave", "urged them to leave", "accused them of lying". */
static int take_complement(struct finder *finder, uint32_t cue, unsigned frames)
{
    struct piece piece;
    uint32_t speaker = speaker_head(finder->tree, cue, false);
    bool intent = frames & (SPEECH_TO | SPEECH_URGE);
    if (speaker == TREE_NONE || !part_behind(finder, cue, intent ? "to" : "of", &piece))
        return 0;
    bool infinitive = str_equal(finder->article->tags[piece.first].upos, STR("PART"));
    if (intent && !infinitive) /* "to" of a direction */
        return 0;
    piece.first += !intent;
    piece = trimmed(finder, piece);
    return piece.first < piece.end
               ? take(finder, piece, cue, speaker, intent ? &rule_intent : &rule_accusation)
               : 0;
}

/* Quoted words in what a verb of judgement governs: "called the plan 'absurd'". */
static int take_label(struct finder *finder, uint32_t cue)
{
    const struct quote *quote = quote_behind(finder, cue);
    uint32_t first, end, speaker = speaker_head(finder->tree, cue, false);
    if (!quote || finder->used[quote - finder->quotes.items] || speaker == TREE_NONE)
        return 0;
    tree_reach(finder->tree, cue, &first, &end);
    return quote->first < finder->tree->first + end ? take_quote(finder, quote, cue, speaker, &rule_label)
                                                    : 0;
}

static int look_at_verb(struct finder *finder, uint32_t at)
{
    unsigned frames = speech_frames(node(finder, at)->lemma);
    size_t before = finder->article->statements.count;
    int error = 0;
    if (!frames || !is_cue(finder, at))
        return 0;
    if (frames & SPEECH_CLAUSE)
        error = take_clause(finder, at, frames);
    if (!error && frames & (SPEECH_TO | SPEECH_URGE | SPEECH_ACCUSE) &&
        finder->article->statements.count == before)
        error = take_complement(finder, at, frames);
    if (!error && frames & (SPEECH_LABEL | SPEECH_ATTITUDE) && finder->article->statements.count == before)
        error = take_label(finder, at);
    return error;
}

/* "according to the ministry": the rest of the sentence, on the side of it that is longer. */
static int look_at_according(struct finder *finder, uint32_t at)
{
    uint32_t count = finder->tree->count, head = at + 2, end, first;
    if (!str_equal(node(finder, at)->lower, STR("according")) || head >= count ||
        !tree_is(finder->tree, at + 1, "to") || finder->token_quotes[finder->tree->first + at])
        return 0;
    while (head + 1 < count && !(node(finder, head)->head != TREE_NONE && node(finder, head)->head < at) &&
           (node(finder, head)->head == TREE_NONE || node(finder, head)->head > head) &&
           node(finder, head)->upos != UPOS_PUNCT)
        head++;
    if (node(finder, head)->upos == UPOS_PUNCT)
        return 0;
    tree_reach(finder->tree, head, &first, &end);
    struct piece before = trimmed(finder, (struct piece){finder->tree->first, finder->tree->first + at});
    struct piece behind = {finder->tree->first + end, finder->tree->first + count};
    behind = trimmed(finder, behind);
    bool take_before = before.end - before.first >= behind.end - behind.first && before.first < before.end;
    struct piece content = take_before ? before : behind;
    return content.first < content.end ? take(finder, content, at, head, &rule_according) : 0;
}

static int look_at_sentence(struct finder *finder)
{
    int error = 0;
    while (finder->next_quote < finder->quotes.count &&
           finder->quotes.items[finder->next_quote].end <= finder->tree->first)
        finder->next_quote++;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++) {
        error = look_at_verb(finder, at);
        if (!error)
            error = look_at_according(finder, at);
    }
    return error;
}

static void place_sentences(struct finder *finder)
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

static bool is_heading(const struct finder *finder, uint32_t sentence)
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

static int take_left(struct finder *finder, const struct quote *quote, const struct statement *before)
{
    struct article *article = finder->article;
    uint32_t words = words_in(article, quote->first, quote->end);
    struct piece content = trimmed(finder, (struct piece){quote->first, quote->end});
    uint32_t colon = before_colon(article, quote);
    bool goes_on =
        before && words >= GOES_ON_WORDS_MIN && (quote->goes_on || close_behind(article, before, quote));
    const struct rule *rule = colon != TREE_NONE ? &rule_colon : goes_on ? &rule_goes_on : &rule_alone;
    if (content.first >= content.end || (words < ALONE_WORDS_MIN && rule == &rule_alone))
        return 0;
    finder->sentence = quote->sentence;
    finder->tree = &article->trees[quote->sentence];
    struct statement last = goes_on ? *before : (struct statement){0},
                     *statement = add(finder, content, rule);
    if (!statement)
        return -ENOMEM;
    statement->kind = STATEMENT_DIRECT;
    if (colon != TREE_NONE) {
        name_speaker(finder, statement, colon);
    } else if (goes_on) {
        statement->speaker = last.speaker;
        statement->speaker_entity = last.speaker_entity;
    }
    return 0;
}

static int compare_start(const void *wanted, const void *entry)
{
    uint32_t a = *(const uint32_t *)wanted, b = ((const struct statement *)entry)->content.start;
    return a < b ? -1 : a > b;
}

/* A paragraph that ends without a closing mark is of who speaks in the next: from the last one back. */
static int take_paragraphs(struct finder *finder)
{
    struct article *article = finder->article;
    size_t count = article->statements.count;
    struct statement found = {0};
    for (uint32_t i = (uint32_t)finder->quotes.count; i-- > 1;) {
        const struct quote *quote = &finder->quotes.items[i - 1], *next = quote + 1;
        if (!next->goes_on || !quote->open || finder->used[i - 1] || quote->first >= quote->end)
            continue;
        const struct statement *said =
            bsearch(&article->token_spans[next->first].start, article->statements.items, count, sizeof(*said),
                    compare_start);
        if (said)
            found = *said;
        if (!said && !finder->used[i])
            continue;
        use(finder, quote);
        finder->sentence = quote->sentence;
        struct statement *statement =
            add(finder, trimmed(finder, (struct piece){quote->first, quote->end}), &rule_goes_on);
        if (!statement)
            return -ENOMEM;
        statement->kind = STATEMENT_DIRECT;
        statement->speaker = found.speaker;
        statement->speaker_entity = found.speaker_entity;
    }
    return 0;
}

/* In the order of the text, each with the statement before it at hand. */
static int take_the_left(struct finder *finder)
{
    struct article *article = finder->article;
    size_t found = article->statements.count, next = 0;
    struct statement last = {0};
    bool any = false;
    int error = 0;
    for (uint32_t i = 0; i < finder->quotes.count && !error; i++) {
        const struct quote *quote = &finder->quotes.items[i];
        uint32_t begin = article->token_spans[quote->first].start;
        for (; next < found && article->statements.items[next].content.start < begin; next++, any = true)
            last = article->statements.items[next];
        if (finder->used[i] || is_heading(finder, quote->sentence))
            continue;
        size_t count = article->statements.count;
        error = take_left(finder, quote, any ? &last : NULL);
        if (article->statements.count > count) {
            last = article->statements.items[count];
            any = true;
        }
    }
    return error;
}

/* ---- The stage ---- */

static int prepare(struct finder *finder)
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

static int find(struct finder *finder)
{
    struct article *article = finder->article;
    int error = prepare(finder);
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        finder->sentence = i;
        finder->tree = &article->trees[i];
        if (budget_over())
            return ERR_DEADLINE;
        if (!is_heading(finder, i))
            error = look_at_sentence(finder);
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

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    struct finder finder = {.article = article};
    int error = find(&finder);
    if (error) {
        article->statements.count = 0;
        return error;
    }
    article->given |= GIFT_STATEMENTS;
    return 0;
}

const struct stage stage_statements = {
    .name = "statements",
    .description = "what is said, and who says it",
    .version = 1,
    .needs = GIFT_REFERENCES,
    .gives = GIFT_STATEMENTS,
    .languages = language_stages_spoken,
    .process = process,
};

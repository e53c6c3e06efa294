/* statement_cues: see statement_finder.h. Tokens are the article's unless a tree is named. */
#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"
#include "processors/meaning/statement_finder.h"

static const struct statement_rule rule_quote = {"statements-1:quote", 0.93F},
                                   rule_clause = {"statements-1:clause", 0.9F},
                                   rule_before = {"statements-1:clause-before", 0.85F},
                                   rule_tail = {"statements-1:tail", 0.8F},
                                   rule_any_verb = {"statements-1:any-verb", 0.8F};

/* A speaker with name and role is no longer. */
enum { SPEAKER_TOKENS_MAX = 24, TAIL_TOKENS_MAX = 4 };

static const struct tree_node *node(const struct statement_finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

/* ---- Where what was said stands ---- */

/* The quotation in front of the cue's clause, which begins at `clause`: `"...," she said`. It may be of the
 * sentence before: `"Really?" she asked`. */
static const struct quote *quote_before(const struct statement_finder *finder, uint32_t clause)
{
    uint32_t at = finder->tree->first + clause;
    if (clause > 0 && (tree_is(finder->tree, clause - 1, ",") || tree_is(finder->tree, clause - 1, "-")))
        at--;
    const struct quote *quote = at > 1 ? statement_quote_at(finder, at - 2) : NULL;
    if (!quote || quote->end != at - 1)
        return NULL;
    return at - 1 >= finder->tree->first || (finder->sentence > 0 && finder->blocks[finder->sentence - 1] ==
                                                                         finder->blocks[finder->sentence])
               ? quote
               : NULL;
}

/* The quotation that the sentence begins with, when nothing but the speaker's name and role stands between
 * it and the cue: no other verb. */
static const struct quote *quote_open(const struct statement_finder *finder, uint32_t cue)
{
    for (uint32_t at = cue; at-- > 0;) {
        const struct quote *quote = statement_quote_at(finder, finder->tree->first + at);
        if (quote) /* words quoted within a clause are the clause's */
            return quote->first <= finder->tree->first + 1 ? quote : NULL;
        if (node(finder, at)->upos == UPOS_VERB || node(finder, at)->upos == UPOS_AUX ||
            cue - at > SPEAKER_TOKENS_MAX)
            return NULL;
    }
    return NULL;
}

/* Does the quotation follow the cue closely: nothing but "that", marks and what hangs on the cue between? */
static bool follows(const struct statement_finder *finder, const struct quote *quote, uint32_t cue)
{
    uint32_t begin = quote->first - finder->tree->first, before = begin > 0 ? begin - 1 : 0;
    while (before > cue && node(finder, before)->upos == UPOS_PUNCT && !tree_is(finder->tree, before, ",") &&
           !tree_is(finder->tree, before, ":"))
        before--;
    return before == cue || tree_is(finder->tree, before, ",") || tree_is(finder->tree, before, ":") ||
           tree_is(finder->tree, before, "that");
}

static int take_quote(struct statement_finder *finder, const struct quote *quote, uint32_t cue,
                      uint32_t speaker, const struct statement_rule *rule)
{
    return statement_take(finder, (struct token_piece){quote->first, quote->end}, cue, speaker, rule);
}

/* ---- Cues ---- */

static bool has_negation(const struct statement_finder *finder, uint32_t verb)
{
    for (uint32_t c = node(finder, verb)->first_child; c != TREE_NONE; c = node(finder, c)->next_child)
        if (str_equal(node(finder, c)->lower, STR("not")) || str_equal(node(finder, c)->lower, STR("n't")) ||
            str_equal(node(finder, c)->lower, STR("never")))
            return true;
    return false;
}

/* Does the verb say that something was said? Not when it was not, may be, or is said in a quotation. */
static bool is_cue(const struct statement_finder *finder, uint32_t at)
{
    uint32_t head = node(finder, at)->head;
    uint32_t modal = tree_child(finder->tree, at, REL_AUX);
    bool wanted = node(finder, at)->relation == REL_XCOMP && head != TREE_NONE &&
                  (tree_is(finder->tree, head, "refuse") || tree_is(finder->tree, head, "decline") ||
                   tree_is(finder->tree, head, "fail") || tree_is(finder->tree, head, "want"));
    bool asked = node(finder, at)->relation == REL_ADVCL && /* "Asked about the vote, he ..." */
                 (str_equal(node(finder, at)->xpos, STR("VBN")) ||
                  (str_equal(node(finder, at)->xpos, STR("VBD")) &&
                   tree_child(finder->tree, at, REL_NSUBJ) == TREE_NONE));
    return node(finder, at)->upos == UPOS_VERB && !asked && !finder->token_quotes[finder->tree->first + at] &&
           !wanted && !has_negation(finder, at) &&
           !(modal != TREE_NONE && str_equal(node(finder, modal)->xpos, STR("MD")));
}

/* "..., who recalled": what stands before is no one's words. */
static bool is_relative(const struct statement_finder *finder, uint32_t at)
{
    return tree_is(finder->tree, at, "who") || tree_is(finder->tree, at, "which") ||
           tree_is(finder->tree, at, "whose") || tree_is(finder->tree, at, "whom");
}

/* "Two people died, police said": what stands before the clause, back to the sentence's begin. */
static bool words_before(const struct statement_finder *finder, uint32_t start, struct token_piece *ret_piece)
{
    uint32_t first = 0;
    while (first < start && finder->article->dateline.span.end >=
                                finder->article->token_spans[finder->tree->first + first].end)
        first++;
    *ret_piece = statement_trimmed(
        finder, (struct token_piece){finder->tree->first + first, finder->tree->first + start});
    enum upos begin = first < start ? node(finder, first)->upos : UPOS_X;
    return start > 0 && !is_relative(finder, start) && tree_is(finder->tree, start - 1, ",") &&
           begin != UPOS_SCONJ && begin != UPOS_ADP && begin != UPOS_VERB &&
           statement_words(finder->article, ret_piece->first, ret_piece->end) > 2;
}

/* "They shelled the city, killing two, officials said": not the participle alone is said. */
static bool is_participle_before(const struct statement_finder *finder, uint32_t clause, uint32_t cue)
{
    return clause < cue && str_equal(node(finder, clause)->xpos, STR("VBG")) &&
           tree_child(finder->tree, clause, REL_AUX) == TREE_NONE &&
           tree_child(finder->tree, clause, REL_NSUBJ) == TREE_NONE;
}

/* The clause below the cue without its "that"; false when there is none on the right side of the subject. */
static bool clause_below(const struct statement_finder *finder, uint32_t cue, enum relation relation,
                         struct token_piece *ret_piece)
{
    uint32_t clause = tree_child(finder->tree, cue, relation), first, end;
    for (uint32_t c = clause; c != TREE_NONE && clause < cue; c = node(finder, c)->next_child)
        if (c > cue && node(finder, c)->relation == relation && cue + 1 < finder->tree->count &&
            node(finder, cue + 1)->upos != UPOS_PUNCT)
            clause = c; /* "Asked whether it would, she said |it might|" */
    if (clause == TREE_NONE || is_participle_before(finder, clause, cue))
        return false;
    tree_reach(finder->tree, clause, &first, &end);
    if (clause > cue && first < cue + 1)
        first = cue + 1;
    if (clause < cue && end > cue)
        end = cue;
    if (first < end && tree_is(finder->tree, first, "that"))
        first++;
    *ret_piece = statement_trimmed(
        finder, (struct token_piece){finder->tree->first + first, finder->tree->first + end});
    struct token_piece whole; /* "..., killing two, officials said": what a greedy parser hung on the cue */
    if (clause < cue && words_before(finder, statement_clause_start(finder, cue), &whole) &&
        whole.first <= ret_piece->first && whole.end > ret_piece->end)
        *ret_piece = whole;
    return ret_piece->first < ret_piece->end;
}

/* The last one who is named between the quotation and the cue: where the tree has lost the subject. */
static uint32_t name_before(const struct statement_finder *finder, uint32_t cue)
{
    for (uint32_t at = cue; at-- > 0;) {
        uint32_t token = finder->tree->first + at, name = finder->article->token_names[token];
        if (finder->token_quotes[token])
            return TREE_NONE;
        if (name && finder->article->names.items[name - 1].type <= NAME_ORGANISATION &&
            finder->article->names.items[name - 1].type != NAME_PLACE)
            return at;
    }
    return TREE_NONE;
}

/* Who speaks, beside the quotation: not a word of it, which the tree may hang on the cue. */
static uint32_t speaker_beside(const struct statement_finder *finder, uint32_t cue, bool inverted,
                               const struct quote *quote)
{
    uint32_t speaker = speaker_head(finder->tree, cue, inverted);
    if (!quote || speaker == TREE_NONE || statement_quote_at(finder, finder->tree->first + speaker) != quote)
        return speaker;
    for (uint32_t c = node(finder, cue)->first_child; c != TREE_NONE; c = node(finder, c)->next_child) {
        enum upos upos = node(finder, c)->upos;
        if (c > cue && (upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON) &&
            tree_child(finder->tree, c, REL_CASE) == TREE_NONE)
            return c;
    }
    return TREE_NONE;
}

/* "said that it was lost |and that nobody would come|": each clause with its own "that" is said for itself.
 */
static int take_clauses(struct statement_finder *finder, struct token_piece piece, uint32_t cue,
                        uint32_t speaker)
{
    const struct tree *tree = finder->tree;
    uint32_t piece_end = piece.end;
    int error = 0;
    for (uint32_t at = piece.first - tree->first; at < piece_end - tree->first && !error; at++) {
        uint32_t mark = tree_child(tree, at, REL_MARK), first, end;
        if (node(finder, at)->relation != REL_CONJ || node(finder, at)->head == TREE_NONE ||
            node(finder, node(finder, at)->head)->head != cue)
            continue;
        if (mark == TREE_NONE || mark > at || !tree_is(tree, mark, "that"))
            continue;
        tree_reach(tree, at, &first, &end);
        if (tree->first + first <= piece.first || tree->first + end > piece_end)
            continue;
        piece.end = piece.end < tree->first + first ? piece.end : tree->first + first;
        error = statement_take(
            finder,
            statement_trimmed(finder, (struct token_piece){tree->first + mark + 1, tree->first + end}), cue,
            speaker, &rule_clause);
    }
    piece = statement_trimmed(finder, piece);
    return error ? error : statement_take(finder, piece, cue, speaker, &rule_clause);
}

static int take_clause(struct statement_finder *finder, uint32_t cue, unsigned frames)
{
    struct token_piece piece;
    uint32_t start = statement_clause_start(finder, cue), speaker;
    const struct quote *before = quote_before(finder, cue), *behind = statement_quote_behind(finder, cue);
    if (!before)
        before = quote_before(finder, start);
    if (!before && tree_child(finder->tree, cue, REL_NSUBJ) == TREE_NONE)
        before = quote_open(finder, cue);
    bool has_clause = clause_below(finder, cue, REL_CCOMP, &piece);
    bool first_said = before || (has_clause && piece.first < finder->tree->first + cue) ||
                      (!has_clause && words_before(finder, start, &piece));
    speaker = speaker_beside(finder, cue, first_said && !statement_is_telling(finder, cue), before);
    if (speaker == TREE_NONE && before)
        speaker = name_before(finder, cue);
    if (speaker == TREE_NONE && before && !statement_is_telling(finder, cue))
        speaker = speaker_named_behind(finder->article, finder->tree, cue);
    if (before && !finder->used[before - finder->quotes.items] &&
        statement_words(finder->article, before->first, before->end) > 0)
        return take_quote(finder, before, cue, speaker, &rule_quote);
    if (behind && !finder->used[behind - finder->quotes.items] && follows(finder, behind, cue) &&
        !(has_clause && piece.first + 2 < behind->first))
        return take_quote(finder, behind, cue, speaker, &rule_quote);
    if (frames & SPEECH_ATTITUDE && !(has_clause && behind && behind->first < piece.end))
        return 0;
    if (has_clause)
        return take_clauses(finder, piece, cue, speaker);
    uint32_t object = tree_object(finder->tree, cue);
    bool beside = str_equal(node(finder, cue)->xpos, STR("VBG")); /* "..., demanding her resignation" */
    if (first_said && !beside && words_before(finder, start, &piece) && speaker != TREE_NONE &&
        (object == TREE_NONE || object == speaker))
        return statement_take(finder, piece, cue, speaker, &rule_before);
    return 0;
}

static bool is_token(const struct article *article, uint32_t token, const char *text)
{
    return token < article->tokens.count &&
           str_equal(
               str_slice(article->text, article->tokens.items[token].start, article->tokens.items[token].end),
               str_from(text));
}

/* "'...,' sighs Ana Ruiz", "'...,' the minister shot back": between a quotation that begins the sentence and
 * its speaker every verb is one of speech. */
static int take_any_verb(struct statement_finder *finder, uint32_t cue)
{
    const struct quote *directly = quote_before(finder, cue);
    uint32_t start = directly ? cue : statement_clause_start(finder, cue);
    const struct quote *quote = directly ? directly : quote_before(finder, start);
    struct str xpos = node(finder, cue)->xpos;
    bool finite = str_equal(xpos, STR("VBD")) || str_equal(xpos, STR("VBZ")) || str_equal(xpos, STR("VBP"));
    if (!quote || !finite || finder->used[quote - finder->quotes.items] ||
        quote->first > finder->tree->first + 1 || quote->end < quote->first + 2)
        return 0;
    const struct article *article = finder->article;
    bool paused = is_token(article, quote->end - 1, ",") || is_token(article, quote->end - 1, "?") ||
                  is_token(article, quote->end - 1, "!") || is_token(article, quote->end + 1, ",");
    uint32_t speaker = speaker_beside(finder, cue, start == cue, quote);
    if (speaker == TREE_NONE && start == cue)
        speaker = speaker_named_behind(article, finder->tree, cue);
    return paused && speaker != TREE_NONE ? take_quote(finder, quote, cue, speaker, &rule_any_verb) : 0;
}

/* The noun that stands before the cue at the sentence's end, behind the last comma, with no verb between; and
 * what stands before that comma: "..., police and railway officials said." */
static uint32_t tail_speaker(const struct statement_finder *finder, uint32_t cue,
                             struct token_piece *ret_piece)
{
    uint32_t count = finder->tree->count, behind = cue + 1, at = cue, speaker = TREE_NONE;
    while (behind < count && node(finder, behind)->upos != UPOS_PUNCT)
        behind++;
    if (behind - cue > TAIL_TOKENS_MAX || behind + 1 < count || cue < 2)
        return TREE_NONE;
    for (at = cue; at > 0 && !tree_is(finder->tree, at - 1, ","); at--) {
        enum upos upos = node(finder, at - 1)->upos;
        if (upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_SCONJ || cue - at > SPEAKER_TOKENS_MAX)
            return TREE_NONE;
        bool noun = upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON;
        if (noun && speaker == TREE_NONE && at == cue)
            speaker = at - 1;
    }
    return speaker != TREE_NONE && at > 0 && words_before(finder, at, ret_piece) ? speaker : TREE_NONE;
}

/* Where the tree has given the cue at the end another subject than the words before it. */
static int take_tail(struct statement_finder *finder, uint32_t cue)
{
    struct token_piece piece;
    uint32_t speaker = tail_speaker(finder, cue, &piece), subject = tree_child(finder->tree, cue, REL_NSUBJ);
    if (speaker == TREE_NONE || statement_is_telling(finder, cue) ||
        (subject != TREE_NONE && finder->tree->first + subject >= piece.end))
        return 0;
    for (uint32_t token = piece.first; token < piece.end; token++)
        if (finder->token_quotes[token])
            return 0;
    return statement_take(finder, piece, cue, speaker, &rule_tail);
}

static int look_at_verb(struct statement_finder *finder, uint32_t at)
{
    unsigned frames = speech_frames(node(finder, at)->lemma);
    size_t before = finder->article->statements.count;
    int error = 0;
    if (!is_cue(finder, at))
        return 0;
    if (!(frames & SPEECH_CLAUSE))
        error = take_any_verb(finder, at);
    if (error || finder->article->statements.count > before)
        return error;
    if (frames & SPEECH_CLAUSE && !(frames & SPEECH_ATTITUDE))
        error = take_tail(finder, at);
    if (!error && frames & SPEECH_CLAUSE && !(frames & SPEECH_ATTITUDE) &&
        finder->article->statements.count == before)
        error = statement_aside(finder, at);
    if (!error && frames & SPEECH_CLAUSE && finder->article->statements.count == before)
        error = take_clause(finder, at, frames);
    if (!error && frames & (SPEECH_TO | SPEECH_URGE | SPEECH_ACCUSE) &&
        finder->article->statements.count == before)
        error = statement_complement(finder, at, frames);
    if (!error && frames & (SPEECH_LABEL | SPEECH_ATTITUDE) && finder->article->statements.count == before)
        error = statement_label(finder, at);
    if (!error && frames & (SPEECH_OBJECT | SPEECH_FOR | SPEECH_OF) &&
        finder->article->statements.count == before)
        error = statement_thing(finder, at, frames);
    return error;
}

int statement_cues_find(struct statement_finder *finder)
{
    int error = 0;
    finder->asides = 0;
    while (finder->next_quote < finder->quotes.count &&
           finder->quotes.items[finder->next_quote].end <= finder->tree->first)
        finder->next_quote++;
    for (uint32_t at = 0; at < finder->tree->count && !error; at++) {
        error = look_at_verb(finder, at);
        if (!error)
            error = statement_according(finder, at);
    }
    return error;
}

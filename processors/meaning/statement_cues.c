/* statement_cues: see statement_finder.h. Tokens are the article's unless a tree is named. */
#include <assert.h>
#include <errno.h>

#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"
#include "processors/meaning/statement_finder.h"

static const struct statement_rule rule_quote = {"statements-1:quote", 0.93F},
                                   rule_clause = {"statements-1:clause", 0.9F},
                                   rule_before = {"statements-1:clause-before", 0.85F},
                                   rule_intent = {"statements-1:intent", 0.8F},
                                   rule_accusation = {"statements-1:accusation", 0.8F},
                                   rule_label = {"statements-1:label", 0.8F},
                                   rule_object = {"statements-1:object", 0.75F},
                                   rule_tail = {"statements-1:tail", 0.8F},
                                   rule_any_verb = {"statements-1:any-verb", 0.8F},
                                   rule_according = {"statements-1:according", 0.9F};

/* A speaker with name and role is no longer. */
enum { SPEAKER_TOKENS_MAX = 24, JUDGED_TOKENS_MAX = 12, TAIL_TOKENS_MAX = 4 };

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

static const struct quote *quote_at(const struct statement_finder *finder, uint32_t token)
{
    uint32_t at = finder->token_quotes[token];
    return at ? &finder->quotes.items[at - 1] : NULL;
}

/* Does the mark at the piece's begin (end) stand around a quotation that lies within the piece? */
static bool opens_inside(const struct statement_finder *finder, struct token_piece piece)
{
    const struct quote *quote = piece.first + 1 < piece.end ? quote_at(finder, piece.first + 1) : NULL;
    return quote && quote->first == piece.first + 1 && quote->end + 1 < piece.end;
}

static bool closes_inside(const struct statement_finder *finder, struct token_piece piece)
{
    const struct quote *quote = piece.end - piece.first > 1 ? quote_at(finder, piece.end - 2) : NULL;
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

/* Verbs whose object is whom it is said to. */
static bool is_telling(const struct statement_finder *finder, uint32_t cue)
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
    if (is_telling(finder, cue) && to != TREE_NONE && to > cue &&
        !finder->token_quotes[finder->tree->first + to])
        speaker_words(finder->article, finder->tree, to, &statement->addressee, &statement->addressee_entity);
}

/* ---- Where what was said stands ---- */

/* The quotation in front of the cue's clause, which begins at `clause`: `"...," she said`. It may be of the
 * sentence before: `"Really?" she asked`. */
static const struct quote *quote_before(const struct statement_finder *finder, uint32_t clause)
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

/* The quotation that the sentence begins with, when nothing but the speaker's name and role stands between
 * it and the cue: no other verb. */
static const struct quote *quote_open(const struct statement_finder *finder, uint32_t cue)
{
    for (uint32_t at = cue; at-- > 0;) {
        const struct quote *quote = quote_at(finder, finder->tree->first + at);
        if (quote) /* words quoted within a clause are the clause's */
            return quote->first <= finder->tree->first + 1 ? quote : NULL;
        if (node(finder, at)->upos == UPOS_VERB || node(finder, at)->upos == UPOS_AUX ||
            cue - at > SPEAKER_TOKENS_MAX)
            return NULL;
    }
    return NULL;
}

/* The first quotation behind the cue in its sentence. */
static const struct quote *quote_behind(const struct statement_finder *finder, uint32_t cue)
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
static bool follows(const struct statement_finder *finder, const struct quote *quote, uint32_t cue)
{
    uint32_t begin = quote->first - finder->tree->first, before = begin > 0 ? begin - 1 : 0;
    while (before > cue && node(finder, before)->upos == UPOS_PUNCT && !tree_is(finder->tree, before, ",") &&
           !tree_is(finder->tree, before, ":"))
        before--;
    return before == cue || tree_is(finder->tree, before, ",") || tree_is(finder->tree, before, ":") ||
           tree_is(finder->tree, before, "that");
}

static void use(struct statement_finder *finder, const struct quote *quote)
{
    finder->used[quote - finder->quotes.items] = true;
}

/* What is said, with the quotations in it: direct when it is nearly all quoted. */
static int take(struct statement_finder *finder, struct token_piece content, uint32_t cue, uint32_t speaker,
                const struct statement_rule *rule)
{
    struct article *article = finder->article;
    uint32_t quoted = 0, words = statement_words(article, content.first, content.end);
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
        content = (struct token_piece){first->first, first->end};
    content = statement_trimmed(finder, content);
    if (content.first >= content.end || (speaker == TREE_NONE && !quoted)) /* "asked whether", by nobody */
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

static int take_quote(struct statement_finder *finder, const struct quote *quote, uint32_t cue,
                      uint32_t speaker, const struct statement_rule *rule)
{
    return take(finder, (struct token_piece){quote->first, quote->end}, cue, speaker, rule);
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

/* The clause's first word: of the cue or of its subject. */
static uint32_t clause_start(const struct statement_finder *finder, uint32_t cue)
{
    uint32_t subject = tree_child(finder->tree, cue, REL_NSUBJ), first = cue, end;
    if (subject != TREE_NONE && subject < cue)
        tree_reach(finder->tree, subject, &first, &end);
    while (first < cue && node(finder, first)->upos == UPOS_PUNCT) /* the comma may hang on the subject */
        first++;
    return first;
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
    return start > 0 && tree_is(finder->tree, start - 1, ",") && begin != UPOS_SCONJ && begin != UPOS_ADP &&
           begin != UPOS_VERB && statement_words(finder->article, ret_piece->first, ret_piece->end) > 2;
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
    if (clause < cue && words_before(finder, clause_start(finder, cue), &whole) &&
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
    if (!quote || speaker == TREE_NONE || quote_at(finder, finder->tree->first + speaker) != quote)
        return speaker;
    for (uint32_t c = node(finder, cue)->first_child; c != TREE_NONE; c = node(finder, c)->next_child) {
        enum upos upos = node(finder, c)->upos;
        if (c > cue && (upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON) &&
            tree_child(finder->tree, c, REL_CASE) == TREE_NONE)
            return c;
    }
    return TREE_NONE;
}

static int take_clause(struct statement_finder *finder, uint32_t cue, unsigned frames)
{
    struct token_piece piece;
    uint32_t start = clause_start(finder, cue), speaker;
    const struct quote *before = quote_before(finder, cue), *behind = quote_behind(finder, cue);
    if (!before)
        before = quote_before(finder, start);
    if (!before && tree_child(finder->tree, cue, REL_NSUBJ) == TREE_NONE)
        before = quote_open(finder, cue);
    bool has_clause = clause_below(finder, cue, REL_CCOMP, &piece);
    bool first_said = before || (has_clause && piece.first < finder->tree->first + cue) ||
                      (!has_clause && words_before(finder, start, &piece));
    speaker = speaker_beside(finder, cue, first_said && !is_telling(finder, cue), before);
    if (speaker == TREE_NONE && before)
        speaker = name_before(finder, cue);
    if (speaker == TREE_NONE && before && !is_telling(finder, cue))
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
        return take(finder, piece, cue, speaker, &rule_clause);
    uint32_t object = tree_object(finder->tree, cue);
    if (first_said && words_before(finder, start, &piece) && speaker != TREE_NONE &&
        (object == TREE_NONE || object == speaker))
        return take(finder, piece, cue, speaker, &rule_before);
    return 0;
}

/* Behind the cue and below it: the first word like this, with what hangs on the word that it marks. */
static bool part_behind(const struct statement_finder *finder, uint32_t cue, const char *mark,
                        struct token_piece *ret_piece)
{
    uint32_t first, end, at = cue + 1, reach;
    tree_reach(finder->tree, cue, &first, &end);
    while (at < end && !str_equal(node(finder, at)->lower, str_from(mark)))
        at++;
    if (at >= end || node(finder, at)->head == TREE_NONE || node(finder, at)->head < at)
        return false;
    tree_reach(finder->tree, node(finder, at)->head, &first, &reach);
    *ret_piece = (struct token_piece){finder->tree->first + at, finder->tree->first + reach};
    return true;
}

/* "promised to leave", "urged them to leave", "accused them of lying". */
static int take_complement(struct statement_finder *finder, uint32_t cue, unsigned frames)
{
    struct token_piece piece;
    uint32_t speaker = speaker_head(finder->tree, cue, false);
    bool intent = frames & (SPEECH_TO | SPEECH_URGE);
    if (speaker == TREE_NONE || !part_behind(finder, cue, intent ? "to" : "of", &piece))
        return 0;
    bool infinitive = str_equal(finder->article->tags[piece.first].upos, STR("PART"));
    if (intent && !infinitive) /* "to" of a direction */
        return 0;
    piece.first += !intent;
    piece = statement_trimmed(finder, piece);
    return piece.first < piece.end
               ? take(finder, piece, cue, speaker, intent ? &rule_intent : &rule_accusation)
               : 0;
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
    uint32_t start = directly ? cue : clause_start(finder, cue);
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

/* What is judged, when it stands between the verb and the quoted words: "called |the plan 'absurd'|". */
static uint32_t judged_start(const struct statement_finder *finder, uint32_t cue, const struct quote *quote)
{
    uint32_t mark = quote->first - 1 - finder->tree->first;
    for (uint32_t at = cue + 1; at < mark; at++)
        if (node(finder, at)->upos == UPOS_VERB || node(finder, at)->upos == UPOS_PUNCT)
            return quote->first;
    return mark > cue + 1 && mark - cue <= JUDGED_TOKENS_MAX ? finder->tree->first + cue + 1 : quote->first;
}

/* Quoted words in what a verb of judgement governs: "called the plan 'absurd'". */
static int take_label(struct statement_finder *finder, uint32_t cue)
{
    const struct quote *quote = quote_behind(finder, cue);
    uint32_t first, end, speaker = speaker_head(finder->tree, cue, false);
    if (!quote || finder->used[quote - finder->quotes.items] || speaker == TREE_NONE)
        return 0;
    tree_reach(finder->tree, cue, &first, &end);
    if (quote->first >= finder->tree->first + end)
        return 0;
    uint32_t from = judged_start(finder, cue, quote);
    struct token_piece content = {from, quote->end + (from < quote->first && !quote->open)};
    return take(finder, content, cue, speaker, &rule_label);
}

/* What is demanded or denied, announced or offered: "demanded |the release of the others|", "called for |a
 * vote|".
 */
static int take_thing(struct statement_finder *finder, uint32_t cue, unsigned frames)
{
    uint32_t speaker = speaker_head(finder->tree, cue, false), thing = TREE_NONE, first, end;
    if (frames & SPEECH_OBJECT)
        thing = tree_child(finder->tree, cue, REL_OBJ);
    for (uint32_t c = node(finder, cue)->first_child;
         c != TREE_NONE && thing == TREE_NONE && frames & SPEECH_FOR; c = node(finder, c)->next_child) {
        uint32_t mark = tree_child(finder->tree, c, REL_CASE);
        if (c > cue && mark != TREE_NONE && tree_is(finder->tree, mark, "for"))
            thing = c;
    }
    if (speaker == TREE_NONE || thing == TREE_NONE || thing < cue || node(finder, thing)->upos != UPOS_NOUN)
        return 0;
    tree_reach(finder->tree, thing, &first, &end);
    first = first > cue ? first : cue + 1;
    first += tree_is(finder->tree, first, "for");
    if (first >= end)
        return 0;
    struct token_piece content = {finder->tree->first + first, finder->tree->first + end};
    return take(finder, content, cue, speaker, &rule_object);
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
    if (speaker == TREE_NONE || is_telling(finder, cue) ||
        (subject != TREE_NONE && finder->tree->first + subject >= piece.end))
        return 0;
    for (uint32_t token = piece.first; token < piece.end; token++)
        if (finder->token_quotes[token])
            return 0;
    return take(finder, piece, cue, speaker, &rule_tail);
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
    if (!error && frames & SPEECH_CLAUSE && finder->article->statements.count == before)
        error = take_clause(finder, at, frames);
    if (!error && frames & (SPEECH_TO | SPEECH_URGE | SPEECH_ACCUSE) &&
        finder->article->statements.count == before)
        error = take_complement(finder, at, frames);
    if (!error && frames & (SPEECH_LABEL | SPEECH_ATTITUDE) && finder->article->statements.count == before)
        error = take_label(finder, at);
    if (!error && frames & (SPEECH_OBJECT | SPEECH_FOR) && finder->article->statements.count == before)
        error = take_thing(finder, at, frames);
    return error;
}

/* Hangs on a noun behind it, with no comma between: "the", "Qatar" in "Qatar's foreign ministry". */
static bool is_of_noun_behind(const struct statement_finder *finder, uint32_t at)
{
    uint32_t head = node(finder, at)->head;
    if (head == TREE_NONE || head <= at)
        return false;
    for (uint32_t between = at + 1; between < head; between++)
        if (tree_is(finder->tree, between, ","))
            return false;
    enum upos upos = node(finder, head)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_NUM;
}

/* "according to the ministry": the rest of the sentence, on the side of it that is longer. */
static int look_at_according(struct statement_finder *finder, uint32_t at)
{
    uint32_t count = finder->tree->count, head = at + 2, end, first;
    if (!str_equal(node(finder, at)->lower, STR("according")) || head >= count ||
        !tree_is(finder->tree, at + 1, "to") || finder->token_quotes[finder->tree->first + at])
        return 0;
    if (node(finder, head)->upos == UPOS_PUNCT)
        return 0;
    while (is_of_noun_behind(finder, head))
        head = node(finder, head)->head;
    if (node(finder, head)->upos == UPOS_DET || node(finder, head)->upos == UPOS_ADP)
        return 0; /* the tree has lost its noun */
    tree_reach(finder->tree, head, &first, &end);
    struct token_piece before =
        statement_trimmed(finder, (struct token_piece){finder->tree->first, finder->tree->first + at});
    struct token_piece behind = {finder->tree->first + end, finder->tree->first + count};
    behind = statement_trimmed(finder, behind);
    bool take_before = before.end - before.first >= behind.end - behind.first && before.first < before.end;
    struct token_piece content = take_before ? before : behind;
    return content.first < content.end ? take(finder, content, at, head, &rule_according) : 0;
}

int statement_cues_find(struct statement_finder *finder)
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

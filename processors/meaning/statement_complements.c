/* statement_complements: see statement_finder.h. */
#include "processors/meaning/role_words.h"
#include "processors/meaning/speakers.h"
#include "processors/meaning/speech_words.h"
#include "processors/meaning/statement_finder.h"

static const struct statement_rule rule_intent = {"statements-1:intent", 0.8F},
                                   rule_accusation = {"statements-1:accusation", 0.8F},
                                   rule_label = {"statements-1:label", 0.8F},
                                   rule_object = {"statements-1:object", 0.75F};

enum { STEPS_UP_MAX = 8, JUDGED_TOKENS_MAX = 12 };

static const struct tree_node *node(const struct statement_finder *finder, uint32_t at)
{
    return &finder->tree->nodes[at];
}

/* Is the word the cue's, and not that of another verb that "and" joins to it? */
static bool is_own(const struct statement_finder *finder, uint32_t cue, uint32_t at)
{
    for (uint32_t up = at, step = 0; up != TREE_NONE && step < STEPS_UP_MAX; step++) {
        if (up == cue)
            return true;
        if (node(finder, up)->relation == REL_CONJ && node(finder, up)->upos == UPOS_VERB &&
            node(finder, up)->head == cue)
            return false;
        up = node(finder, up)->head;
    }
    return false;
}

/* Behind the cue and below it: the first word like this, with what hangs on the word that it marks. */
static bool part_behind(const struct statement_finder *finder, uint32_t cue, const char *mark,
                        struct token_piece *ret_piece)
{
    uint32_t first, end, at = cue + 1, reach;
    tree_reach(finder->tree, cue, &first, &end);
    while (at < end && !(str_equal(node(finder, at)->lower, str_from(mark)) && is_own(finder, cue, at)))
        at++;
    if (at >= end || node(finder, at)->head == TREE_NONE || node(finder, at)->head < at)
        return false;
    tree_reach(finder->tree, node(finder, at)->head, &first, &reach);
    *ret_piece = (struct token_piece){finder->tree->first + at, finder->tree->first + reach};
    return true;
}

/* "promised to leave", "urged them to leave", "accused them of lying". */
int statement_complement(struct statement_finder *finder, uint32_t cue, unsigned frames)
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
               ? statement_take(finder, piece, cue, speaker, intent ? &rule_intent : &rule_accusation)
               : 0;
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
int statement_label(struct statement_finder *finder, uint32_t cue)
{
    const struct quote *quote = statement_quote_behind(finder, cue);
    uint32_t first, end, speaker = speaker_head(finder->tree, cue, false);
    if (!quote || finder->used[quote - finder->quotes.items] || speaker == TREE_NONE)
        return 0;
    tree_reach(finder->tree, cue, &first, &end);
    if (quote->first >= finder->tree->first + end)
        return 0;
    uint32_t from = judged_start(finder, cue, quote);
    struct token_piece content = {from, quote->end + (from < quote->first && !quote->open)};
    return statement_take(finder, content, cue, speaker, &rule_label);
}

/* What hangs on the cue by such a preposition, behind it. */
static uint32_t thing_by(const struct statement_finder *finder, uint32_t cue, const char *preposition)
{
    for (uint32_t c = node(finder, cue)->first_child; c != TREE_NONE; c = node(finder, c)->next_child) {
        uint32_t mark = tree_child(finder->tree, c, REL_CASE);
        if (c > cue && mark != TREE_NONE && tree_is(finder->tree, mark, preposition))
            return c;
    }
    return TREE_NONE;
}

/* What is demanded or denied, announced or offered: "demanded |the release of the others|", "called for |a
 * vote|", "warned of |a flood|". */
int statement_thing(struct statement_finder *finder, uint32_t cue, unsigned frames)
{
    const char *preposition = frames & SPEECH_OF ? "of" : "for";
    uint32_t speaker = speaker_head(finder->tree, cue, false), thing = TREE_NONE, first, end;
    if (frames & SPEECH_OBJECT)
        thing = tree_child(finder->tree, cue, REL_OBJ);
    if (thing == TREE_NONE && frames & (SPEECH_FOR | SPEECH_OF))
        thing = thing_by(finder, cue, preposition);
    if (speaker == TREE_NONE || thing == TREE_NONE || thing < cue || node(finder, thing)->upos != UPOS_NOUN ||
        role_word_class(STR_NONE, node(finder, thing)->lemma) != ROLE_NONE) /* "dismissed the minister" */
        return 0;
    tree_reach(finder->tree, thing, &first, &end);
    first = first > cue ? first : cue + 1;
    first += tree_is(finder->tree, first, preposition);
    if (first >= end)
        return 0;
    struct token_piece content = {finder->tree->first + first, finder->tree->first + end};
    return statement_take(finder, content, cue, speaker, &rule_object);
}

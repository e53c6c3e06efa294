/* times: see the header. */
#include "processors/meaning/times.h"

#include <errno.h>
#include <string.h>

#include "base/utf8.h"
#include "base/word_list.h"
#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/meaning/time_grammar.h"
#include "processors/meaning/time_tongues.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, MINUTE_MS = 60 * 1000, DATELINE_DAYS_MAX = 60, YEAR_LAST = 9999 };

static struct time_point now_of(int64_t ms)
{
    int64_t day = ms / DAY_MS - (ms % DAY_MS < 0);
    return (struct time_point){
        .grain = GRAIN_MINUTE, .day = day, .minute = (int)((ms - day * DAY_MS) / MINUTE_MS)};
}

/* ---- The words of a sentence ---- */

/* How long "mid-" is at the beginning of "mid-March", one token; 0 = there is none. */
static size_t edge_before(struct str lower, const char **ret_mod)
{
    static const char *const edges[] = {"mid-", "early-", "late-"}, *const mods[] = {"MID", "START", "END"};
    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
        if (str_starts(lower, str_from(edges[i])) && lower.len > strlen(edges[i])) {
            *ret_mod = mods[i];
            return strlen(edges[i]);
        }
    return 0;
}

/* The tree with such words cut to what they are of; *tree is its own copy. */
static int look_up(struct time_reader *reader, struct tree *tree)
{
    struct arena *arena = reader->article->arena;
    struct tree_node *nodes = arena_new_array(arena, struct tree_node, tree->count + 1);
    const struct time_word **words = arena_new_array(arena, const struct time_word *, tree->count + 1);
    if (!nodes || !words)
        return -ENOMEM;
    if (tree->count)
        memcpy(nodes, tree->nodes, tree->count * sizeof(*nodes));
    for (uint32_t at = 0; at < tree->count; at++) {
        const char *mod;
        size_t cut = edge_before(nodes[at].lower, &mod);
        nodes[at].word = str_slice(nodes[at].word, cut, nodes[at].word.len);
        nodes[at].lower = str_slice(nodes[at].lower, cut, nodes[at].lower.len);
        words[at] = time_word_find(nodes[at].lower);
    }
    tree->nodes = nodes;
    reader->words = words;
    return 0;
}

/* ---- What was found ---- */

/* Words of a name are no time, unless they are all of it or an event's: "USA Today", "April Jones", "the 2022
 * World Cup". */
static bool is_of_name(const struct time_reader *reader, uint32_t first, uint32_t end)
{
    const struct article *article = reader->article;
    if (first > 0 && time_word(reader, first, WORD_DAY) && time_node(reader, first)->word.ptr[0] < 'a' &&
        time_node(reader, first - 1)->upos == UPOS_PROPN)
        return true;
    for (uint32_t at = first; at < end; at++) {
        uint32_t number = article->token_names[reader->tree->first + at];
        if (!number)
            continue;
        const struct article_name *name = &article->names.items[number - 1];
        bool within = name->first >= reader->tree->first + first && name->end <= reader->tree->first + end;
        if (name->type == NAME_PERSON || (!within && name->type != NAME_EVENT) ||
            time_word(reader, first, WORD_DAY) != NULL)
            return true;
    }
    return false;
}

/* What a word before the time makes of its ends. */
static void open_ends(const struct time_reader *reader, uint32_t first, struct article_time *time)
{
    uint32_t before = first - 1;
    if (time_is(reader, before, "the") || time_is(reader, before, "about"))
        before--;
    if (time_is(reader, before, "since")) {
        time->end_ms = 0;
    } else if (time_is(reader, before, "until") || time_is(reader, before, "till")) {
        time->begin_ms = 0;
    } else if (time_is(reader, before, "before") && !time->mod) {
        time->mod = "BEFORE";
        time->end_ms = time->begin_ms;
        time->begin_ms = 0;
    } else if (time_is(reader, before, "after") && !time->mod) {
        time->mod = "AFTER";
        time->begin_ms = time->end_ms;
        time->end_ms = 0;
    }
}

static bool in_calendar(struct time_point point)
{
    int64_t year = point.grain ? time_point_year(point) : -1;
    return year > 0 && year < YEAR_LAST;
}

static int set_value(const struct time_reader *reader, const struct time_found *found,
                     struct article_time *time)
{
    struct arena *arena = reader->article->arena;
    time->value = found->value;
    time->begin_ms = found->begin_ms;
    time->end_ms = found->end_ms;
    if (found->value.ptr || !in_calendar(found->point))
        return 0;
    bool range = in_calendar(found->last);
    time->value = time_point_value(arena, found->point);
    if (range)
        time->value = arena_printf(arena, "%.*s/%.*s", STR_ARG(time->value),
                                   STR_ARG(time_point_value(arena, found->last)));
    time->begin_ms = time_point_begin_ms(found->point);
    time->end_ms = time_point_end_ms(range ? found->last : found->point);
    if (reader->tree)
        open_ends(reader, time->first - reader->tree->first, time);
    else if (found->open == OPEN_SINCE)
        time->end_ms = 0;
    else if (found->open == OPEN_UNTIL)
        time->begin_ms = 0;
    return time->value.ptr ? 0 : -ENOMEM;
}

/* A time in the tokens [first, end) of the article. */
static int add(const struct time_reader *reader, struct span span, uint32_t first, uint32_t end,
               const struct time_found *found)
{
    struct article *article = reader->article;
    struct article_time *time = article_list_add(article->arena, &article->times);
    if (!time)
        return -ENOMEM;
    *time = (struct article_time){
        .kind = found->kind,
        .span = span,
        .sentence = reader->sentence,
        .first = first,
        .end = end,
        .mod = found->mod,
        .frequency = found->frequency,
        .origin = found->origin,
        .confidence = found->confidence,
    };
    return set_value(reader, found, time);
}

/* ---- What later times count from ---- */

static void tell(struct time_reader *reader, const struct time_found *found, bool opens)
{
    const struct article *article = reader->article;
    struct time_point point = found->point;
    if (!in_calendar(point) || point.grain < GRAIN_YEAR)
        return;
    const struct article_time *time = &article->times.items[article->times.count - 1];
    int64_t away = reader->anchor.grain ? point.day - reader->anchor.day : 0;
    if (point.grain == GRAIN_DAY && time->span.end <= article->dateline.span.end &&
        away < DATELINE_DAYS_MAX && away > -DATELINE_DAYS_MAX) {
        reader->anchor =
            (struct time_point){.grain = GRAIN_MINUTE, .day = point.day, .minute = reader->anchor.minute};
        return;
    }
    reader->told = point;
    reader->told_sentence = reader->sentence;
    reader->told_opens = opens;
    bool stated = !found->yearless && str_equal(str_from(found->origin), STR("stated"));
    if (stated && reader->anchor.grain && time_point_year(point) < time_point_year(reader->anchor))
        reader->years_told++;
    reader->told_year = stated || (found->yearless && reader->anchor.grain &&
                                   time_point_year(point) != time_point_year(reader->anchor));
}

/* Words of times that stand in no table, but in a rule. */
static bool is_told_by_rule(struct str lower)
{
    static const char *const words[] = {"dark",      "dawn", "daybreak",  "dusk",    "midday",  "midnight",
                                        "nightfall", "noon", "overnight", "present", "sunrise", "sunset"};
    return WORD_LISTED(words, lower);
}

static bool has_digit(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
            return true;
    return false;
}

/* The first place from `at` on, at most the end, at which a word that times are told with stands. */
static uint32_t next_hint(const struct time_reader *reader, uint32_t at)
{
    while (at < reader->tree->count && !reader->words[at] && !has_digit(time_node(reader, at)->lower) &&
           !is_told_by_rule(time_node(reader, at)->lower))
        at++;
    return at;
}

/* "The" belongs to "the end of March", "the next day", not to months, numbers and "the two-year deal". */
static bool takes_article(const struct tree *tree, uint32_t at)
{
    const struct tree_node *node = &tree->nodes[at];
    return at > 0 && tree_is(tree, at - 1, "the") && node->upos != UPOS_PROPN && node->upos != UPOS_NUM &&
           !(node->lower.ptr[0] >= '0' && node->lower.ptr[0] <= '9');
}

/* A time has such a word near its beginning: where none is, none of the many rules is asked. */
enum { HINT_TOKENS = 6 };

static int walk(struct time_reader *reader)
{
    int error = 0;
    uint32_t hint = 0;
    for (uint32_t at = 0; at < reader->tree->count && !error;) {
        struct time_found found = {0};
        hint = next_hint(reader, hint > at ? hint : at);
        if (hint > at + HINT_TOKENS) {
            at = hint - HINT_TOKENS;
            continue;
        }
        uint32_t end = time_phrase_read(reader, at, &found);
        if (end == at || is_of_name(reader, at, end)) {
            at++;
            continue;
        }
        const struct tree *tree = reader->tree;
        (void)edge_before(reader->article->trees[reader->sentence].nodes[at].lower, &found.mod);
        uint32_t from = at - takes_article(tree, at);
        error = add(reader, tree_span(reader->article, tree, from, end), tree->first + from,
                    tree->first + end, &found);
        if (!error)
            tell(reader, &found, at <= 1);
        at = end;
    }
    return error;
}

/* ---- The languages that are not parsed ---- */

/* The tokens that a date's code points lie in; they rise, and *token with them. */
static uint32_t tokens_of(const struct article *article, uint32_t sentence, struct span span, uint32_t *token)
{
    uint32_t stop = article->sentence_tokens[sentence + 1];
    while (*token < stop && article->token_spans[*token].end <= span.start)
        ++*token;
    uint32_t end = *token;
    while (end < stop && article->token_spans[end].start < span.end)
        end++;
    return end;
}

static int walk_pieces(struct time_reader *reader, const struct tongue_reader *tongue)
{
    const struct time_pieces *pieces = tongue->pieces;
    uint32_t token = reader->article->sentence_tokens[reader->sentence];
    int error = 0;
    for (uint32_t at = 0; at < pieces->count && !error;) {
        struct time_found found = {0};
        uint32_t end = time_tongue_read(tongue, at, &found);
        if (end == at) {
            at = time_tongue_skip(tongue, at);
            continue;
        }
        struct span span = {pieces->items[at].span.start, pieces->items[end - 1].span.end};
        uint32_t last = tokens_of(reader->article, reader->sentence, span, &token);
        error = add(reader, span, token, last, &found);
        if (!error)
            tell(reader, &found, at <= 1);
        at = end;
    }
    return error;
}

static int read_tongue(struct article *article, struct time_point now, const struct time_tongue *tongue)
{
    struct time_reader reader = {.article = article, .anchor = now};
    struct time_pieces pieces = {.arena = article->arena};
    struct tongue_reader tongue_reader = {.reader = &reader, .tongue = tongue, .pieces = &pieces};
    uint32_t points = 0, c;
    size_t at = 0;
    int error = 0;
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        struct span span = article->sentences.items[i];
        for (; points < span.start && at < article->text.len; points++)
            at += utf8_decode(article->text, at, &c);
        size_t begin = at;
        for (; points < span.end && at < article->text.len; points++)
            at += utf8_decode(article->text, at, &c);
        reader.sentence = i;
        error = budget_over() ? ERR_DEADLINE
                              : time_pieces_cut(&pieces, str_slice(article->text, begin, at), span.start);
        if (error)
            break;
        time_tongue_look_up(tongue, &pieces);
        error = walk_pieces(&reader, &tongue_reader);
    }
    return error;
}

static int read_english(struct article *article, struct time_point now)
{
    struct time_reader reader = {.article = article, .anchor = now};
    int error = 0;
    for (uint32_t i = 0; i < article->sentences.count && !error; i++) {
        struct tree tree = article->trees[i];
        reader.sentence = i;
        reader.tree = &tree;
        error = budget_over() ? ERR_DEADLINE : look_up(&reader, &tree);
        if (!error)
            error = walk(&reader);
    }
    return error;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    struct time_point now = {0};
    const struct time_tongue *tongue = time_tongue_find(article->language);
    if (article->published_ms)
        now = now_of(article->published_ms);
    int error = tongue ? read_tongue(article, now, tongue) : read_english(article, now);
    if (error) {
        article->times.count = 0;
        return error;
    }
    article->given |= GIFT_TIMES;
    return 0;
}

/* English is read by its trees, the others by their words alone (time_tongue_words.h). */
static const char *const languages[] = {"en", "ar", "de", "es", "fr", "it", "ja", "pt", "ru", "zh", NULL};

const struct stage stage_times = {
    .name = "times",
    .description = "times and what they mean",
    .version = 3,
    .needs = GIFT_TOKENS,
    .gives = GIFT_TIMES,
    .languages = languages,
    .languages_more = language_stages_spoken,
    .needs_more = GIFT_TREES | GIFT_NAMES,
    .process = process,
};

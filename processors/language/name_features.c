/* name_features: see the header. */
#include "processors/language/name_features.h"

#include <assert.h>
#include <errno.h>

#include "processors/language/feature_hash.h"
#include "processors/language/name_lists.h"
#include "processors/language/words.h"

enum { RUN_MAX = 12, LENGTH_MAX = 4 };

/* ---- The sentence ---- */

/* The word's place in a phrase and the phrase's length, never 0. */
static uint8_t match_of(size_t place, size_t length)
{
    unsigned part = length == 1 ? 3 : place == 0 ? 0 : place + 1 == length ? 2 : 1;
    return (uint8_t)(1 + part * LENGTH_MAX + (length < LENGTH_MAX ? length : LENGTH_MAX) - 1);
}

size_t name_match_begins(uint8_t match)
{
    unsigned part = match ? (match - 1U) / LENGTH_MAX : 1;
    return part == 0 || part == 3 ? (match - 1U) % LENGTH_MAX + 1 : 0;
}

static void cover(struct name_word *words, size_t start, size_t length, unsigned list)
{
    for (size_t i = 0; i < length; i++)
        words[start + i].matches[list] = match_of(i, length);
}

/* The longest phrase of each list that begins at the word. */
static void match_phrases(struct name_sentence *sentence, struct name_word *words,
                          const struct word_tables *tables, struct str text, const struct token *tokens,
                          size_t start, size_t ends[WORD_LISTS])
{
    size_t longest[WORD_LISTS] = {0};
    uint64_t hash = 0;
    bool goes_on = true;
    for (size_t i = start; goes_on && i < sentence->count && i < start + WORD_PHRASE_MAX; i++) {
        uint32_t lists =
            word_tables_step(tables, &hash, str_slice(text, tokens[i].start, tokens[i].end), &goes_on);
        for (unsigned list = 0; list < WORD_LISTS; list++)
            if (lists >> list & 1)
                longest[list] = i + 1 - start;
    }
    for (unsigned list = 0; list < WORD_LISTS; list++) {
        if (start + longest[list] <= ends[list])
            continue; /* lies within a phrase that began before */
        cover(words, start, longest[list], list);
        ends[list] = start + longest[list];
    }
}

int name_sentence_fill(struct name_sentence *ret_sentence, struct arena *arena,
                       const struct word_tables *tables, struct str text, const struct token *tokens,
                       size_t count)
{
    struct word_form *forms = arena_new_array(arena, struct word_form, count + 1);
    struct name_word *words = arena_new_array(arena, struct name_word, count + 1);
    size_t ends[WORD_LISTS] = {0};
    bool starts = true;
    if (!forms || !words)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        struct str form = str_slice(text, tokens[i].start, tokens[i].end);
        char folded[WORD_TABLES_BYTES_MAX];
        struct str lower = words_fold(form, folded, sizeof(folded));
        word_form_fill(&forms[i], form, tables);
        if (lower.len > 1 && lower.ptr[lower.len - 1] == '.')
            lower.len--; /* "Gen." */
        words[i].role = name_is_role_word(lower);
        words[i].organisation = name_is_organisation_word(lower);
        words[i].facility = name_is_facility_word(lower);
        words[i].event = name_is_event_word(lower);
        words[i].group = name_is_group_word(lower);
        words[i].institution = name_is_institution(lower);
        words[i].link = name_is_link_word(form);
        words[i].starts = starts;
        words[i].hyphen = str_equal(form, STR("-")) && i > 0 && i + 1 < count &&
                          tokens[i - 1].end == tokens[i].start && tokens[i].end == tokens[i + 1].start;
        starts = starts && !forms[i].letter && !forms[i].digit;
    }
    *ret_sentence = (struct name_sentence){forms, words, count, word_line_of(forms, count)};
    for (size_t i = 0; i < count; i++)
        if (forms[i].capital || forms[i].digit || forms[i].print == WORD_PRINT_MIXED)
            match_phrases(ret_sentence, words, tables, text, tokens, i, ends);
    return 0;
}

enum { GAP_MAX = 3 /* words in small letters in a row within a name */ };

static bool has_capital_print(const struct name_sentence *sentence, size_t at)
{
    const struct word_form *form = &sentence->forms[at];
    return form->capital || form->print == WORD_PRINT_MIXED || form->print == WORD_PRINT_CODE;
}

/* "-", "un" of "Kim Jong-un": a word in small letters that a hyphen joins to one with a capital. */
static bool is_joined_to_name(const struct name_sentence *sentence, size_t at)
{
    size_t hyphen = sentence->words[at].hyphen ? at : at > 0 ? at - 1 : at;
    return hyphen > 0 && sentence->words[hyphen].hyphen && has_capital_print(sentence, hyphen - 1);
}

bool name_features_can_be_name(const struct name_sentence *sentence, size_t at)
{
    bool before = false, behind = false;
    if (has_capital_print(sentence, at) || is_joined_to_name(sentence, at))
        return true;
    if (at > 0 && (sentence->forms[at].print == WORD_PRINT_NUMBER || sentence->words[at].facility))
        return has_capital_print(sentence, at - 1); /* "Luzira prison" */
    for (size_t gap = 1; gap <= GAP_MAX; gap++) {
        before |= at >= gap && has_capital_print(sentence, at - gap);
        behind |= at + gap < sentence->count && has_capital_print(sentence, at + gap);
    }
    return before && behind;
}

/* ---- The features of one word ---- */

struct view {
    const struct name_sentence *sentence;
    size_t at;
    uint32_t *features;
    size_t count;
    uint32_t print; /* of the word, with how its line is printed */
};

static void add(struct view *view, uint32_t number, uint32_t value)
{
    assert(view->count < NAME_FEATURES_MAX);
    view->features[view->count++] = feature_of(number, value);
}

static void add2(struct view *view, uint32_t number, uint32_t first, uint32_t second)
{
    assert(view->count < NAME_FEATURES_MAX);
    view->features[view->count++] = feature_of_pair(number, first, second);
}

static const struct word_form *form_at(const struct name_sentence *sentence, size_t at, int by)
{
    size_t index = at + (size_t)by; /* wraps in front of the first */
    return index < sentence->count ? &sentence->forms[index] : &word_form_outside;
}

static const struct name_word *word_at(const struct name_sentence *sentence, size_t at, int by)
{
    static const struct name_word outside = {.matches = {0}};
    size_t index = at + (size_t)by;
    return index < sentence->count ? &sentence->words[index] : &outside;
}

static void add_window(struct view *view)
{
    for (int by = -2; by <= 2; by++) {
        const struct word_form *form = form_at(view->sentence, view->at, by);
        uint32_t place = 8 * (uint32_t)(by + 2);
        add(view, 1 + place, form->word);
        add(view, 2 + place, form->lower);
        add(view, 3 + place, form->shape);
        for (uint32_t set = 0; set < WORD_CLASSES; set++)
            if (form->entry.classes[set])
                add(view, 4 + set + place, form->entry.classes[set]);
        add(view, 7 + place, form->entry.names);
    }
}

static void add_word(struct view *view)
{
    const struct word_form *w = form_at(view->sentence, view->at, 0),
                           *l1 = form_at(view->sentence, view->at, -1),
                           *r1 = form_at(view->sentence, view->at, 1);
    bool starts = view->sentence->words[view->at].starts;
    uint32_t line = (uint32_t)view->sentence->line;
    add(view, 50, w->full_shape);
    for (uint32_t i = 0; i < WORD_AFFIXES; i++) {
        add(view, 51 + i, feature_mix(w->prefixes[i], w->capital));
        add(view, 55 + i, w->suffixes[i]);
    }
    add(view, 60, l1->suffixes[1]);
    add(view, 61, l1->suffixes[2]);
    add(view, 62, r1->suffixes[1]);
    add(view, 63, r1->suffixes[2]);
    add(view, 64, starts * 4u + line);
    add2(view, 65, starts * 4u + line, w->print);
    add2(view, 66, w->entry.frequency, view->print);
    add2(view, 67, w->entry.classes[1], w->print);
    add2(view, 68, feature_mix(l1->entry.names, w->entry.names), w->print);
    add2(view, 69, feature_mix(w->entry.names, r1->entry.names), w->print);
}

static void add_pairs(struct view *view)
{
    const struct name_sentence *s = view->sentence;
    const struct word_form *w = form_at(s, view->at, 0), *l1 = form_at(s, view->at, -1),
                           *l2 = form_at(s, view->at, -2), *r1 = form_at(s, view->at, 1),
                           *r2 = form_at(s, view->at, 2);
    add2(view, 70, l1->lower, w->lower);
    add2(view, 71, w->lower, r1->lower);
    add2(view, 72, l1->lower, w->print);
    add2(view, 73, r1->lower, w->print);
    add2(view, 74, feature_mix(l2->lower, l1->lower), w->print);
    add2(view, 75, feature_mix(r1->lower, r2->lower), w->print);
    add2(view, 76, l1->print, w->print);
    add2(view, 77, w->print, r1->print);
    add2(view, 78, feature_mix(l1->print, w->print), r1->print);
    add2(view, 79, feature_mix(feature_mix(l2->print, l1->print), feature_mix(r1->print, r2->print)),
         w->print);
    const uint16_t *c = w->entry.classes, *cl = l1->entry.classes, *cr = r1->entry.classes,
                   *cll = l2->entry.classes, *crr = r2->entry.classes;
    add2(view, 80, feature_mix(cl[1], c[1]), w->print);
    add2(view, 81, feature_mix(c[1], cr[1]), w->print);
    add2(view, 82, feature_mix(cl[0], cr[0]), w->print);
    add2(view, 83, feature_mix(feature_mix(cll[0], cl[0]), c[0]), w->print);
    add2(view, 84, feature_mix(feature_mix(c[0], cr[0]), crr[0]), w->print);
}

static void add_lists(struct view *view)
{
    bool any = false;
    for (int by = -1; by <= 1; by++) {
        const struct name_word *word = word_at(view->sentence, view->at, by);
        for (uint32_t list = 0; list < WORD_LISTS; list++) {
            if (!word->matches[list])
                continue;
            add2(view, 90 + (uint32_t)(by + 1), list, word->matches[list]);
            if (by == 0)
                add2(view, 93, feature_mix(list, word->matches[list]), view->print);
            any |= by == 0;
        }
    }
    if (!any)
        add(view, 94, form_at(view->sentence, view->at, 0)->print);
}

/* ---- The run of capitals around the word ---- */

struct run {
    size_t first, last;           /* words with a capital, without a gap */
    size_t wide_first, wide_last; /* the same over "of", "for", "the", "and" */
};

static bool has_capital(const struct name_sentence *sentence, size_t at)
{
    return at < sentence->count && sentence->forms[at].capital;
}

static bool links(const struct name_sentence *sentence, size_t at)
{
    return at < sentence->count && sentence->words[at].link;
}

static struct run run_around(const struct name_sentence *sentence, size_t at)
{
    struct run run = {at, at, at, at};
    while (run.first > 0 && at - run.first < RUN_MAX && has_capital(sentence, run.first - 1))
        run.first--;
    while (run.last - at < RUN_MAX && has_capital(sentence, run.last + 1))
        run.last++;
    run.wide_first = run.first;
    run.wide_last = run.last;
    while (run.wide_first > 1 && at - run.wide_first < RUN_MAX &&
           (has_capital(sentence, run.wide_first - 1) ||
            (has_capital(sentence, run.wide_first - 2) && links(sentence, run.wide_first - 1))))
        run.wide_first--;
    while (run.wide_last - at < RUN_MAX &&
           (has_capital(sentence, run.wide_last + 1) ||
            (has_capital(sentence, run.wide_last + 2) && links(sentence, run.wide_last + 1))))
        run.wide_last++;
    return run;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static uint32_t run_words(const struct name_sentence *sentence, const struct run *run, size_t at)
{
    bool organisation = false, before = false, inside = false;
    for (size_t i = run->wide_first; i <= run->wide_last; i++)
        organisation |= sentence->words[i].organisation;
    for (size_t i = run->first > 3 ? run->first - 3 : 0; i < run->first; i++)
        before |= sentence->words[i].role;
    for (size_t i = run->first; i < at; i++)
        inside |= sentence->words[i].role;
    return organisation * 4u + before * 2u + inside;
}

static void add_run(struct view *view)
{
    const struct name_sentence *s = view->sentence;
    struct run run = run_around(s, view->at);
    const struct word_form *first = &s->forms[run.first], *last = &s->forms[run.last],
                           *before = form_at(s, run.first, -1), *behind = form_at(s, run.last, 1);
    uint32_t length = (uint32_t)least(run.last - run.first, 5),
             place = (uint32_t)least(view->at - run.first, 5);
    uint32_t print = s->forms[view->at].print, said = run_words(s, &run, view->at);
    add2(view, 100, length, place);
    add(view, 101, last->lower);
    add(view, 102, first->lower);
    add2(view, 103, before->lower, length > 0);
    add2(view, 104, behind->lower, length > 0);
    add2(view, 105, form_at(s, run.first, -2)->lower, before->lower);
    add2(view, 106, behind->lower, form_at(s, run.last, 2)->lower);
    add(view, 107, last->entry.classes[1]);
    add(view, 108, first->entry.classes[1]);
    add(view, 109, before->entry.classes[1]);
    add(view, 110, behind->entry.classes[1]);
    add2(view, 111, before->entry.classes[0], behind->entry.classes[0]);
    add(view, 112, said);
    add2(view, 113, said, feature_mix(print, (uint32_t)least(view->at - run.wide_first, 4)));
    add2(view, 114, s->words[run.wide_last].organisation, s->words[run.wide_first].organisation);
    add2(view, 115, run.wide_first != run.first || run.wide_last != run.last, s->forms[run.wide_first].lower);
    bool open = behind->full_shape == feature_hash_bytes(STR("("), 8);
    if (open && form_at(s, run.last, 2)->all_capital)
        add(view, 116, place == length);
    if (form_at(s, view->at, -1)->full_shape == feature_hash_bytes(STR("("), 8) &&
        form_at(s, view->at, 1)->full_shape == feature_hash_bytes(STR(")"), 8))
        add(view, 117, print);
}

size_t name_features(const struct name_sentence *sentence, size_t at, uint32_t features[NAME_FEATURES_MAX])
{
    struct view view = {.sentence = sentence, .at = at, .features = features};
    view.print = sentence->forms[at].print * 8u + sentence->words[at].starts * 4u + (uint32_t)sentence->line;
    add(&view, 0, 0);
    add_window(&view);
    add_word(&view);
    add_pairs(&view);
    add_lists(&view);
    if (sentence->forms[at].capital)
        add_run(&view);
    return view.count;
}

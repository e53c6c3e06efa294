/* names: from labels to names, and the rules beside the model: groups, facilities, events. */
#include "processors/language/names.h"

struct finder {
    struct arena *arena;
    const struct name_sentence *sentence;
    const uint8_t *labels;
    struct name_span_list *list;
};

static int add(struct finder *finder, uint32_t first, uint32_t end, enum name_type type)
{
    struct name_span_list *list = finder->list;
    struct name_span span = {first, end, type};
    int error = arena_grow(finder->arena, (void **)&list->items, list->count, &list->capacity, sizeof(span));
    if (!error)
        list->items[list->count++] = span;
    return error;
}

static const struct name_word *word(const struct finder *finder, uint32_t at)
{
    return &finder->sentence->words[at];
}

static bool has_capital(const struct finder *finder, uint32_t at)
{
    return at < finder->sentence->count && finder->sentence->forms[at].capital;
}

/* "French", "Muslims": of a people, a religion, a conviction; no place of that name. */
static bool is_group(const struct finder *finder, uint32_t at)
{
    const struct name_word *w = word(finder, at);
    return has_capital(finder, at) && (w->group || w->matches[WORD_LIST_DEMONYM]) &&
           !w->matches[WORD_LIST_COUNTRY];
}

/* "South" of "South Sudanese". */
static bool is_quarter(const struct finder *finder, uint32_t at)
{
    static const char *const words[] = {"central", "east", "north", "south", "west"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (finder->sentence->forms[at].lower == word_form_lower(str_from(words[i])))
            return has_capital(finder, at) && at + 1 < finder->sentence->count && is_group(finder, at + 1);
    return false;
}

/* The end of a people's name of several words ("South Sudanese", "New Zealanders") that begins at the word
 * and that the model does not take for a part of something longer; `at` when there is none. */
static uint32_t people_end(const struct finder *finder, uint32_t at)
{
    size_t length = name_match_begins(word(finder, at)->matches[WORD_LIST_DEMONYM]);
    length = length < 2 && is_quarter(finder, at) ? 2 : length;
    uint32_t end = at + (uint32_t)length;
    if (length < 2 || end > finder->sentence->count || word(finder, at)->matches[WORD_LIST_COUNTRY])
        return at;
    for (uint32_t i = at; i < end; i++)
        if (!has_capital(finder, i))
            return at;
    return name_label_open(finder->labels[end - 1]) ? at : end;
}

static bool is_given_name(const struct finder *finder, uint32_t at)
{
    return finder->sentence->forms[at].entry.names & WORD_GIVEN_NAME;
}

static bool is_station(const struct finder *finder, uint32_t at)
{
    static const char *const words[] = {"channel", "radio", "television", "tv"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (finder->sentence->forms[at].lower == word_form_lower(str_from(words[i])))
            return true;
    return false;
}

static enum name_type type_by_rule(const struct finder *finder, uint32_t first, uint32_t end,
                                   enum name_type type)
{
    if (end - first == 1 && (type != NAME_PERSON || !is_given_name(finder, first)) && is_group(finder, first))
        return NAME_GROUP;
    if (end - first == 1 && finder->sentence->words[first].institution)
        return NAME_ORGANISATION;
    if (end - first > 1 && type == NAME_PERSON && is_station(finder, first)) /* "Radio Kiskeya" */
        return NAME_ORGANISATION;
    if (end - first > 1 && type == NAME_PLACE && word(finder, end - 1)->facility)
        return NAME_FACILITY;
    if (end - first > 1 && type != NAME_PERSON && word(finder, end - 1)->event)
        return NAME_EVENT;
    return type;
}

enum { TITLE_WORDS_MAX = 4 };

/* Of an office's title: words that are written small elsewhere, countries, peoples ("Foreign", "U.S.",
 * "Iraqi", "Army"). */
static bool may_be_of_title(const struct finder *finder, uint32_t at)
{
    const struct name_word *w = word(finder, at);
    return (!is_given_name(finder, at) ||
            finder->sentence->forms[at].lower == word_form_lower(STR("colonel"))) &&
           (finder->sentence->forms[at].entry.frequency || w->role || w->organisation || w->link ||
            w->matches[WORD_LIST_COUNTRY] || w->matches[WORD_LIST_DEMONYM]);
}

/* Where the person's own name begins: titles stand outside ("Foreign Minister Ana Terez", "Secretary of State
 * John Doe"). A title behind a name is a part of it ("John Major", "LeRoy Pope Walker"). */
static uint32_t own_name(const struct finder *finder, uint32_t first, uint32_t end)
{
    uint32_t own = first;
    for (uint32_t at = first; at + 1 < end && at < first + TITLE_WORDS_MAX && may_be_of_title(finder, at);
         at++)
        if (word(finder, at)->role)
            own = at + 1;
    if (own > first && word(finder, own)->link) /* "of State" */
        return own + 2 < end ? own + 2 : end;
    bool office = own > 1 && word(finder, own - 1)->link && word(finder, own - 2)->role;
    if (office && end - own > 2 && !is_given_name(finder, own) && is_given_name(finder, own + 1))
        own++;
    return own;
}

/* A name begins and ends with a word of its own. */
static int add_labelled(struct finder *finder, uint32_t first, uint32_t end, enum name_type type)
{
    while (first < end && word(finder, first)->link && !has_capital(finder, first))
        first++;
    if (type == NAME_PERSON)
        first = own_name(finder, first, end);
    while (first < end && word(finder, end - 1)->link && !has_capital(finder, end - 1))
        end--;
    return first < end ? add(finder, first, end, type_by_rule(finder, first, end, type)) : 0;
}

/* The end of an event's name that begins at the word and holds no other name ("Cold War", "Winter Olympics");
 * `at` when there is none. */
static uint32_t event_end(const struct finder *finder, uint32_t at)
{
    uint32_t end = at, found = at;
    if (finder->sentence->line != WORD_LINE_PLAIN ||
        (word(finder, at)->starts && finder->sentence->forms[at].entry.frequency > 1))
        return at;
    for (; has_capital(finder, end) && finder->labels[end] == NAME_OUTSIDE; end++)
        if (word(finder, end)->event && end > at)
            found = end + 1;
    return found;
}

/* "WHO" in a line that is not all capitals: the one acronym of the news that is a word of grammar too, which
 * the model hears louder. */
static bool is_acronym(const struct finder *finder, uint32_t at)
{
    const struct word_form *form = &finder->sentence->forms[at];
    return finder->sentence->line == WORD_LINE_PLAIN && form->print == WORD_PRINT_ACRONYM &&
           form->lower == word_form_lower(STR("who"));
}

/* Without a label: what the rules find. *at moves behind it. */
static int add_by_rule(struct finder *finder, uint32_t *at)
{
    uint32_t end = event_end(finder, *at);
    enum name_type type = NAME_EVENT;
    if (end == *at && (is_group(finder, *at) || is_acronym(finder, *at))) {
        end = *at + 1;
        type = is_group(finder, *at) ? NAME_GROUP : NAME_ORGANISATION;
    }
    int error = end > *at ? add(finder, *at, end, type) : 0;
    *at = end > *at ? end : *at + 1;
    return error;
}

/* ---- Words with hyphens ---- */

static bool is_unknown(const struct finder *finder, uint32_t at)
{
    return finder->sentence->forms[at].letter && !finder->sentence->forms[at].entry.frequency;
}

/* Of a name that ends before `at`, a hyphen: what follows it is of the name too: "Chol-guk", "Guinea-Bissau",
 * "Port-au-Prince"; not "Moscow-backed". */
static bool goes_on(const struct finder *finder, enum name_type type, uint32_t at)
{
    if (at + 1 >= finder->sentence->count || !word(finder, at)->hyphen)
        return false;
    bool around =
        at + 3 < finder->sentence->count && word(finder, at + 2)->hyphen && has_capital(finder, at + 3);
    return has_capital(finder, at + 1) || around || (type == NAME_PERSON && is_unknown(finder, at + 1));
}

/* Two names around a hyphen are one where it is a person's with more words ("Carl-Gustaf Rosenlund"); "the
 * Putin-Biden talks" and "Russia-Ukraine" are two. */
static bool is_one(const struct name_span *left, const struct name_span *right)
{
    bool person = left->type == NAME_PERSON || right->type == NAME_PERSON;
    return person && (left->end - left->first > 1 || right->end - right->first > 1) &&
           left->type != NAME_GROUP && right->type != NAME_GROUP;
}

/* Joins what the model has divided at hyphens, and takes in what stands behind one. */
static void join_hyphens(const struct finder *finder)
{
    struct name_span *items = finder->list->items;
    size_t count = 0;
    for (size_t i = 0; i < finder->list->count; i++) {
        struct name_span span = items[i];
        struct name_span *before = count ? &items[count - 1] : NULL;
        while (span.first > 1 && word(finder, span.first - 1)->hyphen &&
               has_capital(finder, span.first - 2) && (!before || before->end <= span.first - 2) &&
               span.type != NAME_GROUP)
            span.first -= 2;
        if (before && before->end + 1 == span.first && word(finder, before->end)->hyphen &&
            is_one(before, &span)) {
            span.first = before->first;
            span.type = NAME_PERSON;
            count--;
        }
        uint32_t next = i + 1 < finder->list->count ? items[i + 1].first : UINT32_MAX;
        while (span.end + 1 < next && span.type != NAME_GROUP && goes_on(finder, span.type, span.end))
            span.end += 2;
        items[count++] = span;
    }
    finder->list->count = count;
}

int names_spans(struct arena *arena, const struct name_sentence *sentence, const uint8_t *labels,
                struct name_span_list *list)
{
    struct finder finder = {arena, sentence, labels, list};
    int error = 0;
    for (uint32_t at = 0, end; at < sentence->count && !error; at = end) {
        end = people_end(&finder, at);
        if (end > at) {
            error = add(&finder, at, end, NAME_GROUP);
            continue;
        }
        if (labels[at] == NAME_OUTSIDE) {
            error = add_by_rule(&finder, &end);
            continue;
        }
        while (name_label_open(labels[end]) && end + 1 < sentence->count)
            end++;
        end++;
        error = add_labelled(&finder, at, end, name_label_type(labels[at]));
    }
    if (!error)
        join_hyphens(&finder);
    return error;
}

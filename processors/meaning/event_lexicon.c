/* event_lexicon: see the header. Lines are read into rules; words are found in a table sorted by kind and
 * word. Everything lies in an arena of its own. */
#include "processors/meaning/event_lexicon.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/word_list.h"
#include "processors/meaning/built_in_text.h"
#include "processors/meaning/lexicon_lines.h"

enum { LEXICON_BYTES_MAX = 8 << 20, WORDS_MAX = 512 };

struct entry {
    struct str word;
    const struct event_rule *rule;
};

struct word_set {
    struct str name;
    const struct str *words;
    size_t count;
};

struct event_lexicon {
    struct arena *arena;
    struct entry *entries;
    size_t count, capacity;
    const struct event_rule **rules; /* of the entries, in their order */
    struct word_set *sets;
    size_t set_count, set_capacity;
    struct event_topic *topics, *last_topic;
};

/* What is being read. */
struct reader {
    struct event_lexicon *lexicon;
    struct lexicon_lines lines;
};

/* The program's own text, put in by the assembler. */
BUILT_IN_TEXT(newsd_event_lexicon, "processors/meaning/event_lexicon.txt");

struct str event_lexicon_text(void)
{
    return str_make(newsd_event_lexicon, newsd_event_lexicon_bytes);
}

static int wrong(const struct reader *reader, const char *what, struct str where)
{
    return lexicon_wrong(&reader->lines, what, where);
}

static int no_memory(const struct reader *reader)
{
    return lexicon_no_memory(&reader->lines);
}

/* The words in the lexicon's arena. */
static const struct str *keep(const struct reader *reader, const struct str *words, size_t count)
{
    struct str *kept = arena_new_array(reader->lexicon->arena, struct str, count);
    if (kept)
        memcpy(kept, words, count * sizeof(*words));
    return kept;
}

static const struct word_set *find_set(const struct event_lexicon *lexicon, struct str name)
{
    for (size_t i = 0; i < lexicon->set_count; i++)
        if (str_equal(lexicon->sets[i].name, name))
            return &lexicon->sets[i];
    return NULL;
}

/* "set NAME: WORD ..." */
static int read_set(struct reader *reader, struct str head, struct str body)
{
    struct event_lexicon *lexicon = reader->lexicon;
    struct word_set set = {.name = head};
    struct str word, words[WORDS_MAX];
    if (str_empty(head) || find_set(lexicon, head))
        return wrong(reader, "a set needs a name of its own", head);
    while (lexicon_word(&body, &word)) {
        if (set.count == WORDS_MAX)
            return wrong(reader, "too many words", word);
        words[set.count++] = word;
    }
    if (!set.count)
        return wrong(reader, "a set needs words", head);
    set.words = keep(reader, words, set.count);
    if (!set.words || arena_grow(lexicon->arena, (void **)&lexicon->sets, lexicon->set_count,
                                 &lexicon->set_capacity, sizeof(set)))
        return no_memory(reader);
    lexicon->sets[lexicon->set_count++] = set;
    return 0;
}

/* "a|$set|b": the words of a slot; `between` stands between two. */
static int read_list(struct reader *reader, struct str text, char between, const struct str **ret_words,
                     size_t *ret_count)
{
    struct str words[WORDS_MAX], word;
    size_t count = 0;
    while (str_split(&text, between, &word)) {
        const struct word_set *set = NULL;
        if (str_starts(word, STR("$"))) {
            set = find_set(reader->lexicon, str_slice(word, 1, word.len));
            if (!set)
                return wrong(reader, "there is no such set", word);
        }
        if (str_empty(word) || count + (set ? set->count : 1) > WORDS_MAX)
            return wrong(reader, "a word is missing, or there are too many", word);
        for (size_t i = 0; set && i < set->count; i++)
            words[count++] = set->words[i];
        if (!set)
            words[count++] = word;
    }
    *ret_words = keep(reader, words, count);
    *ret_count = count;
    return *ret_words ? 0 : no_memory(reader);
}

static int read_words(struct reader *reader, struct str text, struct event_slot *slot)
{
    return read_list(reader, text, '|', &slot->words, &slot->count);
}

static bool is_preposition(struct str name)
{
    static const char *const words[] = {
        "aboard",  "about",   "across",     "after",  "against", "along",   "alongside", "amid",   "among",
        "around",  "as",      "at",         "before", "behind",  "beside",  "between",   "beyond", "by",
        "despite", "during",  "for",        "from",   "in",      "inside",  "into",      "like",   "near",
        "of",      "off",     "on",         "onto",   "outside", "over",    "past",      "since",  "than",
        "that",    "through", "throughout", "to",     "toward",  "towards", "under",     "until",  "upon",
        "via",     "with",    "within",     "without"};
    return WORD_LISTED(words, name);
}

/* "obj@", "with($agreement)", "free", "$money". */
static int read_slot(struct reader *reader, struct str text, struct event_rule *rule)
{
    if (str_equal(text, STR("none"))) {
        rule->no_object = true;
        return 0;
    }
    if (str_equal(text, STR("not"))) {
        rule->negated = true;
        return 0;
    }
    if (rule->slot_count == EVENT_SLOTS_MAX)
        return wrong(reader, "too many slots", text);
    struct event_slot *slot = &rule->slots[rule->slot_count++];
    struct str whole = text;
    ptrdiff_t open = str_find_byte(text, '(', 0);
    struct str name = open < 0 ? text : str_slice(text, 0, (size_t)open);
    slot->target = str_ends(name, STR("@"));
    slot->source = str_ends(name, STR("<"));
    name = str_slice(name, 0, name.len - (slot->target || slot->source));
    if (str_empty(name) || (open >= 0 && !str_ends(text, STR(")"))))
        return wrong(reader, "no slot", whole);
    slot->subject = str_equal(name, STR("subj"));
    slot->has = str_equal(name, STR("has"));
    slot->any = open >= 0 && str_equal(str_slice(text, (size_t)open, text.len), STR("(*)"));
    if (slot->has && (slot->any || open < 0))
        return wrong(reader, "\"has\" needs words", whole);
    slot->quoted = str_equal(name, STR("quoted"));
    if (slot->subject || slot->has || slot->quoted || str_equal(name, STR("obj")))
        return open < 0 ? 0 : read_words(reader, str_slice(text, (size_t)open + 1, text.len - 1), slot);
    slot->beside = !is_preposition(name);
    if (slot->beside && (open >= 0 || slot->target || slot->source))
        return wrong(reader, "no preposition is called so", whole);
    if (slot->beside)
        return read_words(reader, name, slot);
    slot->preposition = name;
    return open < 0 ? 0 : read_words(reader, str_slice(text, (size_t)open + 1, text.len - 1), slot);
}

static bool read_stance(struct str word, enum event_stance *ret_stance)
{
    static const char *const names[] = {"appeal",  "demand", "intent", "refusal",  "threat", "stop",
                                        "through", "fail",   "try",    "consider", "deny",   "accuse"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_equal(word, str_from(names[i]))) {
            *ret_stance = (enum event_stance)i;
            return true;
        }
    return false;
}

/* The stances that make a code, in the order of enum stance. */
static enum stance own_stance(enum event_stance stance)
{
    static const enum stance stances[] = {[EVENT_APPEAL] = STANCE_APPEAL,
                                          [EVENT_DEMAND] = STANCE_DEMAND,
                                          [EVENT_INTENT] = STANCE_INTENT,
                                          [EVENT_REFUSAL] = STANCE_REFUSAL,
                                          [EVENT_THREAT] = STANCE_THREAT};
    return stances[stance];
}

/* What stands behind "=". */
static int read_meaning(struct reader *reader, struct str text, struct event_rule *rule)
{
    struct str word;
    if (!lexicon_word(&text, &word))
        return wrong(reader, "an act is missing behind =", text);
    if (rule->kind == EVENT_STANCE ? !read_stance(word, &rule->stance) : !(rule->act = act_find(word)))
        return wrong(reader, rule->kind == EVENT_STANCE ? "no stance is called so" : "no act is called so",
                     word);
    if (lexicon_word(&text, &word)) {
        enum event_stance own = EVENT_APPEAL;
        bool stance = rule->kind == EVENT_STANCE;
        rule->reciprocal = !stance && str_equal(word, STR("recip"));
        rule->alone = stance && rule->stance <= EVENT_THREAT && str_equal(word, STR("alone"));
        if ((stance && !rule->alone) ||
            (!stance && !rule->reciprocal && (!read_stance(word, &own) || own > EVENT_THREAT)) ||
            lexicon_word(&text, &word))
            return wrong(reader,
                         "'recip', or one of appeal, demand, intent, refusal, threat may follow; behind one "
                         "of these as a stance: 'alone'",
                         word);
        if (!stance && !rule->reciprocal)
            rule->own = own_stance(own);
    }
    return 0;
}

static int add_entry(struct reader *reader, struct str word, const struct event_rule *rule)
{
    struct event_lexicon *lexicon = reader->lexicon;
    if (arena_grow(lexicon->arena, (void **)&lexicon->entries, lexicon->count, &lexicon->capacity,
                   sizeof(struct entry)))
        return no_memory(reader);
    lexicon->entries[lexicon->count++] = (struct entry){word, rule};
    return 0;
}

/* "verb WORD ...: SLOT ... = ACT" */
static int read_rule(struct reader *reader, enum event_word kind, struct str head, struct str body)
{
    ptrdiff_t equals = str_find_byte(body, '=', 0);
    struct event_rule *rule = arena_new(reader->lexicon->arena, struct event_rule);
    struct str word, slots = equals < 0 ? STR_NONE : str_slice(body, 0, (size_t)equals);
    int error = rule ? 0 : no_memory(reader);
    if (!error && (equals < 0 || str_empty(head)))
        error = wrong(reader, "words, a colon, slots, = and an act are wanted", body);
    if (error)
        return error;
    rule->kind = kind;
    rule->line = reader->lines.line;
    while (!error && lexicon_word(&slots, &word))
        error = read_slot(reader, word, rule);
    if (!error)
        error = read_meaning(reader, str_slice(body, (size_t)equals + 1, body.len), rule);
    while (!error && lexicon_word(&head, &word))
        error = add_entry(reader, word, rule);
    return error;
}

/* "topic ACT ...: WORD ... = ACT" */
static int read_topic(struct reader *reader, struct str head, struct str body)
{
    ptrdiff_t equals = str_find_byte(body, '=', 0);
    struct event_rule rule = {.kind = EVENT_VERB};
    const struct str *words = NULL;
    struct str name;
    size_t count = 0;
    if (equals < 0 || str_empty(head))
        return wrong(reader, "acts, a colon, words, = and an act are wanted", body);
    int error = read_list(reader, str_trim_ascii(str_slice(body, 0, (size_t)equals)), ' ', &words, &count);
    if (!error)
        error = read_meaning(reader, str_slice(body, (size_t)equals + 1, body.len), &rule);
    if (!error && rule.reciprocal)
        error = wrong(reader, "a topic makes nothing mutual", body);
    while (!error && lexicon_word(&head, &name)) {
        struct event_topic *topic = arena_new(reader->lexicon->arena, struct event_topic);
        const struct act *of = act_find(name);
        if (!topic || !of)
            return topic ? wrong(reader, "no act is called so", name) : no_memory(reader);
        *topic = (struct event_topic){of, rule.act, rule.own, words, count, NULL};
        if (reader->lexicon->last_topic)
            reader->lexicon->last_topic->next = topic;
        else
            reader->lexicon->topics = topic;
        reader->lexicon->last_topic = topic;
    }
    return error;
}

static int read_line(struct reader *reader, struct str line)
{
    static const char *const kinds[] = {"verb", "noun", "adj", "stance"};
    struct str kind;
    /* A stance without slots has its = before any colon. */
    ptrdiff_t equals = str_find_byte(line, '=', 0), colon = str_find_byte(line, ':', 0);
    bool bare = equals >= 0 && (colon < 0 || colon > equals);
    if (colon < 0 && !bare)
        return wrong(reader, "a colon is missing", line);
    struct str head = str_slice(line, 0, (size_t)(bare ? equals : colon));
    struct str body = str_slice(line, (size_t)(bare ? equals : colon + 1), line.len);
    if (!lexicon_word(&head, &kind))
        return wrong(reader, "a kind is missing", line);
    head = str_trim_ascii(head);
    if (str_equal(kind, STR("set")))
        return read_set(reader, head, body);
    if (str_equal(kind, STR("topic")))
        return read_topic(reader, head, body);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (str_equal(kind, str_from(kinds[i])))
            return read_rule(reader, (enum event_word)i, head, body);
    return wrong(reader, "set, topic, verb, noun, adj or stance is wanted", kind);
}

static int by_word(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->rule->kind != y->rule->kind)
        return x->rule->kind < y->rule->kind ? -1 : 1;
    size_t shorter = x->word.len < y->word.len ? x->word.len : y->word.len;
    int order = memcmp(x->word.ptr, y->word.ptr, shorter);
    if (!order)
        order = (x->word.len > y->word.len) - (x->word.len < y->word.len);
    return order ? order : (x->rule->line > y->rule->line) - (x->rule->line < y->rule->line);
}

static int index_rules(struct reader *reader)
{
    struct event_lexicon *lexicon = reader->lexicon;
    lexicon->rules = arena_new_array(lexicon->arena, const struct event_rule *, lexicon->count + 1);
    if (!lexicon->rules)
        return no_memory(reader);
    if (lexicon->count)
        qsort(lexicon->entries, lexicon->count, sizeof(struct entry), by_word);
    for (size_t i = 0; i < lexicon->count; i++)
        lexicon->rules[i] = lexicon->entries[i].rule;
    return 0;
}

int event_lexicon_create(struct event_lexicon **ret_lexicon, const char *name, struct str text,
                         struct error *error)
{
    struct arena *arena = arena_create(LEXICON_BYTES_MAX);
    struct event_lexicon *lexicon = arena ? arena_new(arena, struct event_lexicon) : NULL;
    struct reader reader = {lexicon, {.name = name, .rest = text, .error = error}};
    struct str line;
    int failure = lexicon ? 0 : no_memory(&reader);
    if (lexicon)
        lexicon->arena = arena;
    while (!failure && lexicon_line(&reader.lines, &line))
        failure = read_line(&reader, line);
    if (!failure)
        failure = index_rules(&reader);
    if (failure)
        arena_destroy(&arena);
    *ret_lexicon = failure ? NULL : lexicon;
    return failure;
}

const struct event_topic *event_lexicon_topics(const struct event_lexicon *lexicon)
{
    return lexicon->topics;
}

void event_lexicon_destroy(struct event_lexicon **lexicon)
{
    struct arena *arena = *lexicon ? (*lexicon)->arena : NULL;
    arena_destroy(&arena);
    *lexicon = NULL;
}

/* The first entry that is not before the word. */
static size_t lower_bound(const struct event_lexicon *lexicon, enum event_word kind, struct str word)
{
    size_t low = 0, high = lexicon->count;
    struct event_rule probe = {.kind = kind};
    struct entry wanted = {word, &probe};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_word(&lexicon->entries[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t event_lexicon_find(const struct event_lexicon *lexicon, enum event_word kind, struct str lemma,
                          const struct event_rule *const **ret_rules)
{
    size_t first = lower_bound(lexicon, kind, lemma), end = first;
    while (end < lexicon->count && lexicon->entries[end].rule->kind == kind &&
           str_equal(lexicon->entries[end].word, lemma))
        end++;
    *ret_rules = lexicon->rules + first;
    return end - first;
}

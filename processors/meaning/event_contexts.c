/* event_contexts: see the header. Words, acts and roles stand in one table, sorted by kind and word; each has
 * a bit for each context. */
#include "processors/meaning/event_contexts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "processors/meaning/built_in_text.h"
#include "processors/meaning/lexicon_lines.h"

enum { LEXICON_BYTES_MAX = 1 << 20, CONTEXTS_MAX = 64, TWO_WORDS_BYTES = 80 };

enum kind { KIND_WORD, KIND_ACT, KIND_ROLE, KINDS };

struct entry {
    enum kind kind;
    struct str word;
    uint64_t contexts;
};

struct context_lexicon {
    struct arena *arena;
    struct entry *entries;
    size_t count, capacity;
    struct str names[CONTEXTS_MAX];
    size_t name_count;
};

BUILT_IN_TEXT(newsd_context_lexicon, "processors/meaning/context_lexicon.txt");

struct str context_lexicon_text(void)
{
    return str_make(newsd_context_lexicon, newsd_context_lexicon_bytes);
}

/* ---- Reading ---- */

static bool read_kind(struct str word, enum kind *ret_kind)
{
    static const char *const names[KINDS] = {"word", "act", "role"};
    for (int i = 0; i < KINDS; i++)
        if (str_equal(word, str_from(names[i]))) {
            *ret_kind = (enum kind)i;
            return true;
        }
    return false;
}

/* The context's bit, a new one for a new name; 0 when there are too many. */
static uint64_t bit_of(struct context_lexicon *lexicon, struct str name)
{
    for (size_t i = 0; i < lexicon->name_count; i++)
        if (str_equal(lexicon->names[i], name))
            return (uint64_t)1 << i;
    if (lexicon->name_count == CONTEXTS_MAX)
        return 0;
    lexicon->names[lexicon->name_count] = name;
    return (uint64_t)1 << lexicon->name_count++;
}

/* "word military: army navy ..." */
static int read_line(struct context_lexicon *lexicon, const struct lexicon_lines *lines, struct str line)
{
    ptrdiff_t colon = str_find_byte(line, ':', 0);
    struct str head = str_slice(line, 0, colon < 0 ? line.len : (size_t)colon), kind, name, rest;
    enum kind kind_number;
    if (colon < 0 || !lexicon_word(&head, &kind) || !lexicon_word(&head, &name) || lexicon_word(&head, &rest))
        return lexicon_wrong(lines, "a kind, a context, a colon and words are wanted", line);
    if (!read_kind(kind, &kind_number))
        return lexicon_wrong(lines, "word, act or role is wanted", kind);
    struct entry entry = {.kind = kind_number, .contexts = bit_of(lexicon, name)};
    if (!entry.contexts)
        return lexicon_wrong(lines, "too many contexts", name);
    rest = str_slice(line, (size_t)colon + 1, line.len);
    while (lexicon_word(&rest, &entry.word)) {
        if (kind_number == KIND_ACT && !act_find(entry.word))
            return lexicon_wrong(lines, "no act is called so", entry.word);
        if (arena_grow(lexicon->arena, (void **)&lexicon->entries, lexicon->count, &lexicon->capacity,
                       sizeof(entry)))
            return lexicon_no_memory(lines);
        lexicon->entries[lexicon->count++] = entry;
    }
    return 0;
}

static int by_word(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = memcmp(x->word.ptr, y->word.ptr, x->word.len < y->word.len ? x->word.len : y->word.len);
    return order ? order : (x->word.len > y->word.len) - (x->word.len < y->word.len);
}

/* Sorts, and puts what stands for several contexts together. */
static void index_entries(struct context_lexicon *lexicon)
{
    size_t kept = 0;
    if (lexicon->count)
        qsort(lexicon->entries, lexicon->count, sizeof(*lexicon->entries), by_word);
    for (size_t i = 0; i < lexicon->count; i++)
        if (kept && by_word(&lexicon->entries[kept - 1], &lexicon->entries[i]) == 0)
            lexicon->entries[kept - 1].contexts |= lexicon->entries[i].contexts;
        else
            lexicon->entries[kept++] = lexicon->entries[i];
    lexicon->count = kept;
}

int context_lexicon_create(struct context_lexicon **ret_lexicon, const char *name, struct str text,
                           struct error *error)
{
    struct arena *arena = arena_create(LEXICON_BYTES_MAX);
    struct context_lexicon *lexicon = arena ? arena_new(arena, struct context_lexicon) : NULL;
    struct lexicon_lines lines = {.name = name, .rest = text, .error = error};
    struct str line;
    *ret_lexicon = NULL;
    if (!lexicon) {
        if (arena)
            arena_destroy(&arena);
        return error_set(error, -ENOMEM, "no memory for %s", name);
    }
    int failure = 0;
    lexicon->arena = arena;
    while (!failure && lexicon_line(&lines, &line))
        failure = read_line(lexicon, &lines, line);
    if (failure) {
        context_lexicon_destroy(&lexicon);
        return failure;
    }
    index_entries(lexicon);
    *ret_lexicon = lexicon;
    return 0;
}

void context_lexicon_destroy(struct context_lexicon **lexicon)
{
    struct arena *arena = *lexicon ? (*lexicon)->arena : NULL;
    if (arena)
        arena_destroy(&arena);
    *lexicon = NULL;
}

/* ---- Finding ---- */

static uint64_t find(const struct context_lexicon *lexicon, enum kind kind, struct str word)
{
    const struct entry wanted = {.kind = kind, .word = word};
    const struct entry *entry = lexicon->count && word.len ? bsearch(&wanted, lexicon->entries,
                                                                     lexicon->count, sizeof(wanted), by_word)
                                                           : NULL;
    return entry ? entry->contexts : 0;
}

/* "prime_minister" */
static uint64_t find_two(const struct context_lexicon *lexicon, struct str first, struct str second)
{
    char both[TWO_WORDS_BYTES];
    int length = snprintf(both, sizeof(both), "%.*s_%.*s", STR_ARG(first), STR_ARG(second));
    return length > 0 && (size_t)length < sizeof(both)
               ? find(lexicon, KIND_WORD, str_make(both, (size_t)length))
               : 0;
}

static uint64_t of_roles(const struct context_lexicon *lexicon, const struct event_actor *actors,
                         size_t count)
{
    uint64_t contexts = 0;
    for (size_t i = 0; i < count; i++)
        contexts |= find(lexicon, KIND_ROLE, str_from(actors[i].sector));
    return contexts;
}

void event_contexts_read(const struct context_lexicon *lexicon, const struct tree *tree,
                         const struct act *act, struct coded_event *event)
{
    uint64_t contexts = find(lexicon, KIND_ACT, str_from(act->name)) |
                        of_roles(lexicon, event->sources, event->source_count) |
                        of_roles(lexicon, event->targets, event->target_count);
    for (uint32_t at = 0; at < tree->count; at++) {
        const struct tree_node *node = &tree->nodes[at];
        if (node->upos == UPOS_PUNCT)
            continue;
        contexts |= find(lexicon, KIND_WORD, node->lemma);
        if (at + 1 < tree->count)
            contexts |= find_two(lexicon, node->lemma, tree->nodes[at + 1].lemma);
    }
    event->context_count = 0;
    for (size_t i = 0; i < lexicon->name_count && event->context_count < EVENT_CONTEXTS_MAX; i++)
        if (contexts >> i & 1)
            event->contexts[event->context_count++] = lexicon->names[i];
}

/* actor_lexicon: see the header. */
#include "processors/meaning/actor_lexicon.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "processors/meaning/built_in_text.h"
#include "processors/meaning/lexicon_lines.h"

enum { LEXICON_BYTES_MAX = 1 << 20 };

struct actor_lexicon {
    struct arena *arena;
    struct actor_entry *nouns, *names, *parts;
    struct actor_holder *holders;
    size_t noun_count, noun_capacity, name_count, name_capacity, part_count, part_capacity, holder_count,
        holder_capacity;
};

BUILT_IN_TEXT(newsd_actor_lexicon, "processors/meaning/actor_lexicon.txt");

struct str actor_lexicon_text(void)
{
    return str_make(newsd_actor_lexicon, newsd_actor_lexicon_bytes);
}

/* ---- Reading ---- */

static int read_nouns(struct actor_lexicon *lexicon, struct lexicon_lines *lines, bool thing, struct str code,
                      struct str words)
{
    struct str word;
    if (code.len != 3)
        return lexicon_wrong(lines, "a role has three letters", code);
    while (lexicon_word(&words, &word)) {
        if (arena_grow(lexicon->arena, (void **)&lexicon->nouns, lexicon->noun_count, &lexicon->noun_capacity,
                       sizeof(struct actor_entry)))
            return lexicon_no_memory(lines);
        lexicon->nouns[lexicon->noun_count++] =
            (struct actor_entry){.word = word, .code = code, .thing = thing};
    }
    return 0;
}

static int read_names(struct actor_lexicon *lexicon, struct lexicon_lines *lines, struct str head,
                      struct str names)
{
    struct actor_entry entry = {0};
    struct str country = STR_NONE;
    if (!lexicon_word(&head, &entry.code) || (lexicon_word(&head, &country) && country.len != 2))
        return lexicon_wrong(lines, "a code and perhaps a country of two letters are wanted", country);
    if (country.len)
        memcpy(entry.country, country.ptr, 2);
    while (str_split(&names, '|', &entry.word)) {
        entry.word = str_trim_ascii(entry.word);
        if (str_empty(entry.word))
            return lexicon_wrong(lines, "a name is empty", names);
        if (arena_grow(lexicon->arena, (void **)&lexicon->names, lexicon->name_count, &lexicon->name_capacity,
                       sizeof(entry)))
            return lexicon_no_memory(lines);
        lexicon->names[lexicon->name_count++] = entry;
    }
    return 0;
}

/* "part HRI: Human Rights | Civil Liberties" */
static int read_parts(struct actor_lexicon *lexicon, struct lexicon_lines *lines, struct str code,
                      struct str parts)
{
    struct actor_entry entry = {.code = code};
    if (code.len != 3)
        return lexicon_wrong(lines, "a role has three letters", code);
    while (str_split(&parts, '|', &entry.word)) {
        entry.word = str_trim_ascii(entry.word);
        if (str_empty(entry.word))
            return lexicon_wrong(lines, "a name is empty", parts);
        if (arena_grow(lexicon->arena, (void **)&lexicon->parts, lexicon->part_count, &lexicon->part_capacity,
                       sizeof(entry)))
            return lexicon_no_memory(lines);
        lexicon->parts[lexicon->part_count++] = entry;
    }
    return 0;
}

static bool read_years(struct str text, int *ret_from, int *ret_to)
{
    int64_t from, to = 0;
    ptrdiff_t dash = str_find_byte(text, '-', 0);
    if (dash <= 0 || !str_to_int64(str_slice(text, 0, (size_t)dash), &from) ||
        ((size_t)dash + 1 < text.len && !str_to_int64(str_slice(text, (size_t)dash + 1, text.len), &to)))
        return false;
    *ret_from = (int)from;
    *ret_to = (int)to;
    return from > 1900 && from < 3000 && (to == 0 || (to >= from && to < 3000));
}

/* "holder RU GOV 2000-2008: Name | Name" */
static int read_holders(struct actor_lexicon *lexicon, struct lexicon_lines *lines, struct str head,
                        struct str names)
{
    struct actor_holder holder = {0};
    struct str country = STR_NONE, years = STR_NONE;
    if (!lexicon_word(&head, &country) || country.len != 2 || !lexicon_word(&head, &holder.code) ||
        holder.code.len != 3 || !lexicon_word(&head, &years) || !read_years(years, &holder.from, &holder.to))
        return lexicon_wrong(lines, "a country, a role and years (2000-2008, 2012-) are wanted", years);
    memcpy(holder.country, country.ptr, 2);
    while (str_split(&names, '|', &holder.word)) {
        holder.word = str_trim_ascii(holder.word);
        if (str_empty(holder.word))
            return lexicon_wrong(lines, "a name is empty", names);
        if (arena_grow(lexicon->arena, (void **)&lexicon->holders, lexicon->holder_count,
                       &lexicon->holder_capacity, sizeof(holder)))
            return lexicon_no_memory(lines);
        lexicon->holders[lexicon->holder_count++] = holder;
    }
    return 0;
}

static int read_line(struct actor_lexicon *lexicon, struct lexicon_lines *lines, struct str line)
{
    ptrdiff_t colon = str_find_byte(line, ':', 0);
    struct str head = colon < 0 ? line : str_slice(line, 0, (size_t)colon), kind = STR_NONE;
    struct str body = colon < 0 ? STR_NONE : str_slice(line, (size_t)colon + 1, line.len);
    bool noun = lexicon_word(&head, &kind) && str_equal(kind, STR("actor"));
    bool thing = str_equal(kind, STR("thing"));
    if (colon >= 0 && str_equal(kind, STR("holder")))
        return read_holders(lexicon, lines, head, body);
    if (colon >= 0 && str_equal(kind, STR("part")))
        return read_parts(lexicon, lines, str_trim_ascii(head), body);
    if (colon < 0 || (!noun && !thing && !str_equal(kind, STR("name"))))
        return lexicon_wrong(lines,
                             "'actor ROLE: ...', 'thing ROLE: ...', 'name CODE: ...', 'part ROLE: ...' or "
                             "'holder ...' is wanted",
                             line);
    return noun || thing ? read_nouns(lexicon, lines, thing, str_trim_ascii(head), body)
                         : read_names(lexicon, lines, head, body);
}

static int by_word(const void *a, const void *b)
{
    struct str x = ((const struct actor_entry *)a)->word, y = ((const struct actor_entry *)b)->word;
    int order = memcmp(x.ptr, y.ptr, x.len < y.len ? x.len : y.len);
    return order ? order : (x.len > y.len) - (x.len < y.len);
}

static int by_holder(const void *a, const void *b)
{
    const struct actor_holder *x = a, *y = b;
    struct actor_entry left = {.word = x->word}, right = {.word = y->word};
    int order = by_word(&left, &right);
    return order ? order : (x->from > y->from) - (x->from < y->from);
}

int actor_lexicon_create(struct actor_lexicon **ret_lexicon, const char *name, struct str text,
                         struct error *error)
{
    struct arena *arena = arena_create(LEXICON_BYTES_MAX);
    struct actor_lexicon *lexicon = arena ? arena_new(arena, struct actor_lexicon) : NULL;
    struct lexicon_lines lines = {.name = name, .rest = text, .error = error};
    struct str line;
    int failure = lexicon ? 0 : lexicon_no_memory(&lines);
    if (lexicon)
        lexicon->arena = arena;
    while (!failure && lexicon_line(&lines, &line))
        failure = read_line(lexicon, &lines, line);
    if (failure) {
        arena_destroy(&arena);
        *ret_lexicon = NULL;
        return failure;
    }
    if (lexicon->noun_count)
        qsort(lexicon->nouns, lexicon->noun_count, sizeof(struct actor_entry), by_word);
    if (lexicon->name_count)
        qsort(lexicon->names, lexicon->name_count, sizeof(struct actor_entry), by_word);
    if (lexicon->holder_count)
        qsort(lexicon->holders, lexicon->holder_count, sizeof(struct actor_holder), by_holder);
    *ret_lexicon = lexicon;
    return 0;
}

void actor_lexicon_destroy(struct actor_lexicon **lexicon)
{
    struct arena *arena = *lexicon ? (*lexicon)->arena : NULL;
    arena_destroy(&arena);
    *lexicon = NULL;
}

static const struct actor_entry *find(const struct actor_entry *entries, size_t count, struct str word)
{
    struct actor_entry wanted = {.word = word};
    return word.len && count ? bsearch(&wanted, entries, count, sizeof(*entries), by_word) : NULL;
}

const struct actor_entry *actor_lexicon_noun(const struct actor_lexicon *lexicon, struct str lemma)
{
    return find(lexicon->nouns, lexicon->noun_count, lemma);
}

const struct actor_entry *actor_lexicon_name(const struct actor_lexicon *lexicon, struct str name)
{
    return find(lexicon->names, lexicon->name_count, name);
}

/* Whole words only; "Prosecutor General" in "Prosecutor General's Office". */
static bool holds(struct str name, struct str words)
{
    ptrdiff_t at = -1;
    while ((at = str_find(name, words, (size_t)(at + 1))) >= 0) {
        struct str before = str_slice(name, 0, (size_t)at);
        struct str behind = str_slice(name, (size_t)at + words.len, name.len);
        bool begins = before.len == 0 || before.ptr[before.len - 1] == ' ';
        if (begins && (behind.len == 0 || behind.ptr[0] == ' ' || str_starts(behind, STR("'")) ||
                       str_starts(behind, STR("\xe2\x80\x99"))))
            return true;
    }
    return false;
}

const struct actor_entry *actor_lexicon_part(const struct actor_lexicon *lexicon, struct str name)
{
    const struct actor_entry *found = NULL;
    for (size_t i = 0; i < lexicon->part_count; i++) {
        const struct actor_entry *part = &lexicon->parts[i];
        if ((!found || part->word.len > found->word.len) && holds(name, part->word))
            found = part;
    }
    return found;
}

const struct actor_holder *actor_lexicon_holder(const struct actor_lexicon *lexicon, struct str name,
                                                int year)
{
    const struct actor_holder *found = NULL;
    size_t low = 0, high = lexicon->holder_count;
    struct actor_holder wanted = {.word = name};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_holder(&lexicon->holders[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < lexicon->holder_count && str_equal(lexicon->holders[low].word, name); low++)
        if (!year || lexicon->holders[low].from <= year)
            found = &lexicon->holders[low];
    return found;
}

/* train_words: makes the tables of words that tagger, parser and names share: word classes, names of people,
 * how often a word stands in small letters, and phrases of the gazetteer and the lists of organisations.
 *
 *     train_words OUT.model FETCHED TEXT.conllu|TEXT.bio|TEXT.jsonl...
 *
 * FETCHED is what fetch.py and phrases.py wrote; the texts say which words are common in small letters. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/utf8.h"

#include "processors/language/tokens.h"
#include "processors/language/word_tables.h"
#include "processors/language/words.h"
#include "processors/models/files.h"
#include "processors/models/kmeans.h"
#include "processors/model/lookup.h"
#include "processors/model/model.h"

enum { WORDS = 200000, LEARN = 100000, DIMENSIONS = 50, ROUNDS = 20, SEED = 1, COMMON = 4 };

struct small {
    UT_hash_handle hh;
    uint64_t hash;
    uint32_t count;
    uint32_t classes;
};

struct tables {
    struct arena *arena;
    struct small *small; /* by the hash of the lower-case word: its count, its classes */
    struct lookup_entry *entries;
    size_t count, capacity;
};

static uint64_t hash_lower(struct str word)
{
    char folded[WORD_TABLES_BYTES_MAX];
    return lookup_hash(words_fold(word, folded, sizeof(folded)));
}

static struct small *small_of(struct tables *tables, uint64_t hash)
{
    struct small *small;
    HASH_FIND(hh, tables->small, &hash, sizeof(hash), small);
    if (small)
        return small;
    small = arena_new(tables->arena, struct small);
    small->hash = hash;
    HASH_ADD(hh, tables->small, hash, sizeof(small->hash), small);
    return small;
}

static void add_entry(struct tables *tables, uint64_t hash, uint32_t value)
{
    struct lookup_entry entry = {.hash = hash, .value = value};
    if (arena_grow(tables->arena, (void **)&tables->entries, tables->count, &tables->capacity, sizeof(entry)))
        files_fail("memory", "too little");
    tables->entries[tables->count++] = entry;
}

static void write_entries(struct tables *tables, struct buffer *section)
{
    if (lookup_write(section, tables->entries, tables->count))
        files_fail("memory", "too little");
    printf("%zu entries, %zu bytes\n", tables->count, section->len);
    tables->count = 0;
}

/* ---- How often in small letters ---- */

static void count_word(struct tables *tables, struct str word)
{
    uint32_t c;
    if (!word.len)
        return;
    utf8_decode(word, 0, &c);
    char folded[WORD_TABLES_BYTES_MAX];
    struct str lower = words_fold(word, folded, sizeof(folded));
    if (words_case(c) == CASE_LOWER && str_equal(lower, word))
        small_of(tables, lookup_hash(word))->count++;
}

static void count_words(struct tables *tables, struct str text)
{
    struct word_cursor cursor = {.text = text};
    struct word word;
    while (words_next(&cursor, &word))
        count_word(tables, word.text);
}

static void count_article(struct tables *tables, const char *path, struct str line)
{
    json_t *article = json_loadb(line.ptr, line.len, 0, NULL);
    const char *text = json_string_value(json_object_get(article, "text"));
    if (!article)
        files_fail(path, "a line is no JSON");
    if (text)
        count_words(tables, str_from(text));
    json_decref(article);
}

static void count_file(struct tables *tables, const char *path)
{
    struct str rest = files_read(tables->arena, path), line, column;
    bool conllu = str_ends(str_from(path), STR(".conllu")), json = str_ends(str_from(path), STR(".jsonl"));
    while (rest.len && str_split(&rest, '\n', &line)) {
        if (json && line.len) {
            count_article(tables, path, line);
            continue;
        }
        if (conllu && (!line.len || line.ptr[0] == '#' || !str_split(&line, '\t', &column)))
            continue;
        if (str_split(&line, '\t', &column))
            count_word(tables, column);
    }
}

/* ---- Classes ---- */

static void read_vectors(struct tables *tables, const char *folder, struct vectors *vectors)
{
    struct str bytes = files_read(tables->arena, files_path(tables->arena, folder, "vectors.floats"));
    if (bytes.len < (size_t)WORDS * DIMENSIONS * sizeof(float))
        files_fail(folder, "vectors.floats is too short");
    vectors->count = WORDS;
    vectors->rows = calloc((size_t)WORDS * KMEANS_WIDTH, sizeof(float));
    if (!vectors->rows)
        files_fail("memory", "too little");
    for (size_t i = 0; i < WORDS; i++) {
        float *row = vectors->rows + i * KMEANS_WIDTH, length = 0;
        memcpy(row, bytes.ptr + i * DIMENSIONS * sizeof(float), DIMENSIONS * sizeof(float));
        for (int k = 0; k < DIMENSIONS; k++)
            length += row[k] * row[k];
        for (int k = 0; k < DIMENSIONS; k++)
            row[k] /= fmaxf(sqrtf(length), 1e-6f);
    }
}

static void add_classes(struct tables *tables, const char *folder)
{
    static const uint32_t sizes[WORD_CLASSES] = {WORD_CLASS_SIZES};
    struct vectors vectors;
    uint16_t *classes[WORD_CLASSES];
    read_vectors(tables, folder, &vectors);
    for (int set = 0; set < WORD_CLASSES; set++) {
        classes[set] = calloc(WORDS, sizeof(uint16_t));
        double cosine = kmeans(&vectors, LEARN, sizes[set], ROUNDS, SEED, classes[set]);
        printf("%u classes: mean cosine %.4f\n", sizes[set], cosine);
        fflush(stdout);
    }
    struct str rest = files_read(tables->arena, files_path(tables->arena, folder, "vectors.words")), word;
    for (size_t i = 0; i < WORDS && str_split(&rest, '\n', &word); i++)
        small_of(tables, lookup_hash(word))->classes =
            word_classes_pack(classes[0][i], classes[1][i], classes[2][i]);
    for (int set = 0; set < WORD_CLASSES; set++)
        free(classes[set]);
    free(vectors.rows);
}

static uint32_t frequency_of(uint32_t count)
{
    return count > 200 ? 3 : count > 20 ? 2 : count > 1 ? 1 : 0;
}

static void write_words(struct tables *tables, struct buffer *section)
{
    for (struct small *small = tables->small; small; small = small->hh.next) {
        uint32_t value = small->classes | frequency_of(small->count) << WORD_FREQUENCY_SHIFT;
        if (value)
            add_entry(tables, small->hash, value);
    }
    write_entries(tables, section);
}

/* ---- Lists ---- */

static bool is_common(struct tables *tables, struct str word)
{
    struct small *small;
    uint64_t hash = hash_lower(word);
    HASH_FIND(hh, tables->small, &hash, sizeof(hash), small);
    return small && small->count >= COMMON;
}

static void read_names(struct tables *tables, const char *folder, const char *file, uint32_t bit)
{
    struct str rest = files_read(tables->arena, files_path(tables->arena, folder, file)), word;
    while (rest.len && str_split(&rest, '\n', &word))
        if (word.len && !is_common(tables, word))
            add_entry(tables, lookup_hash(word), bit);
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const struct lookup_entry *)a)->hash, y = ((const struct lookup_entry *)b)->hash;
    return x < y ? -1 : x > y;
}

/* Entries of the same hash become one with the bits of all. */
static void join_bits(struct tables *tables)
{
    size_t kept = 0;
    qsort(tables->entries, tables->count, sizeof(*tables->entries), by_hash);
    for (size_t i = 0; i < tables->count; i++) {
        if (kept && tables->entries[kept - 1].hash == tables->entries[i].hash)
            tables->entries[kept - 1].value |= tables->entries[i].value;
        else
            tables->entries[kept++] = tables->entries[i];
    }
    tables->count = kept;
}

static void add_phrase(struct tables *tables, struct str name, uint32_t bit)
{
    struct token_list tokens = {0};
    uint64_t hash = 0;
    if (tokens_find(tables->arena, name, 0, name.len, &tokens))
        files_fail("memory", "too little");
    if (!tokens.count || tokens.count > WORD_PHRASE_MAX || (tokens.count == 1 && is_common(tables, name)))
        return;
    for (size_t i = 0; i < tokens.count; i++) {
        hash = lookup_join(hash, lookup_hash(str_slice(name, tokens.items[i].start, tokens.items[i].end)));
        add_entry(tables, hash, i + 1 == tokens.count ? bit : WORD_PHRASE_GOES_ON);
    }
}

static void read_phrases(struct tables *tables, const char *folder)
{
    struct str rest = files_read(tables->arena, files_path(tables->arena, folder, "phrases.txt")), line, list;
    while (rest.len && str_split(&rest, '\n', &line))
        if (str_split(&line, '\t', &list) && list.len == 1 && list.ptr[0] >= '0' &&
            list.ptr[0] < '0' + WORD_LISTS)
            add_phrase(tables, line, 1u << (list.ptr[0] - '0'));
}

static void read_kinds(struct tables *tables, const char *folder)
{
    struct str rest = files_read(tables->arena, files_path(tables->arena, folder, "inflections.txt")), line,
               word;
    int64_t kinds;
    while (rest.len && str_split(&rest, '\n', &line)) {
        if (!str_split(&line, '\t', &word) || !str_to_int64(line, &kinds) || kinds <= 0 || kinds > WORD_KINDS)
            files_fail(folder, "inflections.txt is not what it was");
        add_entry(tables, lookup_hash(word), (uint32_t)kinds);
    }
}

int main(int argc, char **argv)
{
    struct tables tables = {.arena = arena_create((size_t)8 << 30)};
    _cleanup_buffer_ struct buffer words = {0}, names = {0}, phrases = {0}, kinds = {0};
    if (argc < 4) {
        fprintf(stderr, "usage: train_words OUT.model FETCHED TEXT.conllu|TEXT.bio|TEXT.jsonl...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++)
        count_file(&tables, argv[i]);
    add_classes(&tables, argv[2]);
    write_words(&tables, &words);
    read_names(&tables, argv[2], "given.txt", WORD_GIVEN_NAME);
    read_names(&tables, argv[2], "family.txt", WORD_FAMILY_NAME);
    join_bits(&tables);
    write_entries(&tables, &names);
    read_phrases(&tables, argv[2]);
    join_bits(&tables);
    write_entries(&tables, &phrases);
    read_kinds(&tables, argv[2]);
    write_entries(&tables, &kinds);
    struct model_part parts[] = {{"words", buffer_str(&words)},
                                 {"names", buffer_str(&names)},
                                 {"phrases", buffer_str(&phrases)},
                                 {"kinds", buffer_str(&kinds)}};
    files_write_model(argv[1], "words", WORD_TABLES_VERSION, parts, sizeof(parts) / sizeof(parts[0]));
    arena_destroy(&tables.arena);
    return 0;
}

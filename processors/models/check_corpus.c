/* check_corpus: says what is wrong with files of newsd's own corpus, and counts what stands in them.
 *
 *     check_corpus FOLDER...                    each folder's files ("*.txt"); 1 when one has a fault
 *     check_corpus --compare FOLDER FOLDER      how far two annotations of the same articles agree: the files
 * of the second, each with the file of the same name in the first */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/models/act_sentences.h"
#include "processors/models/corpus_file.h"
#include "processors/models/files.h"
#include "processors/models/score_annotations.h"

struct counts {
    size_t files, faults, sentences, quiet, words, distinct_words, names, distinct_names, mentions, roles,
        times, quantities, statements, events, codes;
};

/* ---- Distinct words ---- */

static int by_text(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    int order = memcmp(x->ptr, y->ptr, x->len < y->len ? x->len : y->len);
    return order ? order : (x->len > y->len) - (x->len < y->len);
}

struct word_list {
    struct str *items;
    size_t count, capacity;
};

static void add_word(struct arena *arena, struct word_list *list, struct str word)
{
    if (arena_grow(arena, (void **)&list->items, list->count, &list->capacity, sizeof(*list->items)))
        files_fail("memory", "too little");
    list->items[list->count++] = word;
}

static size_t count_distinct(struct word_list *list)
{
    size_t distinct = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_text);
    for (size_t i = 0; i < list->count; i++)
        distinct += i == 0 || !str_equal(list->items[i], list->items[i - 1]);
    return distinct;
}

/* ---- One folder ---- */

struct lists {
    struct word_list words, names, codes;
};

/* Words between blanks, without the signs around them. */
static void add_words(struct arena *arena, struct lists *lists, struct counts *counts, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '\n')
            end++;
        struct str word = str_slice(text, at, end);
        while (word.len && strchr("\".,;:()!?'", word.ptr[word.len - 1]))
            word.len--;
        while (word.len && strchr("\"('", word.ptr[0]))
            word = str_slice(word, 1, word.len);
        if (word.len) {
            counts->words++;
            add_word(arena, &lists->words, word);
        }
        at = end + 1;
    }
}

static size_t quiet_sentences(const struct annotation *annotation)
{
    size_t quiet = annotation->sentences.count;
    uint32_t last = NOBODY;
    for (size_t i = 0; i < annotation->events.count; i++) {
        quiet -= annotation->events.items[i].sentence != last;
        last = annotation->events.items[i].sentence;
    }
    return quiet;
}

static void count_file(struct arena *arena, struct lists *lists, struct counts *counts,
                       const struct annotation *annotation)
{
    counts->files++;
    counts->sentences += annotation->sentences.count;
    counts->quiet += quiet_sentences(annotation);
    counts->names += annotation->names.count;
    counts->mentions += annotation->mentions.count;
    counts->roles += annotation->roles.count;
    counts->times += annotation->times.count;
    counts->quantities += annotation->quantities.count;
    counts->statements += annotation->statements.count;
    counts->events += annotation->events.count;
    add_words(arena, lists, counts, annotation->text);
    for (size_t i = 0; i < annotation->names.count; i++)
        add_word(arena, &lists->names, annotation->entities.items[annotation->names.items[i].entity].name);
    for (size_t i = 0; i < annotation->events.count; i++)
        add_word(arena, &lists->codes, str_from(annotation->events.items[i].code));
}

static void print_counts(const char *title, const struct counts *counts)
{
    printf(
        "%s: %zu articles, %zu sentences (%zu without an event), %zu words (%zu distinct), %zu names of %zu, "
        "%zu mentions, %zu roles, %zu times, %zu quantities, %zu statements, %zu events of %zu codes, %zu "
        "faults\n",
        title, counts->files, counts->sentences, counts->quiet, counts->words, counts->distinct_words,
        counts->names, counts->distinct_names, counts->mentions, counts->roles, counts->times,
        counts->quantities, counts->statements, counts->events, counts->codes, counts->faults);
}

/* How many faults the folder has. */
static size_t check_folder(const char *folder)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct counts counts = {0};
    struct lists lists = {0};
    glob_t files;
    const char *pattern = files_path(arena, folder, "*.txt");
    if (glob(pattern, 0, NULL, &files))
        files_fail(pattern, "no such file");
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct annotation annotation;
        counts.faults += corpus_file_read(&annotation, arena, files.gl_pathv[i]);
        count_file(arena, &lists, &counts, &annotation);
    }
    globfree(&files);
    counts.distinct_words = count_distinct(&lists.words);
    counts.distinct_names = count_distinct(&lists.names);
    counts.codes = count_distinct(&lists.codes);
    print_counts(folder, &counts);
    arena_destroy(&arena);
    return counts.faults;
}

static int check_act_sentences(const char *folder)
{
    struct arena *arena = arena_create((size_t)1 << 28);
    size_t count, acts = 0, without = 0;
    const struct annotation *sentences = act_sentences_read(arena, folder, &count);
    for (size_t i = 0; i < count; i++) {
        acts += sentences[i].events.count;
        without += !sentences[i].events.count;
    }
    printf("%s: %zu sentences (%zu without an act), %zu acts\n", folder, count, without, acts);
    arena_destroy(&arena);
    return 0;
}

/* ---- Two annotators ---- */

static int compare_folders(const char *first, const char *second)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct annotation_score score = {0};
    size_t count;
    const struct annotation *others = corpus_files_read(arena, files_path(arena, second, "*.txt"), &count);
    for (size_t i = 0; i < count; i++) {
        struct annotation annotation;
        const char *name = strrchr(others[i].path, '/');
        const char *path = files_path(arena, first, name ? name + 1 : others[i].path);
        if (corpus_file_read(&annotation, arena, path))
            files_fail(path, "has faults");
        if (!str_equal(annotation.text, others[i].text))
            files_fail(path, "is another text in the second folder");
        score_annotations(arena, &annotation, &others[i], &score);
    }
    score_annotations_print(&score);
    arena_destroy(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    size_t faults = 0;
    if (argc == 4 && !strcmp(argv[1], "--compare"))
        return compare_folders(argv[2], argv[3]);
    if (argc == 3 && !strcmp(argv[1], "--acts"))
        return check_act_sentences(argv[2]);
    if (argc < 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: check_corpus FOLDER... | --acts FOLDER | --compare FOLDER FOLDER\n");
        return 2;
    }
    for (int i = 1; i < argc; i++)
        faults += check_folder(argv[i]);
    return faults > 0;
}

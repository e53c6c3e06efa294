/* evaluate: what the models of a folder do on the development sets, in one table, without training.
 *
 *     evaluate MODELS CORPORA [LANGUAGE_TESTS]      LANGUAGE_TESTS/CODE.txt has a sentence on each line */
#include <glob.h>
#include <stdio.h>

#include "processors/models/files.h"
#include "processors/models/score_languages.h"
#include "processors/models/score_names.h"
#include "processors/models/score_tags.h"
#include "processors/models/score_trees.h"

/* The treebanks to look at: patterns below the folder of corpora. */
enum { PATTERNS_MAX = 2, SETS = 3 };
static const struct dev_set {
    const char *title, *patterns[PATTERNS_MAX];
} dev_sets[SETS] = {
    {"EWT", {"ud-english-ewt/dev.conllu"}},
    {"GUM", {"ud-english-gum-clean/dev/GUM_*.conllu"}},
    {"GUM news, interview",
     {"ud-english-gum-clean/dev/GUM_news*.conllu", "ud-english-gum-clean/dev/GUM_interview*.conllu"}},
};

struct evaluation {
    struct arena *arena;
    const char *models, *corpora, *language_tests;
    struct treebank treebanks[SETS];
    struct tree_models trees;
    struct names *names;
};

static void read_pattern(struct evaluation *evaluation, const char *pattern, struct treebank *treebank)
{
    const char *path = files_path(evaluation->arena, evaluation->corpora, pattern);
    glob_t files;
    if (glob(path, 0, NULL, &files))
        files_fail(path, "no such file");
    for (size_t i = 0; i < files.gl_pathc; i++)
        treebank_read(treebank, files.gl_pathv[i]);
    globfree(&files);
}

static void read_treebanks(struct evaluation *evaluation)
{
    for (int set = 0; set < SETS; set++) {
        evaluation->treebanks[set].arena = evaluation->arena;
        for (int i = 0; i < PATTERNS_MAX && dev_sets[set].patterns[i]; i++)
            read_pattern(evaluation, dev_sets[set].patterns[i], &evaluation->treebanks[set]);
    }
}

static struct model *open_model(const struct evaluation *evaluation, const char *kind)
{
    struct error error = {0};
    struct model *model;
    if (model_open(&model, evaluation->models, kind, &error))
        files_fail(evaluation->models, error.text);
    return model;
}

static void open_models(struct evaluation *evaluation)
{
    struct error error = {0};
    struct tree_models *trees = &evaluation->trees;
    if (word_tables_create(&trees->tables, open_model(evaluation, "words"), &error) ||
        tagger_create(&trees->tagger, open_model(evaluation, "tagger"), &error) ||
        parser_create(&trees->parser, open_model(evaluation, "parser"), &error) ||
        names_create(&evaluation->names, open_model(evaluation, "names"), &error))
        files_fail(evaluation->models, error.text);
}

static void close_models(struct evaluation *evaluation)
{
    names_destroy(&evaluation->names);
    parser_destroy(&evaluation->trees.parser);
    tagger_destroy(&evaluation->trees.tagger);
    word_tables_destroy(&evaluation->trees.tables);
}

static void print_tags(const struct evaluation *evaluation)
{
    printf("\nTags, on the treebanks' own words\n");
    for (int set = 0; set < SETS; set++) {
        struct tag_score score = {0};
        score_tags(evaluation->trees.tagger, evaluation->trees.tables, &evaluation->treebanks[set], &score);
        score_tags_print(dev_sets[set].title, &score);
    }
}

static void print_trees(const struct evaluation *evaluation)
{
    printf("\nTrees, on the treebanks' own words, with the tagger's tags\n");
    for (int set = 0; set < SETS; set++) {
        struct tree_score score = {0};
        score_trees(&evaluation->trees, &evaluation->treebanks[set], &score);
        score_trees_print(dev_sets[set].title, &score);
    }
}

/* The first two sets only: the others stand in train_names' own print. */
static void print_names(const struct evaluation *evaluation)
{
    printf("\nNames. The committed model HAS LEARNT FROM THESE SETS: the figures say that it is whole, not "
           "how good "
           "it is;\n"
           "those of a training without them stand in processors/models/README.md\n");
    for (int set = 0; set < 2; set++) {
        struct name_corpus corpus = {.arena = evaluation->arena};
        struct name_score score = {0};
        name_corpus_read_in(&corpus, evaluation->corpora, &name_dev_sets[set]);
        score_names(evaluation->names, evaluation->trees.tables, &corpus, &score);
        score_names_print(name_dev_sets[set].path, &score);
    }
}

static void print_languages(const struct evaluation *evaluation)
{
    printf("\nLanguages, the model alone, share told rightly: whole, 40, 20 characters\n");
    if (evaluation->language_tests)
        score_languages(evaluation->models, evaluation->language_tests);
    else
        printf("left out: no LANGUAGE_TESTS\n");
}

int main(int argc, char **argv)
{
    struct evaluation evaluation = {.arena = arena_create((size_t)4 << 30)};
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: evaluate MODELS CORPORA [LANGUAGE_TESTS]\n");
        return 2;
    }
    evaluation.models = argv[1];
    evaluation.corpora = argv[2];
    evaluation.language_tests = argv[3];
    read_treebanks(&evaluation);
    open_models(&evaluation);
    print_tags(&evaluation);
    print_trees(&evaluation);
    print_names(&evaluation);
    print_languages(&evaluation);
    close_models(&evaluation);
    arena_destroy(&evaluation.arena);
    return 0;
}

/* evaluate: what the models of a folder do on the development sets, in one table, without training.
 *
 *     evaluate MODELS CORPORA [LANGUAGE_TESTS]      LANGUAGE_TESTS/CODE.txt has a sentence on each line
 *     evaluate --corpus MODELS FOLDER [MARKS]       newsd's own corpus alone; with MARKS (of "NMRTCQV") every
 *                                                   sentence with its differences in these kinds of lines
 *     evaluate --sentences MODELS                   corpus/sentences.txt alone, with the differences of the
 * half that may be seen */
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "processors/models/annotation_of.h"
#include "processors/models/annotation_print.h"
#include "processors/models/coreference_corpus.h"
#include "processors/models/corpus_file.h"
#include "processors/models/files.h"
#include "processors/models/score_annotations.h"
#include "processors/models/score_languages.h"
#include "processors/models/score_names.h"
#include "processors/models/score_sentences.h"
#include "processors/models/score_single_events.h"
#include "processors/models/score_tags.h"
#include "processors/models/score_times.h"
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
    struct pipeline *pipeline;
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

static void open_pipeline(struct evaluation *evaluation)
{
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.data_directory = evaluation->models;
    options.article_budget_ms = 0; /* a busy machine changes no figure */
    if (pipeline_create(&evaluation->pipeline, &options, &error))
        files_fail(evaluation->models, error.text);
}

static void close_models(struct evaluation *evaluation)
{
    pipeline_destroy(&evaluation->pipeline);
    names_destroy(&evaluation->names);
    parser_destroy(&evaluation->trees.parser);
    tagger_destroy(&evaluation->trees.tagger);
    word_tables_destroy(&evaluation->trees.tables);
}

static void print_sentences(const struct evaluation *evaluation)
{
    printf("Sentences and tokens, raw text, both borders right\n");
    for (int set = 0; set < SETS; set++) {
        const struct treebank *treebank = &evaluation->treebanks[set];
        struct arena *arena = arena_create((size_t)1 << 30);
        struct sentence_score score = {0};
        size_t other = 0;
        for (size_t at = 0, end; at < treebank->count; at = end) {
            struct document document;
            for (end = at + 1; end < treebank->count && !treebank->sentences[end].begins_document; end++)
                ;
            document_read(&document, arena, evaluation->pipeline, treebank->sentences + at, end - at);
            score_sentences(&document, &score);
            other += !str_equal(document.article->language, STR("en"));
            arena_reset(arena);
        }
        score_sentences_print(dev_sets[set].title, &score);
        if (other)
            printf("  (%zu of the documents taken for another language than English)\n", other);
        arena_destroy(&arena);
    }
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

/* ---- GUM's documents ---- */

/* The documents to look at, and what was found in them. */
enum { PARTS = 13 };
static struct gum_part {
    const char *title, *folder, *genre;
    size_t documents;
    struct coreference_score coreference[BORDERS_KINDS];
    struct time_score times;
} gum_parts[PARTS] = {
    {.title = "news", .folder = "dev", .genre = "news"},
    {.title = "interview", .folder = "dev", .genre = "interview"},
    {.title = "academic", .folder = "dev", .genre = "academic"},
    {.title = "bio", .folder = "dev", .genre = "bio"},
    {.title = "court", .folder = "dev", .genre = "court"},
    {.title = "speech", .folder = "dev", .genre = "speech"},
    {.title = "textbook", .folder = "dev", .genre = "textbook"},
    {.title = "vlog", .folder = "dev", .genre = "vlog"},
    {.title = "voyage", .folder = "dev", .genre = "voyage"},
    {.title = "all", .folder = "dev", .genre = "*"},
    {.title = "train: news", .folder = "train", .genre = "news"},
    {.title = "train: interview", .folder = "train", .genre = "interview"},
    {.title = "train: all", .folder = "train", .genre = "*"},
};

/* The file of the same document in another set: "CORPORA/set/dev/GUM_news_iodine.xml". */
static const char *file_beside(const struct evaluation *evaluation, struct arena *arena, const char *set,
                               const struct gum_part *part, const char *path, const char *ending)
{
    const char *name = strrchr(path, '/') + 1;
    return arena_printf(arena, "%s/%s/%s/%.*s%s", evaluation->corpora, set, part->folder,
                        (int)(strlen(name) - strlen(".conllu")), name, ending)
        .ptr;
}

static void score_document(const struct evaluation *evaluation, struct arena *arena, const char *path,
                           struct gum_part *part)
{
    const char *chains = file_beside(evaluation, arena, "gum-ontogum-coreference", part, path, ".conll");
    const char *dates = file_beside(evaluation, arena, "gum-tei-dates", part, path, ".xml");
    struct treebank treebank = {.arena = arena};
    struct document document;
    treebank_read(&treebank, path);
    document_read(&document, arena, evaluation->pipeline, treebank.sentences, treebank.count);
    for (enum coreference_borders kind = 0; kind < BORDERS_KINDS; kind++)
        coreference_corpus_score(arena, chains, &document, kind, &part->coreference[kind]);
    score_times(arena, dates, &document, &part->times);
    part->documents++;
}

static void read_gum(const struct evaluation *evaluation)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    for (struct gum_part *part = gum_parts; part < gum_parts + PARTS; part++) {
        struct str pattern = arena_printf(evaluation->arena, "%s/ud-english-gum-clean/%s/GUM_%s_*.conllu",
                                          evaluation->corpora, part->folder, part->genre);
        glob_t files;
        if (glob(pattern.ptr, 0, NULL, &files))
            files_fail(pattern.ptr, "no such file");
        for (size_t i = 0; i < files.gl_pathc; i++) {
            score_document(evaluation, arena, files.gl_pathv[i], part);
            arena_reset(arena);
        }
        globfree(&files);
    }
    arena_destroy(&arena);
}

static void print_coreference(void)
{
    static const char *const words[BORDERS_KINDS] = {"the same words",
                                                     "the same words, or where it holds the other's head"};
    for (enum coreference_borders kind = 0; kind < BORDERS_KINDS; kind++) {
        printf("\nCoreference, names and references against OntoGUM, a mention counts as found with %s\n",
               words[kind]);
        for (int i = 0; i < PARTS; i++)
            coreference_print(gum_parts[i].title, gum_parts[i].documents, &gum_parts[i].coreference[kind]);
    }
    printf("(the tagger and the parser have learnt from the trees of train, not from its chains)\n");
}

static void print_times(void)
{
    printf("\nDates against GUM's TEI files, the same words; touched: by a time of any kind; "
           "value: begins and ends as there\n");
    for (int i = 0; i < PARTS; i++)
        score_times_print(gum_parts[i].title, &gum_parts[i].times);
}

/* ---- newsd's own corpus, below the folder of models ---- */

/* With `marks`, the differences too. */
static void print_corpus(const struct evaluation *evaluation, const char *folder, const char *marks)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct annotation_score score = {0};
    size_t count;
    const struct annotation *annotations =
        corpus_files_read(evaluation->arena, files_path(evaluation->arena, folder, "*.txt"), &count);
    for (size_t i = 0; i < count; i++) {
        struct annotation found;
        annotation_of(&found, arena, evaluation->pipeline, &annotations[i]);
        score_annotations(arena, &annotations[i], &found, &score);
        if (marks)
            annotation_print_differences(arena, &annotations[i], &found, marks);
        arena_reset(arena);
    }
    printf("\nThe own corpus, %s: %zu articles\n", folder, count);
    score_annotations_print(&score);
    arena_destroy(&arena);
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

static void print_single_events(const struct evaluation *evaluation, bool differences)
{
    printf("\nSingle events, corpus/sentences.txt\n");
    score_single_events(evaluation->pipeline,
                        files_path(evaluation->arena, evaluation->models, "corpus/sentences.txt"),
                        differences);
}

static int print_sentences_alone(const char *models)
{
    struct evaluation evaluation = {.arena = arena_create((size_t)1 << 30), .models = models};
    open_pipeline(&evaluation);
    print_single_events(&evaluation, true);
    pipeline_destroy(&evaluation.pipeline);
    arena_destroy(&evaluation.arena);
    return 0;
}

static int print_one_corpus(const char *models, const char *folder, const char *marks)
{
    struct evaluation evaluation = {.arena = arena_create((size_t)1 << 30), .models = models};
    open_pipeline(&evaluation);
    print_corpus(&evaluation, folder, marks);
    pipeline_destroy(&evaluation.pipeline);
    arena_destroy(&evaluation.arena);
    return 0;
}

int main(int argc, char **argv)
{
    struct evaluation evaluation = {0};
    if ((argc == 4 || argc == 5) && !strcmp(argv[1], "--corpus"))
        return print_one_corpus(argv[2], argv[3], argv[4]);
    if (argc == 3 && !strcmp(argv[1], "--sentences"))
        return print_sentences_alone(argv[2]);
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: evaluate MODELS CORPORA [LANGUAGE_TESTS]\n"
                        "       evaluate --corpus MODELS FOLDER [MARKS]\n"
                        "       evaluate --sentences MODELS\n");
        return 2;
    }
    evaluation.arena = arena_create((size_t)4 << 30);
    evaluation.models = argv[1];
    evaluation.corpora = argv[2];
    evaluation.language_tests = argv[3];
    read_treebanks(&evaluation);
    open_models(&evaluation);
    open_pipeline(&evaluation);
    print_sentences(&evaluation);
    print_tags(&evaluation);
    print_trees(&evaluation);
    print_names(&evaluation);
    read_gum(&evaluation);
    print_coreference();
    print_times();
    print_corpus(&evaluation, files_path(evaluation.arena, evaluation.models, "corpus/dev"), NULL);
    print_corpus(&evaluation, files_path(evaluation.arena, evaluation.models, "corpus/test"), NULL);
    print_single_events(&evaluation, false);
    print_languages(&evaluation);
    close_models(&evaluation);
    arena_destroy(&evaluation.arena);
    return 0;
}

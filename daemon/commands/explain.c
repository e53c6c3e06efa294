/* command explain: how newsd reads an article: for each sentence its tree, who is named, what is said, which
 * rules for events were tried, and why each was coded or dropped. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "daemon/commands/command.h"
#include "daemon/commands/date_option.h"
#include "daemon/commands/input.h"
#include "processors/article_words.h"
#include "processors/language/tree.h"
#include "processors/pipeline.h"

enum { ARENA_BYTES = 1 << 30 };

static void print_tree(const struct article *article, const struct tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct tree_node *node = &tree->nodes[i];
        bool root = node->head == TREE_NONE;
        printf("    %3u  %-20.*s %-20.*s %-5.*s %-10.*s -> %.*s\n", i + 1, STR_ARG(node->word),
               STR_ARG(node->lemma), STR_ARG(node->xpos), STR_ARG(article->arcs[tree->first + i].relation),
               STR_ARG(root ? STR("(root)") : tree->nodes[node->head].word));
    }
}

static bool is_in(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static void print_names(const struct article *article, uint32_t sentence)
{
    for (size_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        const struct article_entity *entity = &article->entities.items[name->entity];
        if (name->sentence != sentence)
            continue;
        printf("  name       %.*s: %s", STR_ARG(article_words(article, name->span)),
               name_type_text(entity->type));
        if (entity->name_count > 1)
            printf(", is %.*s", STR_ARG(entity->name));
        if (entity->role.class)
            printf(", %.*s (%s)", STR_ARG(entity->role.text), role_class_text(entity->role.class));
        if (entity->country[0])
            printf(", %s", entity->country);
        printf("\n");
    }
    for (size_t i = 0; i < article->references.count; i++)
        if (article->references.items[i].sentence == sentence)
            printf("  reference  %.*s means %.*s\n",
                   STR_ARG(article_words(article, article->references.items[i].span)),
                   STR_ARG(article->entities.items[article->references.items[i].entity].name));
    for (size_t i = 0; i < article->unnamed_references.count; i++) {
        const struct article_reference *reference = &article->unnamed_references.items[i];
        if (reference->sentence == sentence)
            printf("  reference  %.*s means %.*s\n", STR_ARG(article_words(article, reference->span)),
                   STR_ARG(article_words(article, article->unnamed.items[reference->entity].span)));
    }
}

static void print_dateline(const struct article *article, uint32_t sentence)
{
    const struct dateline *dateline = &article->dateline;
    if (!dateline->span.end || !is_in(dateline->span, article->sentences.items[sentence]))
        return;
    printf("  dateline   place %.*s", STR_ARG(dateline->place.len ? dateline->place : STR("?")));
    if (dateline->region.len)
        printf(", region %.*s", STR_ARG(dateline->region));
    if (dateline->country[0])
        printf(", %s", dateline->country);
    if (dateline->agency.len)
        printf(", agency %.*s", STR_ARG(dateline->agency));
    printf("\n");
}

static void print_times_and_quantities(const struct article *article, uint32_t sentence)
{
    struct span span = article->sentences.items[sentence];
    for (size_t i = 0; i < article->times.count; i++)
        if (article->times.items[i].sentence == sentence)
            printf("  time       %.*s = %.*s\n",
                   STR_ARG(article_words(article, article->times.items[i].span)),
                   STR_ARG(article->times.items[i].value.len ? article->times.items[i].value : STR("?")));
    for (size_t i = 0; i < article->quantities.count; i++)
        if (is_in(article->quantities.items[i].span, span))
            printf("  quantity   %.*s = %.15g %.*s\n",
                   STR_ARG(article_words(article, article->quantities.items[i].span)),
                   article->quantities.items[i].value, STR_ARG(article->quantities.items[i].unit));
}

static void print_statements(const struct article *article, uint32_t sentence)
{
    for (size_t i = 0; i < article->statements.count; i++) {
        const struct statement *statement = &article->statements.items[i];
        struct str speaker = article_words(article, statement->speaker);
        if (is_in(statement->content, article->sentences.items[sentence]))
            printf("  statement  %.*s: %.*s (%s, %.2f)\n", STR_ARG(speaker.len ? speaker : STR("?")),
                   STR_ARG(article_words(article, statement->content)), statement->rule,
                   (double)statement->confidence);
    }
}

static void print_actors(const struct event_actor *actors, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%.*s [%.*s]", i ? ", " : "", STR_ARG(actors[i].name), STR_ARG(actors[i].cameo));
    if (!count)
        printf("---");
}

static void print_events(const struct article *article, uint32_t sentence)
{
    for (size_t i = 0; i < article->trials.count; i++) {
        const struct event_trial *trial = &article->trials.items[i];
        char source[64] = "by the model of acts";
        if (trial->line)
            snprintf(source, sizeof(source), "line %u of the lexicon", trial->line);
        if (trial->sentence == sentence)
            printf("  tried      %.*s as %s (%s): %s\n", STR_ARG(article_words(article, trial->trigger)),
                   trial->act, source, trial->outcome);
    }
    for (size_t i = 0; i < article->events.count; i++) {
        const struct coded_event *event = &article->events.items[i];
        if (!is_in(event->trigger, article->sentences.items[sentence]))
            continue;
        printf("  event      ");
        print_actors(event->sources, event->source_count);
        printf(" -> %s %s (%s) -> ", event->cameo, event->plover_type ? event->plover_type : "",
               event_modality_text(event->modality));
        print_actors(event->targets, event->target_count);
        printf(" (%.2f, the act %.2f)\n", (double)event->confidence, (double)event->act_confidence);
    }
}

static void print_article(const struct article *article)
{
    for (uint32_t i = 0; i < article->sentences.count && article->trees; i++) {
        printf("%s%.*s\n", i ? "\n" : "", STR_ARG(article_words(article, article->sentences.items[i])));
        print_tree(article, &article->trees[i]);
        print_names(article, i);
        print_dateline(article, i);
        print_times_and_quantities(article, i);
        print_statements(article, i);
        print_events(article, i);
    }
    for (size_t i = 0; i < article->processing.count; i++)
        if (article->processing.items[i].outcome != OUTCOME_OK)
            printf("the stage %s: %s (%.*s)\n", article->processing.items[i].stage,
                   outcome_name(article->processing.items[i].outcome),
                   STR_ARG(article->processing.items[i].note));
}

/* Nobody waits for the command: no budget. */
static int explain(struct str text, const char *date, const char *models, struct error *error)
{
    struct pipeline_options options;
    struct pipeline *pipeline = NULL;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct article *article = arena ? arena_new(arena, struct article) : NULL;
    int failure = article ? 0 : -ENOMEM;
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    options.data_directory = models;
    if (!failure)
        failure = pipeline_create(&pipeline, &options, error);
    if (!failure) {
        article->arena = arena;
        article->content_html = utf8_repair(arena, text);
        article->language_stated = STR("en"); /* where the text is too short to tell */
        article->published_ms = clock_wall_ms();
        article->trials_wanted = true;
    }
    if (!failure && date)
        failure = date_option_read(arena, str_from(date), &article->published_ms, error);
    if (!failure) {
        pipeline_run(pipeline, article);
        print_article(article);
    }
    pipeline_destroy(&pipeline);
    arena_destroy(&arena);
    return failure;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"date", required_argument, NULL, 'd'}, {"models", required_argument, NULL, 'm'}, {NULL, 0, NULL, 0}};
    _cleanup_buffer_ struct buffer text = {0};
    struct error error = {0};
    const char *models = NULL, *date = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'm')
            models = optarg;
        else if (option == 'd')
            date = optarg;
        else
            return EX_USAGE;
    }
    if (optind + 1 != argc)
        return EX_USAGE;
    int failure = input_read(argv[optind], &text);
    if (failure) {
        fprintf(stderr, "newsd explain: %s cannot be read: %s\n", argv[optind], strerror(-failure));
        return EX_NOINPUT;
    }
    failure = explain(buffer_str(&text), date, models, &error);
    if (!failure)
        return fflush(stdout) ? EX_IOERR : EX_OK;
    fprintf(stderr, "newsd explain: %s\n", error.text[0] ? error.text : error_text(failure));
    return failure == ERR_MALFORMED || failure == ERR_CONFIG ? EX_DATAERR : EX_OSERR;
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "[--date DATE] [--models DIRECTORY] FILE|-",
    .summary =
        "how an English text is read, sentence by sentence: tree, names, statements, events and why not",
    .run = run,
};

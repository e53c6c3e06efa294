/* command page: what newsd reads from an article's page: text and metadata, without the stages behind. One
 * thread; keeps no state. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "daemon/commands/command.h"
#include "daemon/commands/page_print.h"
#include "daemon/commands/source.h"
#include "daemon/config/config.h"
#include "processors/pipeline.h"

struct page_command {
    struct arena *arena;
    struct pipeline *pipeline;
    struct config *config; /* -c, for its site rules; NULL = none */
    struct str url;
    struct buffer *headers; /* --header: lines "NAME: VALUE" */
    bool stream, pretty;
};

static int open_pipeline(struct page_command *command, struct error *error)
{
    static const char *const kept[] = {"text", "metadata", "language"};
    struct stage_setting settings[STAGES_MAX] = {{0}};
    struct pipeline_options options;
    pipeline_options_default(&options);
    options.settings = settings;
    for (size_t i = 0; pipeline_stages[i]; i++)
        settings[i].off = true;
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        settings[pipeline_stage_find(kept[i])] = (struct stage_setting){.on = true};
    command->arena = arena_create((size_t)options.article_bytes_max);
    return command->arena ? pipeline_create(&command->pipeline, &options, error) : -ENOMEM;
}

/* One page to one JSON object in `out`. */
static int read_page(struct page_command *command, const char *source, struct str url, struct buffer *out,
                     struct error *error)
{
    _cleanup_buffer_ struct buffer bytes = {0};
    arena_reset(command->arena);
    struct article *article = arena_new(command->arena, struct article);
    if (!article)
        return -ENOMEM;
    article->arena = command->arena;
    article->url = url;
    int code = source_read(command->arena, source, &bytes, &article->url, &article->page,
                           &article->page_headers, error);
    if (code < 0)
        return code;
    if (command->headers->len)
        article->page_headers = arena_printf(command->arena, "%.*s%.*s", STR_ARG(article->page_headers),
                                             STR_ARG(buffer_str(command->headers)));
    article->page_url = article->url;
    article->page_status = 200;
    article->site_rules = command->config ? command->config->site_rules : NULL;
    pipeline_run(command->pipeline, article);
    return page_print(out, article, command->pretty);
}

/* A line that cannot be answered gets an object with its error, so that answers stay in step with lines. */
static int print_fault(struct buffer *out, const char *words)
{
    struct str text = str_from(words);
    struct json_writer *json = json_writer_create(out, false);
    if (!json)
        return -ENOMEM;
    json_begin_object(json);
    json_field_cstr(json, "outcome", "error");
    json_field_str(json, "error", utf8_valid(text) ? text : STR("the line is not valid UTF-8"));
    json_end_object(json);
    return json_writer_finish(&json);
}

static int run_stream(struct page_command *command)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    int status = EX_OK;
    while (status == EX_OK && (len = getline(&line, &capacity, stdin)) >= 0) {
        _cleanup_buffer_ struct buffer out = {0};
        struct error error = {0};
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = '\0';
        if (len == 0)
            continue;
        char *tab = strchr(line, '\t');
        if (tab)
            *tab = '\0';
        struct str url = tab && tab[1] ? str_from(tab + 1) : STR_NONE;
        int code = utf8_valid(url) ? read_page(command, line, url, &out, &error) : ERR_MALFORMED;
        if (code < 0) {
            buffer_clear(&out);
            code = print_fault(&out, error.text[0] ? error.text : error_text(code));
        }
        if (code < 0 || printf("%.*s\n", STR_ARG(buffer_str(&out))) < 0 || fflush(stdout))
            status = EX_IOERR;
    }
    free(line);
    return status;
}

static int run_one(struct page_command *command, const char *source)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct error error = {0};
    int code = read_page(command, source, command->url, &out, &error);
    if (code == 0)
        return printf("%.*s\n", STR_ARG(buffer_str(&out))) < 0 || fflush(stdout) ? EX_IOERR : EX_OK;
    fprintf(stderr, "newsd page: %s\n", error.text[0] ? error.text : error_text(code));
    return source_exit_status(code);
}

static void usage(FILE *file)
{
    fputs("Usage: newsd page [-c FILE] [--url URL] [--header 'NAME: VALUE']... [--pretty] FILE|URL|-\n"
          "       newsd page --stream\n"
          "An article's page to its text, title, authors, dates and images, as one JSON object.\n\n"
          "  -c FILE      a configuration, for its rules for single sites\n"
          "  --url URL    the page's address, where it is not read from there\n"
          "  --header 'NAME: VALUE'  as if the page's answer had it: X-Robots-Tag, TDM-Reservation, "
          "TDM-Policy\n"
          "  --stream     answers each line \"FILE\" or \"FILE TAB URL\" of standard input with one line\n"
          "  --pretty     indent the object\n",
          file);
}

static bool is_header(const char *text)
{
    const char *colon = strchr(text, ':');
    return colon && colon > text && !strchr(text, '\n') && utf8_valid(str_from(text));
}

/* EX_OK to go on, -1 when help was shown, else the exit status. */
static int read_options(int argc, char **argv, struct page_command *command)
{
    static const struct option options[] = {
        {"url", required_argument, NULL, 'u'}, {"header", required_argument, NULL, 'H'},
        {"stream", no_argument, NULL, 's'},    {"pretty", no_argument, NULL, 'p'},
        {"help", no_argument, NULL, 'h'},      {NULL, 0, NULL, 0}};
    int option;
    optind = 1;
    while ((option = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
        if (option == 'c' && !command->config) {
            if (config_load(optarg, config_report_stderr, NULL, &command->config))
                return EX_CONFIG;
        } else if (option == 'u')
            command->url = str_from(optarg);
        else if (option == 'H' && is_header(optarg))
            buffer_printf(command->headers, "%s\n", optarg);
        else if (option == 's')
            command->stream = true;
        else if (option == 'p')
            command->pretty = true;
        else {
            usage(option == 'h' ? stdout : stderr);
            return option == 'h' ? -1 : EX_USAGE;
        }
    }
    bool about_one = command->url.ptr || command->headers->len || command->pretty;
    bool right = command->stream ? optind == argc && !about_one : argc - optind == 1;
    if (right && !command->headers->failed && utf8_valid(command->url))
        return EX_OK;
    usage(stderr);
    return EX_USAGE;
}

static int run(int argc, char **argv)
{
    _cleanup_buffer_ struct buffer headers = {0};
    struct page_command command = {.headers = &headers};
    struct error error = {0};
    int status = read_options(argc, argv, &command);
    if (status != EX_OK) {
        config_free(&command.config);
        return status < 0 ? EX_OK : status;
    }
    int code = open_pipeline(&command, &error);
    if (code == 0) {
        status = command.stream ? run_stream(&command) : run_one(&command, argv[optind]);
    } else {
        fprintf(stderr, "newsd page: %s\n", error.text[0] ? error.text : error_text(code));
        status = EX_OSERR;
    }
    pipeline_destroy(&command.pipeline);
    arena_destroy(&command.arena);
    config_free(&command.config);
    return status;
}

const struct command command_page = {
    .name = "page",
    .arguments = "[-c FILE] [--url URL] [--header 'NAME: VALUE']... [--pretty] FILE|URL|- or --stream",
    .summary = "an article's page to its text, title, authors and dates",
    .run = run,
};

/* extract: `newsd extract`: one article, or one per JSON line, through the stages to its record. One
 * thread; writes records to standard output and complaints to standard error; keeps no state. */
#include "daemon/commands/command.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "daemon/commands/date_option.h"
#include "daemon/commands/extract_line.h"
#include "daemon/commands/source.h"
#include "processors/intake.h"
#include "processors/intake_payload.h"
#include "processors/pipeline.h"
#include "processors/record/record.h"

enum { ID_DIGITS = 32 };

struct input {
    struct str id, url, title, date;
    struct str content; /* UTF-8 */
    struct str headers; /* of its answer */
    enum { SNIFF, TEXT, HTML } kind;
};

struct extract {
    struct input options; /* from the command line */
    bool lines, pretty;
    struct pipeline *pipeline;
    struct arena *arena;
};

static bool has_tag(struct str html, const char *tag)
{
    return str_find_nocase(html, str_from(tag), 0) >= 0;
}

/* A whole page, in which the text must be found; else a fragment, all of which is text. */
static bool is_page(struct str html)
{
    return has_tag(html, "<html") || has_tag(html, "<body") || has_tag(html, "<!doctype html");
}

static bool looks_like_html(struct str text)
{
    static const char *const tags[] = {"<p>",   "<p ",      "<div", "<br",  "<html",
                                       "<body", "<article", "</a>", "</p>", "<!doctype html"};
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
        if (has_tag(text, tags[i]))
            return true;
    return false;
}

/* By the same way as an entry of a feed that the daemon stored. */
static int make_article(struct arena *arena, const struct input *input, struct article **ret_article,
                        struct error *error)
{
    int64_t published_ms; /* intake reads it again, with its precision */
    int code = input->date.len ? date_option_read(arena, input->date, &published_ms, error) : 0;
    if (code < 0)
        return code;
    char digits[SHA256_HEX_BYTES];
    struct str name = input->id.len ? input->id : input->url.len ? input->url : input->content;
    bool html = input->kind == HTML || (input->kind == SNIFF && looks_like_html(input->content));
    bool page = html && is_page(input->content);
    struct intake_feed feed = {0};
    struct intake_entry entry = {.title = input->title,
                                 .link = input->url,
                                 .published = input->date,
                                 .content = page ? STR_NONE : input->content,
                                 .content_is_html = html};
    struct intake_payload payload = {.entry_id = input->id.len ? input->id : input->url,
                                     .fetched_ms = clock_wall_ms()};
    struct intake_item item = {.article_id = str_from(hash_sha256_hex(name, ID_DIGITS, digits)),
                               .revision = 1,
                               .kind = ARTICLE_PUBLISHED,
                               .first_created_ms = payload.fetched_ms};
    code = intake_payload_plain(arena, &feed, &entry, &payload, &item.payload);
    if (code < 0)
        return error_set(error, code, "%s",
                         code == -ENOMEM ? "the article is larger than its memory"
                                         : "the input is not UTF-8");
    if (page) {
        item.page = input->content;
        item.page_url = input->url;
        item.page_headers = input->headers;
        item.page_status = 200;
    }
    return intake_to_article(arena, &item, ret_article, error);
}

/* One article to one record on standard output. */
static int extract_one(struct extract *extract, const struct input *input, struct error *error)
{
    struct article *article = NULL;
    struct str value;
    int code = make_article(extract->arena, input, &article, error);
    if (code < 0)
        return code;
    pipeline_run(extract->pipeline, article);
    code = record_article_value(extract->arena, article, extract->pretty, &value, error);
    if (code < 0)
        return code;
    if (fwrite(value.ptr, 1, value.len, stdout) != value.len || putchar('\n') == EOF)
        return error_set(error, -EIO, "standard output: %s", error_text(-errno));
    return 0;
}

/* ---- JSON lines ---- */

static void complain(unsigned long number, const char *text)
{
    _cleanup_buffer_ struct buffer buffer = {0};
    struct json_writer *json = json_writer_create(&buffer, false);
    if (json) {
        struct str line = str_from(text);
        json_begin_object(json);
        json_field_int(json, "line", (int64_t)number);
        json_field_str(json, "error", utf8_valid(line) ? line : STR("the line is not valid UTF-8"));
        json_end_object(json);
        may_fail(json_writer_finish(&json)); /* a failed one prints what there is */
    }
    (void)fprintf(stderr, "%.*s\n", STR_ARG(buffer_str(&buffer)));
}

static int extract_json(struct extract *extract, struct str json, struct error *error)
{
    struct extract_line line;
    int code = extract_line_read(extract->arena, json, &line, error);
    if (code < 0)
        return code;
    struct input input = {
        .id = line.id,
        .url = line.url.len ? line.url : extract->options.url,
        .title = line.title,
        .date = line.date.len ? line.date : extract->options.date,
        .content = line.html.len ? line.html : line.text,
        .kind = line.html.len ? HTML : TEXT,
    };
    return extract_one(extract, &input, error);
}

static int extract_lines(struct extract *extract, FILE *file)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    int status = EX_OK;
    for (unsigned long number = 1; (len = getline(&line, &capacity, file)) >= 0; number++) {
        struct error error = {0};
        struct str text = str_trim_ascii(str_make(line, (size_t)len));
        if (text.len == 0)
            continue;
        arena_reset(extract->arena);
        int code = text.len > SOURCE_BYTES_MAX
                       ? error_set(&error, ERR_LIMIT, "longer than %d MiB", SOURCE_BYTES_MAX >> 20)
                       : extract_json(extract, text, &error);
        if (code == -EIO) {
            (void)fprintf(stderr, "newsd extract: %s\n", error.text);
            status = EX_IOERR;
            break;
        }
        if (code < 0) {
            complain(number, error.text[0] ? error.text : error_text(code));
            status = EX_DATAERR;
        }
    }
    free(line);
    return status;
}

/* ---- The command ---- */

static const struct option long_options[] = {
    {"text", no_argument, NULL, 't'},
    {"html", no_argument, NULL, 'm'},
    {"url", required_argument, NULL, 'u'},
    {"date", required_argument, NULL, 'd'},
    {"title", required_argument, NULL, 'T'},
    {"jsonl", no_argument, NULL, 'j'},
    {"pretty", no_argument, NULL, 'p'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void usage(FILE *file)
{
    (void)fputs("Usage: newsd extract [OPTION]... FILE|URL|-\n"
                "One article, HTML or plain text, to its full record on standard output.\n\n"
                "  --text         the input is plain text\n"
                "  --html         the input is HTML (else it is told by its tags)\n"
                "  --url URL      the article's address\n"
                "  --date DATE    when it was published: YYYY-MM-DD or RFC 3339\n"
                "  --title TEXT   its title (never guessed from plain text)\n"
                "  --jsonl        one {\"id\",\"url\",\"date\",\"title\",\"text\"|\"html\"} per line in, one "
                "record per line out;\n"
                "                 bad lines are reported on standard error and the exit status is 65\n"
                "  --pretty       indent the record\n",
                file);
}

/* EX_OK to go on, -1 when help was shown, else the exit status. */
static int read_options(int argc, char **argv, struct extract *extract)
{
    int option;
    optind = 1;
    while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
        switch (option) {
        case 't':
            extract->options.kind = TEXT;
            break;
        case 'm':
            extract->options.kind = HTML;
            break;
        case 'u':
            extract->options.url = str_from(optarg);
            break;
        case 'd':
            extract->options.date = str_from(optarg);
            break;
        case 'T':
            extract->options.title = str_from(optarg);
            break;
        case 'j':
            extract->lines = true;
            break;
        case 'p':
            extract->pretty = true;
            break;
        case 'h':
            usage(stdout);
            return -1;
        default:
            usage(stderr);
            return EX_USAGE;
        }
    }
    if (argc - optind != 1) {
        usage(stderr);
        return EX_USAGE;
    }
    return EX_OK;
}

static int run_lines(struct extract *extract, const char *source)
{
    FILE *file = strcmp(source, "-") == 0 ? stdin : fopen(source, "re");
    if (!file) {
        (void)fprintf(stderr, "newsd extract: %s: %s\n", source, error_text(-errno));
        return EX_NOINPUT;
    }
    int status = extract_lines(extract, file);
    if (file != stdin)
        (void)fclose(file); /* read only */
    return status;
}

static int run_one(struct extract *extract, const char *source)
{
    _cleanup_buffer_ struct buffer buffer = {0};
    struct error error = {0};
    struct input input = extract->options;
    int code =
        source_read(extract->arena, source, &buffer, &input.url, &input.content, &input.headers, &error);
    if (code == 0)
        code = extract_one(extract, &input, &error);
    if (code == 0)
        return EX_OK;
    (void)fprintf(stderr, "newsd extract: %s\n", error.text[0] ? error.text : error_text(code));
    return source_exit_status(code);
}

static int run(int argc, char **argv)
{
    struct extract extract = {0};
    int status = read_options(argc, argv, &extract);
    if (status != EX_OK)
        return status < 0 ? EX_OK : status;
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    int code = pipeline_create(&extract.pipeline, &options, &error);
    extract.arena = code == 0 ? arena_create((size_t)options.article_bytes_max) : NULL;
    if (!extract.arena) {
        (void)fprintf(stderr, "newsd extract: %s\n", code < 0 ? error.text : error_text(-ENOMEM));
        pipeline_destroy(&extract.pipeline);
        return EX_OSERR;
    }
    const char *source = argv[optind];
    status = extract.lines ? run_lines(&extract, source) : run_one(&extract, source);
    if (fflush(stdout) != 0 && status == EX_OK) {
        (void)fprintf(stderr, "newsd extract: standard output: %s\n", error_text(-errno));
        status = EX_IOERR;
    }
    arena_destroy(&extract.arena);
    pipeline_destroy(&extract.pipeline);
    return status;
}

const struct command command_extract = {
    .name = "extract",
    .arguments = "[--text|--html] [--url URL] [--date DATE] [--title TEXT] [--jsonl] [--pretty] FILE|URL|-",
    .summary = "one article to its full record",
    .run = run,
};

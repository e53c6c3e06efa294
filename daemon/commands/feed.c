/* feed: `newsd feed`: parses one feed and prints the parser's whole result as JSON. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "daemon/commands/command.h"
#include "daemon/commands/fetch.h"
#include "daemon/commands/input.h"
#include "feeds/parse/feed_json.h"

enum { EXIT_PARSED = 0, EXIT_NO_FEED = 1, EXIT_USAGE = 2, HEADERS_MAX = 64, ARENA_BYTES = 1 << 30 };

struct input {
    struct str url;
    struct feed_header headers[HEADERS_MAX];
    size_t header_count;
    bool raw;
};

static int print(struct str bytes, const struct input *input)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct feed_parse_options options = {
        .url = input->url, .headers = input->headers, .header_count = input->header_count, .raw = input->raw};
    struct feed_document *document;
    struct error error = {0};
    _cleanup_buffer_ struct buffer out = {0};
    int failure = arena ? feed_parse(arena, bytes, &options, &document, &error) : -ENOMEM;
    struct json_writer *json = failure ? NULL : json_writer_create(&out, true);
    if (json) {
        feed_json_document(json, document);
        failure = json_writer_finish(&json);
    }
    if (failure)
        fprintf(stderr, "newsd feed: %s\n", error.text[0] ? error.text : error_text(failure));
    else
        fwrite(out.ptr, 1, out.len, stdout);
    arena_destroy(&arena);
    return failure ? EXIT_NO_FEED : EXIT_PARSED;
}

static int fetch_and_print(const char *url, struct input *input)
{
    _cleanup_buffer_ struct buffer body = {0};
    struct feed_header *headers = NULL;
    size_t count = 0;
    char *final_url = NULL;
    struct error error = {0};
    if (command_fetch_url(url, &body, &headers, &count, &final_url, &error)) {
        fprintf(stderr, "newsd feed: %s: %s\n", url, error.text);
        return EXIT_NO_FEED;
    }
    for (size_t i = 0; i < count && input->header_count < HEADERS_MAX; i++)
        input->headers[input->header_count++] = headers[i];
    input->url = str_from(final_url);
    int code = print(buffer_str(&body), input);
    free(headers);
    free(final_url);
    return code;
}

static bool add_header(struct input *input, const char *line)
{
    struct str text = str_from(line);
    ptrdiff_t colon = str_find_byte(text, ':', 0);
    if (colon <= 0 || input->header_count == HEADERS_MAX)
        return false;
    input->headers[input->header_count++] = (struct feed_header){
        str_trim(str_slice(text, 0, (size_t)colon)), str_trim(str_slice(text, (size_t)colon + 1, text.len))};
    return true;
}

/* Its exit codes are its own, so main() says none of this. */
static int misused(int argc, char *const *argv)
{
    command_say_misspelt(&command_feed, argc, argv, optind);
    fprintf(stderr, "usage: newsd feed %s\n", command_feed.arguments);
    return EXIT_USAGE;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"url", required_argument, NULL, 'u'},
                                            {"header", required_argument, NULL, 'h'},
                                            {"raw", no_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};
    struct input input = {0};
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'u')
            input.url = str_from(optarg);
        else if (option == 'r')
            input.raw = true;
        else if (option != 'h' || !add_header(&input, optarg))
            return misused(argc, argv);
    }
    if (optind + 1 != argc)
        return misused(argc, argv);
    if (url_is_http(str_from(argv[optind])))
        return fetch_and_print(argv[optind], &input);
    _cleanup_buffer_ struct buffer bytes = {0};
    int failure = input_read(argv[optind], &bytes);
    if (failure) {
        fprintf(stderr, "newsd feed: %s cannot be read: %s\n", argv[optind], strerror(-failure));
        return EXIT_USAGE;
    }
    return print(buffer_str(&bytes), &input);
}

const struct command command_feed = {
    .name = "feed",
    .arguments = "[--url URL] [--header 'Name: value']... [--raw] FILE|URL",
    .summary = "parse one feed and print JSON",
    .run = run,
};

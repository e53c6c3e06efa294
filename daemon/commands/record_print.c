/* record_print: reads a message's headers and JSON value and prints them. Keeps nothing. */
#include "daemon/commands/record_print.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json_writer.h"
#include "base/utf8.h"

enum { SUMMARY_BYTES = 160 };

struct paint {
    const char *bold, *dim, *green, *yellow, *red, *off;
};
static const struct paint colours = {"\033[1m", "\033[2m", "\033[32m", "\033[33m", "\033[31m", "\033[0m"},
                          plain = {"", "", "", "", "", ""};

bool record_print_colour(FILE *out)
{
    const char *none = getenv("NO_COLOR");
    return isatty(fileno(out)) && !(none && *none);
}

struct str record_header_of(const rd_kafka_message_t *message, const char *name)
{
    rd_kafka_headers_t *headers;
    const void *value;
    size_t size;
    if (rd_kafka_message_headers(message, &headers) || rd_kafka_header_get_last(headers, name, &value, &size))
        return STR_NONE;
    return str_make(value, size);
}

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static const char *first_value(const json_t *root, const char *key)
{
    return text(json_array_get(json_object_get(root, key), 0), "value");
}

/* Control characters would act on the terminal. */
static void print_clean(FILE *out, const char *value, size_t most)
{
    struct str shown = utf8_cut(str_from(value), most);
    for (size_t i = 0; i < shown.len; i++)
        fputc((unsigned char)shown.ptr[i] < ' ' || shown.ptr[i] == 0x7f ? ' ' : shown.ptr[i], out);
    if (shown.len < strlen(value))
        fputs("...", out);
}

static void print_article(FILE *out, const json_t *root, struct str type, const struct paint *paint)
{
    const json_t *newsd = json_object_get(root, "newsd"), *change = json_object_get(newsd, "change");
    bool withdrawn = str_ends(type, STR("withdrawn")), revised = str_ends(type, STR("revised"));
    fprintf(out, "%s%s%s ",
            withdrawn ? paint->red
            : revised ? paint->yellow
                      : paint->green,
            withdrawn ? "withdrawn"
            : revised ? "revised  "
                      : "published",
            paint->off);
    fputs(paint->bold, out);
    print_clean(out, first_value(root, "headlines"), SUMMARY_BYTES);
    fprintf(out, "%s\n          %s", paint->off, paint->dim);
    print_clean(out, text(json_object_get(newsd, "feed"), "title"), 60);
    fprintf(out, " | %s | revision %lld", text(root, "language"),
            (long long)json_integer_value(json_object_get(newsd, "revision")));
    if (*text(root, "located"))
        fprintf(out, " | %s", text(root, "located"));
    if (change)
        fprintf(out, " | %s: +%lld -%lld characters", text(change, "class"),
                (long long)json_integer_value(json_object_get(change, "added_chars")),
                (long long)json_integer_value(json_object_get(change, "removed_chars")));
    size_t sentences = json_array_size(json_object_get(newsd, "sentences"));
    if (sentences)
        fprintf(out, " | %zu sentences", sentences);
    const char *outcome = text(json_object_get(newsd, "source"), "outcome");
    if (!strcmp(outcome, "page") || !strcmp(outcome, "feed"))
        fprintf(out, " | text from the %s", outcome);
    else if (!withdrawn)
        fprintf(out, " | text: %s", outcome);
    fprintf(out, "%s\n", paint->off);
    const char *body = first_value(root, "bodies");
    if (*body && !withdrawn) {
        fputs("          ", out);
        print_clean(out, body, SUMMARY_BYTES);
        fputc('\n', out);
    }
}

static void print_confidence(FILE *out, const json_t *root, const struct paint *paint)
{
    fprintf(out, " %s(%.2f)%s\n", paint->dim, json_number_value(json_object_get(root, "confidence")),
            paint->off);
}

/* Maria Santos (minister) told reporters: "..." */
static void print_statement(FILE *out, const json_t *root, const struct paint *paint)
{
    const json_t *speaker = json_object_get(root, "speaker"), *addressee = json_object_get(root, "addressee");
    const char *name = text(speaker, "name"), *role = text(speaker, "role"), *kind = text(root, "kind");
    bool quoted = strcmp(kind, "indirect") != 0;
    fprintf(out, "%sstatement%s %s", paint->green, paint->off, paint->bold);
    print_clean(out, *name ? name : "somebody", SUMMARY_BYTES);
    fputs(paint->off, out);
    if (*role) {
        fputs(" (", out);
        print_clean(out, role, SUMMARY_BYTES);
        fputc(')', out);
    }
    const json_t *with;
    size_t i;
    json_array_foreach(json_object_get(root, "with"), i, with)
    {
        fputs(" and ", out);
        print_clean(out, text(with, "name"), SUMMARY_BYTES);
    }
    const char *cue = text(json_object_get(root, "cue"), "text");
    fputc(' ', out);
    print_clean(out, *cue ? cue : "says", SUMMARY_BYTES);
    if (addressee) {
        fputc(' ', out);
        print_clean(out, text(addressee, "text"), SUMMARY_BYTES);
    }
    fputs(quoted ? ": \"" : ": ", out);
    print_clean(out, text(json_object_get(root, "content"), "text"), 2 * SUMMARY_BYTES);
    fputs(quoted ? "\"" : "", out);
    print_confidence(out, root, paint);
}

/* "Russia [RUS], Ukraine [UKR]" */
static void print_actors(FILE *out, const json_t *actors)
{
    const json_t *actor;
    size_t i;
    if (json_array_size(actors) == 0)
        fputs("---", out);
    json_array_foreach(actors, i, actor)
    {
        fputs(i ? ", " : "", out);
        print_clean(out, text(actor, "name"), 60);
        fprintf(out, " [%s]", text(actor, "cameo"));
    }
}

/* The sentence, with the words that say the act marked. */
static void print_marked(FILE *out, const json_t *root, const struct paint *paint)
{
    struct str sentence = str_from(text(root, "text"));
    const char *trigger = text(json_object_get(root, "trigger"), "text");
    ptrdiff_t at = *trigger ? str_find(sentence, str_from(trigger), 0) : -1;
    if (at < 0) {
        print_clean(out, sentence.ptr, 2 * SUMMARY_BYTES);
        return;
    }
    for (size_t i = 0; i < sentence.len && i < 2 * SUMMARY_BYTES; i++) {
        if (i == (size_t)at)
            fputs(paint->bold, out);
        if (i == (size_t)at + strlen(trigger))
            fputs(paint->off, out);
        fputc((unsigned char)sentence.ptr[i] < ' ' ? ' ' : sentence.ptr[i], out);
    }
    fputs(paint->off, out);
}

static void print_event(FILE *out, const json_t *root, const struct paint *paint)
{
    const json_t *plover = json_object_get(root, "plover"), *place = json_object_get(root, "place");
    fprintf(out, "%sevent%s     %s", paint->green, paint->off, paint->bold);
    print_actors(out, json_object_get(root, "source"));
    fprintf(out, "%s -> %s%s %s%s%s%s -> %s", paint->off, paint->yellow, text(root, "cameo"),
            text(plover, "type"), *text(plover, "mode") ? "/" : "", text(plover, "mode"), paint->off,
            paint->bold);
    print_actors(out, json_object_get(root, "target"));
    fprintf(out, "%s %s%s%s%s", paint->off, text(root, "modality"), place ? " in " : "", text(place, "name"),
            "");
    print_confidence(out, root, paint);
    fprintf(out, "          %s", paint->dim);
    print_marked(out, root, paint);
    fprintf(out, "%s\n", paint->off);
}

/* A record without a value: what its key stood for is no longer said. */
static void print_tombstone(FILE *out, const rd_kafka_message_t *message, struct str type,
                            const struct paint *paint)
{
    fprintf(out, "%sno longer said%s %.*s %s(%.*s)%s\n", paint->red, paint->off, (int)message->key_len,
            (const char *)message->key, paint->dim, STR_ARG(type), paint->off);
}

static void print_feed(FILE *out, const json_t *root, const struct paint *paint)
{
    const char *status = text(root, "status");
    bool bad = !strcmp(status, "failing") || !strcmp(status, "gone");
    fprintf(out, "%sfeed %-9s%s %s", bad ? paint->red : paint->green, status, paint->off, text(root, "url"));
    if (*text(root, "error_text"))
        fprintf(out, " %s(%s)%s", paint->dim, text(root, "error_text"), paint->off);
    fputc('\n', out);
}

static void print_reject(FILE *out, const json_t *root, const struct paint *paint)
{
    fprintf(out, "%srejected%s  %s: %s in %s: ", paint->red, paint->off, text(root, "article"),
            text(root, "reason"), text(root, "stage"));
    print_clean(out, text(root, "error"), SUMMARY_BYTES);
    fputc('\n', out);
}

/* The record itself, out of its envelope in structured mode; NULL for what is no JSON. To be released. */
static json_t *record_value(const rd_kafka_message_t *message)
{
    json_t *root = json_loadb(message->payload, message->len, JSON_DECODE_ANY, NULL);
    if (root && str_starts(record_header_of(message, "content-type"), STR("application/cloudevents+json"))) {
        json_t *data = json_incref(json_object_get(root, "data"));
        json_decref(root);
        return data;
    }
    return root;
}

void record_print(FILE *out, const rd_kafka_message_t *message, bool colour)
{
    const struct paint *paint = colour ? &colours : &plain;
    struct str type = record_header_of(message, "ce_type");
    json_t *root = record_value(message);
    if (!message->len)
        print_tombstone(out, message, type, paint);
    else if (!root)
        fprintf(out, "%s[%d] %lld: %zu bytes that are no JSON\n", rd_kafka_topic_name(message->rkt),
                message->partition, (long long)message->offset, message->len);
    else if (str_starts(type, STR("org.newsd.article.")))
        print_article(out, root, type, paint);
    else if (str_starts(type, STR("org.newsd.statement.")))
        print_statement(out, root, paint);
    else if (str_starts(type, STR("org.newsd.event.")))
        print_event(out, root, paint);
    else if (str_starts(type, STR("org.newsd.feed.")))
        print_feed(out, root, paint);
    else if (str_starts(type, STR("org.newsd.item.rejected")))
        print_reject(out, root, paint);
    else
        fprintf(out, "%s %.*s\n", rd_kafka_topic_name(message->rkt), (int)message->len,
                (const char *)message->payload);
    json_decref(root);
    fflush(out);
}

static void write_headers(struct json_writer *json, const rd_kafka_message_t *message)
{
    rd_kafka_headers_t *headers;
    const char *name;
    const void *value;
    size_t size;
    json_key(json, "headers");
    json_begin_object(json);
    if (!rd_kafka_message_headers(message, &headers))
        for (size_t i = 0; !rd_kafka_header_get_all(headers, i, &name, &value, &size); i++) {
            json_key(json, name);
            json_str(json, str_make(value, size));
        }
    json_end_object(json);
}

void record_print_json(FILE *out, const rd_kafka_message_t *message)
{
    _cleanup_buffer_ struct buffer line = {0};
    struct json_writer *json = json_writer_create(&line, false);
    if (!json)
        return;
    json_begin_object(json);
    json_field_cstr(json, "topic", rd_kafka_topic_name(message->rkt));
    json_field_int(json, "partition", message->partition);
    json_field_int(json, "offset", message->offset);
    json_field_str(json, "key", str_make(message->key, message->key_len));
    write_headers(json, message);
    json_t *value = json_loadb(message->payload, message->len, JSON_DECODE_ANY, NULL);
    json_key(json, "value");
    if (value)
        json_raw(json, str_make(message->payload, message->len));
    else
        json_write_null(json);
    json_decref(value);
    json_end_object(json);
    if (json_writer_finish(&json) == 0)
        fprintf(out, "%s\n", line.ptr);
    fflush(out);
}

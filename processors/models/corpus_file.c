/* corpus_file: see the header. */
#include "processors/models/corpus_file.h"

#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/utf8.h"
#include "processors/models/cameo_codes.h"
#include "processors/models/files.h"
#include "processors/models/quoted_words.h"

enum { FIELDS_MAX = 8, ENTITIES_MAX = 200 };

struct reading {
    struct annotation *annotation;
    struct arena *arena;
    size_t line, faults;
    struct buffer text;
    uint32_t length;         /* of the text, in code points */
    struct str sentence;     /* its words; absent before the first */
    uint32_t sentence_start; /* of these words */
    uint32_t dateline_start; /* where the dateline before the next sentence begins */
    bool in_paragraph, has_dateline;
    struct str fields[FIELDS_MAX];
    size_t field_count;
    bool used[ENTITIES_MAX]; /* some line speaks of the entity */
};

static __attribute__((format(printf, 2, 3))) void fault(struct reading *reading, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s:%zu: ", reading->annotation->path, reading->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    reading->faults++;
}

/* An element at the end of one of the annotation's lists. */
#define add(reading, list)                                                                                   \
    ({                                                                                                       \
        typeof((reading)->annotation->list.items) added =                                                    \
            article_list_add((reading)->arena, &(reading)->annotation->list);                                \
        if (!added)                                                                                          \
            files_fail("memory", "too little");                                                              \
        added;                                                                                               \
    })

static uint32_t current_sentence(const struct reading *reading)
{
    return (uint32_t)reading->annotation->sentences.count - 1;
}

/* ---- Words of the sentence ---- */

/* The span of words as annotation lines quote them; end 0 when they are not there, and said so. */
static struct span find_span(struct reading *reading, struct str words)
{
    struct span span = quoted_words_find(reading->sentence, words);
    if (!span.end) {
        fault(reading, "these words do not stand in the sentence: %.*s", STR_ARG(words));
        return span;
    }
    return (struct span){span.start + reading->sentence_start, span.end + reading->sentence_start};
}

/* ---- Fields ---- */

static struct str field(const struct reading *reading, size_t at)
{
    return reading->fields[at];
}

static bool is_none(struct str text)
{
    return str_equal(text, STR("-"));
}

static void split_fields(struct reading *reading, struct str rest)
{
    reading->field_count = 0;
    for (bool more = true; more && reading->field_count < FIELDS_MAX;) {
        ptrdiff_t bar = str_find(rest, STR(" | "), 0);
        more = bar >= 0;
        reading->fields[reading->field_count++] =
            str_trim_ascii(more ? str_slice(rest, 0, (size_t)bar) : rest);
        rest = more ? str_slice(rest, (size_t)bar + 3, rest.len) : STR_NONE;
    }
}

/* The place of a word in a list that a function names; -1 when it is none of them, and said so. */
static int find_word(struct reading *reading, const char *what, struct str word, const char *(*text)(int),
                     int count)
{
    for (int i = 0; i < count; i++)
        if (text(i) && str_equal(word, str_from(text(i))))
            return i;
    fault(reading, "no such %s: %.*s", what, STR_ARG(word));
    return -1;
}

static const char *type_text(int i)
{
    return i == NAME_NOMINAL ? "NOM" : name_type_text((enum name_type)i);
}
static const char *role_text(int i)
{
    return i == ROLE_NONE ? NULL : role_class_text((enum role_class)i);
}
static const char *time_text(int i)
{
    return time_kind_text((enum time_kind)i);
}
static const char *quantity_text(int i)
{
    return quantity_kind_text((enum quantity_kind)i);
}
static const char *statement_text(int i)
{
    static const char *const texts[] = {"direct", "mixed", "indirect"};
    return texts[i];
}
static const char *modality_text(int i)
{
    return event_modality_text((enum event_modality)i);
}

/* NOBODY when there is none of that id. */
static uint32_t find_entity(const struct reading *reading, struct str id)
{
    for (size_t i = 0; i < reading->annotation->entities.count; i++)
        if (str_equal(reading->annotation->entities.items[i].id, id))
            return (uint32_t)i;
    return NOBODY;
}

static uint32_t read_entity(struct reading *reading, struct str id)
{
    uint32_t entity = is_none(id) ? NOBODY : find_entity(reading, id);
    if (entity == NOBODY && !is_none(id))
        fault(reading, "no such entity: %.*s", STR_ARG(id));
    if (entity < ENTITIES_MAX)
        reading->used[entity] = true;
    return entity;
}

static struct entity_group read_group(struct reading *reading, struct str ids)
{
    struct entity_group group = {0};
    for (struct str id; str_split(&ids, ',', &id);) {
        uint32_t entity = read_entity(reading, str_trim_ascii(id));
        if (group.count == TOGETHER_MAX)
            fault(reading, "more than %d entities together", TOGETHER_MAX);
        else if (entity != NOBODY)
            group.items[group.count++] = entity;
    }
    return group;
}

/* Of several the first. */
static uint32_t read_first(struct reading *reading, struct str ids)
{
    struct entity_group group = read_group(reading, ids);
    return group.count ? group.items[0] : NOBODY;
}

/* ---- The kinds of lines ---- */

static void read_about(struct reading *reading)
{
    struct feed_time time;
    if (date_parse(field(reading, 0), &time) || !time.zoned)
        fault(reading, "no date and time with its zone: %.*s", STR_ARG(field(reading, 0)));
    reading->annotation->published_ms = time.ms;
    reading->annotation->desk = field(reading, 1);
    reading->annotation->region = field(reading, 2);
    reading->annotation->manner = field(reading, 3);
}

static void read_title(struct reading *reading)
{
    reading->annotation->title = field(reading, 0);
}

static bool is_country(struct str text)
{
    return text.len == 2 && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z' && text.ptr[1] >= 'A' &&
           text.ptr[1] <= 'Z';
}

static bool is_actor_code(struct str code)
{
    if (code.len < 3 || code.len % 3)
        return false;
    for (size_t i = 0; i < code.len; i++)
        if (code.ptr[i] < 'A' || code.ptr[i] > 'Z')
            return false;
    return true;
}

static void read_entity_line(struct reading *reading)
{
    int type = find_word(reading, "type", field(reading, 1), type_text, NAME_NOMINAL + 1);
    struct str country = field(reading, 3), code = field(reading, 4);
    if (find_entity(reading, field(reading, 0)) != NOBODY)
        fault(reading, "the entity %.*s stands here twice", STR_ARG(field(reading, 0)));
    if (!is_country(country) && !is_none(country))
        fault(reading, "no country's code of two letters: %.*s", STR_ARG(country));
    if (!is_actor_code(code) && !is_none(code))
        fault(reading, "no actor's code: %.*s", STR_ARG(code));
    struct annotated_entity *entity = add(reading, entities);
    *entity = (struct annotated_entity){.id = field(reading, 0),
                                        .type = type < 0 ? NAME_NOMINAL : type,
                                        .name = field(reading, 2),
                                        .code = is_none(code) ? STR_NONE : code};
    if (is_country(country))
        memcpy(entity->country, country.ptr, country.len);
}

static void read_name(struct reading *reading)
{
    int type = find_word(reading, "type of name", field(reading, 0), type_text, NAME_TYPES);
    struct span span = find_span(reading, field(reading, 1));
    uint32_t entity = read_entity(reading, field(reading, 2));
    if (type < 0 || !span.end || entity == NOBODY)
        return;
    const struct annotation *annotation = reading->annotation;
    for (size_t i = annotation->names.count;
         i > 0 && annotation->names.items[i - 1].sentence == current_sentence(reading); i--)
        if (annotation->names.items[i - 1].span.start < span.end &&
            span.start < annotation->names.items[i - 1].span.end)
            fault(reading, "stands in another name: %.*s", STR_ARG(field(reading, 1)));
    if (annotation->entities.items[entity].type != type &&
        annotation->entities.items[entity].type != NAME_NOMINAL)
        fault(reading, "%.*s is of another type", STR_ARG(field(reading, 2)));
    *add(reading, names) = (struct annotated_name){type, span, current_sentence(reading), entity};
}

static void read_mention(struct reading *reading)
{
    struct span span = find_span(reading, field(reading, 0));
    struct entity_group means = read_group(reading, field(reading, 1));
    if (span.end && means.count)
        *add(reading, mentions) = (struct annotated_mention){span, current_sentence(reading), means};
}

static void read_role(struct reading *reading)
{
    struct span span = find_span(reading, field(reading, 0));
    uint32_t person = read_first(reading, field(reading, 1));
    int class = find_word(reading, "class of roles", field(reading, 2), role_text, ROLE_CLASSES);
    if (!is_country(field(reading, 3)))
        read_entity(reading, field(reading, 3));
    if (span.end && person != NOBODY && class >= 0)
        *add(reading, roles) = (struct annotated_role){span, current_sentence(reading), person, class};
}

static void read_time(struct reading *reading)
{
    int kind = find_word(reading, "kind of time", field(reading, 0), time_text, TIME_KINDS);
    struct span span = find_span(reading, field(reading, 1));
    if (kind >= 0 && span.end)
        *add(reading, times) =
            (struct annotated_time){kind, span, current_sentence(reading), field(reading, 2)};
}

/* "~100000", "3..5", ">=14". */
static bool read_value(struct str text, struct annotated_quantity *quantity)
{
    static const struct {
        const char *mark;
        enum quantity_modifier modifier;
    } marks[] = {{">=", QUANTITY_AT_LEAST},
                 {"<=", QUANTITY_AT_MOST},
                 {">", QUANTITY_MORE},
                 {"<", QUANTITY_LESS},
                 {"~", QUANTITY_ABOUT}};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_starts(text, str_from(marks[i].mark))) {
            quantity->modifier = marks[i].modifier;
            text = str_slice(text, strlen(marks[i].mark), text.len);
            break;
        }
    ptrdiff_t range = str_find(text, STR(".."), 0);
    if (!str_to_double(range < 0 ? text : str_slice(text, 0, (size_t)range), &quantity->low))
        return false;
    quantity->high = quantity->low;
    return range < 0 || str_to_double(str_slice(text, (size_t)range + 2, text.len), &quantity->high);
}

static void read_quantity(struct reading *reading)
{
    struct annotated_quantity quantity = {.span = find_span(reading, field(reading, 1)),
                                          .sentence = current_sentence(reading),
                                          .unit = field(reading, 3),
                                          .effect =
                                              is_none(field(reading, 4)) ? STR_NONE : field(reading, 4)};
    int kind = find_word(reading, "kind of quantity", field(reading, 0), quantity_text, QUANTITY_MEASURE + 1);
    if (!read_value(field(reading, 2), &quantity))
        fault(reading, "no number or range: %.*s", STR_ARG(field(reading, 2)));
    else if (kind >= 0 && quantity.span.end) {
        quantity.kind = kind;
        *add(reading, quantities) = quantity;
    }
}

static void read_statement(struct reading *reading)
{
    struct annotated_statement statement = {.content = find_span(reading, field(reading, 1)),
                                            .sentence = current_sentence(reading),
                                            .speaker = NOBODY,
                                            .addressee = read_first(reading, field(reading, 4))};
    int kind =
        find_word(reading, "kind of statement", field(reading, 0), statement_text, STATEMENT_INDIRECT + 1);
    struct str speaker = field(reading, 2), first = speaker;
    struct str rest = speaker;
    (void)str_split(&rest, ',', &first); /* there is a first part */
    if (find_entity(reading, first) != NOBODY)
        statement.speaker = read_first(reading, speaker);
    else if (!is_none(speaker))
        statement.speaker_span = find_span(reading, speaker);
    if (!is_none(field(reading, 3)))
        statement.cue = find_span(reading, field(reading, 3));
    if (kind >= 0 && statement.content.end) {
        statement.kind = kind;
        *add(reading, statements) = statement;
    }
}

static void read_event(struct reading *reading)
{
    struct annotated_event event = {.sources = read_group(reading, field(reading, 1)),
                                    .targets = read_group(reading, field(reading, 2)),
                                    .trigger = find_span(reading, field(reading, 4)),
                                    .sentence = current_sentence(reading),
                                    .time = is_none(field(reading, 5)) ? STR_NONE : field(reading, 5),
                                    .place = read_first(reading, field(reading, 6))};
    struct str code = field(reading, 0);
    int modality = find_word(reading, "modality", field(reading, 3), modality_text, MODALITY_HISTORICAL + 1);
    if (!cameo_code_known(code))
        fault(reading, "no code of CAMEO: %.*s", STR_ARG(code));
    else if (modality >= 0 && event.trigger.end) {
        event.modality = modality;
        memcpy(event.code, code.ptr, code.len);
        *add(reading, events) = event;
    }
}

/* ---- Text ---- */

static void append(struct reading *reading, struct str text)
{
    buffer_append_str(&reading->text, text);
    reading->length += (uint32_t)utf8_length(text);
}

static void read_dateline(struct reading *reading)
{
    if (reading->has_dateline || !reading->in_paragraph)
        fault(reading, "a dateline stands at the beginning of a paragraph");
    reading->dateline_start = reading->length;
    reading->has_dateline = true;
    append(reading, field(reading, 0));
    append(reading, STR(" "));
}

static void read_sentence(struct reading *reading)
{
    if (!reading->in_paragraph)
        fault(reading, "a sentence without a paragraph");
    ptrdiff_t text_end = (ptrdiff_t)reading->text.len;
    if (text_end && reading->text.ptr[text_end - 1] != '\n' && reading->text.ptr[text_end - 1] != ' ')
        append(reading, STR(" "));
    reading->sentence = field(reading, 0);
    reading->sentence_start = reading->length;
    uint32_t start = reading->has_dateline ? reading->dateline_start : reading->length;
    append(reading, reading->sentence);
    *add(reading, sentences) = (struct span){start, reading->length};
    reading->has_dateline = false;
}

static void begin_paragraph(struct reading *reading)
{
    if (reading->text.len)
        append(reading, STR("\n\n"));
    reading->in_paragraph = true;
    reading->sentence = STR_NONE;
}

static const struct line_kind {
    char mark;
    size_t fields;
    bool of_sentence; /* stands below one */
    void (*read)(struct reading *reading);
} line_kinds[] = {
    {'A', 4, false, read_about},    {'H', 0, false, read_title},    {'E', 5, false, read_entity_line},
    {'D', 0, false, read_dateline}, {'S', 0, false, read_sentence}, {'N', 3, true, read_name},
    {'M', 2, true, read_mention},   {'R', 4, true, read_role},      {'T', 3, true, read_time},
    {'C', 5, true, read_quantity},  {'Q', 5, true, read_statement}, {'V', 7, true, read_event},
};

static void read_marked(struct reading *reading, char mark, struct str rest)
{
    const struct line_kind *kind = line_kinds;
    const struct line_kind *const end = line_kinds + sizeof(line_kinds) / sizeof(line_kinds[0]);
    while (kind < end && kind->mark != mark)
        kind++;
    if (kind == end) {
        fault(reading, "no line begins with %c", mark);
        return;
    }
    if (kind->fields)
        split_fields(reading, rest);
    else
        reading->fields[0] = str_trim_ascii(rest);
    if (kind->fields && reading->field_count != kind->fields)
        fault(reading, "%zu fields, and not %zu", reading->field_count, kind->fields);
    else if (kind->of_sentence && !reading->sentence.ptr)
        fault(reading, "stands below no sentence");
    else
        kind->read(reading);
}

static void read_line(struct reading *reading, struct str line)
{
    if (str_empty(line) || line.ptr[0] == '#')
        return;
    if (str_equal(line, STR("P")))
        begin_paragraph(reading);
    else if (line.len < 3 || line.ptr[1] != ' ')
        fault(reading, "no mark with a blank behind it");
    else
        read_marked(reading, line.ptr[0], str_slice(line, 2, line.len));
}

static void check_entities(struct reading *reading)
{
    const struct annotation *annotation = reading->annotation;
    for (size_t i = 0; i < annotation->entities.count; i++)
        if (i < ENTITIES_MAX && !reading->used[i])
            fault(reading, "nothing speaks of the entity %.*s", STR_ARG(annotation->entities.items[i].id));
}

size_t corpus_file_read(struct annotation *ret_annotation, struct arena *arena, const char *path)
{
    struct reading reading = {.annotation = ret_annotation, .arena = arena};
    *ret_annotation = (struct annotation){.path = path};
    struct str rest = files_read(arena, path), line;
    while (rest.len && str_split(&rest, '\n', &line)) {
        reading.line++;
        read_line(&reading, line);
    }
    check_entities(&reading);
    if (!ret_annotation->title.len || !ret_annotation->published_ms)
        fault(&reading, "no headline, or no line that says when it was published");
    ret_annotation->text = arena_str(arena, buffer_str(&reading.text));
    if (reading.text.failed || !ret_annotation->text.len)
        files_fail(path, "has no text, or memory is too small");
    buffer_done(&reading.text);
    return reading.faults;
}

const struct annotation *corpus_files_read(struct arena *arena, const char *pattern, size_t *ret_count)
{
    glob_t files;
    size_t faults = 0;
    if (glob(pattern, 0, NULL, &files))
        files_fail(pattern, "no such file");
    struct annotation *annotations = arena_new_array(arena, struct annotation, files.gl_pathc);
    for (size_t i = 0; annotations && i < files.gl_pathc; i++) {
        const char *path = arena_copy(arena, files.gl_pathv[i], strlen(files.gl_pathv[i]));
        faults += corpus_file_read(&annotations[i], arena, path ? path : pattern);
    }
    *ret_count = files.gl_pathc;
    globfree(&files);
    if (!annotations || faults)
        files_fail(pattern, "has faults");
    return annotations;
}

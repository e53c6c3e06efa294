/* name_corpus: see the header. */
#include "processors/models/name_corpus.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "processors/language/name_labels.h"
#include "processors/language/name_lists.h"
#include "processors/language/tokens.h"
#include "processors/language/words.h"
#include "processors/models/files.h"

enum { WORDS_MAX = 2000 };
#define NO_TYPE NAME_TYPES /* of a word outside of names */

struct reading {
    struct name_corpus *corpus;
    const struct name_source *source;
    struct str words[WORDS_MAX];
    enum name_type types[WORDS_MAX]; /* NO_TYPE outside */
    bool begins[WORDS_MAX];
    size_t count, sentences;
};

static enum name_type type_of(struct str label)
{
    static const struct {
        const char *label;
        enum name_type type;
    } types[] = {
        {"PER", NAME_PERSON},
        {"PERSON", NAME_PERSON},
        {"politician", NAME_PERSON},
        {"LOC", NAME_PLACE},
        {"LOCATION", NAME_PLACE},
        {"GPE", NAME_PLACE},
        {"country", NAME_PLACE},
        {"ORG", NAME_ORGANISATION},
        {"organisation", NAME_ORGANISATION},
        {"organization", NAME_ORGANISATION},
        {"group", NAME_ORGANISATION},
        {"corporation", NAME_ORGANISATION},
        {"politicalparty", NAME_ORGANISATION},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_equal_nocase(label, str_from(types[i].label)))
            return types[i].type;
    return NO_TYPE;
}

static bool begins_with_capital(struct str word)
{
    uint32_t c;
    return word.len && utf8_decode(word, 0, &c) && words_case(c) == CASE_UPPER;
}

static bool is_article(struct str word)
{
    return str_equal_nocase(word, STR("the")) || str_equal_nocase(word, STR("a")) ||
           str_equal_nocase(word, STR("an")) || str_equal(word, STR("\"")) || str_equal(word, STR("'"));
}

static bool is_title(struct str word)
{
    char folded[64];
    struct str lower = words_fold(word, folded, sizeof(folded));
    if (lower.len > 1 && lower.ptr[lower.len - 1] == '.')
        lower.len--;
    return name_is_role_word(lower);
}

/* Cuts a span [*first, *end) down to the name in it; false when there is none. */
static bool trim(const struct reading *reading, size_t *first, size_t *end)
{
    enum name_type type = reading->types[*first];
    while (*first + 1 < *end &&
           (is_article(reading->words[*first]) || (type == NAME_PERSON && is_title(reading->words[*first]))))
        (*first)++;
    if (type != NAME_PERSON) {
        while (*end > *first && !begins_with_capital(reading->words[*end - 1]) &&
               !str_equal(reading->words[*end - 1], STR(")")))
            (*end)--;
        while (*first < *end && !begins_with_capital(reading->words[*first]))
            (*first)++;
    }
    return *first < *end;
}

static void label_span(const struct reading *reading, uint8_t *labels, size_t first, size_t end)
{
    enum name_type type = reading->types[first];
    if (reading->source->trim && !trim(reading, &first, &end))
        return;
    if (end - first == 1) {
        labels[first] = name_label(type, NAME_ONLY);
        return;
    }
    for (size_t i = first; i < end; i++)
        labels[i] = name_label(type, i == first ? NAME_FIRST : i + 1 == end ? NAME_LAST : NAME_MIDDLE);
}

static void label_words(const struct reading *reading, uint8_t *labels)
{
    for (size_t i = 0, end; i < reading->count; i = end) {
        end = i + 1;
        if (reading->types[i] == NO_TYPE)
            continue;
        while (end < reading->count && reading->types[end] == reading->types[i] && !reading->begins[end])
            end++;
        label_span(reading, labels, i, end);
    }
}

static void put_words(const struct reading *reading, struct labelled_sentence *sentence, struct buffer *text)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (i)
            buffer_append_byte(text, ' ');
        sentence->tokens[i].start = (uint32_t)text->len;
        buffer_append_str(text, reading->words[i]);
        sentence->tokens[i].end = (uint32_t)text->len;
    }
}

static void end_sentence(struct reading *reading)
{
    struct name_corpus *corpus = reading->corpus;
    const struct name_source *source = reading->source;
    size_t number = reading->sentences;
    if (reading->count == 0)
        return;
    reading->sentences++;
    if (number >= source->skip && (!source->take || number < source->skip + source->take)) {
        _cleanup_buffer_ struct buffer text = {0};
        struct labelled_sentence sentence = {
            .count = reading->count,
            .tokens = arena_new_array(corpus->arena, struct token, reading->count),
            .labels = arena_new_array(corpus->arena, uint8_t, reading->count)};
        if (!source->story_sentences || number % source->story_sentences == 0 || number == source->skip)
            corpus->stories++;
        sentence.story = corpus->stories;
        put_words(reading, &sentence, &text);
        label_words(reading, sentence.labels);
        sentence.text = arena_str(corpus->arena, buffer_str(&text));
        if (arena_grow(corpus->arena, (void **)&corpus->sentences, corpus->count, &corpus->capacity,
                       sizeof(sentence)))
            files_fail("memory", "too little");
        corpus->sentences[corpus->count++] = sentence;
        corpus->words += reading->count;
    }
    reading->count = 0;
}

static void read_word(struct reading *reading, struct str word, struct str label)
{
    if (reading->count == WORDS_MAX)
        files_fail(reading->source->path, "a sentence has too many words");
    reading->words[reading->count] = word;
    reading->begins[reading->count] = label.len > 2 && label.ptr[0] == 'B';
    reading->types[reading->count++] = label.len > 2 ? type_of(str_slice(label, 2, label.len)) : NO_TYPE;
}

void name_corpus_read(struct name_corpus *corpus, const struct name_source *source)
{
    struct reading *reading = calloc(1, sizeof(*reading));
    if (!reading)
        files_fail("memory", "too little");
    reading->corpus = corpus;
    reading->source = source;
    struct str rest = files_read(corpus->arena, source->path), line, word;
    while (rest.len && str_split(&rest, '\n', &line)) {
        if (str_empty(str_trim_ascii(line)))
            end_sentence(reading);
        else if (str_split(&line, '\t', &word) && word.len)
            read_word(reading, word, str_trim_ascii(line));
    }
    end_sentence(reading);
    free(reading);
}

void name_corpus_read_in(struct name_corpus *corpus, const char *folder, const struct name_source *source)
{
    struct name_source below = *source;
    below.path = files_path(corpus->arena, folder, source->path);
    name_corpus_read(corpus, &below);
}

/* ---- The own corpus ---- */

/* Where each code point begins, and the last ends. */
static size_t *byte_offsets(struct arena *arena, struct str text)
{
    size_t count = utf8_length(text), at = 0;
    size_t *offsets = arena_new_array(arena, size_t, count + 1);
    uint32_t c;
    if (!offsets)
        files_fail("memory", "too little");
    for (size_t i = 0; i < count; i++) {
        offsets[i] = at;
        at += utf8_decode(text, at, &c);
    }
    offsets[count] = text.len;
    return offsets;
}

static void label_name(struct labelled_sentence *sentence, enum name_type type, size_t start, size_t end)
{
    size_t first = 0, behind;
    while (first < sentence->count && sentence->tokens[first].start < start)
        first++;
    for (behind = first; behind < sentence->count && sentence->tokens[behind].end <= end; behind++)
        ;
    for (size_t i = first; i < behind; i++)
        sentence->labels[i] = name_label(type, behind - first == 1 ? NAME_ONLY
                                               : i == first        ? NAME_FIRST
                                               : i + 1 == behind   ? NAME_LAST
                                                                   : NAME_MIDDLE);
}

static void add_annotated(struct name_corpus *corpus, const struct annotation *annotation, uint32_t at,
                          const size_t *offsets)
{
    struct span span = annotation->sentences.items[at];
    struct token_list tokens = {0};
    if (tokens_find(corpus->arena, annotation->text, offsets[span.start], offsets[span.end], &tokens))
        files_fail("memory", "too little");
    struct labelled_sentence sentence = {.text = annotation->text,
                                         .tokens = tokens.items,
                                         .labels = arena_new_array(corpus->arena, uint8_t, tokens.count + 1),
                                         .count = tokens.count,
                                         .story = corpus->stories};
    if (!sentence.labels || arena_grow(corpus->arena, (void **)&corpus->sentences, corpus->count,
                                       &corpus->capacity, sizeof(sentence)))
        files_fail("memory", "too little");
    for (size_t i = 0; i < annotation->names.count; i++) {
        const struct annotated_name *name = &annotation->names.items[i];
        enum name_type type = name->type == NAME_FACILITY ? NAME_PLACE : name->type;
        if (name->sentence == at && type < NAME_TYPES_LEARNT)
            label_name(&sentence, type, offsets[name->span.start], offsets[name->span.end]);
    }
    corpus->sentences[corpus->count++] = sentence;
    corpus->words += sentence.count;
}

void name_corpus_add(struct name_corpus *corpus, const struct annotation *annotation, int times)
{
    const size_t *offsets = byte_offsets(corpus->arena, annotation->text);
    for (int i = 0; i < times; i++) {
        corpus->stories++;
        for (uint32_t at = 0; at < annotation->sentences.count; at++)
            add_annotated(corpus, annotation, at, offsets);
    }
}

/* act_sentences: see the header. */
#include "processors/models/act_sentences.h"

#include <glob.h>

#include "base/utf8.h"
#include "processors/models/cameo_codes.h"
#include "processors/models/files.h"
#include "processors/models/quoted_words.h"

static const int64_t PUBLISHED_MS = 1650000000000; /* no act depends on it */

struct sentence_list {
    ARTICLE_LIST(struct annotation) list;
    struct arena *arena;
};

struct place {
    struct arena *arena;
    const char *path;
    size_t line;
};

static __attribute__((noreturn)) void fail(const struct place *place, const char *words, struct str what)
{
    struct str where = arena_printf(place->arena, "%s:%zu", place->path, place->line);
    struct str text = arena_printf(place->arena, "%s: %.*s", words, STR_ARG(what));
    files_fail(where.ptr ? where.ptr : place->path, text.ptr ? text.ptr : words);
}

static void add_act(const struct place *place, struct annotation *annotation, struct str act)
{
    struct str code;
    struct annotated_event event = {.place = NOBODY, .modality = MODALITY_ASSERTED};
    struct str rest = act;
    if (!str_split(&rest, ' ', &code) || !cameo_code_known(code))
        fail(place, "no code of CAMEO and the words that tell it", act);
    memcpy(event.code, code.ptr, code.len);
    event.trigger = quoted_words_find(annotation->text, rest);
    if (!event.trigger.end)
        fail(place, "these words do not stand in the sentence", rest);
    struct annotated_event *slot = article_list_add(place->arena, &annotation->events);
    if (!slot)
        files_fail("memory", "too little");
    *slot = event;
}

static void add_sentence(struct sentence_list *sentences, const struct place *place, struct str line)
{
    struct str act;
    struct annotation *annotation = article_list_add(sentences->arena, &sentences->list);
    if (!annotation)
        files_fail("memory", "too little");
    *annotation = (struct annotation){.path = place->path, .published_ms = PUBLISHED_MS};
    if (!str_split(&line, '\t', &annotation->text) || str_empty(line))
        fail(place, "no sentence with its acts behind a tab", annotation->text);
    struct span *span = article_list_add(sentences->arena, &annotation->sentences);
    if (!span)
        files_fail("memory", "too little");
    *span = (struct span){0, (uint32_t)utf8_length(annotation->text)};
    while (!str_equal(line, STR("-")) && line.len && str_split(&line, '\t', &act))
        add_act(place, annotation, act);
}

static void read_file(struct sentence_list *sentences, const char *path)
{
    struct place place = {.arena = sentences->arena, .path = path};
    struct str rest = files_read(sentences->arena, path), line;
    while (rest.len && str_split(&rest, '\n', &line)) {
        place.line++;
        if (!str_empty(line) && line.ptr[0] != '#')
            add_sentence(sentences, &place, line);
    }
}

const struct annotation *act_sentences_read(struct arena *arena, const char *folder, size_t *ret_count)
{
    struct sentence_list sentences = {.arena = arena};
    const char *pattern = files_path(arena, folder, "*.txt");
    glob_t files;
    if (glob(pattern, 0, NULL, &files))
        files_fail(pattern, "no such file");
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const char *path = arena_copy(arena, files.gl_pathv[i], strlen(files.gl_pathv[i]));
        if (!path)
            files_fail("memory", "too little");
        read_file(&sentences, path);
    }
    globfree(&files);
    *ret_count = sentences.list.count;
    return sentences.list.items;
}

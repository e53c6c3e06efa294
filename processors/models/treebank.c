/* treebank: see the header. */
#include "processors/models/treebank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { WORDS_MAX = 2000, COLUMNS = 10 };

struct reading {
    struct treebank *treebank;
    struct str forms[WORDS_MAX], upos[WORDS_MAX], xpos[WORDS_MAX];
    size_t count;
};

static void fail(const char *path, const char *words)
{
    fprintf(stderr, "%s: %s\n", path, words);
    exit(1);
}

static void end_sentence(struct reading *reading)
{
    struct treebank *treebank = reading->treebank;
    struct arena *arena = treebank->arena;
    _cleanup_buffer_ struct buffer text = {0};
    if (reading->count == 0)
        return;
    struct treebank_sentence sentence = {.count = reading->count,
                                         .tokens = arena_new_array(arena, struct token, reading->count),
                                         .upos = arena_new_array(arena, struct str, reading->count),
                                         .xpos = arena_new_array(arena, struct str, reading->count)};
    for (size_t i = 0; i < reading->count; i++) {
        if (i)
            buffer_append_byte(&text, ' ');
        sentence.tokens[i].start = (uint32_t)text.len;
        buffer_append_str(&text, reading->forms[i]);
        sentence.tokens[i].end = (uint32_t)text.len;
        sentence.upos[i] = reading->upos[i];
        sentence.xpos[i] = reading->xpos[i];
    }
    sentence.text = arena_str(arena, buffer_str(&text));
    if (arena_grow(arena, (void **)&treebank->sentences, treebank->count, &treebank->capacity,
                   sizeof(sentence)))
        fail("memory", "too little");
    treebank->sentences[treebank->count++] = sentence;
    treebank->words += reading->count;
    reading->count = 0;
}

static void read_word(struct reading *reading, const char *path, struct str line)
{
    struct str column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        if (!str_split(&line, '\t', &column[i]))
            fail(path, "a line has not ten columns");
    if (str_find_byte(column[0], '-', 0) >= 0 || str_find_byte(column[0], '.', 0) >= 0)
        return;
    if (reading->count == WORDS_MAX)
        fail(path, "a sentence has too many words");
    reading->forms[reading->count] = column[1];
    reading->upos[reading->count] = column[3];
    reading->xpos[reading->count++] = column[4];
}

void treebank_read(struct treebank *treebank, const char *path)
{
    _cleanup_buffer_ struct buffer bytes = {0};
    char chunk[65536];
    size_t count;
    struct reading *reading = calloc(1, sizeof(*reading));
    FILE *file = fopen(path, "re");
    if (!file || !reading)
        fail(path, "cannot be read");
    while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0)
        buffer_append(&bytes, chunk, count);
    fclose(file);
    reading->treebank = treebank;
    struct str rest = arena_str(treebank->arena, buffer_str(&bytes)), line;
    while (rest.len && str_split(&rest, '\n', &line)) {
        line = str_trim_ascii(line);
        if (line.len == 0)
            end_sentence(reading);
        else if (line.ptr[0] != '#')
            read_word(reading, path, line);
    }
    end_sentence(reading);
    free(reading);
}

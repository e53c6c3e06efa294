/* treebank: see the header. */
#include "processors/models/treebank.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "processors/models/files.h"

enum { WORDS_MAX = 2000, COLUMNS = 10 };

struct reading {
    struct treebank *treebank;
    struct str forms[WORDS_MAX], upos[WORDS_MAX], xpos[WORDS_MAX], relations[WORDS_MAX];
    uint16_t heads[WORDS_MAX];
    size_t count;
};

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
                                         .xpos = arena_new_array(arena, struct str, reading->count),
                                         .heads = arena_new_array(arena, uint16_t, reading->count),
                                         .relations = arena_new_array(arena, struct str, reading->count)};
    for (size_t i = 0; i < reading->count; i++) {
        if (i)
            buffer_append_byte(&text, ' ');
        sentence.tokens[i].start = (uint32_t)text.len;
        buffer_append_str(&text, reading->forms[i]);
        sentence.tokens[i].end = (uint32_t)text.len;
        sentence.upos[i] = reading->upos[i];
        sentence.xpos[i] = reading->xpos[i];
        sentence.heads[i] = reading->heads[i];
        sentence.relations[i] = reading->relations[i];
    }
    sentence.text = arena_str(arena, buffer_str(&text));
    if (arena_grow(arena, (void **)&treebank->sentences, treebank->count, &treebank->capacity,
                   sizeof(sentence)))
        files_fail("memory", "too little");
    treebank->sentences[treebank->count++] = sentence;
    treebank->words += reading->count;
    reading->count = 0;
}

static void read_word(struct reading *reading, const char *path, struct str line)
{
    struct str column[COLUMNS];
    int64_t head;
    for (int i = 0; i < COLUMNS; i++)
        if (!str_split(&line, '\t', &column[i]))
            files_fail(path, "a line has not ten columns");
    if (str_find_byte(column[0], '-', 0) >= 0 || str_find_byte(column[0], '.', 0) >= 0)
        return;
    if (reading->count == WORDS_MAX)
        files_fail(path, "a sentence has too many words");
    if (!str_to_int64(column[6], &head) || head < 0 || head > WORDS_MAX)
        files_fail(path, "a word has no head");
    reading->forms[reading->count] = column[1];
    reading->upos[reading->count] = column[3];
    reading->xpos[reading->count] = column[4];
    reading->heads[reading->count] = (uint16_t)head;
    (void)str_split(&column[7], ':',
                    &reading->relations[reading->count++]); /* there is always a first part */
}

void treebank_read(struct treebank *treebank, const char *path)
{
    struct reading *reading = calloc(1, sizeof(*reading));
    if (!reading)
        files_fail("memory", "too little");
    reading->treebank = treebank;
    struct str rest = files_read(treebank->arena, path), line;
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

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
    struct token raw_tokens[WORDS_MAX];
    size_t count;
    struct treebank_sentence next; /* what the lines before its words say */
    size_t raw_at;                 /* so far the words are found in the raw text */
    int64_t range_end;             /* the last word of the latest range */
};

/* Where the form stands in the raw text, from *at on. */
static struct token raw_place(struct reading *reading, const char *path, struct str form)
{
    ptrdiff_t at = str_find(reading->next.raw, form, reading->raw_at);
    if (at < 0)
        files_fail(path, "a word is not in its sentence's text");
    reading->raw_at = (size_t)at + form.len;
    return (struct token){(uint32_t)at, (uint32_t)reading->raw_at};
}

static void end_sentence(struct reading *reading)
{
    struct treebank *treebank = reading->treebank;
    struct arena *arena = treebank->arena;
    _cleanup_buffer_ struct buffer text = {0};
    if (reading->count == 0)
        return;
    struct treebank_sentence sentence = reading->next;
    sentence.count = reading->count;
    sentence.tokens = arena_new_array(arena, struct token, reading->count);
    sentence.upos = arena_new_array(arena, struct str, reading->count);
    sentence.xpos = arena_new_array(arena, struct str, reading->count);
    sentence.heads = arena_new_array(arena, uint16_t, reading->count);
    sentence.relations = arena_new_array(arena, struct str, reading->count);
    sentence.raw_tokens = arena_new_array(arena, struct token, reading->count);
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
        sentence.raw_tokens[i] = reading->raw_tokens[i];
    }
    sentence.text = arena_str(arena, buffer_str(&text));
    if (arena_grow(arena, (void **)&treebank->sentences, treebank->count, &treebank->capacity,
                   sizeof(sentence)))
        files_fail("memory", "too little");
    treebank->sentences[treebank->count++] = sentence;
    treebank->words += reading->count;
    reading->count = 0;
    reading->next = (struct treebank_sentence){0};
    reading->raw_at = 0;
    reading->range_end = 0;
}

static void read_word(struct reading *reading, const char *path, struct str line)
{
    struct str column[COLUMNS];
    int64_t head, number = 0;
    for (int i = 0; i < COLUMNS; i++)
        if (!str_split(&line, '\t', &column[i]))
            files_fail(path, "a line has not ten columns");
    if (str_find_byte(column[0], '.', 0) >= 0)
        return;
    ptrdiff_t dash = str_find_byte(column[0], '-', 0);
    bool range = dash >= 0;
    if (!str_to_int64(range ? str_slice(column[0], (size_t)dash + 1, column[0].len) : column[0], &number))
        files_fail(path, "a word has no number");
    if (number > reading->range_end) /* else the range has said it */
        reading->next.joined = str_find(column[9], STR("SpaceAfter=No"), 0) >= 0;
    if (range) {
        reading->range_end = number;
        return;
    }
    if (reading->count == WORDS_MAX)
        files_fail(path, "a sentence has too many words");
    if (!str_to_int64(column[6], &head) || head < 0 || head > WORDS_MAX)
        files_fail(path, "a word has no head");
    reading->raw_tokens[reading->count] = raw_place(reading, path, column[1]);
    reading->forms[reading->count] = column[1];
    reading->upos[reading->count] = column[3];
    reading->xpos[reading->count] = column[4];
    reading->heads[reading->count] = (uint16_t)head;
    (void)str_split(&column[7], ':',
                    &reading->relations[reading->count++]); /* there is always a first part */
}

static void read_comment(struct reading *reading, struct str line)
{
    const struct str text = STR("# text = "), created = STR("# meta::dateCreated = ");
    reading->next.begins_document |= str_starts(line, STR("# newdoc"));
    reading->next.begins_paragraph |= str_starts(line, STR("# newdoc")) || str_equal(line, STR("# newpar")) ||
                                      str_starts(line, STR("# newpar "));
    if (str_starts(line, text))
        reading->next.raw = str_slice(line, text.len, line.len);
    if (str_starts(line, created))
        reading->next.created = str_slice(line, created.len, line.len);
}

void treebank_read(struct treebank *treebank, const char *path)
{
    struct reading *reading = calloc(1, sizeof(*reading));
    if (!reading)
        files_fail("memory", "too little");
    reading->treebank = treebank;
    struct str rest = files_read(treebank->arena, path), line;
    reading->next.begins_document = reading->next.begins_paragraph = true;
    while (rest.len && str_split(&rest, '\n', &line)) {
        line = str_trim_ascii(line);
        if (line.len == 0)
            end_sentence(reading);
        else if (line.ptr[0] == '#')
            read_comment(reading, line);
        else
            read_word(reading, path, line);
    }
    end_sentence(reading);
    free(reading);
}

/* score_tags: see the header. */
#include "processors/models/score_tags.h"

#include <stdio.h>

#include "processors/models/files.h"

static void score_sentence(const struct tagger *tagger, const struct word_tables *tables,
                           struct arena *scratch, const struct treebank_sentence *sentence,
                           struct tag_score *score)
{
    struct word_form *words = arena_new_array(scratch, struct word_form, sentence->count);
    uint8_t *labels = arena_new_array(scratch, uint8_t, sentence->count);
    if (!words || !labels)
        files_fail("memory", "too little");
    for (size_t i = 0; i < sentence->count; i++)
        word_form_fill(&words[i],
                       str_slice(sentence->text, sentence->tokens[i].start, sentence->tokens[i].end), tables);
    tagger_tag(tagger, words, sentence->count, labels);
    for (size_t i = 0; i < sentence->count; i++) {
        score->upos += str_equal(tagger_upos(tagger, labels[i]), sentence->upos[i]);
        score->xpos += str_equal(tagger_xpos(tagger, labels[i]), sentence->xpos[i]);
    }
    score->words += sentence->count;
}

void score_tags(const struct tagger *tagger, const struct word_tables *tables,
                const struct treebank *treebank, struct tag_score *score)
{
    struct arena *scratch = arena_create((size_t)1 << 26);
    for (size_t i = 0; i < treebank->count; i++) {
        score_sentence(tagger, tables, scratch, &treebank->sentences[i], score);
        arena_reset(scratch);
    }
    arena_destroy(&scratch);
}

void score_tags_print(const char *title, const struct tag_score *score)
{
    printf("%-24s %7zu words  UPOS %.2f  Penn %.2f\n", title, score->words,
           100.0 * (double)score->upos / (double)score->words,
           100.0 * (double)score->xpos / (double)score->words);
}

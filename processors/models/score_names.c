/* score_names: see the header. */
#include "processors/models/score_names.h"

#include <stdio.h>

#include "processors/models/files.h"

const struct name_source name_dev_sets[NAME_DEV_SETS] = {
    {"uner-english-ewt/dev.bio", 12, 0, 0, false},    {"wikigold/all.bio", 12, 1356, 0, false},
    {"re3d-without-bbc/train.bio", 10, 420, 0, true}, {"crossner/politics/train.bio", 0, 0, 0, false},
    {"crossner/politics/dev.bio", 0, 0, 0, false},
};

/* Facilities and events are places and organisations in most sets' schemes, groups are nothing. */
static enum name_type type_scored(enum name_type type)
{
    return type == NAME_FACILITY ? NAME_PLACE : type;
}

static void count_wanted(const uint8_t *truth, size_t count, struct name_score *score)
{
    for (size_t at = 0; at < count; at++)
        if (truth[at] != NAME_OUTSIDE &&
            (name_label_part(truth[at]) == NAME_FIRST || name_label_part(truth[at]) == NAME_ONLY))
            score->wanted[name_label_type(truth[at])]++;
}

static bool is_right(const struct name_span *span, const uint8_t *truth)
{
    enum name_type type = type_scored(span->type);
    if (span->end - span->first == 1)
        return truth[span->first] == name_label(type, NAME_ONLY);
    for (uint32_t at = span->first; at < span->end; at++)
        if (truth[at] != name_label(type, at == span->first     ? NAME_FIRST
                                          : at + 1 == span->end ? NAME_LAST
                                                                : NAME_MIDDLE))
            return false;
    return true;
}

static void count_spans(struct arena *arena, const struct name_sentence *sentence, const uint8_t *labels,
                        const uint8_t *truth, struct name_score *score)
{
    struct name_span_list found = {0};
    if (names_spans(arena, sentence, labels, &found))
        files_fail("memory", "too little");
    count_wanted(truth, sentence->count, score);
    for (size_t i = 0; i < found.count; i++) {
        enum name_type type = type_scored(found.items[i].type);
        if (type >= NAME_TYPES_LEARNT)
            continue;
        score->found[type]++;
        score->right[type] += is_right(&found.items[i], truth);
    }
}

static void score_story(const struct names *names, const struct word_tables *tables,
                        const struct labelled_sentence *sentences, size_t count, struct name_score *score)
{
    struct arena *scratch = arena_create((size_t)1 << 28);
    struct name_sentence *story = arena_new_array(scratch, struct name_sentence, count);
    uint8_t **labels = arena_new_array(scratch, uint8_t *, count);
    for (size_t i = 0; i < count; i++) {
        labels[i] = arena_new_array(scratch, uint8_t, sentences[i].count);
        if (name_sentence_fill(&story[i], scratch, tables, sentences[i].text, sentences[i].tokens,
                               sentences[i].count))
            files_fail("memory", "too little");
    }
    if (names_label(names, scratch, story, count, labels))
        files_fail("memory", "too little");
    for (size_t i = 0; i < count; i++)
        count_spans(scratch, &story[i], labels[i], sentences[i].labels, score);
    arena_destroy(&scratch);
}

void score_names(const struct names *names, const struct word_tables *tables,
                 const struct name_corpus *corpus, struct name_score *score)
{
    const struct labelled_sentence *sentences = corpus->sentences;
    for (size_t at = 0, end; at < corpus->count; at = end) {
        for (end = at + 1; end < corpus->count && sentences[end].story == sentences[at].story; end++)
            ;
        score_story(names, tables, sentences + at, end - at, score);
    }
}

static double f1(size_t right, size_t found, size_t wanted)
{
    return found + wanted ? 200.0 * (double)right / (double)(found + wanted) : 0;
}

void score_names_print(const char *title, const struct name_score *score)
{
    size_t right = 0, found = 0, wanted = 0;
    for (int type = 0; type < NAME_TYPES_LEARNT; type++) {
        right += score->right[type];
        found += score->found[type];
        wanted += score->wanted[type];
    }
    printf("%-32s F1 %.2f  precision %.2f recall %.2f ", title, f1(right, found, wanted),
           100.0 * (double)right / (double)found, 100.0 * (double)right / (double)wanted);
    for (int type = 0; type < NAME_TYPES_LEARNT; type++)
        printf(" %s %.1f", name_type_text((enum name_type)type),
               f1(score->right[type], score->found[type], score->wanted[type]));
    printf("  (%zu names)\n", wanted);
}

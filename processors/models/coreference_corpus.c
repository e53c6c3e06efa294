/* coreference_corpus: see the header. */
#include "processors/models/coreference_corpus.h"

#include <stdio.h>

#include "processors/models/files.h"

enum { OPEN_MAX = 64 };

struct mention {
    uint32_t first, end; /* words of the document */
    uint32_t head;       /* of those of the key */
    uint32_t key, response;
};

struct reading {
    struct arena *arena;
    const char *path;
    const struct document *document;
    struct mention *mentions; /* those of the key come first */
    size_t count, capacity, key_count;
    struct open_mention {
        uint32_t chain, first;
    } open[OPEN_MAX];
    size_t open_count;
};

static struct mention *add_mention(struct reading *reading, uint32_t first, uint32_t end)
{
    if (arena_grow(reading->arena, (void **)&reading->mentions, reading->count, &reading->capacity,
                   sizeof(*reading->mentions)))
        files_fail("memory", "too little");
    struct mention *mention = &reading->mentions[reading->count++];
    *mention = (struct mention){.first = first, .end = end, .key = CHAIN_NONE, .response = CHAIN_NONE};
    return mention;
}

static struct mention *find_mention(const struct reading *reading, uint32_t first, uint32_t end)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->mentions[i].first == first && reading->mentions[i].end == end)
            return &reading->mentions[i];
    return NULL;
}

/* ---- The key ---- */

/* The word whose own head is outside of the span. */
static uint32_t head_of(const struct document *document, uint32_t first, uint32_t end)
{
    size_t which = 0;
    while (which + 1 < document->sentence_count && document->sentence_words[which + 1] <= first)
        which++;
    const struct treebank_sentence *sentence = &document->source[which];
    uint32_t begin = document->sentence_words[which];
    for (uint32_t at = first; at < end && at - begin < sentence->count; at++) {
        uint32_t head = sentence->heads[at - begin];
        if (head == 0 || begin + head - 1 < first || begin + head - 1 >= end)
            return at;
    }
    return first;
}

static void end_mention(struct reading *reading, uint32_t chain, uint32_t end)
{
    size_t i = reading->open_count;
    while (i > 0 && reading->open[i - 1].chain != chain)
        i--;
    if (i == 0)
        files_fail(reading->path, "a mention ends that did not begin");
    uint32_t first = reading->open[i - 1].first;
    for (; i < reading->open_count; i++)
        reading->open[i - 1] = reading->open[i];
    reading->open_count--;
    if (find_mention(reading, first, end))
        return; /* in two chains: the first counts, as in the CoNLL scorer */
    struct mention *mention = add_mention(reading, first, end);
    mention->key = chain;
    mention->head = head_of(reading->document, first, end);
}

/* "(13(4(11)", "2)7)(3)", "_" */
static void read_marks(struct reading *reading, struct str marks, uint32_t word)
{
    for (size_t at = 0; at < marks.len;) {
        bool begins = marks.ptr[at] == '(';
        size_t digits = at + begins, end = digits;
        int64_t chain;
        while (end < marks.len && marks.ptr[end] >= '0' && marks.ptr[end] <= '9')
            end++;
        if (end == digits) { /* "_", "|" */
            at++;
            continue;
        }
        if (!str_to_int64(str_slice(marks, digits, end), &chain))
            files_fail(reading->path, "a chain has no number");
        if (begins && reading->open_count == OPEN_MAX)
            files_fail(reading->path, "too many mentions are open");
        if (begins)
            reading->open[reading->open_count++] = (struct open_mention){(uint32_t)chain, word};
        bool ends = end < marks.len && marks.ptr[end] == ')';
        if (ends)
            end_mention(reading, (uint32_t)chain, word + 1);
        at = end + ends;
    }
}

static void read_key(struct reading *reading)
{
    struct str rest = files_read(reading->arena, reading->path), line, number, word;
    uint32_t at = 0;
    while (rest.len && str_split(&rest, '\n', &line))
        if (str_find_byte(line, '\t', 0) > 0 && str_split(&line, '\t', &number) &&
            str_split(&line, '\t', &word))
            read_marks(reading, str_trim_ascii(line), at++);
    if (at != reading->document->word_count)
        files_fail(reading->path, "has other words than the treebank");
    reading->key_count = reading->count;
}

/* ---- newsd's answer ---- */

/* The mention of the key whose head is in the span, the shortest, not taken yet. */
static struct mention *headed(const struct reading *reading, uint32_t first, uint32_t end)
{
    struct mention *best = NULL;
    for (size_t i = 0; i < reading->key_count; i++) {
        struct mention *mention = &reading->mentions[i];
        bool holds = mention->head >= first && mention->head < end && mention->response == CHAIN_NONE;
        if (holds && (!best || mention->end - mention->first < best->end - best->first))
            best = mention;
    }
    return best;
}

/* With `exact` mentions of the key only, else what is left. */
static void add_answer(struct reading *reading, struct span span, uint32_t entity,
                       enum coreference_borders borders, bool exact)
{
    const struct document *document = reading->document;
    struct places places = document_places(document, span);
    if (places.start == PLACE_NONE)
        return;
    uint32_t first = (uint32_t)document_word_at(document, places.start);
    uint32_t end = (uint32_t)document_word_at(document, places.end - 1) + 1;
    struct mention *mention = find_mention(reading, first, end);
    if (exact ? !mention : mention != NULL && mention->response != CHAIN_NONE)
        return;
    if (!mention && borders == BORDERS_HEADS)
        mention = headed(reading, first, end);
    if (!mention)
        mention = add_mention(reading, first, end);
    if (mention->response == CHAIN_NONE)
        mention->response = entity;
}

/* Those of the same words have the first choice. */
static void add_answers(struct reading *reading, enum coreference_borders borders)
{
    const struct article *article = reading->document->article;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < article->names.count; i++)
            add_answer(reading, article->names.items[i].span, article->names.items[i].entity, borders,
                       round == 0);
        for (size_t i = 0; i < article->references.count; i++)
            add_answer(reading, article->references.items[i].span, article->references.items[i].entity,
                       borders, round == 0);
        uint32_t named = (uint32_t)article->entities.count;
        for (size_t i = 0; i < article->unnamed.count; i++)
            add_answer(reading, article->unnamed.items[i].span, named + (uint32_t)i, borders, round == 0);
        for (size_t i = 0; i < article->unnamed_references.count; i++)
            add_answer(reading, article->unnamed_references.items[i].span,
                       named + article->unnamed_references.items[i].entity, borders, round == 0);
    }
}

/* ---- Both ---- */

/* Chains by numbers from 0 without gaps, those of fewer than `least` mentions are none; yields how many. */
static size_t number_chains(struct arena *arena, uint32_t *chains, size_t count, uint32_t least)
{
    uint32_t highest = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        if (chains[i] != CHAIN_NONE && chains[i] >= highest)
            highest = chains[i] + 1;
    uint32_t *sizes = arena_new_array(arena, uint32_t, highest + 1);
    uint32_t *numbers = arena_new_array(arena, uint32_t, highest + 1);
    if (!sizes || !numbers)
        files_fail("memory", "too little");
    for (size_t i = 0; i < count; i++)
        if (chains[i] != CHAIN_NONE)
            sizes[chains[i]]++;
    for (uint32_t chain = 0; chain < highest; chain++)
        numbers[chain] = sizes[chain] >= least ? used++ : CHAIN_NONE;
    for (size_t i = 0; i < count; i++)
        if (chains[i] != CHAIN_NONE)
            chains[i] = numbers[chains[i]];
    return used;
}

void coreference_corpus_score(struct arena *arena, const char *path, const struct document *document,
                              enum coreference_borders borders, struct coreference_score *score)
{
    struct reading reading = {.arena = arena, .path = path, .document = document};
    read_key(&reading);
    add_answers(&reading, borders);
    uint32_t *key = arena_new_array(arena, uint32_t, reading.count + 1);
    uint32_t *response = arena_new_array(arena, uint32_t, reading.count + 1);
    if (!key || !response)
        files_fail("memory", "too little");
    for (size_t i = 0; i < reading.count; i++) {
        key[i] = reading.mentions[i].key;
        response[i] = reading.mentions[i].response;
    }
    struct coreference_mentions mentions = {.key = key, .response = response, .count = reading.count};
    mentions.key_chains = number_chains(arena, key, reading.count, 1);
    mentions.response_chains = number_chains(arena, response, reading.count, 2);
    if (score_coreference(arena, &mentions, score))
        files_fail("memory", "too little");
}

void coreference_print(const char *title, size_t documents, const struct coreference_score *score)
{
    static const char *const titles[COREFERENCE_MEASURES] = {"MUC", "B3", "CEAF-e"};
    double sum = 0;
    printf("%-18s %3zu documents ", title, documents);
    for (enum coreference_measure measure = 0; measure < COREFERENCE_MEASURES; measure++) {
        double f1 = coreference_f1(score, measure);
        printf(" %s %5.2f (P %4.1f R %4.1f)", titles[measure], f1, coreference_precision(score, measure),
               coreference_recall(score, measure));
        sum += f1;
    }
    printf("  mean %.2f\n", sum / COREFERENCE_MEASURES);
}

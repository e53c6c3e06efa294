/* word_evidence: see the header. */
#include "processors/models/word_evidence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "processors/html/block_classifier.h"
#include "processors/model/lookup.h"
#include "processors/models/files.h"

#define SCORE_MAX 4.0
#define MASS_MIN 1.5

struct word_mass {
    uint64_t word;
    uint32_t site;
    unsigned fold;
    float positive, negative;
};

struct word_sums {
    uint64_t word;
    size_t first, end; /* in masses, one a site */
    double for_text, against;
    unsigned sites;
};

struct voice {
    double for_text, against;
};

void word_evidence_init(struct word_evidence *evidence, struct arena *arena, unsigned sites_min,
                        float score_min)
{
    *evidence = (struct word_evidence){.arena = arena, .sites_min = sites_min, .score_min = score_min};
}

void word_evidence_add(struct word_evidence *evidence, uint64_t word, uint32_t site, unsigned fold,
                       float positive, float negative)
{
    void *items = evidence->masses;
    if (!(positive + negative > 0))
        return;
    if (arena_grow(evidence->arena, &items, evidence->count, &evidence->capacity, sizeof(struct word_mass)) <
        0)
        files_fail("memory", "too little");
    evidence->masses = items;
    evidence->masses[evidence->count++] = (struct word_mass){word, site, fold, positive, negative};
}

static int by_word_and_site(const void *a, const void *b)
{
    const struct word_mass *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->site > y->site) - (x->site < y->site);
}

/* One mass for each word and site, and the list of words. */
static void merge(struct word_evidence *evidence)
{
    size_t kept = 0;
    qsort(evidence->masses, evidence->count, sizeof(struct word_mass), by_word_and_site);
    evidence->words = arena_new_array(evidence->arena, struct word_sums, evidence->count + 1);
    if (!evidence->words)
        files_fail("memory", "too little");
    for (size_t i = 0; i < evidence->count; i++) {
        struct word_mass *mass = &evidence->masses[i], *last = kept ? &evidence->masses[kept - 1] : NULL;
        if (last && last->word == mass->word && last->site == mass->site) {
            last->positive += mass->positive;
            last->negative += mass->negative;
            continue;
        }
        if (!last || last->word != mass->word)
            evidence->words[evidence->word_count++] = (struct word_sums){.word = mass->word, .first = kept};
        evidence->masses[kept++] = *mass;
        evidence->words[evidence->word_count - 1].end = kept;
    }
    evidence->count = kept;
}

static struct voice voice_of(const struct word_mass *mass)
{
    double all = (double)mass->positive + (double)mass->negative, weight = all / 2 < 1 ? all / 2 : 1;
    return (struct voice){weight * (double)mass->positive / all, weight * (double)mass->negative / all};
}

void word_evidence_sum(struct word_evidence *evidence, unsigned but_fold)
{
    double for_text = 0, against = 0;
    if (!evidence->words)
        merge(evidence);
    evidence->but_fold = but_fold;
    for (size_t w = 0; w < evidence->word_count; w++) {
        struct word_sums *word = &evidence->words[w];
        word->for_text = word->against = 0;
        word->sites = 0;
        for (size_t i = word->first; i < word->end; i++) {
            if (evidence->masses[i].fold == but_fold)
                continue;
            struct voice voice = voice_of(&evidence->masses[i]);
            word->for_text += voice.for_text;
            word->against += voice.against;
            word->sites++;
        }
        if (word->sites < evidence->sites_min)
            continue;
        for_text += word->for_text;
        against += word->against;
    }
    evidence->prior = for_text / (for_text + against);
}

static int find_word(const void *key, const void *item)
{
    uint64_t wanted = *(const uint64_t *)key, word = ((const struct word_sums *)item)->word;
    return (wanted > word) - (wanted < word);
}

static float score(const struct word_evidence *evidence, double for_text, double against)
{
    double prior = evidence->prior;
    if (for_text + against < MASS_MIN)
        return 0;
    double odds = log((for_text + 2 * prior) / (against + 2 * (1 - prior))) - log(prior / (1 - prior));
    odds = odds < -SCORE_MAX ? -SCORE_MAX : odds > SCORE_MAX ? SCORE_MAX : odds;
    odds = round(odds * BLOCK_SCORE_UNIT) / BLOCK_SCORE_UNIT;
    return fabs(odds) < (double)evidence->score_min ? 0 : (float)odds;
}

float word_evidence_score(const struct word_evidence *evidence, uint64_t word, uint32_t but_site)
{
    const struct word_sums *sums =
        bsearch(&word, evidence->words, evidence->word_count, sizeof(*sums), find_word);
    if (!sums || sums->sites < evidence->sites_min)
        return 0;
    double for_text = sums->for_text, against = sums->against;
    unsigned sites = sums->sites;
    for (size_t i = sums->first; i < sums->end; i++) {
        if (evidence->masses[i].site != but_site || evidence->masses[i].fold == evidence->but_fold)
            continue; /* not in the sums */
        struct voice own = voice_of(&evidence->masses[i]);
        for_text -= own.for_text;
        against -= own.against;
        sites--;
    }
    return sites < evidence->sites_min ? 0 : score(evidence, for_text, against);
}

void word_evidence_write(const struct word_evidence *evidence, struct buffer *ret_section)
{
    struct lookup_entry *entries =
        arena_new_array(evidence->arena, struct lookup_entry, evidence->word_count + 1);
    size_t count = 0;
    if (!entries)
        files_fail("memory", "too little");
    for (size_t w = 0; w < evidence->word_count; w++) {
        float value = word_evidence_score(evidence, evidence->words[w].word, EVIDENCE_NO_SITE);
        entries[count].hash = evidence->words[w].word;
        entries[count].value = (uint32_t)((int)lroundf(value * BLOCK_SCORE_UNIT) + BLOCK_SCORE_ZERO);
        count += value > 0 || value < 0;
    }
    if (lookup_write(ret_section, entries, count) < 0)
        files_fail("memory", "too little");
    printf("%zu words\n", count);
}

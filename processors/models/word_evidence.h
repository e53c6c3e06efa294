/* word_evidence: for each word, how the sites that use it use it: in what is text of an article or beside it.
 * Each site has one voice, so that no large site rules.
 *
 * Of site s, share_s is the positive part of the word's mass, u_s = min(1, mass / 2). A = sum of u_s share_s,
 * B = sum of u_s (1 - share_s) over sites, q = A / (A + B) over all words. A word's score is
 * log((A + 2q) / (B + 2(1 - q))) - log(q / (1 - q)), within 4, 0 when A + B < 1.5. The site that asks is left
 * out of its words' sums, or a model would learn what it will not know of new sites. */
#ifndef NEWSD_PROCESSORS_MODELS_WORD_EVIDENCE_H
#define NEWSD_PROCESSORS_MODELS_WORD_EVIDENCE_H

#include "base/arena.h"
#include "base/buffer.h"

struct word_evidence {
    struct arena *arena;
    struct word_mass *masses;
    size_t count, capacity;
    struct word_sums *words; /* sorted by hash; made by word_evidence_sum() */
    size_t word_count;
    double prior;
    unsigned but_fold;  /* what the sums leave out */
    unsigned sites_min; /* words of fewer sites, */
    float score_min;    /* and scores nearer to 0, count as 0 */
};

enum { EVIDENCE_ALL_FOLDS = 255, EVIDENCE_NO_SITE = UINT32_MAX };

void word_evidence_init(struct word_evidence *evidence, struct arena *arena, unsigned sites_min,
                        float score_min);
/* Masses of one word on one page. */
void word_evidence_add(struct word_evidence *evidence, uint64_t word, uint32_t site, unsigned fold,
                       float positive, float negative);
/* Sums over all sites outside the fold; to be called again for another fold. */
void word_evidence_sum(struct word_evidence *evidence, unsigned but_fold);
/* The score, rounded as the model's tables are. */
float word_evidence_score(const struct word_evidence *evidence, uint64_t word, uint32_t but_site);
/* Appends the lookup section of all words whose score is not 0. */
void word_evidence_write(const struct word_evidence *evidence, struct buffer *ret_section);

#endif

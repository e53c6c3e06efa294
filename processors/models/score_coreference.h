/* score_coreference: how well chains of mentions agree with the true ones. Pure. For the programs that look.
 *
 *     MUC      links: Vilain, Burger, Aberdeen, Connolly and Hirschman 1995, "A model-theoretic coreference
 *              scoring scheme", MUC-6
 *     B3       mentions: Bagga and Baldwin 1998, "Algorithms for scoring coreference chains", LREC workshop
 *     CEAF-e   chains, one to one, by phi4: Luo 2005, "On coreference resolution performance metrics", HLT;
 *              the best assignment after Kuhn 1955 and Munkres 1957
 *
 * Mentions that one side alone has count as in the CoNLL scorer (Pradhan et al. 2014, ACL): for MUC each is a
 * part of its own, for B3 it is wholly wrong. Parts and wholes are summed over documents before they are
 * divided. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_COREFERENCE_H
#define NEWSD_PROCESSORS_MODELS_SCORE_COREFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum coreference_measure { COREFERENCE_MUC, COREFERENCE_B3, COREFERENCE_CEAF_E, COREFERENCE_MEASURES };

#define CHAIN_NONE UINT32_MAX

/* The mentions of a document, of either side: mention i is of the chain key[i] by the truth, of response[i]
 * by what is looked at; CHAIN_NONE = that side does not have it. Chains are counted from 0, none is empty. */
struct coreference_mentions {
    const uint32_t *key, *response;
    size_t count, key_chains, response_chains;
};

struct coreference_score {
    struct coreference_parts {
        double recalled, recall_whole, precise, precision_whole;
    } of[COREFERENCE_MEASURES];
};

/* Adds a document. Scratch in the arena; 0 or -ENOMEM, and nothing is added then. Any thread. */
int score_coreference(struct arena *arena, const struct coreference_mentions *mentions,
                      struct coreference_score *score);

/* In per cent; 0 where there is nothing to divide by. */
double coreference_recall(const struct coreference_score *score, enum coreference_measure measure);
double coreference_precision(const struct coreference_score *score, enum coreference_measure measure);
double coreference_f1(const struct coreference_score *score, enum coreference_measure measure);

#endif

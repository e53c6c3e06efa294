/* party_candidates: who may do an act, and to whom: those whom its clause, its sentence, the events before
 * and the article name, and nobody; what speaks for each as the numbers of features, which party_choice.c
 * weighs and models/train_parties.c learns. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_PARTY_CANDIDATES_H
#define NEWSD_PROCESSORS_MEANING_PARTY_CANDIDATES_H

#include "processors/meaning/actors.h"

enum { PARTY_CANDIDATES_MAX = 40, PARTY_FEATURES_MAX = 32 };

struct party_candidate {
    struct event_actor actors[EVENT_ACTORS_MAX];
    size_t count;   /* 0 = nobody */
    bool by_clause; /* what the clause says */
    bool placed;    /* where its words stand is among the features */
    uint16_t features[PARTY_FEATURES_MAX];
    size_t feature_count;
};

/* How many features there are: theirs are the numbers below. */
size_t party_feature_count(void);

/* Fills the candidates for one side of an event whose code and, by its clause, sources and targets are known;
 * `at`: its verb or noun in the tree. The first is nobody; their number. */
size_t party_candidates(const struct actor_finder *finder, const struct tree *tree, uint32_t at,
                        const struct coded_event *event, enum party party,
                        struct party_candidate ret_candidates[PARTY_CANDIDATES_MAX]);

/* How likely the candidate is among those of its event, as the weights of party_weight_table.h say: the
 * logarithm of its share, less the same number for all. */
float party_candidate_score(const struct party_candidate *candidate, enum party party);

#endif

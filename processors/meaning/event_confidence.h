/* event_confidence: how likely it is that what a rule has found is an event that the text tells: by the act,
 * the words that say it, where they stand, and how much is known of who does it to whom. Pure; any thread.
 *
 * The weights are learnt from the own corpus (event_weight_table.h, made by models/train_confidence.c): a
 * logistic model of whether an annotator marks an event of that CAMEO root in the sentence. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_CONFIDENCE_H
#define NEWSD_PROCESSORS_MEANING_EVENT_CONFIDENCE_H

#include "processors/article.h"
#include "processors/meaning/clauses.h"
#include "processors/meaning/stances.h"

/* What was found, before it is coded. */
struct event_find {
    const struct article *article;
    const struct coded_event *event; /* code, actors, modality and sentence are known */
    const struct clause *clause;
    const struct clause_match *match;
    const struct stand *stand;
    uint32_t sentence;
    int tried;                   /* rules of the word that were tried before */
    bool suffices;               /* by parties_suffice() */
    bool own_source, own_target; /* the clause says who, and to whom */
    bool private;                /* parties_private() */
    bool blames_thing;           /* an accusation of nobody */
    bool occurs;                 /* a noun of which a verb says that it is */
};

/* How many features there are: theirs are the numbers below. */
size_t event_confidence_features(void);

/* The numbers of the features that it has, at most EVENT_FEATURES_MAX; how many. */
size_t event_confidence_read(const struct event_find *find, uint16_t ret_features[EVENT_FEATURES_MAX]);

/* 0 to 1. */
float event_confidence(const uint16_t *features, size_t count);

#endif

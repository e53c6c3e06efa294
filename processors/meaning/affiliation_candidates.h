/* affiliation_candidates: of which country somebody may be where no word of the role says it: "Foreign
 * Minister Ana Ruiz". The countries that the article names are the candidates; what speaks for each are the
 * numbers of features, which affiliations.c weighs and models/train_affiliations.c learns. Pure; any thread.
 */
#ifndef NEWSD_PROCESSORS_MEANING_AFFILIATION_CANDIDATES_H
#define NEWSD_PROCESSORS_MEANING_AFFILIATION_CANDIDATES_H

#include "processors/article.h"

enum { AFFILIATION_CANDIDATES_MAX = 32, AFFILIATION_FEATURES_MAX = 64 };

struct affiliation_candidate {
    char country[3]; /* ISO 3166-1 alpha-2 */
    uint16_t features[AFFILIATION_FEATURES_MAX];
    size_t feature_count;
};

/* Somewhere in an article a country is named, or somebody or something of it. */
struct country_mention {
    char country[3];
    uint32_t sentence, token; /* its head, of the article's tokens */
    uint32_t entity;
};

struct affiliation_scene {
    const struct article *article;
    char home[3];                           /* home_country.h */
    const struct country_mention *mentions; /* in the order of the text */
    size_t mention_count;
};

/* In the article's arena. Needs names, roles, references and trees. 0 or -ENOMEM. */
int affiliation_scene_fill(struct affiliation_scene *ret_scene, const struct article *article);

/* How many features there are: theirs are the numbers below. */
size_t affiliation_feature_count(void);

/* The candidates for a person, by its place among the article's entities; their number. */
size_t affiliation_candidates(const struct affiliation_scene *scene, uint32_t person,
                              struct affiliation_candidate ret_candidates[AFFILIATION_CANDIDATES_MAX]);

/* How likely the candidate is among those of its person, as the weights of affiliation_weight_table.h say:
 * the logarithm of its share, less the same number for all. */
float affiliation_candidate_score(const struct affiliation_candidate *candidate);

#endif

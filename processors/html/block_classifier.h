/* block_classifier: which blocks of a page are its article's text, by a small learned model.
 *
 * Two forests (model/forest.h) look at each block: the first at the block, its elements, and learned scores
 * of their names and words; the second again, with what the first thought of the blocks around. Both were
 * trained on pages of many sites and languages (processors/models/train_pages.c); no list of class names or
 * words is written by hand. */
#ifndef NEWSD_PROCESSORS_HTML_BLOCK_CLASSIFIER_H
#define NEWSD_PROCESSORS_HTML_BLOCK_CLASSIFIER_H

#include "base/error.h"
#include "processors/html/block_features.h"
#include "processors/model/model.h"

struct block_classifier;

/* Pages with more blocks are lists, archives or attacks, and are not looked at. */
enum { BLOCK_CLASSIFIER_BLOCKS_MAX = 20000 };

/* Scores stand in the model's tables as this many parts of 1, from this value for 0 on. */
enum { BLOCK_SCORE_UNIT = 32, BLOCK_SCORE_ZERO = 129 };

/* From a model of kind "pages", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. Read-only
 * afterwards: shared by all workers. */
int block_classifier_create(struct block_classifier **ret_classifier, struct model *model,
                            struct error *error);
void block_classifier_destroy(struct block_classifier **classifier);

/* The probability of each block to be of the article; *ret_p in the arena. 0, -ENOMEM, ERR_LIMIT (too many
 * blocks), ERR_DEADLINE. */
int block_classifier_run(const struct block_classifier *classifier, struct arena *arena,
                         struct page_blocks *page, const struct page_facts *facts, float **ret_p);

#endif

/* block_features: what is known of each block of a page, as numbers for block_classifier.h. Each is a column;
 * their order is the model's, so that a change raises BLOCK_FEATURES_VERSION. Pure; any thread; linear in
 * blocks and elements.
 *
 * A good block has 80 characters or more, less than half of them in links; G is the number of characters in
 * the page's good blocks. The owner is the element that holds the block, 1, 2, 3 are those above it.
 * Logarithms are of 1 + x. */
#ifndef NEWSD_PROCESSORS_HTML_BLOCK_FEATURES_H
#define NEWSD_PROCESSORS_HTML_BLOCK_FEATURES_H

#include "processors/html/page_blocks.h"

enum { BLOCK_FEATURES_VERSION = 1 };

enum block_feature {
    /* The block, and its place on the page. */
    FEATURE_LINK, /* share of characters in links, in bold */
    FEATURE_BOLD,
    FEATURE_LINK_BEFORE, /* of the block before; -1 at the start */
    FEATURE_GOOD_BEFORE, /* share of G before, after */
    FEATURE_GOOD_AFTER,
    FEATURE_CHARS_BEFORE, /* share of the page's characters before, after */
    FEATURE_CHARS_AFTER,
    FEATURE_FROM_TITLE,     /* blocks since the title's block, within -60 .. 200; -99 when there is none */
    FEATURE_FROM_HEADING,   /* since the last heading, up to 60; 99 */
    FEATURE_FROM_LARGEST,   /* since the largest good block, within 100; -200 */
    FEATURE_IN_DESCRIPTION, /* share of its words in the page's description; -1 without one */
    FEATURE_DESCRIPTION_IN, /* share of the description's words in it */
    FEATURE_LIKE_TITLE,     /* Jaccard's index with the nearest title */
    FEATURE_TAG,            /* the owner's */
    FEATURE_SIBLINGS,       /* children of 1 that hold text; children of 1 */
    FEATURE_CHILDREN,
    /* The elements above. */
    FEATURE_UP_TO_TOP, /* steps up to the top element; -1 when it is not above */
    FEATURE_TOP_GOOD,  /* share of G in the top element */
    FEATURE_GOOD_0,    /* share of G in the owner, 1, 2, 3 */
    FEATURE_GOOD_1,
    FEATURE_GOOD_2,
    FEATURE_GOOD_3,
    FEATURE_CHARS_1, /* logarithm of characters */
    FEATURE_CHARS_2,
    FEATURE_CHARS_3,
    FEATURE_LINKS_1, /* share of characters in links */
    FEATURE_LINKS_2,
    FEATURE_LINKS_3,
    FEATURE_GOODNESS_1, /* share of its blocks that are good */
    FEATURE_GOODNESS_2,
    FEATURE_BLOCKS_2, /* number of blocks */
    FEATURE_BLOCKS_3,
    FEATURE_UP_TO_MOST, /* steps up to the lowest element with 75 % of G; -1 */
    FEATURE_MOST_LINKS, /* share of characters in links of it; of the lowest with 40 % of G */
    FEATURE_MUCH_LINKS,
    FEATURE_LARGEST_DOWN, /* steps from the largest good block's owner up to the lowest common element */
    FEATURE_LARGEST_GOOD, /* good blocks in that element */
    /* Blocks whose elements look the same. */
    FEATURE_LIKE_COUNT, /* logarithm of their number; their share of the page's characters */
    FEATURE_LIKE_CHARS,
    FEATURE_LIKE_LINK, /* mean share of links; logarithm of mean characters; share that is good */
    FEATURE_LIKE_LENGTH,
    FEATURE_LIKE_GOOD,
    /* The page. */
    FEATURE_PAGE_GOOD, /* logarithm of G, of the number of good blocks, of all blocks; share of links */
    FEATURE_PAGE_GOOD_BLOCKS,
    FEATURE_PAGE_BLOCKS,
    FEATURE_PAGE_LINKS,
    /* Scores of names: of the owner, 1, 2, the next block's owner; the lowest and highest of a name from the
     * page down to the owner; their fading sum; that sum from 3 on. */
    FEATURE_NAMES_0,
    FEATURE_NAMES_1,
    FEATURE_NAMES_2,
    FEATURE_NAMES_NEXT,
    FEATURE_NAMES_LOWEST,
    FEATURE_NAMES_HIGHEST,
    FEATURE_NAMES_SUM,
    FEATURE_NAMES_NEAR,
    /* Scores of words: mean, lowest; of the first word as such; of the blocks beside; of the last heading. */
    FEATURE_WORDS_MEAN,
    FEATURE_WORDS_LOWEST,
    FEATURE_WORDS_FIRST,
    FEATURE_WORDS_BEFORE,
    FEATURE_WORDS_NEXT,
    FEATURE_HEADING_MEAN,
    FEATURE_HEADING_NAMES,
    /* What the first pass thought: the block and five on each side (-1 past the ends). The mass of a block is
     * its probability times the root of its words. */
    FEATURE_P,
    FEATURE_P_NEAR,                     /* ten of them: five before, five behind, from the first on */
    FEATURE_MASS = FEATURE_P_NEAR + 10, /* share of the page's mass; up to and with the block; from it on */
    FEATURE_MASS_BEFORE,
    FEATURE_MASS_AFTER,
    FEATURE_P_1, /* mean over the other blocks of 1, of 2, of those that look the same, under the same */
    FEATURE_P_2, /* heading, within eight on each side; -1 when there are none */
    FEATURE_P_LIKE,
    FEATURE_P_HEADING,
    FEATURE_P_WINDOW,
    FEATURE_RUN_BEFORE, /* mass of the three blocks before, behind */
    FEATURE_RUN_AFTER,
    FEATURE_IN_BEST,    /* 1 in the smallest element with 80 % of the mass */
    FEATURE_FROM_FIRST, /* blocks from the first, the last sure block; from the nearest before, behind */
    FEATURE_FROM_LAST,
    FEATURE_GAP_BEFORE,
    FEATURE_GAP_AFTER,
    BLOCK_FEATURES
};

/* What the page tells machines of its article; each may be absent. */
struct page_facts {
    struct str title, other_title; /* og:title or twitter:title; the title element */
    struct str description;
};

/* The strings lie in the tree. */
void page_facts_read(const struct dom *dom, struct page_facts *ret_facts);

/* The scores of the page's words and names, by their numbers in its vocabularies; above 0 speaks for text. */
struct block_scores {
    const float *words, *first_words; /* a word wherever it stands; at the beginning of a block */
    const float *names;
};

/* Blocks longer than this are not judged by their words. */
enum { BLOCK_SCORED_WORDS_MAX = 40 };

/* Fills all columns but those of the second pass, for all blocks: rows[block * BLOCK_FEATURES + feature].
 * 0 or -ENOMEM. May add words to the page's vocabulary (without scores). */
int block_features_first(struct arena *arena, struct page_blocks *page, const struct page_facts *facts,
                         const struct block_scores *scores, float *rows);

/* Only the columns of names and words. 0 or -ENOMEM. */
int block_features_scores(struct arena *arena, const struct page_blocks *page,
                          const struct block_scores *scores, float *rows);

/* Fills the columns of the second pass from what the first said of each block. 0 or -ENOMEM. */
int block_features_second(struct arena *arena, const struct page_blocks *page, const float *p, float *rows);

#endif

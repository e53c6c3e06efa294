/* block_features: the first pass: sums over elements (children stand behind their parents, so one loop from
 * the end adds each to its parent), then a row for each block. */
#include "processors/html/block_features.h"

#include <errno.h>
#include <math.h>

enum {
    GOOD_CHARS = 80,
    TITLES = 3, /* of the facts, and the title's block itself */
    DESCRIPTION_WORDS_MIN = 6,
    LIKE_HEADING_WORDS_MIN = 3, /* of a block that may be the title where there is no h1 */
    LIKE_HEADING_WORDS_MAX = 40,
};
#define LIKE_HEADING_MIN 0.75f /* and its Jaccard index must be over this */

/* Sums over an element and all in it. */
struct sums {
    uint32_t chars, good_chars, blocks, good_blocks, children, children_with_text;
    float linked;
    float points;        /* of the search for the top element */
    uint32_t most, much; /* lowest element from here up with 75 %, 40 % of G; PAGE_NO_ELEMENT */
    uint32_t common;     /* lowest element from here up that holds the largest good block too */
};

struct like {
    uint32_t count, chars, good;
    float link;
};

/* What is known of a word: which titles it stands in, whether in the description, the last block that had it.
 */
struct word_use {
    uint32_t seen_in; /* number of the block + 1 */
    uint8_t titles;
    bool described;
};

struct features {
    struct arena *arena;
    struct page_blocks *page;
    struct sums *sums;
    struct like *likes;
    struct word_use *uses;
    uint32_t title_words[TITLES + 1]; /* distinct words of each title */
    uint32_t described;               /* distinct words of the description */
    bool has_description;
    uint32_t top, largest, title_block; /* block_count: none */
    float *rows;
};

static bool is_good(const struct page_block *block)
{
    return block->chars >= GOOD_CHARS && block->link < 0.5f;
}

static float share(float part, float all)
{
    return part / (all > 1 ? all : 1);
}

/* ---- The page's facts ---- */

void page_facts_read(const struct dom *dom, struct page_facts *ret_facts)
{
    struct str twitter = STR_NONE, plain = STR_NONE;
    *ret_facts = (struct page_facts){0};
    for (uint32_t i = 0; i < dom->count; i++) {
        enum html_tag tag = dom->nodes[i].tag;
        if (tag == TAG_TITLE && !ret_facts->other_title.ptr && i + 1 < dom->nodes[i].end &&
            dom->nodes[i + 1].tag == TAG_TEXT)
            ret_facts->other_title = dom->nodes[i + 1].text;
        if (tag != TAG_META)
            continue;
        struct str name = dom_attribute(dom, i, "property");
        struct str content = dom_attribute(dom, i, "content");
        name = name.ptr ? name : dom_attribute(dom, i, "name");
        if (!name.len || !content.len)
            continue;
        if (str_equal_nocase(name, STR("og:title")) && !ret_facts->title.ptr)
            ret_facts->title = content;
        else if (str_equal_nocase(name, STR("twitter:title")) && !twitter.ptr)
            twitter = content;
        else if (str_equal_nocase(name, STR("og:description")) && !ret_facts->description.ptr)
            ret_facts->description = content;
        else if (str_equal_nocase(name, STR("description")) && !plain.ptr)
            plain = content;
    }
    ret_facts->title = ret_facts->title.ptr ? ret_facts->title : twitter;
    ret_facts->description = ret_facts->description.ptr ? ret_facts->description : plain;
}

/* ---- Words of titles and the description ---- */

/* The word's use; the list has a place for all words of page and facts. */
static int read_fact(struct features *features, struct str text, int title)
{
    uint32_t *words, count;
    int code = page_blocks_words(features->arena, &features->page->word_vocabulary, text, &words, &count);
    for (uint32_t i = 0; code == 0 && i < count; i++) {
        struct word_use *use = &features->uses[words[i]];
        if (title < 0) {
            features->described += !use->described;
            use->described = true;
        } else {
            features->title_words[title] += !(use->titles >> title & 1);
            use->titles |= (uint8_t)(1 << title);
        }
    }
    features->has_description |= title < 0 && count >= DESCRIPTION_WORDS_MIN;
    return code;
}

struct agreement {
    uint32_t distinct, described; /* words; those of the description */
    uint32_t in_description;      /* words with repetition that are in the description */
    float title;                  /* the best Jaccard index */
};

static struct agreement agreement_of(struct features *features, uint32_t number, uint32_t titles)
{
    const struct page_block *block = &features->page->blocks[number];
    struct agreement found = {0};
    uint32_t common[TITLES + 1] = {0};
    for (uint32_t i = 0; i < block->word_count; i++) {
        struct word_use *use = &features->uses[features->page->words[block->first_word + i]];
        found.in_description += use->described;
        if (use->seen_in == number + 1)
            continue;
        use->seen_in = number + 1;
        found.distinct++;
        found.described += use->described;
        for (uint32_t t = 0; use->titles && t < titles; t++)
            common[t] += use->titles >> t & 1;
    }
    for (uint32_t i = 0; i < block->word_count; i++) /* so that the block may be looked at again */
        features->uses[features->page->words[block->first_word + i]].seen_in = 0;
    for (uint32_t t = 0; t < titles; t++) {
        uint32_t all = found.distinct + features->title_words[t] - common[t];
        float index = all && features->title_words[t] ? (float)common[t] / (float)all : 0;
        found.title = index > found.title ? index : found.title;
    }
    return found;
}

/* The h1 that agrees best with the titles; without an h1 another short block that nearly is one of them. */
static uint32_t find_title(struct features *features)
{
    const struct page_blocks *page = features->page;
    uint32_t best = page->block_count;
    float best_index = -1;
    for (uint32_t i = 0; i < page->block_count; i++) {
        if (page->elements[page->blocks[i].owner].tag != TAG_H1)
            continue;
        float index = agreement_of(features, i, TITLES).title;
        if (index > best_index) {
            best_index = index;
            best = i;
        }
    }
    for (uint32_t i = 0; best == page->block_count && i < page->block_count; i++) {
        enum html_tag tag = page->elements[page->blocks[i].owner].tag;
        uint32_t words = page->blocks[i].word_count;
        if ((tag == TAG_H2 || tag == TAG_H3 || tag == TAG_P || tag == TAG_DIV) &&
            words >= LIKE_HEADING_WORDS_MIN && words <= LIKE_HEADING_WORDS_MAX &&
            agreement_of(features, i, TITLES).title > LIKE_HEADING_MIN)
            return i;
    }
    return best;
}

static int read_words(struct features *features, const struct page_facts *facts)
{
    struct page_blocks *page = features->page;
    size_t most =
        page->word_vocabulary.count + facts->title.len + facts->other_title.len + facts->description.len + 1;
    features->uses = arena_new_array(features->arena, struct word_use, most);
    if (!features->uses)
        return -ENOMEM;
    int code = read_fact(features, facts->title, 0);
    code = code < 0 ? code : read_fact(features, facts->other_title, 1);
    code = code < 0 ? code : read_fact(features, facts->description, -1);
    if (code < 0)
        return code;
    features->title_block = find_title(features);
    if (features->title_block == page->block_count)
        return 0;
    const struct page_block *title = &page->blocks[features->title_block];
    for (uint32_t i = 0; i < title->word_count; i++) {
        struct word_use *use = &features->uses[page->words[title->first_word + i]];
        features->title_words[TITLES] += !(use->titles >> TITLES & 1);
        use->titles |= 1 << TITLES;
    }
    return 0;
}

/* ---- Sums ---- */

/* Text directly in these speaks for the element around them. */
static bool is_part_of_parent(enum html_tag tag)
{
    return tag == TAG_P || tag == TAG_LI || tag == TAG_BLOCKQUOTE || tag == TAG_H2 || tag == TAG_H3 ||
           tag == TAG_H4 || tag == TAG_PRE || tag == TAG_TD;
}

static void give_points(struct features *features, const struct page_block *block)
{
    static const float parts[] = {1, 0.5f, 0.33f};
    const struct page_element *elements = features->page->elements;
    float length = (float)block->chars / 100;
    float points = 1 + (float)block->commas + (length < 3 ? length : 3);
    if (elements[block->owner].context & (CONTEXT_NAV | CONTEXT_FOOTER | CONTEXT_HIDDEN))
        points *= 0.3f;
    uint32_t at = block->owner;
    if (is_part_of_parent(elements[at].tag))
        at = elements[at].parent;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        features->sums[at].points += points * parts[i];
        if (at == 0)
            break;
        at = elements[at].parent;
    }
}

static void sum_up(struct features *features)
{
    const struct page_blocks *page = features->page;
    struct sums *sums = features->sums;
    float largest = 0;
    features->largest = page->block_count;
    for (uint32_t i = 0; i < page->block_count; i++) {
        const struct page_block *block = &page->blocks[i];
        struct sums *owner = &sums[block->owner];
        struct like *like = &features->likes[block->like];
        bool good = is_good(block);
        owner->chars += block->chars;
        owner->linked += block->link * (float)block->chars;
        owner->blocks++;
        like->count++;
        like->chars += block->chars;
        like->link += block->link;
        like->good += good;
        if (!good)
            continue;
        owner->good_chars += block->chars;
        owner->good_blocks++;
        give_points(features, block);
        float weight = (float)block->chars * (1 - block->link);
        if (!(page->elements[block->owner].context & CONTEXT_HIDDEN) && weight > largest) {
            largest = weight;
            features->largest = i;
        }
    }
    for (uint32_t i = page->element_count; i-- > 1;) {
        struct sums *up = &sums[page->elements[i].parent];
        up->chars += sums[i].chars;
        up->linked += sums[i].linked;
        up->good_chars += sums[i].good_chars;
        up->blocks += sums[i].blocks;
        up->good_blocks += sums[i].good_blocks;
        up->children++;
        up->children_with_text += sums[i].blocks > 0;
    }
}

static float links_of(const struct sums *sums)
{
    return share(sums->linked, (float)sums->chars);
}

/* The element with most points; and from each element up, the lowest that hold much of the good text. */
static void find_elements(struct features *features)
{
    const struct page_blocks *page = features->page;
    struct sums *sums = features->sums;
    float best = -1, all = (float)(sums[0].good_chars ? sums[0].good_chars : 1);
    for (uint32_t i = 0; i < page->element_count; i++) {
        float points = sums[i].points * (1 - links_of(&sums[i]));
        uint32_t parent = page->elements[i].parent;
        if (sums[i].points > 0 && points > best) {
            best = points;
            features->top = i;
        }
        sums[i].most = (float)sums[i].good_chars >= 0.75f * all ? i : i ? sums[parent].most : PAGE_NO_ELEMENT;
        sums[i].much = (float)sums[i].good_chars >= 0.4f * all ? i : i ? sums[parent].much : PAGE_NO_ELEMENT;
        sums[i].common = PAGE_NO_ELEMENT;
    }
    uint32_t at = features->largest < page->block_count ? page->blocks[features->largest].owner : 0;
    for (;; at = page->elements[at].parent) {
        sums[at].common = at;
        if (at == 0)
            break;
    }
    for (uint32_t i = 1; i < page->element_count; i++)
        if (sums[i].common == PAGE_NO_ELEMENT)
            sums[i].common = sums[page->elements[i].parent].common;
}

/* ---- Rows ---- */

static float tag_code(enum html_tag tag)
{
    static const enum html_tag tags[] = {TAG_P,          TAG_DIV, TAG_LI, TAG_H1, TAG_H2,      TAG_H3,
                                         TAG_H4,         TAG_H5,  TAG_H6, TAG_TD, TAG_TH,      TAG_BLOCKQUOTE,
                                         TAG_FIGCAPTION, TAG_PRE, TAG_DD, TAG_DT, TAG_SECTION, TAG_ARTICLE};
    size_t i = 0;
    while (i < sizeof(tags) / sizeof(tags[0]) && tags[i] != tag)
        i++;
    return (float)i;
}

static float within(int64_t value, int64_t low, int64_t high)
{
    return (float)(value < low ? low : value > high ? high : value);
}

static void fill_elements(const struct features *features, const struct page_block *block, float *row)
{
    const struct page_element *elements = features->page->elements;
    const struct sums *sums = features->sums;
    float all = (float)sums[0].good_chars;
    uint32_t above[4] = {block->owner};
    for (int k = 1; k < 4; k++)
        above[k] = elements[above[k - 1]].parent;
    for (int k = 0; k < 4; k++)
        row[FEATURE_GOOD_0 + k] = share((float)sums[above[k]].good_chars, all);
    for (int k = 1; k < 4; k++) {
        row[FEATURE_CHARS_1 + k - 1] = log1pf((float)sums[above[k]].chars);
        row[FEATURE_LINKS_1 + k - 1] = links_of(&sums[above[k]]);
    }
    for (int k = 1; k < 3; k++)
        row[FEATURE_GOODNESS_1 + k - 1] =
            share((float)sums[above[k]].good_blocks, (float)sums[above[k]].blocks);
    row[FEATURE_BLOCKS_2] = (float)sums[above[2]].blocks;
    row[FEATURE_BLOCKS_3] = (float)sums[above[3]].blocks;
    row[FEATURE_SIBLINGS] = (float)sums[above[1]].children_with_text;
    row[FEATURE_CHILDREN] = (float)sums[above[1]].children;

    uint32_t depth = elements[block->owner].depth, top = features->top;
    uint32_t at = block->owner;
    while (elements[at].depth > elements[top].depth)
        at = elements[at].parent;
    row[FEATURE_UP_TO_TOP] = at == top ? (float)(depth - elements[top].depth) : -1;
    row[FEATURE_TOP_GOOD] = share((float)sums[top].good_chars, all);
    uint32_t most = sums[block->owner].most, much = sums[block->owner].much;
    row[FEATURE_UP_TO_MOST] = most == PAGE_NO_ELEMENT ? -1 : (float)(depth - elements[most].depth);
    row[FEATURE_MOST_LINKS] = most == PAGE_NO_ELEMENT ? 0 : links_of(&sums[most]);
    row[FEATURE_MUCH_LINKS] = much == PAGE_NO_ELEMENT ? 0 : links_of(&sums[much]);
    uint32_t common = sums[block->owner].common, largest = features->largest;
    uint32_t from = largest < features->page->block_count ? features->page->blocks[largest].owner : 0;
    row[FEATURE_LARGEST_DOWN] = (float)(elements[from].depth - elements[common].depth);
    row[FEATURE_LARGEST_GOOD] = (float)sums[common].good_blocks;
}

static void fill_like(const struct features *features, const struct page_block *block, float *row)
{
    const struct like *like = &features->likes[block->like];
    float count = (float)like->count;
    row[FEATURE_LIKE_COUNT] = log1pf(count);
    row[FEATURE_LIKE_CHARS] = share((float)like->chars, (float)features->sums[0].chars);
    row[FEATURE_LIKE_LINK] = like->link / count;
    row[FEATURE_LIKE_LENGTH] = log1pf((float)like->chars / count);
    row[FEATURE_LIKE_GOOD] = (float)like->good / count;
}

static void fill_page(const struct features *features, float *row)
{
    const struct sums *page = &features->sums[0];
    row[FEATURE_PAGE_GOOD] = log1pf((float)(page->good_chars ? page->good_chars : 1));
    row[FEATURE_PAGE_GOOD_BLOCKS] = log1pf((float)page->good_blocks);
    row[FEATURE_PAGE_BLOCKS] = log1pf((float)features->page->block_count);
    row[FEATURE_PAGE_LINKS] = links_of(page);
}

static void fill_agreement(struct features *features, uint32_t number, float *row)
{
    const struct page_block *block = &features->page->blocks[number];
    struct agreement found = agreement_of(features, number, TITLES + 1);
    bool described = features->has_description;
    row[FEATURE_LIKE_TITLE] = found.title;
    row[FEATURE_IN_DESCRIPTION] =
        described ? share((float)found.in_description, (float)block->word_count) : -1;
    row[FEATURE_DESCRIPTION_IN] = described ? share((float)found.described, (float)features->described) : -1;
}

static void fill_rows(struct features *features)
{
    const struct page_blocks *page = features->page;
    float chars = 0, good = 0, all_chars = (float)features->sums[0].chars;
    float all_good = (float)features->sums[0].good_chars;
    int64_t heading = -1;
    for (uint32_t i = 0; i < page->block_count; i++) {
        const struct page_block *block = &page->blocks[i];
        float *row = features->rows + (size_t)i * BLOCK_FEATURES;
        float own_good = is_good(block) ? (float)block->chars : 0;
        row[FEATURE_LINK] = block->link;
        row[FEATURE_BOLD] = block->bold;
        row[FEATURE_LINK_BEFORE] = i ? page->blocks[i - 1].link : -1;
        row[FEATURE_GOOD_BEFORE] = share(good, all_good);
        row[FEATURE_GOOD_AFTER] = 1 - share(good + own_good, all_good);
        row[FEATURE_CHARS_BEFORE] = share(chars, all_chars);
        row[FEATURE_CHARS_AFTER] = 1 - share(chars + (float)block->chars, all_chars);
        row[FEATURE_FROM_TITLE] = features->title_block < page->block_count
                                      ? within((int64_t)i - features->title_block, -60, 200)
                                      : -99;
        row[FEATURE_FROM_HEADING] = heading < 0 ? 99 : within((int64_t)i - heading, 0, 60);
        row[FEATURE_FROM_LARGEST] =
            features->largest < page->block_count ? within((int64_t)i - features->largest, -100, 100) : -200;
        row[FEATURE_TAG] = tag_code(page->elements[block->owner].tag);
        fill_agreement(features, i, row);
        fill_elements(features, block, row);
        fill_like(features, block, row);
        fill_page(features, row);
        chars += (float)block->chars;
        good += own_good;
        heading = page_blocks_is_heading(page, block) ? (int64_t)i : heading;
    }
}

int block_features_first(struct arena *arena, struct page_blocks *page, const struct page_facts *facts,
                         const struct block_scores *scores, float *rows)
{
    struct features features = {.arena = arena, .page = page, .rows = rows};
    features.sums = arena_new_array(arena, struct sums, page->element_count);
    features.likes = arena_new_array(arena, struct like, page->like.count + 1);
    if (!features.sums || !features.likes)
        return -ENOMEM;
    int code = read_words(&features, facts);
    if (code < 0)
        return code;
    sum_up(&features);
    find_elements(&features);
    fill_rows(&features);
    return block_features_scores(arena, page, scores, rows);
}

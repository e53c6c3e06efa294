/* page_blocks: a page as a row of blocks of text, each with the block element that holds it. Nothing is
 * judged here: what is a block of the article is for block_classifier.h. Pure; any thread; linear.
 *
 *     struct page_blocks page;
 *     code = page_blocks_read(arena, dom, &page);                 // 0, -ENOMEM, ERR_DEADLINE
 *     for (uint32_t i = 0; i < page.block_count; i++) ... page.blocks[i] ...
 *
 * A block is the text between two ends; block elements (opening and closing), and a second <br> in a row, are
 * ends. Scripts, forms' fields, drawings and the like have no text. Blocks without a word are left out. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_BLOCKS_H
#define NEWSD_PROCESSORS_HTML_PAGE_BLOCKS_H

#include "processors/html/dom.h"
#include "processors/html/vocabulary.h"

/* What an element is in, as far as its tag, role and style say. */
enum page_context { CONTEXT_NAV = 1, CONTEXT_FOOTER = 2, CONTEXT_HIDDEN = 4 };

/* What a node is in, directly or not. */
enum page_inside { INSIDE_LINK = 1, INSIDE_STRONG = 2, INSIDE_ITALICS = 4 };

/* A block element; its parent (the next block element around it) comes before it. The first stands for the
 * page itself and is its own parent. */
struct page_element {
    enum html_tag tag;
    uint32_t parent, depth;
    uint32_t first_name, name_count; /* in names: what the page's builders call it */
    uint64_t signature;              /* of its tag and class */
    uint8_t context;                 /* enum page_context */
};

struct page_block {
    uint32_t owner;                  /* the innermost open element */
    uint32_t first, end;             /* nodes of the tree; see page_blocks_holds() */
    uint32_t first_word, word_count; /* in words */
    uint32_t chars;                  /* code points, white space folded */
    uint32_t commas;                 /* also those of Chinese and Japanese */
    uint32_t like;                   /* the same number for blocks whose owner and its parent look the same */
    float link, bold;                /* share of its characters in links, in bold or italics */
};

struct page_blocks {
    struct page_element *elements;
    struct page_block *blocks;
    uint32_t element_count, block_count;
    uint32_t *words, *names; /* numbers in the vocabularies */
    uint32_t word_count, name_count;
    struct vocabulary word_vocabulary, name_vocabulary, like;
    uint32_t
        *owners;     /* of each node of the tree: its element, or PAGE_NO_ELEMENT where text does not count */
    uint8_t *inside; /* of each node: enum page_inside */
};

#define PAGE_NO_ELEMENT UINT32_MAX

/* All lies in the arena. */
int page_blocks_read(struct arena *arena, const struct dom *dom, struct page_blocks *ret_page);

/* Is this node, in a block's range, of its text? */
static inline bool page_blocks_holds(const struct page_blocks *page, uint32_t node)
{
    return page->owners[node] != PAGE_NO_ELEMENT;
}

/* h1 to h6. */
bool page_blocks_is_heading(const struct page_blocks *page, const struct page_block *block);

/* The words of any text (runs of letters, digits and "_", in lower case), added to a vocabulary as the page's
 * are; *ret_words in the arena. 0 or -ENOMEM. */
int page_blocks_words(struct arena *arena, struct vocabulary *vocabulary, struct str text,
                      uint32_t **ret_words, uint32_t *ret_count);

/* The name of a tag or class as it stands among an element's names. */
uint64_t page_blocks_name_hash(struct str name);

#endif

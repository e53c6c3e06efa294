/* text_blocks: builds an article's plain text block by block: white space folded, control characters and
 * invisible marks dropped, blocks joined by a blank line, spans counted in code points, NFC at the end.
 *
 *     struct text_blocks blocks;
 *     text_blocks_init(&blocks, arena);
 *     text_blocks_begin(&blocks, BLOCK_HEADING, 2);
 *     text_blocks_add(&blocks, STR("Moment of  truth"));
 *     text_blocks_begin(&blocks, BLOCK_PARAGRAPH, 0);
 *     ...
 *     error = text_blocks_finish(&blocks);          // 0 or -ENOMEM; then text, length, list are valid */
#ifndef NEWSD_PROCESSORS_TEXT_TEXT_BLOCKS_H
#define NEWSD_PROCESSORS_TEXT_TEXT_BLOCKS_H

#include "processors/article.h"

struct text_blocks {
    struct arena *arena;
    /* Results of text_blocks_finish() */
    struct str text;
    uint32_t length; /* in code points */
    ARTICLE_LIST(struct block) list;
    /* While building */
    char *bytes;
    size_t len, capacity;
    size_t block_start;          /* first byte of the open block */
    uint32_t block_start_points; /* the same in code points */
    enum block_kind kind;
    uint8_t level;
    struct str time;    /* of the open block (struct block); set behind text_blocks_begin() */
    bool open;          /* the open block has text */
    bool space_pending; /* white space seen since the last character */
    bool line_pending;  /* ... and it held a line break that stays one */
    bool strong;        /* what is added now is set in bold */
    bool plain_seen;    /* the open block has text that is not bold */
    bool unsure_nfc;    /* a character was seen that may need composing */
    bool failed;
};

void text_blocks_init(struct text_blocks *blocks, struct arena *arena);
/* Ends the open block, if it has text, and says what the next one will be. */
void text_blocks_begin(struct text_blocks *blocks, enum block_kind kind, uint8_t level);
/* Adds valid UTF-8 to the open block; in BLOCK_PRE line breaks and runs of spaces stay. */
void text_blocks_add(struct text_blocks *blocks, struct str text);
/* A space between two pieces, a line break inside a block. */
void text_blocks_space(struct text_blocks *blocks);
void text_blocks_line(struct text_blocks *blocks);
/* Ends the last block and fills text, length and list. 0 or -ENOMEM. */
int text_blocks_finish(struct text_blocks *blocks);

/* Plain text: paragraphs by blank lines; by lines where lines are longer than a typewriter's; wrapped lines
 * are joined. Short lines without a stop before a paragraph are headings, "- " begins a list item. */
void text_blocks_add_plain(struct text_blocks *blocks, struct str text);

/* True when the block's text may be a heading: short, and no stop at its end. */
bool text_is_heading_like(struct str text);

/* One line: white space folded, control characters dropped, NFC (titles, names). STR_NONE without memory. */
struct str text_line(struct arena *arena, struct str text);

#endif

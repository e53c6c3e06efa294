/* sentence_text: one block being split into sentences, and what stands around a stop in it. Worker threads.
 *
 * Every look is bounded by a word (SENTENCE_TOKEN_MAX bytes) or by the marks and spaces that stand together,
 * so that splitting stays linear. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCE_TEXT_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCE_TEXT_H

#include "processors/language/lexicon.h"

enum {
    SENTENCE_TOKEN_MAX = 48,  /* bytes; longer tokens before a stop are no abbreviation */
    SENTENCE_SHOUTS_MAX = 16, /* names with a mark that one text shows */
};

struct splitter {
    const struct lexicon *lexicon;
    struct str language; /* primary subtag */
    bool ordinals;       /* the language writes ordinals with a stop */
    struct str text;     /* the block */
    size_t begin;        /* of the open sentence, in bytes */
    size_t quotes_at;    /* up to here the quotation marks of the block are counted */
    bool quoted;         /* a quotation is open there */
    /* Names that end in a mark ("Yahoo!"), as hashes of their folded words (sentence_marks.h). */
    uint64_t shouts[SENTENCE_SHOUTS_MAX];
    size_t shout_count;
};

/* The word that follows a stop, and its first letter. */
struct following {
    uint32_t first; /* first letter or digit, 0 = none */
    bool opened;    /* quotes or brackets stand before it */
    bool bracket;   /* and one of them is a bracket */
    size_t at;
    struct str word;  /* up to the next space or punctuation */
    bool stop_behind; /* the word itself is followed by a stop */
};

/* The character at `at` and its bytes; 0 bytes behind the end. */
uint32_t sentence_peek(const struct splitter *splitter, size_t at, size_t *ret_bytes);
/* The character that ends at `at`, 0 at the block's beginning. */
uint32_t sentence_peek_back(const struct splitter *splitter, size_t at);

bool sentence_is_space(uint32_t c);
/* Stops that need a space behind them. */
bool sentence_is_stop(uint32_t c);
/* Stops of scripts without spaces: the sentence ends whatever follows. */
bool sentence_is_full_stop(uint32_t c);
bool sentence_is_quote(uint32_t c);

/* Behind closing quotes and brackets at `at`; one may stand behind a space (" »", " ”", " )"). */
size_t sentence_skip_closers(const struct splitter *splitter, size_t at, bool *ret_any);
struct following sentence_look_ahead(const struct splitter *splitter, size_t at);
/* The token before the stop at `stop`: letters, digits, inner points; not from before the open sentence. */
struct str sentence_token_before(const struct splitter *splitter, size_t stop);
/* Does a contraction or a plural end at `stop`: "didn't", "12's"? Its last letter is no initial. */
bool sentence_contracted(const struct splitter *splitter, size_t stop);
/* Lexicon classes of a word in any case, 0 for none and for long ones. */
unsigned sentence_classes(const struct splitter *splitter, struct str word);
/* Letters and digits from `at` on, at most SENTENCE_TOKEN_MAX bytes. */
struct str sentence_word_at(const struct splitter *splitter, size_t at);
/* Is a quotation open before `at`? Counts on from the call before: `at` must not go back within a block. */
bool sentence_quoted(struct splitter *splitter, size_t at);

#endif

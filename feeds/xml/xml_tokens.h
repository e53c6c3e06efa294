/* xml_tokens: an XML document of the ordinary kind, read once into a list of what it is made of: a start or
 * end of an element with the text behind it, an attribute, a further piece of text. Nothing is copied: tokens
 * point into the document.
 *
 *     struct xml_tokens *tokens = xml_tokens_read(text);
 *     if (tokens) { ... tokens->items[0 .. tokens->count) ...; xml_tokens_free(&tokens); }
 *
 * Ordinary is: valid UTF-8, plainly well formed, namespaces declared; no DOCTYPE, no name beyond ASCII,
 * nothing of unusual size, depth or number. Anything else, and any doubt, gives NULL: the document is then
 * libxml2's, which knows all of XML and finds the words for what is wrong. Since the whole document has been
 * checked before the first token is looked at, nobody ever has to take back what a handler has done with the
 * first half of a document whose second half turns out to be damaged; and what the check has found is kept,
 * so that no byte is looked at twice. The price is the list: 16 bytes for a tag or attribute, and a
 * document of which there would be more than XML_TOKENS_SIZE_FACTOR times its own size is not ordinary
 * either. */
#ifndef NEWSD_FEEDS_XML_XML_TOKENS_H
#define NEWSD_FEEDS_XML_XML_TOKENS_H

#include "feeds/xml/xml_names.h"

enum {
    XML_TOKEN_DEPTH_MAX = 200,     /* libxml2 has its own limit at 256 */
    XML_TOKEN_ATTRIBUTES_MAX = 64, /* xmlns included */
    XML_TOKEN_BYTES_MAX = 4 << 20, /* of a text, comment or value; libxml2 ends at 10,000,000 */
    XML_TOKENS_SIZE_FACTOR = 2,    /* bytes of tokens for a byte of the document */
    XML_REFERENCE_DIGITS_MAX = 8,
    XML_CHARACTER_BYTES_MAX = 4,
};

enum xml_token_kind { XML_TOKEN_START, XML_TOKEN_ATTRIBUTE, XML_TOKEN_END, XML_TOKEN_TEXT };

struct xml_token {
    uint32_t at, len; /* an attribute's value; else the text behind the tag, up to the next token */
    uint16_t name, uri;
    uint8_t kind;
    bool coded;     /* the text or value is not what it stands for: references, line ends */
    uint16_t count; /* of attributes, which follow at once */
};

struct xml_tokens {
    struct str text;
    struct xml_token *items;
    size_t count, capacity;
    uint64_t declares; /* bit per namespace that the root declares */
    struct xml_names names;
};

/* NULL: not ordinary, or no memory. The tokens are good for as long as `text` is. */
struct xml_tokens *xml_tokens_read(struct str text);
void xml_tokens_free(struct xml_tokens **tokens);

/* What coded text stands for, in an attribute's value with a blank for each white space. Writes whole
 * characters to `out`, which has `room` bytes, and takes what they were written from off *coded. What is
 * decoded is never longer than before; all is written when there is room for XML_CHARACTER_BYTES_MAX more
 * than that. Returns the length written. */
size_t xml_tokens_decode(struct str *coded, bool attribute, char *out, size_t room);

#endif

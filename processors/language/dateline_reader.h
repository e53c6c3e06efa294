/* dateline_reader: the parts of datelines: places, dates, agencies, dashes. Worker threads.
 *
 *     struct dateline_reader reader = {.text = block};
 *     struct dateline_place place;
 *     if (dateline_read_place(&reader, &place)) ...
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_DATELINE_READER_H
#define NEWSD_PROCESSORS_LANGUAGE_DATELINE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { DATELINE_PLACE_BYTES_MAX = 80 };

struct dateline_reader {
    struct str text; /* the block's beginning */
    size_t at;
};

struct dateline_place {
    struct str text;
    bool capitals;    /* all of it in upper case */
    bool abbreviated; /* ends in an abbreviation's stop */
    size_t words, letters;
};

/* The next character and its bytes; 0 bytes at the end. */
uint32_t dateline_peek(const struct dateline_reader *reader, size_t *ret_bytes);
bool dateline_take(struct dateline_reader *reader, char c);
bool dateline_skip_spaces(struct dateline_reader *reader);
/* Letters, with inner apostrophes and hyphens. Empty when there is none here. */
struct str dateline_read_word(struct dateline_reader *reader);
/* Words of a name: "RIO DE JANEIRO", "St. Petersburg", "LONDON/PARIS", "NEW YORK and CHICAGO";
 * "Washington, D.C." is a name and a region. */
bool dateline_read_place(struct dateline_reader *reader, struct dateline_place *ret_place);
/* One to `max` digits. */
bool dateline_read_digits(struct dateline_reader *reader, size_t max);
/* "Jan 11", "Jan. 11", "March 3, 2021", "11 Ene.", "5 de marzo", "11. März 2022", "11 января". */
bool dateline_read_date(struct dateline_reader *reader, struct str *ret_date);
bool dateline_is_agency(struct str name);
/* "(AP)", "/PRNewswire/": anything between brackets or strokes; *ret_slashes says which. */
bool dateline_read_agency(struct dateline_reader *reader, struct str *ret_agency, bool *ret_slashes);
/* A dash between dateline and text. A plain hyphen needs a space or a bracket before it. */
bool dateline_read_dash(struct dateline_reader *reader);
/* What a dateline's text begins with: no lower-case letter, no punctuation but quotes and brackets. */
bool dateline_text_follows(const struct dateline_reader *reader);

#endif

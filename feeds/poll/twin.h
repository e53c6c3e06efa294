/* twin: the evidence by which an entry is known again that has changed id, address and headline at once, as
 * in every system that makes the address of the headline: the number in the address, the date, and the text.
 */
#ifndef NEWSD_FEEDS_POLL_TWIN_H
#define NEWSD_FEEDS_POLL_TWIN_H

#include <stdint.h>

#include "feeds/parse/document.h"

/* A hash that two entries share only when number, date and text agree; 0 when there is not enough of them: no
 * date, or too little text beside the headline. `text_hash` and `text_bytes` are the text's, without the
 * headline. */
uint64_t twin_hash(const struct feed_entry *entry, uint64_t text_hash, size_t text_bytes);

#endif

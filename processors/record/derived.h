/* derived: the records that an article brings besides its own: one for each statement and event. One table
 * says which kinds there are.
 *
 * A record's key is "ARTICLE/ID": what is still said in the next revision has the same key, what is not gets
 * a record without a value (a tombstone). */
#ifndef NEWSD_PROCESSORS_RECORD_DERIVED_H
#define NEWSD_PROCESSORS_RECORD_DERIVED_H

#include "base/must_use.h"
#include "processors/record/record.h"

/* Adds the records of a finished article. 0, -ENOMEM, ERR_RECORD. */
_must_use_ int derived_add(struct arena *arena, const struct article *article, int64_t recorded_ms,
                           struct record_list *records, struct error *error);

/* What an article's derived records were, as text to be remembered: "statements/ID events/ID ..."; absent
 * when there are none, or no memory. */
struct str derived_list(struct arena *arena, const struct record_list *records);

/* Adds a tombstone for each of the list that is not among the records. 0 or -ENOMEM. */
_must_use_ int derived_withdraw(struct arena *arena, const struct article *article, struct str before,
                                int64_t recorded_ms, struct record_list *records);

#endif

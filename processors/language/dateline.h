/* dateline: the stage "dateline": where a newswire text says that it was written.
 *
 * "(Brussels) ...", "KYIV, Ukraine (AP) - ...", "PARIS, Jan 11 (Reuters) - ...", "Berlin/Paris (dpa) - ...",
 * "MADRID, 11 Ene. (EUROPA PRESS) - ...", "NAIROBI, Kenya, March 3, 2021 /PRNewswire/ -- ...",
 * "MOSCOW, January 11. /TASS/. ...", "Москва. 11 января. ИНТЕРФАКС - ...", "(ANSA) - ROMA, 11 GEN - ...".
 * "NEW YORK and CHICAGO (December 22, 2013) —", "(Reuters) -" (an agency, no place); forms of scripts without
 * upper case are dateline_east.h's.
 * Without an agency or a date a place must be in capitals and a dash must follow; ordinary sentences with
 * dashes are not taken for datelines. A place all in capitals is given in title case. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_DATELINE_H
#define NEWSD_PROCESSORS_LANGUAGE_DATELINE_H

#include "processors/pipeline.h"

/* Reads a dateline at the start of `block`; spans count from its beginning. False when there is none.
 * A dateline may name
 * an agency and no place; then place is absent and its span empty. */
bool dateline_read(struct arena *arena, struct str block, struct dateline *ret_dateline);

extern const struct stage stage_dateline;

#endif

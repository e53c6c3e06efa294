/* parse_phrase_repairs: the repairs within noun phrases: which name is whose, and what stands before a noun.
 * Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_PHRASE_REPAIRS_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_PHRASE_REPAIRS_H

#include "processors/language/parse_arcs.h"

/* Changes heads and relations; the tree stays a tree. */
void parse_repair_phrases(const struct parse_repair *repair);

#endif

/* parse_repairs: what a greedy parser gets wrong in newswire time and again, set right by rule. Pure; any
 * thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_REPAIRS_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_REPAIRS_H

#include "processors/language/parse_arcs.h"

/* Changes heads and relations; the tree stays a tree. */
void parse_repair(const struct parse_repair *repair);

#endif

/* quantities: how many and how much an article says: people, money, shares, measures. English.
 *
 * A number alone is none: it needs a unit, or a noun that it counts; years, dates, times of day and ages are
 * left out. What became of those counted is read off the verb ("five were killed"). */
#ifndef NEWSD_PROCESSORS_MEANING_QUANTITIES_H
#define NEWSD_PROCESSORS_MEANING_QUANTITIES_H

#include "processors/pipeline.h"

/* The stage "quantities": fills article->quantities, in the order of the text. */
extern const struct stage stage_quantities;

#endif

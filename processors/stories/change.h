/* change: the stage "change": what a revision changed against the one before.
 *
 * Rules, first match wins:
 * - metadata: title and text are the same
 * - title: only the title differs
 * - correction: a correction notice ("Correction:", "an earlier version", "Berichtigung" ...) came in, or the
 * text changed a little and a figure or a name was replaced
 * - minor: at most 2 % of the text was added or removed (up to 24 characters in any text, never above 120)
 * - rewrite: less than half of the old text is left
 * - update: anything else
 *
 * Texts are compared paragraph by paragraph, then word by word in what is left; work is bounded, so very
 * different texts are counted by their words without regard to order. Characters are code points of words. */
#ifndef NEWSD_PROCESSORS_STORIES_CHANGE_H
#define NEWSD_PROCESSORS_STORIES_CHANGE_H

#include "processors/pipeline.h"

/* 0 or -ENOMEM (scratch tables lie in the arena). */
int change_compare(struct arena *arena, struct str title_before, struct str text_before, struct str title,
                   struct str text, struct article_change *ret_change);

extern const struct stage stage_change;

#endif

/* selector: names elements of a page, as an operator writes it in a site's rule. Any thread.
 *
 *     list     = selector { "," selector }
 *     selector = step { blank step }               each step an element within the one before, at any depth
 *     step     = [ tag ] { "." class | "#" id | "[" attribute [ "=" value ] "]" }          at least one of
 * them
 *
 * "article .body p, div#main [itemprop=articleBody]". Names are letters, digits, "-", "_" and what is not
 * ASCII; a value may stand in quotes, and holds neither "]", "," nor blanks without them. Values, classes and
 * ids are compared as they stand. */
#ifndef NEWSD_PROCESSORS_HTML_SELECTOR_H
#define NEWSD_PROCESSORS_HTML_SELECTOR_H

#include "base/error.h"
#include "processors/html/dom.h"

struct selector;

struct selector_list {
    struct selector *items;
    size_t count, capacity;
};

/* All lies in the arena. 0, -ENOMEM, or ERR_CONFIG with what is wrong and what would be right. */
int selector_list_parse(struct arena *arena, struct str text, struct selector_list *ret_list,
                        struct error *error);

/* Sets the marks (dom->count of them) of all elements that one of the selectors names. Linear in the nodes
 * for each selector. 0 or -ENOMEM. */
int selector_list_mark(const struct selector_list *list, struct arena *scratch, const struct dom *dom,
                       bool *marks);

#endif

/* governments: the mentions of a capital that mean the state ("Moscow denied it"), given to the state's
 * entity. Worker threads. */
#ifndef NEWSD_PROCESSORS_PLACES_GOVERNMENTS_H
#define NEWSD_PROCESSORS_PLACES_GOVERNMENTS_H

#include "processors/article.h"

/* Of an article whose places are known: where it names the state too, the mentions of the capital that act or
 * speak become mentions of the state and are marked (article_name.acts); those that are places stay the
 * capital's. Entities are numbered anew. Without trees nothing changes. 0 or -ENOMEM. */
int governments_join(struct article *article);

#endif

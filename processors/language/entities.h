/* entities: the names of an article put together to what they name. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_ENTITIES_H
#define NEWSD_PROCESSORS_LANGUAGE_ENTITIES_H

#include "processors/article.h"

/* Fills article->entities from its names: the same words of the same type are the same; a person's family
 * name alone is the person of that family name who was named before, and in full. In the order of first
 * mention. 0 or -ENOMEM. */
int entities_find(struct article *article);

/* Gives each name another entity, entity_of[name], of those that there are. Entities are numbered anew, by
 * first mention; those without a name left are gone. What entities are called does not change. Before
 * anything else has their numbers. 0, or -ENOMEM and nothing has changed. */
int entities_regroup(struct article *article, const uint32_t *entity_of);

#endif

/* actor_entities: who a named entity is in politics: CAMEO's actor code from its name, role and country and
 * the actor lexicon. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_ACTOR_ENTITIES_H
#define NEWSD_PROCESSORS_MEANING_ACTOR_ENTITIES_H

#include "processors/article.h"
#include "processors/meaning/actor_lexicon.h"

/* Whom a phrase names, as found before. */
struct known_actors {
    bool known;
    uint8_t count;
    struct event_actor *items;
};

struct actor_finder {
    const struct actor_lexicon *lexicon;
    const struct article *article;
    char home[3];                 /* ISO 3166-1 alpha-2, "" = none */
    bool brussels_is_union;       /* the article speaks of the European Union, and not of Belgium */
    bool speaks_of_states;        /* of the United States */
    struct known_actors *phrases; /* of each token as a head */
};

/* For one article, whose entities are found; both must stay. `phrases` stays NULL without memory. */
void actor_finder_begin(struct actor_finder *finder, const struct actor_lexicon *lexicon,
                        const struct article *article);

/* Parts of an actor that is found piece by piece: ISO 3166-1 alpha-2 ("" = none); CAMEO's role; then the code
 * of both ("RUSGOV"), in the article's arena, absent without memory. */
void actor_set_country(struct event_actor *actor, const char country[3]);
void actor_set_sector(struct event_actor *actor, struct str sector);
void actor_set_code(const struct actor_finder *finder, struct event_actor *actor);

/* Fills in what the lexicon knows of a name, also by the organisation that it begins with; false = nothing.
 */
bool actor_of_name(const struct actor_finder *finder, struct str name, struct event_actor *actor);
/* Fills in who the entity of this number (from 1) is; false where it is nobody that acts. */
bool actor_add_entity(const struct actor_finder *finder, uint32_t number, struct event_actor *actor);
/* The same for the entity that a word names or means: where a capital means its state, the government. */
bool actor_of_mention(const struct actor_finder *finder, uint32_t token, uint32_t number,
                      struct event_actor *actor);

/* The actor that the article's entity of this number (from 1) is; its span is the caller's to set. False:
 * none that is known. */
bool actor_of_entity(const struct actor_finder *finder, uint32_t number, struct event_actor *ret_actor);

/* The government of a country; its name is its code. The span is the caller's to set. */
void actor_government(const struct actor_finder *finder, const char country[3],
                      struct event_actor *ret_actor);

#endif

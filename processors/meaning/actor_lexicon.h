/* actor_lexicon: which nouns, names and people act in politics, and as what: the lists of actor_lexicon.txt,
 * which is compiled in. Read-only after actor_lexicon_create(); then any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_ACTOR_LEXICON_H
#define NEWSD_PROCESSORS_MEANING_ACTOR_LEXICON_H

#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"

/* A noun with its role, or a name with its code. */
struct actor_entry {
    struct str word, code;
    char country[3]; /* of a name: its code is a role of this country */
    bool thing; /* acts for those whose it is, and for nobody without a country beside it: "Russian drones" */
};

/* Someone in office, by the name. */
struct actor_holder {
    struct str word, code;
    char country[3];
    int from, to; /* years; to 0 = still */
};

struct actor_lexicon;

/* From a text in the lexicon's format, whose bytes must outlive it; the name is for messages. 0, -ENOMEM,
 * ERR_MALFORMED with "NAME:LINE: what is wrong". */
int actor_lexicon_create(struct actor_lexicon **ret_lexicon, const char *name, struct str text,
                         struct error *error);
void actor_lexicon_destroy(struct actor_lexicon **lexicon);

/* The text that is compiled in. */
struct str actor_lexicon_text(void);

/* NULL when there is none. */
const struct actor_entry *actor_lexicon_noun(const struct actor_lexicon *lexicon, struct str lemma);
const struct actor_entry *actor_lexicon_name(const struct actor_lexicon *lexicon, struct str name);
/* By words within an organisation's name, of several the longest: "Human Rights" in "Human Rights
 * Commission". */
const struct actor_entry *actor_lexicon_part(const struct actor_lexicon *lexicon, struct str name);
/* The office that the person held in the year, or had held last; year 0 = the last there is. */
const struct actor_holder *actor_lexicon_holder(const struct actor_lexicon *lexicon, struct str name,
                                                int year);

#endif

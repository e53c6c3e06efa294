/* clauses: a verb, an adjective or an event's noun with what belongs to it: who does it, to whom, with which
 * prepositions; and whether a rule of the event lexicon holds for it. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_CLAUSES_H
#define NEWSD_PROCESSORS_MEANING_CLAUSES_H

#include "processors/language/tree.h"
#include "processors/meaning/event_lexicon.h"

enum { CLAUSE_LEMMA_BYTES = 64 };

struct clause {
    const struct tree *tree;
    uint32_t at;         /* the word */
    bool verb;           /* or an adjective: it says something of its subject */
    bool passive;        /* "was released" */
    uint32_t subject;    /* who does it: also behind "by", and of the verb above; TREE_NONE = not said */
    uint32_t object;     /* whom it is done to, also the noun that the clause is about; TREE_NONE = none */
    uint32_t own_object; /* only a word of the clause itself */
    char lemma_bytes[CLAUSE_LEMMA_BYTES];
    struct str lemma; /* with its particle: "call_off" */
};

void clause_read(struct clause *ret_clause, const struct tree *tree, uint32_t at);
/* The clause of a passive participle as that of an adjective: "was concerned by". */
void clause_take_as_adjective(struct clause *clause);
/* The clause of a verb whose particle the parser has read as a preposition, with what stands behind it as the
 * object: "put off the visit". False where there is none. */
bool clause_take_particle(struct clause *clause);

/* Where the rule's slots stand: heads of phrases, in the rule's order. */
struct clause_match {
    const struct event_rule *rule; /* NULL = none holds */
    uint32_t slots[EVENT_SLOTS_MAX];
    int points;   /* how much it says, more than 0 */
    float likely; /* of a rule that is a guess (act_model.h): that there is an act; else 0 */
};

enum { CLAUSE_ANY = INT32_MAX };

/* The rule of that kind that holds with the most said about it, of those with fewer points than `limit`
 * (CLAUSE_ANY for the first). `below`: the word through which a stance's
 * act hangs on it, TREE_NONE for others: it must fill a slot that is no target's, or be a clause; of stances
 * without a word below only those that are an act alone. */
struct clause_match clause_match(const struct clause *clause, const struct event_lexicon *lexicon,
                                 enum event_word kind, uint32_t below, int limit);

/* "not", "never" on the word, "no" or "nobody" as its subject. */
bool clause_negated(const struct tree *tree, uint32_t at);
/* "Clashes erupted", "a march began", "the strike continues": does the noun's verb say that it is? */
bool clause_occurs(const struct clause *clause);
/* "Accused each other", "fired at one another", "expelled each other's envoys": does the word say so? */
bool clause_each_other(const struct tree *tree, uint32_t at);
/* Is the word the subject of a passive: "|they| were arrested"? */
bool clause_passive_subject(const struct tree *tree, uint32_t at);
/* "Most of the sanctions", "a second round of talks", "46 of them": what a word for a number or a part of it
 * counts; the head itself when it is no such word. */
uint32_t clause_counted(const struct tree *tree, uint32_t head);
/* The preposition, or mark, of a phrase; absent = none. */
struct str clause_preposition(const struct tree *tree, uint32_t at);

#endif

/* event_lexicon: which words say which political act, and who does it to whom: the rules of
 * event_lexicon.txt, which is compiled in. Read-only after event_lexicon_create(); then any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_LEXICON_H
#define NEWSD_PROCESSORS_MEANING_EVENT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "processors/meaning/acts.h"

enum { EVENT_SLOTS_MAX = 3 };

enum event_word { EVENT_VERB, EVENT_NOUN, EVENT_ADJECTIVE, EVENT_STANCE };

/* What a word says of the act below it. */
enum event_stance {
    EVENT_APPEAL,
    EVENT_DEMAND,
    EVENT_INTENT,
    EVENT_REFUSAL,
    EVENT_THREAT,
    EVENT_STOP,
    EVENT_THROUGH, /* nothing: "began to" */
    EVENT_FAIL,    /* it is not done */
    EVENT_TRY,     /* it may be done */
    EVENT_CONSIDER,
    EVENT_DENY,
    EVENT_ACCUSE /* the target is said to have done it */
};

/* A part of the sentence that a rule wants. */
struct event_slot {
    struct str preposition;  /* absent = the object, or the subject */
    const struct str *words; /* lemmas of its head, NULL = any */
    size_t count;
    bool target, source;
    bool subject; /* who or what does it */
    bool any;     /* every word will do: "*" */
    bool has;     /* one of the words stands anywhere behind the verb and below it */
    bool
        beside; /* one of the words hangs on the word itself, on its object or its subject: "car" on "bomb" */
    bool quoted; /* a quotation begins behind the verb and below it */
};

struct event_rule {
    enum event_word kind;
    const struct act *act;    /* of all but stances */
    enum event_stance stance; /* of stances */
    enum stance own; /* of all but stances: the stance that the word itself says, mostly STANCE_DONE */
    struct event_slot slots[EVENT_SLOTS_MAX];
    size_t slot_count;
    bool alone;      /* of a stance: an act of its own where no act is below it */
    bool no_object;  /* "none" */
    bool negated;    /* "not" */
    bool reciprocal; /* the doers do it to one another */
    uint32_t line;   /* of the lexicon, for people */
};

/* "topic AID: loan credit = AID_ECONOMY": the act is the finer one where one of the words stands with it. */
struct event_topic {
    const struct act *of, *act;
    enum stance stance; /* STANCE_DONE = it stays */
    const struct str *words;
    size_t count;
    const struct event_topic *next;
};

struct event_lexicon;

/* From a text in the lexicon's own format, whose bytes must outlive it; the name is for messages. 0, -ENOMEM,
 * ERR_MALFORMED with "NAME:LINE: what is wrong" in *error. */
int event_lexicon_create(struct event_lexicon **ret_lexicon, const char *name, struct str text,
                         struct error *error);
void event_lexicon_destroy(struct event_lexicon **lexicon);

/* The rules of a lemma of one kind, in the order of the text; their number. */
size_t event_lexicon_find(const struct event_lexicon *lexicon, enum event_word kind, struct str lemma,
                          const struct event_rule *const **ret_rules);

/* The first topic, in the order of the text; NULL = there is none. */
const struct event_topic *event_lexicon_topics(const struct event_lexicon *lexicon);

/* The text that is compiled in. */
struct str event_lexicon_text(void);

#endif

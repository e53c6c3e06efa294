/* event: who did what to whom, as an article says it, coded. */
#ifndef NEWSD_PROCESSORS_EVENT_H
#define NEWSD_PROCESSORS_EVENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "processors/span.h"

/* How the article stands to the act. */
enum event_modality {
    MODALITY_ASSERTED,
    MODALITY_DENIED,
    MODALITY_PLANNED,
    MODALITY_HYPOTHETICAL,
    MODALITY_DEMANDED,
    MODALITY_POSSIBLE,
    MODALITY_PROMISED,
    MODALITY_THREATENED,
    MODALITY_ORDERED,
    MODALITY_HISTORICAL /* told as background of earlier years */
};

/* "asserted", "denied" ...: stable, they stand in records. */
static inline const char *event_modality_text(enum event_modality modality)
{
    static const char *const texts[] = {"asserted", "denied",   "planned",    "hypothetical", "demanded",
                                        "possible", "promised", "threatened", "ordered",      "historical"};
    return texts[modality];
}

enum {
    EVENT_ACTORS_MAX = 4,
    EVENT_ID_BYTES = 17,
    EVENT_MENTIONS_MAX = 8,
    EVENT_CONTEXTS_MAX = 8,
    EVENTS_MAX = 200 /* of one article */
};

struct event_actor {
    struct span span;
    struct str name;  /* the entity's, or the words */
    uint32_t entity;  /* its place among the article's entities, from 1; 0 = none of them */
    char country[3];  /* ISO 3166-1 alpha-2; "" = not known */
    char sector[4];   /* CAMEO's role ("GOV"); "" = not known */
    struct str cameo; /* CAMEO's actor code ("RUSGOV"); absent = none */
};

enum party { PARTY_SOURCE, PARTY_TARGET, PARTIES };

struct coded_event {
    char id[EVENT_ID_BYTES]; /* of actors and code: the same in every revision that says it */
    struct span sentence;
    struct span trigger;                      /* the words that say the act */
    struct span mentions[EVENT_MENTIONS_MAX]; /* words that say it again, in the order of the text */
    size_t mention_count;
    char cameo[5];
    const char *plover_type, *plover_mode;   /* NULL = PLOVER has none; "" = no mode */
    struct str contexts[EVENT_CONTEXTS_MAX]; /* PLOVER's, what it is about */
    size_t context_count;
    int quad_class;
    double goldstein;
    const char *goldstein_table; /* whose scale */
    struct event_actor sources[EVENT_ACTORS_MAX], targets[EVENT_ACTORS_MAX];
    size_t source_count, target_count;
    uint32_t time;  /* its place among the article's times, from 1; 0 = not said */
    uint32_t place; /* its place among the article's entities, from 1; 0 = not said */
    enum event_modality modality;
    struct event_actor attributed_to; /* who says so; an empty span = the writer */
    const char *rule;                 /* what found it */
    /* 0..1: that the act is told there, that each side is the right one, and that root and both sides are. */
    float act_confidence, party_shares[PARTIES], confidence;
};

struct party_candidate;

/* Among whom a side of an event was chosen (meaning/party_candidates.h), for who trains the choice. */
struct party_choice {
    struct span trigger;
    char cameo[5];
    enum party party;
    const struct party_candidate *candidates;
    size_t count;
};

enum { EVENT_FEATURES_MAX = 32 };

/* What a rule has found, and what speaks for it (meaning/event_confidence.h), for who trains that. */
struct event_candidate {
    struct span trigger;
    char cameo[5];
    uint16_t features[EVENT_FEATURES_MAX];
    size_t feature_count;
};

#define EVENT_TRIAL_CODED "coded"

/* A rule that was tried on a word, for people who ask why (newsd explain). */
struct event_trial {
    uint32_t sentence;
    struct span trigger;
    const char *act;     /* the rule's */
    uint32_t line;       /* of the lexicon; 0 = the model of acts told it */
    const char *outcome; /* "coded", or why not */
};

#endif

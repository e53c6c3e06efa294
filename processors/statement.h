/* statement: what someone said, as an article quotes or reports it. */
#ifndef NEWSD_PROCESSORS_STATEMENT_H
#define NEWSD_PROCESSORS_STATEMENT_H

#include <stddef.h>

#include "processors/span.h"

enum statement_kind {
    STATEMENT_DIRECT,  /* all of it in quotation marks */
    STATEMENT_MIXED,   /* reported, with words in quotation marks */
    STATEMENT_INDIRECT /* reported in the writer's words */
};

enum { STATEMENT_ID_BYTES = 17, STATEMENT_WITH_MAX = 3, STATEMENTS_MAX = 500 /* of one article */ };

struct statement_speaker {
    struct span words;
    uint32_t entity; /* its place among the article's entities, from 1; 0 = none of them */
};

struct statement {
    char id[STATEMENT_ID_BYTES]; /* of speaker and content: the same in every revision that says it */
    enum statement_kind kind;
    struct span sentence; /* in which it is said who said it, or else the first of the content */
    struct span content;  /* without the quotation marks around it */
    struct span speaker; /* the words that name who said it: "she", "the ministry"; end 0 = nobody is named */
    uint32_t speaker_entity; /* the speaker's place among the article's entities, from 1; 0 = none of them */
    struct statement_speaker with[STATEMENT_WITH_MAX]; /* who says it too: "Germany and France said" */
    size_t with_count;
    struct span cue;       /* the word that says that something was said; end 0 = none */
    struct span addressee; /* whom it was said to; end 0 = nobody is named */
    uint32_t addressee_entity;
    const char *rule; /* what found it: stable, with its version */
    float confidence; /* 0..1 */
};

#endif

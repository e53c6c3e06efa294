/* speech_words: verbs that say that something was said. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_SPEECH_WORDS_H
#define NEWSD_PROCESSORS_MEANING_SPEECH_WORDS_H

#include "base/str.h"

/* What a verb of speech takes. */
enum speech_frame {
    SPEECH_CLAUSE = 1 << 0,   /* "said that ..." */
    SPEECH_TO = 1 << 1,       /* "promised to ..." */
    SPEECH_URGE = 1 << 2,     /* "urged her to ..." */
    SPEECH_ACCUSE = 1 << 3,   /* "accused her of ..." */
    SPEECH_LABEL = 1 << 4,    /* "called it 'absurd'": speech only where words are quoted */
    SPEECH_ATTITUDE = 1 << 5, /* "believes that": thought, not said */
    SPEECH_OBJECT = 1 << 6,   /* "demanded the release of ..." */
    SPEECH_FOR = 1 << 7,      /* "called for the release of ..." */
    SPEECH_OF = 1 << 8,       /* "warned of a flood" */
};

/* Of a verb in its dictionary's form; 0 = none of speech. */
unsigned speech_frames(struct str lemma);

#endif

/* speech_table: verbs that say that something was said, in the order of their bytes, and what they take. */
#ifndef NEWSD_PROCESSORS_MEANING_SPEECH_TABLE_H
#define NEWSD_PROCESSORS_MEANING_SPEECH_TABLE_H

#include "processors/meaning/speech_words.h"

static const struct speech_verb {
    const char *lemma;
    unsigned frames;
} speech_verbs[] = {
    {"accuse", SPEECH_ACCUSE}, {"acknowledge", SPEECH_CLAUSE}, {"add", SPEECH_CLAUSE},
    {"admit", SPEECH_CLAUSE}, {"advise", SPEECH_URGE}, {"affirm", SPEECH_CLAUSE}, {"alert", SPEECH_CLAUSE},
    {"allege", SPEECH_CLAUSE}, {"announce", SPEECH_CLAUSE | SPEECH_OBJECT}, {"answer", SPEECH_CLAUSE},
    {"appeal", SPEECH_FOR | SPEECH_URGE}, {"argue", SPEECH_CLAUSE},
    {"ask", SPEECH_CLAUSE | SPEECH_URGE | SPEECH_FOR}, {"assert", SPEECH_CLAUSE}, {"assure", SPEECH_CLAUSE},
    {"beg", SPEECH_URGE}, {"believe", SPEECH_CLAUSE | SPEECH_ATTITUDE}, {"blame", SPEECH_ACCUSE},
    {"blast", SPEECH_LABEL}, {"boast", SPEECH_CLAUSE}, {"brag", SPEECH_CLAUSE}, {"brand", SPEECH_LABEL},
    {"call", SPEECH_URGE | SPEECH_LABEL | SPEECH_FOR}, {"caution", SPEECH_CLAUSE},
    {"characterise", SPEECH_LABEL}, {"characterize", SPEECH_LABEL}, {"claim", SPEECH_CLAUSE},
    {"clarify", SPEECH_CLAUSE}, {"comment", SPEECH_CLAUSE}, {"complain", SPEECH_CLAUSE},
    {"concede", SPEECH_CLAUSE}, {"conclude", SPEECH_CLAUSE}, {"condemn", SPEECH_LABEL},
    {"confirm", SPEECH_CLAUSE}, {"consider", SPEECH_CLAUSE | SPEECH_ATTITUDE | SPEECH_LABEL},
    {"contend", SPEECH_CLAUSE}, {"counter", SPEECH_CLAUSE}, {"criticise", SPEECH_LABEL},
    {"criticize", SPEECH_LABEL}, {"decide", SPEECH_CLAUSE | SPEECH_ATTITUDE}, {"declare", SPEECH_CLAUSE},
    {"demand", SPEECH_CLAUSE | SPEECH_URGE | SPEECH_OBJECT}, {"denounce", SPEECH_LABEL},
    {"deny", SPEECH_CLAUSE | SPEECH_OBJECT}, {"depict", SPEECH_LABEL}, {"deplore", SPEECH_CLAUSE},
    {"describe", SPEECH_LABEL}, {"detail", SPEECH_CLAUSE}, {"disclose", SPEECH_CLAUSE},
    {"dismiss", SPEECH_LABEL | SPEECH_OBJECT}, {"dub", SPEECH_LABEL}, {"emphasise", SPEECH_CLAUSE},
    {"emphasize", SPEECH_CLAUSE}, {"estimate", SPEECH_CLAUSE}, {"exclaim", SPEECH_CLAUSE},
    {"exhort", SPEECH_URGE}, {"explain", SPEECH_CLAUSE}, {"fear", SPEECH_CLAUSE | SPEECH_ATTITUDE},
    {"find", SPEECH_CLAUSE | SPEECH_ATTITUDE}, {"forecast", SPEECH_CLAUSE}, {"hail", SPEECH_LABEL},
    {"highlight", SPEECH_CLAUSE}, {"hint", SPEECH_CLAUSE}, {"hope", SPEECH_CLAUSE | SPEECH_ATTITUDE},
    {"implore", SPEECH_URGE}, {"indicate", SPEECH_CLAUSE}, {"inform", SPEECH_CLAUSE},
    {"insist", SPEECH_CLAUSE}, {"instruct", SPEECH_URGE}, {"joke", SPEECH_CLAUSE},
    {"judge", SPEECH_CLAUSE | SPEECH_LABEL}, {"label", SPEECH_LABEL}, {"lament", SPEECH_CLAUSE},
    {"maintain", SPEECH_CLAUSE}, {"mention", SPEECH_CLAUSE}, {"note", SPEECH_CLAUSE},
    {"notify", SPEECH_CLAUSE}, {"object", SPEECH_CLAUSE}, {"observe", SPEECH_CLAUSE},
    {"offer", SPEECH_TO | SPEECH_OBJECT}, {"order", SPEECH_URGE}, {"plead", SPEECH_FOR | SPEECH_URGE},
    {"pledge", SPEECH_CLAUSE | SPEECH_TO | SPEECH_OBJECT}, {"point", SPEECH_CLAUSE},
    {"portray", SPEECH_LABEL}, {"post", SPEECH_CLAUSE}, {"praise", SPEECH_LABEL}, {"predict", SPEECH_CLAUSE},
    {"proclaim", SPEECH_CLAUSE}, {"promise", SPEECH_CLAUSE | SPEECH_TO | SPEECH_OBJECT},
    {"propose", SPEECH_CLAUSE | SPEECH_OBJECT}, {"protest", SPEECH_CLAUSE}, {"qualify", SPEECH_LABEL},
    {"quip", SPEECH_CLAUSE}, {"reassure", SPEECH_CLAUSE}, {"recall", SPEECH_CLAUSE},
    {"reckon", SPEECH_CLAUSE | SPEECH_ATTITUDE}, {"recommend", SPEECH_CLAUSE | SPEECH_OBJECT},
    {"recount", SPEECH_CLAUSE}, {"regret", SPEECH_CLAUSE}, {"reiterate", SPEECH_CLAUSE},
    {"reject", SPEECH_LABEL | SPEECH_OBJECT}, {"remark", SPEECH_CLAUSE}, {"remind", SPEECH_CLAUSE},
    {"repeat", SPEECH_CLAUSE}, {"reply", SPEECH_CLAUSE}, {"report", SPEECH_CLAUSE | SPEECH_OBJECT},
    {"request", SPEECH_CLAUSE | SPEECH_URGE}, {"respond", SPEECH_CLAUSE}, {"retort", SPEECH_CLAUSE},
    {"reveal", SPEECH_CLAUSE}, {"rule", SPEECH_CLAUSE | SPEECH_ATTITUDE}, {"say", SPEECH_CLAUSE},
    {"shout", SPEECH_CLAUSE}, {"signal", SPEECH_CLAUSE}, {"slam", SPEECH_LABEL}, {"specify", SPEECH_CLAUSE},
    {"state", SPEECH_CLAUSE}, {"stress", SPEECH_CLAUSE}, {"suggest", SPEECH_CLAUSE | SPEECH_OBJECT},
    {"summon", SPEECH_URGE}, {"swear", SPEECH_CLAUSE | SPEECH_TO}, {"tell", SPEECH_CLAUSE | SPEECH_URGE},
    {"term", SPEECH_LABEL}, {"testify", SPEECH_CLAUSE}, {"think", SPEECH_CLAUSE | SPEECH_ATTITUDE},
    {"threaten", SPEECH_TO | SPEECH_OBJECT}, {"tweet", SPEECH_CLAUSE}, {"underline", SPEECH_CLAUSE},
    {"underscore", SPEECH_CLAUSE}, {"urge", SPEECH_CLAUSE | SPEECH_URGE | SPEECH_OBJECT}, {"vow", SPEECH_CLAUSE | SPEECH_TO},
    {"warn", SPEECH_CLAUSE | SPEECH_URGE | SPEECH_OF}, {"welcome", SPEECH_LABEL}, {"write", SPEECH_CLAUSE},
};

#endif

/* discards: see the header. */
#include "processors/meaning/discards.h"

#include "base/word_list.h"

enum { SPORT_WORDS_MIN = 2, SPORT_SENTENCES_MIN = 3, SPORT_SHARE = 4 };

static bool is_sport_word(struct str lemma)
{
    static const char *const words[] = {
        "basketball", "batsman",  "bowler",   "champion",  "championship",  "club",         "coach",
        "cricket",    "cup",      "defender", "fixture",   "football",      "goal",         "goalkeeper",
        "halftime",   "innings",  "kickoff",  "league",    "match",         "medal",        "midfielder",
        "olympic",    "olympics", "playoff",  "qualifier", "quarter-final", "quarterfinal", "referee",
        "relegation", "rugby",    "scorer",   "season",    "semi-final",    "semifinal",    "soccer",
        "sprinter",   "striker",  "team",     "tennis",    "tournament",    "wicket",       "winger"};
    return WORD_LISTED(words, lemma);
}

bool discards_sport(const struct tree *tree)
{
    int words = 0;
    for (uint32_t at = 0; at < tree->count; at++)
        words += is_sport_word(tree->nodes[at].lemma);
    return words >= SPORT_WORDS_MIN;
}

bool discards_article(const struct article *article)
{
    size_t sport = 0;
    for (size_t i = 0; i < article->sentences.count; i++)
        sport += discards_sport(&article->trees[i]);
    return sport >= SPORT_SENTENCES_MIN && sport * SPORT_SHARE >= article->sentences.count;
}

/* discards: see the header. */
#include "processors/meaning/discards.h"

enum { SPORT_WORDS_MIN = 2, SPORT_SENTENCES_MIN = 3, SPORT_SHARE = 4 };

static bool is_sport_word(struct str lemma)
{
    static const char *const words[] = {
        "match",      "league",   "goal",     "cup",     "coach",      "championship", "striker",
        "tournament", "olympic",  "olympics", "medal",   "midfielder", "quarterfinal", "semifinal",
        "season",     "halftime", "playoff",  "innings", "wicket",     "champion",     "team",
        "football",   "soccer",   "tennis",   "rugby",   "cricket",    "basketball",   "club"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal(lemma, str_from(words[i])))
            return true;
    return false;
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

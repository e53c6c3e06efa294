/* party_choice: see the header. */
#include "processors/meaning/party_choice.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "processors/meaning/party_candidates.h"

/* What the clause says gives way to what is that much likelier (in logarithms of the odds). */
static float margin(const struct party_candidate *candidate)
{
    return !candidate->by_clause ? 0 : candidate->count ? 0.75F : 0.25F;
}

/* For who trains the choice. */
static void note(struct article *article, const struct coded_event *event, enum party party,
                 const struct party_candidate *candidates, size_t count)
{
    struct party_choice *choice = article_list_add(article->arena, &article->party_choices);
    struct party_candidate *kept = arena_new_array(article->arena, struct party_candidate, count);
    if (!choice)
        return;
    if (kept)
        memcpy(kept, candidates, count * sizeof(*kept));
    *choice = (struct party_choice){event->trigger, {0}, party, kept, kept ? count : 0};
    memcpy(choice->cameo, event->cameo, sizeof(choice->cameo));
}

static bool in_sentence(const struct coded_event *event, struct span span)
{
    return event->sentence.start <= span.start && span.end <= event->sentence.end && span.end;
}

void party_choose(const struct actor_finder *finder, const struct tree *tree, uint32_t at, enum party party,
                  struct coded_event *event, struct article *notes)
{
    struct party_candidate candidates[PARTY_CANDIDATES_MAX];
    size_t count = party_candidates(finder, tree, at, event, party, candidates), best = 0;
    struct event_actor *actors = party == PARTY_SOURCE ? event->sources : event->targets;
    float most = 0;
    for (size_t i = 0; i < count; i++) {
        float score = party_candidate_score(&candidates[i], party) + margin(&candidates[i]);
        if (i == 0 || score > most) {
            most = score;
            best = i;
        }
    }
    float all = 0;
    for (size_t i = 0; i < count; i++)
        all += expf(party_candidate_score(&candidates[i], party) + margin(&candidates[i]) - most);
    event->party_shares[party] = 1 / all;
    if (notes)
        note(notes, event, party, candidates, count);
    *(party == PARTY_SOURCE ? &event->source_count : &event->target_count) = candidates[best].count;
    for (size_t i = 0; i < candidates[best].count; i++) {
        actors[i] = candidates[best].actors[i];
        if (!in_sentence(event, actors[i].span))
            actors[i].span = event->trigger;
    }
}

/* event_confidence: see the header. */
#include "processors/meaning/event_confidence.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "processors/meaning/event_weight_table.h"

/* ---- The numbers of features ---- */

enum {
    ROOTS = 20,
    QUADS = 4,
    WHOS = 8,
    RELATIONS = REL_OTHER + 1,
    FORMS = 7,
    PLACES = 4,
    YES = 2,
    WORDS = 1021, /* by their hash */
    ACTS = 251
};

enum first_number {
    F_ALWAYS = 0,
    F_ROOT = F_ALWAYS + 1,
    F_STANCE_ROOT = F_ROOT + ROOTS * YES, /* by verbs and nouns */
    F_SOURCE = F_STANCE_ROOT + STANCES * YES,
    F_SOURCE_ROOT = F_SOURCE + WHOS * YES,
    F_TARGET = F_SOURCE_ROOT + WHOS * ROOTS,
    F_TARGET_ROOT = F_TARGET + WHOS * YES,
    F_BOTH = F_TARGET_ROOT + WHOS * ROOTS,
    F_OWN_TARGET = F_BOTH + WHOS * WHOS,
    F_SUFFICES = F_OWN_TARGET + YES * ROOTS,
    F_PRIVATE = F_SUFFICES + YES * QUADS,
    F_BLAMES_THING = F_PRIVATE + YES * QUADS,
    F_OCCURS = F_BLAMES_THING + YES,
    F_RELATION = F_OCCURS + YES * YES,
    F_FORM = F_RELATION + RELATIONS * YES,
    F_PASSIVE = F_FORM + FORMS * QUADS,
    F_PLACE = F_PASSIVE + YES * QUADS,
    F_SPEAKER = F_PLACE + PLACES,
    F_BACKGROUND = F_SPEAKER + YES * QUADS,
    F_STEPS = F_BACKGROUND + YES,
    F_SLOTS = F_STEPS + 4,
    F_TRIED = F_SLOTS + 4 * YES,
    F_ALONE = F_TRIED + 3,
    F_MODALITY = F_ALONE + YES,
    F_SAME_COUNTRY = F_MODALITY + 10,
    F_WORD = F_SAME_COUNTRY + 3 * QUADS,
    F_ACT = F_WORD + WORDS,
    F_END = F_ACT + ACTS
};

static const short event_weights[F_END] = {EVENT_WEIGHTS};

size_t event_confidence_features(void)
{
    return F_END;
}

float event_confidence(const uint16_t *features, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (float)event_weights[features[i]];
    return 1 / (1 + expf(-sum / 1000));
}

/* ---- Reading them ---- */

/* What is known of somebody. */
static int who(const struct article *article, const struct event_actor *actors, size_t count)
{
    if (!count)
        return 0;
    const struct event_actor *actor = &actors[0];
    bool person = actor->entity && article->entities.items[actor->entity - 1].type == NAME_PERSON;
    if (actor->sector[0] && strstr("GOV MIL COP LEG JUD SPY", actor->sector))
        return actor->country[0] ? 1 : 2;
    if (actor->sector[0] && strstr("REB SEP UAF INS OPP", actor->sector))
        return 3;
    if (actor->sector[0])
        return 4;
    if (str_starts(actor->cameo, STR("IGO")) || str_starts(actor->cameo, STR("NGO")))
        return 5;
    return person ? 6 : 7;
}

static int form(const struct tree_node *node)
{
    static const char *const forms[] = {"VBD", "VBN", "VBG", "VB", "VBZ", "VBP"};
    for (int i = 0; i < FORMS - 1; i++)
        if (str_equal(node->xpos, str_from(forms[i])))
            return i;
    return FORMS - 1;
}

static int nearness(const struct coded_event *event)
{
    const struct event_actor *source = &event->sources[0], *target = &event->targets[0];
    if (!event->source_count || !event->target_count || !source->country[0] || !target->country[0])
        return 2;
    return !strcmp(source->country, target->country);
}

static int at_most(size_t number, int most)
{
    return number > (size_t)most ? most : (int)number;
}

size_t event_confidence_read(const struct event_find *find, uint16_t ret_features[EVENT_FEATURES_MAX])
{
    const struct coded_event *event = find->event;
    const struct clause *clause = find->clause;
    const struct tree_node *node = &clause->tree->nodes[clause->at];
    int root = (event->cameo[0] - '0') * 10 + event->cameo[1] - '1', quad = act_quad_class(event->cameo) - 1;
    int source = who(find->article, event->sources, event->source_count);
    int target = who(find->article, event->targets, event->target_count);
    bool own = find->own_target, noun = !clause->verb;
    uint64_t done =
        find->stand->stance == STANCE_DONE; /* "resigned" is no event where "demanded that he resign" is */
    assert(root >= 0 && root < ROOTS && quad >= 0 && quad < QUADS);
    int numbers[] = {
        F_ALWAYS,
        F_ROOT + root * YES + noun,
        F_STANCE_ROOT + (int)find->stand->stance * YES + noun,
        F_SOURCE + (find->own_source ? source : 0) * YES + noun,
        F_SOURCE_ROOT + (find->own_source ? source : 0) * ROOTS + root,
        F_TARGET + (own ? target : 0) * YES + noun,
        F_TARGET_ROOT + (own ? target : 0) * ROOTS + root,
        F_BOTH + source * WHOS + target,
        F_OWN_TARGET + own * ROOTS + root,
        F_SUFFICES + find->suffices * QUADS + quad,
        F_PRIVATE + find->private * QUADS + quad,
        F_BLAMES_THING + find->blames_thing,
        F_OCCURS + find->occurs * YES + noun,
        F_RELATION + node->relation * YES + noun,
        F_FORM + form(node) * QUADS + quad,
        F_PASSIVE + clause->passive * QUADS + quad,
        F_PLACE + (find->sentence < 3 ? (int)find->sentence : 3),
        F_SPEAKER + (find->stand->speaker != TREE_NONE) * QUADS + quad,
        F_BACKGROUND + find->stand->background,
        F_STEPS + at_most((size_t)find->stand->steps, 3),
        F_SLOTS + at_most(find->match->rule->slot_count, 3) * YES + noun,
        F_TRIED + at_most((size_t)find->tried, 2),
        F_ALONE + (find->match->rule->kind == EVENT_STANCE),
        F_MODALITY + (int)find->stand->modality,
        F_SAME_COUNTRY + nearness(event) * QUADS + quad,
        F_WORD + (int)(hash_64_seeded(done, clause->lemma) % WORDS),
        F_ACT +
            (int)(hash_64_seeded(done, str_from(find->match->rule->act ? find->match->rule->act->name : "")) %
                  ACTS),
    };
    _Static_assert(sizeof(numbers) / sizeof(numbers[0]) <= EVENT_FEATURES_MAX, "there is room for all");
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        assert(numbers[i] < F_END);
        ret_features[i] = (uint16_t)numbers[i];
    }
    return sizeof(numbers) / sizeof(numbers[0]);
}

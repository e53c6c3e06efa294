/* parse_beam: see the header. */
#include "processors/language/parse_beam.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <string.h>

static const float PARSE_BEAM_SCALE = 150, FLOOR = -1.5F; /* of the logarithm, below the likeliest way */

/* One way so far, and the logarithm of how likely it is. */
struct way {
    struct parse_state state;
    float likely;
};

/* A move that one of the ways may go on with. */
struct step {
    size_t from;
    enum parse_move move;
    float likely;
};

struct beam {
    const struct parse_weights *weights;
    const struct parse_word *words;
    struct way ways[PARSE_BEAM_MAX], next[PARSE_BEAM_MAX];
    struct step steps[PARSE_BEAM_MAX]; /* the best, from the likeliest on */
    size_t count, step_count, width;
};

static void add_step(struct beam *beam, size_t from, enum parse_move move, float likely)
{
    size_t at = beam->step_count;
    while (at > 0 && beam->steps[at - 1].likely < likely)
        at--;
    if (at == beam->width)
        return;
    beam->step_count += beam->step_count < beam->width;
    memmove(&beam->steps[at + 1], &beam->steps[at], (beam->step_count - 1 - at) * sizeof(beam->steps[0]));
    beam->steps[at] = (struct step){from, move, likely};
}

static void add_steps(struct beam *beam, size_t from)
{
    const struct way *way = &beam->ways[from];
    enum parse_move allowed[PARSE_MOVES];
    int32_t scores[PARSE_MOVES];
    size_t choices = parse_moves_allowed(&way->state, allowed);
    if (choices == 1) {
        add_step(beam, from, allowed[0], way->likely);
        return;
    }
    parse_moves_score(beam->weights, &way->state, beam->words, scores);
    int32_t most = scores[allowed[0]];
    float all = 0;
    for (size_t i = 1; i < choices; i++)
        most = scores[allowed[i]] > most ? scores[allowed[i]] : most;
    for (size_t i = 0; i < choices; i++)
        all += expf((float)(scores[allowed[i]] - most) / PARSE_BEAM_SCALE);
    for (size_t i = 0; i < choices; i++)
        add_step(beam, from, allowed[i],
                 way->likely + (float)(scores[allowed[i]] - most) / PARSE_BEAM_SCALE - logf(all));
}

static void copy_state(struct parse_state *to, const struct parse_state *from)
{
    memcpy(to->nodes, from->nodes, (from->words + PARSE_NODES_BESIDE) * sizeof(*to->nodes));
    memcpy(to->stack, from->stack, (from->depth + 3) * sizeof(*to->stack));
    to->depth = from->depth;
    to->front = from->front;
    to->words = from->words;
}

/* A way that goes on once keeps its memory. */
static void take_steps(struct beam *beam)
{
    size_t uses[PARSE_BEAM_MAX] = {0};
    while (beam->steps[beam->step_count - 1].likely < beam->steps[0].likely + FLOOR)
        beam->step_count--;
    for (size_t i = 0; i < beam->step_count; i++)
        uses[beam->steps[i].from]++;
    for (size_t i = 0; i < beam->step_count; i++) {
        const struct step *step = &beam->steps[i];
        if (--uses[step->from]) {
            copy_state(&beam->next[i].state, &beam->ways[step->from].state);
        } else {
            struct parse_state state = beam->next[i].state;
            beam->next[i].state = beam->ways[step->from].state;
            beam->ways[step->from].state = state;
        }
        parse_greedy_move(beam->weights, beam->words, step->move, &beam->next[i].state);
        beam->next[i].likely = step->likely;
    }
    for (size_t i = 0; i < beam->width; i++) {
        struct way way = beam->ways[i];
        beam->ways[i] = beam->next[i];
        beam->next[i] = way;
    }
    beam->count = beam->step_count;
}

int parse_beam(const struct parse_weights *weights, const struct parse_word *words, struct arena *arena,
               size_t width, struct parse_state *state)
{
    assert(width <= PARSE_BEAM_MAX);
    if (width <= 1 || state->words > PARSE_BEAM_WORDS_MAX) {
        parse_greedy(weights, words, state);
        return 0;
    }
    struct beam beam = {.weights = weights, .words = words, .count = 1, .width = width};
    for (size_t i = 0; i < width; i++)
        if (parse_state_init(&beam.ways[i].state, arena, state->words) ||
            parse_state_init(&beam.next[i].state, arena, state->words))
            return -ENOMEM;
    copy_state(&beam.ways[0].state, state);
    while (!parse_state_done(&beam.ways[0].state)) { /* all ways have as many moves */
        beam.step_count = 0;
        for (size_t i = 0; i < beam.count; i++)
            add_steps(&beam, i);
        take_steps(&beam);
    }
    copy_state(state, &beam.ways[0].state);
    return 0;
}

/* score_annotations: how far two annotations of the same articles agree: newsd's with the corpus's, or two
 * people's. For the programs that look.
 *
 * Entities of both sides are the same when most of their names and mentions overlap. Counted are
 *     sentences, names   the same borders (and type)
 *     roles              overlapping words of the same person, the same class
 *     times, quantities  overlapping words; their values among those
 *     statements         contents of which half is the same (Dice); the speakers among those
 *     events             in the same sentence, the same CAMEO root, or code, or PLOVER type; with a source
 * and a target in common, by entity or actor's code (of a country with or without GOV). What an article tells
 * twice (the same code and actors) counts once; history is counted apart. False alarms: sentences in which
 * the corpus has no event (or only history), and the other side has one. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_ANNOTATIONS_H
#define NEWSD_PROCESSORS_MODELS_SCORE_ANNOTATIONS_H

#include "processors/models/annotation.h"
#include "processors/models/score_coreference.h"
#include "processors/models/score_sentences.h"

struct part_count {
    size_t right, of;
};

enum event_level {
    EVENTS_ROOT,
    EVENTS_CODE,
    EVENTS_ROOT_PAIR,
    EVENTS_CODE_PAIR,
    EVENTS_TYPE,
    EVENTS_TYPE_PAIR,
    EVENT_LEVELS
};

struct annotation_score {
    size_t articles;
    struct span_count sentences, names[NAME_TYPES], roles;
    struct part_count place_countries; /* of the named places that are found as such and lie in one */
    struct coreference_score coreference;
    struct span_count times, times_exact, quantities, statements;
    struct part_count time_values, quantity_values, quantity_units, quantity_effects;
    struct part_count direct, direct_speakers, speakers, cues; /* direct: found of those wanted */
    struct span_count events[EVENT_LEVELS];
    struct part_count sources, targets, targets_missing; /* of the right roots */
    struct part_count modalities, event_times, actor_countries, actor_codes;
    struct part_count alarms, background_alarms; /* of sentences without an event, and with history only */
};

/* Adds the answer to an article. Scratch in the arena. Exits with words without memory. */
void score_annotations(struct arena *arena, const struct annotation *wanted, const struct annotation *found,
                       struct annotation_score *score);

/* A table on standard output, in per cent. */
void score_annotations_print(const struct annotation_score *score);

#endif

/* score_annotations: see the header. */
#include "processors/models/score_annotations.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "processors/models/annotation_align.h"
#include "processors/models/files.h"
#include "processors/models/score_events.h"

static void score_sentence_borders(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    size_t k = 0;
    for (size_t i = 0; i < found->sentences.count; i++) {
        struct span span = found->sentences.items[i];
        while (k < wanted->sentences.count && wanted->sentences.items[k].start < span.start)
            k++;
        score->sentences.right +=
            k < wanted->sentences.count && spans_equal(wanted->sentences.items[k], span);
    }
    score->sentences.found += found->sentences.count;
    score->sentences.wanted += wanted->sentences.count;
}

static void score_name_spans(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    for (size_t i = 0; i < wanted->names.count; i++)
        score->names[wanted->names.items[i].type].wanted++;
    for (size_t i = 0; i < found->names.count; i++) {
        const struct annotated_name *name = &found->names.items[i];
        score->names[name->type].found++;
        for (size_t k = 0; k < wanted->names.count; k++)
            score->names[name->type].right += spans_equal(wanted->names.items[k].span, name->span) &&
                                              wanted->names.items[k].type == name->type;
    }
}

static void score_places(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    for (size_t i = 0; i < wanted->entities.count; i++) {
        const struct annotated_entity *place = &wanted->entities.items[i];
        size_t at = 0;
        if (place->type != NAME_PLACE || !place->country[0])
            continue;
        while (at < found->entities.count &&
               (pair->aligned[at] != i || found->entities.items[at].type != NAME_PLACE))
            at++;
        if (at == found->entities.count)
            continue;
        score->place_countries.of++;
        score->place_countries.right += !strcmp(found->entities.items[at].country, place->country);
    }
}

static void score_role_classes(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    score->roles.wanted += wanted->roles.count;
    score->roles.found += found->roles.count;
    for (size_t i = 0; i < found->roles.count; i++)
        for (size_t k = 0; k < wanted->roles.count; k++)
            if (spans_overlap(found->roles.items[i].span, wanted->roles.items[k].span) &&
                pair->aligned[found->roles.items[i].person] == wanted->roles.items[k].person) {
                score->roles.right += found->roles.items[i].class == wanted->roles.items[k].class;
                break;
            }
}

/* ---- Coreference ---- */

/* Chains of those entities that are named or meant twice or more often. */
static size_t add_chains(struct arena *arena, const struct annotation *annotation, struct span *spans,
                         uint32_t *chains, size_t capacity, size_t *ret_chains)
{
    size_t entities = annotation->entities.count, count = 0;
    uint32_t *times = arena_new_array(arena, uint32_t, entities + 1);
    uint32_t *numbers = arena_new_array(arena, uint32_t, entities + 1);
    if (!times || !numbers)
        files_fail("memory", "too little");
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < annotation->names.count + annotation->mentions.count; i++) {
            const struct annotated_name *name = &annotation->names.items[i];
            bool is_name = i < annotation->names.count;
            const struct annotated_mention *mention =
                is_name ? NULL : &annotation->mentions.items[i - annotation->names.count];
            if (mention && mention->means.count != 1)
                continue;
            uint32_t entity = mention ? mention->means.items[0] : name->entity;
            if (pass == 0)
                times[entity]++;
            else if (times[entity] > 1 && count < capacity) {
                spans[count] = mention ? mention->span : name->span;
                chains[count++] = numbers[entity];
            }
        }
        for (size_t i = 0; pass == 0 && i < entities; i++)
            if (times[i] > 1)
                numbers[i] = (uint32_t)(*ret_chains)++;
    }
    return count;
}

static void score_chains(struct arena *arena, const struct pair *pair, struct annotation_score *score)
{
    size_t most = pair->wanted->names.count + pair->wanted->mentions.count, count;
    size_t found_most = pair->found->names.count + pair->found->mentions.count;
    struct span *spans = arena_new_array(arena, struct span, most + found_most + 1);
    struct span *found_spans = arena_new_array(arena, struct span, found_most + 1);
    uint32_t *key = arena_new_array(arena, uint32_t, most + found_most + 1);
    uint32_t *response = arena_new_array(arena, uint32_t, most + found_most + 1);
    uint32_t *found_chains = arena_new_array(arena, uint32_t, found_most + 1);
    if (!spans || !found_spans || !key || !response || !found_chains)
        files_fail("memory", "too little");
    struct coreference_mentions mentions = {.key = key, .response = response};
    count = add_chains(arena, pair->wanted, spans, key, most, &mentions.key_chains);
    for (size_t i = 0; i < most + found_most; i++)
        response[i] = CHAIN_NONE;
    size_t found_count =
        add_chains(arena, pair->found, found_spans, found_chains, found_most, &mentions.response_chains);
    size_t wanted_count = count;
    for (size_t i = 0; i < found_count; i++) {
        size_t at = 0;
        while (at < wanted_count && !spans_equal(spans[at], found_spans[i]))
            at++;
        if (at == wanted_count) {
            at = count++;
            spans[at] = found_spans[i];
            key[at] = CHAIN_NONE;
        }
        response[at] = found_chains[i];
    }
    mentions.count = count;
    if (score_coreference(arena, &mentions, &score->coreference))
        files_fail("memory", "too little");
}

/* ---- Times and quantities ---- */

/* "P2DE" is "P20Y" in the guideline. */
static bool same_value(struct str a, struct str b)
{
    struct str digits;
    if (str_equal(a, b))
        return true;
    for (int turn = 0; turn < 2; turn++) {
        if (str_ends(a, STR("DE")) && str_ends(b, STR("0Y")) && a.len == b.len) {
            digits = str_slice(a, 0, a.len - 2);
            return str_equal(digits, str_slice(b, 0, b.len - 2));
        }
        struct str other = a;
        a = b;
        b = other;
    }
    return false;
}

static void score_time_values(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    size_t next = 0;
    score->times.wanted += wanted->times.count;
    score->times.found += found->times.count;
    score->times_exact.wanted += wanted->times.count;
    score->times_exact.found += found->times.count;
    for (size_t i = 0; i < wanted->times.count; i++) {
        const struct annotated_time *time = &wanted->times.items[i];
        for (size_t k = next; k < found->times.count; k++) {
            const struct annotated_time *other = &found->times.items[k];
            if (!spans_overlap(time->span, other->span))
                continue;
            next = k + 1;
            score->times.right++;
            score->times_exact.right += spans_equal(time->span, other->span);
            score->time_values.of++;
            score->time_values.right += same_value(time->value, other->value);
            break;
        }
    }
}

static void compare_quantities(const struct annotated_quantity *quantity,
                               const struct annotated_quantity *other, struct annotation_score *score)
{
    score->quantities.right++;
    score->quantity_values.of++;
    score->quantity_values.right += fabs(quantity->low - other->low) <= 1e-9 * fabs(quantity->low) &&
                                    fabs(quantity->high - other->high) <= 1e-9 * fabs(quantity->high);
    score->quantity_units.of++;
    score->quantity_units.right += str_equal(quantity->unit, other->unit);
    score->quantity_effects.of++;
    score->quantity_effects.right += str_equal(quantity->effect, other->effect);
}

static void score_quantity_values(const struct pair *pair, struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    size_t next = 0;
    score->quantities.wanted += wanted->quantities.count;
    score->quantities.found += found->quantities.count;
    for (size_t i = 0; i < wanted->quantities.count; i++)
        for (size_t k = next; k < found->quantities.count; k++)
            if (spans_overlap(wanted->quantities.items[i].span, found->quantities.items[k].span)) {
                next = k + 1;
                compare_quantities(&wanted->quantities.items[i], &found->quantities.items[k], score);
                break;
            }
}

/* ---- Statements ---- */

static uint32_t common_length(struct span a, struct span b)
{
    uint32_t start = a.start > b.start ? a.start : b.start, end = a.end < b.end ? a.end : b.end;
    return end > start ? end - start : 0;
}

static bool half_the_same(struct span a, struct span b)
{
    return 4 * common_length(a, b) >= a.end - a.start + b.end - b.start;
}

static bool is_speaker(const struct pair *pair, const struct annotated_statement *wanted,
                       const struct annotated_statement *found)
{
    bool found_one = found->speaker != NOBODY || found->speaker_span.end;
    if (wanted->speaker == NOBODY)
        return wanted->speaker_span.end ? spans_overlap(wanted->speaker_span, found->speaker_span)
                                        : !found_one;
    if (found->speaker != NOBODY)
        return pair->aligned[found->speaker] == wanted->speaker;
    return found->speaker_span.end && annotation_means(pair->wanted, found->speaker_span, wanted->speaker);
}

static void score_statement_contents(struct arena *arena, const struct pair *pair,
                                     struct annotation_score *score)
{
    const struct annotation *wanted = pair->wanted, *found = pair->found;
    bool *used = arena_new_array(arena, bool, found->statements.count + 1);
    if (!used)
        files_fail("memory", "too little");
    score->statements.wanted += wanted->statements.count;
    score->statements.found += found->statements.count;
    for (size_t i = 0; i < wanted->statements.count; i++) {
        const struct annotated_statement *statement = &wanted->statements.items[i];
        size_t best = found->statements.count;
        for (size_t k = 0; k < found->statements.count; k++)
            if (!used[k] && half_the_same(statement->content, found->statements.items[k].content) &&
                (best == found->statements.count ||
                 common_length(statement->content, found->statements.items[k].content) >
                     common_length(statement->content, found->statements.items[best].content)))
                best = k;
        score->direct.of += statement->kind == STATEMENT_DIRECT;
        if (best == found->statements.count)
            continue;
        const struct annotated_statement *other = &found->statements.items[best];
        bool right = is_speaker(pair, statement, other);
        used[best] = true;
        score->statements.right++;
        score->speakers.of++;
        score->speakers.right += right;
        score->direct.right += statement->kind == STATEMENT_DIRECT;
        score->direct_speakers.of += statement->kind == STATEMENT_DIRECT;
        score->direct_speakers.right += statement->kind == STATEMENT_DIRECT && right;
        score->cues.of++;
        score->cues.right +=
            spans_overlap(statement->cue, other->cue) || (!statement->cue.end && !other->cue.end);
    }
}

void score_annotations(struct arena *arena, const struct annotation *wanted, const struct annotation *found,
                       struct annotation_score *score)
{
    struct pair pair;
    annotation_align(&pair, arena, wanted, found);
    score->articles++;
    score_sentence_borders(&pair, score);
    score_name_spans(&pair, score);
    score_places(&pair, score);
    score_role_classes(&pair, score);
    score_chains(arena, &pair, score);
    score_time_values(&pair, score);
    score_quantity_values(&pair, score);
    score_statement_contents(arena, &pair, score);
    score_events(arena, &pair, score);
}

/* ---- The table ---- */

static double percent(struct part_count count)
{
    return count.of ? 100.0 * (double)count.right / (double)count.of : 0;
}

static void print_f1(const char *title, struct span_count count)
{
    printf("%-28s %5zu  F1 %5.1f  P %5.1f  R %5.1f", title, count.wanted, span_count_f1(&count),
           percent((struct part_count){count.right, count.found}),
           percent((struct part_count){count.right, count.wanted}));
}

static void print_part(const char *title, struct part_count count)
{
    printf("  %s %.1f of %zu", title, percent(count), count.of);
}

static void print_names(const struct annotation_score *score)
{
    struct span_count all = {0};
    for (int type = 0; type < NAME_TYPES; type++) {
        all.right += score->names[type].right;
        all.found += score->names[type].found;
        all.wanted += score->names[type].wanted;
    }
    print_f1("names", all);
    printf("\n");
    for (int type = 0; type < NAME_TYPES; type++) {
        print_f1(name_type_text((enum name_type)type), score->names[type]);
        printf("\n");
    }
}

static void print_coreference(const struct annotation_score *score)
{
    static const char *const titles[COREFERENCE_MEASURES] = {"MUC", "B3", "CEAF-e"};
    double mean = 0;
    printf("%-28s", "coreference");
    for (int measure = 0; measure < COREFERENCE_MEASURES; measure++) {
        double f1 = coreference_f1(&score->coreference, (enum coreference_measure)measure);
        printf("  %s %.1f", titles[measure], f1);
        mean += f1 / COREFERENCE_MEASURES;
    }
    printf("  mean %.1f\n", mean);
}

static void print_events(const struct annotation_score *score)
{
    static const char *const titles[EVENT_LEVELS] = {"events: CAMEO root",    "events: CAMEO code",
                                                     "events: root and pair", "events: code and pair",
                                                     "events: PLOVER type",   "events: type and pair"};
    for (int level = 0; level < EVENT_LEVELS; level++) {
        print_f1(titles[level], score->events[level]);
        printf("\n");
    }
    printf("%-28s", "  of the right roots");
    print_part("source", score->sources);
    print_part("target", score->targets);
    print_part("target missing", score->targets_missing);
    printf("\n%-28s", "  of the right roots and pairs");
    print_part("modality", score->modalities);
    print_part("time", score->event_times);
    printf("\n%-28s", "  actors of any event");
    print_part("country", score->actor_countries);
    print_part("code", score->actor_codes);
    printf("\n%-28s", "  false alarms, sentences");
    print_part("without an event", score->alarms);
    print_part("with history only", score->background_alarms);
    printf("\n");
}

void score_annotations_print(const struct annotation_score *score)
{
    print_f1("sentences", score->sentences);
    printf("\n");
    print_names(score);
    print_coreference(score);
    printf("%-28s", "places");
    print_part("country", score->place_countries);
    printf("\n");
    print_f1("roles, class", score->roles);
    printf("\n");
    print_f1("times, touched", score->times);
    print_part("value", score->time_values);
    printf("\n");
    print_f1("times, the same words", score->times_exact);
    printf("\n");
    print_f1("quantities, touched", score->quantities);
    print_part("value", score->quantity_values);
    print_part("unit", score->quantity_units);
    print_part("effect", score->quantity_effects);
    printf("\n");
    print_f1("statements", score->statements);
    print_part("speaker", score->speakers);
    print_part("cue", score->cues);
    printf("\n%-28s", "  direct ones");
    print_part("found", score->direct);
    print_part("speaker", score->direct_speakers);
    printf("\n");
    print_events(score);
}

/* parse_phrase_repairs: see the header. */
#include "processors/language/parse_phrase_repairs.h"

/* ---- What stands beside one another ---- */

static bool says_when(const struct parse_repair *repair, size_t at)
{
    static const char *const words[] = {"later", "earlier", "ago", "before", "after", "afterwards"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (repair->forms[at].lower == word_form_lower(str_from(words[i])))
            return true;
    return false;
}

/* "Fired rockets at Israel hours later": the place is no kind of hours; the preposition is its own. */
static void part_places_from_times(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 1; at + 1 < repair->count; at++) {
        size_t place = at - 1;
        if (!arc_is_time(repair, at) || !says_when(repair, at + 1) || heads[place] != at + 1 || !heads[at] ||
            !str_equal(repair->tags[place].upos, STR("PROPN")) || !arc_has_case(repair, at))
            continue;
        size_t above = heads[at] - 1u;
        if (above == at + 1)
            above = heads[above] ? heads[above] - 1u : repair->count;
        if (above == repair->count || arc_hangs_below(heads, above, at))
            continue;
        for (size_t child = 0; child < place; child++)
            if (heads[child] == at + 1)
                heads[child] = (uint16_t)(place + 1);
        arc_set(repair, place, above, arc_is_verb(&repair->tags[above]) ? STR("obl") : STR("nmod"));
    }
}

static bool stands_before_noun(const struct parse_repair *repair, size_t at)
{
    struct str relation = arc_relation(repair, at);
    return repair->heads[at] > at + 1 && !arc_has_case(repair, at) &&
           (str_equal(relation, STR("compound")) || str_starts(relation, STR("nmod")));
}

static size_t conjunction_between(const struct parse_repair *repair, size_t first, size_t end)
{
    for (size_t at = first + 1; at < end; at++)
        if (str_equal(repair->tags[at].upos, STR("CCONJ")))
            return at;
    return repair->count;
}

/* "Met President Ana Ruiz and army chief Li Wei": a full name before an "and" is not said of the noun behind
 * it; both are met. */
static void part_names(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 0; at + 1 < repair->count; at++) {
        if (!str_equal(repair->tags[at].upos, STR("PROPN")) || !stands_before_noun(repair, at) ||
            heads[at + 1] != at + 1 || !str_equal(arc_relation(repair, at + 1), STR("flat")))
            continue;
        size_t top = heads[at] - 1u, joint = conjunction_between(repair, at, top);
        while (joint < repair->count && stands_before_noun(repair, top))
            top = heads[top] - 1u;
        if (joint == repair->count || !arc_is_noun(&repair->tags[top]))
            continue;
        heads[at] = heads[top];
        repair->relations[at] = repair->relations[top];
        for (size_t before = 0; before < at; before++)
            if (heads[before] > at + 1 && heads[before] <= top + 1)
                heads[before] = (uint16_t)(at + 1);
        arc_set(repair, top, at, STR("conj"));
        arc_set(repair, joint, top, STR("cc"));
    }
}

/* "Arrested former President Ana Ruiz": such an adjective stands before a noun and nowhere else. */
static bool is_attributive(const struct parse_repair *repair, size_t at)
{
    return repair->forms[at].lower == word_form_lower(STR("former")) ||
           repair->forms[at].lower == word_form_lower(STR("ex")) ||
           repair->forms[at].lower == word_form_lower(STR("then"));
}

static void bind_attributes(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t at = 0; at + 1 < repair->count; at++) {
        if (!is_attributive(repair, at) || !str_equal(repair->tags[at].xpos, STR("JJ")) ||
            !arc_is_noun(&repair->tags[at + 1]) || heads[at] == 0 || heads[at] > at || heads[at] == at + 1)
            continue;
        size_t noun = at + 1;
        while (noun < repair->count && heads[noun] > noun + 1 && arc_is_noun(&repair->tags[heads[noun] - 1u]))
            noun = heads[noun] - 1u; /* the last of the noun phrase */
        if (noun == repair->count || heads[noun] != at + 1)
            continue;
        struct str relation = arc_relation(repair, at);
        bool of_verb = str_equal(relation, STR("xcomp")) && arc_is_verb(&repair->tags[heads[at] - 1u]);
        arc_set(repair, noun, heads[at] - 1u, of_verb ? STR("obj") : relation);
        arc_set(repair, at, noun, STR("amod"));
        for (size_t below = 0; below < repair->count; below++)
            if (heads[below] == at + 1)
                heads[below] = (uint16_t)(noun + 1);
    }
}

/* "The ambassador to Peru, Ana Ruiz, said": a full name between commas behind a noun and its place is the
 * noun's other name, not the place's. */
static void name_holders(const struct parse_repair *repair)
{
    uint16_t *heads = repair->heads;
    for (size_t comma = 3; comma + 3 < repair->count; comma++) {
        size_t place = comma - 1, name = comma + 1, end = name, title;
        if (!arc_is_comma(repair, comma) || !str_equal(repair->tags[place].upos, STR("PROPN")))
            continue;
        while (end < repair->count && str_equal(repair->tags[end].upos, STR("PROPN")))
            end++;
        while (place > 0 && !arc_has_case(repair, place) && heads[place] && heads[place] - 1u < comma &&
               arc_is_noun(&repair->tags[heads[place] - 1u]))
            place = heads[place] - 1u; /* "the United Arab Emirates" */
        size_t first = place;
        while (first > 0 && !str_equal(repair->tags[first].upos, STR("ADP")))
            first--;
        title = first > 0 ? first - 1 : 0;
        if (end < name + 2 || end + 1 >= repair->count || !arc_is_comma(repair, end) ||
            !arc_is_verb(&repair->tags[end + 1]) || !arc_has_case(repair, place) || title == 0 ||
            !str_equal(repair->tags[title].upos, STR("NOUN")))
            continue;
        size_t top = name;
        while (heads[top] > name && heads[top] <= end)
            top = heads[top] - 1u;
        struct str relation = arc_relation(repair, top);
        bool swapped = heads[title] == place + 1;
        if ((!swapped && arc_hangs_below(heads, title, place)) || heads[top] != place + 1 ||
            !(str_equal(relation, STR("conj")) || str_equal(relation, STR("appos"))))
            continue;
        if (swapped) {
            heads[title] = heads[place];
            repair->relations[title] = repair->relations[place];
        }
        arc_set(repair, top, title, STR("appos"));
        arc_set(repair, place, title, STR("nmod"));
    }
}

void parse_repair_phrases(const struct parse_repair *repair)
{
    part_places_from_times(repair);
    part_names(repair);
    name_holders(repair);
    bind_attributes(repair);
}

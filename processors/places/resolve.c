/* resolve: see the header.
 *
 * Three rounds over all names. First those that leave no doubt (their container stands behind them, or one
 * reading is far ahead) vote for their country and division; then each takes the reading with the most
 * points, which votes in its turn; the last round sees these votes, and how near the others lie. */
#include "processors/places/resolve.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

enum {
    DIVISIONS = 1 << 16,
    VOTES_MAX = 6,     /* of one name */
    FIRST_VOTE = 48,   /* points for a country that something speaks for, */
    MORE_VOTES = 8,    /* for each vote after the first, */
    COUNTRY_MOST = 80, /* and at most; the scale is that of place.people: 8 for twice as many people */
    DIVISION_POINTS = 26,
    NEAR_POINTS = 20,
    NEIGHBOURS = 12,
    INSIDE_POINTS = 1000,
    ASKED_DIVISION = 120,
    TWIN_LESS = 40, /* a division with a town of its name */
    MANY_SISTERS = 6,
    SISTER_POINTS = 24, /* other divisions of its country are named */
    ALTERNATE_LESS = 24,
    KNOWN_PEOPLE = 17 * PLACE_PEOPLE,
    WHOLE = 64,
    CLEAR = 56 /* points ahead that leave no doubt */
};

struct votes {
    uint16_t countries[COUNTRY_CODES];
    uint32_t all;                    /* of all countries */
    uint16_t sisters[COUNTRY_CODES]; /* divisions that are named */
    uint8_t *divisions;              /* by number */
};

struct reading {
    struct place_candidate *candidates;
    size_t count;
    const struct place *voted; /* whose vote is in */
    bool sure;
};

struct resolver {
    const struct gazetteer *gazetteer;
    struct arena *arena;
    struct place_question *questions;
    struct reading *readings;
    size_t count;
    struct votes votes;
    const struct place *neighbours[NEIGHBOURS];
    size_t neighbour_count;
};

static const int kind_points[PLACE_KINDS] = {
    [PLACE_QUARTER] = -16, [PLACE_SMALL_SEAT] = 6, [PLACE_SEAT] = 14,   [PLACE_CAPITAL] = 40,
    [PLACE_DIVISION] = 16, [PLACE_DISTRICT] = -20, [PLACE_REGION] = 60, [PLACE_COUNTRY] = 80,
};

/* ---- Names ---- */

/* What may stand around the name that the gazetteer has. */
static struct str without_words(struct str name)
{
    static const char *const before[] = {
        "northern ",     "southern ", "eastern ",      "western ",      "central ",      "downtown ",
        "north ",        "south ",    "east ",         "west ",         "greater ",      "city of ",
        "province of ",  "state of ", "southeastern ", "southwestern ", "northeastern ", "northwestern ",
        "metropolitan ", "mainland ", "occupied "};
    static const char *const behind[] = {
        " province", " state",  " region",     " oblast",      " district",
        " city",     " county", " prefecture", " governorate", " metropolitan area",
        " area",     " town"};
    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
        if (str_starts_nocase(name, str_from(before[i])))
            return str_slice(name, strlen(before[i]), name.len);
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        struct str word = str_from(behind[i]);
        if (name.len > word.len && str_equal_nocase(str_slice(name, name.len - word.len, name.len), word))
            return str_slice(name, 0, name.len - word.len);
    }
    return STR_NONE;
}

static size_t find(const struct gazetteer *gazetteer, struct str name, struct place_candidate *candidates)
{
    size_t count = gazetteer_find(gazetteer, name, candidates), all = count;
    struct str less = without_words(name);
    if (!less.len)
        return count;
    if (!count)
        return gazetteer_find(gazetteer, less, candidates);
    struct place_candidate others[PLACES_OF_A_NAME_MAX]; /* "Southern Province" is "Southern" elsewhere */
    size_t other_count = gazetteer_find(gazetteer, less, others);
    for (size_t i = 0; i < other_count && all < PLACES_OF_A_NAME_MAX; i++)
        if (others[i].place->kind == PLACE_DIVISION)
            candidates[all++] = others[i];
    return all;
}

static bool is_container(const struct place *place)
{
    return place->kind == PLACE_DIVISION || place->kind == PLACE_COUNTRY;
}

bool resolve_is_container(const struct gazetteer *gazetteer, struct str name)
{
    struct place_candidate candidates[PLACES_OF_A_NAME_MAX];
    size_t count = gazetteer_find(gazetteer, name, candidates);
    for (size_t i = 0; i < count; i++)
        if (is_container(candidates[i].place))
            return true;
    return false;
}

static int read_question(struct resolver *resolver, size_t at)
{
    struct place_question *question = &resolver->questions[at];
    struct reading *reading = &resolver->readings[at];
    struct place_candidate found[PLACES_OF_A_NAME_MAX];
    size_t count = find(resolver->gazetteer, question->name, found);
    ptrdiff_t comma = count ? -1 : str_find_byte(question->name, ',', 0);
    if (comma > 0) {
        count = find(resolver->gazetteer, str_slice(question->name, 0, (size_t)comma), found);
        question->inside = str_trim(str_slice(question->name, (size_t)comma + 1, question->name.len));
    }
    reading->count = count;
    reading->candidates = arena_new_array(resolver->arena, struct place_candidate, count + 1);
    if (!reading->candidates)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        reading->candidates[i] = found[i];
    return 0;
}

/* ---- Votes ---- */

static void vote(struct resolver *resolver, const struct place *place, unsigned weight, bool takes_back)
{
    uint16_t *country = &resolver->votes.countries[country_number(place->country)];
    unsigned votes = weight < VOTES_MAX ? weight : VOTES_MAX;
    *country = (uint16_t)(takes_back ? *country - votes : *country + votes);
    resolver->votes.all = takes_back ? resolver->votes.all - votes : resolver->votes.all + votes;
    uint16_t *sisters = &resolver->votes.sisters[country_number(place->country)];
    if (place->kind == PLACE_DIVISION)
        *sisters = (uint16_t)(takes_back ? *sisters - 1 : *sisters + 1);
    if (place->division) {
        uint8_t *division = &resolver->votes.divisions[place->division];
        if (takes_back ? *division > 0 : *division < UINT8_MAX)
            *division = (uint8_t)(takes_back ? *division - 1 : *division + 1);
    }
}

static void choose(struct resolver *resolver, size_t at, const struct place *place)
{
    struct reading *reading = &resolver->readings[at];
    if (reading->voted)
        vote(resolver, reading->voted, resolver->questions[at].weight, true);
    if (place)
        vote(resolver, place, resolver->questions[at].weight, false);
    reading->voted = resolver->questions[at].place = place;
}

/* ---- Points ---- */

/* Kilometres, near enough: the earth is flat over short ways. */
static float distance(const struct place *a, const struct place *b)
{
    const float degree = 111.2f / PLACE_DEGREE, radian = 3.14159265f / 180 / PLACE_DEGREE;
    float north = (float)(a->latitude - b->latitude);
    float east = (float)(a->longitude - b->longitude) * cosf((float)a->latitude * radian);
    return degree * sqrtf(north * north + east * east);
}

static int near_points(const struct resolver *resolver, const struct place *place, const struct place *own)
{
    float nearest = 1000;
    for (size_t i = 0; i < resolver->neighbour_count; i++)
        if (resolver->neighbours[i] != place && resolver->neighbours[i] != own)
            nearest = fminf(nearest, distance(place, resolver->neighbours[i]));
    return nearest < 100 ? NEAR_POINTS : nearest < 400 ? NEAR_POINTS / 2 : 0;
}

/* What a country's votes are worth, of WHOLE: where the world is spoken of, none of its countries says much
 * of a name. Half of all votes count as all. */
static unsigned share_of(const struct resolver *resolver, size_t at, unsigned votes)
{
    const struct reading *reading = &resolver->readings[at];
    unsigned weight = resolver->questions[at].weight < VOTES_MAX ? resolver->questions[at].weight : VOTES_MAX;
    unsigned all = resolver->votes.all - (reading->voted ? weight : 0);
    return 2 * votes >= all ? WHOLE : 2 * votes * WHOLE / all;
}

/* What others say: the reading's own vote is not counted. */
static unsigned votes_for(const struct resolver *resolver, size_t at, const struct place *place)
{
    const struct place *own = resolver->readings[at].voted;
    unsigned weight = resolver->questions[at].weight < VOTES_MAX ? resolver->questions[at].weight : VOTES_MAX;
    size_t number = country_number(place->country);
    unsigned votes = number ? resolver->votes.countries[number] : 0;
    if (own && number == country_number(own->country))
        votes -= votes < weight ? votes : weight;
    return votes;
}

static int vote_points(const struct resolver *resolver, size_t at, const struct place *place)
{
    const struct place *own = resolver->readings[at].voted;
    unsigned votes = votes_for(resolver, at, place);
    int divisions = place->division ? resolver->votes.divisions[place->division] : 0;
    if (own && own->division == place->division)
        divisions -= divisions > 0;
    int points = votes ? FIRST_VOTE + (int)(votes - 1) * MORE_VOTES : 0;
    points = (points < COUNTRY_MOST ? points : COUNTRY_MOST) + (divisions ? DIVISION_POINTS : 0);
    return points * (int)share_of(resolver, at, votes) / WHOLE;
}

static int division_points(const struct resolver *resolver, size_t at, const struct place *place)
{
    const struct place *own = resolver->readings[at].voted;
    unsigned sisters = resolver->votes.sisters[country_number(place->country)];
    if (own && own->kind == PLACE_DIVISION && memcmp(own->country, place->country, 2) == 0)
        sisters--;
    return (sisters >= MANY_SISTERS ? 2 * SISTER_POINTS
            : sisters               ? SISTER_POINTS
                                    : 0) -
           (place->twin ? TWIN_LESS : 0) + (resolver->questions[at].division ? ASKED_DIVISION : 0);
}

static int points_of(const struct resolver *resolver, size_t at, const struct place_candidate *candidate)
{
    const struct place *place = candidate->place;
    int points = place->people + kind_points[place->kind] - (candidate->alternate ? ALTERNATE_LESS : 0);
    if (place->kind == PLACE_DIVISION)
        points += division_points(resolver, at, place);
    if (place->kind == PLACE_COUNTRY) /* that it is named is no news to it */
        return points + vote_points(resolver, at, place) / 2;
    return points + vote_points(resolver, at, place) +
           near_points(resolver, place, resolver->readings[at].voted) *
               (int)share_of(resolver, at, votes_for(resolver, at, place)) / WHOLE;
}

/* ---- Containers ---- */

static bool lies_in(const struct place *place, const struct place *container)
{
    if (place == container || memcmp(place->country, container->country, 2) != 0)
        return false;
    return container->kind == PLACE_COUNTRY || place->division == container->division;
}

/* The best candidate that lies in a place of the container's name; NULL when none does. */
static const struct place *choose_inside(const struct resolver *resolver, size_t at)
{
    struct place_candidate containers[PLACES_OF_A_NAME_MAX];
    const struct reading *reading = &resolver->readings[at];
    size_t count = gazetteer_find(resolver->gazetteer, resolver->questions[at].inside, containers);
    const struct place *best = NULL;
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_container(containers[i].place))
            continue;
        for (size_t k = 0; k < reading->count; k++) {
            int points = lies_in(reading->candidates[k].place, containers[i].place)
                             ? INSIDE_POINTS + points_of(resolver, at, &reading->candidates[k])
                             : 0;
            if (points > most) {
                most = points;
                best = reading->candidates[k].place;
            }
        }
    }
    return best;
}

/* Is it likely without a word of where it lies? If not, and it is said to lie where there is none, it is
 * unknown. */
static bool is_known(const struct reading *reading)
{
    const struct place *place = reading->count ? reading->candidates[0].place : NULL;
    return place && (place->kind > PLACE_SMALL_SEAT || place->people >= KNOWN_PEOPLE);
}

static bool decide_inside(struct resolver *resolver, size_t at)
{
    if (!resolver->questions[at].inside.len)
        return false;
    const struct place *place = choose_inside(resolver, at);
    if (place)
        choose(resolver, at, place);
    else if (!is_known(&resolver->readings[at]))
        resolver->readings[at].count = 0;
    return place;
}

/* ---- Rounds ---- */

/* The candidate with the most points, and how far it is ahead of those that lie elsewhere. */
static const struct place *best_of(const struct resolver *resolver, size_t at, int *ret_ahead)
{
    const struct reading *reading = &resolver->readings[at];
    const struct place *best = NULL;
    int most = INT32_MIN, second = INT32_MIN;
    for (size_t i = 0; i < reading->count; i++) {
        const struct place *place = reading->candidates[i].place;
        int points = points_of(resolver, at, &reading->candidates[i]);
        bool elsewhere = best && memcmp(place->country, best->country, 2) != 0;
        if (points > most) {
            second = elsewhere ? most : second;
            most = points;
            best = place;
        } else if (elsewhere && points > second) {
            second = points;
        }
    }
    *ret_ahead = second == INT32_MIN ? CLEAR : most - second;
    return best;
}

static void choose_all(struct resolver *resolver, int ahead_least)
{
    for (size_t i = 0; i < resolver->count; i++) {
        int ahead = 0;
        if (resolver->readings[i].sure || !resolver->readings[i].count)
            continue;
        const struct place *place = best_of(resolver, i, &ahead);
        if (ahead >= ahead_least)
            choose(resolver, i, place);
    }
}

static void list_neighbours(struct resolver *resolver)
{
    resolver->neighbour_count = 0;
    for (size_t i = 0; i < resolver->count && resolver->neighbour_count < NEIGHBOURS; i++) {
        const struct place *place = resolver->questions[i].place;
        if (place && place->kind != PLACE_COUNTRY && place->kind != PLACE_DIVISION)
            resolver->neighbours[resolver->neighbour_count++] = place;
    }
}

int resolve_places(const struct gazetteer *gazetteer, struct arena *arena, struct place_question *questions,
                   size_t count, const country_hints hints)
{
    struct resolver resolver = {.gazetteer = gazetteer,
                                .arena = arena,
                                .questions = questions,
                                .count = count,
                                .readings = arena_new_array(arena, struct reading, count + 1),
                                .votes.divisions = arena_new_array(arena, uint8_t, DIVISIONS)};
    if (!resolver.readings || !resolver.votes.divisions)
        return -ENOMEM;
    memcpy(resolver.votes.countries, hints, sizeof(resolver.votes.countries));
    for (size_t i = 1; i < COUNTRY_CODES; i++)
        resolver.votes.all += hints[i];
    for (size_t i = 0; i < count; i++) {
        if (read_question(&resolver, i))
            return -ENOMEM;
        resolver.readings[i].sure = decide_inside(&resolver, i);
    }
    choose_all(&resolver, CLEAR);
    choose_all(&resolver, INT32_MIN);
    list_neighbours(&resolver);
    choose_all(&resolver, INT32_MIN);
    return 0;
}

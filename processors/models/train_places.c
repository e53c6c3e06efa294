/* train_places: makes the model "places" from a gazetteer's tables and processors/models/places.txt.
 *
 *     train_places MODELS GAZETTEER
 *
 * MODELS has places.txt and words.model (which words are common) and gets places.model; GAZETTEER has
 * places.tsv, admin1.tsv, countries.tsv, country-names.tsv and demonyms.tsv, unpacked. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "processors/language/word_tables.h"
#include "processors/language/words.h"
#include "processors/model/lookup.h"
#include "processors/models/files.h"
#include "processors/places/gazetteer.h"
#include "processors/places/place_name.h"

enum {
    COLUMNS_MAX = 12,
    ALTERNATES_FROM = 5000,
    LARGE = 500000,
    GREAT = 5000000,
    SHORTEST = 4,
    ALTERNATE_LESS = 24,
    TWIN_LESS = 40
};

/* A name of a row, with what orders the rows of one name. */
struct name {
    uint64_t hash;
    uint32_t entry;
    int32_t rank;
};

struct division {
    UT_hash_handle hh;
    uint16_t number;
    uint32_t row;
};

/* A division of the second level, as the sum of its places. */
struct district {
    UT_hash_handle hh;
    struct str name;
    double people, latitude, longitude; /* the sums of both are weighted by people */
    uint16_t division;
    char country[2];
};

/* A name that means no place. */
struct nowhere {
    UT_hash_handle hh;
    uint64_t hash;
};

struct making {
    struct arena *arena;
    struct word_tables *words;
    struct division *divisions; /* by code, "US.CA" */
    struct district *districts; /* "US.CA.037" */
    struct nowhere *nowhere;
    struct place *places;
    struct name *names;
    struct lookup_entry *countries;
    uint32_t country_rows[COUNTRY_CODES]; /* 1 + row */
    size_t place_count, place_capacity, name_count, name_capacity, country_count, country_capacity;
};

static void *grown(struct making *making, void *items, size_t count, size_t *capacity, size_t size)
{
    if (arena_grow(making->arena, &items, count, capacity, size))
        files_fail("memory", "too little");
    return items;
}

static size_t split(struct str line, struct str columns[COLUMNS_MAX])
{
    size_t count = 0;
    while (count < COLUMNS_MAX && str_split(&line, '\t', &columns[count]))
        count++;
    for (size_t i = count; i < COLUMNS_MAX; i++)
        columns[i] = STR_NONE;
    return count;
}

/* Calls `read` with the columns of each line but the first. */
static void read_table(struct making *making, const char *path,
                       void (*read)(struct making *, struct str columns[COLUMNS_MAX]))
{
    struct str rest = files_read(making->arena, path), line, columns[COLUMNS_MAX];
    (void)str_split(&rest, '\n', &line);
    while (rest.len && str_split(&rest, '\n', &line))
        if (line.len && line.ptr[0] != '#' && split(line, columns))
            read(making, columns);
}

/* ---- Names ---- */

static const int kind_ranks[PLACE_KINDS] = {
    [PLACE_QUARTER] = -16, [PLACE_DISTRICT] = -20, [PLACE_SMALL_SEAT] = 8, [PLACE_SEAT] = 16,
    [PLACE_CAPITAL] = 40,  [PLACE_REGION] = 80,    [PLACE_COUNTRY] = 100};

static void add_name(struct making *making, struct str name, uint32_t row, bool alternate)
{
    const struct place *place = &making->places[row];
    uint64_t hash = place_name_hash(name);
    struct nowhere *nowhere;
    HASH_FIND(hh, making->nowhere, &hash, sizeof(hash), nowhere);
    if (!hash || (nowhere && place->kind <= PLACE_DIVISION))
        return;
    making->names =
        grown(making, making->names, making->name_count, &making->name_capacity, sizeof(struct name));
    making->names[making->name_count++] =
        (struct name){hash, row | (alternate ? PLACE_ALTERNATE : 0),
                      place->people + kind_ranks[place->kind] - (alternate ? ALTERNATE_LESS : 0)};
}

static void add_names(struct making *making, struct str list, uint32_t row)
{
    struct str name;
    while (list.len && str_split(&list, '|', &name))
        add_name(making, name, row, false);
}

static uint8_t people_of(struct str number)
{
    double people;
    if (!str_to_double(number, &people) || people < 1)
        return 0;
    return (uint8_t)fmin(255, log2(people) * PLACE_PEOPLE);
}

static int32_t degrees_of(struct str number)
{
    double degrees = 0;
    if (!str_to_double(number, &degrees))
        files_fail("places", "a coordinate is no number");
    return (int32_t)lround(degrees * PLACE_DEGREE);
}

static uint32_t add_place(struct making *making, enum place_kind kind, struct str country,
                          struct str latitude, struct str longitude)
{
    making->places =
        grown(making, making->places, making->place_count, &making->place_capacity, sizeof(struct place));
    struct place *place = &making->places[making->place_count];
    *place = (struct place){
        .kind = (uint8_t)kind, .latitude = degrees_of(latitude), .longitude = degrees_of(longitude)};
    if (country.len >= 2)
        memcpy(place->country, country.ptr, 2);
    return (uint32_t)making->place_count++;
}

/* ---- Countries ---- */

static void add_word(struct making *making, struct str phrase, struct str country, uint32_t kind)
{
    uint64_t hash = place_name_hash(phrase);
    if (!hash)
        return;
    making->countries = grown(making, making->countries, making->country_count, &making->country_capacity,
                              sizeof(struct lookup_entry));
    uint32_t code = country.len == 2 ? (uint32_t)(country.ptr[0] << 8 | country.ptr[1]) : 0;
    making->countries[making->country_count++] = (struct lookup_entry){hash, code | kind};
}

static void add_words(struct making *making, struct str list, struct str country, uint32_t kind)
{
    struct str phrase;
    while (list.len && str_split(&list, '|', &phrase))
        add_word(making, phrase, country, kind);
}

static void read_country(struct making *making, struct str columns[COLUMNS_MAX])
{
    uint32_t row = add_place(making, PLACE_COUNTRY, columns[0], columns[1], columns[2]);
    making->places[row].people = people_of(columns[3]);
    making->country_rows[country_number(columns[0].ptr)] = row + 1;
}

static void read_country_name(struct making *making, struct str columns[COLUMNS_MAX])
{
    uint32_t row = making->country_rows[country_number(columns[0].ptr)];
    if (!row || !str_equal(columns[1], STR("en")))
        return;
    if (str_equal(columns[2], STR("Congo")) && str_equal(columns[0], STR("CG")))
        return; /* alone it is mostly the larger one */
    add_name(making, columns[2], row - 1, false);
    add_word(making, columns[2], columns[0], COUNTRY_NAME);
}

static void read_demonym(struct making *making, struct str columns[COLUMNS_MAX])
{
    if (!str_equal(columns[1], STR("en")) || !making->country_rows[country_number(columns[0].ptr)] ||
        str_find_byte(columns[2], '(', 0) >= 0 || str_find_byte(columns[2], ',', 0) >= 0 ||
        str_equal(columns[2], STR("Welsh")))
        return;
    add_word(making, columns[2], columns[0], COUNTRY_DEMONYM);
}

/* ---- What stands in places.txt ---- */

static struct division *division_of(struct making *making, struct str code)
{
    struct division *division;
    HASH_FIND(hh, making->divisions, code.ptr, code.len, division);
    return division;
}

static void read_nowhere(struct making *making, struct str columns[COLUMNS_MAX])
{
    struct str list = columns[1], name;
    while (str_equal(columns[0], STR("nowhere")) && list.len && str_split(&list, '|', &name)) {
        struct nowhere *nowhere = arena_new(making->arena, struct nowhere);
        if (!nowhere)
            files_fail("memory", "too little");
        nowhere->hash = place_name_hash(name);
        HASH_ADD(hh, making->nowhere, hash, sizeof(nowhere->hash), nowhere);
    }
}

static void read_own(struct making *making, struct str columns[COLUMNS_MAX])
{
    if (str_equal(columns[0], STR("country"))) {
        uint32_t row = making->country_rows[country_number(columns[1].ptr)];
        if (!row)
            return;
        making->places[row - 1].latitude = degrees_of(columns[2]);
        making->places[row - 1].longitude = degrees_of(columns[3]);
        add_names(making, columns[4], row - 1);
        add_words(making, columns[4], columns[1], COUNTRY_NAME);
        add_words(making, columns[5], columns[1], COUNTRY_DEMONYM);
    } else if (str_equal(columns[0], STR("region"))) {
        uint32_t row = add_place(making, PLACE_REGION, columns[1], columns[2], columns[3]);
        making->places[row].people = 20 * PLACE_PEOPLE;
        add_names(making, columns[4], row);
    } else if (str_equal(columns[0], STR("division")) && division_of(making, columns[1])) {
        add_names(making, columns[2], division_of(making, columns[1])->row);
    } else if (str_equal(columns[0], STR("nothing"))) {
        add_words(making, columns[1], STR_NONE, COUNTRY_NOTHING);
    } else if (str_equal(columns[0], STR("word"))) {
        add_words(making, columns[2], columns[1], COUNTRY_NAME);
    }
}

/* ---- Divisions and towns ---- */

/* "Zamfara" of "Zamfara State": news leave the word out. Absent where there is none. */
static struct str plain_division(struct str name)
{
    static const char *const words[] = {
        " Province",    " County",     " Region", " Department", " District",    " Oblast", " State",
        " Governorate", " Prefecture", " Krai",   " Canton",     " Voivodeship", " Parish"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_ends(name, str_from(words[i])) && name.len > strlen(words[i]))
            return str_slice(name, 0, name.len - strlen(words[i]));
    return STR_NONE;
}

static void read_division(struct making *making, struct str columns[COLUMNS_MAX])
{
    struct division *division = arena_new(making->arena, struct division);
    if (!division)
        files_fail("memory", "too little");
    division->row = add_place(making, PLACE_DIVISION, columns[0], columns[2], columns[3]);
    division->number = (uint16_t)(HASH_COUNT(making->divisions) + 1);
    HASH_ADD_KEYPTR(hh, making->divisions, columns[0].ptr, columns[0].len, division);
    making->places[division->row].division = division->number;
    making->places[division->row].people = people_of(columns[4]);
    add_name(making, columns[1], division->row, false);
    struct str plain = plain_division(columns[1]);
    if (plain.len)
        add_name(making, plain, division->row, false);
}

static void read_district(struct making *making, struct str columns[COLUMNS_MAX])
{
    struct district *district = arena_new(making->arena, struct district);
    if (!district)
        files_fail("memory", "too little");
    district->name = columns[1];
    HASH_ADD_KEYPTR(hh, making->districts, columns[0].ptr, columns[0].len, district);
}

/* The place counts in its district. */
static void sum_up(struct making *making, const struct place *place, struct str code, double people)
{
    struct district *district;
    HASH_FIND(hh, making->districts, code.ptr, code.len, district);
    if (!district)
        return;
    double weight = people < 1 ? 1 : people;
    district->people += weight;
    district->latitude += weight * place->latitude;
    district->longitude += weight * place->longitude;
    district->division = place->division;
    memcpy(district->country, place->country, sizeof(district->country));
}

static void add_districts(struct making *making)
{
    for (struct district *district = making->districts; district; district = district->hh.next) {
        if (district->people < 1)
            continue;
        uint32_t row = add_place(making, PLACE_DISTRICT, str_make(district->country, 2), STR("0"), STR("0"));
        struct place *place = &making->places[row];
        place->latitude = (int32_t)lround(district->latitude / district->people);
        place->longitude = (int32_t)lround(district->longitude / district->people);
        place->division = district->division;
        place->people = people_of(arena_printf(making->arena, "%.0f", district->people));
        add_name(making, district->name, row, false);
    }
}

static enum place_kind kind_of(struct str feature)
{
    if (str_equal(feature, STR("PPLC")))
        return PLACE_CAPITAL;
    if (str_equal(feature, STR("PPLA")))
        return PLACE_SEAT;
    if (str_equal(feature, STR("PPLA2")))
        return PLACE_SMALL_SEAT;
    return str_equal(feature, STR("PPLX")) ? PLACE_QUARTER : PLACE_TOWN;
}

/* Many alternates are words or names of people elsewhere. */
static bool is_sound_alternate(const struct making *making, struct str name, double people)
{
    char buffer[WORD_TABLES_BYTES_MAX];
    struct word_entry entry;
    if (name.len < SHORTEST || (name.ptr[0] >= 'a' && name.ptr[0] <= 'z'))
        return false;
    if (people >= LARGE || str_find_byte(name, ' ', 0) >= 0)
        return true;
    word_tables_find(making->words, name, words_fold(name, buffer, sizeof(buffer)), &entry);
    return !entry.frequency && !entry.names;
}

/* "New York" is the main name of New York City, as news have it. */
static bool is_short_of_city(struct str alternate, struct str name, double people)
{
    return people >= GREAT && str_starts(name, alternate) &&
           str_equal(str_slice(name, alternate.len, name.len), STR(" City"));
}

static void add_saint(struct making *making, struct str name, uint32_t row)
{
    if (str_starts(name, STR("Saint ")))
        add_name(making, arena_printf(making->arena, "St %.*s", STR_ARG(str_slice(name, 6, name.len))), row,
                 false);
    if (str_starts(name, STR("St. ")))
        add_name(making, arena_printf(making->arena, "Saint %.*s", STR_ARG(str_slice(name, 4, name.len))),
                 row, false);
}

static void read_place(struct making *making, struct str columns[COLUMNS_MAX])
{
    double people = 0;
    int64_t number = 0;
    enum place_kind kind = kind_of(columns[5]);
    uint32_t row = add_place(making, kind, columns[6], columns[3], columns[4]);
    (void)str_to_double(columns[9], &people);
    (void)str_to_int64(columns[0], &number);
    making->places[row].people = people_of(people < 1 ? STR("500") : columns[9]);
    making->places[row].geoname = (uint32_t)number;
    struct division *division = division_of(
        making, arena_printf(making->arena, "%.*s.%.*s", STR_ARG(columns[6]), STR_ARG(columns[7])));
    making->places[row].division = division ? division->number : 0;
    sum_up(making, &making->places[row],
           arena_printf(making->arena, "%.*s.%.*s.%.*s", STR_ARG(columns[6]), STR_ARG(columns[7]),
                        STR_ARG(columns[8])),
           people);
    add_name(making, columns[1], row, false);
    add_name(making, columns[2], row, false);
    add_saint(making, columns[1], row);
    struct str rest = columns[10], name;
    while (rest.len && str_split(&rest, '|', &name))
        if ((people >= ALTERNATES_FROM || kind == PLACE_SEAT || kind == PLACE_CAPITAL) &&
            is_sound_alternate(making, name, people))
            add_name(making, name, row, !is_short_of_city(name, columns[1], people));
}

/* ---- Writing ---- */

static int by_hash_and_rank(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* The rows of one name, each once, with its main name first. */
static size_t unique_rows(struct name *names, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < kept && (names[at].entry & PLACE_ROW) != (names[i].entry & PLACE_ROW))
            at++;
        if (at == kept && kept < PLACES_OF_A_NAME_MAX)
            names[kept++] = names[i];
    }
    return kept;
}

static bool is_twin(const struct place *division, const struct place *town)
{
    if (town->kind > PLACE_CAPITAL || memcmp(town->country, division->country, 2) != 0)
        return false;
    return town->kind == PLACE_CAPITAL ||
           (town->division == division->division && town->people + TWIN_LESS >= division->people);
}

/* A division whose name is that of a large town in it, or of its country's capital: the town is meant more
 * often. */
static void find_twins(struct making *making, const struct name *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct place *division = &making->places[names[i].entry & PLACE_ROW];
        for (size_t k = 0; k < count && division->kind == PLACE_DIVISION; k++) {
            const struct place *town = &making->places[names[k].entry & PLACE_ROW];
            if (is_twin(division, town))
                division->twin = 1;
        }
    }
}

static void write_names(struct making *making, struct buffer *names, struct buffer *lists)
{
    struct lookup_entry *entries = calloc(making->name_count + 1, sizeof(*entries));
    size_t count = 0, end;
    if (!entries)
        files_fail("memory", "too little");
    qsort(making->names, making->name_count, sizeof(struct name), by_hash_and_rank);
    for (size_t at = 0; at < making->name_count; at = end) {
        for (end = at; end < making->name_count && making->names[end].hash == making->names[at].hash; end++)
            ;
        size_t rows = unique_rows(making->names + at, end - at);
        find_twins(making, making->names + at, rows);
        uint32_t number = (uint32_t)(lists->len / sizeof(uint32_t)) + 1;
        entries[count++] = (struct lookup_entry){
            making->names[at].hash, rows == 1 ? making->names[at].entry + 1 : number | PLACE_LIST};
        for (size_t i = 0; rows > 1 && i < rows; i++) {
            uint32_t entry = making->names[at + i].entry | (i + 1 == rows ? PLACE_LAST : 0);
            buffer_append(lists, &entry, sizeof(entry));
        }
    }
    printf("%zu places, %zu names\n", making->place_count, count);
    if (lookup_write(names, entries, count))
        files_fail("memory", "too little");
    free(entries);
}

static void read_all(struct making *making, const char *models, const char *gazetteer)
{
    read_table(making, files_path(making->arena, models, "places.txt"), read_nowhere);
    read_table(making, files_path(making->arena, gazetteer, "countries.tsv"), read_country);
    read_table(making, files_path(making->arena, gazetteer, "admin1.tsv"), read_division);
    read_table(making, files_path(making->arena, models, "places.txt"), read_own);
    read_table(making, files_path(making->arena, gazetteer, "country-names.tsv"), read_country_name);
    read_table(making, files_path(making->arena, gazetteer, "demonyms.tsv"), read_demonym);
    read_table(making, files_path(making->arena, gazetteer, "admin2.tsv"), read_district);
    read_table(making, files_path(making->arena, gazetteer, "places.tsv"), read_place);
    add_districts(making);
}

int main(int argc, char **argv)
{
    static struct making making;
    struct model *model = NULL;
    struct error error = {0};
    _cleanup_buffer_ struct buffer names = {0}, lists = {0}, countries = {0};
    if (argc != 3) {
        fprintf(stderr, "usage: train_places MODELS GAZETTEER\n");
        return 2;
    }
    making.arena = arena_create((size_t)2 << 30);
    if (model_open(&model, argv[1], "words", &error) || word_tables_create(&making.words, model, &error))
        files_fail(argv[1], error.text);
    read_all(&making, argv[1], argv[2]);
    write_names(&making, &names, &lists);
    if (lookup_write(&countries, making.countries, making.country_count))
        files_fail("memory", "too little");
    struct model_part parts[] = {
        {"names", buffer_str(&names)},
        {"lists", buffer_str(&lists)},
        {"places", str_make((const char *)making.places, making.place_count * sizeof(struct place))},
        {"countries", buffer_str(&countries)}};
    files_write_model(files_path(making.arena, argv[1], "places.model"), "places", PLACES_VERSION, parts, 4);
    word_tables_destroy(&making.words);
    arena_destroy(&making.arena);
    return 0;
}

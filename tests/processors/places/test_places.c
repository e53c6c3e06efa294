/* Places: countries and demonyms, choices by context, the committed model, whole articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/language/tokens.h"
#include "processors/pipeline.h"
#include "processors/places/place_name.h"
#include "processors/places/resolve.h"
#include "tests/support/linear_time.h"

static struct gazetteer *gazetteer;
static struct pipeline *pipeline;

static int setup(void **unused)
{
    (void)unused;
    struct model *model = NULL;
    struct error error = {0};
    struct pipeline_options options;
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    if (model_open(&model, NULL, "places", &error) || gazetteer_create(&gazetteer, model, &error) ||
        pipeline_create(&pipeline, &options, &error)) {
        print_error("%s\n", error.text);
        return -1;
    }
    return 0;
}

static int teardown(void **unused)
{
    (void)unused;
    gazetteer_destroy(&gazetteer);
    pipeline_destroy(&pipeline);
    return 0;
}

/* ---- Names ---- */

static void check_fold(const char *name, const char *wanted)
{
    char buffer[PLACE_NAME_BYTES];
    struct str folded = place_name_fold(str_from(name), buffer);
    if (!str_equal(folded, str_from(wanted)))
        fail_msg("%s gives %.*s, not %s", name, STR_ARG(folded), wanted);
}

static void test_names_are_folded(void **unused)
{
    (void)unused;
    check_fold("S\xC3\xA3o Paulo", "sao paulo");
    check_fold("The Hague", "hague");
    check_fold("Guinea-Bissau", "guinea bissau");
    check_fold("St. Louis", "st louis");
    check_fold("U.S.", "US");
    check_fold("us", "us");
    check_fold("N\xE2\x80\x99"
               "Djamena",
               "ndjamena");
    check_fold("", "");
    check_fold("the", "the");
    assert_int_equal(place_name_hash(STR(" .")), 0);
    char longest[4 * PLACE_NAME_BYTES], buffer[PLACE_NAME_BYTES];
    memset(longest, 'A', sizeof(longest));
    assert_true(place_name_fold(str_make(longest, sizeof(longest)), buffer).len <= PLACE_NAME_BYTES);
}

/* ---- Countries ---- */

static void check_country(const char *name, const char *wanted)
{
    char country[3] = "";
    bool found = countries_find(gazetteer_countries(gazetteer), str_from(name), country);
    if (found != (*wanted != '\0') || strcmp(country, wanted) != 0)
        fail_msg("%s gives '%s', not '%s'", name, country, wanted);
}

static void test_countries_by_name_and_people(void **unused)
{
    (void)unused;
    static const char *const known[][2] = {
        {"Syria", "SY"},
        {"US", "US"},
        {"U.S.", "US"},
        {"the United States", "US"},
        {"UK", "GB"},
        {"Britain", "GB"},
        {"U.K.", "GB"},
        {"French", "FR"},
        {"Ukrainians", "UA"},
        {"Dutch", "NL"},
        {"South Korean", "KR"},
        {"Ivory Coast", "CI"},
        {"Nigerien", "NE"},
        {"Nigerians", "NG"},
        {"IRAN", "IR"},
        {"DR Congo", "CD"},
        {"Holy See", "VA"},
        {"UAE", "AE"},
        {"Bosnia", "BA"},
        {"Democratic Republic of the Congo", "CD"},
        {"us", ""},
        {"turkey", ""},
        {"Latin America", ""},
        {"Xanadu", ""},
        {"Native Americans", ""},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        check_country(known[i][0], known[i][1]);
}

static void check_within(const char *name, const char *wanted)
{
    char country[3] = "";
    struct token_list tokens = {0};
    struct arena *arena = arena_create(1 << 20);
    struct str text = str_from(name);
    assert_int_equal(tokens_find(arena, text, 0, text.len, &tokens), 0);
    (void)countries_within(gazetteer_countries(gazetteer), text, tokens.items, tokens.count, country);
    if (strcmp(country, wanted) != 0)
        fail_msg("%s gives '%s', not '%s'", name, country, wanted);
    arena_destroy(&arena);
}

static void test_countries_within_names(void **unused)
{
    (void)unused;
    check_within("Russian Foreign Ministry", "RU");
    check_within("Embassy of the United States", "US");
    check_within("Bank of England", "GB");
    check_within("New England Patriots", "");
    check_within("Georgia Institute of Technology", "");
    check_within("Bank of Latin America", "");
    check_within("German-French Institute", "");
    check_within("South African Broadcasting Corporation", "ZA");
}

/* ---- Choices ---- */

static const struct place *answer(const char *name, const char *inside, const char *const *others)
{
    struct place_question questions[8] = {{.name = str_from(name), .inside = str_from(inside), .weight = 1}};
    size_t count = 1;
    static const country_hints none;
    struct arena *arena = arena_create(1 << 20);
    for (; others && others[count - 1]; count++)
        questions[count] = (struct place_question){.name = str_from(others[count - 1]), .weight = 1};
    assert_int_equal(resolve_places(gazetteer, arena, questions, count, none), 0);
    arena_destroy(&arena);
    return questions[0].place;
}

#define OTHERS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void check_answer(const char *name, const char *inside, const char *const *others, const char *country,
                         double latitude)
{
    const struct place *place = answer(name, inside, others);
    if (!place)
        fail_msg("%s is nowhere", name);
    if (memcmp(place->country, country, 2) != 0 ||
        fabs((double)place->latitude / PLACE_DEGREE - latitude) > 1.5)
        fail_msg("%s is in %.2s at %.2f", name, place->country, (double)place->latitude / PLACE_DEGREE);
}

static void test_what_stands_behind_decides(void **unused)
{
    (void)unused;
    check_answer("Paris", NULL, NULL, "FR", 48.9);
    check_answer("Paris", "Texas", NULL, "US", 33.7);
    check_answer("Paris, Texas", NULL, NULL, "US", 33.7);
    check_answer("London", "Ontario", NULL, "CA", 43);
    check_answer("Springfield", "Illinois", NULL, "US", 39.8);
    check_answer("Springfield", "Mass.", NULL, "US", 42.1);
    check_answer("Springfield", "Mo.", NULL, "US", 37.2);
    check_answer("Portland", "Maine", NULL, "US", 43.7);
    check_answer("Washington", "D.C.", NULL, "US", 38.9);
    check_answer("Tripoli", "Lebanon", NULL, "LB", 34.4);
    assert_null(answer("Xanadu", "China", NULL));
    assert_null(answer("Darlington", "Syria", NULL));
}

static void test_the_others_decide(void **unused)
{
    (void)unused;
    check_answer("Tripoli", NULL, OTHERS("Libya", "Benghazi"), "LY", 32.9);
    check_answer("Tripoli", NULL, OTHERS("Lebanon", "Beirut"), "LB", 34.4);
    check_answer("Georgia", NULL, OTHERS("Russia", "Tbilisi"), "GE", 42);
    check_answer("Georgia", NULL, OTHERS("Atlanta", "Florida", "Alabama"), "US", 33);
    check_answer("Birmingham", NULL, NULL, "GB", 52.5);
    check_answer("Birmingham", NULL, OTHERS("Alabama", "Montgomery"), "US", 33.5);
    check_answer("Cordoba", NULL, OTHERS("Spain", "Seville"), "ES", 37.9);
    check_answer("Cordoba", NULL, OTHERS("Argentina", "Buenos Aires"), "AR", -31.4);
    check_answer("New York", NULL, NULL, "US", 40.7);
    check_answer("eastern Ukraine", NULL, NULL, "UA", 49);
}

/* ---- The model ---- */

static void test_a_damaged_model_is_refused(void **unused)
{
    (void)unused;
    struct model *model = NULL;
    struct gazetteer *refused = NULL;
    struct error error = {0};
    _cleanup_buffer_ struct buffer bytes = {0};
    struct place row = {0};
    struct model_part parts[] = {{"places", str_make((const char *)&row, sizeof(row))}, {"lists", STR("")}};
    assert_int_equal(model_write(&bytes, "places", PLACES_VERSION, parts, 2), 0);
    assert_int_equal(model_from_bytes(&model, buffer_str(&bytes), "places", &error), 0);
    assert_int_equal(gazetteer_create(&refused, model, &error), ERR_MALFORMED);
    assert_non_null(strstr(error.text, "places and their names"));
    assert_int_equal(model_write(&bytes, "places", PLACES_VERSION + 1, parts, 2), 0);
    assert_int_equal(model_from_bytes(&model, buffer_str(&bytes), "places", &error), 0);
    assert_int_equal(gazetteer_create(&refused, model, &error), ERR_MALFORMED);
    bytes.ptr[bytes.len - 1] ^= 1;
    assert_int_equal(model_from_bytes(&model, buffer_str(&bytes), "places", &error), ERR_MALFORMED);
    assert_null(refused);
}

/* A list that goes on behind its section, and rows that are not there, are no candidates. */
static void test_wrong_numbers_lead_nowhere(void **unused)
{
    (void)unused;
    struct model *model = NULL;
    struct gazetteer *small = NULL;
    struct error error = {0};
    struct place_candidate candidates[PLACES_OF_A_NAME_MAX];
    _cleanup_buffer_ struct buffer bytes = {0}, names = {0}, countries = {0};
    static const struct place row = {.country = "FR"};
    static const uint32_t lists[] = {0, 7};
    struct lookup_entry entries[] = {{place_name_hash(STR("Alpha")), PLACE_LIST | 1},
                                     {place_name_hash(STR("Beta")), 9},
                                     {place_name_hash(STR("Gamma")), 1},
                                     {place_name_hash(STR("Delta")), PLACE_LIST | 99}};
    assert_int_equal(lookup_write(&names, entries, 4), 0);
    assert_int_equal(lookup_write(&countries, entries, 1), 0);
    struct model_part parts[] = {{"places", str_make((const char *)&row, sizeof(row))},
                                 {"lists", str_make((const char *)lists, sizeof(lists))},
                                 {"names", buffer_str(&names)},
                                 {"countries", buffer_str(&countries)}};
    assert_int_equal(model_write(&bytes, "places", PLACES_VERSION, parts, 4), 0);
    assert_int_equal(model_from_bytes(&model, buffer_str(&bytes), "places", &error), 0);
    assert_int_equal(gazetteer_create(&small, model, &error), 0);
    assert_int_equal(gazetteer_find(small, STR("Alpha"), candidates), 1);
    assert_int_equal(gazetteer_find(small, STR("Beta"), candidates), 0);
    assert_int_equal(gazetteer_find(small, STR("Gamma"), candidates), 1);
    assert_int_equal(gazetteer_find(small, STR("Delta"), candidates), 0);
    gazetteer_destroy(&small);
}

/* ---- Articles ---- */

static void run_article(struct article *article, const char *text)
{
    *article = (struct article){.arena = arena_create((size_t)1 << 30)};
    article->content_html = str_from(text);
    article->language_stated = STR("en");
    pipeline_run(pipeline, article);
}

static void check_article(const char *text, const char *wanted)
{
    struct article article;
    _cleanup_buffer_ struct buffer found = {0};
    run_article(&article, text);
    for (size_t i = 0; i < article.entities.count; i++) {
        const struct article_entity *entity = &article.entities.items[i];
        buffer_printf(&found, "%s%s %.*s %s", i ? " | " : "", name_type_text(entity->type),
                      STR_ARG(entity->name), entity->country);
        if (entity->located)
            buffer_printf(&found, " %.0f", (double)entity->latitude);
    }
    if (!str_equal(buffer_str(&found), str_from(wanted)))
        fail_msg("%s\ngives  %.*s\nwanted %s", text, STR_ARG(buffer_str(&found)), wanted);
    arena_destroy(&article.arena);
}

static void test_entities_get_countries_and_places(void **unused)
{
    (void)unused;
    check_article(
        "Officials of the Russian Foreign Ministry said on Monday that many Ukrainians had fled to Berlin.",
        "ORG Russian Foreign Ministry RU | NORP Ukrainians UA | LOC Berlin DE 53");
    check_article("The police in Paris, Texas, said on Monday that they had found the car near Dallas.",
                  "LOC Paris US 34 | LOC Texas US 31 | LOC Dallas US 33");
    check_article("Fighting went on in Tripoli on Monday, as Lebanese soldiers came from Beirut.",
                  "LOC Tripoli LB 34 | NORP Lebanese LB | LOC Beirut LB 34");
    check_article("Bolivian police fired tear gas at protesters in the eastern region of Santa Cruz.",
                  "NORP Bolivian BO | LOC Santa Cruz BO -18");
    check_article("Police in Zambia closed all schools in Southern Province on Monday.",
                  "LOC Zambia ZM -15 | LOC Southern Province ZM -17");
    check_article("The Democratic Republic of Congo and Nigeria's Zamfara have little in common.",
                  "LOC Democratic Republic of Congo CD 0 | LOC Nigeria NG 10 | LOC Zamfara NG 12");
    check_article("North Korea fired a missile on Sunday, and the South sent jets to the border.",
                  "LOC North Korea KP 40 | LOC South KR");
    check_article("The singer Paris Hilton said that she would come back to the stage next year.",
                  "PER Paris Hilton ");
}

static void test_the_dateline_is_located(void **unused)
{
    (void)unused;
    struct article article;
    run_article(&article,
                "TRIPOLI, Lebanon (AP) - The army closed the road to the north of the town on Monday after "
                "a night of shooting.");
    assert_string_equal(article.dateline.country, "LB");
    assert_true(article.dateline.located && article.dateline.geoname == 266826);
    assert_true(fabsf(article.dateline.latitude - 34.43F) < 0.1F);
    assert_true(article.given & GIFT_PLACES);
    arena_destroy(&article.arena);
}

/* ---- Sixty sentences ---- */

/* Written for this test, each with a place that it means: where the gazetteer alone would often go wrong. */
static const struct {
    const char *text, *name;
    double latitude, longitude;
} sentences[] = {
    {"The mayor of Paris said that the bridges over the Seine would stay closed.", "Paris", 48.86, 2.35},
    {"The sheriff said that the tornado hit Paris, Texas, shortly before noon.", "Paris", 33.66, -95.56},
    {"Protesters marched through London on Saturday and stopped in front of the British parliament.",
     "London", 51.51, -0.13},
    {"Police in London, Ontario, arrested two men after the robbery, the Canadian Press reported.", "London",
     42.98, -81.23},
    {"The Lebanese army sent soldiers to Tripoli after a night of clashes.", "Tripoli", 34.43, 35.84},
    {"The Libyan government said that flights to Tripoli had been stopped.", "Tripoli", 32.88, 13.19},
    {"Officials in Springfield, Illinois, said the capitol would be closed on Monday.", "Springfield", 39.80,
     -89.64},
    {"Massachusetts state police closed the highway between Springfield and Worcester.", "Springfield", 42.10,
     -72.59},
    {"The Missouri governor visited Springfield and Joplin after the storm.", "Springfield", 37.22, -93.30},
    {"The governor of Oregon asked people in Portland to stay at home.", "Portland", 45.52, -122.68},
    {"A fishing boat from Portland, Maine, was found empty on Sunday.", "Portland", 43.66, -70.26},
    {"The Alabama company will close its plant in Birmingham, and workers in Montgomery fear for theirs.",
     "Birmingham", 33.52, -86.80},
    {"West Midlands Police said that a man was stabbed in Birmingham on Friday.", "Birmingham", 52.48, -1.90},
    {"Argentine police found the drugs in a truck near Cordoba, far from Buenos Aires.", "Cordoba", -31.41,
     -64.18},
    {"The Spanish train stopped between Cordoba and Seville because of the heat.", "Cordoba", 37.89, -4.78},
    {"Voters in Atlanta and Savannah waited for hours as Georgia counted its ballots.", "Georgia", 32.75,
     -83.5},
    {"Russian troops still stand in parts of Georgia, the government in Tbilisi said.", "Georgia", 42.0,
     43.5},
    {"Washington said on Thursday that it would send more arms to Ukraine.", "Washington", 38.90, -77.04},
    {"Fires spread east of Seattle, and the state of Washington asked for help.", "Washington", 47.3, -121.5},
    {"The Syrian army shelled villages south of Idlib, residents said.", "Idlib", 35.93, 36.63},
    {"Venezuelan opposition leaders met in Valencia and Caracas.", "Valencia", 10.16, -68.0},
    {"Floods in Spain killed dozens of people in towns around Valencia.", "Valencia", 39.47, -0.38},
    {"The Chilean president flew to Santiago after the earthquake near Concepcion.", "Santiago", -33.46,
     -70.65},
    {"Hackers hit hospitals in Santiago de Compostela and other towns of Galicia, Spanish officials said.",
     "Santiago de Compostela", 42.88, -8.54},
    {"Pakistani troops closed the roads to Hyderabad in the province of Sindh.", "Hyderabad", 25.39, 68.37},
    {"India's largest makers of vaccines have their plants in Hyderabad and Pune.", "Hyderabad", 17.38,
     78.46},
    {"A bomb killed three people in Kabul on Tuesday, the Taliban said.", "Kabul", 34.53, 69.17},
    {"Ukrainian drones struck a refinery near Belgorod, the Russian governor said.", "Belgorod", 50.61,
     36.58},
    {"Shelling damaged the power plant at Enerhodar, Ukraine, for the third time.", "Enerhodar", 47.50,
     34.66},
    {"Doctors in Khartoum said that the hospital in Omdurman had run out of medicine.", "Omdurman", 15.64,
     32.48},
    {"The ferry left Rhodes for Athens with two hundred Greek tourists.", "Rhodes", 36.44, 28.22},
    {"Students in Cambridge, Massachusetts, went back to Harvard on Monday.", "Cambridge", 42.37, -71.11},
    {"Scientists in Cambridge and Oxford tested the British vaccine.", "Cambridge", 52.20, 0.12},
    {"The Peruvian miners blocked the road from Arequipa to Lima.", "Arequipa", -16.40, -71.54},
    {"The Australian prime minister spoke in Newcastle, north of Sydney.", "Newcastle", -32.93, 151.78},
    {"Newcastle and Sunderland fans fought after the English match.", "Newcastle", 54.97, -1.61},
    {"The Ohio train derailed near East Palestine, not far from Pennsylvania.", "East Palestine", 40.83,
     -80.54},
    {"Nigerian gunmen took forty pupils from a school in Kaduna.", "Kaduna", 10.53, 7.44},
    {"Kenyan police fired tear gas in Nairobi and Kisumu.", "Kisumu", -0.10, 34.76},
    {"Brazilian prosecutors searched offices in Rio de Janeiro and Sao Paulo.", "Rio de Janeiro", -22.91,
     -43.18},
    {"The Swiss bank will close branches in Geneva and Zurich.", "Geneva", 46.20, 6.15},
    {"Police in Geneva, New York, found the missing boy.", "Geneva", 42.87, -76.98},
    {"Mexican soldiers found the bodies near Culiacan in Sinaloa.", "Culiacan", 24.80, -107.39},
    {"The storm will hit Merida and Cancun on the Mexican coast.", "Merida", 20.97, -89.62},
    {"The German chancellor met workers of the port in Hamburg.", "Hamburg", 53.55, 9.99},
    {"Rescue teams reached Antakya and Gaziantep in southern Turkey.", "Antakya", 36.20, 36.16},
    {"Israeli tanks moved towards Rafah in the south of Gaza.", "Rafah", 31.29, 34.25},
    {"Iranian state media said that the blast in Isfahan did no damage.", "Isfahan", 32.65, 51.67},
    {"The Iraqi army freed Mosul after nine months of fighting.", "Mosul", 36.34, 43.12},
    {"The Somali group said that it had attacked the base near Kismayo.", "Kismayo", -0.36, 42.55},
    {"Hungary's government will build the plant near Debrecen.", "Debrecen", 47.53, 21.63},
    {"The Japanese reactor in Fukushima was shut down in 2011.", "Fukushima", 37.75, 140.47},
    {"Chinese health officials closed the market in Wuhan.", "Wuhan", 30.58, 114.27},
    {"The Burmese army burned houses near Myitkyina.", "Myitkyina", 25.38, 97.40},
    {"Colombian rebels blew up a pipeline near Cucuta.", "Cucuta", 7.89, -72.50},
    {"Cartagena will host the summit, the president of Colombia said.", "Cartagena", 10.40, -75.51},
    {"The Ecuadorean navy stopped the boat off Guayaquil.", "Guayaquil", -2.20, -79.89},
    {"A judge in Vancouver refused to free the Chinese executive, Canadian media said.", "Vancouver", 49.25,
     -123.12},
    {"The bridge between Portland and Vancouver, Washington, was closed for hours.", "Vancouver", 45.64,
     -122.66},
    {"A man from Melbourne, Florida, won the lottery.", "Melbourne", 28.08, -80.61},
};

static double kilometres(double latitude, double longitude, const struct article_entity *entity)
{
    double radian = acos(-1) / 180, a = latitude * radian, b = (double)entity->latitude * radian;
    double cosine = sin(a) * sin(b) + cos(a) * cos(b) * cos(((double)entity->longitude - longitude) * radian);
    return 6371 * acos(fmin(1, cosine));
}

enum { SENTENCES = sizeof(sentences) / sizeof(sentences[0]), NEAR_KM = 161, HITS_LEAST = 56 };

static bool is_hit(size_t at)
{
    struct article article;
    bool hit = false;
    run_article(&article, sentences[at].text);
    for (size_t i = 0; i < article.entities.count; i++) {
        const struct article_entity *entity = &article.entities.items[i];
        if (!str_equal(entity->name, str_from(sentences[at].name)))
            continue;
        hit =
            entity->located && kilometres(sentences[at].latitude, sentences[at].longitude, entity) <= NEAR_KM;
        if (!hit)
            print_message("%s: %s %s %.2f %.2f\n", sentences[at].text, name_type_text(entity->type),
                          entity->country, (double)entity->latitude, (double)entity->longitude);
        break;
    }
    arena_destroy(&article.arena);
    return hit;
}

static void test_sentences(void **unused)
{
    (void)unused;
    size_t hits = 0;
    for (size_t i = 0; i < SENTENCES; i++) {
        bool hit = is_hit(i);
        hits += hit;
        if (!hit)
            print_message("missed: %s\n", sentences[i].text);
    }
    print_message("%zu of %d places within %d km\n", hits, (int)SENTENCES, (int)NEAR_KM);
    assert_true(hits >= HITS_LEAST);
}

static void place_text(const void *piece, size_t count)
{
    struct article article;
    _cleanup_buffer_ struct buffer text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_append_str(&text, str_from(piece));
    run_article(&article, buffer_str(&text).ptr);
    arena_destroy(&article.arena);
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"in San Jose, ", "of Paris (Texas) said ",
                                         "The French of Springfield. "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(place_text, pieces[i], 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_folded),
        cmocka_unit_test(test_countries_by_name_and_people),
        cmocka_unit_test(test_countries_within_names),
        cmocka_unit_test(test_what_stands_behind_decides),
        cmocka_unit_test(test_the_others_decide),
        cmocka_unit_test(test_a_damaged_model_is_refused),
        cmocka_unit_test(test_wrong_numbers_lead_nowhere),
        cmocka_unit_test(test_entities_get_countries_and_places),
        cmocka_unit_test(test_the_dateline_is_located),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

/* Events: codes by act and stance, sources and targets, what is no event; the lexicons' own mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "processors/article_words.h"
#include "processors/meaning/actor_lexicon.h"
#include "processors/meaning/event_lexicon.h"
#include "tests/support/linear_time.h"
#include "tests/support/event_checks.h"

static void test_each_root(void **unused)
{
    static const struct wanted list[] = {
        {"Pakistan denied the accusation.", "PAK", "016", ""},
        {"Kenya urged Uganda to release the journalists.", "KEN", "0253", "UGA"},
        {"Germany promised to send tanks to Ukraine.", "DEU", "0332", "UKR"},
        {"French President Jean Durand met German Chancellor Karl Weber on Monday.", "FRAGOV", "040",
         "DEUGOV"},
        {"Armenia and Azerbaijan signed a peace treaty.", "ARM", "057", "AZE"},
        {"India shared intelligence with Nepal.", "IND", "064", "NPL"},
        {"Qatar sent food to Lebanon.", "QAT", "073", "LBN"},
        {"Sudan released two Egyptian soldiers.", "SDN", "0841", "EGYMIL"},
        {"Sweden launched an investigation into the Russian company.", "SWE", "090", "RUSBUS"},
        {"Moscow demanded guarantees from NATO.", "RUSGOV", "100", "IGOWSTNAT"},
        {"India accused Pakistan of supporting militants.", "IND", "112", "PAK"},
        {"Japan rejected the Chinese proposal.", "JPN", "127", "CHN"},
        {"Iran threatened Israel.", "IRN", "130", "ISR"},
        {"Thousands of people protested against the Peruvian government.", "PERCVL", "141", "PERGOV"},
        {"Poland deployed troops to the border.", "POL", "154", ""},
        {"Germany supplied Ukraine with two more batteries.", "DEU", "072", "UKR"},
        {"The Sudanese army recaptured the palace from the Rapid Support Forces.", "SDNMIL", "192", "SDNREB"},
        {"The European Union imposed sanctions on Belarus.", "IGOEUREEC", "163", "BLR"},
        {"Turkish police arrested 40 protesters in Istanbul.", "TURCOP", "173", "TUROPP"},
        {"Somali militants kidnapped a Kenyan doctor.", "SOMREB", "181", "KENHLH"},
        {"Rebels attacked a Malian army base.", "MLIREB", "190", "MLIMIL"},
        {"The Rwandan army massacred the villagers of Kibeho.", "RWAMIL", "202", "RWACVL"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_whom_the_words_around_tell(void **unused)
{
    (void)unused;
    static const struct wanted list[] = {
        {"The European Union imposed new sanctions on Belarus on Monday over its courts.", "IGOEUREEC", "163",
         "BLR"},
        {"Russian troops shelled the city of Kharkiv overnight.", "RUSMIL", "194", "UKR"},
        {"The White House condemned the attack and promised further aid to Kyiv.", "USAGOV", "033", "UKRGOV"},
        {"Japan protested to China over the entry of coast guard vessels into its waters.", "JPN", "114",
         "CHN"},
        {"India and Pakistan exchanged fire across the border for a third day.", "IND", "190", "PAK"},
    };
    CHECK_ALL(list);
}

static void test_stances_make_the_code(void **unused)
{
    static const struct wanted list[] = {
        {"Russia threatened to attack Georgia.", "RUS", "138", "GEO"},
        {"Russia will attack Georgia.", "RUS", "138", "GEO"},
        {"Japan will not lift sanctions on Russia.", "JPN", "1244", "RUS"},
        {"Japan refused to lift sanctions on Russia.", "JPN", "1244", "RUS"},
        {"China agreed to lift sanctions on Iran.", "CHN", "0354", "IRN"},
        {"China lifted sanctions on Iran.", "CHN", "085", "IRN"},
        {"The United Nations called on Israel to lift the blockade.", "IGOUNO", "0256", "ISR"},
        {"Russia threatened to stop aid to Syria.", "RUS", "1311", "SYR"},
        {"The West threatened Moscow with sanctions.", "WST", "1312", "RUSGOV"},
        {"Serbia began to withdraw troops from Kosovo.", "SRB", "0874", "KOS"},
        {"The United Nations called for an end to the fighting in Yemen.", "IGOUNO", "0256", "YEM"},
        {"Two soldiers were killed by Nigerian insurgents.", "NGAREB", "190", "NGAMIL"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_the_article_says_whose_police_they_are(void **unused)
{
    static const struct wanted list[] = {
        {"The Colombian government closed the road to Cali. Police arrested 19 drivers.", "COLCOP", "173",
         "COLLAB"},
        {"The Kenyan parliament sat late. The interior minister, Paul Otieno, criticised the protesters.",
         "KENGOV", "111", "KENOPP"},
        {"Gunmen abducted the gatekeeper of a school in Kaduna, Nigeria.", "UAF", "181", "NGACVL"},
        {"The Argentine treasury minister, Federico Bertolozzi, met Chinese officials.", "ARGGOV", "040",
         "CHNGOV"},
        {"The Kenyan parliament sat late. The Kenyan president spoke in Nairobi. In Kampala, a spokesman for "
         "the foreign ministry warned Rwanda that the raid would not go unanswered.",
         "UGAGOV", "130", "RWA"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_organisations_say_what_their_people_are(void **unused)
{
    static const struct wanted list[] = {
        {"The Kenyan Trades Union Congress rejected the plan of the Kenyan government.", "KENLAB", "127",
         "KENGOV"},
        {"The Human Rights Commission of Pakistan condemned the Pakistani police.", "PAKHRI", "111",
         "PAKCOP"},
        {"Edem Kpodo, the head of the Ghana Association of Banks, met Chinese President Wang Lu in Accra.",
         "GHABUS", "040", "CHNGOV"},
        {"President Said Mroivili of Comoros thanked Kenya.", "COMGOV", "051", "KEN"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_asking_is_an_act_of_its_own(void **unused)
{
    static const struct wanted list[] = {
        {"France called on Iran to show the way.", "FRA", "020", "IRN"},
        {"Egypt urged Ethiopia to think of the future.", "EGY", "020", "ETH"},
        {"Saudi Arabia demanded that Yemen give an answer.", "SAU", "100", "YEM"},
        {"The Turkish government refused to change its mind.", "TURGOV", "120", ""},
        {"Kenya urged Uganda to release the journalists.", "KEN", "0253", "UGA"},
    };
    (void)unused;
    CHECK_ALL(list);
    assert_int_equal(read_article("Kenya urged Uganda to release the journalists.")->events.count, 1);
    assert_int_equal(read_article("Maria Gomez refused to leave her house in Lima.")->events.count, 0);
}

static void test_clauses_about_a_noun_and_their_subjects(void **unused)
{
    static const struct wanted list[] = {
        {"The treaty that Kenya signed with Uganda runs for ten years.", "KEN", "057", "UGA"},
        {"Canada imposed sanctions Thursday on two Haitian businessmen.", "CAN", "163", "HTIBUS"},
        {"Israeli soldiers came under fire in Nablus.", "", "190", "ISRMIL"},
        {"Rockets fell on the Israeli town of Sderot.", "", "194", "ISR"},
        {"Three Russian drones hit Kyiv.", "RUSMIL", "1952", "UKRGOV"},
        {"The Egyptian spokesman declined to comment.", "EGYGOV", "011", ""},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_accusations_stay_accusations(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "Police in Mozambique accused the marchers of burning a post, looting shops and blocking roads.");
    assert_int_equal(article->events.count, 1);
    assert_int_equal(strncmp(article->events.items[0].cameo, "112", 3), 0);
    assert_int_equal(read_article("Cholera killed 31 people in Kenya.")->events.count, 0);
    assert_int_equal(read_article("The Kenyan agency blamed climate change.")->events.count, 0);
    article = read_article("Poland ordered the expulsion of 45 Russian diplomats, accusing them of spying.");
    for (size_t i = 0; i < article->events.count; i++)
        assert_string_not_equal(article->events.items[i].cameo, "100");
}

static void test_history_is_told_by_its_date(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("The Kenyan minister said police had arrested two Ugandan journalists on Monday.");
    assert_int_equal(article->events.count, 1);
    assert_int_equal(article->events.items[0].modality, MODALITY_ASSERTED);
    article = read_article("Kenya signed a treaty with Uganda in March 2003.");
    assert_int_equal(article->events.count, 1);
    assert_int_equal(article->events.items[0].modality, MODALITY_HISTORICAL);
}

static void test_words_for_blows(void **unused)
{
    static const struct wanted list[] = {
        {"French President Jean Durand attacked British Prime Minister John Smith.", "FRAGOV", "111",
         "GBRGOV"},
        {"French soldiers attacked British Prime Minister John Smith.", "FRAMIL", "190", "GBRGOV"},
        {"Russian tanks crossed into Ukraine on Monday.", "RUSMIL", "190", "UKR"},
    };
    (void)unused;
    CHECK_ALL(list);
}

/* Words that no preposition leads to, quotations, and phrases within phrases. */
static void test_what_stands_beside_the_word(void **unused)
{
    static const struct wanted list[] = {
        {"The Colombian rebels set three soldiers free on Monday.", "COLREB", "0841", "COLMIL"},
        {"The Cuban foreign minister called the American decision \"a slap in the face\".", "CUBGOV", "111",
         "USA"},
        {"Colombian rebels detonated a car bomb outside a police station in Cali.", "COLREB", "1832",
         "COLCOP"},
        {"Kenya gave Somalia $5 million.", "KEN", "071", "SOM"},
        {"Venezuela gave the German ambassador 48 hours to leave.", "VEN", "161", "DEUGOV"},
        {"The United Nations called for an end to the fighting in Yemen.", "IGOUNO", "0256", "YEM"},
        {"The European Commission offered to help Slovenia and Croatia.", "IGOEUREEC", "033", "SVN HRV"},
        {"The European Union promised Albania an answer before the summer.", "IGOEUREEC", "030", "ALB"},
        {"Senegal and Mauritania signed on Wednesday, in Nouakchott, a protocol on fishing.", "SEN", "057",
         "MRT"},
        {"Poland deployed troops to the border.", "POL", "154", ""},
    };
    (void)unused;
    CHECK_ALL(list);
}

/* What an act is about makes it a finer one, under a stance too. */
static void test_topics_make_finer_acts(void **unused)
{
    static const struct wanted list[] = {
        {"The United States promised military aid to the Philippines.", "USA", "0332", "PHL"},
        {"Sri Lanka asked China for a loan of two billion dollars.", "LKA", "0231", "CHN"},
        {"France rejected the request of Niger for more aid.", "FRA", "122", "NER"},
        {"Vietnam called on Japan to step up trade and economic cooperation.", "VNM", "0211", "JPN"},
        {"The Sudanese opposition demanded that the president resign.", "SDNOPP", "1041", "SDNGOV"},
        {"Cuba demanded that the United States lift its economic embargo.", "CUB", "1054", "USA"},
        {"Thousands of Chilean students marched through Santiago against the education reform.", "CHLEDU",
         "1412", "CHLGOV"},
        {"Ukraine accused Russia of war crimes.", "UKR", "1124", "RUS"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_targets_that_the_sentence_leaves_out(void **unused)
{
    static const struct wanted list[] = {
        {"Kenyan police used tear gas to stop farmers.", "KENCOP", "175", "KENLAB"},
        {"NAIROBI - Protesters marched through Nairobi. Police fired tear gas.", "KENCOP", "175", "KENOPP"},
        {"Ethiopia accused Eritrea of shelling the town. Eritrea denied the accusation.", "ERI", "016",
         "ETH"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_countries_of_those_without_one(void **unused)
{
    static const struct wanted list[] = {
        {"German Foreign Office spokesman Joachim Niedermayr condemned the Turkish attack.", "DEUGOV", "111",
         "TUR"},
        {"Hamas attacked Israel.", "PSEREB", "190", "ISR"},
        {"The United States imposed sanctions on six North Koreans.", "USA", "163", "PRK"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_both_sides_are_two(void **unused)
{
    static const struct wanted list[] = {
        {"Armenia and Azerbaijan fought for the region. Armenia mourned its dead. France urged both sides to "
         "end "
         "the fighting.",
         "FRA", "0256", "ARM AZE"},
        {"Ghana and Togo quarrel over their border. Nigeria called on the two countries to hold talks.",
         "NGA", "026", "GHA TGO"},
        {"Russian-American talks on the border began on Monday.", "RUS", "046", "USA"},
        {"The United States and its allies met on Tuesday in Brussels.", "USA", "040", "USA"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_adjectives_denied_words_and_what_is_said(void **unused)
{
    static const struct wanted list[] = {
        {"Russia was deeply concerned by the Ukrainian attack.", "RUS", "111", "UKR"},
        {"Serbia is ready for talks with Kosovo.", "SRB", "036", "KOS"},
        {"The Russian foreign ministry did not respond to a request for comment.", "RUSGOV", "011", ""},
        {"Chad will not recognise the Sudanese government.", "TCD", "120", "SDNGOV"},
        {"The Turkish government said the Greek decision was illegal.", "TURGOV", "111", "GRC"},
        {"\"This is a betrayal,\" Polish Prime Minister Jan Kowalski said of the German decision.", "POLGOV",
         "111", "DEU"},
        {"Greece put off the visit of the Turkish president.", "GRC", "125", "TURGOV"},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_a_blow_and_whom_it_killed_are_one(void **unused)
{
    const struct article *article =
        read_article("Russian forces shelled a hospital in Kharkiv on Monday, killing six civilians.");
    (void)unused;
    assert_int_equal(article->events.count, 1);
    assert_string_equal(article->events.items[0].cameo, "194");
}

static void test_announced_deeds_are_done_and_supposed_ones_are_not(void **unused)
{
    static const struct wanted list[] = {
        {"The Slovak government announced the expulsion of three Russian diplomats.", "SVKGOV", "161",
         "RUSGOV"},
        {"The minister left Israel without accusing Iran of the attack.", "", NULL, ""},
        {"The law would forbid the arrest of Polish lawmakers.", "", NULL, ""},
        {"The Greek president has not yet commented on the Turkish plan.", "", NULL, ""},
    };
    (void)unused;
    CHECK_ALL(list);
}

static size_t count_of(const struct article *article, const char *code, const struct coded_event **ret_first)
{
    size_t count = 0;
    for (size_t i = 0; i < article->events.count; i++)
        if (!strcmp(article->events.items[i].cameo, code) && !count++)
            *ret_first = &article->events.items[i];
    return count;
}

static void test_one_event_for_each_day_and_its_mentions(void **unused)
{
    const struct coded_event *event = NULL;
    const struct article *article =
        read_article("Israel attacked Syria on Monday. The minister spoke. Israel attacked Syria again.");
    (void)unused;
    assert_int_equal(count_of(article, "190", &event), 1);
    assert_int_equal(event->mention_count, 1);
    assert_true(event->mentions[0].start != event->trigger.start);
    assert_string_equal(
        arena_printf(article->arena, "%.*s", STR_ARG(article_words(article, event->mentions[0]))).ptr,
        "attacked");
    article = read_article("Israel attacked Syria on Monday. Israel attacked Syria on Tuesday.");
    assert_int_equal(count_of(article, "190", &event), 2);
    assert_string_not_equal(event[0].id, event[1].id);
    assert_int_equal(event->mention_count, 0);
}

/* More speakers than there is room for one. */
static void test_an_event_is_told_by_the_first_of_several(void **unused)
{
    const struct article *article = read_article(
        "Germany, Poland, Hungary and Greece claimed that the troops of Serbia had attacked the town.");
    (void)unused;
    for (size_t i = 0; i < article->events.count; i++) {
        const struct coded_event *event = &article->events.items[i];
        assert_non_null(event->rule);
        assert_true(event->confidence > 0 && event->confidence <= 1);
        assert_true(!event->attributed_to.cameo.len || str_equal(event->attributed_to.cameo, STR("DEU")));
    }
    assert_true(article->events.count > 0);
}

static void test_no_events(void **unused)
{
    static const struct wanted list[] = {
        {"Tense discussions were held on Monday for nearly eight hours in Geneva.", NULL, NULL, NULL},
        {"The government did not attack the city.", NULL, NULL, NULL},
        {"If Russia invades Ukraine, prices will rise.", NULL, NULL, NULL},
        {"Serbia beat Italy in the cup match of the league.", NULL, NULL, NULL},
        {"Russia could attack Georgia.", NULL, NULL, NULL},
        {"\"Iran attacked Israel,\" Robert Hale said.", NULL, NULL, NULL},
        {"The storm hit the coast of Japan.", NULL, NULL, NULL},
        {"The company sold shoes.", NULL, NULL, NULL},
        {"More than 60,000 people have crossed into Uganda.", NULL, NULL, NULL},
        {"They were arrested on Monday.", NULL, NULL, NULL}, /* nobody known, on either side */
        {"It was condemned.", NULL, NULL, NULL},
        {"", NULL, NULL, NULL},
    };
    (void)unused;
    CHECK_ALL(list);
}

static void test_what_an_event_says(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Witnesses said Ethiopian soldiers killed three Eritreans in Asmara.");
    assert_int_equal(article->events.count, 1);
    const struct coded_event *event = article->events.items;
    assert_string_equal(event->plover_type, "ASSAULT");
    assert_int_equal(event->quad_class, 4);
    assert_true(event->goldstein == -10);
    assert_string_equal(event->sources[0].country, "ET");
    assert_string_equal(event->sources[0].sector, "MIL");
    assert_true(event->confidence > 0.5F && event->confidence < 1);
    assert_true(event->place && str_equal(article->entities.items[event->place - 1].name, STR("Asmara")));
    article = read_article("On Tuesday Iran arrested two Canadians.");
    assert_int_equal(article->events.count, 1);
    assert_true(article->events.items[0].time &&
                str_equal(article->times.items[article->events.items[0].time - 1].value, STR("2022-03-01")));
    article = read_article("Iraq invaded Kuwait in 1990.");
    assert_int_equal(article->events.items[0].modality, MODALITY_HISTORICAL);
}

static void test_told_twice_is_one_event(void **unused)
{
    (void)unused;
    assert_int_equal(
        read_article("Iran arrested two Canadians. The Canadians were arrested by Iran.")->events.count, 1);
}

/* ---- Lexicons ---- */

static void test_wrong_lexicons_are_refused_with_the_line(void **unused)
{
    static const char *const texts[] = {
        "verb a: obj@ = NONESUCH",
        "verb a: obj@",
        "verb: obj = KILL",
        "verb a obj = KILL x",
        "set: a",
        "set x: a\nset x: b",
        "verb a: obj($no) = KILL",
        "verb a: obj(b = KILL",
        "verb a: = KILL again",
        "stance a: obj = love",
        "adverb a: obj = KILL",
        "verb a: x y z w = KILL",
        "verb a: wth@ = KILL",
        "verb a: wth(b) = KILL",
        "verb a: $no = KILL",
        "topic NONESUCH: a = KILL",
        "topic AID: a = NONESUCH",
        "topic AID: = KILL",
        "topic AID: a = KILL recip",
        "topic AID: a",
        "verb a: obj() = KILL",
        "set x:",
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct event_lexicon *lexicon = NULL;
        struct error error = {0};
        assert_int_equal(event_lexicon_create(&lexicon, "words", str_from(texts[i]), &error), ERR_MALFORMED);
        assert_null(lexicon);
        assert_non_null(strstr(error.text, "words:"));
    }
    static const char *const actors[] = {
        "actor GO: a",    "name : b",   "name X USA: a", "x", ": a", "holder US GOV x: a",
        "name IGO: a||b", "part GO: a", "part HRI: a||b"};
    for (size_t i = 0; i < sizeof(actors) / sizeof(actors[0]); i++) {
        struct actor_lexicon *list = NULL;
        struct error error = {0};
        assert_int_equal(actor_lexicon_create(&list, "who", str_from(actors[i]), &error), ERR_MALFORMED);
        assert_null(list);
        assert_non_null(strstr(error.text, "who:1:"));
    }
}

static void test_rules_are_found(void **unused)
{
    (void)unused;
    struct event_lexicon *lexicon;
    struct error error = {0};
    const struct event_rule *const *rules;
    assert_int_equal(event_lexicon_create(&lexicon, "own", event_lexicon_text(), &error), 0);
    assert_true(event_lexicon_find(lexicon, EVENT_VERB, STR("impose"), &rules) >= 3);
    assert_true(event_lexicon_find(lexicon, EVENT_STANCE, STR("urge"), &rules) >= 1);
    assert_int_equal(event_lexicon_find(lexicon, EVENT_NOUN, STR("impose"), &rules), 0);
    assert_int_equal(event_lexicon_find(lexicon, EVENT_VERB, STR(""), &rules), 0);
    event_lexicon_destroy(&lexicon);
}

static void test_every_act_has_codes(void **unused)
{
    static const char *const names[] = {"RELEASE", "FIGHT", "CONSULT", "DENY"};
    (void)unused;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct act *act = act_find(str_from(names[i]));
        assert_non_null(act);
        for (enum stance stance = STANCE_DONE; stance < STANCES; stance++) {
            const char *mode, *code = act_code(act, stance);
            assert_true(strlen(code) >= 3 && act_quad_class(code) >= 1 && act_goldstein(code) >= -10);
            (void)act_type(act, stance, &mode);
            assert_non_null(mode);
        }
    }
    assert_null(act_find(STR("NONESUCH")));
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"Iran attacked Israel. ", "attacked ", "threatened to promise to ",
                                         "Russia and Iran and ", "called for an end to the war on "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(read_pieces, pieces[i], 1000);
}

/* No rule holds for "ruled out" here. */
static void test_what_no_rule_holds_for_is_told_by_the_model(void **state)
{
    (void)state;
    const struct article *article =
        read_article("Teachers chanted outside the ministry of education in Lima.");
    size_t learnt = 0;
    for (size_t i = 0; i < article->events.count; i++)
        if (!strcmp(article->events.items[i].rule, "model-acts-1")) {
            learnt++;
            assert_string_equal(article->events.items[i].cameo, "141");
            assert_true(article->events.items[i].act_confidence >= 0.7F);
            assert_true(article->events.items[i].source_count > 0);
        }
    assert_int_equal(learnt, 1);
}

#define RAIN "It rained all day in the north.\n\n"
#define TOUR "Fiji's premier spoke of fish during his tour of Asia."
#define DISPATCH "The dispatch of a field hospital to Afghanistan was announced by the United Arab Emirates."

static size_t visits(const struct article *article)
{
    size_t count = 0;
    for (size_t i = 0; i < article->events.count; i++)
        count += !strcmp(article->events.items[i].cameo, "042");
    return count;
}

/* Of words that the model of acts takes for none a rule makes an event where the news is told, and where it
 * is sure. */
static void test_what_the_model_doubts_is_an_event_in_the_first_sentence_or_where_a_rule_is_sure(void **state)
{
    (void)state;
    assert_int_equal(visits(read_article(TOUR)), 1);
    assert_int_equal(visits(read_article(RAIN TOUR)), 0);
    assert_int_equal(read_article(RAIN DISPATCH)->events.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_no_rule_holds_for_is_told_by_the_model),
        cmocka_unit_test(
            test_what_the_model_doubts_is_an_event_in_the_first_sentence_or_where_a_rule_is_sure),
        cmocka_unit_test(test_each_root),
        cmocka_unit_test(test_whom_the_words_around_tell),
        cmocka_unit_test(test_stances_make_the_code),
        cmocka_unit_test(test_the_article_says_whose_police_they_are),
        cmocka_unit_test(test_organisations_say_what_their_people_are),
        cmocka_unit_test(test_asking_is_an_act_of_its_own),
        cmocka_unit_test(test_clauses_about_a_noun_and_their_subjects),
        cmocka_unit_test(test_accusations_stay_accusations),
        cmocka_unit_test(test_history_is_told_by_its_date),
        cmocka_unit_test(test_words_for_blows),
        cmocka_unit_test(test_what_stands_beside_the_word),
        cmocka_unit_test(test_topics_make_finer_acts),
        cmocka_unit_test(test_targets_that_the_sentence_leaves_out),
        cmocka_unit_test(test_countries_of_those_without_one),
        cmocka_unit_test(test_both_sides_are_two),
        cmocka_unit_test(test_adjectives_denied_words_and_what_is_said),
        cmocka_unit_test(test_one_event_for_each_day_and_its_mentions),
        cmocka_unit_test(test_a_blow_and_whom_it_killed_are_one),
        cmocka_unit_test(test_announced_deeds_are_done_and_supposed_ones_are_not),
        cmocka_unit_test(test_an_event_is_told_by_the_first_of_several),
        cmocka_unit_test(test_no_events),
        cmocka_unit_test(test_what_an_event_says),
        cmocka_unit_test(test_told_twice_is_one_event),
        cmocka_unit_test(test_wrong_lexicons_are_refused_with_the_line),
        cmocka_unit_test(test_rules_are_found),
        cmocka_unit_test(test_every_act_has_codes),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}

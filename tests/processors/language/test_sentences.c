/* Sentence borders in news text of several languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "processors/language/sentences.h"
#include "tests/support/linear_time.h"

static struct lexicon *lexicon;

static int setup(void **state)
{
    (void)state;
    struct error error;
    return lexicon_create(&lexicon, sentence_lists, &error);
}

static int teardown(void **state)
{
    (void)state;
    lexicon_destroy(&lexicon);
    return 0;
}

static size_t offset(struct str text, uint32_t points)
{
    size_t at = 0;
    for (uint32_t c; points > 0; points--)
        at += utf8_decode(text, at, &c);
    return at;
}

/* `text` holds '|' where a sentence is to end; the rest is the text. */
static void check(const char *language, const char *marked)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .language = str_from(language)};
    char *plain = arena_copy(arena, marked, strlen(marked)), *out = plain;
    for (const char *c = marked; *c; c++)
        if (*c != '|')
            *out++ = *c;
    article.text = str_make(plain, (size_t)(out - plain));
    struct block *block = article_list_add(arena, &article.blocks);
    *block = (struct block){BLOCK_PARAGRAPH, 0, {0, (uint32_t)utf8_length(article.text)}, STR_NONE};
    assert_int_equal(sentences_find(lexicon, &article), 0);
    struct str found = STR("");
    size_t shown = 0; /* what stands between two sentences is shown with the second */
    for (size_t i = 0; i < article.sentences.count; i++) {
        size_t end = offset(article.text, article.sentences.items[i].end);
        found = arena_printf(arena, "%.*s%s%.*s", STR_ARG(found), i ? "|" : "",
                             STR_ARG(str_slice(article.text, shown, end)));
        shown = end;
    }
    if (!str_equal(found, str_from(marked)))
        fail_msg("\n  found    %.*s\n  expected %s", STR_ARG(found), marked);
    arena_destroy(&arena);
}

static void splits_english(void **state)
{
    (void)state;
    check("en", "The dam held.| Nobody was hurt.");
    check("en", "Mr. Bekele met Gen. Abel Tesfaye and Dr. W. E. Hart.| They left.");
    check("en", "The U.S. Army said so.| It left the U.S.| The rest stayed.");
    check("en", "It rose by 3.5 metres.| On Jan. 11 it fell.| See No. 5 for more.");
    check("en", "It ended at 5 p.m. EST on Monday.| It began at 9 a.m.| He was late.");
    check("en", "“We will come back.”| He left.");
    check("en", "“Will it rain?” she asked.| Nobody knew.");
    check("en", "(It rained.)| Then it stopped.");
    check("en", "He said “no.”| She said “yes”.");
    check("en", "Wait...| What?!| Yes!");
    check("en", "Acme Inc. reported a loss.| Acme Inc.| The firm is old.");
    check("en", "She was ill.| Smith went home.");
    check("en", "It cost $5.| Then 6.| Nobody paid.");
    check("en", "See www.example.com for more.| Or call.");
    check("en", "“It is key to ‘security ’ ”.| She left.");
    check("en", "no stop at the end");
}

static void splits_other_languages(void **state)
{
    (void)state;
    check("de", "Am 11. Januar kam Dr. Keller.| Er blieb z. B. bis zum 3. Oktober.| Das war's.");
    check("de", "Das gilt u.a. für Berlin.| Papst Benedikt XVI. besuchte Köln.");
    check("fr", "M. Dupont est venu.| « C'est fini. »| Il est parti.");
    check("fr", "Qui sait ?| Personne !");
    check("es", "El Sr. Pérez llegó.| ¿Quién sabe?| Nadie.");
    check("it", "Il dott. Rossi è arrivato.| Poi è partito.");
    check("pt", "O Sr. Silva chegou.| Depois saiu.");
    check("ru", "В 2021 г. Иванов приехал.| Он уехал.");
    check("nl", "Dhr. Jansen kwam.| Hij vertrok.");
}

static void splits_scripts_without_spaces_or_case(void **state)
{
    (void)state;
    check("zh", "大坝没有倒塌。|没有人受伤！|谁知道？");
    check("ja", "「雨が降る。」と彼は言った。|終わった。");
    check("hi", "बाँध टूट गया।| कोई घायल नहीं हुआ।");
    check("ar", "انهار السد.| هل أصيب أحد؟| لا.");
}

static void abbreviations_before_numbers_and_brackets_end_nothing(void **state)
{
    (void)state;
    check("en", "See Lights (S. Dezimian, ed. (2009), p. 14).| It cost approx. $5 then.");
    check("en", "It is in vol. II of the work, pp. 14-20.| See no. 7 and nos. 8 to 9.");
    check("en", "The 2nd ed. (New York, 1999) is out.| Cf. Smith (eds. 2004).");
    check("en", "Acme Inc. (NYSE: ACM) fell by max. 5 points.| It rose.");
    check("en", "They sold boats, etc.| (The list is long.)| He said no.| Then he left.");
    check("de", "Das steht in Bd. 3 (Hrsg. 2009).| Danach kam nichts.");
    check("fr", "La 2e éd. (2009) est parue.| Elle plaît.");
}

static void full_width_decimals_are_numbers(void **state)
{
    (void)state;
    check("ja", "値は３．１４でした。|震度は５．２と発表された。|次は来年です．|終わり．");
    check("ja", "１．はじめに述べる。|２．次に進む。");
    check("zh", "增长3．5％。|网址是ｗｗｗ．ｅｘａｍｐｌｅ．ｃｎ。");
}

static void marks_in_names_end_nothing(void **state)
{
    (void)state;
    check("en", "He left Yahoo! Inc in May.| Shares of Yahoo!| The firm rose.");
    check("en", "Fans of Zazz! music came.| The band Zazz! Tour begins in May.");
    check("en", "A Jeopardy! host spoke.| Then Jeopardy! Masters began.");
    check("en", "He wore Guess? Inc clothes.| Who knows?| Smith left.");
    check("en", "Stop! he cried.| Stop!| Smith ran.");
    check("en", "What a day!| Nobody slept.| Zazz!| Smith left.");
}

static void a_quotation_goes_on_with_its_speaker(void **state)
{
    (void)state;
    check("en", "\"Good morning!\" Harry Smit exclaimed.| \"Is it closed?\" Vela asked.| Nobody knew.");
    check("en", "“Who are you?” Dr. Ann O’Brien, 34, asked him quietly.| “A friend.”| Vela asked why.");
    check("en", "“Is it over?” Deputy Mayor Anna van Dyck wondered aloud.| They left.");
    check("en", "“Who knows?”| Smith said that he would go.| “Really?!” Smith asked.");
    check("en", "“Stop!”| Harry Smit left the room.| “Why?”| He asked again.");
}

static void a_lost_space_is_a_border(void **state)
{
    (void)state;
    check("en", "The dam held through the night.|Nobody was hurt on Tuesday.|\"We were lucky,\" he said.");
    check("en", "He said \"it held.\"|Nobody was hurt!|“Never,” said Smith.|I left.");
    check("en", "See www.Example.com, node.js, ASP.NET, Booking.Com or index.Html in U.S.A or Ph.D form.");
    check("en",
          "Write to anna.Keller@news.Example.org, see a.b/c.Def and call obj.Method() or System.Out.Line.");
    check("en", "It met Mr.Smith of St.Gallen in 2.0.1 and v.Two.| He left.");
    check("de", "Der Damm hielt.|Niemand wurde verletzt, so Dr.Keller etwa.| „Gut.“|Er ging.");
    check("ru", "Дамба выдержала.|Никто не пострадал.");
}

static void a_contraction_or_a_plural_is_no_initial(void **state)
{
    (void)state;
    check("en", "But they didn't.| People left.| They won’t.| President Bush left.");
    check("en", "He coached the under 12's.| People came.| So I'd.| Smith knew.| DIDN'T.| PEOPLE LEFT.");
    check("en", "He met my wife and I.| Overall it went well.| He is older than I.| Smith left.");
    check("en", "It was built by I. M. Pei.| Then I. Newton came and J. Smith left.");
    check("fr", "C'est l'art. 5 du code.| Il l'a dit.");
}

static void what_is_counted_at_the_beginning_goes_on(void **state)
{
    (void)state;
    check("en",
          "1. First things first.| 2. Then the rest.| *3. Then Smith left.| \"4. May I go?\"| He went.");
    check("en", "2.1. Methods follow.| 10. Results come last.| It ended in 2010.| Nobody paid.");
    check("en", "The house at dusk| Photo: Anna Keller.| Image: Smith| Image: NASA.");
    check("de", "1. Das erste.| 2. Das zweite.| Danach kam nichts.");
}

static void reference_marks_belong_to_the_sentence_before(void **state)
{
    (void)state;
    check("en", "They married in 2014. [17] [18]| She left.[3]| He stayed.[citation needed]| It rained. [4]");
    check("en", "She called it \"vexation\". [2]| However, he left. [a] [better source needed]| It rained.");
    check("en", "It needs a will to innovate.23| Then it grows.| See No.23 Main Street and fig.2 Above it.");
    check("en", "He said so.| [Smith left.]| [The rest stayed.]");
    check("de", "Sie starb 1739. [4]| Er blieb.[5]| Danach kam nichts.");
}

static void marks_behind_a_space_belong_to_the_stop(void **state)
{
    (void)state;
    check("en", "( It rained. )| He went to Montgomery . . .| Then he left.| Is it so ? ? ?| It is.");
    check("en",
          "It is always great. =)| Thank you :)| It rained ;-)| See (a: b) and c) here.| The ratio is 3 :8.");
    check("en", "The food is poor...|I asked for more.| He waited...and left!!|Nobody came.| J...K left.");
}

static void a_small_letter_begins_a_sentence_in_english(void **state)
{
    (void)state;
    check("en", "it rained all day.| the dam held.| was it old?| nobody knew!| we left.");
    check("en", "Some help would be great.| thank you.| It holds 5 oz. of milk, approx. ten in. long, etc. "
                "and more.");
    check("en", "The U.S. has left.| Stop! he cried.| He left at 5 p.m. on Monday with E. coli of No. two.");
    check("en", "Fans of Zazz! music came to Yahoo! shops.| Why? she asked.| Who knows? asked Smith.");
    check("en", "Wait... there is more, he said.| It is “over.” he said and “why?” she asked.");
    check("en", "i can't go !| please help!!| what is it???| it was in London.| but we left New York.| then "
                "it rained.");
    check("en", "It is all told there.| http://example.com/a and (Smith, 2017. https://example.com/b).");
    check(
        "en",
        "It fell 3 pct. in May to 3 mil. and 4 bn. more, the exec. vice president of the assoc. press said.");
    check("de", "Am 11. november kam er.| Das ist gut. und schön.");
    check("en", "The firm in Calif. was sold, the one in Fresno, Calif. and two in Wash. were not.");
    check("en", "A plant in Worcester, Mass. was shut on Tues. morning by the Dept. of Health.");
    check("en", "The dept. was told by Pres. and vice Pres. alike that firms of the town, cos. from Alta. "
                "and others, went.");
}

static void abbreviations_end_before_a_sure_beginning(void **state)
{
    (void)state;
    check("en",
          "He lives on Main St.| The shop is on Greenfield Ave.| They met St. Mary at St. Paul Ave. South.");
    check("en",
          "So say Smith et al.| They left, as in Smith et al. 2009.| It is by ENA of S.A.| Please call.");
    check("en", "On Wed. Sept. 20 and Thur. 6/14 they met.| He sat.| Twelve came.| He sat.| 12 came.");
    check("en",
          "It is at 2:00 p.m. (4:00 there).| P.S. By the way, the staff, esp. Edwin, came.| Attn. Smith.");
}

static void find_sentences(const void *part, size_t count)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_append_str(&text, str_from(part));
    struct article article = {.arena = arena, .language = STR("en"), .text = buffer_str(&text)};
    *article_list_add(arena, &article.blocks) =
        (struct block){BLOCK_PARAGRAPH, 0, {0, (uint32_t)utf8_length(article.text)}, STR_NONE};
    assert_int_equal(sentences_find(lexicon, &article), 0);
    arena_destroy(&arena);
    buffer_done(&text);
}

static void long_text_without_a_stop_takes_linear_time(void **state)
{
    (void)state;
    static const char *const parts[] = {"a",     "A",      "a\"", "\"A", "a.\"A", "a.(",    "! ", "!\" A ",
                                        "A! a ", "３．",   "“",   " \"", "a.A.",  "?\" A,", ". ", ". [1]",
                                        " :)",   "a :) A", "1. ", "a.[", "* ",    "a...A"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        assert_linear(find_sentences, parts[i], 100000);
}

static void headings_are_sentences_of_their_own(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {
        .arena = arena, .language = STR("en"), .text = STR("“Moment of truth”\n\nIt came. It went.")};
    *article_list_add(arena, &article.blocks) = (struct block){BLOCK_HEADING, 0, {0, 17}, STR_NONE};
    *article_list_add(arena, &article.blocks) = (struct block){BLOCK_PARAGRAPH, 0, {19, 36}, STR_NONE};
    assert_int_equal(sentences_find(lexicon, &article), 0);
    assert_int_equal(article.sentences.count, 3);
    assert_int_equal(article.sentences.items[0].end, 17);
    assert_int_equal(article.sentences.items[1].start, 19);
    assert_int_equal(article.sentences.items[1].end, 27);
    assert_int_equal(article.sentences.items[2].end, 36);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_english),
        cmocka_unit_test(splits_other_languages),
        cmocka_unit_test(splits_scripts_without_spaces_or_case),
        cmocka_unit_test(abbreviations_before_numbers_and_brackets_end_nothing),
        cmocka_unit_test(full_width_decimals_are_numbers),
        cmocka_unit_test(marks_in_names_end_nothing),
        cmocka_unit_test(a_quotation_goes_on_with_its_speaker),
        cmocka_unit_test(a_lost_space_is_a_border),
        cmocka_unit_test(a_contraction_or_a_plural_is_no_initial),
        cmocka_unit_test(what_is_counted_at_the_beginning_goes_on),
        cmocka_unit_test(reference_marks_belong_to_the_sentence_before),
        cmocka_unit_test(marks_behind_a_space_belong_to_the_stop),
        cmocka_unit_test(a_small_letter_begins_a_sentence_in_english),
        cmocka_unit_test(abbreviations_end_before_a_sure_beginning),
        cmocka_unit_test(long_text_without_a_stop_takes_linear_time),
        cmocka_unit_test(headings_are_sentences_of_their_own),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

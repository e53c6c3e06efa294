/* The model of letters: a sentence of each of many languages, scripts, mixed text, and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "processors/language/language_model.h"

static const char *const english =
    "The council said on Tuesday that the bridge will be closed for two weeks.";

static int open_model(void **state)
{
    struct error error;
    return language_model_create((struct language_model **)state, "processors/models", &error);
}

static int close_model(void **state)
{
    language_model_destroy((struct language_model **)state);
    return 0;
}

static struct language_guess guess_of(void **state, const char *text)
{
    struct language_guess guess;
    language_model_guess(*state, str_from(text), &guess);
    return guess;
}

static void check_rows(void **state, const char *const (*rows)[2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct language_guess guess = guess_of(state, rows[i][1]);
        if (strcmp(guess.code, rows[i][0]) != 0)
            fail_msg("'%s' is %s, not %s (margin %.2f)", rows[i][1], rows[i][0], guess.code,
                     (double)guess.margin);
        assert_true(guess.probability > 0 && guess.probability <= 1 && guess.margin >= 0);
        assert_in_range(guess.percent, 0, 100);
    }
}

static void tells_languages_of_one_script_apart(void **state)
{
    static const char *const rows[][2] = {
        {"en", "The council said on Tuesday that the bridge will be closed for two weeks."},
        {"de", "Der Stadtrat teilte am Dienstag mit, dass die Brücke zwei Wochen lang gesperrt wird."},
        {"fr", "Le conseil municipal a annoncé mardi que le pont sera fermé pendant deux semaines."},
        {"es", "El ayuntamiento anunció el martes que el puente estará cerrado durante dos semanas."},
        {"it", "Il consiglio comunale ha annunciato martedì che il ponte resterà chiuso per due settimane."},
        {"pt", "A câmara anunciou na terça-feira que a ponte ficará fechada durante duas semanas."},
        {"nl", "De gemeente liet dinsdag weten dat de brug twee weken lang dicht zal zijn."},
        {"pl", "Rada miasta poinformowała we wtorek, że most będzie zamknięty przez dwa tygodnie."},
        {"cs", "Městská rada v úterý oznámila, že most bude dva týdny uzavřen."},
        {"sk", "Mestská rada v utorok oznámila, že most bude dva týždne uzavretý."},
        {"hu", "A városi tanács kedden közölte, hogy a hidat két hétre lezárják."},
        {"ro", "Consiliul a anunțat marți că podul va fi închis timp de două săptămâni."},
        {"sl", "Mestni svet je v torek sporočil, da bo most zaprt dva tedna."},
        {"tr", "Belediye salı günü köprünün iki hafta boyunca kapalı olacağını açıkladı."},
        {"vi", "Hội đồng thành phố hôm thứ Ba cho biết cây cầu sẽ đóng cửa trong hai tuần."},
        {"id", "Pemerintah kota mengatakan pada hari Selasa bahwa jembatan akan ditutup selama dua minggu."},
        {"sv", "Kommunen meddelade på tisdagen att bron kommer att vara stängd i två veckor."},
        {"da", "Kommunen oplyste tirsdag, at broen vil være lukket i to uger."},
        {"fi", "Kaupunki ilmoitti tiistaina, että silta on suljettuna kaksi viikkoa."},
        {"et", "Linnavalitsus teatas teisipäeval, et sild on kaks nädalat suletud."},
        {"lt", "Miesto taryba antradienį pranešė, kad tiltas bus uždarytas dvi savaites."},
        {"lv", "Pilsētas dome otrdien paziņoja, ka tilts būs slēgts divas nedēļas."},
        {"ca", "L'ajuntament va anunciar dimarts que el pont estarà tancat durant dues setmanes."},
        {"ru", "Городской совет сообщил во вторник, что мост будет закрыт на две недели."},
        {"uk", "Міська рада повідомила у вівторок, що міст буде закрито на два тижні."},
        {"bg", "Общинският съвет съобщи във вторник, че мостът ще бъде затворен за две седмици."},
        {"sr", "Градско веће је у уторак саопштило да ће мост бити затворен две недеље."},
        {"ar", "أعلن مجلس المدينة يوم الثلاثاء أن الجسر سيغلق لمدة أسبوعين."},
        {"fa",
         "شورای شهر روز سه‌شنبه اعلام کرد که پل به مدت دو هفته "
         "بسته "
         "خواهد "
         "بود."},
        {"hi", "नगर परिषद ने मंगलवार को कहा कि पुल दो सप्ताह के लिए बंद रहेगा।"},
    };
    check_rows(state, rows, sizeof(rows) / sizeof(rows[0]));
}

static void scripts_of_one_language_decide(void **state)
{
    static const char *const rows[][2] = {
        {"el", "Η γέφυρα θα κλείσει"},  {"he", "הגשר ייסגר"},        {"ko", "다리가 닫힌다"},
        {"ja", "橋は二週間閉鎖される"}, {"zh", "大桥将关闭两周"},    {"th", "สะพานจะปิด"},
        {"ka", "ხიდი დაიკეტება"},       {"hy", "կամուրջը կփակվի"},   {"bn", "সেতু বন্ধ থাকবে"},
        {"ta", "பாலம் மூடப்படும்"},        {"te", "వంతెన మూసివేయబడుతుంది"},
    };
    check_rows(state, rows, sizeof(rows) / sizeof(rows[0]));
}

static void knows_nothing_of_no_letters(void **state)
{
    static const char *const texts[] = {"", "12 34 56", "!!! ... 2026-11-25", "\xE2\x82\xAC 5"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct language_guess guess = guess_of(state, texts[i]);
        assert_string_equal(guess.code, "");
        assert_string_equal(guess.second, "");
        assert_int_equal(guess.letters, 0);
    }
}

static void says_how_near_the_second_is(void **state)
{
    struct language_guess clear = guess_of(state, english);
    struct language_guess near = guess_of(state, "Oslo og Bergen");
    assert_true(clear.probability > 0.99f && clear.margin > near.margin);
    assert_true(strcmp(near.second, "no") == 0 || strcmp(near.second, "da") == 0);
}

static void two_languages_share_a_text(void **state)
{
    char text[1024];
    (void)snprintf(text, sizeof(text), "%s %s %s", english,
                   "The mayor said that there had been no choice, because the water was still rising. ",
                   "Міська рада повідомила у вівторок, що міст буде закрито на два тижні через повінь.");
    struct language_guess scripts = guess_of(state, text);
    assert_in_range(scripts.percent, 20, 60);
    (void)snprintf(text, sizeof(text), "%s %s", english,
                   "Der Stadtrat teilte am Dienstag mit, dass die Brücke zwei Wochen lang gesperrt wird.");
    struct language_guess words = guess_of(state, text);
    assert_in_range(words.percent, 30, 75);
    assert_int_equal(guess_of(state, english).percent, 100);
}

static void long_words_and_long_texts_stay_in_bounds(void **state)
{
    static char text[200000];
    memset(text, 'a', sizeof(text) - 1);
    assert_int_equal(guess_of(state, text).letters, sizeof(text) - 1);
    for (size_t i = 0; i + 1 < sizeof(text); i += 2)
        text[i] = ' ';
    (void)guess_of(state, text);
    for (size_t i = 0; i + 3 < sizeof(text); i += 3)
        memcpy(text + i, "\xE0\xA4\x85", 3);
    (void)guess_of(state, text);
}

static void refuses_a_folder_without_the_model(void **state)
{
    (void)state;
    struct language_model *model = NULL;
    struct error error;
    assert_int_not_equal(language_model_create(&model, "/nowhere", &error), 0);
    assert_null(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_languages_of_one_script_apart),
        cmocka_unit_test(scripts_of_one_language_decide),
        cmocka_unit_test(knows_nothing_of_no_letters),
        cmocka_unit_test(says_how_near_the_second_is),
        cmocka_unit_test(two_languages_share_a_text),
        cmocka_unit_test(long_words_and_long_texts_stay_in_bounds),
        cmocka_unit_test(refuses_a_folder_without_the_model),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}

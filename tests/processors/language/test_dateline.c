/* Datelines as agencies write them, and sentences that only look like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/utf8.h"
#include "processors/language/dateline.h"

struct row {
    const char *text, *place, *region, *agency, *date;
    unsigned end; /* of the span, 0 = not checked */
};

static void check_str(const char *what, const char *text, struct str found, const char *expected)
{
    if (!str_equal(found, str_from(expected ? expected : "")))
        fail_msg("%s of '%s': '%.*s', expected '%s'", what, text, STR_ARG(found), expected ? expected : "");
}

static void check_rows(const struct row *rows, size_t count)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < count; i++) {
        struct dateline found = {0};
        if (!dateline_read(arena, str_from(rows[i].text), &found))
            fail_msg("no dateline in '%s'", rows[i].text);
        check_str("place", rows[i].text, found.place, rows[i].place);
        check_str("region", rows[i].text, found.region, rows[i].region);
        check_str("agency", rows[i].text, found.agency, rows[i].agency);
        check_str("date", rows[i].text, found.date, rows[i].date);
        assert_int_equal(found.span.start, 0);
        if (rows[i].end)
            assert_int_equal(found.span.end, rows[i].end);
    }
    arena_destroy(&arena);
}

static void finds_the_forms_of_agencies(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"(Brussels) Ministers met again on Monday.", "Brussels", NULL, NULL, NULL, 10},
        {"(Buenos Aires) Ministers met.", "Buenos Aires", NULL, NULL, NULL, 0},
        {"KYIV, Ukraine (AP) - Shelling went on.", "Kyiv", "Ukraine", "AP", NULL, 20},
        {"KYIV, Ukraine (AP) — Shelling went on.", "Kyiv", "Ukraine", "AP", NULL, 20},
        {"PARIS, Jan 11 - The river rose.", "Paris", NULL, NULL, "Jan 11", 15},
        {"PARIS, Jan 11 (Reuters) - The river rose.", "Paris", NULL, "Reuters", "Jan 11", 0},
        {"PARIS, Jan. 11 (Reuters) - The river rose.", "Paris", NULL, "Reuters", "Jan. 11", 0},
        {"BRUSSELS (AFP) — The commission said.", "Brussels", NULL, "AFP", NULL, 0},
        {"MOSCOW — The talks failed.", "Moscow", NULL, NULL, NULL, 8},
        {"MOSCOW—The talks failed.", "Moscow", NULL, NULL, NULL, 0},
        {"LONDON/PARIS - Two firms agreed.", "London/Paris", NULL, NULL, NULL, 0},
        {"NAIROBI, Kenya, March 3, 2021 /PRNewswire/ -- A company said.", "Nairobi", "Kenya", "PRNewswire",
         "March 3, 2021", 45},
        {"RIO DE JANEIRO (AP) — Rain fell.", "Rio de Janeiro", NULL, "AP", NULL, 0},
        {"ST. PETERSBURG, Russia (AP) — A court ruled.", "St. Petersburg", "Russia", "AP", NULL, 0},
        {"RICHMOND, Va. (AP) — A court ruled.", "Richmond", "Va.", "AP", NULL, 0},
        {"UNITED NATIONS (AP) — The council met.", "United Nations", NULL, "AP", NULL, 0},
        {"Paris (AFP) - Le conseil s'est réuni.", "Paris", NULL, "AFP", NULL, 0},
        {"BERLIN (dpa) - Der Rat tagte.", "Berlin", NULL, "dpa", NULL, 0},
        {"Berlin/Paris (dpa) - Der Rat tagte.", "Berlin/Paris", NULL, "dpa", NULL, 0},
        {"Stuttgart (dpa/lsw) - Der Rat tagte.", "Stuttgart", NULL, "dpa/lsw", NULL, 0},
        {"MADRID, 11 Ene. (EUROPA PRESS) - El consejo se reunió.", "Madrid", NULL, "EUROPA PRESS", "11 Ene.",
         0},
        {"Madrid, 11 ene (EFE).- El consejo se reunió.", "Madrid", NULL, "EFE", "11 ene", 0},
        {"(ANSA) - ROMA, 11 GEN - Il consiglio si è riunito.", "Roma", NULL, "ANSA", "11 GEN", 0},
        {"Москва. 11 января. ИНТЕРФАКС - Совет собрался.", "Москва", NULL, "ИНТЕРФАКС", "11 января", 0},
        {"МОСКВА, 11 янв - РИА Новости. Совет собрался.", "Москва", NULL, "РИА Новости", "11 янв", 0},
        {"MOSCOW, January 11. /TASS/. The council met.", "Moscow", NULL, "TASS", "January 11", 0},
        {"PORT-AU-PRINCE, Haiti (AP) — Rain fell.", "Port-Au-Prince", "Haiti", "AP", NULL, 0},
        {"WASHINGTON, D.C. — “Enough,” she said.", "Washington", "D.C.", NULL, NULL, 0},
    };
    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void finds_the_forms_of_releases_and_of_other_countries(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"NEW YORK and CHICAGO (December 22, 2013) — The company said.", "New York and Chicago", NULL, NULL,
         "December 22, 2013", 42},
        {"LONDON, Dec. 22, 2013 /PRNewswire/ -- The company said.", "London", NULL, "PRNewswire",
         "Dec. 22, 2013", 37},
        {"NEW YORK--(BUSINESS WIRE)--The company said.", "New York", NULL, "BUSINESS WIRE", NULL, 27},
        {"VANCOUVER, BC / ACCESSWIRE / March 5, 2021 / The company said.", "Vancouver", "BC", "ACCESSWIRE",
         "March 5, 2021", 0},
        {"PARIS, le 5 mars 2021 (AFP) - Le conseil s'est réuni.", "Paris", NULL, "AFP", "5 mars 2021", 0},
        {"Madrid, 5 de marzo (EFE).- El consejo se reunió.", "Madrid", NULL, "EFE", "5 de marzo", 0},
        {"Berlin und Bonn, 5. März (dpa) - Der Rat tagte.", "Berlin und Bonn", NULL, "dpa", "5. März", 0},
        {"МОСКВА, 5 мар - РИА Новости, Иван Петров. Совет собрался.", "Москва", NULL, "РИА Новости", "5 мар",
         0},
        {"МОСКВА, 5 марта. /ТАСС/. Совет собрался.", "Москва", NULL, "ТАСС", "5 марта", 0},
        {"(Reuters) - The river rose.", NULL, NULL, "Reuters", NULL, 11},
        {"(AP) — The river rose.", NULL, NULL, "AP", NULL, 6},
        {"March 5 (Reuters) - The river rose.", NULL, NULL, "Reuters", "March 5", 19},
        {"新华社北京3月5日电（记者王小明）大坝没有倒塌。", "北京", NULL, "新华社", "3月5日", 17},
        {"中新社北京2021年3月5日电 大坝没有倒塌。", "北京", NULL, "中新社", "2021年3月5日", 0},
        {"中新网3月5日电 大坝没有倒塌。", NULL, NULL, "中新网", "3月5日", 8},
        {"（中央社記者王小明台北5日電）大壩沒有倒塌。", "台北", NULL, "中央社", "5日", 0},
        {"【東京＝山田太郎】ダムは決壊しなかった。", "東京", NULL, NULL, NULL, 9},
        {"（ロンドン＝共同）ダムは決壊しなかった。", "ロンドン", NULL, "共同", NULL, 9},
        {"【ソウル共同】ダムは決壊しなかった。", "ソウル", NULL, "共同", NULL, 7},
        {"[東京　５日　ロイター] - ダムは決壊しなかった。", "東京", NULL, "ロイター", "５日", 0},
        {"(서울=연합뉴스) 홍길동 기자 = 댐은 무너지지 않았다.", "서울", NULL, "연합뉴스", NULL, 18},
        {"[서울=뉴시스] 댐은 무너지지 않았다.", "서울", NULL, "뉴시스", NULL, 8},
        {"(워싱턴 AFP=연합뉴스) 댐은 무너지지 않았다.", "워싱턴", NULL, "연합뉴스", NULL, 0},
        {"دبي (رويترز) - انهار السد.", "دبي", NULL, "رويترز", NULL, 0},
        {"القاهرة 5 مارس (رويترز) - انهار السد.", "القاهرة", NULL, "رويترز", "5 مارس", 0},
    };
    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void leaves_ordinary_sentences_alone(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "The river - brown and wide - rose again.",
        "Paris - a city of light - was dark.",
        "Paris - The city was dark.",
        "BREAKING - A fire broke out.",
        "NATO — The alliance met.",
        "VIDEO: A fire broke out.",
        "UPDATE 1 - A fire broke out.",
        "(Video) The river rose.",
        "(CNN) The river rose.",
        "Anna Meier (SPD) - The deputy spoke.",
        "MOSCOW — the talks failed.",
        "In Moscow, Jan 11 was a holiday - Nobody worked.",
        "John Smith, 54, said - Well, nothing.",
        "Three people (two of them children) - All were hurt.",
        "MOSCOW officials said on Monday - The day after.",
        "Well-known people met.",
        "【速報】ダムは決壊しなかった。",
        "(사진=홍길동) 댐은 무너지지 않았다.",
        "新华社记者昨天说，大坝没有倒塌。",
        "قال الوزير (الصورة) أمس.",
        "March 5 was a holiday - Nobody worked.",
        "(Reuters) The river rose.",
        "NEW YORK and CHICAGO (December 22, 2013) were cold.",
        "",
        "-",
        "(",
        "A",
    };
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct dateline found = {0};
        if (dateline_read(arena, str_from(rows[i]), &found))
            fail_msg("a dateline '%.*s' in '%s'", STR_ARG(found.place), rows[i]);
    }
    arena_destroy(&arena);
}

static void counts_spans_in_the_text_below_a_heading(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .text = STR("Città\n\nMILANO (ANSA) - Ecco.")};
    *article_list_add(arena, &article.blocks) = (struct block){BLOCK_HEADING, 1, {0, 5}, STR_NONE};
    *article_list_add(arena, &article.blocks) = (struct block){BLOCK_PARAGRAPH, 0, {7, 28}, STR_NONE};
    struct str note = STR_NONE;
    assert_int_equal(stage_dateline.process(NULL, &article, &note), 0);
    check_str("place", "Milano", article.dateline.place, "Milano");
    assert_int_equal(article.dateline.place_span.start, 7);
    assert_int_equal(article.dateline.place_span.end, 13);
    assert_int_equal(article.dateline.span.end, 22);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_forms_of_agencies),
        cmocka_unit_test(finds_the_forms_of_releases_and_of_other_countries),
        cmocka_unit_test(leaves_ordinary_sentences_alone),
        cmocka_unit_test(counts_spans_in_the_text_below_a_heading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What pages of newswire showed to be coded wrongly, one sentence each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/event_checks.h"

static void test_single_sentences(void **unused)
{
    static const struct wanted list[] = {
        {"Lebanon said it would lodge a complaint with Israel.", "LBN", "114", "ISR"},
        {"U.S. Secretary of State Marco Rubio is expected to hold talks with Russian Foreign Minister Sergei "
         "Lavrov next week.",
         "USAGOV", "036", "RUSGOV"},
        {"Mali pardoned 49 Ivorian soldiers in January. Police arrested the soldiers at the airport in July.",
         "MLICOP", "173", "CIVMIL"},
        {"West African bloc ECOWAS imposed new sanctions on Mali.", "IGOWAFWAS", "163", "MLI"},
        {"Germany lifted most of the earlier sanctions on Burundi.", "DEU", "085", "BDI"},
        {"The African Union Commission condemned the coup in Gabon.", "IGOAFRAFU", "111", "GAB"},
        {"The Sudanese army and the rebels accused each other of breaking the truce.", "SDNMIL", "112",
         "SDNREB"},
        {"India and Pakistan expelled one another's diplomats.", "IND", "161", "PAK"},
        {"Iran and Israel fired missiles at each other.", "IRN", "194", "ISR"},
        {"Enrique Manalo, the Philippine foreign secretary, summoned Chinese Ambassador Huang Xilian.",
         "PHLGOV", "114", "CHNGOV"},
        {"A military airstrike on a monastery in Myanmar killed 22 people.", "MMRMIL", "195", "MMRCVL"},
        {"Serbia placed its army on the highest state of alert.", "SRB", "152", ""},
        {"The envoy of the European Union was in Belgrade. Brussels threatened Serbia with sanctions.",
         "IGOEUREEC", "1312", "SRB"},
        {"Congo's rebels took the town. The rebels' spokesman, Lawrence Kanyuka, accused Rwandan troops of "
         "looting.",
         "CODREB", "112", "RWAMIL"},
        {"Pakistani and Afghan forces exchanged heavy fire along the border, leaving 30 fighters dead.",
         "PAKMIL", "190", "AFGMIL"},
        {"Argentine lawmakers in Buenos Aires overturned President Javier Milei's veto of a pension "
         "increase.",
         "ARGLEG", "120", "ARGGOV"},
        {"Sudan's army accuses the United Arab Emirates of supplying the rebels with weapons, a charge Abu "
         "Dhabi "
         "denies.",
         "AREGOV", "016", "SDNMIL"},
        {"The United States suspended its strategic partnership with Georgia.", "USA", "161", "GEO"},
        {"President Lee held talks with U.S. President Donald Trump and Japanese Prime Minister Sanae "
         "Takaichi in Seoul.",
         "KORGOV", "046", "USAGOV JPNGOV"},
        {"Georgia's ambassadors to the United States have criticised Russia.", "GEOGOV", "111", "RUS"},
        {"Hun Sen's son, Cambodian Prime Minister Hun Manet, condemned Thailand.", "KHMGOV", "111", "THA"},
        {"No group in Mali has claimed responsibility for the attack.", "", NULL, ""},
        {"Ministers of Kenya and Uganda failed to agree on a package of sanctions against Rwanda.", "", NULL,
         ""},
    };
    (void)unused;
    CHECK_ALL(list);
    const struct article *article =
        read_article("Poland scrambled fighter jets and closed its eastern airspace for two hours.");
    for (size_t i = 0; i < article->events.count; i++)
        assert_true(!str_equal(
            codes(article, article->events.items[i].targets, article->events.items[i].target_count),
            STR("REB")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_sentences),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}

/* date_weekdays: names of weekdays, which can tell day from month where numbers cannot. Pure; any thread. */
#include "base/date_private.h"

/* Folded as date_tokens.c folds, sorted by bytes. 0: two languages mean two days. */
/* clang-format off */
static const struct {
    const char *name;
    int day;
} weekdays[] = {
    {"car", 3}, {"carsamba", 3}, {"cetvrtak", 4}, {"cmt", 6}, {"csutortok", 4}, {"ctvrtek", 4},
    {"cum", 5}, {"cuma", 5}, {"cumartesi", 6}, {"czw", 4}, {"czwartek", 4}, {"di", 2}, {"dienstag", 2},
    {"dim", 7}, {"dimanche", 7}, {"dinsdag", 2}, {"do", 4}, {"dom", 7}, {"domenica", 7}, {"domingo", 7},
    {"donderdag", 4}, {"donnerstag", 4}, {"dum", 7}, {"duminica", 7}, {"fr", 5}, {"fre", 5},
    {"fredag", 5}, {"freitag", 5}, {"fri", 5}, {"friday", 5}, {"gio", 4}, {"giovedi", 4}, {"hetfo", 1},
    {"isnin", 1}, {"jeu", 4}, {"jeudi", 4}, {"joi", 4}, {"jue", 4}, {"jueves", 4}, {"jumat", 5},
    {"kamis", 4}, {"kedd", 2}, {"keskiviikko", 3}, {"lauantai", 6}, {"lordag", 6}, {"lun", 1},
    {"lundi", 1}, {"lunedi", 1}, {"lunes", 1}, {"luni", 1}, {"lør", 6}, {"lørdag", 6}, {"ma", 1},
    {"maanantai", 1}, {"maandag", 1}, {"man", 1}, {"mandag", 1}, {"mar", 2}, {"mardi", 2},
    {"martedi", 2}, {"martes", 2}, {"marti", 2}, {"mer", 3}, {"mercoledi", 3}, {"mercredi", 3},
    {"mi", 3}, {"mie", 3}, {"miercoles", 3}, {"miercuri", 3}, {"minggu", 7}, {"mittwoch", 3}, {"mo", 1},
    {"mon", 1}, {"monday", 1}, {"montag", 1}, {"nedele", 7}, {"nedelja", 7}, {"nedjelja", 7},
    {"niedziela", 7}, {"ons", 3}, {"onsdag", 3}, {"patek", 5}, {"paz", 7}, {"pazar", 7},
    {"pazartesi", 1}, {"pentek", 5}, {"perjantai", 5}, {"persembe", 4}, {"petak", 5}, {"pia", 5},
    {"piatek", 5}, {"pon", 1}, {"pondeli", 1}, {"ponedeljak", 1}, {"ponedjeljak", 1},
    {"poniedziałek", 1}, {"pzt", 1}, {"qua", 3}, {"quarta", 3}, {"qui", 4}, {"quinta", 4}, {"rabu", 3},
    {"sa", 6}, {"sab", 6}, {"sabado", 6}, {"sabato", 6}, {"sabtu", 6}, {"sali", 2}, {"sam", 6},
    {"sambata", 6}, {"samedi", 6}, {"samstag", 6}, {"sat", 6}, {"saturday", 6}, {"seg", 1},
    {"segunda", 1}, {"selasa", 2}, {"senin", 1}, {"sex", 5}, {"sexta", 5}, {"so", 7}, {"sob", 6},
    {"sobota", 6}, {"son", 7}, {"sondag", 7}, {"sonnabend", 6}, {"sonntag", 7}, {"sreda", 3},
    {"srijeda", 3}, {"sro", 3}, {"sroda", 3}, {"streda", 3}, {"subota", 6}, {"sun", 7}, {"sunday", 7},
    {"sunnuntai", 7}, {"sze", 3}, {"szerda", 3}, {"szombat", 6}, {"søn", 7}, {"søndag", 7}, {"ter", 2},
    {"terca", 2}, {"thu", 4}, {"thur", 4}, {"thurs", 4}, {"thursday", 4}, {"tiistai", 2},
    {"tirsdag", 2}, {"tis", 2}, {"tisdag", 2}, {"tor", 4}, {"tors", 4}, {"torsdag", 4}, {"torstai", 4},
    {"tue", 2}, {"tues", 2}, {"tuesday", 2}, {"utery", 2}, {"utorak", 2}, {"vasarnap", 7}, {"ven", 5},
    {"vendredi", 5}, {"venerdi", 5}, {"vie", 5}, {"viernes", 5}, {"vin", 5}, {"vineri", 5}, {"vr", 5},
    {"vrijdag", 5}, {"wed", 3}, {"wednesday", 3}, {"wo", 3}, {"woensdag", 3}, {"wto", 2}, {"wtorek", 2},
    {"za", 6}, {"zaterdag", 6}, {"zo", 7}, {"zondag", 7}, {"δευ", 1}, {"δευτερα", 1}, {"κυρ", 7},
    {"κυριακη", 7}, {"παρ", 5}, {"παρασκευη", 5}, {"πεμ", 4}, {"πεμπτη", 4}, {"σαβ", 6}, {"σαββατο", 6},
    {"τετ", 3}, {"τεταρτη", 3}, {"τρι", 2}, {"τριτη", 2}, {"воскресенье", 7}, {"вс", 7}, {"вт", 2},
    {"вторник", 2}, {"вівторок", 2}, {"нд", 7}, {"неделя", 7}, {"неділя", 7}, {"петък", 5}, {"пн", 1},
    {"понеделник", 1}, {"понедельник", 1}, {"понеділок", 1}, {"пт", 5}, {"пятница", 5}, {"сб", 6},
    {"середа", 3}, {"ср", 3}, {"среда", 3}, {"сряда", 3}, {"суббота", 6}, {"субота", 6}, {"събота", 6},
    {"уторак", 2}, {"четвер", 4}, {"четверг", 4}, {"четвъртък", 4}, {"чт", 4}, {"חמישי", 4},
    {"ראשון", 7}, {"רביעי", 3}, {"שבת", 6}, {"שישי", 5}, {"שלישי", 2}, {"שני", 1}, {"الاثنين", 1},
    {"الاحد", 7}, {"الاربعاء", 3}, {"الثلاثاء", 2}, {"الجمعة", 5}, {"الخميس", 4}, {"السبت", 6},
    {"गुरुवार", 4}, {"बुधवार", 3}, {"मंगलवार", 2}, {"रविवार", 7}, {"शनिवार", 6}, {"शुक्रवार", 5},
    {"सोमवार", 1}, {"周一", 1}, {"周三", 3}, {"周二", 2}, {"周五", 5}, {"周六", 6}, {"周四", 4},
    {"周日", 7}, {"土曜日", 6}, {"日曜日", 7}, {"星期一", 1}, {"星期三", 3}, {"星期二", 2},
    {"星期五", 5}, {"星期六", 6}, {"星期四", 4}, {"星期天", 7}, {"星期日", 7}, {"月曜日", 1},
    {"木曜日", 4}, {"水曜日", 3}, {"火曜日", 2}, {"週一", 1}, {"週三", 3}, {"週二", 2}, {"週五", 5},
    {"週六", 6}, {"週四", 4}, {"週日", 7}, {"金曜日", 5}, {"금요일", 5}, {"목요일", 4}, {"수요일", 3},
    {"월요일", 1}, {"일요일", 7}, {"토요일", 6}, {"화요일", 2},
};
/* clang-format on */

int date_weekday_of(struct str word, bool *ret_known)
{
    size_t low = 0, high = sizeof(weekdays) / sizeof(weekdays[0]);
    *ret_known = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct str name = str_from(weekdays[middle].name);
        int order = memcmp(name.ptr, word.ptr, name.len < word.len ? name.len : word.len);
        if (order == 0 && name.len == word.len) {
            *ret_known = true;
            return weekdays[middle].day;
        }
        if (order < 0 || (order == 0 && name.len < word.len))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* Dates in the nine languages beside English: what is found and what it means on Wednesday, 13 March 2024;
 * what is no date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

static const int64_t published_ms = 1710331200000; /* 12:00 UTC */

static const struct {
    const char *language, *text, *words, *value;
} dates[] = {
    {"es", "La ley fue firmada el 12.03.2024 en Madrid.", "12.03.2024", "2024-03-12"},
    {"es", "La ley fue firmada el 04/03/2024 en Madrid.", "04/03/2024", "2024-03-04"},
    {"es", "La ley fue firmada el 12 de marzo de 2023 en Madrid.", "12 de marzo de 2023", "2023-03-12"},
    {"es", "La ley fue firmada el 12 de enero.", "12 de enero", "2024-01-12"},
    {"es", "La cumbre se celebrará el 15 de abril.", "15 de abril", "2024-04-15"},
    {"es", "La ley fue firmada el 1º de diciembre.", "1º de diciembre", "2023-12-01"},
    {"es", "La ley fue firmada en marzo de 2021.", "marzo de 2021", "2021-03"},
    {"es", "La ley fue firmada en octubre.", "octubre", "2023-10"},
    {"es", "El presidente llegó al poder en 2014.", "2014", "2014"},
    {"es", "El presidente llegó al poder en el año 1998.", "1998", "1998"},
    {"es", "El ministro dimitió el lunes, según la agencia.", "lunes", "2024-03-11"},
    {"es", "El ministro viajará el próximo lunes.", "próximo lunes", "2024-03-18"},
    {"es", "El ministro viajará el lunes que viene.", "lunes que viene", "2024-03-18"},
    {"es", "El ministro dimitió el miércoles pasado.", "miércoles pasado", "2024-03-06"},
    {"es", "El ministro dimitió el lunes 11 en Sevilla.", "lunes 11", "2024-03-11"},
    {"es", "El ministro dimitió el viernes, 8 de marzo.", "viernes, 8 de marzo", "2024-03-08"},
    {"es", "El paro sigue hasta el viernes.", "viernes", "2024-03-15"},
    {"es", "El ministro dimitió ayer.", "ayer", "2024-03-12"},
    {"es", "El ministro hablará pasado mañana.", "pasado mañana", "2024-03-15"},
    {"es", "El ministro dimitió la semana pasada.", "semana pasada", "2024-W10"},
    {"es", "El ministro dimitió el pasado mes.", "pasado mes", "2024-02"},
    {"es", "Las elecciones serán el próximo año.", "próximo año", "2025"},
    {"es", "La ley fue firmada en marzo del año pasado.", "marzo del año pasado", "2023-03"},
    {"es", "Las jornadas fueron del 12 al 15 de febrero de 2024.", "12 al 15 de febrero de 2024",
     "2024-02-12/2024-02-15"},
    {"es", "El ministro dimitió ayer, martes.", "ayer, martes", "2024-03-12"},
    {"es", "El pasado 12 de mayo se firmó la ley.", "pasado 12 de mayo", "2023-05-12"},
    {"es", "El próximo 20 de febrero habrá huelga.", "próximo 20 de febrero", "2025-02-20"},
    {"es", "Gobernó el partido en 2010-2014 con apoyo.", "2010-2014", "2010/2014"},
    {"fr", "Le 7 mai dernier, il a signé la loi.", "7 mai dernier", "2023-05-07"},
    {"fr", "Les Jeux s'ouvriront vendredi 26 juillet à Paris.", "vendredi 26 juillet", "2024-07-26"},
    {"fr", "La loi a été signée le 12/03/2024 à Paris.", "12/03/2024", "2024-03-12"},
    {"fr", "La loi a été signée le 12 mars 2024 à Paris.", "12 mars 2024", "2024-03-12"},
    {"fr", "La loi a été signée le 12 janvier.", "12 janvier", "2024-01-12"},
    {"fr", "Le défilé aura lieu le 1er mai à Paris.", "1er mai", "2024-05-01"},
    {"fr", "La loi a été signée en mars 2021.", "mars 2021", "2021-03"},
    {"fr", "La loi a été signée en octobre.", "octobre", "2023-10"},
    {"fr", "La crise a commencé en 2014 dans le pays.", "2014", "2014"},
    {"fr", "Le ministre a démissionné lundi, selon l'agence.", "lundi", "2024-03-11"},
    {"fr", "Le ministre voyagera lundi prochain.", "lundi prochain", "2024-03-18"},
    {"fr", "Le ministre a démissionné mercredi dernier.", "mercredi dernier", "2024-03-06"},
    {"fr", "Le ministre a démissionné mardi 5 mars.", "mardi 5 mars", "2024-03-05"},
    {"fr", "Le ministre a parlé aujourd’hui.", "aujourd’hui", "2024-03-13"},
    {"fr", "Le ministre a parlé avant-hier.", "avant-hier", "2024-03-11"},
    {"fr", "Le ministre parlera après-demain.", "après-demain", "2024-03-15"},
    {"fr", "Le ministre a parlé la semaine dernière.", "semaine dernière", "2024-W10"},
    {"fr", "Le ministre parlera le mois prochain.", "mois prochain", "2024-04"},
    {"fr", "Le ministre a parlé l'an dernier.", "an dernier", "2023"},
    {"fr", "Le ministre parlera cette année.", "cette année", "2024"},
    {"fr", "La loi date d'avril 2020 et reste valable.", "avril 2020", "2020-04"},
    {"fr", "Le salon s'est tenu du 12 au 15 février.", "12 au 15 février", "2024-02-12/2024-02-15"},
    {"de", "Das Gesetz wurde am 12.03.2024 unterzeichnet.", "12.03.2024", "2024-03-12"},
    {"de", "Das Gesetz wurde am 12. Januar unterzeichnet.", "12. Januar", "2024-01-12"},
    {"de", "Das Gesetz wurde am 3. Oktober 1990 unterzeichnet.", "3. Oktober 1990", "1990-10-03"},
    {"de", "Das Gesetz wurde im März 2021 unterzeichnet.", "März 2021", "2021-03"},
    {"de", "Das Gesetz wurde im Oktober unterzeichnet.", "Oktober", "2023-10"},
    {"de", "Die Krise begann im Jahr 2014 in der Region.", "2014", "2014"},
    {"de", "Die Krise dauert seit 2014 an.", "2014", "2014"},
    {"de", "Der Minister trat am Montag zurück.", "Montag", "2024-03-11"},
    {"de", "Der Minister reist nächsten Montag nach Rom.", "nächsten Montag", "2024-03-18"},
    {"de", "Der Minister trat am vergangenen Mittwoch zurück.", "vergangenen Mittwoch", "2024-03-06"},
    {"de", "Der Minister trat am Montag, 11. März, zurück.", "Montag, 11. März", "2024-03-11"},
    {"de", "Der Streik dauert bis Freitag.", "Freitag", "2024-03-15"},
    {"de", "Der Minister spricht heute in Berlin.", "heute", "2024-03-13"},
    {"de", "Der Minister spricht morgen in Berlin.", "morgen", "2024-03-14"},
    {"de", "Der Minister sprach vorgestern in Berlin.", "vorgestern", "2024-03-11"},
    {"de", "Der Minister sprach letzte Woche in Berlin.", "letzte Woche", "2024-W10"},
    {"de", "Der Minister spricht im kommenden Jahr in Berlin.", "kommenden Jahr", "2025"},
    {"de", "Die Wahl ist Ende nächsten Monats.", "nächsten Monats", "2024-04"},
    {"de", "Die Messe läuft vom 12. bis 15. April.", "12. bis 15. April", "2024-04-12/2024-04-15"},
    {"de", "Die Wahl findet am Sonntag (17. März) statt.", "Sonntag (17. März)", "2024-03-17"},
    {"de", "In der Nacht zum Sonntag starben zwölf Menschen.", "Sonntag", "2024-03-10"},
    {"de", "Der Minister trat am Dienstagabend zurück.", "Dienstagabend", "2024-03-12"},
    {"de", "2014 wurde die Firma gegründet.", "2014", "2014"},
    {"pt", "O prazo vai até 31 de dezembro.", "31 de dezembro", "2024-12-31"},
    {"pt", "A lei foi assinada em 12/03/2024 em Brasília.", "12/03/2024", "2024-03-12"},
    {"pt", "A lei foi assinada em 12 de março de 2023.", "12 de março de 2023", "2023-03-12"},
    {"pt", "A lei foi assinada no dia 12 de janeiro.", "12 de janeiro", "2024-01-12"},
    {"pt", "O feriado foi em 1º de maio de 2023.", "1º de maio de 2023", "2023-05-01"},
    {"pt", "A lei foi assinada em março de 2021.", "março de 2021", "2021-03"},
    {"pt", "A lei foi assinada em outubro.", "outubro", "2023-10"},
    {"pt", "A crise começou em 2014 no país.", "2014", "2014"},
    {"pt", "O ministro renunciou na segunda-feira, disse a agência.", "segunda-feira", "2024-03-11"},
    {"pt", "O ministro renunciou nesta terça-feira (12), em Brasília.", "nesta terça-feira (12)",
     "2024-03-12"},
    {"pt", "O ministro renunciou na segunda (11), em Brasília.", "segunda (11)", "2024-03-11"},
    {"pt", "O ministro viajará na próxima segunda-feira.", "próxima segunda-feira", "2024-03-18"},
    {"pt", "O ministro renunciou na última quarta-feira.", "última quarta-feira", "2024-03-06"},
    {"pt", "O ministro renunciou ontem.", "ontem", "2024-03-12"},
    {"pt", "O ministro falará depois de amanhã.", "depois de amanhã", "2024-03-15"},
    {"pt", "O ministro falou na semana passada.", "semana passada", "2024-W10"},
    {"pt", "O ministro falará no mês que vem.", "mês que vem", "2024-04"},
    {"pt", "O ministro falou no ano passado.", "ano passado", "2023"},
    {"pt", "O ministro falou este ano.", "este ano", "2024"},
    {"it", "La legge è stata firmata il 12/03/2024 a Roma.", "12/03/2024", "2024-03-12"},
    {"it", "La legge è stata firmata il 12 marzo 2023 a Roma.", "12 marzo 2023", "2023-03-12"},
    {"it", "La legge è stata firmata il 12 gennaio.", "12 gennaio", "2024-01-12"},
    {"it", "La festa sarà il primo maggio a Roma.", "primo maggio", "2024-05-01"},
    {"it", "La legge fu firmata l'8 marzo.", "8 marzo", "2024-03-08"},
    {"it", "La legge è stata firmata nel marzo 2021.", "marzo 2021", "2021-03"},
    {"it", "La legge è stata firmata a ottobre.", "ottobre", "2023-10"},
    {"it", "La crisi è cominciata nel 2014 nel paese.", "2014", "2014"},
    {"it", "Il ministro si è dimesso lunedì, dice l'agenzia.", "lunedì", "2024-03-11"},
    {"it", "Il ministro partirà lunedì prossimo.", "lunedì prossimo", "2024-03-18"},
    {"it", "Il ministro si è dimesso mercoledì scorso.", "mercoledì scorso", "2024-03-06"},
    {"it", "Il ministro parla oggi.", "oggi", "2024-03-13"},
    {"it", "Il ministro parlerà domani.", "domani", "2024-03-14"},
    {"it", "Il ministro ha parlato la settimana scorsa.", "settimana scorsa", "2024-W10"},
    {"it", "Il ministro ha parlato lo scorso mese.", "scorso mese", "2024-02"},
    {"it", "Il ministro parlerà quest'anno.", "quest'anno", "2024"},
    {"it", "Il ministro parlerà il prossimo anno.", "prossimo anno", "2025"},
    {"it", "Si è votato martedì 5 marzo.", "martedì 5 marzo", "2024-03-05"},
    {"ru", "Закон был подписан 12.03.2024 в Москве.", "12.03.2024", "2024-03-12"},
    {"ru", "Закон был подписан 12 марта 2023 года в Москве.", "12 марта 2023 года", "2023-03-12"},
    {"ru", "Закон был подписан 12 января.", "12 января", "2024-01-12"},
    {"ru", "Закон был подписан в марте 2021 года.", "марте 2021 года", "2021-03"},
    {"ru", "Закон был подписан в октябре.", "октябре", "2023-10"},
    {"ru", "Кризис начался в 2014 году в стране.", "2014 году", "2014"},
    {"ru", "Министр ушёл в понедельник.", "понедельник", "2024-03-11"},
    {"ru", "Министр ушёл в среду.", "среду", "2024-03-13"},
    {"ru", "Министр прилетит в следующий понедельник.", "следующий понедельник", "2024-03-18"},
    {"ru", "Министр ушёл в прошлую среду.", "прошлую среду", "2024-03-06"},
    {"ru", "Министр ушёл во вторник, 5 марта.", "вторник, 5 марта", "2024-03-05"},
    {"ru", "Министр выступит сегодня.", "сегодня", "2024-03-13"},
    {"ru", "Министр выступит послезавтра.", "послезавтра", "2024-03-15"},
    {"ru", "Министр выступил на прошлой неделе.", "прошлой неделе", "2024-W10"},
    {"ru", "Министр выступил в прошлом году.", "прошлом году", "2023"},
    {"ru", "Министр выступит в следующем месяце.", "следующем месяце", "2024-04"},
    {"ru", "Закон подписан в марте прошлого года.", "марте прошлого года", "2023-03"},
    {"ru", "Форум пройдёт 12-15 апреля.", "12-15 апреля", "2024-04-12/2024-04-15"},
    {"ru", "Президент правил в 2018-2024 годах.", "2018-2024 годах", "2018/2024"},
    {"ru", "В ночь на понедельник погибли люди.", "понедельник", "2024-03-11"},
    {"ar", "تجرى الانتخابات غدا الخميس.", "غدا الخميس", "2024-03-14"},
    {"ar", "تجرى الانتخابات هنا والأسبوع المقبل هناك.", "والأسبوع المقبل", "2024-W12"},
    {"ar", "تجرى الانتخابات في 7 سبتمبر/أيلول المقبل.", "7 سبتمبر/أيلول المقبل", "2024-09-07"},
    {"ar", "وقع الرئيس القانون في 12 مارس 2024 في القاهرة.", "12 مارس 2024", "2024-03-12"},
    {"ar", "وقع الرئيس القانون في 12 آذار 2023 في بيروت.", "12 آذار 2023", "2023-03-12"},
    {"ar", "وقع الرئيس القانون في 12 آذار/مارس 2023 في بيروت.", "12 آذار/مارس 2023", "2023-03-12"},
    {"ar", "وقع الرئيس القانون في 5 كانون الثاني.", "5 كانون الثاني", "2024-01-05"},
    {"ar", "وقع الرئيس القانون في 7 جويلية 2023 في تونس.", "7 جويلية 2023", "2023-07-07"},
    {"ar", "وقع الرئيس القانون في ١٢ مارس ٢٠٢٤.", "١٢ مارس ٢٠٢٤", "2024-03-12"},
    {"ar", "وقع الرئيس القانون في ١٢/٠٣/٢٠٢٤.", "١٢/٠٣/٢٠٢٤", "2024-03-12"},
    {"ar", "وقع الرئيس القانون في مارس 2021.", "مارس 2021", "2021-03"},
    {"ar", "وقع الرئيس القانون في أكتوبر الماضي.", "أكتوبر الماضي", "2023-10"},
    {"ar", "بدأت الأزمة عام 2014 في البلاد.", "2014", "2014"},
    {"ar", "استقال الوزير يوم الاثنين.", "الاثنين", "2024-03-11"},
    {"ar", "يسافر الوزير يوم الاثنين المقبل.", "الاثنين المقبل", "2024-03-18"},
    {"ar", "استقال الوزير يوم الأربعاء الماضي.", "الأربعاء الماضي", "2024-03-06"},
    {"ar", "قال الوزير اليوم إن البلاد بخير.", "اليوم", "2024-03-13"},
    {"ar", "قال الوزير أمس إن البلاد بخير.", "أمس", "2024-03-12"},
    {"ar", "قال الوزير الأسبوع الماضي إن البلاد بخير.", "الأسبوع الماضي", "2024-W10"},
    {"ar", "تجرى الانتخابات العام المقبل.", "العام المقبل", "2025"},
    {"ar", "تجرى الانتخابات الشهر المقبل.", "الشهر المقبل", "2024-04"},
    {"zh", "总统于2024年3月12日签署法案。", "2024年3月12日", "2024-03-12"},
    {"zh", "总统于3月12日签署法案。", "3月12日", "2024-03-12"},
    {"zh", "总统12日签署法案。", "12日", "2024-03-12"},
    {"zh", "总统28日签署法案。", "28日", "2024-02-28"},
    {"zh", "总统于2024/3/12签署法案。", "2024/3/12", "2024-03-12"},
    {"zh", "总统于2021年3月签署法案。", "2021年3月", "2021-03"},
    {"zh", "危机始于2014年。", "2014年", "2014"},
    {"zh", "总统于去年10月签署法案。", "去年10月", "2023-10"},
    {"zh", "部长周一辞职。", "周一", "2024-03-11"},
    {"zh", "部长星期一辞职。", "星期一", "2024-03-11"},
    {"zh", "部长下周一访问罗马。", "下周一", "2024-03-18"},
    {"zh", "部长上周五辞职。", "上周五", "2024-03-08"},
    {"zh", "部长昨天辞职。", "昨天", "2024-03-12"},
    {"zh", "部长明天访问罗马。", "明天", "2024-03-14"},
    {"zh", "部长上周访问罗马。", "上周", "2024-W10"},
    {"zh", "部长下个月访问罗马。", "下个月", "2024-04"},
    {"zh", "部长今年访问罗马。", "今年", "2024"},
    {"zh", "部長去年辭職。", "去年", "2023"},
    {"ja", "大統領は2024年3月12日、法案に署名した。", "2024年3月12日", "2024-03-12"},
    {"ja", "大統領は3月12日、法案に署名した。", "3月12日", "2024-03-12"},
    {"ja", "大統領は12日、法案に署名した。", "12日", "2024-03-12"},
    {"ja", "大会は20日に開幕する。", "20日", "2024-03-20"},
    {"ja", "大統領は2024-03-12に署名した。", "2024-03-12", "2024-03-12"},
    {"ja", "大統領は令和6年3月12日に署名した。", "令和6年3月12日", "2024-03-12"},
    {"ja", "事件は平成23年3月に起きた。", "平成23年3月", "2011-03"},
    {"ja", "法律は昭和22年に施行された。", "昭和22年", "1947"},
    {"ja", "令和元年に改正された。", "令和元年", "2019"},
    {"ja", "危機は2014年に始まった。", "2014年", "2014"},
    {"ja", "大統領は先月20日に署名した。", "先月20日", "2024-02-20"},
    {"ja", "大臣は月曜日に辞任した。", "月曜日", "2024-03-11"},
    {"ja", "大臣は来週月曜日に訪問する。", "来週月曜日", "2024-03-18"},
    {"ja", "大臣は昨日辞任した。", "昨日", "2024-03-12"},
    {"ja", "大臣は明後日訪問する。", "明後日", "2024-03-15"},
    {"ja", "大臣は先週訪問した。", "先週", "2024-W10"},
    {"ja", "選挙は来年行われる。", "来年", "2025"},
    {"ja", "大臣は昨年10月に辞任した。", "昨年10月", "2023-10"},
    {"ja", "選挙は２０２３年４月９日に行われた。", "２０２３年４月９日", "2023-04-09"},
};

static const struct {
    const char *language, *text;
} no_dates[] = {
    {"de", "Das Bild von August Macke hängt jeden Montag."},
    {"ar", "قالت روسيا اليوم والمصري اليوم."},
    {"ru", "Об этом пишет Россия сегодня."},
    {"ja", "1日2回、1日あたり、1500年の歴史、1980年代。"},
    {"zh", "1980年代的城市，连续3日，前5日以上。"},
    {"pt", "A avenida 7 de Setembro e a rua 25 de Abril."},
    {"es", "El partido terminó 3.2 y la versión 12.03.4 falló."},
    {"es", "El servidor 192.168.12.20 tiene 2014 euros."},
    {"es", "Llame al 12-03-20-24 o al 555 12 03 2024."},
    {"es", "El 31/02/2024 no existe, ni el 31 de febrero."},
    {"es", "Los lunes por la mañana cada domingo."},
    {"es", "Plácido Domingo cantó con Julio Iglesias."},
    {"es", "Vive en la calle 25 de Mayo."},
    {"es", "Cuesta $2024 y pesa 3.12 kg."},
    {"es", "Murieron 12 de 2014 personas."},
    {"fr", "Le score était de 3-2 et la version 10.4.2."},
    {"fr", "Il coûte 12,30 euros, soit 2014 dollars."},
    {"fr", "Le lundi est un jour, chaque mardi aussi."},
    {"fr", "La planète Mars et le 32 mars n'ont rien à voir."},
    {"de", "Das Spiel endete 3:2 in Version 1.12.2023.4."},
    {"de", "Am Morgen kamen 2014 Menschen, jeden Montag."},
    {"de", "Die Nummer 0171/2024/12 und 12.30 Uhr."},
    {"pt", "A segunda vez custou 12.000 reais e 2014 pessoas."},
    {"pt", "O placar foi 3 a 2 e o IP 10.12.2023.1."},
    {"it", "Ogni lunedì costa 12,50 euro e 2014 persone."},
    {"it", "La domenica il 40 marzo non esiste."},
    {"ru", "Счёт 3:2, версия 12.03.2, окружающую среду."},
    {"ru", "Каждый понедельник 2014 человек, 45 марта."},
    {"ru", "Звоните 8-800-2014-12 или 13.13.2024."},
    {"ar", "كل يوم 2014 شخصا في اليوم التالي."},
    {"ar", "النتيجة 3-2 والإصدار 1.12.3 والسعر 12.5 دولار."},
    {"zh", "比分为3比2，历时12日间，第3月13度。"},
    {"zh", "版本10.3.2，价格2024元，电话010-2024-1234。"},
    {"zh", "每周一都有今日头条。"},
    {"ja", "3日間で13月32日はない。"},
    {"ja", "毎週月曜日、2024円、2000年前の遺跡。"},
    {"ja", "日本の3対2、10.3.2版。"},
};

static struct str words_of(const struct article *article, const struct article_time *time)
{
    size_t begin = 0, end;
    uint32_t c, points = 0;
    for (; points < time->span.start; points++)
        begin += utf8_decode(article->text, begin, &c);
    for (end = begin; points < time->span.end; points++)
        end += utf8_decode(article->text, end, &c);
    return str_slice(article->text, begin, end);
}

/* The first time told in these words, or NULL. */
static const struct article_time *told(const struct article *article, const char *words)
{
    for (size_t i = 0; i < article->times.count; i++)
        if (str_equal(words_of(article, &article->times.items[i]), str_from(words)))
            return &article->times.items[i];
    return NULL;
}

static void print_times(const struct article *article)
{
    for (size_t i = 0; i < article->times.count; i++)
        print_error("    has '%.*s' %.*s\n", STR_ARG(words_of(article, &article->times.items[i])),
                    STR_ARG(article->times.items[i].value));
}

static void test_dates(void **unused)
{
    (void)unused;
    int wrong = 0;
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        const struct article *article = read_article_in(dates[i].text, dates[i].language, published_ms);
        const struct article_time *time = told(article, dates[i].words);
        if (time && str_equal(time->value, str_from(dates[i].value)) && article->times.count == 1 &&
            time->kind == TIME_DATE && time->first < time->end)
            continue;
        wrong++;
        print_error("%s: '%s' is not %s\n", dates[i].text, dates[i].words, dates[i].value);
        print_times(article);
    }
    assert_int_equal(wrong, 0);
}

static void test_no_dates(void **unused)
{
    (void)unused;
    int wrong = 0;
    for (size_t i = 0; i < sizeof(no_dates) / sizeof(no_dates[0]); i++) {
        const struct article *article = read_article_in(no_dates[i].text, no_dates[i].language, published_ms);
        wrong += article->times.count != 0;
        if (article->times.count)
            print_error("%s\n", no_dates[i].text);
        print_times(article);
    }
    assert_int_equal(wrong, 0);
}

static void check_ends(const char *language, const char *text, const char *begin, const char *end)
{
    char written[CLOCK_RFC3339_BYTES];
    const struct article *article = read_article_in(text, language, published_ms);
    assert_int_equal(article->times.count, 1);
    const struct article_time *time = &article->times.items[0];
    assert_string_equal(time->begin_ms ? clock_rfc3339(time->begin_ms, 0, written) : "", begin);
    assert_string_equal(time->end_ms ? clock_rfc3339(time->end_ms, 0, written) : "", end);
}

static void test_ends(void **unused)
{
    (void)unused;
    check_ends("es", "El ministro dimitió el lunes.", "2024-03-11T00:00:00Z", "2024-03-12T00:00:00Z");
    check_ends("de", "Die Krise dauert seit 2014 an.", "2014-01-01T00:00:00Z", "");
    check_ends("fr", "La guerre dure depuis le 24 février 2022.", "2022-02-24T00:00:00Z", "");
    check_ends("fr", "La grève durera jusqu'au 18 mars.", "", "2024-03-19T00:00:00Z");
    check_ends("it", "Lo sciopero durerà fino al 2025.", "", "2026-01-01T00:00:00Z");
    check_ends("ar", "الحرب مستمرة منذ عام 2014 في البلاد.", "2014-01-01T00:00:00Z", "");
}

/* "mayo" takes the year of the month behind it. */
static void test_months_share_a_year(void **unused)
{
    (void)unused;
    const struct article *article = read_article_in(
        "La empresa perdió dinero entre diciembre y marzo de 2021, y en mayo y junio de 2022.", "es",
        published_ms);
    assert_int_equal(article->times.count, 4);
    static const char *const values[] = {"2020-12", "2021-03", "2022-05", "2022-06"};
    for (size_t i = 0; i < 4; i++)
        assert_true(str_equal(article->times.items[i].value, str_from(values[i])));
}

/* "14" takes the month of the day behind it. */
static void test_days_share_a_month(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article_in("Die Sitzungen am 14. und 15. Mai 2023 fielen aus.", "de", published_ms);
    assert_int_equal(article->times.count, 2);
    assert_true(str_equal(words_of(article, &article->times.items[0]), STR("14.")));
    assert_true(str_equal(article->times.items[0].value, STR("2023-05-14")));
    assert_true(str_equal(article->times.items[1].value, STR("2023-05-15")));
}

static const struct stage_outcome *outcome(const struct article *article)
{
    for (size_t i = 0; i < article->processing.count; i++)
        if (!strcmp(article->processing.items[i].stage, "times"))
            return &article->processing.items[i];
    fail_msg("the stage is not in the list");
    return NULL;
}

static void test_processing_says_what_is_spoken(void **unused)
{
    (void)unused;
    static const char *const spoken[] = {"ar", "de", "es", "fr", "it", "ja", "pt-BR", "ru", "zh", "en"};
    for (size_t i = 0; i < sizeof(spoken) / sizeof(spoken[0]); i++)
        assert_int_equal(outcome(read_article_in("12.03.2024", spoken[i], published_ms))->outcome,
                         OUTCOME_OK);
    const struct stage_outcome *finnish =
        outcome(read_article_in("Laki allekirjoitettiin 12.3.2024.", "fi", published_ms));
    assert_int_equal(finnish->outcome, OUTCOME_SKIPPED);
    assert_true(str_equal(finnish->note, STR("does not speak fi")));
}

static void test_without_a_now_stated_dates_alone_have_values(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article_in("El lunes, y el 12 de marzo y el 3 de mayo de 2021 hubo lluvia.", "es", 0);
    assert_int_equal(article->times.count, 3);
    assert_null(article->times.items[0].value.ptr);
    assert_null(article->times.items[1].value.ptr);
    assert_true(str_equal(article->times.items[2].value, STR("2021-05-03")));
}

static void test_the_dateline_is_now(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article_in("新华社北京3月5日电 部长昨天访问罗马。", "zh", published_ms);
    const struct article_time *time = told(article, "昨天");
    assert_non_null(time);
    assert_true(str_equal(time->value, STR("2024-03-04")));
}

struct piece {
    const char *text, *language;
};

static void read_hostile(const void *input, size_t count)
{
    const struct piece *piece = input;
    size_t length = strlen(piece->text);
    char *text = malloc(count * length + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, piece->text, length);
    text[count * length] = 0;
    (void)read_article_in(text, piece->language, published_ms);
    free(text);
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    enum { BYTES = 100000 };
    static const struct piece pieces[] = {{"1234567890", "es"},    {"le le le ", "fr"},  {"12.", "de"},
                                          {"12 de ", "pt"},        {"lunedì, ", "it"},   {"в среду ", "ru"},
                                          {"آذار/", "ar"},         {"2024年3月", "zh"},  {"上周上周", "zh"},
                                          {"先月20日の1日", "ja"}, {"de l'année ", "fr"}};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(read_hostile, &pieces[i], BYTES / strlen(pieces[i].text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_no_dates),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_months_share_a_year),
        cmocka_unit_test(test_days_share_a_month),
        cmocka_unit_test(test_processing_says_what_is_spoken),
        cmocka_unit_test(test_without_a_now_stated_dates_alone_have_values),
        cmocka_unit_test(test_the_dateline_is_now),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}

/* Sentences made of the words that times are told with, a byte a word, through all stages, in English or in
 * one of the nine languages that times are read in beside it, as the first byte says: times lie in the text,
 * in order, and none ends before it begins. */
#include "fuzz/fuzz_article.h"

enum { WORDS = 64, WORDS_MAX = 4000, WORD_BYTES = 32 };

static const char *const english[WORDS] = {
    "Jan.",    "May",     "March", "Monday",    "11",    "31",      "3",           "2014",
    "99",      "1990s",   "9999",  "the",       "of",    "to",      "from",        "and",
    "-",       "between", ",",     "last",      "next",  "this",    "two",         "a",
    "half",    "few",     "day",   "days",      "years", "century", "hours",       "ago",
    "later",   "before",  "in",    "at",        "5",     "p.m.",    "ET",          "11:33",
    "noon",    "every",   "early", "mid-March", "since", "third",   "BC",          "summer",
    "tonight", "now",     "will",  "met",       "He",    ". He",    "29 February", "19th",
    "quarter", "until",   "every", "twice",     "past",  "weekend", "on",          "2020/21"};

/* What dates are made of everywhere. */
static const char *const plain[] = {"12",   "1",  "31", "3",   "2014",  "2024",      "99",   "9999",
                                    ".",    "/",  "-",  ",",   "(",     ")",         "'",    "12.03.",
                                    "12/3", "\n", " ",  "Foo", "١٢٣٤",  "１２",      "\xff", "2024-03-12",
                                    "3.2",  "%",  "$",  "º",   "12:30", "0123456789"};

static const struct {
    const char *tag, *words[30];
} tongues[] = {
    {"es", {"de",     "del",     "el",        "la",     "enero", "marzo", "lunes",    "domingo",
            "pasado", "próximo", "que viene", "semana", "año",   "mes",   "en",       "hasta",
            "desde",  "hoy",     "mañana",    "ayer",   "cada",  "al",    "personas", "fin de semana",
            "este"}},
    {"fr", {"de",      "l",        "d",       "le",    "du",   "janvier", "mars",       "lundi",
            "dernier", "prochain", "semaine", "an",    "mois", "en",      "jusqu",      "aujourd'hui",
            "hier",    "demain",   "1er",     "cette", "ce",   "au",      "avant-hier", "euros"}},
    {"de",
     {"im",  "am",   "den",   "Januar", "März",    "Montag", "letzten", "nächste", "Woche", "Jahr", "Jahres",
      "bis", "seit", "heute", "morgen", "gestern", "vom",    "des",     "Euro",    "diese", "Sept"}},
    {"pt", {"de",      "do",     "em",      "no",      "janeiro", "março",  "segunda-feira",
            "segunda", "última", "próxima", "passada", "que vem", "semana", "ano",
            "mês",     "até",    "hoje",    "amanhã",  "nesta",   "toda"}},
    {"it", {"di",      "del",    "dell",     "il",        "l",    "gennaio", "marzo",
            "lunedì",  "scorso", "prossimo", "settimana", "anno", "mese",    "nel",
            "fino al", "oggi",   "ieri",     "quest",     "ogni", "primo",   "persone"}},
    {"ru", {"в",       "до",     "января", "марте", "май",  "понедельник", "среду",  "прошлый", "следующую",
            "прошлой", "неделе", "год",    "года",  "году", "г",           "месяце", "сегодня", "завтра",
            "каждый",  "по",     "го",     "с"}},
    {"ar", {"في",     "من",     "يناير",   "آذار",   "مارس", "كانون الثاني", "يوم",   "الاثنين",
            "الماضي", "المقبل", "الأسبوع", "العام",  "عام",  "الشهر",        "اليوم", "أمس",
            "غدا",    "م",      "كل",      "التالي", "و",    "هذا"}},
    {"zh", {"年",   "月",     "日",   "号",   "周一", "星期", "一", "上周", "下周",     "本", "今年",
            "去年", "上个月", "昨天", "日本", "间",   "每",   "的", "名",   "今日头条", "第", "周末"}},
    {"ja", {"年",   "月",   "日",   "月曜日", "火曜", "先週",   "来週", "の",   "今年", "昨年", "先月",
            "令和", "平成", "昭和", "元",     "昨日", "明後日", "間",   "毎週", "前",   "第",   "日本"}},
};

/* The word that the byte stands for; the plain ones come between those of the language. */
static const char *word_of(uint8_t byte, size_t tongue)
{
    if (tongue == 0)
        return english[byte % WORDS];
    if (byte % 2)
        return plain[byte / 2 % (sizeof(plain) / sizeof(plain[0]))];
    const char *word = tongues[tongue - 1].words[byte / 2 % 30];
    return word ? word : "";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    char *text = arena_alloc(arena, WORDS_MAX * WORD_BYTES);
    size_t length = 0, tongue = size ? data[0] % (sizeof(tongues) / sizeof(tongues[0]) + 1) : 0;
    for (size_t i = 1; i < size && i < WORDS_MAX; i++) {
        const char *word = word_of(data[i], tongue);
        memcpy(text + length, word, strlen(word));
        length += strlen(word);
        if (tongue == 0 || data[i] < 128) /* else the next is stuck to it */
            text[length++] = ' ';
    }
    struct article *article = arena_new(arena, struct article);
    article->arena = arena;
    article->content_html = utf8_repair(arena, str_make(text, length));
    article->language_stated = str_from(tongue ? tongues[tongue - 1].tag : "en");
    article->published_ms = size % 4 ? 1646222400000 : 0;
    pipeline_run(fuzz_pipeline(), article);
    if (!arena_exhausted(arena))
        fuzz_check_article(article);
    arena_destroy(&arena);
    return 0;
}

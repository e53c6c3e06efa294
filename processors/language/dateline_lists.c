/* dateline_lists: agencies, months and words that datelines are told by. Data, and their lookup; any thread.
 */
#include "processors/language/dateline_lists.h"

/* clang-format off */
static const char *const agencies[] = {
    "AP", "AFP", "Reuters", "dpa", "dpa-AFX", "UPI", "EFE", "ANSA", "TASS", "ITAR-TASS", "Interfax",
    "Xinhua", "Kyodo", "Bloomberg", "PA", "PA Media", "CP", "AAP", "APA", "ATS", "Keystone-SDA", "sda",
    "SDA", "Belga", "ANP", "NTB", "TT", "Ritzau", "STT", "PAP", "CTK", "ČTK", "MTI", "Lusa", "Agência Lusa",
    "Agência Brasil", "EUROPA PRESS", "Europa Press", "Notimex", "Télam", "Prensa Latina", "Adnkronos",
    "AGI", "AGERPRES", "BTA", "Tanjug", "HINA", "STA", "Ukrinform", "UNIAN", "RIA Novosti", "RIA",
    "Sputnik", "Anadolu", "AA", "IRNA", "MENA", "WAM", "SPA", "KUNA", "QNA", "PTI", "ANI", "IANS", "UNI",
    "Bernama", "Antara", "VNA", "PNA", "Yonhap", "CNA", "CNS", "KCNA", "GNA", "NAN", "APS", "MAP", "TAP",
    "SANA", "Kyodo News", "Jiji", "AKI", "epd", "KNA", "SID", "sid", "afp", "ap", "reuters", "PRNewswire",
    "PRNewswire-FirstCall", "PR Newswire", "PRNewswire-PRWeb", "BUSINESS WIRE", "Business Wire",
    "GLOBE NEWSWIRE", "GlobeNewswire", "CNW", "CNW Group", "APO Group", "ACN Newswire", "ots", "IPS",
    "IRIN", "VOA", "RFE/RL", "Xinhua News Agency", "The Canadian Press", "Canadian Press",
    "Associated Press", "The Associated Press", "NewsDirect", "ИНТЕРФАКС", "Интерфакс", "РИА Новости",
    "ТАСС", "РБК", "УНИАН", "Укринформ", "БелТА", "БЕЛТА", "EP", "AGENZIA DIRE", "DIRE", "LaPresse",
    "Askanews", "askanews", "DAPD", "dapd", "ddp", "AWP", "awp", "MTI-Eco", "CMC", "OCHA", "CNN", "JTA",
    "RNS", "CNS News", "ACCESSWIRE", "ACCESS Newswire", "Newsfile Corp.", "EINPresswire.com", "EZ Newswire",
    "Marketwired", "MARKETWIRE", "Marketwire", "PRNewswire-USNewswire", "PRNewswire-Asia", "AsiaNet", "news aktuell",
    "Europa Press", "EUROPAPRESS", "ACN", "ABr", "УНІАН", "Укрінформ", "ТАСС-ДОСЬЕ", "Прайм", "ПРАЙМ", "АГН",
    "共同", "共同通信", "時事", "時事通信", "ロイター", "ＡＦＰ", "ＡＰ", "AFP時事", "AFP=時事", "新華社", "聯合報", "CNS",
    "연합뉴스", "뉴시스", "뉴스1", "뉴스핌", "이데일리", "로이터", "AP=연합뉴스", "AFP=연합뉴스", "로이터=연합뉴스",
    "رويترز", "أ ف ب", "ا ف ب", "أ.ف.ب", "اف ب", "أ ب", "د ب أ", "د ب ا", "أ ش أ", "ا ش ا", "وام", "واس", "قنا", "كونا",
    "بترا", "سانا", "وفا", "الأناضول", "سبوتنيك", "أسوشيتد برس", "العمانية", "بنا", NULL,
};

/* Chinese agencies, portals and papers, which stand before place and day; longer ones first. */
static const char *const leading_agencies[] = {
    "据新华社", "新华社", "新華社", "新华网", "中新社", "中新網", "中新网", "中国新闻网", "中央社", "人民网", "中通社",
    "央视网", "央广网", "本报", "本報", "本刊", "法新社", "路透社", "美联社", "美聯社", "共同社", "塔斯社", "俄新社", "韩联社", NULL,
};

/* Agencies that stand behind the place without a sign ("ソウル共同"). */
static const char *const trailing_agencies[] = {
    "共同通信", "共同", "時事通信", "時事", "ロイター", "AFP", "AP", "ＡＦＰ", "ＡＰ", NULL,
};

/* Words in capitals before a dash that are no places. */
static const char *const no_places[] = {
    "BREAKING", "EXCLUSIVE", "UPDATE", "UPDATED", "VIDEO", "VIDEOS", "PHOTO", "PHOTOS", "WATCH", "OPINION",
    "ANALYSIS", "EXPLAINER", "FACTBOX", "CORRECTION", "CORRECTED", "REVIEW", "INTERVIEW", "COLUMN",
    "EDITORIAL", "RECAP", "PREVIEW", "SPORTS", "SPORT", "FOOTBALL", "SOCCER", "TENNIS", "CRICKET", "RUGBY",
    "BASEBALL", "BASKETBALL", "HOCKEY", "GOLF", "MARKETS", "BUSINESS", "POLITICS", "WEATHER", "URGENT",
    "ALERT", "FEATURE", "SPECIAL", "REPORT", "GALLERY", "PODCAST", "COMMENT", "LETTERS", "OBITUARY",
    "TIMELINE", "FOCUS", "ADVISORY", "STATEMENT", "SUMMARY", "ABSTRACT", "BACKGROUND", "CONTEXT",
    "SPOILERS", "NOTE", "NOTES", "WARNING", "IMPORTANT", "UNICEF", "UNESCO", "OPEC", "NATO", "COVID",
    "QUESTION", "ANSWER", "SOURCE", "READ", "LIVE", "EILMELDUNG", "MEINUNG", "KOMMENTAR", "ANALYSE",
    "OPINIÓN", "ANÁLISIS", "EXCLUSIVA", "EXCLUSIF", "ENTRETIEN", "VIDÉO", "REPORTAGE", "INTERVISTA",
    "SPECIALE", "ULTIMA", "CORRIGÉ", "ENTREVISTA", "OPINIÃO", "ANÁLISE", "ATUALIZADO", "МНЕНИЕ", "ВИДЕО",
    "ФОТО", "СРОЧНО", "ADVERTISEMENT", "SPONSORED", "IMAGE", "IMAGES", "SPOILER", "QUIZ", "POLL", "SURVEY",
    "TRANSCRIPT", "MEDIA", "CONTACT", "EDITOR", "MORE", "NEW", "NEWS",
    "사진", "출처", "자료", "영상", "그래픽", "단독", "속보", "写真", "資料", "出典", "画像", "提供", "文", "聞き手", "記者", "速報",
    "動画", "図", "图", "图片", "来源", "作者", NULL,
};

/* Cities whose names in capitals look like acronyms. */
static const char *const short_places[] = {
    "ROME", "ROMA", "LIMA", "OSLO", "BONN", "KYIV", "KIEV", "DOHA", "BAKU", "RIGA", "CALI", "GAZA", "NICE",
    "BERN", "LYON", "BARI", "CORK", "LVIV", "MALE", "SUVA", "LOME", "JUBA", "GIZA", "HOMS", "PERM", "OMSK",
    "GRAZ", "LINZ", "KÖLN", "ULM", "METZ", "CAEN", "PUNE", "AGRA", "GOA", "HUE", "ADEN", "IRAN", "IRAQ",
    "CUBA", "PERU", "CHAD", "MALI", "TOGO", "FIJI", "OMAN", "ACRE", "BATH", "YORK", "RENO", "WACO", "LODZ",
    "ŁÓDŹ", "BRNO", "PULA", "BALI", "КИЕВ", "КИЇВ", "УФА", "ОМСК", "МИНСК", "РИГА", "БАКУ", "ОСЛО", NULL,
};

/* Behind "NEW" they make a place of it. */
static const char *const new_places[] = {
    "YORK", "DELHI", "ORLEANS", "HAVEN", "ZEALAND", "BRUNSWICK", "LONDON", "JERSEY", "MEXICO", "HAMPSHIRE",
    "BEDFORD", "CASTLE", "TAIPEI", "BRITAIN", "ROCHELLE", "PLYMOUTH", "CALEDONIA", NULL,
};

/* Beginnings of month names, in lower case. */
static const char *const months[] = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mai", "okt",
    "dez", "fév", "avr", "juin", "juil", "aoû", "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu",
    "lug", "set", "ott", "fev", "out", "mei", "янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен",
    "окт", "ноя", "дек", "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру",
    NULL,
};

static const char *const particles[] = {
    "de", "del", "da", "do", "dos", "das", "du", "des", "la", "le", "les", "el", "al", "of", "and", "am",
    "an", "der", "den", "sur", "upon", "y", "na", "nad", "ob", "im", "in", "sous", "en", "los", "las",
    "van", "di", "of", "the", "und", "et", "e", "и", "і", NULL,
};

/* clang-format on */

bool dateline_listed(struct str word, enum dateline_list which)
{
    static const char *const *const lists[] = {
        [DATELINE_AGENCIES] = agencies,         [DATELINE_NO_PLACES] = no_places,
        [DATELINE_SHORT_PLACES] = short_places, [DATELINE_NEW_PLACES] = new_places,
        [DATELINE_PARTICLES] = particles,
    };
    for (const char *const *entry = lists[which]; *entry; entry++)
        if (str_equal(word, str_from(*entry)))
            return true;
    return false;
}

bool dateline_is_month(struct str folded)
{
    for (const char *const *month = months; *month; month++)
        if (str_starts(folded, str_from(*month)))
            return true;
    return false;
}

size_t dateline_agency_prefix(struct str text)
{
    for (const char *const *entry = leading_agencies; *entry; entry++)
        if (str_starts(text, str_from(*entry)))
            return strlen(*entry);
    return 0;
}

size_t dateline_agency_suffix(struct str text)
{
    for (const char *const *entry = trailing_agencies; *entry; entry++)
        if (str_ends(text, str_from(*entry)))
            return strlen(*entry);
    return 0;
}

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
    "RNS", "CNS News", NULL,
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
    "TRANSCRIPT", "MEDIA", "CONTACT", "EDITOR", "MORE", "NEW", "NEWS", NULL,
};

/* Cities whose names in capitals look like acronyms. */
static const char *const short_places[] = {
    "ROME", "ROMA", "LIMA", "OSLO", "BONN", "KYIV", "KIEV", "DOHA", "BAKU", "RIGA", "CALI", "GAZA", "NICE",
    "BERN", "LYON", "BARI", "CORK", "LVIV", "MALE", "SUVA", "LOME", "JUBA", "GIZA", "HOMS", "PERM", "OMSK",
    "GRAZ", "LINZ", "KÖLN", "ULM", "METZ", "CAEN", "PUNE", "AGRA", "GOA", "HUE", "ADEN", "IRAN", "IRAQ",
    "CUBA", "PERU", "CHAD", "MALI", "TOGO", "FIJI", "OMAN", "ACRE", "BATH", "YORK", "RENO", "WACO", "LODZ",
    "ŁÓDŹ", "BRNO", "PULA", "BALI", "КИЕВ", "КИЇВ", "УФА", "ОМСК", "МИНСК", "РИГА", "БАКУ", "ОСЛО", NULL,
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
    "van", "di", "of", "the", NULL,
};

/* clang-format on */

bool dateline_listed(struct str word, enum dateline_list which)
{
    static const char *const *const lists[] = {
        [DATELINE_AGENCIES] = agencies,
        [DATELINE_NO_PLACES] = no_places,
        [DATELINE_SHORT_PLACES] = short_places,
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

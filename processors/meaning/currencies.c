/* currencies: see the header. */
#include "processors/meaning/currencies.h"

struct str currency_of_sign(struct str sign, struct str letters, bool *ret_letters)
{
    static const struct {
        const char *letters, *sign, *code;
    } signs[] = {
        {"us", "$", "USD"}, {"u.s.", "$", "USD"}, {"c", "$", "CAD"},  {"can", "$", "CAD"}, {"a", "$", "AUD"},
        {"au", "$", "AUD"}, {"nz", "$", "NZD"},   {"hk", "$", "HKD"}, {"s", "$", "SGD"},   {"r", "$", "BRL"},
        {"nt", "$", "TWD"}, {"tt", "$", "TTD"},   {"j", "$", "JMD"},  {"fj", "$", "FJD"},  {"rd", "$", "DOP"},
        {"mx", "$", "MXN"}, {"e", "£", "EGP"},    {"", "$", "USD"},   {"", "us$", "USD"},  {"", "€", "EUR"},
        {"", "£", "GBP"},   {"", "¥", "JPY"},     {"", "₹", "INR"},   {"", "₽", "RUB"},  {"", "₴", "UAH"},
        {"", "₺", "TRY"},   {"", "₩", "KRW"},     {"", "₪", "ILS"},   {"", "₦", "NGN"},    {"", "₱", "PHP"},
        {"", "₫", "VND"},   {"", "₸", "KZT"},     {"", "₾", "GEL"}, {"", "฿", "THB"},    {"", "c$", "CAD"},
        {"", "a$", "AUD"},  {"", "hk$", "HKD"},   {"", "nz$", "NZD"}, {"", "s$", "SGD"},   {"", "r$", "BRL"},
        {"", "nt$", "TWD"}, {"", "rs", "INR"}};
    struct str code = STR_NONE;
    *ret_letters = false;
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (!str_equal(sign, str_from(signs[i].sign)))
            continue;
        if (letters.len && str_equal(letters, str_from(signs[i].letters))) {
            *ret_letters = true;
            return str_from(signs[i].code);
        }
        if (!signs[i].letters[0])
            code = str_from(signs[i].code);
    }
    return code;
}

/* Countries, each with its code behind it; the last may stand alone: what the word means where no country
 * says otherwise. */
static const struct currency_word {
    const char *word, *codes;
} currency_words[] = {
    {"afghani", "AFN"},
    {"baht", "THB"},
    {"birr", "ETB"},
    {"bolivar", "VES"},
    {"bolívar", "VES"},
    {"boliviano", "BOB"},
    {"cedi", "GHS"},
    {"colon", "CR CRC"},
    {"cordoba", "NIO"},
    {"dalasi", "GMD"},
    {"denar", "MKD"},
    {"dong", "VND"},
    {"dram", "AMD"},
    {"euro", "EUR"},
    {"forint", "HUF"},
    {"gourde", "HTG"},
    {"guarani", "PYG"},
    {"hryvnia", "UAH"},
    {"kina", "PGK"},
    {"kip", "LAK"},
    {"koruna", "CZK"},
    {"kwacha", "MW MWK ZMW"},
    {"kwanza", "AOA"},
    {"kyat", "MMK"},
    {"lari", "GEL"},
    {"lei", "MD MDL RON"},
    {"leu", "MD MDL RON"},
    {"lempira", "HNL"},
    {"leone", "SLE"},
    {"lev", "BGN"},
    {"leva", "BGN"},
    {"loti", "LSL"},
    {"manat", "TM TMT AZN"},
    {"metical", "MZN"},
    {"meticais", "MZN"},
    {"naira", "NGN"},
    {"nakfa", "ERN"},
    {"ouguiya", "MRU"},
    {"pula", "BWP"},
    {"quetzal", "GTQ"},
    {"rand", "ZAR"},
    {"real", "BR BRL"},
    {"reais", "BRL"},
    {"renminbi", "CNY"},
    {"ringgit", "MYR"},
    {"rouble", "BY BYN RUB"},
    {"ruble", "BY BYN RUB"},
    {"rupiah", "IDR"},
    {"shekel", "ILS"},
    {"sol", "PE PEN"},
    {"soles", "PEN"},
    {"som", "UZ UZS KGS"},
    {"soum", "UZS"},
    {"somoni", "TJS"},
    {"sterling", "GBP"},
    {"taka", "BDT"},
    {"tenge", "KZT"},
    {"tugrik", "MNT"},
    {"vatu", "VUV"},
    {"won", "KP KPW KRW"},
    {"yen", "JPY"},
    {"yuan", "CNY"},
    {"zloty", "PLN"},
    {"złoty", "PLN"},
    {"dinar", "DZ DZD BH BHD IQ IQD JO JOD KW KWD LY LYD RS RSD TN TND"},
    {"dirham", "MA MAD AE AED"},
    {"dollar",
     "AU AUD CA CAD NZ NZD SG SGD HK HKD TW TWD LR LRD NA NAD FJ FJD JM JMD TT TTD BB BBD GY GYD ZW ZWL USD"},
    {"franc", "CH CHF CD CDF RW RWF BI BIF DJ DJF GN GNF KM KMF NC XPF PF XPF SN XOF CI XOF ML XOF BF XOF NE "
              "XOF BJ XOF TG "
              "XOF GW XOF CM XAF TD XAF CF XAF GA XAF CG XAF GQ XAF"},
    {"krona", "IS ISK SEK"},
    {"kronor", "SEK"},
    {"krone", "DK DKK NOK"},
    {"kroner", "DK DKK NOK"},
    {"lira", "TRY"},
    {"peso", "AR ARS CL CLP CO COP CU CUP DO DOP MX MXN PH PHP UY UYU"},
    {"pound", "EG EGP SD SDG SS SSP SY SYP LB LBP"},
    {"rial", "IR IRR OM OMR YE YER"},
    {"riyal", "QA QAR SAR"},
    {"riel", "KHR"},
    {"rupee", "PK PKR LK LKR NP NPR MU MUR SC SCR INR"},
    {"shilling", "KE KES TZ TZS UG UGX SO SOS"},
    {"sum", "UZ UZS"},
};

/* "NOK": a code itself. */
static struct str own_code(struct str word)
{
    static const char *const codes[] = {"AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP",
                                        "HKD", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "PLN",
                                        "RUB", "SEK", "SGD", "TRY", "USD", "ZAR"};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (str_equal_nocase(word, str_from(codes[i])))
            return str_from(codes[i]);
    return STR_NONE;
}

/* The code behind the country; else the one that has no country before it. */
static struct str code_in(struct str list, struct str country)
{
    struct str part, before = STR_NONE, other = STR_NONE;
    while (list.len && str_split(&list, ' ', &part)) {
        if (part.len == 3 && before.len && str_equal(before, country))
            return part;
        if (part.len == 3 && !before.len)
            other = part;
        before = part.len == 2 ? part : STR_NONE;
    }
    return other;
}

struct str currency_of_word(struct str word, struct str lemma, struct str country)
{
    for (size_t i = 0; i < sizeof(currency_words) / sizeof(currency_words[0]); i++)
        if (str_equal(lemma, str_from(currency_words[i].word)) ||
            str_equal(word, str_from(currency_words[i].word)))
            return code_in(str_from(currency_words[i].codes), country);
    return own_code(word);
}

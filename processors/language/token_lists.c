/* token_lists: sorted by use, not by letters: each list is short and looked through once a word. */
#include "processors/language/token_lists.h"

#include <ctype.h>
#include <stddef.h>

#define IN(list, word) in(list, sizeof(list) / sizeof(list[0]), word)

static bool in(const char *const *list, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(word, str_from(list[i])))
            return true;
    return false;
}

bool token_is_abbreviation(struct str word, bool last)
{
    static const char *const always[] = {
        "mr",   "mrs",   "ms",   "dr",   "st",     "prof", "gen",  "col",  "lt",   "sgt",    "maj",  "capt",
        "rev",  "hon",   "gov",  "sen",  "rep",    "reps", "sens", "pres", "sr",   "jr",     "inc",  "ltd",
        "co",   "corp",  "bros", "vs",   "al",     "ft",   "mt",   "jan",  "feb",  "mar",    "apr",  "jun",
        "jul",  "aug",   "sept", "sep",  "oct",    "nov",  "dec",  "mon",  "tue",  "tues",   "wed",  "thu",
        "thur", "thurs", "fri",  "ave",  "blvd",   "rd",   "dept", "univ", "assn", "approx", "est",  "esp",
        "incl", "cf",    "ca",   "viz",  "messrs", "mlle", "mme",  "supt", "cmdr", "adm",    "brig", "cpl",
        "pvt",  "det",   "insp", "atty", "hwy",    "tel",  "ext",  "vol",  "vols", "pp",     "cal",  "calif",
        "conn", "fla",   "ga",   "ill",  "ind",    "kan",  "ky",   "la",   "md",   "mich",   "minn", "mo",
        "mont", "neb",   "nev",  "okla", "ore",    "pa",   "tenn", "tex",  "va",   "vt",     "wash", "wis",
        "wyo",  "div",   "attn", "arrv", "govt",   "intl", "natl", "mgr",  "asst", "oz",     "lb",   "lbs",
        "hr",   "hrs",   "yr",   "yrs"};
    static const char *const seldom_last[] = {"etc",  "no",   "nos", "fig",  "figs", "sec",  "art", "ed",
                                              "eds",  "op",   "p",   "v",    "sat",  "sun",  "min", "max",
                                              "mass", "miss", "del", "ariz", "colo", "para", "gal"};
    return IN(always, word) ||
           (!last && IN(seldom_last, word) && (word.len > 1 || islower((unsigned char)word.ptr[0])));
}

bool token_is_prefix(struct str word)
{
    static const char *const prefixes[] = {
        "e",    "co",      "re",    "non",   "anti",  "pro",   "pre",   "post",  "ex",    "un",
        "mini", "multi",   "semi",  "sub",   "super", "ultra", "inter", "intra", "mid",   "neo",
        "para", "counter", "bi",    "tri",   "uni",   "vice",  "over",  "under", "micro", "macro",
        "mega", "pseudo",  "extra", "cyber", "geo",   "hyper", "infra", "trans"};
    return IN(prefixes, word);
}

bool token_is_unit(struct str word)
{
    static const char *const units[] = {"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "km",  "cm",  "mm", "kg",
                                        "mg", "ml", "mph",  "km/h", "ft",  "lb",  "lbs", "mi",  "kb", "mb",
                                        "gb", "tb", "hz",   "khz",  "mhz", "ghz", "kw",  "mw",  "gw", "kwh",
                                        "m",  "g",  "min",  "mins", "hrs", "hr",  "sec", "yrs", "yr"};
    return IN(units, word);
}

bool token_is_elided(struct str rest)
{
    static const char *const words[] = {"em",    "tis", "twas", "til", "cause", "bout", "n",
                                        "round", "s",   "m",    "d",   "ll",    "ve",   "re"};
    size_t letters = 0;
    while (letters < rest.len && isalpha((unsigned char)rest.ptr[letters]))
        letters++;
    return IN(words, str_slice(rest, 0, letters));
}

bool token_is_domain(struct str word)
{
    static const char *const ends[] = {".com", ".org", ".net",  ".edu", ".gov", ".info", ".co.uk", ".de",
                                       ".fr",  ".ru",  ".ua",   ".cn",  ".jp",  ".eu",   ".int",   ".tv",
                                       ".io",  ".htm", ".html", ".doc", ".pdf", ".xls",  ".jpg",   ".exe"};
    while (word.len &&
           (word.ptr[word.len - 1] == '.' || word.ptr[word.len - 1] == ',' || word.ptr[word.len - 1] == ')' ||
            word.ptr[word.len - 1] == '?' || word.ptr[word.len - 1] == '!'))
        word.len--;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct str end = str_from(ends[i]);
        if (word.len > end.len && str_equal_nocase(str_slice(word, word.len - end.len, word.len), end))
            return true;
    }
    return false;
}

bool token_is_face(struct str word)
{
    static const char *const faces[] = {":)",  ":-)", ":(", ":-(", ";)", ";-)", ":D",  ":-D",
                                        ":P",  ":-P", ":/", ":-/", "=)", "=(",  "<3",  ":]",
                                        ":-]", ":'(", "XD", ":o",  ":O", "^^",  "^_^", "-_-"};
    for (size_t i = 0; i < sizeof(faces) / sizeof(faces[0]); i++)
        if (str_equal(word, str_from(faces[i])))
            return true;
    return false;
}

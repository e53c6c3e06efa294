/* date_zone: offsets and names of zones behind a clock. Pure; any thread. */
#include "base/date_private.h"

#include <ctype.h>

#include "base/tzif.h"

enum { OFFSET_MAX_MIN = 14 * 60 /* no zone is further from UTC */ };

/* IST is India's and CST America's, as most feeds mean them. `place`: a zone of the tz database instead of an
 * offset. Order: how dates of numbers are written where the zone is used. */
static const struct {
    const char *name;
    int offset_min;
    enum date_order order;
    const char *place;
} zones[] = {
    {"z", 0, ORDER_UNKNOWN, NULL},
    {"ut", 0, ORDER_UNKNOWN, NULL},
    {"utc", 0, ORDER_UNKNOWN, NULL},
    {"gmt", 0, ORDER_UNKNOWN, NULL},
    {"est", -300, ORDER_MONTH_FIRST, NULL},
    {"edt", -240, ORDER_MONTH_FIRST, NULL},
    {"cst", -360, ORDER_MONTH_FIRST, NULL},
    {"cdt", -300, ORDER_MONTH_FIRST, NULL},
    {"mst", -420, ORDER_MONTH_FIRST, NULL},
    {"mdt", -360, ORDER_MONTH_FIRST, NULL},
    {"pst", -480, ORDER_MONTH_FIRST, NULL},
    {"pdt", -420, ORDER_MONTH_FIRST, NULL},
    {"et", 0, ORDER_MONTH_FIRST, "America/New_York"},
    {"ct", 0, ORDER_MONTH_FIRST, "America/Chicago"},
    {"mt", 0, ORDER_MONTH_FIRST, "America/Denver"},
    {"pt", 0, ORDER_MONTH_FIRST, "America/Los_Angeles"},
    {"akst", -540, ORDER_MONTH_FIRST, NULL},
    {"akdt", -480, ORDER_MONTH_FIRST, NULL},
    {"hst", -600, ORDER_MONTH_FIRST, NULL},
    {"ast", -240, ORDER_UNKNOWN, NULL},
    {"adt", -180, ORDER_UNKNOWN, NULL},
    {"nst", -210, ORDER_UNKNOWN, NULL},
    {"ndt", -150, ORDER_UNKNOWN, NULL},
    {"wet", 0, ORDER_DAY_FIRST, NULL},
    {"west", 60, ORDER_DAY_FIRST, NULL},
    {"bst", 60, ORDER_DAY_FIRST, NULL},
    {"cet", 60, ORDER_DAY_FIRST, NULL},
    {"cest", 120, ORDER_DAY_FIRST, NULL},
    {"met", 60, ORDER_DAY_FIRST, NULL},
    {"mest", 120, ORDER_DAY_FIRST, NULL},
    {"mez", 60, ORDER_DAY_FIRST, NULL},
    {"mesz", 120, ORDER_DAY_FIRST, NULL},
    {"eet", 120, ORDER_DAY_FIRST, NULL},
    {"eest", 180, ORDER_DAY_FIRST, NULL},
    {"msk", 180, ORDER_DAY_FIRST, NULL},
    {"мск", 180, ORDER_DAY_FIRST, NULL},
    {"msd", 240, ORDER_DAY_FIRST, NULL},
    {"trt", 180, ORDER_DAY_FIRST, NULL},
    {"ist", 330, ORDER_DAY_FIRST, NULL},
    {"idt", 180, ORDER_DAY_FIRST, NULL},
    {"irst", 210, ORDER_UNKNOWN, NULL},
    {"gst", 240, ORDER_DAY_FIRST, NULL},
    {"pkt", 300, ORDER_DAY_FIRST, NULL},
    {"npt", 345, ORDER_UNKNOWN, NULL},
    {"ict", 420, ORDER_DAY_FIRST, NULL},
    {"wib", 420, ORDER_DAY_FIRST, NULL},
    {"wita", 480, ORDER_DAY_FIRST, NULL},
    {"wit", 540, ORDER_DAY_FIRST, NULL},
    {"hkt", 480, ORDER_DAY_FIRST, NULL},
    {"sgt", 480, ORDER_DAY_FIRST, NULL},
    {"myt", 480, ORDER_DAY_FIRST, NULL},
    {"pht", 480, ORDER_UNKNOWN, NULL},
    {"awst", 480, ORDER_DAY_FIRST, NULL},
    {"jst", 540, ORDER_UNKNOWN, NULL},
    {"kst", 540, ORDER_UNKNOWN, NULL},
    {"acst", 570, ORDER_DAY_FIRST, NULL},
    {"acdt", 630, ORDER_DAY_FIRST, NULL},
    {"aest", 600, ORDER_DAY_FIRST, NULL},
    {"aedt", 660, ORDER_DAY_FIRST, NULL},
    {"nzst", 720, ORDER_DAY_FIRST, NULL},
    {"nzdt", 780, ORDER_DAY_FIRST, NULL},
    {"sast", 120, ORDER_DAY_FIRST, NULL},
    {"cat", 120, ORDER_DAY_FIRST, NULL},
    {"eat", 180, ORDER_DAY_FIRST, NULL},
    {"wat", 60, ORDER_DAY_FIRST, NULL},
    {"brt", -180, ORDER_DAY_FIRST, NULL},
    {"art", -180, ORDER_DAY_FIRST, NULL},
    {"clt", -240, ORDER_DAY_FIRST, NULL},
    {"cot", -300, ORDER_DAY_FIRST, NULL},
    {"pet", -300, ORDER_DAY_FIRST, NULL},
    {"vet", -240, ORDER_DAY_FIRST, NULL},
    /* RFC 822's military letters, as they were meant */
    {"a", -60, ORDER_UNKNOWN, NULL},
    {"m", -720, ORDER_UNKNOWN, NULL},
    {"n", 60, ORDER_UNKNOWN, NULL},
    {"y", 720, ORDER_UNKNOWN, NULL},
};

/* "Eastern Standard Time" and the like. */
static const struct {
    const char *first, *second;
    const char *place;
    int offset_min;
} phrases[] = {
    {"eastern", "standard", NULL, -300},         {"eastern", "daylight", NULL, -240},
    {"eastern", NULL, "America/New_York", 0},    {"central", "standard", NULL, -360},
    {"central", "daylight", NULL, -300},         {"mountain", "standard", NULL, -420},
    {"mountain", "daylight", NULL, -360},        {"mountain", NULL, "America/Denver", 0},
    {"pacific", "standard", NULL, -480},         {"pacific", "daylight", NULL, -420},
    {"pacific", NULL, "America/Los_Angeles", 0}, {"greenwich", "mean", NULL, 0},
    {"coordinated", "universal", NULL, 0},       {"universal", NULL, NULL, 0},
};

static const struct date_token *token_at(const struct date_tokens *tokens, size_t at)
{
    return &tokens->items[at < tokens->count ? at : tokens->count];
}

static void set_offset(struct date_parts *parts, int offset_min, const char *place, enum date_order order)
{
    parts->zoned = true;
    parts->offset_min = offset_min;
    if (place)
        memcpy(parts->zone_name, place, strlen(place) + 1); /* shorter by far: the tables' */
    if (order != ORDER_UNKNOWN)
        parts->zone_order = order;
}

bool date_zone_name(const struct date_token *token, struct date_parts *parts)
{
    if (token->text.len == 1 && !token->upper && token->text.ptr[0] != 'z')
        return false;
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
        if (token_is_word(token, zones[i].name)) {
            set_offset(parts, zones[i].offset_min, zones[i].place, zones[i].order);
            return true;
        }
    return false;
}

/* ---- Names of the tz database ---- */

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '/' || c == '_' || c == '-' || c == '+';
}

/* The name as it was written before folding, in out; the token behind it, or `at` when it is no such name. */
static size_t place_name(const struct date_tokens *tokens, size_t at, char *out, size_t room)
{
    const char *start = token_at(tokens, at)->text.ptr, *end = tokens->text + tokens->len;
    size_t from = (size_t)(start - tokens->text), len = 0;
    bool place = false; /* has a '/', or digits between letters: EST5EDT */
    for (; start + len < end && is_name_byte(start[len]); len++) {
        if (len + 1 >= room)
            return at;
        place |= start[len] == '/' ||
                 (len > 0 && isdigit((unsigned char)start[len - 1]) && isalpha((unsigned char)start[len]));
        out[len] = (char)(tokens->capital[from + len] ? toupper((unsigned char)start[len]) : start[len]);
    }
    out[len] = '\0';
    if (!place)
        return at;
    while (at < tokens->count && token_at(tokens, at)->text.ptr < start + len)
        at++;
    return at;
}

static bool read_place(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    char name[sizeof(parts->zone_name)];
    size_t behind = place_name(tokens, *at, name, sizeof(name));
    if (behind == *at)
        return false;
    parts->zoned = true;
    memcpy(parts->zone_name, name, sizeof(name));
    if (!strncmp(name, "Europe/", 7))
        parts->zone_order = ORDER_DAY_FIRST;
    *at = behind;
    return true;
}

/* "Eastern [Standard] Time"; a phrase that ends in "Time" and is not known is an unknown zone. */
static bool read_phrase(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    size_t end = *at;
    while (end < *at + 4 && token_at(tokens, end)->kind == TOKEN_WORD &&
           !token_is_word(token_at(tokens, end), "time"))
        end++;
    if (end == *at || !token_is_word(token_at(tokens, end), "time"))
        return false;
    parts->zone_unknown = true;
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]) && parts->zone_unknown; i++) {
        bool same =
            token_is_word(token_at(tokens, *at), phrases[i].first) &&
            (phrases[i].second ? end == *at + 2 && token_is_word(token_at(tokens, *at + 1), phrases[i].second)
                               : end == *at + 1);
        if (same) {
            set_offset(parts, phrases[i].offset_min, phrases[i].place,
                       phrases[i].offset_min || phrases[i].place ? ORDER_MONTH_FIRST : ORDER_UNKNOWN);
            parts->zone_unknown = false;
        }
    }
    *at = end + 1;
    return true;
}

/* Words behind a clock that are no zone: units and prepositions. */
static bool is_noise(const struct date_token *token)
{
    static const char *const words[] = {"uhr", "h",  "hs", "hrs", "hours", "horas", "ore",  "ora", "clock",
                                        "o",   "on", "at", "of",  "de",    "del",   "le",   "la",  "den",
                                        "am",  "im", "il", "el",  "em",    "the",   "by",   "and", "klo",
                                        "kl",  "u",  "w",  "v",   "dne",   "dia",   "ngay", "t",   NULL};
    return token_is_one_of(token, words);
}

static bool is_date_word(const struct date_token *token)
{
    bool weekday;
    (void)date_weekday_of(token->text, &weekday);
    return weekday || date_month_of(token->text, false).month != 0;
}

/* A word in capitals stands where zones stand, and so does a short last one of ASCII letters: a zone that
 * nobody knows. Other words go on ("10:33 in Lirana"). */
static bool looks_like_zone(const struct date_tokens *tokens, size_t at)
{
    static const char *const local[] = {"heure", "hora", "local", "ortszeit", NULL}; /* heure de Paris */
    const struct date_token *token = token_at(tokens, at);
    bool ascii = true, last = token_at(tokens, at + 1)->kind != TOKEN_WORD;
    for (size_t i = 0; i < token->text.len; i++)
        ascii &= !(token->text.ptr[i] & 0x80);
    return token_is_one_of(token, local) || (token->upper && token->text.len > 1) ||
           (ascii && last && token->text.len <= 5);
}

static void read_name(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    const struct date_token *token = token_at(tokens, *at);
    if (read_place(tokens, at, parts) || read_phrase(tokens, at, parts))
        return;
    if (date_zone_name(token, parts)) {
        (*at)++;
        return;
    }
    if (token->comment || is_noise(token) || is_date_word(token) || !looks_like_zone(tokens, *at))
        return;
    parts->zone_unknown = true;
    (*at)++;
}

/* ---- Numbers ---- */

/* +hh:mm, +hhmm, +hh. An offset that no zone has is ignored. */
static void read_number(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    const struct date_token *sign = token_at(tokens, *at), *number = token_at(tokens, *at + 1);
    bool signed_one = token_is_sign(sign, '+') || token_is_sign(sign, '-');
    if (!signed_one || number->kind != TOKEN_NUMBER || number->spaced || number->digits > 4)
        return;
    int hours = number->value, minutes = 0;
    *at += 2;
    if (number->digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (token_is_sign(token_at(tokens, *at), ':') && token_at(tokens, *at + 1)->kind == TOKEN_NUMBER &&
               token_at(tokens, *at + 1)->digits <= 2) {
        minutes = token_at(tokens, *at + 1)->value;
        *at += 2;
    }
    if (minutes >= 60 || hours * 60 + minutes > OFFSET_MAX_MIN)
        return;
    parts->zoned = parts->offset_numeric = true;
    parts->zone_unknown = false; /* the number says it, whatever the name was */
    parts->zone_name[0] = '\0';
    parts->offset_min = (token_is_sign(sign, '-') ? -1 : 1) * (hours * 60 + minutes);
}

void date_zone_read(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    const struct date_token *token = token_at(tokens, *at), *next = token_at(tokens, *at + 1);
    bool opened = token_is_sign(token, '['); /* [Europe/Paris] (RFC 9557) */
    bool path = token_is_sign(token, '/') || (token_is_sign(token, '.') && token_is_sign(next, '.'));
    if (opened && next->kind == TOKEN_WORD)
        (*at)++;
    if (token_at(tokens, *at)->kind == TOKEN_WORD)
        read_name(tokens, at, parts);
    else if (path)
        parts->zone_unknown = true; /* a name that leads elsewhere */
    read_number(tokens, at, parts);
}

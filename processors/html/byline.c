/* byline: divides at commas and words that join, then asks of each part whether it may be a person. Any
 * thread. */
#include "processors/html/byline.h"

enum {
    PART_BYTES_MAX = 120, /* longer ones are sentences */
    NAME_WORDS_MAX = 5,   /* among others; more say what somebody is */
};

static bool listed(const char *const *list, struct str word)
{
    for (; *list; list++)
        if (str_equal_nocase(word, str_from(*list)))
            return true;
    return false;
}

static struct str first_word(struct str text)
{
    ptrdiff_t space = str_find_byte(text, ' ', 0);
    return space < 0 ? text : str_slice(text, 0, (size_t)space);
}

static struct str last_word(struct str text)
{
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != ' ')
        at--;
    return str_slice(text, at, text.len);
}

static bool begins_capital(struct str text)
{
    unsigned char c = text.len ? (unsigned char)text.ptr[0] : 0;
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_one_word(struct str text)
{
    return str_find_byte(text, ' ', 0) < 0;
}

/* What begins a by-line in the languages of most news. "Von Stahl" is a name as well: a preposition that may
 * be a name's is one only before two words or more. */
struct str byline_behind_by(struct str line)
{
    static const char *const sure[] = {"written by ",
                                       "posted by ",
                                       "reported by ",
                                       "story by ",
                                       "words by ",
                                       "by: ",
                                       "by:",
                                       "by ",
                                       "von: ",
                                       "autor: ",
                                       "autorin: ",
                                       "author: ",
                                       "text: ",
                                       "interview: ",
                                       "text und interview: ",
                                       "автор: ",
                                       "Автор: ",
                                       "Автори: ",
                                       "Авторы: ",
                                       "Текст: ",
                                       "ein artikel von ",
                                       "ein beitrag von ",
                                       "geschrieben von ",
                                       "escrito por ",
                                       "scritto da ",
                                       "كتب: ",
                                       "كتبت: ",
                                       "بقلم: ",
                                       "بقلم ",
                                       NULL};
    static const char *const unsure[] = {"von ", "par ", "por ", "di ", "door ", "af ", "av ", NULL};
    const char *const *const lists[] = {sure, unsure};
    for (size_t k = 0; k < sizeof(lists) / sizeof(lists[0]); k++)
        for (size_t i = 0; lists[k][i]; i++) {
            struct str word = str_from(lists[k][i]);
            struct str rest = str_trim(str_slice(line, word.len < line.len ? word.len : line.len, line.len));
            if (str_starts_nocase(line, word) && rest.len && (lists[k] == sure || !is_one_word(rest)))
                return rest;
        }
    return STR_NONE;
}

bool byline_is_of_site(struct str line)
{
    size_t end = 0, dot = 0;
    while (end < line.len && !strchr(" ,;|/(", line.ptr[end])) {
        dot = line.ptr[end] == '.' ? end : dot;
        end++;
    }
    size_t last = end - dot - 1; /* letters of the top-level domain */
    for (size_t i = dot + 1; i < end; i++)
        if (line.ptr[i] < 'a' || line.ptr[i] > 'z')
            return false;
    return dot > 2 && last >= 2 && last <= 7 && (end == line.len || line.ptr[end] != ' ');
}

/* Where the part that begins the text ends, and where the next begins. */
static size_t part_end(struct str text, size_t *ret_next)
{
    static const char *const joints[] = {", ",    "; ",     " | ",   " and ", " & ", " und ", " et ",
                                         " och ", " with ", " mit ", " – ",   " — ", " • ",   " · "};
    size_t end = text.len, next = text.len;
    for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++) {
        struct str joint = str_from(joints[i]);
        ptrdiff_t at = str_find_nocase(str_slice(text, 0, end), joint, 0);
        if (at >= 0 && (size_t)at < end) {
            end = (size_t)at;
            next = end + joint.len;
        }
    }
    *ret_next = next;
    return end;
}

/* "Ann Lee in Lirana", "Ann Lee for Reuters", "Ann Lee (AP)". */
static struct str only_name(struct str part)
{
    static const char *const behind[] = {" in ", " for ", " at ", " of the ", " ("};
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        ptrdiff_t at = str_find(part, str_from(behind[i]), 0);
        if (at > 0)
            part = str_slice(part, 0, (size_t)at);
    }
    return str_trim(part);
}

/* "Shipping editor Aino Salo": without what stands before a name and ends with what people do. */
static struct str without_role(struct str part)
{
    static const char *const roles[] = {"editor", "reporter", "correspondent", "writer", "columnist", NULL};
    for (size_t at = 0; at < part.len; at++) {
        if (at > 0 && part.ptr[at - 1] != ' ')
            continue;
        struct str rest = str_slice(part, at, part.len), word = first_word(rest);
        struct str name = str_trim(str_slice(rest, word.len, rest.len));
        if (listed(roles, word) && str_find_byte(name, ' ', 0) > 0 && begins_capital(name))
            return name;
    }
    return part;
}

static size_t words_in(struct str text)
{
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] == ' ';
    return words;
}

static bool has_letter(struct str part)
{
    for (size_t i = 0; i < part.len; i++) {
        unsigned char c = (unsigned char)part.ptr[i];
        if (c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            return true;
    }
    return false;
}

static bool is_role(struct str part)
{
    static const char *const roles[] = {
        "staff",         "reporter",   "reporters",    "editor",         "correspondent",
        "writer",        "writers",    "photographer", "producer",       "columnist",
        "contributor",   "journalist", "redakteur",    "redaktion",      "admin",
        "administrator", "redacción",  "rédaction",    "correspondents", "author",
        "editors",       "freelance",  "sponsored",    "officer",        NULL};
    return listed(roles, last_word(part)) || listed(roles, first_word(part)) ||
           str_starts_nocase(part, STR("head of "));
}

static bool is_house(struct str part)
{
    static const char *const houses[] = {
        "post",        "times",    "news",     "press",     "herald",      "tribune",   "gazette",  "journal",
        "magazine",    "agency",   "network",  "media",     "desk",        "team",      "newsroom", "reuters",
        "afp",         "ap",       "bbc",      "cnn",       "dpa",         "bloomberg", "radio",    "tv",
        "chronicle",   "observer", "guardian", "telegraph", "independent", "newspaper", "service",  "online",
        "weekly",      "daily",    "review",   "examiner",  "inquirer",    "bulletin",  "courier",  "zeitung",
        "nachrichten", "anzeiger", "agencies", NULL};
    return listed(houses, last_word(part));
}

bool byline_is_desk(struct str name)
{
    static const char *const desks[] = {"newsroom",      "news desk",
                                        "newsdesk",      "web desk",
                                        "desk",          "editor",
                                        "editors",       "editorial",
                                        "staff",         "staff writer",
                                        "staff writers", "staff reporter",
                                        "our reporter",  "admin",
                                        "administrator", "redaktion",
                                        "die redaktion", "online-redaktion",
                                        "redacción",     "la redacción",
                                        "rédaction",     "la rédaction",
                                        "redazione",     "la redazione",
                                        "redação",       "redactie",
                                        "redaksjonen",   "redaktionen",
                                        "redakcja",      "редакция",
                                        "Редакция",      NULL};
    return listed(desks, name);
}

/* "ann@post.example". */
static bool is_address(struct str part)
{
    ptrdiff_t at = str_find_byte(part, '@', 0);
    return at > 0 && str_find_byte(part, '.', (size_t)at) > 0 && is_one_word(part);
}

static bool is_suffix(struct str part)
{
    static const char *const suffixes[] = {"Jr",  "Jr.",   "Sr", "Sr.",  "II", "III", "IV",
                                           "PhD", "Ph.D.", "MD", "M.D.", "RN", "MPH", NULL};
    return listed(suffixes, part);
}

/* Degrees and agencies behind a name: "Ann Lee, MS, RD", "Ann Lee, AP". */
static bool is_capitals(struct str part)
{
    for (size_t i = 0; i < part.len; i++)
        if (part.ptr[i] < 'A' || part.ptr[i] > 'Z')
            return false;
    return part.len >= 2 && part.len <= 5;
}

/* Behind titles that belong to the name before them. */
static size_t skip_suffixes(struct str text, size_t end, size_t *next)
{
    while (*next < text.len && text.ptr[end] == ',') {
        size_t behind;
        struct str rest = str_slice(text, *next, text.len);
        size_t length = part_end(rest, &behind);
        if (!is_suffix(str_slice(rest, 0, length)))
            break;
        end = *next + length;
        *next += behind;
    }
    return end;
}

/* "Diaz, Carla": two single words and no more. */
static bool is_inverted(struct str text)
{
    ptrdiff_t comma = str_find(text, STR(", "), 0);
    return comma > 0 && is_one_word(str_slice(text, 0, (size_t)comma)) &&
           is_one_word(str_slice(text, (size_t)comma + 2, text.len));
}

static struct str next_part(struct byline *byline)
{
    struct str text = byline->rest;
    size_t next = text.len, end = text.len;
    if (byline->begun || !is_inverted(text)) {
        end = part_end(text, &next);
        end = skip_suffixes(text, end, &next);
    }
    byline->rest = str_slice(text, next, text.len);
    return str_trim(str_slice(text, 0, end));
}

bool byline_next(struct byline *byline, struct str *ret_name)
{
    static const char *const joints[] = {"and", "&", "und", "et", "by", "och", NULL};
    if (!byline->begun) {
        struct str line = str_trim(byline->rest), behind = byline_behind_by(line);
        byline->rest = behind.ptr ? behind : line;
    }
    while (byline->rest.len) {
        bool alone = !byline->begun;
        struct str part = next_part(byline);
        alone &= byline->rest.len == 0;
        while (part.len && listed(joints, first_word(part))) /* ", and Ben Ode" */
            part = str_trim(str_slice(part, first_word(part).len, part.len));
        struct str name = without_role(alone ? part : only_name(part));
        bool other =
            !alone && (is_role(name) || words_in(name) > NAME_WORDS_MAX ||
                       (byline->begun && (is_house(name) || is_capitals(name) || byline_is_of_site(name))));
        bool no_name = !has_letter(name) || name.len > PART_BYTES_MAX || other || is_address(name);
        if (no_name)
            continue;
        byline->begun = true;
        *ret_name = name;
        return true;
    }
    return false;
}

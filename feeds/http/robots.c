/* robots: reads robots.txt and matches targets against its rules. Owns the rules it returns. */
#include "feeds/http/robots.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum {
    RULES_MAX = 5000,         /* more were never meant for one product */
    PATTERN_BYTES_MAX = 2048, /* as long as any URL that is fetched */
};

struct rule {
    size_t start, len;    /* of the normalised pattern in `patterns` */
    bool allow, anchored; /* anchored: it ended in "$" */
};

struct robots {
    struct buffer patterns;
    struct rule *rules;
    size_t count, room;
};

/* Whom the groups met so far were for; while `named` is false, those of "*" are kept. */
struct reading {
    struct robots *robots;
    struct str product;
    bool named;                /* a group for the product was met */
    bool for_product, for_all; /* the group at hand */
    bool rules_begun;          /* the next user-agent line begins another group */
    bool exhausted;
};

static int hex_digit(unsigned char byte)
{
    return isdigit(byte) ? byte - '0' : isxdigit(byte) ? tolower(byte) - 'a' + 10 : -1;
}

static bool is_unreserved(unsigned char byte)
{
    return isalnum(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

/* Two spellings of one URL become the same bytes (RFC 3986, 6.2.2): unreserved characters plain, other
 * encodings in capitals, bytes beyond ASCII encoded. `specials`: bytes to be encoded too. */
static bool normalise(struct str text, const char *specials, struct buffer *out)
{
    static const char digits[] = "0123456789ABCDEF";
    bool kept = true;
    for (size_t i = 0; kept && i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        bool encoded = byte == '%' && i + 2 < text.len && hex_digit((unsigned char)text.ptr[i + 1]) >= 0 &&
                       hex_digit((unsigned char)text.ptr[i + 2]) >= 0;
        if (encoded) {
            byte = (unsigned char)(hex_digit((unsigned char)text.ptr[i + 1]) * 16 +
                                   hex_digit((unsigned char)text.ptr[i + 2]));
            i += 2;
        }
        char triple[3] = {'%', digits[byte >> 4], digits[byte & 15]};
        bool plain = encoded ? is_unreserved(byte) : byte > ' ' && byte < 0x7F && !strchr(specials, byte);
        kept = plain ? !buffer_append(out, (const char *)&byte, 1) : !buffer_append(out, triple, 3);
    }
    return kept;
}

static bool rule_add(struct robots *robots, struct str pattern, bool allow)
{
    if (robots->count == robots->room) {
        size_t room = robots->room ? robots->room * 2 : 16;
        struct rule *rules = realloc(robots->rules, room * sizeof(*rules));
        if (!rules)
            return false;
        robots->rules = rules;
        robots->room = room;
    }
    struct rule *rule = &robots->rules[robots->count];
    *rule = (struct rule){.start = robots->patterns.len, .allow = allow};
    rule->anchored = pattern.ptr[pattern.len - 1] == '$';
    if (rule->anchored)
        pattern.len--;
    if (!normalise(pattern, "", &robots->patterns))
        return false;
    rule->len = robots->patterns.len - rule->start;
    robots->count++;
    return true;
}

/* The product token of a user-agent line: it ends at a version or a comment. */
static struct str token_of(struct str value)
{
    size_t end = 0;
    while (end < value.len &&
           (isalpha((unsigned char)value.ptr[end]) || value.ptr[end] == '-' || value.ptr[end] == '_'))
        end++;
    return str_slice(value, 0, end);
}

static void read_agent(struct reading *reading, struct str value)
{
    if (reading->rules_begun)
        reading->for_product = reading->for_all = reading->rules_begun = false;
    if (value.len > 0 && value.ptr[0] == '*')
        reading->for_all = true;
    if (!str_equal_nocase(token_of(value), reading->product))
        return;
    reading->for_product = true;
    if (!reading->named) { /* what was kept is for everybody else */
        reading->named = true;
        reading->robots->count = 0;
        buffer_clear(&reading->robots->patterns);
    }
}

static void read_rule(struct reading *reading, struct str value, bool allow)
{
    reading->rules_begun = true;
    bool ours = reading->named ? reading->for_product : reading->for_all;
    if (!ours || value.len == 0 || value.len > PATTERN_BYTES_MAX || reading->robots->count >= RULES_MAX)
        return;
    if (!rule_add(reading->robots, value, allow))
        reading->exhausted = true;
}

static void read_line(struct reading *reading, struct str line)
{
    ptrdiff_t comment = str_find_byte(line, '#', 0), colon;
    if (comment >= 0)
        line = str_slice(line, 0, (size_t)comment);
    colon = str_find_byte(line, ':', 0);
    if (colon < 0)
        return;
    struct str key = str_trim_ascii(str_slice(line, 0, (size_t)colon));
    struct str value = str_trim_ascii(str_slice(line, (size_t)colon + 1, line.len));
    if (str_equal_nocase(key, STR("user-agent")))
        read_agent(reading, value);
    else if (str_equal_nocase(key, STR("disallow")))
        read_rule(reading, value, false);
    else if (str_equal_nocase(key, STR("allow")))
        read_rule(reading, value, true);
}

struct robots *robots_parse(struct str text, struct str product)
{
    struct robots *robots = calloc(1, sizeof(*robots));
    struct reading reading = {.robots = robots, .product = product};
    if (!robots)
        return NULL;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.len);
    if (text.len > ROBOTS_BYTES_MAX)
        text.len = ROBOTS_BYTES_MAX;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
            end++;
        read_line(&reading, str_slice(text, at, end));
        at = end + 1;
    }
    if (reading.exhausted)
        robots_free(&robots);
    return robots;
}

void robots_free(struct robots **robots)
{
    if (!*robots)
        return;
    buffer_done(&(*robots)->patterns);
    free((*robots)->rules);
    free(*robots);
    *robots = NULL;
}

/* Each part between asterisks is taken where it first fits; only an anchored last part must fit at the end.
 */
static bool matches(struct str pattern, bool anchored, struct str target)
{
    size_t at = 0;
    bool first = true;
    for (;;) {
        ptrdiff_t star = str_find_byte(pattern, '*', 0);
        struct str part = str_slice(pattern, 0, star < 0 ? pattern.len : (size_t)star);
        if (star < 0 && anchored) {
            if (first)
                return str_equal(part, target);
            return target.len - at >= part.len && str_ends(target, part);
        }
        if (first) {
            if (!str_starts(target, part))
                return false;
            at = part.len;
        } else if (part.len > 0) {
            const char *found = memmem(target.ptr + at, target.len - at, part.ptr, part.len);
            if (!found)
                return false;
            at = (size_t)(found - target.ptr) + part.len;
        }
        if (star < 0)
            return true;
        pattern = str_slice(pattern, (size_t)star + 1, pattern.len);
        first = false;
    }
}

bool robots_allows(const struct robots *robots, struct str target)
{
    _cleanup_buffer_ struct buffer normal = {0};
    if (robots->count == 0 || str_equal(target, STR("/robots.txt")))
        return true;
    if (!normalise(target, "*$", &normal))
        return false; /* without memory nothing is asked for that may be forbidden */
    struct str text = buffer_str(&normal), patterns = buffer_str(&robots->patterns);
    size_t longest = 0;
    bool allow = true;
    for (size_t i = 0; i < robots->count; i++) {
        const struct rule *rule = &robots->rules[i];
        size_t len = rule->len + rule->anchored;
        if (len < longest || (len == longest && (allow || !rule->allow)))
            continue;
        if (matches(str_slice(patterns, rule->start, rule->start + rule->len), rule->anchored, text)) {
            longest = len;
            allow = rule->allow;
        }
    }
    return allow;
}

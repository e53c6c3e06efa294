/* countries: see the header. */
#include "processors/places/countries.h"

#include "base/utf8.h"
#include "processors/places/place_name.h"

bool countries_open(struct countries *ret_countries, struct str section)
{
    return lookup_open(&ret_countries->words, section);
}

static bool begins_small(struct str name)
{
    return !name.len || (name.ptr[0] >= 'a' && name.ptr[0] <= 'z');
}

/* The table's value, 0 = not there. */
static uint32_t find(const struct countries *countries, struct str name)
{
    uint64_t hash = begins_small(name) && !str_starts(name, STR("the ")) ? 0 : place_name_hash(name);
    return hash ? lookup_find(&countries->words, hash) : 0;
}

static void give_code(uint32_t value, char ret_country[3])
{
    ret_country[0] = (char)(value >> 8 & 0xff);
    ret_country[1] = (char)(value & 0xff);
    ret_country[2] = '\0';
}

bool countries_find(const struct countries *countries, struct str name, char ret_country[3])
{
    uint32_t value = find(countries, name);
    if (!value || value & COUNTRY_NOTHING)
        return false;
    give_code(value, ret_country);
    return true;
}

bool countries_is_demonym(const struct countries *countries, struct str name)
{
    return find(countries, name) & COUNTRY_DEMONYM;
}

/* The longest phrase that begins at this token; its length in tokens, at least 1. */
static size_t longest(const struct countries *countries, struct str text, const struct token *tokens,
                      size_t count, uint32_t *ret_value)
{
    size_t most = count < COUNTRY_WORDS_MAX ? count : COUNTRY_WORDS_MAX;
    for (size_t words = most; words > 0; words--) {
        *ret_value = find(countries, str_slice(text, tokens[0].start, tokens[words - 1].end));
        if (*ret_value)
            return words;
    }
    return 1;
}

bool countries_within(const struct countries *countries, struct str text, const struct token *tokens,
                      size_t count, char ret_country[3])
{
    uint32_t found = 0, value = 0;
    for (size_t at = 0; at < count;) {
        at += longest(countries, text, tokens + at, count - at, &value);
        value = value & COUNTRY_NOTHING ? 0 : value & 0xffff;
        if (value && found && value != found)
            return false;
        found = value ? value : found;
    }
    if (found)
        give_code(found, ret_country);
    return found;
}

size_t country_number(const char country[2])
{
    if (country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z')
        return 0;
    return (size_t)(country[0] - 'A') * 26 + (size_t)(country[1] - 'A');
}

/* place_name: see the header. */
#include "processors/places/place_name.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "processors/model/lookup.h"

enum { SHORT_LETTERS = 3, PARTS_MAX = 8 };

static bool is_dropped(uint32_t c)
{
    return c == '.' || c == ',' || c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x02BB ||
           c == 0x02BC;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '-' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x2010 || c == 0x2011 ||
           c == 0x2013;
}

static bool has_few_letters(struct str name)
{
    size_t letters = 0;
    for (size_t at = 0; at < name.len && letters <= SHORT_LETTERS;) {
        uint32_t c;
        at += utf8_decode(name, at, &c);
        letters += !is_dropped(c);
    }
    return letters <= SHORT_LETTERS;
}

struct folded {
    char *buffer;
    size_t len;
    bool keep_case;
};

static void add(struct folded *folded, uint32_t c)
{
    if (folded->len + 4 <= PLACE_NAME_BYTES)
        folded->len += utf8_encode(c, folded->buffer + folded->len);
}

/* A character of more than one byte: its letter, without the marks. */
static void add_parts(struct folded *folded, uint32_t c)
{
    utf8proc_int32_t parts[PARTS_MAX];
    int last = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, PARTS_MAX,
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &last);
    for (utf8proc_ssize_t i = 0; i < count && i < PARTS_MAX; i++)
        add(folded, (uint32_t)(folded->keep_case ? parts[i] : utf8proc_tolower(parts[i])));
}

static void add_character(struct folded *folded, uint32_t c)
{
    if (is_dropped(c))
        return;
    if (is_blank(c)) {
        if (folded->len && folded->buffer[folded->len - 1] != ' ')
            add(folded, ' ');
    } else if (c >= 0x80) {
        add_parts(folded, c);
    } else {
        add(folded, c >= 'A' && c <= 'Z' && !folded->keep_case ? c + 32 : c);
    }
}

struct str place_name_fold(struct str name, char buffer[PLACE_NAME_BYTES])
{
    name = str_trim(name);
    if (name.len > 4 && str_starts_nocase(name, STR("the ")))
        name = str_trim(str_slice(name, 4, name.len));
    struct folded folded = {.buffer = buffer, .keep_case = has_few_letters(name)};
    for (size_t at = 0; at < name.len;) {
        uint32_t c;
        at += utf8_decode(name, at, &c);
        add_character(&folded, c);
    }
    while (folded.len && buffer[folded.len - 1] == ' ')
        folded.len--;
    return str_make(buffer, folded.len);
}

uint64_t place_name_hash(struct str name)
{
    char buffer[PLACE_NAME_BYTES];
    struct str folded = place_name_fold(name, buffer);
    return folded.len ? lookup_hash(folded) : 0;
}

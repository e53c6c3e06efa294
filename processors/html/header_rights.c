/* header_rights: metadata_read_header_rights(): what the headers of a page's answer say of its use. Worker
 * threads. */
#include "processors/html/metadata.h"

/* Directives with a value behind a colon, which is no robot's name before one. */
static bool has_value(struct str name)
{
    static const char *const words[] = {"unavailable_after", "max-snippet", "max-image-preview",
                                        "max-video-preview"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_nocase(name, str_from(words[i])))
            return true;
    return false;
}

static bool is_token_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.' || byte == '/' || byte == '*';
}

/* A robot's name is one word: what stands before the colons of a time of day is none. */
static bool is_robot(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_token_byte(name.ptr[i]))
            return false;
    return name.len > 0 && !has_value(name);
}

static bool is_ours(struct str robot)
{
    struct str rest = robot, product;
    return str_equal(robot, STR("*")) ||
           (str_split(&rest, '/', &product) && str_equal_nocase(product, STR("newsd")));
}

/* "noai, nosnippet", "newsd: noai", "a: noindex, newsd: noai": a name holds up to the next one. */
static unsigned robots_opt_outs(struct str value)
{
    unsigned found = 0;
    bool ours = true;
    struct str part;
    while (str_split(&value, ',', &part)) {
        ptrdiff_t colon = str_find_byte(part, ':', 0);
        struct str name = colon < 0 ? STR_NONE : str_trim_ascii(str_slice(part, 0, (size_t)colon));
        if (is_robot(name)) {
            ours = is_ours(name);
            part = str_slice(part, (size_t)colon + 1, part.len);
        }
        if (ours)
            found |= opt_out_of_directive(part);
    }
    return found;
}

static void read_header(struct arena *arena, struct str name, struct str value,
                        struct page_metadata *metadata)
{
    if (str_equal_nocase(name, STR("x-robots-tag")))
        metadata->opt_outs |= robots_opt_outs(value);
    else if (str_equal_nocase(name, STR("tdm-reservation")) && str_equal(value, STR("1")))
        metadata->opt_outs |= OPT_OUT_TDM;
    else if (str_equal_nocase(name, STR("tdm-policy")))
        metadata_set(arena, &metadata->tdm_policy, value);
}

void metadata_read_header_rights(struct arena *arena, struct str headers, struct page_metadata *metadata)
{
    struct str line;
    while (headers.len && str_split(&headers, '\n', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        if (colon > 0)
            read_header(arena, str_trim_ascii(str_slice(line, 0, (size_t)colon)),
                        str_trim_ascii(str_slice(line, (size_t)colon + 1, line.len)), metadata);
    }
}

/* plain_text: text_blocks_add_plain(): finds the paragraphs of plain text. Pure but for the builder it fills.
 */
#include "processors/text/text_blocks.h"

#include "base/utf8.h"

enum {
    WRAPPED_POINTS_MAX = 100, /* no line longer than this: the text may have been wrapped by a mail program */
    FULL_LINE_POINTS_MIN = 50, /* a wrapped line that goes on is at least this long */
};

struct layout {
    bool wrapped; /* lines inside a paragraph are to be joined */
};

static bool next_line(struct str *rest, struct str *ret_line)
{
    if (!rest->ptr || !str_split(rest, '\n', ret_line))
        return false;
    return true;
}

/* Text is wrapped when no line is long and some line that is full is followed by another directly. */
static struct layout layout_of(struct str text)
{
    struct layout layout = {false};
    struct str rest = text, line;
    bool previous_full = false;
    while (next_line(&rest, &line)) {
        size_t points = utf8_length(str_trim(line));
        if (points > WRAPPED_POINTS_MAX)
            return (struct layout){false};
        layout.wrapped |= previous_full && points > 0;
        previous_full = points >= FULL_LINE_POINTS_MIN;
    }
    return layout;
}

/* Cuts "- ", "* " or a bullet off the line; false when it is no list item. */
static bool cut_bullet(struct str *line)
{
    static const char *const bullets[] = {"- ",        "* ",           "\xE2\x80\xA2 ", "\xE2\x80\xA2\t",
                                          "\xC2\xB7 ", "\xE2\x97\x8F "};
    for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++)
        if (str_starts(*line, str_from(bullets[i]))) {
            *line = str_trim(str_slice(*line, strlen(bullets[i]), line->len));
            return line->len > 0;
        }
    return false;
}

/* Short lines without a stop are headings when a real paragraph follows. */
static bool heading_here(struct str line, struct str rest)
{
    if (!text_is_heading_like(line))
        return false;
    struct str next;
    while (next_line(&rest, &next)) {
        next = str_trim(next);
        if (next.len)
            return next.len > line.len && !text_is_heading_like(next);
    }
    return false;
}

static bool indented(struct str line)
{
    return line.len && (line.ptr[0] == '\t' || str_starts(line, STR("  ")));
}

void text_blocks_add_plain(struct text_blocks *blocks, struct str text)
{
    struct layout layout = layout_of(text);
    struct str rest = text, raw;
    bool paragraph_open = false, previous_full = false;
    while (next_line(&rest, &raw)) {
        struct str line = str_trim(raw);
        if (line.len == 0) {
            paragraph_open = false;
            continue;
        }
        struct str item = line;
        bool is_item = cut_bullet(&item);
        bool joins = layout.wrapped && paragraph_open && previous_full && !is_item && !indented(raw);
        if (joins) {
            text_blocks_space(blocks);
        } else if (is_item) {
            text_blocks_begin(blocks, BLOCK_LIST_ITEM, 1);
        } else {
            bool heading =
                heading_here(line, rest) && !(layout.wrapped && utf8_length(line) >= FULL_LINE_POINTS_MIN);
            text_blocks_begin(blocks, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH, 0);
        }
        text_blocks_add(blocks, is_item ? item : line);
        paragraph_open = true;
        previous_full = utf8_length(line) >= FULL_LINE_POINTS_MIN;
    }
    text_blocks_begin(blocks, BLOCK_PARAGRAPH, 0);
}

/* text_blocks: the text under construction, in the article's arena. One article, one thread.
 * Never guesses a title; never changes a word. */
#include "processors/text/text_blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum {
    HEADING_POINTS_MAX = 100, /* longer lines are sentences without a stop */
    TEXT_BYTES_FIRST = 1024,
};

void text_blocks_init(struct text_blocks *blocks, struct arena *arena)
{
    *blocks = (struct text_blocks){.arena = arena, .kind = BLOCK_PARAGRAPH};
}

static bool room(struct text_blocks *blocks, size_t extra)
{
    if (blocks->failed)
        return false;
    if (blocks->capacity - blocks->len >= extra)
        return true;
    size_t capacity = blocks->capacity ? blocks->capacity * 2 : TEXT_BYTES_FIRST;
    while (capacity - blocks->len < extra)
        capacity *= 2;
    char *bytes = arena_alloc(blocks->arena, capacity);
    if (!bytes) {
        blocks->failed = true;
        return false;
    }
    if (blocks->len)
        memcpy(bytes, blocks->bytes, blocks->len);
    blocks->bytes = bytes;
    blocks->capacity = capacity;
    return true;
}

/* What to do with a character outside ASCII. */
enum treatment { KEEP, FOLD, DROP };

static enum treatment treatment_of(uint32_t c)
{
    if (c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
        c == 0x202F || c == 0x205F || c == 0x3000)
        return FOLD;
    /* C1 controls, soft hyphen, zero-width space, direction marks and overrides, word joiner, byte order mark
     */
    if ((c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F ||
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x85)
        return DROP;
    return KEEP;
}

/* False when the character may have to be composed, decomposed or reordered: then NFC is really run. */
static bool surely_nfc(uint32_t c)
{
    return c < 0x300 || (c >= 0x388 && c <= 0x482) || (c >= 0x48A && c <= 0x52F) ||
           (c >= 0x5D0 && c <= 0x5EA) || (c >= 0x620 && c <= 0x64A) ||
           (c >= 0x904 && c <= 0x957 && c != 0x93C && c != 0x94D) || (c >= 0x1EA0 && c <= 0x1EFF) ||
           (c >= 0x2010 && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20BF) || (c >= 0x2190 && c <= 0x21CC) ||
           (c >= 0x2500 && c <= 0x27BF) || (c >= 0x3001 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xFF00 && c <= 0xFFEF) || c == 0xFFFD || c == 0x2122 || c == 0x2116 || c == 0x94D ||
           (c >= 0x1F300 && c <= 0x1FAFF);
}

static void put_pending(struct text_blocks *blocks)
{
    if (blocks->open && blocks->space_pending && room(blocks, 1))
        blocks->bytes[blocks->len++] = blocks->line_pending ? '\n' : ' ';
    blocks->space_pending = blocks->line_pending = false;
}

/* Called before the first character of a block. */
static void open_block(struct text_blocks *blocks)
{
    if (blocks->list.count > 0 && room(blocks, 2)) {
        memcpy(blocks->bytes + blocks->len, "\n\n", 2);
        blocks->len += 2;
    }
    blocks->block_start = blocks->len;
    blocks->open = true;
    blocks->plain_seen = false;
    blocks->space_pending = blocks->line_pending = false;
}

static void put(struct text_blocks *blocks, const char *ptr, size_t len)
{
    if (!blocks->open)
        open_block(blocks);
    put_pending(blocks);
    if (!room(blocks, len))
        return;
    memcpy(blocks->bytes + blocks->len, ptr, len);
    blocks->len += len;
    blocks->plain_seen |= !blocks->strong;
}

static void fold(struct text_blocks *blocks, char c)
{
    if (blocks->kind == BLOCK_PRE && blocks->open && room(blocks, 1)) {
        if (c != '\r')
            blocks->bytes[blocks->len++] = c;
        return;
    }
    blocks->space_pending = true;
}

/* Length of the run of printable ASCII at the start of s (no space, no control). */
static size_t ascii_run(struct str s, size_t at)
{
    size_t end = at;
    while (end < s.len && s.ptr[end] > 0x20 && s.ptr[end] < 0x7F)
        end++;
    return end - at;
}

void text_blocks_add(struct text_blocks *blocks, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t run = ascii_run(text, at);
        if (run) {
            put(blocks, text.ptr + at, run);
            at += run;
            continue;
        }
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte < 0x80) {
            if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
                fold(blocks, (char)byte);
            at++;
            continue;
        }
        uint32_t c;
        size_t n = utf8_decode(text, at, &c);
        enum treatment treatment = treatment_of(c);
        if (treatment == KEEP) {
            put(blocks, text.ptr + at, n);
            blocks->unsure_nfc |= !surely_nfc(c);
        } else if (treatment == FOLD) {
            fold(blocks, ' ');
        }
        at += n;
    }
}

void text_blocks_space(struct text_blocks *blocks)
{
    blocks->space_pending = true;
}

void text_blocks_line(struct text_blocks *blocks)
{
    blocks->space_pending = blocks->line_pending = true;
}

bool text_is_heading_like(struct str text)
{
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\xE2\x80\x9C", " "};
    for (bool again = true; again && text.len;) {
        again = false;
        for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++)
            if (str_ends(text, str_from(closing[i]))) {
                text.len -= strlen(closing[i]);
                again = true;
            }
    }
    if (text.len == 0 || utf8_length(text) > HEADING_POINTS_MAX || memchr(text.ptr, '\n', text.len))
        return false;
    static const char *const stops[] = {".",       ";", ",", "\xE3\x80\x82", "\xE0\xA5\xA4", "\xE2\x80\xA6",
                                        "\xDB\x94"};
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
        if (str_ends(text, str_from(stops[i])))
            return false;
    return true;
}

static void close_block(struct text_blocks *blocks)
{
    if (!blocks->open)
        return;
    blocks->open = false;
    while (blocks->len > blocks->block_start && (unsigned char)blocks->bytes[blocks->len - 1] <= ' ')
        blocks->len--; /* of BLOCK_PRE */
    struct block *block = article_list_add(blocks->arena, &blocks->list);
    if (!block) {
        blocks->failed = true;
        return;
    }
    struct str text = str_make(blocks->bytes + blocks->block_start, blocks->len - blocks->block_start);
    block->kind = blocks->kind;
    block->level = blocks->level;
    block->time = blocks->time;
    /* A short line all in bold stands for a heading in most newsrooms' systems. */
    if (block->kind == BLOCK_PARAGRAPH && !blocks->plain_seen && text_is_heading_like(text))
        block->kind = BLOCK_HEADING;
    /* Bytes for now; text_blocks_finish() turns them into code points in one walk. */
    block->span = (struct span){(uint32_t)blocks->block_start, (uint32_t)blocks->len};
}

void text_blocks_begin(struct text_blocks *blocks, enum block_kind kind, uint8_t level)
{
    close_block(blocks);
    blocks->kind = kind;
    blocks->level = level;
    blocks->space_pending = blocks->line_pending = false;
}

/* The block's text composed; the text itself when nothing changes or composing fails. */
static struct str composed(struct arena *arena, struct str text)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &out,
                                        UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    struct str result = text;
    if (len >= 0 && out) {
        const char *copy = arena_copy(arena, (const char *)out, (size_t)len);
        if (copy)
            result = str_make(copy, (size_t)len);
    }
    free(out);
    return result;
}

/* Composes block by block: a blank line between blocks composes with nothing. */
static void compose_blocks(struct text_blocks *blocks)
{
    const char *old = blocks->bytes;
    blocks->bytes = NULL;
    blocks->len = blocks->capacity = 0;
    for (size_t i = 0; i < blocks->list.count; i++) {
        struct span *span = &blocks->list.items[i].span;
        struct str text = composed(blocks->arena, str_make(old + span->start, span->end - span->start));
        if (!room(blocks, text.len + 2))
            return;
        if (i > 0) {
            memcpy(blocks->bytes + blocks->len, "\n\n", 2);
            blocks->len += 2;
        }
        span->start = (uint32_t)blocks->len;
        memcpy(blocks->bytes + blocks->len, text.ptr, text.len);
        blocks->len += text.len;
        span->end = (uint32_t)blocks->len;
    }
}

int text_blocks_finish(struct text_blocks *blocks)
{
    close_block(blocks);
    if (blocks->unsure_nfc && !blocks->failed)
        compose_blocks(blocks);
    if (blocks->failed)
        return -ENOMEM;
    uint32_t points = 0;
    size_t at = 0;
    for (size_t i = 0; i < blocks->list.count; i++) {
        struct span *span = &blocks->list.items[i].span;
        points += (uint32_t)utf8_length(str_make(blocks->bytes + at, span->start - at));
        at = span->start;
        span->start = points;
        points += (uint32_t)utf8_length(str_make(blocks->bytes + at, span->end - at));
        at = span->end;
        span->end = points;
    }
    blocks->length = points;
    if (blocks->len && !room(blocks, 1)) /* NUL-terminated, as copies in an arena are */
        return -ENOMEM;
    if (blocks->len)
        blocks->bytes[blocks->len] = '\0';
    blocks->text = blocks->len ? str_make(blocks->bytes, blocks->len) : STR_NONE;
    return 0;
}

struct str text_line(struct arena *arena, struct str text)
{
    struct text_blocks blocks;
    text_blocks_init(&blocks, arena);
    text_blocks_add(&blocks, text);
    if (text_blocks_finish(&blocks) < 0)
        return STR_NONE;
    return blocks.text.ptr ? blocks.text : STR("");
}

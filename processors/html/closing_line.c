/* closing_line: looks at the last block only. Any thread. */
#include "processors/html/closing_line.h"

#include "base/utf8.h"

enum {
    LINE_BYTES_MAX = 700, /* a title, a site's name and the words around them */
    TITLE_BYTES_MIN = 8,  /* a shorter beginning of the title proves nothing */
};

/* Before and between title and site, as WordPress says it in its languages. */
static const char *const forms[][2] = {
    {"The post ", " appeared first on "},
    {"The post ", " first appeared on "},
    {"This post ", " appeared first on "},
    {"Der Beitrag ", " erschien zuerst auf "},
    {"Der Beitrag ", " erschien zuerst bei "},
    {"Der Artikel ", " erschien zuerst auf "},
    {"L’article ", " est apparu en premier sur "},
    {"L'article ", " est apparu en premier sur "},
    {"Cet article ", " est apparu en premier sur "},
    {"La entrada ", " se publicó primero en "},
    {"La entrada ", " aparece primero en "},
    {"El artículo ", " apareció primero en "},
    {"L'articolo ", " proviene da "},
    {"L’articolo ", " proviene da "},
    {"O post ", " apareceu primeiro em "},
    {"O conteúdo ", " aparece primeiro em "},
    {"Het bericht ", " verscheen eerst op "},
    {"Inlägget ", " dök först upp på "},
    {"Indlægget ", " blev først udgivet på "},
    {"Innlegget ", " dukket først opp på "},
    {"Artykuł ", " pochodzi z serwisu "},
    {"Příspěvek ", " pochází z "},
    {"Сообщение ", " появились сначала на "},
    {"Сообщение ", " впервые появилось "},
    {"Запись ", " впервые появилась "},
    {"投稿 ", " は "},
};

/* White space at the ends, quotation marks and stops do not count. */
static struct str bare(struct str text)
{
    static const char *const marks[] = {"\"", "“", "”", "«", "»", "„", "…", "."};
    bool more = true;
    while (more) {
        text = str_trim(text);
        more = false;
        for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
            struct str mark = str_from(marks[i]);
            if (str_starts(text, mark)) {
                text = str_slice(text, mark.len, text.len);
                more = true;
            } else if (str_ends(text, mark)) {
                text = str_slice(text, 0, text.len - mark.len);
                more = true;
            }
        }
    }
    return text;
}

static bool names(struct str shown, struct str title)
{
    shown = bare(shown);
    title = bare(title);
    if (shown.len == 0 || title.len == 0)
        return false;
    return str_equal_nocase(shown, title) ||
           (shown.len >= TITLE_BYTES_MIN && str_starts_nocase(title, shown)) ||
           (title.len >= TITLE_BYTES_MIN && str_starts_nocase(shown, title));
}

static bool is_line(struct str line, struct str title, struct str feed)
{
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct str before = str_from(forms[i][0]), between = str_from(forms[i][1]);
        ptrdiff_t middle = str_starts(line, before) ? str_find(line, between, before.len) : -1;
        if (middle < 0)
            continue;
        struct str site = str_slice(line, (size_t)middle + between.len, line.len);
        if (names(str_slice(line, before.len, (size_t)middle), title) || names(site, feed))
            return true;
    }
    return false;
}

/* Where a line begins in the last block: at its start, or behind a stop or a break in plain text. */
static bool find_line(struct str block, struct str title, struct str feed, size_t *ret_at)
{
    size_t from = block.len > LINE_BYTES_MAX ? block.len - LINE_BYTES_MAX : 0;
    for (size_t at = from; at < block.len; at++) {
        bool begins = at == 0 || block.ptr[at - 1] == '\n' || block.ptr[at - 1] == ' ';
        if (begins && is_line(str_slice(block, at, block.len), title, feed)) {
            *ret_at = at;
            return true;
        }
    }
    return false;
}

static size_t bytes_of(struct str text, uint32_t points)
{
    size_t at = 0;
    for (uint32_t c; points > 0 && at < text.len; points--)
        at += utf8_decode(text, at, &c);
    return at;
}

void closing_line_cut(struct text_blocks *blocks, struct str title, struct str feed)
{
    if (blocks->list.count < 1)
        return;
    struct block *last = &blocks->list.items[blocks->list.count - 1];
    size_t begin = bytes_of(blocks->text, last->span.start), at;
    struct str block = str_slice(blocks->text, begin, blocks->text.len);
    if (!find_line(block, title, feed, &at))
        return;
    if (at > 0) {
        struct str rest = str_trim(str_slice(block, 0, at));
        last->span.end = last->span.start + (uint32_t)utf8_length(rest);
    } else {
        blocks->list.count--;
    }
    uint32_t end = blocks->list.count ? blocks->list.items[blocks->list.count - 1].span.end : 0;
    blocks->text.len = bytes_of(blocks->text, end);
    blocks->length = end;
}

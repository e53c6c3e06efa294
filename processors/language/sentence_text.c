/* sentence_text: reading around a stop. Worker threads. */
#include "processors/language/sentence_text.h"

#include "base/utf8.h"
#include "processors/language/words.h"

static bool at_end(const struct splitter *splitter, size_t at)
{
    return at >= splitter->text.len;
}

uint32_t sentence_peek(const struct splitter *splitter, size_t at, size_t *ret_bytes)
{
    uint32_t c = 0;
    *ret_bytes = at_end(splitter, at) ? 0 : utf8_decode(splitter->text, at, &c);
    return c;
}

uint32_t sentence_peek_back(const struct splitter *splitter, size_t at)
{
    uint32_t c = 0;
    size_t lead = at;
    while (lead > 0 && at - lead < 4) {
        lead--;
        if (((unsigned char)splitter->text.ptr[lead] & 0xC0) != 0x80)
            break;
    }
    if (lead < at)
        (void)utf8_decode(splitter->text, lead, &c); /* valid text */
    return c;
}

bool sentence_is_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

bool sentence_is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203C || (c >= 0x2047 && c <= 0x2049) ||
           c == 0x061F || c == 0x06D4 || c == 0x0964 || c == 0x0965 || c == 0x0589 || c == 0x1362 ||
           c == 0x104B;
}

bool sentence_is_full_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61;
}

bool sentence_is_quote(uint32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 ||
           c == 0x203A || (c >= 0x300C && c <= 0x300F) || c == 0xFF02;
}

static bool is_closer(uint32_t c)
{
    return sentence_is_quote(c) || c == ')' || c == ']' || c == 0xFF09 || c == 0x3011 || c == 0x3015;
}

/* Openers that may stand before the first letter of a sentence. */
static bool is_opener(uint32_t c)
{
    return sentence_is_quote(c) || c == '(' || c == '[' || c == 0xBF || c == 0xA1 || c == 0x2013 ||
           c == 0x2014 || c == '-' || c == 0xFF08 || c == 0x3010 || c == 0x2022;
}

size_t sentence_skip_closers(const struct splitter *splitter, size_t at, bool *ret_any)
{
    size_t n;
    for (;;) {
        uint32_t c = sentence_peek(splitter, at, &n);
        if (is_closer(c)) {
            at += n;
            *ret_any = true;
            continue;
        }
        size_t n2, n3;
        if (c != ' ')
            return at;
        uint32_t quote = sentence_peek(splitter, at + 1, &n2),
                 after = sentence_peek(splitter, at + 1 + n2, &n3);
        if ((quote != 0x201D && quote != 0xBB && quote != ')' && quote != ']') ||
            (n3 && !sentence_is_space(after) && !sentence_is_stop(after)))
            return at;
        at += 1 + n2;
        *ret_any = true;
    }
}

struct str sentence_word_at(const struct splitter *splitter, size_t at)
{
    size_t n, end = at;
    uint32_t c = sentence_peek(splitter, end, &n);
    while (n && (words_is_letter(c) || words_is_digit(c)) && end - at < SENTENCE_TOKEN_MAX) {
        end += n;
        c = sentence_peek(splitter, end, &n);
    }
    return str_slice(splitter->text, at, end);
}

struct following sentence_look_ahead(const struct splitter *splitter, size_t at)
{
    struct following following = {0};
    size_t n;
    uint32_t c = sentence_peek(splitter, at, &n);
    while (n && (sentence_is_space(c) || is_opener(c))) {
        following.opened |= is_opener(c);
        following.bracket |= c == '(' || c == '[' || c == 0xFF08;
        at += n;
        c = sentence_peek(splitter, at, &n);
    }
    following.at = at;
    following.first = c;
    following.word = sentence_word_at(splitter, at);
    following.stop_behind = sentence_peek(splitter, at + following.word.len, &n) == '.';
    return following;
}

unsigned sentence_classes(const struct splitter *splitter, struct str word)
{
    char buffer[SENTENCE_TOKEN_MAX + 4];
    if (word.len == 0 || word.len > SENTENCE_TOKEN_MAX)
        return 0;
    return lexicon_classes(splitter->lexicon, splitter->language, words_fold(word, buffer, sizeof(buffer)));
}

struct str sentence_token_before(const struct splitter *splitter, size_t stop)
{
    size_t begin = stop;
    while (begin > splitter->begin && stop - begin <= SENTENCE_TOKEN_MAX) {
        unsigned char c = (unsigned char)splitter->text.ptr[begin - 1];
        bool ascii_word = (c | 0x20) >= 'a' ? (c | 0x20) <= 'z' : (c >= '0' && c <= '9') || c == '.';
        if (c < 0x80 && !ascii_word)
            break;
        if (c >=
            0x80) { /* quotes and dashes end the token; their lead byte is E2, NBSP's and guillemets' C2 */
            size_t lead = begin - 1;
            while (lead > splitter->begin && ((unsigned char)splitter->text.ptr[lead] & 0xC0) == 0x80)
                lead--;
            uint32_t decoded;
            (void)utf8_decode(splitter->text, lead, &decoded); /* valid text */
            if (!words_is_letter(decoded))
                break;
            begin = lead;
            continue;
        }
        begin--;
    }
    return str_slice(splitter->text, begin, stop);
}

bool sentence_contracted(const struct splitter *splitter, size_t stop)
{
    static const char *const endings[] = {"t", "s", "d", "m", "ll", "re", "ve"};
    struct str token = sentence_token_before(splitter, stop);
    size_t at = (size_t)(token.ptr - splitter->text.ptr);
    uint32_t mark = sentence_peek_back(splitter, at);
    if (mark != '\'' && mark != 0x2019)
        return false;
    uint32_t before = sentence_peek_back(splitter, at - (mark == '\'' ? 1 : 3));
    if (!words_is_letter(before) && !words_is_digit(before))
        return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (str_equal_nocase(token, str_from(endings[i])))
            return true;
    return false;
}

/* Straight and curly marks change the state whatever they are: „…“, “…”, »…«, ”…” are all in use. */
static bool is_double_quote(uint32_t c)
{
    return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

bool sentence_quoted(struct splitter *splitter, size_t at)
{
    while (splitter->quotes_at < at) {
        unsigned char byte = (unsigned char)splitter->text.ptr[splitter->quotes_at];
        size_t n = 1;
        uint32_t c = byte < 0x80 ? byte : sentence_peek(splitter, splitter->quotes_at, &n);
        splitter->quoted ^= is_double_quote(c);
        splitter->quotes_at += n;
    }
    return splitter->quoted;
}

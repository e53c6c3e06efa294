/* sentences: rules over each block, one pass, no backtracking past a word. Worker threads.
 * Never changes the text; never splits inside a word. */
#include "processors/language/sentences.h"

#include <errno.h>

#include "base/utf8.h"
#include "processors/language/identify.h"
#include "processors/language/words.h"

enum {
    TOKEN_BYTES_MAX = 48,   /* longer tokens before a stop are no abbreviation */
    ORDINAL_DIGITS_MAX = 2, /* "11. Januar"; "2019. Danach" ends a sentence */
};

/* One block being split. */
struct splitter {
    const struct lexicon *lexicon;
    struct str language; /* primary subtag */
    bool ordinals;       /* the language writes ordinals with a stop */
    struct str text;     /* the block */
    size_t begin;        /* of the open sentence, in bytes */
};

static bool at_end(const struct splitter *splitter, size_t at)
{
    return at >= splitter->text.len;
}

static uint32_t peek(const struct splitter *splitter, size_t at, size_t *ret_bytes)
{
    uint32_t c = 0;
    *ret_bytes = at_end(splitter, at) ? 0 : utf8_decode(splitter->text, at, &c);
    return c;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Stops that need a space behind them. */
static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203C || (c >= 0x2047 && c <= 0x2049) ||
           c == 0x061F || c == 0x06D4 || c == 0x0964 || c == 0x0965 || c == 0x0589 || c == 0x1362 ||
           c == 0x104B;
}

/* Stops of scripts without spaces: the sentence ends whatever follows. */
static bool is_full_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61;
}

static bool is_quote(uint32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 ||
           c == 0x203A || (c >= 0x300C && c <= 0x300F) || c == 0xFF02;
}

static bool is_closer(uint32_t c)
{
    return is_quote(c) || c == ')' || c == ']' || c == 0xFF09 || c == 0x3011 || c == 0x3015;
}

/* Openers that may stand before the first letter of a sentence. */
static bool is_opener(uint32_t c)
{
    return is_quote(c) || c == '(' || c == '[' || c == 0xBF || c == 0xA1 || c == 0x2013 || c == 0x2014 ||
           c == '-' || c == 0xFF08 || c == 0x3010 || c == 0x2022;
}

/* Behind closing quotes and brackets; a closing quote may stand behind a space (" »", " ”"). */
static size_t skip_closers(const struct splitter *splitter, size_t at, bool *ret_any)
{
    size_t n;
    for (;;) {
        uint32_t c = peek(splitter, at, &n);
        if (is_closer(c)) {
            at += n;
            *ret_any = true;
            continue;
        }
        size_t n2, n3;
        if (c != ' ')
            return at;
        uint32_t quote = peek(splitter, at + 1, &n2), after = peek(splitter, at + 1 + n2, &n3);
        if ((quote != 0x201D && quote != 0xBB) || (n3 && !is_space(after) && !is_stop(after)))
            return at;
        at += 1 + n2;
        *ret_any = true;
    }
}

/* The word that follows a stop, and its first letter. */
struct following {
    uint32_t first; /* first letter or digit, 0 = none */
    bool opened;    /* quotes or brackets stand before it */
    size_t at;
    struct str word;  /* up to the next space or punctuation */
    bool stop_behind; /* the word itself is followed by a stop */
};

static struct following look_ahead(const struct splitter *splitter, size_t at)
{
    struct following following = {0};
    size_t n;
    uint32_t c = peek(splitter, at, &n);
    while (n && (is_space(c) || is_opener(c))) {
        following.opened |= is_opener(c);
        at += n;
        c = peek(splitter, at, &n);
    }
    following.at = at;
    following.first = c;
    size_t end = at;
    while (n && (words_is_letter(c) || words_is_digit(c)) && end - at < TOKEN_BYTES_MAX) {
        end += n;
        c = peek(splitter, end, &n);
    }
    following.word = str_slice(splitter->text, at, end);
    following.stop_behind = c == '.';
    return following;
}

static unsigned classes_of(const struct splitter *splitter, struct str word)
{
    char buffer[TOKEN_BYTES_MAX + 4];
    if (word.len == 0 || word.len > TOKEN_BYTES_MAX)
        return 0;
    return lexicon_classes(splitter->lexicon, splitter->language, words_fold(word, buffer, sizeof(buffer)));
}

/* The token before the stop at `stop`: letters, digits, inner points. */
static struct str token_before(const struct splitter *splitter, size_t stop)
{
    size_t begin = stop;
    while (begin > splitter->begin && stop - begin <= TOKEN_BYTES_MAX) {
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

static bool all_digits(struct str token)
{
    for (size_t i = 0; i < token.len; i++)
        if (token.ptr[i] < '0' || token.ptr[i] > '9')
            return false;
    return token.len > 0;
}

static bool is_roman(struct str token)
{
    for (size_t i = 0; i < token.len; i++)
        if (!strchr("IVX", token.ptr[i]))
            return false;
    return token.len > 0;
}

static bool is_number_ordinal(const struct splitter *splitter, struct str token, unsigned next_classes)
{
    size_t token_at = (size_t)(token.ptr - splitter->text.ptr);
    if (all_digits(token) && token_at == splitter->begin && token.len <= 3)
        return true; /* "1. First things": the number of a list item */
    if (!splitter->ordinals)
        return false;
    if (next_classes & LEXICON_MONTH)
        return true;
    return ((all_digits(token) && token.len <= ORDINAL_DIGITS_MAX) || is_roman(token)) &&
           !(next_classes & LEXICON_STARTER);
}

/* "J." "U.S." "a.m." before a word in upper case. */
static bool ends_after_letters(struct str token, const struct following *next, unsigned next_classes)
{
    size_t points = utf8_length(token);
    bool dotted = memchr(token.ptr, '.', token.len) != NULL;
    if (str_equal_nocase(token, STR("a.m")) || str_equal_nocase(token, STR("p.m")))
        return !(next_classes & LEXICON_MONTH) &&
               !(next->word.len <= 4 && next->word.len >= 2 &&
                 words_case((unsigned char)next->word.ptr[1]) == CASE_UPPER); /* "p.m. EST" */
    if (points == 1 || dotted)
        return (next_classes & LEXICON_STARTER) && !next->stop_behind;
    return true;
}

/* Does the point at `stop` end the sentence, when `next` follows it behind a space? */
static bool point_ends(const struct splitter *splitter, size_t stop, const struct following *next)
{
    struct str token = token_before(splitter, stop);
    unsigned next_classes = classes_of(splitter, next->word);
    bool starter = next_classes & LEXICON_STARTER;
    if (token.len == 0)
        return true;
    if (all_digits(token) || is_roman(token)) {
        if (is_number_ordinal(splitter, token, next_classes))
            return false;
        if (all_digits(token))
            return true;
    }
    unsigned classes = classes_of(splitter, token);
    uint32_t first;
    (void)utf8_decode(token, 0, &first); /* valid text */
    if ((classes & LEXICON_CAPITAL) && words_case(first) != CASE_UPPER)
        classes = 0;
    if (classes & LEXICON_TITLE)
        return false;
    if ((classes & LEXICON_NUMBER) && words_is_digit(next->first))
        return false;
    if ((classes & LEXICON_ENDING) || ((classes & LEXICON_MONTH) && (classes & LEXICON_NUMBER)))
        return starter || next->opened;
    if (!words_is_letter(first))
        return true;
    return ends_after_letters(token, next, next_classes);
}

/* A sentence ends at the stop run [stop, after) with closers up to `end`. */
static bool ends_here(const struct splitter *splitter, size_t stop, size_t after, size_t end, bool closed)
{
    size_t n;
    uint32_t stopped_by = peek(splitter, stop, &n);
    bool run = after - stop > n;
    if (at_end(splitter, end))
        return true;
    uint32_t c = peek(splitter, end, &n);
    if (!is_space(c))
        return false;
    struct following next = look_ahead(splitter, end);
    if (next.first == 0 || at_end(splitter, next.at))
        return false; /* only quotes and dashes follow: they belong here */
    if (words_case(next.first) == CASE_LOWER)
        return false;
    if (next.first == ',' || next.first == ';' || next.first == ':')
        return false;
    return run || closed || stopped_by != '.' || point_ends(splitter, stop, &next);
}

/* A full stop of a script without spaces; a quotation that goes on with a particle does not end here. */
static bool full_stop_ends(const struct splitter *splitter, size_t end, bool closed)
{
    size_t n;
    uint32_t c = peek(splitter, end, &n);
    return !(closed && ((c >= 0x3041 && c <= 0x3096) || c == 0x3001 || c == 0xFF0C));
}

static int add_sentence(struct splitter *splitter, struct article *article, size_t end, uint32_t *points,
                        size_t *counted)
{
    struct str text = splitter->text;
    size_t begin = splitter->begin, stop = end;
    while (begin < stop && is_space((unsigned char)text.ptr[begin]))
        begin++;
    while (stop > begin && is_space((unsigned char)text.ptr[stop - 1]))
        stop--;
    splitter->begin = end;
    if (begin == stop)
        return 0;
    struct span *span = article_list_add(article->arena, &article->sentences);
    if (!span)
        return -ENOMEM;
    span->start = *points + (uint32_t)utf8_length(str_slice(text, *counted, begin));
    span->end = span->start + (uint32_t)utf8_length(str_slice(text, begin, stop));
    *points = span->end;
    *counted = stop;
    return 0;
}

static int split_block(struct splitter *splitter, struct article *article, uint32_t points)
{
    size_t counted = 0, at = 0;
    struct str text = splitter->text;
    while (at < text.len) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte < 0x80 && byte != '.' && byte != '!' && byte != '?') {
            at++;
            continue;
        }
        size_t n;
        uint32_t c = peek(splitter, at, &n);
        bool full = is_full_stop(c);
        if (!full && !is_stop(c)) {
            at += n;
            continue;
        }
        size_t after = at + n, m;
        for (uint32_t more = peek(splitter, after, &m); m && (is_stop(more) || is_full_stop(more));
             more = peek(splitter, after, &m))
            after += m;
        bool closed = false;
        size_t end = skip_closers(splitter, after, &closed);
        bool ends =
            full ? full_stop_ends(splitter, end, closed) : ends_here(splitter, at, after, end, closed);
        at = end;
        if (!ends)
            continue;
        if (add_sentence(splitter, article, end, &points, &counted) < 0)
            return -ENOMEM;
        if (pipeline_over_budget())
            return ERR_DEADLINE;
    }
    return add_sentence(splitter, article, text.len, &points, &counted);
}

static bool ordinals_with_stop(struct str language)
{
    static const char *const languages[] = {"de", "da", "no", "nb", "nn", "fi", "cs", "sk", "pl", "hu",
                                            "hr", "sl", "sr", "bs", "et", "lv", "tr", "is", "fo", "lb"};
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        if (str_equal(language, str_from(languages[i])))
            return true;
    return false;
}

int sentences_find(const struct lexicon *lexicon, struct article *article)
{
    char buffer[9];
    struct splitter splitter = {.lexicon = lexicon, .language = language_primary(article->language, buffer)};
    splitter.ordinals = ordinals_with_stop(splitter.language);
    size_t at = 0;
    uint32_t points = 0;
    article->sentences.count = 0;
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        if (i > 0) {
            at += 2; /* the blank line between blocks */
            points += 2;
        }
        size_t begin = at;
        for (; points < block->span.end; points++)
            do
                at++;
            while (at < article->text.len && ((unsigned char)article->text.ptr[at] & 0xC0) == 0x80);
        splitter.text = str_slice(article->text, begin, at);
        splitter.begin = 0;
        int code = 0;
        if (block->kind == BLOCK_HEADING || block->kind == BLOCK_TABLE) {
            size_t counted = 0;
            uint32_t start = block->span.start;
            code = add_sentence(&splitter, article, splitter.text.len, &start, &counted);
        } else {
            code = split_block(&splitter, article, block->span.start);
        }
        if (code < 0)
            return code;
    }
    return 0;
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    (void)data_directory;
    struct lexicon *lexicon = NULL;
    int code = lexicon_create(&lexicon, sentence_lists, error);
    *ret_context = lexicon;
    return code;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    return sentences_find(context, article);
}

static void destroy(void *context)
{
    struct lexicon *lexicon = context;
    lexicon_destroy(&lexicon);
}

const struct stage stage_sentences = {
    .name = "sentences",
    .description = "where the sentences of the text begin and end",
    .version = 1,
    .needs_text = true,
    .init = init,
    .process = process,
    .destroy = destroy,
};

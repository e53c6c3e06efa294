/* sentence_small: see the header. Worker threads. */
#include "processors/language/sentence_small.h"

#include "base/utf8.h"
#include "processors/language/words.h"

enum {
    SHORT_WORD = 2, /* letters; shorter words than three are abbreviations more often than ends */
    LONG_NAME = 4,
};

static bool all_small(struct str word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c;
        at += utf8_decode(word, at, &c);
        if (words_case(c) != CASE_LOWER)
            return false;
    }
    return word.len > 0;
}

/* "it." "me."; not "in." "no." "oz.". */
static bool is_short_word(struct str word)
{
    static const char *const words[] = {"it", "me", "us", "up", "do", "to", "so", "go",
                                        "be", "is", "by", "we", "he", "on", "my", "ok"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal(word, str_from(words[i])))
            return true;
    return false;
}

/* "pct." "bn." "mgmt.": nothing that is a word. */
static bool has_vowel(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (strchr("aeiouy", word.ptr[i]) || (unsigned char)word.ptr[i] >= 0x80)
            return true;
    return false;
}

/* What is a short form with a capital only ("Miss.", "Gen.") is a word in small letters. */
static bool may_be_short_form(const struct splitter *splitter, struct str word)
{
    const unsigned forms = LEXICON_TITLE | LEXICON_ENDING | LEXICON_NUMBER | LEXICON_SHORT;
    unsigned classes = sentence_classes(splitter, word);
    if ((classes & LEXICON_CAPITAL) && all_small(word))
        classes &= LEXICON_NUMBER | LEXICON_SHORT;
    return classes & forms;
}

/* "asked Smith", "she asked". */
static bool is_said(const struct splitter *splitter, const struct following *next)
{
    size_t n, behind = next->at + next->word.len;
    if (sentence_classes(splitter, next->word) & LEXICON_SPEECH)
        return true;
    return sentence_peek(splitter, behind, &n) == ' ' &&
           (sentence_classes(splitter, sentence_word_at(splitter, behind + 1)) & LEXICON_SPEECH);
}

/* "New York. but we left": abbreviations of so many letters are in the lists. */
static bool is_long_name(const struct splitter *splitter, struct str word, const struct following *next)
{
    uint32_t first = 0;
    size_t n = utf8_decode(word, 0, &first);
    return words_case(first) == CASE_UPPER && utf8_length(word) >= LONG_NAME &&
           all_small(str_slice(word, n, word.len)) && !may_be_short_form(splitter, word) &&
           (sentence_classes(splitter, next->word) & LEXICON_STARTER);
}

/* Are all stops of [stop, after) "!" and "?"? */
static bool only_marks(const struct splitter *splitter, size_t stop, size_t after)
{
    for (size_t at = stop; at < after; at++)
        if (!strchr("!? ", splitter->text.ptr[at]))
            return false;
    return true;
}

bool sentence_small_begins(const struct splitter *splitter, size_t stop, size_t after,
                           const struct following *next)
{
    size_t n;
    if (!str_equal(splitter->language, STR("en")) || (next->opened && !next->bracket))
        return false;
    (void)sentence_peek(splitter, stop, &n); /* its length */
    bool marks = only_marks(splitter, stop, after);
    if (!marks && (after > stop + n || splitter->text.ptr[stop] != '.'))
        return false;
    if (sentence_peek_back(splitter, stop) == ' ')
        stop--; /* "is it so ? thanks" */
    if (sentence_contracted(splitter, stop))
        return true;
    struct str word = sentence_token_before(splitter, stop);
    if (word.len == 0 || word.len > SENTENCE_TOKEN_MAX)
        return false;
    uint32_t before = sentence_peek_back(splitter, (size_t)(word.ptr - splitter->text.ptr));
    if (before == '/' || before == '@' || before == '_' || before == '&')
        return false;
    if (!all_small(word))
        return !marks && is_long_name(splitter, word, next);
    if (marks)
        return !is_said(splitter, next);
    return (utf8_length(word) > SHORT_WORD ? has_vowel(word) : is_short_word(word)) &&
           !may_be_short_form(splitter, word);
}

bool sentence_address_begins(const struct splitter *splitter, size_t stop, const struct following *next)
{
    return (str_equal(next->word, STR("http")) || str_equal(next->word, STR("https"))) &&
           !words_is_digit(sentence_peek_back(splitter, stop));
}

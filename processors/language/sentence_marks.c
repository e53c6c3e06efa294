/* sentence_marks: names with "!" by a small list and by what the text itself shows. Worker threads. */
#include "processors/language/sentence_marks.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "processors/language/words.h"

enum {
    SPEAKER_WORDS_MAX = 5,     /* "Deputy Mayor Anna van Dyck" */
    APPOSITION_BYTES_MAX = 60, /* "Vela, 34, asked" */
};

static uint64_t name_hash(struct str word)
{
    char buffer[SENTENCE_TOKEN_MAX + 4];
    return hash_64(words_fold(word, buffer, sizeof(buffer)));
}

static bool is_capital(struct str word)
{
    uint32_t c = 0;
    if (word.len)
        (void)utf8_decode(word, 0, &c); /* valid text */
    return word.len && words_case(c) == CASE_UPPER;
}

/* Does a word in lower case stand before the word that begins at `at`? Then its capital means something. */
static bool inside_sentence(const struct splitter *text, size_t at)
{
    if (at < 2 || text->text.ptr[at - 1] != ' ')
        return false;
    return words_case(sentence_peek_back(text, at - 1)) == CASE_LOWER;
}

/* "at Yahoo! headquarters", "Yahoo! shares fell"; not "Stop! he cried". */
static bool shows_name(const struct splitter *text, struct str word, size_t mark)
{
    size_t n;
    uint32_t behind = sentence_peek(text, mark + 1, &n);
    if (!is_capital(word) || (behind != ' ' && behind != '\'' && behind != 0x2019))
        return false;
    struct str next = sentence_word_at(text, mark + 1 + n);
    uint32_t first = 0;
    if (next.len == 0)
        return false;
    (void)utf8_decode(next, 0, &first); /* valid text */
    if (words_case(first) != CASE_LOWER)
        return false;
    if (behind != ' ')
        return str_equal(next, STR("s"));
    if (sentence_classes(text, next) & LEXICON_SPEECH)
        return false;
    size_t at = (size_t)(word.ptr - text->text.ptr);
    return inside_sentence(text, at) ||
           (str_equal(text->language, STR("en")) && !(sentence_classes(text, next) & LEXICON_STARTER));
}

void sentence_find_shouts(struct splitter *splitter, struct str text)
{
    struct splitter whole = {.lexicon = splitter->lexicon, .language = splitter->language, .text = text};
    splitter->shout_count = 0;
    for (size_t at = 0; at < text.len && splitter->shout_count < SENTENCE_SHOUTS_MAX; at++) {
        if (text.ptr[at] != '!' && text.ptr[at] != '?')
            continue;
        struct str word = sentence_token_before(&whole, at);
        if (word.len > 0 && word.len <= SENTENCE_TOKEN_MAX && shows_name(&whole, word, at))
            splitter->shouts[splitter->shout_count++] = name_hash(word);
    }
}

/* "Guess? Inc": only the name of a company stands before such a word. */
static bool is_company_form(struct str word)
{
    static const char *const forms[] = {"Inc", "Corp", "Ltd", "LLC", "plc", "PLC", "GmbH"};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (str_equal(word, str_from(forms[i])))
            return true;
    return false;
}

bool sentence_is_shout(const struct splitter *splitter, size_t stop, const struct following *next)
{
    struct str word = sentence_token_before(splitter, stop);
    if (!is_capital(word) || word.len > SENTENCE_TOKEN_MAX || next->opened)
        return false;
    if (is_company_form(next->word))
        return true;
    if (sentence_classes(splitter, next->word) & LEXICON_STARTER)
        return false;
    bool known = sentence_classes(splitter, word) & LEXICON_SHOUT;
    uint64_t hash = name_hash(word);
    for (size_t i = 0; i < splitter->shout_count && !known; i++)
        known = splitter->shouts[i] == hash;
    return known;
}

/* Behind ", 34," or ", the mayor,"; `at` itself when there is nothing of the kind. */
static size_t skip_apposition(const struct splitter *splitter, size_t at)
{
    struct str text = splitter->text;
    if (at >= text.len || text.ptr[at] != ',')
        return at;
    for (size_t end = at + 1; end < text.len && end - at < APPOSITION_BYTES_MAX; end++) {
        if (text.ptr[end] == ',')
            return end + 1;
        if (text.ptr[end] == '.' || text.ptr[end] == '!' || text.ptr[end] == '?')
            return at;
    }
    return at;
}

/* What stands behind the verb: the end, or how and to whom it was said; not a clause of its own. */
static bool attribution_ends(const struct splitter *splitter, struct str verb)
{
    size_t n;
    size_t at = (size_t)(verb.ptr - splitter->text.ptr) + verb.len;
    if (sentence_peek(splitter, at, &n) != ' ')
        return true;
    struct str next = sentence_word_at(splitter, at + 1);
    return !is_capital(next) && !(sentence_classes(splitter, next) & LEXICON_CLAUSE);
}

static bool is_particle(struct str word)
{
    static const char *const particles[] = {"van", "von", "de", "der", "den", "del", "da",  "di", "la",
                                            "le",  "bin", "al", "el",  "ter", "du",  "dos", "of"};
    for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
        if (str_equal(word, str_from(particles[i])))
            return true;
    return false;
}

bool sentence_speaker_follows(const struct splitter *splitter, const struct following *next)
{
    size_t at = next->at, n;
    if (next->opened || (sentence_classes(splitter, next->word) & LEXICON_STARTER))
        return false;
    for (int words = 0; words <= SPEAKER_WORDS_MAX; words++) {
        struct str word = sentence_word_at(splitter, at);
        if (word.len == 0)
            return false;
        if (words > 0 && (sentence_classes(splitter, word) & LEXICON_SPEECH))
            return attribution_ends(splitter, word);
        if (!is_capital(word) && !(words > 0 && is_particle(word)))
            return false;
        at += word.len;
        uint32_t c = sentence_peek(splitter, at, &n);
        while (n && (c == '.' || c == '-' || c == '\'' || c == 0x2019)) { /* "Dr.", "Jean-Luc", "O’Brien" */
            at += n;
            at += c == '.' ? 0 : sentence_word_at(splitter, at).len;
            c = sentence_peek(splitter, at, &n);
        }
        at = skip_apposition(splitter, at);
        if (sentence_peek(splitter, at, &n) != ' ')
            return false;
        at++;
    }
    return false;
}

/* sentence_tails: see the header. Every look is bounded by the length of a mark. Worker threads. */
#include "processors/language/sentence_tails.h"

#include "base/utf8.h"
#include "processors/language/words.h"

enum {
    REFERENCE_BYTES_MAX = 30, /* "[better source needed]" */
    REFERENCE_DIGITS_MAX = 3,
    NOTE_DIGITS_MAX = 2, /* "innovate.23"; three are a file's or a version's */
};

static unsigned char byte_at(const struct splitter *splitter, size_t at)
{
    return at < splitter->text.len ? (unsigned char)splitter->text.ptr[at] : ' ';
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

size_t sentence_skip_stops(const struct splitter *splitter, size_t at)
{
    size_t n, m;
    for (;;) {
        uint32_t c = sentence_peek(splitter, at, &n);
        if (n && (sentence_is_stop(c) || sentence_is_full_stop(c))) {
            at += n;
            continue;
        }
        c = sentence_peek(splitter, at + 1, &m);
        if (!n || !sentence_is_space(byte_at(splitter, at)) || !(c == '.' || c == '!' || c == '?'))
            return at;
        unsigned char behind = byte_at(splitter, at + 2);
        if (!sentence_is_space(behind) && !sentence_is_stop(behind))
            return at; /* ".5", ".com" */
        at += 2;
    }
}

/* What stands between the brackets: a number, a letter, "citation needed". */
static bool is_reference(struct str inner)
{
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < inner.len; i++) {
        unsigned char c = (unsigned char)inner.ptr[i];
        digits += is_digit(c);
        letters += c >= 'a' && c <= 'z';
        if (!is_digit(c) && c != ' ' && c != ',' && !(c >= 'a' && c <= 'z'))
            return false;
    }
    if (letters == 0)
        return digits > 0 && (digits <= REFERENCE_DIGITS_MAX || memchr(inner.ptr, ',', inner.len));
    return inner.len == 1 || str_ends(inner, STR(" needed"));
}

size_t sentence_skip_references(const struct splitter *splitter, size_t at)
{
    struct str text = splitter->text;
    for (;;) {
        size_t begin = at;
        if (byte_at(splitter, begin) == ' ')
            begin++;
        if (byte_at(splitter, begin) != '[')
            return at;
        size_t end = begin + 1;
        while (end < text.len && text.ptr[end] != ']' && end - begin < REFERENCE_BYTES_MAX)
            end++;
        if (byte_at(splitter, end) != ']' || !is_reference(str_slice(text, begin + 1, end)))
            return at;
        at = end + 1;
    }
}

size_t sentence_skip_note(const struct splitter *splitter, size_t stop, size_t at)
{
    size_t end = at;
    while (is_digit(byte_at(splitter, end)))
        end++;
    if (end == at || end - at > NOTE_DIGITS_MAX || byte_at(splitter, end) != ' ')
        return at;
    size_t n;
    struct str token = sentence_token_before(splitter, stop);
    if (token.len < 2 || sentence_classes(splitter, token) || /* "No.23" */
        words_case(sentence_peek_back(splitter, stop)) != CASE_LOWER ||
        words_case(sentence_peek(splitter, end + 1, &n)) != CASE_UPPER)
        return at;
    return end;
}

bool sentence_is_face_begin(uint32_t c)
{
    return c == ':' || c == ';' || c == '=' || c == '^';
}

size_t sentence_skip_face(const struct splitter *splitter, size_t at)
{
    static const char *const faces[] = {":)",  ":-)", ";)", ";-)", "=)", ":D",  ":-D", ":(",
                                        ":-(", "=(",  ":P", ":-P", "=D", "^_^", "^^",  ":]"};
    size_t begin = byte_at(splitter, at) == ' ' ? at + 1 : at;
    if (begin >= splitter->text.len || !sentence_is_face_begin(byte_at(splitter, begin)))
        return at;
    struct str rest = str_slice(splitter->text, begin, splitter->text.len);
    for (size_t i = 0; i < sizeof(faces) / sizeof(faces[0]); i++) {
        struct str face = str_from(faces[i]);
        if (str_starts(rest, face) && sentence_is_space(byte_at(splitter, begin + face.len)))
            return begin + face.len;
    }
    return at;
}

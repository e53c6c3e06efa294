/* quoted_words: see the header. */
#include "processors/models/quoted_words.h"

#include "base/utf8.h"

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/* Does a letter at `a` and one at `b` belong to one word? Signs of more than one byte divide words too. */
static bool joined(struct str text, size_t at)
{
    uint32_t c;
    if (at == 0 || at >= text.len || !is_word_byte(text.ptr[at - 1]) || !is_word_byte(text.ptr[at]))
        return false;
    size_t before = at - 1;
    while (before && (text.ptr[before] & 0xC0) == 0x80)
        before--;
    utf8_decode(text, before, &c);
    bool sign = (c >= 0x2000 && c <= 0x206F) || (c >= 0xA1 && c <= 0xBF);
    utf8_decode(text, at, &c);
    return !sign && !((c >= 0x2000 && c <= 0x206F) || (c >= 0xA1 && c <= 0xBF));
}

/* Where words stand for the n-th time as whole words; -1 = nowhere. */
static ptrdiff_t find_words(struct str sentence, struct str words, int64_t nth, size_t from)
{
    for (ptrdiff_t at; (at = str_find(sentence, words, from)) >= 0; from = (size_t)at + 1)
        if (!joined(sentence, (size_t)at) && !joined(sentence, (size_t)at + words.len) && --nth == 0)
            return at;
    return -1;
}

static struct span span_of_bytes(struct str sentence, size_t start, size_t end)
{
    return (struct span){(uint32_t)utf8_length(str_slice(sentence, 0, start)),
                         (uint32_t)utf8_length(str_slice(sentence, 0, end))};
}

static struct str without_marks(struct str sentence)
{
    static const char *const marks[] = {"\"", "“", "”", "‘", "’", "«", "»", ".", "„", " "};
    for (bool cut = true; cut;) {
        cut = false;
        for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
            struct str mark = str_from(marks[i]);
            if (str_starts(sentence, mark) && mark.ptr[0] != '.') {
                sentence = str_slice(sentence, mark.len, sentence.len);
                cut = true;
            }
            if (sentence.len && str_ends(sentence, mark)) {
                sentence.len -= mark.len;
                cut = true;
            }
        }
    }
    return sentence;
}

struct span quoted_words_find(struct str sentence, struct str words)
{
    struct str first = words;
    int64_t nth = 1;
    ptrdiff_t mark = str_find(words, STR(" ... "), 0), number = str_find_byte(words, '#', 0), start, end;
    if (str_equal(words, STR("*"))) {
        struct str whole = without_marks(sentence);
        size_t from = (size_t)(whole.ptr - sentence.ptr);
        return span_of_bytes(sentence, from, from + whole.len);
    }
    if (number > 0 && str_to_int64(str_slice(words, (size_t)number + 1, words.len), &nth))
        first = str_slice(words, 0, (size_t)number);
    if (mark > 0)
        first = str_slice(words, 0, (size_t)mark);
    start = first.len ? find_words(sentence, first, nth, 0) : -1;
    end = start < 0 ? -1 : start + (ptrdiff_t)first.len;
    if (mark > 0 && start >= 0) {
        struct str last = str_slice(words, (size_t)mark + 5, words.len);
        end = find_words(sentence, last, 1, (size_t)end);
        end = end < 0 ? end : end + (ptrdiff_t)last.len;
    }
    return end <= 0 ? (struct span){0, 0} : span_of_bytes(sentence, (size_t)start, (size_t)end);
}

/* lexicon_lines: see the header. */
#include "processors/meaning/lexicon_lines.h"

#include <errno.h>

bool lexicon_line(struct lexicon_lines *lines, struct str *ret_line)
{
    while (str_split(&lines->rest, '\n', ret_line)) {
        lines->line++;
        *ret_line = str_trim_ascii(*ret_line);
        if (!str_empty(*ret_line) && ret_line->ptr[0] != '#')
            return true;
    }
    return false;
}

bool lexicon_word(struct str *rest, struct str *ret_word)
{
    *rest = str_trim_ascii(*rest);
    if (str_empty(*rest))
        return false;
    ptrdiff_t blank = str_find_byte(*rest, ' ', 0);
    size_t end = blank < 0 ? rest->len : (size_t)blank;
    *ret_word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return true;
}

int lexicon_wrong(const struct lexicon_lines *lines, const char *what, struct str where)
{
    return error_set(lines->error, ERR_MALFORMED, "%s:%u: %s: '%.*s'", lines->name, lines->line, what,
                     STR_ARG(where));
}

int lexicon_no_memory(const struct lexicon_lines *lines)
{
    return error_set(lines->error, -ENOMEM, "%s: no memory", lines->name);
}

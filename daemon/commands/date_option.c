/* date_option: see the header. */
#include "daemon/commands/date_option.h"

#include <errno.h>

#include "base/utf8.h"
#include "processors/text/moment.h"

int date_option_read(struct arena *arena, struct str text, int64_t *ret_ms, struct error *error)
{
    struct article_date date = {0};
    int code = moment_parse(arena, text, &date);
    if (code == -ENOMEM)
        return error_set(error, code, "the article is larger than its memory");
    if (code < 0 || date.precision < DATE_DAY)
        return error_set(error, ERR_CONFIG, "'%.*s' is no date: use YYYY-MM-DD or RFC 3339",
                         STR_ARG(utf8_cut(text, 80)));
    *ret_ms = date.ms;
    return 0;
}

/* extract_line: reading JSON with jansson, apart from the command, which writes JSON. Any thread. */
#include "daemon/commands/extract_line.h"

#include <errno.h>

#include "base/json_reader.h"

static struct str keep(struct arena *arena, const json_t *root, const char *key)
{
    struct str value = json_reader_str(root, key);
    return value.len ? arena_str(arena, value) : STR_NONE;
}

int extract_line_read(struct arena *arena, struct str line, struct extract_line *ret_line,
                      struct error *error)
{
    _cleanup_json_ json_t *root = json_reader_parse(line, error);
    if (!root)
        return ERR_RECORD;
    struct extract_line read = {
        .id = keep(arena, root, "id"),
        .url = keep(arena, root, "url"),
        .title = keep(arena, root, "title"),
        .date = keep(arena, root, "date"),
        .text = keep(arena, root, "text"),
        .html = keep(arena, root, "html"),
    };
    if (arena_exhausted(arena))
        return error_set(error, -ENOMEM, "larger than an article's memory");
    if (read.text.len == 0 && read.html.len == 0)
        return error_set(error, ERR_RECORD, "needs an object with \"text\" or \"html\"");
    *ret_line = read;
    return 0;
}

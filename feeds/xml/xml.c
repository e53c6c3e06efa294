/* xml: which of the two readers a document gets. */
#include "feeds/xml/xml.h"

#include <errno.h>
#include <string.h>

#include "feeds/xml/xml_plain.h"
#include "feeds/xml/xml_sax.h"

/* The declaration has done its work once the text is UTF-8. */
static struct str without_declaration(struct str text)
{
    if (!str_starts(text, STR("<?xml")) || text.len < 6 || !strchr(" \t\r\n", text.ptr[5]))
        return text;
    ptrdiff_t end = str_find(text, STR("?>"), 5);
    return end < 0 ? text : str_slice(text, (size_t)end + 2, text.len);
}

int xml_read(struct arena *arena, struct str text, const struct xml_setting *setting,
             const struct xml_handler *handler, struct xml_outcome *ret_outcome)
{
    struct xml_reader *reader = xml_reader_create(arena, setting, handler, ret_outcome);
    if (!reader)
        return -ENOMEM;
    text = without_declaration(text);
    struct xml_tokens *tokens = xml_tokens_read(text);
    int error = tokens ? xml_plain_read(reader, tokens) : xml_sax_read(reader, text);
    xml_tokens_free(&tokens);
    return error;
}

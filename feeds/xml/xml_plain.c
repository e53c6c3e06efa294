/* xml_plain: walks through the tokens and calls the reader. References are decoded here, and only in text and
 * values that somebody wants. */
#include "feeds/xml/xml_plain.h"

#include <errno.h>

enum { PIECE_BYTES = 2048 };

static struct str text_of(const struct xml_tokens *tokens, const struct xml_token *token)
{
    return str_make(tokens->text.ptr + token->at, token->len);
}

/* A value as it is meant; STR_NONE when the arena is full. */
static struct str value_of(struct xml_reader *reader, const struct xml_tokens *tokens,
                           const struct xml_token *token)
{
    struct str value = text_of(tokens, token);
    if (!token->coded)
        return value;
    size_t room = value.len + XML_CHARACTER_BYTES_MAX;
    char *out = arena_alloc(reader->arena, room);
    return out ? str_make(out, xml_tokens_decode(&value, true, out, room)) : STR_NONE;
}

static void take_attributes(struct xml_reader *reader, struct xml_element *element,
                            const struct xml_tokens *tokens, const struct xml_token *start)
{
    const struct xml_names *names = &tokens->names;
    for (size_t i = 0; i < start->count; i++) {
        const struct xml_token *token = start + 1 + i;
        struct xml_attribute *attribute = &reader->attributes[i];
        attribute->namespace = names->uris[token->uri].namespace;
        attribute->local = names->names[token->name].local;
        attribute->value = value_of(reader, tokens, token);
        if (!attribute->value.ptr)
            xml_reader_stop(reader, -ENOMEM);
    }
    element->attribute_count = start->count;
}

static void start(struct xml_reader *reader, const struct xml_tokens *tokens, const struct xml_token *token)
{
    const struct xml_name *name = &tokens->names.names[token->name];
    const struct xml_uri *uri = &tokens->names.uris[token->uri];
    if (xml_reader_passes_over(reader))
        return;
    struct xml_element *element = xml_reader_open(reader);
    element->namespace = uri->namespace;
    element->name = name->name;
    element->local = name->local;
    if (reader->depth == 1)
        element->declares = tokens->declares;
    take_attributes(reader, element, tokens, token);
    xml_reader_start(reader, element, name->prefix, uri->text);
}

static void add_text(struct xml_reader *reader, const struct xml_tokens *tokens,
                     const struct xml_token *token)
{
    struct str text = text_of(tokens, token);
    if (!token->coded) {
        xml_text_add(&reader->text, text.ptr, text.len);
        return;
    }
    size_t room = text.len + XML_CHARACTER_BYTES_MAX;
    char *out = xml_text_room(&reader->text, room);
    if (out)
        reader->text.len += xml_tokens_decode(&text, false, out, room);
    while (text.len) {
        char piece[PIECE_BYTES];
        xml_text_add(&reader->text, piece, xml_tokens_decode(&text, false, piece, sizeof(piece)));
    }
}

int xml_plain_read(struct xml_reader *reader, const struct xml_tokens *tokens)
{
    uint16_t open[XML_TOKEN_DEPTH_MAX + 1]; /* names */
    size_t depth = 0;
    const struct xml_token *token = tokens->items, *end = token + tokens->count;
    for (; token < end && !reader->stopped; token++) {
        const struct xml_token *text = token;
        if (token->kind == XML_TOKEN_START) {
            open[depth++] = token->name;
            start(reader, tokens, token);
            token += token->count;
        } else if (token->kind == XML_TOKEN_END) {
            xml_reader_end(reader, tokens->names.names[open[--depth]].prefix);
        }
        if (text->len && xml_reader_wants_text(reader))
            add_text(reader, tokens, text);
    }
    return reader->error;
}

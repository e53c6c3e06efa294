/* xml_reader: one for each document and thread. Knows nothing of where the events come from. */
#include "feeds/xml/xml_reader.h"

#include <errno.h>

#include "base/url.h"

enum {
    DEPTH_HELD_MAX = 1024, /* libxml2 keeps a frame for each open element, wanted or not */
    WRAPPER_CLOSED = FEED_MARKUP_DEPTH_MAX + 1,
};

struct xml_reader *xml_reader_create(struct arena *arena, const struct xml_setting *setting,
                                     const struct xml_handler *handler, struct xml_outcome *outcome)
{
    struct xml_reader *reader = arena_new(arena, struct xml_reader);
    if (!reader)
        return NULL;
    *outcome = (struct xml_outcome){0};
    reader->arena = arena;
    reader->setting = setting;
    reader->handler = handler;
    reader->outcome = outcome;
    reader->text.arena = arena;
    return reader;
}

void xml_reader_stop(struct xml_reader *reader, int error)
{
    if (error && !reader->error)
        reader->error = error;
    reader->stopped = true;
}

/* Text that is collected goes on through tags that lie too deep; the space keeps words apart. */
bool xml_reader_passes_over(struct xml_reader *reader)
{
    size_t most = reader->capture ? FEED_MARKUP_DEPTH_MAX : FEED_DEPTH_MAX;
    bool deep = reader->depth + reader->skipped + reader->flattened >= most;
    if (!reader->skipped && !reader->flattened && !deep)
        return false;
    if (deep)
        reader->outcome->deep = reader->outcome->limit_hit = true;
    if (reader->capture && !reader->skipped) {
        reader->flattened++;
        xml_text_add(&reader->text, " ", 1);
    } else {
        reader->skipped++;
    }
    if (reader->depth + reader->skipped + reader->flattened > DEPTH_HELD_MAX) {
        reader->outcome->too_deep = true;
        xml_reader_stop(reader, 0);
    }
    return true;
}

struct xml_element *xml_reader_open(struct xml_reader *reader)
{
    struct xml_element *element = &reader->frames[reader->depth];
    if (reader->depth) {
        const struct xml_element *parent = element - 1;
        *element = (struct xml_element){.base = parent->base,
                                        .language = parent->language,
                                        .scope = parent->scope,
                                        .thing = parent->thing};
    } else {
        *element = (struct xml_element){.base = reader->setting->base, .language = reader->setting->language};
    }
    element->attributes = reader->attributes;
    reader->depth++;
    return element;
}

static void take_base(struct xml_reader *reader, struct xml_element *element, struct str stated)
{
    stated = str_trim(stated);
    if (str_empty(stated) || xml_scheme_unsafe(stated))
        return;
    struct str base = url_resolve(reader->arena, element->base, stated);
    if (!base.ptr) {
        xml_reader_stop(reader, -ENOMEM);
        return;
    }
    /* A base that is itself relative, with nothing to resolve it against, can resolve nothing. */
    if (url_scheme(base).ptr)
        element->base = arena_str(reader->arena, base);
}

static struct str language_tag(struct xml_reader *reader, struct str stated)
{
    struct str tag = arena_str(reader->arena, str_trim(stated));
    for (size_t i = 0; i < tag.len; i++)
        if (tag.ptr[i] == '_')
            ((char *)tag.ptr)[i] = '-'; /* its own copy */
    return tag;
}

static void take_inherited(struct xml_reader *reader, struct xml_element *element)
{
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *attribute = &element->attributes[i];
        if (attribute->namespace != NS_XML)
            continue;
        if (str_equal(attribute->local, STR("base"))) {
            take_base(reader, element, attribute->value);
        } else if (str_equal(attribute->local, STR("lang"))) {
            element->language = language_tag(reader, attribute->value);
            element->states_language = true;
            if (str_empty(element->language))
                element->language = STR_NONE; /* a blank one resets */
        }
    }
}

/* An element within collected text: written out again, or left out when it is the wrapper div. */
static void start_within(struct xml_reader *reader, struct xml_element *element, struct str prefix,
                         struct str uri)
{
    const struct xml_element *captured = &reader->frames[reader->capture - 1];
    element->reading = XML_MARKUP;
    if (captured->reading == XML_UNWRAPPED && reader->depth == reader->capture + 1 && !reader->wrapper &&
        reader->text.markup && str_empty(str_trim(str_make(reader->text.ptr, reader->text.len))) &&
        str_equal(element->local, STR("div"))) {
        reader->wrapper = reader->depth;
        return;
    }
    struct str base = str_equal(element->base, captured->base) ? STR_NONE : element->base;
    xml_text_start_tag(&reader->text, element, prefix, (element - 1)->namespace, uri, base);
}

void xml_reader_start(struct xml_reader *reader, struct xml_element *element, struct str prefix,
                      struct str uri)
{
    if (element->attribute_count)
        take_inherited(reader, element);
    if (reader->stopped)
        return;
    if (reader->capture) {
        start_within(reader, element, prefix, uri);
    } else {
        element->reading = reader->handler->start(reader->handler->context, element);
        if (element->reading == XML_SKIP) {
            reader->depth--;
            reader->skipped = 1;
        } else if (element->reading != XML_CHILDREN) {
            reader->capture = reader->depth;
            reader->wrapper = 0;
            xml_text_begin(&reader->text, element->reading);
        }
    }
    element->attributes = NULL;
    element->attribute_count = 0;
    if (reader->setting->stop && *reader->setting->stop)
        xml_reader_stop(reader, 0);
}

static void end_captured(struct xml_reader *reader, struct xml_element *element)
{
    reader->capture = 0;
    reader->outcome->limit_hit |= reader->text.truncated;
    if (reader->text.failed) {
        xml_reader_stop(reader, -ENOMEM);
        return;
    }
    struct str text = str_make(reader->text.ptr ? reader->text.ptr : "", reader->text.len);
    reader->handler->end(reader->handler->context, element, text, reader->text.markup);
}

void xml_reader_end(struct xml_reader *reader, struct str prefix)
{
    if (reader->stopped)
        return;
    size_t *passed = reader->skipped ? &reader->skipped : &reader->flattened;
    if (*passed) {
        (*passed)--;
        if (reader->capture && !reader->skipped)
            xml_text_add(&reader->text, " ", 1);
        return;
    }
    if (!reader->depth)
        return;
    struct xml_element *element = &reader->frames[reader->depth - 1];
    if (reader->capture && reader->depth > reader->capture) {
        if (reader->wrapper == reader->depth)
            reader->wrapper = WRAPPER_CLOSED;
        else
            xml_text_end_tag(&reader->text, element, prefix);
    } else if (reader->capture) {
        end_captured(reader, element);
    } else {
        reader->handler->end(reader->handler->context, element, STR(""), false);
    }
    reader->depth--;
    if (!reader->depth)
        reader->outcome->root_closed = true;
    if (reader->setting->stop && *reader->setting->stop)
        xml_reader_stop(reader, 0);
}

void xml_reader_text(struct xml_reader *reader, const char *ptr, size_t len)
{
    if (xml_reader_wants_text(reader))
        xml_text_add(&reader->text, ptr, len);
}

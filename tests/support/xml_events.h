/* xml_events: all that a reader of XML tells about a document, as text, by xml_plain or by libxml2: what must
 * be the same. */
#ifndef NEWSD_TESTS_SUPPORT_XML_EVENTS_H
#define NEWSD_TESTS_SUPPORT_XML_EVENTS_H

#include "base/buffer.h"
#include "feeds/xml/xml_plain.h"
#include "feeds/xml/xml_sax.h"

struct xml_events_setting {
    bool recover, no_base;
    size_t events_max; /* the handler wants no more then; 0: all */
    unsigned variant;  /* of how elements are read */
    size_t text_most;  /* of a text, its end alone is recorded; 0: all */
};

struct xml_events {
    const struct xml_events_setting *setting;
    struct buffer *out;
    size_t count;
    bool stop;
};

static inline void xml_events_put(struct xml_events *events, const char *kind, struct str text)
{
    size_t most = events->setting->text_most;
    struct str shown = most && text.len > most ? str_slice(text, text.len - most, text.len) : text;
    (void)buffer_printf(events->out, "%s %d %zu ", kind, text.ptr != NULL, text.len);
    (void)buffer_append_str(events->out, shown);
    (void)buffer_append_byte(events->out, '\n');
}

static inline void xml_events_count(struct xml_events *events)
{
    if (++events->count == events->setting->events_max)
        events->stop = true;
}

/* Some reading, always the same for the same name. */
static inline enum xml_reading xml_events_reading(const struct xml_events *events,
                                                  const struct xml_element *element)
{
    static const enum xml_reading readings[] = {XML_TEXT,      XML_HTML,     XML_MARKUP, XML_CHILDREN,
                                                XML_UNWRAPPED, XML_CHILDREN, XML_SKIP};
    unsigned mixed = events->setting->variant + (unsigned)element->name + (unsigned)element->local.len;
    if (element->name == NAME_RSS || element->name == NAME_CHANNEL || element->name == NAME_ITEM ||
        element->name == NAME_FEED || element->name == NAME_ENTRY)
        return XML_CHILDREN;
    return readings[mixed % (sizeof(readings) / sizeof(*readings))];
}

static inline enum xml_reading xml_events_started(void *context, struct xml_element *element)
{
    struct xml_events *events = context;
    (void)buffer_printf(events->out, "start %d %d %d %llx %zu\n", element->namespace, element->name,
                        element->states_language, (unsigned long long)element->declares,
                        element->attribute_count);
    xml_events_put(events, "local", element->local);
    xml_events_put(events, "base", element->base);
    xml_events_put(events, "language", element->language);
    for (size_t i = 0; i < element->attribute_count; i++) {
        (void)buffer_printf(events->out, "attribute %d\n", element->attributes[i].namespace);
        xml_events_put(events, "name", element->attributes[i].local);
        xml_events_put(events, "value", element->attributes[i].value);
    }
    xml_events_count(events);
    return xml_events_reading(events, element);
}

static inline void xml_events_ended(void *context, struct xml_element *element, struct str text, bool markup)
{
    struct xml_events *events = context;
    xml_events_put(events, "end", element->local);
    xml_events_put(events, markup ? "markup" : "text", text);
    xml_events_count(events);
}

/* Of `tokens` when there are any, else of libxml2. */
static inline void xml_events_read(const struct xml_events_setting *how, struct str text,
                                   const struct xml_tokens *tokens, struct buffer *out)
{
    struct xml_events events = {.setting = how, .out = out};
    struct xml_handler handler = {.context = &events, .start = xml_events_started, .end = xml_events_ended};
    struct xml_setting setting = {
        .base = how->no_base ? STR_NONE : STR("http://a.example/dir/feed"),
        .recover = how->recover,
        .stop = &events.stop,
    };
    struct xml_outcome outcome;
    struct arena *own = arena_create((size_t)256 << 20);
    struct xml_reader *reader = xml_reader_create(own, &setting, &handler, &outcome);
    int error = tokens ? xml_plain_read(reader, tokens) : xml_sax_read(reader, text);
    xml_events_put(&events, "fault", outcome.fault);
    (void)buffer_printf(out, "error %d, outcome %d%d%d%d%d%d%d%d\n", error, outcome.undeclared_prefix,
                        outcome.declares_entities, outcome.unknown_entity, outcome.external_subset,
                        outcome.root_closed, outcome.limit_hit, outcome.deep, outcome.too_deep);
    arena_destroy(&own);
}

static inline void xml_events_sax(const struct xml_events_setting *how, struct str text, struct buffer *out)
{
    xml_events_read(how, text, NULL, out);
}

/* False when the document is not of the ordinary kind; nothing is written then. */
static inline bool xml_events_plain(const struct xml_events_setting *how, struct str text, struct buffer *out)
{
    struct xml_tokens *tokens = xml_tokens_read(text);
    if (!tokens)
        return false;
    xml_events_read(how, text, tokens, out);
    xml_tokens_free(&tokens);
    return true;
}

#endif

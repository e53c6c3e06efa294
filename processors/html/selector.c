/* selector: parser and matcher. A step is met as high up as it can be, which finds every match of
 * descendants: one pass, with the number of steps met above each node. Pure but for the arenas. */
#include "processors/html/selector.h"

#include <errno.h>

enum { STEPS_MAX = 8, TESTS_MAX = 6, SHOWN_MAX = 60 };

enum test_kind { TEST_TAG, TEST_CLASS, TEST_ID, TEST_HAS, TEST_IS };

struct test {
    enum test_kind kind;
    enum html_tag tag;
    struct str name, value;
};

struct step {
    struct test tests[TESTS_MAX];
    size_t count;
};

struct selector {
    struct step steps[STEPS_MAX];
    size_t count;
};

/* ---- Reading ---- */

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
    struct error *error;
};

static char peek(const struct reader *reader)
{
    return reader->at < reader->text.len ? reader->text.ptr[reader->at] : '\0';
}

static int wrong(const struct reader *reader, const char *remedy)
{
    return error_set(reader->error, ERR_CONFIG, "cannot read '%.*s': %s",
                     STR_ARG(str_slice(reader->text, reader->at, reader->at + SHOWN_MAX)), remedy);
}

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || (unsigned char)byte >= 0x80;
}

static struct str read_name(struct reader *reader)
{
    size_t start = reader->at;
    while (is_name_byte(peek(reader)))
        reader->at++;
    return str_slice(reader->text, start, reader->at);
}

/* Up to the closing bracket; quoted or bare. */
static int read_value(struct reader *reader, struct str *ret_value)
{
    char quote = peek(reader) == '"' || peek(reader) == '\'' ? peek(reader) : '\0';
    size_t start = reader->at += quote ? 1 : 0;
    while (peek(reader) && (quote ? peek(reader) != quote : !strchr("], \t", peek(reader))))
        reader->at++;
    *ret_value = str_slice(reader->text, start, reader->at);
    if (!quote)
        return ret_value->len ? 0 : wrong(reader, "a value is missing behind '='; write [name=value]");
    if (peek(reader) != quote)
        return wrong(reader, "the quotes are not closed");
    reader->at++;
    return 0;
}

static int read_attribute(struct reader *reader, struct test *test)
{
    struct str name = read_name(reader);
    char *lower = arena_copy(reader->arena, name.ptr, name.len);
    if (!lower)
        return -ENOMEM;
    for (char *c = lower; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    *test = (struct test){.kind = TEST_HAS, .name = str_make(lower, name.len)};
    if (peek(reader) == '=') {
        reader->at++;
        test->kind = TEST_IS;
        int code = read_value(reader, &test->value);
        if (code < 0)
            return code;
    }
    if (name.len == 0 || peek(reader) != ']')
        return wrong(reader, "an attribute is written [name] or [name=value]");
    reader->at++;
    return 0;
}

static int read_tag(struct reader *reader, struct test *test)
{
    struct str name = read_name(reader);
    *test = (struct test){.kind = TEST_TAG, .tag = html_tag_of(name)};
    return test->tag != TAG_OTHER ? 0
                                  : error_set(reader->error, ERR_CONFIG,
                                              "<%.*s> is no element that newsd tells from others; name it by "
                                              ".class, #id or [attribute]",
                                              STR_ARG(name));
}

static int read_test(struct reader *reader, struct step *step)
{
    char sign = peek(reader);
    if (step->count == TESTS_MAX)
        return wrong(reader, "a step has at most six parts");
    struct test *test = &step->tests[step->count];
    if (step->count == 0 && is_name_byte(sign)) {
        step->count++;
        return read_tag(reader, test);
    }
    if (sign != '.' && sign != '#' && sign != '[')
        return wrong(
            reader,
            "allowed are tag, .class, #id, [attribute], [attribute=value], and blanks for what is within");
    reader->at++;
    step->count++;
    if (sign == '[')
        return read_attribute(reader, test);
    *test = (struct test){.kind = sign == '.' ? TEST_CLASS : TEST_ID, .name = read_name(reader)};
    return test->name.len ? 0 : wrong(reader, "a name is missing behind '.' or '#'");
}

static bool skip_blanks(struct reader *reader)
{
    while (peek(reader) == ' ' || peek(reader) == '\t')
        reader->at++;
    return peek(reader) && peek(reader) != ',';
}

static int read_selector(struct reader *reader, struct selector *selector)
{
    while (skip_blanks(reader)) {
        if (selector->count == STEPS_MAX)
            return wrong(reader, "a selector has at most eight steps");
        struct step *step = &selector->steps[selector->count++];
        do {
            int code = read_test(reader, step);
            if (code < 0)
                return code;
        } while (peek(reader) && !strchr(" \t,", peek(reader)));
    }
    return selector->count ? 0 : wrong(reader, "a selector is missing before or behind a comma");
}

int selector_list_parse(struct arena *arena, struct str text, struct selector_list *ret_list,
                        struct error *error)
{
    struct reader reader = {.arena = arena, .text = arena_str(arena, text), .error = error};
    struct selector_list list = {0};
    for (;; reader.at++) {
        if (!reader.text.ptr ||
            arena_grow(arena, (void **)&list.items, list.count, &list.capacity, sizeof(*list.items)) < 0)
            return -ENOMEM;
        list.items[list.count] = (struct selector){0};
        int code = read_selector(&reader, &list.items[list.count++]);
        if (code < 0)
            return code;
        if (peek(&reader) != ',')
            break;
    }
    *ret_list = list;
    return 0;
}

/* ---- Matching ---- */

static bool has_class(struct str classes, struct str name)
{
    size_t at = 0;
    while (at < classes.len) {
        size_t start = at;
        while (at < classes.len && !strchr(" \t\n\r\f", classes.ptr[at]))
            at++;
        if (str_equal(str_slice(classes, start, at), name))
            return true;
        at++;
    }
    return false;
}

static bool passes(const struct dom *dom, uint32_t node, const struct test *test)
{
    switch (test->kind) {
    case TEST_TAG:
        return dom->nodes[node].tag == test->tag;
    case TEST_CLASS:
        return has_class(dom_attribute(dom, node, "class"), test->name);
    case TEST_ID:
        return str_equal(dom_attribute(dom, node, "id"), test->name);
    case TEST_HAS:
        return dom_attribute(dom, node, test->name.ptr).ptr != NULL;
    case TEST_IS:
        return str_equal(dom_attribute(dom, node, test->name.ptr), test->value);
    }
    return false;
}

static bool meets(const struct dom *dom, uint32_t node, const struct step *step)
{
    bool good = dom->nodes[node].tag != TAG_TEXT;
    for (size_t i = 0; i < step->count && good; i++)
        good = passes(dom, node, &step->tests[i]);
    return good;
}

/* met[i]: how many of the steps, but the last, are met by the node and those around it. */
static void mark(const struct selector *selector, const struct dom *dom, uint8_t *met, bool *marks)
{
    size_t last = selector->count - 1;
    for (uint32_t i = 0; i < dom->count; i++) {
        size_t above = i ? met[dom->nodes[i].parent] : 0;
        bool more = meets(dom, i, &selector->steps[above]);
        marks[i] |= more && above == last;
        met[i] = (uint8_t)(more && above < last ? above + 1 : above);
    }
}

int selector_list_mark(const struct selector_list *list, struct arena *scratch, const struct dom *dom,
                       bool *marks)
{
    uint8_t *met = arena_new_array(scratch, uint8_t, dom->count + 1);
    for (size_t i = 0; met && i < list->count; i++)
        mark(&list->items[i], dom, met, marks);
    return met ? 0 : -ENOMEM;
}

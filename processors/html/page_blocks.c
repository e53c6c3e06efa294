/* page_blocks: one loop over the flat tree. An element's end needs no look: text behind it has another owner.
 */
#include "processors/html/page_blocks.h"

#include <errno.h>

#include <utf8proc.h>

#include "base/error.h"
#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/language/words.h"

enum {
    NAME_BYTES_MAX = 16,   /* of a word in a class */
    ATTRIBUTE_BYTES = 200, /* looked at */
    ATTRIBUTE_NAMES = 14,  /* words of one attribute */
    SIGNATURE_BYTES = 60,  /* of the class */
    NODES_BETWEEN_CHECKS = 4096,
};

struct reader {
    struct arena *arena;
    const struct dom *dom;
    struct page_blocks *page;
    size_t element_capacity, block_capacity, word_capacity, name_capacity;
    /* The running block. */
    struct page_block block;
    uint32_t solid, linked, bold; /* characters that are not white space; of these in links, in bold */
    uint64_t word;                /* hash of the open word */
    bool in_word, space;
    unsigned breaks;
    bool failed;
};

/* ---- Words ---- */

static bool is_space(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_of_word(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    return words_is_letter(c) || words_is_digit(c);
}

static uint64_t add_letter(uint64_t hash, uint32_t c)
{
    if (c < 0x80)
        return word_hash_add(hash, (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
    char bytes[4];
    size_t len = utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), bytes);
    for (size_t i = 0; i < len; i++)
        hash = word_hash_add(hash, (unsigned char)bytes[i]);
    return hash;
}

static size_t decode(struct str text, size_t at, uint32_t *ret_c)
{
    if ((unsigned char)text.ptr[at] >= 0x80)
        return utf8_decode(text, at, ret_c);
    *ret_c = (unsigned char)text.ptr[at];
    return 1;
}

static bool push(struct arena *arena, uint32_t **list, uint32_t *count, size_t *capacity, uint32_t value)
{
    void *items = *list;
    if (value == VOCABULARY_NONE || arena_grow(arena, &items, *count, capacity, sizeof(**list)) < 0)
        return false;
    *list = items;
    (*list)[(*count)++] = value;
    return true;
}

int page_blocks_words(struct arena *arena, struct vocabulary *vocabulary, struct str text,
                      uint32_t **ret_words, uint32_t *ret_count)
{
    uint64_t word = WORD_HASH_BEGIN;
    bool in_word = false;
    size_t capacity = 0;
    *ret_words = NULL;
    *ret_count = 0;
    for (size_t at = 0; at <= text.len;) {
        uint32_t c = ' ';
        at += at < text.len ? decode(text, at, &c) : 1;
        bool letter = is_of_word(c);
        if (letter)
            word = add_letter(in_word ? word : WORD_HASH_BEGIN, c);
        else if (in_word && !push(arena, ret_words, ret_count, &capacity,
                                  vocabulary_add(vocabulary, word_hash_end(word))))
            return -ENOMEM;
        in_word = letter;
    }
    return 0;
}

/* ---- Blocks ---- */

static void end_word(struct reader *reader)
{
    struct page_blocks *page = reader->page;
    if (reader->in_word)
        reader->failed |= !push(reader->arena, &page->words, &page->word_count, &reader->word_capacity,
                                vocabulary_add(&page->word_vocabulary, word_hash_end(reader->word)));
    reader->in_word = false;
}

static void end_block(struct reader *reader)
{
    struct page_blocks *page = reader->page;
    end_word(reader);
    struct page_block *block = &reader->block;
    block->word_count = page->word_count - block->first_word;
    void *items = page->blocks;
    if (block->word_count) {
        float solid = (float)(reader->solid ? reader->solid : 1);
        const struct page_element *owner = &page->elements[block->owner];
        uint64_t like = owner->signature * 31 + page->elements[owner->parent].signature;
        block->link = (float)reader->linked / solid;
        block->bold = (float)reader->bold / solid;
        block->like = vocabulary_add(&page->like, word_hash_end(like));
        if (block->like == VOCABULARY_NONE || arena_grow(reader->arena, &items, page->block_count,
                                                         &reader->block_capacity, sizeof(*block)) < 0) {
            reader->failed = true;
        } else {
            page->blocks = items;
            page->blocks[page->block_count++] = *block;
        }
    }
    *block = (struct page_block){.first_word = page->word_count};
    reader->solid = reader->linked = reader->bold = 0;
    reader->space = false;
    reader->breaks = 0;
}

static void read_text(struct reader *reader, uint32_t node, uint32_t owner)
{
    struct str text = reader->dom->nodes[node].text;
    struct page_block *block = &reader->block;
    bool empty = reader->solid == 0;
    if (!empty && block->owner != owner)
        end_block(reader), empty = true;
    uint32_t solid = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += decode(text, at, &c);
        if (is_space(c)) {
            end_word(reader);
            reader->space = true;
            continue;
        }
        block->chars += reader->space && reader->solid + solid > 0 ? 2 : 1;
        block->commas += c == ',' || c == 0xFF0C || c == 0x3001;
        reader->space = false;
        solid++;
        if (is_of_word(c)) {
            reader->word = add_letter(reader->in_word ? reader->word : WORD_HASH_BEGIN, c);
            reader->in_word = true;
        } else {
            end_word(reader);
        }
    }
    if (solid == 0)
        return;
    if (empty) {
        block->first = node;
        block->owner = owner;
    }
    block->end = node + 1;
    reader->solid += solid;
    if (reader->page->inside[node] & INSIDE_LINK)
        reader->linked += solid;
    if (reader->page->inside[node] & (INSIDE_STRONG | INSIDE_ITALICS))
        reader->bold += solid;
    reader->breaks = 0;
}

static void read_break(struct reader *reader)
{
    end_word(reader);
    reader->space = true;
    if (++reader->breaks >= 2)
        end_block(reader);
}

/* ---- Elements ---- */

/* Its content is never the text of a page. */
static bool is_skipped(enum html_tag tag)
{
    switch (tag) {
    case TAG_EMBED:
    case TAG_FRAMESET:
    case TAG_HEAD:
    case TAG_INPUT:
    case TAG_LINK:
    case TAG_MAP:
    case TAG_MATH:
    case TAG_META:
        return true;
    case TAG_DIALOG:
        return false;
    default:
        return html_tag_flags(tag) & TAG_IS_HIDDEN;
    }
}

static bool is_block(enum html_tag tag)
{
    return (html_tag_flags(tag) & TAG_IS_BLOCK) || tag == TAG_TD || tag == TAG_TH || tag == TAG_DIALOG ||
           tag == TAG_CUSTOM;
}

uint64_t page_blocks_name_hash(struct str name)
{
    uint64_t hash = WORD_HASH_BEGIN;
    for (size_t i = 0; i < name.len; i++)
        hash = word_hash_add(hash, (unsigned char)name.ptr[i]);
    return word_hash_end(hash);
}

static void add_name(struct reader *reader, struct page_element *element, uint64_t hash)
{
    struct page_blocks *page = reader->page;
    uint32_t name = vocabulary_add(&page->name_vocabulary, hash);
    for (uint32_t i = element->first_name; i < page->name_count; i++)
        if (page->names[i] == name)
            return;
    reader->failed |= !push(reader->arena, &page->names, &page->name_count, &reader->name_capacity, name);
    element->name_count = page->name_count - element->first_name;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The words of an attribute: runs of letters, divided where a capital follows a small letter. */
static void add_names(struct reader *reader, struct page_element *element, const char *prefix,
                      struct str value)
{
    unsigned names = 0;
    value = str_slice(value, 0, value.len < ATTRIBUTE_BYTES ? value.len : ATTRIBUTE_BYTES);
    for (size_t at = 0; at < value.len && names < ATTRIBUTE_NAMES;) {
        size_t begin = at;
        char name[NAME_BYTES_MAX + 4];
        size_t len = 0;
        for (const char *c = prefix; *c; c++)
            name[len++] = *c;
        size_t limit = len + NAME_BYTES_MAX;
        while (at < value.len && (is_upper(value.ptr[at]) || is_lower(value.ptr[at])) &&
               !(at > begin && is_upper(value.ptr[at]) && is_lower(value.ptr[at - 1]))) {
            if (len < limit)
                name[len++] = (char)(value.ptr[at] | 0x20);
            at++;
        }
        if (at == begin) {
            at++;
        } else if (at - begin >= 2) {
            names++;
            add_name(reader, element, page_blocks_name_hash(str_make(name, len)));
        }
    }
}

/* An inline style that takes the element from sight. */
static bool style_hides(struct str style)
{
    static const char *const properties[] = {"display", "visibility"};
    static const char *const values[] = {"none", "hidden"};
    for (size_t i = 0; i < 2; i++) {
        ptrdiff_t at = str_find_nocase(style, str_from(properties[i]), 0);
        if (at < 0)
            continue;
        struct str rest = str_trim_ascii(str_slice(style, (size_t)at + strlen(properties[i]), style.len));
        if (rest.len && rest.ptr[0] == ':' &&
            str_starts_nocase(str_trim_ascii(str_slice(rest, 1, rest.len)), str_from(values[i])))
            return true;
    }
    return false;
}

static uint8_t context_of(const struct dom *dom, uint32_t node, uint8_t above)
{
    enum html_tag tag = dom->nodes[node].tag;
    uint8_t context = above;
    context |= tag == TAG_NAV ? CONTEXT_NAV : tag == TAG_FOOTER ? CONTEXT_FOOTER : 0;
    if (dom->nodes[node].attribute_count == 0)
        return context;
    struct str role = dom_attribute(dom, node, "role");
    context |= str_equal(role, STR("navigation"))    ? CONTEXT_NAV
               : str_equal(role, STR("contentinfo")) ? CONTEXT_FOOTER
                                                     : 0;
    if (dom_attribute(dom, node, "hidden").ptr ||
        str_equal(dom_attribute(dom, node, "aria-hidden"), STR("true")) ||
        style_hides(dom_attribute(dom, node, "style")))
        context |= CONTEXT_HIDDEN;
    return context;
}

static void read_names(struct reader *reader, uint32_t node, struct page_element *element)
{
    static const struct {
        const char *attribute, *prefix;
    } attributes[] = {
        {"class", ""},          {"id", ""},          {"itemprop", "ip:"}, {"role", "ro:"},
        {"data-component", ""}, {"data-testid", ""}, {"data-type", ""},   {"data-qa", ""},
        {"data-module", ""},    {"data-block", ""},  {"data-role", ""},   {"property", "pr:"},
        {"aria-label", ""},     {"rel", ""},
    };
    if (element->tag != TAG_DIV && element->tag != TAG_P)
        add_name(reader, element, page_blocks_name_hash(html_tag_name(element->tag)));
    if (reader->dom->nodes[node].attribute_count == 0)
        return;
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
        add_names(reader, element, attributes[i].prefix,
                  dom_attribute(reader->dom, node, attributes[i].attribute));
}

static uint64_t signature_of(const struct dom *dom, uint32_t node)
{
    struct str class = dom_attribute(dom, node, "class");
    uint64_t hash = word_hash_add(WORD_HASH_BEGIN, (unsigned char)dom->nodes[node].tag);
    for (size_t i = 0; i < class.len && i < SIGNATURE_BYTES; i++)
        hash = word_hash_add(hash, (unsigned char)class.ptr[i]);
    return hash;
}

/* Adds a block element; its number, PAGE_NO_ELEMENT without memory. */
static uint32_t add_element(struct reader *reader, uint32_t node, uint32_t parent, uint8_t context)
{
    struct page_blocks *page = reader->page;
    void *items = page->elements;
    if (arena_grow(reader->arena, &items, page->element_count, &reader->element_capacity,
                   sizeof(struct page_element)) < 0) {
        reader->failed = true;
        return PAGE_NO_ELEMENT;
    }
    page->elements = items;
    struct page_element *element = &page->elements[page->element_count];
    *element = (struct page_element){
        .tag = reader->dom->nodes[node].tag,
        .parent = parent,
        .depth = page->element_count ? page->elements[parent].depth + 1 : 0,
        .first_name = page->name_count,
        .signature = signature_of(reader->dom, node),
        .context = context,
    };
    return page->element_count++;
}

static void read_element(struct reader *reader, uint32_t node, uint8_t *contexts)
{
    const struct dom_node *at = &reader->dom->nodes[node];
    uint32_t parent = reader->page->owners[at->parent];
    contexts[node] = context_of(reader->dom, node, contexts[at->parent]);
    reader->page->inside[node] |= at->tag == TAG_A                            ? INSIDE_LINK
                                  : at->tag == TAG_B || at->tag == TAG_STRONG ? INSIDE_STRONG
                                  : at->tag == TAG_EM || at->tag == TAG_I     ? INSIDE_ITALICS
                                                                              : 0;
    if (!is_block(at->tag)) {
        reader->page->owners[node] = parent;
        return;
    }
    end_block(reader);
    uint32_t element = add_element(reader, node, parent, contexts[node]);
    reader->page->owners[node] = element;
    if (element != PAGE_NO_ELEMENT)
        read_names(reader, node, &reader->page->elements[element]);
}

static int read_nodes(struct reader *reader, uint32_t body, uint8_t *contexts)
{
    const struct dom *dom = reader->dom;
    uint32_t *owners = reader->page->owners;
    for (uint32_t i = body; i < dom->nodes[body].end; i++) {
        enum html_tag tag = dom->nodes[i].tag;
        if (i % NODES_BETWEEN_CHECKS == 0 && budget_over())
            return ERR_DEADLINE;
        if (reader->failed)
            return -ENOMEM;
        if (tag != TAG_TEXT && is_skipped(tag)) {
            i = dom->nodes[i].end - 1;
            continue;
        }
        reader->page->inside[i] = reader->page->inside[dom->nodes[i].parent];
        if (tag == TAG_TEXT) {
            owners[i] = owners[dom->nodes[i].parent];
            read_text(reader, i, owners[i]);
        } else if (tag == TAG_BR) {
            owners[i] = owners[dom->nodes[i].parent];
            read_break(reader);
        } else {
            read_element(reader, i, contexts);
        }
    }
    end_block(reader);
    return reader->failed ? -ENOMEM : 0;
}

int page_blocks_read(struct arena *arena, const struct dom *dom, struct page_blocks *ret_page)
{
    struct reader reader = {.arena = arena, .dom = dom, .page = ret_page};
    uint8_t *contexts = arena_new_array(arena, uint8_t, dom->count);
    *ret_page = (struct page_blocks){
        .owners = arena_new_array(arena, uint32_t, dom->count),
        .inside = arena_new_array(arena, uint8_t, dom->count),
    };
    if (!contexts || !ret_page->inside || !ret_page->owners)
        return -ENOMEM;
    vocabulary_init(&ret_page->word_vocabulary, arena);
    vocabulary_init(&ret_page->name_vocabulary, arena);
    vocabulary_init(&ret_page->like, arena);
    for (uint32_t i = 0; i < dom->count; i++)
        ret_page->owners[i] = PAGE_NO_ELEMENT;
    uint32_t body = dom_find(dom, 0, TAG_BODY);
    body = body < dom->count ? body : 0;
    if (add_element(&reader, 0, 0, 0) == PAGE_NO_ELEMENT)
        return -ENOMEM;
    ret_page->owners[dom->nodes[body].parent] = 0;
    if (body == 0) /* no body: the root itself is the page */
        ret_page->owners[0] = 0;
    return read_nodes(&reader, body, contexts);
}

bool page_blocks_is_heading(const struct page_blocks *page, const struct page_block *block)
{
    enum html_tag tag = page->elements[block->owner].tag;
    return tag >= TAG_H1 && tag <= TAG_H6;
}

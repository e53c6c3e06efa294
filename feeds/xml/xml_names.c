/* xml_names: tables of fixed size, one set for each document. Pure; any thread. */
#include "feeds/xml/xml_names.h"

static uint16_t add_uri(struct xml_names *names, struct str uri)
{
    for (uint16_t i = 0; i < names->uri_count; i++)
        if (str_equal(names->uris[i].text, uri))
            return i;
    if (names->uri_count == XML_URIS_MAX)
        return XML_NAMES_NONE;
    names->uris[names->uri_count] = (struct xml_uri){uri, vocabulary_namespace(uri)};
    return names->uri_count++;
}

void xml_names_init(struct xml_names *names)
{
    memset(names->slots, 0, sizeof(names->slots));
    names->name_count = names->uri_count = 0;
    names->changes = 1;
    (void)add_uri(names, STR_NONE); /* XML_URI_NONE */
    uint16_t xml = add_uri(names, STR("http://www.w3.org/XML/1998/namespace"));
    names->bindings[0] = (struct xml_binding){STR("xml"), xml};
    names->binding_count = 1;
}

static bool begins_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static uint16_t add_name(struct xml_names *names, struct str whole, uint32_t hash)
{
    ptrdiff_t colon = str_find_byte(whole, ':', 0);
    struct xml_name name = {.whole = whole, .local = whole, .hash = hash};
    if (whole.len > XML_NAME_BYTES_MAX || names->name_count == XML_NAMES_MAX)
        return XML_NAMES_NONE;
    if (colon >= 0) {
        name.prefix = str_slice(whole, 0, (size_t)colon);
        name.local = str_slice(whole, (size_t)colon + 1, whole.len);
    }
    if (colon == 0 || str_empty(name.local) || !begins_name(name.local.ptr[0]) ||
        !begins_name(whole.ptr[0]) || str_find_byte(name.local, ':', 0) >= 0)
        return XML_NAMES_NONE;
    name.name = vocabulary_name(name.local);
    names->names[names->name_count] = name;
    return names->name_count++;
}

uint16_t xml_names_find(struct xml_names *names, struct str whole, uint32_t hash)
{
    size_t slot = (hash ^ hash >> 15) % XML_NAME_SLOTS;
    for (; names->slots[slot]; slot = (slot + 1) % XML_NAME_SLOTS) {
        const struct xml_name *name = &names->names[names->slots[slot] - 1];
        if (name->hash == hash && str_equal(name->whole, whole))
            return names->slots[slot] - 1;
    }
    uint16_t number = add_name(names, whole, hash);
    if (number != XML_NAMES_NONE)
        names->slots[slot] = number + 1;
    return number;
}

bool xml_names_declare(struct xml_names *names, struct str prefix, struct str uri)
{
    bool reserved = str_equal(prefix, STR("xml")) || str_equal(prefix, STR("xmlns")) ||
                    str_equal(uri, names->uris[1].text) ||
                    str_equal(uri, STR("http://www.w3.org/2000/xmlns/"));
    if (reserved || (prefix.len && str_empty(uri)) || names->binding_count == XML_BINDINGS_MAX)
        return false;
    uint16_t number = str_empty(uri) ? XML_URI_NONE : add_uri(names, uri);
    if (number == XML_NAMES_NONE)
        return false;
    names->bindings[names->binding_count++] = (struct xml_binding){prefix, number};
    names->changes++;
    return true;
}

void xml_names_leave(struct xml_names *names, uint16_t count)
{
    names->changes += names->binding_count != count;
    names->binding_count = count;
}

uint16_t xml_names_resolve(struct xml_names *names, uint16_t number)
{
    struct xml_name *name = &names->names[number];
    if (name->resolved_at == names->changes)
        return name->uri;
    uint16_t uri = name->prefix.ptr ? XML_NAMES_NONE : XML_URI_NONE;
    for (size_t i = names->binding_count; i > 0; i--)
        if (str_equal(names->bindings[i - 1].prefix, name->prefix)) {
            uri = names->bindings[i - 1].uri;
            break;
        }
    name->uri = uri;
    name->resolved_at = names->changes;
    return uri;
}

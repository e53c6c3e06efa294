/* json_reader: jansson's values live on the heap until their root is released. Any thread. */
#include "base/json_reader.h"

json_t *json_reader_parse(struct str bytes, struct error *error)
{
    json_error_t fault;
    json_t *root =
        json_loadb(bytes.ptr ? bytes.ptr : "", bytes.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &fault);
    if (!root)
        (void)error_set(error, ERR_RECORD, "not JSON: line %d, column %d: %s", fault.line, fault.column,
                        fault.text);
    return root;
}

struct str json_reader_value(const json_t *value)
{
    if (!json_is_string(value))
        return STR_NONE;
    return str_trim(str_make(json_string_value(value), json_string_length(value)));
}

struct str json_reader_str(const json_t *object, const char *key)
{
    return json_reader_value(json_object_get(object, key));
}

int64_t json_reader_int(const json_t *object, const char *key, int64_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_integer(value))
        return json_integer_value(value);
    if (json_is_real(value) && json_real_value(value) > -9e15 && json_real_value(value) < 9e15)
        return (int64_t)json_real_value(value);
    return otherwise;
}

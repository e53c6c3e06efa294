/* site_rules: the table. All of it lies in its own arena. */
#include "processors/html/site_rules.h"

#include <errno.h>
#include <string.h>

#include "base/nearest.h"

#define RULES_BYTES_MAX ((size_t)256 << 20)

static const char *const keys[SITE_RULE_KEYS] = {"container", "remove", "date", "author", "title"};

struct site_rules {
    struct arena *arena;
    struct site_rule *items;
    size_t count, capacity;
    unsigned holders; /* beside the first */
};

struct site_rules *site_rules_create(void)
{
    struct arena *arena = arena_create(RULES_BYTES_MAX);
    struct site_rules *rules = arena ? arena_new(arena, struct site_rules) : NULL;
    if (rules)
        rules->arena = arena;
    else
        arena_destroy(&arena);
    return rules;
}

struct site_rules *site_rules_hold(struct site_rules *rules)
{
    if (rules)
        rules->holders++;
    return rules;
}

void site_rules_destroy(struct site_rules **rules)
{
    bool last = *rules && (*rules)->holders == 0;
    struct arena *arena = last ? (*rules)->arena : NULL;
    if (*rules && !last)
        (*rules)->holders--;
    arena_destroy(&arena);
    *rules = NULL;
}

size_t site_rules_count(const struct site_rules *rules)
{
    return rules ? rules->count : 0;
}

static int unknown_key(const char *key, struct error *error)
{
    const char *near = nearest_word(keys, SITE_RULE_KEYS, key);
    return near
               ? error_set(error, ERR_CONFIG, "there is no key %s; did you mean %s?", key, near)
               : error_set(error, ERR_CONFIG,
                           "there is no key %s; the keys are container, remove, date, author and title", key);
}

static int check_host(struct str host, struct error *error)
{
    struct str name = str_starts(host, STR("*.")) ? str_slice(host, 2, host.len) : host;
    bool good = name.len > 0;
    for (size_t i = 0; i < name.len; i++)
        good &= !strchr("*/: @", name.ptr[i]) && (unsigned char)name.ptr[i] < 0x80;
    return good
               ? 0
               : error_set(
                     error, ERR_CONFIG,
                     "[%.*s] is no host; write [news.example] or [*.news.example], in ASCII and without port",
                     STR_ARG(host));
}

static struct site_rule *rule_of(struct site_rules *rules, struct str host)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal_nocase(rules->items[i].host, host))
            return &rules->items[i];
    if (arena_grow(rules->arena, (void **)&rules->items, rules->count, &rules->capacity,
                   sizeof(*rules->items)) < 0)
        return NULL;
    struct site_rule *rule = &rules->items[rules->count];
    *rule = (struct site_rule){.host = arena_str(rules->arena, host)};
    rules->count += rule->host.ptr != NULL;
    return rule->host.ptr ? rule : NULL;
}

int site_rules_set(struct site_rules *rules, const char *host, const char *key, const char *value,
                   struct error *error)
{
    size_t at = 0;
    while (at < SITE_RULE_KEYS && strcmp(keys[at], key) != 0)
        at++;
    if (at == SITE_RULE_KEYS)
        return unknown_key(key, error);
    struct selector_list list = {0};
    int code = check_host(str_from(host), error);
    if (code == 0)
        code = selector_list_parse(rules->arena, str_from(value), &list, error);
    struct site_rule *rule = code == 0 ? rule_of(rules, str_from(host)) : NULL;
    if (rule)
        rule->lists[at] = list;
    return code < 0 || rule ? code : -ENOMEM;
}

static struct str without_port(struct str host)
{
    size_t end = host.len;
    while (end > 0 && host.ptr[end - 1] >= '0' && host.ptr[end - 1] <= '9')
        end--;
    return end > 0 && end < host.len && host.ptr[end - 1] == ':' ? str_slice(host, 0, end - 1) : host;
}

static bool covers(struct str pattern, struct str host)
{
    if (!str_starts(pattern, STR("*.")))
        return str_equal_nocase(pattern, host);
    struct str tail = str_slice(pattern, 1, pattern.len);
    return host.len > tail.len && str_equal_nocase(str_slice(host, host.len - tail.len, host.len), tail);
}

const struct site_rule *site_rules_find(const struct site_rules *rules, struct str host)
{
    const struct site_rule *best = NULL;
    host = without_port(host);
    for (size_t i = 0; i < site_rules_count(rules); i++) {
        const struct site_rule *rule = &rules->items[i];
        if (!covers(rule->host, host))
            continue;
        if (!str_starts(rule->host, STR("*.")))
            return rule;
        if (!best || rule->host.len > best->host.len)
            best = rule;
    }
    return best;
}

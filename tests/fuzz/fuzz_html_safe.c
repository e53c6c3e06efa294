/* fuzz_html_safe: a first line that is the base, then HTML. What comes out is read as a browser would (gumbo,
 * an HTML 5 parser) and must hold nothing that runs, loads or speaks for the page; making it safe again must
 * change nothing. */
#include "fuzz/fuzz_check.h"

#include <ctype.h>
#include <gumbo.h>

#include "base/utf8.h"
#include "feeds/html/html_allowed.h"
#include "feeds/html/html_safe.h"

static bool is_acting_scheme(const char *value)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:", "livescript:"};
    char scheme[16] = "";
    size_t len = 0;
    for (; *value && len + 1 < sizeof(scheme); value++)
        if ((unsigned char)*value > ' ')
            scheme[len++] = (char)tolower((unsigned char)*value);
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (!strncmp(scheme, schemes[i], strlen(schemes[i])))
            return true;
    return false;
}

static void check_element(const GumboElement *element)
{
    static const GumboTag forbidden[] = {
        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,
        GUMBO_TAG_EMBED,  GUMBO_TAG_APPLET,   GUMBO_TAG_BASE,   GUMBO_TAG_LINK,
        GUMBO_TAG_META,   GUMBO_TAG_TEMPLATE, GUMBO_TAG_FRAME,  GUMBO_TAG_FRAMESET,
    };
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
        CHECK(element->tag != forbidden[i]);
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        CHECK(strncasecmp(attribute->name, "on", 2) != 0);
        CHECK(strcasecmp(attribute->name, "srcdoc") != 0 && strcasecmp(attribute->name, "formaction") != 0);
        if (html_attribute(attribute->name) == HTML_ATTRIBUTE_URL)
            CHECK(!is_acting_scheme(attribute->value));
        if (strcasecmp(attribute->name, "style") == 0)
            CHECK(!strcasestr(attribute->value, "url") || !strchr(attribute->value, '('));
    }
}

static void check_tree(const GumboNode *node, int depth)
{
    if (node->type != GUMBO_NODE_ELEMENT || depth > 400)
        return;
    check_element(&node->v.element);
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        check_tree(node->v.element.children.data[i], depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str base, html = fuzz_text(data, size, &base);
    struct arena *arena = arena_create(1 << 24);
    html = utf8_repair(arena, html);
    struct str safe = html_safe(arena, html, base);
    CHECK(safe.ptr);
    CHECK(html_resolve_urls(arena, html, base).ptr);
    CHECK(utf8_valid(html_decode_references(arena, html)));
    if (str_empty(base)) {
        struct str again = html_safe(arena, safe, base);
        CHECK(str_equal(again, safe));
    }
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, safe.ptr, safe.len);
    check_tree(output->root, 0);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    arena_destroy(&arena);
    return 0;
}

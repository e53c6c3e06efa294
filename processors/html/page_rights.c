/* page_rights: metadata_read_rights(): what a page's meta and link elements say of its use. Worker threads.
 */
#include "processors/html/metadata.h"

/* The words of a robots meta element (and of the names for single robots); unknown ones say nothing here. */
static unsigned opt_outs_of(struct str content)
{
    static const struct {
        const char *word;
        unsigned opt_out;
    } words[] = {{"noai", OPT_OUT_AI},
                 {"noimageai", OPT_OUT_IMAGE_AI},
                 {"noarchive", OPT_OUT_ARCHIVE},
                 {"nosnippet", OPT_OUT_SNIPPET}};
    unsigned found = 0;
    struct str part;
    while (content.ptr && str_split(&content, ',', &part))
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
            if (str_equal_nocase(str_trim(part), str_from(words[i].word)))
                found |= words[i].opt_out;
    return found;
}

static void read_meta(const struct dom *dom, uint32_t node, struct page_metadata *metadata)
{
    struct str name = dom_attribute(dom, node, "name"), content = dom_attribute(dom, node, "content");
    struct str property = dom_attribute(dom, node, "property");
    if (str_equal_nocase(name, STR("robots")))
        metadata->opt_outs |= opt_outs_of(content);
    else if (str_equal_nocase(name, STR("tdm-reservation")) && str_equal(str_trim(content), STR("1")))
        metadata->opt_outs |= OPT_OUT_TDM;
    else if (str_equal_nocase(property, STR("article:content_tier")) && metadata->access == ACCESS_UNKNOWN)
        metadata->access = str_equal_nocase(content, STR("free")) ? ACCESS_FREE : ACCESS_PAID;
}

static void read_link(struct arena *arena, const struct dom *dom, uint32_t node,
                      struct page_metadata *metadata)
{
    struct str rel = str_trim(dom_attribute(dom, node, "rel")), href = dom_attribute(dom, node, "href");
    if (str_equal_nocase(rel, STR("license")))
        metadata_set(arena, &metadata->license, href);
    else if (str_equal_nocase(rel, STR("amphtml")))
        metadata_set(arena, &metadata->amp_url, href);
}

void metadata_read_rights(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    for (uint32_t i = 0; i < dom->count; i++) {
        enum html_tag tag = dom->nodes[i].tag;
        if (tag == TAG_META)
            read_meta(dom, i, metadata);
        else if (tag == TAG_LINK || tag == TAG_A)
            read_link(arena, dom, i, metadata);
    }
}

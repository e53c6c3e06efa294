/* page_rights: metadata_read_rights(): what a page's meta and link elements say of its use. Worker threads.
 */
#include "processors/html/metadata.h"

/* The words of a robots meta element. */
static unsigned opt_outs_of(struct str content)
{
    unsigned found = 0;
    struct str part;
    while (content.ptr && str_split(&content, ',', &part))
        found |= opt_out_of_directive(part);
    return found;
}

static void read_meta(struct arena *arena, const struct dom *dom, uint32_t node,
                      struct page_metadata *metadata)
{
    struct str name = dom_attribute(dom, node, "name"), content = dom_attribute(dom, node, "content");
    struct str property = dom_attribute(dom, node, "property");
    if (str_equal_nocase(name, STR("robots")))
        metadata->opt_outs |= opt_outs_of(content);
    else if (str_equal_nocase(name, STR("tdm-reservation")) && str_equal(str_trim(content), STR("1")))
        metadata->opt_outs |= OPT_OUT_TDM;
    else if (str_equal_nocase(name, STR("tdm-policy")))
        metadata_set(arena, &metadata->tdm_policy, content);
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
            read_meta(arena, dom, i, metadata);
        else if (tag == TAG_LINK || tag == TAG_A)
            read_link(arena, dom, i, metadata);
    }
}

/* metadata_stage: the stage "metadata" itself: what was read on a page goes into its article; believes the
 * feed first. Worker threads. */
#include "processors/html/metadata.h"

#include <errno.h>

#include "base/url.h"
#include "processors/html/site_rules.h"
#include "processors/language/identify.h"

static void fill(struct str *field, struct str value)
{
    if (!field->ptr && value.len)
        *field = value;
}

static int fill_lists(struct article *article, const struct page_metadata *metadata, struct str base)
{
    struct arena *arena = article->arena;
    bool no_authors = article->authors.count == 0, no_subjects = article->subjects.count == 0;
    for (size_t i = 0; no_authors && i < metadata->authors.count; i++) {
        struct article_person *slot = article_list_add(arena, &article->authors);
        if (!slot)
            return -ENOMEM;
        *slot = metadata->authors.items[i];
    }
    for (size_t i = 0; i < metadata->images.count; i++) {
        struct str url = url_resolve(arena, base, metadata->images.items[i].url);
        bool known = !url_is_http(url);
        for (size_t k = 0; k < article->images.count && !known; k++)
            known = str_equal(article->images.items[k].url, url);
        struct article_image *slot = known ? NULL : article_list_add(arena, &article->images);
        if (!slot)
            continue;
        *slot = metadata->images.items[i];
        slot->url = url;
    }
    for (size_t i = 0; no_subjects && i < metadata->keywords.count; i++) {
        struct article_subject *slot = article_list_add(arena, &article->subjects);
        if (!slot)
            return -ENOMEM;
        *slot = (struct article_subject){.name = metadata->keywords.items[i]};
    }
    if (no_subjects && metadata->section.len) {
        struct article_subject *slot = article_list_add(arena, &article->subjects);
        if (!slot)
            return -ENOMEM;
        *slot = (struct article_subject){.name = metadata->section};
    }
    return 0;
}

static int fill_dates(struct article *article, const struct page_metadata *metadata)
{
    for (size_t i = 0; i < metadata->dates.count; i++) {
        const struct article_date *date = &metadata->dates.items[i];
        struct article_date *slot = article_list_add(article->arena, &article->dates);
        if (!slot)
            return -ENOMEM;
        *slot = *date;
        bool published = str_equal(str_from(date->kind), STR("published"));
        int64_t *field = published ? &article->published_ms : &article->modified_ms;
        if (*field == 0)
            *field = date->ms;
    }
    return 0;
}

/* Where relative addresses of the page start from: its first base element with an href (HTML 2.4.3), which
 * may be relative itself. */
static struct str base_of(const struct article *article)
{
    const struct dom *dom = article->page_tree;
    struct str page = article->page_url.ptr ? article->page_url : article->url;
    for (uint32_t i = dom_find(dom, 0, TAG_BASE); i < dom->count; i = dom_find(dom, i + 1, TAG_BASE)) {
        struct str href = str_trim(dom_attribute(dom, i, "href"));
        if (!href.ptr)
            continue;
        struct str base = url_resolve(article->arena, page, href);
        return url_is_http(base) ? base : page;
    }
    return page;
}

static struct str absolute(struct arena *arena, struct str base, struct str address)
{
    struct str url = address.len ? url_resolve(arena, base, address) : STR_NONE;
    return url_is_http(url) ? url : STR_NONE;
}

static void fill_rights(struct article *article, const struct page_metadata *metadata, struct str base)
{
    fill(&article->license, absolute(article->arena, base, metadata->license));
    article->access = metadata->access;
    article->opt_outs = metadata->opt_outs;
    if (metadata->opt_outs & OPT_OUT_TDM) /* a policy without a reservation says nothing (TDMRep 4) */
        fill(&article->tdm_policy, absolute(article->arena, base, metadata->tdm_policy));
}

/* A page that is no HTML, or cannot be parsed, has headers all the same. */
static int fill_without_tree(struct article *article)
{
    struct page_metadata metadata = {0};
    metadata_read_header_rights(article->arena, article->page_headers, &metadata);
    fill_rights(article, &metadata, article->page_url.ptr ? article->page_url : article->url);
    return 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    if (!article->page_tree)
        return fill_without_tree(article);
    struct page_metadata metadata;
    struct str base = base_of(article);
    int code = metadata_read(article->arena, article->page_tree,
                             article->page_url.ptr ? article->page_url : article->url, &metadata);
    if (code == 0 && article->site_rule)
        code = site_metadata_read(article->site_rule, article->arena, article->page_tree, &metadata);
    if (code < 0)
        return code;
    fill(&article->title, metadata.title);
    fill(&article->summary, metadata.description);
    fill(&article->feed.publisher, metadata.publisher);
    fill(&article->subtitle, metadata.subtitle);
    metadata_read_header_rights(article->arena, article->page_headers, &metadata);
    fill_rights(article, &metadata, base);
    fill(&article->amp_url, absolute(article->arena, base, metadata.amp_url));
    fill(&article->language_stated, language_tag(article->arena, metadata.language));
    if (!article->url.ptr && metadata.canonical.len)
        article->url = url_resolve(article->arena, base, metadata.canonical);
    code = fill_lists(article, &metadata, base);
    return code < 0 ? code : fill_dates(article, &metadata);
}

const struct stage stage_metadata = {
    .name = "metadata",
    .description = "title, authors, dates and images that the page states",
    .version = 6,
    .process = process,
};

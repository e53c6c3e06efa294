/* site_metadata: site_metadata_read(): title, authors and date by a site's rule. Worker threads. */
#include <errno.h>

#include "processors/html/site_rules.h"
#include "processors/text/shown_date.h"

enum { VALUE_MAX = 600 };

struct finding {
    struct arena *arena;
    const struct dom *dom;
    struct page_metadata found;
};

/* What an element says: a meta element's content, any other's text. */
static struct str value_of(const struct finding *finding, uint32_t node)
{
    if (finding->dom->nodes[node].tag == TAG_META)
        return dom_attribute(finding->dom, node, "content");
    return layout_element_text(finding->arena, finding->dom, node, VALUE_MAX);
}

static void take_title(struct finding *finding, uint32_t node)
{
    metadata_set(finding->arena, &finding->found.title, value_of(finding, node));
}

static void take_author(struct finding *finding, uint32_t node)
{
    struct str name = value_of(finding, node);
    if (name.len)
        metadata_add_author(finding->arena, &finding->found, name, STR_NONE);
}

static void take_date(struct finding *finding, uint32_t node)
{
    struct article_date date = {0};
    struct str told = dom_attribute(finding->dom, node, "datetime"), shown = value_of(finding, node);
    if (finding->found.dates.count)
        return;
    metadata_add_date(finding->arena, &finding->found, "published", "site-rule", told.len ? told : shown);
    if (!finding->found.dates.count && shown.len <= SHOWN_TEXT_MAX &&
        shown_date_find(finding->arena, shown, SHOWN_OPEN, &date))
        metadata_add_date(finding->arena, &finding->found, "published", "site-rule", date.value);
}

static int find(struct finding *finding, const struct selector_list *list,
                void (*take)(struct finding *, uint32_t))
{
    bool *marks = list->count ? arena_new_array(finding->arena, bool, finding->dom->count) : NULL;
    if (!list->count)
        return 0;
    if (!marks || selector_list_mark(list, finding->arena, finding->dom, marks) < 0)
        return -ENOMEM;
    for (uint32_t i = 0; i < finding->dom->count; i++)
        if (marks[i])
            take(finding, i);
    return 0;
}

int site_metadata_read(const struct site_rule *rule, struct arena *arena, const struct dom *dom,
                       struct page_metadata *metadata)
{
    struct finding finding = {.arena = arena, .dom = dom};
    if (find(&finding, &rule->lists[SITE_TITLE], take_title) < 0 ||
        find(&finding, &rule->lists[SITE_AUTHOR], take_author) < 0 ||
        find(&finding, &rule->lists[SITE_DATE], take_date) < 0)
        return -ENOMEM;
    struct page_metadata *found = &finding.found;
    metadata->title = found->title.len ? found->title : metadata->title;
    if (found->authors.count)
        memcpy(&metadata->authors, &found->authors, sizeof(metadata->authors));
    for (size_t i = 0; found->dates.count && i < metadata->dates.count; i++) {
        struct article_date *slot = article_list_add(arena, &found->dates);
        if (!slot)
            return -ENOMEM;
        *slot = metadata->dates.items[i];
    }
    if (found->dates.count)
        memcpy(&metadata->dates, &found->dates, sizeof(metadata->dates));
    return 0;
}

/* build_link: what the links of a feed or an entry mean, by their rel. */
#include "feeds/parse/build.h"

static void link_of_feed(struct feed_builder *build, const struct feed_link *link)
{
    struct feed_meta *meta = build->meta;
    struct str rel = link->rel;
    if (str_equal(rel, STR("self"))) {
        meta->self = link->href;
    } else if (str_equal(rel, STR("hub"))) {
        struct str *hub = BUILD_ADD_TO(build, &meta->hubs);
        if (hub)
            *hub = link->href;
    } else if (str_equal(rel, STR("next"))) {
        meta->next = build_url_to_ask(build, link->href);
    } else if (str_equal(rel, STR("previous")) || str_equal(rel, STR("prev"))) {
        meta->previous = build_url_to_ask(build, link->href);
    } else if (str_equal(rel, STR("prev-archive"))) {
        meta->archive = build_url_to_ask(build, link->href);
    }
}

static void link_of_entry(struct feed_builder *build, const struct feed_link *link)
{
    struct feed_entry *entry = build->entry;
    if (str_equal(link->rel, STR("enclosure"))) {
        build_enclosure(build, (struct feed_enclosure){.url = link->href,
                                                       .type = link->type,
                                                       .title = link->title,
                                                       .length = link->length,
                                                       .duration_s = -1});
    } else if (str_equal(link->rel, STR("replies"))) {
        bool feed = str_ends(link->type, STR("+xml"));
        struct str *slot = feed ? &entry->comments_feed : &entry->comments;
        if (!slot->ptr)
            *slot = link->href;
    }
}

/* What a link's rel makes of its address. */
static void link_means(struct feed_builder *build, const struct feed_link *link, enum build_rank rank)
{
    bool alternate = !link->rel.ptr || str_equal(link->rel, STR("alternate"));
    struct str *main_link = build->entry ? &build->entry->link : &build->meta->link;
    if (alternate && rank > build->ranks->link) {
        *main_link = link->href;
        build->ranks->link = (unsigned char)rank;
    }
    if (str_equal(link->rel, STR("license"))) {
        struct str *license = build->entry ? &build->entry->license : &build->meta->license;
        *license = link->href;
    }
    if (build->entry)
        link_of_entry(build, link);
    else
        link_of_feed(build, link);
}

void build_link(struct feed_builder *build, struct feed_link link, enum build_rank rank)
{
    if (!link.href.ptr && !link.rel.ptr && !link.type.ptr && !link.hreflang.ptr && !link.title.ptr &&
        link.length < 0)
        return;
    struct feed_link *slot = BUILD_ADD(build, links);
    if (slot)
        *slot = link;
    if (link.href.ptr)
        link_means(build, &link, rank);
}

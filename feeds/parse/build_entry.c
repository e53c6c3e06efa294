/* build_entry: opening and closing of entries and sources, and the conclusions that need the whole entry. */
#include "feeds/parse/build.h"

struct feed_media *build_media_new(struct feed_builder *build)
{
    struct feed_media *media = arena_new(build->arena, struct feed_media);
    if (!media) {
        build_out_of_memory(build);
        return NULL;
    }
    media->width = media->height = media->duration_s = media->length = -1;
    return media;
}

struct feed_media *build_loose_media(struct feed_builder *build)
{
    if (!build->loose_media)
        build->loose_media = build_media_new(build);
    return build->loose_media;
}

static void take(struct str *to, struct str from)
{
    if (!to->ptr)
        *to = from;
}

void build_media_merge(struct feed_media *to, const struct feed_media *from)
{
    take(&to->title, from->title);
    take(&to->description, from->description);
    take(&to->player, from->player);
    if (!to->rating_value.ptr) {
        to->rating_value = from->rating_value;
        to->rating_scheme = from->rating_scheme;
    }
    if (!to->license_value.ptr && !to->license_href.ptr) {
        to->license_value = from->license_value;
        to->license_href = from->license_href;
        to->license_type = from->license_type;
    }
    if (!to->restriction_relationship.ptr) {
        to->restriction_relationship = from->restriction_relationship;
        to->restriction_type = from->restriction_type;
        to->restriction_value = from->restriction_value;
    }
    if (!to->credits.count)
        memcpy(&to->credits, &from->credits, sizeof(to->credits));
    if (!to->thumbnails.count)
        memcpy(&to->thumbnails, &from->thumbnails, sizeof(to->thumbnails));
}

void build_meta_init(struct feed_meta *meta)
{
    meta->ttl_s = meta->update_interval_s = -1;
}

bool build_entry_open(struct feed_builder *build)
{
    if (build->document->entries.count >= build->entries_max) {
        build->document->limit_hit = build->document->truncated = true;
        build->stop = true;
        return false;
    }
    struct feed_entry *entry = arena_new(build->arena, struct feed_entry);
    if (!entry) {
        build_out_of_memory(build);
        return false;
    }
    entry->comment_count = -1;
    build->entry = entry;
    build->ranks = &build->entry_ranks;
    build->entry_ranks = (struct build_ranks){0};
    build->loose_media = NULL;
    build->permalink = STR_NONE;
    build->geo_seen = 0;
    return true;
}

/* A date that is neither named as published nor as updated fills whichever is missing. */
static void settle_dates(struct build_ranks *ranks, struct feed_dates *dates)
{
    if (!ranks->dc_date.raw.ptr)
        return;
    if (!dates->published.raw.ptr)
        dates->published = ranks->dc_date;
    else if (!dates->updated.raw.ptr)
        dates->updated = ranks->dc_date;
}

static void settle_media(struct feed_builder *build, struct feed_entry *entry)
{
    struct feed_media *loose = build->loose_media;
    if (!loose)
        return;
    if (entry->media.count) {
        build_media_merge(entry->media.items[0], loose);
        return;
    }
    struct feed_media **slot = BUILD_ADD_TO(build, &entry->media);
    if (slot)
        *slot = loose;
}

void build_entry_close(struct feed_builder *build)
{
    struct feed_entry *entry = build->entry;
    if (!entry)
        return;
    if (!entry->link.ptr && build->permalink.ptr) {
        entry->link = build->permalink;
        entry->id_is_link = true;
    }
    settle_dates(&build->entry_ranks, &entry->dates);
    settle_media(build, entry);
    struct feed_entry **slot = BUILD_ADD_TO(build, &build->document->entries);
    if (slot)
        *slot = entry;
    build->entry = NULL;
    build->ranks = &build->feed_ranks;
}

void build_source_open(struct feed_builder *build)
{
    struct feed_meta *source = arena_new(build->arena, struct feed_meta);
    if (!source) {
        build_out_of_memory(build);
        return;
    }
    build_meta_init(source);
    build->entry->source = source;
    build->around_source = build->entry;
    build->entry = NULL;
    build->meta = source;
    build->source_ranks = (struct build_ranks){0};
    build->ranks = &build->source_ranks;
}

void build_source_close(struct feed_builder *build)
{
    if (!build->around_source)
        return;
    settle_dates(&build->source_ranks, &build->meta->dates);
    build->entry = build->around_source;
    build->around_source = NULL;
    build->meta = &build->document->feed;
    build->ranks = &build->entry_ranks;
}

int build_entry_start(struct feed_builder *build, struct xml_element *element)
{
    build_source_close(build);
    build_entry_close(build); /* an entry inside of an entry: the outer one ends here */
    if (!build_entry_open(build))
        return XML_SKIP;
    element->scope = SCOPE_ENTRY;
    build->entry->id = build_copy(build, xml_value_ns(element, NS_RDF, "about"));
    if (element->states_language)
        build->entry->language = element->language;
    return XML_CHILDREN;
}

void build_finish(struct feed_builder *build)
{
    struct feed_meta *feed = &build->document->feed;
    settle_dates(&build->feed_ranks, &feed->dates);
    if (build->period_s > 0)
        feed->update_interval_s = build->frequency > 1 ? build->period_s / build->frequency : build->period_s;
    if (!feed->language.ptr)
        feed->language =
            build->feed_ranks.own_language.ptr ? build->feed_ranks.own_language : build->language;
}

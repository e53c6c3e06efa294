/* sitemap: sitemaps and sitemap indexes, with Google's news, image and video elements. Every url becomes an
 * entry, every sitemap of an index as well; a sitemap with news in it is a news sitemap. */
#include "feeds/parse/elements.h"

static int news_part_start(struct feed_builder *build, struct xml_element *element)
{
    switch (element->name) {
    case NAME_PUBLICATION:
        return XML_CHILDREN;
    case NAME_NAME:
    case NAME_LANGUAGE:
    case NAME_PUBLICATION_DATE:
    case NAME_TITLE:
    case NAME_KEYWORDS:
    case NAME_STOCK_TICKERS:
    case NAME_GENRES:
        return build->entry && build->entry->news ? XML_TEXT : XML_SKIP;
    default:
        return XML_SKIP;
    }
}

static int entry_part_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_entry *entry = build->entry;
    if (!entry)
        return XML_SKIP;
    switch (element->name) {
    case NAME_LOC:
    case NAME_LASTMOD:
        return XML_TEXT;
    case NAME_NEWS:
        if (!entry->news)
            entry->news = arena_new(build->arena, struct feed_news);
        if (!entry->news)
            build_out_of_memory(build);
        build->document->format = FEED_SITEMAP_NEWS;
        element->scope = SCOPE_NEWS;
        return XML_CHILDREN;
    case NAME_IMAGE:
    case NAME_VIDEO: {
        struct feed_media *media = build_media_new(build);
        struct feed_media **slot = media ? BUILD_ADD_TO(build, &entry->media) : NULL;
        if (!slot)
            return XML_SKIP;
        media->medium = element->name == NAME_IMAGE ? STR("image") : STR("video");
        *slot = media;
        element->scope = SCOPE_SITEMAP_MEDIA;
        element->thing = media;
        return XML_CHILDREN;
    }
    default:
        return XML_SKIP;
    }
}

static int media_part_start(const struct xml_element *element)
{
    switch (element->name) {
    case NAME_LOC:
    case NAME_TITLE:
    case NAME_DESCRIPTION:
    case NAME_THUMBNAIL_LOC:
    case NAME_DURATION:
        return XML_TEXT;
    default:
        return str_equal_nocase(element->local, STR("content_loc")) ||
                       str_equal_nocase(element->local, STR("caption"))
                   ? XML_TEXT
                   : XML_SKIP;
    }
}

int sitemap_start(struct feed_builder *build, struct xml_element *element)
{
    switch (element->scope) {
    case SCOPE_SITEMAP:
        if (element->name != NAME_URL && element->name != NAME_SITEMAP)
            return XML_SKIP;
        build_entry_close(build);
        if (!build_entry_open(build))
            return XML_SKIP;
        element->scope = SCOPE_SITEMAP_URL;
        return XML_CHILDREN;
    case SCOPE_SITEMAP_URL:
        return entry_part_start(build, element);
    case SCOPE_NEWS:
        return news_part_start(build, element);
    default:
        return media_part_start(element);
    }
}

#define LIST_END(build, list, text)                                                                          \
    do {                                                                                                     \
        struct str rest_ = (text), part_;                                                                    \
        while (str_split(&rest_, ',', &part_)) {                                                             \
            struct str word_ = build_line((build), part_);                                                   \
            struct str *slot_ = word_.ptr ? BUILD_ADD_TO((build), (list)) : NULL;                            \
            if (slot_)                                                                                       \
                *slot_ = word_;                                                                              \
        }                                                                                                    \
    } while (0)

static void news_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    struct feed_news *news = entry->news;
    switch (element->name) {
    case NAME_NAME:
        news->publication_name = build_line(build, text);
        break;
    case NAME_LANGUAGE:
        news->publication_language = build_copy(build, text);
        break;
    case NAME_PUBLICATION_DATE:
        build_time(build, &entry->dates.published, NULL, RANK_CORE, text);
        break;
    case NAME_TITLE:
        entry->title = build_construct(build, element, text, markup, STR("text/plain"), true);
        break;
    case NAME_KEYWORDS:
        LIST_END(build, &news->keywords, text);
        break;
    case NAME_STOCK_TICKERS:
        LIST_END(build, &news->stock_tickers, text);
        break;
    default:
        LIST_END(build, &news->genres, text);
    }
}

static void media_part_end(struct feed_builder *build, struct xml_element *element, struct feed_media *media,
                           struct str text)
{
    struct feed_image *thumbnail;
    switch (element->name) {
    case NAME_TITLE:
        media->title = build_line(build, text);
        break;
    case NAME_DESCRIPTION:
        media->description = build_line(build, text);
        break;
    case NAME_DURATION:
        media->duration_s = build_number(text);
        break;
    case NAME_THUMBNAIL_LOC:
        thumbnail = BUILD_ADD_TO(build, &media->thumbnails);
        if (thumbnail)
            *thumbnail =
                (struct feed_image){.url = build_url(build, element->base, text), .width = -1, .height = -1};
        break;
    default:
        if (str_equal_nocase(element->local, STR("caption")))
            media->description = build_line(build, text);
        else
            media->url = build_url(build, element->base, text);
    }
}

void sitemap_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    if (element->reading == XML_CHILDREN) {
        if (element->scope == SCOPE_SITEMAP_URL && entry) {
            if (entry->link.ptr)
                build_entry_close(build);
            build->entry = NULL; /* one without an address says nothing */
            build->ranks = &build->feed_ranks;
        }
        return;
    }
    const struct xml_element *parent = element - 1;
    if (!entry)
        return;
    if (parent->scope == SCOPE_NEWS)
        news_end(build, element, text, markup);
    else if (parent->scope == SCOPE_SITEMAP_MEDIA)
        media_part_end(build, element, parent->thing, text);
    else if (element->name == NAME_LASTMOD)
        build_time(build, &entry->dates.updated, NULL, RANK_CORE, text);
    else
        build_link(build, (struct feed_link){.href = build_url(build, element->base, text), .length = -1},
                   RANK_CORE);
}

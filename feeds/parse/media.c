/* media: Media RSS. Every media:content is one object; groups are flattened; what stands outside of any
 * content describes the first one, or makes an object of its own. */
#include "feeds/parse/elements.h"

static const char media_category_scheme[] = "http://search.yahoo.com/mrss/category_schema";

static struct feed_media *current(struct feed_builder *build, const struct xml_element *element)
{
    return element->scope == SCOPE_MEDIA ? element->thing : build_loose_media(build);
}

static int content_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_media *media = build_media_new(build);
    if (!media)
        return XML_SKIP;
    media->url = build_url(build, element->base, xml_value(element, "url"));
    media->type = build_copy(build, xml_value(element, "type"));
    media->medium = build_copy(build, xml_value(element, "medium"));
    media->language = build_copy(build, xml_value(element, "lang"));
    media->width = build_number(xml_value(element, "width"));
    media->height = build_number(xml_value(element, "height"));
    media->duration_s = build_number(xml_value(element, "duration"));
    media->length = build_number(xml_value(element, "fileSize"));
    struct feed_media **slot = BUILD_ADD_TO(build, &build->entry->media);
    if (slot)
        *slot = media;
    element->scope = SCOPE_MEDIA;
    element->thing = media;
    return XML_CHILDREN;
}

static int group_start(struct feed_builder *build, struct xml_element *element)
{
    (void)build;
    element->scope = SCOPE_ENTRY; /* as if its elements stood in the entry */
    return XML_CHILDREN;
}

static int thumbnail_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_image image = {
        .url = build_url(build, element->base, xml_value(element, "url")),
        .width = build_number(xml_value(element, "width")),
        .height = build_number(xml_value(element, "height")),
    };
    if (!image.url.ptr)
        return XML_TEXT; /* some write the address as text */
    struct feed_media *media = current(build, element);
    struct feed_image *slot = media ? BUILD_ADD_TO(build, &media->thumbnails) : NULL;
    if (slot)
        *slot = image;
    return XML_SKIP;
}

static int channel_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->name == NAME_CATEGORY || element->name == NAME_KEYWORDS) {
        build->pending.scheme = build_copy(build, xml_value(element, "scheme"));
        build->pending.label = build_copy(build, xml_value(element, "label"));
        return XML_TEXT;
    }
    if (element->name == NAME_THUMBNAIL && !build->meta->image) {
        struct str url = build_url(build, element->base, xml_value(element, "url"));
        struct feed_image *image = url.ptr ? build_image(build) : NULL;
        if (image) {
            image->url = url;
            image->width = build_number(xml_value(element, "width"));
            image->height = build_number(xml_value(element, "height"));
        }
    }
    return XML_SKIP;
}

int media_start(struct feed_builder *build, struct xml_element *element)
{
    struct build_pending *pending = &build->pending;
    if (!build->entry)
        return element->scope == SCOPE_FEED ? channel_start(build, element) : XML_SKIP;
    switch (element->name) {
    case NAME_CONTENT:
        return content_start(build, element);
    case NAME_GROUP:
        return group_start(build, element);
    case NAME_THUMBNAIL:
        return thumbnail_start(build, element);
    case NAME_PLAYER:
        pending->url = build_url(build, element->base, xml_value(element, "url"));
        return XML_TEXT;
    case NAME_CREDIT:
        pending->extra = build_copy(build, xml_value(element, "role"));
        return XML_TEXT;
    case NAME_CATEGORY:
    case NAME_RATING:
        pending->scheme = build_copy(build, xml_value(element, "scheme"));
        pending->label = build_copy(build, xml_value(element, "label"));
        return XML_TEXT;
    case NAME_LICENSE:
        pending->type = build_copy(build, xml_value(element, "type"));
        pending->url = build_url(build, element->base, xml_value(element, "href"));
        return XML_TEXT;
    case NAME_RESTRICTION:
        pending->extra = build_copy(build, xml_value(element, "relationship"));
        pending->type = build_copy(build, xml_value(element, "type"));
        return XML_TEXT;
    case NAME_TITLE:
    case NAME_DESCRIPTION:
        pending->type = build_copy(build, xml_value(element, "type"));
        return XML_TEXT;
    case NAME_KEYWORDS:
    case NAME_COPYRIGHT:
        return XML_TEXT;
    default:
        return XML_SKIP;
    }
}

static void keywords_end(struct feed_builder *build, struct str text)
{
    struct str part;
    while (str_split(&text, ',', &part))
        build_category(build, build_line(build, part), STR_NONE, STR_NONE);
}

static void category_end(struct feed_builder *build, struct str text)
{
    struct str scheme = build->pending.scheme.ptr ? build->pending.scheme : STR(media_category_scheme);
    build_category(build, build_line(build, text), scheme, build->pending.label);
}

static void text_end(struct feed_builder *build, struct xml_element *element, struct feed_media *media,
                     struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    struct feed_text value = build_construct(build, element, text, markup, STR("text/plain"), true);
    if (element->name == NAME_TITLE) {
        media->title = value.value;
        build_text(build, &entry->title, &build->ranks->title, RANK_FALLBACK, value);
    } else if (element->name == NAME_DESCRIPTION) {
        media->description = value.value;
        build_text(build, &entry->summary, &build->ranks->text, RANK_FALLBACK, value);
    } else {
        build_text(build, &entry->rights, &build->ranks->rights, RANK_FALLBACK, value);
    }
}

static void thumbnail_end(struct feed_builder *build, struct xml_element *element, struct feed_media *media,
                          struct str text)
{
    struct str url = build_url(build, element->base, text);
    struct feed_image *slot = url.ptr ? BUILD_ADD_TO(build, &media->thumbnails) : NULL;
    if (slot)
        *slot = (struct feed_image){.url = url, .width = -1, .height = -1};
}

static void object_end(struct feed_builder *build, struct xml_element *element, struct feed_media *media,
                       struct str text)
{
    const struct build_pending *pending = &build->pending;
    struct feed_credit *credit;
    struct str line = build_line(build, text);
    switch (element->name) {
    case NAME_PLAYER:
        media->player = pending->url.ptr ? pending->url : build_url(build, element->base, text);
        break;
    case NAME_CREDIT:
        credit = line.ptr ? BUILD_ADD_TO(build, &media->credits) : NULL;
        if (credit)
            *credit = (struct feed_credit){.role = pending->extra, .name = line};
        break;
    case NAME_RATING:
        media->rating_scheme = pending->scheme;
        media->rating_value = line;
        break;
    case NAME_LICENSE:
        media->license_type = pending->type;
        media->license_href = pending->url;
        media->license_value = line;
        break;
    case NAME_RESTRICTION:
        media->restriction_relationship = pending->extra;
        media->restriction_type = pending->type;
        media->restriction_value = line;
        break;
    default:
        thumbnail_end(build, element, media, text);
    }
}

void media_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    if (element->reading == XML_CHILDREN)
        return;
    if (element->name == NAME_KEYWORDS) {
        keywords_end(build, text);
        return;
    }
    if (element->name == NAME_CATEGORY) {
        category_end(build, text);
        return;
    }
    struct feed_media *media = build->entry ? current(build, element - 1) : NULL;
    if (!media)
        return;
    if (element->name == NAME_TITLE || element->name == NAME_DESCRIPTION || element->name == NAME_COPYRIGHT)
        text_end(build, element, media, text, markup);
    else
        object_end(build, element, media, text);
}

/* podcast: the iTunes and Podcasting 2.0 namespaces. */
#include "feeds/parse/elements.h"

static const char itunes_scheme[] = "http://www.itunes.com/";

static int image_start(struct feed_builder *build, struct xml_element *element)
{
    struct str url = xml_value(element, "href");
    if (!url.ptr)
        url = xml_value(element, "url");
    url = build_url(build, element->base, url);
    if (!url.ptr)
        return XML_TEXT;
    struct feed_image **slot = build->entry ? &build->entry->image : &build->meta->image;
    struct feed_podcast *podcast = *slot ? build_podcast(build) : NULL;
    if (podcast)
        slot = &podcast->image;
    if (!*slot)
        *slot = build_image_new(build);
    if (*slot)
        (*slot)->url = url;
    return XML_SKIP;
}

static int category_start(struct feed_builder *build, struct xml_element *element)
{
    struct str text = build_line(build, xml_value(element, "text"));
    struct feed_podcast *podcast = text.ptr ? build_podcast(build) : NULL;
    struct str *slot = podcast ? BUILD_ADD_TO(build, &podcast->categories) : NULL;
    if (slot) {
        *slot = text;
        build_category(build, text, STR(itunes_scheme), STR_NONE);
    }
    return XML_CHILDREN; /* subcategories stand inside */
}

static int address_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_podcast *podcast = build_podcast(build);
    if (!podcast)
        return XML_SKIP;
    struct feed_transcript item = {
        .url = build_url(build, element->base, xml_value(element, "url")),
        .type = build_copy(build, xml_value(element, "type")),
        .language = build_copy(build, xml_value(element, "language")),
    };
    if (element->name == NAME_FUNDING) {
        build->pending.url = item.url;
        return XML_TEXT;
    }
    if (element->name == NAME_CHAPTERS) {
        podcast->chapters = item;
    } else if (item.url.ptr) {
        struct feed_transcript *slot = BUILD_ADD_TO(build, &podcast->transcripts);
        if (slot)
            *slot = item;
    }
    return XML_SKIP;
}

static int person_start(struct feed_builder *build, struct xml_element *element)
{
    build->pending.extra = build_copy(build, xml_value(element, "role"));
    build->pending.label = build_copy(build, xml_value(element, "group"));
    build->pending.url = build_url(build, element->base, xml_value(element, "href"));
    build->pending.scheme = build_url(build, element->base, xml_value(element, "img"));
    return XML_TEXT;
}

static int owner_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_podcast *podcast = build_podcast(build);
    if (!podcast)
        return XML_SKIP;
    element->scope = SCOPE_PERSON;
    element->thing = &podcast->owner;
    return XML_CHILDREN;
}

int podcast_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->scope == SCOPE_PERSON)
        return element->name == NAME_NAME || element->name == NAME_EMAIL ? XML_TEXT : XML_SKIP;
    if (element->scope != SCOPE_FEED && element->scope != SCOPE_ENTRY)
        return XML_SKIP;
    switch (element->name) {
    case NAME_IMAGE:
        return image_start(build, element);
    case NAME_LINK:
        if (str_equal(xml_value(element, "rel"), STR("image")))
            return image_start(build, element);
        return XML_SKIP;
    case NAME_CATEGORY:
        return category_start(build, element);
    case NAME_TRANSCRIPT:
    case NAME_CHAPTERS:
    case NAME_FUNDING:
        return address_start(build, element);
    case NAME_PERSON:
        return person_start(build, element);
    case NAME_OWNER:
        return owner_start(build, element);
    case NAME_AUTHOR:
    case NAME_BLOCK:
    case NAME_COMPLETE:
    case NAME_DURATION:
    case NAME_EPISODE:
    case NAME_EPISODETYPE:
    case NAME_EXPLICIT:
    case NAME_GUID:
    case NAME_KEYWORDS:
    case NAME_LOCKED:
    case NAME_MEDIUM:
    case NAME_NEW_FEED_URL:
    case NAME_SEASON:
    case NAME_SUBTITLE:
    case NAME_SUMMARY:
    case NAME_TITLE:
    case NAME_TYPE:
        return XML_TEXT;
    default:
        return XML_SKIP;
    }
}

static enum feed_flag flag(struct str text)
{
    text = str_trim(text);
    if (str_equal_nocase(text, STR("yes")) || str_equal_nocase(text, STR("true")))
        return FLAG_YES;
    if (str_equal_nocase(text, STR("no")) || str_equal_nocase(text, STR("false")) ||
        str_equal_nocase(text, STR("clean")))
        return FLAG_NO;
    return FLAG_ABSENT;
}

/* "1:02:03", "62:03" or "3723". */
static int64_t duration(struct str text)
{
    int64_t total = 0;
    struct str part;
    text = str_trim(text);
    if (str_empty(text))
        return -1;
    while (str_split(&text, ':', &part)) {
        int64_t number = build_number(part);
        if (number < 0 || number > INT32_MAX || total > INT32_MAX)
            return -1;
        total = total * 60 + number;
    }
    return total;
}

static void keywords_end(struct feed_builder *build, struct feed_podcast *podcast, struct str text)
{
    struct str part;
    while (str_split(&text, ',', &part)) {
        struct str word = build_line(build, part);
        struct str *slot = word.ptr ? BUILD_ADD_TO(build, &podcast->keywords) : NULL;
        if (!slot)
            continue;
        *slot = word;
        build_category(build, word, STR(itunes_scheme), STR_NONE);
    }
}

static void text_end(struct feed_builder *build, struct feed_podcast *podcast, struct xml_element *element,
                     struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    struct feed_text value = build_construct(build, element, text, markup, STR("text/plain"), true);
    if (element->name == NAME_TITLE) {
        podcast->title = value.value;
        build_text(build, entry ? &entry->title : &build->meta->title, &build->ranks->title, RANK_FALLBACK,
                   value);
        return;
    }
    if (element->name == NAME_SUBTITLE) {
        podcast->subtitle = value;
        return;
    }
    if (build->ranks->text >= RANK_MODULE)
        podcast->summary = value;
    build_text(build, entry ? &entry->summary : &build->meta->description, &build->ranks->text, RANK_MODULE,
               value);
}

static void address_end(struct feed_builder *build, struct feed_podcast *podcast, struct xml_element *element,
                        struct str text)
{
    struct build_pending *pending = &build->pending;
    struct str line = build_line(build, text);
    if (element->name == NAME_FUNDING) {
        struct feed_transcript *slot = pending->url.ptr ? BUILD_ADD_TO(build, &podcast->funding) : NULL;
        if (slot)
            *slot = (struct feed_transcript){.url = pending->url, .text = line};
    } else if (element->name == NAME_PERSON && line.ptr) {
        struct feed_podcast_person *slot = BUILD_ADD_TO(build, &podcast->persons);
        if (slot)
            *slot = (struct feed_podcast_person){.name = line,
                                                 .role = pending->extra,
                                                 .group = pending->label,
                                                 .url = pending->url,
                                                 .image = pending->scheme};
    }
}

static void value_end(struct feed_builder *build, struct feed_podcast *podcast, struct xml_element *element,
                      struct str text, bool markup)
{
    switch (element->name) {
    case NAME_DURATION:
        podcast->duration_s = duration(text);
        break;
    case NAME_SEASON:
        podcast->season = build_number(text);
        break;
    case NAME_EPISODE:
        podcast->episode = build_number(text);
        break;
    case NAME_EPISODETYPE:
        podcast->episode_type = build_copy(build, text);
        break;
    case NAME_TYPE:
        podcast->type = build_copy(build, text);
        break;
    case NAME_GUID:
        podcast->guid = build_copy(build, text);
        break;
    case NAME_MEDIUM:
        podcast->medium = build_copy(build, text);
        break;
    case NAME_TITLE:
    case NAME_SUBTITLE:
    case NAME_SUMMARY:
        text_end(build, podcast, element, text, markup);
        break;
    default:
        address_end(build, podcast, element, text);
    }
}

static void person_end(struct feed_builder *build, struct feed_person *person, enum feed_name name,
                       struct str text)
{
    if (name == NAME_NAME)
        person->name = build_line(build, text);
    else
        person->email = build_line(build, text);
}

void podcast_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_person person = {0};
    if (element->reading == XML_CHILDREN)
        return;
    if ((element - 1)->scope == SCOPE_PERSON) {
        person_end(build, (element - 1)->thing, element->name, text);
        return;
    }
    if (element->name == NAME_NEW_FEED_URL) {
        build->meta->moved_to = build_url(build, element->base, text);
        return;
    }
    if (element->name == NAME_AUTHOR) {
        build_person_line(build, &person, text);
        build_author(build, person);
        return;
    }
    struct feed_podcast *podcast = str_empty(str_trim(text)) ? NULL : build_podcast(build);
    if (!podcast)
        return;
    if (element->name == NAME_EXPLICIT)
        podcast->is_explicit = flag(text);
    else if (element->name == NAME_BLOCK)
        podcast->block = flag(text);
    else if (element->name == NAME_LOCKED)
        podcast->locked = flag(text);
    else if (element->name == NAME_COMPLETE)
        build->meta->ended = build->meta->ended || flag(text) == FLAG_YES;
    else if (element->name == NAME_KEYWORDS)
        keywords_end(build, podcast, text);
    else
        value_end(build, podcast, element, text, markup);
}

/* rss: the elements of RSS in all its versions, RDF ones included, and content:encoded and XHTML bodies,
 * which RSS uses for full text. Belongs to the parse of one document. */
#include "feeds/parse/elements.h"

#include "base/url.h"

enum { MINUTE_S = 60, TTL_MINUTES_MAX = 525600 /* a year; more is a mistake of units */ };

static int image_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->scope == SCOPE_IMAGE)
        return XML_SKIP;
    struct feed_image *image = build_image(build);
    if (!image)
        return XML_SKIP;
    struct str resource = xml_value_ns(element, NS_RDF, "resource");
    if (!resource.ptr)
        resource = xml_value(element, "href");
    if (resource.ptr && !image->url.ptr)
        image->url = build_url(build, element->base, resource);
    element->scope = SCOPE_IMAGE;
    element->thing = image;
    return XML_CHILDREN;
}

static int cloud_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_meta *meta = build->meta;
    meta->cloud.domain = build_copy(build, xml_value(element, "domain"));
    meta->cloud.port = build_copy(build, xml_value(element, "port"));
    meta->cloud.path = build_copy(build, xml_value(element, "path"));
    meta->cloud.register_procedure = build_copy(build, xml_value(element, "registerProcedure"));
    meta->cloud.protocol = build_copy(build, xml_value(element, "protocol"));
    return XML_SKIP;
}

static int enclosure_start(struct feed_builder *build, struct xml_element *element)
{
    struct str url = xml_value(element, "url");
    if (!url.ptr)
        url = xml_value(element, "href");
    if (!url.ptr)
        url = xml_value_ns(element, NS_RDF, "resource");
    build_link(build,
               (struct feed_link){.rel = STR("enclosure"),
                                  .href = build_url(build, element->base, url),
                                  .type = build_copy(build, xml_value(element, "type")),
                                  .title = build_copy(build, xml_value(element, "title")),
                                  .length = build_number(xml_value(element, "length"))},
               RANK_NONE);
    return XML_SKIP;
}

static int link_start(struct feed_builder *build, struct xml_element *element)
{
    if (xml_value(element, "href").ptr)
        return atom_start(build, element);
    build->pending.url = build_url(build, element->base, xml_value_ns(element, NS_RDF, "resource"));
    return XML_TEXT;
}

static int text_start(struct feed_builder *build, struct xml_element *element)
{
    build->pending.type = build_copy(build, xml_value(element, "type"));
    build->pending.mode = build_copy(build, xml_value(element, "mode"));
    return XML_TEXT;
}

/* Elements that a container of the feed holds. */
static int part_start(struct xml_element *element)
{
    switch (element->name) {
    case NAME_TITLE:
    case NAME_LINK:
    case NAME_URL:
    case NAME_WIDTH:
    case NAME_HEIGHT:
    case NAME_DESCRIPTION:
    case NAME_NAME:
    case NAME_HOUR:
    case NAME_DAY:
        return XML_TEXT;
    default:
        return XML_SKIP;
    }
}

static int item_part_start(struct feed_builder *build, struct xml_element *element)
{
    switch (element->name) {
    case NAME_ENCLOSURE:
        return enclosure_start(build, element);
    case NAME_SOURCE:
        build->pending.url = build_url(build, element->base, xml_value(element, "url"));
        return build->entry ? XML_TEXT : XML_SKIP;
    case NAME_GUID: {
        struct str permalink = xml_value(element, "isPermaLink");
        build->pending.flag = !permalink.ptr || str_equal_nocase(str_trim(permalink), STR("true"));
        return build->entry ? XML_TEXT : XML_SKIP;
    }
    case NAME_BODY:
        return build->entry ? XML_MARKUP : XML_SKIP;
    case NAME_ENCODED:
    case NAME_FULLITEM:
        return build->entry ? text_start(build, element) : XML_SKIP;
    default:
        return NOT_MINE;
    }
}

static int channel_part_start(struct feed_builder *build, struct xml_element *element)
{
    switch (element->name) {
    case NAME_CHANNEL: {
        struct str about = xml_value_ns(element, NS_RDF, "about");
        if (about.ptr)
            build->meta->id = build_copy(build, about);
        if (element->states_language && !build->ranks->own_language.ptr)
            build->ranks->own_language = element->language;
        return XML_CHILDREN;
    }
    case NAME_ITEM:
        return build_entry_start(build, element);
    case NAME_ITEMS:
        return XML_SKIP;
    case NAME_IMAGE:
        return image_start(build, element);
    case NAME_TEXTINPUT:
        element->scope = SCOPE_TEXT_INPUT;
        return XML_CHILDREN;
    case NAME_SKIPHOURS:
    case NAME_SKIPDAYS:
        element->scope = SCOPE_SKIP;
        return XML_CHILDREN;
    case NAME_CLOUD:
        return cloud_start(build, element);
    default:
        return NOT_MINE;
    }
}

int rss_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->scope != SCOPE_FEED && element->scope != SCOPE_ENTRY)
        return part_start(element);
    switch (element->name) {
    case NAME_TITLE:
    case NAME_DESCRIPTION:
    case NAME_COPYRIGHT:
        return text_start(build, element);
    case NAME_LINK:
        return link_start(build, element);
    case NAME_CATEGORY:
        build->pending.scheme = build_copy(build, xml_value(element, "domain"));
        if (xml_value(element, "term").ptr)
            return atom_start(build, element);
        return XML_TEXT;
    case NAME_AUTHOR:
    case NAME_MANAGINGEDITOR:
    case NAME_WEBMASTER:
    case NAME_LANGUAGE:
    case NAME_PUBDATE:
    case NAME_LASTBUILDDATE:
    case NAME_EXPIRATIONDATE:
    case NAME_EXPIRES:
    case NAME_COMMENTS:
    case NAME_DOCS:
    case NAME_TTL:
    case NAME_NEWLOCATION:
        return XML_TEXT;
    case NAME_GENERATOR:
        build->pending.url = build_url(build, element->base, xml_value(element, "uri"));
        build->pending.extra = build_copy(build, xml_value(element, "version"));
        return XML_TEXT;
    default:
        break;
    }
    int reading = item_part_start(build, element);
    return reading == NOT_MINE ? channel_part_start(build, element) : reading;
}

static void image_part(struct feed_builder *build, struct xml_element *element, struct feed_image *image,
                       struct str text)
{
    switch (element->name) {
    case NAME_TITLE:
        image->title = build_copy(build, text);
        break;
    case NAME_DESCRIPTION:
        image->description = build_copy(build, text);
        break;
    case NAME_LINK:
        image->link = build_url(build, element->base, text);
        break;
    case NAME_URL:
        image->url = build_url(build, element->base, text);
        break;
    case NAME_WIDTH:
        image->width = build_number(text);
        break;
    case NAME_HEIGHT:
        image->height = build_number(text);
        break;
    default:
        break;
    }
}

static void text_input_part(struct feed_builder *build, struct xml_element *element, struct str text)
{
    struct feed_meta *meta = build->meta;
    if (element->name == NAME_TITLE)
        meta->text_input.title = build_copy(build, text);
    else if (element->name == NAME_DESCRIPTION)
        meta->text_input.description = build_copy(build, text);
    else if (element->name == NAME_NAME)
        meta->text_input.name = build_copy(build, text);
    else if (element->name == NAME_LINK)
        meta->text_input.link = build_url(build, element->base, text);
}

static void skip_part(struct feed_builder *build, enum feed_name name, struct str text)
{
    static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};
    text = str_trim(text);
    if (name == NAME_HOUR) {
        int64_t hour = build_number(text);
        if (hour >= 0 && hour <= 24)
            build->meta->skip_hours |= 1u << (hour % 24); /* some write 24 for midnight */
        return;
    }
    for (unsigned i = 0; i < 7; i++)
        if (str_equal_nocase(text, str_from(days[i])))
            build->meta->skip_days = (uint8_t)(build->meta->skip_days | 1u << i);
}

/* "<name>..</name>" inside of an author that should be a line of text. */
static struct str inner_part(struct str markup, struct str open, struct str close)
{
    ptrdiff_t start = str_find_nocase(markup, open, 0);
    ptrdiff_t end = start < 0 ? -1 : str_find_nocase(markup, close, (size_t)start);
    return end < 0 ? STR_NONE : str_slice(markup, (size_t)start + open.len, (size_t)end);
}

static void person_end(struct feed_builder *build, struct feed_person *person, struct str text, bool markup)
{
    struct str name = markup ? inner_part(text, STR("<name>"), STR("</name>")) : STR_NONE;
    if (!name.ptr) {
        build_person_line(build, person, text);
        return;
    }
    person->name = build_line(build, name);
    person->email = build_line(build, inner_part(text, STR("<email>"), STR("</email>")));
}

static void source_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    build_source_open(build);
    if (build->entry) /* out of memory */
        return;
    build->meta->title = build_construct(build, element, text, markup, STR("text/plain"), true);
    build->meta->self = build->pending.url;
    build_source_close(build);
}

static void content_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct str type = element->name == NAME_BODY ? STR("application/xhtml+xml") : STR("text/html");
    struct feed_text content = build_construct(build, element, text, markup, type, false);
    if (!content.value.ptr)
        return;
    struct feed_text *slot = BUILD_ADD_TO(build, &build->entry->content);
    if (slot)
        *slot = content;
}

static void guid_end(struct feed_builder *build, struct xml_element *element, struct str text)
{
    struct feed_entry *entry = build->entry;
    struct str id = build_copy(build, text);
    if (!id.ptr)
        return;
    entry->id = id;
    entry->id_is_link = false;
    build->permalink = STR_NONE;
    if (build->pending.flag) {
        struct str url = build_url(build, element->base, id);
        if (url_is_http(url)) {
            build->permalink = url;
        }
    }
}

static void link_end(struct feed_builder *build, struct xml_element *element, struct str text)
{
    struct str url = build_url(build, element->base, text);
    if (!url.ptr)
        url = build->pending.url;
    build->ranks->link = RANK_NONE; /* of several, the last one */
    build_link(build, (struct feed_link){.href = url, .length = -1}, RANK_CORE);
}

static void item_part_end(struct feed_builder *build, struct xml_element *element, struct str text,
                          bool markup)
{
    switch (element->name) {
    case NAME_GUID:
        guid_end(build, element, text);
        break;
    case NAME_SOURCE:
        source_end(build, element, text, markup);
        break;
    case NAME_BODY:
    case NAME_ENCODED:
    case NAME_FULLITEM:
        content_end(build, element, text, markup);
        break;
    case NAME_EXPIRATIONDATE:
    case NAME_EXPIRES:
        build_time(build, &build_dates(build)->expired, NULL, RANK_CORE, text);
        break;
    case NAME_COMMENTS:
        *(build->entry ? &build->entry->comments : &build->meta->comments) =
            build_url(build, element->base, text);
        break;
    default:
        break;
    }
}

static void channel_part_end(struct feed_builder *build, struct xml_element *element, struct str text,
                             bool markup)
{
    struct feed_meta *meta = build->meta;
    int64_t number;
    switch (element->name) {
    case NAME_LANGUAGE:
        *(build->entry ? &build->entry->language : &meta->language) = build_copy(build, text);
        build->ranks->language = RANK_CORE;
        break;
    case NAME_WEBMASTER:
        person_end(build, &meta->webmaster, text, markup);
        break;
    case NAME_LASTBUILDDATE:
        build_time(build, &build_dates(build)->updated, &build->ranks->updated, RANK_CORE, text);
        break;
    case NAME_DOCS:
        meta->docs = build_url(build, element->base, text);
        break;
    case NAME_NEWLOCATION:
        meta->moved_to = build_url(build, element->base, text);
        break;
    case NAME_TTL:
        number = build_number(text);
        if (number >= 0 && number <= TTL_MINUTES_MAX)
            meta->ttl_s = number * MINUTE_S;
        break;
    case NAME_GENERATOR:
        meta->generator_name = build_copy(build, text);
        meta->generator_url = build->pending.url;
        meta->generator_version = build->pending.extra;
        break;
    default:
        item_part_end(build, element, text, markup);
    }
}

static void element_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    struct feed_person person = {0};
    switch (element->name) {
    case NAME_TITLE:
        build_text(build, entry ? &entry->title : &build->meta->title, &build->ranks->title, RANK_CORE,
                   build_construct(build, element, text, markup, STR("text/plain"), true));
        break;
    case NAME_DESCRIPTION:
        build_text(build, entry ? &entry->summary : &build->meta->description, &build->ranks->text, RANK_CORE,
                   build_construct(build, element, text, markup, STR("text/html"), false));
        break;
    case NAME_COPYRIGHT:
        build_text(build, entry ? &entry->rights : &build->meta->rights, &build->ranks->rights, RANK_CORE,
                   build_construct(build, element, text, markup, STR("text/plain"), true));
        break;
    case NAME_LINK:
        link_end(build, element, text);
        break;
    case NAME_CATEGORY:
        build_category(build, build_line(build, text), build->pending.scheme, STR_NONE);
        break;
    case NAME_AUTHOR:
    case NAME_MANAGINGEDITOR:
        person_end(build, &person, text, markup);
        build_author(build, person);
        break;
    case NAME_PUBDATE:
        build_time(build, &build_dates(build)->published, &build->ranks->published, RANK_CORE, text);
        break;
    default:
        channel_part_end(build, element, text, markup);
    }
}

void rss_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    if (element->reading == XML_CHILDREN) {
        if (element->name == NAME_ITEM && element->scope == SCOPE_ENTRY)
            build_entry_close(build);
        return;
    }
    const struct xml_element *parent = element - 1;
    switch (parent->scope) {
    case SCOPE_IMAGE:
        image_part(build, element, parent->thing, text);
        break;
    case SCOPE_TEXT_INPUT:
        text_input_part(build, element, text);
        break;
    case SCOPE_SKIP:
        skip_part(build, element->name, text);
        break;
    default:
        element_end(build, element, text, markup);
    }
}

/* atom: the elements of Atom 1.0, 0.3 and its drafts. Belongs to the parse of one document. */
#include "feeds/parse/elements.h"

static bool is_atom10(const struct feed_builder *build, const struct xml_element *element)
{
    return element->namespace == NS_ATOM10 || (element->namespace != NS_ATOM03 && !build->atom03);
}

static int text_start(struct feed_builder *build, struct xml_element *element)
{
    struct build_pending *pending = &build->pending;
    pending->type = build_copy(build, xml_value(element, "type"));
    pending->mode = build_copy(build, xml_value(element, "mode"));
    if (!pending->type.ptr)
        return XML_TEXT;
    struct str type = text_media_type(build->arena, pending->type);
    bool escaped =
        str_equal_nocase(pending->mode, STR("escaped")) || str_equal_nocase(pending->mode, STR("base64"));
    if (escaped)
        return XML_TEXT;
    if (str_equal(type, STR("application/xhtml+xml")))
        return is_atom10(build, element) ? XML_UNWRAPPED : XML_MARKUP;
    if (str_equal(type, STR("text/html")))
        return XML_HTML;
    return str_ends(type, STR("+xml")) || str_ends(type, STR("/xml")) ? XML_MARKUP : XML_TEXT;
}

static int link_start(struct feed_builder *build, struct xml_element *element)
{
    struct str href = xml_value(element, "href");
    struct feed_link link = {
        .rel = build_copy(build, xml_value(element, "rel")),
        .type = build_copy(build, xml_value(element, "type")),
        .href = build_url(build, element->base, href),
        .hreflang = build_copy(build, xml_value(element, "hreflang")),
        .title = build_line(build, xml_value(element, "title")),
        .length = build_number(xml_value(element, "length")),
    };
    if (str_starts(link.rel, STR("http://www.iana.org/assignments/relation/")))
        link.rel = str_slice(link.rel, sizeof("http://www.iana.org/assignments/relation/") - 1, link.rel.len);
    if (href.ptr && !link.href.ptr && str_empty(str_trim(href)) && link.rel.ptr)
        link.href = element->base; /* an empty reference means the document itself */
    if (!href.ptr) {               /* some write the address as text */
        build->pending_link = link;
        return build->atom ? XML_TEXT : XML_SKIP;
    }
    if (build->entry && str_equal(link.rel, STR("image")) && !build->entry->image) {
        struct feed_image *image = build_image(build);
        if (image)
            image->url = link.href;
    }
    bool atom = element->namespace == NS_ATOM10 || element->namespace == NS_ATOM03;
    if (!build->atom && !atom && str_empty(link.rel))
        build->ranks->link = RANK_NONE; /* RSS's own link with an attribute: of several, the last one */
    build_link(build, link, build->atom || !atom ? RANK_CORE : RANK_MODULE);
    return XML_SKIP;
}

static int category_start(struct feed_builder *build, struct xml_element *element)
{
    struct str term = build_copy(build, xml_value(element, "term"));
    build->pending.scheme = build_copy(build, xml_value(element, "scheme"));
    build->pending.label = build_copy(build, xml_value(element, "label"));
    if (!term.ptr && !build->pending.label.ptr && !build->pending.scheme.ptr)
        return XML_TEXT;
    build_category(build, term, build->pending.scheme, build->pending.label);
    return XML_SKIP;
}

static int person_start(struct feed_builder *build, struct xml_element *element)
{
    element->scope = SCOPE_PERSON;
    element->thing = arena_new(build->arena, struct feed_person);
    if (!element->thing) {
        build_out_of_memory(build);
        return XML_SKIP;
    }
    return XML_CHILDREN;
}

static int person_part_start(const struct xml_element *element)
{
    switch (element->name) {
    case NAME_NAME:
    case NAME_EMAIL:
    case NAME_URI:
    case NAME_URL:
    case NAME_HOMEPAGE:
        return XML_TEXT;
    default:
        return XML_SKIP;
    }
}

static int source_start(struct feed_builder *build, struct xml_element *element)
{
    if (!build->entry)
        return XML_SKIP;
    build_source_open(build);
    element->scope = SCOPE_FEED;
    return XML_CHILDREN;
}

int atom_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->scope == SCOPE_PERSON)
        return person_part_start(element);
    switch (element->name) {
    case NAME_ENTRY:
        return build->around_source ? XML_SKIP : build_entry_start(build, element);
    case NAME_TITLE:
    case NAME_SUBTITLE:
    case NAME_TAGLINE:
    case NAME_SUMMARY:
    case NAME_RIGHTS:
    case NAME_COPYRIGHT:
    case NAME_INFO:
        return text_start(build, element);
    case NAME_CONTENT:
        if (!build->entry)
            return XML_SKIP;
        build->pending.url = build_url(build, element->base, xml_value(element, "src"));
        return text_start(build, element);
    case NAME_LINK:
        return link_start(build, element);
    case NAME_AUTHOR:
    case NAME_CONTRIBUTOR:
        return person_start(build, element);
    case NAME_CATEGORY:
        return category_start(build, element);
    case NAME_SOURCE:
        return source_start(build, element);
    case NAME_GENERATOR: {
        struct str url = xml_value(element, "uri");
        build->pending.url = build_url(build, element->base, url.ptr ? url : xml_value(element, "url"));
        build->pending.extra = build_copy(build, xml_value(element, "version"));
        return XML_TEXT;
    }
    case NAME_ID:
    case NAME_ICON:
    case NAME_LOGO:
    case NAME_PUBLISHED:
    case NAME_ISSUED:
    case NAME_UPDATED:
    case NAME_MODIFIED:
    case NAME_CREATED:
        return XML_TEXT;
    default:
        return NOT_MINE;
    }
}

static void person_part_end(struct feed_builder *build, struct xml_element *element,
                            struct feed_person *person, struct str text)
{
    switch (element->name) {
    case NAME_NAME:
        person->name = build_line(build, text);
        break;
    case NAME_EMAIL:
        person->email = build_line(build, text);
        break;
    default:
        person->url = build_url(build, element->base, text);
    }
}

static void person_end(struct feed_builder *build, struct xml_element *element)
{
    struct feed_person *person = element->thing;
    if (element->name == NAME_AUTHOR) {
        build_author(build, *person);
    } else if (person->name.ptr || person->email.ptr || person->url.ptr) {
        struct feed_person *slot = BUILD_ADD(build, contributors);
        if (slot)
            *slot = *person;
    }
}

static void content_end(struct feed_builder *build, struct feed_text text)
{
    text.src = build->pending.url;
    if (!text.value.ptr && !text.src.ptr)
        return;
    if (!text.value.ptr) /* content elsewhere: only the type that the feed states */
        text.type = build->pending.type.ptr ? text_media_type(build->arena, build->pending.type) : STR_NONE;
    struct feed_text *slot = BUILD_ADD_TO(build, &build->entry->content);
    if (slot)
        *slot = text;
}

static void text_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    struct feed_meta *meta = build->meta;
    struct build_ranks *ranks = build->ranks;
    unsigned char none = RANK_NONE;
    struct feed_text value = build_construct(build, element, text, markup, STR("text/plain"), false);
    enum build_rank rank = build->atom ? RANK_CORE : RANK_MODULE;
    switch (element->name) {
    case NAME_TITLE:
        build_text(build, entry ? &entry->title : &meta->title, &ranks->title, rank, value);
        break;
    case NAME_SUMMARY:
    case NAME_SUBTITLE:
    case NAME_TAGLINE:
        build_text(build, entry ? &entry->summary : &meta->subtitle, &ranks->text, rank, value);
        break;
    case NAME_RIGHTS:
    case NAME_COPYRIGHT:
        build_text(build, entry ? &entry->rights : &meta->rights, &ranks->rights, rank, value);
        break;
    case NAME_INFO:
        if (!entry)
            build_text(build, &meta->info, &none, rank, value);
        break;
    default:
        content_end(build, value);
    }
}

static void date_end(struct feed_builder *build, enum feed_name name, struct str text)
{
    struct feed_dates *dates = build_dates(build);
    struct build_ranks *ranks = build->ranks;
    switch (name) {
    case NAME_PUBLISHED:
        build_time(build, &dates->published, &ranks->published, RANK_CORE, text);
        break;
    case NAME_ISSUED:
        build_time(build, &dates->published, &ranks->published, RANK_MODULE, text);
        break;
    case NAME_UPDATED:
        build_time(build, &dates->updated, &ranks->updated, RANK_CORE, text);
        break;
    case NAME_MODIFIED:
        build_time(build, &dates->updated, &ranks->updated, RANK_MODULE, text);
        break;
    default:
        build_time(build, &dates->created, &ranks->created, RANK_CORE, text);
    }
}

void atom_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_meta *meta = build->meta;
    if (element->reading == XML_CHILDREN) {
        if (element->scope == SCOPE_PERSON)
            person_end(build, element);
        else if (element->name == NAME_SOURCE)
            build_source_close(build);
        else if (element->name == NAME_ENTRY)
            build_entry_close(build);
        return;
    }
    const struct xml_element *parent = element - 1;
    if (parent->scope == SCOPE_PERSON) {
        person_part_end(build, element, parent->thing, text);
        return;
    }
    switch (element->name) {
    case NAME_LINK:
        build->pending_link.href = build_url(build, element->base, text);
        build_link(build, build->pending_link, RANK_CORE);
        break;
    case NAME_CATEGORY:
        build_category(build, build_line(build, text), build->pending.scheme, build->pending.label);
        break;
    case NAME_ID:
        *(build->entry ? &build->entry->id : &meta->id) = build_copy(build, text);
        break;
    case NAME_ICON:
        meta->icon = build_url(build, element->base, text);
        break;
    case NAME_LOGO:
        meta->logo = build_url(build, element->base, text);
        break;
    case NAME_GENERATOR:
        meta->generator_name = build_line(build, text);
        meta->generator_url = build->pending.url;
        meta->generator_version = build->pending.extra;
        break;
    case NAME_PUBLISHED:
    case NAME_ISSUED:
    case NAME_UPDATED:
    case NAME_MODIFIED:
    case NAME_CREATED:
        date_end(build, element->name, text);
        break;
    default:
        text_end(build, element, text, markup);
    }
}

/* dublin_core: dc and dcterms elements. They stand behind the core elements of the same meaning. */
#include "feeds/parse/elements.h"

int dublin_core_start(struct feed_builder *build, struct xml_element *element)
{
    (void)build;
    if (element->scope != SCOPE_FEED && element->scope != SCOPE_ENTRY)
        return XML_SKIP;
    switch (element->name) {
    case NAME_TITLE:
    case NAME_DESCRIPTION:
    case NAME_CREATOR:
    case NAME_AUTHOR:
    case NAME_CONTRIBUTOR:
    case NAME_PUBLISHER:
    case NAME_DATE:
    case NAME_SUBJECT:
    case NAME_RIGHTS:
    case NAME_LANGUAGE:
    case NAME_CREATED:
    case NAME_ISSUED:
    case NAME_MODIFIED:
    case NAME_VALID:
        return XML_TEXT;
    default:
        return XML_SKIP;
    }
}

/* dcterms:valid holds a period: "start=2002-10-13T09:00+01:00;end=...;scheme=W3C-DTF". */
static void valid_end(struct feed_builder *build, struct str text)
{
    struct feed_dates *dates = build_dates(build);
    struct str part;
    while (str_split(&text, ';', &part)) {
        part = str_trim(part);
        if (str_starts_nocase(part, STR("start=")))
            build_time(build, &dates->valid_from, NULL, RANK_MODULE, str_slice(part, 6, part.len));
        else if (str_starts_nocase(part, STR("end=")))
            build_time(build, &dates->valid_until, NULL, RANK_MODULE, str_slice(part, 4, part.len));
    }
}

static void text_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    struct feed_meta *meta = build->meta;
    struct build_ranks *ranks = build->ranks;
    bool description = element->name == NAME_DESCRIPTION;
    struct feed_text value = build_construct(build, element, text, markup,
                                             description ? STR("text/html") : STR("text/plain"), true);
    if (element->name == NAME_TITLE)
        build_text(build, entry ? &entry->title : &meta->title, &ranks->title, RANK_MODULE, value);
    else if (description)
        build_text(build, entry ? &entry->summary : &meta->description, &ranks->text, RANK_MODULE, value);
    else
        build_text(build, entry ? &entry->rights : &meta->rights, &ranks->rights, RANK_MODULE, value);
}

static void person_end(struct feed_builder *build, enum feed_name name, struct str text)
{
    struct feed_person person = {0};
    build_person_line(build, &person, text);
    if (!person.name.ptr && !person.email.ptr)
        return;
    if (name == NAME_PUBLISHER) {
        *(build->entry ? &build->entry->publisher : &build->meta->publisher) = person;
    } else if (name == NAME_CONTRIBUTOR) {
        struct feed_person *slot = BUILD_ADD(build, contributors);
        if (slot)
            *slot = person;
    } else {
        build_author(build, person);
    }
}

static void date_end(struct feed_builder *build, enum feed_name name, struct str text)
{
    struct feed_dates *dates = build_dates(build);
    struct build_ranks *ranks = build->ranks;
    if (name == NAME_DATE)
        build_time(build, &ranks->dc_date, NULL, RANK_MODULE, text);
    else if (name == NAME_CREATED)
        build_time(build, &dates->created, &ranks->created, RANK_MODULE, text);
    else if (name == NAME_ISSUED)
        build_time(build, &dates->published, &ranks->published, RANK_MODULE, text);
    else
        build_time(build, &dates->updated, &ranks->updated, RANK_MODULE, text);
}

void dublin_core_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    switch (element->name) {
    case NAME_TITLE:
    case NAME_DESCRIPTION:
    case NAME_RIGHTS:
        text_end(build, element, text, markup);
        break;
    case NAME_CREATOR:
    case NAME_AUTHOR:
    case NAME_CONTRIBUTOR:
    case NAME_PUBLISHER:
        person_end(build, element->name, text);
        break;
    case NAME_SUBJECT:
        build_category(build, build_line(build, text), STR_NONE, STR_NONE);
        break;
    case NAME_LANGUAGE:
        if (build->ranks->language <= RANK_MODULE) {
            *(build->entry ? &build->entry->language : &build->meta->language) = build_copy(build, text);
            build->ranks->language = RANK_MODULE;
        }
        break;
    case NAME_VALID:
        valid_end(build, text);
        break;
    default:
        date_end(build, element->name, text);
    }
}

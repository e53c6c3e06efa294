/* modules: the small vocabularies: syndication, slash, wfw, threading, Creative Commons, RFC 5005 history,
 * RFC 6721 tombstones, admin and feedburner. */
#include "feeds/parse/elements.h"

enum { HOUR_S = 3600, DAY_S = 24 * HOUR_S, WEEK_S = 7 * DAY_S, MONTH_S = 30 * DAY_S, YEAR_S = 365 * DAY_S };

static int reply_start(struct feed_builder *build, struct xml_element *element)
{
    struct feed_reply *reply = build->entry ? BUILD_ADD_TO(build, &build->entry->in_reply_to) : NULL;
    if (reply) {
        reply->ref = build_copy(build, xml_value(element, "ref"));
        reply->href = build_url(build, element->base, xml_value(element, "href"));
        reply->type = build_copy(build, xml_value(element, "type"));
        reply->source = build_url(build, element->base, xml_value(element, "source"));
    }
    return XML_SKIP;
}

static int license_start(struct feed_builder *build, struct xml_element *element)
{
    struct str resource = xml_value_ns(element, NS_RDF, "resource");
    if (!resource.ptr)
        return XML_TEXT;
    struct str *slot = build->entry ? &build->entry->license : &build->meta->license;
    if (!slot->ptr)
        *slot = build_url(build, element->base, resource);
    return XML_SKIP;
}

/* An entry of its own: the reader of the document decides what its withdrawal means. */
static int tombstone_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->name != NAME_DELETED_ENTRY || element->scope != SCOPE_FEED || build->around_source)
        return XML_SKIP;
    struct str ref = build_copy(build, xml_value(element, "ref"));
    if (!ref.ptr || !build_entry_open(build))
        return XML_SKIP;
    build->entry->id = ref;
    build->entry->deleted = true;
    build_time(build, &build->entry->dates.updated, NULL, RANK_CORE, xml_value(element, "when"));
    build_entry_close(build);
    return XML_SKIP;
}

static int admin_start(struct feed_builder *build, struct xml_element *element)
{
    struct str resource = build_url(build, element->base, xml_value_ns(element, NS_RDF, "resource"));
    struct feed_meta *meta = build->meta;
    if (element->name == NAME_ERRORREPORTSTO)
        meta->errors_to = resource;
    else if (element->name == NAME_GENERATORAGENT && !meta->generator_url.ptr)
        meta->generator_url = resource;
    return XML_SKIP;
}

static int feedburner_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->name == NAME_ORIGLINK)
        return build->entry ? XML_TEXT : XML_SKIP;
    if (element->name != NAME_BROWSERFRIENDLY)
        return XML_SKIP;
    return XML_TEXT;
}

int modules_start(struct feed_builder *build, struct xml_element *element)
{
    if (element->scope != SCOPE_FEED && element->scope != SCOPE_ENTRY)
        return XML_SKIP;
    switch (element->namespace) {
    case NS_SYNDICATION:
        return element->name == NAME_UPDATEPERIOD || element->name == NAME_UPDATEFREQUENCY ? XML_TEXT
                                                                                           : XML_SKIP;
    case NS_SLASH:
        return element->name == NAME_COMMENTS && build->entry ? XML_TEXT : XML_SKIP;
    case NS_WFW:
        return (element->name == NAME_COMMENT || element->name == NAME_COMMENTRSS) && build->entry ? XML_TEXT
                                                                                                   : XML_SKIP;
    case NS_THREAD:
        if (element->name == NAME_IN_REPLY_TO)
            return reply_start(build, element);
        return element->name == NAME_TOTAL && build->entry ? XML_TEXT : XML_SKIP;
    case NS_CC:
        return element->name == NAME_LICENSE ? license_start(build, element) : XML_SKIP;
    case NS_HISTORY:
        if (element->name == NAME_COMPLETE && !build->entry)
            build->meta->complete = true;
        return XML_SKIP;
    case NS_TOMBSTONES:
        return tombstone_start(build, element);
    case NS_ADMIN:
        return admin_start(build, element);
    case NS_FEEDBURNER:
        return feedburner_start(build, element);
    default:
        return XML_SKIP;
    }
}

static void period_end(struct feed_builder *build, struct str text)
{
    static const struct {
        const char *word;
        int64_t seconds;
    } periods[] = {
        {"hourly", HOUR_S}, {"daily", DAY_S}, {"weekly", WEEK_S}, {"monthly", MONTH_S}, {"yearly", YEAR_S}};
    text = str_trim(text);
    for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++)
        if (str_equal_nocase(text, str_from(periods[i].word)))
            build->period_s = periods[i].seconds;
}

void modules_end(struct feed_builder *build, struct xml_element *element, struct str text, bool markup)
{
    struct feed_entry *entry = build->entry;
    switch (element->namespace) {
    case NS_SYNDICATION:
        if (element->name == NAME_UPDATEPERIOD)
            period_end(build, text);
        else
            build->frequency = build_number(text);
        break;
    case NS_SLASH:
    case NS_THREAD:
        entry->comment_count = build_number(text);
        break;
    case NS_WFW:
        *(element->name == NAME_COMMENT ? &entry->comments_post : &entry->comments_feed) =
            build_url(build, element->base, text);
        break;
    case NS_CC: {
        struct str *slot = entry ? &entry->license : &build->meta->license;
        if (!slot->ptr)
            *slot = build_url(build, element->base, text);
        break;
    }
    case NS_FEEDBURNER:
        if (element->name == NAME_BROWSERFRIENDLY)
            build->meta->info = build_construct(build, element, text, markup, STR("text/plain"), true);
        else
            build_link(build,
                       (struct feed_link){.rel = STR("canonical"),
                                          .href = build_url(build, element->base, text),
                                          .length = -1},
                       RANK_NONE);
        break;
    default:
        break;
    }
}

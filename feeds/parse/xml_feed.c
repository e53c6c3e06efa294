/* xml_feed: recognises the format at the root and shares the elements out by namespace. One document, one
 * thread. */
#include "feeds/parse/xml_feed.h"

#include "feeds/parse/elements.h"

enum owner {
    OWNER_NONE,
    OWNER_RSS,
    OWNER_ATOM,
    OWNER_DC,
    OWNER_MEDIA,
    OWNER_PODCAST,
    OWNER_GEO,
    OWNER_MODULES,
    OWNER_SITEMAP
};

struct reading {
    struct feed_builder *build;
    bool netscape;
    bool root_seen;
};

static enum feed_format rss_version(struct str version, bool netscape)
{
    version = str_trim(version);
    if (str_equal(version, STR("0.91")))
        return netscape ? FEED_RSS_091N : FEED_RSS_091U;
    if (str_equal(version, STR("0.90")) || str_equal(version, STR("0.9")))
        return FEED_RSS_090;
    if (str_equal(version, STR("0.92")))
        return FEED_RSS_092;
    if (str_equal(version, STR("0.93")))
        return FEED_RSS_093;
    if (str_equal(version, STR("0.94")))
        return FEED_RSS_094;
    return str_starts(version, STR("2.")) || str_equal(version, STR("2")) ? FEED_RSS_20 : FEED_RSS;
}

static void atom_root(struct feed_builder *build, struct xml_element *element)
{
    struct str version = str_trim(xml_value(element, "version"));
    enum feed_format format = FEED_ATOM;
    if (element->namespace == NS_ATOM10 || str_equal(version, STR("1.0")))
        format = FEED_ATOM_10;
    if (str_equal(version, STR("0.3")) || (element->namespace == NS_ATOM03 && str_empty(version)))
        format = FEED_ATOM_03;
    build->document->format = format;
    build->atom = true;
    build->atom03 = format == FEED_ATOM_03;
    element->scope = SCOPE_FEED;
    element->owner = OWNER_ATOM;
    if (element->states_language)
        build->feed_ranks.own_language = element->language;
}

static enum xml_reading refuse(struct reading *reading, const struct xml_element *element)
{
    struct feed_builder *build = reading->build;
    if (element->name == NAME_HTML)
        build->error = error_set(build->words, ERR_NOT_A_FEED, "HTML page, not a feed");
    else
        build->error = error_set(build->words, ERR_NOT_A_FEED, "unknown XML root element '%.*s'",
                                 STR_ARG(str_slice(element->local, 0, 64)));
    build->stop = build->root_refused = true;
    return XML_SKIP;
}

static enum feed_format rdf_version(uint64_t declares)
{
    if (declares & (uint64_t)1 << NS_RSS090)
        return FEED_RSS_090;
    return declares & (uint64_t)1 << NS_RSS10 ? FEED_RSS_10 : FEED_RSS;
}

static enum xml_reading root_start(struct reading *reading, struct xml_element *element)
{
    struct feed_builder *build = reading->build;
    reading->root_seen = true;
    element->scope = SCOPE_FEED;
    element->owner = OWNER_RSS;
    switch (element->name) {
    case NAME_RSS:
        build->document->format = rss_version(xml_value(element, "version"), reading->netscape);
        if (element->states_language)
            build->feed_ranks.own_language = element->language;
        return XML_CHILDREN;
    case NAME_RDF:
        build->document->format = rdf_version(element->declares);
        return XML_CHILDREN;
    case NAME_CHANNEL:
        build->document->format = element->namespace == NS_UNKNOWN ? FEED_UNKNOWN : FEED_RSS;
        return XML_CHILDREN;
    case NAME_FEED:
        atom_root(build, element);
        return XML_CHILDREN;
    case NAME_ENTRY:
        atom_root(build, element);
        return (enum xml_reading)build_entry_start(build, element);
    case NAME_URLSET:
    case NAME_SITEMAPINDEX:
        build->document->format = element->name == NAME_URLSET ? FEED_SITEMAP : FEED_SITEMAP_INDEX;
        element->scope = SCOPE_SITEMAP;
        element->owner = OWNER_SITEMAP;
        return XML_CHILDREN;
    default:
        return refuse(reading, element);
    }
}

/* RDF documents tell their version by the namespace of their elements. */
static void note_rdf_version(struct feed_document *document, enum feed_namespace namespace)
{
    if (document->format != FEED_RSS)
        return;
    if (namespace == NS_RSS090)
        document->format = FEED_RSS_090;
    else if (namespace == NS_RSS10)
        document->format = FEED_RSS_10;
}

static int core_start(struct feed_builder *build, struct xml_element *element, bool atom_first)
{
    static int (*const starts[2])(struct feed_builder *, struct xml_element *) = {rss_start, atom_start};
    for (int i = 0; i < 2; i++) {
        bool atom = atom_first == (i == 0);
        int reading = starts[atom](build, element);
        if (reading != NOT_MINE) {
            element->owner = atom ? OWNER_ATOM : OWNER_RSS;
            return reading;
        }
    }
    return XML_SKIP;
}

static int module_start(struct feed_builder *build, struct xml_element *element)
{
    switch (element->namespace) {
    case NS_DC:
    case NS_DCTERMS:
        element->owner = OWNER_DC;
        return dublin_core_start(build, element);
    case NS_MEDIA:
        element->owner = OWNER_MEDIA;
        return media_start(build, element);
    case NS_ITUNES:
    case NS_PODCAST:
        element->owner = OWNER_PODCAST;
        return podcast_start(build, element);
    case NS_GEORSS:
    case NS_GML:
    case NS_GEO:
        element->owner = OWNER_GEO;
        return geo_start(build, element);
    default:
        element->owner = OWNER_MODULES;
        return modules_start(build, element);
    }
}

static bool plain_scope(const struct xml_element *element)
{
    return element->scope == SCOPE_FEED || element->scope == SCOPE_ENTRY;
}

static int by_namespace(struct feed_builder *build, struct xml_element *element)
{
    switch (element->namespace) {
    case NS_RSS090:
    case NS_RSS10:
        note_rdf_version(build->document, element->namespace);
        return core_start(build, element, false);
    case NS_NONE:
        return core_start(build, element,
                          element->scope == SCOPE_PERSON || (build->atom && plain_scope(element)));
    case NS_RSS:
        return core_start(build, element, false);
    case NS_ATOM03:
    case NS_ATOM10:
        if (!plain_scope(element) && element->scope != SCOPE_PERSON)
            return XML_SKIP;
        return core_start(build, element, true);
    case NS_CONTENT:
        return element->name == NAME_ENCODED && plain_scope(element) ? core_start(build, element, false)
                                                                     : XML_SKIP;
    case NS_XHTML:
        if (!build->entry || !plain_scope(element) || element->name != NAME_BODY)
            return XML_SKIP;
        return core_start(build, element, false);
    case NS_UNKNOWN:
        return XML_SKIP;
    default:
        return module_start(build, element);
    }
}

static enum xml_reading started(void *context, struct xml_element *element)
{
    struct reading *reading = context;
    struct feed_builder *build = reading->build;
    if (!reading->root_seen)
        return root_start(reading, element);
    build->pending = (struct build_pending){0};
    if (element->scope >= SCOPE_SITEMAP) {
        element->owner = OWNER_SITEMAP;
        return (enum xml_reading)sitemap_start(build, element);
    }
    if (element->scope == SCOPE_ENTRY && !build->entry)
        return XML_SKIP; /* an entry within this one has ended it */
    int result = by_namespace(build, element);
    return result == NOT_MINE ? XML_SKIP : (enum xml_reading)result;
}

static void ended(void *context, struct xml_element *element, struct str text, bool markup)
{
    struct reading *reading = context;
    static void (*const ends[])(struct feed_builder *, struct xml_element *, struct str, bool) = {
        [OWNER_RSS] = rss_end,         [OWNER_ATOM] = atom_end,       [OWNER_DC] = dublin_core_end,
        [OWNER_MEDIA] = media_end,     [OWNER_PODCAST] = podcast_end, [OWNER_GEO] = geo_end,
        [OWNER_MODULES] = modules_end, [OWNER_SITEMAP] = sitemap_end,
    };
    if (element->owner != OWNER_NONE)
        ends[element->owner](reading->build, element, text, markup);
}

int xml_feed_read(struct feed_builder *build, const struct xml_feed_request *request,
                  struct xml_outcome *ret_outcome)
{
    struct reading reading = {.build = build, .netscape = request->netscape};
    struct xml_handler handler = {.context = &reading, .start = started, .end = ended};
    struct xml_setting setting = {
        .base = build->base, .language = build->language, .recover = request->recover, .stop = &build->stop};
    int error = xml_read(build->arena, request->text, &setting, &handler, ret_outcome);
    if (build->error || error)
        return build->error ? build->error : error;
    if (!reading.root_seen || build->document->format == FEED_UNKNOWN)
        return ret_outcome->declares_entities || ret_outcome->unknown_entity
                   ? 0
                   : error_set(build->words, ERR_NOT_A_FEED, "no XML root element that a feed would have");
    build_finish(build);
    return 0;
}

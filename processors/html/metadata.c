/* metadata: gathers a page's own data from all its sources. Worker threads. Never fetches. */
#include "processors/html/metadata.h"

#include <errno.h>

#include "base/url.h"
#include "processors/html/byline.h"

enum {
    HEADING_WORDS_MIN = 3, /* of a heading that says something else than machines are told */
    TIMES_MAX = 100,       /* time elements read */
    CHANGE_BYTES = 40,     /* of what stands before the time of a change */
};

/* The house is no writer beside others, nor is a desk of it; which its name is may be told behind the
 * authors. */
static void drop_house(struct page_metadata *metadata)
{
    size_t kept = 0;
    if (metadata->authors.count < 2)
        return;
    for (size_t i = 0; i < metadata->authors.count; i++)
        if (!str_equal_nocase(metadata->authors.items[i].name, metadata->publisher) &&
            !byline_is_desk(metadata->authors.items[i].name))
            metadata->authors.items[kept++] = metadata->authors.items[i];
    metadata->authors.count = kept;
}

/* ---- Meta elements ---- */

enum meta_field {
    META_TITLE,
    META_DESCRIPTION,
    META_URL,
    META_LANGUAGE,
    META_SECTION,
    META_SITE,
    META_AUTHOR,
    META_IMAGE,
    META_IMAGE_WIDTH,
    META_IMAGE_HEIGHT,
    META_IMAGE_ALT,
    META_KEYWORDS,
    META_PUBLISHED,
    META_MODIFIED
};

static const struct {
    const char *name;
    enum meta_field field;
    const char *origin;
} meta_names[] = {
    {"og:title", META_TITLE, NULL},
    {"twitter:title", META_TITLE, NULL},
    {"og:description", META_DESCRIPTION, NULL},
    {"description", META_DESCRIPTION, NULL},
    {"og:url", META_URL, NULL},
    {"og:locale", META_LANGUAGE, NULL},
    {"content-language", META_LANGUAGE, NULL},
    {"article:section", META_SECTION, NULL},
    {"og:site_name", META_SITE, NULL},
    {"author", META_AUTHOR, NULL},
    {"article:author", META_AUTHOR, NULL},
    {"parsely-author", META_AUTHOR, NULL},
    {"sailthru.author", META_AUTHOR, NULL},
    {"dc.creator", META_AUTHOR, NULL},
    {"dcterms.creator", META_AUTHOR, NULL},
    {"byl", META_AUTHOR, NULL},
    {"cxenseparse:author", META_AUTHOR, NULL},
    {"cse-authors", META_AUTHOR, NULL},
    {"vf:author", META_AUTHOR, NULL},
    {"mediator_author", META_AUTHOR, NULL},
    {"citation_author", META_AUTHOR, NULL},
    {"rbauthors", META_AUTHOR, NULL},
    {"og:image", META_IMAGE, NULL},
    {"og:image:url", META_IMAGE, NULL},
    {"og:image:width", META_IMAGE_WIDTH, NULL},
    {"og:image:height", META_IMAGE_HEIGHT, NULL},
    {"og:image:alt", META_IMAGE_ALT, NULL},
    {"twitter:image", META_IMAGE, NULL},
    {"news_keywords", META_KEYWORDS, NULL},
    {"keywords", META_KEYWORDS, NULL},
    {"article:tag", META_KEYWORDS, NULL},
    {"article:published_time", META_PUBLISHED, "page:meta:article:published_time"},
    {"og:published_time", META_PUBLISHED, "page:meta:og:published_time"},
    {"datepublished", META_PUBLISHED, "page:meta:datePublished"},
    {"pubdate", META_PUBLISHED, "page:meta:pubdate"},
    {"parsely-pub-date", META_PUBLISHED, "page:meta:parsely-pub-date"},
    {"dc.date.issued", META_PUBLISHED, "page:meta:dc.date.issued"},
    {"dcterms.created", META_PUBLISHED, "page:meta:dcterms.created"},
    {"dc.date", META_PUBLISHED, "page:meta:dc.date"},
    {"date", META_PUBLISHED, "page:meta:date"},
    {"article:published", META_PUBLISHED, "page:meta:article:published"},
    {"og:article:published_time", META_PUBLISHED, "page:meta:og:article:published_time"},
    {"article:publish_time", META_PUBLISHED, "page:meta:article:publish_time"},
    {"published_time", META_PUBLISHED, "page:meta:published_time"},
    {"publishdate", META_PUBLISHED, "page:meta:publishdate"},
    {"publish-date", META_PUBLISHED, "page:meta:publish-date"},
    {"publish_date", META_PUBLISHED, "page:meta:publish_date"},
    {"published", META_PUBLISHED, "page:meta:published"},
    {"published_on", META_PUBLISHED, "page:meta:published_on"},
    {"published_at", META_PUBLISHED, "page:meta:published_at"},
    {"publication_date", META_PUBLISHED, "page:meta:publication_date"},
    {"article-publication-date", META_PUBLISHED, "page:meta:article-publication-date"},
    {"news_publication_date", META_PUBLISHED, "page:meta:news_publication_date"},
    {"sailthru.date", META_PUBLISHED, "page:meta:sailthru.date"},
    {"dcterms.date", META_PUBLISHED, "page:meta:dcterms.date"},
    {"dcterms.issued", META_PUBLISHED, "page:meta:dcterms.issued"},
    {"dc.date.created", META_PUBLISHED, "page:meta:dc.date.created"},
    {"cxenseparse:recs:publishtime", META_PUBLISHED, "page:meta:cxenseparse:recs:publishtime"},
    {"bt:pubdate", META_PUBLISHED, "page:meta:bt:pubdate"},
    {"citation_publication_date", META_PUBLISHED, "page:meta:citation_publication_date"},
    {"citation_date", META_PUBLISHED, "page:meta:citation_date"},
    {"datecreated", META_PUBLISHED, "page:meta:dateCreated"},
    {"article:modified_time", META_MODIFIED, "page:meta:article:modified_time"},
    {"og:updated_time", META_MODIFIED, "page:meta:og:updated_time"},
    {"datemodified", META_MODIFIED, "page:meta:dateModified"},
    {"dcterms.modified", META_MODIFIED, "page:meta:dcterms.modified"},
};

/* og:image:width and the like speak of the og:image before them (ogp.me, "Arrays"). */
static void describe_image(struct arena *arena, struct article_image *image, enum meta_field field,
                           struct str value)
{
    int64_t number;
    if (field == META_IMAGE_ALT)
        metadata_set(arena, &image->caption, value);
    else if (str_to_int64(str_trim(value), &number) && number > 0)
        *(field == META_IMAGE_WIDTH ? &image->width : &image->height) = number;
}

static void take_image(struct arena *arena, struct page_metadata *metadata, struct str url)
{
    struct article_image *image = metadata_add_image(arena, metadata, url);
    metadata->told_image = image ? (size_t)(image - metadata->images.items) + 1 : 0;
}

static void take_meta(struct arena *arena, struct page_metadata *metadata, size_t row, struct str value)
{
    switch (meta_names[row].field) {
    case META_TITLE:
        metadata_set(arena, &metadata->title, value);
        break;
    case META_DESCRIPTION:
        metadata_set(arena, &metadata->description, value);
        break;
    case META_URL:
        metadata_set(arena, &metadata->canonical, value);
        break;
    case META_LANGUAGE:
        metadata_set(arena, &metadata->language, value);
        break;
    case META_SECTION:
        metadata_set(arena, &metadata->section, value);
        break;
    case META_SITE:
        metadata_set(arena, &metadata->publisher, value);
        break;
    case META_AUTHOR:
        break; /* see read_meta_authors() */
    case META_IMAGE:
        take_image(arena, metadata, value);
        break;
    case META_IMAGE_WIDTH:
    case META_IMAGE_HEIGHT:
    case META_IMAGE_ALT:
        if (metadata->told_image)
            describe_image(arena, &metadata->images.items[metadata->told_image - 1], meta_names[row].field,
                           value);
        break;
    case META_KEYWORDS:
        metadata_add_keywords(arena, metadata, value);
        break;
    case META_PUBLISHED:
        metadata_add_date(arena, metadata, "published", meta_names[row].origin, value);
        break;
    case META_MODIFIED:
        metadata_add_date(arena, metadata, "modified", meta_names[row].origin, value);
        break;
    }
}

static struct str meta_name(const struct dom *dom, uint32_t node)
{
    struct str name = dom_attribute(dom, node, "property");
    return name.len ? name : dom_attribute(dom, node, "name");
}

static void add_meta_authors(struct arena *arena, const struct dom *dom, struct page_metadata *metadata,
                             struct str name, bool of_parts)
{
    for (uint32_t i = dom_find(dom, 0, TAG_META); i < dom->count; i = dom_find(dom, i + 1, TAG_META))
        if (str_equal_nocase(of_parts ? dom_attribute(dom, i, "itemprop") : meta_name(dom, i), name))
            metadata_add_author(arena, metadata, dom_attribute(dom, i, "content"), STR_NONE);
}

/* twitter:label1 "Written by" says what twitter:data1 is. */
static void add_labelled_author(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    static const char *const labels[] = {"written by", "verfasst von", "geschrieben von", "escrito por",
                                         "Écrit par",  "scritto da",   "geschreven door", NULL};
    for (uint32_t i = dom_find(dom, 0, TAG_META); i < dom->count; i = dom_find(dom, i + 1, TAG_META)) {
        struct str name = meta_name(dom, i), label = str_trim(dom_attribute(dom, i, "content"));
        if (!str_starts_nocase(name, STR("twitter:label")) || !layout_has_any(label, labels))
            continue;
        struct str number = str_slice(name, strlen("twitter:label"), name.len);
        name = arena_printf(arena, "twitter:data%.*s", STR_ARG(number));
        add_meta_authors(arena, dom, metadata, name, false);
    }
}

/* The first of the names that say who wrote it and give anybody, in the list's order. An author in <meta
 * itemprop> may be a part's, as of a picture: it comes last. */
static void read_meta_authors(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    for (size_t row = 0; row < sizeof(meta_names) / sizeof(meta_names[0]); row++)
        if (meta_names[row].field == META_AUTHOR && metadata->authors.count == 0)
            add_meta_authors(arena, dom, metadata, str_from(meta_names[row].name), false);
    if (metadata->authors.count == 0)
        add_labelled_author(arena, dom, metadata);
    if (metadata->authors.count == 0)
        add_meta_authors(arena, dom, metadata, STR("author"), true);
}

static void read_meta(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    for (uint32_t i = dom_find(dom, 0, TAG_META); i < dom->count; i = dom_find(dom, i + 1, TAG_META)) {
        struct str name = meta_name(dom, i);
        if (name.len == 0)
            name = dom_attribute(dom, i, "itemprop");
        for (size_t row = 0; name.len && row < sizeof(meta_names) / sizeof(meta_names[0]); row++)
            if (str_equal_nocase(name, str_from(meta_names[row].name)))
                take_meta(arena, metadata, row, dom_attribute(dom, i, "content"));
    }
}

/* ---- The page itself ---- */

/* "Dam talks resume | Valley Post" without the house's name. */
static struct str without_site(struct str title)
{
    static const char *const separators[] = {" | ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " - ", " \xC2\xBB "};
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        ptrdiff_t at = -1, next = str_find(title, str_from(separators[i]), 0);
        while (next >= 0) {
            at = next;
            next = str_find(title, str_from(separators[i]), (size_t)at + 1);
        }
        if (at > 0 && (size_t)at * 2 > title.len)
            return str_slice(title, 0, (size_t)at);
    }
    return title;
}

static struct str only_heading(struct arena *arena, const struct dom *dom)
{
    uint32_t first = dom_find(dom, 0, TAG_H1);
    if (first >= dom->count || dom_find(dom, first + 1, TAG_H1) < dom->count)
        return STR_NONE; /* several: which is the title is not known */
    struct str text = dom_text(arena, dom, first);
    return text.len ? text : STR_NONE;
}

/* The first canonical link with an address. */
static struct str canonical_of(const struct dom *dom)
{
    for (uint32_t i = dom_find(dom, 0, TAG_LINK); i < dom->count; i = dom_find(dom, i + 1, TAG_LINK)) {
        struct str href = str_trim(dom_attribute(dom, i, "href"));
        if (href.len && str_equal_nocase(str_trim(dom_attribute(dom, i, "rel")), STR("canonical")))
            return href;
    }
    return STR_NONE;
}

/* A word of a list divided by spaces ("itemprop", "class"). */
static bool has_word(struct str list, struct str word)
{
    struct str part;
    while (list.ptr && str_split(&list, ' ', &part))
        if (str_equal_nocase(part, word))
            return true;
    return false;
}

/* What a time element says it is; NULL = nothing. */
static const char *time_kind(const struct dom *dom, uint32_t node)
{
    struct str property = dom_attribute(dom, node, "itemprop"), class = dom_attribute(dom, node, "class");
    if (has_word(property, STR("dateModified")) || has_word(class, STR("dt-updated")) ||
        has_word(class, STR("updated")))
        return "modified";
    if (has_word(property, STR("datePublished")) || has_word(property, STR("dateCreated")) ||
        has_word(class, STR("dt-published")) || dom_attribute(dom, node, "pubdate").ptr)
        return "published";
    return NULL;
}

static bool has_date(const struct page_metadata *metadata, const char *kind)
{
    for (size_t i = 0; i < metadata->dates.count; i++)
        if (strcmp(metadata->dates.items[i].kind, kind) == 0)
            return true;
    return false;
}

/* The text just before the element speaks of a change: "mis à jour le <time>". */
static bool follows_change(const struct dom *dom, uint32_t node)
{
    uint32_t before = node > 0 ? node - 1 : 0;
    return before && dom->nodes[before].tag == TAG_TEXT &&
           dom->nodes[before].parent == dom->nodes[node].parent &&
           dom->nodes[before].text.len <= CHANGE_BYTES && metadata_tells_change(dom->nodes[before].text);
}

/* The first time element of each kind that says what it is. */
static void read_times(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    size_t seen = 0;
    for (uint32_t i = dom_find(dom, 0, TAG_TIME); i < dom->count && seen < TIMES_MAX;
         i = dom_find(dom, i + 1, TAG_TIME), seen++) {
        const char *kind = time_kind(dom, i);
        if (!kind && follows_change(dom, i))
            kind = "modified";
        struct str value = dom_attribute(dom, i, "datetime");
        if (!kind || has_date(metadata, kind))
            continue;
        if (!value.len)
            value = dom_attribute(dom, i, "content");
        metadata_add_date(arena, metadata, kind, "page:time", value);
    }
}

static void read_page(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    metadata_set(arena, &metadata->canonical, canonical_of(dom));
    uint32_t html = dom_find(dom, 0, TAG_HTML);
    if (html < dom->count)
        metadata_set(arena, &metadata->language, dom_attribute(dom, html, "lang"));
    read_times(arena, dom, metadata);
}

/* The house alone has signed, one of its desks, or nobody. */
static bool nobody_signed(const struct page_metadata *metadata)
{
    for (size_t i = 0; i < metadata->authors.count; i++)
        if (!str_equal_nocase(metadata->authors.items[i].name, metadata->publisher) &&
            !byline_is_desk(metadata->authors.items[i].name))
            return false;
    return true;
}

/* What the page tells no machine is read as people read it. */
static void read_shown(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                       struct str address, struct page_metadata *metadata)
{
    bool authors = nobody_signed(metadata);
    if (has_date(metadata, "published"))
        metadata_show_day(arena, dom, layout, address, metadata);
    else
        metadata_read_dates(arena, dom, layout, address, metadata);
    if (authors)
        metadata_read_authors(arena, dom, layout, metadata);
    metadata_read_images(arena, dom, layout, metadata);
}

/* What the page calls its article. */
struct page_title {
    struct str told, shown,
        whole;         /* to machines; in the title element, without the site's name and with it */
    struct str chosen; /* what a heading says that agrees with them */
    struct title_site site;
};

/* The page's lines are seen from the heading that gives the title. */
static struct page_title find_title(struct arena *arena, const struct dom *dom, struct page_layout *layout,
                                    struct str address, const struct page_metadata *metadata)
{
    uint32_t element = dom_find(dom, 0, TAG_TITLE), heading;
    struct page_title title = {
        .site = {.name = metadata->publisher,
                 .host = url_host(arena, address.len ? address : metadata->canonical)}};
    title.told = metadata_without_site(metadata->title, &title.site);
    title.whole = element < dom->count ? dom_text(arena, dom, element) : STR_NONE;
    title.shown = metadata_without_site(title.whole, &title.site);
    struct str titles[] = {title.told, title.shown};
    title.chosen =
        metadata_choose_title(arena, dom, layout, titles, sizeof(titles) / sizeof(titles[0]), &heading);
    if (heading < dom->count && dom->nodes[heading].tag != TAG_H1)
        page_layout_set_heading(layout, heading);
    return title;
}

/* What people see is right more often than what machines are told, where both speak of the same. */
static struct str title_of(const struct page_title *title, struct str heading)
{
    struct str told = title->told, shown = title->shown;
    bool speaks =
        heading.len && !metadata_is_site(heading, &title->site) &&
        (layout_words(heading) >= HEADING_WORDS_MIN || told.len == 0 || metadata_is_site(told, &title->site));
    return title->chosen.len ? metadata_without_site(title->chosen, &title->site)
           : speaks          ? heading
           : told.len        ? told
           : shown.len       ? (shown.len < title->whole.len ? shown : without_site(title->whole))
                             : STR_NONE;
}

int metadata_read(struct arena *arena, const struct dom *dom, struct str address,
                  struct page_metadata *ret_metadata)
{
    struct page_metadata metadata = {0};
    struct page_layout layout;
    struct str heading = only_heading(arena, dom);
    struct json_ld_page page = {.address = address, .canonical = canonical_of(dom), .heading = heading};
    uint32_t title = dom_find(dom, 0, TAG_TITLE);
    if (title < dom->count)
        page.title = dom_text(arena, dom, title);
    int code = metadata_read_json_ld(arena, dom, &page, &metadata);
    if (code < 0)
        return code;
    read_meta(arena, dom, &metadata);
    if (metadata.authors.count == 0)
        read_meta_authors(arena, dom, &metadata);
    read_page(arena, dom, &metadata);
    metadata_read_rights(arena, dom, &metadata);
    if (page_layout_read(arena, dom, &layout) < 0)
        return -ENOMEM;
    struct page_title names = find_title(arena, dom, &layout, address, &metadata);
    if (dom->count)
        read_shown(arena, dom, &layout, address, &metadata);
    drop_house(&metadata);
    metadata.title = title_of(&names, heading);
    if (arena_exhausted(arena))
        return -ENOMEM;
    *ret_metadata = metadata;
    return 0;
}

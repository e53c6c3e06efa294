/* build: filling a feed_document while a document is read. Shared by the XML formats (one file per
 * vocabulary) and the JSON one; private to the parser.
 *
 * `entry` is the entry that is open; when it is NULL, what comes belongs to `meta`, the feed or an entry's
 * source. Several elements may say the same thing: each has a rank, and the higher or later one stays. */
#ifndef NEWSD_FEEDS_PARSE_BUILD_H
#define NEWSD_FEEDS_PARSE_BUILD_H

#include "feeds/parse/document.h"
#include "feeds/parse/text_construct.h"
#include "feeds/xml/xml.h"

/* Where an element stands; children inherit their parent's scope. */
enum build_scope {
    SCOPE_ROOT,
    SCOPE_FEED, /* a feed, or an entry's source */
    SCOPE_ENTRY,
    SCOPE_IMAGE,
    SCOPE_TEXT_INPUT,
    SCOPE_PERSON,
    SCOPE_SKIP,
    SCOPE_MEDIA,
    SCOPE_GEO,
    SCOPE_LICENSE,
    SCOPE_DELETED,
    SCOPE_SITEMAP,
    SCOPE_SITEMAP_URL,
    SCOPE_NEWS,
    SCOPE_SITEMAP_MEDIA,
};

enum build_rank { RANK_NONE, RANK_FALLBACK, RANK_MODULE, RANK_CORE };

struct build_ranks {
    unsigned char title, text, published, updated, created, link, language, image, rights;
    struct feed_time dc_date; /* published or updated, whichever is missing */
    struct str own_language;
};

/* Attributes of the element whose text is being collected. */
struct build_pending {
    struct str type, mode, scheme, label, url, extra;
    bool flag;
};

struct feed_builder {
    struct arena *arena;
    struct feed_document *document;
    const struct feed_parse_options *options;
    struct str base, language; /* of the document */
    struct feed_meta *meta;
    struct feed_entry *entry;
    struct build_ranks *ranks;
    struct build_ranks feed_ranks, entry_ranks, source_ranks;
    struct feed_entry *around_source; /* the entry whose source is open */
    struct feed_media *loose_media;   /* media elements of the entry that stand in no media:content */
    struct build_pending pending;
    struct feed_link pending_link;
    struct str permalink; /* a guid that may serve as the link */
    bool atom;            /* core elements are Atom's */
    bool atom03;
    bool geo_swap; /* the GML system has longitude first */
    unsigned geo_dimensions;
    double latitude, longitude; /* W3C geo comes in two elements */
    unsigned geo_seen;
    int64_t period_s, frequency; /* syndication module */
    size_t entries_max;
    bool stop;
    bool root_refused; /* the root element is no feed's */
    int error;
    struct error *words;
};

/* Stops with -ENOMEM. */
void build_out_of_memory(struct feed_builder *build);
void build_repair(struct feed_builder *build, struct str name);

#define BUILD_ADD(build, field)                                                                              \
    build_added((build), (build)->entry ? FEED_LIST_ADD((build)->arena, &(build)->entry->field)              \
                                        : FEED_LIST_ADD((build)->arena, &(build)->meta->field))
#define BUILD_ADD_TO(build, list) build_added((build), FEED_LIST_ADD((build)->arena, (list)))
void *build_added(struct feed_builder *build, void *item);

/* Copies, trimmed; absent when blank. */
struct str build_copy(struct feed_builder *build, struct str text);
/* As build_copy, with character references and C1 characters decoded that were escaped twice. */
struct str build_line(struct feed_builder *build, struct str text);
/* The address that a feed means, resolved: cleaned first (url_clean), out of markup around it, with the
 * scheme that "www.host/path" (and the feed's own host without "www.") lacks, without user and password.
 * Absent when blank, of an unsafe scheme, over URL_LENGTH_MAX, or markup that holds no plain address. */
struct str build_url(struct feed_builder *build, struct str base, struct str url);
/* An address that newsd itself will ask for (the next page of a feed): with the credentials that the feed was
 * asked for with, at the same host. */
struct str build_url_to_ask(struct feed_builder *build, struct str url);
int64_t build_number(struct str text); /* -1 when it is none */

struct feed_dates *build_dates(struct feed_builder *build);
/* Sets *time when `rank` is not below *have (NULL: always). */
void build_time(struct feed_builder *build, struct feed_time *time, unsigned char *have, enum build_rank rank,
                struct str text);
void build_text(struct feed_builder *build, struct feed_text *slot, unsigned char *have, enum build_rank rank,
                struct feed_text text);
/* The text construct of the element that ends; `type` is what it is when it states none. */
struct feed_text build_construct(struct feed_builder *build, const struct xml_element *element,
                                 struct str text, bool markup, struct str type, bool guess);

void build_author(struct feed_builder *build, struct feed_person person);
void build_person_line(struct feed_builder *build, struct feed_person *slot, struct str line);
void build_category(struct feed_builder *build, struct str term, struct str scheme, struct str label);
/* Adds a link and draws the conclusions of its rel (link, self, hub, enclosure, license ...). */
void build_link(struct feed_builder *build, struct feed_link link, enum build_rank rank);
void build_enclosure(struct feed_builder *build, struct feed_enclosure enclosure);
struct feed_image *build_image(struct feed_builder *build);
struct feed_image *build_image_new(struct feed_builder *build);
struct feed_podcast *build_podcast(struct feed_builder *build);
struct feed_media *build_media_new(struct feed_builder *build);
/* The media object that elements outside of media:content describe. */
struct feed_media *build_loose_media(struct feed_builder *build);
/* Moves what `from` says and `to` does not. */
void build_media_merge(struct feed_media *to, const struct feed_media *from);

void build_meta_init(struct feed_meta *meta);
/* Opens an entry; false when there are too many. The caller fills, then closes. */
bool build_entry_open(struct feed_builder *build);
void build_entry_close(struct feed_builder *build);
void build_source_open(struct feed_builder *build);
void build_source_close(struct feed_builder *build);
/* Begins an RSS item or Atom entry, where any before it ends; answers how to read the element. */
int build_entry_start(struct feed_builder *build, struct xml_element *element);
/* Conclusions at the end of the document. */
void build_finish(struct feed_builder *build);

#endif

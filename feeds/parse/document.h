/* document: what a parsed feed says, whatever its format. Everything lives in the caller's arena.
 * The fields are those of the feed-json contract; printing them is feed_json.h's business. */
#ifndef NEWSD_FEEDS_PARSE_DOCUMENT_H
#define NEWSD_FEEDS_PARSE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"

/* A text construct: value with its media type, language and base URL. Absent when value.ptr is NULL. */
struct feed_text {
    struct str value, type, language, base, src;
};

struct feed_person {
    struct str name, email, url;
};

struct feed_category {
    struct str term, scheme, label;
};

struct feed_link {
    struct str rel, type, href, hreflang, title;
    int64_t length; /* -1 = not stated */
};

struct feed_enclosure {
    struct str url, type, title;
    int64_t length;     /* -1 = not stated */
    int64_t duration_s; /* -1 = not stated */
};

struct feed_image {
    struct str url, title, link, description;
    int64_t width, height; /* -1 = not stated */
};

/* One growing list: items in the arena. */
#define FEED_LIST(type)                                                                                      \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count, capacity;                                                                              \
    }

/* Adds a zeroed item to a FEED_LIST; a void pointer to it, or NULL when the arena is full. */
#define FEED_LIST_ADD(arena, list)                                                                           \
    feed_list_add((arena), (void **)&(list)->items, &(list)->count, &(list)->capacity, sizeof(*(list)->items))
void *feed_list_add(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size);

/* Three-valued: what the feed does not say is not "no". */
enum feed_flag { FLAG_ABSENT, FLAG_NO, FLAG_YES };

struct feed_credit {
    struct str role, name;
};

struct feed_media { /* Media RSS; without url when the item has media elements but no media:content */
    struct str url, type, medium, title, description, player, language;
    int64_t width, height, duration_s, length; /* -1 = not stated */
    FEED_LIST(struct feed_credit) credits;
    FEED_LIST(struct feed_image) thumbnails;
    struct str rating_scheme, rating_value;
    struct str license_type, license_href, license_value;
    struct str restriction_relationship, restriction_type, restriction_value;
};

struct feed_transcript { /* also funding and chapters: an address and what it is */
    struct str url, type, language, text;
};

struct feed_podcast_person {
    struct str name, role, group, url, image;
};

struct feed_podcast { /* iTunes and Podcasting 2.0 */
    struct feed_person owner;
    enum feed_flag is_explicit, block, locked;
    struct feed_text subtitle, summary;
    struct feed_image *image; /* when "image" is taken by another one */
    struct str type, episode_type, title, guid, medium;
    int64_t duration_s, season, episode; /* -1 = not stated */
    FEED_LIST(struct str) categories, keywords;
    FEED_LIST(struct feed_transcript) transcripts, funding;
    struct feed_transcript chapters;
    FEED_LIST(struct feed_podcast_person) persons;
};

enum feed_shape { SHAPE_POINT, SHAPE_LINE, SHAPE_POLYGON, SHAPE_BOX };

struct feed_geo { /* positions one after the other, `dimensions` numbers each, longitude first */
    enum feed_shape shape;
    unsigned dimensions; /* 2 or 3 */
    double *numbers;
    size_t count; /* of positions */
};

struct feed_news { /* Google News sitemaps */
    struct str publication_name, publication_language;
    FEED_LIST(struct str) keywords, stock_tickers, genres;
};

struct feed_reply {
    struct str ref, href, type, source;
};

struct feed_dates {
    struct feed_time published, updated, created, expired, valid_from, valid_until;
};

struct feed_entry {
    struct str id;
    bool id_is_link;
    bool deleted; /* at:deleted-entry (RFC 6721): the entry was withdrawn; only id and updated are set */
    struct feed_text title, summary;
    FEED_LIST(struct feed_text) content;
    struct str link;
    FEED_LIST(struct feed_link) links;
    FEED_LIST(struct feed_enclosure) enclosures;
    FEED_LIST(struct feed_media *) media;
    struct feed_image *image;
    FEED_LIST(struct feed_person) authors, contributors;
    struct feed_person publisher;
    struct feed_text rights;
    struct feed_dates dates;
    FEED_LIST(struct feed_category) categories;
    struct str comments, comments_feed, comments_post;
    struct feed_meta *source;
    struct str language;
    struct feed_news *news;
    struct feed_geo *geo;
    struct str license;
    FEED_LIST(struct feed_reply) in_reply_to;
    struct feed_podcast *podcast;
    int64_t comment_count; /* slash:comments, thr:total; -1 = not stated */
};

struct feed_meta { /* the feed's own description; also an entry's source */
    struct str id;
    struct feed_text title, subtitle, description, rights, info;
    struct str link;
    FEED_LIST(struct feed_link) links;
    struct str language;
    struct str generator_name, generator_url, generator_version;
    FEED_LIST(struct feed_person) authors, contributors;
    struct feed_person publisher, webmaster;
    struct feed_dates dates;
    struct str moved_to;
    bool ended;
    FEED_LIST(struct feed_category) categories;
    struct feed_image *image;
    struct str icon, logo, docs, comments, errors_to, license;
    struct {
        struct str domain, port, path, register_procedure, protocol;
    } cloud;
    struct {
        struct str title, description, name, link;
    } text_input;
    int64_t ttl_s;             /* -1 = not stated */
    int64_t update_interval_s; /* from the syndication module, -1 = not stated */
    uint32_t skip_hours;       /* bit per UTC hour */
    uint8_t skip_days;         /* bit per weekday, Sunday = 0 */
    FEED_LIST(struct str) hubs;
    struct str self, next, previous, archive;
    bool complete; /* fh:complete: entries that are absent were removed (RFC 5005) */
    struct feed_geo *geo;
    struct feed_podcast *podcast;
};

enum feed_format {
    FEED_UNKNOWN,
    FEED_RSS_090,
    FEED_RSS_091N,
    FEED_RSS_091U,
    FEED_RSS_092,
    FEED_RSS_093,
    FEED_RSS_094,
    FEED_RSS_10,
    FEED_RSS_20,
    FEED_RSS,
    FEED_ATOM_03,
    FEED_ATOM_10,
    FEED_ATOM,
    FEED_JSON_10,
    FEED_JSON_11,
    FEED_JSON,
    FEED_SITEMAP_NEWS,
    FEED_SITEMAP,
    FEED_SITEMAP_INDEX,
};

struct feed_document {
    enum feed_format format;
    struct str encoding;  /* finally used, lower case */
    struct str malformed; /* the first fault, absent when the document is sound */
    FEED_LIST(struct str) repairs;
    bool
        truncated; /* ended early (the entry that was open is left out), or has more entries than are taken */
    bool limit_hit; /* an item, depth or size limit cut something off */
    struct feed_meta feed;
    FEED_LIST(struct feed_entry *) entries; /* in document order */
};

struct feed_header {
    struct str name, value; /* as received */
};

struct feed_parse_options {
    struct str url; /* the document's address, may be absent */
    const struct feed_header
        *headers; /* response headers: Content-Type, Content-Location, Content-Language, Link */
    size_t header_count;
    bool raw;           /* leave HTML as it is (no sanitising) */
    size_t entries_max; /* 0 = FEED_ENTRIES_MAX */
};

enum {
    FEED_ENTRIES_MAX = 50000, /* a sitemap's own limit; feeds stay far below */
    FEED_LIST_MAX = 1000,     /* authors or categories of one entry; each is compared with the others */
};

/* Parses one document of any known format. 0, or ERR_EMPTY, ERR_NOT_A_FEED (error->text says what it is
 * instead: "HTML page", "unknown XML root element 'x'", ...), ERR_MALFORMED (a gzip file of which nothing can
 * be read), ERR_LIMIT (entity declarations and other bombs), -ENOMEM (arena full). The document points into
 * the arena and, in places, into `bytes`. */
int feed_parse(struct arena *arena, struct str bytes, const struct feed_parse_options *options,
               struct feed_document **ret_document, struct error *error);

const char *feed_format_name(enum feed_format format);

#endif

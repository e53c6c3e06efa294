/* vocabulary: the namespaces and element names that feeds use, as numbers.
 *
 * Names are found whatever their case, namespaces whatever their scheme (http or https), case, surrounding
 * white space and final slash or hash: real feeds write all of these. Pure; any thread. */
#ifndef NEWSD_FEEDS_XML_VOCABULARY_H
#define NEWSD_FEEDS_XML_VOCABULARY_H

#include "base/str.h"

enum feed_namespace {
    NS_UNKNOWN,
    NS_NONE,
    NS_RSS,    /* any of the namespaces that were ever put on RSS */
    NS_RSS090, /* the two RDF formats' own: they tell the version */
    NS_RSS10,
    NS_ATOM03,
    NS_ATOM10,
    NS_RDF,
    NS_DC,
    NS_DCTERMS,
    NS_CONTENT,
    NS_MEDIA,
    NS_ITUNES,
    NS_PODCAST,
    NS_GEORSS,
    NS_GML,
    NS_GEO,
    NS_SYNDICATION,
    NS_SLASH,
    NS_WFW,
    NS_THREAD,
    NS_CC,
    NS_HISTORY,
    NS_TOMBSTONES,
    NS_ADMIN,
    NS_FEEDBURNER,
    NS_XHTML,
    NS_SVG,
    NS_MATHML,
    NS_XLINK,
    NS_XML,
    NS_SITEMAP,
    NS_NEWS,
    NS_SITEMAP_IMAGE,
    NS_SITEMAP_VIDEO,
    NS_COUNT
};

/* Sorted by text. */
#define FEED_NAMES(X) \
    X(NAME_ABOUT, "about") \
    X(NAME_ARCHIVE, "archive") \
    X(NAME_AUTHOR, "author") \
    X(NAME_AUTHORS, "authors") \
    X(NAME_BLOCK, "block") \
    X(NAME_BODY, "body") \
    X(NAME_BOX, "box") \
    X(NAME_BROWSERFRIENDLY, "browserfriendly") \
    X(NAME_CATEGORIES, "categories") \
    X(NAME_CATEGORY, "category") \
    X(NAME_CHANGEFREQ, "changefreq") \
    X(NAME_CHANNEL, "channel") \
    X(NAME_CHAPTERS, "chapters") \
    X(NAME_CLOUD, "cloud") \
    X(NAME_COMMENT, "comment") \
    X(NAME_COMMENTRSS, "commentrss") \
    X(NAME_COMMENTS, "comments") \
    X(NAME_COMPLETE, "complete") \
    X(NAME_CONTENT, "content") \
    X(NAME_CONTRIBUTOR, "contributor") \
    X(NAME_COPYRIGHT, "copyright") \
    X(NAME_CREATED, "created") \
    X(NAME_CREATOR, "creator") \
    X(NAME_CREDIT, "credit") \
    X(NAME_DATE, "date") \
    X(NAME_DAY, "day") \
    X(NAME_DAYS, "days") \
    X(NAME_DELETED_ENTRY, "deleted-entry") \
    X(NAME_DESCRIPTION, "description") \
    X(NAME_DOCS, "docs") \
    X(NAME_DURATION, "duration") \
    X(NAME_EMAIL, "email") \
    X(NAME_ENCLOSURE, "enclosure") \
    X(NAME_ENCODED, "encoded") \
    X(NAME_ENTRY, "entry") \
    X(NAME_ENVELOPE, "envelope") \
    X(NAME_EPISODE, "episode") \
    X(NAME_EPISODETYPE, "episodetype") \
    X(NAME_ERRORREPORTSTO, "errorreportsto") \
    X(NAME_EXPIRATIONDATE, "expirationdate") \
    X(NAME_EXPIRES, "expires") \
    X(NAME_EXPLICIT, "explicit") \
    X(NAME_EXTERIOR, "exterior") \
    X(NAME_FEED, "feed") \
    X(NAME_FULLITEM, "fullitem") \
    X(NAME_FUNDING, "funding") \
    X(NAME_GENERATOR, "generator") \
    X(NAME_GENERATORAGENT, "generatoragent") \
    X(NAME_GENRES, "genres") \
    X(NAME_GROUP, "group") \
    X(NAME_GUID, "guid") \
    X(NAME_HEIGHT, "height") \
    X(NAME_HOMEPAGE, "homepage") \
    X(NAME_HOUR, "hour") \
    X(NAME_HOURS, "hours") \
    X(NAME_HTML, "html") \
    X(NAME_ICON, "icon") \
    X(NAME_ID, "id") \
    X(NAME_IMAGE, "image") \
    X(NAME_IN_REPLY_TO, "in-reply-to") \
    X(NAME_INFO, "info") \
    X(NAME_INTERIOR, "interior") \
    X(NAME_ISSUED, "issued") \
    X(NAME_ITEM, "item") \
    X(NAME_ITEMS, "items") \
    X(NAME_KEYWORDS, "keywords") \
    X(NAME_LANGUAGE, "language") \
    X(NAME_LASTBUILDDATE, "lastbuilddate") \
    X(NAME_LASTMOD, "lastmod") \
    X(NAME_LAT, "lat") \
    X(NAME_LI, "li") \
    X(NAME_LICENSE, "license") \
    X(NAME_LINE, "line") \
    X(NAME_LINEARRING, "linearring") \
    X(NAME_LINESTRING, "linestring") \
    X(NAME_LINK, "link") \
    X(NAME_LOC, "loc") \
    X(NAME_LOCKED, "locked") \
    X(NAME_LOGO, "logo") \
    X(NAME_LONG, "long") \
    X(NAME_LOWERCORNER, "lowercorner") \
    X(NAME_MANAGINGEDITOR, "managingeditor") \
    X(NAME_MEDIUM, "medium") \
    X(NAME_MODIFIED, "modified") \
    X(NAME_NAME, "name") \
    X(NAME_NEW_FEED_URL, "new-feed-url") \
    X(NAME_NEWLOCATION, "newlocation") \
    X(NAME_NEWS, "news") \
    X(NAME_ORIGLINK, "origlink") \
    X(NAME_OWNER, "owner") \
    X(NAME_PERSON, "person") \
    X(NAME_PLAYER, "player") \
    X(NAME_POINT, "point") \
    X(NAME_POLYGON, "polygon") \
    X(NAME_PORT, "port") \
    X(NAME_POS, "pos") \
    X(NAME_POSLIST, "poslist") \
    X(NAME_PUBDATE, "pubdate") \
    X(NAME_PUBLICATION, "publication") \
    X(NAME_PUBLICATION_DATE, "publication_date") \
    X(NAME_PUBLISHED, "published") \
    X(NAME_PUBLISHER, "publisher") \
    X(NAME_RATING, "rating") \
    X(NAME_RDF, "rdf") \
    X(NAME_RESTRICTION, "restriction") \
    X(NAME_RIGHTS, "rights") \
    X(NAME_RSS, "rss") \
    X(NAME_SEASON, "season") \
    X(NAME_SEQ, "seq") \
    X(NAME_SITEMAP, "sitemap") \
    X(NAME_SITEMAPINDEX, "sitemapindex") \
    X(NAME_SKIPDAYS, "skipdays") \
    X(NAME_SKIPHOURS, "skiphours") \
    X(NAME_SOURCE, "source") \
    X(NAME_STOCK_TICKERS, "stock_tickers") \
    X(NAME_SUBJECT, "subject") \
    X(NAME_SUBTITLE, "subtitle") \
    X(NAME_SUMMARY, "summary") \
    X(NAME_TAGLINE, "tagline") \
    X(NAME_TEXTINPUT, "textinput") \
    X(NAME_THUMBNAIL, "thumbnail") \
    X(NAME_THUMBNAIL_LOC, "thumbnail_loc") \
    X(NAME_TITLE, "title") \
    X(NAME_TOTAL, "total") \
    X(NAME_TRANSCRIPT, "transcript") \
    X(NAME_TTL, "ttl") \
    X(NAME_TYPE, "type") \
    X(NAME_UPDATEBASE, "updatebase") \
    X(NAME_UPDATED, "updated") \
    X(NAME_UPDATEFREQUENCY, "updatefrequency") \
    X(NAME_UPDATEPERIOD, "updateperiod") \
    X(NAME_UPPERCORNER, "uppercorner") \
    X(NAME_URI, "uri") \
    X(NAME_URL, "url") \
    X(NAME_URLSET, "urlset") \
    X(NAME_VALID, "valid") \
    X(NAME_VIDEO, "video") \
    X(NAME_WEBMASTER, "webmaster") \
    X(NAME_WHERE, "where") \
    X(NAME_WIDTH, "width")

enum feed_name {
    NAME_UNKNOWN,
#define FEED_NAME_NUMBER(symbol, text) symbol,
    FEED_NAMES(FEED_NAME_NUMBER)
#undef FEED_NAME_NUMBER
};

/* The namespace of a URI; NS_NONE for an absent or blank one, NS_UNKNOWN for one that nobody knows. */
enum feed_namespace vocabulary_namespace(struct str uri);

/* The namespace that a prefix nearly always stands for, for documents that forgot to declare it. */
enum feed_namespace vocabulary_usual_prefix(struct str prefix);

enum feed_name vocabulary_name(struct str local);

#endif

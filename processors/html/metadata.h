/* metadata: the stage "metadata": what a page says about its article: JSON-LD first, then meta elements (Open
 * Graph and others), then the page itself (canonical link, language, headings, time elements), then what it
 * only shows to people (page_dates.c, page_authors.c).
 *
 * What the feed said stays; the page fills what is absent. Dates are all kept, each with its origin. */
#ifndef NEWSD_PROCESSORS_HTML_METADATA_H
#define NEWSD_PROCESSORS_HTML_METADATA_H

#include "processors/html/dom.h"
#include "processors/html/json_ld_articles.h"
#include "processors/html/live_updates.h"
#include "processors/html/page_layout.h"
#include "processors/pipeline.h"

/* What one source on the page says; absent strings and empty lists where it is silent. */
struct page_metadata {
    struct str title, description, canonical, language, section, publisher;
    struct str house;                                  /* an organisation that signs as the author */
    struct str subtitle, license, amp_url, tdm_policy; /* addresses as they stand */
    enum article_access access;
    unsigned opt_outs; /* enum opt_out */
    ARTICLE_LIST(struct article_person) authors;
    ARTICLE_LIST(struct article_image) images;
    size_t told_image; /* the one that og:image named last, from 1; 0 = none */
    ARTICLE_LIST(struct str) keywords;
    ARTICLE_LIST(struct article_date) dates;
};

/* Reads the page that was fetched from `address` (may be absent); the sources' answers are merged in their
 * order. 0 or -ENOMEM. */
int metadata_read(struct arena *arena, const struct dom *dom, struct str address,
                  struct page_metadata *ret_metadata);

/* The part for JSON-LD (json_ld.c): fills what is absent from the page's own article objects; `page` tells
 * them from those of other articles. 0 or -ENOMEM. */
int metadata_read_json_ld(struct arena *arena, const struct dom *dom, const struct json_ld_page *page,
                          struct page_metadata *metadata);

/* The text of the page's own article as JSON-LD has it, HTML or plain, in the arena; absent where there is
 * none, or it is said to be for those who pay. 0 or -ENOMEM. */
int metadata_read_body(struct arena *arena, const struct dom *dom, const struct json_ld_page *page,
                       struct str *ret_body);

/* The entries that the page's own live blog lists in JSON-LD, in the arena, under the same terms; those
 * without a time are left out. 0 or -ENOMEM. */
int metadata_read_updates(struct arena *arena, const struct dom *dom, const struct json_ld_page *page,
                          struct live_updates *ret_updates);

/* The text of the h1, or of one of its lines, whose words agree best with one of the titles that the page
 * tells machines; STR_NONE where none does (page_title.c). Recipe: the mean of the share of the heading's
 * words in the title and of Jaccard's index, from .35 on. Where no h1 agrees well, an h2 or h3 may, from .80
 * on, or .70 where there is no h1. *ret_heading is the heading, or dom->count. */
struct str metadata_choose_title(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                                 const struct str *references, size_t count, uint32_t *ret_heading);

/* What the site is called; each may be absent. */
struct title_site {
    struct str name, host;
};

/* The text says no more than that name, or the host's. */
bool metadata_is_site(struct str text, const struct title_site *site);

/* The title without parts at its end, then its beginning, that are divided from it by a sign and say no more
 * than the site's name or host. A part of the title's bytes. */
struct str metadata_without_site(struct str title, const struct title_site *site);

/* The part for dates that the page only shows (page_dates.c): adds at most one "published", found in the path
 * of the address, an element named for a date, the lines about the first heading, or any short line, in this
 * order. Called where the page told machines none. */
void metadata_read_dates(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                         struct str address, struct page_metadata *metadata);

/* The text has a word for a change of what was published before: "updated", "Stand:", "mis à jour"
 * (page_dates.c). */
bool metadata_tells_change(struct str text);

/* The part for pictures (page_images.c): where the page told machines of none, adds that of the first figure
 * behind the heading; the first picture gets the caption and credit that its figure shows. */
void metadata_read_images(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                          struct page_metadata *metadata);

/* The part for what may be done with the page (page_rights.c): licence, opt-outs, its form for phones. */
void metadata_read_rights(struct arena *arena, const struct dom *dom, struct page_metadata *metadata);

/* The part for the headers of the page's answer (header_rights.c): adds what X-Robots-Tag (for all robots, or
 * for one called newsd), TDM-Reservation and TDM-Policy say to what is there: whoever forbids, page or
 * header, is heard. `headers`: lines "NAME: VALUE", others are passed over; may be absent. */
void metadata_read_header_rights(struct arena *arena, struct str headers, struct page_metadata *metadata);

/* Where the page tells machines a "published" in UTC, or a day only, and shows people about the heading the
 * day before or after, that day is what its clocks said: the instant gets the least offset in whole hours
 * that makes it that day; before a day alone the day shown is put. A day farther off is another matter
 * (page_dates.c). */
void metadata_show_day(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                       struct str address, struct page_metadata *metadata);

/* The part for people that the page only shows (page_authors.c): adds those of the element that is most
 * likely the by-line, else of a line about the first heading that begins with "By" or its like in other
 * languages; else what is no full name; else the organisation that signs. Called where the page told machines
 * of no person. */
void metadata_read_authors(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                           struct page_metadata *metadata);

/* Helpers of all (metadata_fill.c): fill an absent field with one clean line; add a person, image or date
 * that is not there yet. A line of authors is divided into its people (byline.h). */
void metadata_set(struct arena *arena, struct str *field, struct str value);
void metadata_add_author(struct arena *arena, struct page_metadata *metadata, struct str name,
                         struct str url);
void metadata_add_organisation(struct arena *arena, struct page_metadata *metadata, struct str name);
/* The image's place among the page's, NULL where it is not kept. */
struct article_image *metadata_add_image(struct arena *arena, struct page_metadata *metadata, struct str url);
void metadata_add_keywords(struct arena *arena, struct page_metadata *metadata, struct str list);
void metadata_add_date(struct arena *arena, struct page_metadata *metadata, const char *kind,
                       const char *origin, struct str text);

extern const struct stage stage_metadata;

#endif

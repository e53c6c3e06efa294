/* article: the thing being made. One struct, filled by the stages in their order; everything it points to
 * lives in its arena. A stage adds its part and never changes another's. Spans are [start, end) in Unicode
 * code points of `text`. Later layers (events, story) have their lists here already: a
 * stage that fills them is all that is missing. */
#ifndef NEWSD_PROCESSORS_ARTICLE_H
#define NEWSD_PROCESSORS_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "processors/event.h"
#include "processors/name_types.h"
#include "processors/opt_out.h"
#include "processors/quantity.h"
#include "processors/role.h"
#include "processors/span.h"
#include "processors/statement.h"
#include "processors/time_mention.h"
#include "processors/token.h"

#define ARTICLE_LIST(type)                                                                                   \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count, capacity;                                                                              \
    }

enum article_kind { ARTICLE_PUBLISHED, ARTICLE_REVISED, ARTICLE_WITHDRAWN };

/* Which source the text came from, or why there is none. */
enum source_outcome {
    SOURCE_PAGE,
    SOURCE_FEED,
    SOURCE_BLOCKED,
    SOURCE_PAYWALL,
    SOURCE_CONSENT,
    SOURCE_EMPTY,
    SOURCE_ERROR,
    SOURCE_LIST, /* the page lists articles */
    SOURCE_NOT_HTML,
};

enum date_precision { DATE_NONE, DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_MINUTE, DATE_SECOND, DATE_FRACTION };

/* A date with where it was found. */
struct article_date {
    const char *kind; /* "published", "modified", "dateline" */
    struct str value; /* RFC 3339 or a prefix of it, with as much precision as the source had */
    struct str
        local;  /* the same on the clock of the source, with its offset; absent = it told none, or UTC */
    bool zoned; /* the source told the zone of its clock */
    int64_t ms; /* UTC, begin of a day for days */
    enum date_precision precision;
    const char *origin; /* "feed", "page:json-ld", "dateline", ... */
};

struct article_sighting { /* the same article in another feed */
    struct str feed_id, feed_url, entry_id;
    int64_t first_seen_ms;
};

struct article_feed {
    struct str id, url, title, link, language, rights, publisher;
    struct str entry_id;
    bool backfill;
};

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_LIST_ITEM,
    BLOCK_QUOTE,
    BLOCK_PRE,
    BLOCK_TABLE,
    BLOCK_CAPTION
};

/* "p", "h" ...: stable, they stand in records. */
static inline const char *block_kind_text(enum block_kind kind)
{
    static const char *const texts[] = {"p", "h", "li", "quote", "pre", "table", "caption"};
    return texts[kind];
}

struct block {
    enum block_kind kind;
    uint8_t level; /* of a heading or list, 0 = none */
    struct span span;
    struct str time; /* RFC 3339: when this entry of a live blog was written; absent = no entry */
};

struct article_person {
    struct str name, email, url, role;
    bool organisation; /* a house or agency that signs in place of a person */
};

struct article_image {
    struct str url, type, title, caption, credit;
    int64_t width, height; /* -1 = unknown */
};

/* May everybody read it? */
enum article_access { ACCESS_UNKNOWN, ACCESS_FREE, ACCESS_PAID };

struct article_enclosure {
    struct str url, type, title;
    int64_t length, duration_s; /* -1 = unknown */
};

struct article_subject {
    struct str name, scheme, term;
};

struct keyword {
    struct str text;
    float weight; /* 0..1, the best has 1 */
};

struct dateline {
    struct str place;  /* "Kyiv"; absent = none told; an agency may stand alone */
    struct str region; /* "Ukraine" in "KYIV, Ukraine (AP) -" */
    struct str agency; /* "AP" */
    struct str date;   /* "Jan 11" as written */
    struct span span;  /* of the whole dateline in the text, end 0 = no dateline found */
    struct span place_span;
    char country[3]; /* of the place, as of an entity */
    uint32_t geoname;
    bool located;
    float latitude, longitude;
};

/* What changed against the revision before; class NULL for a first publication. */
struct article_change {
    const char *class; /* "correction", "update", "minor", "rewrite", "title", "metadata" */
    bool title_changed;
    uint32_t added_chars, removed_chars;
};

enum outcome {
    OUTCOME_OK,
    OUTCOME_SKIPPED, /* something that the stage needs is not there, or it is switched off */
    OUTCOME_PARTIAL, /* done in part; the note says what is missing */
    OUTCOME_FAILED,
    OUTCOME_BUDGET, /* of time or memory */
};
/* The word in the record: "ok", "skipped" ... */
const char *outcome_name(enum outcome outcome);

struct stage_outcome {
    const char *stage;
    unsigned version;
    int32_t us; /* wall time spent */
    enum outcome outcome;
    struct str note; /* why, absent when ok */
};

/* What a stage may add to an article and another may need, as bits. */
enum gift {
    GIFT_TEXT = 1 << 0,
    GIFT_LANGUAGE = 1 << 1,
    GIFT_TOKENS = 1 << 2,
    GIFT_WORDS = 1 << 3, /* what is known of each token */
    GIFT_TAGS = 1 << 4,
    GIFT_NAMES = 1 << 5,
    GIFT_TREES = 1 << 6,
    GIFT_PLACES = 1 << 7, /* where the entities are */
    GIFT_ROLES = 1 << 8,
    GIFT_REFERENCES = 1 << 9,
    GIFT_STATEMENTS = 1 << 10,
    GIFT_EVENTS = 1 << 11,
    GIFT_TIMES = 1 << 12,
    GIFT_QUANTITIES = 1 << 13,
};

struct token_tag {
    struct str upos, xpos; /* "NOUN", "NNS": universal and Penn */
};

struct token_arc {
    uint32_t head;       /* the token's place in its sentence, from 1; 0 = the root's */
    struct str relation; /* "nsubj" */
};

struct article_name {
    enum name_type type;
    struct span span;
    uint32_t sentence;
    uint32_t first, end; /* tokens of the article, [first, end) */
    uint32_t entity;     /* its place among the article's entities, from 0 */
    bool acts;           /* a capital that acts for its state, which is the entity: "Moscow denied it" */
};

/* Words that are no name and mean someone or something that has one. */
enum reference_kind { REFERENCE_PRONOUN, REFERENCE_DESCRIPTION /* "the minister" */ };

struct article_reference {
    enum reference_kind kind;
    struct span span;
    uint32_t sentence;
    uint32_t first, end; /* tokens of the article, [first, end) */
    uint32_t entity;     /* its place among the article's entities, from 0 */
};

/* What the text says, at one place, that somebody with a name is. */
struct article_role {
    uint32_t person; /* its place among the article's entities */
    struct role role;
    uint32_t next; /* of the same person, from 1; 0 = none */
};

/* Who acts in the article and has no name: "three gunmen", or several together; by the words that speak of
 * them first. */
struct article_unnamed {
    struct span span;
    uint32_t sentence;
    uint32_t head; /* of the article's tokens: a common noun, or the first of those spoken of together */
    bool together; /* "Guyana and Venezuela": the head and those joined to it */
    enum role_class class; /* what the noun says, ROLE_NONE = nothing */
};

/* The candidates for one of them (meaning/reference_candidates.h), for who trains the choice. */
struct reference_choice {
    struct span span;
    const struct reference_candidate *candidates;
    size_t count;
};

/* Someone or something that the article names, once or more often. */
struct article_entity {
    enum name_type type;
    struct str name;      /* the longest that it is called */
    uint32_t *names;      /* its names, in order */
    size_t name_count;    /* 1 or more */
    uint32_t *references; /* what else means it, in order */
    size_t reference_count;
    struct role role;               /* a person's */
    uint32_t first_role, last_role; /* all that the text says of the person, from 1; 0 = nothing */
    char country[3];     /* ISO 3166-1 alpha-2: where it is or what it belongs to; "" = not known */
    char affiliation[3]; /* a person's: the same country, else the likeliest (affiliations.h) */
    bool capital;        /* of that country */
    bool state;          /* it is that country, by its name */
    uint32_t geoname;    /* its number in GeoNames, 0 = none */
    bool located;
    float latitude, longitude; /* WGS 84, where located */
};

struct dom;
struct affiliation_candidate;
struct reference_candidate;
struct name_sentence;
struct tree;

/* A word that may tell an act (meaning/act_features.h), for who trains which do. */
struct act_word {
    struct span span;
    const uint32_t *features;
    size_t count;
};

/* The candidates for a person's country (meaning/affiliation_candidates.h), for who trains the choice. */
struct affiliation_choice {
    uint32_t person; /* its place among the entities */
    const struct affiliation_candidate *candidates;
    size_t count;
};

struct article {
    struct arena *arena;

    /* Identity, from the intake */
    struct str id;     /* 32 hexadecimal digits */
    uint32_t revision; /* 1 = first */
    enum article_kind kind;
    struct str url; /* of the article, may be absent */
    struct article_feed feed;
    ARTICLE_LIST(struct article_sighting) seen_in;
    int64_t fetched_ms;
    int64_t first_created_ms; /* when newsd first saw it */

    /* Input, from the feed's entry and the page */
    struct str title;        /* plain text */
    struct str summary_html; /* as the feed gave it (safe HTML or plain, see summary_is_html) */
    bool summary_is_html;
    struct str content_html; /* the longest content of the entry, absent = none */
    bool content_is_html;
    struct str page;         /* the page's bytes as UTF-8, absent = not fetched */
    struct str page_url;     /* after redirects */
    int page_status;         /* HTTP status, 0 = not fetched */
    struct str page_error;   /* why there is no page */
    struct str page_headers; /* lines "NAME: VALUE" of its answer, those on rights at least; absent = none */
    const struct site_rules *site_rules; /* of the operator, NULL = none (html/site_rules.h) */
    const struct site_rule *site_rule;   /* the page's own, set by the text stage */
    bool site_rule_missed;               /* its container is not on the page */
    const struct dom *page_tree;         /* the page parsed by the text stage, NULL = none (html/dom.h) */

    /* Metadata */
    struct str summary;         /* plain text */
    struct str language_stated; /* BCP 47, from the feed or page */
    ARTICLE_LIST(struct article_person) authors;
    ARTICLE_LIST(struct article_image) images;
    ARTICLE_LIST(struct article_enclosure) enclosures;
    ARTICLE_LIST(struct article_subject) subjects;
    struct str rights, license, comments_url;
    struct str subtitle, amp_url;
    enum article_access access;
    unsigned opt_outs;     /* enum opt_out */
    struct str tdm_policy; /* where the terms of OPT_OUT_TDM stand */
    ARTICLE_LIST(struct article_date) dates;
    int64_t published_ms, modified_ms; /* 0 = unknown */

    /* Stages */
    struct str text;      /* plain text: blocks joined by blank lines; valid UTF-8, NFC */
    uint32_t text_length; /* in code points */
    ARTICLE_LIST(struct block) blocks;
    enum source_outcome source;
    float source_confidence; /* 0..1 */
    struct str language;     /* BCP 47 code, absent = not known */
    float language_confidence;
    ARTICLE_LIST(struct span) sentences;
    ARTICLE_LIST(struct token) tokens;
    const struct span *token_spans; /* of each token; filled with the tokens */
    const uint32_t
        *sentence_tokens; /* where each sentence's tokens begin, and the last's end; NULL = no tokens */
    const struct name_sentence *words; /* of each sentence (language/name_features.h), NULL = none */
    const struct token_tag *tags;      /* of each token, NULL = none */
    const struct token_arc *arcs;      /* of each token, NULL = none */
    const struct tree *trees;          /* of each sentence (language/tree.h), NULL = none */
    ARTICLE_LIST(struct article_name) names;
    const uint32_t *token_names; /* of each token: 1 + the name that it is of, 0 = none; with the names */
    ARTICLE_LIST(struct article_entity) entities;
    ARTICLE_LIST(struct article_reference) references;
    const uint32_t *token_entities; /* of each token: 1 + the entity that its name or reference means, 0 */
    ARTICLE_LIST(struct article_role) roles; /* all; a person's own is one of them */
    ARTICLE_LIST(struct article_unnamed) unnamed;
    ARTICLE_LIST(struct article_reference) unnamed_references; /* their `entity`: a place among the unnamed */
    const uint32_t
        *token_unnamed; /* of each token: 1 + whom of the unnamed it means, 0; with token_entities */
    ARTICLE_LIST(struct article_time) times;
    struct dateline dateline;
    uint64_t fingerprint; /* near-duplicate SimHash of the text, 0 = too short */
    ARTICLE_LIST(struct keyword) keywords;
    struct article_change change;

    /* Rooms for later stages */
    ARTICLE_LIST(struct statement) statements;
    ARTICLE_LIST(struct coded_event) events;
    size_t parse_beam; /* ways that a reading of a sentence keeps, 0 = PARSER_BEAM; by the pipeline */
    float event_confidence_min; /* 0..1: less sure ones are left out; by the pipeline */
    bool trials_wanted;         /* by whoever made the article: */
    ARTICLE_LIST(struct event_trial) trials;
    ARTICLE_LIST(struct reference_choice) reference_choices;
    ARTICLE_LIST(struct affiliation_choice) affiliation_choices;
    ARTICLE_LIST(struct party_choice) party_choices;
    ARTICLE_LIST(struct event_candidate) event_candidates;
    ARTICLE_LIST(struct act_word) act_words;
    ARTICLE_LIST(struct article_quantity) quantities;
    struct str story_id, duplicate_of;
    float story_similarity;

    /* The revision before, for the change class; absent for a first publication */
    struct str previous_title, previous_text;

    unsigned given; /* enum gift, by the stages */
    ARTICLE_LIST(struct stage_outcome) processing;
};

/* Appends one zeroed element to an ARTICLE_LIST and yields its address, or NULL when the arena is full. */
#define article_list_add(arena, list)                                                                        \
    (arena_grow((arena), (void **)&(list)->items, (list)->count, &(list)->capacity, sizeof(*(list)->items))  \
         ? NULL                                                                                              \
         : &(list)->items[(list)->count++])

#endif

/* article_desk_private: the desk's items, and the seams between its files. Included by them only. */
#ifndef NEWSD_DAEMON_ARTICLES_ARTICLE_DESK_PRIVATE_H
#define NEWSD_DAEMON_ARTICLES_ARTICLE_DESK_PRIVATE_H

#include "base/table.h"
#include "daemon/articles/article_desk.h"
#include "daemon/articles/article_work.h"
#include "daemon/config/options.h"
#include "daemon/fetching/page_fetch.h"
#include "daemon/store/store_intake.h"

struct copies;
struct site_rules;

/* A page that is visited again. */
struct visit {
    int64_t first_ms; /* when the article was published */
    uint64_t shown;   /* what its page said then */
    uint16_t missed;
    bool gone;          /* the article is withdrawn */
    char *host;         /* that is visited; NULL = its address has none */
    struct visit *next; /* at the desk */
    struct store_plan_visit plan;
};

struct item {
    struct work work;
    struct page_fetch page; /* with a URL when a page is wanted */
    struct article_desk *desk;
    struct item *next;      /* in the ready list, or behind the same article's item */
    struct item *followers; /* later items of the same article, in order */
    UT_hash_handle by_article;
    char article_id[ARTICLE_ID_BYTES];
    int64_t rowid, feed_rowid;
    bool suspect;       /* begun before and never ended: the process may have died of it */
    size_t arena_bytes; /* of either arena: the configuration's at the time it was taken */
    struct arena *arena,
        *spare; /* the spare one is for what comes when the stages may have used up the other */
    struct store_take take;
    struct article_work article;
    struct store_finish finish;
    struct site_rules *site_rules; /* held: a reload may replace the desk's */
    struct visit *visit;           /* NULL = an item of the intake */
};

enum { ARTICLE_DESK_MAGIC = 0x6465736b };

struct article_desk {
    uint32_t magic;
    struct article_desk_context context;
    const struct config *config;
    struct robots_desk *robots;
    struct copies *copies;
    struct page_context pages;
    struct item *articles;            /* hash: the first item of each article */
    struct item *ready, **ready_last; /* may be taken */
    struct item *held, **held_last;   /* want a page while pages are not fetched */
    struct option_delays revisit;     /* when published articles' pages are fetched again */
    size_t items, under_way, jobs;
    struct visit *first_visit; /* of all that are at the desk */
    size_t visits, settling;   /* how many these are; whose next visit is being stored */
    bool alone;                /* what is under way is a suspect */
    int64_t listed;            /* highest rowid listed */
    bool listing, listing_visits, more, advancing, again;
    void (*visit_settled)(struct item *item); /* a visit that brings nothing is through */
};

/* article_desk.c */
/* Puts a new item among those that are listed, behind the others of its article; it may be gone after that.
 */
void desk_item_enter(struct item *item);
/* Moves everything that may move. */
void desk_advance(struct article_desk *desk);

/* desk_visits.c */
/* The page of a visit has been answered. True: the item is to be taken; else it is on its way out. */
bool desk_visit_answered(struct item *item);
/* The visit's article could not be taken: a revision of its feed is on its way. */
void desk_visit_overtaken(struct item *item);
/* True when what the page says is news; else the item is on its way out, and the desk may advance. */
bool desk_visit_tells(struct item *item);
/* What the finished item means for the visits of its article. */
struct store_visit desk_visit_of(const struct item *item, int64_t now_ms);
void desk_visit_count(const struct item *item);

#endif

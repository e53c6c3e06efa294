/* site_rules: what an operator says of the pages of single hosts, for people who need it; nothing else needs
 * it.
 *
 *     struct site_rules *rules = site_rules_create();
 *     site_rules_set(rules, "news.example", "container", "#story .text", &error);      "*.news.example": the
 * hosts below const struct site_rule *rule = site_rules_find(rules, STR("news.example"));
 *     site_rules_destroy(&rules);
 *
 * Made by one thread; read by any number of them afterwards. */
#ifndef NEWSD_PROCESSORS_HTML_SITE_RULES_H
#define NEWSD_PROCESSORS_HTML_SITE_RULES_H

#include "processors/html/metadata.h"
#include "processors/html/selector.h"
#include "processors/text/text_blocks.h"

enum site_rule_key {
    SITE_CONTAINER, /* the elements whose text is the article's, all of them in page order */
    SITE_REMOVE,    /* what is taken out before text is looked for */
    SITE_DATE,
    SITE_AUTHOR,
    SITE_TITLE,
    SITE_RULE_KEYS
};

struct site_rule {
    struct str host; /* or "*.host" */
    struct selector_list lists[SITE_RULE_KEYS];
};

struct site_rules;

/* NULL without memory. */
struct site_rules *site_rules_create(void);
/* Another holder, who calls site_rules_destroy() too; the last one frees. Holders share one thread. NULL
 * stays NULL. */
struct site_rules *site_rules_hold(struct site_rules *rules);
void site_rules_destroy(struct site_rules **rules);
size_t site_rules_count(const struct site_rules *rules);
/* 0, -ENOMEM, or ERR_CONFIG with the remedy. A later value takes the place of an earlier one. */
int site_rules_set(struct site_rules *rules, const char *host, const char *key, const char *value,
                   struct error *error);
/* The host's own rule, else that of the longest "*." above it; NULL = none. `host` may have a port. NULL
 * rules have none. */
const struct site_rule *site_rules_find(const struct site_rules *rules, struct str host);

/* The text that the rule's container holds, without what it removes and the page's h1; *ret_found is false
 * where there is none, and *ret_page the page without what is removed, for the general finder. 0, -ENOMEM,
 * ERR_DEADLINE. */
int site_text_find(const struct site_rule *rule, const struct dom *dom, struct text_blocks *blocks,
                   const struct dom **ret_page, bool *ret_found);

/* Puts what the rule finds of title, authors and date before what the page says (site_metadata.c). 0 or
 * -ENOMEM. */
int site_metadata_read(const struct site_rule *rule, struct arena *arena, const struct dom *dom,
                       struct page_metadata *metadata);

#endif

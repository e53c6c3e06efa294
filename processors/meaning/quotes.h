/* quotes: what stands in quotation marks: of all scripts, nested, over paragraphs, left open. Needs tokens
 * and blocks alone. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_QUOTES_H
#define NEWSD_PROCESSORS_MEANING_QUOTES_H

#include "processors/article.h"

struct quote {
    uint32_t first, end; /* tokens of the article between the marks, [first, end) */
    uint32_t sentence;   /* in which it begins */
    bool goes_on;        /* of the one before: its paragraph ended without a closing mark */
    bool open;           /* the closing mark is missing */
};

struct quote_list {
    struct quote *items;
    size_t count, capacity;
};

/* The outermost quotations, in order; empty ones are left out. 0 or -ENOMEM. */
int quotes_find(const struct article *article, struct quote_list *ret_list);

#endif

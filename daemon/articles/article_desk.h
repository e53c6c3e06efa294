/* article_desk: from the intake to the outbox. Lists what waits, fetches pages where they are wanted, hands
 * items to the workers, and stores what they made. Loop thread only (stages run on workers).
 *
 * Two revisions of one article are never under way at once, so their records leave in order. An item that was
 * begun before and never ended is under way alone: if the process dies again, that counts against no other,
 * and after process.attempts of its own it goes to the rejects. */
#ifndef NEWSD_DAEMON_ARTICLES_ARTICLE_DESK_H
#define NEWSD_DAEMON_ARTICLES_ARTICLE_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "daemon/config/config.h"
#include "daemon/store/store.h"
#include "daemon/fetching/transfers.h"
#include "daemon/process/workers.h"
#include "processors/pipeline.h"

struct article_desk;

struct article_desk_context {
    struct store *store;
    struct transfers *transfers;
    struct workers *workers;
    const struct pipeline *pipeline;
    void (*records_stored)(void *context);  /* new rows are in the outbox */
    bool (*may_fetch_pages)(void *context); /* false when the outbox is at its high mark */
    bool (*may_process)(void *context);     /* false when it is at its hard mark */
    void *context;
};

int article_desk_create(struct article_desk **ret_desk, const struct article_desk_context *context,
                        const struct config *config, struct error *error);
/* Before store_start(): reads back what copies are told by. Errors of the store. */
int article_desk_remember(struct article_desk *desk, struct error *error);
void article_desk_set_config(struct article_desk *desk, const struct config *config);
/* New rows are in the intake, or back-pressure is over. */
void article_desk_kick(struct article_desk *desk);
/* Now and then (the second's tick): fetches the pages again that are due (pages.revisit), a bounded number at
 * a time. */
void article_desk_revisit(struct article_desk *desk);
/* Takes up nothing more; what is under way ends by itself. */
void article_desk_stop(struct article_desk *desk);
/* Items under way (taken, being processed, being stored) and store jobs: 0 = may be destroyed. */
size_t article_desk_busy(const struct article_desk *desk);
/* Items listed and waiting for a page or a worker. */
size_t article_desk_waiting(const struct article_desk *desk);

/* A feed whose articles are held by pages that have not been fetched. */
struct desk_backlog {
    int64_t feed_rowid;
    size_t waiting;
};
/* Those with the most such articles among the items listed, at most `most` of them, the longest backlog
 * first; their number. */
size_t article_desk_backlog(const struct article_desk *desk, struct desk_backlog *ret_rows, size_t most);
void article_desk_destroy(struct article_desk **desk);

#endif

/* retry_intake: a record of the rejects topic back into the intake (`newsd retry`). Loop thread. */
#ifndef NEWSD_DAEMON_ARTICLES_RETRY_INTAKE_H
#define NEWSD_DAEMON_ARTICLES_RETRY_INTAKE_H

#include "base/str.h"
#include "daemon/store/store.h"

/* Reads one reject record and stores its item. `answer(token, error, text)` is called exactly once, later,
 * when the item is durable or could not be stored; stored(context) when it is. 0, or ERR_RECORD at once
 * (answer is not called) when the body is no reject that can be retried. */
int retry_intake(struct store *store, struct str body, void (*stored)(void *context), void *context,
                 void (*answer)(void *token, int error, const char *text), void *token);

#endif

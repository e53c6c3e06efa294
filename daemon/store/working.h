/* working: the feeds whose documents are being worked on at this moment, in a file that outlives the process.
 * When newsd is killed in the middle, by a fault or by the watchdog, the next start knows who was at it.
 *
 * The file needs no sync: what a process has written stays when it dies. After a power cut it may say too
 * much or too little, which costs or saves a feed one count. */
#ifndef NEWSD_DAEMON_STORE_WORKING_H
#define NEWSD_DAEMON_STORE_WORKING_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/must_use.h"

enum { WORKING_PLACES = 128 }; /* more than threads; work beyond that goes unmarked */

struct working;

/* Opens `directory`/working. Those whom the last run left in it are handed to `left`, each once. -errno. */
_must_use_ int working_open(struct working **ret_working, const char *directory,
                            void (*left)(void *context, int64_t feed), void *context, struct error *error);

/* Marks that the calling thread begins with a document of this feed; the place is for working_end(). NULL is
 * allowed for `working`. Any thread. */
_must_use_ int working_begin(struct working *working, int64_t feed);
void working_end(struct working *working, int place);

/* Sets *working NULL. */
void working_close(struct working **working);

#endif

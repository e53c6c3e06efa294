/* table: uthash's hash tables, but no memory for one is a state and not the end of the process (uthash's own
 * answer is exit()).
 *
 *     HASH_ADD_KEYPTR(by_name, table, item->name, len, item);
 *     if (!TABLE_HAS(by_name, item))     no memory: the item is in no table, and the table is as it was */
#ifndef NEWSD_FEEDS_BASE_TABLE_H
#define NEWSD_FEEDS_BASE_TABLE_H

#ifdef UTHASH_H
#error "base/table.h stands in place of uthash.h"
#endif
#define HASH_NONFATAL_OOM 1
#include <uthash.h>

/* Whether an item that was added is in the table of this handle. */
#define TABLE_HAS(handle, item) ((item)->handle.tbl != NULL)

#endif

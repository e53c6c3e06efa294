/* memory: gives back what large documents have left behind. Loop thread. */
#ifndef NEWSD_DAEMON_PROCESS_MEMORY_H
#define NEWSD_DAEMON_PROCESS_MEMORY_H

/* To be called now and then. Cheap while little is free: the allocator keeps what is freed in the middle of
 * its heaps, and one crowd of hostile feeds would stay resident for good. */
void memory_give_back(void);

#endif

/* memory: see the header. */
#include "daemon/process/memory.h"

#include <malloc.h>

enum { KEEP_BYTES = 32 << 20 };

void memory_give_back(void)
{
    if (mallinfo2().fordblks > KEEP_BYTES)
        (void)malloc_trim(0);
}

/* container_of: from a member to the struct that holds it. The types are checked by the compiler. */
#ifndef NEWSD_FEEDS_BASE_CONTAINER_OF_H
#define NEWSD_FEEDS_BASE_CONTAINER_OF_H

#include <stddef.h>

#define container_of(pointer, type, member)                                                                  \
    ((type *)(void *)((char *)(1 ? (pointer) : &((type *)NULL)->member) - offsetof(type, member)))

#endif

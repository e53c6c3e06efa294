/* span: a piece of an article's text: [start, end) in Unicode code points. */
#ifndef NEWSD_PROCESSORS_SPAN_H
#define NEWSD_PROCESSORS_SPAN_H

#include <stdint.h>

struct span {
    uint32_t start, end; /* end 0 = there is none */
};

#endif

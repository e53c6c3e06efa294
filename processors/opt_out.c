/* opt_out: the words of the records. */
#include "processors/opt_out.h"

#include <assert.h>

const char *opt_out_name(unsigned bit)
{
    static const char *const names[OPT_OUTS] = {"noai", "noimageai", "tdm-reservation", "noarchive",
                                                "nosnippet"};
    assert(bit < OPT_OUTS);
    return names[bit];
}

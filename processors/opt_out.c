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

unsigned opt_out_of_directive(struct str directive)
{
    static const struct {
        const char *word;
        unsigned opt_out;
    } words[] = {{"noai", OPT_OUT_AI},
                 {"noimageai", OPT_OUT_IMAGE_AI},
                 {"noarchive", OPT_OUT_ARCHIVE},
                 {"nosnippet", OPT_OUT_SNIPPET}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_nocase(str_trim(directive), str_from(words[i].word)))
            return words[i].opt_out;
    return 0;
}

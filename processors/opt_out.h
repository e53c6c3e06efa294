/* opt_out: what a page asks machines not to do with it. newsd passes it on. */
#ifndef NEWSD_PROCESSORS_OPT_OUT_H
#define NEWSD_PROCESSORS_OPT_OUT_H

#include "base/str.h"

enum opt_out {
    OPT_OUT_AI = 1,       /* "noai": train models with the text */
    OPT_OUT_IMAGE_AI = 2, /* "noimageai": or the pictures */
    OPT_OUT_TDM = 4,      /* text and data mining (W3C TDM Reservation Protocol) */
    OPT_OUT_ARCHIVE = 8,  /* "noarchive": keep copies */
    OPT_OUT_SNIPPET = 16, /* "nosnippet": show parts of it */
};
enum { OPT_OUTS = 5 };
/* The word of the opt-out with this bit: "noai" of 0. */
const char *opt_out_name(unsigned bit);
/* The opt-out that a directive for robots asks for, without case and padding: OPT_OUT_AI of "NoAI"; 0 of
 * those that say nothing of it. Pure. */
unsigned opt_out_of_directive(struct str directive);

#endif

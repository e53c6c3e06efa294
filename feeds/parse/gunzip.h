/* gunzip: documents that are gzip files themselves (sitemap.xml.gz), whatever HTTP says of them. Pure. */
#ifndef NEWSD_FEEDS_PARSE_GUNZIP_H
#define NEWSD_FEEDS_PARSE_GUNZIP_H

#include "base/arena.h"
#include "base/str.h"

enum {
    GUNZIP_BYTES_MAX = 50 << 20, /* the sitemap protocol's limit for one document */
    GUNZIP_RATIO_MAX = 200,      /* text compresses tenfold, lists of URLs fiftyfold */
};

/* True for the magic bytes of RFC 1952. */
bool gunzip_is_packed(struct str bytes);
/* All members of the file, in the arena. What is cut off gives what is there. 0, ERR_LIMIT for a bomb,
 * ERR_MALFORMED when nothing can be read, or -ENOMEM. */
int gunzip(struct arena *arena, struct str packed, struct str *ret_plain);

#endif

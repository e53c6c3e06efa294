/* copies: which articles are copies of one another: the same agency's report in many feeds, with other
 * headlines and small changes. Found by fingerprints that differ in few bits (Charikar 2002; Manku, Jain and
 * Das Sarma 2007: a few bits of 64 for near-duplicates of web pages, found by tables over parts of the bits).
 *
 * Copies of copies are of one story, named by its first article. Keeps the newest articles in memory; one
 * thread. */
#ifndef NEWSD_PROCESSORS_STORIES_COPIES_H
#define NEWSD_PROCESSORS_STORIES_COPIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    COPY_BITS = 6, /* fingerprints that differ in more are of different texts */
    COPY_ID_BYTES = 33
};

struct copies;

struct copy_of {
    char article[COPY_ID_BYTES], story[COPY_ID_BYTES]; /* 32 hexadecimal digits each */
    double similarity;                                 /* of the texts' word runs, estimated: cosine, 0..1 */
};

/* For at most so many articles; the oldest leave. NULL without memory. */
struct copies *copies_create(size_t most);
void copies_destroy(struct copies **copies);

/* The nearest other article, of equally near ones the oldest; false when none is near, or the fingerprint is
 * 0. */
bool copies_find(const struct copies *copies, const char *article, uint64_t fingerprint,
                 struct copy_of *ret_of);

/* Remembers the article, of the story with that id ("" = its own), in place of an earlier revision's entry.
 * Without memory it is not remembered: copies of it are not found then. A fingerprint of 0 is not kept. */
void copies_keep(struct copies *copies, const char *article, const char *story, uint64_t fingerprint);

#endif

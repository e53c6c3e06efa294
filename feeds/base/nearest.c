/* nearest: see the header. */
#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

enum { WORD_MAX = 48, SLIPS_MAX = 3, BEGINNING_MIN = 2 };

static size_t distance(const char *a, size_t m, const char *b, size_t n)
{
    size_t row[WORD_MAX + 1];
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= n; k++) {
            size_t above = row[k], best = diagonal + (a[i - 1] != b[k - 1]);
            if (above + 1 < best)
                best = above + 1;
            if (row[k - 1] + 1 < best)
                best = row[k - 1] + 1;
            diagonal = above;
            row[k] = best;
        }
    }
    return row[n];
}

size_t nearest_slips(const char *known, const char *word)
{
    size_t m = strlen(known), n = strlen(word), most = (n + 1) / 2;
    if (m > WORD_MAX || n > WORD_MAX)
        return SIZE_MAX;
    size_t slips = distance(known, m, word, n);
    if (slips > 1 && n >= BEGINNING_MIN && !strncmp(known, word, n))
        return 1;
    return slips <= (most < SLIPS_MAX ? most : SLIPS_MAX) ? slips : SIZE_MAX;
}

const char *nearest_word(const char *const *known, size_t count, const char *word)
{
    const char *best = NULL;
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t slips = nearest_slips(known[i], word);
        if (slips < fewest) {
            best = known[i];
            fewest = slips;
        }
    }
    return best;
}

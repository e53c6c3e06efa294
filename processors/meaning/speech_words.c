/* speech_words: see the header. */
#include "processors/meaning/speech_words.h"

#include <stdlib.h>
#include <string.h>

#include "processors/meaning/speech_table.h"

static int compare(const void *wanted, const void *entry)
{
    struct str a = *(const struct str *)wanted, b = str_from(((const struct speech_verb *)entry)->lemma);
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

unsigned speech_frames(struct str lemma)
{
    const struct speech_verb *found =
        lemma.len ? bsearch(&lemma, speech_verbs, sizeof(speech_verbs) / sizeof(speech_verbs[0]),
                            sizeof(speech_verbs[0]), compare)
                  : NULL;
    return found ? found->frames : 0;
}

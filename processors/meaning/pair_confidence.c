/* pair_confidence: see the header. */
#include "processors/meaning/pair_confidence.h"

#include <assert.h>
#include <math.h>

#include "processors/meaning/pair_weight_table.h"

enum { STEPS = 10 };

/* Each step that a likelihood reaches is a feature of its own, so that more of it can count for more. */
enum first_number {
    F_ALWAYS = 0,
    F_ACT = F_ALWAYS + 1,
    F_SOURCE = F_ACT + STEPS,
    F_TARGET = F_SOURCE + STEPS,
    F_ALL = F_TARGET + STEPS, /* their product */
    F_END = F_ALL + STEPS
};
_Static_assert((int)F_END == (int)PAIR_FEATURES_MAX, "an event may have them all");

static const short pair_weights[F_END] = {PAIR_WEIGHTS};

size_t pair_confidence_features(void)
{
    return F_END;
}

float pair_confidence(const uint16_t *features, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (float)pair_weights[features[i]];
    return 1 / (1 + expf(-sum / 1000));
}

static size_t say_likely(float likely, int first, uint16_t *features)
{
    static const float steps[STEPS] = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 0.95F};
    size_t count = 0;
    while (count < STEPS && likely >= steps[count]) {
        features[count] = (uint16_t)((size_t)first + count);
        count++;
    }
    return count;
}

size_t pair_confidence_read(const struct coded_event *event, uint16_t ret_features[PAIR_FEATURES_MAX])
{
    float act = event->act_confidence, source = event->party_shares[PARTY_SOURCE],
          target = event->party_shares[PARTY_TARGET];
    size_t count = 0;
    assert(act >= 0 && act <= 1 && source >= 0 && source <= 1 && target >= 0 && target <= 1);
    ret_features[count++] = F_ALWAYS;
    count += say_likely(act, F_ACT, ret_features + count);
    count += say_likely(source, F_SOURCE, ret_features + count);
    count += say_likely(target, F_TARGET, ret_features + count);
    return count + say_likely(act * source * target, F_ALL, ret_features + count);
}

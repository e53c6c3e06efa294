/* fuzz_date: dates: what is written is read as the same instant. */
#include "feeds/date.h"
#include "tests/fuzz/fuzz.h"

static void dates(struct str text)
{
    struct feed_time time = {0}, again = {0};
    char out[CLOCK_RFC3339_BYTES];
    if (date_parse(text, &time))
        return;
    struct str written = date_format(&time, out);
    FUZZ_CHECK(written.len > 0);
    FUZZ_CHECK(date_parse(written, &again) == 0);
    FUZZ_CHECK(again.ms == time.ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dates(str_make((const char *)data, size));
    return 0;
}

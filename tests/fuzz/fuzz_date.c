/* fuzz_date: any text; a date that was read must be written in a form that reads the same. */
#include "fuzz/fuzz_check.h"

#include <errno.h>

#include "base/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char out[CLOCK_RFC3339_BYTES];
    struct feed_time time, again;
    int error = date_parse(fuzz_text(data, size, NULL), &time);
    CHECK(error == 0 || error == -EINVAL);
    CHECK((time.precision == TIME_NONE) == (error != 0));
    struct str text = date_format(&time, out);
    CHECK((text.ptr != NULL) == (error == 0));
    if (text.ptr) {
        CHECK(time.ms >= -12212553600000 && time.ms < 13569465600000); /* the years 1583 to 2399 */
        CHECK(date_parse(text, &again) == 0);
        bool rounder = time.precision == TIME_MINUTE || time.precision == TIME_FRACTION; /* read as seconds */
        CHECK(again.precision == time.precision || (rounder && again.precision == TIME_SECOND));
        CHECK(again.ms == time.ms || time.precision < TIME_FRACTION);
    }
    return 0;
}

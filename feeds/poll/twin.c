/* twin: see the header. */
#include "feeds/poll/twin.h"

#include <ctype.h>

#include "base/hash.h"

enum {
    TEXT_BYTES_MIN = 24, /* with a number */
    TEXT_BYTES_MIN_ALONE =
        160, /* without one: two stories do not begin with the same paragraph in the same second */
    NUMBER_DIGITS_MIN = 4,
};

/* A year, a month or a day, as addresses have them. */
static bool is_date(struct str digits)
{
    return (digits.len == 4 || digits.len == 6 || digits.len == 8) &&
           (str_starts(digits, STR("19")) || str_starts(digits, STR("20")));
}

/* The number by which a system knows its article: the longest run of digits, the last of several; no date. */
static struct str number_in(struct str address)
{
    struct str number = STR_NONE;
    for (size_t at = 0; at < address.len;) {
        size_t end = at;
        while (end < address.len && isdigit((unsigned char)address.ptr[end]))
            end++;
        struct str digits = str_slice(address, at, end);
        if (digits.len >= NUMBER_DIGITS_MIN && digits.len >= number.len && !is_date(digits))
            number = digits;
        at = end + 1;
    }
    return number;
}

uint64_t twin_hash(const struct feed_entry *entry, uint64_t text_hash, size_t text_bytes)
{
    const struct feed_time *time = &entry->dates.published;
    if (time->precision == TIME_NONE)
        time = &entry->dates.created;
    struct str number = number_in(entry->link);
    if (!number.len)
        number = number_in(entry->id);
    /* A day alone is shared by all stories of the day; with its own number and text it is still one story. */
    bool exact = time->precision >= TIME_MINUTE;
    if (time->precision == TIME_NONE || text_bytes < (number.len ? TEXT_BYTES_MIN : TEXT_BYTES_MIN_ALONE) ||
        (!number.len && !exact))
        return 0;
    uint64_t hash = hash_64_seeded(text_hash ^ (uint64_t)time->ms, number);
    return hash ? hash : 1;
}

/* cache_hints: reads Cache-Control, Age, Expires and Retry-After. Pure. */
#include "feeds/http/cache_hints.h"

#include <curl/curl.h>

static const time_t date_end_s = 253402300800; /* the year 10000: an HTTP date's has four digits */

enum {
    PAUSE_DEFAULT_MS = 600000,   /* when the server names no time ... */
    PAUSE_MAX_MS = 24 * 3600000, /* ... and at most; 88 h were seen */
};

int64_t cache_http_date_ms(struct str text)
{
    char copy[64];
    text = str_trim_ascii(text);
    if (text.len < 10 || text.len >= sizeof(copy)) /* "0" and "-1" are written as dates too, and are none */
        return -1;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    time_t seconds = curl_getdate(copy, NULL);
    return seconds < 0 || seconds >= date_end_s ? -1 : (int64_t)seconds * 1000;
}

static int32_t clamp_s(int64_t seconds)
{
    return seconds <= 0 ? 0 : seconds > INT32_MAX ? INT32_MAX : (int32_t)seconds;
}

/* delta-seconds (RFC 9111 1.2.2): digits, tolerated in quotes; what is none counts as 0, too large a one as
 * the largest. */
static int64_t delta_seconds(struct str number)
{
    number = str_trim_ascii(number);
    if (number.len > 1 && number.ptr[0] == '"' && number.ptr[number.len - 1] == '"')
        number = str_slice(number, 1, number.len - 1);
    int64_t seconds;
    if (str_to_int64(number, &seconds))
        return seconds < 0 ? 0 : seconds;
    for (size_t i = 0; i < number.len; i++)
        if (number.ptr[i] < '0' || number.ptr[i] > '9')
            return 0;
    return number.len ? INT32_MAX : 0;
}

/* One Cache-Control line: *max_age is set when it has one; false when it forbids to rely on anything. */
static bool read_cache_control(struct str line, int64_t *max_age)
{
    struct str part;
    while (str_split(&line, ',', &part)) {
        part = str_trim_ascii(part);
        if (str_starts_nocase(part, STR("no-cache")) || str_starts_nocase(part, STR("no-store")))
            return false;
        if (str_starts_nocase(part, STR("max-age=")))
            *max_age = delta_seconds(str_slice(part, 8, part.len));
    }
    return true;
}

int32_t cache_hint_s(const struct http_answer *answer)
{
    int64_t max_age = -1;
    for (size_t i = 0; i < answer->header_count; i++) /* the header may come in several lines */
        if (str_equal_nocase(answer->headers[i].name, STR("cache-control")) &&
            !read_cache_control(answer->headers[i].value, &max_age))
            return 0;
    if (max_age >= 0)
        return clamp_s(max_age - delta_seconds(http_answer_header(answer, STR("age"))));
    int64_t expires = cache_http_date_ms(http_answer_header(answer, STR("expires")));
    int64_t date = cache_http_date_ms(http_answer_header(answer, STR("date")));
    if (expires < 0)
        return 0;
    return clamp_s((expires - (date >= 0 ? date : answer->received_ms)) / 1000);
}

int64_t cache_retry_after_ms(const struct http_answer *answer, int64_t now_ms)
{
    struct str value = http_answer_header(answer, STR("retry-after"));
    int64_t until = cache_http_date_ms(value);
    if (until >= 0)
        return until > now_ms ? until - now_ms : 0;
    return (int64_t)clamp_s(delta_seconds(value)) * 1000;
}

int64_t cache_pause_ms(const struct http_answer *answer, int64_t now_ms)
{
    if (answer->error != FETCH_ERROR_NONE || http_answer_is_challenge(answer) ||
        !http_answer_is_throttled(answer))
        return 0;
    int64_t wait = cache_retry_after_ms(answer, now_ms);
    if (wait == 0)
        return PAUSE_DEFAULT_MS;
    return wait < PAUSE_MAX_MS ? wait : PAUSE_MAX_MS;
}

/* cache_hints: reads Cache-Control, Age, Expires and Retry-After. Pure. */
#include "feeds/cache_hints.h"

#include <curl/curl.h>

int64_t cache_http_date_ms(struct str text)
{
    char copy[64];
    text = str_trim_ascii(text);
    if (text.len < 10 || text.len >= sizeof(copy)) /* "0" and "-1" are written as dates too, and are none */
        return -1;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    time_t seconds = curl_getdate(copy, NULL);
    return seconds < 0 ? -1 : (int64_t)seconds * 1000;
}

static int32_t clamp_s(int64_t seconds)
{
    return seconds <= 0 ? 0 : seconds > INT32_MAX ? INT32_MAX : (int32_t)seconds;
}

int32_t cache_hint_s(const struct poll_answer *answer)
{
    struct str rest = poll_header(answer, STR("cache-control")), part;
    int64_t max_age = -1, age = 0;
    while (str_split(&rest, ',', &part)) {
        part = str_trim_ascii(part);
        if (str_starts_nocase(part, STR("no-cache")) || str_starts_nocase(part, STR("no-store")))
            return 0;
        if (str_starts_nocase(part, STR("max-age="))) {
            struct str number = str_slice(part, 8, part.len);
            if (number.len > 1 && number.ptr[0] == '"')
                number = str_slice(number, 1, number.len - 1);
            if (!str_to_int64(number, &max_age) || max_age < 0)
                max_age = 0;
        }
    }
    if (max_age >= 0) {
        if (!str_to_int64(str_trim_ascii(poll_header(answer, STR("age"))), &age) || age < 0)
            age = 0;
        return clamp_s(max_age - age);
    }
    int64_t expires = cache_http_date_ms(poll_header(answer, STR("expires")));
    int64_t date = cache_http_date_ms(poll_header(answer, STR("date")));
    if (expires < 0)
        return 0;
    return clamp_s((expires - (date >= 0 ? date : answer->received_ms)) / 1000);
}

int64_t cache_retry_after_ms(const struct poll_answer *answer, int64_t now_ms)
{
    struct str value = str_trim_ascii(poll_header(answer, STR("retry-after")));
    int64_t seconds;
    if (str_to_int64(value, &seconds))
        return seconds > 0 && seconds < INT32_MAX ? seconds * 1000 : 0;
    int64_t until = cache_http_date_ms(value);
    return until > now_ms ? until - now_ms : 0;
}

/* dateline_east: bracketed forms of Japan and Korea, agency-first forms of China, Arabic ones. Worker
 * threads. */
#include "processors/language/dateline_east.h"

#include "base/utf8.h"
#include "processors/language/dateline_lists.h"
#include "processors/language/dateline_reader.h"
#include "processors/language/words.h"

enum {
    PLACE_POINTS_MAX = 12,   /* of a name of a place */
    BRACKET_BYTES_MAX = 150, /* between opener and closer */
    NAME_POINTS = 3,         /* a Chinese name's usual length */
    REPORTER_BYTES_MAX = 60, /* "홍길동 기자 =" */
    WORDS_MAX = 3,           /* of an Arabic place */
};

static bool take_str(struct dateline_reader *reader, const char *literal)
{
    struct str wanted = str_from(literal);
    if (!str_starts(str_slice(reader->text, reader->at, reader->text.len), wanted))
        return false;
    reader->at += wanted.len;
    return true;
}

/* A bracket of either width. Gives the closer that belongs to it. */
static const char *take_opener(struct dateline_reader *reader)
{
    static const char *const pairs[][2] = {{"（", "）"}, {"(", ")"}, {"【", "】"}, {"［", "］"}, {"[", "]"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (take_str(reader, pairs[i][0]))
            return pairs[i][1];
    return NULL;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0x3000;
}

static void skip_any_spaces(struct dateline_reader *reader)
{
    size_t n;
    for (uint32_t c = dateline_peek(reader, &n); n && is_space(c); c = dateline_peek(reader, &n))
        reader->at += n;
}

/* Letters of a script without case, up to PLACE_POINTS_MAX. */
static struct str read_letters(struct dateline_reader *reader)
{
    size_t begin = reader->at, n, points = 0;
    for (uint32_t c = dateline_peek(reader, &n); n && points <= PLACE_POINTS_MAX;
         c = dateline_peek(reader, &n)) {
        if ((!words_is_letter(c) && c != 0x30FB) || words_case(c) != CASE_NONE)
            break;
        reader->at += n;
        points++;
    }
    return points > 0 && points <= PLACE_POINTS_MAX ? str_slice(reader->text, begin, reader->at) : STR_NONE;
}

static bool read_digits(struct dateline_reader *reader)
{
    size_t begin = reader->at, n;
    for (uint32_t c = dateline_peek(reader, &n); n && words_is_digit(c); c = dateline_peek(reader, &n))
        reader->at += n;
    return reader->at > begin;
}

/* "2021年3月5日", "3月5日", "5日"; Korean "3월 5일". */
static struct str read_day(struct dateline_reader *reader)
{
    struct dateline_reader try = *reader;
    size_t begin = try.at;
    for (int part = 0; part < 3 && read_digits(&try); part++) {
        if (take_str(&try, "日") || take_str(&try, "일")) {
            *reader = try;
            return str_slice(try.text, begin, try.at);
        }
        if (!take_str(&try, "年") && !take_str(&try, "月") && !take_str(&try, "년") && !take_str(&try, "월"))
            return STR_NONE;
        skip_any_spaces(&try);
    }
    return STR_NONE;
}

/* "中央社記者王小明台北": the name is not the place. */
static struct str behind_reporter(struct str place)
{
    struct dateline_reader reader = {.text = place};
    if (!take_str(&reader, "记者") && !take_str(&reader, "記者"))
        return place;
    struct str rest = str_slice(place, reader.at, place.len);
    size_t points = utf8_length(rest), skip = points >= NAME_POINTS + 2 ? NAME_POINTS : points, at = 0;
    for (uint32_t c; skip > 0; skip--)
        at += utf8_decode(rest, at, &c);
    return str_slice(rest, at, rest.len);
}

/* "（记者王小明）" behind the dateline. */
static void skip_reporter(struct dateline_reader *reader)
{
    struct dateline_reader try = *reader;
    skip_any_spaces(&try);
    const char *closer = take_opener(&try);
    if (!closer || !(take_str(&try, "记者") || take_str(&try, "記者")))
        return;
    ptrdiff_t end = str_find(try.text, str_from(closer), try.at);
    if (end >= 0 && (size_t)end - try.at <= BRACKET_BYTES_MAX)
        reader->at = (size_t)end + strlen(closer);
}

/* "新华社北京3月5日电（记者王小明）", "中新网3月5日电", "（中央社台北5日電）". */
static bool read_chinese(struct str text, struct dateline_east *found)
{
    struct dateline_reader reader = {.text = text};
    const char *closer = take_opener(&reader);
    size_t agency = dateline_agency_prefix(str_slice(text, reader.at, text.len));
    if (agency == 0)
        return false;
    found->agency = str_slice(text, reader.at, reader.at + agency);
    reader.at += agency;
    skip_any_spaces(&reader);
    found->place = behind_reporter(read_letters(&reader));
    skip_any_spaces(&reader);
    found->date = read_day(&reader);
    if (!found->date.ptr)
        return false;
    (void)(take_str(&reader, "专") || take_str(&reader, "專"));
    if (!take_str(&reader, "电") && !take_str(&reader, "電") && !take_str(&reader, "讯") &&
        !take_str(&reader, "訊"))
        return false;
    skip_reporter(&reader);
    if (closer && !take_str(&reader, closer))
        return false;
    found->end = reader.at;
    return true;
}

/* "홍길동 기자 = " behind the bracket. */
static size_t behind_korean_reporter(struct str text, size_t at)
{
    struct str ahead = utf8_cut(str_slice(text, at, text.len), REPORTER_BYTES_MAX);
    static const char *const roles[] = {"기자 =", "특파원 =", "기자="};
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        ptrdiff_t found = str_find(ahead, str_from(roles[i]), 0);
        if (found >= 0)
            return at + (size_t)found + strlen(roles[i]);
    }
    return at;
}

/* The inner part of a bracket: "東京＝山田太郎", "ソウル共同", "서울=연합뉴스", "東京 5日 ロイター". */
static bool read_inside(struct str inner, struct dateline_east *found)
{
    struct dateline_reader reader = {.text = inner};
    found->place = read_letters(&reader);
    if (found->place.len == 0 || dateline_listed(found->place, DATELINE_NO_PLACES))
        return false;
    skip_any_spaces(&reader);
    found->date = read_day(&reader);
    skip_any_spaces(&reader);
    ptrdiff_t wide = str_find(inner, STR("＝"), reader.at), narrow = str_find_byte(inner, '=', reader.at);
    size_t sign = wide >= 0 ? (size_t)wide : narrow >= 0 ? (size_t)narrow : inner.len;
    if (sign < inner.len) {
        struct str name = str_trim(str_slice(inner, sign + (wide >= 0 ? strlen("＝") : 1), inner.len));
        found->agency = dateline_listed(name, DATELINE_AGENCIES) ? name : STR_NONE;
        bool place_ends = sign == reader.at || is_space((unsigned char)inner.ptr[reader.at - 1]);
        return name.len > 0 && place_ends && sign - found->place.len <= REPORTER_BYTES_MAX;
    }
    size_t agency = dateline_agency_suffix(inner);
    size_t begin = inner.len - agency, place_end = found->place.len;
    if (agency == 0 || begin == 0 || (reader.at < begin && !found->date.ptr))
        return false;
    found->agency = str_slice(inner, begin, inner.len);
    found->place = str_slice(inner, 0, place_end < begin ? place_end : begin);
    return true;
}

static bool read_bracketed(struct str text, struct dateline_east *found)
{
    struct dateline_reader reader = {.text = text};
    const char *closer = take_opener(&reader);
    ptrdiff_t end = closer ? str_find(text, str_from(closer), reader.at) : -1;
    if (end < 0 || (size_t)end - reader.at > BRACKET_BYTES_MAX)
        return false;
    if (!read_inside(str_slice(text, reader.at, (size_t)end), found))
        return false;
    reader.at = behind_korean_reporter(text, (size_t)end + strlen(closer));
    (void)dateline_read_dash(&reader);
    found->end = reader.at;
    return true;
}

/* "دبي (رويترز) -", "القاهرة 5 مارس (رويترز) -": a known agency in brackets behind few words. */
static bool read_caseless(struct str text, struct dateline_east *found)
{
    struct dateline_reader reader = {.text = text};
    size_t place_end = 0;
    for (int words = 0; words < WORDS_MAX && read_letters(&reader).len > 0; words++) {
        place_end = reader.at;
        if (!dateline_skip_spaces(&reader))
            break;
    }
    if (place_end == 0)
        return false;
    found->place = str_slice(text, 0, place_end);
    (void)(dateline_take(&reader, ',') || take_str(&reader, "،") || take_str(&reader, "-"));
    (void)dateline_skip_spaces(&reader);
    size_t date_at = reader.at;
    if (read_digits(&reader) && dateline_skip_spaces(&reader) && read_letters(&reader).len > 0)
        found->date = str_slice(text, date_at, reader.at);
    (void)dateline_skip_spaces(&reader);
    bool slashes;
    if (!dateline_read_agency(&reader, &found->agency, &slashes) || !dateline_is_agency(found->agency))
        return false;
    (void)(dateline_read_dash(&reader) || dateline_take(&reader, ':'));
    found->end = reader.at;
    return true;
}

bool dateline_read_east(struct str text, struct dateline_east *ret_dateline)
{
    static bool (*const forms[])(struct str, struct dateline_east *) = {read_chinese, read_bracketed,
                                                                        read_caseless};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        *ret_dateline = (struct dateline_east){0};
        if (forms[i](text, ret_dateline))
            return ret_dateline->place.len || ret_dateline->agency.len;
    }
    return false;
}

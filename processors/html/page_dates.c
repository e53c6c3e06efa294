/* page_dates: metadata_read_dates(): when the article was published, as far as the page shows it without
 * saying it to machines: elements named for dates, the path of the address, the lines about the heading, at
 * last any short line. Worker threads; linear in the page. */
#include "processors/html/metadata.h"

#include "base/url.h"
#include "base/utf8.h"
#include "processors/html/page_layout.h"
#include "processors/text/shown_date.h"

enum {
    CANDIDATES_MAX = 150, /* elements read; a page with more is a list */
    NODES_MAX = 40,       /* of an element that holds nothing but a date */
    TEXT_MAX = 200,       /* bytes of its text */
    LINES_BEFORE = 6,     /* about the heading */
    LINES_BEHIND = 12,
    LINE_MAX = 160,
    PARAGRAPH_MAX = 4000,
    FIRST_WORDS = 18, /* bytes of it */
    JUST_BEFORE = 15, /* elements about the heading */
    NEAR_BEFORE = 80,
    NEAR_BEHIND = 200,
    LINES_LOOKED_AT = 300, /* that have a number, anywhere */
    SHORT_MAX = 100,       /* bytes of such a line */
    LONG_MAX = 300,
    DAY_MS = 24 * 3600 * 1000,
    ZONES_MS = 14 * 3600 * 1000, /* the farthest from UTC */
};

struct page_dates {
    struct arena *arena;
    const struct dom *dom;
    const struct page_layout *layout;
    enum shown_order order;
};

/* ---- What 03/05/2025 means here ---- */

static bool ends_with_any(struct str text, const char *const *ends)
{
    for (; *ends; ends++)
        if (str_ends(text, str_from(*ends)))
            return true;
    return false;
}

/* English pages write the month first but for those of countries that do not; pages of other languages the
 * day. A page without a language says nothing. */
static enum shown_order order_of(struct arena *arena, struct str language, struct str address)
{
    static const char *const day_first[] = {".uk", ".au", ".ie", ".nz", ".in", ".za", NULL};
    static const char *const regions[] = {"-gb", "_gb", "-au", "_au", "-ie", "_ie", "-nz",
                                          "_nz", "-in", "_in", "-za", "_za", NULL};
    if (language.len < 2)
        return SHOWN_OPEN;
    if (!str_starts_nocase(language, STR("en")))
        return SHOWN_DAY_FIRST;
    bool elsewhere = layout_has_any(language, regions) || ends_with_any(url_host(arena, address), day_first);
    return elsewhere ? SHOWN_DAY_FIRST : SHOWN_MONTH_FIRST;
}

/* ---- Elements ---- */

/* "updated", "Stand:", "mis à jour" ...: not when it was published. */
static const char *const changes[] = {
    "updat",   "modif",         "aktualis", "actualis", "mis \xC3\xA0 jour", "aggiorn",  "atualiz",
    "last",    "edited",        "revis",    "stand:",   "bijgewerkt",        "oppdater", "uppdater",
    "opdater", "g\xC3\xBCncel", NULL};

bool metadata_tells_change(struct str text)
{
    return layout_has_any(text, changes);
}

static bool is_of_change(const struct dom *dom, uint32_t node, struct str text)
{
    return layout_is_named(dom, node, changes) || metadata_tells_change(text);
}

/* The points that the element's place and names earn, in halves; the greatest wins, and under three none. */
static int points_of(const struct page_dates *page, uint32_t node, struct str text)
{
    static const char *const born[] = {"publi", "entry-date", "posted", "created", "datum", "fecha", NULL};
    static const char *const dated[] = {"date", "time", NULL};
    int points = page->dom->nodes[node].tag == TAG_TIME;
    points += layout_is_named(page->dom, node, born) ? 4 : layout_is_named(page->dom, node, dated) ? 2 : 0;
    points -= page->layout->places[node] & PLACE_RELATED ? 4 : 0;
    points -= is_of_change(page->dom, node, text) ? 3 : 0;
    points -= text.len > TEXT_MAX / 2 ? 2 : 0;
    int64_t distance;
    if (layout_behind_heading(page->layout, node, &distance))
        points += distance >= 0 && distance < NEAR_BEHIND   ? 3
                  : distance < 0 && distance > -JUST_BEFORE ? 3
                  : distance < 0 && distance > -NEAR_BEFORE ? 2
                                                            : 0;
    return points;
}

/* The element or one in it shows some other date than the article's. */
static bool is_of_other_date(const struct page_dates *page, uint32_t node)
{
    static const char *const others[] = {"comment",    "reply",     "current",   "today", "header-date",
                                         "headerdate", "edition",   "copyright", "tweet", "teaser",
                                         "joined",     "instagram", NULL};
    static const char *const today[] = {"today", NULL};
    for (uint32_t i = node + 1; i < page->dom->nodes[node].end; i++)
        if (page->dom->nodes[i].tag != TAG_TEXT && layout_is_named(page->dom, i, today))
            return true;
    return layout_is_named(page->dom, node, others);
}

static bool is_candidate(const struct page_dates *page, uint32_t node)
{
    static const char *const words[] = {"date",    "time",       "publi",  "posted", "meta",
                                        "datum",   "fecha",      "byline", "stamp",  "updated",
                                        "created", "entry-info", NULL};
    const struct dom_node *item = &page->dom->nodes[node];
    if (page->layout->places[node] & (PLACE_BESIDE | PLACE_QUOTED) || item->end - node > NODES_MAX ||
        !(item->tag == TAG_TIME || layout_is_named(page->dom, node, words)))
        return false;
    return !is_of_other_date(page, node);
}

static bool element_date(const struct page_dates *page, uint32_t node, struct str text,
                         struct article_date *ret_date)
{
    static const char *const attributes[] = {"datetime",  "content",       "title",    "data-timestamp",
                                             "data-date", "data-datetime", "data-time"};
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
        struct str value = str_trim(dom_attribute(page->dom, node, attributes[i]));
        struct article_date date = *ret_date;
        if (value.len && value.len <= TEXT_MAX && moment_parse(page->arena, value, &date) == 0 &&
            date.precision >= DATE_DAY) {
            *ret_date = date;
            return true;
        }
    }
    return shown_date_find(page->arena, text, page->order, ret_date);
}

static bool read_elements(const struct page_dates *page, struct article_date *ret_date)
{
    int best = 2;
    size_t seen = 0;
    for (uint32_t i = 0; i < page->dom->count && seen < CANDIDATES_MAX; i++) {
        if (page->dom->nodes[i].tag == TAG_TEXT || html_tag_flags(page->dom->nodes[i].tag) & TAG_IS_HIDDEN)
            continue;
        if (!is_candidate(page, i))
            continue;
        struct str text = layout_element_text(page->arena, page->dom, i, TEXT_MAX);
        struct article_date date = {.kind = "published", .origin = "page:element"};
        int points = points_of(page, i, text);
        seen += points > best;
        if (points > best && element_date(page, i, text, &date)) {
            best = points;
            *ret_date = date;
        }
    }
    return best > 2;
}

/* ---- Lines ---- */

static bool read_line(const struct page_dates *page, size_t which, size_t max, struct article_date *ret_date)
{
    struct str text = layout_line_text(page->arena, page->dom, &page->layout->lines[which], max);
    return shown_date_find(page->arena, text, page->order, ret_date);
}

/* "Last updated on 3 March 2021", and nothing of when it was published. */
static bool is_change_line(const struct page_dates *page, size_t which)
{
    static const char *const born[] = {"publi", "posted", "veröffentlicht", NULL};
    struct str text = layout_line_text(page->arena, page->dom, &page->layout->lines[which], LINE_MAX);
    return metadata_tells_change(text) && !layout_has_any(text, born);
}

static bool read_near_heading(const struct page_dates *page, struct article_date *ret_date)
{
    size_t heading = page->layout->heading_line;
    if (heading == page->layout->line_count)
        return false;
    size_t first = heading > LINES_BEFORE ? heading - LINES_BEFORE : 0;
    bool changed = false; /* *ret_date is of a change */
    for (size_t i = first; i < page->layout->line_count && i < heading + LINES_BEHIND; i++) {
        struct article_date date = *ret_date;
        bool change = is_change_line(page, i);
        if ((change && changed) || !read_line(page, i, LINE_MAX, &date))
            continue;
        *ret_date = date;
        if (!change)
            return true;
        changed = true;
    }
    return changed;
}

/* "3.3.2021 - The talks about the dam go on ...": the article's first paragraph begins with its day. */
static bool read_first_words(const struct page_dates *page, struct article_date *ret_date)
{
    size_t heading = page->layout->heading_line, count = page->layout->line_count;
    for (size_t i = heading; i < count && i < heading + LINES_BEHIND; i++) {
        struct str text = layout_line_text(page->arena, page->dom, &page->layout->lines[i], PARAGRAPH_MAX);
        struct str first = utf8_cut(text, FIRST_WORDS);
        if (first.len && first.ptr[0] >= '0' && first.ptr[0] <= '9' && text.len > LINE_MAX &&
            shown_date_find(page->arena, first, page->order, ret_date))
            return true;
    }
    return false;
}

static bool has_number(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    return false;
}

/* The first line with a date outside what stands beside articles; a short one rather than a long one. */
static bool read_any_line(const struct page_dates *page, struct article_date *ret_date)
{
    bool found = false;
    size_t seen = 0;
    for (size_t i = 0; i < page->layout->line_count && seen < LINES_LOOKED_AT; i++) {
        const struct layout_line *line = &page->layout->lines[i];
        if (page->layout->places[line->first] & PLACE_BESIDE)
            continue;
        struct str text = layout_line_text(page->arena, page->dom, line, found ? SHORT_MAX : LONG_MAX);
        struct article_date date = *ret_date;
        if (!has_number(text))
            continue;
        seen++;
        if (str_find(text, STR("\xC2\xA9"), 0) >= 0 ||
            !shown_date_find(page->arena, text, page->order, &date))
            continue;
        *ret_date = date;
        found = true;
        if (text.len <= SHORT_MAX)
            return true;
    }
    return found;
}

/* ---- The address ---- */

static int digits_at(struct str text, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

/* "/2022/01/11/", "-20220111-", "_2022-01-11.": year, month and day, with the same sign between or none. */
static bool read_address(struct arena *arena, struct str address, struct article_date *ret_date)
{
    for (size_t at = 9; at + 8 <= address.len; at++) {
        size_t sign = !strchr("0123456789", address.ptr[at + 4]);
        if (!strchr("/_=-", address.ptr[at - 1]) || (sign && !strchr("/_-", address.ptr[at + 4])))
            continue;
        size_t end = at + 8 + 2 * sign;
        int year = digits_at(address, at, 4), month = digits_at(address, at + 4 + sign, 2);
        int day = digits_at(address, at + 6 + 2 * sign, 2);
        bool same = !sign || (end <= address.len && address.ptr[at + 4] == address.ptr[at + 7]);
        if (!same || year < 1995 || year > 2100 || month < 1 || day < 1 || end > address.len ||
            (end < address.len && !strchr("/_.-?&#", address.ptr[end])))
            continue;
        struct str iso = arena_printf(arena, "%04d-%02d-%02d", year, month, day);
        if (iso.ptr && moment_parse(arena, iso, ret_date) == 0)
            return true;
    }
    return false;
}

/* ---- All ---- */

static void keep(struct arena *arena, struct page_metadata *metadata, const struct article_date *date)
{
    struct article_date *slot = article_list_add(arena, &metadata->dates);
    if (slot)
        *slot = *date;
}

/* True when `date` has the time of day that belongs to the day of an address, in whatever zone. */
static bool is_finer(const struct article_date *date, const struct article_date *day)
{
    int64_t behind = date->ms - day->ms;
    return date->precision > DATE_DAY && behind > -ZONES_MS && behind < DAY_MS + ZONES_MS;
}

void metadata_read_dates(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                         struct str address, struct page_metadata *metadata)
{
    struct page_dates page = {.arena = arena, .dom = dom, .layout = layout};
    struct article_date date = {.kind = "published", .origin = "page:address"}, shown = {0};
    bool told = read_address(arena, address, &date) || read_address(arena, metadata->canonical, &date);
    page.order = order_of(arena, metadata->language, address.len ? address : metadata->canonical);
    bool found = read_elements(&page, &shown);
    if (told || found) {
        keep(arena, metadata, found && (!told || is_finer(&shown, &date)) ? &shown : &date);
        return;
    }
    date.origin = "page:heading";
    bool near = read_near_heading(&page, &date) || read_first_words(&page, &date);
    if (!near)
        date.origin = "page:text";
    if (near || read_any_line(&page, &date))
        keep(arena, metadata, &date);
}

/* Days from the start of 1970. */
static int64_t day_of(int64_t ms)
{
    return (ms - ((ms % DAY_MS) + DAY_MS) % DAY_MS) / DAY_MS;
}

void metadata_show_day(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                       struct str address, struct page_metadata *metadata)
{
    struct page_dates page = {.arena = arena, .dom = dom, .layout = layout};
    struct article_date shown = {.kind = "published", .origin = "page:heading"}, *told = NULL;
    for (size_t i = 0; i < metadata->dates.count && !told; i++)
        if (str_equal(str_from(metadata->dates.items[i].kind), STR("published")))
            told = &metadata->dates.items[i];
    bool instant = told && told->precision > DATE_DAY;
    if (!told || told->precision < DATE_DAY || told->local.ptr || (instant && !told->zoned))
        return;
    page.order = order_of(arena, metadata->language, address.len ? address : metadata->canonical);
    if (!read_near_heading(&page, &shown))
        return;
    int64_t days = day_of(shown.ms) - day_of(told->ms);
    if (days != 1 && days != -1)
        return;
    if (instant) {
        int offset_min = 0;
        while (day_of(told->ms + (int64_t)offset_min * 60000) != day_of(shown.ms))
            offset_min += days > 0 ? 60 : -60;
        if (offset_min <= ZONES_MS / 60000 && offset_min >= -ZONES_MS / 60000)
            told->local = moment_format_local(arena, told->ms, told->precision, offset_min);
        return;
    }
    size_t place = (size_t)(told - metadata->dates.items);
    struct article_date *slot = article_list_add(arena, &metadata->dates);
    if (!slot)
        return;
    for (size_t i = metadata->dates.count - 1; i > place; i--)
        metadata->dates.items[i] = metadata->dates.items[i - 1];
    metadata->dates.items[place] = shown;
}

/* json_ld_articles: collects first, chooses then. Any thread. */
#include "processors/html/json_ld_articles.h"

enum {
    DEPTH_MAX = 6,          /* of @graph, arrays and mainEntity */
    TITLE_BYTES_MIN = 12,   /* of a headline with which a longer title may begin */
    WORD_BYTES_MIN = 4,     /* of a word that headlines of one story share */
    HEADLINE_WORDS_MIN = 3, /* of a headline that tells its story from others */
    OTHER = -2,             /* weight of an article that is not the page's by address nor by headline */
};

static bool is_article_type(struct str type)
{
    static const char *const types[] = {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "TechArticle",
        "SocialMediaPosting",
        "DiscussionForumPosting",
    };
    ptrdiff_t slash;
    while ((slash = str_find_byte(type, '/', 0)) >= 0) /* "http://schema.org/NewsArticle" */
        type = str_slice(type, (size_t)slash + 1, type.len);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_equal(type, str_from(types[i])))
            return true;
    return false;
}

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type"), *one;
    size_t i;
    if (is_article_type(json_reader_value(type)))
        return true;
    json_array_foreach(type, i, one) if (is_article_type(json_reader_value(one))) return true;
    return false;
}

/* What tells of the page itself, or of what it is about. */
static bool is_page(const json_t *object)
{
    static const char *const types[] = {"WebPage", "ItemPage", "HowTo", "Recipe"};
    const json_t *type = json_object_get(object, "@type");
    struct str name = json_reader_value(json_is_array(type) ? json_array_get(type, 0) : type);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_equal(name, str_from(types[i])))
            return true;
    return false;
}

static void collect(struct json_ld *found, const json_t *value, int depth)
{
    if (depth > DEPTH_MAX || ++found->objects > JSON_LD_OBJECTS_MAX)
        return;
    const json_t *one;
    size_t i;
    json_array_foreach(value, i, one) collect(found, one, depth + 1);
    if (!json_is_object(value))
        return;
    if (!found->page && json_reader_str(value, "datePublished").len && is_page(value))
        found->page = value;
    if (is_article(value) && found->article_count < JSON_LD_ARTICLES_MAX)
        found->articles[found->article_count++] = value;
    if (json_reader_str(value, "@id").len && json_object_size(value) > 1 &&
        found->named_count < JSON_LD_OBJECTS_MAX)
        found->named[found->named_count++] = value;
    collect(found, json_object_get(value, "@graph"), depth + 1);
    collect(found, json_object_get(value, "mainEntity"), depth + 1);
}

void json_ld_collect(struct json_ld *found, const json_t *root)
{
    collect(found, root, 0);
}

/* What two addresses of one page have in common: no scheme, "www.", query, fragment, last slash. */
static struct str bare_address(struct str url)
{
    static const char *const heads[] = {"https:", "http:", "//", "www."};
    static const char ends[] = {'#', '?'};
    url = str_trim(url);
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
        if (str_starts_nocase(url, str_from(heads[i])))
            url = str_slice(url, strlen(heads[i]), url.len);
    for (size_t i = 0; i < sizeof(ends); i++) {
        ptrdiff_t at = str_find_byte(url, ends[i], 0);
        if (at >= 0)
            url = str_slice(url, 0, (size_t)at);
    }
    while (url.len && url.ptr[url.len - 1] == '/')
        url.len--;
    return url;
}

/* An address without host ("/2021/dam") is a whole one's end. */
static bool same_address(struct str stated, struct str page)
{
    struct str a = bare_address(stated), b = bare_address(page);
    if (a.len == 0 || b.len == 0)
        return false;
    return str_equal(a, b) || (a.ptr[0] == '/' && a.len > 1 && str_ends(b, a));
}

/* 1 = the page's, -1 = another's, 0 = silent. */
static int weigh_address(struct str stated, const struct json_ld_page *page)
{
    if (stated.len == 0 || stated.ptr[0] == '#' || str_starts(stated, STR("_:")))
        return 0;
    if (same_address(stated, page->address) || same_address(stated, page->canonical))
        return 1;
    return page->address.len || page->canonical.len ? -1 : 0;
}

static bool same_title(struct str headline, struct str title)
{
    headline = str_trim(headline);
    title = str_trim(title);
    if (headline.len == 0 || title.len == 0)
        return false;
    return str_equal_nocase(headline, title) ||
           (headline.len >= TITLE_BYTES_MIN && str_starts_nocase(title, headline)); /* "Headline | House" */
}

/* The headline has words enough to tell, and not one of the longer ones stands in the page's title or
 * heading. */
static bool is_of_other_title(struct str headline, const struct json_ld_page *page)
{
    struct str rest = str_trim(headline), word;
    size_t words = 0;
    if (page->title.len == 0 && page->heading.len == 0)
        return false;
    while (rest.ptr && str_split(&rest, ' ', &word)) {
        words += word.len > 0;
        if (word.len >= WORD_BYTES_MIN &&
            (str_find_nocase(page->title, word, 0) >= 0 || str_find_nocase(page->heading, word, 0) >= 0))
            return false;
    }
    return words >= HEADLINE_WORDS_MIN;
}

static int weigh(const json_t *article, const struct json_ld_page *page)
{
    const json_t *main = json_object_get(article, "mainEntityOfPage");
    struct str stated[] = {json_reader_str(article, "url"), json_reader_str(article, "@id"),
                           json_is_object(main) ? json_reader_str(main, "@id") : json_reader_value(main),
                           json_reader_str(main, "url")};
    int best = 0;
    for (size_t i = 0; i < sizeof(stated) / sizeof(stated[0]); i++) {
        int weight = weigh_address(stated[i], page);
        best = weight > 0 || best == 0 ? (weight ? weight : best) : best;
    }
    struct str headline = json_reader_str(article, "headline");
    if (headline.len == 0)
        headline = json_reader_str(article, "name");
    bool titled = same_title(headline, page->heading) || same_title(headline, page->title);
    if (best < 0 && !titled && is_of_other_title(headline, page))
        return OTHER;
    return best > 0 ? 3 + titled : titled ? 2 : best;
}

void json_ld_choose(struct json_ld *found, const struct json_ld_page *page)
{
    int weights[JSON_LD_ARTICLES_MAX], best = -1;
    size_t kept = 0;
    for (size_t i = 0; i < found->article_count; i++) {
        weights[i] = weigh(found->articles[i], page);
        best = weights[i] > best ? weights[i] : best;
    }
    for (size_t i = 0; i < found->article_count; i++) {
        bool same = weights[i] == best || (best >= 3 && weights[i] >= 3);
        if (same && (best > 0 || kept == 0))
            found->articles[kept++] = found->articles[i];
    }
    found->article_count = kept;
}

const json_t *json_ld_resolve(const struct json_ld *found, const json_t *value)
{
    struct str id = json_reader_str(value, "@id");
    if (id.len == 0 || json_object_get(value, "name") || json_object_get(value, "url"))
        return value;
    for (size_t i = 0; i < found->named_count; i++)
        if (str_equal(json_reader_str(found->named[i], "@id"), id))
            return found->named[i];
    return value;
}

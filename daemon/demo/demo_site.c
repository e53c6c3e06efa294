/* demo_site: evhttp on a loopback port of the kernel's choice. Owns the server; all content is made on
 * request from the stories and the time since the start. */
#include "daemon/demo/demo_site.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "daemon/demo/demo_stories.h"

enum {
    FEEDS = 4,
    EDIT_S = 8,      /* the tram story is corrected */
    WITHDRAW_S = 10, /* the museum story is taken back */
    FAIL_FROM_S = 3, /* the harbour feed fails */
    FAIL_TO_S = 9,
};

/* Which story stands in which feed, and from which second on. */
static const struct {
    const char *slug;
    int feed, from_s;
} entries[] = {
    {"lake-accord", 0, 0},  {"tram-strike", 0, 0},   {"budget-vote", 0, 5},     {"sommet-climat", 0, 7},
    {"harbour-fire", 0, 2}, {"lake-accord", 1, 0},   {"museum-loan", 1, 0},     {"bahnstrecke", 1, 6},
    {"comet-probe", 2, 0},  {"orchard-frost", 2, 4}, {"mercado-pescado", 2, 9}, {"harbour-fire", 3, 0},
    {"ferry-line", 3, 10},
};
enum { ENTRIES = sizeof(entries) / sizeof(entries[0]) };

static const char *const paths[FEEDS] = {"/world/rss.xml", "/politics/atom.xml", "/science/feed.json",
                                         "/harbour/rss.xml"};
static const char *const titles[FEEDS] = {"Newsroom World", "Newsroom Politics", "Newsroom Science",
                                          "Harbour Gazette"};

static const char *const expected[] = {
    "published lake-accord",     "published tram-strike",  "published budget-vote",
    "published sommet-climat",   "published harbour-fire", "published museum-loan",
    "published bahnstrecke",     "published comet-probe",  "published orchard-frost",
    "published mercado-pescado", "published ferry-line",   "revised tram-strike",
    "withdrawn museum-loan",     "feed failing",           "feed recovered",
};

struct demo_site {
    struct evhttp *http;
    char root[64];
    char urls[FEEDS][128];
    int64_t started_ms, started_wall_ms;
};

static int elapsed_s(const struct demo_site *site)
{
    return (int)((clock_monotonic_ms() - site->started_ms) / 1000);
}

static const struct demo_story *story_find(const char *slug)
{
    for (size_t i = 0; i < demo_story_count; i++)
        if (!strcmp(demo_stories[i].slug, slug))
            return &demo_stories[i];
    return NULL;
}

static bool is_edited(const struct demo_site *site, const struct demo_story *story)
{
    return !strcmp(story->slug, "tram-strike") && elapsed_s(site) >= EDIT_S;
}

static bool is_withdrawn(const struct demo_site *site, const char *slug)
{
    return !strcmp(slug, "museum-loan") && elapsed_s(site) >= WITHDRAW_S;
}

static const char *story_title(const struct demo_site *site, const struct demo_story *story)
{
    return is_edited(site, story) ? "Tram drivers in Velmont end strike after night of talks" : story->title;
}

static const char *story_paragraph(const struct demo_site *site, const struct demo_story *story, int index)
{
    if (is_edited(site, story) && index == 2)
        return "The operator, Velmont Lines, said that the stoppage had cost it 4.6 million crowns, not 4.2 "
               "million as it first "
               "stated. Fares will not rise this year.";
    return story->paragraphs[index];
}

static void escape(struct buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            buffer_append_str(out, STR("&amp;"));
        else if (*text == '<')
            buffer_append_str(out, STR("&lt;"));
        else if (*text == '>')
            buffer_append_str(out, STR("&gt;"));
        else if (*text == '"')
            buffer_append_str(out, STR("&quot;"));
        else
            buffer_append_byte(out, *text);
    }
}

/* Minutes before the start, so that the stories have an order. */
static int64_t story_time_ms(const struct demo_site *site, int from_s)
{
    return site->started_wall_ms + (from_s - 60) * 1000LL;
}

static void http_date(int64_t wall_ms, char *out, size_t size)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t day_number = wall_ms / 86400000, rest = wall_ms / 1000 % 86400, year;
    int month, day;
    clock_civil_from_days(day_number, &year, &month, &day);
    (void)snprintf(out, size, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[day_number % 7], day,
                   months[month - 1], (int)year, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static void html_body(const struct demo_site *site, const struct demo_story *story, struct buffer *out)
{
    for (int i = 0; story->paragraphs[i]; i++) {
        const char *text = story_paragraph(site, story, i);
        bool heading = strlen(text) < 40;
        buffer_append_str(out, heading ? STR("<h2>") : STR("<p>"));
        escape(out, text);
        buffer_append_str(out, heading ? STR("</h2>\n") : STR("</p>\n"));
    }
}

/* The World feed carries summaries only, so that newsd fetches the pages; the harbour feed carries whole
 * texts. */
static void rss(const struct demo_site *site, int feed, struct buffer *out)
{
    char date[40];
    buffer_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
                  "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel><title>%s</title><link>%s/</"
                  "link><description>The demo of newsd"
                  "</description><language>en</language><ttl>1</ttl>\n",
                  titles[feed], site->root);
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct demo_story *story = story_find(entries[i].slug);
        if (entries[i].feed != feed || elapsed_s(site) < entries[i].from_s)
            continue;
        http_date(story_time_ms(site, entries[i].from_s), date, sizeof(date));
        buffer_append_str(out, STR("<item><title>"));
        escape(out, story_title(site, story));
        buffer_printf(out,
                      "</title><link>%s/stories/%s</link><guid "
                      "isPermaLink=\"false\">%s-%d</guid><pubDate>%s</pubDate><dc:creator>",
                      site->root, story->slug, story->slug, feed, date);
        escape(out, story->author);
        buffer_append_str(out, STR("</dc:creator><description>"));
        escape(out, story->summary);
        buffer_append_str(out, STR("</description>"));
        if (feed == 3 || is_edited(site, story)) {
            buffer_append_str(out, STR("<content:encoded><![CDATA["));
            html_body(site, story, out);
            buffer_append_str(out, STR("]]></content:encoded>"));
        }
        buffer_append_str(out, STR("</item>\n"));
    }
    buffer_append_str(out, STR("</channel></rss>\n"));
}

static void atom(const struct demo_site *site, int feed, struct buffer *out)
{
    char date[CLOCK_RFC3339_BYTES];
    buffer_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                  "xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"><title>%s</title><id>%s/politics</"
                  "id><link href=\"%s/\"/>"
                  "<updated>%s</updated>\n",
                  titles[feed], site->root, site->root, clock_rfc3339(site->started_wall_ms, 0, date));
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct demo_story *story = story_find(entries[i].slug);
        if (entries[i].feed != feed || elapsed_s(site) < entries[i].from_s)
            continue;
        clock_rfc3339(story_time_ms(site, entries[i].from_s), 0, date);
        if (is_withdrawn(site, story->slug)) {
            buffer_printf(out, "<at:deleted-entry ref=\"tag:newsroom,2022:%s\" when=\"%s\"/>\n", story->slug,
                          date);
            continue;
        }
        buffer_append_str(out, STR("<entry><title>"));
        escape(out, story->title);
        buffer_printf(out,
                      "</title><id>tag:newsroom,2022:%s</id><link "
                      "href=\"%s/stories/%s\"/><published>%s</published><updated>%s</updated>"
                      "<author><name>%s</name></author><content type=\"html\" xml:lang=\"%s\">",
                      story->slug, site->root, story->slug, date, date, story->author, story->language);
        struct buffer body = {0};
        html_body(site, story, &body);
        escape(out, body.ptr ? body.ptr : "");
        buffer_done(&body);
        buffer_append_str(out, STR("</content></entry>\n"));
    }
    buffer_append_str(out, STR("</feed>\n"));
}

static void jsonfeed_item(const struct demo_site *site, const struct demo_story *story, int from_s,
                          struct json_writer *json)
{
    char url[160];
    struct buffer body = {0};
    (void)snprintf(url, sizeof(url), "%s/stories/%s", site->root, story->slug);
    html_body(site, story, &body);
    json_begin_object(json);
    json_field_cstr(json, "id", story->slug);
    json_field_cstr(json, "url", url);
    json_field_cstr(json, "title", story->title);
    json_field_cstr(json, "language", story->language);
    json_field_cstr(json, "summary", story->summary);
    json_field_str(json, "content_html", buffer_str(&body));
    json_field_time_ms(json, "date_published", story_time_ms(site, from_s));
    json_key(json, "authors");
    json_begin_array(json);
    json_begin_object(json);
    json_field_cstr(json, "name", story->author);
    json_end_object(json);
    json_end_array(json);
    json_end_object(json);
    buffer_done(&body);
}

static void jsonfeed(const struct demo_site *site, int feed, struct buffer *out)
{
    struct json_writer *json = json_writer_create(out, true);
    if (!json)
        return;
    json_begin_object(json);
    json_field_cstr(json, "version", "https://jsonfeed.org/version/1.1");
    json_field_cstr(json, "title", titles[feed]);
    json_field_cstr(json, "home_page_url", site->root);
    json_key(json, "items");
    json_begin_array(json);
    for (size_t i = 0; i < ENTRIES; i++)
        if (entries[i].feed == feed && elapsed_s(site) >= entries[i].from_s)
            jsonfeed_item(site, story_find(entries[i].slug), entries[i].from_s, json);
    json_end_array(json);
    json_end_object(json);
    may_fail(json_writer_finish(&json)); /* a failure shows as a broken feed */
}

/* A page with the usual clutter around the story. */
static void page(const struct demo_site *site, const struct demo_story *story, struct buffer *out)
{
    buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>",
                  story->language);
    escape(out, story_title(site, story));
    buffer_printf(out,
                  " | Newsroom</title><link rel=\"canonical\" "
                  "href=\"%s/stories/%s\"></head>\n<body><header><nav class=\"menu\"><ul>",
                  site->root, story->slug);
    buffer_append_str(out, STR("<li><a href=\"/world\">World</a></li><li><a "
                               "href=\"/politics\">Politics</a></li><li><a href=\"/science\">Science</a>"
                               "</li></ul></nav></header>\n<main><article class=\"article-body\"><h1>"));
    escape(out, story_title(site, story));
    buffer_append_str(out, STR("</h1>\n"));
    html_body(site, story, out);
    buffer_append_str(out, STR("</article>\n<aside class=\"related\"><h3>More from the newsroom</h3><ul>"));
    for (size_t i = 0; i < demo_story_count; i++) {
        buffer_printf(out, "<li><a href=\"/stories/%s\">", demo_stories[i].slug);
        escape(out, demo_stories[i].title);
        buffer_append_str(out, STR("</a></li>"));
    }
    buffer_append_str(out, STR("</ul></aside></main>\n<footer><p>Subscribe to our newsletter. All rights "
                               "reserved.</p></footer></body></html>\n"));
}

static void reply(struct evhttp_request *request, const char *type, const struct buffer *body)
{
    char tag[SHA256_HEX_BYTES + 2] = "\"";
    hash_sha256_hex(buffer_str(body), 16, tag + 1);
    (void)strncat(tag, "\"", 2); /* 16 digits and two quotes fit */
    const char *known = evhttp_find_header(evhttp_request_get_input_headers(request), "If-None-Match");
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "ETag", tag);
    evhttp_add_header(headers, "Content-Type", type);
    if (known && !strcmp(known, tag)) {
        evhttp_send_reply(request, 304, NULL, NULL);
        return;
    }
    struct evbuffer *out = evbuffer_new();
    if (out)
        evbuffer_add(out, buffer_str(body).ptr, body->len);
    evhttp_send_reply(request, 200, NULL, out);
    if (out)
        evbuffer_free(out);
}

static void on_request(struct evhttp_request *request, void *context)
{
    struct demo_site *site = context;
    const char *path = evhttp_request_get_uri(request);
    _cleanup_buffer_ struct buffer body = {0};
    int now = elapsed_s(site), feed = 0;
    while (feed < FEEDS && strcmp(path, paths[feed]))
        feed++;
    const struct demo_story *story = strncmp(path, "/stories/", 9) ? NULL : story_find(path + 9);
    if (feed == 3 && now >= FAIL_FROM_S && now < FAIL_TO_S) {
        evhttp_send_error(request, 500, NULL);
    } else if (feed == 0 || feed == 3) {
        rss(site, feed, &body);
        reply(request, "application/rss+xml; charset=utf-8", &body);
    } else if (feed == 1) {
        atom(site, feed, &body);
        reply(request, "application/atom+xml", &body);
    } else if (feed == 2) {
        jsonfeed(site, feed, &body);
        reply(request, "application/feed+json", &body);
    } else if (story && !is_withdrawn(site, story->slug)) {
        page(site, story, &body);
        reply(request, "text/html; charset=utf-8", &body);
    } else {
        evhttp_send_error(request, story ? 410 : 404, NULL);
    }
}

int demo_site_start(struct event_base *base, struct demo_site **ret_site, struct error *error)
{
    struct demo_site *site = calloc(1, sizeof(*site));
    struct sockaddr_in address;
    socklen_t size = sizeof(address);
    if (!site)
        return error_set(error, -ENOMEM, "no memory for the demo's site");
    site->http = evhttp_new(base);
    struct evhttp_bound_socket *bound =
        site->http ? evhttp_bind_socket_with_handle(site->http, "127.0.0.1", 0) : NULL;
    if (!bound || getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&address, &size)) {
        demo_site_stop(&site);
        return error_set(error, -errno, "the demo's site cannot listen on loopback");
    }
    evhttp_set_gencb(site->http, on_request, site);
    (void)snprintf(site->root, sizeof(site->root), "http://127.0.0.1:%d", ntohs(address.sin_port));
    for (int i = 0; i < FEEDS; i++)
        (void)snprintf(site->urls[i], sizeof(site->urls[i]), "%s%s", site->root, paths[i]);
    site->started_ms = clock_monotonic_ms();
    site->started_wall_ms = clock_wall_ms();
    *ret_site = site;
    return 0;
}

void demo_site_stop(struct demo_site **site)
{
    if (!*site)
        return;
    if ((*site)->http)
        evhttp_free((*site)->http);
    free(*site);
    *site = NULL;
}

size_t demo_site_feeds(const struct demo_site *site, const char **urls, size_t most)
{
    size_t count = most < FEEDS ? most : FEEDS;
    for (size_t i = 0; i < count; i++)
        urls[i] = site->urls[i];
    return count;
}

size_t demo_site_expected(const char *const **ret_lines)
{
    *ret_lines = expected;
    return sizeof(expected) / sizeof(expected[0]);
}

bool demo_site_line(struct str ce_type, struct str subject, struct str status, char *line, size_t size)
{
    static const struct str articles = {"org.newsd.article.", 18};
    if (str_equal(ce_type, STR("org.newsd.feed.status"))) {
        (void)snprintf(line, size, "feed %.*s", STR_ARG(status));
        return true;
    }
    ptrdiff_t slug = str_find(subject, STR("/stories/"), 0);
    if (!str_starts(ce_type, articles) || slug < 0)
        return false;
    struct str kind = str_slice(ce_type, articles.len, ce_type.len);
    (void)snprintf(line, size, "%.*s %.*s", STR_ARG(kind), (int)(subject.len - (size_t)slug - 9),
                   subject.ptr + slug + 9);
    return true;
}

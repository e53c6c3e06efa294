/* What pages only show to people: title, dates, authors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/html/metadata.h"

static void repeat(struct buffer *buffer, const char *piece, int times)
{
    for (int i = 0; i < times; i++)
        assert_int_equal(buffer_append_str(buffer, str_from(piece)), 0);
}

/* What the stage finds on the page. */
static void read_metadata(struct article *article, struct str html)
{
    struct dom *dom = NULL;
    struct str note = STR_NONE;
    assert_int_equal(dom_parse(article->arena, html, &dom), 0);
    article->page_tree = dom;
    assert_int_equal(stage_metadata.process(NULL, article, &note), 0);
}

/* What a page without machine-readable dates shows; NULL = no date. */
static void finds_the_date_that_is_shown(void **state)
{
    (void)state;
    static const struct {
        const char *address, *body, *value, *origin;
    } rows[] = {
        {"https://post.example/2021/03/03/dam", "<h1>Dam</h1>", "2021-03-03", "page:address"},
        {"https://post.example/dam-20210303.html", "<h1>Dam</h1>", "2021-03-03", "page:address"},
        {"https://post.example/2021/03/03/dam", "<h1>Dam</h1><time datetime='2021-03-03T23:10-05:00'></time>",
         "2021-03-04T04:10Z", "page:element"},
        {"https://post.example/20210399/1", "<h1>Dam</h1><p>Level 2021</p>", NULL, NULL},
        {"https://post.example/a", "<h1>Dam</h1><time datetime='2021-03-03T10:00Z'>3 March</time>",
         "2021-03-03T10:00Z", "page:element"},
        {"https://post.example/a",
         "<time datetime='2020-01-01' class='updated'></time><h1>Dam</h1>"
         "<span class='entry-date'>3. M\xC3\xA4rz 2021</span>",
         "2021-03-03", "page:element"},
        {"https://post.example/a",
         "<aside><time datetime='2020-01-01'></time></aside><h1>Dam</h1><p>By Ann Lee | March 3, 2021</p>",
         "2021-03-03", "page:heading"},
        {"https://post.example/a", "<h1>Dam</h1><p>Publicado el 3 de marzo de 2021</p>", "2021-03-03",
         "page:heading"},
        {"https://post.example/a", "<h1>Dam</h1><p>03/04/2021</p>", "2021-03-04", "page:heading"},
        {"https://post.co.uk/a", "<h1>Dam</h1><p>03/04/2021</p>", "2021-04-03", "page:heading"},
        {"https://post.example/a", "<p>\xC2\xA9 3 March 2019 Post</p><p>Put up on 3 March 2021 by us</p>",
         "2021-03-03", "page:text"},
        {"https://post.example/a",
         "<h1>Dam</h1><p>Last updated on 5 May 2022</p><p>Published: 3 March 2021</p>", "2021-03-03",
         "page:heading"},
        {"https://post.example/a", "<h1>Dam</h1><p>Last updated on 5 May 2022</p>", "2022-05-05",
         "page:heading"},
        {"https://post.example/a",
         "<div class='posted-date'><p id='todays-date'>9 May 2024</p></div><h1>Dam</h1><p class='date'>3 "
         "March 2021</p>",
         "2021-03-03", "page:element"},
        {"https://post.example/a",
         "<p class='hero-date'>3 March 2021</p><h1>Dam</h1><p>Text</p><p class='item-date'>9 May 2020</p>",
         "2021-03-03", "page:element"},
        {"https://post.example/a",
         "<h1>Dam</h1><p>3.3.2021 - The talks about the dam go on, as both sides said on Monday; they had "
         "been broken off in winter after a night of rain that nobody in the valley has forgotten, and of "
         "which the house wrote on 9 May 2020.</p>",
         "2021-03-03", "page:heading"},
        {"https://post.example/a", "<h1>Dam</h1><p>Five of 12 houses stood in March 2021</p>", NULL, NULL},
        {"https://post.example/a", "<h1>Dam</h1><footer><time datetime='2020-01-01'></time></footer>", NULL,
         NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena, .page_url = str_from(rows[i].address)};
        struct str html = arena_printf(arena, "<html lang=en><body>%s</body></html>", rows[i].body);
        read_metadata(&article, html);
        const struct article_date *date = NULL;
        for (size_t k = 0; k < article.dates.count && !date; k++)
            if (strcmp(article.dates.items[k].kind, "published") == 0)
                date = &article.dates.items[k];
        if (!rows[i].value ? date != NULL
                           : !date || !str_equal(date->value, str_from(rows[i].value)) ||
                                 strcmp(date->origin, rows[i].origin) != 0)
            fail_msg("row %zu: %s %s", i, date ? date->value.ptr : "none", date ? date->origin : "");
        arena_destroy(&arena);
    }
}

/* Names of meta elements that only some houses use. */
static void reads_dates_of_rare_names(void **state)
{
    (void)state;
    static const char *const names[] = {"published", "published_on", "published_at"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena};
        read_metadata(&article,
                      arena_printf(arena, "<meta name='%s' content='2021-03-03'><h1>Dam</h1>", names[i]));
        assert_int_equal(article.dates.count, 1);
        assert_string_equal(article.dates.items[0].value.ptr, "2021-03-03");
        arena_destroy(&arena);
    }
}

/* The object of the page speaks where none of an article does. */
static void reads_what_the_page_says_of_itself(void **state)
{
    (void)state;
    static const struct {
        const char *article, *date, *author;
    } rows[] = {
        {"", "2021-03-03", "Ann Lee"},
        {"{\"@type\":\"Article\",\"datePublished\":\"2021-05-05\",\"author\":\"Ben Ode\"},", "2021-05-05",
         "Ben Ode"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena};
        read_metadata(&article,
                      arena_printf(arena,
                                   "<script type='application/ld+json'>[%s{\"@type\":[\"WebPage\"],"
                                   "\"datePublished\":\"2021-03-03\",\"author\":{\"name\":\"Ann Lee\"}}]"
                                   "</script><h1>Dam</h1>",
                                   rows[i].article));
        assert_int_equal(article.dates.count, 1);
        assert_string_equal(article.dates.items[0].value.ptr, rows[i].date);
        assert_int_equal(article.authors.count, 1);
        assert_string_equal(article.authors.items[0].name.ptr, rows[i].author);
        arena_destroy(&arena);
    }
}

/* What machines are told in UTC, or as a day alone, against the day that people are shown. */
static void the_day_shown_sets_the_clock(void **state)
{
    (void)state;
    static const struct {
        const char *told, *shown, *value, *local;
    } rows[] = {
        {"2021-03-03T23:30:00Z", "March 4, 2021", "2021-03-03T23:30:00Z", "2021-03-04T00:30:00+01:00"},
        {"2021-03-03T02:30:00+00:00", "March 2, 2021", "2021-03-03T02:30:00Z", "2021-03-02T23:30:00-03:00"},
        {"2021-03-03T23:30:00Z", "March 3, 2021", "2021-03-03T23:30:00Z", NULL},
        {"2021-03-03T23:30:00Z", "March 5, 2021", "2021-03-03T23:30:00Z", NULL}, /* another day's news */
        {"2021-03-03T02:00:00Z", "March 4, 2021", "2021-03-03T02:00:00Z",
         NULL}, /* no clock is so far ahead */
        {"2021-03-03T23:30:00-05:00", "March 4, 2021", "2021-03-04T04:30:00Z", "2021-03-03T23:30:00-05:00"},
        {"2021-03-03T23:30:00", "March 4, 2021", "2021-03-03T23:30:00Z", NULL}, /* of no zone */
        {"2021-03-03", "March 4, 2021", "2021-03-04", NULL},
        {"2021-03-03", "March 14, 2021", "2021-03-03", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena, .page_url = STR("https://post.example/dam")};
        read_metadata(&article,
                      arena_printf(arena,
                                   "<html lang=en><meta property='article:published_time' content='%s'>"
                                   "<body><h1>Dam</h1><p>By Ann Lee, %s</p>",
                                   rows[i].told, rows[i].shown));
        const struct article_date *date = article.dates.items;
        struct str local = rows[i].local ? str_from(rows[i].local) : STR_NONE;
        if (article.dates.count == 0 || !str_equal(date->value, str_from(rows[i].value)) ||
            !str_equal(date->local, local))
            fail_msg("row %zu: %s", i, article.dates.count ? date->local.ptr : "no date");
        arena_destroy(&arena);
    }
}

/* What the headers of the answer ask, beside the page's own elements. */
static void reads_opt_outs_of_headers(void **state)
{
    (void)state;
    static const struct {
        const char *headers, *head;
        unsigned opt_outs;
    } rows[] = {
        {"X-Robots-Tag: noai", "", OPT_OUT_AI},
        {"x-robots-tag:  index,NoImageAI , noarchive ", "", OPT_OUT_IMAGE_AI | OPT_OUT_ARCHIVE},
        {"X-Robots-Tag: noai\nX-Robots-Tag: nosnippet", "", OPT_OUT_AI | OPT_OUT_SNIPPET},
        {"X-Robots-Tag: newsd: noai, noarchive", "", OPT_OUT_AI | OPT_OUT_ARCHIVE},
        {"X-Robots-Tag: NewsD/1.0: noai", "", OPT_OUT_AI},
        {"X-Robots-Tag: *: noai", "", OPT_OUT_AI},
        {"X-Robots-Tag: googlebot: noindex, noai", "", 0},
        {"X-Robots-Tag: newsdesk: noai", "", 0},
        {"X-Robots-Tag: a: noai, newsd: nosnippet, b: noarchive", "", OPT_OUT_SNIPPET},
        {"X-Robots-Tag: nosnippet, googlebot: noai", "", OPT_OUT_SNIPPET},
        {"X-Robots-Tag: unavailable_after: Wed, 25 Jun 2031 15:00:00 PST, noai", "", OPT_OUT_AI},
        {"X-Robots-Tag: max-snippet: 20, noai", "", OPT_OUT_AI},
        {"X-Robots-Tag: googlebot: max-snippet: 20, noai", "", 0},
        {"X-Robots-Tag: all", "", 0},
        {"X-Robots-Tag:", "", 0},
        {"X-Robots-Tag: ,:,: ,noai", "", OPT_OUT_AI},
        {"TDM-Reservation: 1", "", OPT_OUT_TDM},
        {"tdm-reservation: 0", "", 0},
        {"TDM-Reservation: yes\nno header\n: noai\nX-Robots: noai", "", 0},
        /* The stricter of the two holds. */
        {"TDM-Reservation: 0", "<meta name=tdm-reservation content=1>", OPT_OUT_TDM},
        {"TDM-Reservation: 1", "<meta name=tdm-reservation content=0>", OPT_OUT_TDM},
        {"X-Robots-Tag: all", "<meta name=robots content=noai>", OPT_OUT_AI},
        {"X-Robots-Tag: noarchive", "<meta name=robots content='all, noai'>", OPT_OUT_AI | OPT_OUT_ARCHIVE},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena, .page_headers = str_from(rows[i].headers)};
        read_metadata(&article, arena_printf(arena, "<html><head>%s</head><body><h1>Dam</h1>", rows[i].head));
        if (article.opt_outs != rows[i].opt_outs)
            fail_msg("row %zu: %u, want %u", i, article.opt_outs, rows[i].opt_outs);
        arena_destroy(&arena);
    }
}

/* The terms of a reservation are an address, and nothing without one. */
static void reads_where_the_terms_of_mining_stand(void **state)
{
    (void)state;
    static const struct {
        const char *headers, *head, *policy;
    } rows[] = {
        {"TDM-Reservation: 1\nTDM-Policy: /terms.json", "", "https://post.example/terms.json"},
        {"TDM-Policy: https://a.example/t", "<meta name=tdm-reservation content=1>", "https://a.example/t"},
        {"TDM-Reservation: 1", "<meta name=tdm-policy content='/meta.json'>",
         "https://post.example/meta.json"},
        {"TDM-Policy: /terms.json", "", NULL},
        {"TDM-Reservation: 1\nTDM-Policy: javascript:a()", "", NULL},
        {"TDM-Reservation: 1", "", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena,
                                  .page_url = STR("https://post.example/dam"),
                                  .page_headers = str_from(rows[i].headers)};
        read_metadata(&article, arena_printf(arena, "<html><head>%s</head><body><h1>Dam</h1>", rows[i].head));
        if (!str_equal(article.tdm_policy, str_from(rows[i].policy)))
            fail_msg("row %zu: %.*s", i, STR_ARG(article.tdm_policy));
        arena_destroy(&arena);
    }
}

/* A page that is no HTML has no elements, but headers. */
static void reads_opt_outs_without_a_tree(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .page_headers = STR("X-Robots-Tag: noai\n")};
    struct str note = STR_NONE;
    assert_int_equal(stage_metadata.process(NULL, &article, &note), 0);
    assert_int_equal(article.opt_outs, OPT_OUT_AI);
    arena_destroy(&arena);
}

/* What may be done with it, and its pictures with what is known of them. */
static void reads_rights_and_pictures(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .page_url = STR("https://post.example/news/dam")};
    read_metadata(
        &article,
        STR("<html><head><meta name=robots content='index, NoAI,noarchive'><meta name=tdm-reservation "
            "content=1>"
            "<link rel=license href='/licence'><link rel=amphtml href='dam.amp'>"
            "<meta property=og:image content='/a.jpg?w=1&amp;amp;h=2'><meta property=og:image:width "
            "content=1200>"
            "<meta property=og:image:height content='800'><meta property=og:image:alt content='The dam'>"
            "<script "
            "type='application/"
            "ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Dam\",\"alternativeHeadline\":"
            "\"It "
            "held\",\"isAccessibleForFree\":\"False\",\"image\":{\"@type\":\"ImageObject\",\"url\":\"/"
            "b.jpg\","
            "\"width\":\"640px\",\"height\":{\"value\":480},\"caption\":\"Water\",\"creditText\":\"Ann "
            "Lee\"}}"
            "</script></head><body><h1>Dam</h1>"));
    assert_int_equal(article.access, ACCESS_PAID);
    assert_int_equal(article.opt_outs, OPT_OUT_AI | OPT_OUT_ARCHIVE | OPT_OUT_TDM);
    assert_string_equal(article.license.ptr, "https://post.example/licence");
    assert_string_equal(article.amp_url.ptr, "https://post.example/news/dam.amp");
    assert_string_equal(article.subtitle.ptr, "It held");
    assert_int_equal(article.images.count, 2);
    const struct article_image *first = &article.images.items[0], *second = &article.images.items[1];
    assert_string_equal(first->url.ptr, "https://post.example/b.jpg");
    assert_int_equal(first->width, 640);
    assert_int_equal(first->height, 480);
    assert_string_equal(first->caption.ptr, "Water");
    assert_string_equal(first->credit.ptr, "Ann Lee");
    assert_string_equal(second->url.ptr, "https://post.example/a.jpg?w=1&h=2");
    assert_int_equal(second->width, 1200);
    assert_int_equal(second->height, 800);
    assert_string_equal(second->caption.ptr, "The dam");
    arena_destroy(&arena);
}

/* Among several headings that counts which says what machines are told. */
static void chooses_the_heading(void **state)
{
    (void)state;
    static const struct {
        const char *told, *body, *title;
    } rows[] = {
        {"Dam talks resume in Lirana | Post", "<h1>Valley Post</h1><h1>Dam talks resume in Lirana</h1>",
         "Dam talks resume in Lirana"},
        {"Dam talks resume", "<nav><h1>Dam talks resume</h1></nav><h1>Dam Talks Resume</h1>",
         "Dam Talks Resume"},
        {"Dam talks resume", "<h1>Valley Post</h1><h1>Weather</h1>", "Dam talks resume"},
        {"Valley Post", "<h1>Talks on the dam go on</h1>", "Talks on the dam go on"},
        {"", "<h1>Valley Post</h1><h1>Weather</h1>", ""},
        {"Dam talks resume", "<h1>Post</h1>", "Dam talks resume"}, /* the site's name */
        {"Dam talks resume", "<h1>Weather</h1>", "Dam talks resume"},
        {"Dam talks resume", "<h1>Water rises behind wall</h1>", "Water rises behind wall"},
        {"Dam talks resume in Lirana", "<h1><span>Valley</span><br>Dam talks resume in Lirana</h1>",
         "Dam talks resume in Lirana"},
        {"Dam talks resume in Lirana", "<h1>Dam talks resume in Lirana<div>What we know of it now</div></h1>",
         "Dam talks resume in Lirana"},
        {"Dam talks resume in Lirana", "<h1>Water News | Dam talks resume in Lirana</h1>",
         "Dam talks resume in Lirana"},
        {"Dam talks resume in Lirana",
         "<div class=related><h1>Dam talks resume in Lirana</h1></div>"
         "<h1>Dam talks resume in LIRANA</h1>",
         "Dam talks resume in LIRANA"},
        {"Dam talks resume in Lirana | Post", "", "Dam talks resume in Lirana"},
        /* A lesser heading only where it says the title. */
        {"Dam talks resume in Lirana", "<h1>All the water of Vendia</h1><h2>Dam Talks Resume in Lirana</h2>",
         "Dam Talks Resume in Lirana"},
        {"Dam talks resume in Lirana \xE2\x80\xA2 News of Vendia", "<h3>Dam talks resume in Lirana</h3>",
         "Dam talks resume in Lirana"},
        {"Dam talks resume", "<h1>Water rises behind wall</h1><h2>Dam talks in Vendia may resume soon</h2>",
         "Water rises behind wall"},
        {"Dam talks resume in Lirana",
         "<h1>Dam talks resume in LIRANA</h1><h2>Dam talks resume in Lirana</h2>",
         "Dam talks resume in LIRANA"},
        {"post.example sues the builders of a dam - in short", "",
         "post.example sues the builders of a dam - in short"},
        {"Post | Dam talks - in short \xE2\x80\x93 Post.example", "", "Dam talks - in short"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena, .page_url = STR("https://post.example/dam")};
        struct str html = arena_printf(arena, "<html><head><meta property='og:title' content='%s'></head>%s",
                                       rows[i].told, rows[i].body);
        read_metadata(&article, html);
        if (!str_equal(article.title, str_from(rows[i].title)))
            fail_msg("row %zu: '%.*s'", i, STR_ARG(article.title));
        arena_destroy(&arena);
    }
}

/* Long texts in nested elements named for dates and people are not copied for each. */
static void nested_names_cost_no_memory(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer buffer = {0};
    struct arena *arena = arena_create((size_t)4 << 20);
    struct article article = {.arena = arena, .page_url = STR("https://post.example/dam")};
    repeat(&buffer, "<div class='date author'>", 30);
    repeat(&buffer, "No date and nobody here. ", 12000);
    read_metadata(&article, buffer_str(&buffer));
    assert_int_equal(article.dates.count + article.authors.count, 0);
    arena_destroy(&arena);
}

/* The people whom a page only shows, joined by "; ". */
static void finds_the_people_who_signed(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *people;
    } rows[] = {
        {"", "<h1>Dam</h1><div class='byline'>By Ann Lee and Ben Ode</div>", "Ann Lee; Ben Ode"},
        {"",
         "<h1>Dam</h1><p class='meta'>Von <a rel='author' href='/u/7'>Jutta Ritter</a> | 3 March 2021</p>",
         "Jutta Ritter"},
        {"", "<h1>Dam</h1><a href='/authors/ann-lee'>Ann Lee</a><p>Some text</p>", "Ann Lee"},
        {"", "<h1>Dam</h1><p>By Carla Diaz</p><p>Some text that begins.</p>", "Carla Diaz"},
        {"", "<h1>Dam</h1><p>By Friday the water had gone</p>", ""},
        {"", "<h1>Dam</h1><p>\n  Written by\n  <b>Carla\n Diaz</b></p>", "Carla Diaz"},
        {"", "<h1>Dam</h1><span class='author'>jancak</span>", "jancak"},
        {"", "<h1>Dam</h1><span class='author'>Author</span><span class='author'>3 posts</span>", ""},
        {"", "<h1>Dam</h1><aside class='byline'>Ann Lee</aside>", ""},
        {"", "<h1>Dam</h1><div class='related'><span class='author'>Ann Lee</span></div>", ""},
        {"", "<h1>Dam</h1><div class='comment-author'>Ann Lee</div>", ""},
        {"", "<h1>Dam</h1><div class='author'><p>Ann Lee</p><p>Reviewed by Carla Diaz</p></div>", "Ann Lee"},
        {"<meta property='og:site_name' content='Valley Post'><meta name='author' content='Valley Post'>",
         "<h1>Dam</h1><div class='byline'>By Ann Lee</div>", "Ann Lee"},
        {"<meta property='og:site_name' content='Valley Post'><meta name='author' content='Valley Post'>",
         "<h1>Dam</h1>", "Valley Post"},
        {"<meta name='author' content='Ben Ode'>", "<h1>Dam</h1><div class='byline'>By Ann Lee</div>",
         "Ben Ode"},
        {"<meta name='author' content='Ben Ode'><meta name='parsely-author' content='ben-ode'>"
         "<meta itemprop='author' content='(Image: Carla Diaz)'>",
         "<h1>Dam</h1>", "Ben Ode"},
        {"<meta itemprop='author' content='Carla Diaz'>", "<h1>Dam</h1>", "Carla Diaz"},
        {"<meta name='author' content='Ann Lee, MS, RD, and Ben Ode, AP'>", "<h1>Dam</h1>",
         "Ann Lee; Ben Ode"},
        {"<meta name='author' content='post.example, Lirana, Vendia'>", "<h1>Dam</h1>",
         "post.example, Lirana, Vendia"},
        {"<meta name='author' content='post.example, Lirana, Vendia'>", "<h1>Dam</h1><p>By Ann Lee</p>",
         "Ann Lee"},
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Dam\",\"author\":"
         "{\"@type\":\"NewsMediaOrganization\",\"name\":\"Hafenblatt\"}}</script>",
         "<h1>Dam</h1>", "Hafenblatt"},
        {"", "<h1>Dam</h1><aside><a rel='author' href='/u/7'>Ann Lee</a></aside>", "Ann Lee"},
        {"<title>Dam talks resume</title>",
         "<div>News</div><h2>Dam talks resume</h2><span class='author'>Ann Lee</span>", "Ann Lee"},
        {"<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Ann Lee'>"
         "<meta name='twitter:label2' content='Lesezeit'><meta name='twitter:data2' content='3 Minuten'>",
         "<h1>Dam</h1>", "Ann Lee"},
        {"", "<h1>Dam</h1><p>Published 3 March 2021 by Ann Lee in Water</p>", "Ann Lee"},
        {"", "<h1>Dam</h1><p>By Ann Lee • March 3, 2021</p>", "Ann Lee"},
        {"", "<h1>Dam</h1><h5>Autor:</h5>Ann Lee", "Ann Lee"},
        {"", "<h1>Dam</h1><p>Text und Interview: Ann Lee</p>", "Ann Lee"},
        {"", "<div class='author-details'><p>Ann Lee</p></div>", "Ann Lee"}, /* no heading at all */
        {"", "<h1>Dam</h1><span class='author'>Full Bio</span>", ""},
        {"", "<h1>Dam</h1><span class='author'>von Jancak</span>", "Jancak"},
        {"", "<h1>Dam</h1><span class='author'>Author Valley staff</span>", "Valley staff"},
        {"<title>Dam talks resume</title>",
         "<div class='right-sidebar'><main class='sidebar-on'><h2>Dam talks resume</h2><p>By Ann "
         "Lee</p></main>",
         "Ann Lee"},
        {"", "<h1>Dam</h1><p>Begun in 1921 by Ann Lee</p>", ""},
        {"", "<h1>Dam</h1><span class='author'>von jancak in Water</span>", "jancak"},
        {"",
         "<h1>Dam</h1><div class='author'><p>Article by:</p><span class='author-name'>jancak</span></div>",
         "jancak"},
        {"<meta name='author' content='Ann Lee | Sponsored'>", "<h1>Dam</h1>", "Ann Lee"},
        {"<meta name='author' content='Ann Lee | a.lee@post.example'>", "<h1>Dam</h1>", "Ann Lee"},
        {"<meta name='author' content='Ann Lee, post.example'>", "<h1>Dam</h1>", "Ann Lee"},
        {"<meta name='author' content='Ann Lee, Chief Water Officer and Head of Dam Works'>", "<h1>Dam</h1>",
         "Ann Lee"},
        {"", "<h1>Dam</h1><p>Ein Artikel von <b>Jutta Ritter</b></p>", "Jutta Ritter"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article article = {.arena = arena, .page_url = STR("https://post.example/dam")};
        struct str people = STR("");
        struct str html = arena_printf(arena, "<html lang=en><head>%s</head><body>%s</body></html>",
                                       rows[i].head, rows[i].body);
        read_metadata(&article, html);
        for (size_t k = 0; k < article.authors.count; k++)
            people = arena_printf(arena, "%.*s%s%.*s", STR_ARG(people), k ? "; " : "",
                                  STR_ARG(article.authors.items[k].name));
        if (!str_equal(people, str_from(rows[i].people)))
            fail_msg("row %zu: '%.*s'", i, STR_ARG(people));
        arena_destroy(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_date_that_is_shown),
        cmocka_unit_test(reads_dates_of_rare_names),
        cmocka_unit_test(reads_what_the_page_says_of_itself),
        cmocka_unit_test(the_day_shown_sets_the_clock),
        cmocka_unit_test(reads_opt_outs_of_headers),
        cmocka_unit_test(reads_where_the_terms_of_mining_stand),
        cmocka_unit_test(reads_opt_outs_without_a_tree),
        cmocka_unit_test(reads_rights_and_pictures),
        cmocka_unit_test(chooses_the_heading),
        cmocka_unit_test(nested_names_cost_no_memory),
        cmocka_unit_test(finds_the_people_who_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

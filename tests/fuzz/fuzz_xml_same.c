/* fuzz_xml_same: a first line of settings ("c" go on after faults, "n" no address, "q" stop early, "g" see
 * generated(), and a digit that changes how elements are read), then a document. What xml_plain reads must
 * come out of libxml2 as it does: every event, every text, the outcome. A feed that was read without
 * complaint must print the same JSON when something behind its root, which only libxml2 takes, makes libxml2
 * read it. */
#include "fuzz/fuzz_check.h"

#include "base/buffer.h"
#include "feeds/parse/feed_json.h"
#include "support/xml_events.h"

enum { ARENA_BYTES = 64 << 20, EARLY = 7 };

static struct xml_events_setting setting_of(struct str letters)
{
    struct xml_events_setting setting = {
        .recover = str_find_byte(letters, 'c', 0) >= 0,
        .no_base = str_find_byte(letters, 'n', 0) >= 0,
        .events_max = str_find_byte(letters, 'q', 0) >= 0 ? EARLY : 0,
    };
    for (size_t i = 0; i < letters.len; i++)
        if (letters.ptr[i] >= '0' && letters.ptr[i] <= '9')
            setting.variant = (unsigned)(letters.ptr[i] - '0');
    return setting;
}

static void compare_events(struct str letters, struct str text)
{
    struct xml_events_setting setting = setting_of(letters);
    struct buffer plain = {0}, sax = {0};
    if (xml_events_plain(&setting, text, &plain)) {
        xml_events_sax(&setting, text, &sax);
        bool same = str_equal(buffer_str(&plain), buffer_str(&sax));
        if (!same)
            fprintf(stderr, "--- plain\n%.*s--- libxml2\n%.*s", STR_ARG(buffer_str(&plain)),
                    STR_ARG(buffer_str(&sax)));
        CHECK(same);
    }
    buffer_done(&plain);
    buffer_done(&sax);
}

/* Into `out`; false when it is no feed, or one that was found damaged. */
static bool print_feed(struct str bytes, struct buffer *out)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct feed_document *document = NULL;
    struct feed_parse_options options = {.url = STR("http://a.example/dir/feed")};
    struct error words = {0};
    bool sound = feed_parse(arena, bytes, &options, &document, &words) == 0 && !document->malformed.ptr;
    if (sound) {
        struct json_writer *json = json_writer_create(out, false);
        feed_json_document(json, document);
        CHECK(json_writer_finish(&json) == 0);
    }
    arena_destroy(&arena);
    return sound;
}

static void compare_json(struct str text)
{
    struct xml_tokens *tokens = xml_tokens_read(text);
    if (!tokens)
        return;
    xml_tokens_free(&tokens);
    struct buffer plain = {0}, sax = {0}, longer = {0};
    CHECK(buffer_append_str(&longer, text) == 0);
    CHECK(buffer_append_str(&longer, STR("<?xml-other?>")) == 0);
    tokens = xml_tokens_read(buffer_str(&longer));
    CHECK(!tokens);
    if (print_feed(text, &plain)) {
        CHECK(print_feed(buffer_str(&longer), &sax));
        CHECK(str_equal(buffer_str(&plain), buffer_str(&sax)));
    }
    buffer_done(&plain);
    buffer_done(&sax);
    buffer_done(&longer);
}

/* What generated() puts together. The last pieces damage a document. */
static const char *const pieces[] = {
    "&amp;",
    "&lt;b&gt;",
    "&#13;",
    "&#x20AC;",
    "&quot;",
    "\r\n",
    "\r",
    " ",
    "\n\t",
    "]]",
    "]",
    "caf\xC3\xA9",
    "\xEF\xBF\xBD",
    "\xF0\x9F\x98\x80",
    "<![CDATA[<p>a & b]] \r\n]]>",
    "<![CDATA[]]>",
    "<!-- - -->",
    "<?php echo ?>",
    "a word or two",
    "<br/>",
    "<img src='i.png' alt=\"a\"/>",
    "&apos;",
    "&#9;",
    "it's \"so\"",
    "&#38;#38;",
    "&#60;",
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink' l:href='#x'/>",
    "<x:y/>",
    "<a:b xmlns:a='' />",
    "]]>",
    "&bad;",
    "<p></div>",
};

static const char *const names[] = {"item",         "title",     "description", "entry",      "content",
                                    "div",          "p",         "xhtml:div",   "dc:creator", "media",
                                    "atom:summary", "xml:thing", "A.b-c_d9",    "guid",       "link"};

static const char *const attributes[] = {
    " type='html'",
    " type=\"xhtml\"",
    " xml:base='b/'",
    " xml:base='http://other.example/?a=1&amp;b=2'",
    " xml:lang = 'en_GB'",
    "\r\n\thref\n=\r\n'a&#10;b\r\nc\td &amp;#38; &#38;lt; \"'",
    " dc:x='1'",
    " atom:x='2'",
    " xmlns='http://www.w3.org/1999/xhtml'",
    " xmlns=''",
    " xmlns='http://nobody.example/own'",
    " xmlns:dc='http://purl.org/dc/terms/'",
    " xmlns:xhtml='HTTP://www.w3.org/1999/xhtml'",
    " x='caf\xC3\xA9 &#x1F600;'",
    " xml:space='preserve'",
    " xml:id='i d'",
};

static const char *const roots[] = {
    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:atom='http://www.w3.org/2005/Atom' "
    "xmlns:xhtml='http://www.w3.org/1999/xhtml'><channel>",
    "\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom' xmlns:dc='d' xmlns:atom='d' "
    "xmlns:xhtml='h'\r\n><entry>",
    "<?xml-stylesheet href='x'?><own:rss xmlns:own='http://nobody.example/own' xmlns:dc='d' "
    "xmlns:atom='e' "
    "xmlns:xhtml='f'><own:channel>",
};

static const char *const ends[] = {"</channel></rss>\n", "</entry></feed><!-- x -->",
                                   "</own:channel></own:rss><?x y?>\r\n"};

enum {
    PIECES = sizeof(pieces) / sizeof(*pieces),
    PIECES_SOUND = PIECES - 5,
    NAMES = sizeof(names) / sizeof(*names),
    ATTRIBUTES = sizeof(attributes) / sizeof(*attributes),
    DEPTH = 300,
};

/* Documents that are mostly well formed: each byte adds a piece, or opens or closes an element. */
static struct str generated(struct arena *arena, struct str bytes)
{
    struct buffer out = {0};
    const char *open[DEPTH];
    size_t depth = 0, i = 0;
    unsigned root = bytes.len ? (unsigned char)bytes.ptr[0] % 3 : 0;
    (void)buffer_append_str(&out, str_from(roots[root]));
    for (i = 1; i < bytes.len; i++) {
        unsigned byte = (unsigned char)bytes.ptr[i];
        if (byte < 128) {
            unsigned most = byte > 120 ? PIECES : PIECES_SOUND;
            (void)buffer_append_str(&out, str_from(pieces[byte % most]));
        } else if (byte < 192 && depth < DEPTH) {
            open[depth] = names[byte % NAMES];
            (void)buffer_printf(&out, "<%s", open[depth++]);
            for (i++; i < bytes.len && (unsigned char)bytes.ptr[i] < 96; i++)
                (void)buffer_append_str(&out, str_from(attributes[(unsigned char)bytes.ptr[i] % ATTRIBUTES]));
            i--;
            (void)buffer_append_str(&out, STR(">"));
        } else if (depth) {
            (void)buffer_printf(&out, "</%s%s>", open[--depth], byte & 1 ? "" : "\r\n ");
        }
    }
    while (depth)
        (void)buffer_printf(&out, "</%s>", open[--depth]);
    (void)buffer_append_str(&out, str_from(ends[root]));
    struct str text = arena_str(arena, buffer_str(&out));
    buffer_done(&out);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line, text = fuzz_text(data, size, &line);
    if (str_starts(text, STR("<?xml "))) {
        ptrdiff_t end = str_find(text, STR("?>"), 0);
        text = str_slice(text, end < 0 ? 0 : (size_t)end + 2, text.len);
    }
    struct arena *arena = arena_create(ARENA_BYTES);
    if (str_find_byte(line, 'g', 0) >= 0)
        text = generated(arena, text);
    compare_events(line, text);
    compare_json(text);
    arena_destroy(&arena);
    return 0;
}

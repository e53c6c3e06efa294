/* fuzz_feed: a first line of settings, then a document: "r" raw, "s" a small arena, "e" few entries, "n" no
 * address, and behind a blank the Content-Type. A document that was read must print as valid UTF-8 and read
 * the same a second time, and the daemon must make an item of each of its entries.
 *
 * "g" and a digit: each line of the rest is an entry of a sound document of that format, which must give
 * every one of them back with its id and title. */
#include "fuzz/fuzz_polled.h"

#include "feeds/parse/feed_json.h"

enum {
    ARENA_BYTES = 64 << 20,
    ARENA_BYTES_SMALL = 200 << 10,
    FEW_ENTRIES = 2,
    MADE_MAX = 500,
    AGAIN_EVERY = 8
};

static const struct str address = {"http://a.example/dir/feed", 25};

static struct str printed(struct arena *arena, const struct feed_document *document)
{
    struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    CHECK(json);
    feed_json_document(json, document);
    CHECK(json_writer_finish(&json) == 0);
    CHECK(utf8_valid(buffer_str(&out)));
    struct str copy = arena_str(arena, buffer_str(&out));
    buffer_done(&out);
    return copy;
}

/* Of a document that was read. */
struct facts {
    bool read;
    enum feed_format format;
    size_t entries, own_ids; /* own_ids: of the first MADE_MAX, those with an id that none before them has */
};

static size_t entries_with_own_ids(const struct feed_document *document)
{
    size_t count = 0;
    for (size_t i = 0; i < document->entries.count && i < MADE_MAX; i++) {
        struct str id = document->entries.items[i]->id;
        bool first = id.len > 0;
        for (size_t j = 0; j < i && first; j++)
            first = !str_equal(id, document->entries.items[j]->id);
        count += first;
    }
    return count;
}

static struct str parsed(struct arena *own, size_t arena_bytes, struct str bytes,
                         const struct feed_parse_options *options, struct facts *ret_facts)
{
    struct arena *arena = arena_create(arena_bytes);
    struct feed_document *document = NULL;
    struct error words = {0};
    int error = feed_parse(arena, bytes, options, &document, &words);
    CHECK(error == 0 || error == ERR_EMPTY || error == ERR_NOT_A_FEED || error == ERR_MALFORMED ||
          error == ERR_LIMIT || error == -ENOMEM);
    CHECK((document != NULL) == (error == 0));
    CHECK(error == 0 || words.text[0]);
    if (document)
        CHECK(!options->entries_max || document->entries.count <= options->entries_max);
    if (document)
        *ret_facts =
            (struct facts){true, document->format, document->entries.count, entries_with_own_ids(document)};
    struct str json = document ? printed(own, document) : arena_printf(own, "%d", error);
    arena_destroy(&arena);
    return json;
}

/* What the daemon makes of it: entries with ids of their own are items of their own. */
static void check_polled(size_t arena_bytes, struct str bytes, const struct feed_parse_options *options,
                         const struct facts *facts)
{
    struct arena *arena = arena_create(arena_bytes);
    struct http_header header = {options->headers[0].name, options->headers[0].value};
    struct poll_document polled = fuzz_polled(arena, bytes, &header, 1, options->entries_max);
    bool read = polled.findings.parse_error == FETCH_ERROR_NONE && !arena_exhausted(arena);
    if (read && facts->read && facts->format != FEED_SITEMAP_INDEX) {
        CHECK(polled.item_count <= facts->entries);
        CHECK(polled.item_count >= facts->own_ids);
    }
    arena_destroy(&arena);
}

/* ---- Sound documents ---- */

static const struct {
    const char *before, *id, *title, *end, *between,
        *behind; /* of the document, of an entry, of the document */
} frames[] = {
    {"<rss version='2.0'><channel><title>T</title>", "<item><guid isPermaLink='false'>urn:", "</guid><title>",
     "</title></item>", "\n", "</channel></rss>"},
    {"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>", "<entry><id>urn:", "</id><title>",
     "</title></entry>", "\n", "</feed>"},
    {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
     "<channel rdf:about='c'/>",
     "<item rdf:about='urn:", "'><title>", "</title></item>", "", "</rdf:RDF>"},
    {"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", "{\"id\":\"urn:", "\",\"title\":\"",
     "\"}", ",", "]}"},
    {"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
     "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>",
     "<url><loc>http://a.example/urn:", "</loc><n:news><n:title>", "</n:title></n:news></url>", " ",
     "</urlset>"},
};
enum { FRAMES = sizeof(frames) / sizeof(frames[0]), FRAME_JSON = 3 };

/* As a title that every format gives back as it is: letters alone stay, the rest is escaped as the format has
 * it. */
static struct str escaped(struct arena *arena, struct str line, bool json)
{
    struct buffer out = {0};
    CHECK(buffer_append_byte(&out, 'x') == 0);
    for (size_t at = 0; at < line.len;) {
        uint32_t point;
        size_t next = at + utf8_decode(line, at, &point);
        bool none = point == 0xFFFE || point == 0xFFFF; /* XML 1.0, section 2.2 */
        bool plain =
            (point > 127 && !none) || (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z');
        if (plain)
            CHECK(buffer_append(&out, line.ptr + at, next - at) == 0);
        else if (json)
            CHECK(buffer_printf(&out, "\\u%04x",
                                (unsigned)(point < 128 || none ? 'A' + point % 26 : point)) == 0);
        else
            CHECK(buffer_printf(&out, "&#%u;", (unsigned)(point < 128 || none ? 'A' + point % 26 : point)) ==
                  0);
        at = next;
    }
    struct str copy = arena_str(arena, buffer_str(&out));
    buffer_done(&out);
    return copy;
}

static void check_made(struct arena *arena, struct str lines, size_t frame)
{
    struct buffer out = {0};
    struct str rest = utf8_repair(arena, lines), line;
    size_t count = 0;
    CHECK(buffer_append_str(&out, str_from(frames[frame].before)) == 0);
    while (count < MADE_MAX && str_split(&rest, '\n', &line)) {
        struct str title = escaped(arena, line, frame == FRAME_JSON);
        CHECK(buffer_append_str(&out, str_from(count ? frames[frame].between : "")) == 0);
        CHECK(buffer_printf(&out, "%s%zu%s", frames[frame].id, count, frames[frame].title) == 0);
        CHECK(buffer_append_str(&out, title) == 0);
        CHECK(buffer_append_str(&out, str_from(frames[frame].end)) == 0);
        count++;
    }
    CHECK(buffer_append_str(&out, str_from(frames[frame].behind)) == 0);
    struct feed_parse_options options = {.url = address};
    struct feed_document *document = NULL;
    struct error words = {0};
    CHECK(feed_parse(arena, buffer_str(&out), &options, &document, &words) == 0);
    CHECK(!document->malformed.ptr && !document->truncated && !document->limit_hit);
    CHECK(document->entries.count == count);
    for (size_t i = 0; i < count; i++) {
        const struct feed_entry *entry = document->entries.items[i];
        CHECK(str_ends(entry->id.len ? entry->id : entry->link, arena_printf(arena, "urn:%zu", i)));
        CHECK(str_starts(entry->title.value, STR("x")));
    }
    struct poll_document polled = fuzz_polled(arena, buffer_str(&out), NULL, 0, 0);
    CHECK(polled.item_count == count);
    buffer_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line, bytes = fuzz_text(data, size, &line);
    ptrdiff_t blank = str_find_byte(line, ' ', 0), made;
    struct str letters = str_slice(line, 0, blank < 0 ? line.len : (size_t)blank);
    made = str_find_byte(letters, 'g', 0);
    struct feed_header header = {STR("Content-Type"), STR_NONE};
    if (blank >= 0)
        header.value = str_slice(line, (size_t)blank + 1, line.len);
    struct feed_parse_options options = {
        .url = str_find_byte(letters, 'n', 0) < 0 ? address : STR_NONE,
        .headers = &header,
        .header_count = 1,
        .raw = str_find_byte(letters, 'r', 0) >= 0,
        .entries_max = str_find_byte(letters, 'e', 0) >= 0 ? FEW_ENTRIES : 0,
    };
    size_t arena_bytes = str_find_byte(letters, 's', 0) >= 0 ? ARENA_BYTES_SMALL : ARENA_BYTES;
    struct arena *own = arena_create((size_t)256 << 20);
    if (made >= 0 && (size_t)made + 1 < letters.len) {
        check_made(own, bytes, (unsigned char)letters.ptr[made + 1] % FRAMES);
    } else {
        struct facts facts = {0};
        struct str first = parsed(own, arena_bytes, bytes, &options, &facts);
        if (size % AGAIN_EVERY == 0) {
            struct str second = parsed(own, arena_bytes, bytes, &options, &facts);
            CHECK(str_equal(first, second));
        }
        check_polled(arena_bytes, bytes, &options, &facts);
    }
    arena_destroy(&own);
    return 0;
}

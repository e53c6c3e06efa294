/* Article records: the ninjs item, the newsd property, the envelope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "processors/record/record.h"
#include "tests/processors/record/record_check.h"

enum { NOW_MS = 1000 };
#define FETCHED_MS ((int64_t)1641898800000) /* 2022-01-11T11:00:00Z */
#define ID "00112233445566778899aabbccddeeff"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

/* Text of 28 code points in 34 bytes: spans and bytes cannot be taken for one another. */
#define TEXT                                                                                                 \
    "K\xC3\x96LN (dpa) - Gr\xC3\xBC\xC3\x9F"                                                                 \
    "e.\n\n\xF0\x9F\x98\x80 Ende."

static struct article article_minimal(void)
{
    return (struct article){.arena = arena,
                            .id = STR(ID),
                            .revision = 1,
                            .kind = ARTICLE_PUBLISHED,
                            .source = SOURCE_EMPTY,
                            .feed = {.id = STR("0123456789abcdef"), .url = STR("https://post.example/rss")}};
}

static void add_text(struct article *article)
{
    article->text = STR(TEXT);
    article->text_length = 28;
    article->source = SOURCE_PAGE;
    article->source_confidence = 0.9F;
    *article_list_add(arena, &article->blocks) = (struct block){BLOCK_PARAGRAPH, 0, {0, 19}, STR_NONE};
    *article_list_add(arena, &article->blocks) =
        (struct block){BLOCK_HEADING, 2, {21, 28}, STR("2022-01-11T10:33:00Z")};
    *article_list_add(arena, &article->sentences) = (struct span){13, 19};
    *article_list_add(arena, &article->sentences) = (struct span){21, 28};
    article->dateline = (struct dateline){.place = STR("K\xC3\xB6ln"),
                                          .agency = STR("dpa"),
                                          .date = STR("11. Jan."),
                                          .span = {0, 13},
                                          .place_span = {0, 4},
                                          .country = "DE",
                                          .geoname = 2886242,
                                          .located = true,
                                          .latitude = 50.9333F,
                                          .longitude = 6.95F};
    article->language = STR("de");
    article->language_confidence = 0.875F;
    article->fingerprint = 0x1234;
    *article_list_add(arena, &article->keywords) = (struct keyword){STR("Gr\xC3\xBC\xC3\x9F"
                                                                        "e"),
                                                                    1.0F};
}

static struct article article_full(void)
{
    struct article article = article_minimal();
    article.url = STR("https://post.example/1");
    article.title = STR("Gr\xC3\xBC\xC3\x9F"
                        "e aus \"K\xC3\xB6ln\"");
    article.summary = STR("Kurz.");
    article.fetched_ms = FETCHED_MS;
    article.first_created_ms = FETCHED_MS - 1;
    article.published_ms = FETCHED_MS - 60000;
    article.page_status = 200;
    article.page_url = STR("https://post.example/1?x=1");
    article.feed.title = STR("Post");
    article.feed.publisher = STR("Post Ltd");
    article.feed.link = STR("https://post.example/");
    article.feed.entry_id = STR("e1");
    article.feed.backfill = true;
    article.rights = STR("(c) Post");
    article.license = STR("https://post.example/licence");
    article.comments_url = STR("https://post.example/1#comments");
    article.subtitle = STR("It held");
    article.amp_url = STR("https://post.example/1.amp");
    article.access = ACCESS_PAID;
    article.opt_outs = OPT_OUT_AI | OPT_OUT_SNIPPET;
    *article_list_add(arena, &article.seen_in) = (struct article_sighting){
        STR("fedcba9876543210"), STR("https://post.example/atom"), STR("a1"), FETCHED_MS};
    *article_list_add(arena, &article.authors) = (struct article_person){
        .name = STR("Ben Ode"), .email = STR("ben@post.example"), .url = STR("https://post.example/ben")};
    *article_list_add(arena, &article.authors) =
        (struct article_person){.name = STR("Ute \xC3\x84hre"), .url = STR("no address")};
    *article_list_add(arena, &article.authors) =
        (struct article_person){.name = STR("Hafenblatt"), .organisation = true};
    *article_list_add(arena, &article.images) =
        (struct article_image){STR("https://post.example/k\xC3\xB6ln 1%.jpg"),
                               STR("image/jpeg"),
                               STR("Bild"),
                               STR("Am Rhein"),
                               STR("P. Hoto"),
                               640,
                               -1};
    *article_list_add(arena, &article.images) = (struct article_image){.url = STR("not an address")};
    *article_list_add(arena, &article.enclosures) =
        (struct article_enclosure){STR("https://post.example/a.mp3"), STR("audio/mpeg"), STR_NONE, 5000, 61};
    *article_list_add(arena, &article.subjects) =
        (struct article_subject){STR("Fl\xC3\xBCsse"), STR_NONE, STR("rivers")};
    *article_list_add(arena, &article.subjects) =
        (struct article_subject){STR_NONE, STR("https://post.example/tags/"), STR("b\xC3\xA4ume")};
    *article_list_add(arena, &article.subjects) =
        (struct article_subject){STR("Wood"), STR("https://post.example/scheme"), STR("wood")};
    *article_list_add(arena, &article.dates) = (struct article_date){.kind = "published",
                                                                     .value = STR("2022-01-11"),
                                                                     .ms = FETCHED_MS,
                                                                     .precision = DATE_DAY,
                                                                     .origin = "feed"};
    *article_list_add(arena, &article.dates) =
        (struct article_date){.kind = "expired",
                              .value = STR("2022-02-11T00:00:00Z"),
                              .local = STR("2022-02-11T02:00:00+02:00"),
                              .zoned = true,
                              .ms = FETCHED_MS + 1000,
                              .precision = DATE_SECOND,
                              .origin = "feed"};
    *article_list_add(arena, &article.processing) =
        (struct stage_outcome){"text", 1, 1500, OUTCOME_OK, STR_NONE};
    *article_list_add(arena, &article.processing) =
        (struct stage_outcome){"keywords", 2, 7, OUTCOME_FAILED, STR("no words")};
    add_text(&article);
    return article;
}

static struct record *made(const struct article *article)
{
    struct record_list records;
    struct error error = {0};
    if (record_article(arena, article, NOW_MS, &records, &error))
        fail_msg("%s", error.text);
    assert_int_equal(records.count, 1);
    assert_int_equal(records.items[0].topic, TOPIC_ARTICLES);
    return &records.items[0];
}

/* The string at a path such as "bodies/0/value". */
static const char *string_at(const json_t *root, const char *path)
{
    char name[64];
    while (root && *path) {
        size_t len = strcspn(path, "/");
        assert_true(len < sizeof(name));
        memcpy(name, path, len);
        name[len] = '\0';
        root = json_is_array(root) ? json_array_get(root, (size_t)strtoul(name, NULL, 10))
                                   : json_object_get(root, name);
        path += len + (path[len] == '/');
    }
    if (json_is_integer(root))
        return arena_printf(arena, "%lld", (long long)json_integer_value(root)).ptr;
    if (json_is_real(root))
        return arena_printf(arena, "%g", json_real_value(root)).ptr;
    return json_string_value(root);
}

struct expected {
    const char *path, *value; /* NULL = not there */
};

static void expect(const struct record *record, const struct expected *expected, size_t count)
{
    json_t *root = record_value_parsed(record);
    for (size_t i = 0; i < count; i++) {
        const char *value = string_at(root, expected[i].path);
        if (!value != !expected[i].value || (value && strcmp(value, expected[i].value)))
            fail_msg("%s is %s, not %s", expected[i].path, value ? value : "absent",
                     expected[i].value ? expected[i].value : "absent");
    }
    json_decref(root);
}
#define EXPECT(record, ...)                                                                                  \
    do {                                                                                                     \
        const struct expected expected_[] = {__VA_ARGS__};                                                   \
        expect(record, expected_, sizeof(expected_) / sizeof(expected_[0]));                                 \
    } while (0)

static void writes_the_standards_part(void **state)
{
    (void)state;
    struct article article = article_full();
    const struct record *record = made(&article);
    EXPECT(record, {"uri", "urn:newsd:article:" ID}, {"type", "text"}, {"representationType", "full"},
           {"version", "1"}, {"pubStatus", "usable"}, {"language", "de"},
           {"firstCreated", "2022-01-11T10:59:59.999Z"}, {"versionCreated", "2022-01-11T11:00:00.000Z"},
           {"contentCreated", "2022-01-11T10:59:00.000Z"}, {"expires", "2022-01-11T11:00:01.000Z"},
           {"headlines/0/value", "Gr\xC3\xBC\xC3\x9F"
                                 "e aus \"K\xC3\xB6ln\""},
           {"descriptions/0/value", "Kurz."}, {"bodies/0/value", TEXT}, {"bodies/0/charCount", "28"},
           {"bodies/0/wordCount", "6"}, {"headlines/1/value", "It held"},
           {"by", "Ben Ode, Ute \xC3\x84hre, Hafenblatt"}, {"organisations/0/name", "Hafenblatt"},
           {"organisations/0/rel", "author"}, {"people/0/contactInfo/0/value", "ben@post.example"},
           {"people/1/uri", NULL}, {"located", "K\xC3\xB6ln"}, {"places/0/rel", "dateline"},
           {"places/0/uri", "https://sws.geonames.org/2886242/"}, {"places/0/geoJSON/coordinates/0", "6.95"},
           {"infoSources/0/name", "Post Ltd"}, {"infoSources/1/name", "dpa"},
           {"altIds/0/value", "https://post.example/1"}, {"copyrightNotice", "(c) Post"},
           {"rightsInfo/linkedRights", "https://post.example/licence"}, {"standard/version", "3.1"});
    records_check(&record, 1);
}

static void encodes_what_no_uri_can_hold(void **state)
{
    (void)state;
    struct article article = article_full();
    EXPECT(made(&article), {"associations/0/uri", "https://post.example/k%C3%B6ln%201%25.jpg"},
           {"associations/0/renditions/0/href", "https://post.example/k%C3%B6ln%201%25.jpg"},
           {"associations/0/renditions/0/width", "640"}, {"associations/0/renditions/0/height", NULL},
           {"associations/1/type", "audio"}, {"associations/1/renditions/0/duration", "61"},
           {"associations/2/uri", NULL}, {"subjects/0/uri", NULL}, {"subjects/0/literal", "rivers"},
           {"subjects/1/uri", "https://post.example/tags/b%C3%A4ume"}, {"subjects/1/name", "b\xC3\xA4ume"},
           {"subjects/2/uri", NULL},
           {"subjects/3/name", "Gr\xC3\xBC\xC3\x9F"
                               "e"},
           {"subjects/3/relevance", "100"});
}

static void writes_newsds_part(void **state)
{
    (void)state;
    struct article article = article_full();
    article.revision = 3;
    article.kind = ARTICLE_REVISED;
    article.change = (struct article_change){"correction", true, 5, 2};
    article.story_id = STR("story-1");
    article.story_similarity = 0.5F;
    const struct record *record = made(&article);
    EXPECT(record, {"version", "3"}, {"newsd/id", ID}, {"newsd/revision", "3"},
           {"newsd/change/class", "correction"}, {"newsd/change/added_chars", "5"},
           {"newsd/feed/id", "0123456789abcdef"}, {"newsd/seen_in/0/entry_id", "a1"},
           {"newsd/source/outcome", "page"}, {"newsd/source/status", "200"},
           {"newsd/source/confidence", "0.9"}, {"newsd/dateline/place", "K\xC3\xB6ln"},
           {"newsd/dateline/span/1", "13"}, {"newsd/dateline/place_span/1", "4"},
           {"newsd/dateline/country", "DE"}, {"newsd/dateline/uri", "https://sws.geonames.org/2886242/"},
           {"newsd/dateline/coordinates/0", "50.9333"}, {"newsd/dates/0/precision", "day"},
           {"newsd/dates/0/value", "2022-01-11"}, {"newsd/dates/0/origin", "feed"},
           {"newsd/blocks/1/kind", "h"}, {"newsd/blocks/1/level", "2"},
           {"newsd/blocks/1/time", "2022-01-11T10:33:00Z"}, {"newsd/sentences/1/1", "28"},
           {"newsd/fingerprint", "0000000000001234"}, {"newsd/language/confidence", "0.875"},
           {"newsd/comments_url", "https://post.example/1#comments"}, {"newsd/story/similarity", "0.5"},
           {"newsd/processing/0/ms", "1.5"}, {"newsd/processing/1/ms", "0.007"},
           {"newsd/processing/1/note", "no words"});
    records_check(&record, 1);
}

static void writes_little_when_little_is_known(void **state)
{
    (void)state;
    struct article article = article_minimal(), blocked = article_minimal();
    article.language_stated = STR("fr-BE");
    blocked.source = SOURCE_BLOCKED;
    blocked.page_status = 403;
    blocked.page_error = STR("HTTP 403");
    const struct record *records[] = {made(&article), made(&blocked)};
    EXPECT(records[0], {"representationType", "partial"}, {"bodies", NULL}, {"language", "fr-BE"},
           {"newsd/source/outcome", "empty"}, {"newsd/text_sha256", NULL}, {"firstCreated", NULL});
    EXPECT(records[1], {"newsd/source/page_error", "HTTP 403"}, {"newsd/source/status", "403"});
    records_check(records, 2);
}

static void cancels_the_withdrawn(void **state)
{
    (void)state;
    struct article article = article_minimal();
    article.kind = ARTICLE_WITHDRAWN;
    article.revision = 2;
    article.title = STR("Gone");
    article.change = (struct article_change){"rewrite", false, 0, 100};
    const struct record *record = made(&article);
    EXPECT(record, {"pubStatus", "canceled"}, {"version", "2"}, {"newsd/change/class", NULL});
    assert_string_equal(record_header(record, "ce_type"), "org.newsd.article.withdrawn");
    records_check(&record, 1);
}

static void every_name_of_every_enum_is_in_the_schema(void **state)
{
    (void)state;
    const struct record *records[16];
    size_t count = 0;
    for (int source = SOURCE_PAGE; source <= SOURCE_ERROR; source++) {
        struct article article = article_full();
        article.source = (enum source_outcome)source;
        *article_list_add(arena, &article.dates) =
            (struct article_date){.kind = "modified",
                                  .value = STR("2022"),
                                  .ms = FETCHED_MS,
                                  .precision = (enum date_precision)source,
                                  .origin = "page:json-ld"};
        article.blocks.items[0].kind = (enum block_kind)source;
        records[count++] = made(&article);
    }
    for (enum article_kind kind = ARTICLE_PUBLISHED; kind <= ARTICLE_WITHDRAWN; kind++) {
        struct article article = article_full();
        article.kind = kind;
        records[count++] = made(&article);
    }
    records_check(records, count);
}

static void the_envelope_is_cloudevents(void **state)
{
    (void)state;
    static const char *const names[] = {"ce_specversion",  "ce_id",       "ce_source",     "ce_type",
                                        "ce_time",         "ce_subject",  "ce_dataschema", "ce_partitionkey",
                                        "ce_recordedtime", "content-type"};
    struct article article = article_full();
    const struct record *record = made(&article);
    assert_int_equal(record->header_count, sizeof(names) / sizeof(names[0]));
    for (size_t i = 0; i < record->header_count; i++)
        assert_string_equal(record->headers[i].name, names[i]);
    assert_string_equal(record_header(record, "ce_specversion"), "1.0");
    assert_string_equal(record_header(record, "ce_id"), record->id);
    assert_string_equal(record_header(record, "ce_source"), "https://post.example/rss");
    assert_string_equal(record_header(record, "ce_type"), "org.newsd.article.published");
    assert_string_equal(record_header(record, "ce_time"), "2022-01-11T11:00:00.000Z");
    assert_string_equal(record_header(record, "ce_subject"), "https://post.example/1");
    assert_string_equal(record_header(record, "ce_dataschema"), "https://newsd.org/schemas/article-1.json");
    assert_string_equal(record_header(record, "ce_partitionkey"), ID);
    assert_string_equal(record_header(record, "ce_recordedtime"), "1970-01-01T00:00:01.000Z");
    assert_string_equal(record_header(record, "content-type"), "application/json");
    assert_string_equal(record->key.ptr, ID);
}

static void ids_depend_on_item_revision_and_type_alone(void **state)
{
    (void)state;
    struct article article = article_full(), later = article_full(), other = article_full();
    char first[RECORD_ID_BYTES];
    memcpy(first, made(&article)->id, sizeof(first));
    assert_int_equal(strlen(first), RECORD_ID_BYTES - 1);
    later.title = STR("Another title");
    later.fetched_ms += 5000;
    later.feed.url = STR("https://elsewhere.example/feed");
    assert_string_equal(made(&later)->id, first);
    article.revision = 2;
    assert_string_not_equal(made(&article)->id, first);
    article.revision = 1;
    article.kind = ARTICLE_WITHDRAWN;
    assert_string_not_equal(made(&article)->id, first);
    other.id = STR("ffeeddccbbaa99887766554433221100");
    assert_string_not_equal(made(&other)->id, first);
    /* Fixed for ever: consumers drop repeats by it. */
    assert_string_equal(first, "bd1ef36ba2e777d122162d013154b421");
}

static void folds_into_one_envelope(void **state)
{
    (void)state;
    struct article article = article_full();
    struct record *record = made(&article), folded = *record;
    assert_int_equal(record_structured(arena, record, &folded.value), 0);
    EXPECT(&folded, {"specversion", "1.0"}, {"id", record->id}, {"type", "org.newsd.article.published"},
           {"source", "https://post.example/rss"}, {"datacontenttype", "application/json"},
           {"partitionkey", ID}, {"data/bodies/0/value", TEXT}, {"ce_id", NULL}, {"content-type", NULL});
    folded.headers[folded.header_count - 1].value = STR(RECORD_STRUCTURED_TYPE);
    const struct record *check = &folded;
    records_check(&check, 1);
    struct record bare = {.value = STR("{}")};
    assert_int_equal(record_structured(arena, &bare, &folded.value), ERR_RECORD);
}

static void headers_survive_the_outbox(void **state)
{
    (void)state;
    struct article article = article_full();
    struct record *record = made(&article);
    struct record_header headers[RECORD_HEADERS_MAX];
    struct str stored;
    size_t count;
    assert_int_equal(record_headers_encode(arena, record, &stored), 0);
    assert_int_equal(record_headers_decode(arena, stored, headers, &count), 0);
    assert_int_equal(count, record->header_count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(headers[i].name, record->headers[i].name);
        assert_true(str_equal(headers[i].value, record->headers[i].value));
    }
    assert_int_equal(record_headers_decode(arena, STR("[]"), headers, &count), ERR_RECORD);
    assert_int_equal(record_headers_decode(arena, STR("{\"a\":"), headers, &count), ERR_RECORD);
    assert_int_equal(record_headers_decode(arena, STR(""), headers, &count), ERR_RECORD);
    assert_int_equal(record_headers_decode(arena, STR("{\"a\":1,\"b\":\"x\"}"), headers, &count), 0);
    assert_int_equal(count, 1);
}

static void text_that_is_no_utf8_is_no_record(void **state)
{
    (void)state;
    struct article article = article_full();
    struct record_list records = {0};
    struct error error = {0};
    article.title = STR("caf\xE9");
    assert_int_equal(record_article(arena, &article, NOW_MS, &records, &error), ERR_RECORD);
    assert_non_null(strstr(error.text, "UTF-8"));
    assert_int_equal(records.count, 0);
}

static void a_full_arena_is_an_error(void **state)
{
    (void)state;
    struct article article = article_full();
    struct arena *small = arena_create(1024);
    struct record_list records = {0};
    struct error error = {0};
    char text[70000];
    memset(text, 'a', sizeof(text));
    article.text = str_make(text, sizeof(text));
    assert_int_equal(record_article(small, &article, NOW_MS, &records, &error), -ENOMEM);
    assert_int_equal(records.count, 0);
    arena_destroy(&small);
}

static void is_indented_for_people(void **state)
{
    (void)state;
    struct article article = article_full();
    struct str plain, pretty;
    struct error error;
    assert_int_equal(record_article_value(arena, &article, false, &plain, &error), 0);
    assert_int_equal(record_article_value(arena, &article, true, &pretty, &error), 0);
    assert_true(str_find_byte(plain, '\n', 0) < 0);
    assert_true(str_starts(pretty, STR("{\n  \"uri\"")));
    json_t *one = json_loadb(plain.ptr, plain.len, 0, NULL),
           *two = json_loadb(pretty.ptr, pretty.len, 0, NULL);
    assert_true(json_equal(one, two));
    json_decref(one);
    json_decref(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_the_standards_part),
        cmocka_unit_test(encodes_what_no_uri_can_hold),
        cmocka_unit_test(writes_newsds_part),
        cmocka_unit_test(writes_little_when_little_is_known),
        cmocka_unit_test(cancels_the_withdrawn),
        cmocka_unit_test(every_name_of_every_enum_is_in_the_schema),
        cmocka_unit_test(the_envelope_is_cloudevents),
        cmocka_unit_test(ids_depend_on_item_revision_and_type_alone),
        cmocka_unit_test(folds_into_one_envelope),
        cmocka_unit_test(headers_survive_the_outbox),
        cmocka_unit_test(text_that_is_no_utf8_is_no_record),
        cmocka_unit_test(a_full_arena_is_an_error),
        cmocka_unit_test(is_indented_for_people),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

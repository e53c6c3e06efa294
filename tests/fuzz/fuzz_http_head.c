/* fuzz_http_head: a first line of settings ("s" asked over https, "c" with conditions), then the raw lines of
 * the heads of one transfer, on the daemon's way: fields, redirect, links, cache hints, the verdict, the
 * feed's new state. Hints stay within their caps, passwords with their host, validators are kept byte for
 * byte (P1, P4). */
#include "fuzz/fuzz_polled.h"

#include "feeds/http/cache_hints.h"
#include "feeds/http/http_head.h"
#include "feeds/http/link_header.h"
#include "feeds/http/redirect.h"
#include "feeds/poll/poll_rules.h"

enum { ARENA_BYTES = 16 << 20, FEW = 3 };

static const char *const first_url = "https://me:secret@a.example/dir/feed";

static enum http_head_verdict read_lines(struct http_head *head, struct str text)
{
    enum http_head_verdict verdict = HEAD_GOES_ON;
    while (text.len && verdict == HEAD_GOES_ON) {
        ptrdiff_t end = str_find_byte(text, '\n', 0);
        size_t len = end < 0 ? text.len : (size_t)end + 1;
        verdict = http_head_line(head, str_slice(text, 0, len));
        text = str_slice(text, len, text.len);
    }
    CHECK(head->bytes.len <= HTTP_HEAD_BYTES_MAX);
    return verdict;
}

static void check_fields(const struct http_head *head, const struct http_header *headers, size_t count)
{
    struct http_header few[FEW];
    size_t fewer = http_head_fields(head, few, FEW);
    CHECK(count <= HTTP_HEADERS_MAX && fewer == (count < FEW ? count : FEW));
    for (size_t i = 0; i < fewer; i++)
        CHECK(str_equal(few[i].name, headers[i].name) && str_equal(few[i].value, headers[i].value));
    for (size_t i = 0; i < count; i++) {
        CHECK(headers[i].name.len > 0 && str_find_byte(headers[i].name, ':', 0) < 0);
        CHECK(str_find_byte(headers[i].value, '\n', 0) < 0);
        CHECK(str_equal(headers[i].value, str_trim_ascii(headers[i].value)));
    }
}

static void check_redirect(struct arena *arena, const struct http_answer *answer)
{
    struct error words = {0};
    struct str url = STR_NONE, host = STR("a.example");
    struct str location = http_answer_header(answer, STR("location"));
    enum fetch_error error =
        redirect_target(arena, str_from(first_url), str_from(first_url), location, &url, &words);
    if (error != FETCH_ERROR_NONE) {
        CHECK(words.text[0] || arena_exhausted(arena));
        return;
    }
    CHECK(url_is_http(url) && utf8_valid(url));
    bool home = str_equal(url_host(arena, url), host);
    CHECK(home || str_equal(url, url_without_credentials(arena, url)));
}

/* A link that was read says the same when it is written plainly. */
static void check_link(const struct link_header *link)
{
    struct link_header again;
    struct buffer out = {0};
    if (!link->rel.ptr || str_find_byte(link->rel, '"', 0) >= 0 || str_find_byte(link->rel, '\\', 0) >= 0)
        return;
    CHECK(buffer_append_byte(&out, '<') == 0 && buffer_append_str(&out, link->target) == 0);
    CHECK(buffer_append_str(&out, STR(">;rel=\"")) == 0 && buffer_append_str(&out, link->rel) == 0);
    CHECK(buffer_append_byte(&out, '"') == 0);
    struct str text = buffer_str(&out);
    CHECK(link_header_next(&text, &again));
    CHECK(str_equal(again.target, link->target) && str_equal(again.rel, link->rel) && !again.anchored);
    CHECK(!link_header_next(&text, &again));
    buffer_done(&out);
}

static void check_links(struct arena *arena, const struct http_header *headers, size_t count)
{
    struct feed_header *fields = arena_new_array(arena, struct feed_header, count + 1);
    struct websub_links links;
    CHECK(fields);
    for (size_t i = 0; i < count; i++) {
        fields[i] = (struct feed_header){headers[i].name, headers[i].value};
        struct str rest = headers[i].value;
        struct link_header link;
        for (size_t before = rest.len + 1; link_header_next(&rest, &link); before = rest.len) {
            CHECK(rest.len < before);
            if (i < FEW)
                check_link(&link);
        }
    }
    struct feed_parse_options options = {
        .url = STR("http://a.example/dir/feed"), .headers = fields, .header_count = count};
    if (websub_discover(arena, &options, NULL, &links) == 0)
        fuzz_check_links(&links);
}

static void check_hints(const struct http_answer *answer)
{
    int64_t pause = cache_pause_ms(answer, fuzz_now_ms);
    CHECK(cache_hint_s(answer) >= 0 && cache_retry_after_ms(answer, fuzz_now_ms) >= 0);
    CHECK(pause >= 0 && pause <= FUZZ_NOW_MS_DAY);
    CHECK((pause > 0) == (http_answer_is_throttled(answer) && !http_answer_is_challenge(answer)));
}

static void check_settled(const struct http_answer *answer)
{
    struct feed_state state = {.url = strdup("https://a.example/dir/feed")};
    struct poll_policy policy;
    struct poll_verdict verdict;
    struct poll_change change;
    struct poll_findings found = {.entries = 2, .known = 1, .fresh = 1};
    struct str etag = http_answer_header(answer, STR("etag"));
    CHECK(state.url);
    poll_policy_default(&policy);
    poll_judge(&state, &policy, answer, fuzz_now_ms, &verdict);
    CHECK(verdict.retry_after_ms >= 0 && verdict.retry_after_ms <= FUZZ_NOW_MS_DAY);
    CHECK((verdict.kind == POLL_FAILED) == (verdict.error != FETCH_ERROR_NONE));
    CHECK(poll_settle(&state, &policy, answer, &verdict, verdict.kind == POLL_BODY ? &found : NULL,
                      fuzz_now_ms, &change) == 0);
    CHECK(!state.etag || str_equal(str_from(state.etag), etag));
    CHECK(state.next_poll_ms >= fuzz_now_ms);
    CHECK(state.hint_s >= 0 && state.hint_s <= policy.hint_max_s);
    feed_state_done(&state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct http_head head = {0};
    struct http_header headers[HTTP_HEADERS_MAX];
    struct str letters, text = fuzz_text(data, size, &letters);
    http_head_begin(&head, str_find_byte(letters, 's', 0) >= 0);
    enum http_head_verdict verdict = read_lines(&head, text);
    size_t count = http_head_fields(&head, headers, HTTP_HEADERS_MAX);
    check_fields(&head, headers, count);
    struct http_answer answer = {.status = head.status,
                                 .headers = headers,
                                 .header_count = count,
                                 .body = STR("<rss/>"),
                                 .was_conditional = str_find_byte(letters, 'c', 0) >= 0,
                                 .received_ms = fuzz_now_ms};
    if (verdict != HEAD_NO_MEMORY && http_head_leads_on(&head))
        check_redirect(arena, &answer);
    check_links(arena, headers, count);
    check_hints(&answer);
    check_settled(&answer);
    http_head_done(&head);
    arena_destroy(&arena);
    return 0;
}

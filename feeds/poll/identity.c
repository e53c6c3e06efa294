/* identity: keys, hashes and verdicts of a document's entries. Pure; any thread; allocates from the caller's
 * arena only. */
#include "feeds/poll/identity.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/url.h"
#include "base/utf8.h"
#include "feeds/poll/media_identity.h"
#include "feeds/poll/twin.h"

enum {
    FULL_TEXT_BYTES = 1200,        /* a feed text of this much plain text is the article, not its teaser */
    CLOCK_AHEAD_MS = 24 * 3600000, /* rule 8: dates further ahead are clamped */
    HASH_PIECE_BYTES = 512,
    TITLE_BYTES_MAX = 4096, /* of what is remembered */
    SWINGS_FREE =
        1, /* going back once is an edit; going on to and fro is a fault of the publisher's system */
};

/* Words behind a number that make it a counter: "12 comments" changes with every reader. */
static const char *const counter_words[] = {"comment", "comments", "view",   "views", "like",  "likes",
                                            "share",   "shares",   "points", "votes", "reads", "replies"};

/* Collects normalised text piece by piece into one hash, so that no copy of the content is made. */
struct text_hash {
    uint64_t value;
    size_t total; /* normalised bytes seen */
    size_t len;
    bool space_pending;
    char piece[HASH_PIECE_BYTES];
};

static void text_hash_flush(struct text_hash *hash)
{
    if (hash->len)
        hash->value = hash_64_seeded(hash->value, str_make(hash->piece, hash->len));
    hash->len = 0;
}

static void text_hash_byte(struct text_hash *hash, char byte)
{
    if (hash->len == sizeof(hash->piece))
        text_hash_flush(hash);
    hash->piece[hash->len++] = byte;
    hash->total++;
}

static bool counter_follows(struct str text, size_t at)
{
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    size_t end = at;
    while (end < text.len && isalpha((unsigned char)text.ptr[end]))
        end++;
    struct str word = str_slice(text, at, end);
    for (size_t i = 0; i < sizeof(counter_words) / sizeof(counter_words[0]); i++)
        if (str_equal_nocase(word, str_from(counter_words[i])))
            return true;
    return false;
}

/* Adds the text between tags, white space folded, counters ("12 comments") left out. */
static void text_hash_add(struct text_hash *hash, struct str text, bool is_html)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (is_html && c == '<') {
            ptrdiff_t close = str_find_byte(text, '>', i);
            if (close < 0)
                break;
            i = (size_t)close;
            hash->space_pending = true;
            continue;
        }
        if (isspace((unsigned char)c)) {
            hash->space_pending = true;
            continue;
        }
        if (isdigit((unsigned char)c)) {
            size_t end = i;
            while (end < text.len && (isdigit((unsigned char)text.ptr[end]) || text.ptr[end] == ','))
                end++;
            if (counter_follows(text, end)) {
                i = end - 1;
                continue;
            }
        }
        if (hash->space_pending && hash->total)
            text_hash_byte(hash, ' ');
        hash->space_pending = false;
        text_hash_byte(hash, c);
    }
    hash->space_pending = true;
}

static uint64_t text_hash_finish(struct text_hash *hash)
{
    text_hash_flush(hash);
    return hash->total ? hash->value : 0;
}

static bool text_is_html(const struct feed_text *text)
{
    return !str_equal(text->type, STR("text/plain"));
}

static uint64_t title_hash(const struct feed_entry *entry)
{
    struct text_hash hash = {.value = 1};
    text_hash_add(&hash, entry->title.value, text_is_html(&entry->title));
    return text_hash_finish(&hash);
}

/* The plain text without the title: its hash, its size, and the size of its longest part. */
static uint64_t body_hash(const struct feed_entry *entry, size_t *ret_bytes, size_t *ret_longest)
{
    struct text_hash hash = {.value = 2};
    text_hash_add(&hash, entry->summary.value, text_is_html(&entry->summary));
    size_t longest = hash.total;
    for (size_t i = 0; i < entry->content.count; i++) {
        size_t before = hash.total;
        text_hash_add(&hash, entry->content.items[i].value, text_is_html(&entry->content.items[i]));
        if (hash.total - before > longest)
            longest = hash.total - before;
    }
    *ret_bytes = hash.total;
    *ret_longest = longest;
    return text_hash_finish(&hash);
}

/* Rule 4: title, summary, content and enclosures; dates, links and statistics are no content, nor is what
 * makes a media address work for a while only. */
static uint64_t content_hash(struct arena *arena, const struct feed_entry *entry, uint64_t body)
{
    struct text_hash hash = {.value = 3 ^ body};
    text_hash_add(&hash, entry->title.value, text_is_html(&entry->title));
    for (size_t i = 0; i < entry->enclosures.count; i++)
        text_hash_add(&hash, media_identity(arena, entry->enclosures.items[i].url), false);
    uint64_t content = text_hash_finish(&hash);
    return content ? content : body ? body : 1; /* 0 is what an older version left behind */
}

/* The rungs of rule 1: each adds one more property to what makes a key. */
enum { RUNG_PLAIN, RUNG_LINK, RUNG_PUBLISHED, RUNG_TITLE, RUNG_CONTENT, RUNG_COUNT };

struct draft {
    struct entry_candidate *candidate;
    uint64_t link_identity; /* hash, 0 = none */
    uint64_t key;
};

static struct str entry_published_raw(const struct feed_entry *entry)
{
    return entry->dates.published.raw.ptr ? entry->dates.published.raw : entry->dates.created.raw;
}

static uint64_t key_at_rung(const struct entry_candidate *candidate, int rung)
{
    const struct feed_entry *entry = candidate->entry;
    struct str plain = entry->id.len ? entry->id : entry->link;
    uint64_t key = hash_64_seeded(entry->id.len ? 11 : 12, plain);
    if (rung >= RUNG_LINK)
        key = hash_64_seeded(key, entry->link);
    if (rung >= RUNG_PUBLISHED)
        key = hash_64_seeded(key, entry_published_raw(entry));
    if (rung >= RUNG_TITLE)
        key = hash_64_seeded(key ^ candidate->title_hash, STR("title"));
    if (rung >= RUNG_CONTENT)
        key = hash_64_seeded(key ^ candidate->content_hash, STR("content"));
    return key ? key : 1;
}

static int first_rung(const struct feed_entry *entry)
{
    if (entry->id.len || entry->link.len)
        return RUNG_PLAIN;
    return RUNG_TITLE;
}

static int compare_drafts(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->candidate < y->candidate ? -1 : x->candidate > y->candidate;
}

/* Every holder of a key that is used twice climbs a rung until the keys differ. Not only the later holders:
 * which of them is "the first" changes with the feed's order, and a key must not. */
static void keys_settle(struct draft *drafts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        drafts[i].key = key_at_rung(drafts[i].candidate, first_rung(drafts[i].candidate->entry));
    for (int rung = RUNG_LINK; rung < RUNG_COUNT; rung++) {
        bool repeated = false;
        qsort(drafts, count, sizeof(*drafts), compare_drafts);
        for (size_t i = 0; i < count;) {
            size_t end = i + 1;
            while (end < count && drafts[end].key == drafts[i].key)
                end++;
            if (end - i > 1) {
                repeated = true;
                for (size_t k = i; k < end; k++)
                    drafts[k].key = key_at_rung(drafts[k].candidate, rung);
            }
            i = end;
        }
        if (!repeated)
            return;
    }
}

static int compare_links(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;
    return x->link_identity < y->link_identity ? -1 : x->link_identity > y->link_identity;
}

/* A link that several entries share says nothing about any of them. */
static void links_settle(struct draft *drafts, size_t count)
{
    qsort(drafts, count, sizeof(*drafts), compare_links);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && drafts[end].link_identity == drafts[i].link_identity)
            end++;
        for (size_t k = i; k < end; k++)
            drafts[k].candidate->link_hash = end - i == 1 ? drafts[k].link_identity : 0;
        i = end;
    }
}

static int compare_twins(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;
    uint64_t one = x->candidate->twin_hash, other = y->candidate->twin_hash;
    return one < other ? -1 : one > other;
}

/* Evidence that several entries share is none. */
static void twins_settle(struct draft *drafts, size_t count)
{
    qsort(drafts, count, sizeof(*drafts), compare_twins);
    for (size_t i = 0; i < count;) {
        uint64_t twin = drafts[i].candidate->twin_hash;
        size_t end = i + 1;
        while (end < count && drafts[end].candidate->twin_hash == twin)
            end++;
        for (size_t k = i; end - i > 1 && k < end; k++)
            drafts[k].candidate->twin_hash = 0;
        i = end;
    }
}

static bool link_is_front_page(struct str identity)
{
    ptrdiff_t path = str_find_byte(identity, '/', sizeof("https://") - 1);
    return path < 0 || (size_t)path + 1 == identity.len;
}

static void article_id_from(struct arena *arena, const char *kind, struct str a, struct str b,
                            char out[ARTICLE_ID_BYTES])
{
    char hex[SHA256_HEX_BYTES];
    struct str basis = arena_printf(arena, "%s\n%.*s\n%.*s", kind, STR_ARG(a), STR_ARG(b));
    memcpy(out, hash_sha256_hex(basis, ARTICLE_ID_BYTES - 1, hex), ARTICLE_ID_BYTES);
}

static int64_t published_ms(const struct feed_entry *entry, int64_t now_ms)
{
    const struct feed_time *time = &entry->dates.published;
    if (time->precision == TIME_NONE)
        time = entry->dates.created.precision != TIME_NONE ? &entry->dates.created : &entry->dates.updated;
    if (time->precision == TIME_NONE)
        return 0;
    return time->ms > now_ms + CLOCK_AHEAD_MS ? now_ms : time->ms;
}

/* The address that the publisher calls the article's own: behind a proxy that counts clicks
 * (feedburner:origLink, rel="canonical"), else the link. A front page is nobody's. */
static struct str entry_address(struct arena *arena, const struct feed_entry *entry)
{
    for (size_t i = 0; i < entry->links.count; i++) {
        const struct feed_link *link = &entry->links.items[i];
        if (!str_equal_nocase(link->rel, STR("canonical")) || !url_is_http(link->href))
            continue;
        struct str identity = url_identity(arena, link->href);
        if (identity.ptr && !link_is_front_page(identity))
            return link->href;
    }
    return entry->link;
}

static int candidate_fill(struct arena *arena, const struct feed_entry *entry, int64_t now_ms,
                          struct entry_candidate *candidate, uint64_t *ret_link_identity)
{
    size_t text_bytes, longest;
    uint64_t body = body_hash(entry, &text_bytes, &longest);
    struct str address = entry_address(arena, entry), identity = url_identity(arena, address);
    candidate->entry = entry;
    candidate->title_hash = title_hash(entry);
    candidate->content_hash = content_hash(arena, entry, body);
    candidate->twin_hash = twin_hash(entry, body, text_bytes);
    candidate->link = url_is_http(address) ? address : STR_NONE;
    candidate->title = utf8_cut(entry->title.value, TITLE_BYTES_MAX);
    candidate->published_ms = published_ms(entry, now_ms);
    candidate->deleted = entry->deleted;
    candidate->has_full_text = longest >= FULL_TEXT_BYTES;
    *ret_link_identity = identity.ptr && !link_is_front_page(identity) ? hash_64(identity) : 0;
    return arena_exhausted(arena) ? -ENOMEM : 0;
}

static void candidate_name(struct arena *arena, struct entry_candidate *candidate, struct str feed_url)
{
    const struct feed_entry *entry = candidate->entry;
    if (entry->id.len || entry->link.len)
        candidate->key = entry->id.len ? entry->id : entry->link;
    else
        candidate->key = arena_printf(arena, "hash:%016llx", (unsigned long long)candidate->key_hash);
    struct str key = arena_printf(arena, "%016llx", (unsigned long long)candidate->key_hash);
    article_id_from(arena, "entry", feed_url, key, candidate->article_id_by_key);
    if (candidate->link_hash)
        article_id_from(arena, "link", url_identity(arena, candidate->link), STR(""), candidate->article_id);
    else
        memcpy(candidate->article_id, candidate->article_id_by_key, ARTICLE_ID_BYTES);
}

int identity_candidates(struct arena *arena, const struct feed_document *document, struct str feed_url,
                        int64_t now_ms, struct entry_candidate **ret_candidates, size_t *ret_count)
{
    size_t count = document->entries.count;
    struct entry_candidate *all = arena_new_array(arena, struct entry_candidate, count + 1);
    struct draft *drafts = arena_new_array(arena, struct draft, count + 1);
    if (!all || !drafts)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        drafts[i].candidate = &all[i];
        int error =
            candidate_fill(arena, document->entries.items[i], now_ms, &all[i], &drafts[i].link_identity);
        if (error)
            return error;
    }
    links_settle(drafts, count);
    twins_settle(drafts, count);
    keys_settle(drafts, count);
    for (size_t i = 0; i < count; i++)
        drafts[i].candidate->key_hash = drafts[i].key;
    /* Keys that are still equal belong to the same entry printed twice: one of them is enough. */
    qsort(drafts, count, sizeof(*drafts), compare_drafts);
    for (size_t i = 1; i < count; i++)
        if (drafts[i].key == drafts[i - 1].key)
            drafts[i].candidate->entry = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!all[i].entry)
            continue;
        all[kept] = all[i];
        candidate_name(arena, &all[kept], feed_url);
        kept++;
    }
    if (arena_exhausted(arena))
        return -ENOMEM;
    *ret_candidates = all;
    *ret_count = kept;
    return 0;
}

void identity_seen(const struct entry_candidate *candidate, struct seen_entry *ret_seen)
{
    *ret_seen = (struct seen_entry){
        .key_hash = candidate->key_hash,
        .link_hash = candidate->link_hash,
        .title_hash = candidate->title_hash,
        .content_hash = candidate->content_hash,
        .twin_hash = candidate->twin_hash,
        .withdrawn = candidate->deleted,
    };
    memcpy(ret_seen->article_id, candidate->article_id, ARTICLE_ID_BYTES);
}

static bool goes_back(const struct entry_candidate *candidate, const struct seen_entry *before)
{
    return before->previous_hash && candidate->content_hash == before->previous_hash;
}

void identity_revised(const struct entry_candidate *candidate, const struct seen_entry *before, int32_t today,
                      struct seen_entry *ret_seen)
{
    identity_seen(candidate, ret_seen);
    memcpy(ret_seen->article_id, before->article_id, ARTICLE_ID_BYTES);
    ret_seen->previous_hash = before->content_hash;
    ret_seen->revised_day = today;
    if (goes_back(candidate, before))
        ret_seen->swings = before->swings < UINT16_MAX ? before->swings + 1 : UINT16_MAX;
}

static bool same_twin(const struct entry_candidate *candidate, const struct seen_entry *seen)
{
    return candidate->twin_hash && candidate->twin_hash == seen->twin_hash;
}

/* Rule 2 and pain 2: an id that now stands for something else altogether. */
static bool id_was_reused(const struct entry_candidate *candidate, const struct seen_entry *seen)
{
    return candidate->link_hash && seen->link_hash && candidate->link_hash != seen->link_hash &&
           candidate->title_hash && seen->title_hash && candidate->title_hash != seen->title_hash &&
           !same_twin(candidate, seen);
}

static enum entry_verdict decide_by_key(const struct entry_candidate *candidate,
                                        const struct seen_entry *seen, int32_t today)
{
    if (seen->withdrawn)
        return ENTRY_REVISED; /* it came back */
    if (seen->content_hash == candidate->content_hash || seen->content_hash == 0)
        return ENTRY_KNOWN;
    if (id_was_reused(candidate, seen))
        return ENTRY_NEW;
    bool swings = goes_back(candidate, seen) && seen->swings >= SWINGS_FREE && seen->revised_day == today;
    return swings ? ENTRY_BRAKED : ENTRY_REVISED;
}

enum entry_verdict identity_decide(const struct entry_candidate *candidate,
                                   const struct identity_known *known, const struct seen_entry **ret_before)
{
    const struct seen_entry *by_link = known->link_key_present ? NULL : known->by_link;
    const struct seen_entry *by_twin = known->twin_key_present ? NULL : known->by_twin;
    *ret_before = known->by_key;
    if (candidate->deleted)
        return known->by_key && !known->by_key->withdrawn ? ENTRY_WITHDRAWN : ENTRY_KNOWN;
    if (known->by_key)
        return decide_by_key(candidate, known->by_key, known->today);
    /* Rule 3: another id, the same link, the old id gone from the document, and the same title or content. */
    if (by_link && by_link->content_hash != candidate->content_hash &&
        !(by_link->title_hash == candidate->title_hash && candidate->title_hash))
        by_link = NULL;
    /* Or id, link and headline changed in one edit, and what no edit changes agrees. */
    if (!by_link && by_twin && !same_twin(candidate, by_twin))
        by_twin = NULL;
    *ret_before = by_link ? by_link : by_twin;
    if (!*ret_before)
        return ENTRY_NEW;
    return (*ret_before)->content_hash == candidate->content_hash ? ENTRY_RENAMED : ENTRY_RENAMED_REVISED;
}

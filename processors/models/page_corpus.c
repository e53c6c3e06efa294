/* page_corpus: reading and segmenting; page_labels.c says which blocks are of the text. */
#include "processors/models/page_corpus.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/json_reader.h"
#include "processors/html/page_charset.h"
#include "processors/models/files.h"
#include "processors/models/page_labels.h"

#define PAGE_BYTES_MAX ((size_t)512 << 20)

/* The registered domain of a host, near enough to keep a site together: the last two labels, three under
 * co.uk and the like. */
static struct str site_of(struct arena *arena, struct str url, struct str id)
{
    ptrdiff_t scheme = str_find(url, STR("://"), 0);
    struct str host = str_slice(url, scheme < 0 ? 0 : (size_t)scheme + 3, url.len);
    size_t end = 0;
    while (end < host.len && !strchr("/:?#", host.ptr[end]))
        end++;
    host = str_slice(host, 0, end);
    if (scheme < 0 || host.len == 0)
        return id;
    static const char *const seconds[] = {"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"};
    size_t dots[3] = {0}, found = 0;
    for (size_t i = host.len; i-- > 0 && found < 3;)
        if (host.ptr[i] == '.')
            dots[found++] = i + 1;
    size_t begin = found >= 2 ? dots[1] : 0;
    if (found >= 2 && host.len - dots[0] == 2) {
        struct str second = str_slice(host, dots[1], dots[0] - 1);
        for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++)
            if (str_equal_nocase(second, str_from(seconds[i])))
                begin = found >= 3 ? dots[2] : 0;
    }
    struct str site = arena_str(arena, str_slice(host, begin, host.len));
    for (size_t i = 0; i < site.len; i++)
        if (site.ptr[i] >= 'A' && site.ptr[i] <= 'Z')
            ((char *)(uintptr_t)site.ptr)[i] |= 0x20;
    return site;
}

static struct passage passage_of(struct arena *arena, struct str text)
{
    struct vocabulary vocabulary;
    uint32_t *words, count;
    vocabulary_init(&vocabulary, arena);
    if (page_blocks_words(arena, &vocabulary, text, &words, &count) < 0)
        files_fail("memory", "too little");
    uint64_t *hashes = arena_new_array(arena, uint64_t, count + 1);
    if (!hashes)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < count; i++)
        hashes[i] = vocabulary.hashes[words[i]];
    return (struct passage){.words = hashes, .count = count};
}

static struct passage lines_of(struct arena *arena, struct str text)
{
    uint64_t *lines = arena_new_array(arena, uint64_t, text.len + 1);
    uint32_t count = 0;
    if (!lines)
        files_fail("memory", "too little");
    for (size_t begin = 0; begin < text.len;) {
        ptrdiff_t end = str_find_byte(text, '\n', begin);
        size_t stop = end < 0 ? text.len : (size_t)end;
        struct passage line = passage_of(arena, str_slice(text, begin, stop));
        lines[count] = word_hash_row(line.words, line.count);
        count += line.count > 0;
        begin = stop + 1;
    }
    return (struct passage){.words = lines, .count = count};
}

static unsigned read_passages(struct arena *arena, const json_t *list, struct passage *ret_passages)
{
    unsigned count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < PASSAGES_MAX; i++) {
        ret_passages[count] = passage_of(arena, json_reader_value(json_array_get(list, i)));
        count += ret_passages[count].count > 0 || i == 0;
    }
    return count;
}

/* False where the page cannot be read: then there is nothing to learn from it. */
static bool segment(struct page_corpus *corpus, struct corpus_page *page, const char *path)
{
    struct arena *scratch = arena_create(PAGE_BYTES_MAX);
    struct dom *dom = NULL;
    struct charset_result html;
    int code = page_to_utf8(scratch, files_read(scratch, path), STR_NONE, &html);
    if (code == 0)
        code = dom_parse(scratch, html.text, &dom);
    if (code < 0) {
        fprintf(stderr, "%s: left out: %s\n", path, error_text(code));
        arena_destroy(&scratch);
        return false;
    }
    if (page_blocks_read(corpus->arena, dom, &page->blocks) < 0)
        files_fail(path, "too little memory");
    page_facts_read(dom, &page->facts);
    page->facts.title = arena_str(corpus->arena, page->facts.title);
    page->facts.other_title = arena_str(corpus->arena, page->facts.other_title);
    page->facts.description = arena_str(corpus->arena, page->facts.description);
    page->blocks.owners = NULL; /* both speak of the tree, which goes now */
    page->blocks.inside = NULL;
    arena_destroy(&scratch);
    page->hashes = arena_new_array(corpus->arena, uint64_t, page->blocks.word_count + 1);
    if (!page->hashes)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < page->blocks.word_count; i++)
        page->hashes[i] = page->blocks.word_vocabulary.hashes[page->blocks.words[i]];
    return true;
}

static void read_page(struct page_corpus *corpus, struct vocabulary *sites, const char *folder,
                      unsigned folds, const json_t *object)
{
    const json_t *texts = json_object_get(object, "texts"), *must = json_object_get(object, "must");
    if (!json_is_array(texts) && !json_is_array(must))
        return;
    void *items = corpus->pages;
    if (arena_grow(corpus->arena, &items, corpus->count, &corpus->capacity, sizeof(struct corpus_page)) < 0)
        files_fail("memory", "too little");
    corpus->pages = items;
    struct corpus_page *page = &corpus->pages[corpus->count];
    *page = (struct corpus_page){.first_row = corpus->row_count, .has_texts = json_is_array(texts)};
    page->set = arena_str(corpus->arena, json_reader_str(object, "set"));
    page->id = arena_str(corpus->arena, json_reader_str(object, "id"));
    const char *path = files_path(corpus->arena, folder, json_string_value(json_object_get(object, "file")));
    if (!segment(corpus, page, path))
        return;
    uint64_t site = hash_64(site_of(corpus->arena, json_reader_str(object, "url"), page->id));
    page->site = vocabulary_add(sites, site);
    page->fold = (unsigned)(site >> 16) % folds;
    page->text_count = read_passages(corpus->arena, page->has_texts ? texts : must, page->texts);
    if (page->has_texts)
        page->lines = lines_of(corpus->arena, json_reader_value(json_array_get(texts, 0)));
    else
        page->banned_count = read_passages(corpus->arena, json_object_get(object, "mustnot"), page->banned);
    page_labels_make(corpus->arena, page);
    corpus->row_count += page->blocks.block_count;
    corpus->count++;
}

void page_corpus_read(struct page_corpus *corpus, struct arena *arena, const char *folder, unsigned folds)
{
    struct arena *lines = arena_create(PAGE_BYTES_MAX);
    struct vocabulary sites;
    const char *path = files_path(arena, folder, "truth.jsonl");
    struct str rest = files_read(lines, path);
    *corpus = (struct page_corpus){.arena = arena};
    vocabulary_init(&sites, arena);
    for (unsigned line = 1; rest.len; line++) {
        ptrdiff_t end = str_find_byte(rest, '\n', 0);
        struct str text = str_slice(rest, 0, end < 0 ? rest.len : (size_t)end);
        rest = str_slice(rest, end < 0 ? rest.len : (size_t)end + 1, rest.len);
        if (text.len == 0)
            continue;
        struct error error = {0};
        _cleanup_json_ json_t *object = json_reader_parse(text, &error);
        if (!object || !json_is_string(json_object_get(object, "file"))) {
            fprintf(stderr, "%s: line %u: ", path, line);
            files_fail("truth", object ? "no \"file\"" : error.text);
        }
        read_page(corpus, &sites, folder, folds, object);
    }
    corpus->site_count = sites.count;
    arena_destroy(&lines);
    if (corpus->count == 0)
        files_fail(path, "no page has texts or snippets");
}

/* page_vetoes: one walk for what blocks stand in, one for what short blocks say. */
#include "processors/html/page_vetoes.h"

#include <string.h>

#include "processors/html/byline.h"
#include "processors/html/page_layout.h"
#include "processors/text/shown_date.h"

enum {
    LEFT_WORDS = 20,  /* that must stand before comments or in the first article */
    PROSE_WORDS = 20, /* of a block that begins the text */
    PROSE_CHARS = 60, /* the same where words are not divided by spaces */
    LINE_BYTES = 240, /* of a block that is a label, a by-line ... */
    LABEL_WORDS = 15, /* of a line that begins as labels do */
    SIGN_WORDS = 10,  /* of a by-line */
    DATE_WORDS = 6,   /* of a line that is a date */
    DATE_CHARS = 40,
    SALE_WORDS = 25,      /* of a line that sells */
    QUOTE_WORDS = 5,      /* of a pull quote at least */
    QUOTE_WORDS_MAX = 80, /* and at most: longer ones are no pull quotes, and costly to look for */
    QUOTE_DISTANCE = 12,  /* blocks up to the text that it is pulled from */
    DEPTH_MAX = 64,       /* elements looked at around a block */
};
#define LEADS_ELSEWHERE 0.5f /* share of links in a line that begins as those do which lead elsewhere */
#define ONLY_LINK 0.9f

struct vetoes {
    struct arena *arena;
    const struct dom *dom;
    const struct page_blocks *page;
    bool *chosen, *vetoed; /* of each block; vetoed: by the rule at work */
};

/* ---- What a block stands in ---- */

static bool is_named(const struct page_blocks *page, uint32_t element, const uint64_t *names, size_t count)
{
    const struct page_element *at = &page->elements[element];
    for (uint32_t i = at->first_name; i < at->first_name + at->name_count; i++)
        for (size_t k = 0; k < count; k++)
            if (page->name_vocabulary.hashes[page->names[i]] == names[k])
                return true;
    return false;
}

enum { NAMES_MAX = 8 };

/* The block is in an element that one of the words (the list ends with NULL) names. */
static bool is_in_named(const struct page_blocks *page, const struct page_block *block,
                        const char *const *words)
{
    uint64_t hashes[NAMES_MAX];
    size_t count = 0;
    while (words[count] && count < NAMES_MAX) {
        hashes[count] = page_blocks_name_hash(str_from(words[count]));
        count++;
    }
    unsigned depth = 0;
    for (uint32_t at = block->owner; at != 0 && depth < DEPTH_MAX; at = page->elements[at].parent, depth++)
        if (is_named(page, at, hashes, count))
            return true;
    return false;
}

/* The outermost element with the tag around the block; 0 = none. */
static uint32_t outermost(const struct page_blocks *page, const struct page_block *block, enum html_tag tag)
{
    uint32_t found = 0;
    unsigned depth = 0;
    for (uint32_t at = block->owner; at != 0 && depth < DEPTH_MAX; at = page->elements[at].parent, depth++)
        if (page->elements[at].tag == tag)
            found = at;
    return found;
}

/* ---- Taking back ---- */

static uint64_t words_left(const struct vetoes *vetoes, uint32_t end)
{
    uint64_t words = 0;
    for (uint32_t i = 0; i < end; i++)
        if (vetoes->chosen[i] && !vetoes->vetoed[i])
            words += vetoes->page->blocks[i].word_count;
    return words;
}

/* Takes back what the rule vetoed, or forgets it. */
static void settle(struct vetoes *vetoes, bool holds)
{
    for (uint32_t i = 0; i < vetoes->page->block_count; i++) {
        if (holds && vetoes->vetoed[i])
            vetoes->chosen[i] = false;
        vetoes->vetoed[i] = false;
    }
}

static uint32_t first_vetoed(const struct vetoes *vetoes)
{
    uint32_t i = 0;
    while (i < vetoes->page->block_count && !(vetoes->vetoed[i] && vetoes->chosen[i]))
        i++;
    return i;
}

/* A copy of the article as its author typed it, for machines that ask for it: "<pre hidden>". */
static void veto_hidden_sources(struct vetoes *vetoes)
{
    const struct page_blocks *page = vetoes->page;
    for (uint32_t i = 0; i < page->block_count; i++) {
        const struct page_element *owner = &page->elements[page->blocks[i].owner];
        vetoes->vetoed[i] = vetoes->chosen[i] && owner->tag == TAG_PRE && owner->context & CONTEXT_HIDDEN;
    }
    settle(vetoes, words_left(vetoes, page->block_count) >= LEFT_WORDS);
}

static void veto_hidden(struct vetoes *vetoes)
{
    const struct page_blocks *page = vetoes->page;
    uint64_t vetoed = 0;
    for (uint32_t i = 0; i < page->block_count; i++) {
        vetoes->vetoed[i] =
            vetoes->chosen[i] && page->elements[page->blocks[i].owner].context & CONTEXT_HIDDEN;
        vetoed += vetoes->vetoed[i] ? page->blocks[i].word_count : 0;
    }
    settle(vetoes, words_left(vetoes, page->block_count) > vetoed);
}

static void veto_comments(struct vetoes *vetoes)
{
    static const char *const names[] = {"comments",    "comment",  "kommentare", "commentaires",
                                        "comentarios", "commenti", NULL};
    for (uint32_t i = 0; i < vetoes->page->block_count; i++)
        vetoes->vetoed[i] = vetoes->chosen[i] && is_in_named(vetoes->page, &vetoes->page->blocks[i], names);
    settle(vetoes, words_left(vetoes, first_vetoed(vetoes)) >= LEFT_WORDS);
}

/* Pages that scroll on hold the next articles, each with a first heading of its own. */
static void veto_other_articles(struct vetoes *vetoes)
{
    const struct page_blocks *page = vetoes->page;
    uint32_t first = 0;
    bool other = false; /* the article that the blocks are in is another one with a heading */
    uint32_t current = 0;
    for (uint32_t i = 0; i < page->block_count; i++) {
        uint32_t article = outermost(page, &page->blocks[i], TAG_ARTICLE);
        if (article != current) {
            current = article;
            other = false;
        }
        if (article && page->elements[page->blocks[i].owner].tag == TAG_H1) {
            first = first ? first : article;
            other = article != first;
        }
        vetoes->vetoed[i] = vetoes->chosen[i] && other;
    }
    settle(vetoes, words_left(vetoes, first_vetoed(vetoes)) >= LEFT_WORDS);
}

/* ---- What a block says ---- */

static struct str text_of(struct arena *arena, const struct dom *dom, const struct page_block *block)
{
    struct layout_line line = {.first = block->first, .end = block->end, .owner = 0};
    return layout_line_text(arena, dom, &line, LINE_BYTES);
}

static bool begins_with_any(struct str text, const char *const *words)
{
    for (; *words; words++)
        if (str_starts_nocase(text, str_from(*words)))
            return true;
    return false;
}

/* "Read more: Ten things that ...": a link to another article in a line of its own. */
static bool leads_elsewhere(const struct page_block *block, struct str text)
{
    static const char *const labels[] = {"read more",      "read also",
                                         "also read",      "read next",
                                         "see also",       "related:",
                                         "mehr zum thema", "lesen sie",
                                         "lies auch",      "lire aussi",
                                         "à lire",         "lire également",
                                         "voir aussi",     "lea también",
                                         "lee también",    "leer también",
                                         "lea además",     "te puede interesar",
                                         "ver también",    "leia também",
                                         "leia mais",      "veja também",
                                         "saiba mais",     "leggi anche",
                                         "leggi pure",     "lees ook",
                                         "läs också",      "läs mer",
                                         "les også",       "læs også",
                                         "lue myös",       "czytaj też",
                                         "czytaj także",   "zobacz też",
                                         "přečtěte si",    "citește și",
                                         "Читайте также",  "Читайте ещё",
                                         "Читайте еще",    "Читайте також",
                                         "ЧИТАЙТЕ ТАКЖЕ",  "По теме",
                                         "ayrıca okuyun",  "ilgili haber",
                                         "اقرأ أيض",       "إقرأ أيض",
                                         "यह भी पढ़ें",       "ये भी पढ़ें",
                                         "関連記事",       "あわせて読みたい",
                                         "相关阅读",       "相关新闻",
                                         "관련기사",       "baca juga",
                                         "xem thêm",       NULL};
    return block->link >= LEADS_ELSEWHERE && begins_with_any(text, labels);
}

/* Asks the reader to subscribe, or says who may read on. */
static bool sells(const struct page_blocks *page, const struct page_block *block, struct str text)
{
    static const char *const beginnings[] = {"subscribe to our",
                                             "subscribe now",
                                             "sign up for our",
                                             "sign up to our",
                                             "follow us on",
                                             "to continue reading",
                                             "this article is for subscribers",
                                             "this content is for subscribers",
                                             "abonnez-vous",
                                             "cet article est réservé",
                                             "inscrivez-vous à notre",
                                             "suivez-nous sur",
                                             "suscríbete",
                                             "síguenos en",
                                             "regístrate",
                                             "iscriviti alla",
                                             "seguici su",
                                             "abonnieren sie",
                                             "jetzt abonnieren",
                                             "assine ",
                                             "siga-nos",
                                             "Подписывайтесь на",
                                             "Подпишитесь на",
                                             "Підписуйтесь на",
                                             NULL};
    static const char *const walls[] = {"paywall", "regwall", "registerwall", "subscribewall", NULL};
    static const char *const words[] = {"subscri", "abonn",    "suscr",   "registr", "regístr", "abbon",
                                        "assin",   "register", "sign up", "Подпис",  NULL};
    if (block->word_count > SALE_WORDS)
        return false;
    return begins_with_any(text, beginnings) ||
           (layout_has_any(text, words) && is_in_named(page, block, walls));
}

/* A line that only says what stands beside it: an advertisement, a player, a picture's maker. */
static bool labels(const struct page_block *block, struct str text)
{
    static const char *const whole[] = {"advertisement", "anzeige",    "werbung", "publicité", "publicidad",
                                        "publicidade",   "pubblicità", "reklam",  "reklama",   "advertentie",
                                        "annonse",       "annons",     "реклама", "Реклама",   "РЕКЛАМА",
                                        "广告",          "広告",       "광고",    "إعلان",     NULL};
    static const char *const begun[] = {"listen to this article",
                                        "photograph: ",
                                        "photo: ",
                                        "photo by ",
                                        "photos by ",
                                        "picture: ",
                                        "image: ",
                                        "image source",
                                        "foto: ",
                                        "fotos: ",
                                        "bild: ",
                                        "Фото: ",
                                        "写真:",
                                        "写真：",
                                        "图片来源",
                                        NULL};
    for (size_t i = 0; whole[i]; i++)
        if (str_equal_nocase(text, str_from(whole[i])))
            return true;
    return block->word_count <= LABEL_WORDS && begins_with_any(text, begun);
}

/* "Next" in the middle of a page: a link of one or two words that is no paragraph. */
static bool only_turns_pages(const struct page_blocks *page, const struct page_block *block)
{
    enum html_tag tag = page->elements[block->owner].tag;
    return block->word_count <= 2 && block->link >= ONLY_LINK &&
           (tag == TAG_DIV || tag == TAG_SECTION || tag == TAG_ARTICLE || tag == TAG_MAIN);
}

/* A line before the text that signs or dates it. */
static bool signs_or_dates(struct arena *arena, const struct page_block *block, struct str text)
{
    struct article_date date = {.kind = "published"};
    if (block->word_count <= SIGN_WORDS && byline_behind_by(text).ptr)
        return true;
    return block->word_count <= DATE_WORDS && block->chars <= DATE_CHARS &&
           shown_date_find(arena, text, SHOWN_DAY_FIRST, &date);
}

/* The block's words stand in a row in another one that is close. */
static bool is_pulled_from(const struct vetoes *vetoes, uint32_t quote, uint32_t other)
{
    const struct page_blocks *page = vetoes->page;
    const struct page_block *part = &page->blocks[quote], *whole = &page->blocks[other];
    const uint32_t *words = page->words + whole->first_word;
    for (uint32_t at = 0; at + part->word_count <= whole->word_count; at++)
        if (memcmp(words + at, page->words + part->first_word, part->word_count * sizeof(*words)) == 0)
            return true;
    return false;
}

static bool is_pull_quote(const struct vetoes *vetoes, uint32_t at)
{
    static const char *const names[] = {"pullquote", "pull", "pq", NULL};
    const struct page_blocks *page = vetoes->page;
    const struct page_block *block = &page->blocks[at];
    if (block->word_count < QUOTE_WORDS || block->word_count > QUOTE_WORDS_MAX ||
        !(outermost(page, block, TAG_ASIDE) || outermost(page, block, TAG_BLOCKQUOTE) ||
          is_in_named(page, block, names)))
        return false;
    uint32_t first = at > QUOTE_DISTANCE ? at - QUOTE_DISTANCE : 0;
    for (uint32_t i = first; i < page->block_count && i <= at + QUOTE_DISTANCE; i++)
        if (i != at && vetoes->chosen[i] && page->blocks[i].word_count > block->word_count &&
            is_pulled_from(vetoes, at, i))
            return true;
    return false;
}

static void veto_lines(struct vetoes *vetoes)
{
    const struct page_blocks *page = vetoes->page;
    bool begun = false; /* the text has */
    for (uint32_t i = 0; i < page->block_count; i++) {
        const struct page_block *block = &page->blocks[i];
        if (!vetoes->chosen[i])
            continue;
        struct str text = text_of(vetoes->arena, vetoes->dom, block);
        vetoes->vetoed[i] = only_turns_pages(page, block) || is_pull_quote(vetoes, i);
        if (text.len && !vetoes->vetoed[i])
            vetoes->vetoed[i] = leads_elsewhere(block, text) || labels(block, text) ||
                                sells(page, block, text) ||
                                (!begun && signs_or_dates(vetoes->arena, block, text));
        begun |= !vetoes->vetoed[i] && (block->word_count >= PROSE_WORDS || block->chars >= PROSE_CHARS);
    }
    settle(vetoes, words_left(vetoes, page->block_count) > 0);
}

void page_vetoes_apply(struct arena *arena, const struct dom *dom, const struct page_blocks *page,
                       bool *chosen)
{
    struct vetoes vetoes = {.arena = arena,
                            .dom = dom,
                            .page = page,
                            .chosen = chosen,
                            .vetoed = arena_new_array(arena, bool, page->block_count + 1)};
    if (!vetoes.vetoed)
        return;
    veto_hidden_sources(&vetoes);
    veto_hidden(&vetoes);
    veto_other_articles(&vetoes);
    veto_comments(&vetoes);
    veto_lines(&vetoes);
}

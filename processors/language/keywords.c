/* keywords: tables over hashes of words and phrases, in the arena, bounded by the words looked at. Worker
 * threads. */
#include "processors/article_words.h"
#include "processors/budget.h"
#include "processors/language/keywords.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "processors/language/identify.h"
#include "processors/language/salience.h"
#include "processors/language/words.h"
#include "processors/text/text_blocks.h"

enum {
    WORDS_MAX = 4000, /* of a text that are looked at: its subject stands before that */
    PHRASE_WORDS_MAX = 3,
    RUN_CHARACTERS_MAX = 6, /* of a phrase in a script without spaces */
    WORD_BYTES_MAX = 60,
    WORD_POINTS_MIN = 3, /* shorter words are rarely keywords, unless in capitals */
};

struct text_word {
    struct word word;
    uint32_t term; /* index in terms */
    bool stop;     /* stop word, number or too short: bounds a phrase */
    bool in_title;
};

struct term {
    uint64_t hash;
    uint32_t count, capital, first, last_block, blocks, company;
    bool in_title, stop;
    bool held; /* by an entity that is a keyword, or may be none */
    float weight;
};

struct phrase {
    uint64_t hash;
    uint32_t first_token, words, count;
    bool in_title, title_only;
    float score;
};

struct finder {
    struct arena *arena;
    const struct lexicon *lexicon;
    struct str language;
    bool known_language;
    struct text_word *tokens;
    size_t token_count;
    struct term *terms;
    size_t term_count;
    uint32_t *term_slots;
    struct phrase *phrases;
    size_t phrase_count;
    uint32_t *phrase_slots;
    size_t mask, phrase_mask;
};

static bool is_stop(const struct finder *finder, const struct word *word)
{
    char buffer[WORD_BYTES_MAX + 4];
    if (word->single)
        return lexicon_classes(finder->lexicon, finder->language, word->text) & LEXICON_STOP;
    if (word->text.len > WORD_BYTES_MAX || (word->number && !word->capital))
        return true;
    struct str folded = words_fold(word->text, buffer, sizeof(buffer));
    if (lexicon_classes(finder->lexicon, finder->language, folded) & LEXICON_STOP)
        return !word->all_capital || word->points > 3; /* "US", "IT" and "WHO" are not "us", "it", "who" */
    if (word->points < WORD_POINTS_MIN)
        return !word->all_capital;
    /* Without a list, short words in lower case do the work of stop words. */
    return !finder->known_language && word->points <= 3 && !word->capital;
}

/* The slot of the term, or the free one where it belongs. */
static size_t term_slot(const struct finder *finder, uint64_t hash)
{
    size_t at = (size_t)hash & finder->mask;
    while (finder->term_slots[at] && finder->terms[finder->term_slots[at] - 1].hash != hash)
        at = (at + 1) & finder->mask;
    return at;
}

static struct term *term_of(struct finder *finder, uint64_t hash)
{
    size_t at = term_slot(finder, hash);
    if (finder->term_slots[at])
        return &finder->terms[finder->term_slots[at] - 1];
    struct term *term = &finder->terms[finder->term_count++];
    *term = (struct term){.hash = hash};
    finder->term_slots[at] = (uint32_t)finder->term_count;
    return term;
}

/* Reads the words of one text into tokens and terms. */
static void read_words(struct finder *finder, struct str text, bool title, size_t limit)
{
    struct word_cursor cursor = {.text = text};
    struct word word;
    uint32_t block = 0;
    while (finder->token_count < limit && words_next(&cursor, &word)) {
        struct text_word *token = &finder->tokens[finder->token_count];
        struct term *term = term_of(finder, word.hash);
        block += word.broken_off && !title;
        if (term->count == 0) {
            term->first = (uint32_t)finder->token_count;
            term->stop = is_stop(finder, &word);
        }
        term->count++;
        term->capital += word.capital && !word.begins;
        term->in_title |= title;
        if (!title && (term->blocks == 0 || term->last_block != block)) {
            term->blocks++;
            term->last_block = block;
        }
        if (finder->token_count == 0 || title != finder->tokens[finder->token_count - 1].in_title)
            word.broken_off = true;
        *token = (struct text_word){word, (uint32_t)(term - finder->terms), term->stop, title};
        if (finder->token_count > 0 && !word.broken_off && !term->stop && !token[-1].stop) {
            term->company++; /* how often it stands beside other words that matter */
            finder->terms[token[-1].term].company++;
        }
        finder->token_count++;
    }
}

static void weigh_terms(struct finder *finder)
{
    for (size_t i = 0; i < finder->term_count; i++) {
        struct term *term = &finder->terms[i];
        float count = (float)term->count;
        float frequency = 1.0f + logf(count);
        float capital = 1.0f + 0.8f * (float)term->capital / count;
        float early = 1.0f + 1.0f / (1.0f + logf(1.0f + (float)term->first / 20.0f));
        float spread = 1.0f + 0.15f * logf(1.0f + (float)term->blocks);
        float company = 1.0f + 0.1f * fminf((float)term->company / count, 2.0f);
        term->weight = frequency * capital * early * spread * company * (term->in_title ? 1.6f : 1.0f);
    }
}

static struct phrase *phrase_of(struct finder *finder, uint64_t hash)
{
    size_t at = (size_t)hash & finder->phrase_mask;
    while (finder->phrase_slots[at]) {
        struct phrase *phrase = &finder->phrases[finder->phrase_slots[at] - 1];
        if (phrase->hash == hash)
            return phrase;
        at = (at + 1) & finder->phrase_mask;
    }
    struct phrase *phrase = &finder->phrases[finder->phrase_count++];
    *phrase = (struct phrase){.hash = hash};
    finder->phrase_slots[at] = (uint32_t)finder->phrase_count;
    return phrase;
}

/* Counts every run of words without a stop word or punctuation inside that begins at token i. */
static void count_phrases(struct finder *finder, size_t i)
{
    uint64_t hash = 0;
    bool single = finder->tokens[i].word.single;
    size_t longest = single ? RUN_CHARACTERS_MAX : PHRASE_WORDS_MAX;
    for (size_t n = 0; n < longest && i + n < finder->token_count; n++) {
        const struct text_word *token = &finder->tokens[i + n];
        if (token->stop || token->word.single != single || (n > 0 && token->word.broken_off))
            return;
        if (n > 0 && token->in_title != finder->tokens[i].in_title)
            return;
        hash = (hash ^ token->word.hash) * 0x9E3779B97F4A7C15u + n + 1;
        hash ^= hash >> 31;
        if (single && n == 0)
            continue; /* one character says too little */
        struct phrase *phrase = phrase_of(finder, hash ? hash : 1);
        if (phrase->count == 0 || (phrase->title_only && !token->in_title)) {
            phrase->first_token = (uint32_t)i;
            phrase->title_only = token->in_title;
            phrase->words = (uint32_t)n + 1;
        }
        phrase->count++;
        phrase->in_title |= token->in_title;
    }
}

static void score_phrases(struct finder *finder)
{
    for (size_t i = 0; i < finder->phrase_count; i++) {
        struct phrase *phrase = &finder->phrases[i];
        const struct text_word *tokens = &finder->tokens[phrase->first_token];
        float sum = 0;
        for (uint32_t n = 0; n < phrase->words; n++)
            sum += finder->terms[tokens[n].term].weight;
        float mean = sum / (float)phrase->words;
        if (tokens[0].word.single) {
            bool recurs = phrase->count >= 2;
            phrase->score = recurs ? mean * (float)phrase->count * sqrtf((float)phrase->words - 1.0f) : 0;
            continue;
        }
        /* Longer phrases must recur, or be names, to win over their words. */
        bool name = true;
        for (uint32_t n = 0; n < phrase->words; n++)
            name &= tokens[n].word.capital;
        float length = phrase->words == 1 ? 1.0f : name ? 1.5f : phrase->count > 1 ? 1.25f : 0.75f;
        phrase->score =
            mean * length * (1.0f + 0.5f * logf((float)phrase->count)) * (phrase->in_title ? 1.2f : 1.0f);
    }
}

static int by_score(const void *a, const void *b)
{
    const struct phrase *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->first_token < y->first_token ? -1 : x->first_token > y->first_token;
}

static struct str text_of(const struct finder *finder, const struct phrase *phrase)
{
    const struct word *first = &finder->tokens[phrase->first_token].word;
    const struct word *last = &finder->tokens[phrase->first_token + phrase->words - 1].word;
    return str_make(first->text.ptr, (size_t)(last->text.ptr + last->text.len - first->text.ptr));
}

/* Do two phrases share a word? The better one stands for both. */
static bool overlap(const struct finder *finder, const struct phrase *a, const struct phrase *b)
{
    for (uint32_t i = 0; i < a->words; i++)
        for (uint32_t k = 0; k < b->words; k++)
            if (finder->tokens[a->first_token + i].term == finder->tokens[b->first_token + k].term)
                return true;
    return false;
}

/* ---- Entities ---- */

static void hold_words(struct finder *finder, struct str name)
{
    struct word_cursor cursor = {.text = name};
    struct word word;
    while (words_next(&cursor, &word)) {
        uint32_t term = finder->term_slots[term_slot(finder, word.hash)];
        if (term)
            finder->terms[term - 1].held = true;
    }
}

static int add_keyword(struct finder *finder, struct article *article, struct str words, float weight)
{
    struct keyword *keyword = article_list_add(finder->arena, &article->keywords);
    struct str text = text_line(finder->arena, words);
    if (!keyword || !text.ptr)
        return -ENOMEM;
    *keyword = (struct keyword){text, weight};
    return 0;
}

/* Yields what phrases may weigh at most: no more than the last entity. */
static int take_entities(struct finder *finder, struct article *article, float *ret_most)
{
    struct salience salience;
    int error = salience_find(article, &salience);
    *ret_most = 1.0f;
    for (size_t i = 0; i < salience.count && !error; i++) {
        *ret_most = salience.items[i].weight / salience.items[0].weight;
        error = add_keyword(finder, article, salience.items[i].name, *ret_most);
    }
    for (size_t i = 0; i < article->entities.count && !error; i++)
        for (size_t k = 0; k < article->entities.items[i].name_count && salience.holds_words[i]; k++)
            hold_words(finder,
                       salience_words(article, &article->names.items[article->entities.items[i].names[k]]));
    return error;
}

/* ---- Phrases ---- */

static bool is_held(const struct finder *finder, const struct phrase *phrase)
{
    for (uint32_t i = 0; i < phrase->words; i++)
        if (finder->terms[finder->tokens[phrase->first_token + i].term].held)
            return true;
    return false;
}

static int take_best(struct finder *finder, struct article *article, float most)
{
    if (finder->phrase_count == 0)
        return 0;
    qsort(finder->phrases, finder->phrase_count, sizeof(*finder->phrases), by_score);
    const struct phrase *taken[KEYWORDS_MAX];
    size_t count = 0;
    float best = finder->phrases[0].score;
    for (size_t i = 0; i < finder->phrase_count && article->keywords.count < KEYWORDS_MAX; i++) {
        const struct phrase *phrase = &finder->phrases[i];
        bool known = phrase->score <= 0 || is_held(finder, phrase);
        for (size_t k = 0; k < count && !known; k++)
            known = overlap(finder, taken[k], phrase);
        if (known)
            continue;
        if (add_keyword(finder, article, text_of(finder, phrase), most * phrase->score / best))
            return -ENOMEM;
        taken[count++] = phrase;
    }
    return 0;
}

static size_t mask_for(size_t entries)
{
    size_t mask = 63;
    while (mask < entries * 2)
        mask = mask * 2 + 1;
    return mask;
}

static int allocate_words(struct finder *finder, size_t words)
{
    finder->mask = mask_for(words);
    finder->tokens = arena_alloc(finder->arena, words * sizeof(*finder->tokens));
    finder->terms = arena_alloc(finder->arena, words * sizeof(*finder->terms));
    finder->term_slots = arena_new_array(finder->arena, uint32_t, finder->mask + 1);
    return finder->tokens && finder->terms && finder->term_slots ? 0 : -ENOMEM;
}

/* As many as the words read can make. */
static int allocate_phrases(struct finder *finder)
{
    size_t singles = 0;
    for (size_t i = 0; i < finder->token_count; i++)
        singles += finder->tokens[i].word.single;
    size_t phrases =
        finder->token_count * PHRASE_WORDS_MAX + singles * (RUN_CHARACTERS_MAX - PHRASE_WORDS_MAX) + 1;
    finder->phrase_mask = mask_for(phrases / 2); /* stop words leave most of them out */
    if (finder->phrase_mask < phrases)
        finder->phrase_mask = finder->phrase_mask * 2 + 1;
    finder->phrases = arena_alloc(finder->arena, phrases * sizeof(*finder->phrases));
    finder->phrase_slots = arena_new_array(finder->arena, uint32_t, finder->phrase_mask + 1);
    return finder->phrases && finder->phrase_slots ? 0 : -ENOMEM;
}

/* Where the entities tell what is named elsewhere too, the dateline's words say nothing more. */
static struct str text_to_read(const struct article *article)
{
    struct str words = article->entities.count ? article_words(article, article->dateline.span) : STR_NONE;
    return words.len ? str_slice(article->text, (size_t)(words.ptr - article->text.ptr) + words.len,
                                 article->text.len)
                     : article->text;
}

int keywords_find(const struct lexicon *lexicon, struct article *article)
{
    char buffer[9];
    struct finder finder = {.arena = article->arena, .lexicon = lexicon};
    finder.language = language_primary(article->language, buffer);
    finder.known_language = finder.language.len && lexicon_has(lexicon, finder.language, LEXICON_STOP);
    size_t words = (article->title.len + article->text.len) / 2 + 2;
    words = words < WORDS_MAX ? words : WORDS_MAX;
    if (allocate_words(&finder, words) < 0)
        return -ENOMEM;
    read_words(&finder, article->title, true, words / 4 + 1);
    read_words(&finder, text_to_read(article), false, words);
    if (allocate_phrases(&finder) < 0)
        return -ENOMEM;
    weigh_terms(&finder);
    for (size_t i = 0; i < finder.token_count; i++) {
        count_phrases(&finder, i);
        if (budget_over())
            return ERR_DEADLINE;
    }
    score_phrases(&finder);
    float most;
    article->keywords.count = 0;
    int error = take_entities(&finder, article, &most);
    return error ? error : take_best(&finder, article, most);
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    (void)data_directory;
    struct lexicon *lexicon = NULL;
    int code = lexicon_create(&lexicon, stop_word_lists, error);
    *ret_context = lexicon;
    return code;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    return keywords_find(context, article);
}

static void destroy(void *context)
{
    struct lexicon *lexicon = context;
    lexicon_destroy(&lexicon);
}

const struct stage stage_keywords = {
    .name = "keywords",
    .description = "the entities and phrases that say what the text is about",
    .version = 2,
    .needs = GIFT_TEXT,
    .init = init,
    .process = process,
    .destroy = destroy,
};

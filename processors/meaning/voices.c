/* voices: see the header. Worker threads. */
#include "processors/meaning/voices.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/language_stages.h"
#include "processors/language/tree.h"
#include "processors/meaning/quotes.h"
#include "processors/meaning/references.h"

struct hearing {
    struct article *article;
    struct quote_list quotes;
    uint32_t *token_entities; /* a copy; what was found before stays */
    uint32_t sentence;        /* of the last word looked at */
};

static struct str word(const struct article *article, uint32_t at)
{
    return str_slice(article->text, article->tokens.items[at].start, article->tokens.items[at].end);
}

/* "World War I", "Article I", "Charles I": a number. */
static bool is_numeral(const struct article *article, uint32_t at)
{
    static const char *const counted[] = {"War",   "Article", "Part",   "Chapter", "Act",
                                          "Title", "Phase",   "Volume", "Type",    "Division",
                                          "Class", "Tier",    "Stage",  "Schedule"};
    if (at == 0 || !str_equal(word(article, at), STR("I")))
        return false;
    uint32_t name = article->token_names[at - 1];
    if (name && article->names.items[name - 1].type == NAME_PERSON)
        return true;
    for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
        if (str_equal(word(article, at - 1), str_from(counted[i])))
            return true;
    return false;
}

enum first_person { FIRST_NOT, FIRST_SINGULAR, FIRST_PLURAL };

static enum first_person first_person_of(const struct article *article, uint32_t at)
{
    static const char *const singular[] = {"I", "me", "my", "mine", "myself", "My", "Me"};
    static const char *const plural[] = {"we", "us", "our", "ours", "ourselves", "We", "Our"};
    struct str text = word(article, at);
    if (text.len > strlen("ourselves") || !str_starts(article->tags[at].xpos, STR("PRP")) ||
        is_numeral(article, at))
        return FIRST_NOT;
    for (size_t i = 0; i < sizeof(singular) / sizeof(singular[0]); i++)
        if (str_equal(text, str_from(singular[i])))
            return FIRST_SINGULAR;
    for (size_t i = 0; i < sizeof(plural) / sizeof(plural[0]); i++)
        if (str_equal(text, str_from(plural[i])))
            return FIRST_PLURAL;
    return FIRST_NOT;
}

/* The article's entity, from 1, that is the country; 0 = it names none. */
static uint32_t state_of(const struct article *article, const char country[3])
{
    for (uint32_t i = 0; country[0] && i < article->entities.count; i++)
        if (article->entities.items[i].state && !memcmp(article->entities.items[i].country, country, 2))
            return i + 1;
    return 0;
}

/* For whom someone says "we", from 1: the house that is said to be theirs, else the state that they hold an
 * office of; 0 = it is not known. */
static uint32_t house_of(const struct article *article, const struct article_entity *speaker)
{
    static const enum role_class offices[] = {ROLE_HEAD_OF_STATE, ROLE_HEAD_OF_GOVERNMENT, ROLE_MINISTER,
                                              ROLE_DIPLOMAT, ROLE_SPOKESPERSON};
    uint32_t house = speaker->role.organisation;
    if (house && article->entities.items[house - 1].type == NAME_ORGANISATION)
        return house;
    for (size_t i = 0; i < sizeof(offices) / sizeof(offices[0]); i++)
        if (speaker->role.class == offices[i])
            return state_of(article, speaker->country);
    return 0;
}

/* A mark that opens or closes a quotation within the quotation. */
static bool is_inner_mark(const struct article *article, uint32_t at)
{
    static const char *const marks[] = {
        "'", "\"", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "`"};
    struct str text = word(article, at);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_equal(text, str_from(marks[i])))
            return true;
    return false;
}

static int add(struct hearing *hearing, uint32_t at, uint32_t entity)
{
    struct article *article = hearing->article;
    struct article_reference *reference = article_list_add(article->arena, &article->references);
    if (!reference)
        return -ENOMEM;
    while (hearing->sentence > 0 && article->sentence_tokens[hearing->sentence] > at)
        hearing->sentence--;
    while (article->sentence_tokens[hearing->sentence + 1] <= at)
        hearing->sentence++;
    *reference = (struct article_reference){
        .kind = REFERENCE_PRONOUN,
        .span = article->token_spans[at],
        .sentence = hearing->sentence,
        .first = at,
        .end = at + 1,
        .entity = entity,
    };
    hearing->token_entities[at] = entity + 1;
    return 0;
}

/* The words of one quotation that are in the statement's content. */
static int hear(struct hearing *hearing, const struct quote *quote, const struct statement *statement)
{
    const struct article *article = hearing->article;
    uint32_t speaker = statement->speaker_entity,
             house = house_of(article, &article->entities.items[speaker - 1]);
    bool inner = false;
    for (uint32_t at = quote->first; at < quote->end; at++) {
        struct span span = article->token_spans[at];
        if (is_inner_mark(article, at))
            inner = !inner;
        if (inner || span.start < statement->content.start || span.end > statement->content.end ||
            hearing->token_entities[at])
            continue;
        enum first_person person = first_person_of(article, at);
        uint32_t means = person == FIRST_SINGULAR ? speaker : person == FIRST_PLURAL ? house : 0;
        int error = means ? add(hearing, at, means - 1) : 0;
        if (error)
            return error;
    }
    return 0;
}

static bool has_person(const struct article *article, const struct statement *statement)
{
    return statement->kind != STATEMENT_INDIRECT && statement->speaker_entity &&
           article->entities.items[statement->speaker_entity - 1].type == NAME_PERSON;
}

/* Statements and quotations are both in the text's order: each statement begins with the first quotation that
 * ends behind its beginning. */
static int hear_all(struct hearing *hearing)
{
    const struct article *article = hearing->article;
    size_t first = 0;
    for (size_t s = 0; s < article->statements.count; s++) {
        const struct statement *statement = &article->statements.items[s];
        if (!has_person(article, statement))
            continue;
        while (first > 0 &&
               article->token_spans[hearing->quotes.items[first - 1].first].start >= statement->content.start)
            first--;
        while (first < hearing->quotes.count &&
               article->token_spans[hearing->quotes.items[first].end - 1].end <= statement->content.start)
            first++;
        for (size_t q = first; q < hearing->quotes.count; q++) {
            const struct quote *quote = &hearing->quotes.items[q];
            if (article->token_spans[quote->first].start >= statement->content.end)
                break;
            int error = hear(hearing, quote, statement);
            if (error)
                return error;
        }
    }
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const struct article_reference *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    struct hearing hearing = {.article = article};
    size_t before = article->references.count;
    (void)context;
    (void)ret_note;
    if (article->statements.count == 0 || article->tokens.count == 0)
        return 0;
    hearing.token_entities = arena_new_array(article->arena, uint32_t, article->tokens.count);
    if (!hearing.token_entities || quotes_find(article, &hearing.quotes))
        return -ENOMEM;
    memcpy(hearing.token_entities, article->token_entities, article->tokens.count * sizeof(uint32_t));
    int error = hear_all(&hearing);
    if (error || article->references.count == before) {
        article->references.count = before;
        return error;
    }
    qsort(article->references.items, article->references.count, sizeof(struct article_reference), by_place);
    article->token_entities = hearing.token_entities;
    return references_list(article);
}

const struct stage stage_voices = {
    .name = "voices",
    .description = "whom \"I\" and \"we\" mean in what is quoted",
    .version = 2,
    .needs = GIFT_STATEMENTS,
    .languages = language_stages_spoken,
    .process = process,
};

/* stage_places: see the header. */
#include "processors/places/stage_places.h"

#include <errno.h>

#include "processors/language/language_stages.h"
#include "processors/places/governments.h"
#include "processors/places/resolve.h"

enum { CONTAINER_WORDS = 3, DATELINE_WEIGHT = 4, NO_QUESTION = 0 };

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *model = NULL;
    struct gazetteer *gazetteer = NULL;
    int failure = model_open(&model, data_directory, "places", error);
    if (!failure)
        failure = gazetteer_create(&gazetteer, model, error);
    *ret_context = gazetteer;
    return failure;
}

static void destroy(void *context)
{
    struct gazetteer *gazetteer = context;
    gazetteer_destroy(&gazetteer);
}

struct placer {
    const struct gazetteer *gazetteer;
    struct article *article;
    struct place_question *questions; /* the dateline's first */
    size_t count;
    uint32_t *question_of; /* of each entity, NO_QUESTION = none */
};

/* ---- What stands beside a name ---- */

static struct str words_of(const struct article *article, size_t first, size_t end)
{
    return str_slice(article->text, article->tokens.items[first].start, article->tokens.items[end - 1].end);
}

static bool is_division_word(struct str word)
{
    static const char *const words[] = {"state", "province", "oblast", "region", "governorate"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal(word, str_from(words[i])))
            return true;
    return false;
}

/* "Texas" of "Paris, Texas" and "Paris (Texas)"; absent when no division or country stands there. */
static struct str container_behind(const struct placer *placer, const struct article_name *name)
{
    const struct article *article = placer->article;
    size_t end = article->sentence_tokens[name->sentence + 1], first = (size_t)name->end + 1;
    if (first >= end)
        return STR_NONE;
    struct str mark = words_of(article, name->end, first);
    if (!str_equal(mark, STR(",")) && !str_equal(mark, STR("(")))
        return STR_NONE;
    char c = article->text.ptr[article->tokens.items[first].start];
    if (c >= 'a' && c <= 'z')
        return STR_NONE;
    for (size_t last = first + CONTAINER_WORDS < end ? first + CONTAINER_WORDS : end; last > first; last--)
        if (resolve_is_container(placer->gazetteer, words_of(article, first, last)))
            return words_of(article, first, last);
    return STR_NONE;
}

static void look_beside(const struct placer *placer, const struct article_name *name,
                        struct place_question *question)
{
    const struct article *article = placer->article;
    if (!question->inside.len)
        question->inside = container_behind(placer, name);
    if (name->end < article->sentence_tokens[name->sentence + 1])
        question->division |= is_division_word(words_of(article, name->end, (size_t)name->end + 1));
    if (name->first >= article->sentence_tokens[name->sentence] + 2 &&
        str_equal(words_of(article, name->first - 1, name->first), STR("of")))
        question->division |= is_division_word(words_of(article, name->first - 2, name->first - 1));
}

/* ---- Questions ---- */

/* Of "London/Paris" and "New York and Chicago" the first. */
static struct str first_place(struct str place)
{
    ptrdiff_t stroke = str_find_byte(place, '/', 0), joined = str_find(place, STR(" and "), 0);
    if (stroke > 0)
        place = str_slice(place, 0, (size_t)stroke);
    return joined > 0 ? str_slice(place, 0, (size_t)joined) : place;
}

static void ask_dateline(struct placer *placer)
{
    const struct dateline *dateline = &placer->article->dateline;
    placer->questions[placer->count++] = (struct place_question){
        .name = first_place(dateline->place), .inside = dateline->region, .weight = DATELINE_WEIGHT};
}

static void ask(struct placer *placer, size_t entity_at)
{
    const struct article_entity *entity = &placer->article->entities.items[entity_at];
    struct place_question question = {.name = entity->name, .weight = (unsigned)entity->name_count};
    for (size_t i = 0; i < entity->name_count; i++)
        look_beside(placer, &placer->article->names.items[entity->names[i]], &question);
    placer->question_of[entity_at] = (uint32_t)placer->count;
    placer->questions[placer->count++] = question;
}

/* The country whose people, or what is theirs, the entity is. */
static bool country_of_words(const struct placer *placer, const struct article_entity *entity,
                             char country[3])
{
    const struct article *article = placer->article;
    const struct article_name *name = &article->names.items[entity->names[0]];
    return countries_within(gazetteer_countries(placer->gazetteer), article->text,
                            article->tokens.items + name->first, name->end - name->first, country);
}

static void read_entities(struct placer *placer, country_hints hints)
{
    struct article *article = placer->article;
    for (size_t i = 0; i < article->entities.count; i++) {
        struct article_entity *entity = &article->entities.items[i];
        bool people = entity->type == NAME_GROUP ||
                      (entity->type == NAME_PLACE && /* there are towns called "Argentine" and "Norwegian" */
                       countries_is_demonym(gazetteer_countries(placer->gazetteer), entity->name));
        if (entity->type == NAME_PLACE && !people)
            ask(placer, i);
        else if ((people || entity->type == NAME_FACILITY || entity->type == NAME_ORGANISATION) &&
                 country_of_words(placer, entity, entity->country))
            hints[country_number(entity->country)]++;
    }
}

/* ---- Answers ---- */

static void copy_country(char country[3], const struct place *place)
{
    memcpy(country, place->country, sizeof(place->country));
    country[2] = '\0';
}

static void locate(struct article_entity *entity, const struct place *place)
{
    copy_country(entity->country, place);
    entity->geoname = place->geoname;
    entity->capital = place->kind == PLACE_CAPITAL;
    entity->state = place->kind == PLACE_COUNTRY;
    entity->located = true;
    entity->latitude = (float)place->latitude / PLACE_DEGREE;
    entity->longitude = (float)place->longitude / PLACE_DEGREE;
}

static void give_answers(struct placer *placer)
{
    struct article *article = placer->article;
    const struct countries *countries = gazetteer_countries(placer->gazetteer);
    for (size_t i = 0; i < article->entities.count; i++) {
        struct article_entity *entity = &article->entities.items[i];
        if (placer->question_of[i] == NO_QUESTION)
            continue;
        const struct place_question *question = &placer->questions[placer->question_of[i]];
        if (question->place)
            locate(entity, question->place);
        else if (!question->inside.len || !countries_find(countries, question->inside, entity->country))
            (void)country_of_words(placer, entity, entity->country);
    }
}

/* "The North", "the South", where the news are of Korea. */
static void give_halves(struct article *article)
{
    const struct article_entity *entities = article->entities.items;
    bool korea = false;
    for (size_t i = 0; i < article->entities.count; i++)
        korea |= !strcmp(entities[i].country, "KP");
    for (size_t i = 0; korea && i < article->entities.count; i++) {
        struct article_entity *half = &article->entities.items[i];
        bool north = str_equal(half->name, STR("North")), south = str_equal(half->name, STR("South"));
        if (half->type == NAME_PLACE && !half->located && (north || south))
            memcpy(half->country, north ? "KP" : "KR", sizeof(half->country));
    }
}

static void give_dateline(struct dateline *dateline, const struct place *place)
{
    if (!place)
        return;
    copy_country(dateline->country, place);
    dateline->geoname = place->geoname;
    dateline->located = true;
    dateline->latitude = (float)place->latitude / PLACE_DEGREE;
    dateline->longitude = (float)place->longitude / PLACE_DEGREE;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    size_t count = article->entities.count;
    struct placer placer = {.gazetteer = context,
                            .article = article,
                            .questions = arena_new_array(article->arena, struct place_question, count + 1),
                            .question_of = arena_new_array(article->arena, uint32_t, count + 1)};
    uint16_t *hints = arena_new_array(article->arena, uint16_t, COUNTRY_CODES);
    if (!placer.questions || !placer.question_of || !hints)
        return -ENOMEM;
    ask_dateline(&placer);
    read_entities(&placer, hints);
    if (resolve_places(placer.gazetteer, article->arena, placer.questions, placer.count, hints))
        return -ENOMEM;
    give_answers(&placer);
    give_halves(article);
    give_dateline(&article->dateline, placer.questions[0].place);
    if (governments_join(article))
        return -ENOMEM;
    article->given |= GIFT_PLACES;
    return 0;
}

const struct stage stage_places = {
    .name = "places",
    .description = "country and coordinates of the places that an article names",
    .version = 3,
    .needs = GIFT_NAMES,
    .gives = GIFT_PLACES,
    .languages = language_stages_spoken,
    .init = init,
    .process = process,
    .destroy = destroy,
};

/* A model file of any bytes: refused, or every lookup stays inside it. The checksum is made right first, or
 * nothing would get past it. */
#include <string.h>

#include "base/hash.h"
#include "fuzz/fuzz_check.h"
#include "processors/language/tagger.h"
#include "processors/model/model.h"
#include "processors/places/gazetteer.h"

static void try_tables(struct str bytes)
{
    struct model_part parts[] = {{"words", bytes}, {"names", bytes}, {"phrases", bytes}};
    _cleanup_buffer_ struct buffer file = {0};
    struct error error;
    struct model *model;
    struct word_tables *tables;
    struct word_entry entry;
    uint64_t hash = 0;
    bool goes_on;
    CHECK(model_write(&file, "words", WORD_TABLES_VERSION, parts, 3) == 0);
    CHECK(model_from_bytes(&model, buffer_str(&file), "words", &error) == 0);
    if (word_tables_create(&tables, model, &error) == 0) {
        word_tables_find(tables, STR("The"), STR("the"), &entry);
        (void)word_tables_step(tables, &hash, STR("The"), &goes_on);
        word_tables_destroy(&tables);
    }
}

static void try_places(struct str bytes)
{
    struct model_part parts[] = {{"names", bytes}, {"lists", bytes}, {"places", bytes}, {"countries", bytes}};
    _cleanup_buffer_ struct buffer file = {0};
    struct place_candidate candidates[PLACES_OF_A_NAME_MAX];
    struct error error;
    struct model *model;
    struct gazetteer *gazetteer;
    char country[3];
    CHECK(model_write(&file, "places", PLACES_VERSION, parts, 4) == 0);
    CHECK(model_from_bytes(&model, buffer_str(&file), "places", &error) == 0);
    if (gazetteer_create(&gazetteer, model, &error) == 0) {
        CHECK(gazetteer_find(gazetteer, STR("Paris"), candidates) <= PLACES_OF_A_NAME_MAX);
        (void)countries_find(gazetteer_countries(gazetteer), STR("France"), country);
        gazetteer_destroy(&gazetteer);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct model_part parts[2] = {{"labels", STR("A B\nC D\nE F\n")}, {"weights", STR_NONE}};
    _cleanup_buffer_ struct buffer file = {0};
    struct error error;
    struct model *model;
    struct tagger *tagger;
    if (model_from_bytes(&model, str_make((const char *)data, size), "tagger", &error) == 0)
        model_close(&model);
    parts[1].bytes = str_make((const char *)data, size);
    CHECK(model_write(&file, "tagger", TAGGER_VERSION, parts, 2) == 0);
    CHECK(model_from_bytes(&model, buffer_str(&file), "tagger", &error) == 0);
    if (tagger_create(&tagger, model, &error) == 0) {
        struct word_form words[2];
        uint8_t labels[2];
        word_form_fill(&words[0], STR("The"), NULL);
        word_form_fill(&words[1], STR("ships"), NULL);
        tagger_tag(tagger, words, 2, labels);
        CHECK(labels[0] < 3 && labels[1] < 3);
        tagger_destroy(&tagger);
    }
    try_tables(parts[1].bytes);
    try_places(parts[1].bytes);
    return 0;
}

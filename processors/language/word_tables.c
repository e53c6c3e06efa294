/* word_tables: see the header. */
#include "processors/language/word_tables.h"

#include <errno.h>
#include <stdlib.h>

#include "processors/model/lookup.h"

struct word_tables {
    struct model *model;
    struct lookup words, names, phrases, kinds;
};

int word_tables_create(struct word_tables **ret_tables, struct model *model, struct error *error)
{
    struct word_tables *tables = calloc(1, sizeof(*tables));
    if (!tables) {
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the tables of words");
    }
    tables->model = model;
    int failure = model_check_version(model, WORD_TABLES_VERSION, error);
    if (failure) {
        word_tables_destroy(&tables);
        return failure;
    }
    if (!lookup_open(&tables->words, model_section(model, "words")) ||
        !lookup_open(&tables->names, model_section(model, "names")) ||
        !lookup_open(&tables->phrases, model_section(model, "phrases")) ||
        !lookup_open(&tables->kinds, model_section(model, "kinds"))) {
        word_tables_destroy(&tables);
        return error_set(error, ERR_MALFORMED, "the model words does not hold the tables of words");
    }
    *ret_tables = tables;
    return 0;
}

void word_tables_destroy(struct word_tables **tables)
{
    if (!*tables)
        return;
    model_close(&(*tables)->model);
    free(*tables);
    *tables = NULL;
}

void word_tables_find(const struct word_tables *tables, struct str word, struct str lower,
                      struct word_entry *ret_entry)
{
    uint64_t hash = lookup_hash(lower);
    uint32_t value = lookup_find(&tables->words, hash);
    *ret_entry = (struct word_entry){
        .classes = {value & 0x7f, value >> 7 & 0x1ff, value >> 16 & 0x3ff},
        .frequency = value >> WORD_FREQUENCY_SHIFT & 3,
        .names = (uint8_t)lookup_find(&tables->names, lookup_hash(word)),
        .kinds = lookup_find(&tables->kinds, hash) & WORD_KINDS,
    };
}

uint32_t word_tables_step(const struct word_tables *tables, uint64_t *hash, struct str word,
                          bool *ret_goes_on)
{
    *hash = lookup_join(*hash, lookup_hash(word));
    uint32_t value = lookup_find(&tables->phrases, *hash);
    *ret_goes_on = value & WORD_PHRASE_GOES_ON;
    return value & ~(uint32_t)WORD_PHRASE_GOES_ON;
}

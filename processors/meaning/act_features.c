/* act_features: see the header. */
#include "processors/meaning/act_features.h"

#include "processors/language/feature_hash.h"
#include "processors/language/name_features.h"

enum {
    WORDS_AROUND = 2,
    SENTENCES_COUNTED = 3,
    BESIDE_MAX = 64 /* of a head's other words: what bounds the work on hostile text */
};

/* Numbers of templates. */
enum template {
    ALWAYS,
    LEMMA,
    COARSE,
    MIDDLE,
    FINE,
    TAG,
    RELATION,
    SENTENCE,
    NO_OBJECT,
    LEMMA_NO_OBJECT,
    LEMMA_RELATION,
    ABOVE_LEMMA,
    ABOVE_COARSE,
    ABOVE_MIDDLE,
    ABOVE_PART,
    BOTH_LEMMAS,
    BESIDE_WHO,
    BESIDE_COARSE,
    BELOW,
    BELOW_OF_LEMMA,
    BELOW_WHO,
    BELOW_LEMMA,
    BELOW_COARSE,
    BELOW_MIDDLE,
    BELOW_COARSE_OF_LEMMA,
    BELOW_COARSE_OF_CLASS,
    NEAR_LEMMA,
    NEAR_COARSE = NEAR_LEMMA + 2 * WORDS_AROUND + 1
};

struct reader {
    const struct article *article;
    const struct tree *tree;
    const struct word_form *forms;
    uint32_t at, lemma, part;
    uint32_t *features;
    size_t count;
};

static void say(struct reader *reader, uint32_t feature)
{
    if (reader->count < ACT_FEATURES_MAX)
        reader->features[reader->count++] = feature;
}

static const struct tree_node *node(const struct reader *reader, uint32_t at)
{
    return &reader->tree->nodes[at];
}

static uint32_t lemma(const struct reader *reader, uint32_t at)
{
    return feature_hash_bytes(node(reader, at)->lemma, 0);
}

static uint32_t class_of(const struct reader *reader, uint32_t at, int size)
{
    return reader->forms[at].entry.classes[size];
}

/* The type of the entity that it names or means, else the part of speech. */
static uint32_t who(const struct reader *reader, uint32_t at)
{
    uint32_t entity = reader->article->token_entities[reader->tree->first + at];
    return entity ? 100 + reader->article->entities.items[entity - 1].type : node(reader, at)->upos;
}

static bool has_words_that_count(enum relation relation)
{
    switch (relation) {
    case REL_NSUBJ:
    case REL_OBJ:
    case REL_IOBJ:
    case REL_OBL:
    case REL_NMOD:
    case REL_AMOD:
    case REL_COMPOUND:
    case REL_XCOMP:
    case REL_CCOMP:
    case REL_ADVCL:
    case REL_ACL:
    case REL_AUX:
    case REL_ADVMOD:
        return true;
    default:
        return false;
    }
}

/* The relation with the word's preposition or mark. */
static uint32_t relation_of(const struct reader *reader, uint32_t at)
{
    for (uint32_t c = node(reader, at)->first_child; c != TREE_NONE; c = node(reader, c)->next_child)
        if (node(reader, c)->relation == REL_CASE || node(reader, c)->relation == REL_MARK)
            return feature_mix(lemma(reader, c), node(reader, at)->relation);
    return node(reader, at)->relation;
}

static void say_itself(struct reader *reader, uint32_t sentence)
{
    const struct tree_node *word = node(reader, reader->at);
    say(reader, feature_of(ALWAYS, reader->part));
    say(reader, feature_of_pair(LEMMA, reader->lemma, reader->part));
    say(reader, feature_of_pair(COARSE, class_of(reader, reader->at, 0), reader->part));
    say(reader, feature_of_pair(MIDDLE, class_of(reader, reader->at, 1), reader->part));
    say(reader, feature_of_pair(FINE, class_of(reader, reader->at, 2), reader->part));
    say(reader, feature_of(TAG, feature_hash_bytes(word->xpos, 0)));
    say(reader, feature_of_pair(RELATION, word->relation, reader->part));
    say(reader, feature_of(SENTENCE, sentence < SENTENCES_COUNTED ? sentence : SENTENCES_COUNTED));
    say(reader, feature_of_pair(LEMMA_RELATION, reader->lemma, word->relation));
    if (word->upos == UPOS_VERB && tree_child(reader->tree, reader->at, REL_OBJ) == TREE_NONE) {
        say(reader, feature_of(NO_OBJECT, 0));
        say(reader, feature_of(LEMMA_NO_OBJECT, reader->lemma));
    }
}

static void say_above(struct reader *reader)
{
    const struct tree_node *word = node(reader, reader->at);
    if (word->head == TREE_NONE)
        return;
    say(reader, feature_of_pair(ABOVE_LEMMA, word->relation, lemma(reader, word->head)));
    say(reader, feature_of_pair(ABOVE_COARSE, word->relation, class_of(reader, word->head, 0)));
    say(reader, feature_of_pair(ABOVE_MIDDLE, word->relation, class_of(reader, word->head, 1)));
    say(reader, feature_of_pair(ABOVE_PART, word->relation, node(reader, word->head)->upos));
    say(reader, feature_of_pair(BOTH_LEMMAS, reader->lemma, lemma(reader, word->head)));
    uint32_t c = node(reader, word->head)->first_child;
    for (int i = 0; i < BESIDE_MAX && c != TREE_NONE; i++, c = node(reader, c)->next_child) {
        uint32_t relation = node(reader, c)->relation;
        if (c == reader->at || (relation != REL_NSUBJ && relation != REL_OBJ && relation != REL_AUX))
            continue;
        say(reader, feature_of_pair(BESIDE_WHO, relation, who(reader, c)));
        say(reader, feature_of_pair(BESIDE_COARSE, relation, class_of(reader, c, 0)));
    }
}

static void say_below(struct reader *reader, uint32_t at)
{
    uint32_t relation = relation_of(reader, at), coarse = class_of(reader, at, 0);
    say(reader, feature_of_pair(BELOW, relation, reader->part));
    say(reader, feature_of_pair(BELOW_OF_LEMMA, relation, reader->lemma));
    say(reader, feature_of_pair(BELOW_WHO, relation, who(reader, at)));
    if (!has_words_that_count(node(reader, at)->relation))
        return;
    say(reader, feature_of_pair(BELOW_LEMMA, relation, lemma(reader, at)));
    say(reader, feature_of_pair(BELOW_COARSE, relation, coarse));
    say(reader, feature_of_pair(BELOW_MIDDLE, relation, class_of(reader, at, 1)));
    say(reader, feature_mix(feature_of_pair(BELOW_COARSE_OF_LEMMA, reader->lemma, coarse),
                            node(reader, at)->relation));
    say(reader, feature_mix(feature_of_pair(BELOW_COARSE_OF_CLASS, class_of(reader, reader->at, 1), coarse),
                            node(reader, at)->relation));
}

static void say_near(struct reader *reader)
{
    for (uint32_t i = 0; i <= 2 * WORDS_AROUND; i++) {
        uint32_t at = reader->at + i - WORDS_AROUND; /* wraps before the sentence */
        if (i == WORDS_AROUND || at >= reader->tree->count)
            continue;
        say(reader, feature_of(NEAR_LEMMA + i, lemma(reader, at)));
        say(reader, feature_of(NEAR_COARSE + i, class_of(reader, at, 0)));
    }
}

bool act_features_wanted(const struct tree_node *word)
{
    if (word->upos == UPOS_NOUN) /* the bomb of "car bomb" tells it */
        return word->relation != REL_COMPOUND;
    return word->upos == UPOS_VERB || (word->upos == UPOS_ADJ && word->relation != REL_AMOD);
}

size_t act_features_read(const struct article *article, uint32_t sentence, uint32_t at,
                         uint32_t ret_features[ACT_FEATURES_MAX])
{
    const struct tree *tree = &article->trees[sentence];
    struct reader reader = {.article = article,
                            .tree = tree,
                            .forms = article->words[sentence].forms,
                            .at = at,
                            .part = tree->nodes[at].upos,
                            .features = ret_features};
    reader.lemma = lemma(&reader, at);
    say_itself(&reader, sentence);
    say_above(&reader);
    for (uint32_t c = tree->nodes[at].first_child; c != TREE_NONE; c = tree->nodes[c].next_child)
        say_below(&reader, c);
    say_near(&reader);
    return reader.count;
}

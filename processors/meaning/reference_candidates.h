/* reference_candidates: whom a pronoun or a description may mean: those who were named or meant before, those
 * who act without a name ("three gunmen"), and nobody; what speaks for each as the numbers of features, which
 * references.c weighs and models/train_references.c learns (mention ranking, after Denis and Baldridge 2008).
 * Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_REFERENCE_CANDIDATES_H
#define NEWSD_PROCESSORS_MEANING_REFERENCE_CANDIDATES_H

#include "processors/article.h"
#include "processors/language/tree.h"
#include "processors/meaning/actor_lexicon.h"
#include "processors/meaning/role_words.h"

enum { IN_MIND_MAX = 24, REFERENCE_CANDIDATES_MAX = 2 * IN_MIND_MAX + 1, REFERENCE_FEATURES_MAX = 26 };

/* What somebody without a name is by the noun. */
enum unnamed_sort {
    UNNAMED_ONE,      /* "a gunman" */
    UNNAMED_SEVERAL,  /* "gunmen" */
    UNNAMED_BODY,     /* "the court" */
    UNNAMED_TOGETHER, /* "Guyana and Venezuela" */
    UNNAMED_SORTS
};

/* Someone or something that was mentioned, with its latest mention. */
struct in_mind {
    uint32_t entity;          /* its place among the article's entities, or among the unnamed */
    uint32_t sentence, token; /* of the latest mention; its head, of the article's tokens */
    uint8_t relation;
    bool subject;           /* of its sentence, or of a clause in it, with any mention there */
    bool speaking;          /* the subject of a verb of speech */
    bool patient;           /* to whom something is done: an object, the subject of a passive */
    bool leading;           /* the first that its sentence mentions */
    bool quoted;            /* in quotation marks */
    uint32_t kinds;         /* reference_kinds.h: by the words of its name, and beside it */
    uint32_t times;         /* how often it was mentioned */
    enum unnamed_sort sort; /* of the unnamed: by the noun that spoke of it first */
    struct str lemma;
    const struct actor_entry *noun;
};

/* What an article's references are found with. */
struct reference_scene {
    const struct article *article;
    const enum gender *genders;        /* of each entity */
    const bool *quoted;                /* of each token */
    char home[3];                      /* home_country.h */
    struct in_mind minds[IN_MIND_MAX]; /* the latest last */
    size_t mind_count;
    struct in_mind unnamed[IN_MIND_MAX]; /* those without a name */
    size_t unnamed_count;
    uint32_t plurals; /* common nouns in the plural, in the sentence at work and the one before */
};

/* What looks back to somebody. */
enum reference_form {
    FORM_PERSON, /* "he", "her" */
    FORM_PERSONS,
    FORM_THING,
    FORM_THINGS, /* "its" */
    FORM_THEY,
    FORM_THEIR,
    FORM_GOVERNMENT, /* "the authorities" */
    FORM_STATE,
    FORM_CITY,
    FORM_REGION,
    FORM_GROUP, /* "the company" */
    FORM_ROLE,  /* "the minister" */
    FORM_NAMED, /* "the ministry", of the Ministry of Defence */
    FORM_SOME,  /* "the soldiers", "demonstrators" */
    FORM_BOTH,  /* "the two countries", "both sides" */
    REFERENCE_FORMS
};

struct anaphor {
    enum reference_form form;
    const struct tree *tree;
    uint32_t sentence;
    uint32_t first, head, end;      /* in the tree; the determiner counts */
    enum gender gender;             /* of "he" */
    uint32_t kinds;                 /* of the description's noun */
    const struct actor_entry *noun; /* the same, where it acts in politics; NULL */
};

struct reference_candidate {
    uint32_t entity;  /* from 1; 0 = none with a name */
    uint32_t unnamed; /* from 1; 0 = none without */
    bool foreign;     /* a place in another country than the words name: they do not mean it */
    uint16_t features[REFERENCE_FEATURES_MAX];
    size_t feature_count;
};

/* Is the word the subject of a verb of speech? */
bool reference_speaks(const struct tree *tree, uint32_t at);

/* Is something done to the word: is it an object, or the subject of a passive? */
bool reference_suffers(const struct tree *tree, uint32_t at);

/* How many features there are: theirs are the numbers below. */
size_t reference_feature_count(void);

/* Fills the candidates; the first is nobody; their number. */
size_t reference_candidates(const struct reference_scene *scene, const struct anaphor *anaphor,
                            struct reference_candidate ret_candidates[REFERENCE_CANDIDATES_MAX]);

/* How likely the candidate is among those of its anaphor, as the weights of reference_weight_table.h say: the
 * logarithm of its share, less the same number for all. */
float reference_candidate_score(const struct reference_candidate *candidate);

#endif

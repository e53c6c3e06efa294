/* annotation: an article and what it says, in one form for people who annotate (corpus/GUIDELINE.md) and for
 * newsd, so that any two of them can be compared. For the programs that train and look.
 *
 * Spans are in code points of the text, as in article.h. Entities are told by their place in the list; NOBODY
 * = none. */
#ifndef NEWSD_PROCESSORS_MODELS_ANNOTATION_H
#define NEWSD_PROCESSORS_MODELS_ANNOTATION_H

#include "processors/article.h"

#define NOBODY UINT32_MAX
enum { TOGETHER_MAX = 6 /* entities that act or are meant together */, CODE_BYTES = 5 };
#define NAME_NOMINAL NAME_TYPES /* the type of who acts without a name: "protesters" */

struct entity_group {
    uint32_t items[TOGETHER_MAX];
    size_t count;
};

struct annotated_entity {
    struct str id;
    int type; /* enum name_type, or NAME_NOMINAL */
    struct str name;
    char country[3];
    struct str code; /* CAMEO's; absent = never acts, or not known */
};

struct annotated_name {
    enum name_type type;
    struct span span;
    uint32_t sentence, entity;
};

struct annotated_mention {
    struct span span;
    uint32_t sentence;
    struct entity_group means;
};

struct annotated_role {
    struct span span;
    uint32_t sentence, person;
    enum role_class class;
};

struct annotated_time {
    enum time_kind kind;
    struct span span;
    uint32_t sentence;
    struct str value; /* absent = not known */
};

struct annotated_quantity {
    enum quantity_kind kind;
    enum quantity_modifier modifier;
    struct span span;
    uint32_t sentence;
    double low, high; /* equal when it is no range */
    struct str unit, effect;
};

struct annotated_statement {
    enum statement_kind kind;
    struct span content, cue; /* end 0 = no cue */
    struct span speaker_span; /* end 0 = told by the entity alone, or nobody */
    uint32_t sentence, speaker, addressee;
};

struct annotated_event {
    char code[CODE_BYTES];
    struct entity_group sources, targets;
    enum event_modality modality;
    struct span trigger;
    uint32_t sentence, place;
    struct str time; /* absent = not said */
};

struct annotation {
    const char *path;
    struct str title, desk, region, manner;
    int64_t published_ms;
    struct str text;                     /* paragraphs with a blank line between them */
    ARTICLE_LIST(struct span) sentences; /* the first with its dateline */
    ARTICLE_LIST(struct annotated_entity) entities;
    ARTICLE_LIST(struct annotated_name) names;
    ARTICLE_LIST(struct annotated_mention) mentions;
    ARTICLE_LIST(struct annotated_role) roles;
    ARTICLE_LIST(struct annotated_time) times;
    ARTICLE_LIST(struct annotated_quantity) quantities;
    ARTICLE_LIST(struct annotated_statement) statements;
    ARTICLE_LIST(struct annotated_event) events;
};

#endif

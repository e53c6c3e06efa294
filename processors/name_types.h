/* name_types: what a name is the name of. */
#ifndef NEWSD_PROCESSORS_NAME_TYPES_H
#define NEWSD_PROCESSORS_NAME_TYPES_H

enum name_type {
    NAME_PERSON,
    NAME_PLACE,
    NAME_ORGANISATION,
    NAME_TYPES_LEARNT,              /* so far by the model; the rest by rule */
    NAME_GROUP = NAME_TYPES_LEARNT, /* nationalities, religions, political convictions: "French", "Muslims" */
    NAME_FACILITY,                  /* bridges, airports, prisons ... */
    NAME_EVENT,                     /* wars, games, elections ... that have a name */
    NAME_TYPES
};

/* "PER", "LOC", "ORG", "NORP", "FAC", "EVENT". */
static inline const char *name_type_text(enum name_type type)
{
    static const char *const texts[NAME_TYPES] = {"PER", "LOC", "ORG", "NORP", "FAC", "EVENT"};
    return texts[type];
}

#endif

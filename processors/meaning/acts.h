/* acts: what is done in politics, apart from how it is said: a base act and the stance towards it make a
 * CAMEO code (manual 1.1b3) and a PLOVER type (manual of 2024) together. Pure; any thread.
 *
 * CAMEO's roots 02, 03, 10, 12 and 13 are stances over the acts of the others ("demands that X release Y":
 * the act is RELEASE, the stance a demand): codes are composed and not listed phrase by phrase. */
#ifndef NEWSD_PROCESSORS_MEANING_ACTS_H
#define NEWSD_PROCESSORS_MEANING_ACTS_H

#include <stdbool.h>

#include "base/str.h"

enum stance {
    STANCE_DONE,
    STANCE_APPEAL,
    STANCE_INTENT,
    STANCE_DEMAND,
    STANCE_REFUSAL,
    STANCE_THREAT,
    STANCES
};

struct act {
    const char *name;
    const char *codes[STANCES]; /* NULL = the stance's own code */
    const char *type, *mode;    /* PLOVER's, when done; NULL = none */
    const char *end;            /* the act that it is to stop this one; NULL = none of its own */
};

/* By its name ("RELEASE"), or NULL. */
const struct act *act_find(struct str name);

/* The act and the stance that make this CAMEO code, of several the first; NULL = none does. */
const struct act *act_of_code(const char *code, enum stance *ret_stance);

/* The CAMEO code of the act under the stance: never NULL. */
const char *act_code(const struct act *act, enum stance stance);

/* Is the act coded as itself when it is only announced? A deployment is; an attack is a threat then. */
bool act_announced(const struct act *act);

/* PLOVER's type and mode ("" = none); NULL when PLOVER has no type for it (bare statements). */
const char *act_type(const struct act *act, enum stance stance, const char **ret_mode);

/* 1 to 4, of a CAMEO code: verbal and material cooperation, verbal and material conflict. */
int act_quad_class(const char *code);
/* The Goldstein value of a CAMEO code's root, as GDELT's table has it. */
double act_goldstein(const char *code);
#define ACT_GOLDSTEIN_TABLE "gdelt-roots"

/* Of a code: is it a bomb, shell or strike from the air? These are acts whoever sent them. */
bool act_is_blow(const char *code);

#endif

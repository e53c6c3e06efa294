/* acts: see the header. */
#include "processors/meaning/acts.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "processors/meaning/act_table.h"

const struct act *act_find(struct str name)
{
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
        if (str_equal(name, str_from(acts[i].name)))
            return &acts[i];
    return NULL;
}

const struct act *act_of_code(const char *code, enum stance *ret_stance)
{
    for (int stance = 0; stance < STANCES; stance++)
        for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
            if (strcmp(acts[i].name, "NOTHING") != 0 && acts[i].codes[stance] &&
                !strcmp(acts[i].codes[stance], code)) {
                *ret_stance = (enum stance)stance;
                return &acts[i];
            }
    return NULL;
}

static int root_of(const char *code)
{
    assert(code[0] >= '0' && code[0] <= '2' && code[1] >= '0' && code[1] <= '9');
    return (code[0] - '0') * 10 + code[1] - '0';
}

/* Who means to accuse or to investigate tells that act ahead; CAMEO has no code of its own for it. */
static bool is_ahead_as_done(const struct act *act)
{
    return !act->codes[STANCE_INTENT] && act_quad_class(act->codes[STANCE_DONE]) == 3;
}

const char *act_code(const struct act *act, enum stance stance)
{
    static const char *const own[STANCES] = {"010", "020", "030", "100", "120", "130"};
    if (stance == STANCE_INTENT && is_ahead_as_done(act))
        return act->codes[STANCE_DONE];
    return act->codes[stance] ? act->codes[stance] : own[stance];
}

bool act_announced(const struct act *act)
{
    const char *intended = act_code(act, STANCE_INTENT), *done = act->codes[STANCE_DONE];
    return intended[0] == done[0] && intended[1] == done[1];
}

const char *act_type(const struct act *act, enum stance stance, const char **ret_mode)
{
    static const char *const own[STANCES] = {NULL, "REQUEST", "AGREE", "REQUEST", "REJECT", "THREATEN"};
    bool done = stance == STANCE_DONE || (stance == STANCE_INTENT && act_announced(act));
    *ret_mode = done && act->mode ? act->mode : "";
    return done ? act->type : own[stance];
}

int act_quad_class(const char *code)
{
    int root = root_of(code);
    return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

double act_goldstein(const char *code)
{
    static const double roots[] = {0,  0,  3,  4,    1,    3.5, 6,  7,  5,   -2, -5,
                                   -2, -4, -6, -6.5, -7.2, -4,  -7, -9, -10, -10};
    int root = root_of(code);
    assert(root >= 1 && root <= 20);
    return roots[root];
}

bool act_is_blow(const char *code)
{
    return !strncmp(code, "183", 3) || !strncmp(code, "194", 3) || !strncmp(code, "195", 3);
}

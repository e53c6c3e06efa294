/* cameo_codes: see the header. */
#include "processors/models/cameo_codes.h"

#include <string.h>

/* By root: its codes of three digits are ROOT0 to ROOT<last>; those of them that have codes of four digits,
 * each with the last digit. */
static const struct root {
    char last;
    const char *fine; /* "1425": the code ...1 has ...11 to ...14, the code ...2 has ...21 to ...25 */
    const char *type; /* of PLOVER */
} roots[] = {
    {'9', "", NULL},                /* 01 statements */
    {'8', "14344456", "REQUEST"},   /* 02 appeal */
    {'9', "14344456", "AGREE"},     /* 03 intend to cooperate */
    {'6', "", "CONSULT"},           /* 04 consult */
    {'7', "", "SUPPORT"},           /* 05 diplomatic cooperation */
    {'4', "", "COOPERATE"},         /* 06 material cooperation */
    {'5', "", "AID"},               /* 07 aid */
    {'7', "1434426374", "CONCEDE"}, /* 08 yield */
    {'4', "", "ACCUSE"},            /* 09 investigate */
    {'8', "14344456", "REQUEST"},   /* 10 demand */
    {'6', "25", "ACCUSE"},          /* 11 disapprove */
    {'9', "14243446", "REJECT"},    /* 12 reject */
    {'9', "132485", "THREATEN"},    /* 13 threaten */
    {'5', "1424344454", "PROTEST"}, /* 14 protest */
    {'5', "", "MOBILIZE"},          /* 15 force posture */
    {'6', "2363", "SANCTION"},      /* 16 reduce relations */
    {'6', "1224", "COERCE"},        /* 17 coerce */
    {'6', "2334", "ASSAULT"},       /* 18 assault */
    {'6', "52", "ASSAULT"},         /* 19 fight */
    {'4', "42", "ASSAULT"},         /* 20 mass violence */
};

static const struct root *root_of(struct str code)
{
    if (code.len < 3 || code.ptr[0] < '0' || code.ptr[0] > '2' || code.ptr[1] < '0' || code.ptr[1] > '9')
        return NULL;
    int number = (code.ptr[0] - '0') * 10 + code.ptr[1] - '0';
    return number >= 1 && number <= 20 ? &roots[number - 1] : NULL;
}

bool cameo_code_known(struct str code)
{
    const struct root *root = root_of(code);
    if (!root || code.len > 4 || code.ptr[2] < '0' || code.ptr[2] > root->last)
        return false;
    for (const char *fine = root->fine; code.len == 4 && *fine; fine += 2)
        if (fine[0] == code.ptr[2])
            return code.ptr[3] >= '1' && code.ptr[3] <= fine[1];
    return code.len == 3;
}

const char *cameo_plover_type(const char *code)
{
    static const struct {
        const char *prefix, *type;
    } exceptions[] = {
        {"016", "REJECT"},   {"018", "SUPPORT"}, {"019", "AGREE"},   {"0831", "RETREAT"}, {"084", "RETREAT"},
        {"085", "RETREAT"},  {"086", "RETREAT"}, {"087", "RETREAT"}, {"057", "AGREE"},    {"116", "SANCTION"},
        {"1712", "ASSAULT"}, {"175", "ASSAULT"}, {"191", "COERCE"},  {"192", "COERCE"},   {"056", "CONCEDE"},
    };
    const struct root *root = root_of(str_from(code));
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++)
        if (!strncmp(code, exceptions[i].prefix, strlen(exceptions[i].prefix)))
            return exceptions[i].type;
    return root ? root->type : NULL;
}

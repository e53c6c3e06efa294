/* weight_table: small tables of learnt weights as C headers, which are compiled in. For the programs that
 * train. */
#ifndef NEWSD_PROCESSORS_MODELS_WEIGHT_TABLE_H
#define NEWSD_PROCESSORS_MODELS_WEIGHT_TABLE_H

#include <stddef.h>

struct weight_table {
    const char *name; /* the macro's */
    const double *weights;
    size_t count;
};

/* Rounds the weights to thousandths, which is what they are once compiled in. */
void weight_table_round(double *weights, size_t count);

/* Writes a header that defines each table's macro as its weights in thousandths; the comment above says the
 * header's title, which program made it, and what the weights are. Exits with words. */
void weight_tables_write(const char *path, const char *title, const char *program, const char *what,
                         const struct weight_table *tables, size_t count);

#endif

/* weight_table: see the header. */
#include "processors/models/weight_table.h"

#include <math.h>

#include "base/buffer.h"
#include "processors/models/files.h"

enum { SCALE = 1000, IN_LINE = 16 };

void weight_table_round(double *weights, size_t count)
{
    for (size_t i = 0; i < count; i++)
        weights[i] = nearbyint(weights[i] * SCALE) / SCALE;
}

void weight_tables_write(const char *path, const char *title, const char *program, const char *what,
                         const struct weight_table *tables, size_t count)
{
    _cleanup_buffer_ struct buffer text = {0};
    buffer_printf(&text, "/* %s: made by %s, not by people:\n * %s, in thousandths. */\n", title, program,
                  what);
    for (size_t k = 0; k < count; k++) {
        buffer_printf(&text, "#define %s", tables[k].name);
        for (size_t i = 0; i < tables[k].count; i++)
            buffer_printf(&text, "%s%d",
                          i == 0        ? " \\\n    "
                          : i % IN_LINE ? ", "
                                        : ", \\\n    ",
                          (int)nearbyint(tables[k].weights[i] * SCALE));
        buffer_append_str(&text, STR("\n"));
    }
    if (text.failed)
        files_fail("memory", "too little");
    files_write(path, buffer_str(&text));
}

/* stage_options: the section [stages] of the configuration: one option for each stage, from the stages' own
 * table: `NAME = on`, `off`, or the time that it may take for one article. */
#ifndef NEWSD_DAEMON_CONFIG_STAGE_OPTIONS_H
#define NEWSD_DAEMON_CONFIG_STAGE_OPTIONS_H

#include "base/buffer.h"
#include "base/error.h"
#include "processors/stage_setting.h"

/* Sets the stage `name`. 0 or ERR_CONFIG with the words. */
int stage_options_set(struct stage_setting settings[STAGES_MAX], const char *name, const char *value,
                      struct error *error);

/* One line() for each stage whose setting differs, as config_diff() does. Number of differences. */
size_t stage_options_diff(const struct stage_setting before[STAGES_MAX],
                          const struct stage_setting after[STAGES_MAX],
                          void (*line)(void *context, const char *text), void *context);

/* The section as it is set, in the file's own syntax. */
void stage_options_dump(const struct stage_setting settings[STAGES_MAX], struct buffer *buffer);

/* The section for the sample file, the help, and the manual (mdoc). */
void stage_options_sample(struct buffer *buffer);
void stage_options_help(struct buffer *buffer);
void stage_options_manual(struct buffer *buffer);

#endif

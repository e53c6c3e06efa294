/* stage_setting: the operator's word on a stage. */
#ifndef NEWSD_PROCESSORS_STAGE_SETTING_H
#define NEWSD_PROCESSORS_STAGE_SETTING_H

#include <stdbool.h>
#include <stdint.h>

enum { STAGES_MAX = 64 }; /* of the static list; the record shows each one */

/* Its place in an array of STAGES_MAX is the stage's in the list. All zero: as the stage itself has it. */
struct stage_setting {
    bool off, on;      /* on: asked for, where the stage works on request only */
    int32_t budget_ms; /* 0 = the stage's own */
};

#endif

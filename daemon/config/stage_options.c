/* stage_options: see the header. */
#include "daemon/config/stage_options.h"

#include <stdio.h>
#include <string.h>

#include "daemon/config/options.h"
#include "processors/pipeline.h"

enum { BUDGET_MS_MAX = 60000 };

static void unknown_stage(const char *name, struct error *error)
{
    char known[512];
    size_t len = 0;
    for (size_t i = 0; pipeline_stages[i] && len < sizeof(known); i++)
        len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i ? ", " : "",
                                pipeline_stages[i]->name); /* cut off is fine for a message */
    error_set(error, ERR_CONFIG, "[stages] there is no stage %s; the stages are %s", name, known);
}

int stage_options_set(struct stage_setting settings[STAGES_MAX], const char *name, const char *value,
                      struct error *error)
{
    int at = pipeline_stage_find(name);
    int64_t ms;
    if (at < 0) {
        unknown_stage(name, error);
        return ERR_CONFIG;
    }
    struct stage_setting setting = {.on = true};
    if (!strcmp(value, "off"))
        setting = (struct stage_setting){.off = true};
    else if (*value && strcmp(value, "on")) {
        if (!option_duration(value, &ms) || ms < 1 || ms > BUDGET_MS_MAX)
            return error_set(
                error, ERR_CONFIG,
                "[stages] %s = %s; allowed are on, off and a time for each article from 1ms to 60s", name,
                value);
        setting.budget_ms = (int32_t)ms;
    }
    settings[at] = setting;
    return 0;
}

static const char *shown(size_t at, const struct stage_setting *setting, char text[24])
{
    bool works = pipeline_stage_works(at, setting);
    if (!works || !setting->budget_ms)
        return works ? "on" : "off";
    (void)snprintf(text, 24, "%dms", setting->budget_ms); /* fits */
    return text;
}

size_t stage_options_diff(const struct stage_setting before[STAGES_MAX],
                          const struct stage_setting after[STAGES_MAX],
                          void (*line)(void *context, const char *text), void *context)
{
    size_t count = 0;
    for (size_t i = 0; pipeline_stages[i]; i++) {
        char old[24], now[24], text[256];
        if (pipeline_stage_works(i, &before[i]) == pipeline_stage_works(i, &after[i]) &&
            before[i].budget_ms == after[i].budget_ms)
            continue;
        (void)snprintf(text, sizeof(text), "stages.%s: %s -> %s (needs a restart)", pipeline_stages[i]->name,
                       shown(i, &before[i], old), shown(i, &after[i], now));
        line(context, text);
        count++;
    }
    return count;
}

void stage_options_dump(const struct stage_setting settings[STAGES_MAX], struct buffer *buffer)
{
    char text[24];
    buffer_printf(buffer, "\n[stages]\n");
    for (size_t i = 0; pipeline_stages[i]; i++)
        buffer_printf(buffer, "%s = %s\n", pipeline_stages[i]->name, shown(i, &settings[i], text));
}

void stage_options_sample(struct buffer *buffer)
{
    buffer_printf(buffer,
                  "\n# What is done to an article: on, off, or the time that it may take.\n[stages]\n");
    for (size_t i = 0; pipeline_stages[i]; i++)
        buffer_printf(buffer, "# %s\n#%s = %s\n", pipeline_stages[i]->description, pipeline_stages[i]->name,
                      pipeline_stages[i]->on_request ? "off" : "on");
}

void stage_options_help(struct buffer *buffer)
{
    buffer_printf(buffer, "\n[stages]\n");
    for (size_t i = 0; pipeline_stages[i]; i++)
        buffer_printf(buffer, "  %s = on\n        %s\n", pipeline_stages[i]->name,
                      pipeline_stages[i]->description);
}

void stage_options_manual(struct buffer *buffer)
{
    buffer_printf(buffer, ".Ss [stages]\n.Bl -tag -width Ds\n");
    for (size_t i = 0; pipeline_stages[i]; i++)
        buffer_printf(buffer,
                      ".It Cm %s No = Ar on, off or duration Pq default: on\n"
                      "%s; the duration is the time that it may take for one article.\n"
                      "Takes effect after a restart.\n",
                      pipeline_stages[i]->name, pipeline_stages[i]->description);
    buffer_printf(buffer, ".El\n");
}

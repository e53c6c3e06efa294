/* pressure: marks with hysteresis over the store's counts. Keeps only the struct it is given. */
#include "daemon/watch/pressure.h"

#include "daemon/process/log.h"

static bool over(bool was, int64_t value, int64_t mark)
{
    return value >= (was ? mark - mark / 10 : mark);
}

bool pressure_may_poll(const struct pressure *pressure)
{
    return pressure->outbox < PRESSURE_HARD && !pressure->intake_full && !pressure->store_full;
}

bool pressure_may_fetch_pages(const struct pressure *pressure)
{
    return pressure->outbox == PRESSURE_NONE && !pressure->store_full;
}

bool pressure_may_process(const struct pressure *pressure)
{
    return pressure->outbox < PRESSURE_HARD && !pressure->store_full;
}

const char *pressure_words(const struct pressure *pressure)
{
    if (pressure->store_full)
        return "disk full";
    if (pressure->outbox == PRESSURE_HARD)
        return "outbox at its hard mark";
    if (pressure->intake_full)
        return "intake at its mark";
    return pressure->outbox == PRESSURE_HIGH ? "outbox at its high mark" : "none";
}

static void say(const struct pressure *before, const struct pressure *now)
{
    if (now->store_full != before->store_full) {
        if (now->store_full)
            log_write(LOG_KIND_STORE_FULL, 3, NULL, NULL,
                      "no space for the database: nothing new is fetched until there is; nothing is lost");
        else
            log_write(LOG_KIND_STORE_SPACE, 5, NULL, NULL, "there is space for the database again");
    }
    bool held = !pressure_may_poll(now), was_held = !pressure_may_poll(before);
    if (now->outbox > before->outbox || (held && !was_held))
        log_write(LOG_KIND_BACK_PRESSURE, 4, NULL, LOG_FIELDS({"REASON", pressure_words(now)}), "%s: %s",
                  pressure_words(now), held ? "polling waits" : "article pages wait");
    else if (pressure_may_fetch_pages(now) && !held && (was_held || !pressure_may_fetch_pages(before)))
        log_write(LOG_KIND_BACK_PRESSURE_OVER, 5, NULL, NULL, "back to full speed");
}

bool pressure_update(struct pressure *pressure, const struct store *store, const struct config *config)
{
    struct store_counts counts;
    store_get_counts(store, &counts);
    struct pressure before = *pressure;
    if (over(before.outbox == PRESSURE_HARD, counts.outbox, config->outbox_hard))
        pressure->outbox = PRESSURE_HARD;
    else if (over(before.outbox != PRESSURE_NONE, counts.outbox, config->outbox_high))
        pressure->outbox = PRESSURE_HIGH;
    else
        pressure->outbox = PRESSURE_NONE;
    pressure->intake_full = over(before.intake_full, counts.intake, config->intake_high);
    pressure->store_full = counts.full;
    bool changed = before.outbox != pressure->outbox || before.intake_full != pressure->intake_full ||
                   before.store_full != pressure->store_full;
    if (changed)
        say(&before, pressure);
    return changed;
}

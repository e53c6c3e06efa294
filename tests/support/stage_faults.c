/* stage_faults: loaded before the other libraries (LD_PRELOAD) it kills the process, or takes its time,
 * inside the stages of an article that has the words below in a paragraph with a combining accent: as a fault
 * in a library would. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

static const char deadly[] = "the stage dies of this", slow[] = "the stage sleeps over this";

utf8proc_ssize_t utf8proc_map(const utf8proc_uint8_t *text, utf8proc_ssize_t len, utf8proc_uint8_t **ret_text,
                              utf8proc_option_t options)
{
    static const struct timespec nap = {.tv_nsec = 300000000};
    utf8proc_ssize_t (*next)(const utf8proc_uint8_t *, utf8proc_ssize_t, utf8proc_uint8_t **,
                             utf8proc_option_t);
    if (len > 0 && memmem(text, (size_t)len, deadly, sizeof(deadly) - 1))
        abort();
    if (len > 0 && memmem(text, (size_t)len, slow, sizeof(slow) - 1))
        clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
    *(void **)&next = dlsym(RTLD_NEXT, "utf8proc_map");
    return next(text, len, ret_text, options);
}

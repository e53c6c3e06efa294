/* failing_memory: the n-th allocation fails, for every n in turn, as curl's torture tests do. Counted are
 * those of this program and libnewsd (the linker's --wrap, see the Makefile), of libxml2 and of SQLite, on
 * the thread that runs the test. For tests only; one file of a program includes this.
 *
 *     static int scenario(void *context) { ... return 0 or the error; nothing may be left behind }
 *
 *     failing_hook();                                    once, before libxml2 and SQLite are used
 *     failing_run("a feed", scenario, context);
 *
 * Each run must end with an error or, where the failure does not matter, a success; the scenario asserts what
 * it can of the success. Leaks and what is used after it was freed are the sanitizers' to tell. */
#ifndef NEWSD_TESTS_SUPPORT_FAILING_MEMORY_H
#define NEWSD_TESTS_SUPPORT_FAILING_MEMORY_H

#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <stdarg.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum failing_mode {
    FAILING_ONE,  /* the n-th alone */
    FAILING_REST, /* the n-th and all after it */
};

static _Thread_local struct {
    bool armed;
    enum failing_mode mode;
    unsigned long count, at; /* the at-th fails, counted from 1 */
} failing;

static inline bool failing_now(void)
{
    if (!failing.armed)
        return false;
    failing.count++;
    return failing.mode == FAILING_ONE ? failing.count == failing.at : failing.count >= failing.at;
}

/* What a scenario does for itself, and not as the one that is tested. */
static inline bool failing_pause(void)
{
    bool armed = failing.armed;
    failing.armed = false;
    return armed;
}

static inline void failing_resume(bool armed)
{
    failing.armed = armed;
}

/* ---- The linker's names ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t len);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t len);
int __wrap_asprintf(char **ret_text, const char *format, ...) __attribute__((format(printf, 2, 3)));

void *__wrap_malloc(size_t size)
{
    return failing_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return failing_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return failing_now() ? NULL : __real_realloc(old, size);
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
    return failing_now() ? NULL : __real_reallocarray(old, count, size);
}

int __wrap_asprintf(char **ret_text, const char *format, ...)
{
    va_list arguments;
    *ret_text = NULL; /* the C library leaves it as it was, or not */
    if (failing_now())
        return -1;
    va_start(arguments, format);
    int len = vasprintf(ret_text, format, arguments);
    va_end(arguments);
    return len;
}

char *__wrap_strdup(const char *text)
{
    return failing_now() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t len)
{
    return failing_now() ? NULL : __real_strndup(text, len);
}

/* ---- libxml2, SQLite ---- */

static inline void *failing_sqlite_malloc(int size)
{
    return malloc((size_t)size);
}

static inline void *failing_sqlite_realloc(void *old, int size)
{
    return realloc(old, (size_t)size);
}

static inline int failing_sqlite_size(void *block)
{
    return (int)malloc_usable_size(block);
}

static inline int failing_sqlite_round(int size)
{
    return (size + 7) & ~7;
}

static inline int failing_sqlite_init(void *unused)
{
    (void)unused;
    return SQLITE_OK;
}

static inline void failing_sqlite_shutdown(void *unused)
{
    (void)unused;
}

static inline void failing_free(void *block)
{
    free(block);
}

/* libxml2 says on standard error what it had no memory for. */
static inline void failing_say_nothing(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static inline void failing_hook(void)
{
    xmlSetGenericErrorFunc(NULL, failing_say_nothing);
    static const sqlite3_mem_methods methods = {
        failing_sqlite_malloc, failing_free,        failing_sqlite_realloc,  failing_sqlite_size,
        failing_sqlite_round,  failing_sqlite_init, failing_sqlite_shutdown, NULL};
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    assert_int_equal(xmlMemSetup(failing_free, __wrap_malloc, __wrap_realloc, __wrap_strdup), 0);
}

/* ---- The runs ---- */

/* One run; true when it came to the failure. */
static inline bool failing_once(const char *name, int (*scenario)(void *context), void *context,
                                enum failing_mode mode, unsigned long at)
{
    failing.mode = mode;
    failing.at = at;
    failing.count = 0;
    failing.armed = true;
    int error = scenario(context);
    failing.armed = false;
    bool reached = failing.count >= at;
    if (!reached && error)
        fail_msg("%s: error %d, and no allocation had failed", name, error);
    return reached;
}

/* As failing_run(), of every `step`-th allocation: for scenarios of thousands. */
static inline void failing_run_every(unsigned long step, const char *name, int (*scenario)(void *context),
                                     void *context)
{
    unsigned long at[2] = {1, 1};
    assert_int_equal(scenario(context),
                     0); /* what is made once for the whole process is there from here on */
    for (enum failing_mode mode = FAILING_ONE; mode <= FAILING_REST; mode++)
        while (failing_once(name, scenario, context, mode, at[mode]))
            at[mode] += step;
    assert_true(at[FAILING_ONE] > 1); /* or nothing was tested */
    print_message("%s: %lu allocations\n", name, failing.count);
}

static inline void failing_run(const char *name, int (*scenario)(void *context), void *context)
{
    failing_run_every(1, name, scenario, context);
}

#endif

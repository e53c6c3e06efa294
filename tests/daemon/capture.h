/* capture: what is written to standard error meanwhile: the log's lines. For tests only. */
#ifndef NEWSD_TESTS_DAEMON_CAPTURE_H
#define NEWSD_TESTS_DAEMON_CAPTURE_H

#include <fcntl.h>

#include "daemon/temp_folder.h"

/* What was written to standard error between the two calls. */
struct capture {
    struct temp_folder folder;
    int before, file;
    char text[1 << 18];
};

static struct capture capture;

static inline void capture_begin(void)
{
    char path[256];
    temp_folder_make(&capture.folder);
    fflush(stderr);
    capture.before = dup(STDERR_FILENO);
    capture.file = open(temp_path(&capture.folder, "stderr", path), O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(capture.before >= 0 && capture.file >= 0);
    assert_int_equal(dup2(capture.file, STDERR_FILENO), STDERR_FILENO);
}

static inline const char *capture_end(void)
{
    dup2(capture.before, STDERR_FILENO);
    close(capture.before);
    ssize_t len = pread(capture.file, capture.text, sizeof(capture.text) - 1, 0);
    capture.text[len > 0 ? len : 0] = '\0';
    close(capture.file);
    temp_folder_remove(&capture.folder);
    return capture.text;
}

static inline void assert_says(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("not in the log: %s\n%s", part, text);
}

#endif

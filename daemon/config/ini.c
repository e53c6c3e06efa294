/* ini: reads line by line with line numbers; no continuation lines, no quoting: a value is the rest of its
 * line. */
#include "daemon/config/ini.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t len = strlen(text);
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        text[--len] = '\0';
    return text;
}

struct reader {
    char section[64];
    bool section_broken; /* said already; what stands below belongs to no section */
    unsigned line;
    ini_assign *assign;
    ini_fault *fault;
    void *context;
};

static void read_section(struct reader *reader, char *text)
{
    size_t len = strlen(text);
    reader->section_broken = text[len - 1] != ']' || len < 3 || len - 2 >= sizeof(reader->section);
    if (reader->section_broken) {
        reader->fault(reader->context, reader->line, "a section is written [name] on a line of its own");
        return;
    }
    memcpy(reader->section, text + 1, len - 2);
    reader->section[len - 2] = '\0';
}

static void read_line(struct reader *reader, char *text)
{
    text = trim(text);
    if (*text == '\0' || *text == '#' || *text == ';')
        return;
    if (*text == '[') {
        read_section(reader, text);
        return;
    }
    char *equals = strchr(text, '=');
    if (!equals || equals == text) {
        reader->fault(reader->context, reader->line, "expected `key = value`, [section] or a comment");
        return;
    }
    *equals = '\0';
    char *key = trim(text), *value = trim(equals + 1);
    if (reader->section_broken)
        return;
    if (!reader->section[0])
        reader->fault(reader->context, reader->line, "this option stands before any [section]");
    else
        reader->assign(reader->context, reader->line, reader->section, key, value);
}

int ini_read(const char *path, ini_assign *assign, ini_fault *fault, void *context)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return -errno;
    struct reader reader = {.assign = assign, .fault = fault, .context = context};
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    errno = 0;
    while ((len = getline(&line, &size, file)) >= 0) {
        reader.line++;
        if (memchr(line, '\0', (size_t)len))
            fault(context, reader.line, "a NUL byte: this is no text file");
        else
            read_line(&reader, line + (reader.line == 1 && !strncmp(line, byte_order_mark, 3) ? 3 : 0));
    }
    int error = ferror(file) ? -(errno ? errno : EIO) : 0;
    free(line);
    fclose(file);
    return error;
}

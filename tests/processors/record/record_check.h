/* record_check: holds records made by a unit test against the project's JSON Schemas, through the validator
 * that all tests use. Include after cmocka.h. */
#ifndef NEWSD_TESTS_PROCESSORS_RECORD_CHECK_H
#define NEWSD_TESTS_PROCESSORS_RECORD_CHECK_H

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "processors/record/record.h"

static inline json_t *record_value_parsed(const struct record *record)
{
    json_error_t problem;
    json_t *root = json_loadb(record->value.ptr, record->value.len, 0, &problem);
    if (!root)
        fail_msg("the value is no JSON: %s", problem.text);
    return root;
}

static inline const char *record_header(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->header_count; i++)
        if (!strcmp(record->headers[i].name, name))
            return record->headers[i].value.ptr;
    return NULL;
}

/* One line as `newsd tail --json` prints it, to the validator's standard input. */
static inline void record_write_line(FILE *out, const struct record *record)
{
    json_t *line = json_object(), *headers = json_object();
    char topic[32];
    (void)snprintf(topic, sizeof(topic), "news.%s", record_topic_name(record->topic));
    for (size_t i = 0; i < record->header_count; i++)
        json_object_set_new(headers, record->headers[i].name,
                            json_stringn(record->headers[i].value.ptr, record->headers[i].value.len));
    json_object_set_new(line, "topic", json_string(topic));
    json_object_set_new(line, "key", json_stringn(record->key.ptr, record->key.len));
    json_object_set_new(line, "headers", headers);
    json_object_set_new(line, "value", record_value_parsed(record));
    json_dumpf(line, out, JSON_COMPACT);
    fputc('\n', out);
    json_decref(line);
}

/* Fails the test when the validator finds anything; what it found is on standard output. */
static inline void records_check(const struct record *const *records, size_t count)
{
    static const char validator[] = "tests/support/validate_records.py";
    if (access(validator, R_OK)) {
        print_message("skipped: %s is not here; run from the project's folder\n", validator);
        return;
    }
    char command[128];
    (void)snprintf(command, sizeof(command), "/usr/bin/python3 -W ignore %s", validator);
    FILE *pipe = popen(command, "w");
    assert_non_null(pipe);
    for (size_t i = 0; i < count; i++)
        record_write_line(pipe, records[i]);
    assert_int_equal(pclose(pipe), 0);
}

#endif

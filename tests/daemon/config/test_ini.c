/* ini: what is an assignment, what is a fault, and on which line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include "base/buffer.h"
#include "daemon/config/ini.h"
#include "daemon/temp_folder.h"

static void on_assign(void *context, unsigned line, const char *section, const char *key, const char *value)
{
    buffer_printf(context, "%u [%s] %s=%s|", line, section, key, value);
}

static void on_fault(void *context, unsigned line, const char *text)
{
    buffer_printf(context, "%u ! %s|", line, text);
}

/* What a file of these bytes gives, as one line of text. */
static void read_bytes(const char *bytes, size_t len, struct buffer *ret_said)
{
    struct temp_folder folder;
    char path[256];
    temp_folder_make(&folder);
    FILE *file = fopen(temp_path(&folder, "a.conf", path), "we");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
    assert_int_equal(ini_read(path, on_assign, on_fault, ret_said), 0);
    temp_folder_remove(&folder);
}

static void expect(const char *bytes, const char *said)
{
    _cleanup_buffer_ struct buffer got = {0};
    read_bytes(bytes, strlen(bytes), &got);
    assert_string_equal(got.ptr ? got.ptr : "", said);
}

static void test_assignments_keep_their_lines(void **state)
{
    (void)state;
    expect("# a comment\n\n[poll]\nhost-gap = 5s\n ; another\n\ttimeout=30s \n[log]\r\nlevel\t=\tinfo\r\n",
           "4 [poll] host-gap=5s|6 [poll] timeout=30s|8 [log] level=info|");
}

static void test_a_value_is_the_rest_of_its_line(void **state)
{
    (void)state;
    expect("[kafka]\nsasl.password = a=b # no comment; \"no quotes\"\nempty =\nlast = x",
           "2 [kafka] sasl.password=a=b # no comment; \"no quotes\"|3 [kafka] empty=|4 [kafka] last=x|");
}

static void test_nothing_gives_nothing(void **state)
{
    (void)state;
    expect("", "");
    expect("\n\n# only comments\n", "");
}

static void test_faults_name_their_line_and_reading_goes_on(void **state)
{
    (void)state;
    expect("before = 1\n[poll\nword\n= value\n[]\n[poll]\ngood = 1\n",
           "1 ! this option stands before any [section]|"
           "2 ! a section is written [name] on a line of its own|"
           "3 ! expected `key = value`, [section] or a comment|"
           "4 ! expected `key = value`, [section] or a comment|"
           "5 ! a section is written [name] on a line of its own|"
           "7 [poll] good=1|");
}

static void test_a_broken_section_does_not_pass_its_options_to_the_one_before(void **state)
{
    (void)state;
    expect("[poll]\na = 1\n[sto re\nb = 2\n[log]\nc = 3\n",
           "2 [poll] a=1|3 ! a section is written [name] on a line of its own|6 [log] c=3|");
}

static void test_a_nul_byte_is_a_fault(void **state)
{
    (void)state;
    static const char bytes[] = "[poll]\nhost\0gap = 5s\ngood = 1\n";
    _cleanup_buffer_ struct buffer got = {0};
    read_bytes(bytes, sizeof(bytes) - 1, &got);
    assert_string_equal(got.ptr, "2 ! a NUL byte: this is no text file|3 [poll] good=1|");
}

static void test_a_byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf[poll]\na = 1\n", "2 [poll] a=1|");
}

static void test_a_section_name_that_is_too_long_is_a_fault(void **state)
{
    (void)state;
    char text[200];
    (void)snprintf(text, sizeof(text), "[%0100d]\n", 7);
    expect(text, "1 ! a section is written [name] on a line of its own|");
}

static void test_a_file_that_is_not_there_and_one_that_is_a_folder(void **state)
{
    (void)state;
    struct temp_folder folder;
    struct buffer got = {0};
    char path[256];
    temp_folder_make(&folder);
    assert_int_equal(ini_read(temp_path(&folder, "none", path), on_assign, on_fault, &got), -ENOENT);
    assert_int_equal(ini_read(folder.path, on_assign, on_fault, &got), -EISDIR);
    assert_null(got.ptr);
    temp_folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assignments_keep_their_lines),
        cmocka_unit_test(test_a_value_is_the_rest_of_its_line),
        cmocka_unit_test(test_nothing_gives_nothing),
        cmocka_unit_test(test_faults_name_their_line_and_reading_goes_on),
        cmocka_unit_test(test_a_broken_section_does_not_pass_its_options_to_the_one_before),
        cmocka_unit_test(test_a_nul_byte_is_a_fault),
        cmocka_unit_test(test_a_byte_order_mark_is_passed_over),
        cmocka_unit_test(test_a_section_name_that_is_too_long_is_a_fault),
        cmocka_unit_test(test_a_file_that_is_not_there_and_one_that_is_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

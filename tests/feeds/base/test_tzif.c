/* Zones of the tz database: a file made here, byte by byte, and the system's own where there are any. */
#include "feeds/text_check.h"

#include <errno.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/tzif.h"

enum { DAY = 86400 };

struct file {
    unsigned char data[512];
    size_t len;
};

static void put(struct file *file, const void *data, size_t len)
{
    assert_true(file->len + len <= sizeof(file->data));
    memcpy(file->data + file->len, data, len);
    file->len += len;
}

static void put_32(struct file *file, uint32_t value)
{
    const unsigned char bytes[] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
                                   (unsigned char)(value >> 8), (unsigned char)value};
    put(file, bytes, sizeof(bytes));
}

static void put_header(struct file *file, uint32_t times, uint32_t types, uint32_t letters)
{
    put(file, "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    const uint32_t counts[] = {0, 0, 0, times, types, letters};
    for (size_t i = 0; i < COUNT(counts); i++)
        put_32(file, counts[i]);
}

/* One hour until day 10 000, then two; behind it what the footer says. */
static struct file made(const char *footer)
{
    struct file file = {.len = 0};
    put_header(&file, 0, 1, 2); /* the old block, which is passed over */
    put(&file, "\0\0\0\0\0\0A", 8);
    put_header(&file, 1, 2, 4);
    put_32(&file, 0);
    put_32(&file, 10000 * DAY);
    put(&file, "\1", 1);
    put_32(&file, 3600);
    put(&file, "\0\0", 2);
    put_32(&file, 7200);
    put(&file, "\1\2", 2);
    put(&file, "A\0B", 4);
    put(&file, "\n", 1);
    put(&file, footer, strlen(footer));
    put(&file, "\n", 1);
    return file;
}

static int offset_of(const struct file *file, int64_t local)
{
    int offset = -1;
    assert_int_equal(tzif_offset_in(file->data, file->len, local, &offset), 0);
    return offset;
}

static void test_transitions(void **unused)
{
    (void)unused;
    struct file file = made("");
    assert_int_equal(offset_of(&file, 0), 3600);
    assert_int_equal(offset_of(&file, (int64_t)10000 * DAY + 3599), 3600);
    assert_int_equal(offset_of(&file, (int64_t)10000 * DAY + 5400), 3600); /* a time that was left out */
    assert_int_equal(offset_of(&file, (int64_t)10000 * DAY + 7200), 7200);
}

static void test_the_footer_rules_behind_the_last_transition(void **unused)
{
    (void)unused;
    struct file file = made("CET-1CEST,M3.5.0,M10.5.0/3");
    int64_t winter = clock_days_from_civil(2040, 1, 15) * DAY,
            summer = clock_days_from_civil(2040, 7, 15) * DAY;
    assert_int_equal(offset_of(&file, winter), 3600);
    assert_int_equal(offset_of(&file, summer), 7200);
    /* Put back on 28 October 2040 at 3: half past two comes twice, the first counts. */
    assert_int_equal(offset_of(&file, clock_days_from_civil(2040, 10, 28) * DAY + 9000), 7200);
    assert_int_equal(offset_of(&file, clock_days_from_civil(2040, 10, 28) * DAY + 10800), 3600);
    struct file south = made("AEST-10AEDT,M10.1.0,M4.1.0/3");
    assert_int_equal(offset_of(&south, winter), 11 * 3600);
    assert_int_equal(offset_of(&south, summer), 10 * 3600);
    struct file plain = made("<-03>3");
    assert_int_equal(offset_of(&plain, summer), -3 * 3600);
}

static void test_damaged_files_are_refused(void **unused)
{
    (void)unused;
    struct file whole = made("CET-1CEST,M3.5.0,M10.5.0/3");
    int64_t late = clock_days_from_civil(2040, 1, 15) * DAY;
    int offset;
    for (size_t len = 0; len < whole.len; len++)
        assert_int_equal(tzif_offset_in(whole.data, len, late, &offset), -EBADMSG);
    static const char *const footers[] = {
        "CET", "CET-1CEST", "CET-1CEST,J60,J300", "CET-1CEST,M13.1.0,M4.1.0", ",,,", "<", "CET-999999"};
    for (size_t i = 0; i < COUNT(footers); i++) {
        struct file file = made(footers[i]);
        assert_int_equal(tzif_offset_in(file.data, file.len, late, &offset), -EBADMSG);
    }
    for (size_t i = 0; i < whole.len; i++) { /* any byte may be wrong */
        struct file file = whole;
        file.data[i] ^= 0xFF;
        (void)tzif_offset_in(file.data, file.len, late, &offset);
    }
}

static void test_names_lead_nowhere_else(void **unused)
{
    (void)unused;
    static const char *const bad[] = {"",
                                      "/etc/passwd",
                                      "../passwd",
                                      "Europe/../../passwd",
                                      "Europe//Paris",
                                      "Europe/",
                                      "a b",
                                      "Europe/Par\xC3\xADs",
                                      "Europe/ParisParisParisParisParisParisParisParisParis"};
    int offset;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(tzif_offset(bad[i], 0, &offset), -EINVAL);
    assert_int_equal(tzif_offset("Foo/Bar", 0, &offset), -ENOENT);
    assert_int_equal(tzif_offset("Europe", 0, &offset), -ENOENT); /* a folder */
}

static void test_the_systems_files(void **unused)
{
    (void)unused;
    int offset;
    if (access("/usr/share/zoneinfo/America/New_York", R_OK) != 0)
        skip();
    assert_int_equal(tzif_offset("America/New_York", clock_days_from_civil(2025, 3, 5) * DAY, &offset), 0);
    assert_int_equal(offset, -5 * 3600);
    assert_int_equal(tzif_offset("America/New_York", clock_days_from_civil(2045, 7, 5) * DAY, &offset), 0);
    assert_int_equal(offset, -4 * 3600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transitions),
        cmocka_unit_test(test_the_footer_rules_behind_the_last_transition),
        cmocka_unit_test(test_damaged_files_are_refused),
        cmocka_unit_test(test_names_lead_nowhere_else),
        cmocka_unit_test(test_the_systems_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

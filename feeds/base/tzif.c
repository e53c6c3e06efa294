/* tzif: reads the version 2 block of a TZif file (RFC 9636 section 3): 64-bit transitions, their types, and
 * the footer with the rule for the time behind the last transition. Every count is checked against the file.
 */
#include "base/tzif.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

enum {
    HEADER_BYTES = 44,
    FILE_BYTES_MAX = 32768, /* the largest of the database has 4 KB */
    NAME_BYTES_MAX = 47,
    DAY_S = 86400,
};

struct block {
    size_t leaps, times, types, letters, standards, universals;
    const unsigned char *data;
};

struct zone {
    struct block block;
    const char *footer; /* between its two newlines */
    size_t footer_len;
};

bool tzif_is_name(const char *name)
{
    size_t len = strlen(name);
    if (len == 0 || len > NAME_BYTES_MAX || !isalpha((unsigned char)name[0]))
        return false;
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)name[i]) && !strchr("_-+/", name[i]))
            return false;
    return !strstr(name, "//") && name[len - 1] != '/';
}

static uint32_t big_endian(const unsigned char *data)
{
    return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

static int64_t big_endian_64(const unsigned char *data)
{
    return (int64_t)((uint64_t)big_endian(data) << 32 | big_endian(data + 4));
}

/* The header at `at` and where its block ends; 0 when the file is too short for it. */
static size_t read_header(const unsigned char *data, size_t len, size_t at, size_t time_bytes,
                          struct block *block)
{
    if (at + HEADER_BYTES > len || memcmp(data + at, "TZif", 4) != 0)
        return 0;
    size_t *const counts[] = {&block->universals, &block->standards, &block->leaps,
                              &block->times,      &block->types,     &block->letters};
    for (size_t i = 0; i < 6; i++) {
        *counts[i] = big_endian(data + at + 20 + i * 4);
        if (*counts[i] > FILE_BYTES_MAX)
            return 0;
    }
    block->data = data + at + HEADER_BYTES;
    size_t end = at + HEADER_BYTES + block->times * (time_bytes + 1) + block->types * 6 + block->letters +
                 block->leaps * (time_bytes + 4) + block->standards + block->universals;
    return end <= len && block->types > 0 ? end : 0;
}

static int open_zone(const unsigned char *data, size_t len, struct zone *zone)
{
    struct block old;
    size_t second = read_header(data, len, 0, 4, &old);
    if (second == 0 || data[4] < '2')
        return -EBADMSG;
    size_t end = read_header(data, len, second, 8, &zone->block);
    if (end == 0 || end >= len || data[end] != '\n')
        return -EBADMSG;
    zone->footer = (const char *)data + end + 1;
    const char *newline = memchr(zone->footer, '\n', len - end - 1);
    if (!newline)
        return -EBADMSG;
    zone->footer_len = (size_t)(newline - zone->footer);
    return 0;
}

static int type_offset(const struct block *block, size_t type, int *ret_offset)
{
    if (type >= block->types)
        return -EBADMSG;
    *ret_offset = (int)(int32_t)big_endian(block->data + block->times * 9 + type * 6);
    return *ret_offset > -2 * DAY_S && *ret_offset < 2 * DAY_S ? 0 : -EBADMSG;
}

/* ---- The footer's rule: std offset [dst [offset] , start [/time] , end [/time]] (RFC 9636 3.3.1) ---- */

struct rule_reader {
    const char *at, *end;
};

static char peek(const struct rule_reader *reader)
{
    return reader->at < reader->end ? *reader->at : '\0';
}

static bool rule_number(struct rule_reader *reader, int *ret_value)
{
    const char *start = reader->at;
    *ret_value = 0;
    while (isdigit((unsigned char)peek(reader)) && reader->at - start < 5)
        *ret_value = *ret_value * 10 + (*reader->at++ - '0');
    return reader->at > start;
}

static bool rule_accept(struct rule_reader *reader, char c)
{
    if (peek(reader) != c)
        return false;
    reader->at++;
    return true;
}

/* <-03> or EST */
static bool rule_name(struct rule_reader *reader)
{
    const char *start = reader->at;
    if (rule_accept(reader, '<')) {
        while (peek(reader) && peek(reader) != '>')
            reader->at++;
        return rule_accept(reader, '>');
    }
    while (isalpha((unsigned char)peek(reader)))
        reader->at++;
    return reader->at > start;
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool rule_time(struct rule_reader *reader, int *ret_seconds)
{
    int sign = peek(reader) == '-' ? -1 : 1, part;
    if (peek(reader) == '-' || peek(reader) == '+')
        reader->at++;
    if (!rule_number(reader, &part) || part > 167)
        return false;
    *ret_seconds = part * 3600;
    for (int unit = 60; unit && rule_accept(reader, ':'); unit /= 60) {
        if (!rule_number(reader, &part) || part > 59)
            return false;
        *ret_seconds += part * unit;
    }
    *ret_seconds *= sign;
    return true;
}

/* Mm.w.d[/time], the only form that the database uses: seconds from 1970, local, in that year. */
static bool rule_moment(struct rule_reader *reader, int64_t year, int64_t *ret_local)
{
    int month, week, weekday, time = 7200;
    if (!rule_accept(reader, ',') || !rule_accept(reader, 'M') || !rule_number(reader, &month) ||
        !rule_accept(reader, '.') || !rule_number(reader, &week) || !rule_accept(reader, '.') ||
        !rule_number(reader, &weekday) || month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6)
        return false;
    if (rule_accept(reader, '/') && !rule_time(reader, &time))
        return false;
    int64_t first = clock_days_from_civil(year, month, 1);
    int64_t next =
        month == 12 ? clock_days_from_civil(year + 1, 1, 1) : clock_days_from_civil(year, month + 1, 1);
    int64_t first_weekday = ((first + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    int64_t day = first + (weekday - first_weekday + 7) % 7 + 7 * (week - 1);
    while (day >= next)
        day -= 7;
    *ret_local = day * DAY_S + time;
    return true;
}

static int rule_offset(const struct zone *zone, int64_t at, int *ret_offset)
{
    struct rule_reader reader = {zone->footer, zone->footer + zone->footer_len};
    int standard, summer, month, day;
    int64_t year, from, until;
    if (!rule_name(&reader) || !rule_time(&reader, &standard))
        return -EBADMSG;
    *ret_offset = standard = -standard; /* POSIX counts westwards */
    if (!peek(&reader))
        return 0;
    summer = standard + 3600;
    if (!rule_name(&reader))
        return -EBADMSG;
    if (peek(&reader) != ',') {
        if (!rule_time(&reader, &summer))
            return -EBADMSG;
        summer = -summer;
    }
    int64_t local = at + standard;
    clock_civil_from_days((local - (local % DAY_S + DAY_S) % DAY_S) / DAY_S, &year, &month, &day);
    if (!rule_moment(&reader, year, &from) || !rule_moment(&reader, year, &until) || peek(&reader))
        return -EBADMSG;
    from -= standard;
    until -= summer;
    bool in = from < until ? at >= from && at < until : at >= from || at < until;
    *ret_offset = in ? summer : standard;
    return 0;
}

/* ---- Looking up ---- */

/* The offset at an instant: of the last transition that is not later; before all, the first type's. */
static int offset_at(const struct zone *zone, int64_t at, int *ret_offset)
{
    const struct block *block = &zone->block;
    size_t low = 0, high = block->times;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (big_endian_64(block->data + middle * 8) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == block->times && zone->footer_len > 0)
        return rule_offset(zone, at, ret_offset);
    return type_offset(block, low ? block->data[block->times * 8 + low - 1] : 0, ret_offset);
}

/* Of the two offsets that are valid a day before and a day behind, the earlier one that fits is right. */
int tzif_offset_in(const unsigned char *data, size_t len, int64_t local_s, int *ret_offset_s)
{
    struct zone zone;
    int before, behind, found;
    int code = open_zone(data, len, &zone);
    if (code < 0)
        return code;
    if ((code = offset_at(&zone, local_s - DAY_S, &before)) < 0 ||
        (code = offset_at(&zone, local_s + DAY_S, &behind)) < 0 ||
        (code = offset_at(&zone, local_s - before, &found)) < 0)
        return code;
    *ret_offset_s = before;
    if (found == before)
        return 0;
    if ((code = offset_at(&zone, local_s - behind, &found)) < 0)
        return code;
    if (found == behind)
        *ret_offset_s = behind;
    return 0;
}

int tzif_offset(const char *name, int64_t local_s, int *ret_offset_s)
{
    char path[sizeof("/usr/share/zoneinfo/") + NAME_BYTES_MAX];
    unsigned char data[FILE_BYTES_MAX];
    if (!tzif_is_name(name))
        return -EINVAL;
    (void)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return -ENOENT;
    ssize_t len = read(file, data, sizeof(data));
    (void)close(file);
    return len > 0 ? tzif_offset_in(data, (size_t)len, local_s, ret_offset_s) : -ENOENT;
}

/* people: splits a line into name and mail address; any thread, never fails: what is no address is the name.
 */
#include "feeds/parse/people.h"

static bool mail_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte && strchr("._%+-'", byte)) || (unsigned char)byte >= 0x80;
}

/* The first mail address in the line: a local part, '@', a domain with a dot or of one word. */
static struct str find_mail(struct str line)
{
    for (ptrdiff_t at = str_find_byte(line, '@', 0); at >= 0; at = str_find_byte(line, '@', (size_t)at + 1)) {
        size_t start = (size_t)at, end = (size_t)at + 1;
        while (start > 0 && mail_byte(line.ptr[start - 1]))
            start--;
        while (end < line.len && mail_byte(line.ptr[end]) && line.ptr[end] != '\'')
            end++;
        while (end > (size_t)at + 1 && line.ptr[end - 1] == '.')
            end--;
        if (start < (size_t)at && end > (size_t)at + 1)
            return str_slice(line, start, end);
    }
    return STR_NONE;
}

static struct str without_brackets(struct str name)
{
    static const char pairs[][2] = {{'(', ')'}, {'<', '>'}, {'[', ']'}, {'"', '"'}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        if (name.len >= 2 && name.ptr[0] == pairs[i][0] && name.ptr[name.len - 1] == pairs[i][1])
            return str_trim(str_slice(name, 1, name.len - 1));
    return name;
}

static struct str trim_around_mail(struct str part, bool before)
{
    part = str_trim(part);
    if (before && str_ends(part, STR("mailto:")))
        part = str_trim(str_slice(part, 0, part.len - 7));
    while (part.len && before && strchr("(<[,;", part.ptr[part.len - 1]))
        part = str_trim(str_slice(part, 0, part.len - 1));
    while (part.len && !before && strchr(")>],;", part.ptr[0]))
        part = str_trim(str_slice(part, 1, part.len));
    return part;
}

struct feed_person people_parse(struct str line)
{
    struct feed_person person = {0};
    line = str_trim(line);
    if (str_empty(line))
        return person;
    struct str mail = find_mail(line);
    if (!mail.ptr) {
        person.name = line;
        return person;
    }
    size_t start = (size_t)(mail.ptr - line.ptr);
    struct str before = trim_around_mail(str_slice(line, 0, start), true);
    struct str after = trim_around_mail(str_slice(line, start + mail.len, line.len), false);
    person.email = mail;
    if (before.len && after.len)
        person.name = line; /* a sentence around an address: keep it whole */
    else if (before.len || after.len)
        person.name = without_brackets(before.len ? before : after);
    if (str_empty(person.name))
        person.name = STR_NONE;
    return person;
}

static bool agree(struct str a, struct str b)
{
    return str_empty(a) || str_empty(b) || str_equal(a, b);
}

bool people_same(const struct feed_person *a, const struct feed_person *b)
{
    bool shared =
        (a->name.len && str_equal(a->name, b->name)) || (a->email.len && str_equal(a->email, b->email));
    return shared && agree(a->name, b->name) && agree(a->email, b->email) && agree(a->url, b->url);
}

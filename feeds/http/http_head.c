/* http_head: collects response heads; decides on nothing but what its header says. Pure. */
#include "feeds/http/http_head.h"

#include "base/url.h"

enum { BYTES_KEPT = 4096 }; /* of memory between two transfers */

void http_head_begin(struct http_head *head, bool https)
{
    struct buffer bytes = head->bytes;
    if (bytes.capacity > BYTES_KEPT)
        buffer_done(&bytes);
    buffer_clear(&bytes);
    *head = (struct http_head){.bytes = bytes, .https = https};
}

void http_head_done(struct http_head *head)
{
    buffer_done(&head->bytes);
}

/* The redirects that are followed: 300 as well, whose Location names the server's choice (RFC 9110 15.4.1).
 */
static bool is_redirect(int status)
{
    return status == 300 || status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* A status line begins a new response; what was collected of a redirect or of 1xx is dropped. */
static void status_line(struct http_head *head, struct str line)
{
    int64_t status = 0;
    ptrdiff_t space = str_find_byte(line, ' ', 0);
    if (space >= 0 && !str_to_int64(str_slice(line, (size_t)space + 1, (size_t)space + 4), &status))
        status = 0;
    head->status = (int)status;
    head->location = false;
    buffer_clear(&head->bytes);
}

/* False when it leads from https to http. */
static bool location_line(struct http_head *head, struct str value)
{
    struct str scheme = url_scheme(value);
    bool was_https = head->https;
    head->location = true;
    if (!is_redirect(head->status))
        return true;
    if (head->status != 301 && head->status != 308)
        head->temporary = true;
    if (scheme.ptr)
        head->https = str_equal_nocase(scheme, STR("https"));
    return !was_https || head->https || !str_equal_nocase(scheme, STR("http"));
}

enum http_head_verdict http_head_line(struct http_head *head, struct str line)
{
    static const struct str location = STR("location:");
    if (str_starts(line, STR("HTTP/")))
        status_line(head, line);
    if (head->bytes.len + line.len > HTTP_HEAD_BYTES_MAX)
        return HEAD_TOO_LARGE;
    if (buffer_append(&head->bytes, line.ptr, line.len))
        return HEAD_NO_MEMORY;
    if (!head->location && str_starts_nocase(line, location) &&
        str_trim_ascii(str_slice(line, location.len, line.len)).len > 0 &&
        !location_line(head, str_trim_ascii(str_slice(line, location.len, line.len))))
        return HEAD_INSECURE;
    bool end = line.len > 0 && (line.ptr[0] == '\r' || line.ptr[0] == '\n');
    return end && head->location && head->status >= 300 && head->status < 400 && !is_redirect(head->status)
               ? HEAD_IS_ALL
               : HEAD_GOES_ON;
}

bool http_head_leads_on(const struct http_head *head)
{
    return head->location && is_redirect(head->status);
}

size_t http_head_fields(const struct http_head *head, struct http_header *ret_headers, size_t most)
{
    size_t count = 0;
    struct str rest = buffer_str(&head->bytes), line;
    while (count < most && str_split(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        if (colon <= 0 || line.ptr[0] == ' ' || line.ptr[0] == '\t' || str_starts(line, STR("HTTP/")))
            continue;
        ret_headers[count].name = str_slice(line, 0, (size_t)colon);
        ret_headers[count].value = str_trim_ascii(str_slice(line, (size_t)colon + 1, line.len));
        count++;
    }
    return count;
}

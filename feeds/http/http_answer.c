/* http_answer: the table of errors. Pure. */
#include "feeds/http/http_answer.h"

static const struct {
    const char *name, *text;
    uint8_t quarters; /* S6: failure points in quarters */
} errors[FETCH_ERROR_COUNT] = {
    [FETCH_ERROR_NONE] = {"none", "no error", 0},
    [FETCH_ERROR_DNS] = {"dns", "the host's name cannot be resolved", 1},
    [FETCH_ERROR_CONNECT] = {"connect", "the host does not accept connections", 2},
    [FETCH_ERROR_TIMEOUT] = {"timeout", "the host answers too slowly", 2},
    [FETCH_ERROR_TLS] = {"tls", "the TLS connection failed or its certificate is not valid", 2},
    [FETCH_ERROR_HTTP_PROTOCOL] = {"http-protocol", "the answer breaks the HTTP protocol", 2},
    [FETCH_ERROR_TRUNCATED] = {"truncated", "the connection ended before the document did", 2},
    [FETCH_ERROR_TOO_LARGE] = {"too-large", "the document is over the size limit", 4},
    [FETCH_ERROR_ADDRESS_REFUSED] = {"address-refused", "the host's address is private or reserved", 4},
    [FETCH_ERROR_REDIRECT] = {"redirect", "the redirect leads nowhere", 2},
    [FETCH_ERROR_STATUS_CLIENT] = {"status-client", "the server rejects the request", 4},
    [FETCH_ERROR_NOT_FOUND] = {"not-found", "the server has no such document", 2},
    [FETCH_ERROR_GONE] = {"gone", "the server says that the feed is gone for good", 4},
    [FETCH_ERROR_FORBIDDEN] = {"forbidden", "the server forbids the access", 2},
    [FETCH_ERROR_CHALLENGE] = {"challenge", "the server asks for proof of being human", 2},
    [FETCH_ERROR_THROTTLED] = {"throttled", "the server asks to be polled later", 1},
    [FETCH_ERROR_STATUS_SERVER] = {"status-server", "the server has a fault", 2},
    [FETCH_ERROR_EMPTY] = {"empty", "the answer has no content", 2},
    [FETCH_ERROR_NOT_A_FEED] = {"not-a-feed", "the document is no feed of a known format", 2},
    [FETCH_ERROR_HTML] = {"html", "the document is an HTML page, not a feed", 2},
    [FETCH_ERROR_MALFORMED] = {"malformed", "the document is damaged beyond repair", 2},
    [FETCH_ERROR_BOMB] = {"bomb", "the document tries to exhaust its reader", 4},
    [FETCH_ERROR_INTERNAL] = {"internal",
                              "newsd could not do it, for want of memory or by a fault of its own", 1},
    [FETCH_ERROR_SET_ASIDE] =
        {"set-aside",
         "newsd has died several times at work on its documents; it is left alone for a "
         "day and then tried again",
         4},
    [FETCH_ERROR_URL] = {"url", "the address is malformed", 4},
    [FETCH_ERROR_REDIRECT_LOOP] = {"redirect-loop", "the redirects go in circles", 2},
    [FETCH_ERROR_REDIRECT_TOO_MANY] = {"redirect-too-many", "there are too many redirects in a row", 2},
    [FETCH_ERROR_REDIRECT_SCHEME] = {"redirect-scheme",
                                     "the redirect leads to an address that is neither http nor https", 2},
    [FETCH_ERROR_REDIRECT_INSECURE] = {"redirect-insecure", "the redirect leads from https to http", 2},
    [FETCH_ERROR_REDIRECT_URL] = {"redirect-url", "the redirect leads to a malformed address", 2},
    [FETCH_ERROR_REDIRECT_PRIVATE] = {"redirect-private",
                                      "the redirect leads to an address that is private or reserved", 4},
    [FETCH_ERROR_PARTIAL] = {"partial", "the server sent a part of the document that nobody asked for (206)",
                             2},
};

const char *fetch_error_name(enum fetch_error error)
{
    return (unsigned)error < FETCH_ERROR_COUNT ? errors[error].name : "unknown";
}

const char *fetch_error_text(enum fetch_error error)
{
    return (unsigned)error < FETCH_ERROR_COUNT ? errors[error].text : "unknown error";
}

bool fetch_error_is_redirect(enum fetch_error error)
{
    return error == FETCH_ERROR_REDIRECT ||
           (error >= FETCH_ERROR_REDIRECT_LOOP && error <= FETCH_ERROR_REDIRECT_URL);
}

uint8_t fetch_error_quarters(enum fetch_error error)
{
    return (unsigned)error < FETCH_ERROR_COUNT ? errors[error].quarters : 0;
}

struct str http_answer_header(const struct http_answer *answer, struct str name)
{
    for (size_t i = 0; i < answer->header_count; i++)
        if (str_equal_nocase(answer->headers[i].name, name))
            return answer->headers[i].value;
    return STR_NONE;
}

bool http_answer_is_challenge(const struct http_answer *answer)
{
    return (answer->status == 403 || answer->status == 429 || answer->status == 503) &&
           str_starts_nocase(http_answer_header(answer, STR("cf-mitigated")), STR("challenge"));
}

bool http_answer_is_throttled(const struct http_answer *answer)
{
    return answer->status == 429 ||
           (answer->status == 503 && http_answer_header(answer, STR("retry-after")).ptr);
}

/* error: codes to words. Pure; any thread. */
#include "base/error.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
    int code;
    const char *text;
} texts[] = {
    {ERR_NOT_A_FEED, "not a feed"},
    {ERR_EMPTY, "empty document"},
    {ERR_MALFORMED, "damaged document"},
    {ERR_LIMIT, "limit reached"},
    {ERR_DEADLINE, "time budget used up"},
    {ERR_NETWORK, "network failure"},
    {ERR_HTTP, "HTTP error status"},
    {ERR_CONFIG, "wrong configuration"},
    {ERR_STORE, "database failure"},
    {ERR_STORE_VERSION, "database from a newer version"},
    {ERR_STORE_LOCKED, "state in use by another process"},
    {ERR_STORE_FULL, "no space for the database"},
    {ERR_STORE_DAMAGED, "damaged database"},
    {ERR_KAFKA, "Kafka failure"},
    {ERR_SHUTDOWN, "shutting down"},
    {ERR_NOT_FOUND, "not found"},
    {ERR_RECORD, "invalid record"},
};

int error_set(struct error *error, int code, const char *format, ...)
{
    if (!error)
        return code;
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(error->text, sizeof(error->text), format, arguments); /* cut off is fine */
    va_end(arguments);
    /* The words go into records: what foreign bytes or the cut left is made valid. */
    for (size_t at = 0, len = strlen(error->text);
         (at += utf8_valid_prefix(str_make(error->text + at, len - at))) < len;)
        error->text[at] = '?';
    return code;
}

const char *error_text(int code)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i].code == code)
            return texts[i].text;
    if (code < 0 && code > -1000) {
        const char *text = strerrordesc_np(-code);
        return text ? text : "unknown error";
    }
    return code == 0 ? "success" : "unknown error";
}

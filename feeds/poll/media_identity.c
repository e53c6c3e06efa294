/* media_identity: rules over the parts of an address. Known names first, then the look of the value: epochs,
 * long hexadecimal and base64 words. A file named by nothing else than such a word is told apart by its other
 * parts. */
#include "feeds/poll/media_identity.h"

#include <ctype.h>

#include "base/url.h"

enum {
    TOKEN_BYTES_MIN = 20, /* of a value that mixes digits and letters */
    HEX_BYTES_MIN = 16,
    EPOCH_DIGITS = 10, /* seconds since 1970, from 2001 to 2286; 13 with milliseconds */
};

/* Query parameters of the signing schemes of S3, CloudFront, Google Cloud, Azure, Akamai, Fastly, Bunny,
 * Cloudflare, Facebook and nginx's secure_link, as their manuals name them. */
static const char *const signing_names[] = {"signature",
                                            "sig",
                                            "sign",
                                            "hmac",
                                            "hash",
                                            "md5",
                                            "token",
                                            "auth",
                                            "auth_key",
                                            "key",
                                            "expires",
                                            "expire",
                                            "exp",
                                            "expiry",
                                            "e",
                                            "st",
                                            "se",
                                            "sp",
                                            "sv",
                                            "sr",
                                            "spr",
                                            "skoid",
                                            "sktid",
                                            "skt",
                                            "ske",
                                            "sks",
                                            "skv",
                                            "policy",
                                            "key-pair-id",
                                            "googleaccessid",
                                            "awsaccesskeyid",
                                            "hdnea",
                                            "hdnts",
                                            "hdntl",
                                            "verify",
                                            "ts",
                                            "t",
                                            "time",
                                            "timestamp",
                                            "ttl",
                                            "validfrom",
                                            "oh",
                                            "oe",
                                            "_nc_ohc",
                                            "_nc_gid",
                                            "_nc_oc",
                                            "__token__",
                                            "session",
                                            "sessionid",
                                            "sid",
                                            "nonce",
                                            "bcdn_token",
                                            "token_path",
                                            "response-content-disposition"};

static bool is_signing_name(struct str name)
{
    if (str_starts_nocase(name, STR("x-amz-")) || str_starts_nocase(name, STR("x-goog-")))
        return true;
    for (size_t i = 0; i < sizeof(signing_names) / sizeof(signing_names[0]); i++)
        if (str_equal_nocase(name, str_from(signing_names[i])))
            return true;
    return false;
}

static bool is_epoch(struct str value)
{
    if (value.len != EPOCH_DIGITS && value.len != EPOCH_DIGITS + 3)
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (!isdigit((unsigned char)value.ptr[i]))
            return false;
    return value.ptr[0] == '1' || value.ptr[0] == '2';
}

/* A word that no person and no system of names has chosen. */
static bool is_token(struct str value)
{
    size_t digits = 0, letters = 0, hex = 0, upper = 0;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        digits += isdigit(c) != 0;
        letters += isalpha(c) != 0;
        upper += isupper(c) != 0;
        hex += isxdigit(c) != 0;
        if (!isalnum(c) && c != '-' && c != '_' && c != '%' && c != '~' && c != '=' && c != '+')
            return false;
    }
    if (hex == value.len && value.len >= HEX_BYTES_MIN)
        return digits > 0;
    return value.len >= TOKEN_BYTES_MIN && digits > 1 && letters > 1 && upper > 0 && upper < letters;
}

static void put(struct arena *arena, struct str *text, const char *before, struct str part)
{
    *text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(*text), before, STR_ARG(part));
}

/* "token=...", "exp=1700000000~hmac=...": a path's own way to write parameters. */
static bool is_signing_segment(struct str segment)
{
    struct str rest = segment, name;
    return str_find_byte(segment, '=', 0) > 0 && str_split(&rest, '=', &name) && is_signing_name(name);
}

/* A time that stands as a part of a path is there to run out: then so is the word beside it. */
static bool has_epoch(struct str path)
{
    struct str segment;
    while (str_split(&path, '/', &segment))
        if (is_epoch(segment))
            return true;
    return false;
}

static struct str plain_path(struct arena *arena, struct str path)
{
    struct str kept = STR(""), segment, rest = path;
    bool signed_path = has_epoch(path);
    for (bool first = true; str_split(&rest, '/', &segment); first = false)
        if (!is_signing_segment(segment) && !(signed_path && (is_epoch(segment) || is_token(segment))))
            put(arena, &kept, first ? "" : "/", segment);
    return kept;
}

static struct str plain_query(struct arena *arena, struct str query)
{
    struct str kept = STR(""), parameter;
    while (str_split(&query, '&', &parameter)) {
        struct str value = parameter, name;
        if (!str_split(&value, '=', &name) || is_signing_name(name) || is_epoch(value) || is_token(value))
            continue;
        put(arena, &kept, kept.len ? "&" : "?", parameter);
    }
    return kept;
}

struct str media_identity(struct arena *arena, struct str url)
{
    struct str identity = url_identity(arena, url), path = identity, query = STR("");
    if (!identity.ptr)
        return arena_exhausted(arena) ? STR_NONE : url;
    ptrdiff_t mark = str_find_byte(identity, '?', 0);
    if (mark >= 0) {
        path = str_slice(identity, 0, (size_t)mark);
        query = str_slice(identity, (size_t)mark + 1, identity.len);
    }
    path = plain_path(arena, path);
    query = plain_query(arena, query);
    put(arena, &path, "", query);
    return path;
}
